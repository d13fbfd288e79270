//! Reads queries over codes; names are looked up in the project at once.

use std::collections::BTreeSet;

use super::{
    CodeQuery, CodeTerm, Condition, Distance, Expression, FacetTest, Operator, Shared, Test,
};
use crate::{
    language::{
        fold::{fold, matching_names},
        values::ValueCondition,
    },
    message::{
        Message,
        explain::{Explain, Explanation},
        text::Text,
    },
    model::{
        Project,
        code::Code,
        facet::{FacetKind, FacetValue},
        ids::{CodeId, FacetId},
        query::QueryKind,
        text::TextRange,
    },
};

/// How deep brackets and smart codes may be nested.
const MAX_DEPTH: usize = 48;

/// A query that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub struct CodeQueryError {
    /// The part of the query it is about, in code points.
    pub at: TextRange,
    /// What is wrong, and what to do.
    pub trouble: Trouble,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing was asked.
    Empty,
    /// An operator where a code should be, or nothing.
    NoCode,
    /// A bracket or quotation without its end.
    Open(char),
    /// Something after the end.
    Stray(String),
    /// A code that isn't there; with some that are called alike.
    UnknownCode {
        /// The name given.
        name: String,
        /// Codes whose names begin so, or contain it.
        alike: Vec<String>,
    },
    /// A facet that none of the codes asks.
    UnknownFacet(String),
    /// A value that the facet doesn't take.
    UnknownValue(String),
    /// A case, phase, coder, document or attribute that isn't there.
    Unknown {
        /// What was to be named.
        kind: Text,
        /// The name given.
        name: String,
    },
    /// A distance that can't be.
    Distance(String),
    /// SAME without what is to be the same.
    Same,
    /// A condition that can't be.
    Condition(String),
    /// A smart code within itself.
    Circular(String),
    /// Too many brackets.
    TooDeep,
}

impl Explain for CodeQueryError {
    fn explain(&self) -> Explanation {
        Explanation::usage(
            Text::new(
                "at character {at} of the query: {trouble}",
                "检索式第 {at} 个字符：{trouble}",
            )
            .with("at", self.at.start() + 1)
            .with("trouble", self.trouble.message()),
        )
    }
}

impl Trouble {
    /// What is wrong, and what to do.
    fn message(&self) -> Message {
        match self {
            Self::Empty => Text::new(
                "the query is empty; name a code",
                "检索式是空的，请写编码名称",
            )
            .into(),
            Self::NoCode => Text::new(
                "a code is missing here; name one on each side of an operator, and quote names that look like operators",
                "这里缺少编码；运算符两边都要有编码，与运算符同名时请加引号",
            )
            .into(),
            Self::Open(mark) => Text::new(
                "“{mark}” is not closed; add its other half",
                "“{mark}”没有闭合，请补上另一半",
            )
            .with("mark", *mark),
            Self::Stray(word) => Text::new(
                "“{word}” is not understood here; put AND, OR, NOT, OVERLAPS, WITHIN, CONTAINS, NEAR/3turns, BEFORE, AFTER or SAME turn between codes",
                "看不懂“{word}”；编码之间请用 且、或、非、重叠、包含于、包含、附近/3轮、先于、后于、同 话轮",
            )
            .with("word", word),
            Self::UnknownCode { name, alike } if alike.is_empty() => {
                Text::new("there is no code “{name}”", "没有编码“{name}”").with("name", name)
            }
            Self::UnknownCode { name, alike } => Text::new(
                "there is no code “{name}”; there are {alike}",
                "没有编码“{name}”；相近的有 {alike}",
            )
            .with("name", name)
            .with("alike", alike.as_slice()),
            Self::UnknownFacet(name) => Text::new(
                "this code has no facet “{name}”; the codebook lists the facets of a code",
                "此编码没有维度“{name}”，见编码本",
            )
            .with("name", name),
            Self::UnknownValue(value) => Text::new(
                "this facet has no value “{value}”",
                "此维度没有值“{value}”",
            )
            .with("value", value),
            Self::Unknown { kind, name } => Text::new(
                "there is no {kind} “{name}”; check the spelling",
                "项目中没有{kind}“{name}”，请检查写法",
            )
            .with("kind", *kind)
            .with("name", name),
            Self::Distance(text) => Text::new(
                "“{text}” is not a distance; write NEAR/3turns or NEAR/20words",
                "“{text}”不是距离，请写 附近/3轮 或 附近/20词",
            )
            .with("text", text),
            Self::Same => Text::new(
                "SAME lacks what is the same: turn, speaker, document or case",
                "“同”后面要有 话轮、说话人、文档 或 个案",
            )
            .into(),
            Self::Condition(text) => Text::new(
                "“{text}” is not a condition; write phase=, case=, document=, speaker=, coder= or attr.name=",
                "“{text}”不是条件，请写 阶段= 个案= 文档= 说话人= 编码员= 或 属性.名称=",
            )
            .with("text", text),
            Self::Circular(name) => Text::new(
                "the smart code “{name}” uses itself; remove it",
                "智能编码“{name}”包含了它自己，请去掉",
            )
            .with("name", name),
            Self::TooDeep => Text::new(
                "the query is nested too deeply; remove some brackets",
                "嵌套太深，请减少括号",
            )
            .into(),
        }
    }
}

