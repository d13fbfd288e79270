//! Cases: the units of analysis. A person belongs to a family; other kinds are allowed.

use serde::{Deserialize, Serialize};

use super::{attribute::Values, ids::CaseId};
use crate::message::language::UiLanguage;

/// The kind of a case, such as `family`, `person`, `group`, `school`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseKind(pub String);

impl CaseKind {
    /// A family.
    pub fn family() -> Self {
        Self("family".to_owned())
    }

    /// A person.
    pub fn person() -> Self {
        Self("person".to_owned())
    }

    /// The kind in a language; a kind that the program doesn't know stays as it was written.
    pub fn say(&self, language: UiLanguage) -> &str {
        match self.0.as_str() {
            "family" => language.pick("family", "家庭"),
            "person" => language.pick("person", "个人"),
            other => other,
        }
    }
}

/// A unit of analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: CaseKind,
    /// The case it belongs to.
    pub parent: Option<CaseId>,
    /// Values of attributes.
    #[serde(with = "super::attribute::as_pairs")]
    pub values: Values,
}
