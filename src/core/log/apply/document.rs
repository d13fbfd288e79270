//! Changes of documents, except of their texts.

use std::sync::Arc;

use super::{
    ApplyResult, Author, FieldSetter, add_shared, case::value_fits, coding::coding_fits, ensure,
    is_referred_to,
};
use crate::{
    log::change::DocumentEdit,
    model::{
        Project,
        attribute::AttributeOf,
        conflict::{SkipReason, Subject},
        document::{Document, Speaker, SpeakerIndex, SpeakerRole},
        ids::{CaseId, DocumentId, TurnRevisionId},
        invariants::anchor_is_in,
    },
};

pub(super) fn document_added(project: &mut Project, document: &Document) -> ApplyResult {
    ensure(
        !project.documents.contains_key(&document.id),
        SkipReason::AlreadyThere,
    )?;
    ensure(refers_well(project, document), SkipReason::Gone)?;
    ensure(is_sound(project, document), SkipReason::BadValue)?;
    add_shared(&mut project.documents, document.id, document)
}

/// Returns true if everything that a document names is in the project.
fn refers_well(project: &Project, document: &Document) -> bool {
    let speakers = document.speakers.iter();
    let mut cases = document
        .cases
        .iter()
        .chain(speakers.filter_map(|speaker| speaker.case.as_ref()));
    let mut codings = document.codings.iter();
    document
        .phase
        .is_none_or(|phase| project.phases.contains_key(&phase))
        && cases.all(|case| project.cases.contains_key(case))
        && codings.all(|coding| coding_fits(project, coding))
}

/// Returns true if codings and values of a document are what the project's invariants demand.
fn is_sound(project: &Project, document: &Document) -> bool {
    let len_chars = document.len_chars();
    let mut codings = document.codings.iter();
    let mut values = document.values.iter();
    codings.all(|coding| !coding.range.is_empty() && coding.range.end() <= len_chars)
        && document.codings.is_sorted_by(|a, b| a.order() < b.order())
        && values.all(|(&(id, phase), value)| {
            value_fits(project, AttributeOf::Documents, id, phase, value).is_ok()
        })
}

pub(super) fn document_edited(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    edit: &DocumentEdit,
) -> ApplyResult {
    check_edit(project, id, edit)?;
    let setter = author.setter(&mut project.conflicts, Subject::Document(id));
    if let DocumentEdit::Rank(edit) = edit {
        let mut rank = project.document_ranks.remove(&id);
        let done = setter.set("rank", &mut rank, edit);
        project.document_ranks.extend(rank.map(|rank| (id, rank)));
        return done;
    }
    let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
    set_field(Arc::make_mut(document), setter, edit)
}

fn check_edit(project: &Project, id: DocumentId, edit: &DocumentEdit) -> ApplyResult {
    let document = project.documents.get(&id).ok_or(SkipReason::Gone)?;
    match edit {
        DocumentEdit::Title(_) | DocumentEdit::Rank(_) => Ok(()),
        DocumentEdit::Phase(edit) => ensure(
            edit.to
                .is_none_or(|phase| project.phases.contains_key(&phase)),
            SkipReason::Gone,
        ),
        DocumentEdit::Case { case, .. } => has_case(project, Some(*case)),
        DocumentEdit::Speaker {
            speaker,
            label,
            present,
            of,
        } => {
            numbers_in(document, *of)?;
            if present.to {
                can_add_speaker(document, *speaker)
            } else {
                can_remove_speaker(document, *speaker, label)
            }
        }
        DocumentEdit::SpeakerLabel { speaker, of, .. }
        | DocumentEdit::SpeakerRole { speaker, of, .. } => {
            numbers_in(document, *of)?;
            has_speaker(document, *speaker)
        }
        DocumentEdit::SpeakerCase { speaker, case, of } => {
            numbers_in(document, *of)?;
            has_speaker(document, *speaker)?;
            has_case(project, case.to)
        }
        DocumentEdit::Turn { turn, edit, of } => {
            numbers_in(document, *of)?;
            ensure(*turn < document.n_turns(), SkipReason::BadValue)?;
            let speaker = edit.to.speaker.flatten();
            speaker.map_or(Ok(()), |speaker| has_speaker(document, speaker))
        }
        DocumentEdit::Turns(edit) => {
            let mut persons = edit.to.speakers.iter().filter_map(|speaker| speaker.case);
            persons.try_for_each(|case| has_case(project, Some(case)))
        }
    }
}