/// Understands a query.
pub(super) fn parse(text: &str, project: &Project) -> Result<CodeQuery, CodeQueryError> {
    let mut parser = CodeQueryParser {
        words: words(text)?,
        next: 0,
        project,
        depth: 0,
        names: Vec::new(),
    };
    if parser.words.is_empty() {
        return Err(CodeQueryError {
            at: TextRange::between(0, 0),
            trouble: Trouble::Empty,
        });
    }
    Ok(CodeQuery {
        root: parser.whole()?,
    })
}

/// A piece of a query.
#[derive(Debug, Clone, PartialEq)]
struct QueryToken {
    kind: QueryTokenKind,
    at: TextRange,
}

#[derive(Debug, Clone, PartialEq)]
enum QueryTokenKind {
    Open,
    Close,
    /// `[…]`, without the brackets.
    Facets(String),
    Comma,
    /// A word, or what stood in quotation marks.
    Text {
        text: String,
        quoted: bool,
    },
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

fn words(text: &str) -> Result<Vec<QueryToken>, CodeQueryError> {
    let chars: Vec<char> = text.chars().collect();
    let range = |from: usize, to: usize| {
        TextRange::between(
            u32::try_from(from).unwrap_or(u32::MAX),
            u32::try_from(to).unwrap_or(u32::MAX),
        )
    };
    let (mut words, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        let start = at;
        at += 1;
        let end_of = |from: usize, ends: &dyn Fn(char) -> bool| {
            chars
                .iter()
                .skip(from)
                .position(|c| ends(*c))
                .map(|length| from + length)
        };
        let kind = match c {
            c if c.is_whitespace() => continue,
            '(' | '（' => QueryTokenKind::Open,
            ')' | '）' => QueryTokenKind::Close,
            ',' | '，' | '、' => QueryTokenKind::Comma,
            '[' | '［' | '【' => {
                let end = end_of(at, &|c| matches!(c, ']' | '］' | '】'));
                let end = end.ok_or(CodeQueryError {
                    at: range(start, chars.len()),
                    trouble: Trouble::Open('['),
                })?;
                let inner = chars.get(at..end).unwrap_or_default().iter().collect();
                at = end + 1;
                QueryTokenKind::Facets(inner)
            }
            c if is_quote(c) => {
                let end = end_of(at, &is_quote);
                let end = end.ok_or(CodeQueryError {
                    at: range(start, chars.len()),
                    trouble: Trouble::Open('"'),
                })?;
                let text = chars.get(at..end).unwrap_or_default().iter().collect();
                at = end + 1;
                QueryTokenKind::Text { text, quoted: true }
            }
            _ => {
                let ends = |c: char| {
                    c.is_whitespace()
                        || is_quote(c)
                        || matches!(
                            c,
                            '(' | '（' | ')' | '）' | ',' | '，' | '、' | '[' | '［' | '【'
                        )
                };
                at = end_of(at, &ends).unwrap_or(chars.len());
                QueryTokenKind::Text {
                    text: chars.get(start..at).unwrap_or_default().iter().collect(),
                    quoted: false,
                }
            }
        };
        words.push(QueryToken {
            kind,
            at: range(start, at),
        });
    }
    Ok(words)
}

struct CodeQueryParser<'a> {
    words: Vec<QueryToken>,
    next: usize,
    project: &'a Project,
    depth: usize,
    /// Smart codes that are being read.
    names: Vec<String>,
}

type ParseResult<T> = Result<T, CodeQueryError>;

