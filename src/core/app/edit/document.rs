//! Edits of documents: remove, title, phase, cases, speakers, turns.

use super::{lookup, memo, required_name, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, DocumentEdit, Edit},
    model::{
        Project,
        document::{SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex},
        ids::{CaseId, DocumentId, PhaseId},
        invariants::anchor_is_in,
        rank::Rank,
    },
};

/// Removes documents with their codings, and the memos and links on any of these.
///
/// # Errors
/// When one of them doesn't exist.
pub(crate) fn remove_documents(
    tx: &mut Transaction<'_>,
    ids: &[DocumentId],
) -> Result<(), Refusal> {
    let documents = ids
        .iter()
        .map(|id| lookup::document(tx.project(), *id))
        .collect::<Result<Vec<_>, _>>()?;
    let mut changes = memo::removals_on(tx.project(), |anchor| {
        documents
            .iter()
            .any(|document| anchor_is_in(anchor, document))
    });
    let removed = documents.into_iter().cloned().map(Box::new);
    changes.extend(removed.map(Change::DocumentRemoved));
    tx.record_all(changes);
    Ok(())
}

/// How much would be removed with documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemovalPreview {
    /// Codings in them.
    pub codings: usize,
    /// Memos on them, on passages and codings in them, and on these memos.
    pub memos: usize,
    /// Links and memberships in sets of any of these.
    pub links: usize,
}

/// Counts what would be removed with documents.
///
/// # Errors
/// When one of them doesn't exist.
pub fn removal_preview(project: &Project, ids: &[DocumentId]) -> Result<RemovalPreview, Refusal> {
    let documents = ids
        .iter()
        .map(|id| lookup::document(project, *id))
        .collect::<Result<Vec<_>, _>>()?;
    let removed = memo::removals_on(project, |anchor| {
        documents
            .iter()
            .any(|document| anchor_is_in(anchor, document))
    });
    let memos = removed
        .iter()
        .filter(|change| matches!(change, Change::MemoRemoved(_)))
        .count();
    Ok(RemovalPreview {
        codings: documents
            .iter()
            .map(|document| document.codings.len())
            .sum(),
        memos,
        links: removed.len() - memos,
    })
}

/// Records an edit of a document, if there is one.
pub(super) fn record_edit(
    tx: &mut Transaction<'_>,
    document: DocumentId,
    edit: Option<DocumentEdit>,
) {
    tx.record_all(edit.map(|edit| Change::DocumentEdited { document, edit }));
}

/// Sets the title.
///
/// # Errors
/// When it is empty or taken.
pub(crate) fn set_title(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    title: &str,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let title = required_name(title)?;
    match tx.project().document_by_title(&title) {
        Some(other) if other.id != id => return Err(Refusal::NameTaken(title)),
        _ => {}
    }
    let edit = Edit::if_different(&document.title, title);
    record_edit(tx, id, edit.map(DocumentEdit::Title));
    Ok(())
}

/// Puts documents in this order among those of their families.
///
/// # Errors
/// When one doesn't exist.
pub(crate) fn put_in_order(tx: &mut Transaction<'_>, ids: &[DocumentId]) -> Result<(), Refusal> {
    let mut last: Option<Rank> = None;
    for id in ids {
        lookup::document(tx.project(), *id)?;
        let rank = Rank::between(last.as_ref(), None);
        last = Some(rank.clone());
        set_rank(tx, *id, Some(rank));
    }
    Ok(())
}

/// Puts documents in the usual order again.
///
/// # Errors
/// When one doesn't exist.
pub(crate) fn put_in_usual_order(
    tx: &mut Transaction<'_>,
    ids: &[DocumentId],
) -> Result<(), Refusal> {
    for id in ids {
        lookup::document(tx.project(), *id)?;
        set_rank(tx, *id, None);
    }
    Ok(())
}

fn set_rank(tx: &mut Transaction<'_>, id: DocumentId, rank: Option<Rank>) {
    let now = tx.project().document_ranks.get(&id).cloned();
    let edit = Edit::if_different(&now, rank);
    record_edit(tx, id, edit.map(DocumentEdit::Rank));
}

/// Sets the phase of documents.
///
/// # Errors
/// When a document or the phase doesn't exist.
pub(crate) fn set_phases(
    tx: &mut Transaction<'_>,
    ids: &[DocumentId],
    phase: Option<PhaseId>,
) -> Result<(), Refusal> {
    ids.iter().try_for_each(|id| set_phase(tx, *id, phase))
}

/// Sets the phase.
///
/// # Errors
/// When the document or the phase doesn't exist.
pub(super) fn set_phase(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    phase: Option<PhaseId>,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    if let Some(phase) = phase {
        lookup::phase(tx.project(), phase)?;
    }
    let edit = Edit::if_different(&document.phase, phase);
    record_edit(tx, id, edit.map(DocumentEdit::Phase));
    Ok(())
}

