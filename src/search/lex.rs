//! Cuts a query into words, quotations, fields, patterns and operators.

use crate::model::text::TextRange;

use super::{
    error::{Problem, QueryError},
    query::QueryField,
};

/// Most words that may lie between the words of a phrase.
const MAX_SLOP: u32 = 100;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// What it is.
    pub kind: LexemeKind,
    /// Where it stands, in code points.
    pub at: TextRange,
}

/// What a piece of a query is.
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
    /// A word or quotation, with the words that may lie between.
    Words {
        /// What stands there, without quotation marks.
        text: String,
        /// Words that may lie between.
        slop: u32,
        /// Whether the words are meant in this very form.
        exact: bool,
        /// Letters in which a word may differ.
        fuzzy: u8,
    },
    /// `/…/`, without the slashes.
    Pattern(String),
    /// `field:value`, with the attribute's name for `attr.name:value`.
    Field(QueryField, String, String),
    /// `NEAR/3`, `NEAR/2turns`, `NEAR/document`.
    Near(Reach),
}

/// How near things are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// So many words between them at most.
    Words(u32),
    /// So many turns apart at most.
    Turns(u32),
    /// In one document.
    Document,
}

/// The pieces of a query.
///
/// # Errors
/// When a quotation or pattern isn't closed, or a field lacks its value.
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

/// How near `NEAR/…` means: 10 words where nothing is said.
fn reach(text: &str) -> Option<Reach> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = digits
        .parse::<u32>()
        .ok()
        .filter(|number| *number <= MAX_SLOP);
    match (text.get(digits.len()..)?, number) {
        ("", None) if text.is_empty() => Some(Reach::Words(10)),
        ("" | "w" | "word" | "words" | "词", Some(words)) => Some(Reach::Words(words)),
        ("t" | "turn" | "turns" | "轮", Some(turns)) => Some(Reach::Turns(turns)),
        ("turn" | "话轮", None) if digits.is_empty() => Some(Reach::Turns(0)),
        ("doc" | "document" | "文档", None) if digits.is_empty() => Some(Reach::Document),
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
            '-' | '－' | '−'
                if self
                    .chars
                    .get(start + 1)
                    .is_some_and(|c| !c.is_whitespace()) =>
            {
                Ok(self.single(LexemeKind::Not))
            }
            '/' => self.pattern(start),
            '=' | '＝'
                if self
                    .chars
                    .get(start + 1)
                    .is_some_and(|c| !c.is_whitespace()) =>
            {
                self.next += 1;
                match self.piece(self.chars[self.next])? {
                    LexemeKind::Words {
                        text,
                        slop,
                        fuzzy: 0,
                        ..
                    } => Ok(LexemeKind::Words {
                        text,
                        slop,
                        exact: true,
                        fuzzy: 0,
                    }),
                    _ => self.fail(start, Problem::NoForm),
                }
            }
            c if is_quote(c) => {
                let text = self.quotation(start)?;
                let slop = self.slop(start)?;
                Ok(LexemeKind::Words {
                    text,
                    slop,
                    exact: false,
                    fuzzy: 0,
                })
            }
            _ => self.word(start),
        }
    }

    const fn single(&mut self, kind: LexemeKind) -> LexemeKind {
        self.next += 1;
        kind
    }

    /// What stands between the quotation mark here and the next.
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
            .map_while(|c| c.to_digit(10).and_then(|d| char::from_digit(d, 10)))
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
                ('\\', Some('/')) => source.push('/'),
                ('\\', Some(escaped)) => source.extend(['\\', escaped]),
                _ => source.push(c),
            }
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
            let letters = text.chars().skip(bare.chars().count()).collect::<String>();
            return match letters.as_str() {
                "" | "1" if !word.is_empty() => Ok(LexemeKind::Words {
                    text: word.to_owned(),
                    slop: 0,
                    exact: false,
                    fuzzy: 1,
                }),
                "2" if !word.is_empty() => Ok(LexemeKind::Words {
                    text: word.to_owned(),
                    slop: 0,
                    exact: false,
                    fuzzy: 2,
                }),
                _ => self.fail(start, Problem::Slop),
            };
        }
        Ok(match text.as_str() {
            "AND" => LexemeKind::And,
            "OR" => LexemeKind::Or,
            "NOT" => LexemeKind::Not,
            _ => LexemeKind::Words {
                text,
                slop: 0,
                exact: false,
                fuzzy: 0,
            },
        })
    }

    /// A field with its value, where a word begins so.
    fn field(&mut self, start: usize, text: &str) -> Result<Option<LexemeKind>, QueryError> {
        let attribute = |name: &str| {
            let (base, attribute) = name.split_once('.')?;
            (QueryField::named(base) == Some(QueryField::Attribute)).then(|| attribute.to_owned())
        };
        let is_separator = |c: char| matches!(c, ':' | '：');
        if let Some((name, _)) = text.split_once(is_separator) {
            if let Some(field) =
                QueryField::named(name).filter(|field| *field != QueryField::Attribute)
            {
                self.next += name.chars().count() + 1;
                return self.value(start, field, String::new()).map(Some);
            }
            if let Some(attribute) = attribute(name).filter(|attribute| !attribute.is_empty()) {
                self.next += name.chars().count() + 1;
                return self
                    .value(start, QueryField::Attribute, attribute)
                    .map(Some);
            }
        }
        // `attr."family income":low`
        if attribute(text).is_some_and(|attribute| attribute.is_empty())
            && self
                .chars
                .get(start + text.chars().count())
                .is_some_and(|c| is_quote(*c))
        {
            self.next += text.chars().count();
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
