//! Tables as the sheets of one workbook for Excel and compatible programs.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::{
    language::words::is_han,
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::attribute::Day,
    table::data::{CellValue, DataTable},
};

/// Excel's limit for the text of a cell, in UTF-16 units.
const MOST_UNITS: usize = 32_767;
/// Excel's limit for rows, including the header.
const MOST_ROWS: usize = 1_048_576;
/// Excel's limit for columns.
const MOST_COLUMNS: usize = 16_384;
/// Excel's limit for the name of a sheet, in UTF-16 units.
const MOST_NAME: usize = 31;
/// The widest column, in characters.
const WIDEST: f64 = 60.0;
/// The number of rows that determine the width of a column.
const MEASURED: usize = 300;
/// The end of a text that was cut.
const CUT: &str = " […]";

/// Why a workbook can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum XlsxWriteError {
    /// A table exceeds the limits of a sheet.
    TooLarge {
        /// The name of the table.
        name: String,
        /// Its number of rows.
        rows: usize,
        /// Its number of columns.
        columns: usize,
    },
    /// An error of the library.
    Write(#[from] XlsxError),
}

impl Explain for XlsxWriteError {
    fn explain(&self) -> Explanation {
        match self {
            Self::TooLarge {
                name,
                rows,
                columns,
            } => Explanation::io(
                Text::new(
                    "“{name}” has {rows} rows and {columns} columns, more than a sheet of a workbook can hold",
                    "“{name}”有 {rows} 行 {columns} 列，超过工作簿中一张表的上限",
                )
                .with("name", name)
                .with("rows", *rows)
                .with("columns", *columns),
            )
            .hint(Text::new("write it as .csv", "请写成 .csv")),
            Self::Write(error) => Explanation::io(
                Text::new(
                    "the workbook could not be written: {reason}",
                    "无法写入工作簿：{reason}",
                )
                .with("reason", error.to_string()),
            ),
        }
    }
}

/// A workbook.
#[derive(Debug)]
pub struct Book {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Number of cells whose text exceeded the limit; they end in `[…]`.
    pub cut: usize,
}

/// Writes tables as sheets with a frozen header and filters; numbers and days are typed, and text is never a formula.
///
/// # Errors
/// A table exceeds the limits of a sheet.
pub fn workbook(tables: &[DataTable]) -> Result<Book, XlsxWriteError> {
    let mut book = Workbook::new();
    // A fixed time: the same tables give the same bytes.
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
        let mut writer = SheetWriter {
            sheet,
            styles: &styles,
            cut: 0,
        };
        writer.fill(table)?;
        cut += writer.cut;
    }
    Ok(Book {
        bytes: book.save_to_buffer()?,
        cut,
    })
}

struct Styles {
    head: Format,
    text: Format,
    day: Format,
    moment: Format,
    clock: Format,
}

impl Styles {
    fn new() -> Self {
        // A cell of long text makes its row high; the others of the row are read from the top.
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            head: top.clone().set_bold().set_text_wrap(),
            text: top.clone().set_text_wrap(),
            day: top.clone().set_num_format("yyyy-mm-dd"),
            moment: top.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            clock: top.set_num_format("[hh]:mm:ss"),
        }
    }
}

struct SheetWriter<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    cut: usize,
}

