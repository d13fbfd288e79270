//! A document: one imported transcript with its speakers, turns and codings.
//!
//! The log names texts and turn tables by their hash; [`Content`] is what they hold, after the corrections made since.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    attribute::Values,
    coding::Coding,
    ids::{CaseId, CodingId, DocumentId, PhaseId},
    revision::TextHistory,
    text::{ContentHash, DocumentText, TextRange},
};

/// A speaker's number within a document.
pub type SpeakerIndex = u16;

/// A turn's number within a document, as imported.
pub type TurnIndex = u32;

/// One imported transcript, session record or set of field notes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Identity.
    pub id: DocumentId,
    /// Title: the file's name without its ending.
    pub title: String,
    /// What was imported.
    pub source: DocumentSource,
    /// Corrections of the text since.
    pub history: TextHistory,
    /// Words of the current text: Latin words and Han characters.
    pub words: u32,
    /// Who speaks in it; a turn names one by number.
    pub speakers: Vec<Speaker>,
    /// Corrections of turns since, by turn.
    pub turn_edits: Vec<(TurnIndex, TurnEdit)>,
    /// The phase it belongs to.
    pub phase: Option<PhaseId>,
    /// The cases it belongs to; a group record has many.
    pub cases: BTreeSet<CaseId>,
    /// Values of document attributes.
    #[serde(with = "super::attribute::as_pairs")]
    pub values: Values,
    /// Codings, in the order of [`Coding::order`].
    pub codings: Vec<Coding>,
}

/// What was imported: file, text and turn table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentSource {
    /// Path of the file, relative to what the user named.
    pub file: String,
    /// Name of the encoding or format it was read as.
    pub read_as: String,
    /// The original file's bytes.
    pub original: ContentHash,
    /// The text.
    pub text: ContentHash,
    /// Its length in code points.
    pub chars: u32,
    /// The turn table.
    pub turns: ContentHash,
    /// How many turns it has.
    pub n_turns: u32,
}

/// Whether a speaker asks or answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SpeakerRole {
    /// Answers: the study is about this person's words.
    #[default]
    Participant,
    /// Asks.
    Interviewer,
}

/// A speaker of a document, by the label that the document has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// The label.
    pub label: String,
    /// Whether it asks or answers.
    pub role: SpeakerRole,
    /// The person who speaks.
    pub case: Option<CaseId>,
}

/// A stretch of a document by one speaker; without speakers, a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The whole passage, label and time stamp included.
    pub range: TextRange,
    /// The start of what was said: `range.start() <= body <= range.end()`.
    pub body: u32,
    /// The speaker.
    pub speaker: Option<SpeakerIndex>,
    /// Milliseconds from the recording's start.
    pub at_millis: Option<u32>,
}

impl Turn {
    /// What was said, without label and time stamp.
    pub fn said(&self) -> TextRange {
        TextRange::between(self.body, self.range.end())
    }
}

/// The correction of a turn's speaker and time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnEdit {
    /// The corrected speaker, or no speaker; `None` if it was not corrected.
    #[serde(default, with = "corrected_or_not")]
    pub speaker: Option<Option<SpeakerIndex>>,
    /// The corrected time, or no time; `None` if it was not corrected.
    #[serde(default, with = "corrected_or_not")]
    pub at_millis: Option<Option<u32>>,
}

/// Corrections in formats that people read: `null` is no correction, `"none"` removes the value,
/// anything else is the value.
mod corrected_or_not {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    /// The word that removes the value.
    const AWAY: &str = "none";

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written<T> {
        Value(T),
        Word(String),
    }

