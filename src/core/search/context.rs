//! Keyword in context: a hit with the text around it, as a concordance shows it.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{document::Content, text::TextRange};

use super::Hit;

/// A hit with the text before and after it, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordInContext {
    /// The text before it.
    pub left: String,
    /// The hit.
    pub hit: String,
    /// The text after it.
    pub right: String,
}

/// A hit with up to `chars` code points on each side, within its turn if it has one.
///
/// Grapheme clusters aren't cut; line ends are replaced by spaces.
pub fn context(content: &Content, hit: &Hit, chars: u32) -> KeywordInContext {
    let turn = hit
        .turn
        .and_then(|turn| content.turns.get(turn))
        .map(|turn| turn.range);
    let bounds = turn
        .filter(|turn| turn.contains(hit.range))
        .unwrap_or_else(|| content.text.range());
    let (start, end) = (hit.range.start(), hit.range.end());
    let first = start
        .saturating_sub(chars + SPARE)
        .max(bounds.start().min(start));
    let last = end.saturating_add(chars + SPARE).min(bounds.end().max(end));
    let left = slice(content, first, start);
    let mut before = whole_clusters(left.graphemes(true).rev(), chars);
    before.reverse();
    let after = whole_clusters(slice(content, end, last).graphemes(true), chars);
    KeywordInContext {
        left: one_line(&before.concat()),
        hit: one_line(slice(content, start, end)),
        right: one_line(&after.concat()),
    }
}

/// Code points read beyond the width, so that the last grapheme cluster is read whole.
const SPARE: u32 = 16;

/// A part of the text; empty if it is beyond the end, which happens to hits of an older text.
fn slice(content: &Content, start: u32, end: u32) -> &str {
    let range = TextRange::between(start, end);
    content.text.slice(range).unwrap_or_default()
}

/// As many grapheme clusters as fit in `chars` code points.
fn whole_clusters<'a>(graphemes: impl Iterator<Item = &'a str>, chars: u32) -> Vec<&'a str> {
    let mut left = chars as usize;
    let mut out = Vec::new();
    for grapheme in graphemes {
        let Some(rest) = left.checked_sub(grapheme.chars().count()) else {
            break;
        };
        left = rest;
        out.push(grapheme);
    }
    out
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t', '\u{2028}', '\u{2029}'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{document::Turn, ids::DocumentId, text::DocumentText};

    #[test]
    fn the_cut_spares_characters_and_lines() {
        let text = "I: 前\nC: 我👩‍👩‍👧 很\n自信，真的cafe\u{301}s\nI: 好";
        let start = u32::try_from(text.chars().position(|c| c == '自').unwrap()).unwrap();
        let turn = Turn {
            range: TextRange::between(5, start + 11),
            body: 8,
            speaker: None,
            at_millis: None,
        };
        let content = Content {
            text: DocumentText::new(text),
            turns: vec![turn],
        };
        let hit = Hit {
            document: DocumentId::from_u128(1),
            turn: Some(0),
            range: TextRange::between(start, start + 2),
        };
        let shown = |chars| {
            let KeywordInContext { left, hit, right } = context(&content, &hit, chars);
            format!("{left}[{hit}]{right}")
        };
        assert_eq!(shown(0), "[自信]");
        assert_eq!(shown(4), " 很 [自信]，真的c");
        assert_eq!(shown(7), " 很 [自信]，真的caf");
        assert_eq!(shown(8), "👩‍👩‍👧 很 [自信]，真的cafe\u{301}");
        assert_eq!(shown(99), "C: 我👩‍👩‍👧 很 [自信]，真的cafe\u{301}s");
    }
}
