//! A document: one imported transcript with its speakers, turns and codings.
//!
//! The log names texts and turn tables by their hash; [`Content`] is what they hold, after the corrections made since.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

pub use super::turn::{
    Speaker, SpeakerIndex, SpeakerRole, Turn, TurnEdit, TurnIndex, TurnRevision, TurnState,
    turn_table,
};

use super::{
    attribute::{Values, as_pairs},
    clock::Stamp,
    coding::Coding,
    ids::{CaseId, CodingId, DeviceId, DocumentId, PhaseId, TurnRevisionId},
    revision::TextHistory,
    text::{ContentHash, DocumentText, TextRange},
};

/// One imported transcript, session record or set of field notes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
    /// The turn table that took the place of the imported one.
    #[serde(default)]
    pub revision: Option<TurnRevision>,
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

impl Serialize for Document {
    /// In JSON, a document with the imported turns has no `revision`, as in the first version of the log. In the
    /// checkpoint, whose format has no names, every field is written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Values as pairs, as [`as_pairs`] writes them.
        struct Pairs<'a>(&'a Values);
        impl Serialize for Pairs<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                as_pairs::serialize(self.0, serializer)
            }
        }
        let Self {
            id,
            title,
            source,
            history,
            words,
            revision,
            speakers,
            turn_edits,
            phase,
            cases,
            values,
            codings,
        } = self;
        let has_revision = !serializer.is_human_readable() || revision.is_some();
        let n_fields = 11 + usize::from(has_revision);
        let mut fields = serializer.serialize_struct("Document", n_fields)?;
        fields.serialize_field("id", id)?;
        fields.serialize_field("title", title)?;
        fields.serialize_field("source", source)?;
        fields.serialize_field("history", history)?;
        fields.serialize_field("words", words)?;
        if has_revision {
            fields.serialize_field("revision", revision)?;
        }
        fields.serialize_field("speakers", speakers)?;
        fields.serialize_field("turn_edits", turn_edits)?;
        fields.serialize_field("phase", phase)?;
        fields.serialize_field("cases", cases)?;
        fields.serialize_field("values", &Pairs(values))?;
        fields.serialize_field("codings", codings)?;
        fields.end()
    }
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

impl Document {
    /// The turn table, and what has been corrected in it.
    pub fn turn_state(&self) -> TurnState {
        TurnState {
            revision: self.revision.clone(),
            speakers: self.speakers.clone(),
            edits: self.turn_edits.clone(),
        }
    }

    /// Puts other turns in place of the present ones.
    pub fn set_turn_state(&mut self, state: TurnState) {
        self.revision = state.revision;
        self.speakers = state.speakers;
        self.turn_edits = state.edits;
    }

    /// The turn revision within which turns and speakers are numbered; `None` for the imported turns.
    pub fn turn_revision(&self) -> Option<TurnRevisionId> {
        self.revision.as_ref().map(|revision| revision.id)
    }

    /// The present turn table.
    pub fn turn_table(&self) -> ContentHash {
        self.revision
            .as_ref()
            .map_or(self.source.turns, |revision| revision.turns)
    }

    /// How many turns the document has.
    pub fn n_turns(&self) -> u32 {
        self.revision
            .as_ref()
            .map_or(self.source.n_turns, |revision| revision.n_turns)
    }

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

    /// The current text and turns, from the imported text and the present turn table; `None` if those are not the
    /// document's own.
    pub fn content(&self, base: DocumentText, turns: Vec<Turn>) -> Option<Content> {
        let text = if self.history.is_untouched() {
            base
        } else {
            DocumentText::new(self.history.text(base.as_str())?)
        };
        let known = self
            .revision
            .as_ref()
            .map(|revision| revision.known.as_slice());
        let mut turns = self.placed_turns(turns, known.unwrap_or_default());
        self.correct_turns(&mut turns);
        Some(Content { text, turns })
    }

    /// Turns in the current text, from their positions in the text after some corrections, or in the imported one:
    /// words inserted at an edge of what was said belong to it, and no two turns overlap.
    pub fn placed_turns(&self, mut turns: Vec<Turn>, known: &[(DeviceId, Stamp)]) -> Vec<Turn> {
        if !self.history.is_untouched() {
            let survivors = self
                .history
                .survivors(|edit| known.contains(&(edit.device, edit.stamp)));
            let mut end = 0;
            for turn in &mut turns {
                let start = survivors.after_the_one_before(turn.range.start()).max(end);
                end = survivors.first_from(turn.range.end()).max(start);
                turn.body = survivors.after_the_one_before(turn.body).clamp(start, end);
                turn.range = TextRange::between(start, end);
            }
        }
        turns
    }

    /// Gives turns their corrected speakers and times.
    fn correct_turns(&self, turns: &mut [Turn]) {
        for (index, edit) in &self.turn_edits {
            if let Some(turn) = usize::try_from(*index)
                .ok()
                .and_then(|index| turns.get_mut(index))
            {
                turn.speaker = edit.speaker.unwrap_or(turn.speaker);
                turn.at_millis = edit.at_millis.unwrap_or(turn.at_millis);
            }
        }
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
