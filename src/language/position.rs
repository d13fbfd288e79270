//! A place in one text, as a code point and as a byte.
//!
//! Positions outside are code points; a place is found once, and what lies near it is counted from there instead of from the text's start.

use std::ops::Range;

use crate::model::text::TextRange;

/// A place in a text; one beyond its end is the end.
pub(super) struct TextPosition<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// Code points before the place.
    pub(super) at: u32,
    /// Bytes before the place.
    pub(super) byte: usize,
}

impl<'a> TextPosition<'a> {
    /// The place before the code point of this number.
    pub(super) fn new(text: &'a str, at: u32) -> Self {
        let mut chars = text.chars();
        match at.checked_sub(1) {
            Some(last) if chars.nth(last as usize).is_none() => Self {
                text,
                at: count(text),
                byte: text.len(),
            },
            _ => Self {
                text,
                at,
                byte: text.len() - chars.as_str().len(),
            },
        }
    }

    /// The text up to the place.
    pub(super) fn before(&self) -> &'a str {
        self.text.get(..self.byte).unwrap_or_default()
    }

    /// The text from the place on.
    pub(super) fn after(&self) -> &'a str {
        self.text.get(self.byte..).unwrap_or_default()
    }

    /// The code point that starts at a byte.
    pub(super) fn position(&self, byte: usize) -> u32 {
        let between = |range: Range<usize>| count(self.text.get(range).unwrap_or_default());
        if byte >= self.byte {
            self.at + between(self.byte..byte)
        } else {
            self.at - between(byte..self.byte)
        }
    }

    /// The code points of some bytes.
    pub(super) fn range(&self, bytes: &Range<usize>) -> TextRange {
        TextRange::between(self.position(bytes.start), self.position(bytes.end))
    }
}

/// Ranges of bytes, in order, as ranges of code points.
pub(super) fn ranges(text: &str, bytes: impl IntoIterator<Item = Range<usize>>) -> Vec<TextRange> {
    let mut place = TextPosition::new(text, 0);
    let range = |bytes: Range<usize>| {
        let range = place.range(&bytes);
        place = TextPosition {
            text,
            at: range.end(),
            byte: bytes.end,
        };
        range
    };
    bytes.into_iter().map(range).collect()
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
