//! Blocks: the parts of a transcript that are laid out one by one, each a turn or a stretch of a long one.

use crate::model::{document::Content, text::TextRange};

/// The most characters of a block; a longer turn is cut where a line or sentence ends.
const MOST_CHARS: u32 = 1_200;

/// A stretch of text that is laid out as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextBlock {
    /// The turn it belongs to.
    pub(super) turn: usize,
    /// Its text, without the line end that closes it.
    pub(super) range: TextRange,
    /// True if it begins its turn; speaker and time are shown beside it.
    pub(super) first: bool,
    /// True if it ends its turn; there is space below it.
    pub(super) last: bool,
}

/// The blocks of a transcript, in order.
pub(super) fn blocks(content: &Content) -> Vec<TextBlock> {
    let mut blocks = Vec::with_capacity(content.turns.len());
    for (turn, said) in content
        .turns
        .iter()
        .map(crate::model::document::Turn::said)
        .enumerate()
    {
        let (mut start, mut first) = (said.start(), true);
        while said.end() - start > MOST_CHARS {
            let window = TextRange::between(start, start + MOST_CHARS);
            let (text, next) = cut(content.text.slice(window).unwrap_or_default());
            blocks.push(TextBlock {
                turn,
                range: TextRange::between(start, start + text),
                first,
                last: false,
            });
            (start, first) = (start + next.max(1), false);
        }
        blocks.push(TextBlock {
            turn,
            range: TextRange::between(start, said.end()),
            first,
            last: true,
        });
    }
    blocks
}

/// Returns how many characters of a window the block shows, and after how many the next block begins.
fn cut(window: &str) -> (u32, u32) {
    let chars: Vec<char> = window.chars().collect();
    // The line end itself belongs to no block: the next block begins a new line anyway.
    if let Some(line) = chars.iter().rposition(|c| *c == '\n') {
        return (count(line), count(line + 1));
    }
    // Only the second half is looked at, so that no block gets much shorter than the others.
    let half = chars.len() / 2..chars.len();
    let at = half
        .clone()
        .rev()
        .find(|at| ends_sentence(&chars, *at))
        .or_else(|| half.rev().find(|at| chars[*at].is_whitespace()))
        .map_or_else(|| whole_graphemes(window), |at| count(at + 1));
    (at, at)
}

/// Returns true if a sentence ends with a character.
fn ends_sentence(chars: &[char], at: usize) -> bool {
    match chars[at] {
        '。' | '！' | '？' => true,
        // Without a space after it, the dot may be part of a number or an abbreviation.
        '.' | '!' | '?' => chars.get(at + 1).is_none_or(|next| next.is_whitespace()),
        _ => false,
    }
}

fn count(chars: usize) -> u32 {
    u32::try_from(chars).expect("a window has at most MOST_CHARS characters")
}

/// Counts the characters of a window before its last cluster, which may continue after it.
fn whole_graphemes(window: &str) -> u32 {
    use unicode_segmentation::UnicodeSegmentation as _;
    let last = window
        .graphemes(true)
        .next_back()
        .map_or(0, |cluster| cluster.chars().count());
    match window.chars().count() - last {
        // A cluster as long as a block has to be cut, or the next window would be the same.
        0 => MOST_CHARS,
        whole => count(whole),
    }
}

/// The block that shows a position, or the nearest before it.
pub(super) fn block_at(blocks: &[TextBlock], position: u32) -> usize {
    blocks
        .partition_point(|block| block.range.start() <= position)
        .saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{document::Turn, text::DocumentText};

    fn one_turn(text: &str) -> Content {
        let text = DocumentText::new(text);
        let range = text.range();
        Content {
            text,
            turns: vec![Turn {
                range,
                body: 0,
                speaker: None,
                at_millis: None,
            }],
        }
    }

    #[test]
    fn a_long_turn_is_cut_where_lines_and_sentences_end_and_no_character_is_lost() {
        for text in [
            "我把手放下来了，老师没看见。".repeat(300),
            "I keep my hand down. ".repeat(300),
            "word\n".repeat(900),
            "e\u{301}".repeat(4_000),
            "👨‍👩‍👧".repeat(900),
        ] {
            let content = one_turn(&text);
            let blocks = blocks(&content);
            assert!(
                blocks.len() > 2
                    && blocks.first().is_some_and(|block| block.first)
                    && blocks.last().is_some_and(|block| block.last)
            );
            let mut end = 0;
            for block in &blocks {
                let between = content
                    .text
                    .slice(TextRange::between(end, block.range.start()))
                    .unwrap();
                assert!(matches!(between, "" | "\n"), "{between:?}");
                assert!(block.range.len_chars() <= MOST_CHARS);
                let shown = content.text.slice(block.range).unwrap();
                assert!(
                    !shown.starts_with(['\u{301}', '\u{200D}']),
                    "a cluster is cut: {shown:.20}"
                );
                end = block.range.end();
            }
            assert_eq!(end, content.text.len_chars());
        }
    }

    #[test]
    fn a_short_turn_is_one_block() {
        let blocks = blocks(&one_turn("就这样。"));
        assert_eq!(
            blocks,
            [TextBlock {
                turn: 0,
                range: TextRange::between(0, 4),
                first: true,
                last: true
            }]
        );
        assert_eq!([block_at(&blocks, 0), block_at(&blocks, 9)], [0, 0]);
    }
}
