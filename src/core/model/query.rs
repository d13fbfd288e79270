//! Saved queries: a search, or a query over codes that can be used like a code.

use serde::{Deserialize, Serialize};

use super::ids::QueryId;

/// What a saved query searches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    /// The texts, in the query language.
    #[default]
    Words,
    /// The texts, by these very characters.
    Literal,
    /// The texts, by a regular expression.
    Pattern,
    /// The codings: a smart code.
    Codes,
}

/// A query with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuery {
    /// Identity.
    pub id: QueryId,
    /// Its name.
    pub name: String,
    /// What it searches.
    pub kind: QueryKind,
    /// The question as typed.
    pub text: String,
}
