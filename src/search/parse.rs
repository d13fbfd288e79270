//! Reads the query language.
//!
//! ```text
//! any     = all (OR all)*
//! all     = one (AND? one)*
//! one     = (NOT | -) one | ( any ) | leaf
//! leaf    = word | prefix* | "some words" | "some words"~3 | /pattern/ | field:value | field:"a value"
//! ```
//! A word is analysed as the texts are, so `自信` and `自信confidence` are phrases. Full-width brackets, quotation marks and colons serve as well.

use regex::RegexBuilder;

use crate::model::text::TextRange;

use super::{
    analyser::{Stemmer, Tokens},
    error::{Problem, QueryError},
    lex::{Kind, Lexeme, lexemes},
    query::{FieldTerm, Node, Phrase, Query, Slot, Term},
};

/// How deep brackets and NOTs may be nested.
const MAX_DEPTH: usize = 64;

/// Understands a query.
///
/// # Errors
/// When it can't be understood; the error says where and what to do.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let lexemes = lexemes(text)?;
    let query = Query { root: Node::And(Vec::new()), terms: Vec::new(), phrases: Vec::new(), patterns: Vec::new(), fields: Vec::new() };
    let mut parser = Parser { lexemes: &lexemes, next: 0, depth: 0, query, stemmer: Stemmer::default() };
    if lexemes.is_empty() {
        return Err(QueryError { at: TextRange::between(0, 0), problem: Problem::Empty });
    }
    let root = parser.any()?;
    if let Some(rest) = parser.peek() {
        return Err(QueryError { at: rest.at, problem: Problem::StrayBracket });
    }
    Ok(Query { root, ..parser.query })
}

/// A pattern as the search uses it: case doesn't matter, `^` and `$` stand at line borders.
///
/// # Errors
/// When it is no regular expression.
pub fn pattern(source: &str, at: TextRange) -> Result<regex::Regex, QueryError> {
    let built = RegexBuilder::new(source).case_insensitive(true).multi_line(true).build();
    built.map_err(|error| {
        let said = error.to_string();
        let last = said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        QueryError { at, problem: Problem::Pattern(last) }
    })
}

struct Parser<'a> {
    lexemes: &'a [Lexeme],
    next: usize,
    depth: usize,
    query: Query,
    stemmer: Stemmer,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next)
    }

    fn next_is(&self, kind: &Kind) -> bool {
        self.peek().is_some_and(|lexeme| lexeme.kind == *kind)
    }

    fn any(&mut self) -> Result<Node, QueryError> {
        let mut parts = vec![self.all("OR")?];
        while self.next_is(&Kind::Or) {
            self.next += 1;
            parts.push(self.all("OR")?);
        }
        Ok(one_or(parts, Node::Or))
    }

    fn all(&mut self, around: &'static str) -> Result<Node, QueryError> {
        let mut parts = vec![self.one(around)?];
        while let Some(lexeme) = self.peek() {
            match lexeme.kind {
                Kind::And => {
                    self.next += 1;
                    parts.push(self.one("AND")?);
                }
                Kind::Or | Kind::Close => break,
                _ => parts.push(self.one("AND")?),
            }
        }
        Ok(one_or(parts, Node::And))
    }

    /// A term; `wanted_by` names the operator that lacks one when there is none.
    fn one(&mut self, wanted_by: &'static str) -> Result<Node, QueryError> {
        let last = self.lexemes.last().map_or(TextRange::between(0, 0), |lexeme| lexeme.at);
        let Some(Lexeme { kind, at }) = self.peek().cloned() else {
            return Err(QueryError { at: last, problem: Problem::Dangling(wanted_by) });
        };
        self.next += 1;
        match kind {
            Kind::Not => {
                let inner = self.deeper(at, |parser| parser.one("NOT"))?;
                Ok(Node::Not(Box::new(inner)))
            }
            Kind::Open => {
                let inner = self.deeper(at, Self::any)?;
                if !self.next_is(&Kind::Close) {
                    return Err(QueryError { at, problem: Problem::OpenBracket });
                }
                self.next += 1;
                Ok(inner)
            }
            Kind::Close if self.depth == 0 => Err(QueryError { at, problem: Problem::StrayBracket }),
            Kind::And => Err(QueryError { at, problem: Problem::Dangling("AND") }),
            Kind::Or => Err(QueryError { at, problem: Problem::Dangling("OR") }),
            Kind::Close => Err(QueryError { at, problem: Problem::NoWord("()".to_owned()) }),
            Kind::Words { text, slop } => self.phrase(&text, slop, at),
            Kind::Pattern(source) => {
                self.query.patterns.push(pattern(&source, at)?);
                Ok(Node::Pattern(self.query.patterns.len() - 1))
            }
            Kind::Field(field, value) => {
                self.query.fields.push(FieldTerm { field, value, at });
                Ok(Node::Field(self.query.fields.len() - 1))
            }
        }
    }

    fn deeper(&mut self, at: TextRange, read: impl FnOnce(&mut Self) -> Result<Node, QueryError>) -> Result<Node, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(QueryError { at, problem: Problem::TooDeep });
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn phrase(&mut self, text: &str, slop: u32, at: TextRange) -> Result<Node, QueryError> {
        let chars: Vec<char> = text.chars().collect();
        let is_star = |index: usize| {
            matches!(chars.get(index), Some('*' | '＊')) && index.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric())
        };
        let plain: String = chars.iter().enumerate().map(|(index, &c)| if is_star(index) { ' ' } else { c }).collect();
        let (mut tokens, mut term, mut slots, mut before) = (Tokens::new(&plain), String::new(), Vec::new(), None);
        while let Some(token) = tokens.next(&mut term) {
            let step = before.map_or(0, |before| token.position - before);
            before = Some(token.position);
            let wanted = if token.han {
                Term::Han(term.clone())
            } else if is_star(token.end as usize) {
                Term::Prefix(term.clone())
            } else {
                Term::Stem(self.stemmer.stem(&term))
            };
            slots.push(Slot { term: self.term(wanted), step });
        }
        if slots.is_empty() {
            return Err(QueryError { at, problem: Problem::NoWord(text.to_owned()) });
        }
        self.query.phrases.push(Phrase { slots, slop });
        Ok(Node::Phrase(self.query.phrases.len() - 1))
    }

    fn term(&mut self, wanted: Term) -> usize {
        let terms = &mut self.query.terms;
        terms.iter().position(|term| *term == wanted).unwrap_or_else(|| {
            terms.push(wanted);
            terms.len() - 1
        })
    }
}

