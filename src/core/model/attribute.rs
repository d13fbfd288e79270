//! Attributes: typed variables of cases, documents and coders.
//!
//! *Not asked*, *missing* and "no value yet" differ, and none of them is 0.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

use super::{
    ids::{AttributeId, PhaseId},
    localized::{Language, Localized, Translations},
    natural_key,
    rank::Rank,
};
use crate::message::{Argument, language::UiLanguage, text::Text};

/// A variable of cases, documents or coders.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Attribute {
    /// Identity.
    pub id: AttributeId,
    /// Name.
    pub name: String,
    /// What it means, in words.
    pub definition: String,
    /// What has it.
    pub of: AttributeOf,
    /// What values it takes.
    pub kind: AttributeKind,
    /// Whether there is a value for each phase.
    pub per_phase: bool,
    /// Its place among the attributes.
    pub rank: Rank,
    /// The name in other languages.
    #[serde(default)]
    pub translations: Translations,
    /// The names of categories in other languages, by category.
    #[serde(default)]
    pub category_translations: CategoryTranslations,
}

/// The names of categories in other languages, by category; those without any have no entry.
pub type CategoryTranslations = BTreeMap<String, Translations>;

impl Attribute {
    /// An attribute without a definition or names in other languages.
    pub fn new(
        id: AttributeId,
        name: String,
        of: AttributeOf,
        kind: AttributeKind,
        per_phase: bool,
        rank: Rank,
    ) -> Self {
        Self {
            id,
            name,
            definition: String::new(),
            of,
            kind,
            per_phase,
            rank,
            translations: Translations::new(),
            category_translations: CategoryTranslations::new(),
        }
    }

    /// The name in a language, or the main one if there is no translation.
    pub fn name_in(&self, language: &Language) -> &str {
        self.translations.get(language).unwrap_or(&self.name)
    }

    /// The name with its translations.
    pub fn localized(&self) -> Localized {
        Localized {
            text: self.name.clone(),
            translations: self.translations.clone(),
        }
    }

    /// The name and its translations.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(self.translations.values())
            .map(String::as_str)
    }

    /// A value of the attribute as sheets write it, with its names in other languages.
    pub fn localized_value(&self, value: &AttributeValue) -> Localized {
        let mut name = value.localized();
        if let AttributeValue::Category(category) = value
            && let Some(translations) = self.category_translations.get(category)
        {
            name.translations.clone_from(translations);
        }
        name
    }

    /// A value of the attribute in a language.
    pub fn say(&self, value: &AttributeValue, language: UiLanguage) -> String {
        self.localized_value(value).get(&language.tag()).to_owned()
    }

    /// The categories in their order, in a language.
    pub fn categories_in(&self, language: UiLanguage) -> Vec<String> {
        let categories = self.kind.categories().iter();
        categories
            .map(|category| self.say(&AttributeValue::Category(category.clone()), language))
            .collect()
    }

    /// Reads a value as sheets write it, or a category by its name in another language; `None` if it isn't of this kind.
    pub fn parse(&self, text: &str) -> Option<AttributeValue> {
        self.kind.parse(text).or_else(|| {
            let category = self.translated_category(text.trim())?;
            Some(AttributeValue::Category(category.to_owned()))
        })
    }

    /// The category that has a name in another language.
    fn translated_category(&self, name: &str) -> Option<&str> {
        let mut categories = self.kind.categories().iter();
        let category = categories.find(|category| {
            let translations = self.category_translations.get(*category);
            translations.is_some_and(|names| names.values().any(|own| own == name))
        });
        category.map(String::as_str)
    }

    /// The kind that takes the values of a column whose kind was inferred, or `None` if the two exclude each other.
    ///
    /// A column with few rows is inferred too narrowly or too widely. So text and categories go with every kind, and the
    /// values themselves decide; two different kinds of the others clash.
    pub fn widened_by(&self, inferred: &AttributeKind) -> Option<AttributeKind> {
        match (&self.kind, inferred) {
            (AttributeKind::Category(has), AttributeKind::Category(given)) => {
                let new = given.iter().filter(|value| {
                    !has.contains(value) && self.translated_category(value).is_none()
                });
                Some(AttributeKind::Category(
                    has.iter().chain(new).cloned().collect(),
                ))
            }
            (AttributeKind::Text, _) | (_, AttributeKind::Text | AttributeKind::Category(_)) => {
                Some(self.kind.clone())
            }
            (has, given) => (has == given).then(|| has.clone()),
        }
    }
}

