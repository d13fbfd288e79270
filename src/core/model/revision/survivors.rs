//! Where the characters of an earlier text are in the corrected one.

use crate::model::text::TextRange;

/// The characters of an earlier text that are still in a text, with their current positions.
#[derive(Debug, Clone)]
pub struct Survivors {
    /// Passages of the earlier text in order, each with its current start.
    pub(super) stretches: Vec<(TextRange, u32)>,
    /// Length of the text now.
    pub(super) len: u32,
}

impl Survivors {
    /// The position after the last surviving character before a position of the earlier text.
    ///
    /// Words that were inserted after that character come next.
    pub fn after_the_one_before(&self, position: u32) -> u32 {
        let index = self
            .stretches
            .partition_point(|(base, _)| base.start() < position);
        let Some((base, now)) = index
            .checked_sub(1)
            .and_then(|index| self.stretches.get(index))
        else {
            return 0;
        };
        now + base.end().min(position) - base.start()
    }

    /// The position of the first surviving character at or after a position of the earlier text.
    ///
    /// Words that were inserted before that character end there.
    pub fn first_from(&self, position: u32) -> u32 {
        let index = self
            .stretches
            .partition_point(|(base, _)| base.end() <= position);
        self.stretches.get(index).map_or(self.len, |(base, now)| {
            now + position.saturating_sub(base.start())
        })
    }
}
