//! A table of typed cells, as sheets of every form write it.

use std::{borrow::Cow, sync::Arc};

use crate::model::{
    attribute::{AttributeValue, Day},
    facet::FacetValue,
};

/// A table with a header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// What it is called: the name of a sheet in a workbook.
    pub name: String,
    /// Names of the columns; no two are the same.
    pub columns: Vec<String>,
    /// Cells, as many in each row as there are columns.
    pub rows: Vec<Vec<Value>>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Words; never a formula, whatever they begin with. Shared by the many rows that say the same.
    Text(Arc<str>),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// A calendar day.
    Day(Day),
    /// A moment, in milliseconds from 1970 in UTC.
    Moment(i64),
    /// A place in a recording, in milliseconds from its start.
    Clock(u32),
}

impl Value {
    /// Words, or nothing where there are none.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.into())
        }
    }

    /// A count or a position.
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

    /// The cell as a sheet of text has it, without a guard against formulas.
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

impl Grid {
    /// An empty table.
    pub fn new(name: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            name: name.into(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a column under a name that no other has: where it is taken, what the column is of stands behind it.
    pub fn add_column(&mut self, name: &str, of: &str) {
        let taken = |name: &str| {
            self.columns
                .iter()
                .any(|column| column.eq_ignore_ascii_case(name))
        };
        let mut unique = name.to_owned();
        if taken(&unique) {
            unique = format!("{name} ({of})");
        }
        let mut number = 1;
        while taken(&unique) {
            number += 1;
            unique = format!("{name} ({of} {number})");
        }
        self.columns.push(unique);
    }
}

/// The whole number that a number is, where it is one that every program holds exactly.
pub(super) fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number that fits")]
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// A moment in UTC, `2025-03-09T10:15:00Z`; nothing where there is no such year.
pub fn moment(millis: i64) -> String {
    let seconds = millis.div_euclid(1000);
    jiff::Timestamp::from_second(seconds)
        .map(|moment| moment.to_string())
        .unwrap_or_default()
}

/// A place in a recording, `00:12:05`.
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
            Value::Moment(1_741_515_300_999).plain(),
            "2025-03-09T10:15:00Z"
        );
        assert_eq!(Value::Clock(725_000).plain(), "00:12:05");
        assert_eq!(Value::Number(3.0).plain(), "3");
        assert_eq!(Value::text(""), Value::Empty);
        let mut grid = Grid::new("a", &["case"]);
        grid.add_column("Case", "attribute");
        grid.add_column("case", "attribute");
        assert_eq!(
            grid.columns,
            ["case", "Case (attribute)", "case (attribute 2)"]
        );
    }
}
