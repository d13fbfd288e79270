//! Tables as text: CSV, TSV and JSON.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::grid::{Grid, Value, whole};
use crate::import::table::guarded;

/// A table with commas or tabs; words that a spreadsheet would take for a formula have an apostrophe before them.
pub fn separated(grid: &Grid, delimiter: u8) -> Vec<u8> {
    let mut table = Separated::new(&grid.columns, delimiter);
    grid.rows.iter().for_each(|row| table.row(row));
    table.finish()
}

/// Such a table row by row.
#[derive(Debug)]
pub(super) struct Separated(csv::Writer<Vec<u8>>);

impl Separated {
    /// A table with its header.
    pub(super) fn new(columns: &[String], delimiter: u8) -> Self {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(Vec::new());
        // Writing to memory can't fail, and every row has as many cells as the header.
        writer
            .write_record(columns.iter().map(|name| guarded(name).into_owned()))
            .ok();
        Self(writer)
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: &[Value]) {
        row.iter()
            .for_each(|value| drop(self.0.write_field(cell(value).as_bytes())));
        self.0.write_record(None::<&[u8]>).ok();
    }

    /// The table in UTF-8.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => guarded(text),
        other => other.plain(),
    }
}

/// A table as an array with one object a row.
pub fn json(grid: &Grid) -> String {
    let value = |value: &Value| match value {
        Value::Empty => Json::Null,
        Value::Number(number) => whole(*number).map_or_else(|| json!(number), |whole| json!(whole)),
        Value::YesNo(answer) => json!(answer),
        other => json!(other.plain()),
    };
    let object = |row: &Vec<Value>| {
        Json::Object(
            grid.columns
                .iter()
                .cloned()
                .zip(row.iter().map(value))
                .collect::<Map<_, _>>(),
        )
    };
    serde_json::to_string_pretty(&Json::Array(grid.rows.iter().map(object).collect()))
        .unwrap_or_default()
        + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let mut grid = Grid::new("a", &["=name", "n"]);
        grid.rows = vec![
            vec![Value::text("=HYPERLINK(\"x\")"), Value::Number(-2.0)],
            vec![Value::text("-5"), Value::Number(2.5)],
            vec![Value::text("'=x"), Value::Empty],
        ];
        assert_eq!(
            String::from_utf8(separated(&grid, b',')).unwrap(),
            "'=name,n\n\"'=HYPERLINK(\"\"x\"\")\",-2\n-5,2.5\n''=x,\n"
        );
        assert!(json(&grid).contains("\"n\": -2,") || json(&grid).contains("\"n\": -2\n"));
    }
}
