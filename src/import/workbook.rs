//! The first sheet of a spreadsheet, as the rows of text that a sheet of text would have.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use super::{ImportError, encoding, text::package::damaged};

/// Most cells that are taken in.
const MOST_CELLS: usize = 20_000_000;

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

fn rows(file: &str, bytes: Vec<u8>) -> Result<String, ImportError> {
    let wrong = |error: calamine::Error| damaged(file, error.to_string());
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(wrong)?;
        if range.is_empty() {
            continue;
        }
        if range.height().saturating_mul(range.width()) > MOST_CELLS {
            return Err(damaged(file, format!("the sheet `{name}` has {} rows and {} columns", range.height(), range.width())));
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in range.rows() {
            writer.write_record(row.iter().map(text_of)).map_err(|error| damaged(file, error.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|error| damaged(file, error.to_string()))?;
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
                    format!("{:02}:{:02}:{:02}", (whole / 3600.0).floor(), (whole / 60.0 % 60.0).floor(), whole % 60.0)
                }
                (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ if year < 1900 || moment.as_f64() < 1.0 => format!("{hour:02}:{minute:02}:{second:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}