/// The numbers of turns and speakers mean something else once other turns have taken the place of those that the
/// author saw.
fn numbers_in(document: &Document, of: Option<TurnRevisionId>) -> ApplyResult {
    ensure(document.turn_revision() == of, SkipReason::OtherTurns)
}

fn has_case(project: &Project, case: Option<CaseId>) -> ApplyResult {
    ensure(
        case.is_none_or(|case| project.cases.contains_key(&case)),
        SkipReason::Gone,
    )
}

fn has_speaker(document: &Document, index: SpeakerIndex) -> ApplyResult {
    ensure(
        usize::from(index) < document.speakers.len(),
        SkipReason::BadValue,
    )
}

/// A speaker is added after the others: turns name speakers by their index.
fn can_add_speaker(document: &Document, index: SpeakerIndex) -> ApplyResult {
    ensure(
        usize::from(index) == document.speakers.len(),
        SkipReason::BadValue,
    )
}

/// A speaker is removed as the last one, as it was added, and if no turn names it.
fn can_remove_speaker(document: &Document, index: SpeakerIndex, label: &str) -> ApplyResult {
    let as_added = document.speakers.last().is_some_and(|last| {
        last.label == label && last.case.is_none() && last.role == SpeakerRole::default()
    });
    ensure(
        usize::from(index) + 1 == document.speakers.len() && as_added,
        SkipReason::BadValue,
    )?;
    let mut edits = document.turn_edits.iter();
    ensure(
        !edits.any(|(_, edit)| edit.speaker == Some(Some(index))),
        SkipReason::InUse,
    )
}

fn set_field(document: &mut Document, setter: FieldSetter<'_>, edit: &DocumentEdit) -> ApplyResult {
    match edit {
        DocumentEdit::Title(edit) => setter.set("title", &mut document.title, edit),
        DocumentEdit::Phase(edit) => setter.set("phase", &mut document.phase, edit),
        // It isn't a field of the document.
        DocumentEdit::Rank(_) => Ok(()),
        DocumentEdit::Case { case, belongs } => {
            // Each case is a member of a set: two coders can't disagree about one.
            if belongs.to {
                document.cases.insert(*case);
            } else {
                document.cases.remove(case);
            }
            Ok(())
        }
        DocumentEdit::Speaker { label, present, .. } => {
            if present.to {
                document.speakers.push(Speaker {
                    label: label.clone(),
                    role: SpeakerRole::default(),
                    case: None,
                });
            } else {
                document.speakers.pop();
            }
            Ok(())
        }
        DocumentEdit::SpeakerLabel { speaker, label, .. } => {
            let slot = &mut speaker_mut(document, *speaker)?.label;
            setter.set(&format!("speaker {speaker} label"), slot, label)
        }
        DocumentEdit::SpeakerRole { speaker, role, .. } => {
            let slot = &mut speaker_mut(document, *speaker)?.role;
            setter.set(&format!("speaker {speaker} role"), slot, role)
        }
        DocumentEdit::SpeakerCase { speaker, case, .. } => {
            let slot = &mut speaker_mut(document, *speaker)?.case;
            setter.set(&format!("speaker {speaker} case"), slot, case)
        }
        DocumentEdit::Turn { turn, edit, .. } => {
            let mut slot = document.turn_edit(*turn);
            setter.set(&format!("turn {turn}"), &mut slot, edit)?;
            document.set_turn_edit(*turn, slot);
            Ok(())
        }
        DocumentEdit::Turns(edit) => {
            let mut slot = document.turn_state();
            setter.set("turns", &mut slot, edit)?;
            document.set_turn_state(slot);
            Ok(())
        }
    }
}

fn speaker_mut(document: &mut Document, index: SpeakerIndex) -> Result<&mut Speaker, SkipReason> {
    let speaker = document.speakers.get_mut(usize::from(index));
    speaker.ok_or(SkipReason::BadValue)
}

pub(super) fn document_removed(project: &mut Project, removed: &Document) -> ApplyResult {
    let document = project.documents.get(&removed.id).ok_or(SkipReason::Gone)?;
    // A colleague's coding that the author had not seen would be lost.
    let mut codings = document.codings.iter();
    ensure(
        codings.all(|coding| removed.coding(coding.id).is_some()),
        SkipReason::InUse,
    )?;
    let is_used = is_referred_to(project, |anchor| anchor_is_in(anchor, document));
    ensure(!is_used, SkipReason::InUse)?;
    project.documents.remove(&removed.id);
    Ok(())
}
