//! Motions of the cursor by character, word, sentence and turn, in Chinese and English alike.

use super::blocks::{TextBlock, block_at};
use crate::{
    language::{grapheme, segment::Segmenter, sentence},
    model::{
        document::{Content, Turn},
        text::TextRange,
    },
};

/// How far a motion goes, and what a selection is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Grain {
    /// Characters as people see them; a cluster of several code points is never cut.
    #[default]
    Character,
    /// Words; Chinese ones are found with a dictionary.
    Word,
    /// Sentences.
    Sentence,
    /// Turns.
    Turn,
}

/// A transcript to move in.
pub(super) struct Ground<'a> {
    /// Its text and turns.
    pub(super) content: &'a Content,
    /// Its blocks; words and sentences are searched within one, however long the document is.
    pub(super) blocks: &'a [TextBlock],
    /// Finds the words.
    pub(super) segmenter: &'a Segmenter,
}

/// A sentence without the space and the line break that follow it.
fn without_end(text: &str, range: TextRange) -> TextRange {
    let words: String = text
        .chars()
        .skip(range.start() as usize)
        .take(range.len_chars() as usize)
        .collect();
    let end = words
        .chars()
        .rev()
        .take_while(|c| c.is_whitespace())
        .count();
    let end = u32::try_from(end).expect("a sentence is shorter than a text");
    TextRange::between(range.start(), range.end() - end)
}

impl Ground<'_> {
    fn block(&self, position: u32) -> Option<(usize, TextBlock)> {
        let index = block_at(self.blocks, position);
        self.blocks.get(index).map(|block| (index, *block))
    }

    fn words(&self, range: TextRange) -> &str {
        self.content.text.slice(range).unwrap_or_default()
    }

    /// What is said in a turn, without the speaker's label.
    fn said(&self, turn: usize) -> Option<TextRange> {
        self.content.turns.get(turn).map(Turn::said)
    }

    /// The grain that contains a position; empty for characters.
    pub(super) fn around(&self, position: u32, grain: Grain) -> TextRange {
        let Some((_, block)) = self.block(position) else {
            return TextRange::between(position, position);
        };
        let (start, text) = (block.range.start(), self.words(block.range));
        let local = position.clamp(start, block.range.end()) - start;
        let found = match grain {
            Grain::Character => {
                let at = grapheme::floor_grapheme(text, local);
                TextRange::between(at, at)
            }
            Grain::Word => self.segmenter.word_at(text, local),
            Grain::Sentence => without_end(text, sentence::sentence_at(text, local)),
            Grain::Turn => return self.said(block.turn).unwrap_or(block.range),
        };
        TextRange::between(start + found.start(), start + found.end())
    }

    /// A passage grown to whole grains at both ends.
    pub(super) fn snapped(&self, passage: TextRange, grain: Grain) -> TextRange {
        if grain == Grain::Character || passage.is_empty() {
            return passage;
        }
        let (first, last) = (
            self.around(passage.start(), grain),
            self.around(passage.end() - 1, grain),
        );
        TextRange::between(
            first.start().min(passage.start()),
            last.end().max(passage.end()),
        )
    }

    /// Returns where a motion from a position ends.
    pub(super) fn moved(&self, from: u32, grain: Grain, forward: bool) -> u32 {
        let Some((index, block)) = self.block(from) else {
            return 0;
        };
        let range = block.range;
        let local = from.clamp(range.start(), range.end()) - range.start();
        if grain == Grain::Turn {
            return self.moved_by_turn(from, block, forward);
        }
        // Going from the end of a block to the beginning of the next is a motion of its own.
        if forward && local == range.len_chars() {
            return self
                .blocks
                .get(index + 1)
                .map_or(range.end(), |next| next.range.start());
        }
        if !forward && local == 0 {
            return index
                .checked_sub(1)
                .and_then(|before| self.blocks.get(before))
                .map_or(range.start(), |before| before.range.end());
        }
        let text = self.words(range);
        let to = match (grain, forward) {
            (Grain::Word, true) => self.word_end(text, local),
            (Grain::Word, false) => self.segmenter.previous_word(text, local),
            (Grain::Sentence, true) => match sentence::sentence_at(text, local).end() {
                end if end > local => end,
                _ => sentence::sentence_at(text, sentence::next_sentence(text, local)).end(),
            },
            (Grain::Sentence, false) => sentence::previous_sentence(text, local),
            (Grain::Character | Grain::Turn, true) => grapheme::next_grapheme(text, local),
            (Grain::Character | Grain::Turn, false) => grapheme::previous_grapheme(text, local),
        };
        range.start() + to
    }

    /// The end of the word at a position, or of the next: a selection then ends with the word and not with the space after it.
    fn word_end(&self, text: &str, from: u32) -> u32 {
        let here = self.segmenter.word_at(text, from);
        if here.start() <= from && from < here.end() && is_word(text, here) {
            return here.end();
        }
        let next = self.segmenter.next_word(text, from);
        self.segmenter.word_at(text, next).end().max(next)
    }

    /// To the end (or beginning) of the turn, and from there to that of the next.
    fn moved_by_turn(&self, from: u32, block: TextBlock, forward: bool) -> u32 {
        let Some(own) = self.said(block.turn) else {
            return from;
        };
        if forward {
            if from < own.end() {
                own.end()
            } else {
                self.said(block.turn + 1).map_or(own.end(), TextRange::end)
            }
        } else if from > own.start() {
            own.start()
        } else {
            block
                .turn
                .checked_sub(1)
                .and_then(|turn| self.said(turn))
                .map_or(own.start(), TextRange::start)
        }
    }
}

