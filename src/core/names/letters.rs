//! A text as characters, with the simplified form of each, so that rules are written once for both scripts.

use crate::language::{fold::fold_width, script::simplified, words::is_han};

/// A text as code points.
#[derive(Debug)]
pub struct Letters {
    /// The characters as they are.
    pub own: Vec<char>,
    /// The characters by which rules go: simplified, half-width, with straight apostrophes.
    pub plain: Vec<char>,
}

impl Letters {
    /// The characters of a text.
    pub fn new(text: &str) -> Self {
        let own: Vec<char> = text.chars().collect();
        let plain = own.iter().map(|c| plain(*c)).collect();
        Self { own, plain }
    }

    /// The character at a position by which rules go; a line feed beyond the ends.
    pub(super) fn at(&self, at: usize) -> char {
        self.plain.get(at).copied().unwrap_or('\n')
    }

    /// The character before a position.
    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.at(at))
    }

    /// Returns true if some characters follow at a position.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(n, c)| self.at(at + n) == c)
    }

    /// Returns true if some characters stand right before a position.
    pub(super) fn has_before(&self, at: usize, word: &str) -> bool {
        at.checked_sub(word.chars().count())
            .is_some_and(|at| self.has(at, word))
    }

    /// The characters between two positions by which rules go.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.plain.get(start..end).unwrap_or(&[]).iter().collect()
    }

    /// The length in characters.
    pub(super) fn len(&self) -> usize {
        self.plain.len()
    }
}

/// The form of a character by which rules go.
pub(super) fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        // Marks of Chinese keep their width, so that a rule for 。 isn't one for the point of an abbreviation.
        '！' | '？' | '，' | '：' | '；' | '（' | '）' => c,
        c if is_han(c) => simplified(c),
        c => fold_width(c),
    }
}
