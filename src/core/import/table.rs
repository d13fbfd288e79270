//! Sheets of text: CSV and TSV with a header row, in any encoding that transcripts come in, and the first sheet of a workbook.
//!
//! A spreadsheet evaluates a cell of a text file that begins with `=`, `+`, `-` or `@` as a formula, whoever wrote it.
//! So exports put an apostrophe before such a cell ([`guarded`]), and imports take it off again ([`unguarded`]).

use crate::message::{Message, one_line, text::Text};
use std::{borrow::Cow, collections::BTreeSet};

use super::{ImportError, encoding, workbook};

/// The columns that imports look up, in English and Chinese.
const CHINESE_HEADS: [(&str, &str); 14] = [
    ("case", "个案"),
    ("code", "编码"),
    ("coder", "编码员"),
    ("colour", "颜色"),
    ("definition", "定义"),
    ("document", "文档"),
    ("end", "终点"),
    ("indicators", "指示词"),
    ("kind", "类型"),
    ("memo", "备忘"),
    ("parent", "上级"),
    ("phase", "阶段"),
    ("speakers", "说话人"),
    ("start", "起点"),
];

/// A sheet that is read row by row; every cell is text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputTable {
    /// The file's name, as shown.
    pub file: String,
    /// Names of the columns, trimmed and on one line.
    pub header: Vec<String>,
    text: String,
    delimiter: u8,
    /// Whether cells may carry the guard against formulas. Cells of a workbook are typed, so there an apostrophe is part of the text.
    guards: bool,
}

/// Characters that make a cell a formula, in both widths, and white space that a spreadsheet drops before it looks for them.
const RISKY: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Returns text as a cell of a text file, with an apostrophe before anything that a spreadsheet would take for a formula.
///
/// Numbers are returned unchanged, because `-2` is no formula.
/// Text that already begins with an apostrophe and a risky character gets a second apostrophe, so that [`unguarded`] restores every text.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let risky = is_risky(text);
    if risky && !text.parse::<f64>().is_ok_and(f64::is_finite) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the text of a cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => cell,
    }
}

fn is_risky(text: &str) -> bool {
    text.trim_start_matches(['\'', ' ']).starts_with(RISKY)
}

/// A row of a sheet.
#[derive(Debug)]
pub struct InputRow<'a> {
    /// Its number as a spreadsheet shows it: the header is row 1.
    pub number: usize,
    /// Its cells, trimmed: one for each column of the header, empty where the row is shorter.
    pub cells: Vec<&'a str>,
}

impl<'a> InputRow<'a> {
    /// The cell of a column of the header.
    pub fn cell(&self, column: usize) -> &'a str {
        self.cells[column]
    }

    /// The cell of a column that the sheet may lack; empty if it does.
    pub fn optional(&self, column: Option<usize>) -> &'a str {
        column.map_or("", |column| self.cell(column))
    }

    /// The cell of a column that the sheet may lack, if it contains anything.
    pub fn filled(&self, column: Option<usize>) -> Option<&'a str> {
        Some(self.optional(column)).filter(|cell| !cell.is_empty())
    }
}

impl InputTable {
    /// Reads a sheet's header.
    ///
    /// # Errors
    /// When the file isn't text or has no header.
    pub fn read(file: &str, bytes: Vec<u8>) -> Result<Self, ImportError> {
        let (text, delimiter, guards) = match super::ending_of(file).as_str() {
            "xlsx" | "xlsm" | "xls" | "ods" => (workbook::first_sheet(file, bytes)?, b',', false),
            _ => {
                let text = encoding::decode(file, bytes, None)?.text;
                let delimiter = delimiter_of(&text);
                (text, delimiter, true)
            }
        };
        let mut table = Self {
            file: file.to_owned(),
            header: Vec::new(),
            text,
            delimiter,
            guards,
        };
        let mut reader = table.reader();
        let header = reader.headers().map_err(|error| table.broken(1, &error))?;
        let header: Vec<String> = header
            .iter()
            .map(|name| one_line(table.plain(name)).into_owned())
            .collect();
        // Columns are found by name, so two of one name would make one of them unreachable.
        let mut seen = BTreeSet::new();
        let mut names = header.iter().filter(|name| !name.is_empty());
        if let Some(name) = names.find(|name| !seen.insert(*name)) {
            return Err(table.row_error(
                1,
                Text::new("the column “{name}” occurs twice", "“{name}”列出现两次")
                    .with("name", name),
            ));
        }
        table.header = header;
        Ok(table)
    }

    /// The index of a column, by its name in any case; the columns that imports know have a Chinese name too.
    pub fn column(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let called = |name: &str| {
            let mut header = self.header.iter();
            header.position(|column| column.eq_ignore_ascii_case(name))
        };
        called(name).or_else(|| {
            let mut known = CHINESE_HEADS.iter();
            let (_, chinese) = known.find(|(english, _)| english.eq_ignore_ascii_case(name))?;
            called(chinese)
        })
    }

