//! Corrections of a transcript: a turn's words, speaker and time; a speaker's label everywhere.
//!
//! The original file and its text stay in the store; codings, memos and links follow the text.

use std::sync::Arc;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    document::{record_edit, set_speaker_label, set_turn},
    lookup, required_name,
    text::{Replacement, replacing, to_position},
    transaction::Transaction,
};
use crate::{
    app::{action::TurnSpeaker, refusal::Refusal},
    log::change::{Change, CodingEdit, DocumentEdit, Edit},
    model::{
        Project,
        document::{Content, Document, SpeakerIndex, Turn, TurnEdit, TurnIndex},
        ids::DocumentId,
        text::TextRange,
    },
};

/// What a correction does to the codings and memos on the corrected words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CorrectionPreview {
    /// Codings that are resized.
    pub resized: usize,
    /// Codings that lose all their words and are removed.
    pub removed: usize,
    /// Memos that are removed with them.
    pub memos: usize,
}

/// Corrects what a turn says, who says it and when.
///
/// # Errors
/// When the document, the turn or the speaker doesn't exist.
pub(crate) fn correct_turn(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Content,
    index: TurnIndex,
    text: &str,
    speaker: TurnSpeaker,
    at_millis: Option<u32>,
) -> Result<(), Refusal> {
    let turn = turn_of(content, index).ok_or(Refusal::NoTurn(index))?;
    let document = lookup::document(tx.project(), id)?;
    let from = document.turn_edit(index);
    let speaker = speaker_of(tx, id, speaker)?;
    let mut to = from;
    if speaker != turn.speaker {
        to.speaker = Some(speaker);
    }
    if at_millis != turn.at_millis {
        to.at_millis = Some(at_millis);
    }
    let edit = Edit::if_different(&from, to);
    let of = lookup::document(tx.project(), id)?.turn_revision();
    let edit = edit.map(|edit| DocumentEdit::Turn {
        turn: index,
        edit,
        of,
    });
    record_edit(tx, id, edit);
    let replacements = differences(content, turn.said(), text);
    let changes = replacing(tx.project(), id, content, &replacements)?;
    tx.record_all(changes);
    Ok(())
}

/// The number of a speaker, who is added if the document has none of the label.
///
/// # Errors
/// When the document or the speaker doesn't exist, or the label is empty.
pub(super) fn speaker_of(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    speaker: TurnSpeaker,
) -> Result<Option<SpeakerIndex>, Refusal> {
    match speaker {
        TurnSpeaker::Nobody => Ok(None),
        TurnSpeaker::Known(speaker) => {
            lookup::speaker(lookup::document(tx.project(), id)?, speaker)?;
            Ok(Some(speaker))
        }
        TurnSpeaker::New(label) => find_or_add_speaker(tx, id, &label).map(Some),
    }
}

pub(super) fn turn_of(content: &Content, index: TurnIndex) -> Option<&Turn> {
    content.turns.get(usize::try_from(index).ok()?)
}

/// The speaker with a label, added if the document has none.
fn find_or_add_speaker(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    label: &str,
) -> Result<SpeakerIndex, Refusal> {
    let label = required_name(label)?;
    let document = lookup::document(tx.project(), id)?;
    if let Some(known) = speaker_index(document, &label) {
        return Ok(known);
    }
    let speaker = SpeakerIndex::try_from(document.speakers.len())
        .ok()
        .ok_or(Refusal::TooManySpeakers)?;
    let of = document.turn_revision();
    let edit = DocumentEdit::Speaker {
        speaker,
        label,
        present: Edit::new(false, true),
        of,
    };
    record_edit(tx, id, Some(edit));
    Ok(speaker)
}

fn speaker_index(document: &Document, label: &str) -> Option<SpeakerIndex> {
    (0..)
        .zip(&document.speakers)
        .find(|(_, speaker)| speaker.label == label)
        .map(|(index, _)| index)
}

/// The words of a passage that differ from a new text; the words between two corrections stay.
fn differences(content: &Content, passage: TextRange, to: &str) -> Vec<Replacement> {
    // In a damaged file a turn can reach beyond its text; then there is nothing to compare with.
    let from = content.text.slice(passage).unwrap_or_default();
    let old: Vec<&str> = from.split_word_bounds().collect();
    let new: Vec<&str> = to.split_word_bounds().collect();
    let mut replacements: Vec<Replacement> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, old_range, new_range) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let start = passage.start() + chars_of(&old[..old_range.start]);
        let end = start + chars_of(&old[old_range]);
        let words = new[new_range].concat();
        match replacements.last_mut() {
            // Two operations side by side, such as a deletion before an insertion, are one
            // replacement: replacements may not touch.
            Some(last) if last.range.end() == start => {
                last.range = TextRange::between(last.range.start(), end);
                last.to.push_str(&words);
            }
            _ => replacements.push(Replacement {
                range: TextRange::between(start, end),
                to: words,
            }),
        }
    }
    replacements
}

fn chars_of(words: &[&str]) -> u32 {
    to_position(words.iter().map(|word| word.chars().count()).sum())
}

