//! Distances between passages, in turns and in words.

use super::{Distance, eval::DocumentScope};
use crate::{language::words::word_starts, model::text::TextRange};

/// Code points per word when the words around a passage are read: more than nearly all words have.
const USUAL_WORD: u32 = 16;

impl DocumentScope<'_> {
    /// The indexes of the first and the last turn of a passage.
    fn turns_of(&self, range: TextRange) -> Option<(usize, usize)> {
        let content = self.content()?;
        let (first, _) = content.turn_at(range.start())?;
        let (last, _) = content.turn_at(range.end().saturating_sub(1).max(range.start()))?;
        Some((first, last))
    }

    /// Returns true if there is no limit, or two passages are within it.
    pub(super) fn is_in_reach(
        &self,
        one: TextRange,
        other: TextRange,
        distance: Option<Distance>,
    ) -> bool {
        distance.is_none_or(|distance| self.is_near(one, other, distance))
    }

    /// Returns true if two passages are at most `distance` apart.
    pub(super) fn is_near(&self, one: TextRange, other: TextRange, distance: Distance) -> bool {
        match distance {
            Distance::Turns(turns) => {
                let (Some((a, b)), Some((c, d))) = (self.turns_of(one), self.turns_of(other))
                else {
                    return false;
                };
                let apart = c.saturating_sub(b).max(a.saturating_sub(d));
                u32::try_from(apart).is_ok_and(|apart| apart <= turns)
            }
            Distance::Words(words) => {
                let (from, to) = if one.end() <= other.start() {
                    (one.end(), other.start())
                } else {
                    (other.end(), one.start())
                };
                from >= to
                    || u32::try_from(self.words_in(TextRange::between(from, to)).len())
                        .is_ok_and(|between| between <= words)
            }
        }
    }

    /// A stretch of text that every passage near a passage overlaps, so that the others needn't be compared.
    pub(super) fn around(&self, range: TextRange, distance: Distance) -> TextRange {
        let length = self.document.len_chars();
        match distance {
            Distance::Turns(turns) => {
                let Some(((first, last), content)) = self.turns_of(range).zip(self.content())
                else {
                    return range;
                };
                let turns = turns as usize;
                let start = content
                    .turns
                    .get(first.saturating_sub(turns))
                    .map_or(0, |turn| turn.range.start());
                let end = content
                    .turns
                    .get(last.saturating_add(turns).saturating_add(1))
                    .map_or(length, |turn| turn.range.start());
                TextRange::between(start.min(range.start()), end.max(range.end()))
            }
            Distance::Words(words) => {
                // Two more words than the distance, so that a passage at that distance still overlaps the stretch.
                let many = words.saturating_add(2);
                let reach = many.saturating_mul(USUAL_WORD);
                let after = self.words_in(TextRange::between(
                    range.end(),
                    range.end().saturating_add(reach).min(length),
                ));
                let before = self.words_in(TextRange::between(
                    range.start().saturating_sub(reach),
                    range.start(),
                ));
                let many = many as usize;
                // With fewer words than that in reach, the stretch goes on to the end or start of the text.
                let end = after.get(many - 1).copied().unwrap_or(length);
                let start = before
                    .len()
                    .checked_sub(many)
                    .and_then(|at| before.get(at))
                    .copied()
                    .unwrap_or(0);
                TextRange::between(start.min(range.start()), end.max(range.end()))
            }
        }
    }

    /// The starts of the words that begin in a stretch of text.
    fn words_in(&self, range: TextRange) -> Vec<u32> {
        // Read from one character before, to tell whether a word begins at the start or goes on there.
        let from = range.start().saturating_sub(1);
        let text = self
            .content()
            .and_then(|content| content.text.slice(TextRange::between(from, range.end())))
            .unwrap_or_default();
        word_starts(text)
            .into_iter()
            .map(|start| start + from)
            .filter(|start| *start >= range.start())
            .collect()
    }
}
