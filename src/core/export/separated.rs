//! Tables as text: CSV, TSV and JSON.

use serde_json::Value as Json;

use crate::{
    import::table::guarded,
    table::{
        Table,
        data::{CellValue, DataTable},
    },
};

/// Why writing a table to memory can't fail.
const INFALLIBLE: &str = "memory takes every write, and a row is as long as its header";

/// Writes a table as CSV or TSV in UTF-8; an apostrophe precedes text that a spreadsheet would evaluate as a formula.
pub fn separated(table: &DataTable, delimiter: u8) -> Vec<u8> {
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
pub fn json(table: &DataTable) -> String {
    // The alternate form of a JSON value is indented.
    format!("{:#}\n", Json::Array(table.objects()))
}

/// Writes a table for people as CSV: every figure as it is read, with a mark that tells spreadsheets the encoding.
///
/// Texts aren't guarded against formulas: a change is written with its sign, which would be guarded too.
pub fn readable_csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        // A row that lacks cells is written all the same.
        .flexible(true)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    for row in table.plain() {
        writer.write_record(row).expect("memory takes every write");
    }
    writer.into_inner().expect("memory takes every write")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let mut table = DataTable::new("a", &["=name", "n"]);
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
