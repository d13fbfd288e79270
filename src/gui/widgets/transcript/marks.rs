//! Marks: the codings of a document as they are drawn, with colour, name and lane.
//!
//! Prepared when the project, the filter or the theme changes, so that a frame only looks at what is on screen.

use std::{collections::BTreeMap, sync::Arc};

use egui::Color32;

use crate::model::{
    ids::{CodeId, CoderId, CodingId},
    intervals::Intervals,
    text::TextRange,
};

/// Lanes beside the text; a coding that finds none free is drawn in the bar after the last.
pub(crate) const LANES: u8 = 10;

/// Characters of a line: codings that meet on one line would touch in one lane.
const LINE_CHARS: u32 = 40;

/// A coding as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// The coding.
    pub(crate) coding: CodingId,
    /// Its passage.
    pub(crate) range: TextRange,
    /// Its code.
    pub(crate) code: CodeId,
    /// The coder who made it.
    pub(crate) coder: CoderId,
    /// The colour it is drawn in: its code's, its theme's or its coder's.
    pub(crate) color: Color32,
    /// Name of its code.
    pub(crate) name: Arc<str>,
    /// Name of its coder.
    pub(crate) by: Arc<str>,
    /// The memo about it, if there is one.
    pub(crate) memo: Option<Arc<str>>,
}

/// The order in which commands visit marks: by the start of the passage, then by coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MarkPosition {
    pub(crate) start: u32,
    pub(crate) coding: CodingId,
}

impl Mark {
    fn position(&self) -> MarkPosition {
        MarkPosition {
            start: self.range.start(),
            coding: self.coding,
        }
    }
}

/// The codings of a document, in their order.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<Mark>,
    lanes: Vec<Option<u8>>,
    /// The number of lanes in use.
    width: u8,
    intervals: Intervals,
    coded: Vec<TextRange>,
    by_coding: BTreeMap<CodingId, usize>,
}

impl Marks {
    /// Prepares marks, which are given in the order of the document.
    pub(crate) fn new(marks: Vec<Mark>) -> Self {
        let lanes = lanes(&marks);
        let width = lanes.iter().flatten().max().map_or(0, |lane| lane + 1);
        let intervals = Intervals::new(marks.iter().map(|mark| mark.range));
        let coded = intervals.union();
        let by_coding = marks
            .iter()
            .enumerate()
            .map(|(index, mark)| (mark.coding, index))
            .collect();
        Self {
            marks,
            lanes,
            width,
            intervals,
            coded,
            by_coding,
        }
    }

    /// All of them, in order.
    pub(crate) fn all(&self) -> &[Mark] {
        &self.marks
    }

    /// The number of lanes in use.
    pub(crate) fn width(&self) -> u8 {
        self.width
    }

    /// The lane of a mark; `None` if all lanes beside it are taken.
    pub(crate) fn lane(&self, index: usize) -> Option<u8> {
        self.lanes.get(index).copied().flatten()
    }

    /// Indices of the marks that share a character with a passage, in order.
    pub(crate) fn within(&self, passage: TextRange) -> Vec<usize> {
        self.intervals.overlapping(passage)
    }

    /// The marks that share a character with a passage, in order.
    pub(crate) fn here(&self, passage: TextRange) -> impl Iterator<Item = &Mark> {
        self.within(passage)
            .into_iter()
            .filter_map(|index| self.marks.get(index))
    }

    /// The mark of a coding, unless a filter hides it.
    pub(crate) fn get(&self, coding: CodingId) -> Option<&Mark> {
        self.marks.get(*self.by_coding.get(&coding)?)
    }

    /// The mark that a click at a position chooses: the shortest there.
    ///
    /// If `last` is among them, the next longer one, and after the longest the shortest again.
    pub(crate) fn at(&self, position: u32, last: Option<CodingId>) -> Option<&Mark> {
        let mut here: Vec<&Mark> = self
            .here(TextRange::between(position, position.saturating_add(1)))
            .collect();
        here.sort_by_key(|mark| (mark.range.len_chars(), mark.coding));
        let next = last
            .and_then(|last| here.iter().position(|mark| mark.coding == last))
            .map_or(0, |index| index + 1);
        here.get(next).or(here.first()).copied()
    }