impl Serialize for Attribute {
    /// The log leaves out translations if there are none; the checkpoint can't leave out fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let translated = !self.translations.is_empty() || !serializer.is_human_readable();
        let has_categories =
            !self.category_translations.is_empty() || !serializer.is_human_readable();
        let n_fields = 7 + usize::from(translated) + usize::from(has_categories);
        let mut fields = serializer.serialize_struct("Attribute", n_fields)?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("definition", &self.definition)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("per_phase", &self.per_phase)?;
        fields.serialize_field("rank", &self.rank)?;
        if translated {
            fields.serialize_field("translations", &self.translations)?;
        }
        if has_categories {
            fields.serialize_field("category_translations", &self.category_translations)?;
        }
        fields.end()
    }
}

/// What has an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AttributeOf {
    /// Cases.
    Cases,
    /// Documents.
    Documents,
    /// Coders.
    Coders,
}

impl AttributeOf {
    /// Whether a passage has a value through its document or a case, so that searches and tables can ask for it.
    pub const fn describes_passages(self) -> bool {
        match self {
            Self::Cases | Self::Documents => true,
            Self::Coders => false,
        }
    }

    /// Whether there can be a value for each phase; a coder is in none.
    pub const fn has_phases(self) -> bool {
        match self {
            Self::Cases | Self::Documents => true,
            Self::Coders => false,
        }
    }
}

/// What values an attribute takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeKind {
    /// Any words.
    Text,
    /// A finite number.
    Number,
    /// A calendar day.
    Date,
    /// Yes or no.
    YesNo,
    /// One of these.
    Category(Vec<String>),
}

/// A calendar day, year-month-day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

impl Day {
    /// Reads `2025-03-09`, `2025/3/9` or `2025.3.9`; `None` if there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', '/', '.']);
        let year: u16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month: u8 = parts.next()?.parse().ok()?;
        let day: u8 = parts.next()?.parse().ok()?;
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (parts.next().is_none() && year >= 1 && (1..=last).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AttributeValue {
    /// Any words.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A calendar day.
    Date(Day),
    /// Yes or no.
    YesNo(bool),
    /// One of the attribute's categories.
    Category(String),
    /// The question was not asked.
    NotAsked,
    /// The question was asked and not answered.
    Missing,
}

/// Values by attribute and, where it is given per phase, phase.
pub type Values = BTreeMap<(AttributeId, Option<PhaseId>), AttributeValue>;

impl AttributeValue {
    /// The value as sheets write it.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Category(text) => text.clone(),
            Self::Number(value) => value.to_string(),
            Self::Date(day) => day.to_string(),
            Self::YesNo(value) => if *value { "yes" } else { "no" }.to_owned(),
            Self::NotAsked => "not asked".to_owned(),
            Self::Missing => "missing".to_owned(),
        }
    }

    /// The value as sheets write it, with its translation where the words are the program's own; an attribute knows those
    /// of its categories ([`Attribute::localized_value`]).
    pub fn localized(&self) -> Localized {
        let mut name = Localized::plain(self.to_text());
        let chinese = match self {
            Self::YesNo(true) => "是",
            Self::YesNo(false) => "否",
            Self::NotAsked => "未询问",
            Self::Missing => "缺失",
            Self::Text(_) | Self::Number(_) | Self::Date(_) | Self::Category(_) => return name,
        };
        name.translations.insert(Language::ZH, chinese.to_owned());
        name
    }

