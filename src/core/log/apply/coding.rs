//! Changes of codings, and the ranges that they name.

use std::sync::Arc;

use super::{ApplyResult, Author, ensure, is_referred_to};
use crate::{
    log::change::{CodingEdit, Edit},
    model::{
        Project,
        coding::Coding,
        conflict::{SkipReason, Subject},
        document::Document,
        ids::{CodingId, DocumentId},
        memo::Anchor,
        text::TextRange,
    },
};

/// Returns true if the project has the code and coder of a coding, and whom it is about.
pub(super) fn coding_fits(project: &Project, coding: &Coding) -> bool {
    project.codebook.get(coding.code).is_some()
        && project.coders.contains_key(&coding.coder)
        && coding
            .about
            .iter()
            .all(|case| project.cases.contains_key(case))
}

/// Maps a range of the text that the author saw to the current text.
///
/// # Errors
/// When it is empty or outside the text, or its words have been deleted meanwhile.
pub(super) fn current_range(
    document: &Document,
    author: &Author,
    range: TextRange,
) -> Result<TextRange, SkipReason> {
    ensure(!range.is_empty(), SkipReason::BadValue)?;
    let current =
        document
            .history
            .to_current(document.source.chars, range, author.device, &author.seen);
    current.ok_or(if document.history.is_untouched() {
        SkipReason::BadValue
    } else {
        SkipReason::PassageGone
    })
}

pub(super) fn coding_added(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    coding: &Coding,
) -> ApplyResult {
    let fits = coding_fits(project, coding);
    let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
    ensure(fits, SkipReason::Gone)?;
    let is_new = document.coding(coding.id).is_none();
    ensure(is_new, SkipReason::AlreadyThere)?;
    let range = current_range(document, author, coding.range)?;
    Arc::make_mut(document).insert_coding(Coding {
        range,
        ..coding.clone()
    });
    Ok(())
}

pub(super) fn coding_edited(
    project: &mut Project,
    author: &Author,
    document_id: DocumentId,
    id: CodingId,
    edit: &CodingEdit,
) -> ApplyResult {
    if let CodingEdit::Code(edit) = edit {
        ensure(project.codebook.get(edit.to).is_some(), SkipReason::Gone)?;
    }
    if let CodingEdit::About { case, .. } = edit {
        ensure(project.cases.contains_key(case), SkipReason::Gone)?;
    }
    let document = project.documents.get_mut(&document_id);
    let document = document.ok_or(SkipReason::Gone)?;
    ensure(document.coding(id).is_some(), SkipReason::Gone)?;
    let ranges = match edit {
        CodingEdit::Range(edit) => {
            let to = current_range(document, author, edit.to)?;
            // The old words can be gone meanwhile; then the old value is compared as it is.
            let from = current_range(document, author, edit.from).unwrap_or(edit.from);
            Some(Edit::new(from, to))
        }
        CodingEdit::Code(_) | CodingEdit::Facet { .. } | CodingEdit::About { .. } => None,
    };
    let subject = Subject::Coding(document_id, id);
    let setter = author.setter(&mut project.conflicts, subject);
    // Taken out and put in again, since its place depends on its range.
    let document = Arc::make_mut(document);
    let mut coding = document.remove_coding(id).ok_or(SkipReason::Gone)?;
    let outcome = match (edit, ranges) {
        (CodingEdit::Range(_), Some(ranges)) => setter.set("range", &mut coding.range, &ranges),
        (CodingEdit::Range(_), None) => Ok(()),
        (CodingEdit::Code(edit), _) => setter.set("code", &mut coding.code, edit),
        (CodingEdit::Facet { facet, value }, _) => {
            let mut slot = coding.facets.remove(facet);
            let outcome = setter.set(&format!("facet {facet}"), &mut slot, value);
            coding.facets.extend(slot.map(|value| (*facet, value)));
            outcome
        }
        (CodingEdit::About { case, is_about }, _) => {
            if is_about.to {
                coding.about.insert(*case);
            } else {
                coding.about.remove(case);
            }
            Ok(())
        }
    };
    document.insert_coding(coding);
    outcome
}

pub(super) fn coding_removed(
    project: &mut Project,
    id: DocumentId,
    coding: CodingId,
) -> ApplyResult {
    let is_used = is_referred_to(project, |anchor| anchor == Anchor::Coding(id, coding));
    ensure(!is_used, SkipReason::InUse)?;
    let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
    ensure(document.coding(coding).is_some(), SkipReason::Gone)?;
    Arc::make_mut(document).remove_coding(coding);
    Ok(())
}
