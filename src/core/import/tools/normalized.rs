//! Texts of other programs with their line ends normalised, and the positions that the programs counted in the original.

use crate::{
    import::encoding::unify_line_ends,
    model::text::{DocumentText, TextRange, chars_of},
};

/// The unit in which a program counts positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PositionUnit {
    /// Unicode code points, as Python and R count.
    CodePoints,
    /// UTF-16 code units, as Java and JavaScript count.
    Utf16,
}

/// A text with `\n` line ends, beside the original.
#[derive(Debug)]
pub(super) struct NormalizedText {
    pub(super) text: DocumentText,
    /// Code points of the original that were removed: the `\r` of each `\r\n`.
    removed: Vec<u32>,
    original: String,
    /// The length of the original in code points.
    original_chars: u32,
}

impl NormalizedText {
    /// Normalises the line ends of a text.
    pub(super) fn new(original: String) -> Self {
        let following = original.chars().skip(1);
        let removed = (0u32..)
            .zip(original.chars().zip(following))
            .filter(|(_, (c, next))| (*c, *next) == ('\r', '\n'))
            .map(|(at, _)| at)
            .collect();
        Self {
            text: DocumentText::new(unify_line_ends(original.clone())),
            removed,
            original_chars: chars_of(&original),
            original,
        }
    }

    /// Converts a passage of the original; `None` if nothing of it is in the text.
    pub(super) fn range(&self, start: i64, end: i64) -> Option<TextRange> {
        let range = TextRange::new(self.position(start), self.position(end))?;
        (!range.is_empty()).then_some(range)
    }

    /// Converts a position of the original; one outside is moved to the nearer end.
    fn position(&self, original: i64) -> u32 {
        let original = original.clamp(0, i64::from(self.original_chars));
        let original = u32::try_from(original).expect("clamped to a u32");
        let removed = self.removed.partition_point(|at| *at < original);
        original - u32::try_from(removed).expect("there are no more line ends than code points")
    }

    /// Returns true if a passage is inside the original.
    pub(super) fn contains(&self, start: i64, end: i64) -> bool {
        0 <= start && start < end && end <= i64::from(self.original_chars)
    }

    /// The code point of each UTF-16 unit of the original, and one more for the end.
    pub(super) fn utf_16(&self) -> Vec<u32> {
        let mut code_points = Vec::new();
        let mut count = 0;
        for c in self.original.chars() {
            code_points.extend(std::iter::repeat_n(count, c.len_utf16()));
            count += 1;
        }
        code_points.push(count);
        code_points
    }

    /// The words of a passage of the text.
    pub(super) fn words(&self, range: TextRange) -> &str {
        self.text
            .slice(range)
            .expect("ranges come from `range`, which stays inside the text")
    }
}

/// Returns true if two texts have the same words, whatever white space separates them.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_follow_line_ends() {
        let text = NormalizedText::new("一\r\n🙂 b\rc".to_owned());
        assert_eq!(text.text.as_str(), "一\n🙂 b\nc");
        assert_eq!(text.words(text.range(3, 6).unwrap()), "🙂 b");
        assert_eq!(text.words(text.range(7, 99).unwrap()), "c");
        assert_eq!(text.range(99, 120), None);
        assert_eq!(
            text.range(2, 3).map(|range| text.words(range).to_owned()),
            Some("\n".to_owned())
        );
        assert_eq!(text.utf_16(), [0, 1, 2, 3, 3, 4, 5, 6, 7, 8]);
        assert!(text.contains(7, 8) && !text.contains(7, 9));
    }
}
