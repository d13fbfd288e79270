//! Tables as text: CSV, TSV and JSON.

use serde_json::{Map, Value as Json, json};

use super::table::{CellValue, ExportTable, whole};
use crate::import::table::guarded;

/// Why writing a table to memory can't fail.
const INFALLIBLE: &str = "memory takes every write, and a row is as long as its header";

/// Writes a table as CSV or TSV in UTF-8; an apostrophe precedes text that a spreadsheet would evaluate as a formula.
pub fn separated(table: &ExportTable, delimiter: u8) -> Vec<u8> {
    let mut sheet = Separated::new(&table.columns, delimiter);
    for row in &table.rows {
        sheet.row(row);
    }
    sheet.finish()
}

/// A CSV or TSV table that is written row by row.
#[derive(Debug)]
pub(super) struct Separated(csv::Writer<Vec<u8>>);

impl Separated {
    /// Begins a table with its header.
    pub(super) fn new(columns: &[String], delimiter: u8) -> Self {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(Vec::new());
        writer
            .write_record(columns.iter().map(|name| guarded(name).into_owned()))
            .expect(INFALLIBLE);
        Self(writer)
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: &[CellValue]) {
        for value in row {
            let cell = match value {
                CellValue::Text(text) => guarded(text),
                // Only text is guarded: a negative number begins like a formula, too.
                other => other.plain(),
            };
            self.0.write_field(cell.as_bytes()).expect(INFALLIBLE);
        }
        self.0.write_record(None::<&[u8]>).expect(INFALLIBLE);
    }

    /// The whole table.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect(INFALLIBLE)
    }
}

/// Writes a table as a JSON array with an object for each row.
pub fn json(table: &ExportTable) -> String {
    let rows = table.rows.iter().map(|row| json_object(table, row));
    // The alternate form of a JSON value is indented.
    format!("{:#}\n", Json::Array(rows.collect()))
}

fn json_object(table: &ExportTable, row: &[CellValue]) -> Json {
    let values = row.iter().map(json_value);
    Json::Object(Map::from_iter(table.columns.iter().cloned().zip(values)))
}

fn json_value(value: &CellValue) -> Json {
    match value {
        CellValue::Empty => Json::Null,
        CellValue::Number(number) => {
            whole(*number).map_or_else(|| json!(number), |whole| json!(whole))
        }
        CellValue::YesNo(answer) => json!(answer),
        other => json!(other.plain()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let mut table = ExportTable::new("a", &["=name", "n"]);
        table.rows = vec![
            vec![
                CellValue::text("=HYPERLINK(\"x\")"),
                CellValue::Number(-2.0),
            ],
            vec![CellValue::text("-5"), CellValue::Number(2.5)],
            vec![CellValue::text("'=x"), CellValue::Empty],
        ];
        assert_eq!(
            String::from_utf8(separated(&table, b',')).unwrap(),
            "'=name,n\n\"'=HYPERLINK(\"\"x\"\")\",-2\n-5,2.5\n''=x,\n"
        );
        assert!(json(&table).contains("\"n\": -2,") || json(&table).contains("\"n\": -2\n"));
    }
}
