//! Tables as the sheets of one workbook for Excel and its kin.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::table::{CellValue, ExportTable};
use crate::model::attribute::Day;

/// Most UTF-16 units of a cell.
const MOST_UNITS: usize = 32_767;
/// Most rows, the header among them.
const MOST_ROWS: usize = 1_048_576;
/// Most columns.
const MOST_COLUMNS: usize = 16_384;
/// Most characters of a sheet's name.
const MOST_NAME: usize = 31;
/// Widest column, in characters.
const WIDEST: f64 = 60.0;
/// Rows that are looked at for the width of a column.
const MEASURED: usize = 300;
/// What stands at the end of a cell that was cut.
const CUT: &str = " […]";

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum XlsxWriteError {
    /// More than a sheet has room for.
    #[error(
        "`{name}` has {rows} rows and {columns} columns, more than a sheet of a workbook has room for; write it as .csv"
    )]
    TooLarge {
        /// The table.
        name: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// The writer's own.
    #[error("the workbook could not be written: {0}")]
    Write(#[from] XlsxError),
}

/// A workbook.
#[derive(Debug)]
pub struct Book {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Cells whose words were longer than a cell may be, and end in `[…]`.
    pub cut: usize,
}

/// Writes tables as sheets: the header stands still and has filters, numbers are numbers, days are days, and words are never a formula.
///
/// # Errors
/// A table is larger than a sheet may be.
pub fn workbook(tables: &[ExportTable]) -> Result<Book, XlsxWriteError> {
    let mut book = Workbook::new();
    // No clock: the same tables give the same bytes.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_author("Tain")
            .set_creation_datetime(&epoch),
    );
    let styles = Styles::new();
    let mut names = BTreeSet::new();
    let mut cut = 0;
    for table in tables {
        if table.rows.len() >= MOST_ROWS || table.columns.len() > MOST_COLUMNS {
            return Err(XlsxWriteError::TooLarge {
                name: table.name.clone(),
                rows: table.rows.len(),
                columns: table.columns.len(),
            });
        }
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.name, &mut names))?;
        cut += fill(sheet, table, &styles)?;
    }
    Ok(Book {
        bytes: book.save_to_buffer()?,
        cut,
    })
}

struct Styles {
    head: Format,
    words: Format,
    day: Format,
    moment: Format,
    clock: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            words: top().set_text_wrap(),
            day: top().set_num_format("yyyy-mm-dd"),
            moment: top().set_num_format("yyyy-mm-dd hh:mm:ss"),
            clock: top().set_num_format("[hh]:mm:ss"),
        }
    }
}