    #[expect(clippy::ref_option, reason = "serde hands over a reference")]
    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            _ if !serializer.is_human_readable() => value.serialize(serializer),
            None => serializer.serialize_none(),
            Some(None) => serializer.serialize_str(AWAY),
            Some(Some(value)) => value.serialize(serializer),
        }
    }

    #[expect(
        clippy::option_option,
        reason = "the outer says whether it was corrected, the inner whether there is a value"
    )]
    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        if !deserializer.is_human_readable() {
            return Option::deserialize(deserializer);
        }
        match Option::<Written<T>>::deserialize(deserializer)? {
            None => Ok(None),
            Some(Written::Value(value)) => Ok(Some(Some(value))),
            Some(Written::Word(word)) if word == AWAY => Ok(Some(None)),
            Some(Written::Word(word)) => Err(D::Error::custom(format!(
                "`{word}` is no correction of a turn"
            ))),
        }
    }
}

impl Document {
    /// Length of the current text in code points.
    pub fn len_chars(&self) -> u32 {
        self.history.len_chars(self.source.chars)
    }

    /// The coding of an identity.
    pub fn coding(&self, id: CodingId) -> Option<&Coding> {
        self.codings.iter().find(|coding| coding.id == id)
    }

    /// Inserts a coding at its place.
    pub fn insert_coding(&mut self, coding: Coding) {
        let order = coding.order();
        // Imports and folds bring codings in order: no search, and nothing to move.
        if self.codings.last().is_none_or(|last| last.order() < order) {
            self.codings.push(coding);
        } else {
            let at = self.codings.partition_point(|other| other.order() < order);
            self.codings.insert(at, coding);
        }
    }

    /// Removes a coding and returns it.
    pub fn remove_coding(&mut self, id: CodingId) -> Option<Coding> {
        let at = self.codings.iter().position(|coding| coding.id == id)?;
        Some(self.codings.remove(at))
    }

    /// The correction of a turn; an empty one if there is none.
    pub fn turn_edit(&self, turn: TurnIndex) -> TurnEdit {
        self.turn_edits
            .iter()
            .find(|(index, _)| *index == turn)
            .map(|(_, edit)| *edit)
            .unwrap_or_default()
    }

    /// Sets or clears the correction of a turn.
    pub fn set_turn_edit(&mut self, turn: TurnIndex, edit: TurnEdit) {
        self.turn_edits.retain(|(index, _)| *index != turn);
        // A correction that says nothing isn't kept, so that undo leaves the document as it was.
        if edit != TurnEdit::default() {
            let at = self.turn_edits.partition_point(|(index, _)| *index < turn);
            self.turn_edits.insert(at, (turn, edit));
        }
    }

    /// The current text and turns, from the imported ones; `None` if those are not the document's own.
    pub fn content(&self, base: DocumentText, turns: Vec<Turn>) -> Option<Content> {
        let text = if self.history.is_untouched() {
            base
        } else {
            DocumentText::new(self.history.text(base.as_str())?)
        };
        let turns = self.placed(turns);
        Some(Content { text, turns })
    }

    /// Turns in the current text: words inserted at an edge of what was said belong to it, and no two
    /// turns overlap.
    fn placed(&self, mut turns: Vec<Turn>) -> Vec<Turn> {
        if !self.history.is_untouched() {
            let survivors = self.history.survivors();
            let mut end = 0;
            for turn in &mut turns {
                let start = survivors.after_the_one_before(turn.range.start()).max(end);
                end = survivors.first_from(turn.range.end()).max(start);
                turn.body = survivors.after_the_one_before(turn.body).clamp(start, end);
                turn.range = TextRange::between(start, end);
            }
        }
        for (index, edit) in &self.turn_edits {
            if let Some(turn) = usize::try_from(*index)
                .ok()
                .and_then(|index| turns.get_mut(index))
            {
                turn.speaker = edit.speaker.unwrap_or(turn.speaker);
                turn.at_millis = edit.at_millis.unwrap_or(turn.at_millis);
            }
        }
        turns
    }
}

/// A document's current text and turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The text.
    pub text: DocumentText,
    /// The turns, in order; they don't overlap.
    pub turns: Vec<Turn>,
}

