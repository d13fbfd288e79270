//! A coding: a passage that a coder has marked with a code.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

use super::{
    facet::FacetValue,
    ids::{CaseId, CodeId, CoderId, CodingId, FacetId, SelectionId},
    text::TextRange,
};

/// How a coding came about; it is the coder's in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The coder marked the passage.
    #[default]
    Hand,
    /// The coder coded the hits of this query.
    Search(Box<str>),
    /// The coder accepted a suggestion.
    Suggestion,
    /// It was imported from another program's file, which said this of it.
    Import(Box<ImportedOrigin>),
}

/// What another program's file says of a coding beyond passage, code and coder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedOrigin {
    /// The passage it belonged to there; codings of one passage share it.
    pub selection: Option<SelectionId>,
    /// When it was made, in milliseconds from 1970 in UTC.
    pub made_millis: Option<i64>,
}

/// A passage that a coder has marked with a code.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Coding {
    /// Identity.
    pub id: CodingId,
    /// The passage, in code points of the document's current text; never empty.
    pub range: TextRange,
    /// The code.
    pub code: CodeId,
    /// The coder.
    pub coder: CoderId,
    /// Values of the code's facets; not every facet needs one.
    #[serde(default)]
    pub facets: BTreeMap<FacetId, FacetValue>,
    /// How it came about.
    #[serde(default)]
    pub origin: Origin,
    /// Whom the passage is about, as the coder said; empty where the coder left it to who speaks.
    #[serde(default)]
    pub about: BTreeSet<CaseId>,
}

impl Serialize for Coding {
    /// In JSON, codings by hand have no origin, and those that name nobody no `about`, as in the first version of the
    /// log. In the checkpoint, whose format has no names, every field is written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            id,
            range,
            code,
            coder,
            facets,
            origin,
            about,
        } = self;
        let brief = serializer.is_human_readable();
        let has_origin = !brief || *origin != Origin::Hand;
        let has_about = !brief || !about.is_empty();
        let n_fields = 5 + usize::from(has_origin) + usize::from(has_about);
        let mut fields = serializer.serialize_struct("Coding", n_fields)?;
        fields.serialize_field("id", id)?;
        fields.serialize_field("range", range)?;
        fields.serialize_field("code", code)?;
        fields.serialize_field("coder", coder)?;
        fields.serialize_field("facets", facets)?;
        if has_origin {
            fields.serialize_field("origin", origin)?;
        }
        if has_about {
            fields.serialize_field("about", about)?;
        }
        fields.end()
    }
}

impl Coding {
    /// When it was made, in milliseconds from 1970 in UTC, as far as its identity or the file it came with tells.
    pub fn made_millis(&self) -> Option<i64> {
        match &self.origin {
            Origin::Import(brought) => brought.made_millis,
            Origin::Hand | Origin::Search(_) | Origin::Suggestion => self
                .id
                .made_millis()
                .and_then(|millis| i64::try_from(millis).ok()),
        }
    }

    /// The order of codings in a document: by start, then end, then identity.
    pub fn order(&self) -> (u32, u32, CodingId) {
        (self.range.start(), self.range.end(), self.id)
    }
}
