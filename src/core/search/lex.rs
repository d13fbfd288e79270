//! The lexer of the query language: splits a query into words, quotations, fields, patterns and operators.

use crate::model::text::TextRange;

use super::{
    error::{Problem, QueryError},
    query::QueryField,
};

/// Most additional words in a phrase or NEAR; anything larger is a typing error.
const MAX_SLOP: u32 = 100;

/// A lexeme of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// Its kind, with its content.
    pub kind: LexemeKind,
    /// Its range in the query, in code points.
    pub at: TextRange,
}

/// The kinds of lexemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LexemeKind {
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
    /// A word or quotation.
    Words(WordLexeme),
    /// `/…/`, without the slashes.
    Pattern(String),
    /// `field:value`, with the attribute's name for `attr.name:value`.
    Field(QueryField, String, String),
    /// `NEAR/3`, `NEAR/2turns`, `NEAR/document`.
    Near(TermReach),
}

/// A word or quotation of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WordLexeme {
    /// The text, without quotation marks.
    pub text: String,
    /// How many additional words may be between the words.
    pub slop: u32,
    /// True if the words match only in the form written.
    pub exact: bool,
    /// In how many letters a word may differ.
    pub fuzzy: u8,
}

/// The distance of a NEAR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermReach {
    /// At most so many words between the operands.
    Words(u32),
    /// At most so many turns apart.
    Turns(u32),
    /// In the same document.
    Document,
}

/// Splits a query into lexemes.
///
/// # Errors
/// A quotation or pattern isn't closed, or a field has no value.
pub(super) fn lexemes(text: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer {
        chars: &chars,
        next: 0,
    };
    let mut out = Vec::new();
    while let Some(c) = lexer.skip_blanks() {
        let start = lexer.next;
        let kind = lexer.piece(c)?;
        out.push(Lexeme {
            kind,
            at: lexer.range(start),
        });
    }
    Ok(out)
}

/// The distance in `NEAR/…`, 10 words by default; `None` if it is invalid.
fn reach(text: &str) -> Option<TermReach> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = digits
        .parse::<u32>()
        .ok()
        .filter(|number| *number <= MAX_SLOP);
    match (text.get(digits.len()..)?, number) {
        ("", None) if text.is_empty() => Some(TermReach::Words(10)),
        ("" | "w" | "word" | "words" | "词", Some(words)) => Some(TermReach::Words(words)),
        ("t" | "turn" | "turns" | "轮", Some(turns)) => Some(TermReach::Turns(turns)),
        ("turn" | "话轮", None) if digits.is_empty() => Some(TermReach::Turns(0)),
        ("doc" | "document" | "文档", None) if digits.is_empty() => Some(TermReach::Document),
        _ => None,
    }
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