/// Counts what a correction of a turn's words would do to the codings and memos on them.
pub fn correction_preview(
    project: &Project,
    id: DocumentId,
    content: &Content,
    index: TurnIndex,
    text: &str,
) -> CorrectionPreview {
    let mut preview = CorrectionPreview::default();
    let Some(turn) = turn_of(content, index) else {
        return preview;
    };
    let replacements = differences(content, turn.said(), text);
    // The correction itself says what is wrong with it; a preview of nothing is enough here.
    preview.count(&replacing(project, id, content, &replacements).unwrap_or_default());
    preview
}

impl CorrectionPreview {
    /// Counts what changes do.
    pub(super) fn count(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::CodingEdited {
                    edit: CodingEdit::Range(_),
                    ..
                } => self.resized += 1,
                Change::CodingRemoved { .. } => self.removed += 1,
                Change::MemoRemoved(_) => self.memos += 1,
                _ => {}
            }
        }
    }
}

/// In how many documents a speaker would be renamed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpeakersPreview {
    /// Documents that have a speaker with the label.
    pub documents: usize,
    /// Of these, the documents in which the new label is another speaker's: there the two are merged.
    pub merged: usize,
}

/// Counts the documents in which a speaker would be renamed.
pub fn speakers_preview(project: &Project, from: &str, to: &str) -> SpeakersPreview {
    let mut preview = SpeakersPreview::default();
    for document in project.documents.values() {
        if speaker_index(document, from).is_some() {
            preview.documents += 1;
            preview.merged += usize::from(speaker_index(document, to.trim()).is_some());
        }
    }
    preview
}

/// Gives a speaker another label; where another speaker of the document has that label, the turns become that
/// speaker's.
///
/// # Errors
/// When the document or the speaker doesn't exist, or the new label is empty.
pub(crate) fn rename_speaker(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Arc<Content>,
    speaker: SpeakerIndex,
    to: &str,
) -> Result<(), Refusal> {
    lookup::speaker(lookup::document(tx.project(), id)?, speaker)?;
    let labels = [(speaker, required_name(to)?)];
    relabel(tx, id, &labels, || Some(Arc::clone(content)))
}

/// Gives a speaker another label in every document; where another speaker has that label, the turns
/// become that speaker's.
///
/// # Errors
/// When the new label is empty, or a text that is needed can't be read.
pub(crate) fn rename_speakers(
    tx: &mut Transaction<'_>,
    from: &str,
    to: &str,
    content: impl Fn(&Document) -> Option<Arc<Content>>,
) -> Result<(), Refusal> {
    let to = required_name(to)?;
    if to == from {
        return Ok(());
    }
    let base = Arc::clone(tx.base());
    for document in base.documents.values() {
        if let Some(speaker) = speaker_index(document, from) {
            let labels = [(speaker, to.clone())];
            relabel(tx, document.id, &labels, || content(document))?;
        }
    }
    Ok(())
}

/// Gives speakers of a document other labels; those that then have the same become one speaker.
///
/// # Errors
/// When the document doesn't exist, or its text is needed and can't be read.
pub(super) fn relabel(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    labels: &[(SpeakerIndex, String)],
    content: impl Fn() -> Option<Arc<Content>>,
) -> Result<(), Refusal> {
    let base = Arc::clone(tx.base());
    let document = lookup::document(&base, id)?;
    for (speaker, label) in labels {
        match namesake(document, labels, *speaker, label) {
            None => set_speaker_label(tx, id, *speaker, label)?,
            Some(other) => {
                let content =
                    content().ok_or_else(|| Refusal::NoDocument(document.title.clone()))?;
                give_turns(tx, document, &content, *speaker, other)?;
            }
        }
    }
    Ok(())
}

/// The speaker into whom another is merged that gets a label: one who keeps that label, or who gets it first.
pub(super) fn namesake(
    document: &Document,
    labels: &[(SpeakerIndex, String)],
    speaker: SpeakerIndex,
    label: &str,
) -> Option<SpeakerIndex> {
    let changes = |index: &SpeakerIndex| labels.iter().any(|(other, _)| other == index);
    let keeps = (0..)
        .zip(&document.speakers)
        .find(|(index, own)| *index != speaker && own.label == label && !changes(index));
    let gets = labels.iter().find(|(_, own)| own == label);
    keeps.map(|(index, _)| index).or_else(|| {
        let first = gets.map(|(index, _)| *index);
        first.filter(|index| *index != speaker)
    })
}

/// Gives all turns of a speaker to another.
fn give_turns(
    tx: &mut Transaction<'_>,
    document: &Document,
    content: &Content,
    from: SpeakerIndex,
    to: SpeakerIndex,
) -> Result<(), Refusal> {
    for (index, turn) in (0..).zip(&content.turns) {
        if turn.speaker == Some(from) {
            let edit = TurnEdit {
                speaker: Some(Some(to)),
                ..document.turn_edit(index)
            };
            set_turn(tx, document.id, index, edit)?;
        }
    }
    Ok(())
}
