//! Cuts a query into words, quotations, fields, patterns and operators.

use crate::model::text::TextRange;

use super::{
    error::{Problem, QueryError},
    query::Field,
};

/// Most words that may lie between the words of a phrase.
const MAX_SLOP: u32 = 100;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in code points.
    pub at: TextRange,
}

/// What a piece of a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `AND`.
    And,
    /// `OR`.
    Or,
    /// `NOT` or a hyphen before a term.
    Not,
    /// A word or quotation, with the words that may lie between.
    Words {
        /// What stands there, without quotation marks.
        text: String,
        /// Words that may lie between.
        slop: u32,
    },
    /// `/…/`, without the slashes.
    Pattern(String),
    /// `field:value`.
    Field(Field, String),
}

/// The pieces of a query.
///
/// # Errors
/// When a quotation or pattern isn't closed, or a field lacks its value.
pub(super) fn lexemes(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { chars: &chars, next: 0 };
    let mut out = Vec::new();
    while let Some(c) = lexer.skip_blanks() {
        let start = lexer.next;
        let kind = lexer.piece(c)?;
        out.push(Lexeme { kind, at: lexer.range(start) });
    }
    Ok(out)
}

struct Lexer<'a> {
    chars: &'a [char],
    next: usize,
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '＂')
}

const fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）')
}

const fn is_tilde(c: char) -> bool {
    matches!(c, '~' | '～')
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_bracket(c) || is_quote(c)
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.next).copied()
    }

    fn skip_blanks(&mut self) -> Option<char> {
        while self.peek()?.is_whitespace() {
            self.next += 1;
        }
        self.peek()
    }

    fn range(&self, start: usize) -> TextRange {
        let number = |index| u32::try_from(index).unwrap_or(u32::MAX);
        TextRange::between(number(start), number(self.next))
    }

    fn fail<T>(&self, start: usize, problem: Problem) -> Result<T, QueryError> {
        Err(QueryError { at: self.range(start), problem })
    }

    fn piece(&mut self, c: char) -> Result<Kind, QueryError> {
        let start = self.next;
        match c {
            '(' | '（' => Ok(self.single(Kind::Open)),
            ')' | '）' => Ok(self.single(Kind::Close)),
            '-' | '－' | '−' if self.chars.get(start + 1).is_some_and(|c| !c.is_whitespace()) => Ok(self.single(Kind::Not)),
            '/' => self.pattern(start),
            c if is_quote(c) => {
                let text = self.quotation(start)?;
                let slop = self.slop(start)?;
                Ok(Kind::Words { text, slop })
            }
            _ => self.word(start),
        }
    }

    const fn single(&mut self, kind: Kind) -> Kind {
        self.next += 1;
        kind
    }

    /// What stands between the quotation mark here and the next.
    fn quotation(&mut self, start: usize) -> Result<String, QueryError> {
        self.next += 1;
        let text: String = self.chars[self.next..].iter().take_while(|c| !is_quote(**c)).collect();
        self.next += text.chars().count();
        if self.peek().is_none() {
            return self.fail(start, Problem::OpenQuote);
        }
        self.next += 1;
        Ok(text)
    }

    fn slop(&mut self, start: usize) -> Result<u32, QueryError> {
        if !self.peek().is_some_and(is_tilde) {
            return Ok(0);
        }
        self.next += 1;
        let digits: String = self.chars[self.next..].iter().map_while(|c| c.to_digit(10).and_then(|d| char::from_digit(d, 10))).collect();
        self.next += digits.len();
        match digits.parse::<u32>() {
            Ok(slop) if slop <= MAX_SLOP => Ok(slop),
            _ => self.fail(start, Problem::Slop),
        }
    }

    fn pattern(&mut self, start: usize) -> Result<Kind, QueryError> {
        let mut source = String::new();
        self.next += 1;
        while let Some(c) = self.peek() {
            self.next += 1;
            match (c, self.peek()) {
                ('/', _) => {
                    return if source.is_empty() { self.fail(start, Problem::NoWord("//".to_owned())) } else { Ok(Kind::Pattern(source)) };
                }
                ('\\', Some('/')) => source.push('/'),
                ('\\', Some(escaped)) => source.extend(['\\', escaped]),
                _ => source.push(c),
            }
            self.next += usize::from(c == '\\' && self.peek().is_some());
        }
        self.fail(start, Problem::OpenPattern)
    }

    fn word(&mut self, start: usize) -> Result<Kind, QueryError> {
        let text: String = self.chars[start..].iter().take_while(|c| !ends_word(**c)).collect();
        if let Some((name, _)) = text.split_once([':', '：'])
            && let Some(field) = Field::named(name)
        {
            self.next += name.chars().count() + 1;
            return self.value(start, field);
        }
        self.next += text.chars().count();
        if text.starts_with("NEAR/") {
            return self.fail(start, Problem::Near);
        }
        if text.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(is_tilde) {
            return self.fail(start, Problem::Slop);
        }
        Ok(match text.as_str() {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            _ => Kind::Words { text, slop: 0 },
        })
    }

    fn value(&mut self, start: usize, field: Field) -> Result<Kind, QueryError> {
        let value = if self.peek().is_some_and(is_quote) {
            self.quotation(self.next)?
        } else {
            let bare: String = self.chars[self.next..].iter().take_while(|c| !ends_word(**c)).collect();
            self.next += bare.chars().count();
            bare
        };
        if value.trim().is_empty() { self.fail(start, Problem::NoValue(field)) } else { Ok(Kind::Field(field, value)) }
    }
}
