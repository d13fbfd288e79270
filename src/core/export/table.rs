//! A table of typed cells, from which every table format is written.

use std::{borrow::Cow, sync::Arc};

use crate::model::{
    attribute::{AttributeValue, Day},
    facet::FacetValue,
};

/// A table with a header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportTable {
    /// The name of the table; in a workbook, that of its sheet.
    pub name: String,
    /// The names of the columns, all different.
    pub columns: Vec<String>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<CellValue>>,
}

/// The value of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum CellValue {
    /// No value.
    #[default]
    Empty,
    /// Text, never a formula. Rows with the same text share it.
    Text(Arc<str>),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// A calendar day.
    Day(Day),
    /// A point in time, in milliseconds since 1970 in UTC.
    Moment(i64),
    /// A position in a recording, in milliseconds from its start.
    Clock(u32),
}

impl CellValue {
    /// A text; [`Self::Empty`] if it has no characters.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.into())
        }
    }

    /// A count or a position; [`Self::Empty`] beyond what 32 bits hold.
    pub fn count(n: impl TryInto<u32>) -> Self {
        n.try_into()
            .map_or(Self::Empty, |n| Self::Number(f64::from(n)))
    }

    /// The value of an attribute.
    pub fn attribute(value: &AttributeValue) -> Self {
        match value {
            AttributeValue::Number(number) => Self::Number(*number),
            AttributeValue::YesNo(answer) => Self::YesNo(*answer),
            AttributeValue::Date(day) => Self::Day(*day),
            AttributeValue::Text(_)
            | AttributeValue::Category(_)
            | AttributeValue::NotAsked
            | AttributeValue::Missing => Self::text(value.to_text()),
        }
    }

    /// The value of a facet.
    pub fn facet(value: &FacetValue) -> Self {
        match value {
            FacetValue::Intensity(strength) => Self::Number(f64::from(*strength)),
            FacetValue::YesNo(answer) => Self::YesNo(*answer),
            FacetValue::Category(_) | FacetValue::Text(_) => Self::text(value.to_text()),
        }
    }

    /// The value as text, without protection against formulas.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) => (&**text).into(),
            Self::Number(number) => whole(*number)
                .map_or_else(|| number.to_string(), |whole| whole.to_string())
                .into(),
            Self::YesNo(answer) => if *answer { "yes" } else { "no" }.into(),
            Self::Day(day) => day.to_string().into(),
            Self::Moment(millis) => moment(*millis).into(),
            Self::Clock(millis) => clock(*millis).into(),
        }
    }
}

impl ExportTable {
    /// A table without rows.
    pub fn new(name: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            name: name.into(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a column under a name that no other column has.
    ///
    /// If `name` is taken, `of` follows it in parentheses, such as `age (attribute)`.
    pub fn add_column(&mut self, name: &str, of: &str) {
        let mut unique = name.to_owned();
        if self.has_column(&unique) {
            unique = format!("{name} ({of})");
        }
        let mut number = 1;
        while self.has_column(&unique) {
            number += 1;
            unique = format!("{name} ({of} {number})");
        }
        self.columns.push(unique);
    }

    /// Returns true if a column has the name; SQL and R don't distinguish upper and lower case.
    fn has_column(&self, name: &str) -> bool {
        self.columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name))
    }
}

/// The number as an integer, if it is one that every program represents exactly.
pub(super) fn whole(number: f64) -> Option<i64> {
    // Below 2^53, about 9.007e15, an f64 holds every integer.
    #[expect(clippy::cast_possible_truncation, reason = "a whole number that fits")]
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// A point in time in UTC to the second, such as `2025-03-09T10:15:00Z`; empty outside the years of the calendar.
pub fn moment(millis: i64) -> String {
    let seconds = millis.div_euclid(1000);
    jiff::Timestamp::from_second(seconds)
        .map(|moment| moment.to_string())
        .unwrap_or_default()
}

/// A position in a recording, such as `00:12:05`.
pub fn clock(millis: u32) -> String {
    let seconds = millis / 1000;
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_as_sheets_have_them() {
        assert_eq!(
            CellValue::Moment(1_741_515_300_999).plain(),
            "2025-03-09T10:15:00Z"
        );
        assert_eq!(CellValue::Clock(725_000).plain(), "00:12:05");
        assert_eq!(CellValue::Number(3.0).plain(), "3");
        assert_eq!(CellValue::text(""), CellValue::Empty);
        let mut table = ExportTable::new("a", &["case"]);
        table.add_column("Case", "attribute");
        table.add_column("case", "attribute");
        assert_eq!(
            table.columns,
            ["case", "Case (attribute)", "case (attribute 2)"]
        );
    }
}
