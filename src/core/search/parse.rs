//! The parser of the query language.
//!
//! ```text
//! any     = all (OR all)*
//! all     = near (AND? near)*
//! near    = one (NEAR/n one)*
//! one     = (NOT | -) one | ( any ) | leaf
//! leaf    = word | =word | word~1 | prefix* | "some words" | "some words"~3 | /pattern/ | field:value | field:"a value"
//! ```
//! Words are tokenized like the texts, so `自信` and `自信confidence` are phrases.
//! Full-width brackets, quotation marks and colons are accepted too.

use regex::RegexBuilder;

use crate::model::text::TextRange;

use super::{
    analyser::Stemmer,
    concept::Expansion,
    error::{Problem, QueryError},
    lex::{Lexeme, LexemeKind, TermReach, WordLexeme, lexemes},
    query::{Around, FieldTerm, Near, Query, QueryField, QueryNode, Spanned},
};

/// How deep brackets, NOTs and saved queries may be nested; bounds the recursion of the parser.
const MAX_DEPTH: usize = 64;

/// How a query is parsed.
#[derive(Clone, Copy)]
pub struct ParseOptions<'a> {
    /// True to match words only in the form in which they are written; false to match all forms of an English word.
    pub exact_forms: bool,
    /// True to read words in Latin letters as pinyin.
    pub pinyin: bool,
    /// Looks up what a concept or a saved query stands for.
    pub expansions: &'a dyn Fn(QueryField, &str) -> Option<Vec<Expansion>>,
}

impl Default for ParseOptions<'_> {
    fn default() -> Self {
        Self {
            exact_forms: false,
            pinyin: false,
            expansions: &|_, _| None,
        }
    }
}

impl std::fmt::Debug for ParseOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "ParseOptions(exact_forms: {}, pinyin: {})",
            self.exact_forms, self.pinyin
        )
    }
}

/// Parses a query without concepts and saved queries.
///
/// # Errors
/// The query is invalid; the error says where and how to correct it.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    parse_as(text, &ParseOptions::default())
}

/// Parses a query.
///
/// # Errors
/// The query is invalid; the error says where and how to correct it.
pub fn parse_as(text: &str, options: &ParseOptions<'_>) -> Result<Query, QueryError> {
    let query = Query::new(QueryNode::And(Vec::new()));
    let mut parser = QueryParser {
        lexemes: Vec::new(),
        next: 0,
        depth: 0,
        query,
        stemmer: Stemmer::default(),
        options,
        names: Vec::new(),
    };
    let root = parser.whole(text)?;
    Ok(Query {
        root,
        ..parser.query
    })
}

/// Compiles a regular expression for searching: case is ignored, and `^` and `$` match at line ends.
///
/// # Errors
/// It isn't a valid regular expression.
pub fn pattern(source: &str, at: TextRange) -> Result<regex::Regex, QueryError> {
    let built = RegexBuilder::new(source)
        .case_insensitive(true)
        .multi_line(true)
        .build();
    built.map_err(|error| {
        // The full message shows the pattern with carets over several lines; its last line is the reason.
        let message = error.to_string();
        let reason = message
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned();
        QueryError {
            at,
            problem: Problem::Pattern(reason),
        }
    })
}

pub(super) struct QueryParser<'a> {
    lexemes: Vec<Lexeme>,
    next: usize,
    depth: usize,
    pub(super) query: Query,
    pub(super) stemmer: Stemmer,
    pub(super) options: &'a ParseOptions<'a>,
    /// The saved queries that are being parsed, to notice when one is part of itself.
    names: Vec<String>,
}

