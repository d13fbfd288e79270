//! Questions about codings: which passages carry these codes together, near each other, in this order, under these conditions.
//!
//! ```text
//! query  = any (WHERE condition (, condition)*)?
//! any    = pair (OR pair)*
//! pair   = one (operator one)*                     from left to right
//! one    = code | code![…] | code/*[…] | @smart code | ( query )
//! code   = Needs/Belonging | "Being heard"         in any language, by name or path
//! […]    = [facet=value, facet>=50, facet!=value]
//! ```
//! A code stands for its codings and those of its subcodes; `A!` for its own only, `A/*` for those of its subcodes only.
//!
//! A query denotes in each document a set of passages; each has a range and the codings that are its evidence. Passages with the same range are one.
//! With `X` and `Y` for the sets of the two sides, overlapping being to share a character, and `x..y` the text from the first to the last of both:
//!
//! | query | passages |
//! |---|---|
//! | code | the range of each coding that counts |
//! | `X OR Y` | those of both |
//! | `X AND Y` | `x ∩ y` (or `x..y`, see [`Extent`]) for each `x`, `y` that overlap |
//! | `X NOT Y` | each `x` that overlaps no `y` |
//! | `X OVERLAPS Y` | each `x` that overlaps some `y` |
//! | `X WITHIN Y` | each `x` that lies wholly in some `y` |
//! | `X CONTAINS Y` | each `x` in which some `y` lies wholly |
//! | `X NEAR/3turns Y`, `X NEAR/20words Y` | `x..y` for each `x`, `y` at most so far apart |
//! | `X BEFORE Y`, `X BEFORE/3turns Y` | `x..y` for each `x` and the first `y` that begins where `x` ends or later (at most so far apart) |
//! | `X AFTER Y`, `X AFTER/3turns Y` | `y..x` for each `x` and the last `y` that ends where `x` begins or before (at most so far apart) |
//! | `X SAME turn Y` (`speaker`, `document`, `case`) | each `x` that shares a turn (a speaker's label, the document, one of the document's cases) with some `y` |
//! | `X WHERE …` | those passages of `X` for which all conditions hold; `coder=An` lets only that coder's codings count in `X` |
//!
//! Turns apart: how many steps from the last turn of the one to the first of the other, 0 in the same turn. Words apart: how many words begin
//! between them (a Chinese character is a word), 0 where they touch or overlap. Conditions are `phase=`, `case=`, `document=`, `speaker=` (of
//! the turn in which the passage begins), `coder=`, and `attr.name=` with `low`, `>=10`, `8..12`; a case's attribute counts for the speaker who
//! is that case, and else for the document.

mod eval;
mod parse;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, fmt, sync::Arc};

pub use eval::PreparedQuery;
pub use parse::{CodeQueryError, Trouble};

use crate::{
    language::values::ValueCondition,
    model::{
        Project,
        document::{Content, Document},
        facet::FacetValue,
        ids::{AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, PhaseId},
        text::TextRange,
    },
};

/// A query that was understood in a project.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeQuery {
    root: Expression,
}

/// What text a passage of AND covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// What both sides cover.
    #[default]
    Intersection,
    /// What either side covers.
    Union,
}

/// A passage that a query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryPassage {
    /// In which document.
    pub document: DocumentId,
    /// The passage.
    pub range: TextRange,
    /// The codings that make it one.
    pub codings: BTreeSet<CodingId>,
}

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Codes(CodeTerm),
    Or(Box<Self>, Box<Self>),
    Pair(Operator, Box<Self>, Box<Self>),
    Where(Box<Self>, Vec<Condition>),
}

/// Codes, with what their codings must be.
#[derive(Debug, Clone, PartialEq)]
struct CodeTerm {
    /// As it was written.
    name: String,
    codes: BTreeSet<CodeId>,
    facets: Vec<FacetTest>,
}

#[derive(Debug, Clone, PartialEq)]
struct FacetTest {
    /// As it was written.
    text: String,
    /// The facets of that name; different codes have different ones.
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

/// How far apart passages may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Distance {
    Turns(u32),
    Words(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    Turn,
    Speaker,
    Document,
    Case,
}

#[derive(Debug, Clone, PartialEq)]
enum Condition {
    Phases(BTreeSet<PhaseId>, String),
    /// These cases and all below them.
    Cases(BTreeSet<CaseId>, String),
    Documents(BTreeSet<DocumentId>, String),
    Speakers(String),
    Coders(BTreeSet<CoderId>, String),
    Attribute(BTreeSet<AttributeId>, ValueCondition, String),
}

/// Gives a document's content, `None` when it can't be read.
pub type Load<'a> = &'a dyn Fn(&Document) -> Option<Arc<Content>>;

impl CodeQuery {
    /// Understands a query in a project.
    ///
    /// # Errors
    /// When it can't be understood, or a name names nothing.
    pub fn parse(text: &str, project: &Project) -> Result<Self, CodeQueryError> {
        parse::parse(text, project)
    }

    /// All passages, by document and position.
    pub fn passages(&self, project: &Project, load: Load<'_>, extent: Extent) -> Vec<QueryPassage> {
        let prepared = PreparedQuery::new(self, project, load, extent);
        project
            .documents_in_order()
            .into_iter()
            .flat_map(|document| prepared.in_document(document))
            .collect()
    }
}

impl fmt::Display for CodeQuery {
    /// Says how the query was understood, fully bracketed.
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
        let far = |distance: &Option<Distance>| {
            distance.map_or_else(String::new, |distance| format!("/{distance}"))
        };
        match self {
            Self::And => f.write_str("AND"),
            Self::Not => f.write_str("NOT"),
            Self::Overlaps => f.write_str("OVERLAPS"),
            Self::Within => f.write_str("WITHIN"),
            Self::Contains => f.write_str("CONTAINS"),
            Self::Near(distance) => write!(f, "NEAR/{distance}"),
            Self::Before(distance) => write!(f, "BEFORE{}", far(distance)),
            Self::After(distance) => write!(f, "AFTER{}", far(distance)),
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
            | Self::Documents(_, text)
            | Self::Coders(_, text)
            | Self::Attribute(.., text) => f.write_str(text),
            Self::Speakers(label) => write!(f, "speaker=\"{label}\""),
        }
    }
}
