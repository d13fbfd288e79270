//! Tables as text, CSV, TSV, JSON or a workbook, to the terminal or a file.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation as _;

use super::failure::Failure;
use crate::{
    app::export::whole_file::write_whole,
    export::{
        table::{CellValue, ExportTable},
        xlsx::workbook,
    },
    import::table::guarded,
};

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Columns in line, for people
    Table,
    /// Comma-separated
    Csv,
    /// Tab-separated
    Tsv,
    /// JSON
    Json,
    /// A workbook, into a file
    Xlsx,
}

/// Where and how a table goes.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Output {
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// File to write; its ending gives the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A table of plain cells.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Names of the columns, in `snake_case`.
    pub(super) columns: Vec<String>,
    /// Cells, as many in each row as there are columns.
    pub(super) rows: Vec<Vec<Value>>,
}

impl Table {
    /// An empty table.
    pub(super) fn new(columns: &[&str]) -> Self {
        Self {
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
        }
    }
}

impl Output {
    /// The format asked for, by name or by the file's ending.
    pub(super) fn format(&self) -> Format {
        let ending = self
            .output
            .as_deref()
            .and_then(Path::extension)
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        self.format.unwrap_or(match ending {
            "csv" => Format::Csv,
            "tsv" => Format::Tsv,
            "json" => Format::Json,
            "xlsx" => Format::Xlsx,
            _ => Format::Table,
        })
    }

    /// Whether a format or a file was asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.format.is_some() || self.output.is_some()
    }

    /// Prints a table; as JSON an array with one object a row.
    pub(super) fn table(&self, table: &Table) -> Result<(), Failure> {
        let text = match self.format() {
            Format::Xlsx => return self.workbook(table),
            Format::Table => aligned(table),
            Format::Csv => separated(table, b','),
            Format::Tsv => separated(table, b'\t'),
            Format::Json => {
                let object = |row: &Vec<Value>| {
                    Value::Object(
                        table
                            .columns
                            .iter()
                            .cloned()
                            .zip(row.iter().cloned())
                            .collect::<Map<_, _>>(),
                    )
                };
                lines(&Value::Array(table.rows.iter().map(object).collect()))
            }
        };
        self.text(&text)
    }

    /// Prints a table, or a JSON value of another shape where JSON is asked for.
    pub(super) fn table_or(
        &self,
        table: &Table,
        value: impl FnOnce() -> Value,
    ) -> Result<(), Failure> {
        if self.format() == Format::Json {
            self.text(&lines(&value()))
        } else {
            self.table(table)
        }
    }

    /// Prints one object: as a table, its keys and values below each other.
    pub(super) fn object(&self, object: &Value) -> Result<(), Failure> {
        if self.format() == Format::Json {
            return self.text(&lines(object));
        }
        let mut table = Table::new(&["what", "value"]);
        if let Value::Object(fields) = object {
            table.rows = fields
                .iter()
                .map(|(key, value)| vec![json!(key), value.clone()])
                .collect();
        }
        self.table(&table)
    }

    /// Writes a table as a workbook.
    fn workbook(&self, table: &Table) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Err(Failure::Usage(
                "a workbook isn't printed; name a file with -o FILE.xlsx".to_owned(),
            ));
        };
        let name = path
            .file_stem()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let sheet = ExportTable {
            name,
            columns: table.columns.clone(),
            rows: table
                .rows
                .iter()
                .map(|row| row.iter().map(typed).collect())
                .collect(),
        };
        let book = workbook(&[sheet])
            .map_err(|error| Failure::Unwritable(format!("{}: {error}", path.display())))?;
        write_whole(path, &book.bytes).map_err(|error| Failure::io(path, error))
    }

    /// Prints text as it is.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        use std::io::Write as _;
        match &self.output {
            Some(path) => {
                write_whole(path, text.as_bytes()).map_err(|error| Failure::io(path, error))
            }
            None => match std::io::stdout().lock().write_all(text.as_bytes()) {
                // The reader has had enough, as `head` has.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                other => other.map_err(|error| Failure::io(Path::new("standard output"), error)),
            },
        }
    }
}

fn lines(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A cell as a workbook has it.
fn typed(value: &Value) -> CellValue {
    match value {
        Value::Null => CellValue::Empty,
        Value::Bool(answer) => CellValue::YesNo(*answer),
        Value::Number(number) => number.as_f64().map_or(CellValue::Empty, CellValue::Number),
        Value::String(text) => CellValue::text(text),
        other => CellValue::text(other.to_string()),
    }
}

/// A cell as a sheet of text has it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => guarded(text).into_owned(),
        other => cell(other),
    }
}

fn separated(table: &Table, delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(Vec::new());
    // Writing to memory can't fail, and every row has as many cells as the header.
    writer
        .write_record(table.columns.iter().map(|name| guarded(name).into_owned()))
        .ok();
    for row in &table.rows {
        writer.write_record(row.iter().map(plain)).ok();
    }
    writer
        .into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

fn aligned(table: &Table) -> String {
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|value| cell(value).replace('\n', " "))
                .collect()
        })
        .collect();
    let numeric = |column: usize| {
        !table.rows.is_empty()
            && table
                .rows
                .iter()
                .all(|row| row[column].is_number() || row[column].is_null())
    };
    let width = |column: usize| {
        rows.iter()
            .map(|row| columns_of(&row[column]))
            .chain([columns_of(&table.columns[column])])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<(usize, bool)> = (0..table.columns.len())
        .map(|column| (width(column), numeric(column)))
        .collect();
    let mut out = String::new();
    for row in std::iter::once(&table.columns).chain(&rows) {
        let mut line = String::new();
        for (text, (width, numeric)) in row.iter().zip(&widths) {
            let pad = " ".repeat(width - columns_of(text));
            if *numeric {
                line.extend([pad.as_str(), text.as_str()]);
            } else {
                line.extend([text.as_str(), pad.as_str()]);
            }
            line.push_str("  ");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Columns of a terminal that a text takes: Han characters, full-width forms and emoji take two.
pub(super) fn columns_of(text: &str) -> usize {
    let wide = |c: char| {
        crate::language::words::is_han(c)
            || matches!(u32::from(c), 0x3000..=0x303F | 0xFF01..=0xFF60 | 0x1F300..=0x1FAFF)
    };
    text.graphemes(true)
        .map(|grapheme| 1 + usize::from(grapheme.chars().next().is_some_and(wide)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stay_in_line_with_chinese_names() {
        let mut table = Table::new(&["case", "n"]);
        table.rows = vec![
            vec![json!("林家"), json!(3)],
            vec![json!("Reed"), json!(12)],
        ];
        assert_eq!(aligned(&table), "case   n\n林家   3\nReed  12\n");
        assert_eq!(separated(&table, b','), "case,n\n林家,3\nReed,12\n");
    }
}