    /// The passages that at least one coding covers, in order.
    pub(crate) fn coded(&self) -> &[TextRange] {
        &self.coded
    }

    /// The first mark after a position (going back, the last before it) that `accepts` returns true for.
    ///
    /// The search wraps around at the end of the document.
    pub(crate) fn next(
        &self,
        from: MarkPosition,
        forward: bool,
        accepts: impl Fn(&Mark) -> bool,
    ) -> Option<&Mark> {
        let candidates = || self.marks.iter().filter(|mark| accepts(mark));
        if forward {
            candidates()
                .filter(|mark| mark.position() > from)
                .min_by_key(|mark| mark.position())
                .or_else(|| candidates().min_by_key(|mark| mark.position()))
        } else {
            candidates()
                .filter(|mark| mark.position() < from)
                .max_by_key(|mark| mark.position())
                .or_else(|| candidates().max_by_key(|mark| mark.position()))
        }
    }
}

/// The lane of each mark, so that overlapping ones are side by side.
///
/// Lanes are given out for the whole document, not for what is on screen, so that they stay the same while the text is scrolled.
fn lanes(marks: &[Mark]) -> Vec<Option<u8>> {
    let mut free_from: Vec<u32> = Vec::new();
    let mut lanes = Vec::with_capacity(marks.len());
    for mark in marks {
        let free = (0u8..)
            .zip(&mut free_from)
            .find(|(_, end)| end.saturating_add(LINE_CHARS) <= mark.range.start());
        let lane = match free {
            Some((lane, end)) => {
                *end = mark.range.end();
                Some(lane)
            }
            None => u8::try_from(free_from.len())
                .ok()
                .filter(|next| *next < LANES)
                .inspect(|_| free_from.push(mark.range.end())),
        };
        lanes.push(lane);
    }
    lanes
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn marks(ranges: &[(u32, u32)]) -> Marks {
        let mark = |(id, (start, end)): (u128, &(u32, u32))| Mark {
            coding: CodingId::from_u128(id),
            range: TextRange::between(*start, *end),
            code: CodeId::from_u128(1),
            coder: CoderId::from_u128(1),
            color: Color32::RED,
            name: "Hope".into(),
            by: "An".into(),
            memo: None,
        };
        Marks::new((1u128..).zip(ranges).map(mark).collect())
    }

    #[test]
    fn overlapping_codings_never_share_a_lane() {
        let marks = marks(&[(0, 100), (20, 50), (55, 99), (90, 120), (140, 150)]);
        let lanes: Vec<Option<u8>> = (0..5).map(|index| marks.lane(index)).collect();
        assert_eq!(lanes, [Some(0), Some(1), Some(2), Some(1), Some(0)]);
        assert_eq!(marks.width(), 3);
    }

    #[test]
    fn what_finds_no_lane_has_none() {
        let marks = marks(&[(0, 100); 12]);
        assert_eq!(
            (marks.width(), marks.lane(9), marks.lane(10)),
            (LANES, Some(9), None)
        );
    }

    #[test]
    fn clicks_at_one_place_go_from_the_inner_coding_to_the_outer_and_round() {
        let marks = marks(&[(0, 100), (10, 50), (20, 30)]);
        let click = |last: Option<u128>| {
            marks
                .at(25, last.map(CodingId::from_u128))
                .map(|mark| mark.coding.as_u128())
        };
        assert_eq!(
            [click(None), click(Some(3)), click(Some(2)), click(Some(1))],
            [Some(3), Some(2), Some(1), Some(3)]
        );
        assert_eq!(marks.at(100, None), None);
    }

    #[test]
    fn the_next_coding_comes_round_the_end() {
        let marks = marks(&[(0, 10), (20, 30), (40, 50)]);
        let next = |from: u32, forward| {
            marks
                .next(
                    MarkPosition {
                        start: from,
                        coding: CodingId::from_u128(0),
                    },
                    forward,
                    |_| true,
                )
                .map(|mark| mark.range.start())
        };
        assert_eq!(
            [
                next(5, true),
                next(45, true),
                next(45, false),
                next(0, false)
            ],
            [Some(20), Some(0), Some(40), Some(40)]
        );
    }
}