impl CodeQueryParser<'_> {
    fn peek(&self) -> Option<&QueryToken> {
        self.words.get(self.next)
    }

    /// The bare word here.
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

    fn here(&self) -> TextRange {
        let last = self
            .words
            .last()
            .map_or(TextRange::between(0, 0), |word| word.at);
        self.peek().map_or(last, |word| word.at)
    }

    fn fail<T>(&self, trouble: Trouble) -> ParseResult<T> {
        Err(CodeQueryError {
            at: self.here(),
            trouble,
        })
    }

    fn whole(&mut self) -> ParseResult<Expression> {
        let node = self.query()?;
        match self.peek() {
            None => Ok(node),
            Some(QueryToken {
                kind: QueryTokenKind::Text { text, .. },
                ..
            }) => self.fail(Trouble::Stray(text.clone())),
            Some(QueryToken {
                kind: QueryTokenKind::Close,
                ..
            }) => self.fail(Trouble::Stray(")".to_owned())),
            Some(_) => self.fail(Trouble::Stray(",".to_owned())),
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

    /// The operator here, if there is one.
    fn operator(&mut self) -> ParseResult<Option<Operator>> {
        let Some(word) = self.bare().map(str::to_owned) else {
            return Ok(None);
        };
        let (name, far) = word
            .split_once('/')
            .map_or((word.as_str(), None), |(name, far)| (name, Some(far)));
        let distance = |far: Option<&str>| {
            far.map(|far| distance(far).ok_or_else(|| Trouble::Distance(far.to_owned())))
                .transpose()
        };
        let found = match name {
            "AND" | "且" if far.is_none() => Operator::And,
            "NOT" | "非" if far.is_none() => Operator::Not,
            "OVERLAPS" | "重叠" if far.is_none() => Operator::Overlaps,
            "WITHIN" | "包含于" if far.is_none() => Operator::Within,
            "CONTAINS" | "包含" if far.is_none() => Operator::Contains,
            "NEAR" | "附近" => match distance(far) {
                Ok(far) => Operator::Near(far.unwrap_or(Distance::Turns(1))),
                Err(trouble) => return self.fail(trouble),
            },
            "BEFORE" | "先于" | "AFTER" | "后于" => match distance(far) {
                Ok(far) if matches!(name, "BEFORE" | "先于") => Operator::Before(far),
                Ok(far) => Operator::After(far),
                Err(trouble) => return self.fail(trouble),
            },
            "SAME" | "同" => {
                self.next += 1;
                match self.bare().map(str::to_lowercase).as_deref() {
                    Some("turn" | "话轮") => Operator::Same(Shared::Turn),
                    Some("speaker" | "说话人") => Operator::Same(Shared::Speaker),
                    Some("document" | "文档") => Operator::Same(Shared::Document),
                    Some("case" | "个案") => Operator::Same(Shared::Case),
                    _ => return self.fail(Trouble::Same),
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
            return self.fail(Trouble::NoCode);
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
                        trouble: Trouble::Open('('),
                    });
                }
                self.next += 1;
                Ok(inner)
            }
            QueryTokenKind::Text { text, quoted } => {
                if !quoted && is_word_of_ours(&text) {
                    return self.fail(Trouble::NoCode);
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
                self.fail(Trouble::NoCode)
            }
        }
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> ParseResult<Expression>,
    ) -> ParseResult<Expression> {
        if self.depth >= MAX_DEPTH {
            return self.fail(Trouble::TooDeep);
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    /// A query that is kept, as a code of its own; `@"two words"` has its name in the next word.
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
        let kept = self
            .project
            .queries
            .values()
            .find(|query| query.kind == QueryKind::Codes && fold(&query.name) == folded);
        let unknown = Trouble::Unknown {
            kind: Text::new("smart code", "智能编码"),
            name: name.clone(),
        };
        let kept = kept.ok_or(CodeQueryError {
            at,
            trouble: unknown,
        })?;
        if self.names.contains(&folded) {
            return Err(CodeQueryError {
                at,
                trouble: Trouble::Circular(name),
            });
        }
        let within = |error: CodeQueryError| CodeQueryError {
            at,
            trouble: error.trouble,
        };
        let inner = words(&kept.text).map_err(within)?;
        let (outer, next) = (
            std::mem::replace(&mut self.words, inner),
            std::mem::take(&mut self.next),
        );
        self.names.push(folded);
        let node = if self.words.is_empty() {
            self.fail(Trouble::Empty)
        } else {
            self.deeper(Self::whole)
        };
        self.names.pop();
        (self.words, self.next) = (outer, next);
        node.map_err(within)
    }

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
                trouble: Trouble::UnknownCode {
                    name: name.to_owned(),
                    alike: alike(name, self.project),
                },
            });
        }
        let mut codes = BTreeSet::new();
        for code in &named {
            let all: BTreeSet<CodeId> = book.with_descendants(*code).into_iter().collect();
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
            for part in text
                .split([',', '，', '、'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                let all: BTreeSet<CodeId> = named
                    .iter()
                    .flat_map(|code| book.with_descendants(*code))
                    .collect();
                facets.push(
                    facet(part, &all, self.project)
                        .map_err(|trouble| CodeQueryError { at, trouble })?,
                );
            }
        }
        Ok(Expression::Codes(CodeTerm {
            name: written.to_owned(),
            codes,
            facets,
        }))
    }

    /// `phase=baseline`, with blanks around `=` or not.
    fn condition(&mut self) -> ParseResult<Condition> {
        let at = self.here();
        let mut written = String::new();
        while let Some(QueryToken {
            kind: QueryTokenKind::Text { text, quoted },
            ..
        }) = self.peek()
        {
            let done = !written.is_empty()
                && !written.ends_with(['=', '＝'])
                && !text.starts_with(['=', '＝']);
            if done {
                break;
            }
            if !*quoted && is_word_of_ours(text) {
                break;
            }
            written.push_str(text);
            self.next += 1;
        }
        let fail = |trouble| Err(CodeQueryError { at, trouble });
        let Some((field, value)) = written
            .split_once(['=', '＝'])
            .filter(|(_, value)| !value.trim().is_empty())
        else {
            return fail(Trouble::Condition(written));
        };
        // `attr.age>=9`: the sign belongs to the value.
        let (field, value) = match field.trim().strip_suffix(['>', '<']) {
            Some(bare) => (
                bare.trim(),
                format!(
                    "{}={}",
                    if field.trim().ends_with('>') {
                        '>'
                    } else {
                        '<'
                    },
                    value.trim()
                ),
            ),
            None => (field.trim(), value.trim().to_owned()),
        };
        let (value, project) = (value.as_str(), self.project);
        let said = format!("{field}=\"{value}\"");
        let unknown = |kind: Text| Trouble::Unknown {
            kind,
            name: value.to_owned(),
        };
        if let Some(name) = field
            .strip_prefix("attr.")
            .or_else(|| field.strip_prefix("属性."))
        {
            let attributes = matching_names(
                name,
                project
                    .attributes
                    .values()
                    .map(|attribute| (attribute.id, attribute.name.clone())),
            );
            if attributes.is_empty() {
                return fail(Trouble::Unknown {
                    kind: Text::new("attribute", "属性"),
                    name: name.to_owned(),
                });
            }
            return Ok(Condition::Attribute(
                attributes,
                ValueCondition::read(value),
                said,
            ));
        }
        match field {
            "phase" | "阶段" => {
                let phases = matching_names(
                    value,
                    project
                        .phases
                        .values()
                        .map(|phase| (phase.id, phase.name.clone())),
                );
                if phases.is_empty() {
                    fail(unknown(Text::new("phase", "阶段")))
                } else {
                    Ok(Condition::Phases(phases, said))
                }
            }
            "case" | "个案" => {
                let above = matching_names(
                    value,
                    project
                        .cases
                        .values()
                        .map(|case| (case.id, case.name.clone())),
                );
                let within = |case: &_| above.iter().any(|top| project.case_is_within(*case, *top));
                let cases = project
                    .cases
                    .keys()
                    .copied()
                    .filter(|case| within(case))
                    .collect();
                if above.is_empty() {
                    fail(unknown(Text::new("case", "个案")))
                } else {
                    Ok(Condition::Cases(cases, said))
                }
            }
            "document" | "文档" => {
                let documents = matching_names(
                    value,
                    project
                        .documents
                        .values()
                        .map(|document| (document.id, document.title.clone())),
                );
                if documents.is_empty() {
                    fail(unknown(Text::new("document", "文档")))
                } else {
                    Ok(Condition::Documents(documents, said))
                }
            }
            "coder" | "编码员" => {
                let coders = matching_names(
                    value,
                    project
                        .coders
                        .values()
                        .map(|coder| (coder.id, coder.name.clone())),
                );
                if coders.is_empty() {
                    fail(unknown(Text::new("coder", "编码员")))
                } else {
                    Ok(Condition::Coders(coders, said))
                }
            }
            "speaker" | "说话人" => Ok(Condition::Speakers(fold(value))),
            _ => fail(Trouble::Condition(written.clone())),
        }
    }
}