/// Sets whether documents belong to a case.
///
/// # Errors
/// When a document or the case doesn't exist.
pub(crate) fn set_cases(
    tx: &mut Transaction<'_>,
    ids: &[DocumentId],
    case: CaseId,
    belongs: bool,
) -> Result<(), Refusal> {
    ids.iter()
        .try_for_each(|id| set_case(tx, *id, case, belongs))
}

/// Sets whether documents belong to several cases.
///
/// # Errors
/// When a document or a case doesn't exist.
pub(crate) fn set_several_cases(
    tx: &mut Transaction<'_>,
    ids: &[DocumentId],
    cases: &[(CaseId, bool)],
) -> Result<(), Refusal> {
    let mut cases = cases.iter();
    cases.try_for_each(|(case, belongs)| set_cases(tx, ids, *case, *belongs))
}

/// Sets whether a document belongs to a case.
///
/// # Errors
/// When either doesn't exist.
pub(super) fn set_case(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    case: CaseId,
    belongs: bool,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    lookup::case(tx.project(), case)?;
    let belongs = Edit::if_different(&document.cases.contains(&case), belongs);
    let edit = belongs.map(|belongs| DocumentEdit::Case { case, belongs });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets the person a speaker is.
///
/// # Errors
/// When the document, the speaker or the case doesn't exist.
pub(crate) fn set_speaker_case(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    index: SpeakerIndex,
    case: Option<CaseId>,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let of = document.turn_revision();
    let speaker = lookup::speaker(document, index)?;
    if let Some(case) = case {
        lookup::case(tx.project(), case)?;
    }
    let case = Edit::if_different(&speaker.case, case);
    let edit = case.map(|case| DocumentEdit::SpeakerCase {
        speaker: index,
        case,
        of,
    });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets a speaker's label.
///
/// # Errors
/// When the document or the speaker doesn't exist, or the label is empty.
pub(super) fn set_speaker_label(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    index: SpeakerIndex,
    label: &str,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let of = document.turn_revision();
    let speaker = lookup::speaker(document, index)?;
    let label = Edit::if_different(&speaker.label, required_name(label)?);
    let edit = label.map(|label| DocumentEdit::SpeakerLabel {
        speaker: index,
        label,
        of,
    });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets whether a speaker asks or answers.
///
/// # Errors
/// When the document or the speaker doesn't exist.
pub(crate) fn set_speaker_role(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    index: SpeakerIndex,
    role: SpeakerRole,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let of = document.turn_revision();
    let speaker = lookup::speaker(document, index)?;
    let role = Edit::if_different(&speaker.role, role);
    let edit = role.map(|role| DocumentEdit::SpeakerRole {
        speaker: index,
        role,
        of,
    });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets the person that the speakers of a label are, in every document.
///
/// # Errors
/// When no document has such a speaker, or the case doesn't exist.
pub(crate) fn link_speakers(
    tx: &mut Transaction<'_>,
    label: &str,
    case: Option<CaseId>,
) -> Result<(), Refusal> {
    let speakers = speakers_called(tx.project(), label)?;
    let mut speakers = speakers.into_iter();
    speakers.try_for_each(|(document, index)| set_speaker_case(tx, document, index, case))
}

/// Sets whether the speakers of a label ask or answer, in every document.
///
/// # Errors
/// When no document has such a speaker.
pub(crate) fn set_roles(
    tx: &mut Transaction<'_>,
    label: &str,
    role: SpeakerRole,
) -> Result<(), Refusal> {
    let speakers = speakers_called(tx.project(), label)?;
    let mut speakers = speakers.into_iter();
    speakers.try_for_each(|(document, index)| set_speaker_role(tx, document, index, role))
}

/// The speakers of a label; a refusal if there are none.
fn speakers_called(
    project: &Project,
    label: &str,
) -> Result<Vec<(DocumentId, SpeakerIndex)>, Refusal> {
    let documents = project.documents.values();
    let found: Vec<_> = documents
        .flat_map(|document| (0..).zip(&document.speakers).map(|own| (document.id, own)))
        .filter(|(_, (_, speaker))| speaker.label == label)
        .map(|(document, (index, _))| (document, index))
        .collect();
    if found.is_empty() {
        return Err(Refusal::NoSpeaker(label.to_owned()));
    }
    Ok(found)
}

/// Corrects a turn's speaker or time.
///
/// # Errors
/// When the document, the turn or the speaker doesn't exist.
pub(crate) fn set_turn(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    turn: TurnIndex,
    to: TurnEdit,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    if turn >= document.n_turns() {
        return Err(Refusal::NoTurn(turn));
    }
    if let Some(index) = to.speaker.flatten() {
        lookup::speaker(document, index)?;
    }
    let of = document.turn_revision();
    let edit = Edit::if_different(&document.turn_edit(turn), to);
    let edit = edit.map(|edit| DocumentEdit::Turn { turn, edit, of });
    record_edit(tx, id, edit);
    Ok(())
}
