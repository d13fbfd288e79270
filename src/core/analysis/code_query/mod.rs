//! Queries over codes: passages in which codes occur together, near each other, in an order, or under conditions.
//!
//! ```text
//! query  = any (WHERE condition (, condition)*)?
//! any    = pair (OR pair)*
//! pair   = one (operator one)*                     from left to right
//! one    = code | code![…] | code/*[…] | @smart code | ( query )
//! code   = Needs/Belonging | "Being heard"         in any language, by name or path
//! […]    = [facet=value, facet>=50, facet!=value]
//! ```
//! A code means its codings and those of its subcodes; `A!` means its own only, `A/*` those of its subcodes only.
//!
//! In each document, a query denotes a set of passages; each has a range, and the codings that are its evidence. Passages with the same range are merged.
//! `X` and `Y` are the sets of the two operands; passages overlap if they share a character; `x..y` is the text from the start of the first to the end of the last:
//!
//! | query | passages |
//! |---|---|
//! | code | the range of each coding that counts |
//! | `X OR Y` | those of both |
//! | `X AND Y` | `x ∩ y` (or `x..y`, see [`Extent`]) for each `x`, `y` that overlap |
//! | `X NOT Y` | each `x` that overlaps no `y` |
//! | `X OVERLAPS Y` | each `x` that overlaps some `y` |
//! | `X WITHIN Y` | each `x` that is contained in some `y` |
//! | `X CONTAINS Y` | each `x` that contains some `y` |
//! | `X NEAR/3turns Y`, `X NEAR/20words Y` | `x..y` for each `x`, `y` at most so far apart |
//! | `X BEFORE Y`, `X BEFORE/3turns Y` | `x..y` for each `x` and the first `y` that begins where `x` ends or later (at most so far apart) |
//! | `X AFTER Y`, `X AFTER/3turns Y` | `y..x` for each `x` and the last `y` that ends where `x` begins or before (at most so far apart) |
//! | `X SAME turn Y` (`speaker`, `document`, `case`) | each `x` that shares a turn (a speaker's label, the document, one of the document's cases) with some `y` |
//! | `X WHERE …` | those passages of `X` for which all conditions hold; `coder=An` lets only that coder's codings count in `X` |
//!
//! The distance in turns is the number of steps from the last turn of one passage to the first turn of the other, 0 in the same turn.
//! The distance in words is the number of words that begin between them (a Chinese character is a word), 0 if they touch or overlap.
//! Conditions are `phase=`, `case=`, `about=` (whom a coding is about; `about=nobody` finds those that aren't attributed), `document=`, `speaker=` (of the turn in which the passage begins), `coder=`, and `attr.name=`
//! with `low`, `>=10` or `8..12`; an attribute of a case counts for the speaker who is that case, or else for the document.

mod conditions;
mod distance;
mod error;
mod eval;
mod facets;
mod lex;
mod names;
mod parse;
mod right_operand;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, fmt};

pub use error::{CodeQueryError, QueryProblem};
pub use eval::PreparedQuery;

use super::Loader;
use crate::{
    language::values::ValueCondition,
    model::{
        Project,
        facet::FacetValue,
        ids::{AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, PhaseId},
        text::TextRange,
    },
};

/// A parsed query, with its names resolved in a project.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeQuery {
    root: Expression,
}

/// The range of a passage that AND finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// The text that both operands cover.
    #[default]
    Intersection,
    /// The text from the start of the first operand to the end of the last.
    Union,
}

/// A passage that a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryPassage {
    /// The document that contains the passage.
    pub document: DocumentId,
    /// The range of the passage.
    pub range: TextRange,
    /// The codings that are evidence for the passage.
    pub codings: BTreeSet<CodingId>,
}

/// A node of a query.
#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Codes(CodeTerm),
    Or(Box<Self>, Box<Self>),
    Pair(Operator, Box<Self>, Box<Self>),
    Where(Box<Self>, Vec<Condition>),
}

/// Codes, with tests of the facets of their codings.
#[derive(Debug, Clone, PartialEq)]
struct CodeTerm {
    /// The code as written.
    name: String,
    codes: BTreeSet<CodeId>,
    facets: Vec<FacetTest>,
}

