//! The tokenizer that the index, the scan and the query parser share.
//!
//! Every Han, Kana or Hangul character is a token, so that any string of them is a phrase and is found wherever it occurs:
//! a dictionary would hide matches across the words it sees. Traditional characters are replaced by simplified ones.
//! Other letters and digits form words, folded by width, case and composition; `don’t` and `don't` are one word.
//!
//! Tokens are numbered; a stop between two tokens (punctuation, an emoji) skips a number, so that `自信` isn't found in `自，信`.
//! Spaces, line ends and a hyphen inside a word aren't stops.

use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer as StemFilter, TextAnalyzer, TokenStream as _,
};
use unicode_normalization::UnicodeNormalization as _;

use crate::language::{
    fold::fold_width,
    script::simplified,
    words::{is_han, is_mark},
};

/// To be increased whenever the tokens of any text change; an index made by another version is rebuilt.
pub const ANALYSER_VERSION: u32 = 2;

/// The length in bytes after which words are truncated for comparison; such words are pasted data, not language.
///
/// Queries and texts are truncated alike, and the index would refuse much longer terms.
const MAX_TERM_BYTES: usize = 240;

/// The position of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Start in code points.
    pub start: u32,
    /// End in code points, exclusive.
    pub end: u32,
    /// Start in bytes.
    pub start_bytes: usize,
    /// End in bytes, exclusive.
    pub end_bytes: usize,
    /// The number of the token; that of the next one is one higher, or two if a stop is between them.
    pub position: u32,
    /// True for a single character of a script without spaces between words.
    pub han: bool,
}

/// The tokens of a text, one by one.
#[derive(Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    /// The byte and the code point reached.
    at: (usize, u32),
    position: u32,
    /// True if a stop was passed since the last token.
    stopped: bool,
}

/// What a character means for tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Letter,
    Mark,
    /// Invisible: joiners, soft hyphens, variation selectors.
    Invisible,
    Blank,
    Stop,
}

/// The classes of the ASCII characters, in a table because it is read for nearly every character of an English text.
static ASCII: [Class; 128] = {
    let mut classes = [Class::Stop; 128];
    let mut code = 0u8;
    while code < 128 {
        if code.is_ascii_alphanumeric() {
            classes[code as usize] = Class::Letter;
        } else if code.is_ascii_whitespace() || code == 0xB {
            classes[code as usize] = Class::Blank;
        }
        code += 1;
    }
    classes
};

fn is_ascii_letter(byte: &u8) -> bool {
    ASCII
        .get(usize::from(*byte))
        .is_some_and(|class| *class == Class::Letter)
}

#[inline]
fn class_of(c: char) -> Class {
    if c.is_ascii() {
        return ASCII[c as usize];
    }
    if is_ordinary_han(c) {
        Class::Han
    } else {
        class_of_other(fold_width(c))
    }
}

/// Returns true for the 21,000 characters in which nearly all Chinese is written; they need no width folding.
const fn is_ordinary_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn class_of_other(c: char) -> Class {
    match c {
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => Class::Invisible,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Class::Invisible,
        // Unicode counts these as letters or Kana, but they separate words or are spacing marks.
        'ʼ' | '・' | '゠' | '\u{309B}' | '\u{309C}' => Class::Stop,
        _ if is_mark(c) => Class::Mark,
        _ if is_han(c) || is_jamo(c) => Class::Han,
        _ if c.is_alphanumeric() => Class::Letter,
        _ if c.is_whitespace() => Class::Blank,
        _ => Class::Stop,
    }
}

/// Returns true for parts of a decomposed Hangul syllable.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}')
}

/// Returns true for parts that only follow others: vowels and final consonants.
fn is_inner_jamo(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11FF}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '＇' | 'ʼ')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '－')
}

