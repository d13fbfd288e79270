//! Edits of codings: apply, remove, move, set facets, say whom they are about.

use std::collections::{BTreeMap, BTreeSet};

use super::{cases::about_edit, codebook, lookup, memo, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, CodingEdit, Edit},
    model::{
        Project,
        code::Code,
        codebook::PATH_SEPARATOR,
        coding::{Coding, Origin},
        document::Document,
        facet::{Facet, FacetValue},
        ids::{CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId},
        localized::Localized,
        memo::Anchor,
        text::TextRange,
    },
};

/// Returns a passage that is inside a document's text.
///
/// # Errors
/// When it is empty or reaches beyond the text.
pub fn passage(document: &Document, start: u32, end: u32) -> Result<TextRange, Refusal> {
    let chars = document.len_chars();
    TextRange::new(start, end)
        .filter(|range| !range.is_empty() && range.end() <= chars)
        .ok_or_else(|| Refusal::OutOfText {
            document: document.title.clone(),
            start,
            end,
            chars,
        })
}

/// What a coding says beyond passage, code and coder.
#[derive(Debug, Default)]
pub(crate) struct CodingDetails {
    /// Values of the code's facets.
    pub(crate) facets: BTreeMap<FacetId, FacetValue>,
    /// Whom the passage is about.
    pub(crate) about: BTreeSet<CaseId>,
}

/// Codes a passage.
///
/// # Errors
/// When the document, the code or a case doesn't exist, the passage isn't in the text, a facet doesn't fit, the coder
/// has coded it so already, or no coder is acting.
pub(crate) fn apply_code(
    tx: &mut Transaction<'_>,
    document_id: DocumentId,
    range: TextRange,
    code_id: CodeId,
    CodingDetails { facets, about }: CodingDetails,
) -> Result<(), Refusal> {
    let coder = tx.acting()?;
    check_cases(tx, &about)?;
    let document = lookup::document(tx.project(), document_id)?;
    let range = passage(document, range.start(), range.end())?;
    let code = lookup::code(tx.project(), code_id)?;
    for (facet, value) in &facets {
        check_facet(tx.project(), code, *facet, value)?;
    }
    if is_coded(document, range, code_id, coder) {
        return Err(Refusal::AlreadyCoded);
    }
    let coding = Coding {
        facets,
        about,
        ..new_coding(tx, range, code_id, coder)
    };
    tx.record(Change::CodingAdded {
        document: document_id,
        coding,
    });
    Ok(())
}

/// A coding by hand, without facets.
pub(super) fn new_coding(
    tx: &mut Transaction<'_>,
    range: TextRange,
    code: CodeId,
    coder: CoderId,
) -> Coding {
    Coding {
        id: tx.id(),
        range,
        code,
        coder,
        facets: BTreeMap::new(),
        origin: Origin::Hand,
        about: BTreeSet::new(),
    }
}

/// Checks that all whom codings are to be about are there.
fn check_cases(tx: &Transaction<'_>, about: &BTreeSet<CaseId>) -> Result<(), Refusal> {
    about
        .iter()
        .try_for_each(|case| lookup::case(tx.project(), *case).map(drop))
}

/// Codes passages with several codes, where the coder has not coded them so already.
///
/// # Errors
/// When a document or code doesn't exist, a passage isn't in its text, all is coded so already, or no
/// coder is acting.
pub(crate) fn apply_codes(
    tx: &mut Transaction<'_>,
    passages: &[(DocumentId, TextRange)],
    codes: &[CodeId],
    about: &BTreeSet<CaseId>,
    origin: &Origin,
) -> Result<(), Refusal> {
    let coder = tx.acting()?;
    check_cases(tx, about)?;
    for code in codes {
        lookup::code(tx.project(), *code)?;
    }
    let before = tx.changes().len();
    for &(id, range) in passages {
        for &code in codes {
            let document = lookup::document(tx.project(), id)?;
            let range = passage(document, range.start(), range.end())?;
            if !is_coded(document, range, code, coder) {
                let coding = Coding {
                    origin: origin.clone(),
                    about: about.clone(),
                    ..new_coding(tx, range, code, coder)
                };
                tx.record(Change::CodingAdded {
                    document: id,
                    coding,
                });
            }
        }
    }
    if tx.changes().len() == before {
        return Err(Refusal::AlreadyCoded);
    }
    Ok(())
}

/// Returns true if a coder has coded exactly this passage with this code.
pub(super) fn is_coded(
    document: &Document,
    range: TextRange,
    code: CodeId,
    coder: CoderId,
) -> bool {
    // Codings are sorted by passage.
    let from = document.codings.partition_point(|coding| {
        (coding.range.start(), coding.range.end()) < (range.start(), range.end())
    });
    document.codings[from..]
        .iter()
        .take_while(|coding| coding.range == range)
        .any(|coding| coding.code == code && coding.coder == coder)
}

/// Adds a code and codes a passage with it.
///
/// # Errors
/// When the name is empty or taken, the passage isn't in the text, or no coder is acting.
pub(crate) fn apply_new_code(
    tx: &mut Transaction<'_>,
    (document_id, range): (DocumentId, TextRange),
    about: BTreeSet<CaseId>,
    parent: Option<CodeId>,
    name: &str,
    definition: &str,
) -> Result<(), Refusal> {
    let coder = tx.acting()?;
    check_cases(tx, &about)?;
    let document = lookup::document(tx.project(), document_id)?;
    let range = passage(document, range.start(), range.end())?;
    let mut code = codebook::new_code(tx, parent, name)?;
    code.definition = Localized::plain(definition.trim());
    let coding = Coding {
        about,
        ..new_coding(tx, range, code.id, coder)
    };
    tx.record(Change::CodeAdded(Box::new(code)));
    tx.record(Change::CodingAdded {
        document: document_id,
        coding,
    });
    Ok(())
}

