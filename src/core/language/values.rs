//! Conditions on attributes in queries: what a typed value such as `low`, `>=10`, `8..12` or `2025-03..2025-06` matches,
//! and whose value counts.

use super::fold::fold;
use crate::model::{
    Project,
    attribute::{Attribute, AttributeOf, AttributeValue, Day, Values},
    document::Document,
    ids::{AttributeId, CaseId},
};

/// A condition on the value of an attribute.
///
/// The kind of the attribute isn't known when a query is read, so the condition keeps every reading of what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCondition {
    /// The value as typed, folded.
    text: String,
    least: RangeEnd,
    most: RangeEnd,
    /// True if bounds were given instead of a single value.
    is_range: bool,
}

/// One end of a range, in every reading that is possible.
#[derive(Debug, Clone, Default, PartialEq)]
struct RangeEnd {
    number: Option<f64>,
    /// The first and last day of the typed year, month or day.
    days: Option<(Day, Day)>,
}

impl RangeEnd {
    fn read(text: &str) -> Self {
        Self {
            number: text.trim().parse().ok(),
            days: days_of(text.trim()),
        }
    }

    const fn is_open(&self) -> bool {
        self.number.is_none() && self.days.is_none()
    }
}

/// The first and last day of `2025`, `2025-03` or `2025-03-09`.
fn days_of(text: &str) -> Option<(Day, Day)> {
    if let Some(day) = Day::parse(text) {
        return Some((day, day));
    }
    if let Some(first) = Day::parse(&format!("{text}-01")) {
        // A month has between 28 and 31 days: the largest number that is a date is its last.
        let last = (28..=31)
            .rev()
            .find_map(|day| Day::parse(&format!("{text}-{day}")))?;
        return Some((first, last));
    }
    Some((
        Day::parse(&format!("{text}-01-01"))?,
        Day::parse(&format!("{text}-12-31"))?,
    ))
}

/// The ends of a range as they are typed, `>=2025` or `2025-03..2025-06`; an open end is empty. `None` for a single value.
fn ends_of(text: &str) -> Option<(&str, &str)> {
    if let Some(least) = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥')) {
        Some((least, ""))
    } else if let Some(most) = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤')) {
        Some(("", most))
    } else {
        text.split_once("..")
    }
}

/// Returns true if a value is a date, or a range whose ends are dates.
pub fn is_of_dates(value: &str) -> bool {
    let text = fold(value);
    let (least, most) = ends_of(&text).unwrap_or((&text, ""));
    let ends = [least, most].map(str::trim);
    let mut typed = ends.into_iter().filter(|end| !end.is_empty()).peekable();
    typed.peek().is_some() && typed.all(|end| days_of(end).is_some())
}

impl ValueCondition {
    /// Reads what was typed.
    pub fn read(value: &str) -> Self {
        let text = fold(value);
        let bounds =
            ends_of(&text).map(|(least, most)| (RangeEnd::read(least), RangeEnd::read(most)));
        // `..` or `>=tall` has no end that can be read: it is a value that happens to look like a range.
        let bounds = bounds.filter(|(least, most)| !(least.is_open() && most.is_open()));
        let is_range = bounds.is_some();
        let (least, most) =
            bounds.unwrap_or_else(|| (RangeEnd::read(&text), RangeEnd::read(&text)));
        Self {
            text,
            least,
            most,
            is_range,
        }
    }

    /// Returns true if a value of an attribute meets the condition, by its name in any language.
    pub fn matches(&self, attribute: &Attribute, value: &AttributeValue) -> bool {
        let Self {
            text,
            least,
            most,
            is_range,
        } = self;
        match value {
            AttributeValue::Number(number) if least.number.is_some() || most.number.is_some() => {
                least.number.is_none_or(|least| *number >= least)
                    && most.number.is_none_or(|most| *number <= most)
            }
            AttributeValue::Date(day) if least.days.is_some() || most.days.is_some() => {
                least.days.is_none_or(|(first, _)| *day >= first)
                    && most.days.is_none_or(|(_, last)| *day <= last)
            }
            _ => !is_range && names_of_value(attribute, value).any(|name| name == *text),
        }
    }
}

