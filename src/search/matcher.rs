//! Decides whether a stretch of text matches a query, and which of its words are the hits.
//!
//! A turn matches when the tree of AND, OR and NOT does; its hits are what the terms outside NOT match.
//! A turn that matches without such words (`speaker:Mother -school`) is one hit as a whole.

use std::collections::BTreeMap;

use crate::{language::pinyin::is_read, model::text::TextRange};

use super::{
    analyser::{Stemmer, Token, Tokens},
    query::{HitLeaves, Near, Phrase, Query, QueryNode, Spanned, Term},
};

/// First and last position of a match.
pub type WordSpan = (u32, u32);

/// Finds a phrase's matches from the sorted positions of its words; `positions` gives those of a slot.
///
/// Of several matches that end at the same word the shortest counts.
pub fn spans<'p>(phrase: &Phrase, positions: impl Fn(usize) -> &'p [u32], out: &mut Vec<WordSpan>) {
    out.clear();
    for &first in positions(0) {
        if let Some(last) = last_of(phrase, first, &positions) {
            if out.last().is_some_and(|before: &WordSpan| before.1 == last) {
                out.pop();
            }
            out.push((first, last));
        }
    }
}

/// The last position of the match that begins at `first`: every word is taken as early as it comes.
fn last_of<'p>(
    phrase: &Phrase,
    first: u32,
    positions: &impl Fn(usize) -> &'p [u32],
) -> Option<u32> {
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

/// Finds where two things stand near each other, in either order, from the sorted places of each: the shortest stretches, none within which another lies.
pub fn near_spans(one: &[WordSpan], other: &[WordSpan], words: u32, out: &mut Vec<WordSpan>) {
    out.clear();
    let mut follow = |first: &[WordSpan], second: &[WordSpan]| {
        for &(start, end) in first {
            let after = second
                .get(second.partition_point(|&(start, _)| start <= end)..)
                .unwrap_or_default();
            let near = after
                .iter()
                .take_while(|(start, _)| start - end - 1 <= words);
            out.extend(near.map(|(_, end)| *end).min().map(|end| (start, end)));
        }
    };
    follow(one, other);
    follow(other, one);
    shortest(out);
}

/// Leaves those stretches within which no other lies, in order and each once.
fn shortest(spans: &mut Vec<WordSpan>) {
    spans.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(start), end));
    let mut earliest = u32::MAX;
    spans.retain(|&(_, end)| {
        let keeps = end < earliest;
        earliest = earliest.min(end);
        keeps
    });
    spans.reverse();
}

/// Whether the tree is true, given the truth of its leaves.
pub fn holds(node: &QueryNode, leaf: &mut impl FnMut(&QueryNode) -> bool) -> bool {
    match node {
        QueryNode::And(parts) => parts.iter().all(|part| holds(part, leaf)),
        QueryNode::Or(parts) => parts.iter().any(|part| holds(part, leaf)),
        QueryNode::Not(part) => !holds(part, leaf),
        QueryNode::Phrase(_)
        | QueryNode::Pattern(_)
        | QueryNode::Field(_)
        | QueryNode::Near(_)
        | QueryNode::Around(_) => leaf(node),
    }
}

/// A query made ready for many texts; it keeps its working space and what it learnt about words.
#[derive(Debug)]
pub struct Matcher<'q> {
    query: &'q Query,
    shown: HitLeaves,
    wanted: Vec<TermMatcher<'q>>,
    stemmer: Stemmer,
    tokens: Vec<Token>,
    /// Positions of each term in the present text.
    positions: Vec<Vec<u32>>,
    /// Matches of each phrase and each pattern in the present text.
    phrases: Vec<Vec<WordSpan>>,
    nears: Vec<Vec<WordSpan>>,
    patterns: Vec<Vec<TextRange>>,
}

/// A term, and the words that were compared with it before.
#[derive(Debug)]
struct TermMatcher<'q> {
    term: &'q Term,
    known: BTreeMap<Box<str>, bool>,
}

