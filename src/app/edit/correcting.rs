//! Corrections of a transcript as it is read: a turn's words, speaker and time; a speaker's label everywhere.
//!
//! The original file and text stay in the store; codings, memos and links follow, as the rule for replacing words says.

use std::sync::Arc;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    Edited,
    document::{edited, replace_texts, set_speaker_label, set_turn},
    document_of, name_of, some,
};
use crate::{
    app::{action::TurnSpeaker, refusal::Refusal},
    log::change::{Change, CodingEdit, DocumentEdit, Edit},
    model::{
        Project,
        document::{Content, Document, SpeakerIndex, TurnEdit, TurnIndex},
        ids::DocumentId,
        text::TextRange,
    },
};

/// What a correction does to the codings and memos that reach into the corrected words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CorrectionPreview {
    /// Codings that get other bounds.
    pub resized: usize,
    /// Codings that lose all their words, and go.
    pub removed: usize,
    /// Memos that go with them.
    pub memos: usize,
}

/// Corrects what a turn says, who says it and when.
///
/// # Errors
/// When document, turn or speaker isn't there, or nothing changes.
pub fn correct_turn(
    project: &Project,
    id: DocumentId,
    content: &Content,
    turn: TurnIndex,
    text: &str,
    (speaker, at_millis): (TurnSpeaker, Option<u32>),
) -> Edited {
    let document = document_of(project, id)?;
    let (speaker, new) = match speaker {
        TurnSpeaker::Nobody => (None, None),
        TurnSpeaker::Known(speaker) if usize::from(speaker) < document.speakers.len() => {
            (Some(speaker), None)
        }
        TurnSpeaker::Known(_) => return Err(Refusal::NoCoding),
        TurnSpeaker::New(label) => new_speaker(document, &label)?,
    };
    let present = usize::try_from(turn)
        .ok()
        .and_then(|index| content.turns.get(index))
        .ok_or(Refusal::NoCoding)?;
    let mut edit = document.turn_edit(turn);
    if speaker != present.speaker {
        edit.speaker = Some(speaker);
    }
    if at_millis != present.at_millis {
        edit.at_millis = Some(at_millis);
    }
    let mut changes: Vec<Change> = new.into_iter().collect();
    if edit != document.turn_edit(turn) {
        let edit = Edit::new(document.turn_edit(turn), edit);
        changes.push(edited(id, DocumentEdit::Turn { turn, edit }));
    }
    if content.text.slice(present.said()) != Some(text) {
        changes.extend(replace_texts(
            project,
            id,
            content,
            differences(content, present.said(), text),
        )?);
    }
    some(changes)
}

/// The speaker with a label, and the change that adds it where the document has none.
fn new_speaker(
    document: &Document,
    label: &str,
) -> Result<(Option<SpeakerIndex>, Option<Change>), Refusal> {
    let label = name_of(label)?;
    let known = document
        .speakers
        .iter()
        .position(|speaker| speaker.label == label);
    let speaker = SpeakerIndex::try_from(known.unwrap_or(document.speakers.len()))
        .ok()
        .ok_or(Refusal::NoCoding)?;
    let added = DocumentEdit::Speaker {
        speaker,
        label,
        present: Edit::new(false, true),
    };
    Ok((
        Some(speaker),
        known.is_none().then(|| edited(document.id, added)),
    ))
}

