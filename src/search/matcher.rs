//! Decides whether a stretch of text matches a query, and which of its words are the hits.
//!
//! A turn matches when the tree of AND, OR and NOT does; its hits are what the terms outside NOT match.
//! A turn that matches without such words (`speaker:Mother -school`) is one hit as a whole.

use std::collections::BTreeMap;

use crate::model::text::TextRange;

use super::{
    analyser::{Stemmer, Token, Tokens},
    query::{Node, Phrase, Query, Shown, Term},
};

/// First and last position of a match.
pub type Span = (u32, u32);

/// Finds a phrase's matches from the sorted positions of its words; `positions` gives those of a slot.
///
/// Of several matches that end at the same word the shortest counts.
pub fn spans<'p>(phrase: &Phrase, positions: impl Fn(usize) -> &'p [u32], out: &mut Vec<Span>) {
    out.clear();
    for &first in positions(0) {
        if let Some(last) = last_of(phrase, first, &positions) {
            if out.last().is_some_and(|before: &Span| before.1 == last) {
                out.pop();
            }
            out.push((first, last));
        }
    }
}

/// The last position of the match that begins at `first`: every word is taken as early as it comes.
fn last_of<'p>(phrase: &Phrase, first: u32, positions: &impl Fn(usize) -> &'p [u32]) -> Option<u32> {
    let (mut at, mut left) = (first, phrase.slop);
    for (number, slot) in phrase.slots.iter().enumerate().skip(1) {
        let places = positions(number);
        let earliest = at + slot.step;
        let place = *places.get(places.partition_point(|&place| place < earliest))?;
        left = left.checked_sub(place - earliest)?;
        at = place;
    }
    Some(at)
}

/// Whether the tree is true, given the truth of its leaves.
pub fn holds(node: &Node, leaf: &mut impl FnMut(&Node) -> bool) -> bool {
    match node {
        Node::And(parts) => parts.iter().all(|part| holds(part, leaf)),
        Node::Or(parts) => parts.iter().any(|part| holds(part, leaf)),
        Node::Not(part) => !holds(part, leaf),
        Node::Phrase(_) | Node::Pattern(_) | Node::Field(_) => leaf(node),
    }
}

/// A query made ready for many texts; it keeps its working space and what it learnt about words.
#[derive(Debug)]
pub struct Matcher<'q> {
    query: &'q Query,
    shown: Shown,
    wanted: Vec<Wanted<'q>>,
    stemmer: Stemmer,
    tokens: Vec<Token>,
    /// Positions of each term in the present text.
    positions: Vec<Vec<u32>>,
    /// Matches of each phrase and each pattern in the present text.
    phrases: Vec<Vec<Span>>,
    patterns: Vec<Vec<TextRange>>,
}

/// A term, and the words that were compared with it before.
#[derive(Debug)]
struct Wanted<'q> {
    term: &'q Term,
    known: BTreeMap<Box<str>, bool>,
}

impl Wanted<'_> {
    fn accepts(&mut self, word: &str, han: bool, stemmer: &mut Stemmer) -> bool {
        match self.term {
            Term::Han(wanted) => han && wanted == word,
            Term::Prefix(prefix) => !han && word.starts_with(prefix.as_str()),
            Term::Stem(stem) => {
                if han || !may_stem_to(word, stem) {
                    return false;
                }
                if let Some(&known) = self.known.get(word) {
                    return known;
                }
                let accepted = stemmer.stem(word) == *stem;
                self.known.insert(word.into(), accepted);
                accepted
            }
        }
    }
}

/// Whether a word begins as its stem must: no English ending reaches the first letter.
pub fn may_stem_to(word: &str, stem: &str) -> bool {
    word.chars().next() == stem.chars().next()
}

impl<'q> Matcher<'q> {
    /// Makes a query ready.
    pub fn new(query: &'q Query) -> Self {
        let wanted = query.terms.iter().map(|term| Wanted { term, known: BTreeMap::new() }).collect();
        Self {
            query,
            shown: query.shown(),
            wanted,
            stemmer: Stemmer::default(),
            tokens: Vec::new(),
            positions: vec![Vec::new(); query.terms.len()],
            phrases: vec![Vec::new(); query.phrases.len()],
            patterns: vec![Vec::new(); query.patterns.len()],
        }
    }

