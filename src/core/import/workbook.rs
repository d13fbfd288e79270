//! Reader of workbooks (Excel, OpenDocument): the first sheet that isn't empty, as CSV.

use crate::message::text::Text;
use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};
use quick_xml::events::{BytesStart, Event};

use super::{
    ImportError, encoding,
    text::package::{ZipPackage, damaged, local_attribute},
};

/// Most cells of a sheet, empty ones within it included: the library makes room for all of them.
const MOST_CELLS: usize = 5_000_000;

/// Returns the first sheet that isn't empty, as CSV.
///
/// # Errors
/// When the file is damaged, too large, or empty.
pub(super) fn first_sheet(file: &str, bytes: Vec<u8>) -> Result<String, ImportError> {
    // On a thread, so that a panic of the library becomes an error of the file.
    let rows = std::thread::scope(|scope| scope.spawn(|| rows(file, bytes)).join());
    rows.map_err(|_panic| damaged(file, Text::new("its structure is broken", "结构已损坏")))?
}

/// Returns an error if an archive unpacks to too much or a sheet has too many cells, before the library makes room for them.
fn check_size(file: &str, bytes: &[u8]) -> Result<(), ImportError> {
    // Excel before 2007 wrote no archives, and its sheets have at most 65,536 rows of 256 columns.
    if !bytes.starts_with(b"PK") {
        return Ok(());
    }
    let mut package = ZipPackage::open(file, bytes)?;
    for name in package.names() {
        // Every part is unpacked, so that the limit holds for all of them together.
        let part = package.bytes(&name)?;
        if name.starts_with("xl/worksheets/") || name == "content.xml" {
            let (rows, columns) = span(&part).map_err(|error| damaged(file, error.to_string()))?;
            if rows.saturating_mul(columns) > MOST_CELLS {
                return Err(damaged(
                    file,
                    Text::new(
                        "a sheet has {rows} rows and {columns} columns",
                        "一张表有 {rows} 行 {columns} 列",
                    )
                    .with("rows", rows)
                    .with("columns", columns),
                ));
            }
        }
    }
    Ok(())
}

/// The number of rows and columns that the cells of a sheet span, in either format.
fn span(xml: &[u8]) -> Result<(usize, usize), quick_xml::Error> {
    let text = String::from_utf8_lossy(xml);
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut span = SheetSpan::default();
    loop {
        match reader.read_event()? {
            Event::Start(element) => span.open(&element, false),
            Event::Empty(element) => span.open(&element, true),
            Event::End(element) if element.name().as_ref() == "table:table-row" => span.end_row(),
            Event::Eof => return Ok((span.rows, span.columns)),
            _ => {}
        }
    }
}

/// What the cells read so far span.
#[derive(Default)]
struct SheetSpan {
    rows: usize,
    columns: usize,
    // OpenDocument has no addresses of cells, but rows and cells with counts of repetition:
    /// Rows above the current one.
    above: usize,
    /// How often the current row is repeated.
    times: usize,
    /// Cells of the current row so far.
    along: usize,
    /// Cells up to the last one that isn't empty. Empty cells fill up rows to the end of the sheet and don't count.
    filled: usize,
}