impl<'a> Tokens<'a> {
    /// The tokens of a text, numbered from 0.
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: (0, 0),
            position: 0,
            stopped: false,
        }
    }

    /// The next token; its comparison form is written to `term`.
    pub fn next(&mut self, term: &mut String) -> Option<Token> {
        let first = self.skip_to_token()?;
        let begin = self.at;
        term.clear();
        let han = class_of(first) == Class::Han;
        let plain = if han {
            self.take_han(first, term)
        } else {
            self.take_word(term)
        };
        // Composing is slow, and nearly all words are ASCII or ordinary Han characters.
        if !plain {
            let composed: String = term.nfc().collect();
            *term = composed;
        }
        truncate(term);
        if self.position > 0 && self.stopped {
            self.position += 1;
        }
        self.stopped = false;
        let token = Token {
            start: begin.1,
            end: self.at.1,
            start_bytes: begin.0,
            end_bytes: self.at.0,
            position: self.position,
            han,
        };
        self.position += 1;
        Some(token)
    }

    /// Skips what isn't a token, noting stops, and returns the first character of the next token.
    fn skip_to_token(&mut self) -> Option<char> {
        let (passed, rest) = self.text.split_at(self.at.0);
        let mut chars = rest.chars();
        let mut is_first = true;
        while let Some(c) = chars.next() {
            match class_of(c) {
                Class::Han | Class::Letter => return Some(c),
                Class::Mark | Class::Invisible | Class::Blank => {}
                // A hyphen inside a word isn't a stop: it is the only character between two letters.
                Class::Stop
                    if is_first
                        && is_hyphen(c)
                        && is_letter(passed.chars().next_back())
                        && is_letter(chars.clone().next()) => {}
                Class::Stop => self.stopped = true,
            }
            is_first = false;
            self.step(c);
        }
        None
    }

    /// Takes a Han token: the character, its marks, and the parts of a decomposed syllable.
    ///
    /// Returns true if the term needs no composing.
    fn take_han(&mut self, first: char, term: &mut String) -> bool {
        self.step(first);
        term.push(simplified(fold_width(first)));
        let mut plain = !is_jamo(first);
        while let Some(c) = self
            .peek()
            .filter(|&c| !c.is_ascii() && !is_ordinary_han(c))
        {
            match class_of(c) {
                Class::Mark => {
                    term.push(fold_width(c));
                    plain = false;
                }
                Class::Han if is_inner_jamo(c) && is_jamo(first) => term.push(c),
                // Bounded, so that a run of invisible characters can't belong to one token without end.
                Class::Invisible if term.len() < MAX_TERM_BYTES => {}
                _ => break,
            }
            self.step(c);
        }
        plain
    }

    /// Takes a word; returns true if the term needs no composing.
    fn take_word(&mut self, term: &mut String) -> bool {
        let mut plain = true;
        self.take_ascii(term);
        while let Some(c) = self.peek() {
            if c.is_ascii_alphanumeric() {
                self.take_ascii(term);
                continue;
            }
            // An apostrophe belongs to a word only inside it: `don't`, but not `parents'`.
            if is_apostrophe(c) {
                if !self.letter_follows(c) {
                    break;
                }
                term.push('\'');
            } else {
                match class_of(c) {
                    Class::Letter | Class::Mark => plain &= push_letter(c, term),
                    Class::Invisible => {}
                    Class::Han | Class::Blank | Class::Stop => break,
                }
            }
            self.step(c);
        }
        plain
    }

    /// Takes a run of ASCII letters and digits at once, which is most of an English text.
    fn take_ascii(&mut self, term: &mut String) {
        let rest = self.text.split_at(self.at.0).1;
        let bytes = rest.as_bytes().iter();
        let len = bytes.take_while(|byte| is_ascii_letter(byte)).count();
        let start = term.len();
        term.push_str(rest.split_at(len).0);
        term.split_at_mut(start).1.make_ascii_lowercase();
        self.at.0 += len;
        self.at.1 += u32::try_from(len).expect("a text has fewer than 2^32 code points");
    }

    /// Returns true if the character after `c`, the next one, is a letter.
    fn letter_follows(&self, c: char) -> bool {
        is_letter(
            self.text
                .split_at(self.at.0 + c.len_utf8())
                .1
                .chars()
                .next(),
        )
    }

    fn peek(&self) -> Option<char> {
        self.text.split_at(self.at.0).1.chars().next()
    }

    const fn step(&mut self, c: char) {
        self.at.0 += c.len_utf8();
        self.at.1 += 1;
    }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| class_of(c) == Class::Letter)
}