/// Whether a bare word means something in queries.
fn is_word_of_ours(word: &str) -> bool {
    const OURS: [&str; 22] = [
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
    OURS.contains(&name)
}

/// `3turns`, `20words`, `3` (turns).
fn distance(text: &str) -> Option<Distance> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u32 = digits.parse().ok()?;
    match text.get(digits.len()..)? {
        "" | "t" | "turn" | "turns" | "轮" | "话轮" => Some(Distance::Turns(number)),
        "w" | "word" | "words" | "词" => Some(Distance::Words(number)),
        _ => None,
    }
}

/// The codes of exactly this name or path, in any language.
fn codes_named(name: &str, project: &Project) -> BTreeSet<CodeId> {
    let wanted = fold(&name.replace(" / ", "/"));
    let book = &project.codebook;
    let is_it = |code: &&std::sync::Arc<Code>| {
        let languages = code.name.translations.keys();
        code.name.all().any(|name| fold(name) == wanted)
            || fold(&book.path(code.id)) == wanted
            || languages
                .into_iter()
                .any(|language| fold(&book.path_in(code.id, language)) == wanted)
    };
    book.codes
        .values()
        .filter(is_it)
        .map(|code| code.id)
        .collect()
}

/// A few codes that may have been meant.
fn alike(name: &str, project: &Project) -> Vec<String> {
    let wanted = fold(name);
    let start: String = wanted.chars().take(3).collect();
    let is_like = |code: &&std::sync::Arc<Code>| {
        code.name
            .all()
            .any(|own| fold(own).contains(&wanted) || fold(own).starts_with(&start))
    };
    project
        .codebook
        .codes
        .values()
        .filter(is_like)
        .take(3)
        .map(|code| project.codebook.path(code.id))
        .collect()
}

