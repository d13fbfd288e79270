//! Edits of cases: add, set, remove.

use std::collections::{BTreeMap, BTreeSet};

use super::{free_name, lookup, memo, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{CaseEdit, Change, CodingEdit, DocumentEdit, Edit},
    model::{
        Project,
        case::{Case, CaseKind},
        ids::{CaseId, CodingId, DocumentId},
    },
};

/// Adds a case.
///
/// # Errors
/// When the name is empty or taken, or the parent doesn't exist.
pub(crate) fn add_case(
    tx: &mut Transaction<'_>,
    name: &str,
    kind: CaseKind,
    parent: Option<CaseId>,
) -> Result<(), Refusal> {
    let name = free_case_name(tx.project(), name, None)?;
    if let Some(parent) = parent {
        lookup::case(tx.project(), parent)?;
    }
    append_case(tx, name, kind, parent);
    Ok(())
}

/// Adds a case of a name that is free.
pub(super) fn append_case(
    tx: &mut Transaction<'_>,
    name: String,
    kind: CaseKind,
    parent: Option<CaseId>,
) -> CaseId {
    let id = tx.id();
    tx.record(Change::CaseAdded(Box::new(Case {
        id,
        name,
        kind,
        parent,
        values: BTreeMap::new(),
    })));
    id
}

fn free_case_name(project: &Project, name: &str, own: Option<CaseId>) -> Result<String, Refusal> {
    let cases = project.cases.values();
    free_name(name, own, cases.map(|case| (case.id, &*case.name)))
}

/// Sets name, kind and parent of a case.
///
/// # Errors
/// When it doesn't exist, the name is taken, or it would be below itself.
pub(crate) fn set_case(
    tx: &mut Transaction<'_>,
    id: CaseId,
    name: &str,
    kind: CaseKind,
    parent: Option<CaseId>,
) -> Result<(), Refusal> {
    let project = tx.project();
    let case = lookup::case(project, id)?;
    let name = free_case_name(project, name, Some(id))?;
    if let Some(parent) = parent {
        lookup::case(project, parent)?;
        if project.case_is_within(parent, id) {
            return Err(Refusal::Cycle(case.name.clone()));
        }
    }
    let edits = [
        Edit::if_different(&case.name, name).map(CaseEdit::Name),
        Edit::if_different(&case.kind, kind).map(CaseEdit::Kind),
        Edit::if_different(&case.parent, parent).map(CaseEdit::Parent),
    ];
    let edits = edits.into_iter().flatten();
    tx.record_all(edits.map(|edit| Change::CaseEdited { case: id, edit }));
    Ok(())
}

/// Removes cases with the memos and links on them; their documents and speakers stay, and cases below
/// them move up.
///
/// # Errors
/// When one of them doesn't exist.
pub(crate) fn remove_cases(tx: &mut Transaction<'_>, ids: &[CaseId]) -> Result<(), Refusal> {
    let ids: BTreeSet<CaseId> = ids.iter().copied().collect();
    for id in ids {
        remove_case(tx, id)?;
    }
    Ok(())
}

fn remove_case(tx: &mut Transaction<'_>, id: CaseId) -> Result<(), Refusal> {
    lookup::case(tx.project(), id)?;
    tx.record_all(memo::removals_on(tx.project(), |anchor| {
        anchor.is_of_case(id)
    }));
    tx.record_all(unlink_documents(tx.project(), id));
    let parent = lookup::case(tx.project(), id)?.parent;
    let below = tx.project().cases_below(Some(id));
    let moves: Vec<Change> = below
        .iter()
        .map(|below| Change::CaseEdited {
            case: below.id,
            edit: CaseEdit::Parent(Edit::new(Some(id), parent)),
        })
        .collect();
    tx.record_all(moves);
    // The removal keeps the case as it was, so that undo brings it back as a whole.
    let case = lookup::case(tx.project(), id)?.clone();
    tx.record(Change::CaseRemoved(Box::new(case)));
    Ok(())
}

/// The changes that take a case away from all documents, speakers and codings.
fn unlink_documents(project: &Project, id: CaseId) -> Vec<Change> {
    let mut changes = Vec::new();
    for document in project.documents.values() {
        if document.cases.contains(&id) {
            changes.push(Change::DocumentEdited {
                document: document.id,
                edit: DocumentEdit::Case {
                    case: id,
                    belongs: Edit::new(true, false),
                },
            });
        }
        for (speaker, _) in (0u16..)
            .zip(&document.speakers)
            .filter(|(_, speaker)| speaker.case == Some(id))
        {
            changes.push(Change::DocumentEdited {
                document: document.id,
                edit: DocumentEdit::SpeakerCase {
                    speaker,
                    case: Edit::new(Some(id), None),
                    of: document.turn_revision(),
                },
            });
        }
        let codings = document.codings.iter();
        changes.extend(
            codings
                .filter(|coding| coding.about.contains(&id))
                .map(|coding| about_edit(document.id, coding.id, id, false)),
        );
    }
    changes
}

/// The change that says whether a coding is about a case; it said the opposite.
pub(super) fn about_edit(
    document: DocumentId,
    coding: CodingId,
    case: CaseId,
    is_about: bool,
) -> Change {
    Change::CodingEdited {
        document,
        coding,
        edit: CodingEdit::About {
            case,
            is_about: Edit::new(!is_about, is_about),
        },
    }
}
