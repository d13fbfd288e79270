//! Facets: small typed variables that a code asks of its codings.

use serde::{Deserialize, Serialize};

use super::{
    ids::FacetId,
    localized::{Language, Localized},
};
use crate::message::{Argument, language::UiLanguage, text::Text};

/// A variable of a code's codings, such as *appraiser* or *judgement*.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facet {
    /// Identity.
    pub id: FacetId,
    /// Name.
    pub name: Localized,
    /// What values it takes.
    pub kind: FacetKind,
}

impl Facet {
    /// Returns true if this is its name in any language.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.all().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// One of its values in a language.
    pub fn say(&self, value: &FacetValue, language: UiLanguage) -> String {
        match (&self.kind, value) {
            (FacetKind::Category(values), FacetValue::Category(text)) => {
                values.iter().find(|value| value.text == *text).map_or_else(
                    || text.clone(),
                    |value| value.get(&language.tag()).to_owned(),
                )
            }
            (_, FacetValue::YesNo(yes)) => if *yes {
                language.say(Text::new("yes", "是"))
            } else {
                language.say(Text::new("no", "否"))
            }
            .to_owned(),
            _ => value.to_text(),
        }
    }
}

/// What values a facet takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FacetKind {
    /// One of these; the main text is what is stored and written.
    Category(Vec<Localized>),
    /// A strength from 0 to 100.
    Intensity,
    /// Free words.
    Text,
    /// Yes or no.
    YesNo,
}

/// The value of a facet on one coding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FacetValue {
    /// The main text of a category.
    Category(String),
    /// 0 to 100.
    Intensity(u8),
    /// Free words.
    Text(String),
    /// Yes or no.
    YesNo(bool),
}

impl FacetValue {
    /// The value as sheets write it.
    pub fn to_text(&self) -> String {
        match self {
            Self::Category(text) | Self::Text(text) => text.clone(),
            Self::Intensity(value) => value.to_string(),
            Self::YesNo(value) => if *value { "yes" } else { "no" }.to_owned(),
        }
    }
}

impl FacetKind {
    /// Reads a value as sheets write it; a category is recognised by any of its translations.
    pub fn parse(&self, text: &str) -> Option<FacetValue> {
        let text = text.trim();
        match self {
            Self::Category(values) => {
                let mut values = values.iter();
                let named =
                    values.find(|value| value.all().any(|name| name.eq_ignore_ascii_case(text)));
                named.map(|value| FacetValue::Category(value.text.clone()))
            }
            Self::Intensity => text
                .parse()
                .ok()
                .filter(|value| *value <= 100)
                .map(FacetValue::Intensity),
            Self::Text => (!text.is_empty()).then(|| FacetValue::Text(text.to_owned())),
            Self::YesNo => super::attribute::yes_or_no(text).map(FacetValue::YesNo),
        }
    }

    /// The values that it accepts.
    pub fn accepted(&self) -> Argument {
        match self {
            Self::Category(values) => {
                // Sheets may have either name, so each language shows its own.
                let values = values.iter().map(|value| Argument::Translated {
                    english: value.text.clone(),
                    chinese: value.get(&Language::ZH).to_owned(),
                });
                Argument::List(values.collect())
            }
            Self::Intensity => Text::new("a whole number from 0 to 100", "0 到 100 的整数").into(),
            Self::Text => Text::new("any text", "任意文字").into(),
            Self::YesNo => Text::new("yes or no", "是或否").into(),
        }
    }

    /// Returns true if a value is of this kind.
    pub fn admits(&self, value: &FacetValue) -> bool {
        match (self, value) {
            (Self::Category(values), FacetValue::Category(text)) => {
                values.iter().any(|value| value.text == *text)
            }
            (Self::Intensity, FacetValue::Intensity(value)) => *value <= 100,
            (Self::Text, FacetValue::Text(_)) | (Self::YesNo, FacetValue::YesNo(_)) => true,
            _ => false,
        }
    }
}