    /// The index of the first of several columns that the sheet has.
    pub(super) fn first_column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.column(name))
    }

    /// The index of a required column.
    ///
    /// # Errors
    /// When the sheet has no such column.
    pub fn needed(&self, name: &str) -> Result<usize, ImportError> {
        self.column(name).ok_or_else(|| ImportError::NoColumn {
            file: self.file.clone(),
            column: name.to_owned(),
            has: self.header.clone(),
        })
    }

    /// An error in a row.
    pub fn row_error(&self, row: usize, reason: impl Into<Message>) -> ImportError {
        ImportError::Row {
            file: self.file.clone(),
            row,
            reason: reason.into(),
        }
    }

    /// Calls `each` with every row that isn't empty.
    ///
    /// # Errors
    /// The first error that `each` returns, or a row that can't be parsed.
    pub fn for_each(
        &self,
        mut each: impl FnMut(&InputRow<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut reader = self.reader();
        let mut record = csv::StringRecord::new();
        let mut number = 1;
        loop {
            number += 1;
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err(self.broken(number, &error)),
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            // Spreadsheets often write trailing empty cells; only a cell with content beyond the header is a mistake.
            if record
                .iter()
                .skip(self.header.len())
                .any(|cell| !cell.trim().is_empty())
            {
                return Err(self.row_error(
                    number,
                    Text::new(
                        "{cells} cells, but the header has {columns}",
                        "有 {cells} 格，而表头只有 {columns} 列",
                    )
                    .with("cells", record.len())
                    .with("columns", self.header.len()),
                ));
            }
            let cells = (0..self.header.len())
                .map(|at| record.get(at).map_or("", |cell| self.plain(cell)))
                .collect();
            each(&InputRow { number, cells })?;
        }
    }

    /// A cell without surrounding white space and without its guard.
    fn plain<'a>(&self, cell: &'a str) -> &'a str {
        if self.guards {
            unguarded(cell.trim())
        } else {
            cell.trim()
        }
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_reader(self.text.as_bytes())
    }

    fn broken(&self, row: usize, error: &csv::Error) -> ImportError {
        self.row_error(
            row,
            Text::new(
                "it can't be split into cells: {reason}",
                "无法分成单元格：{reason}",
            )
            .with("reason", error.to_string()),
        )
    }
}

/// The separator that occurs most often in the header; a comma on a tie.
///
/// The file's ending doesn't tell: Excel saves `.csv` with semicolons where the comma is the decimal sign, and some archives save tabs.
fn delimiter_of(text: &str) -> u8 {
    let header = text
        .split_once('\n')
        .map_or(text, |(header, _)| header)
        .as_bytes();
    let mut best = b',';
    for delimiter in [b';', b'\t'] {
        if memchr::memchr_iter(delimiter, header).count()
            > memchr::memchr_iter(best, header).count()
        {
            best = delimiter;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_quotes_of_a_file_stays_on_one_line() {
        let table = InputTable::read("a.csv", b"co,:\"B\",\",A\n,BA\n".to_vec()).unwrap();
        assert_eq!(
            table
                .needed("code")
                .unwrap_err()
                .to_string()
                .lines()
                .count(),
            1
        );
        assert_eq!(
            table.row_error(2, "one\n two".to_owned()).to_string(),
            "a.csv, row 2: one two"
        );
    }

    fn rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, ImportError> {
        let mut rows = Vec::new();
        InputTable::read("a.csv", bytes.to_vec())?.for_each(|row| {
            rows.push(row.cells.iter().map(|cell| (*cell).to_owned()).collect());
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn what_would_be_a_formula_is_guarded_and_comes_back() {
        for text in [
            "=1+1",
            "-2",
            "-2 of them",
            "+86 138",
            "@home",
            "'=x",
            "''-3",
            "'-3",
            "'tis",
            "\t=x",
            " =x",
            "＝1",
            "−",
            "",
            "'",
            "-",
            "1e5",
            "-inf",
        ] {
            let cell = guarded(text);
            assert!(cell == text || cell.starts_with('\''), "{cell}");
            assert_eq!(unguarded(&cell), text);
        }
        assert_eq!(
            ["=1", "-2", "- a", "'=1", "it's", "-inf"].map(|text| guarded(text).into_owned()),
            ["'=1", "-2", "'- a", "''=1", "it's", "'-inf"]
        );
        assert_eq!(rows(b"a,b\n'=1,'tis\n").unwrap(), [["=1", "'tis"]]);
    }

    #[test]
    fn sheets_of_all_kinds_are_read() {
        assert_eq!(
            rows(b"a,b\n1,\"x, y\"\n\n2\n").unwrap(),
            [["1", "x, y"], ["2", ""]]
        );
        assert_eq!(
            rows("\u{feff}案例;年龄\r\n小远;11\r\n".as_bytes()).unwrap(),
            [["小远", "11"]]
        );
        assert_eq!(
            rows(
                &encoding_rs::GBK
                    .encode(
                        "个案\t备注\n小雨\t妈妈在外地打工，奶奶照顾\n小远\t妈妈卖早点，外婆也在家\n"
                    )
                    .0
            )
            .unwrap()
            .len(),
            2
        );
        assert_eq!(
            rows(b"a,b\n1,2,3\n").unwrap_err().to_string(),
            "a.csv, row 2: 3 cells, but the header has 2"
        );
        assert_eq!(
            rows(b"a,a\n1,2\n").unwrap_err().to_string(),
            "a.csv, row 1: the column “a” occurs twice"
        );
    }
}
