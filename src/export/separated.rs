//! Tables as text: CSV, TSV and JSON.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::grid::{Grid, Value};
use crate::import::table::guarded;

/// A table with commas or tabs; words that a spreadsheet would take for a formula have an apostrophe before them.
pub fn separated(grid: &Grid, delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    // Writing to memory can't fail, and every row has as many cells as the header.
    writer.write_record(grid.columns.iter().map(|name| guarded(name).into_owned())).ok();
    for row in &grid.rows {
        row.iter().for_each(|value| drop(writer.write_field(cell(value).as_bytes())));
        writer.write_record(None::<&[u8]>).ok();
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
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
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number that fits")]
            let whole = *number as i64;
            json!(whole)
        }
        Value::Number(number) => json!(number),
        Value::YesNo(answer) => json!(answer),
        other => json!(other.plain()),
    };
    let object = |row: &Vec<Value>| Json::Object(grid.columns.iter().cloned().zip(row.iter().map(value)).collect::<Map<_, _>>());
    serde_json::to_string_pretty(&Json::Array(grid.rows.iter().map(object).collect())).unwrap_or_default() + "\n"
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
        assert_eq!(separated(&grid, b','), "'=name,n\n\"'=HYPERLINK(\"\"x\"\")\",-2\n-5,2.5\n''=x,\n");
        assert!(json(&grid).contains("\"n\": -2,") || json(&grid).contains("\"n\": -2\n"));
    }
}