/// The words in which a passage differs from a new text, each stretch with what it is to say: what stands between two corrections is left alone.
fn differences(content: &Content, passage: TextRange, to: &str) -> Vec<(TextRange, String)> {
    let from = content.text.slice(passage).unwrap_or_default();
    let (old, new): (Vec<&str>, Vec<&str>) = (
        from.split_word_bounds().collect(),
        to.split_word_bounds().collect(),
    );
    let chars = |words: &[&str]| {
        words
            .iter()
            .map(|word| u32::try_from(word.chars().count()).unwrap_or(0))
            .sum::<u32>()
    };
    let stretch = |op: &DiffOp| {
        let (_, old_range, new_range) = op.as_tag_tuple();
        let start = passage.start() + chars(&old[..old_range.start]);
        (
            TextRange::between(start, start + chars(&old[old_range])),
            new[new_range].concat(),
        )
    };
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut stretches: Vec<(TextRange, String)> = Vec::new();
    for (range, words) in ops
        .iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(stretch)
    {
        match stretches
            .last_mut()
            .filter(|(last, _)| last.end() == range.start())
        {
            Some((last, all)) => {
                *last = TextRange::between(last.start(), range.end());
                all.push_str(&words);
            }
            None => stretches.push((range, words)),
        }
    }
    stretches
}

/// What a correction of a turn's words would do to what stands on them.
pub fn correction_preview(
    project: &Project,
    id: DocumentId,
    content: &Content,
    turn: TurnIndex,
    text: &str,
) -> CorrectionPreview {
    let mut preview = CorrectionPreview::default();
    let said = usize::try_from(turn)
        .ok()
        .and_then(|index| content.turns.get(index))
        .map(crate::model::document::Turn::said);
    let changes = said
        .map(|said| {
            replace_texts(project, id, content, differences(content, said, text))
                .unwrap_or_default()
        })
        .unwrap_or_default();
    for change in changes {
        match change {
            Change::CodingEdited {
                edit: CodingEdit::Range(_),
                ..
            } => preview.resized += 1,
            Change::CodingRemoved { .. } => preview.removed += 1,
            Change::MemoRemoved(_) => preview.memos += 1,
            _ => {}
        }
    }
    preview
}

/// What renaming a speaker everywhere comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpeakersPreview {
    /// Documents in which the label stands.
    pub documents: usize,
    /// Of these, those in which the new label is another speaker's: there the two become one.
    pub merged: usize,
}

/// What renaming a speaker everywhere comes to.
pub fn speakers_preview(project: &Project, from: &str, to: &str) -> SpeakersPreview {
    let with = |label: &str, document: &Document| {
        document
            .speakers
            .iter()
            .any(|speaker| speaker.label == label)
    };
    let documents: Vec<_> = project
        .documents
        .values()
        .filter(|document| with(from, document))
        .collect();
    let merged = documents
        .iter()
        .filter(|document| with(to.trim(), document))
        .count();
    SpeakersPreview {
        documents: documents.len(),
        merged,
    }
}

/// Gives a speaker another label in every document; where that label is another speaker's, the turns become that one's.
///
/// # Errors
/// When nobody has the label, or the new one is empty or the same.
pub fn rename_speakers(
    project: &Project,
    from: &str,
    to: &str,
    content: impl Fn(&Document) -> Option<Arc<Content>>,
) -> Edited {
    let to = name_of(to)?;
    let mut changes = Vec::new();
    for document in project.documents.values() {
        let index_of = |label: &str| {
            document
                .speakers
                .iter()
                .position(|speaker| speaker.label == label)
        };
        let (Some(old), new) = (index_of(from), index_of(&to)) else {
            continue;
        };
        let index = |at: usize| SpeakerIndex::try_from(at).unwrap_or(SpeakerIndex::MAX);
        match new {
            Some(new) if new == old => {}
            None => changes.extend(set_speaker_label(project, document.id, index(old), &to)?),
            Some(new) => {
                let turns =
                    content(document).ok_or_else(|| Refusal::NoDocument(document.title.clone()))?;
                let said = turns
                    .turns
                    .iter()
                    .enumerate()
                    .filter(|(_, turn)| turn.speaker == Some(index(old)));
                for turn in said.filter_map(|(at, _)| TurnIndex::try_from(at).ok()) {
                    let edit = TurnEdit {
                        speaker: Some(Some(index(new))),
                        ..document.turn_edit(turn)
                    };
                    changes.extend(set_turn(project, document.id, turn, edit)?);
                }
            }
        }
    }
    some(changes)
}
