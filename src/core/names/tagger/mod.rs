//! Labels for the words of a Chinese text: what is a person's name, a place, a verb, and where words begin.
//!
//! The model is that of LAC (Jiao, Sun and Sun 2018, Chinese Lexical Analysis with Deep Bi-GRU-CRF Network, arXiv:1807.01882), with the
//! weights that Baidu published: two layers of gated recurrent units, each read forwards and backwards, and the best sequence of
//! labels by a linear chain. Characters are given one by one; the words of its own dictionary aren't used.

mod network;
mod weights;

use std::collections::BTreeMap;

use weights::Weights;

use crate::language::words::is_han;

/// What a word is, as far as names are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
    /// A person's name.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// A point in time.
    Time,
    /// A common noun.
    Noun,
    /// A name of something else: a work, a product.
    OtherName,
    /// A verb.
    Verb,
    /// An adjective or adverb.
    Quality,
    /// A pronoun.
    Pronoun,
    /// A number or measure.
    Measure,
    /// A preposition, conjunction or particle.
    Grammar,
    /// A mark of punctuation, or nothing known.
    Mark,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaggedWord {
    /// Where it begins, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: WordKind,
}

/// The kinds of words in the order of the model's labels; each has one label for its first character and one for the others.
#[rustfmt::skip]
const KINDS: [WordKind; 25] = [
    WordKind::Quality, WordKind::Quality, WordKind::Quality, WordKind::Grammar, WordKind::Quality, WordKind::Noun, WordKind::Measure,
    WordKind::Noun, WordKind::Person, WordKind::Place, WordKind::Organisation, WordKind::OtherName, WordKind::OtherName,
    WordKind::Grammar, WordKind::Measure, WordKind::Pronoun, WordKind::Noun, WordKind::Time, WordKind::Grammar, WordKind::Verb,
    WordKind::Verb, WordKind::Verb, WordKind::Mark, WordKind::Grammar, WordKind::Mark,
];

/// The longest piece of text that is read at once, in characters.
const LONGEST: usize = 240;

/// Reads words and what they are.
#[derive(Debug)]
pub struct Tagger {
    weights: Weights,
    /// What the first layer makes of a character, by its row: most characters of a text occur many times.
    seen: BTreeMap<u16, [Vec<f32>; 2]>,
}

impl Default for Tagger {
    fn default() -> Self {
        Self {
            weights: Weights::read(),
            seen: BTreeMap::new(),
        }
    }
}

impl Tagger {
    /// The words of those lines that have Chinese characters, in order.
    pub fn words(&mut self, text: &[char]) -> Vec<TaggedWord> {
        let mut words = Vec::new();
        let mut from = 0;
        while from < text.len() {
            let end = piece_end(text, from);
            let piece = text.get(from..end).unwrap_or(&[]);
            if piece.iter().any(|c| is_han(*c)) {
                self.read_piece(piece, from, &mut words);
            }
            from = end;
        }
        words
    }

    fn read_piece(&mut self, piece: &[char], offset: usize, words: &mut Vec<TaggedWord>) {
        let labels = self.labels(piece);
        let first = words.len();
        for (at, label) in labels.into_iter().enumerate() {
            let kind = KINDS.get(label / 2).copied().unwrap_or(WordKind::Mark);
            let begins = label % 2 == 0;
            match words.last_mut() {
                Some(word)
                    if words_continue(begins, word.end, offset + at) && word.start >= offset =>
                {
                    word.end += 1;
                    // As in the original, the last label of a word says what it is.
                    word.kind = kind;
                }
                _ => words.push(TaggedWord {
                    start: offset + at,
                    end: offset + at + 1,
                    kind,
                }),
            }
        }
        debug_assert!(words.len() > first || piece.is_empty());
    }
}

/// Returns true if a character that doesn't begin a word goes on with the one that ends right before it.
const fn words_continue(begins: bool, word_end: usize, at: usize) -> bool {
    !begins && word_end == at
}

/// Where the piece that begins at a position ends: behind its line, or behind the last mark before it gets too long.
fn piece_end(text: &[char], from: usize) -> usize {
    let rest = text.get(from..).unwrap_or(&[]);
    let line = rest
        .iter()
        .position(|c| *c == '\n')
        .map_or(rest.len(), |at| at + 1);
    if line <= LONGEST {
        return from + line;
    }
    let window = rest.get(..LONGEST).unwrap_or(rest);
    let cut = window
        .iter()
        .rposition(|c| matches!(c, '。' | '！' | '？' | '；' | '.' | '!' | '?'))
        .or_else(|| window.iter().rposition(|c| matches!(c, '，' | ',' | ' ')));
    from + cut.map_or(LONGEST, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels were computed with the same weights by another program, in `NumPy`; see `assets/names/README.md`.
    #[test]
    fn labels_are_those_of_another_program_with_the_same_weights() {
        let mut tagger = Tagger::default();
        for line in include_str!("../../../../tests/data/names/labels.txt").lines() {
            let (text, labels) = line.split_once('\t').unwrap();
            let expected: Vec<usize> = labels
                .split(' ')
                .map(|label| label.parse().unwrap())
                .collect();
            let text: Vec<char> = text.chars().collect();
            assert_eq!(tagger.labels(&text), expected, "{line}");
        }
    }

    #[test]
    fn long_lines_are_read_in_pieces_without_a_gap() {
        let text: Vec<char> = "他说下雨了，路上很滑，".repeat(60).chars().collect();
        let words = Tagger::default().words(&text);
        let mut end = 0;
        for word in &words {
            assert_eq!(word.start, end);
            end = word.end;
        }
        assert_eq!(end, text.len());
    }
}
