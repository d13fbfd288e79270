//! Cases: the units of analysis. A person belongs to a family; other kinds are allowed.

use serde::{Deserialize, Serialize};

use super::{
    attribute::Values,
    ids::CaseId,
    localized::{Language, Localized},
};
use crate::message::{language::UiLanguage, text::Text};

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

    /// The kind that a person writes, in either language.
    pub fn named(text: &str) -> Self {
        let known = [Self::family(), Self::person()];
        let mut known = known.into_iter();
        known
            .find(|kind| kind.localized().all().any(|name| name == text))
            .unwrap_or_else(|| Self(text.to_owned()))
    }

    /// The kind in a language; a kind that the program doesn't know stays as it was written.
    pub fn say(&self, language: UiLanguage) -> &str {
        match self.0.as_str() {
            "family" => language.say(Text::new("family", "家庭")),
            "person" => language.say(Text::new("person", "个人")),
            other => other,
        }
    }

    /// The kind as sheets write it, with its Chinese name if the program knows one.
    pub fn localized(&self) -> Localized {
        let mut name = Localized::plain(&*self.0);
        let chinese = self.say(UiLanguage::Chinese);
        if chinese != self.0 {
            name.translations.insert(Language::ZH, chinese.to_owned());
        }
        name
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
