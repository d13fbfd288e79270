//! Turns: who says what, in which stretch of a document.
//!
//! The imported turns can be replaced by others: after speakers were read again, or turns split or joined.

use serde::{Deserialize, Serialize};

use super::{
    clock::Stamp,
    ids::{CaseId, DeviceId, TurnRevisionId},
    text::{ContentHash, TextRange},
};

/// A speaker's number within a document.
pub type SpeakerIndex = u16;

/// A turn's number within the present turn table of a document.
pub type TurnIndex = u32;

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

/// A turn table that took the place of the imported one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnRevision {
    /// Identity: turns and speakers are numbered within it.
    pub id: TurnRevisionId,
    /// The turn table.
    pub turns: ContentHash,
    /// How many turns it has.
    pub n_turns: u32,
    /// The corrections of the text that its positions take into account; later ones move its turns.
    pub known: Vec<(DeviceId, Stamp)>,
}

/// All that new turns replace: the turn table, the speakers that it numbers, and the corrections of its turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurnState {
    /// The turn table; `None` for the imported one.
    pub revision: Option<TurnRevision>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// Corrections of turns, by turn.
    pub edits: Vec<(TurnIndex, TurnEdit)>,
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