    /// The hits in a text that starts at code point `start` of its document, in order and each once; none when it doesn't match.
    ///
    /// `field` says whether a condition holds there.
    pub fn hits(&mut self, text: &str, start: u32, field: &dyn Fn(usize) -> bool) -> Vec<TextRange> {
        if text.is_empty() {
            return Vec::new();
        }
        self.find_phrases(text);
        self.find_patterns(text);
        let (phrases, patterns) = (&self.phrases, &self.patterns);
        let matches = holds(&self.query.root, &mut |leaf| match leaf {
            Node::Phrase(number) => !phrases[*number].is_empty(),
            Node::Pattern(number) => !patterns[*number].is_empty(),
            Node::Field(number) => field(*number),
            Node::And(_) | Node::Or(_) | Node::Not(_) => false,
        });
        if !matches {
            return Vec::new();
        }
        let mut hits: Vec<TextRange> = self.shown.patterns.iter().flat_map(|&number| patterns[number].iter().copied()).collect();
        let words = self.shown.phrases.iter().flat_map(|&number| phrases[number].iter());
        hits.extend(words.filter_map(|&span| self.range_of(span)));
        if hits.is_empty() {
            hits.push(TextRange::between(0, u32::try_from(text.chars().count()).unwrap_or(u32::MAX)));
        }
        hits.sort_unstable();
        hits.dedup();
        hits.iter().map(|hit| TextRange::between(start + hit.start(), start + hit.end())).collect()
    }

    fn token_at(&self, position: u32) -> Option<usize> {
        self.tokens.binary_search_by_key(&position, |token| token.position).ok()
    }

    fn range_of(&self, (first, last): Span) -> Option<TextRange> {
        let (first, last) = (self.token_at(first)?, self.token_at(last)?);
        TextRange::new(self.tokens[first].start, self.tokens[last].end)
    }

    fn find_phrases(&mut self, text: &str) {
        if self.query.phrases.is_empty() {
            return;
        }
        self.tokens.clear();
        self.positions.iter_mut().for_each(Vec::clear);
        let (mut tokens, mut word) = (Tokens::new(text), String::new());
        while let Some(token) = tokens.next(&mut word) {
            for (wanted, positions) in self.wanted.iter_mut().zip(&mut self.positions) {
                if wanted.accepts(&word, token.han, &mut self.stemmer) {
                    positions.push(token.position);
                }
            }
            self.tokens.push(token);
        }
        let mut found = std::mem::take(&mut self.phrases);
        for (phrase, out) in self.query.phrases.iter().zip(&mut found) {
            spans(phrase, |slot| self.positions[phrase.slots[slot].term].as_slice(), out);
            if phrase.has_stop() {
                out.retain(|&(first, last)| self.adjoin(first, last, phrase.slots.len()));
            }
        }
        self.phrases = found;
    }

    /// Whether exactly `n` tokens reach from the first to the last position, so that what lies between are stops.
    fn adjoin(&self, first: u32, last: u32, n: usize) -> bool {
        matches!((self.token_at(first), self.token_at(last)), (Some(first), Some(last)) if last - first + 1 == n)
    }