    /// The value as a number: yes is 1 and no is 0; `None` for words, dates and absent values.
    pub fn to_number(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            Self::YesNo(value) => Some(f64::from(u8::from(*value))),
            Self::Text(_) | Self::Date(_) | Self::Category(_) | Self::NotAsked | Self::Missing => {
                None
            }
        }
    }

    /// Returns true if the value says that there is none.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::NotAsked | Self::Missing)
    }

    /// Compares values for the order in which they are listed: numbers by size, days by date, yes
    /// before no, categories as the attribute lists them, words by name; absent ones come last.
    pub fn compare(&self, other: &Self, categories: &[String]) -> Ordering {
        match (self, other) {
            // Adding 0 turns -0 into 0.
            (Self::Number(a), Self::Number(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::YesNo(a), Self::YesNo(b)) => b.cmp(a),
            (Self::Category(a) | Self::Text(a), Self::Category(b) | Self::Text(b)) => {
                (text_order(categories, a), a).cmp(&(text_order(categories, b), b))
            }
            _ => self.kind_order().cmp(&other.kind_order()),
        }
    }

    fn kind_order(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Date(_) => 1,
            Self::YesNo(_) => 2,
            Self::Category(_) | Self::Text(_) => 3,
            Self::NotAsked => 4,
            Self::Missing => 5,
        }
    }

    /// Reads the words for "not asked" and "missing" in both languages.
    pub fn absent(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "not asked" | "未询问" | "未问" => Some(Self::NotAsked),
            "missing" | "n/a" | "na" | "缺失" => Some(Self::Missing),
            _ => None,
        }
    }
}

impl AttributeKind {
    /// The kinds that a column of a sheet is recognised as if all its cells fit, the preferred one first.
    pub const INFERRED: [Self; 3] = [Self::Number, Self::Date, Self::YesNo];

    /// Reads a value as sheets write it; `None` if it isn't of this kind.
    pub fn parse(&self, text: &str) -> Option<AttributeValue> {
        let text = text.trim();
        if let Some(absent) = AttributeValue::absent(text) {
            return Some(absent);
        }
        match self {
            Self::Text => Some(AttributeValue::Text(text.to_owned())),
            Self::Number => text
                .parse::<f64>()
                .ok()
                .filter(|value| value.is_finite())
                .map(AttributeValue::Number),
            Self::Date => Day::parse(text).map(AttributeValue::Date),
            Self::YesNo => yes_or_no(text).map(AttributeValue::YesNo),
            Self::Category(values) => values
                .iter()
                .find(|value| value.as_str() == text)
                .map(|value| AttributeValue::Category(value.clone())),
        }
    }

    /// The name of the kind.
    pub const fn name(&self) -> Text {
        match self {
            Self::Text => Text::new("text", "文字"),
            Self::Number => Text::new("number", "数字"),
            Self::Date => Text::new("date", "日期"),
            Self::YesNo => Text::new("yes/no", "是/否"),
            Self::Category(_) => Text::new("category", "类别"),
        }
    }

    /// The categories; none for the other kinds.
    pub fn categories(&self) -> &[String] {
        match self {
            Self::Category(values) => values,
            Self::Text | Self::Number | Self::Date | Self::YesNo => &[],
        }
    }

    /// The values that it accepts.
    pub fn accepted(&self) -> Argument {
        match self {
            Self::Text => Text::new("any text", "任意文字").into(),
            Self::Number => Text::new("a number", "数字").into(),
            Self::Date => Text::new("a date such as 2025-03-09", "日期，如 2025-03-09").into(),
            Self::YesNo => Text::new("yes or no", "是或否").into(),
            Self::Category(values) => values.as_slice().into(),
        }
    }

