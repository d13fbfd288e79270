//! Corrections of a text after its import, and how positions follow them.
//!
//! A text is its imported base plus edits. Once edited, it is a sequence of [`TextRun`]s: pieces of the
//! base or of an edit's new words, which are kept for good and at most marked as deleted.
//!
//! A change that a colleague made offline names positions in the text that *the colleague* saw. The
//! runs visible then turn the positions into characters, and the runs visible now turn the characters
//! into positions. So a coding is on the same words in whatever order the edits arrive.

mod runs;
mod survivors;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{
    runs::{RunSource, TextRun},
    survivors::Survivors,
};
use super::{clock::Stamp, ids::DeviceId, text::TextRange};

/// What a device had seen of the others when it wrote an entry: the last stamp of each.
pub type Seen = BTreeMap<DeviceId, Stamp>;

/// A correction: which device made it and when, and the inserted words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextEdit {
    /// The device that made it.
    pub device: DeviceId,
    /// When, in the log's order.
    pub stamp: Stamp,
    /// The new words; empty for a deletion.
    pub words: String,
}

/// The edits of one document's text, none for most.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TextHistory {
    edits: Vec<TextEdit>,
    runs: Vec<TextRun>,
}

/// Why a replacement can't be applied to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditClash {
    /// Another coder changed the same words, unseen.
    Overlap,
    /// The range is outside the text.
    OutOfRange,
}

impl TextHistory {
    /// The edits in the order in which they were applied.
    pub fn edits(&self) -> &[TextEdit] {
        &self.edits
    }

    /// The pieces of a corrected text, shown and deleted, in order; none if it is untouched.
    pub fn runs(&self) -> &[TextRun] {
        &self.runs
    }

    /// Puts other words of the same length in place of those of the corrections; words of another length are left alone,
    /// since positions would no longer fit.
    pub fn rewrite(&mut self, mut words: impl FnMut(u32, &TextEdit) -> String) {
        for (number, edit) in (0..).zip(&mut self.edits) {
            let new = words(number, edit);
            if new.chars().count() == edit.words.chars().count() {
                edit.words = new;
            }
        }
    }

    /// Returns true if the text is as imported.
    pub fn is_untouched(&self) -> bool {
        self.edits.is_empty()
    }

    /// Length of the current text, given the imported one's.
    pub fn len_chars(&self, base_chars: u32) -> u32 {
        if self.edits.is_empty() {
            base_chars
        } else {
            self.runs
                .iter()
                .filter(|run| run.deleted_by.is_none())
                .map(|run| run.len)
                .sum()
        }
    }

    /// A range of the text that an author saw, as a range of the current text.
    ///
    /// `None` if it reaches beyond what the author saw, or if nothing of it is left.
    pub fn to_current(
        &self,
        base_chars: u32,
        range: TextRange,
        device: DeviceId,
        seen: &Seen,
    ) -> Option<TextRange> {
        if self.edits.is_empty() {
            return (range.end() <= base_chars).then_some(range);
        }
        let edits = self.edits.iter();
        let known: Vec<bool> = edits
            .map(|edit| {
                edit.device == device || seen.get(&edit.device).is_some_and(|s| edit.stamp <= *s)
            })
            .collect();
        // The usual case: the author saw the text as it is.
        if known.iter().all(|&known| known) {
            return (range.end() <= self.len_chars(base_chars)).then_some(range);
        }
        let first = self.character_at(range.start(), &known)?;
        // The end of a range is outside it; its last character is what has to be found again.
        let last = self.character_at(range.end().checked_sub(1)?, &known)?;
        let (start, end) = (self.start_of(first), self.end_of(last));
        TextRange::new(start, end).filter(|range| !range.is_empty())
    }

