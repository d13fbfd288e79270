//! The parser of queries over codes, which resolves names in the project at once.

use std::collections::BTreeSet;

use super::{
    CodeQuery, CodeTerm, Distance, Expression, Operator, Shared,
    error::{CodeQueryError, QueryProblem},
    facets::facet_test,
    lex::{QueryToken, QueryTokenKind, tokens},
    names::{alike, codes_named},
};
use crate::{
    language::fold::fold,
    message::text::Text,
    model::{Project, query::QueryKind, text::TextRange},
};

/// How deep brackets and smart codes may be nested; bounds the recursion of the parser.
const MAX_DEPTH: usize = 48;

/// Parses a query.
pub(super) fn parse(text: &str, project: &Project) -> Result<CodeQuery, CodeQueryError> {
    let mut parser = CodeQueryParser {
        tokens: tokens(text)?,
        next: 0,
        project,
        depth: 0,
        names: Vec::new(),
    };
    if parser.tokens.is_empty() {
        return Err(CodeQueryError {
            at: TextRange::between(0, 0),
            problem: QueryProblem::Empty,
        });
    }
    Ok(CodeQuery {
        root: parser.whole()?,
    })
}

pub(super) struct CodeQueryParser<'a> {
    tokens: Vec<QueryToken>,
    /// The index of the next token.
    pub(super) next: usize,
    pub(super) project: &'a Project,
    depth: usize,
    /// The smart codes that are being parsed, to notice when one is part of itself.
    names: Vec<String>,
}

pub(super) type ParseResult<T> = Result<T, CodeQueryError>;

