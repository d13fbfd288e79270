//! Giving codings another code: their facets follow, and duplicates are merged.
//!
//! One coder can't code exactly the same passage twice with one code. The coding that has the code
//! already remains, takes the facet values and those concerned that it lacks, and everything that was
//! written on the other or linked to it:
//!
//! ```text
//! An  10..20  Belonging  feeling = pride  memo          An  10..20  Needs  judgement = good, feeling = pride  memo
//! An  10..20  Needs      judgement = good         ──▶
//! Cai 12..20  Belonging                                 Cai 12..20  Needs
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::{lookup, memo::rehang, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, CodingEdit, Edit},
    model::{
        Project,
        code::Code,
        coding::Coding,
        document::Document,
        facet::FacetValue,
        ids::{CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId},
        memo::Anchor,
        text::TextRange,
    },
};

/// Values of a coding's facets.
pub(super) type FacetValues = BTreeMap<FacetId, FacetValue>;

/// The changes that give codings another code.
#[derive(Debug, Default)]
pub(super) struct Recoding {
    /// The changes of the codings that get the code, with their facets.
    pub(super) edits: Vec<Change>,
    /// The codings that are merged into another, with that other.
    pub(super) twins: BTreeMap<Anchor, Anchor>,
    /// The removals of the merged codings, to be recorded after their memos and links have moved.
    pub(super) removals: Vec<Change>,
}

/// A coding that has the code afterwards, with the facet values and those concerned that it has then.
struct KeptCoding<'a> {
    coding: &'a Coding,
    facets: FacetValues,
    about: BTreeSet<CaseId>,
}

impl Recoding {
    /// Gives the codings of a document for which `is_recoded` returns true the code `into`; `facets`
    /// returns the values that such a coding has afterwards.
    pub(super) fn add(
        &mut self,
        document: &Document,
        into: CodeId,
        is_recoded: impl Fn(&Coding) -> bool,
        facets: impl Fn(&Coding) -> FacetValues,
    ) {
        let mut kept: BTreeMap<(TextRange, CoderId), KeptCoding<'_>> = BTreeMap::new();
        for coding in document.codings.iter().filter(|coding| coding.code == into) {
            kept.entry((coding.range, coding.coder))
                .or_insert_with(|| KeptCoding {
                    coding,
                    facets: coding.facets.clone(),
                    about: coding.about.clone(),
                });
        }
        for coding in &document.codings {
            if coding.code == into || !is_recoded(coding) {
                continue;
            }
            let facets = facets(coding);
            if let Some(twin) = kept.get_mut(&(coding.range, coding.coder)) {
                for (facet, value) in facets {
                    twin.facets.entry(facet).or_insert(value);
                }
                twin.about.extend(&coding.about);
                self.twins.insert(
                    Anchor::Coding(document.id, coding.id),
                    Anchor::Coding(document.id, twin.coding.id),
                );
                self.removals.push(Change::CodingRemoved {
                    document: document.id,
                    coding: coding.clone(),
                });
            } else {
                let about = coding.about.clone();
                let own = KeptCoding {
                    coding,
                    facets,
                    about,
                };
                kept.insert((coding.range, coding.coder), own);
            }
        }
        for own in kept.into_values() {
            self.edits.extend(edits(document.id, &own, into));
        }
    }
}

/// The changes that give a kept coding the code `into`, its facet values and all whom its twins are about.
fn edits(document: DocumentId, kept: &KeptCoding<'_>, into: CodeId) -> Vec<Change> {
    let KeptCoding {
        coding,
        facets,
        about,
    } = kept;
    let ids: BTreeSet<FacetId> = coding.facets.keys().chain(facets.keys()).copied().collect();
    let mut edits = Vec::new();
    for facet in ids {
        let from = coding.facets.get(&facet).cloned();
        let value = Edit::if_different(&from, facets.get(&facet).cloned());
        edits.extend(value.map(|value| CodingEdit::Facet { facet, value }));
    }
    edits.extend(
        about
            .difference(&coding.about)
            .map(|case| CodingEdit::About {
                case: *case,
                is_about: Edit::new(false, true),
            }),
    );
    edits.extend(Edit::if_different(&coding.code, into).map(CodingEdit::Code));
    edits
        .into_iter()
        .map(|edit| Change::CodingEdited {
            document,
            coding: coding.id,
            edit,
        })
        .collect()
}

/// The facet values of a coding that a code asks for.
pub(super) fn asked_for(code: &Code, coding: &Coding) -> FacetValues {
    let mut values = coding.facets.clone();
    values.retain(|id, _| code.facets.iter().any(|facet| facet.id == *id));
    values
}

/// Groups codings by document.
///
/// # Errors
/// When one of them doesn't exist.
fn by_document<'a>(
    project: &'a Project,
    codings: &[(DocumentId, CodingId)],
) -> Result<Vec<(&'a Document, BTreeSet<CodingId>)>, Refusal> {
    let mut by_document: BTreeMap<DocumentId, BTreeSet<CodingId>> = BTreeMap::new();
    for (document, coding) in codings {
        by_document.entry(*document).or_default().insert(*coding);
    }
    let mut found = Vec::with_capacity(by_document.len());
    for (id, ids) in by_document {
        let document = lookup::document(project, id)?;
        let codings = document.codings.iter();
        if codings.filter(|coding| ids.contains(&coding.id)).count() != ids.len() {
            return Err(Refusal::NoCoding);
        }
        found.push((document, ids));
    }
    Ok(found)
}

/// Gives codings another code; values of facets that it doesn't ask for are dropped.
///
/// # Errors
/// When a coding or the code doesn't exist.
pub(crate) fn recode(
    tx: &mut Transaction<'_>,
    codings: &[(DocumentId, CodingId)],
    code: CodeId,
) -> Result<(), Refusal> {
    let project = tx.project();
    let rules = lookup::code(project, code)?;
    let mut recoding = Recoding::default();
    for (document, ids) in by_document(project, codings)? {
        recoding.add(
            document,
            code,
            |coding| ids.contains(&coding.id),
            |coding| asked_for(rules, coding),
        );
    }
    let moves = rehang(project, &recoding.twins);
    tx.record_all(recoding.edits);
    tx.record_all(moves);
    // Last, since the log refuses to remove a coding that a memo or link is still on.
    tx.record_all(recoding.removals);
    Ok(())
}
