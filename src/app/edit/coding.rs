//! Edits of codings: apply, remove, move, facets.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edited, document_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, CodingEdit, Edit},
    message::text::Text,
    model::{
        Project,
        code::Code,
        coding::{Coding, Origin},
        document::Document,
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, CoderId, CodingId, DocumentId, FacetId},
        localized::Localized,
        memo::Anchor,
        text::TextRange,
    },
};

/// A passage of a document, checked to lie in its text.
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

/// Tags a passage with a code.
///
/// # Errors
/// When document or code is gone, the passage isn't in the text, a facet doesn't fit, or the coder has tagged it so already.
pub fn apply_code(
    project: &Project,
    ids: &mut Identities,
    coder: CoderId,
    (document, range): (DocumentId, TextRange),
    code: CodeId,
    facets: &BTreeMap<FacetId, FacetValue>,
) -> Edited {
    let present = document_of(project, document)?;
    let range = passage(present, range.start(), range.end())?;
    let rules = code_of(project, code)?;
    for (facet, value) in facets {
        check_facet(project, rules, *facet, value)?;
    }
    if has(present, range, code, coder).is_some() {
        return Err(Refusal::AlreadyCoded);
    }
    let coding = Coding {
        id: ids.id(),
        range,
        code,
        coder,
        facets: facets.clone(),
        origin: Origin::Hand,
    };
    Ok(vec![Change::CodingAdded { document, coding }])
}

/// Tags passages with several codes, where the coder has not tagged them so already.
///
/// # Errors
/// When a document or code is gone, a passage isn't in its text, or all is tagged so already.
pub fn apply_codes(
    project: &Project,
    ids: &mut Identities,
    coder: CoderId,
    passages: &[(DocumentId, TextRange)],
    codes: &[CodeId],
    origin: &Origin,
) -> Edited {
    let mut changes = Vec::new();
    for code in codes {
        code_of(project, *code)?;
    }
    for &(id, range) in passages {
        let document = document_of(project, id)?;
        let range = passage(document, range.start(), range.end())?;
        for &code in codes {
            if has(document, range, code, coder).is_none() {
                let coding = Coding {
                    id: ids.id(),
                    range,
                    code,
                    coder,
                    facets: BTreeMap::new(),
                    origin: origin.clone(),
                };
                changes.push(Change::CodingAdded {
                    document: id,
                    coding,
                });
            }
        }
    }
    if changes.is_empty() {
        Err(Refusal::AlreadyCoded)
    } else {
        Ok(changes)
    }
}

/// The coding that a coder has made of this passage with this code.
pub(super) fn has(
    document: &Document,
    range: TextRange,
    code: CodeId,
    coder: CoderId,
) -> Option<CodingId> {
    let from = document.codings.partition_point(|coding| {
        (coding.range.start(), coding.range.end()) < (range.start(), range.end())
    });
    let same = document
        .codings
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|coding| coding.range == range);
    same.into_iter()
        .find(|coding| coding.code == code && coding.coder == coder)
        .map(|coding| coding.id)
}

/// Makes a code, with a definition where one is given, and tags a passage with it.
///
/// # Errors
/// When the name can't be, or the passage isn't in the text.
pub fn apply_new_code(
    project: &Project,
    ids: &mut Identities,
    coder: CoderId,
    (document, range): (DocumentId, TextRange),
    parent: Option<CodeId>,
    (name, definition): (&str, &str),
) -> Edited {
    let range = passage(document_of(project, document)?, range.start(), range.end())?;
    let mut changes = super::codebook::add_code(project, ids, parent, name)?;
    if let Some(Change::CodeAdded(code)) = changes.last_mut() {
        code.definition = Localized::plain(definition.trim());
        let coding = Coding {
            id: ids.id(),
            range,
            code: code.id,
            coder,
            facets: BTreeMap::new(),
            origin: Origin::Hand,
        };
        changes.push(Change::CodingAdded { document, coding });
    }
    Ok(changes)
}

pub(super) fn code_of(project: &Project, code: CodeId) -> Result<&Code, Refusal> {
    let gone = || {
        Refusal::Code(crate::model::codebook::CodeNotFound::Unknown(
            code.to_string(),
        ))
    };
    project
        .codebook
        .get(code)
        .map(AsRef::as_ref)
        .ok_or_else(gone)
}

pub(super) fn coding_of(
    project: &Project,
    document: DocumentId,
    coding: CodingId,
) -> Result<&Coding, Refusal> {
    document_of(project, document)?
        .coding(coding)
        .ok_or(Refusal::NoCoding)
}