impl Content {
    /// The turn that contains a position, or the last one before it.
    pub fn turn_at(&self, position: u32) -> Option<(usize, &Turn)> {
        let after = self
            .turns
            .partition_point(|turn| turn.range.start() <= position);
        let index = after.checked_sub(1)?;
        Some((index, &self.turns[index]))
    }
}

/// Turn tables as compact bytes, which are stored and hashed beside the text.
///
/// Every turn is five LEB128 numbers: the gap to the turn before, the length of the label, the length of
/// what was said, speaker + 1 (0 for none), milliseconds + 1 (0 for none).
pub mod turn_table {
    use super::{SpeakerIndex, TextRange, Turn};

    /// The first byte: the version of the format.
    const VERSION: u8 = 1;

    /// The bytes of a turn table whose turns are in order.
    pub fn encode(turns: &[Turn]) -> Vec<u8> {
        let mut out = Vec::with_capacity(turns.len() * 7 + 1);
        out.push(VERSION);
        let mut end = 0;
        for turn in turns {
            write(&mut out, u64::from(turn.range.start().saturating_sub(end)));
            write(&mut out, u64::from(turn.body - turn.range.start()));
            write(&mut out, u64::from(turn.range.end() - turn.body));
            write(
                &mut out,
                turn.speaker.map_or(0, |speaker| u64::from(speaker) + 1),
            );
            write(
                &mut out,
                turn.at_millis.map_or(0, |millis| u64::from(millis) + 1),
            );
            end = turn.range.end();
        }
        out
    }

    /// The turns of these bytes, or `None` if they are damaged or of a newer version.
    pub fn decode(bytes: &[u8]) -> Option<Vec<Turn>> {
        let (&VERSION, mut rest) = bytes.split_first()? else {
            return None;
        };
        let mut turns = Vec::with_capacity(rest.len() / 6);
        let mut end = 0u32;
        while !rest.is_empty() {
            let start = end.checked_add(u32::try_from(read(&mut rest)?).ok()?)?;
            let body = start.checked_add(u32::try_from(read(&mut rest)?).ok()?)?;
            end = body.checked_add(u32::try_from(read(&mut rest)?).ok()?)?;
            let speaker = read(&mut rest)?
                .checked_sub(1)
                .map(SpeakerIndex::try_from)
                .transpose()
                .ok()?;
            let at_millis = read(&mut rest)?
                .checked_sub(1)
                .map(u32::try_from)
                .transpose()
                .ok()?;
            turns.push(Turn {
                range: TextRange::new(start, end)?,
                body,
                speaker,
                at_millis,
            });
        }
        Some(turns)
    }

    fn write(out: &mut Vec<u8>, mut value: u64) {
        while value >= 0x80 {
            out.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        out.push((value & 0x7f) as u8);
    }

    fn read(bytes: &mut &[u8]) -> Option<u64> {
        let mut value = 0u64;
        // Five groups of seven bits hold any 32-bit number; a longer one is damage.
        for shift in (0..35).step_by(7) {
            let (&byte, rest) = bytes.split_first()?;
            *bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_table_comes_back_as_it_went_in() {
        let turn = |start, body, end, speaker, at_millis| Turn {
            range: TextRange::between(start, end),
            body,
            speaker,
            at_millis,
        };
        let turns = vec![
            turn(0, 0, 12, None, None),
            turn(14, 20, 900, Some(0), Some(0)),
            turn(901, 910, 100_000, Some(300), Some(3_600_000)),
        ];
        let bytes = turn_table::encode(&turns);
        assert_eq!(turn_table::decode(&bytes), Some(turns));
        for cut in 1..bytes.len() {
            let short = turn_table::decode(&bytes[..cut]);
            assert!(short.is_none_or(|turns| turns.len() < 3), "cut at {cut}");
        }
        assert_eq!(turn_table::decode(&[9, 1]), None);
        assert_eq!(turn_table::decode(&[]), None);
    }
}