fn fill(
    sheet: &mut Worksheet,
    table: &ExportTable,
    styles: &Styles,
) -> Result<usize, XlsxWriteError> {
    let mut cut = 0;
    for (column, name) in (0u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, shortened(name, &mut cut), &styles.head)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
    }
    for (row, cells) in (1u32..).zip(&table.rows) {
        for (column, value) in (0u16..).zip(cells) {
            write(sheet, (row, column), value, styles, &mut cut)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(last) = u16::try_from(table.columns.len())
        .ok()
        .and_then(|columns| columns.checked_sub(1))
    {
        sheet.autofilter(
            0,
            0,
            u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
            last,
        )?;
    }
    Ok(cut)
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &CellValue,
    styles: &Styles,
    cut: &mut usize,
) -> Result<(), XlsxError> {
    match value {
        CellValue::Empty => {}
        CellValue::Text(text) => {
            let text = shortened(text, cut);
            if text.contains('\n') || text.len() > 60 {
                sheet.write_string_with_format(row, column, text, &styles.words)?;
            } else {
                sheet.write_string(row, column, text)?;
            }
        }
        CellValue::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        CellValue::YesNo(answer) => {
            sheet.write_boolean(row, column, *answer)?;
        }
        CellValue::Day(day) => match date(*day) {
            Some(date) => {
                drop(sheet.write_datetime_with_format(row, column, &date?, &styles.day)?)
            }
            None => drop(sheet.write_string(row, column, day.to_string())?),
        },
        CellValue::Moment(millis) => match ExcelDateTime::from_timestamp(millis.div_euclid(1000)) {
            Ok(moment) => {
                drop(sheet.write_datetime_with_format(row, column, &moment, &styles.moment)?)
            }
            Err(_outside) => drop(sheet.write_string(row, column, value.plain())?),
        },
        CellValue::Clock(millis) => {
            sheet.write_number_with_format(
                row,
                column,
                f64::from(*millis) / 86_400_000.0,
                &styles.clock,
            )?;
        }
    }
    Ok(())
}

/// A day as the program counts it; `None` before March 1900, where spreadsheets disagree.
fn date(day: Day) -> Option<Result<ExcelDateTime, XlsxError>> {
    ((day.year, day.month) >= (1900, 3))
        .then(|| ExcelDateTime::from_ymd(day.year, day.month, day.day))
}

/// Words that a cell has room for.
fn shortened(text: &str, cut: &mut usize) -> String {
    if text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS {
        return text.to_owned();
    }
    *cut += 1;
    let mut left = MOST_UNITS - CUT.chars().count();
    let fits = |c: &char| {
        left = left.saturating_sub(c.len_utf16());
        left > 1
    };
    text.chars().take_while(fits).chain(CUT.chars()).collect()
}

/// A column's width by its longest cell; a Han character takes two places.
fn width(table: &ExportTable, column: usize) -> f64 {
    let places = |text: &str| -> f64 {
        let longest = text.split('\n').map(|line| {
            line.chars()
                .take(80)
                .map(|c| {
                    if crate::language::words::is_han(c) {
                        2
                    } else {
                        1
                    }
                })
                .sum::<u32>()
        });
        f64::from(longest.max().unwrap_or(0))
    };
    let cells = table
        .rows
        .iter()
        .take(MEASURED)
        .filter_map(|row| row.get(column))
        .map(|value| match value {
            CellValue::Empty => 0.0,
            CellValue::Text(text) => places(text),
            CellValue::Moment(_) => 19.0,
            other => places(&other.plain()),
        });
    let head = table
        .columns
        .get(column)
        .map_or(0.0, |name| places(name).min(24.0) + 2.0);
    cells.fold(head, f64::max).clamp(6.0, WIDEST - 2.0) + 2.0
}

/// A name that a sheet can have and no other of the workbook has.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed = |c: char| {
        if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() {
            '_'
        } else {
            c
        }
    };
    let plain: String = name
        .trim()
        .trim_matches('\'')
        .chars()
        .map(allowed)
        .collect();
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") {
        format!("{plain}_")
    } else {
        plain
    };
    let short = |room: usize| {
        let mut units = 0;
        plain
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= room
            })
            .collect::<String>()
    };
    let mut unique = short(MOST_NAME);
    let mut number = 1;
    while !taken.insert(unique.to_lowercase()) {
        number += 1;
        unique = format!("{} {number}", short(MOST_NAME - 5));
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_allowed_and_their_own() {
        let mut taken = BTreeSet::new();
        assert_eq!(
            sheet_name("Needs/Belonging?", &mut taken),
            "Needs_Belonging_"
        );
        assert_eq!(
            sheet_name("needs_belonging_", &mut taken),
            "needs_belonging_ 2"
        );
        assert_eq!(sheet_name("", &mut taken), "_");
        assert_eq!(
            sheet_name(&"访谈".repeat(30), &mut taken).chars().count(),
            31
        );
    }

    #[test]
    fn long_words_are_cut_to_what_a_cell_holds_and_counted() {
        let mut cut = 0;
        assert_eq!(shortened("short", &mut cut), "short");
        assert_eq!(
            shortened(&"我".repeat(MOST_UNITS), &mut cut)
                .chars()
                .count(),
            MOST_UNITS
        );
        assert_eq!(cut, 0);
        let long = shortened(&"𠮷".repeat(MOST_UNITS), &mut cut);
        assert_eq!(cut, 1);
        assert!(
            long.ends_with("𠮷 […]") && long.encode_utf16().count() <= MOST_UNITS,
            "{}",
            long.encode_utf16().count()
        );
    }
}
