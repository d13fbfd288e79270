//! Turns of a document by hand: given to somebody, split, joined, and begun by a label.
//!
//! A speaker that is set corrects a turn. All else makes a new turn table, which takes the place of the present one
//! together with its speakers and corrections; the text and the codings stay as they are.

use super::{
    correcting::{speaker_of, turn_of},
    document::set_turn,
    lookup,
    new_turns::{NewTurns, corrections_of, put},
    required_name,
    transaction::Transaction,
};
use crate::{
    app::{action::TurnSpeaker, refusal::Refusal},
    model::{
        clock::Stamp,
        document::{
            Content, Document, Speaker, SpeakerIndex, SpeakerRole, Turn, TurnIndex, TurnState,
        },
        ids::{DeviceId, DocumentId},
        text::{TextRange, chars_of},
    },
};

/// Says who speaks in a turn, and in all turns that begin with the same label if `alike` is true.
///
/// # Errors
/// When the document, the turn or the speaker doesn't exist.
pub(crate) fn set_speaker(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Content,
    index: TurnIndex,
    speaker: TurnSpeaker,
    alike: bool,
) -> Result<(), Refusal> {
    let turns = if alike {
        turns_like(content, index)
    } else {
        vec![index]
    };
    let speaker = speaker_of(tx, id, speaker)?;
    for index in turns {
        let turn = turn_of(content, index).ok_or(Refusal::NoTurn(index))?;
        if turn.speaker != speaker {
            let document = lookup::document(tx.project(), id)?;
            let mut edit = document.turn_edit(index);
            edit.speaker = Some(speaker);
            set_turn(tx, id, index, edit)?;
        }
    }
    Ok(())
}

/// The turns that begin with the label of a turn, in order; only the turn itself if it begins with none.
pub fn turns_like(content: &Content, index: TurnIndex) -> Vec<TurnIndex> {
    let label = |turn: &Turn| label_of(content, turn);
    let Some(own) = turn_of(content, index).map(label) else {
        return Vec::new();
    };
    if own.is_empty() {
        return vec![index];
    }
    (0..)
        .zip(&content.turns)
        .filter(|(_, turn)| label(turn) == own)
        .map(|(index, _)| index)
        .collect()
}

