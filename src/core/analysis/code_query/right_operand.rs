//! The right operand of an operator, in which the partners of each passage on the left are looked up.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ids::CodingId, intervals::Intervals, text::TextRange};

/// The passages of one document in order, each range once, with their evidence.
pub(super) type FoundPassages = BTreeMap<TextRange, BTreeSet<CodingId>>;

/// The passages of an operator's right operand, in the orders in which they are looked up.
pub(super) struct RightOperand<'p> {
    by_start: Vec<RightPassage<'p>>,
    by_end: Vec<RightPassage<'p>>,
    tree: Intervals,
}

/// A passage with its evidence.
pub(super) type RightPassage<'p> = (TextRange, &'p BTreeSet<CodingId>);

impl<'p> RightOperand<'p> {
    /// Sorts passages for being looked up.
    pub(super) fn new(passages: &'p FoundPassages) -> Self {
        let by_start: Vec<RightPassage<'p>> = passages
            .iter()
            .map(|(range, codings)| (*range, codings))
            .collect();
        let mut by_end = by_start.clone();
        by_end.sort_by_key(|(range, _)| range.end());
        Self {
            tree: Intervals::new(by_start.iter().map(|(range, _)| *range)),
            by_start,
            by_end,
        }
    }

    /// The passages that overlap a range.
    pub(super) fn overlapping(&self, range: TextRange) -> impl Iterator<Item = RightPassage<'p>> {
        let numbers = self.tree.overlapping(range).into_iter();
        numbers.map(|number| self.by_start[number])
    }

    /// Returns true if there are no passages.
    pub(super) fn is_empty(&self) -> bool {
        self.by_start.is_empty()
    }

    /// The first passages that start at or after a position; several if they start together.
    pub(super) fn first_after(&self, position: u32) -> impl Iterator<Item = RightPassage<'p>> {
        let first = self
            .by_start
            .partition_point(|(range, _)| range.start() < position);
        let after = self.by_start[first..].iter().copied();
        let start = after.clone().next().map(|(range, _)| range.start());
        after.take_while(move |(range, _)| Some(range.start()) == start)
    }

    /// The last passages that end at or before a position; several if they end together.
    pub(super) fn last_before(&self, position: u32) -> impl Iterator<Item = RightPassage<'p>> {
        let end = self
            .by_end
            .partition_point(|(range, _)| range.end() <= position);
        let before = self.by_end[..end].iter().rev().copied();
        let end = before.clone().next().map(|(range, _)| range.end());
        before.take_while(move |(range, _)| Some(range.end()) == end)
    }
}