    /// Replaces a range of the current text by other words.
    ///
    /// # Errors
    /// When the range reaches beyond the text.
    pub fn replace(
        &mut self,
        base_chars: u32,
        range: TextRange,
        edit: TextEdit,
    ) -> Result<(), EditClash> {
        if range.end() > self.len_chars(base_chars) {
            return Err(EditClash::OutOfRange);
        }
        // An untouched text, as nearly all are, has no runs; the first edit makes one of the base.
        if self.edits.is_empty() {
            self.runs = vec![TextRun {
                source: RunSource::Base,
                start: 0,
                len: base_chars,
                deleted_by: None,
            }];
        }
        let number = u32::try_from(self.edits.len()).map_err(|_too_many| EditClash::OutOfRange)?;
        self.split_at(range.start());
        self.split_at(range.end());
        // Runs inside the range are deleted, and the new words come right after the last of them, in
        // front of runs that were deleted there before.
        let mut position = 0;
        let mut insert_at = self.runs.len();
        for (index, run) in self.runs.iter_mut().enumerate() {
            if run.deleted_by.is_some() {
                continue;
            }
            if position >= range.end() {
                insert_at = insert_at.min(index);
                break;
            }
            position += run.len;
            if position > range.start() {
                run.deleted_by = Some(number);
            }
            if position == range.end() {
                insert_at = index + 1;
            }
        }
        if range.end() == 0 {
            insert_at = 0;
        }
        let len =
            u32::try_from(edit.words.chars().count()).map_err(|_too_long| EditClash::OutOfRange)?;
        if len > 0 {
            self.runs.insert(
                insert_at,
                TextRun {
                    source: RunSource::Edit(number),
                    start: 0,
                    len,
                    deleted_by: None,
                },
            );
        }
        self.edits.push(edit);
        Ok(())
    }

    /// The range of the current text that an author meant to replace.
    ///
    /// # Errors
    /// [`EditClash::Overlap`] if what the author saw is no longer there as one piece.
    pub fn target_of(
        &self,
        base_chars: u32,
        range: TextRange,
        device: DeviceId,
        seen: &Seen,
    ) -> Result<TextRange, EditClash> {
        if self.edits.is_empty() {
            return if range.end() <= base_chars {
                Ok(range)
            } else {
                Err(EditClash::OutOfRange)
            };
        }
        if range.is_empty() {
            let at = self.insertion_point(base_chars, range.start(), device, seen)?;
            return Ok(TextRange::between(at, at));
        }
        match self.to_current(base_chars, range, device, seen) {
            // Another length means that somebody has inserted or deleted inside the range.
            Some(current) if current.len_chars() == range.len_chars() => Ok(current),
            _ => Err(EditClash::Overlap),
        }
    }

    /// The position of an insertion: after the character that was before it.
    fn insertion_point(
        &self,
        base_chars: u32,
        at: u32,
        device: DeviceId,
        seen: &Seen,
    ) -> Result<u32, EditClash> {
        let before = at
            .checked_sub(1)
            .and_then(|b| self.to_current(base_chars, TextRange::between(b, at), device, seen));
        match before {
            Some(range) => Ok(range.end()),
            None if at == 0 => Ok(0),
            None => Err(EditClash::Overlap),
        }
    }

    /// The current text, from the imported one.
    pub fn text(&self, base: &str) -> Option<String> {
        let mut out = String::with_capacity(base.len());
        let base = super::text::DocumentText::new(base);
        let edits: Vec<_> = self
            .edits
            .iter()
            .map(|edit| super::text::DocumentText::new(edit.words.as_str()))
            .collect();
        for run in self.runs.iter().filter(|run| run.deleted_by.is_none()) {
            let source = match run.source {
                RunSource::Base => &base,
                RunSource::Edit(edit) => edits.get(edit as usize)?,
            };
            out.push_str(source.slice(TextRange::between(run.start, run.start + run.len))?);
        }
        Some(out)
    }

    /// The positions of the characters of an earlier text in the current one, to place turns: of the text after the
    /// corrections that `is_known` says, which is the imported text if it says none.
    pub fn survivors(&self, is_known: impl Fn(&TextEdit) -> bool) -> Survivors {
        let known: Vec<bool> = self.edits.iter().map(is_known).collect();
        let (mut then, mut now) = (0, 0);
        let mut stretches = Vec::new();
        for run in &self.runs {
            let was_there = run.is_visible(&known);
            let is_there = run.deleted_by.is_none();
            if was_there && is_there {
                stretches.push((TextRange::between(then, then + run.len), now));
            }
            then += if was_there { run.len } else { 0 };
            now += if is_there { run.len } else { 0 };
        }
        Survivors {
            stretches,
            len: now,
        }
    }
}