/// A test of a facet: `judgement=unfavourable`, `strength>=50`.
fn facet(text: &str, codes: &BTreeSet<CodeId>, project: &Project) -> Result<FacetTest, Trouble> {
    let operators = ["!=", "≠", ">=", "≥", "<=", "≤", "=", "＝"];
    let (operator, at) = operators
        .iter()
        .filter_map(|operator| text.find(operator).map(|at| (*operator, at)))
        .min_by_key(|(operator, at)| (*at, std::cmp::Reverse(operator.len())))
        .ok_or_else(|| Trouble::UnknownFacet(text.to_owned()))?;
    let name = text.get(..at).unwrap_or_default().trim();
    let value = text
        .get(at + operator.len()..)
        .unwrap_or_default()
        .trim()
        .trim_matches(is_quote);
    let of_codes = codes
        .iter()
        .filter_map(|code| project.codebook.get(*code))
        .flat_map(|code| &code.facets);
    let own: Vec<_> = of_codes
        .filter(|facet| facet.name.all().any(|own| fold(own) == fold(name)))
        .collect();
    if own.is_empty() {
        return Err(Trouble::UnknownFacet(name.to_owned()));
    }
    let facets: BTreeSet<FacetId> = own.iter().map(|facet| facet.id).collect();
    let bound = || {
        value
            .parse::<u8>()
            .ok()
            .filter(|value| *value <= 100)
            .ok_or_else(|| Trouble::UnknownValue(value.to_owned()))
    };
    let values = || {
        let read = |kind: &FacetKind| match kind {
            FacetKind::Category(categories) => {
                let same = |category: &&crate::model::localized::Localized| {
                    category.all().any(|own| fold(own) == fold(value))
                };
                categories
                    .iter()
                    .find(same)
                    .map(|category| FacetValue::Category(category.text.clone()))
            }
            kind => kind.parse(value),
        };
        let values: BTreeSet<FacetValue> =
            own.iter().filter_map(|facet| read(&facet.kind)).collect();
        if values.is_empty() {
            Err(Trouble::UnknownValue(value.to_owned()))
        } else {
            Ok(values)
        }
    };
    let test = match operator {
        "!=" | "≠" => Test::IsNot(values()?),
        ">=" | "≥" => Test::AtLeast(bound()?),
        "<=" | "≤" => Test::AtMost(bound()?),
        _ => Test::Is(values()?),
    };
    Ok(FacetTest {
        text: format!("{name}{operator}{value}"),
        facets,
        test,
    })
}