    /// The kind with one more category, or `None` if it isn't a category.
    pub fn with_category(&self, category: &str) -> Option<Self> {
        let Self::Category(values) = self else {
            return None;
        };
        let mut values = values.clone();
        values.push(category.to_owned());
        Some(Self::Category(values))
    }

    /// Returns true if a value is of this kind.
    pub fn admits(&self, value: &AttributeValue) -> bool {
        match (self, value) {
            (_, AttributeValue::NotAsked | AttributeValue::Missing)
            | (Self::Text, AttributeValue::Text(_))
            | (Self::Date, AttributeValue::Date(_))
            | (Self::YesNo, AttributeValue::YesNo(_)) => true,
            (Self::Number, AttributeValue::Number(value)) => value.is_finite(),
            (Self::Category(values), AttributeValue::Category(text)) => values.contains(text),
            _ => false,
        }
    }
}

/// The order of words: listed ones as they are listed, then the others by name.
pub fn text_order(categories: &[String], text: &str) -> (usize, Vec<(u64, String)>) {
    let listed = categories.iter().position(|category| category == text);
    (listed.unwrap_or(usize::MAX), natural_key(text))
}

/// Reads yes and no in both languages.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "y" | "是" | "有" => Some(true),
        "no" | "false" | "n" | "否" | "无" => Some(false),
        _ => None,
    }
}

/// Stores [`Values`] as a list of pairs, since a JSON key can only be text.
pub mod as_pairs {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::{AttributeId, AttributeValue, PhaseId, Values};

    type KeyedValue = (AttributeId, Option<PhaseId>, AttributeValue);

    /// Writes the pairs in order.
    ///
    /// # Errors
    /// As the serializer's.
    pub fn serialize<S: Serializer>(values: &Values, serializer: S) -> Result<S::Ok, S::Error> {
        values
            .iter()
            .map(|((attribute, phase), value)| (attribute, phase, value))
            .collect::<Vec<_>>()
            .serialize(serializer)
    }

    /// Reads the pairs.
    ///
    /// # Errors
    /// As the deserializer's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Values, D::Error> {
        Ok(Vec::<KeyedValue>::deserialize(deserializer)?
            .into_iter()
            .map(|(attribute, phase, value)| ((attribute, phase), value))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Day::parse("2025-03-09").unwrap().to_string(), "2025-03-09");
        assert_eq!(Day::parse("2024/2/29").unwrap().day, 29);
        for bad in [
            "2025-02-29",
            "2025-13-01",
            "25-01-01",
            "2025-01",
            "2025-01-01-01",
            "",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn words_of_the_program_are_translated_and_read_again() {
        let say = |value: &AttributeValue, language: UiLanguage| {
            value.localized().get(&language.tag()).to_owned()
        };
        let category = AttributeValue::Category("yes".to_owned());
        assert_eq!(say(&category, UiLanguage::Chinese), "yes");
        for (value, english, chinese) in [
            (AttributeValue::NotAsked, "not asked", "未询问"),
            (AttributeValue::Missing, "missing", "缺失"),
            (AttributeValue::YesNo(true), "yes", "是"),
            (AttributeValue::YesNo(false), "no", "否"),
        ] {
            let said =
                [UiLanguage::English, UiLanguage::Chinese].map(|language| say(&value, language));
            assert_eq!(said, [english, chinese]);
            for text in said {
                assert_eq!(AttributeKind::YesNo.parse(&text), Some(value.clone()));
            }
        }
    }

    #[test]
    fn not_asked_is_not_zero() {
        assert_eq!(
            AttributeKind::Number.parse("not asked"),
            Some(AttributeValue::NotAsked)
        );
        assert_eq!(
            AttributeKind::Number.parse("缺失"),
            Some(AttributeValue::Missing)
        );
        assert_eq!(AttributeKind::Number.parse("NaN"), None);
        assert_eq!(AttributeKind::Number.parse("1e999"), None);
    }
}