impl TermMatcher<'_> {
    fn accepts(&mut self, word: &str, han: bool, stemmer: &mut Stemmer) -> bool {
        match self.term {
            Term::Han(wanted) => han && wanted == word,
            Term::Prefix(prefix) => !han && word.starts_with(prefix.as_str()),
            Term::Exact(wanted) => !han && wanted == word,
            Term::Fuzzy(wanted, letters) => !han && is_like(word, wanted, *letters),
            Term::Sound(syllable) => {
                han && word.chars().next().is_some_and(|c| is_read(c, syllable))
            }
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

/// Whether two words differ in so many letters at most, put in, left out or changed (Levenshtein 1966).
pub fn is_like(word: &str, wanted: &str, letters: u8) -> bool {
    let letters = usize::from(letters);
    word.chars().count().abs_diff(wanted.chars().count()) <= letters
        && strsim::levenshtein(word, wanted) <= letters
}

/// Whether a word begins as its stem must: no English ending reaches the first letter.
pub fn may_stem_to(word: &str, stem: &str) -> bool {
    word.chars().next() == stem.chars().next()
}

impl<'q> Matcher<'q> {
    /// Makes a query ready.
    pub fn new(query: &'q Query) -> Self {
        let wanted = query
            .terms
            .iter()
            .map(|term| TermMatcher {
                term,
                known: BTreeMap::new(),
            })
            .collect();
        Self {
            query,
            shown: query.hit_leaves(),
            wanted,
            stemmer: Stemmer::default(),
            tokens: Vec::new(),
            positions: vec![Vec::new(); query.terms.len()],
            phrases: vec![Vec::new(); query.phrases.len()],
            nears: vec![Vec::new(); query.nears.len()],
            patterns: vec![Vec::new(); query.patterns.len()],
        }
    }

    /// The query.
    pub fn query(&self) -> &'q Query {
        self.query
    }

    /// Reads a text: what its words are, and where the leaves of the query match.
    pub fn read(&mut self, text: &str) {
        self.find_phrases(text);
        self.find_nears();
        self.find_patterns(text);
    }

    /// Whether a part of the query holds in the text that was read; `elsewhere` answers for conditions and for turns near each other.
    pub fn holds(&self, node: &QueryNode, elsewhere: &dyn Fn(&QueryNode) -> bool) -> bool {
        holds(node, &mut |leaf| match leaf {
            QueryNode::Phrase(number) => !self.phrases[*number].is_empty(),
            QueryNode::Near(number) => !self.nears[*number].is_empty(),
            QueryNode::Pattern(number) => !self.patterns[*number].is_empty(),
            QueryNode::Field(_) | QueryNode::Around(_) => elsewhere(leaf),
            QueryNode::And(_) | QueryNode::Or(_) | QueryNode::Not(_) => false,
        })
    }

    /// The hits in a text that starts at code point `start` of its document, in order and each once; none when it doesn't match.
    ///
    /// `elsewhere` says whether a condition holds there, and whether turns near each other match.
    pub fn hits(
        &mut self,
        text: &str,
        start: u32,
        elsewhere: &dyn Fn(&QueryNode) -> bool,
    ) -> Vec<TextRange> {
        if text.is_empty() {
            return Vec::new();
        }
        self.read(text);
        if !self.holds(&self.query.root, elsewhere) {
            return Vec::new();
        }
        let (phrases, nears, patterns) = (&self.phrases, &self.nears, &self.patterns);
        let mut hits: Vec<TextRange> = self
            .shown
            .patterns
            .iter()
            .flat_map(|&number| patterns[number].iter().copied())
            .collect();
        let words = self
            .shown
            .phrases
            .iter()
            .flat_map(|&number| phrases[number].iter());
        let words = words.chain(
            self.shown
                .nears
                .iter()
                .flat_map(|&number| nears[number].iter()),
        );
        hits.extend(words.filter_map(|&span| self.range_of(span)));
        if hits.is_empty() {
            hits.push(TextRange::between(
                0,
                u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
            ));
        }
        hits.sort_unstable();
        hits.dedup();
        hits.iter()
            .map(|hit| TextRange::between(start + hit.start(), start + hit.end()))
            .collect()
    }

    fn token_at(&self, position: u32) -> Option<usize> {
        self.tokens
            .binary_search_by_key(&position, |token| token.position)
            .ok()
    }

    fn range_of(&self, (first, last): WordSpan) -> Option<TextRange> {
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
            spans(
                phrase,
                |slot| self.positions[phrase.slots[slot].term].as_slice(),
                out,
            );
            if phrase.has_stop() {
                out.retain(|&(first, last)| self.adjoin(first, last, phrase.slots.len()));
            }
        }
        self.phrases = found;
    }

    fn find_nears(&mut self) {
        for number in 0..self.query.nears.len() {
            let Near { one, other, words } = &self.query.nears[number];
            let (one, other) = (self.spans_of(one), self.spans_of(other));
            near_spans(&one, &other, *words, &mut self.nears[number]);
        }
    }

    fn spans_of(&self, spanned: &Spanned) -> Vec<WordSpan> {
        match spanned {
            Spanned::Phrase(number) => self.phrases[*number].clone(),
            Spanned::Near(number) => self.nears[*number].clone(),
            Spanned::Any(parts) => {
                let mut all: Vec<WordSpan> =
                    parts.iter().flat_map(|part| self.spans_of(part)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
        }
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