/// Maps a range of a text to the text after `replaced` has become `new_chars` long.
///
/// A range keeps its words; one with an edge inside the replaced words covers all of the new ones.
/// `None` if nothing of it is left.
pub fn follow(range: TextRange, replaced: TextRange, new_chars: u32) -> Option<TextRange> {
    let (from, to) = (replaced.start(), replaced.end());
    let start = match range.start() {
        start if start < from => start,
        start if start < to => from,
        start => start - replaced.len_chars() + new_chars,
    };
    let end = match range.end() {
        end if end <= from => end,
        end if end <= to => from + new_chars,
        end => end - replaced.len_chars() + new_chars,
    };
    TextRange::new(start, end).filter(|range| !range.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(device: u128, stamp: u64, words: &str) -> TextEdit {
        TextEdit {
            device: DeviceId::from_u128(device),
            stamp: Stamp::from_u64(stamp),
            words: words.to_owned(),
        }
    }

    #[test]
    fn words_are_replaced_and_put_together_again() {
        let base = "I said teh word teh.";
        let mut history = TextHistory::default();
        history
            .replace(20, TextRange::between(7, 10), edit(1, 1, "the"))
            .unwrap();
        history
            .replace(20, TextRange::between(16, 19), edit(1, 2, "twice𠮷"))
            .unwrap();
        assert_eq!(history.text(base).unwrap(), "I said the word twice𠮷.");
        assert_eq!(history.len_chars(20), 23);
        history
            .replace(20, TextRange::between(16, 22), edit(1, 3, "teh"))
            .unwrap();
        history
            .replace(20, TextRange::between(7, 10), edit(1, 4, ""))
            .unwrap();
        assert_eq!(history.text(base).unwrap(), "I said  word teh.");
        history
            .replace(20, TextRange::between(0, 0), edit(1, 5, "So "))
            .unwrap();
        assert_eq!(history.text(base).unwrap(), "So I said  word teh.");
    }

    #[test]
    fn a_range_made_on_the_older_text_lands_on_the_same_words() {
        let base = "I said teh word here.";
        let mut history = TextHistory::default();
        history
            .replace(21, TextRange::between(0, 0), edit(1, 1, "Well, "))
            .unwrap();
        history
            .replace(21, TextRange::between(13, 16), edit(1, 2, "the old"))
            .unwrap();
        let other = DeviceId::from_u128(2);
        let land = |a, b| history.to_current(21, TextRange::between(a, b), other, &Seen::new());
        let text = super::super::text::DocumentText::new(history.text(base).unwrap());
        assert_eq!(text.as_str(), "Well, I said the old word here.");
        assert_eq!(text.slice(land(11, 15).unwrap()), Some("word"));
        assert_eq!(text.slice(land(7, 10).unwrap()), Some("the old"));
        assert_eq!(text.slice(land(8, 15).unwrap()), Some("the old word"));
        assert_eq!(land(20, 22), None, "beyond what he saw");
        let informed = Seen::from([(DeviceId::from_u128(1), Stamp::from_u64(2))]);
        assert_eq!(
            history.to_current(21, TextRange::between(21, 25), other, &informed),
            Some(TextRange::between(21, 25))
        );
        assert_eq!(
            history.target_of(21, TextRange::between(8, 12), other, &Seen::new()),
            Err(EditClash::Overlap)
        );
    }

    #[test]
    fn following_an_edit_keeps_the_words() {
        let range = |a, b| TextRange::between(a, b);
        assert_eq!(follow(range(2, 5), range(2, 5), 3), Some(range(2, 5)));
        assert_eq!(follow(range(0, 5), range(2, 3), 4), Some(range(0, 8)));
        assert_eq!(follow(range(6, 9), range(2, 5), 1), Some(range(4, 7)));
        assert_eq!(follow(range(2, 4), range(1, 6), 0), None);
        assert_eq!(follow(range(2, 4), range(2, 2), 3), Some(range(5, 7)));
        assert_eq!(follow(range(2, 4), range(4, 4), 3), Some(range(2, 4)));
    }
}