    fn find_patterns(&mut self, text: &str) {
        for (pattern, out) in self.query.patterns.iter().zip(&mut self.patterns) {
            out.clear();
            let (mut bytes, mut chars) = (0, 0);
            let mut advance = |to: usize| {
                let passed = text.get(bytes..to).unwrap_or_default().chars().count();
                chars += u32::try_from(passed).unwrap_or(u32::MAX);
                bytes = to;
                chars
            };
            for found in pattern.find_iter(text).filter(|found| !found.is_empty()) {
                let start = advance(found.start());
                out.push(TextRange::between(start, advance(found.end())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::parse::parse, *};

    /// Query, text, and the words of each hit with their start.
    type Gold = (&'static str, &'static str, &'static [(&'static str, u32)]);

    /// What a query finds in a text: the words of each hit.
    fn found(query: &str, text: &str) -> Vec<(String, u32)> {
        let query = parse(query).unwrap();
        let hits = Matcher::new(&query).hits(text, 0, &|_| true);
        let chars: Vec<char> = text.chars().collect();
        hits.iter().map(|hit| (chars[hit.start() as usize..hit.end() as usize].iter().collect(), hit.start())).collect()
    }

    #[test]
    fn gold_cases_of_both_languages() {
        let cases: [Gold; 42] = [
            ("自信", "他没有自信心吗", &[("自信", 3)]),
            ("自信", "自，信", &[]),
            ("自信", "自。信，自信", &[("自信", 4)]),
            ("自信", "自 信", &[("自 信", 0)]),
            ("自信", "𠮷😀自信", &[("自信", 2)]),
            ("confident", "𠮷😀 so confident!", &[("confident", 6)]),
            ("𠮷", "吉𠮷", &[("𠮷", 1)]),
            ("哈哈", "哈哈哈", &[("哈哈", 0), ("哈哈", 1)]),
            ("believe", "She believes; he believed, I'm believing", &[("believes", 4), ("believed", 17), ("believing", 31)]),
            ("BELIEVES", "believe", &[("believe", 0)]),
            ("mother", "My mother's and mothers", &[("mother's", 3), ("mothers", 16)]),
            ("don't", "I don’t, DON'T", &[("don’t", 2), ("DON'T", 9)]),
            ("café", "a cafe\u{301} 自", &[("cafe\u{301}", 2)]),
            ("\"support me\"", "they support me. Support. Me", &[("support me", 5)]),
            ("\"a b\"", "a. b", &[]),
            ("\"a. b\"", "a, b; a x b; a b", &[("a, b", 0)]),
            ("self-esteem", "self esteem, self-esteem", &[("self esteem", 0), ("self-esteem", 13)]),
            ("\"proud me\"~1", "proud of me, me proud", &[("proud of me", 0)]),
            ("\"proud me\"~1", "proud that of me", &[]),
            ("\"a b\"~3", "a a x b", &[("a x b", 2)]),
            ("\"我 好\"~2", "我很好，我真的非常好", &[("我很好", 0)]),
            ("belie*", "belief, believing, relief", &[("belief", 0), ("believing", 8)]),
            ("happy*", "happy happiness", &[("happy", 0)]),
            ("\"my famil*\"", "my families", &[("my families", 0)]),
            ("自*", "自信", &[("自", 0)]),
            ("自信 老师", "老师说我自信", &[("老师", 0), ("自信", 4)]),
            ("自信 老师", "我自信", &[]),
            ("自信 OR teacher", "Teachers!", &[("Teachers", 0)]),
            ("自信 -老师", "我自信", &[("自信", 1)]),
            ("自信 -老师", "老师自信", &[]),
            ("NOT 老师", "我自信", &[("我自信", 0)]),
            ("(a OR b) NOT (c d)", "a b c", &[("a", 0), ("b", 2)]),
            ("a OR a", "a", &[("a", 0)]),
            ("/自.信/", "自，信 自信", &[("自，信", 0)]),
            ("/BELIE[FV]/ you", "𠮷 I believe you", &[("believ", 4), ("you", 12)]),
            ("/x*/", "abc", &[]),
            ("ＣＯＮＦＩＤＥＮＴ", "confident", &[("confident", 0)]),
            ("confident", "ＣＯＮＦＩＤＥＮＴ", &[("ＣＯＮＦＩＤＥＮＴ", 0)]),
            ("（自信 OR 自尊）", "自尊", &[("自尊", 0)]),
            ("“自 信”", "自信", &[("自信", 0)]),
            ("自信confidence", "有自信 confidence", &[("自信 confidence", 1)]),
            ("speaker:x", "all of it", &[("all of it", 0)]),
        ];
        for (query, text, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|&(words, start)| (words.to_owned(), start)).collect();
            assert_eq!(found(query, text), expected, "{query} in {text}");
        }
    }
}
