//! Errors in queries over codes: where, what is wrong, and how to correct it.

use crate::{
    message::{
        Message,
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::TextRange,
};

/// An invalid query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub struct CodeQueryError {
    /// The part of the query that is wrong, in code points.
    pub at: TextRange,
    /// What is wrong, and how to correct it.
    pub problem: QueryProblem,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryProblem {
    /// The query is empty.
    Empty,
    /// There is an operator or nothing where a code is expected.
    NoCode,
    /// A bracket or quotation isn't closed.
    Open(char),
    /// There is something that can't follow.
    Stray(String),
    /// There is no such code.
    UnknownCode {
        /// The name given.
        name: String,
        /// Codes with similar names.
        alike: Vec<String>,
    },
    /// None of the codes has such a facet.
    UnknownFacet(String),
    /// The facet has no such value.
    UnknownValue(String),
    /// There is no such case, phase, coder, document or attribute.
    Unknown {
        /// The kind of thing that was named.
        kind: Text,
        /// The name given.
        name: String,
    },
    /// A distance is invalid.
    Distance(String),
    /// SAME isn't followed by what has to be the same.
    Same,
    /// A condition is invalid.
    Condition(String),
    /// A smart code is part of itself.
    Circular(String),
    /// Brackets or smart codes are nested too deeply.
    TooDeep,
}

impl Explain for CodeQueryError {
    fn explain(&self) -> Explanation {
        Explanation::usage(
            Text::new(
                "at character {at} of the query: {problem}",
                "检索式第 {at} 个字符：{problem}",
            )
            .with("at", self.at.start() + 1)
            .with("problem", self.problem.message()),
        )
    }
}

impl QueryProblem {
    /// What is wrong, and how to correct it.
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