/// What a turn begins with before its words, without a time stamp's digits: two turns of one speaker have other times.
fn label_of(content: &Content, turn: &Turn) -> String {
    let before = TextRange::between(turn.range.start(), turn.body);
    let label = content.text.slice(before).unwrap_or_default();
    label
        .chars()
        .filter(|char| !char.is_ascii_digit())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Begins a turn at a position within another, with a speaker of its own.
///
/// # Errors
/// When the document or the speaker doesn't exist, or no words are before the position or after it.
pub(crate) fn split_turn(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Content,
    at: u32,
    speaker: TurnSpeaker,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let mut draft = Draft::of(document, content);
    let speaker = draft.speaker(speaker)?;
    draft.begin_turn(content, TextRange::between(at, at), speaker)?;
    put(tx, draft.finish());
    Ok(())
}

/// Takes a passage for the label of a speaker: a turn begins with it, and its words come after it. If `alike` is true,
/// so do turns at all other lines that begin with the same words.
///
/// # Errors
/// When the document or the speaker doesn't exist, or nothing is said after the passage.
pub(crate) fn mark_label(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Content,
    label: TextRange,
    speaker: TurnSpeaker,
    alike: bool,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let mut draft = Draft::of(document, content);
    let speaker = draft.speaker(speaker)?;
    let label = with_mark(content, label);
    draft.begin_turn(content, label, speaker)?;
    if alike {
        for other in labels_like(content, label) {
            // A line that is nothing but the label begins no turn.
            let _nothing_said = draft.begin_turn(content, other, speaker);
        }
    }
    put(tx, draft.finish());
    Ok(())
}

/// The other lines that begin with the words of a passage and the mark after them, as passages.
pub fn labels_like(content: &Content, label: TextRange) -> Vec<TextRange> {
    let label = with_mark(content, label);
    let words = content.text.slice(label).unwrap_or_default().trim();
    let mut found = Vec::new();
    let mut at = 0u32;
    for line in content.text.as_str().split('\n') {
        let chars = chars_of(line);
        let indent = chars_of(line) - chars_of(line.trim_start());
        let start = at + indent;
        if !words.is_empty() && line.trim_start().starts_with(words) && start != label.start() {
            found.push(TextRange::between(start, start + chars_of(words)));
        }
        at += chars + 1;
    }
    found
}

/// A label with the colon, bracket or dash that ends it: `Mum` in `Mum: hello` is no label in `Mum said hello`.
fn with_mark(content: &Content, label: TextRange) -> TextRange {
    let end = content.text.len_chars();
    let rest = content
        .text
        .slice(TextRange::between(label.end().min(end), end));
    let marks: String = rest
        .unwrap_or_default()
        .chars()
        .take_while(|char| MARKS.contains(*char) || *char == ' ')
        .collect();
    let marks = chars_of(marks.trim_end());
    TextRange::between(label.start(), label.end() + marks)
}

/// What ends a label.
const MARKS: &str = ":：)）]】>》—–-";

/// Makes one turn of a turn and the one before it, whose speaker says all of it.
///
/// # Errors
/// When the document or the turn doesn't exist, or is the first.
pub(crate) fn join_turn(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Content,
    index: TurnIndex,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    turn_of(content, index).ok_or(Refusal::NoTurn(index))?;
    let before = index.checked_sub(1).ok_or(Refusal::NoTurnBefore)?;
    let mut draft = Draft::of(document, content);
    draft.join(before);
    put(tx, draft.finish());
    Ok(())
}

/// Turns in the making, in positions of the current text.
struct Draft {
    document: DocumentId,
    turns: Vec<Turn>,
    speakers: Vec<Speaker>,
    known: Vec<(DeviceId, Stamp)>,
    from: TurnState,
}

impl Draft {
    fn of(document: &Document, content: &Content) -> Self {
        Self {
            document: document.id,
            turns: content.turns.clone(),
            speakers: document.speakers.clone(),
            known: corrections_of(document),
            from: document.turn_state(),
        }
    }

    fn finish(self) -> NewTurns {
        NewTurns {
            document: self.document,
            turns: self.turns,
            speakers: self.speakers,
            known: self.known,
            from: self.from,
        }
    }

    fn speaker(&mut self, speaker: TurnSpeaker) -> Result<Option<SpeakerIndex>, Refusal> {
        let label = match speaker {
            TurnSpeaker::Nobody => return Ok(None),
            TurnSpeaker::Known(index) if usize::from(index) < self.speakers.len() => {
                return Ok(Some(index));
            }
            TurnSpeaker::Known(index) => return Err(Refusal::NoSpeaker(index.to_string())),
            TurnSpeaker::New(label) => required_name(&label)?,
        };
        let known = (0..)
            .zip(&self.speakers)
            .find(|(_, own)| own.label == label);
        if let Some((index, _)) = known {
            return Ok(Some(index));
        }
        let index = SpeakerIndex::try_from(self.speakers.len())
            .map_err(|_full| Refusal::TooManySpeakers)?;
        self.speakers.push(Speaker {
            label,
            role: SpeakerRole::default(),
            case: None,
        });
        Ok(Some(index))
    }

    /// Lets a turn begin with a label, which may be empty; up to the end of the turn that it is in, or of the text
    /// without a turn that it is in.
    fn begin_turn(
        &mut self,
        content: &Content,
        label: TextRange,
        speaker: Option<SpeakerIndex>,
    ) -> Result<(), Refusal> {
        let after = self
            .turns
            .partition_point(|turn| turn.range.start() <= label.start());
        let next = self
            .turns
            .get(after)
            .map_or(content.text.len_chars(), |turn| turn.range.start());
        let within = after
            .checked_sub(1)
            .filter(|index| self.turns[*index].range.end() > label.start());
        let end = within.map_or(next, |index| self.turns[index].range.end());
        let said = trimmed(content, TextRange::between(label.end().min(end), end));
        if said.is_empty() || label.end() > end {
            return Err(Refusal::NothingSaid);
        }
        let turn = Turn {
            range: TextRange::between(label.start(), said.end()),
            body: said.start(),
            speaker,
            at_millis: None,
        };
        let Some(index) = within else {
            self.turns.insert(after, turn);
            return Ok(());
        };
        let whole = &mut self.turns[index];
        if label.is_empty() && label.start() <= whole.body {
            return Err(Refusal::NothingSaid);
        }
        if whole.range.start() == label.start() {
            // The turn begins here already; its words begin after the label.
            let at_millis = whole.at_millis;
            *whole = Turn { at_millis, ..turn };
            return Ok(());
        }
        let before = trimmed(
            content,
            TextRange::between(whole.range.start(), label.start()),
        );
        if before.is_empty() {
            // Only white space is left of it.
            *whole = turn;
            return Ok(());
        }
        whole.range = TextRange::between(whole.range.start(), before.end());
        whole.body = whole.body.min(before.end());
        self.turns.insert(index + 1, turn);
        Ok(())
    }

    fn join(&mut self, before: TurnIndex) {
        let Ok(before) = usize::try_from(before) else {
            return;
        };
        if before + 1 < self.turns.len() {
            let second = self.turns.remove(before + 1);
            let first = &mut self.turns[before];
            first.range = TextRange::between(first.range.start(), second.range.end());
        }
    }
}

/// A passage without white space at its ends.
fn trimmed(content: &Content, range: TextRange) -> TextRange {
    let words = content.text.slice(range).unwrap_or_default();
    let start = range.start() + chars_of(words) - chars_of(words.trim_start());
    TextRange::between(start, start + chars_of(words.trim()))
}
