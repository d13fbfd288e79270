//! Tables as text, CSV, TSV, JSON or a workbook, to the terminal or a file.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    Context,
    failure::Failure,
    heads::{head, translated},
    terminal,
};
use crate::{
    app::output_file::{self, WriteError, WriteFile, write, write_new},
    export::{
        separated::{json, separated},
        xlsx::workbook,
    },
    message::{
        explain::{Explain as _, Explanation},
        language::UiLanguage,
        text::Text,
    },
    table::data::{CellValue, DataTable},
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
    #[command(flatten)]
    pub(super) replace: Replace,
}

/// Whether a file that exists may be replaced.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Replace {
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

impl Replace {
    /// How files are written.
    pub(super) fn writer(self) -> WriteFile {
        if self.force { write } else { write_new }
    }

    /// Writes a file.
    pub(super) fn write(self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.writer()(path, bytes).map_err(not_written)
    }

    /// Returns a failure for a project, and for a file that exists and may not be replaced; for files that are written last.
    pub(super) fn check(self, path: &Path) -> Result<(), Failure> {
        output_file::check(path)?;
        if !self.force && path.exists() {
            return Err(not_written(WriteError::Exists(path.to_owned())));
        }
        Ok(())
    }
}

/// The failure of a file that isn't written.
pub(super) fn not_written(error: WriteError) -> Failure {
    const FORCE: Text = Text::new(
        "give another name or --force",
        "请换一个名称，或加上 --force",
    );
    match error {
        WriteError::Exists(_) => error.explain().hint(FORCE).into(),
        other => other.into(),
    }
}

/// A table without rows, its heads in a language; see [`Output::language`].
pub(super) fn new_table(keys: &[&'static str], language: UiLanguage) -> DataTable {
    DataTable {
        columns: keys.iter().map(|key| head(key, language)).collect(),
        ..DataTable::default()
    }
}

impl Output {
    /// The language of heads and words in the table: the reader's own in a table for people, English in the forms that scripts read.
    pub(super) fn language(&self, context: &Context<'_>) -> UiLanguage {
        match self.format() {
            Format::Table => context.language,
            Format::Csv | Format::Tsv | Format::Json | Format::Xlsx => UiLanguage::English,
        }
    }

    /// The format that the option, or else the file's ending, asks for.
    pub(super) fn format(&self) -> Format {
        if let Some(format) = self.format {
            return format;
        }
        let ending = self.output.as_deref().and_then(Path::extension);
        match ending.and_then(|ending| ending.to_str()) {
            Some("csv") => Format::Csv,
            Some("tsv") => Format::Tsv,
            Some("json") => Format::Json,
            Some("xlsx") => Format::Xlsx,
            _ => Format::Table,
        }
    }

    /// Returns true if the arguments name a file with this ending, and no other format.
    pub(super) fn ends_in(&self, ending: &str) -> bool {
        let path = self.output.as_deref().filter(|_| self.format.is_none());
        let own = path.and_then(Path::extension);
        own.is_some_and(|own| own.eq_ignore_ascii_case(ending))
    }

    /// Returns true if the arguments name a format or a file.
    pub(super) fn is_given(&self) -> bool {
        self.format.is_some() || self.output.is_some()
    }

    /// Returns a failure if the file exists and may not be replaced; for commands that change a project first.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let path = self.output.as_deref();
        path.map_or(Ok(()), |path| self.replace.check(path))
    }

    /// Prints a table; as JSON an array with one object a row.
    pub(super) fn table(&self, table: &DataTable) -> Result<(), Failure> {
        let text = match self.format() {
            Format::Xlsx => return self.workbook(table),
            Format::Table => aligned(table),
            Format::Csv => return self.bytes(&separated(table, b',')),
            Format::Tsv => return self.bytes(&separated(table, b'\t')),
            Format::Json => json(table),
        };
        self.text(&text)
    }

    /// Prints a table, or a JSON value of another shape if the format is JSON.
    pub(super) fn table_or(
        &self,
        table: &DataTable,
        value: impl FnOnce() -> Value,
    ) -> Result<(), Failure> {
        if self.format() == Format::Json {
            self.text(&lines(&value()))
        } else {
            self.table(table)
        }
    }

    /// Prints one object. As a table, its keys and values are listed below each other.
    pub(super) fn object(&self, object: &Value, context: &Context<'_>) -> Result<(), Failure> {
        if self.format() == Format::Json {
            return self.text(&lines(object));
        }
        let language = self.language(context);
        let mut table = new_table(&["what", "value"], language);
        if let Value::Object(fields) = object {
            table.rows = fields
                .iter()
                .map(|(key, value)| vec![translated(key, language).into(), value_cell(value)])
                .collect();
        }
        self.table(&table)
    }

    /// Writes a table as a workbook.
    fn workbook(&self, table: &DataTable) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Err(Failure::usage(Text::new(
                "a workbook can't be printed; name a file with -o FILE.xlsx",
                "工作簿不能打印在屏幕上；请用 -o FILE.xlsx 指定文件",
            )));
        };
        let sheet = DataTable {
            name: path
                .file_stem()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            ..table.clone()
        };
        let book = workbook(&[sheet]).map_err(|error| in_file(path, error.explain()))?;
        self.replace.write(path, &book.bytes)
    }

    /// Prints or writes text as it is, for programs that read it.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Prints or writes bytes as they are, for programs that read them.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        match &self.output {
            Some(path) => self.replace.write(path, bytes),
            None => terminal::print(bytes),
        }
    }
}