impl CodeQueryParser<'_> {
    pub(super) fn peek(&self) -> Option<&QueryToken> {
        self.tokens.get(self.next)
    }

    /// The next token if it is a word without quotation marks.
    fn bare(&self) -> Option<&str> {
        match self.peek() {
            Some(QueryToken {
                kind:
                    QueryTokenKind::Text {
                        text,
                        quoted: false,
                    },
                ..
            }) => Some(text),
            _ => None,
        }
    }

    /// The range of the next token, or of the last one at the end.
    pub(super) fn here(&self) -> TextRange {
        let last = self
            .tokens
            .last()
            .map_or(TextRange::between(0, 0), |word| word.at);
        self.peek().map_or(last, |word| word.at)
    }

    fn fail<T>(&self, problem: QueryProblem) -> ParseResult<T> {
        Err(CodeQueryError {
            at: self.here(),
            problem,
        })
    }

    fn whole(&mut self) -> ParseResult<Expression> {
        let node = self.query()?;
        match self.peek() {
            None => Ok(node),
            Some(QueryToken {
                kind: QueryTokenKind::Text { text, .. },
                ..
            }) => self.fail(QueryProblem::Stray(text.clone())),
            Some(QueryToken {
                kind: QueryTokenKind::Close,
                ..
            }) => self.fail(QueryProblem::Stray(")".to_owned())),
            Some(_) => self.fail(QueryProblem::Stray(",".to_owned())),
        }
    }

    fn query(&mut self) -> ParseResult<Expression> {
        let mut node = self.pair()?;
        while matches!(self.bare(), Some("OR" | "或")) {
            self.next += 1;
            node = Expression::Or(Box::new(node), Box::new(self.pair()?));
        }
        if matches!(self.bare(), Some("WHERE" | "其中")) {
            self.next += 1;
            let mut conditions = vec![self.condition()?];
            while self
                .peek()
                .is_some_and(|word| word.kind == QueryTokenKind::Comma)
                || matches!(self.bare(), Some("AND" | "且"))
            {
                self.next += 1;
                conditions.push(self.condition()?);
            }
            node = Expression::Where(Box::new(node), conditions);
        }
        Ok(node)
    }

    fn pair(&mut self) -> ParseResult<Expression> {
        let mut node = self.one()?;
        while let Some(operator) = self.operator()? {
            let other = self.one()?;
            node = Expression::Pair(operator, Box::new(node), Box::new(other));
        }
        Ok(node)
    }

    /// Parses an operator, if there is one.
    fn operator(&mut self) -> ParseResult<Option<Operator>> {
        let Some(word) = self.bare().map(str::to_owned) else {
            return Ok(None);
        };
        let (name, far) = word
            .split_once('/')
            .map_or((word.as_str(), None), |(name, far)| (name, Some(far)));
        let distance = match far {
            Some(far) => distance(far)
                .map(Some)
                .ok_or_else(|| QueryProblem::Distance(far.to_owned())),
            None => Ok(None),
        };
        let found = match name {
            "AND" | "且" if far.is_none() => Operator::And,
            "NOT" | "非" if far.is_none() => Operator::Not,
            "OVERLAPS" | "重叠" if far.is_none() => Operator::Overlaps,
            "WITHIN" | "包含于" if far.is_none() => Operator::Within,
            "CONTAINS" | "包含" if far.is_none() => Operator::Contains,
            "NEAR" | "附近" | "BEFORE" | "先于" | "AFTER" | "后于" => {
                match (name, distance) {
                    (_, Err(problem)) => return self.fail(problem),
                    ("NEAR" | "附近", Ok(far)) => {
                        Operator::Near(far.unwrap_or(Distance::Turns(1)))
                    }
                    ("BEFORE" | "先于", Ok(far)) => Operator::Before(far),
                    (_, Ok(far)) => Operator::After(far),
                }
            }
            "SAME" | "同" => {
                self.next += 1;
                match self.bare().map(str::to_lowercase).as_deref() {
                    Some("turn" | "话轮") => Operator::Same(Shared::Turn),
                    Some("speaker" | "说话人") => Operator::Same(Shared::Speaker),
                    Some("document" | "文档") => Operator::Same(Shared::Document),
                    Some("case" | "个案") => Operator::Same(Shared::Case),
                    _ => return self.fail(QueryProblem::Same),
                }
            }
            _ => return Ok(None),
        };
        self.next += 1;
        Ok(Some(found))
    }

    fn one(&mut self) -> ParseResult<Expression> {
        let at = self.here();
        let Some(word) = self.peek().cloned() else {
            return self.fail(QueryProblem::NoCode);
        };
        match word.kind {
            QueryTokenKind::Open => {
                self.next += 1;
                let inner = self.deeper(Self::query)?;
                if self
                    .peek()
                    .is_none_or(|word| word.kind != QueryTokenKind::Close)
                {
                    return Err(CodeQueryError {
                        at,
                        problem: QueryProblem::Open('('),
                    });
                }
                self.next += 1;
                Ok(inner)
            }
            QueryTokenKind::Text { text, quoted } => {
                if !quoted && is_reserved(&text) {
                    return self.fail(QueryProblem::NoCode);
                }
                let smart = text
                    .strip_prefix(['@', '＠'])
                    .filter(|_| !quoted)
                    .map(str::to_owned);
                self.next += 1;
                match smart {
                    Some(name) => self.smart(&name, at),
                    None => self.code(&text, at),
                }
            }
            QueryTokenKind::Close | QueryTokenKind::Comma | QueryTokenKind::Facets(_) => {
                self.fail(QueryProblem::NoCode)
            }
        }
    }

    /// Parses one level deeper, up to [`MAX_DEPTH`].
    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> ParseResult<Expression>,
    ) -> ParseResult<Expression> {
        if self.depth >= MAX_DEPTH {
            return self.fail(QueryProblem::TooDeep);
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    /// Parses a smart code, which is a saved query; in `@"two words"` the name is the next token.
    fn smart(&mut self, name: &str, at: TextRange) -> ParseResult<Expression> {
        let mut name = name.to_owned();
        if name.is_empty()
            && let Some(QueryToken {
                kind: QueryTokenKind::Text { text, quoted: true },
                ..
            }) = self.peek()
        {
            name.clone_from(text);
            self.next += 1;
        }
        let folded = fold(&name);
        let mut queries = self.project.queries.values();
        let saved =
            queries.find(|query| query.kind == QueryKind::Codes && fold(&query.name) == folded);
        let problem = match saved {
            Some(_) if self.names.contains(&folded) => QueryProblem::Circular(name),
            Some(saved) => {
                // An error in the saved query is located where the query names it, since its own text isn't shown.
                return self
                    .saved(&saved.text, folded)
                    .map_err(|error| CodeQueryError {
                        at,
                        problem: error.problem,
                    });
            }
            None => QueryProblem::Unknown {
                kind: Text::new("smart code", "智能编码"),
                name,
            },
        };
        Err(CodeQueryError { at, problem })
    }

    /// Parses the text of a saved query in place of its name.
    fn saved(&mut self, text: &str, folded_name: String) -> ParseResult<Expression> {
        let outer = std::mem::replace(&mut self.tokens, tokens(text)?);
        let next = std::mem::take(&mut self.next);
        self.names.push(folded_name);
        let node = if self.tokens.is_empty() {
            self.fail(QueryProblem::Empty)
        } else {
            self.deeper(Self::whole)
        };
        self.names.pop();
        (self.tokens, self.next) = (outer, next);
        node
    }

    /// Parses a code, with its facet tests.
    fn code(&mut self, written: &str, at: TextRange) -> ParseResult<Expression> {
        let (name, own, below) = if let Some(name) = written.strip_suffix(['!', '！']) {
            (name, true, false)
        } else if let Some(name) = written.strip_suffix("/*") {
            (name, false, true)
        } else {
            (written, true, true)
        };
        let book = &self.project.codebook;
        let named = codes_named(name, self.project);
        if named.is_empty() {
            return Err(CodeQueryError {
                at,
                problem: QueryProblem::UnknownCode {
                    name: name.to_owned(),
                    alike: alike(name, self.project),
                },
            });
        }
        let mut codes = BTreeSet::new();
        let mut with_descendants = BTreeSet::new();
        for code in &named {
            let all = book.with_descendants(*code);
            with_descendants.extend(all.iter().copied());
            codes.extend(
                all.into_iter()
                    .filter(|id| if id == code { own } else { below }),
            );
        }
        let mut facets = Vec::new();
        if let Some(QueryToken {
            kind: QueryTokenKind::Facets(text),
            at,
        }) = self.peek().cloned()
        {
            self.next += 1;
            let tests = text.split([',', '，', '、']).map(str::trim);
            for test in tests.filter(|test| !test.is_empty()) {
                // Facets of all descendants count, even if only the code's own codings do.
                let test = facet_test(test, &with_descendants, self.project);
                facets.push(test.map_err(|problem| CodeQueryError { at, problem })?);
            }
        }
        Ok(Expression::Codes(CodeTerm {
            name: written.to_owned(),
            codes,
            facets,
        }))
    }
}

/// Returns true for words that are part of the query language unless they are quoted.
pub(super) fn is_reserved(word: &str) -> bool {
    const RESERVED: [&str; 22] = [
        "AND",
        "且",
        "OR",
        "或",
        "NOT",
        "非",
        "OVERLAPS",
        "重叠",
        "WITHIN",
        "包含于",
        "CONTAINS",
        "包含",
        "NEAR",
        "附近",
        "BEFORE",
        "先于",
        "AFTER",
        "后于",
        "SAME",
        "同",
        "WHERE",
        "其中",
    ];
    let name = word.split_once('/').map_or(
        word,
        |(name, far)| if distance(far).is_some() { name } else { word },
    );
    RESERVED.contains(&name)
}

/// Parses a distance: `3turns`, `20words`, or `3`, which means turns.
fn distance(text: &str) -> Option<Distance> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u32 = digits.parse().ok()?;
    match text.get(digits.len()..)? {
        "" | "t" | "turn" | "turns" | "轮" | "话轮" => Some(Distance::Turns(number)),
        "w" | "word" | "words" | "词" => Some(Distance::Words(number)),
        _ => None,
    }
}
