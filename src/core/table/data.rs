//! A table of raw values, from which every table for other programs is written: CSV, JSON, workbooks, the lists of the command line.
//!
//! It is a type of its own beside [`Table`](super::Table), because programs and people need different cells.
//! A figure for people is a text in their language, rounded, with a tint and the reason why it may be missing;
//! a value for programs is the bare number, day or identifier, and an empty cell where there is none.

use std::{borrow::Cow, sync::Arc};

use serde_json::{Map, Value as Json};

use crate::model::{
    attribute::{AttributeValue, Day},
    facet::FacetValue,
};

/// A table of raw values with a header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DataTable {
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
    /// A finite number; a whole one is written as an integer, since it is a count, a position or an answer.
    Number(f64),
    /// A finite number that was computed; even a whole one keeps its decimal point, so that a column of figures has one type.
    Figure(f64),
    /// An answer, written as yes or no.
    YesNo(bool),
    /// A property, written as true or false.
    Flag(bool),
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

    /// A computed figure; [`Self::Empty`] if it isn't finite.
    pub fn figure(figure: f64) -> Self {
        if figure.is_finite() {
            Self::Figure(figure)
        } else {
            Self::Empty
        }
    }

    /// Returns true if the value is a number, which is aligned at its last digit.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Figure(_))
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

    /// The value in JSON: numbers and truths typed, everything else as text, and null for an empty cell.
    pub fn json(&self) -> Json {
        match self {
            Self::Empty => Json::Null,
            Self::Number(number) => whole(*number).map_or_else(|| Json::from(*number), Json::from),
            Self::Figure(figure) => Json::from(*figure),
            Self::YesNo(answer) => Json::from(*answer),
            Self::Flag(holds) => Json::from(*holds),
            Self::Text(_) | Self::Day(_) | Self::Moment(_) | Self::Clock(_) => {
                Json::from(self.plain())
            }
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
            Self::Figure(figure) => Json::from(*figure).to_string().into(),
            Self::YesNo(answer) => if *answer { "yes" } else { "no" }.into(),
            Self::Flag(holds) => holds.to_string().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Moment(millis) => moment(*millis).into(),
            Self::Clock(millis) => clock(*millis).into(),
        }
    }
}

/// A text, even without characters: unlike [`CellValue::text`], which leaves the cell empty then.
impl From<&str> for CellValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for CellValue {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for CellValue {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<char> for CellValue {
    fn from(c: char) -> Self {
        Self::from(String::from(c))
    }
}

impl From<bool> for CellValue {
    fn from(holds: bool) -> Self {
        Self::Flag(holds)
    }
}

/// A computed figure.
impl From<f64> for CellValue {
    fn from(figure: f64) -> Self {
        Self::figure(figure)
    }
}

impl From<u32> for CellValue {
    fn from(count: u32) -> Self {
        Self::Number(count.into())
    }
}

impl From<u64> for CellValue {
    fn from(count: u64) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "no count of a project has more digits than a float"
        )]
        Self::Number(count as f64)
    }
}

impl From<usize> for CellValue {
    fn from(count: usize) -> Self {
        Self::from(count as u64)
    }
}

/// A value that may be missing; the cell is empty then.
impl<T: Into<Self>> From<Option<T>> for CellValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl DataTable {
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

    /// The rows as JSON objects, with the names of the columns as keys.
    pub fn objects(&self) -> Vec<Json> {
        self.rows
            .iter()
            .map(|row| {
                let keys = self.columns.iter().cloned();
                Json::Object(Map::from_iter(keys.zip(row.iter().map(CellValue::json))))
            })
            .collect()
    }

    /// Returns true if a column has the name; SQL and R don't distinguish upper and lower case.
    fn has_column(&self, name: &str) -> bool {
        self.columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name))
    }
}

/// The number as an integer, if it is one that every program represents exactly.
fn whole(number: f64) -> Option<i64> {
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
        let mut table = DataTable::new("a", &["case"]);
        table.add_column("Case", "attribute");
        table.add_column("case", "attribute");
        assert_eq!(
            table.columns,
            ["case", "Case (attribute)", "case (attribute 2)"]
        );
    }
}
