//! Grapheme clusters: what a reader sees as one character, such as `é` of two code points or a family emoji.
//!
//! A cursor that moves by clusters is never inside one.
//! Only the neighbourhood of a position is read, however long the text is.
//! Positions are code points; a position beyond the end is treated as the end.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::position::TextPosition;

/// The end of the cluster that contains or starts at a position.
pub fn next_grapheme(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    place.position(end_after(text, place.byte))
}

/// The start of the cluster that contains a position or ends at it.
pub fn previous_grapheme(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    place.position(start_before(text, place.byte))
}

/// The start of the cluster that contains a position; a position between two clusters is returned as it is.
pub fn floor_grapheme(text: &str, at: u32) -> u32 {
    let place = TextPosition::new(text, at);
    place.position(floor(text, place.byte))
}

/// The cluster that contains or starts at a byte; at the end of the text, the last cluster.
pub(super) fn cluster_at(text: &str, byte: usize) -> Range<usize> {
    let start = if byte < text.len() {
        floor(text, byte)
    } else {
        start_before(text, text.len())
    };
    start..end_after(text, start)
}

/// Returns true if a byte is between two clusters, or at the start or end of the text.
pub(super) fn is_between(text: &str, byte: usize) -> bool {
    GraphemeCursor::new(byte, text.len(), true)
        .is_boundary(text, 0)
        .expect(WHOLE_TEXT)
}

/// The start of the cluster that contains a byte; a byte between two clusters is returned as it is.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    if is_between(text, byte) {
        byte
    } else {
        start_before(text, byte)
    }
}

/// Why a [`GraphemeCursor`] here never asks for more context.
const WHOLE_TEXT: &str = "the cursor has the whole text";

fn end_after(text: &str, byte: usize) -> usize {
    let next = GraphemeCursor::new(byte, text.len(), true).next_boundary(text, 0);
    next.expect(WHOLE_TEXT).unwrap_or(text.len())
}

fn start_before(text: &str, byte: usize) -> usize {
    let previous = GraphemeCursor::new(byte, text.len(), true).prev_boundary(text, 0);
    previous.expect(WHOLE_TEXT).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;
    use crate::language::mixed::mixed;

    #[test]
    fn clusters_are_passed_as_a_whole() {
        let text = "我👨\u{200D}👩\u{200D}👧e\u{301}𠮷田";
        let mut stops = vec![0];
        while let Some(&last) = stops.last().filter(|last| **last < 10) {
            stops.push(next_grapheme(text, last));
        }
        assert_eq!(stops, [0, 1, 6, 8, 9, 10]);
        assert_eq!(previous_grapheme(text, 6), 1);
        assert_eq!(previous_grapheme(text, 4), 1);
        assert_eq!(floor_grapheme(text, 4), 1);
        assert_eq!(floor_grapheme(text, 6), 6);
        assert_eq!(next_grapheme(text, 99), 10);
        assert_eq!(
            (
                next_grapheme("", 3),
                previous_grapheme("", 3),
                floor_grapheme("", 3)
            ),
            (0, 0, 0)
        );
    }

    proptest! {
        #[test]
        fn a_neighbourhood_gives_the_answer_of_the_whole_text(text in mixed(60), at in 0u32..500) {
            let place = TextPosition::new(&text, at);
            let bounds: Vec<u32> = text.grapheme_indices(true).map(|(byte, _)| place.position(byte)).chain([place.position(text.len())]).collect();
            let len = bounds.last().copied().unwrap_or(0);
            let at_or_end = at.min(len);
            prop_assert_eq!(next_grapheme(&text, at), bounds.iter().copied().find(|bound| *bound > at).unwrap_or(len));
            prop_assert_eq!(previous_grapheme(&text, at), bounds.iter().copied().rfind(|bound| *bound < at_or_end).unwrap_or(0));
            prop_assert_eq!(floor_grapheme(&text, at), bounds.iter().copied().rfind(|bound| *bound <= at).unwrap_or(0));
        }
    }
}
