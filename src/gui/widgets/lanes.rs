//! Lanes for the stripes beside a text: overlapping codings stand side by side, and stay where they are while scrolling.

use crate::model::coding::Coding;

/// Most lanes shown; what finds none free shares the last.
pub(crate) const MOST_LANES: u8 = 8;

/// Characters of a line: codings that meet on one line would touch in one lane.
const LINE_CHARS: u32 = 40;

/// The lane of each coding, in the order of the document's codings (by start).
pub(crate) fn lanes(codings: &[Coding]) -> Vec<u8> {
    let mut free_from: Vec<u32> = Vec::new();
    let lane_of = |coding: &Coding| {
        let free = free_from.iter().position(|end| *end == 0 || end.saturating_add(LINE_CHARS) <= coding.range.start());
        let lane = free.unwrap_or_else(|| free_from.len().min(usize::from(MOST_LANES) - 1));
        if lane == free_from.len() {
            free_from.push(0);
        }
        free_from[lane] = free_from[lane].max(coding.range.end());
        u8::try_from(lane).unwrap_or(MOST_LANES - 1)
    };
    codings.iter().map(lane_of).collect()
}

/// For each coding the largest end among it and those before: the codings that reach into a range are found by two searches.
pub(crate) fn reach(codings: &[Coding]) -> Vec<u32> {
    let mut furthest = 0;
    let extend = |coding: &Coding| {
        furthest = furthest.max(coding.range.end());
        furthest
    };
    codings.iter().map(extend).collect()
}

/// The indices of the codings that share a character with `start..end`.
pub(crate) fn within(codings: &[Coding], reach: &[u32], start: u32, end: u32) -> impl Iterator<Item = usize> {
    let last = codings.partition_point(|coding| coding.range.start() < end);
    let first = reach.partition_point(|furthest| *furthest <= start).min(last);
    (first..last).filter(move |index| codings[*index].range.end() > start)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{
        ids::{CodeId, CoderId, CodingId},
        text::TextRange,
    };

    fn codings(ranges: &[(u32, u32)]) -> Vec<Coding> {
        let coding = |(id, (start, end)): (u128, &(u32, u32))| Coding {
            id: CodingId::from_u128(id),
            range: TextRange::between(*start, *end),
            code: CodeId::from_u128(1),
            coder: CoderId::from_u128(1),
            facets: BTreeMap::new(),
        };
        (1u128..).zip(ranges).map(coding).collect()
    }

    #[test]
    fn overlapping_codings_never_share_a_lane() {
        let spread = codings(&[(0, 100), (20, 50), (55, 99), (90, 120), (140, 150)]);
        assert_eq!(lanes(&spread), [0, 1, 2, 1, 0]);
        let codings = codings(&[(0, 10), (2, 5), (5, 9), (9, 12), (10, 11)]);
        let reach = reach(&codings);
        assert_eq!(within(&codings, &reach, 4, 6).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(within(&codings, &reach, 11, 20).collect::<Vec<_>>(), [3]);
        assert_eq!(within(&codings, &reach, 12, 20).count(), 0);
    }
}
