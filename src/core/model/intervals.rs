//! An interval tree: finds the ranges that overlap a passage without looking at the others.
//!
//! The ranges are the leaves, in the order of their starts, and each node knows the furthest end below
//! it. So a query takes the number of ranges that it finds times the height of the tree, even if one
//! range spans the whole text.

use super::text::TextRange;

/// Ranges in the order of their starts, in a tree that finds those that overlap a passage.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Intervals {
    ranges: Vec<TextRange>,
    /// Node `i` has the children `2 i` and `2 i + 1`; the leaves are the ranges.
    furthest: Vec<u32>,
}

impl Intervals {
    /// Builds the tree of ranges that are in the order of their starts.
    pub fn new(ranges: impl IntoIterator<Item = TextRange>) -> Self {
        let ranges: Vec<TextRange> = ranges.into_iter().collect();
        debug_assert!(
            ranges.is_sorted_by_key(|range| range.start()),
            "ranges come in the order of their starts"
        );
        let leaves = ranges.len().next_power_of_two();
        let mut furthest = vec![0; leaves * 2];
        for (index, range) in ranges.iter().enumerate() {
            furthest[leaves + index] = range.end();
        }
        for node in (1..leaves).rev() {
            furthest[node] = furthest[node * 2].max(furthest[node * 2 + 1]);
        }
        Self { ranges, furthest }
    }

    /// The indices of the ranges that share a character with a passage, in order.
    pub fn overlapping(&self, passage: TextRange) -> Vec<usize> {
        let last = self
            .ranges
            .partition_point(|range| range.start() < passage.end());
        let mut found = Vec::new();
        if last > 0 && !passage.is_empty() {
            let mut query = IntervalQuery {
                furthest: &self.furthest,
                start: passage.start(),
                last,
                found: &mut found,
            };
            query.collect(1, 0, self.furthest.len() / 2);
        }
        found
    }

    /// The passages that at least one range covers, in order; passages that touch are joined.
    pub fn union(&self) -> Vec<TextRange> {
        let mut union: Vec<TextRange> = Vec::new();
        for range in self.ranges.iter().filter(|range| !range.is_empty()) {
            match union.last_mut() {
                Some(last) if last.end() >= range.start() => {
                    *last = TextRange::between(last.start(), last.end().max(range.end()));
                }
                _ => union.push(*range),
            }
        }
        union
    }
}

/// A search for the ranges that end after `start` among the first `last` ones.
struct IntervalQuery<'a> {
    furthest: &'a [u32],
    start: u32,
    last: usize,
    found: &'a mut Vec<usize>,
}

impl IntervalQuery<'_> {
    /// Adds the matches below a node that covers the ranges `first..first + width`.
    fn collect(&mut self, node: usize, first: usize, width: usize) {
        // Ranges beyond `last` start too late, and none below the node ends late enough.
        if first >= self.last || self.furthest[node] <= self.start {
            return;
        }
        if width == 1 {
            self.found.push(first);
            return;
        }
        let half = width / 2;
        self.collect(node * 2, first, half);
        self.collect(node * 2 + 1, first + half, half);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_look_at_every_range_finds(
            mut ranges in proptest::collection::vec((0u32..60, 0u32..30), 0..40),
            (start, length) in (0u32..80, 0u32..20),
        ) {
            ranges.sort_unstable();
            let ranges: Vec<TextRange> = ranges.into_iter().map(|(start, length)| TextRange::between(start, start + length)).collect();
            let intervals = Intervals::new(ranges.iter().copied());
            let passage = TextRange::between(start, start + length);
            let expected: Vec<usize> = (0..ranges.len()).filter(|index| !passage.is_empty() && ranges[*index].start() < passage.end() && ranges[*index].end() > passage.start()).collect();
            prop_assert_eq!(intervals.overlapping(passage), expected);
            let covered: Vec<u32> = (0..100).filter(|at| ranges.iter().any(|range| range.start() <= *at && *at < range.end())).collect();
            let union: Vec<u32> = intervals.union().into_iter().flat_map(|range| range.start()..range.end()).collect();
            prop_assert_eq!(union, covered);
        }
    }
}
