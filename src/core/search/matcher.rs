//! Matching of a text against a query, and the hits in it.
//!
//! A turn matches if the tree of AND, OR and NOT is true for it; its hits are the matches of the leaves outside NOT.
//! A turn that matches without such leaves (`speaker:Mother -school`) is one hit as a whole.

use std::collections::BTreeMap;

use crate::{language::pinyin::is_read, model::text::TextRange};

use super::{
    analyser::{Stemmer, Token, Tokens},
    query::{HitLeaves, Near, Phrase, Query, QueryNode, Spanned, Term},
};

/// The positions of the first and the last word of a match.
pub type WordSpan = (u32, u32);

/// Finds the matches of a phrase; `positions` returns the sorted positions of the word in a slot.
///
/// Of several matches that end with the same word, only the shortest counts.
pub fn spans<'p>(phrase: &Phrase, positions: impl Fn(usize) -> &'p [u32], out: &mut Vec<WordSpan>) {
    out.clear();
    for &first in positions(0) {
        if let Some(last) = last_of(phrase, first, &positions) {
            // Matches are found by their first word: a later one with the same end is shorter.
            if out.last().is_some_and(|before: &WordSpan| before.1 == last) {
                out.pop();
            }
            out.push((first, last));
        }
    }
}

/// The last position of the match that begins at `first`, with every further word as early as possible.
fn last_of<'p>(
    phrase: &Phrase,
    first: u32,
    positions: &impl Fn(usize) -> &'p [u32],
) -> Option<u32> {
    let (mut last, mut left) = (first, phrase.slop);
    for (number, slot) in phrase.slots.iter().enumerate().skip(1) {
        let positions = positions(number);
        let earliest = last + slot.step;
        let next = positions.partition_point(|&position| position < earliest);
        let position = *positions.get(next)?;
        left = left.checked_sub(position - earliest)?;
        last = position;
    }
    Some(last)
}

/// Finds the matches of a NEAR from the sorted matches of its operands: the shortest spans, none of which contains another.
pub fn near_spans(one: &[WordSpan], other: &[WordSpan], words: u32, out: &mut Vec<WordSpan>) {
    out.clear();
    add_following(one, other, words, out);
    add_following(other, one, words, out);
    retain_shortest(out);
}

/// Adds the span from each match in `first` to the nearest end of a match in `second` that begins after it.
fn add_following(first: &[WordSpan], second: &[WordSpan], words: u32, out: &mut Vec<WordSpan>) {
    for &(start, end) in first {
        let after = second.partition_point(|&(start, _)| start <= end);
        let near = second[after..]
            .iter()
            .take_while(|(start, _)| start - end - 1 <= words);
        out.extend(near.map(|(_, end)| *end).min().map(|end| (start, end)));
    }
}

/// Keeps the spans that contain no other, sorted and each once.
fn retain_shortest(spans: &mut Vec<WordSpan>) {
    // From the last start to the first: a span contains another if one that starts later ends no later.
    spans.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(start), end));
    let mut earliest = u32::MAX;
    spans.retain(|&(_, end)| {
        let keeps = end < earliest;
        earliest = earliest.min(end);
        keeps
    });
    spans.reverse();
}

/// Returns true if a tree is true; `leaf` decides its leaves.
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

/// Matches many texts against one query.
///
/// Keeps its buffers, and which words have a stem, from one text to the next.
#[derive(Debug)]
pub struct Matcher<'q> {
    query: &'q Query,
    hit_leaves: HitLeaves,
    terms: Vec<TermMatcher<'q>>,
    stemmer: Stemmer,
    /// The tokens of the present text.
    tokens: Vec<Token>,
    /// The positions of each term in the present text.
    positions: Vec<Vec<u32>>,
    /// The matches of each phrase, NEAR and pattern in the present text.
    phrases: Vec<Vec<WordSpan>>,
    nears: Vec<Vec<WordSpan>>,
    patterns: Vec<Vec<TextRange>>,
}

/// Matches words against a term.
#[derive(Debug)]
struct TermMatcher<'q> {
    term: &'q Term,
    /// Which words have the stem: stemming is slow, and texts repeat their words.
    known: BTreeMap<Box<str>, bool>,
}

impl TermMatcher<'_> {
    fn matches(&mut self, word: &str, han: bool, stemmer: &mut Stemmer) -> bool {
        match self.term {
            Term::Han(c) => han && c == word,
            Term::Prefix(prefix) => !han && word.starts_with(prefix.as_str()),
            Term::Exact(exact) => !han && exact == word,
            Term::Fuzzy(similar, letters) => !han && is_within(word, similar, *letters),
            Term::Sound(syllable) => {
                han && word.chars().next().is_some_and(|c| is_read(c, syllable))
            }
            Term::Stem(stem) => {
                // Most words are ruled out by their first letter, without being stemmed or looked up.
                if han || !may_stem_to(word, stem) {
                    return false;
                }
                if let Some(&known) = self.known.get(word) {
                    return known;
                }
                let matches = stemmer.stem(word) == *stem;
                self.known.insert(word.into(), matches);
                matches
            }
        }
    }
}

/// Returns true if the edit distance of two words (Levenshtein 1966) is at most `letters`.
pub fn is_within(word: &str, similar: &str, letters: u8) -> bool {
    let letters = usize::from(letters);
    // The difference in length is a lower bound that rules out most words without computing the distance.
    word.chars().count().abs_diff(similar.chars().count()) <= letters
        && strsim::levenshtein(word, similar) <= letters
}

