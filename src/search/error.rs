//! What can be wrong with a query: where, what, and what to do.

use crate::model::text::TextRange;

use super::query::QueryField;

/// A query that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {} of the query: {problem}; {}", at.start() + 1, problem.hint())]
pub struct QueryError {
    /// The part of the query it is about, in code points.
    pub at: TextRange,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was asked.
    #[error("the query is empty")]
    Empty,
    /// A term of punctuation only.
    #[error("`{0}` holds no word")]
    NoWord(String),
    /// A quotation mark without its partner.
    #[error("the quotation is not closed")]
    OpenQuote,
    /// A bracket without its partner.
    #[error("the bracket is not closed")]
    OpenBracket,
    /// A closing bracket too many.
    #[error("there is no bracket to close")]
    StrayBracket,
    /// Brackets or NOTs within each other, too many.
    #[error("too much is nested")]
    TooDeep,
    /// An operator that lacks a term.
    #[error("`{0}` has nothing to work on")]
    Dangling(&'static str),
    /// `~` elsewhere than behind a quotation, or without a number.
    #[error("`~` needs a quotation and a number, or a word in letters and 1 or 2")]
    Slop,
    /// `NEAR/…` with something else than a distance.
    #[error("NEAR lacks its distance")]
    Near,
    /// `NEAR/3` beside something without words of its own.
    #[error("NEAR in words stands between words and phrases only")]
    NearWords,
    /// `=` before something else than words.
    #[error("`=` needs a word or quotation behind it")]
    NoForm,
    /// A code without indicators.
    #[error("`{0}` has no indicators")]
    NoIndicators(String),
    /// A kept query that is part of itself.
    #[error("the query `{0}` is part of itself")]
    Circular(String),
    /// A field without value.
    #[error("`{}:` has no value", .0.names()[0])]
    NoValue(QueryField),
    /// A pattern without its second slash.
    #[error("the pattern is not closed")]
    OpenPattern,
    /// A pattern that isn't a regular expression.
    #[error("the pattern is not a regular expression: {0}")]
    Pattern(String),
    /// A value that names nothing in the project.
    #[error("there is no {} `{value}`", .field.names()[0])]
    Unknown {
        /// What was to be named.
        field: QueryField,
        /// The value given.
        value: String,
    },
}

impl Problem {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "type a word, a \"phrase\" or a field such as speaker:Mother",
            Self::NoWord(_) => "use literal search to find punctuation",
            Self::OpenQuote => "add a closing quotation mark",
            Self::OpenBracket => "add `)`",
            Self::StrayBracket => "take it out or add `(` before",
            Self::TooDeep => "take some brackets out",
            Self::Dangling(_) => {
                "put a term on each side of AND and OR, and one behind NOT; in small letters they are ordinary words"
            }
            Self::Slop => {
                "write \"first second\"~3 for up to three words between, confident~1 for one letter that differs"
            }
            Self::Near => {
                "write NEAR/3 for up to three words between, NEAR/2turns, NEAR/turn or NEAR/document"
            }
            Self::NearWords => "use NEAR/turn, NEAR/2turns or NEAR/document beside other things",
            Self::NoForm => "write =confident for this very form",
            Self::NoIndicators(_) => "give the code indicators in the codebook",
            Self::Circular(_) => "take it out of the queries it is made of",
            Self::NoValue(_) => {
                "put a name behind the colon, in quotation marks when it holds blanks"
            }
            Self::OpenPattern => "add `/`",
            Self::Pattern(_) => "put a backslash before a character that is meant as it is",
            Self::Unknown { .. } => "check the spelling, or give only its beginning",
        }
    }
}