impl SheetSpan {
    fn open(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        match element.name().as_ref() {
            "table:table" => self.above = 0,
            "table:table-row" if !is_empty => {
                self.times = repeated(element, "number-rows-repeated");
                (self.along, self.filled) = (0, 0);
            }
            "table:table-cell" => {
                self.along = self
                    .along
                    .saturating_add(repeated(element, "number-columns-repeated"));
                if !is_empty
                    || local_attribute(element, "value-type").is_some()
                    || local_attribute(element, "formula").is_some()
                {
                    self.filled = self.along;
                }
            }
            // Cells and rows of Excel have an address.
            name if matches!(name, "c" | "row") || name.ends_with(":c") => {
                if let Some((row, column)) =
                    local_attribute(element, "r").as_deref().and_then(place)
                {
                    (self.rows, self.columns) = (self.rows.max(row), self.columns.max(column));
                }
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        self.above = self.above.saturating_add(self.times);
        if self.filled > 0 {
            self.rows = self.rows.max(self.above);
            self.columns = self.columns.max(self.filled);
        }
    }
}

/// A count of repetition, 1 if it is missing.
fn repeated(element: &BytesStart<'_>, name: &str) -> usize {
    match local_attribute(element, name).map(|count| count.parse()) {
        Some(Ok(count)) => count,
        _ => 1,
    }
}

/// Row and column of an address such as `AB12`, or of a row such as `12`, whose column is 0.
fn place(name: &str) -> Option<(usize, usize)> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = name.get(..name.len() - digits.len())?;
    let column = letters.bytes().try_fold(0usize, |sum, letter| {
        sum.checked_mul(26)?
            .checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    Some((digits.parse().ok()?, column))
}

fn rows(file: &str, bytes: Vec<u8>) -> Result<String, ImportError> {
    check_size(file, &bytes)?;
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|error| damaged(file, error.to_string()))?;
    for name in book.sheet_names() {
        let range = book
            .worksheet_range(&name)
            .map_err(|error| damaged(file, error.to_string()))?;
        // Many workbooks begin with an empty `Sheet1`.
        if range.is_empty() {
            continue;
        }
        if range.height().saturating_mul(range.width()) > MOST_CELLS {
            return Err(damaged(
                file,
                Text::new(
                    "the sheet “{name}” has {rows} rows and {columns} columns",
                    "表“{name}”有 {rows} 行 {columns} 列",
                )
                .with("name", &name)
                .with("rows", range.height())
                .with("columns", range.width()),
            ));
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in range.rows() {
            writer
                .write_record(row.iter().map(text_of))
                .map_err(|error| damaged(file, error.to_string()))?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| damaged(file, error.to_string()))?;
        encoding::check_size(file, bytes.len())?;
        return String::from_utf8(bytes).map_err(|error| damaged(file, error.to_string()));
    }
    Err(ImportError::Empty(file.to_owned()))
}

/// A cell as text, with dates in ISO 8601.
fn text_of(cell: &Data) -> String {
    match cell {
        // A formula that failed has no value.
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(value) => value.to_string(),
        Data::Float(value) => value.to_string(),
        Data::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (moment.is_duration(), hour, minute, second) {
                // Durations may be longer than a day.
                (true, ..) => {
                    let whole = (moment.as_f64() * 86_400.0).round().clamp(0.0, 1e9);
                    format!(
                        "{:02}:{:02}:{:02}",
                        (whole / 3600.0).floor(),
                        (whole / 60.0 % 60.0).floor(),
                        whole % 60.0
                    )
                }
                (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                // Days are counted from 1900, so a number below one is a time of day.
                _ if year < 1900 || moment.as_f64() < 1.0 => {
                    format!("{hour:02}:{minute:02}:{second:02}")
                }
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn archive(part: &str, xml: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn sheets_that_span_too_much_are_refused_before_room_is_made() {
        let wide = archive(
            "xl/worksheets/sheet1.xml",
            r#"<sheetData><c r="A1"/><c r="XFD1048576"/></sheetData>"#,
        );
        let error = first_sheet("a.xlsx", wide).unwrap_err().to_string();
        assert!(error.contains("1048576 rows and 16384 columns"), "{error}");
        let row = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>"#;
        let repeated = archive("content.xml", &format!("<table:table>{row}</table:table>"));
        assert!(
            first_sheet("a.ods", repeated)
                .unwrap_err()
                .to_string()
                .contains("1048576 rows and 1000 columns")
        );
        let empty = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        assert_eq!(span(empty.as_bytes()).unwrap(), (0, 0));
        assert_eq!(
            (place("AB12"), place("7"), place("A")),
            (Some((12, 28)), Some((7, 0)), None)
        );
    }
}