/// Returns the name that a passage gives to a code of its own words (a code *in vivo*).
pub fn in_vivo_name(passage: &str) -> String {
    // Longer names are unreadable in the tree; a slash would separate the names of a path.
    const MOST_CHARS: usize = 60;
    let words: Vec<&str> = passage.split_whitespace().collect();
    let name = words.join(" ").replace(PATH_SEPARATOR, " ");
    name.chars().take(MOST_CHARS).collect()
}

fn check_facet(
    project: &Project,
    code: &Code,
    id: FacetId,
    value: &FacetValue,
) -> Result<(), Refusal> {
    let facet = code.facets.iter().find(|facet| facet.id == id);
    let facet = facet.ok_or_else(|| Refusal::NoFacet {
        code: project.codebook.path(code.id),
        facet: id.to_string(),
    })?;
    if facet.kind.admits(value) {
        Ok(())
    } else {
        Err(bad_facet(facet, &value.to_text()))
    }
}

fn bad_facet(facet: &Facet, value: &str) -> Refusal {
    Refusal::BadValue {
        field: (&facet.name).into(),
        value: value.to_owned(),
        takes: facet.kind.accepted(),
    }
}

/// Reads facet values as people write them: name (in any language) and value.
///
/// # Errors
/// When the code has no such facet, or the value doesn't fit.
pub fn read_facets<'a>(
    project: &Project,
    code: CodeId,
    given: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<BTreeMap<FacetId, FacetValue>, Refusal> {
    let rules = lookup::code(project, code)?;
    let mut facets = BTreeMap::new();
    for (name, text) in given {
        let facet = rules
            .facets
            .iter()
            .find(|facet| facet.is_called(name.trim()))
            .ok_or_else(|| Refusal::NoFacet {
                code: project.codebook.path(code),
                facet: name.to_owned(),
            })?;
        let value = facet.kind.parse(text);
        let value = value.ok_or_else(|| bad_facet(facet, text))?;
        facets.insert(facet.id, value);
    }
    Ok(facets)
}

/// Removes codings, with the memos and links on them.
///
/// # Errors
/// When one of them doesn't exist.
pub(crate) fn remove_codings(
    tx: &mut Transaction<'_>,
    codings: &[(DocumentId, CodingId)],
) -> Result<(), Refusal> {
    let removed: BTreeSet<Anchor> = codings
        .iter()
        .map(|(document, coding)| Anchor::Coding(*document, *coding))
        .collect();
    tx.record_all(memo::removals_on(tx.project(), |anchor| {
        removed.contains(&anchor)
    }));
    for &(document, id) in codings {
        remove_coding(tx, document, id)?;
    }
    Ok(())
}

/// Removes a coding that no memo and no link is on.
pub(super) fn remove_coding(
    tx: &mut Transaction<'_>,
    document: DocumentId,
    id: CodingId,
) -> Result<(), Refusal> {
    let coding = lookup::coding(tx.project(), document, id)?.clone();
    tx.record(Change::CodingRemoved { document, coding });
    Ok(())
}

/// Moves a coding to another passage.
///
/// # Errors
/// When it doesn't exist, or the passage isn't in the text.
pub(crate) fn set_range(
    tx: &mut Transaction<'_>,
    document_id: DocumentId,
    id: CodingId,
    range: TextRange,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), document_id)?;
    let to = passage(document, range.start(), range.end())?;
    let coding = lookup::coding(tx.project(), document_id, id)?;
    tx.record_all(
        Edit::if_different(&coding.range, to).map(|edit| Change::CodingEdited {
            document: document_id,
            coding: id,
            edit: CodingEdit::Range(edit),
        }),
    );
    Ok(())
}

/// Sets whom codings are about; an empty set leaves it to who speaks.
///
/// # Errors
/// When a coding or a case doesn't exist.
pub(crate) fn set_about(
    tx: &mut Transaction<'_>,
    codings: &[(DocumentId, CodingId)],
    about: &BTreeSet<CaseId>,
) -> Result<(), Refusal> {
    check_cases(tx, about)?;
    for &(document, id) in codings {
        let before = lookup::coding(tx.project(), document, id)?.about.clone();
        let gone = before.difference(about).map(|case| (*case, false));
        let new = about.difference(&before).map(|case| (*case, true));
        tx.record_all(
            gone.chain(new)
                .map(|(case, is_about)| about_edit(document, id, case, is_about)),
        );
    }
    Ok(())
}

/// Sets or clears the value of a facet; codings whose code lacks it stay as they are.
///
/// # Errors
/// When a coding doesn't exist, none has the facet, or the value doesn't fit.
pub(crate) fn set_facet(
    tx: &mut Transaction<'_>,
    codings: &[(DocumentId, CodingId)],
    facet: FacetId,
    value: Option<&FacetValue>,
) -> Result<(), Refusal> {
    let mut lacking = None;
    for &(document, id) in codings {
        let coding = lookup::coding(tx.project(), document, id)?;
        let code = lookup::code(tx.project(), coding.code)?;
        if let Some(value) = value {
            match check_facet(tx.project(), code, facet, value) {
                Err(refusal @ Refusal::NoFacet { .. }) => {
                    lacking = Some(refusal);
                    continue;
                }
                checked => checked?,
            }
        }
        let from = coding.facets.get(&facet).cloned();
        tx.record_all(Edit::if_different(&from, value.cloned()).map(|value| {
            Change::CodingEdited {
                document,
                coding: id,
                edit: CodingEdit::Facet { facet, value },
            }
        }));
    }
    match lacking {
        Some(refusal) if tx.changes().is_empty() => Err(refusal),
        _ => Ok(()),
    }
}
