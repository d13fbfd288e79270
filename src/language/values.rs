//! What a value of an attribute is to be: `low`, `>=10`, `8..12`, `2025-03..2025-06`.

use super::fold::fold;
use crate::model::attribute::{AttributeValue, Day};

/// What a value is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCondition {
    /// The value as typed, folded.
    text: String,
    least: RangeEnd,
    most: RangeEnd,
    /// Whether bounds were given, not just a value.
    is_range: bool,
}

/// One end of a range, read in every way in which it can be.
#[derive(Debug, Clone, Default, PartialEq)]
struct RangeEnd {
    number: Option<f64>,
    /// First and last day of the year, month or day that was typed.
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

/// The days of `2025`, `2025-03` or `2025-03-09`.
fn days_of(text: &str) -> Option<(Day, Day)> {
    if let Some(day) = Day::parse(text) {
        return Some((day, day));
    }
    let first = |text: &str| Day::parse(text);
    if let Some(start) = first(&format!("{text}-01")) {
        let last = (28..=31)
            .rev()
            .find_map(|day| first(&format!("{text}-{day}")))?;
        return Some((start, last));
    }
    Some((
        first(&format!("{text}-01-01"))?,
        first(&format!("{text}-12-31"))?,
    ))
}

impl ValueCondition {
    /// Reads what was typed.
    pub fn read(value: &str) -> Self {
        let text = fold(value);
        let bounds = if let Some(least) = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥'))
        {
            Some((RangeEnd::read(least), RangeEnd::default()))
        } else if let Some(most) = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤')) {
            Some((RangeEnd::default(), RangeEnd::read(most)))
        } else {
            text.split_once("..")
                .map(|(least, most)| (RangeEnd::read(least), RangeEnd::read(most)))
        };
        let is_range = bounds
            .as_ref()
            .is_some_and(|(least, most)| !(least.is_open() && most.is_open()));
        let (least, most) = bounds
            .filter(|_| is_range)
            .unwrap_or_else(|| (RangeEnd::read(&text), RangeEnd::read(&text)));
        Self {
            text,
            least,
            most,
            is_range,
        }
    }

    /// Whether a value is so.
    pub fn fits(&self, value: &AttributeValue) -> bool {
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
            _ => !is_range && fold(&value.to_text()) == *text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_as_what_they_are() {
        let number = AttributeValue::Number(10.0);
        let day = AttributeValue::Date(Day::parse("2025-03-09").unwrap());
        let words = AttributeValue::Text("Low ".to_owned());
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
            ("high", &words, false),
        ] {
            assert_eq!(
                ValueCondition::read(wanted).fits(value),
                expected,
                "{wanted}"
            );
        }
    }
}