/// Returns true if a word can have this stem: stemming English never changes the first letter.
pub fn may_stem_to(word: &str, stem: &str) -> bool {
    word.chars().next() == stem.chars().next()
}

impl<'q> Matcher<'q> {
    /// Prepares a query.
    pub fn new(query: &'q Query) -> Self {
        let terms = query
            .terms
            .iter()
            .map(|term| TermMatcher {
                term,
                known: BTreeMap::new(),
            })
            .collect();
        Self {
            query,
            hit_leaves: query.hit_leaves(),
            terms,
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

    /// Reads a text, finding the matches of all leaves.
    pub fn read(&mut self, text: &str) {
        self.find_phrases(text);
        self.find_nears();
        self.find_patterns(text);
    }

    /// Returns true if a node of the query holds in the text that was read.
    ///
    /// `context` decides the leaves that the text alone doesn't: fields, and NEARs over turns.
    pub fn holds(&self, node: &QueryNode, context: &dyn Fn(&QueryNode) -> bool) -> bool {
        holds(node, &mut |leaf| match leaf {
            QueryNode::Phrase(number) => !self.phrases[*number].is_empty(),
            QueryNode::Near(number) => !self.nears[*number].is_empty(),
            QueryNode::Pattern(number) => !self.patterns[*number].is_empty(),
            QueryNode::Field(_) | QueryNode::Around(_) => context(leaf),
            QueryNode::And(_) | QueryNode::Or(_) | QueryNode::Not(_) => false,
        })
    }

    /// The hits in a text that starts at code point `start` of its document, sorted and each once; none if it doesn't match.
    ///
    /// `context` decides the leaves that the text alone doesn't, as in [`Self::holds`].
    pub fn hits(
        &mut self,
        text: &str,
        start: u32,
        context: &dyn Fn(&QueryNode) -> bool,
    ) -> Vec<TextRange> {
        if text.is_empty() {
            return Vec::new();
        }
        self.read(text);
        if !self.holds(&self.query.root, context) {
            return Vec::new();
        }
        let mut hits = Vec::new();
        let HitLeaves {
            phrases,
            patterns,
            nears,
        } = &self.hit_leaves;
        for &number in patterns {
            hits.extend_from_slice(&self.patterns[number]);
        }
        for &number in phrases {
            hits.extend(self.phrases[number].iter().map(|&span| self.range_of(span)));
        }
        for &number in nears {
            hits.extend(self.nears[number].iter().map(|&span| self.range_of(span)));
        }
        if hits.is_empty() {
            hits.push(TextRange::between(0, code_points(text)));
        }
        hits.sort_unstable();
        hits.dedup();
        hits.iter()
            .map(|hit| TextRange::between(start + hit.start(), start + hit.end()))
            .collect()
    }

    /// The index of the token at a position.
    fn token_at(&self, position: u32) -> usize {
        self.tokens
            .binary_search_by_key(&position, |token| token.position)
            .expect("matches begin and end at tokens of the present text")
    }

    fn range_of(&self, span: WordSpan) -> TextRange {
        let (first, last) = (self.token_at(span.0), self.token_at(span.1));
        TextRange::between(self.tokens[first].start, self.tokens[last].end)
    }

    fn find_phrases(&mut self, text: &str) {
        if self.query.phrases.is_empty() {
            return;
        }
        self.tokens.clear();
        self.positions.iter_mut().for_each(Vec::clear);
        let (mut tokens, mut word) = (Tokens::new(text), String::new());
        while let Some(token) = tokens.next(&mut word) {
            for (term, positions) in self.terms.iter_mut().zip(&mut self.positions) {
                if term.matches(&word, token.han, &mut self.stemmer) {
                    positions.push(token.position);
                }
            }
            self.tokens.push(token);
        }
        // Taken out for the loop, which reads the other fields, and put back with its buffers.
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

    /// Finds the matches of NEARs, in the order in which they build on each other.
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
            // Alternatives can match the same words, and must be sorted together for NEAR.
            Spanned::Any(parts) => {
                let mut all: Vec<WordSpan> =
                    parts.iter().flat_map(|part| self.spans_of(part)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
        }
    }

    /// Returns true if there are exactly `n` tokens from the first to the last position, so that all gaps are stops.
    fn adjoin(&self, first: u32, last: u32, n: usize) -> bool {
        self.token_at(last) - self.token_at(first) + 1 == n
    }

    fn find_patterns(&mut self, text: &str) {
        for (pattern, out) in self.query.patterns.iter().zip(&mut self.patterns) {
            out.clear();
            let matches = pattern.find_iter(text).filter(|found| !found.is_empty());
            // Matches are in order, so code points are counted on from the end of the previous match.
            let (mut rest, mut end_bytes, mut end) = (text, 0, 0);
            for found in matches {
                let (before, after) = rest.split_at(found.start() - end_bytes);
                let start = end + code_points(before);
                end = start + code_points(found.as_str());
                end_bytes = found.end();
                rest = after.split_at(found.len()).1;
                out.push(TextRange::between(start, end));
            }
        }
    }
}

fn code_points(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("a text has fewer than 2^32 code points")
}
