//! The first sheet of a spreadsheet, as the rows of text that a sheet of text would have.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use quick_xml::events::{BytesStart, Event};

use super::{
    ImportError, encoding,
    text::package::{ZipPackage, damaged, local_attribute},
};

/// Most cells that are taken in.
const MOST_CELLS: usize = 5_000_000;

/// The first sheet that holds anything, with commas.
///
/// # Errors
/// When the file is damaged, too large, or empty.
pub(super) fn first_sheet(file: &str, bytes: Vec<u8>) -> Result<String, ImportError> {
    let worker = std::thread::scope(|scope| {
        // A fault of the library that reads the file is an error of the file.
        scope.spawn(|| rows(file, bytes)).join()
    });
    worker.map_err(|_panic| damaged(file, "its structure is broken"))?
}

/// Refuses archives that unpack to too much, and sheets whose cells span more than is taken in, before room is made for them.
fn check(file: &str, bytes: &[u8]) -> Result<(), ImportError> {
    if !bytes.starts_with(b"PK") {
        return Ok(());
    }
    let mut package = ZipPackage::open(file, bytes)?;
    for name in package.names() {
        // Every part is unpacked, so that the bound holds for all of them together.
        let part = package.bytes(&name)?;
        if name.starts_with("xl/worksheets/") || name == "content.xml" {
            let (rows, columns) = span(&part).map_err(|error| damaged(file, error.to_string()))?;
            if rows.saturating_mul(columns) > MOST_CELLS {
                return Err(damaged(
                    file,
                    format!("a sheet has {rows} rows and {columns} columns"),
                ));
            }
        }
    }
    Ok(())
}

/// How many rows and columns the cells of a sheet span, in either format.
fn span(xml: &[u8]) -> Result<(usize, usize), quick_xml::Error> {
    let text = String::from_utf8_lossy(xml);
    let mut reader = quick_xml::Reader::from_str(&text);
    let repeated = |element: &BytesStart<'_>, name: &str| {
        local_attribute(element, name)
            .and_then(|count| count.parse().ok())
            .unwrap_or(1usize)
    };
    let (mut rows, mut columns) = (0usize, 0usize);
    // Of an OpenDocument sheet: rows so far, cells of the row so far, and those up to the last that holds something.
    let (mut above, mut times, mut along, mut last) = (0usize, 1usize, 0usize, 0usize);
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element)
                if matches!(element.name().as_ref(), "c" | "row")
                    || element.name().as_ref().ends_with(":c") =>
            {
                if let Some((row, column)) =
                    local_attribute(&element, "r").as_deref().and_then(place)
                {
                    (rows, columns) = (rows.max(row), columns.max(column));
                }
            }
            Event::Start(element) if element.name().as_ref() == "table:table" => above = 0,
            Event::Start(element) if element.name().as_ref() == "table:table-row" => {
                (times, along, last) = (repeated(&element, "number-rows-repeated"), 0, 0);
            }
            Event::Start(element) if element.name().as_ref() == "table:table-cell" => {
                along = along.saturating_add(repeated(&element, "number-columns-repeated"));
                last = along;
            }
            Event::Empty(element) if element.name().as_ref() == "table:table-cell" => {
                along = along.saturating_add(repeated(&element, "number-columns-repeated"));
                if local_attribute(&element, "value-type").is_some()
                    || local_attribute(&element, "formula").is_some()
                {
                    last = along;
                }
            }
            Event::End(element) if element.name().as_ref() == "table:table-row" => {
                above = above.saturating_add(times);
                if last > 0 {
                    (rows, columns) = (rows.max(above), columns.max(last));
                }
            }
            Event::Eof => return Ok((rows, columns)),
            _ => {}
        }
    }
}

/// Row and column of a cell such as `AB12`, or a row alone.
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
    check(file, &bytes)?;
    let wrong = |error: calamine::Error| damaged(file, error.to_string());
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(wrong)?;
        if range.is_empty() {
            continue;
        }
        if range.height().saturating_mul(range.width()) > MOST_CELLS {
            return Err(damaged(
                file,
                format!(
                    "the sheet `{name}` has {} rows and {} columns",
                    range.height(),
                    range.width()
                ),
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

/// A cell as a sheet of text would have it.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(value) => value.to_string(),
        Data::Float(value) => value.to_string(),
        Data::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (moment.is_duration(), hour, minute, second) {
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
