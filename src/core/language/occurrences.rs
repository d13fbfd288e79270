//! Where words occur in a text, letter by letter: what a replacement replaces.

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::words::{is_han, is_mark};
use crate::model::text::TextRange;

/// How words are compared with a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Only where no letter or digit comes right before or after; Han characters have no such edges, and
    /// are found anywhere.
    pub whole_words: bool,
    /// Capital and small letters are the same.
    pub ignore_case: bool,
}

/// Words to be found in many texts.
#[derive(Debug, Clone)]
pub struct Sought {
    pattern: Regex,
    whole_words: bool,
}

impl Sought {
    /// Prepares words; `None` if there are none, or more than can be looked for.
    ///
    /// A letter with a mark is found in whichever of the two ways it is written in.
    pub fn new(words: &str, how: Comparison) -> Option<Self> {
        if words.is_empty() {
            return None;
        }
        let mut spellings = vec![
            words.to_owned(),
            words.nfc().collect(),
            words.nfd().collect(),
        ];
        spellings.dedup();
        let spellings: Vec<String> = spellings.iter().map(|words| regex::escape(words)).collect();
        let pattern = RegexBuilder::new(&spellings.join("|"))
            .case_insensitive(how.ignore_case)
            .build()
            .ok()?;
        Some(Self {
            pattern,
            whole_words: how.whole_words,
        })
    }

    /// The places in a text, in code points; they don't overlap.
    pub fn places(&self, text: &str) -> Vec<TextRange> {
        let (mut places, mut byte, mut chars) = (Vec::new(), 0, 0);
        let count = |from: usize, to: usize| {
            let part = text.get(from..to).unwrap_or_default();
            u32::try_from(part.chars().count()).unwrap_or(u32::MAX)
        };
        for found in self.pattern.find_iter(text) {
            let before = text.get(..found.start()).unwrap_or_default();
            let after = text.get(found.end()..).unwrap_or_default();
            if !self.may_stand(found.as_str(), before, after) {
                continue;
            }
            let start = chars + count(byte, found.start());
            chars = start + count(found.start(), found.end());
            byte = found.end();
            places.push(TextRange::between(start, chars));
        }
        places
    }

    /// A text with other words in all places; `None` if there is none.
    pub fn replaced(&self, text: &str, to: &str) -> Option<String> {
        let mut places = self.places(text).into_iter().peekable();
        places.peek()?;
        let (mut out, mut at) = (String::new(), 0);
        let mut chars = text.chars();
        for place in places {
            let (before, inside) = (place.start() - at, place.len_chars());
            out.extend(chars.by_ref().take(before as usize));
            out.push_str(to);
            chars.by_ref().take(inside as usize).for_each(drop);
            at = place.end();
        }
        out.extend(chars);
        Some(out)
    }

    /// Whether words may be found between the characters before and after them.
    fn may_stand(&self, words: &str, before: &str, after: &str) -> bool {
        let next = after.chars().next();
        // Without its mark, a letter is another letter.
        if next.is_some_and(is_mark) {
            return false;
        }
        let joined = |one: Option<char>, other: Option<char>| {
            one.is_some_and(is_of_word) && other.is_some_and(is_of_word)
        };
        !self.whole_words
            || !joined(before.chars().next_back(), words.chars().next())
                && !joined(words.chars().next_back(), next)
    }
}

/// Returns true for what words with edges consist of.
fn is_of_word(c: char) -> bool {
    !is_han(c) && (c.is_alphanumeric() || is_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXACT: Comparison = Comparison {
        whole_words: false,
        ignore_case: false,
    };
    const WORDS: Comparison = Comparison {
        whole_words: true,
        ..EXACT
    };

    fn replaced(words: &str, how: Comparison, text: &str) -> String {
        let sought = Sought::new(words, how).unwrap();
        sought.replaced(text, "*").unwrap_or_default()
    }

    #[test]
    fn whole_words_have_no_letter_beside_them_but_han_characters_are_found_anywhere() {
        let text = "Ming’s mother, charMing Ming_1 Ming1 小Ming来";
        assert_eq!(
            replaced("Ming", WORDS, text),
            "*’s mother, charMing *_1 Ming1 小*来"
        );
        assert_eq!(
            replaced("Ming", EXACT, text),
            "*’s mother, char* *_1 *1 小*来"
        );
        assert_eq!(
            replaced("小明", WORDS, "我和小明说，小明明。"),
            "我和*说，*明。"
        );
    }

    #[test]
    fn case_and_marks() {
        let any = Comparison {
            ignore_case: true,
            ..WORDS
        };
        assert_eq!(replaced("ming", EXACT, "Ming ming"), "Ming *");
        assert_eq!(replaced("ming", any, "Ming MING"), "* *");
        assert_eq!(replaced("Zoé", EXACT, "Zoe\u{301}, Zoé"), "*, *");
        assert_eq!(
            replaced("Zoe", EXACT, "Zoe\u{301} 𠮷Zoe."),
            "Zoe\u{301} 𠮷*."
        );
        assert_eq!(replaced("a.b", EXACT, "axb a.b"), "axb *");
        assert!(Sought::new("", EXACT).is_none());
    }

    #[test]
    fn places_are_code_points() {
        let sought = Sought::new("自信", EXACT).unwrap();
        let places = sought.places("😀我自信，𠮷自信自信");
        let starts: Vec<u32> = places.iter().map(|place| place.start()).collect();
        assert_eq!(starts, [2, 6, 8]);
    }
}