const fn is_separator(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// The name in `attr.name`; it is empty in `attr."a name"`, where the name is quoted.
fn attribute_name(text: &str) -> Option<&str> {
    let (field, attribute) = text.split_once('.')?;
    (QueryField::named(field) == Some(QueryField::Attribute)).then_some(attribute)
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
        let length = u32::try_from(self.next - start).unwrap_or(u32::MAX);
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        TextRange::between(start, start.saturating_add(length))
    }

    /// Returns true if a prefix operator at `at` has something directly behind it.
    fn has_operand(&self, at: usize) -> bool {
        self.chars.get(at + 1).is_some_and(|c| !c.is_whitespace())
    }

    fn fail<T>(&self, start: usize, problem: Problem) -> Result<T, QueryError> {
        Err(QueryError {
            at: self.range(start),
            problem,
        })
    }

    fn piece(&mut self, c: char) -> Result<LexemeKind, QueryError> {
        let start = self.next;
        match c {
            '(' | '（' => Ok(self.single(LexemeKind::Open)),
            ')' | '）' => Ok(self.single(LexemeKind::Close)),
            '-' | '－' | '−' if self.has_operand(start) => Ok(self.single(LexemeKind::Not)),
            '/' => self.pattern(start),
            '=' | '＝' if self.has_operand(start) => {
                self.next += 1;
                match self.piece(self.chars[self.next])? {
                    LexemeKind::Words(words) if words.fuzzy == 0 => {
                        Ok(LexemeKind::Words(WordLexeme {
                            exact: true,
                            ..words
                        }))
                    }
                    _ => self.fail(start, Problem::NoForm),
                }
            }
            c if is_quote(c) => Ok(LexemeKind::Words(WordLexeme {
                text: self.quotation(start)?,
                slop: self.slop(start)?,
                ..WordLexeme::default()
            })),
            _ => self.word(start),
        }
    }

    const fn single(&mut self, kind: LexemeKind) -> LexemeKind {
        self.next += 1;
        kind
    }

    /// The text between the quotation mark here and the next one.
    fn quotation(&mut self, start: usize) -> Result<String, QueryError> {
        self.next += 1;
        let text: String = self.chars[self.next..]
            .iter()
            .take_while(|c| !is_quote(**c))
            .collect();
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
        let digits: String = self.chars[self.next..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .collect();
        self.next += digits.len();
        match digits.parse::<u32>() {
            Ok(slop) if slop <= MAX_SLOP => Ok(slop),
            _ => self.fail(start, Problem::Slop),
        }
    }

    fn pattern(&mut self, start: usize) -> Result<LexemeKind, QueryError> {
        let mut source = String::new();
        self.next += 1;
        while let Some(c) = self.peek() {
            self.next += 1;
            match (c, self.peek()) {
                ('/', _) => {
                    return if source.is_empty() {
                        self.fail(start, Problem::NoWord("//".to_owned()))
                    } else {
                        Ok(LexemeKind::Pattern(source))
                    };
                }
                // Only the escaped slash is ours; all other escapes belong to the regular expression.
                ('\\', Some('/')) => source.push('/'),
                ('\\', Some(escaped)) => source.extend(['\\', escaped]),
                _ => source.push(c),
            }
            // The escaped character is consumed too, so that it can't close the pattern.
            self.next += usize::from(c == '\\' && self.peek().is_some());
        }
        self.fail(start, Problem::OpenPattern)
    }

    fn word(&mut self, start: usize) -> Result<LexemeKind, QueryError> {
        let text: String = self.chars[start..]
            .iter()
            .take_while(|c| !ends_word(**c))
            .collect();
        if let Some(kind) = self.field(start, &text)? {
            return Ok(kind);
        }
        self.next += text.chars().count();
        if text == "NEAR" || text.starts_with("NEAR/") {
            return match reach(text.trim_start_matches("NEAR").trim_start_matches('/')) {
                Some(reach) => Ok(LexemeKind::Near(reach)),
                None => self.fail(start, Problem::Near),
            };
        }
        let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
        if let Some(word) = bare.strip_suffix(is_tilde) {
            let fuzzy = match text.split_at(bare.len()).1 {
                "" | "1" if !word.is_empty() => 1,
                // More letters would match nearly every short word.
                "2" if !word.is_empty() => 2,
                _ => return self.fail(start, Problem::Slop),
            };
            return Ok(LexemeKind::Words(WordLexeme {
                text: word.to_owned(),
                fuzzy,
                ..WordLexeme::default()
            }));
        }
        // Only capitals are operators, so that `and` and `or` can be searched for.
        Ok(match text.as_str() {
            "AND" => LexemeKind::And,
            "OR" => LexemeKind::Or,
            "NOT" => LexemeKind::Not,
            _ => LexemeKind::Words(WordLexeme {
                text,
                ..WordLexeme::default()
            }),
        })
    }

    /// A field with its value, if a word begins with the name of a field.
    fn field(&mut self, start: usize, text: &str) -> Result<Option<LexemeKind>, QueryError> {
        if let Some((name, _)) = text.split_once(is_separator) {
            if let Some(field) =
                QueryField::named(name).filter(|field| *field != QueryField::Attribute)
            {
                self.next += name.chars().count() + 1;
                return self.value(start, field, String::new()).map(Some);
            }
            if let Some(attribute) = attribute_name(name).filter(|name| !name.is_empty()) {
                self.next += name.chars().count() + 1;
                return self
                    .value(start, QueryField::Attribute, attribute.to_owned())
                    .map(Some);
            }
        }
        // `attr."family income":low`
        let end = start + text.chars().count();
        if attribute_name(text) == Some("") && self.chars.get(end).is_some_and(|c| is_quote(*c)) {
            self.next = end;
            let attribute = self.quotation(self.next)?;
            if !self.peek().is_some_and(is_separator) {
                return self.fail(start, Problem::NoValue(QueryField::Attribute));
            }
            self.next += 1;
            return self
                .value(start, QueryField::Attribute, attribute)
                .map(Some);
        }
        Ok(None)
    }

    fn value(
        &mut self,
        start: usize,
        field: QueryField,
        attribute: String,
    ) -> Result<LexemeKind, QueryError> {
        let value = if self.peek().is_some_and(is_quote) {
            self.quotation(self.next)?
        } else {
            let bare: String = self.chars[self.next..]
                .iter()
                .take_while(|c| !ends_word(**c))
                .collect();
            self.next += bare.chars().count();
            bare
        };
        if value.trim().is_empty() {
            self.fail(start, Problem::NoValue(field))
        } else {
            Ok(LexemeKind::Field(field, attribute, value))
        }
    }
}
