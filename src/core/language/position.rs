//! A position in a text, both as code points and as bytes.
//!
//! Callers know positions in code points, while strings are cut at bytes. Converting reads the text up to the position, so
//! it is done once; positions nearby are then counted from there instead of from the start of the text.

use std::ops::Range;

use crate::model::text::TextRange;

/// A position in a text.
pub(super) struct TextPosition<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// Number of code points before the position.
    pub(super) at: u32,
    /// Number of bytes before the position; always between two characters.
    pub(super) byte: usize,
}

impl<'a> TextPosition<'a> {
    /// Finds the position before the code point with index `at`; beyond the end of the text, its end.
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

    /// The text before the position.
    pub(super) fn before(&self) -> &'a str {
        self.text.split_at(self.byte).0
    }

    /// The text after the position.
    pub(super) fn after(&self) -> &'a str {
        self.text.split_at(self.byte).1
    }

    /// Another position of the same text, given in bytes.
    pub(super) fn moved_to(&self, byte: usize) -> Self {
        Self {
            text: self.text,
            at: self.position(byte),
            byte,
        }
    }

    /// Converts a byte to code points; it must be between two characters.
    pub(super) fn position(&self, byte: usize) -> u32 {
        if byte >= self.byte {
            self.at + count(self.after().split_at(byte - self.byte).0)
        } else {
            self.at - count(self.before().split_at(byte).1)
        }
    }

    /// Converts a range of bytes to code points.
    pub(super) fn range(&self, bytes: &Range<usize>) -> TextRange {
        TextRange::between(self.position(bytes.start), self.position(bytes.end))
    }
}

/// Converts sorted ranges of bytes to code points, reading the text only once.
pub(super) fn ranges(text: &str, bytes: impl IntoIterator<Item = Range<usize>>) -> Vec<TextRange> {
    let mut reached = TextPosition::new(text, 0);
    let mut ranges = Vec::new();
    for bytes in bytes {
        let range = reached.range(&bytes);
        reached = TextPosition {
            text,
            at: range.end(),
            byte: bytes.end,
        };
        ranges.push(range);
    }
    ranges
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("a text has fewer than 2^32 code points")
}