/// The names of a value of an attribute in all languages, folded for comparison.
pub fn names_of_value(
    attribute: &Attribute,
    value: &AttributeValue,
) -> impl Iterator<Item = String> {
    let name = attribute.localized_value(value);
    std::iter::once(name.text)
        .chain(name.translations.into_values())
        .map(|name| fold(&name))
}

/// An attribute looked up for what is said in one document.
///
/// The value of the speaker's case counts, or that of the nearest case above it; where these have none, the cases of the
/// document count. An attribute of documents is looked up in the document instead.
pub struct AttributeLookup<'a> {
    /// The project.
    pub project: &'a Project,
    /// The document.
    pub document: &'a Document,
    /// The attribute.
    pub attribute: AttributeId,
    /// Which of its values match.
    pub matches: &'a dyn Fn(&Attribute, &AttributeValue) -> bool,
}

impl std::fmt::Debug for AttributeLookup<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "AttributeLookup({:?} in {:?})",
            self.attribute, self.document.id
        )
    }
}

impl AttributeLookup<'_> {
    /// Returns true if the value that counts for a speaker matches; `case` is the speaker's case.
    pub fn matches_for(&self, case: Option<CaseId>) -> bool {
        let Some(attribute) = self.project.attributes.get(&self.attribute) else {
            return false;
        };
        if attribute.of == AttributeOf::Documents {
            return self.any_matches(attribute, &self.document.values) == Some(true);
        }
        match case.and_then(|case| self.matches_in_case(attribute, case)) {
            Some(matches) => matches,
            None => {
                let mut cases = self.document.cases.iter();
                cases.any(|&case| self.matches_in_case(attribute, case) == Some(true))
            }
        }
    }

    /// Whether the nearest value of a case or one above it matches; `None` if none of them has a value.
    fn matches_in_case(&self, attribute: &Attribute, case: CaseId) -> Option<bool> {
        let mut next = Some(case);
        // Bounded by the number of cases, so that a circle of parents can't keep the walk from ending.
        for _ in 0..=self.project.cases.len() {
            let case = self.project.cases.get(&next?)?;
            if let Some(matches) = self.any_matches(attribute, &case.values) {
                return Some(matches);
            }
            next = case.parent;
        }
        None
    }

    /// Whether one of the values matches; `None` if there is no value that holds in the document's phase.
    fn any_matches(&self, attribute: &Attribute, values: &Values) -> Option<bool> {
        let phase_now = self.document.phase;
        let mut values = values
            .iter()
            .filter(|((id, phase), _)| {
                *id == self.attribute
                    && (phase.is_none() || phase_now.is_none() || *phase == phase_now)
            })
            .map(|(_, value)| value)
            .peekable();
        values.peek()?;
        Some(values.any(|value| (self.matches)(attribute, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{attribute::AttributeKind, localized::Language, rank::Rank};

    #[test]
    fn values_are_compared_as_what_they_are() {
        let number = AttributeValue::Number(10.0);
        let day = AttributeValue::Date(Day::parse("2025-03-09").unwrap());
        let words = AttributeValue::Category("Low ".to_owned());
        let mut income = Attribute::new(
            AttributeId::from_u128(1),
            "income".to_owned(),
            AttributeOf::Cases,
            AttributeKind::Category(vec!["Low ".to_owned()]),
            false,
            Rank::between(None, None),
        );
        let chinese = [(Language::ZH, "低收入".to_owned())].into();
        income
            .category_translations
            .insert("Low ".to_owned(), chinese);
        for (wanted, value, expected) in [
            ("10", &number, true),
            (">=10", &number, true),
            ("≤9.5", &number, false),
            ("8..12", &number, true),
            ("11..", &number, false),
            ("2025-03", &day, true),
            ("2025", &day, true),
            ("2025-03-10..", &day, false),
            ("2025-01..2025-02", &day, false),
            ("..2025-03", &day, true),
            ("ｌｏｗ", &words, true),
            (">=low", &words, false),
            ("低收入", &words, true),
            ("high", &words, false),
        ] {
            assert_eq!(
                ValueCondition::read(wanted).matches(&income, value),
                expected,
                "{wanted}"
            );
        }
    }
}