fn check_facet(
    project: &Project,
    code: &Code,
    facet: FacetId,
    value: &FacetValue,
) -> Result<(), Refusal> {
    let found = code.facets.iter().find(|own| own.id == facet);
    let Some(found) = found else {
        return Err(Refusal::NoFacet {
            code: project.codebook.path(code.id),
            facet: facet.to_string(),
        });
    };
    if found.kind.admits(value) {
        Ok(())
    } else {
        Err(bad_facet(found, &value.to_text()))
    }
}

fn bad_facet(facet: &Facet, value: &str) -> Refusal {
    let takes = match &facet.kind {
        FacetKind::Category(values) => values
            .iter()
            .map(|value| value.text.as_str())
            .collect::<Vec<_>>()
            .into(),
        FacetKind::Intensity => Text::new("a whole number from 0 to 100", "0 到 100 的整数").into(),
        FacetKind::Text => Text::new("any text", "任意文字").into(),
        FacetKind::YesNo => Text::new("yes or no", "是或否").into(),
    };
    Refusal::BadValue {
        field: facet.name.text.clone(),
        value: value.to_owned(),
        takes,
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
    let rules = code_of(project, code)?;
    let mut facets = BTreeMap::new();
    for (name, value) in given {
        let same = |facet: &&Facet| {
            facet
                .name
                .all()
                .any(|own| own.eq_ignore_ascii_case(name.trim()))
        };
        let facet = rules.facets.iter().find(same);
        let facet = facet.ok_or_else(|| Refusal::NoFacet {
            code: project.codebook.path(code),
            facet: name.to_owned(),
        })?;
        facets.insert(
            facet.id,
            facet
                .kind
                .parse(value)
                .ok_or_else(|| bad_facet(facet, value))?,
        );
    }
    Ok(facets)
}

/// Takes tags off, with the memos and links on them.
///
/// # Errors
/// When one isn't there.
pub fn remove_codings(project: &Project, codings: &[(DocumentId, CodingId)]) -> Edited {
    let goes: BTreeSet<Anchor> = codings
        .iter()
        .map(|(document, coding)| Anchor::Coding(*document, *coding))
        .collect();
    let mut changes = super::memo::removals_on(project, |anchor| goes.contains(&anchor));
    changes.extend(removals(project, codings)?);
    some(changes)
}

/// The removals of codings alone.
pub(super) fn removals(project: &Project, codings: &[(DocumentId, CodingId)]) -> Edited {
    let removal = |&(document, id): &(DocumentId, CodingId)| {
        Ok(Change::CodingRemoved {
            document,
            coding: coding_of(project, document, id)?.clone(),
        })
    };
    codings.iter().map(removal).collect()
}

/// Gives a coding another passage.
///
/// # Errors
/// When it isn't there, or the passage isn't in the text.
pub fn set_range(
    project: &Project,
    document: DocumentId,
    coding: CodingId,
    range: TextRange,
) -> Edited {
    let to = passage(document_of(project, document)?, range.start(), range.end())?;
    let from = coding_of(project, document, coding)?.range;
    let edit = CodingEdit::Range(Edit::new(from, to));
    some(if from == to {
        vec![]
    } else {
        vec![Change::CodingEdited {
            document,
            coding,
            edit,
        }]
    })
}

/// Sets or clears the value of a facet; codings whose code lacks it stay as they are.
///
/// # Errors
/// When a coding isn't there, none has the facet, the value doesn't fit, or nothing changes.
pub fn set_facet(
    project: &Project,
    codings: &[(DocumentId, CodingId)],
    facet: FacetId,
    value: Option<&FacetValue>,
) -> Edited {
    let mut changes = Vec::new();
    let mut lacking = None;
    for &(document, id) in codings {
        let coding = coding_of(project, document, id)?;
        let code = code_of(project, coding.code)?;
        let from = coding.facets.get(&facet);
        if let Some(value) = value {
            match check_facet(project, code, facet, value) {
                Err(refusal @ Refusal::NoFacet { .. }) => {
                    lacking = Some(refusal);
                    continue;
                }
                checked => checked?,
            }
        }
        if from != value {
            let edit = CodingEdit::Facet {
                facet,
                value: Edit::new(from.cloned(), value.cloned()),
            };
            changes.push(Change::CodingEdited {
                document,
                coding: id,
                edit,
            });
        }
    }
    match lacking {
        Some(refusal) if changes.is_empty() => Err(refusal),
        _ => some(changes),
    }
}