impl QueryParser<'_> {
    /// Parses a whole text.
    fn whole(&mut self, text: &str) -> Result<QueryNode, QueryError> {
        self.lexemes = lexemes(text)?;
        self.next = 0;
        if self.lexemes.is_empty() {
            return Err(QueryError {
                at: TextRange::between(0, 0),
                problem: Problem::Empty,
            });
        }
        let root = self.any()?;
        // Only a closing bracket ends an expression early.
        match self.peek() {
            Some(rest) => Err(QueryError {
                at: rest.at,
                problem: Problem::StrayBracket,
            }),
            None => Ok(root),
        }
    }

    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next)
    }

    fn next_is(&self, kind: &LexemeKind) -> bool {
        self.peek().is_some_and(|lexeme| lexeme.kind == *kind)
    }

    fn any(&mut self) -> Result<QueryNode, QueryError> {
        let mut parts = vec![self.all("OR")?];
        while self.next_is(&LexemeKind::Or) {
            self.next += 1;
            parts.push(self.all("OR")?);
        }
        Ok(one_or(parts, QueryNode::Or))
    }

    fn all(&mut self, around: &'static str) -> Result<QueryNode, QueryError> {
        let mut parts = vec![self.near(around)?];
        while let Some(lexeme) = self.peek() {
            match lexeme.kind {
                LexemeKind::And => {
                    self.next += 1;
                    parts.push(self.near("AND")?);
                }
                LexemeKind::Or | LexemeKind::Close => break,
                // Terms without an operator between them are joined by AND.
                _ => parts.push(self.near("AND")?),
            }
        }
        Ok(one_or(parts, QueryNode::And))
    }

    fn near(&mut self, operator: &'static str) -> Result<QueryNode, QueryError> {
        let mut node = self.one(operator)?;
        while let Some(Lexeme {
            kind: LexemeKind::Near(reach),
            at,
        }) = self.peek().cloned()
        {
            self.next += 1;
            let other = self.one("NEAR")?;
            node = match reach {
                TermReach::Words(words) => {
                    let (Some(one), Some(other)) = (spanned(node), spanned(other)) else {
                        return Err(QueryError {
                            at,
                            problem: Problem::NearWords,
                        });
                    };
                    self.query.nears.push(Near { one, other, words });
                    QueryNode::Near(self.query.nears.len() - 1)
                }
                TermReach::Turns(turns) => self.around(node, other, Some(turns)),
                TermReach::Document => self.around(node, other, None),
            };
        }
        Ok(node)
    }

    fn around(&mut self, one: QueryNode, other: QueryNode, turns: Option<u32>) -> QueryNode {
        self.query.arounds.push(Around { one, other, turns });
        QueryNode::Around(self.query.arounds.len() - 1)
    }

    /// Parses one operand of `operator`, which an error names if there is none.
    fn one(&mut self, operator: &'static str) -> Result<QueryNode, QueryError> {
        let last = self
            .lexemes
            .last()
            .map_or(TextRange::between(0, 0), |lexeme| lexeme.at);
        let Some(Lexeme { kind, at }) = self.peek().cloned() else {
            return Err(QueryError {
                at: last,
                problem: Problem::Dangling(operator),
            });
        };
        self.next += 1;
        match kind {
            LexemeKind::Not => {
                let inner = self.deeper(at, |parser| parser.one("NOT"))?;
                Ok(QueryNode::Not(Box::new(inner)))
            }
            LexemeKind::Open if self.peek().is_none() => Err(QueryError {
                at,
                problem: Problem::OpenBracket,
            }),
            LexemeKind::Open => {
                let inner = self.deeper(at, Self::any)?;
                if !self.next_is(&LexemeKind::Close) {
                    return Err(QueryError {
                        at,
                        problem: Problem::OpenBracket,
                    });
                }
                self.next += 1;
                Ok(inner)
            }
            LexemeKind::Close if self.depth == 0 => Err(QueryError {
                at,
                problem: Problem::StrayBracket,
            }),
            LexemeKind::And => Err(QueryError {
                at,
                problem: Problem::Dangling("AND"),
            }),
            LexemeKind::Or => Err(QueryError {
                at,
                problem: Problem::Dangling("OR"),
            }),
            LexemeKind::Close => Err(QueryError {
                at,
                problem: Problem::NoWord("()".to_owned()),
            }),
            LexemeKind::Near(_) => Err(QueryError {
                at,
                problem: Problem::Dangling("NEAR"),
            }),
            LexemeKind::Words(words) => self.phrase(&words, at),
            LexemeKind::Pattern(source) => {
                self.query.patterns.push(pattern(&source, at)?);
                Ok(QueryNode::Pattern(self.query.patterns.len() - 1))
            }
            LexemeKind::Field(field @ (QueryField::Concept | QueryField::Kept), _, value) => {
                self.named(field, value, at)
            }
            LexemeKind::Field(field, attribute, value) => {
                self.query.fields.push(FieldTerm {
                    field,
                    attribute,
                    value,
                    at,
                });
                Ok(QueryNode::Field(self.query.fields.len() - 1))
            }
        }
    }

    /// Parses one level deeper, up to [`MAX_DEPTH`].
    fn deeper(
        &mut self,
        at: TextRange,
        read: impl FnOnce(&mut Self) -> Result<QueryNode, QueryError>,
    ) -> Result<QueryNode, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(QueryError {
                at,
                problem: Problem::TooDeep,
            });
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    /// Parses what a concept or a saved query stands for.
    fn named(
        &mut self,
        field: QueryField,
        name: String,
        at: TextRange,
    ) -> Result<QueryNode, QueryError> {
        let problem = match (self.options.expansions)(field, &name) {
            None => Problem::Unknown { field, value: name },
            Some(expansions) if expansions.is_empty() => Problem::NoIndicators(name),
            Some(_) if self.names.contains(&name) => Problem::Circular(name),
            Some(expansions) => return self.expanded(expansions, &name, at),
        };
        Err(QueryError { at, problem })
    }

    /// Parses the expansions of a name, any of which may match.
    fn expanded(
        &mut self,
        expansions: Vec<Expansion>,
        name: &str,
        at: TextRange,
    ) -> Result<QueryNode, QueryError> {
        let mut parts = Vec::new();
        for expansion in expansions {
            match expansion {
                Expansion::Phrases(phrases) => {
                    for text in phrases {
                        let words = WordLexeme {
                            text,
                            ..WordLexeme::default()
                        };
                        parts.push(self.phrase(&words, at)?);
                    }
                }
                Expansion::Pattern(source) => {
                    self.query.patterns.push(pattern(&source, at)?);
                    parts.push(QueryNode::Pattern(self.query.patterns.len() - 1));
                }
                Expansion::Query(text) => {
                    // The lexemes of the saved query replace those of the outer one while it is parsed.
                    let (outer, next) = (std::mem::take(&mut self.lexemes), self.next);
                    self.names.push(name.to_owned());
                    let inner = self.deeper(at, |parser| parser.whole(&text));
                    self.names.pop();
                    (self.lexemes, self.next) = (outer, next);
                    // An error in the saved query is located where the query names it, since its own text isn't shown.
                    parts.push(inner.map_err(|error| QueryError {
                        at,
                        problem: error.problem,
                    })?);
                }
            }
        }
        Ok(one_or(parts, QueryNode::Or))
    }
}