/// An explanation that names the file it is about.
pub(super) fn in_file(path: &Path, explanation: Explanation) -> Failure {
    const IN_FILE: Text = Text::new("{file}: {reason}", "{file}：{reason}");
    let what = IN_FILE.with("file", path).with("reason", explanation.what);
    Failure::from(Explanation {
        what,
        ..explanation
    })
}

fn lines(value: &Value) -> String {
    // The alternate form of a JSON value is indented.
    format!("{value:#}\n")
}

/// A value of an object as a cell; lists and objects inside it stay JSON.
fn value_cell(value: &Value) -> CellValue {
    match value {
        Value::Null => CellValue::Empty,
        Value::Bool(holds) => CellValue::Flag(*holds),
        Value::Number(number) => {
            let value = number
                .as_f64()
                .expect("JSON here has no number beyond a float");
            if number.is_f64() {
                CellValue::figure(value)
            } else {
                CellValue::Number(value)
            }
        }
        Value::String(text) => text.into(),
        other => other.to_string().into(),
    }
}

/// A table in columns, for people.
fn aligned(table: &DataTable) -> String {
    // A row is one line, even if a cell has several.
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|value| {
                    terminal::visible(&value.plain().replace(['\n', '\r', '\t'], " ")).into_owned()
                })
                .collect()
        })
        .collect();
    let mut widths = Vec::new();
    for (column, head) in table.columns.iter().enumerate() {
        let cells = rows.iter().map(|row| columns_of(&row[column]));
        // Numbers are aligned at their last digit.
        let numeric = !table.rows.is_empty()
            && table
                .rows
                .iter()
                .all(|row| row[column].is_number() || row[column] == CellValue::Empty);
        widths.push((cells.fold(columns_of(head), usize::max), numeric));
    }
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

/// The number of terminal columns that a text takes: Han characters, full-width forms and emoji take two.
fn columns_of(text: &str) -> usize {
    text.graphemes(true)
        .map(|grapheme| 1 + usize::from(grapheme.chars().next().is_some_and(is_wide)))
        .sum()
}

fn is_wide(c: char) -> bool {
    crate::language::words::is_han(c)
        || matches!(u32::from(c), 0x3000..=0x303F | 0xFF01..=0xFF60 | 0x1F300..=0x1FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stay_in_line_with_chinese_names() {
        let mut table = new_table(&["case", "n"], UiLanguage::English);
        table.rows = vec![
            vec!["林家".into(), 3_u32.into()],
            vec!["Reed".into(), 12_u32.into()],
        ];
        assert_eq!(aligned(&table), "case   n\n林家   3\nReed  12\n");
    }
}
