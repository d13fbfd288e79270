//! Errors of queries: where, what, and what to do about it.

use crate::{
    message::{
        Message,
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::TextRange,
};

use super::query::QueryField;

/// A query that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub struct QueryError {
    /// The part of the query that is wrong, in code points.
    pub at: TextRange,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The query is empty.
    Empty,
    /// A term consists of punctuation only.
    NoWord(String),
    /// A quotation isn't closed.
    OpenQuote,
    /// A bracket isn't closed.
    OpenBracket,
    /// There is a closing bracket too many.
    StrayBracket,
    /// Brackets or NOTs are nested too deeply.
    TooDeep,
    /// An operator lacks a term.
    Dangling(&'static str),
    /// `~` isn't behind a quotation or word, or has no number.
    Slop,
    /// `NEAR/` lacks a distance.
    Near,
    /// `NEAR/3` is next to something that has no position in words.
    NearWords,
    /// `=` isn't in front of words.
    NoForm,
    /// A code has no indicators.
    NoIndicators(String),
    /// A saved query uses itself.
    Circular(String),
    /// A field has no value.
    NoValue(QueryField),
    /// A pattern isn't closed.
    OpenPattern,
    /// A pattern isn't a regular expression.
    Pattern(String),
    /// A value of a field of dates is no date.
    NoDate(String),
    /// A value names nothing in the project.
    Unknown {
        /// The field that should name something.
        field: QueryField,
        /// The value that was given.
        value: String,
    },
}

impl Explain for QueryError {
    fn explain(&self) -> Explanation {
        Explanation::usage(
            Text::new(
                "at character {at} of the query: {problem}",
                "检索式第 {at} 个字符处：{problem}",
            )
            .with("at", self.at.start() + 1)
            .with("problem", self.problem.message()),
        )
        .hint(self.problem.hint())
    }
}

impl Problem {
    /// What is wrong.
    fn message(&self) -> Message {
        let text = match self {
            Self::Empty => Text::new("the query is empty", "检索式是空的"),
            Self::NoWord(term) => {
                return Text::new("“{term}” contains no word", "“{term}”里没有词")
                    .with("term", term);
            }
            Self::OpenQuote => Text::new("the quotation is not closed", "引号没有闭合"),
            Self::OpenBracket => Text::new("the bracket is not closed", "括号没有闭合"),
            Self::StrayBracket => Text::new("there is no bracket to close", "多了一个右括号"),
            Self::TooDeep => Text::new("the query is nested too deeply", "嵌套太深"),
            Self::Dangling(operator) => {
                return Text::new("{operator} lacks a term", "{operator} 缺少词语")
                    .with("operator", *operator);
            }
            Self::Slop => Text::new(
                "“~” needs a quotation and a number, or a word in letters and 1 or 2",
                "“~”前面要有引号短语，后面要有数字；或用在字母单词后",
            ),
            Self::Near => Text::new("NEAR lacks its distance", "NEAR 缺少距离"),
            Self::NearWords => Text::new(
                "NEAR with a number of words only joins words and phrases",
                "按词数的 NEAR 两边只能是词或短语",
            ),
            Self::NoForm => Text::new(
                "“=” needs a word or a quotation behind it",
                "“=”后面要有词或引号短语",
            ),
            Self::NoIndicators(name) => {
                return Text::new(
                    "the code “{name}” has no indicators",
                    "编码“{name}”没有指示词",
                )
                .with("name", name);
            }
            Self::Circular(name) => {
                return Text::new(
                    "the query “{name}” uses itself",
                    "检索式“{name}”包含了它自己",
                )
                .with("name", name);
            }
            Self::NoValue(field) => {
                return Text::new("“{field}:” has no value", "“{field}：”后面没有值")
                    .with("field", field.text());
            }
            Self::OpenPattern => Text::new("the pattern is not closed", "正则没有闭合"),
            Self::Pattern(reason) => {
                return Text::new(
                    "the pattern is not a regular expression: {reason}",
                    "不是正则表达式：{reason}",
                )
                .with("reason", reason);
            }
            Self::NoDate(value) => {
                return Text::new("“{value}” is no date", "“{value}”不是日期").with("value", value);
            }
            Self::Unknown { field, value } => {
                return Text::new(
                    "there is no {field} “{value}”",
                    "项目中没有{field}“{value}”",
                )
                .with("field", field.text())
                .with("value", value);
            }
        };
        text.into()
    }

    /// What to do about it.
    const fn hint(&self) -> Text {
        match self {
            Self::Empty => Text::new(
                "type a word, a “phrase” or a field such as speaker:Mother",
                "请输入词语、“短语”或字段，如 说话人：妈妈",
            ),
            Self::NoWord(_) => Text::new(
                "use literal search to find punctuation",
                "要查标点请用原文检索",
            ),
            Self::OpenQuote => Text::new("add a closing quotation mark", "请补上后引号"),
            Self::OpenBracket => Text::new("add “)”", "请补上“)”"),
            Self::StrayBracket => {
                Text::new("remove it, or add “(” in front", "请删去，或在前面补上“(”")
            }
            Self::TooDeep => Text::new("remove some brackets", "请减少括号"),
            Self::Dangling(_) => Text::new(
                "put a term on each side of AND and OR, and one behind NOT; in small letters they are ordinary words",
                "AND 和 OR 两边、NOT 后面都要有词；小写时它们是普通词",
            ),
            Self::Slop => Text::new(
                "write \"first second\"~3 for up to three words between, confident~1 for one different letter",
                "如 \"前 后\"~3 表示中间最多三个词，confident~1 表示差一个字母",
            ),
            Self::Near => Text::new(
                "write NEAR/3 for up to three words between, NEAR/2turns, NEAR/turn or NEAR/document",
                "如 NEAR/3（词）、NEAR/2turns（话轮）、NEAR/turn、NEAR/document",
            ),
            Self::NearWords => Text::new(
                "use NEAR/turn, NEAR/2turns or NEAR/document for anything else",
                "其他情形请用 NEAR/turn、NEAR/2turns 或 NEAR/document",
            ),
            Self::NoForm => Text::new(
                "write =confident for exactly this form",
                "如 =confident 只找这个词形",
            ),
            Self::NoIndicators(_) => Text::new(
                "give the code indicators in the codebook",
                "请在编码本中填写指示词",
            ),
            Self::Circular(_) => Text::new(
                "remove it from the queries that it uses",
                "请从它所用的检索式中去掉",
            ),
            Self::NoValue(_) => Text::new(
                "write a name behind the colon, in quotation marks if it contains spaces",
                "请在冒号后写上名称，有空格时加引号",
            ),
            Self::OpenPattern => Text::new("add “/”", "请补上“/”"),
            Self::Pattern(_) => Text::new(
                "put a backslash in front of a character that is meant literally",
                "按字面查找的符号前请加反斜杠",
            ),
            Self::NoDate(_) => Text::new(
                "write 2025, 2025-03 or 2025-03-09, or a range such as 2025-03..2025-06",
                "请写 2025、2025-03 或 2025-03-09，或如 2025-03..2025-06 的范围",
            ),
            Self::Unknown { .. } => Text::new(
                "check the spelling, or write only the beginning",
                "请检查写法，或只写开头几个字",
            ),
        }
    }
}
