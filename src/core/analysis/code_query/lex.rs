//! The lexer of queries over codes: splits a query into words, quotations, brackets and facet tests.

use super::error::{CodeQueryError, QueryProblem};
use crate::model::text::TextRange;

/// A token of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct QueryToken {
    /// Its kind, with its content.
    pub kind: QueryTokenKind,
    /// Its range in the query, in code points.
    pub at: TextRange,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum QueryTokenKind {
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `[…]`, without the brackets.
    Facets(String),
    /// `,`.
    Comma,
    /// A word, or the content of quotation marks.
    Text {
        /// The text.
        text: String,
        /// True if it was in quotation marks, which make it a name even if it looks like an operator.
        quoted: bool,
    },
}

pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

const fn closes_facets(c: char) -> bool {
    matches!(c, ']' | '］' | '】')
}

fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || is_quote(c)
        || matches!(
            c,
            '(' | '（' | ')' | '）' | ',' | '，' | '、' | '[' | '［' | '【'
        )
}

/// Splits a query into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<QueryToken>, CodeQueryError> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        let start = at;
        at += 1;
        let kind = match c {
            c if c.is_whitespace() => continue,
            '(' | '（' => QueryTokenKind::Open,
            ')' | '）' => QueryTokenKind::Close,
            ',' | '，' | '、' => QueryTokenKind::Comma,
            '[' | '［' | '【' => {
                let inner = enclosed(&chars, at, '[', closes_facets)?;
                at += inner.chars().count() + 1;
                QueryTokenKind::Facets(inner)
            }
            c if is_quote(c) => {
                let text = enclosed(&chars, at, '"', is_quote)?;
                at += text.chars().count() + 1;
                QueryTokenKind::Text { text, quoted: true }
            }
            _ => {
                let text: String = chars[start..]
                    .iter()
                    .take_while(|c| !ends_word(**c))
                    .collect();
                at = start + text.chars().count();
                QueryTokenKind::Text {
                    text,
                    quoted: false,
                }
            }
        };
        tokens.push(QueryToken {
            kind,
            at: range(start, at),
        });
    }
    Ok(tokens)
}

/// The text from `start` up to the next character that closes it; `opened` is named if there is none.
fn enclosed(
    chars: &[char],
    start: usize,
    opened: char,
    closes: fn(char) -> bool,
) -> Result<String, CodeQueryError> {
    let rest = &chars[start..];
    match rest.iter().position(|c| closes(*c)) {
        Some(length) => Ok(rest[..length].iter().collect()),
        None => Err(CodeQueryError {
            at: range(start - 1, chars.len()),
            problem: QueryProblem::Open(opened),
        }),
    }
}

fn range(start: usize, end: usize) -> TextRange {
    let length = u32::try_from(end - start).unwrap_or(u32::MAX);
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    TextRange::between(start, start.saturating_add(length))
}
