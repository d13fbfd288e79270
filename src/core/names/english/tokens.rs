//! Words in Latin letters, with what stands before them.

use super::super::Letters;
use crate::language::words::is_han;

/// A word of Latin letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins, in code points.
    pub(super) start: usize,
    /// Where it ends, without a possessive 's.
    pub(super) end: usize,
    /// The word in small letters, without a possessive 's.
    pub(super) low: String,
    /// How it is written.
    pub(super) shape: Shape,
    /// Whether it opens a sentence, or what is written as one.
    pub(super) opens: bool,
    /// Whether only a space stands between it and the word before.
    pub(super) follows: bool,
    /// Whether 's or ' follows.
    pub(super) possessive: bool,
    /// Whether Chinese surrounds it.
    pub(super) in_chinese: bool,
    /// Whether it labels a speaker: at the beginning of a line, up to a colon.
    pub(super) label: bool,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// all small
    Small,
    /// Capital first
    Capital,
    /// ALL CAPITALS
    Upper,
    /// One capital letter, as an initial.
    Initial,
    /// iPhone, 3rd, P2
    Other,
}

impl Token {
    /// Returns true for a word that begins with a capital and goes on in small letters.
    pub(super) const fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital)
    }
}

/// The words of a text in order.
pub(super) fn tokens(letters: &Letters) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !is_letter(letters.at(at)) {
            at += 1;
            continue;
        }
        let end = word_end(letters, at);
        tokens.push(token(letters, at, end, tokens.last()));
        at = end;
    }
    tokens
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || c.is_ascii_digit()) && !is_han(c)
}

/// The end of a word, with inner hyphens and apostrophes, and the points of J.T.
fn word_end(letters: &Letters, start: usize) -> usize {
    let mut end = start;
    while end < letters.len() {
        let c = letters.at(end);
        let next = letters.at(end + 1);
        let inner = match c {
            '\'' => is_letter(letters.before(end)) && is_letter(next) && next.is_alphabetic(),
            '-' => letters.before(end).is_alphabetic() && next.is_alphabetic() && !is_han(next),
            '.' => {
                // J.T.
                letters.before(end).is_uppercase()
                    && next.is_uppercase()
                    && (end == start + 1 || letters.before(end - 1) == '.')
                    && !letters.at(end + 2).is_alphabetic()
            }
            c => is_letter(c),
        };
        if !inner {
            break;
        }
        end += 1;
    }
    end
}

fn token(letters: &Letters, start: usize, whole: usize, before: Option<&Token>) -> Token {
    let mut end = whole;
    let mut possessive = false;
    for ending in ["'s", "'S", "'ll", "'ve", "'d", "'re", "'m"] {
        let len = ending.len();
        if whole - start > len && letters.has(whole - len, ending) {
            end = whole - len;
            possessive = ending.eq_ignore_ascii_case("'s");
            break;
        }
    }
    // The Hills' flat.
    if !possessive
        && letters.at(end) == '\''
        && matches!(letters.before(end), 's' | 'S' | 'z')
        && letters.at(end + 1) == ' '
    {
        possessive = true;
    }
    let word = letters.text(start, end);
    let shape = shape(&word);
    let (opens, follows) = opening(letters, start, before);
    let line_start = start == 0
        || letters.before(start) == '\n'
        || before.is_some_and(|before| before.label && before.end == start);
    let colon = letters.at(whole);
    let label = (line_start
        || before
            .is_some_and(|before| follows && before.opens && starts_line(letters, before.start)))
        && matches!(colon, ':' | '：')
        && word.chars().count() > 1;
    let near = |c: char| {
        is_han(c)
            || matches!(
                c,
                '，' | '。' | '、' | '：' | '；' | '！' | '？' | '“' | '”'
            )
    };
    let in_chinese = [
        letters.before(start),
        letters.at(whole),
        letters.at(whole + 1),
    ]
    .into_iter()
    .any(near)
        || start >= 2 && near(letters.at(start - 2));
    Token {
        start,
        end,
        low: word.to_lowercase(),
        shape,
        opens,
        follows,
        possessive,
        in_chinese,
        label,
    }
}

fn starts_line(letters: &Letters, at: usize) -> bool {
    at == 0 || letters.before(at) == '\n'
}

fn shape(word: &str) -> Shape {
    let alphabetic: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let uppers = alphabetic.iter().filter(|c| c.is_uppercase()).count();
    let first = word.chars().next().is_some_and(char::is_uppercase);
    match (first, uppers, alphabetic.len()) {
        _ if digits => Shape::Other,
        (true, 1, 1) => Shape::Initial,
        (true, upper, len) if upper == len && word.contains('.') => Shape::Initial,
        (true, upper, len) if upper == len => Shape::Upper,
        // McDonald, O'Dowd, Adeyemi-Hill.
        (true, _, _) if ends_small(word) => Shape::Capital,
        (false, 0, _) => Shape::Small,
        _ => Shape::Other,
    }
}

fn ends_small(word: &str) -> bool {
    let mut last = word.chars().rev().filter(|c| c.is_alphabetic());
    last.next().is_some_and(char::is_lowercase)
        && last
            .next()
            .is_some_and(|c| c.is_lowercase() || c.is_uppercase())
}

/// Whether a word opens a sentence, and whether it follows the word before it directly.
fn opening(letters: &Letters, start: usize, before: Option<&Token>) -> (bool, bool) {
    let mut at = start;
    let mut broken = false;
    while at > 0 && matches!(letters.before(at), ' ' | '\t' | '\n' | '\u{a0}') {
        at -= 1;
        // A line can end within a name, but an empty one can't.
        if letters.at(at) == '\n' && letters.before(at) == '\n' {
            broken = true;
        }
    }
    if at == 0 || broken {
        return (true, false);
    }
    let c = letters.before(at);
    let line = (at..start).any(|at| letters.at(at) == '\n');
    // A short line is a heading or somebody's turn; a long one was only cut.
    let line_len = (0..at)
        .rev()
        .take_while(|at| letters.at(*at) != '\n')
        .count();
    let own_line = line && (line_len < 50 || !letters.before(at).is_lowercase()) && c != ',';
    let after_point = |before: &Token| {
        let title = super::lists::WITH_POINT.contains(&before.low.as_str());
        (title || before.shape == Shape::Initial) && before.end + 1 == at
    };
    match c {
        '.' if before.is_some_and(after_point) => (false, true),
        '.' | '!' | '?' | '…' | ':' | '：' | '。' | '！' | '？' | ']' | ')' | '—' | '–' | '*'
        | '#' | '>' | '"' | '“' | '”' | '\'' | '(' | '[' | '-' | '；' | '「' | '『' => {
            (true, false)
        }
        _ if own_line => (true, false),
        c if is_letter(c) => (false, true),
        _ => (false, false),
    }
}