/// A single part as it is, several parts as a list.
fn one_or(
    mut parts: Vec<QueryNode>,
    several: impl FnOnce(Vec<QueryNode>) -> QueryNode,
) -> QueryNode {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        several(parts)
    }
}

/// Converts a node to an operand of a NEAR over words; `None` if its matches have no first and last word.
fn spanned(node: QueryNode) -> Option<Spanned> {
    match node {
        QueryNode::Phrase(number) => Some(Spanned::Phrase(number)),
        QueryNode::Near(number) => Some(Spanned::Near(number)),
        QueryNode::Or(parts) => parts
            .into_iter()
            .map(spanned)
            .collect::<Option<_>>()
            .map(Spanned::Any),
        QueryNode::And(_)
        | QueryNode::Not(_)
        | QueryNode::Pattern(_)
        | QueryNode::Field(_)
        | QueryNode::Around(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn queries_are_understood() {
        for (text, expected) in [
            ("Believes", "\"believ\""),
            ("自信", "\"自 信\""),
            ("自信confidence", "\"自 信 confid\""),
            ("self-esteem", "\"self esteem\""),
            ("don’t", "\"don't\""),
            ("a b", "(\"a\" AND \"b\")"),
            ("a AND b OR c", "((\"a\" AND \"b\") OR \"c\")"),
            ("a (b OR -c)", "(\"a\" AND (\"b\" OR NOT \"c\"))"),
            ("NOT a", "NOT \"a\""),
            ("“support me”～3", "\"support me\"~3"),
            ("\"stop. go\"", "\"stop, go\""),
            ("belie*", "\"belie*\""),
            ("\"my famil* 自*\"", "\"my famil* 自\""),
            (
                "（自信 OR 自尊） -老师",
                "((\"自 信\" OR \"自 尊\") AND NOT \"老 师\")",
            ),
            (
                "speaker:Mother school",
                "(speaker:\"Mother\" AND \"school\")",
            ),
            (
                "个案：“家庭 1” CODE:需要/归属",
                "(case:\"家庭 1\" AND code:\"需要/归属\")",
            ),
            ("/belie[fv]\\/a b/", "/belie[fv]/a b/"),
            ("and or", "(\"and\" AND \"or\")"),
            ("12:30", "\"12, 30\""),
            ("=believes", "\"=believes\""),
            ("=“my families”", "\"=my =families\""),
            ("confidant~1", "\"confidant~1\""),
            ("a NEAR/3 自信", "(\"a\" NEAR/3 \"自 信\")"),
            (
                "a NEAR b NEAR/2 (c OR d)",
                "((\"a\" NEAR/10 \"b\") NEAR/2 (\"c\" OR \"d\"))",
            ),
            (
                "x a NEAR/2turns -b",
                "(\"x\" AND (\"a\" NEAR/2turns NOT \"b\"))",
            ),
            (
                "a NEAR/document b OR c",
                "((\"a\" NEAR/document \"b\") OR \"c\")",
            ),
            (
                "attr.income:low 属性.年龄：>=10",
                "(attr.income:\"low\" AND attr.年龄:\">=10\")",
            ),
            (
                "attr.\"family income\":low date:2025-03",
                "(attr.family income:\"low\" AND date:\"2025-03\")",
            ),
        ] {
            let read = parse(text).map(|query| query.to_string());
            assert_eq!(read.as_deref(), Ok(expected), "{text}");
        }
    }

    /// Checks how the error of each text begins.
    fn check_errors(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let said = parse(text)
                .map(|query| query.to_string())
                .unwrap_err()
                .to_string();
            assert!(said.starts_with(expected), "{text}: {said}");
        }
    }

    #[test]
    fn errors_say_where_and_what_to_do() {
        check_errors(&[
            (
                "",
                "at character 1 of the query: the query is empty; type a word, a “phrase”",
            ),
            (
                "a \"b c",
                "at character 3 of the query: the quotation is not closed; add a closing",
            ),
            (
                "a (",
                "at character 3 of the query: the bracket is not closed; add “)”",
            ),
            (
                "自信（a",
                "at character 3 of the query: the bracket is not closed; add “)”",
            ),
            (
                "a)",
                "at character 2 of the query: there is no bracket to close; remove it",
            ),
            (
                "a OR",
                "at character 3 of the query: OR lacks a term; put a term",
            ),
            ("AND a", "at character 1 of the query: AND lacks a term"),
            (
                "a ，",
                "at character 3 of the query: “，” contains no word; use literal",
            ),
            ("()", "at character 2 of the query: “()” contains no word"),
            (
                "confidence~3",
                "at character 1 of the query: “~” needs a quotation",
            ),
            (
                "自信~1",
                "at character 1 of the query: “~” needs a quotation",
            ),
            (
                "a NEAR/x b",
                "at character 3 of the query: NEAR lacks its distance; write",
            ),
            ("a NEAR/3", "at character 3 of the query: NEAR lacks a term"),
            (
                "a NEAR/3 (b c)",
                "at character 3 of the query: NEAR with a number of words only joins words",
            ),
        ]);
    }

    #[test]
    fn errors_of_fields_and_patterns_say_where_and_what_to_do() {
        check_errors(&[
            (
                "concept:Joy",
                "at character 1 of the query: there is no concept “Joy”",
            ),
            ("=/a/", "at character 1 of the query: “=” needs a word"),
            (
                "attr.age: ",
                "at character 1 of the query: “attr:” has no value",
            ),
            (
                "speaker: a",
                "at character 1 of the query: “speaker:” has no value; write a name",
            ),
            (
                "/a(/",
                "at character 1 of the query: the pattern is not a regular expression: unclosed group",
            ),
            (
                "/a",
                "at character 1 of the query: the pattern is not closed; add “/”",
            ),
        ]);
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert_eq!(
            parse(&"(".repeat(9_999)).unwrap_err().problem,
            Problem::TooDeep
        );
        assert_eq!(
            parse(&format!("{}x", "-".repeat(9_999)))
                .unwrap_err()
                .problem,
            Problem::TooDeep
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,30}", queryish in "[ab自信\"“”~*()（）/:：\\-ANDORT 0-9]{0,24}") {
            for text in [text, queryish] {
                if let Err(error) = parse(&text) {
                    prop_assert!(error.at.end() as usize <= text.chars().count());
                }
            }
        }
    }
}