/// A test of a facet.
#[derive(Debug, Clone, PartialEq)]
struct FacetTest {
    /// The test as written.
    text: String,
    /// The facets with the name; each code has facets of its own.
    facets: BTreeSet<FacetId>,
    test: Test,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Is(BTreeSet<FacetValue>),
    IsNot(BTreeSet<FacetValue>),
    AtLeast(u8),
    AtMost(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Not,
    Overlaps,
    Within,
    Contains,
    Near(Distance),
    Before(Option<Distance>),
    After(Option<Distance>),
    Same(Shared),
}

/// The greatest distance of two passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Distance {
    Turns(u32),
    Words(u32),
}

/// What two passages have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    Turn,
    Speaker,
    Document,
    Case,
}

/// A condition on the context of a passage, with its text as shown to the user.
#[derive(Debug, Clone, PartialEq)]
enum Condition {
    Phases(BTreeSet<PhaseId>, String),
    /// Cases, including all cases below those named.
    Cases(BTreeSet<CaseId>, String),
    /// Whom a coding is about: these cases or some below them, or nobody.
    About(Option<BTreeSet<CaseId>>, String),
    Documents(BTreeSet<DocumentId>, String),
    Speakers(String),
    Coders(BTreeSet<CoderId>, String),
    Attribute(BTreeSet<AttributeId>, ValueCondition, String),
}

impl CodeQuery {
    /// Parses a query and resolves its names in a project.
    ///
    /// # Errors
    /// The query is invalid, or a name names nothing in the project.
    pub fn parse(text: &str, project: &Project) -> Result<Self, CodeQueryError> {
        parse::parse(text, project)
    }

    /// All passages that the query finds, by document and position.
    pub fn passages(
        &self,
        project: &Project,
        load: &Loader<'_>,
        extent: Extent,
    ) -> Vec<QueryPassage> {
        let prepared = PreparedQuery::new(self, project, load, extent);
        project
            .documents_in_order()
            .into_iter()
            .flat_map(|document| prepared.in_document(document))
            .collect()
    }
}

impl fmt::Display for CodeQuery {
    /// Writes the query with brackets around every operation, to show how it was parsed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Codes(CodeTerm {
                name,
                facets,
                codes: _,
            }) => {
                write!(f, "\"{name}\"")?;
                let tests: Vec<&str> = facets.iter().map(|facet| facet.text.as_str()).collect();
                if tests.is_empty() {
                    Ok(())
                } else {
                    write!(f, "[{}]", tests.join(", "))
                }
            }
            Self::Or(one, other) => write!(f, "({one} OR {other})"),
            Self::Pair(operator, one, other) => write!(f, "({one} {operator} {other})"),
            Self::Where(inner, conditions) => {
                let texts: Vec<String> = conditions.iter().map(ToString::to_string).collect();
                write!(f, "({inner} WHERE {})", texts.join(", "))
            }
        }
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Turns(turns) => write!(f, "{turns}turns"),
            Self::Words(words) => write!(f, "{words}words"),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And => f.write_str("AND"),
            Self::Not => f.write_str("NOT"),
            Self::Overlaps => f.write_str("OVERLAPS"),
            Self::Within => f.write_str("WITHIN"),
            Self::Contains => f.write_str("CONTAINS"),
            Self::Near(distance) => write!(f, "NEAR/{distance}"),
            Self::Before(None) => f.write_str("BEFORE"),
            Self::Before(Some(distance)) => write!(f, "BEFORE/{distance}"),
            Self::After(None) => f.write_str("AFTER"),
            Self::After(Some(distance)) => write!(f, "AFTER/{distance}"),
            Self::Same(Shared::Turn) => f.write_str("SAME turn"),
            Self::Same(Shared::Speaker) => f.write_str("SAME speaker"),
            Self::Same(Shared::Document) => f.write_str("SAME document"),
            Self::Same(Shared::Case) => f.write_str("SAME case"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phases(_, text)
            | Self::Cases(_, text)
            | Self::About(_, text)
            | Self::Documents(_, text)
            | Self::Coders(_, text)
            | Self::Attribute(.., text) => f.write_str(text),
            Self::Speakers(label) => write!(f, "speaker=\"{label}\""),
        }
    }
}