/// Returns true if a range of a text contains a letter or a digit.
fn is_word(text: &str, range: TextRange) -> bool {
    text.chars()
        .skip(range.start() as usize)
        .take(range.len_chars() as usize)
        .any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{super::blocks::blocks, *};
    use crate::model::text::DocumentText;

    fn content() -> Content {
        let text = DocumentText::new("A: I can't. Yes!\n\n小远：他没有自信。奶奶笑了👨‍👩‍👧。\n");
        let turn = |start, body, end| Turn {
            range: TextRange::between(start, end),
            body,
            speaker: None,
            at_millis: None,
        };
        Content {
            turns: vec![turn(0, 3, 16), turn(18, 21, text.len_chars() - 1)],
            text,
        }
    }

    #[test]
    fn motions_go_from_turn_to_turn_and_never_stop_inside_a_cluster() {
        let content = content();
        let (blocks, segmenter) = (blocks(&content), Segmenter::new(Vec::new()));
        let ground = Ground {
            content: &content,
            blocks: &blocks,
            segmenter: &segmenter,
        };
        let way = |grain: Grain| {
            let (mut at, mut way) = (3, vec![]);
            loop {
                let next = ground.moved(at, grain, true);
                if next == at {
                    return way;
                }
                (at, way) = (next, [way, vec![next]].concat());
            }
        };
        assert_eq!(way(Grain::Turn), [16, content.text.len_chars() - 1]);
        let text: Vec<char> = content.text.as_str().chars().collect();
        assert!(
            way(Grain::Character)
                .iter()
                .all(|at| text.get(*at as usize).is_none_or(|c| *c != '\u{200D}'))
        );
        let mut at = content.text.len_chars() - 1;
        for back in [Grain::Character, Grain::Word, Grain::Sentence, Grain::Turn] {
            let before = ground.moved(at, back, false);
            assert!(before < at, "{back:?}");
            at = before;
        }
        let words = |position, grain| {
            content
                .text
                .slice(ground.around(position, grain))
                .unwrap()
                .to_owned()
        };
        assert_eq!(words(5, Grain::Word), "can't");
        assert_eq!(words(5, Grain::Sentence), "I can't.");
        assert_eq!(words(25, Grain::Word), "自信");
        assert_eq!(words(25, Grain::Sentence), "他没有自信。");
        assert_eq!(
            ground.snapped(TextRange::between(25, 26), Grain::Turn),
            TextRange::between(21, content.text.len_chars() - 1)
        );
    }
}