/// Appends a folded letter; returns true if it is ASCII, which needs no composing.
fn push_letter(c: char, term: &mut String) -> bool {
    if c.is_ascii() {
        term.push(c.to_ascii_lowercase());
        return true;
    }
    term.extend(fold_width(c).to_lowercase());
    false
}

fn truncate(term: &mut String) {
    if term.len() > MAX_TERM_BYTES {
        let mut end = MAX_TERM_BYTES;
        while !term.is_char_boundary(end) {
            end -= 1;
        }
        term.truncate(end);
    }
}

/// Reduces English words to their stems (Snowball): `believes`, `believed` and `believing` all become `believ`.
pub struct Stemmer(TextAnalyzer);

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stemmer")
    }
}

impl Default for Stemmer {
    fn default() -> Self {
        Self(
            TextAnalyzer::builder(RawTokenizer::default())
                .filter(StemFilter::new(Language::English))
                .build(),
        )
    }
}

impl Stemmer {
    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> String {
        let mut stream = self.0.token_stream(word);
        if stream.advance() {
            std::mem::take(&mut stream.token_mut().text)
        } else {
            word.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        let (mut tokens, mut term, mut out) = (Tokens::new(text), String::new(), Vec::new());
        while let Some(token) = tokens.next(&mut term) {
            out.push(format!(
                "{}:{term}@{}..{}",
                token.position, token.start, token.end
            ));
        }
        out.join(" ")
    }

    #[test]
    fn texts_of_both_languages_are_cut() {
        for (text, expected) in [
            ("", ""),
            ("，。 …", ""),
            ("自信", "0:自@0..1 1:信@1..2"),
            ("自，信", "0:自@0..1 2:信@2..3"),
            ("自 信\n心", "0:自@0..1 1:信@2..3 2:心@4..5"),
            (
                "I don’t know. DON'T!",
                "0:i@0..1 1:don't@2..7 2:know@8..12 4:don't@14..19",
            ),
            ("'quoted' parents'", "0:quoted@1..7 2:parents@9..16"),
            ("self-esteem - no", "0:self@0..4 1:esteem@5..11 3:no@14..16"),
            (
                "我想要iPad，3台",
                "0:我@0..1 1:想@1..2 2:要@2..3 3:ipad@3..7 5:3@8..9 6:台@9..10",
            ),
            ("ＡＢＣ１２", "0:abc12@0..5"),
            ("cafe\u{301} CAFÉ", "0:café@0..5 1:café@6..10"),
            ("𠮷😀信", "0:𠮷@0..1 2:信@2..3"),
            ("か\u{3099} ｶﾞ", "0:が@0..2 1:ガ@3..5"),
            ("한\u{1112}\u{1161}\u{11AB}", "0:한@0..1 1:한@1..4"),
            (
                "con\u{AD}fident 葛\u{E0100}城",
                "0:confident@0..10 1:葛@11..13 2:城@13..14",
            ),
            ("⼈ 人", "0:人@0..1 1:人@2..3"),
            ("…自", "0:自@1..2"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn stems_unite_the_forms_of_a_word() {
        let mut stemmer = Stemmer::default();
        for word in ["believe", "believes", "believed", "believing"] {
            assert_eq!(stemmer.stem(word), "believ");
        }
        assert_eq!(stemmer.stem("mother's"), stemmer.stem("mothers"));
        assert_eq!(stemmer.stem("信"), "信");
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_lie_in_the_text(text in "\\PC{0,40}") {
            let (mut tokens, mut term) = (Tokens::new(&text), String::new());
            let (mut end, mut next) = (0, 0);
            while let Some(token) = tokens.next(&mut term) {
                prop_assert!(end <= token.start && token.start < token.end && next <= token.position);
                let words = text.get(token.start_bytes..token.end_bytes).expect("token borders are character borders");
                prop_assert_eq!(words.chars().count(), (token.end - token.start) as usize);
                prop_assert!(!term.is_empty());
                (end, next) = (token.end, token.position + 1);
            }
        }
    }
}
