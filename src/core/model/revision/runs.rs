//! The runs of a corrected text, and how its characters are found again among them.

use serde::{Deserialize, Serialize};

use super::TextHistory;

/// The source of a run's characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunSource {
    /// In the imported text.
    Base,
    /// In the words of the edit with this number.
    Edit(u32),
}

/// Consecutive characters of one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextRun {
    /// The source of its characters.
    pub source: RunSource,
    /// First code point in the source.
    pub start: u32,
    /// Code points.
    pub len: u32,
    /// The edit that deleted it.
    pub deleted_by: Option<u32>,
}

impl TextRun {
    /// Returns true if the run was in the text when only some edits were known.
    pub(super) fn is_visible(&self, known: &[bool]) -> bool {
        let is_inserted = match self.source {
            RunSource::Base => true,
            RunSource::Edit(edit) => known[edit as usize],
        };
        is_inserted && self.deleted_by.is_none_or(|edit| !known[edit as usize])
    }
}

/// A character by its run and its offset in the run, which no edit changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Character {
    /// The number of the run.
    pub(super) run: usize,
    /// The number of the character in the run.
    pub(super) offset: u32,
}

impl TextHistory {
    /// The character at a position of the text that was visible when only some edits were known.
    pub(super) fn character_at(&self, position: u32, known: &[bool]) -> Option<Character> {
        let mut offset = position;
        for (run, TextRun { len, .. }) in self
            .runs
            .iter()
            .enumerate()
            .filter(|(_, run)| run.is_visible(known))
        {
            if offset < *len {
                return Some(Character { run, offset });
            }
            offset -= len;
        }
        None
    }

    /// The start of a run in the current text.
    pub(super) fn position_of(&self, run: usize) -> u32 {
        self.runs[..run]
            .iter()
            .filter(|run| run.deleted_by.is_none())
            .map(|run| run.len)
            .sum()
    }

    /// The start of a character, or of what has replaced it, in the current text.
    pub(super) fn start_of(&self, Character { run, offset }: Character) -> u32 {
        let start = self.position_of(run);
        if self.runs[run].deleted_by.is_none() {
            start + offset
        } else {
            // A deleted run has no length: what has replaced it starts where it is.
            start
        }
    }

    /// The end of a character, or of the words that have replaced it, in the current text.
    pub(super) fn end_of(&self, Character { run, offset }: Character) -> u32 {
        let Some(edit) = self.runs[run].deleted_by else {
            return self.position_of(run) + offset + 1;
        };
        // The new words may have been split by later edits; their last visible piece counts.
        let replacement = self
            .runs
            .iter()
            .rposition(|run| run.source == RunSource::Edit(edit) && run.deleted_by.is_none());
        replacement.map_or_else(
            || self.position_of(run),
            |at| self.position_of(at) + self.runs[at].len,
        )
    }

    /// Splits the visible run that contains `position`, so that a run begins there.
    pub(super) fn split_at(&mut self, position: u32) {
        let mut rest = position;
        for index in 0..self.runs.len() {
            let run = &mut self.runs[index];
            if run.deleted_by.is_some() {
                continue;
            }
            if rest == 0 {
                return;
            }
            if rest < run.len {
                let tail = TextRun {
                    source: run.source,
                    start: run.start + rest,
                    len: run.len - rest,
                    deleted_by: None,
                };
                run.len = rest;
                self.runs.insert(index + 1, tail);
                return;
            }
            rest -= run.len;
        }
    }
}
