//! The blocks on screen in this frame, and the way between places on screen and positions in the text.

use std::sync::Arc;

use egui::{
    Galley, Pos2, Rect, pos2,
    text::{CCursor, CharIndex},
};

use super::blocks::TextBlock;
use crate::model::text::TextRange;

/// A block on screen.
pub(super) struct PlacedBlock {
    /// Which block.
    pub(super) block: TextBlock,
    /// Where its text begins.
    pub(super) origin: Pos2,
    /// Its text, laid out for this frame.
    pub(super) galley: Arc<Galley>,
}

/// The blocks on screen, from top to bottom.
pub(super) struct VisibleBlocks {
    pub(super) placed: Vec<PlacedBlock>,
}

impl PlacedBlock {
    /// The place of a position of the block: a vertical line as high as a character.
    pub(super) fn caret(&self, position: u32) -> Rect {
        let range = self.block.range;
        let offset = position.clamp(range.start(), range.end()) - range.start();
        self.galley
            .pos_from_cursor(CCursor::new(CharIndex(offset as usize)))
            .translate(self.origin.to_vec2())
    }

    /// The position nearest to a place on screen.
    fn position(&self, at: Pos2) -> u32 {
        let cursor = self.galley.cursor_from_pos(at - self.origin);
        let range = self.block.range;
        range
            .start()
            .saturating_add(u32::try_from(cursor.index.0).unwrap_or(0))
            .min(range.end())
    }

    /// One rectangle for each line of the passage that is in this block.
    pub(super) fn rows(&self, passage: TextRange, mut each: impl FnMut(Rect)) {
        let Some(part) = passage.intersection(self.block.range) else {
            return;
        };
        let start = self.block.range.start();
        let (from, to) = (
            (part.start() - start) as usize,
            (part.end() - start) as usize,
        );
        let mut first = 0;
        for row in &self.galley.rows {
            let length = row.char_count_excluding_newline().0;
            let last = first + length;
            if from < last.max(first + 1) && to > first {
                let left = row.x_offset(CharIndex(from.saturating_sub(first)));
                let right = if to >= last {
                    row.size.x
                } else {
                    row.x_offset(CharIndex(to - first))
                };
                let rect = Rect::from_min_max(
                    pos2(row.pos.x + left, row.pos.y),
                    pos2(row.pos.x + right.max(left + 2.0), row.pos.y + row.size.y),
                );
                each(rect.translate(self.origin.to_vec2()));
            }
            first = last + usize::from(row.ends_with_newline);
            if first >= to {
                break;
            }
        }
    }
}

impl VisibleBlocks {
    /// All text on screen; `None` when there is none.
    pub(super) fn range(&self) -> Option<TextRange> {
        let (first, last) = (self.placed.first()?, self.placed.last()?);
        Some(TextRange::between(
            first.block.range.start(),
            last.block.range.end(),
        ))
    }

    /// The position nearest to a place on screen.
    pub(super) fn position(&self, at: Pos2) -> Option<u32> {
        let index = self
            .placed
            .partition_point(|placed| placed.origin.y <= at.y)
            .saturating_sub(1);
        Some(self.placed.get(index)?.position(at))
    }

    /// The character at a place: where [`Self::position`] is the nearest gap between two, this is the one under the pointer.
    pub(super) fn character(&self, at: Pos2) -> Option<u32> {
        let position = self.position(at)?;
        let placed = self.showing(position)?;
        let right_of = placed.caret(position).center().x > at.x;
        Some(if right_of {
            position.saturating_sub(1).max(placed.block.range.start())
        } else {
            position
        })
    }

    /// Returns true if a place is on a character, or right beside one.
    pub(super) fn is_on_text(&self, at: Pos2) -> bool {
        const BESIDE: f32 = 24.0;
        let caret = self
            .position(at)
            .and_then(|position| Some(self.showing(position)?.caret(position)));
        caret.is_some_and(|caret| (caret.center().x - at.x).abs() < BESIDE)
    }

    /// The position nearest to a place, on another line than the one at `from_y`: in a gap between blocks the next block counts.
    pub(super) fn position_off_line(&self, at: Pos2, from_y: f32) -> Option<u32> {
        let position = self.position(at)?;
        let line = self.showing(position)?.caret(position);
        if (line.center().y - from_y).abs() > 1.0 {
            return Some(position);
        }
        let down = at.y > from_y;
        let index = self
            .placed
            .partition_point(|placed| placed.origin.y <= from_y)
            .saturating_sub(1);
        let next = if down {
            self.placed.get(index + 1)?
        } else {
            self.placed.get(index.checked_sub(1)?)?
        };
        let y = if down {
            next.origin.y + 1.0
        } else {
            next.origin.y + next.galley.size().y - 1.0
        };
        Some(next.position(pos2(at.x, y)))
    }

    /// The block on screen that shows a position.
    pub(super) fn showing(&self, position: u32) -> Option<&PlacedBlock> {
        let index = self
            .placed
            .partition_point(|placed| placed.block.range.start() <= position)
            .checked_sub(1)?;
        let placed = &self.placed[index];
        let beyond = index + 1 == self.placed.len() && position > placed.block.range.end();
        (!beyond).then_some(placed)
    }

    /// Top and bottom of a passage on screen, cut at what is shown.
    pub(super) fn span(&self, passage: TextRange, clip: Rect) -> (f32, f32) {
        let top = self
            .showing(passage.start())
            .map_or(clip.top(), |placed| placed.caret(passage.start()).top());
        let last = passage.end().saturating_sub(1).max(passage.start());
        let bottom = self
            .showing(last)
            .map_or(clip.bottom(), |placed| placed.caret(last).bottom());
        (top, bottom.max(top))
    }
}
