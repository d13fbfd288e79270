//! A coding: one coder's tagging of one segment with one code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    facet::FacetValue,
    ids::{CodeId, CoderId, CodingId, FacetId},
    text::TextRange,
};

/// One coder's tagging of a passage; its memo is a memo on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coding {
    /// Identity.
    pub id: CodingId,
    /// The passage, in code points of the document's current text; never empty.
    pub range: TextRange,
    /// What it is tagged with.
    pub code: CodeId,
    /// By whom.
    pub coder: CoderId,
    /// Values of the code's facets, as far as given.
    #[serde(default)]
    pub facets: BTreeMap<FacetId, FacetValue>,
}

impl Coding {
    /// The order of codings in a document: by start, then end, then identity.
    pub fn order(&self) -> (u32, u32, CodingId) {
        (self.range.start(), self.range.end(), self.id)
    }
}
