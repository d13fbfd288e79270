//! Texts whose line ends become line feeds, with the positions that other programs counted in them.

use crate::model::text::{DocumentText, TextRange};

/// What other programs count positions in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PositionUnit {
    /// Unicode code points, as Python and R count.
    CodePoints,
    /// UTF-16 code units, as Java and JavaScript count.
    Utf16,
}

/// A text with line feeds only, beside the one it was made from.
#[derive(Debug)]
pub(super) struct NormalizedText {
    pub(super) text: DocumentText,
    /// Code points of the text before that were left out: the first of each `\r\n`.
    dropped: Vec<u32>,
    /// The text before, where it differs or is counted in UTF-16.
    before: String,
}

impl NormalizedText {
    /// Makes line feeds of all line ends.
    pub(super) fn new(before: String) -> Self {
        let mut dropped = Vec::new();
        let mut next = before.chars().skip(1);
        for (at, c) in (0u32..).zip(before.chars()) {
            if next.next() == Some('\n') && c == '\r' {
                dropped.push(at);
            }
        }
        let text = DocumentText::new(crate::import::encoding::unify_line_ends(before.clone()));
        Self {
            text,
            dropped,
            before,
        }
    }

    /// The passage that reaches from one position of the text before to another; `None` where nothing of it lies in the text.
    pub(super) fn range(&self, start: i64, end: i64) -> Option<TextRange> {
        let range = TextRange::new(self.at(start), self.at(end))?;
        (!range.is_empty()).then_some(range)
    }

    /// A position in the text; one outside is moved to the nearest end.
    fn at(&self, before: i64) -> u32 {
        let before = u32::try_from(before.max(0)).unwrap_or(u32::MAX);
        let dropped = self.dropped.partition_point(|at| *at < before);
        before
            .saturating_sub(u32::try_from(dropped).unwrap_or(u32::MAX))
            .min(self.text.len_chars())
    }

    /// Whether a passage lies wholly in the text before.
    pub(super) fn holds(&self, start: i64, end: i64) -> bool {
        let chars = i64::from(self.text.len_chars())
            + i64::try_from(self.dropped.len()).unwrap_or(i64::MAX);
        0 <= start && start < end && end <= chars
    }

    /// Where each UTF-16 unit of the text before lies, as the code point it belongs to; one more for the end.
    pub(super) fn utf_16(&self) -> Vec<u32> {
        let mut at = Vec::new();
        let mut count = 0;
        for c in self.before.chars() {
            at.extend(std::iter::repeat_n(count, c.len_utf16()));
            count += 1;
        }
        at.push(count);
        at
    }

    /// The words of a passage of this text.
    pub(super) fn words(&self, range: TextRange) -> &str {
        self.text.slice(range).unwrap_or_default()
    }
}

/// Whether two stretches of text have the same words, whatever lies between them.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_follow_line_ends() {
        let plain = NormalizedText::new("一\r\n🙂 b\rc".to_owned());
        assert_eq!(plain.text.as_str(), "一\n🙂 b\nc");
        assert_eq!(plain.words(plain.range(3, 6).unwrap()), "🙂 b");
        assert_eq!(plain.words(plain.range(7, 99).unwrap()), "c");
        assert_eq!(plain.range(99, 120), None);
        assert_eq!(
            plain.range(2, 3).map(|range| plain.words(range).to_owned()),
            Some("\n".to_owned())
        );
        assert_eq!(plain.utf_16(), [0, 1, 2, 3, 3, 4, 5, 6, 7, 8]);
        assert!(plain.holds(7, 8) && !plain.holds(7, 9));
    }
}