fn one_or(mut parts: Vec<Node>, several: impl FnOnce(Vec<Node>) -> Node) -> Node {
    if parts.len() == 1 { parts.remove(0) } else { several(parts) }
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
            ("（自信 OR 自尊） -老师", "((\"自 信\" OR \"自 尊\") AND NOT \"老 师\")"),
            ("speaker:Mother school", "(speaker:\"Mother\" AND \"school\")"),
            ("个案：“家庭 1” CODE:需要/归属", "(case:\"家庭 1\" AND code:\"需要/归属\")"),
            ("/belie[fv]\\/a b/", "/belie[fv]/a b/"),
            ("and or", "(\"and\" AND \"or\")"),
            ("12:30", "\"12, 30\""),
        ] {
            let read = parse(text).map(|query| query.to_string());
            assert_eq!(read.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn errors_say_where_and_what_to_do() {
        for (text, expected) in [
            ("", "at character 1 of the query: the query is empty; type a word"),
            ("a \"b c", "at character 3 of the query: the quotation is not closed; add a closing"),
            ("自信（a", "at character 3 of the query: the bracket is not closed; add `)`"),
            ("a)", "at character 2 of the query: there is no bracket to close; take it out"),
            ("a OR", "at character 3 of the query: `OR` has nothing to work on; put a term"),
            ("AND a", "at character 1 of the query: `AND` has nothing to work on"),
            ("a ，", "at character 3 of the query: `，` holds no word; use literal"),
            ("()", "at character 2 of the query: `()` holds no word"),
            ("confidence~2", "at character 1 of the query: `~` needs a quotation"),
            ("a NEAR/3 b", "at character 3 of the query: there is no operator NEAR; write"),
            ("speaker: a", "at character 1 of the query: `speaker:` has no value; put a name"),
            ("/a(/", "at character 1 of the query: the pattern is not a regular expression: unclosed group"),
            ("/a", "at character 1 of the query: the pattern is not closed; add `/`"),
        ] {
            let said = parse(text).map(|query| query.to_string()).unwrap_err().to_string();
            assert!(said.starts_with(expected), "{text}: {said}");
        }
        assert_eq!(parse(&"(".repeat(9_999)).unwrap_err().problem, Problem::TooDeep);
        assert_eq!(parse(&format!("{}x", "-".repeat(9_999))).unwrap_err().problem, Problem::TooDeep);
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