impl SheetWriter<'_> {
    fn fill(&mut self, table: &DataTable) -> Result<(), XlsxError> {
        for (column, name) in (0u16..).zip(&table.columns) {
            let name = shortened(name, &mut self.cut);
            self.sheet
                .write_string_with_format(0, column, name, &self.styles.head)?;
            self.sheet
                .set_column_width(column, width(table, usize::from(column)))?;
        }
        for (row, cells) in (1u32..).zip(&table.rows) {
            for (column, value) in (0u16..).zip(cells) {
                self.write(row, column, value)?;
            }
        }
        self.sheet.set_freeze_panes(1, 0)?;
        if !table.columns.is_empty() {
            let last_row = u32::try_from(table.rows.len()).expect("fewer rows than a sheet has");
            let last_column =
                u16::try_from(table.columns.len() - 1).expect("no more columns than a sheet has");
            self.sheet.autofilter(0, 0, last_row, last_column)?;
        }
        Ok(())
    }

    fn write(&mut self, row: u32, column: u16, value: &CellValue) -> Result<(), XlsxError> {
        let Self { sheet, styles, cut } = self;
        match value {
            CellValue::Empty => {}
            // A cell with an empty text is not blank to a spreadsheet's own counts.
            CellValue::Text(text) if text.is_empty() => {}
            CellValue::Text(text) => {
                let text = shortened(text, cut);
                // Short texts go without a style, which makes large sheets smaller.
                if text.contains('\n') || text.len() > 60 {
                    sheet.write_string_with_format(row, column, text, &styles.text)?;
                } else {
                    sheet.write_string(row, column, text)?;
                }
            }
            CellValue::Number(number) | CellValue::Figure(number) => {
                sheet.write_number(row, column, *number)?;
            }
            CellValue::YesNo(answer) | CellValue::Flag(answer) => {
                sheet.write_boolean(row, column, *answer)?;
            }
            CellValue::Day(day) => {
                if is_unambiguous(*day) {
                    let date = ExcelDateTime::from_ymd(day.year, day.month, day.day)?;
                    sheet.write_datetime_with_format(row, column, &date, &styles.day)?;
                } else {
                    sheet.write_string(row, column, day.to_string())?;
                }
            }
            CellValue::Moment(millis) => {
                match ExcelDateTime::from_timestamp(millis.div_euclid(1000)) {
                    Ok(moment) => {
                        sheet.write_datetime_with_format(row, column, &moment, &styles.moment)?
                    }
                    // Excel's calendar has the years 1900 to 9999.
                    Err(_outside) => sheet.write_string(row, column, value.plain())?,
                };
            }
            CellValue::Clock(millis) => {
                // Excel counts time in days.
                let days = f64::from(*millis) / 86_400_000.0;
                sheet.write_number_with_format(row, column, days, &styles.clock)?;
            }
        }
        Ok(())
    }
}

/// Returns true if all spreadsheets agree on the number of a day.
///
/// Excel takes 1900 for a leap year, as Lotus 1-2-3 did, so its numbers are off by one before March of that year.
fn is_unambiguous(day: Day) -> bool {
    (day.year, day.month) >= (1900, 3)
}

/// A text within the limit of a cell; one that is cut adds to `cut`.
fn shortened(text: &str, cut: &mut usize) -> String {
    if text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS {
        return text.to_owned();
    }
    *cut += 1;
    prefix(text, MOST_UNITS - CUT.encode_utf16().count()) + CUT
}

/// The first characters of a text, up to a number of UTF-16 units.
fn prefix(text: &str, most_units: usize) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most_units
        })
        .collect()
}

/// The width of a column by its longest line, in characters.
fn width(table: &DataTable, column: usize) -> f64 {
    let name = table.columns.get(column).map_or(0, |name| text_width(name));
    let cells = table
        .rows
        .iter()
        .take(MEASURED)
        .filter_map(|row| row.get(column))
        .map(|value| match value {
            CellValue::Empty => 0,
            CellValue::Text(text) => text_width(text),
            CellValue::Moment(_) => 19,
            other => text_width(&other.plain()),
        });
    // A header can wrap, so it widens its column only up to 24 characters, plus 2 for the filter's button.
    let header = name.min(24) + 2;
    let widest = cells.fold(header, u32::max);
    f64::from(widest).clamp(6.0, WIDEST - 2.0) + 2.0
}

/// The width of the longest line of a text; a Han character is as wide as two Latin ones.
fn text_width(text: &str) -> u32 {
    let lines = text.split('\n').map(|line| {
        // Beyond the widest column, more characters make no difference.
        let chars = line.chars().take(80);
        chars.map(|c| if is_han(c) { 2 } else { 1 }).sum()
    });
    lines.max().unwrap_or(0)
}

/// A name that is allowed for a sheet and that no other sheet has.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let trimmed = name.trim().trim_matches('\'');
    let mut allowed = trimmed.replace(['[', ']', ':', '*', '?', '/', '\\'], "_");
    allowed = allowed.replace(char::is_control, "_");
    // Excel reserves `History` for its own sheet of changes.
    if allowed.is_empty() || allowed.eq_ignore_ascii_case("history") {
        allowed.push('_');
    }
    let mut unique = prefix(&allowed, MOST_NAME);
    let mut number = 1;
    // Excel doesn't distinguish upper and lower case.
    while !taken.insert(unique.to_lowercase()) {
        number += 1;
        unique = format!("{} {number}", prefix(&allowed, MOST_NAME - 5));
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
