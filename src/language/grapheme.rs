//! Grapheme clusters: what a reader sees as one character, such as `é` of two code points or a family of emoji.
//!
//! A cursor that moves by these never stands inside one.
//! Only the neighbourhood of a place is read, however long the text is; positions are code points, and one beyond the end is the end.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::position::TextPosition;

/// The end of the cluster that holds or starts at a position.
pub fn next_grapheme(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    place.position(end_after(text, place.byte))
}

/// The start of the cluster that ends at a position, or holds it.
pub fn previous_grapheme(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    place.position(start_before(text, place.byte))
}

/// The start of the cluster in which a position lies; a position between two clusters stays.
pub fn floor_grapheme(text: &str, at: u32) -> u32 {
    let place = TextPosition::new(text, at);
    place.position(floor(text, place.byte))
}

/// The cluster after a byte, or the last one at the text's end.
pub(super) fn cluster_at(text: &str, byte: usize) -> Range<usize> {
    let start = if byte < text.len() {
        floor(text, byte)
    } else {
        start_before(text, text.len())
    };
    start..end_after(text, start)
}

/// Whether no cluster is cut at a byte.
pub(super) fn is_between(text: &str, byte: usize) -> bool {
    GraphemeCursor::new(byte, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

/// The start of the cluster in which a byte lies, or the byte itself between two.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    if is_between(text, byte) {
        byte
    } else {
        start_before(text, byte)
    }
}

fn end_after(text: &str, byte: usize) -> usize {
    GraphemeCursor::new(byte, text.len(), true)
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

fn start_before(text: &str, byte: usize) -> usize {
    GraphemeCursor::new(byte, text.len(), true)
        .prev_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(0)
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
