//! SQLite files of other programs, opened in memory from their bytes.
//!
//! Columns are read by name, because versions of a program add some and old files lack them.
//! A file may be hostile: views, triggers and virtual tables are never run, and everything a query may cost is bounded.

use crate::message::{Message, text::Text};
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use rusqlite::{
    Connection, MAIN_DB,
    config::DbConfig,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
    types::ValueRef,
};

use super::Tool;
use crate::import::{ImportError, text::package::damaged};

/// Largest file.
const LIMIT_BYTES: usize = 512 << 20;
/// Most rows of a table.
const LIMIT_ROWS: usize = 1 << 20;
/// Longest value in bytes: that of a text that is imported at all.
const LIMIT_VALUE: i32 = 64 << 20;
/// Instructions of SQLite's virtual machine between two calls of the progress handler.
const STEPS: i32 = 100_000;
/// Most calls of the progress handler while a file is open; after that queries are interrupted.
const LIMIT_CALLS: u32 = 5_000;

/// An open file.
#[derive(Debug)]
pub(super) struct Database<'a> {
    file: &'a str,
    tool: Tool,
    connection: Connection,
    tables: BTreeSet<String>,
    /// Bytes of values that may still be read: overlapping pages could make a small file return any number.
    left: Cell<usize>,
}

/// A row: values by the names of their columns, in lower case.
#[derive(Debug, Default)]
pub(super) struct DatabaseRow(BTreeMap<&'static str, StoredValue>);

#[derive(Debug)]
enum StoredValue {
    Whole(i64),
    Real(f64),
    Text(String),
}

impl DatabaseRow {
    /// A value as text; empty if it is missing.
    pub(super) fn text(&self, column: &str) -> String {
        match self.0.get(column) {
            None => String::new(),
            Some(StoredValue::Whole(value)) => value.to_string(),
            Some(StoredValue::Real(value)) => value.to_string(),
            Some(StoredValue::Text(text)) => text.clone(),
        }
    }

    /// A value as trimmed text; `None` if it is empty.
    pub(super) fn words(&self, column: &str) -> Option<String> {
        Some(self.text(column).trim().to_owned()).filter(|words| !words.is_empty())
    }

    /// A value as an integer; `None` if it is none. SQLite keeps whatever type a program writes, and RQDA writes positions as reals.
    pub(super) fn number(&self, column: &str) -> Option<i64> {
        match self.0.get(column)? {
            StoredValue::Whole(value) => Some(*value),
            StoredValue::Real(value) => whole(*value),
            StoredValue::Text(text) => text
                .trim()
                .parse()
                .ok()
                .or_else(|| whole(text.trim().parse().ok()?)),
        }
    }

    /// A position in a text; 0 if it is missing.
    pub(super) fn position(&self, column: &str) -> i64 {
        self.number(column).unwrap_or_default()
    }

    /// A value that identifies a row; empty if it is missing.
    pub(super) fn key_or_empty(&self, column: &str) -> String {
        self.key(column).unwrap_or_default()
    }

    /// A value that identifies a row.
    pub(super) fn key(&self, column: &str) -> Option<String> {
        self.number(column)
            .map(|number| number.to_string())
            .or_else(|| self.words(column))
    }
}

/// Rounds a real to an integer; one that is too large becomes the largest.
fn whole(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    let largest = if value > 0.0 { i64::MAX } else { i64::MIN };
    // By way of decimal digits: a cast would need proof that it loses nothing.
    Some(format!("{value:.0}").parse().unwrap_or(largest))
}

impl<'a> Database<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is too large, cut off or no SQLite file.
    pub(super) fn open(file: &'a str, tool: Tool, bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > LIMIT_BYTES {
            return Err(ImportError::TooLarge {
                file: file.to_owned(),
                megabytes: bytes.len() >> 20,
                limit: LIMIT_BYTES >> 20,
            });
        }
        if bytes.is_empty() {
            return Err(ImportError::Empty(file.to_owned()));
        }
        // 512 bytes is the smallest page.
        if bytes.len() < 512 || !bytes.starts_with(b"SQLite format 3\0") {
            return Err(no_project(
                file,
                tool,
                Text::new("it isn't an SQLite file", "不是 SQLite 文件"),
            ));
        }
        let (connection, tables) =
            open_in_memory(bytes).map_err(|error| damaged(file, error.to_string()))?;
        Ok(Self {
            file,
            tool,
            connection,
            tables,
            left: Cell::new(LIMIT_BYTES),
        })
    }

    /// Returns true if there are tables of all these names.
    pub(super) fn has_all(&self, tables: &[&str]) -> bool {
        tables.iter().all(|table| self.has(table))
    }

    /// Returns true if there is a table of this name.
    fn has(&self, table: &str) -> bool {
        self.tables.contains(table)
    }

    /// The first row of a table, as [`Self::rows`]; without values if there is none.
    ///
    /// # Errors
    /// As [`Self::rows`].
    pub(super) fn first_row(
        &self,
        table: &str,
        columns: &[&'static str],
    ) -> Result<DatabaseRow, ImportError> {
        let mut rows = self.rows(table, columns)?.into_iter();
        Ok(rows.next().unwrap_or_default())
    }

    /// The rows of a required table, as [`Self::rows`].
    ///
    /// # Errors
    /// As [`Self::rows`], and when there is no such table.
    pub(super) fn needed(
        &self,
        table: &str,
        columns: &[&'static str],
    ) -> Result<Vec<DatabaseRow>, ImportError> {
        if self.has(table) {
            self.rows(table, columns)
        } else {
            Err(no_project(
                self.file,
                self.tool,
                Text::new("there is no table “{table}”", "没有表“{table}”").with("table", table),
            ))
        }
    }

    /// The rows of a table in order of insertion, with those of the columns that it has; empty if there is no such table.
    ///
    /// # Errors
    /// When the file is damaged, or the table is larger than any project.
    pub(super) fn rows(
        &self,
        table: &str,
        columns: &[&'static str],
    ) -> Result<Vec<DatabaseRow>, ImportError> {
        if !self.has(table) {
            return Ok(Vec::new());
        }
        let present = self
            .column_names(table)
            .map_err(|error| self.table_error(table, &error))?;
        let columns: Vec<&'static str> = columns
            .iter()
            .copied()
            .filter(|column| present.iter().any(|own| own == column))
            .collect();
        if columns.is_empty() {
            return Ok(Vec::new());
        }
        let list: Vec<String> = columns
            .iter()
            .map(|column| format!("\"{column}\""))
            .collect();
        // A damaged index could leave out rows or repeat them; one row more than the limit shows that there are too many.
        let query = format!(
            "SELECT {} FROM \"{table}\" NOT INDEXED LIMIT {}",
            list.join(", "),
            LIMIT_ROWS + 1
        );
        let mut statement = self
            .connection
            .prepare(&query)
            .map_err(|error| self.table_error(table, &error))?;
        let mut found = statement
            .query([])
            .map_err(|error| self.table_error(table, &error))?;
        let mut rows = Vec::new();
        while let Some(row) = found
            .next()
            .map_err(|error| self.table_error(table, &error))?
        {
            let mut values = BTreeMap::new();
            for (at, column) in columns.iter().enumerate() {
                let value = row
                    .get_ref(at)
                    .map_err(|error| self.table_error(table, &error))?;
                if let Some(value) = self.value(value)? {
                    values.insert(*column, value);
                }
            }
            rows.push(DatabaseRow(values));
        }
        if rows.len() > LIMIT_ROWS {
            return Err(damaged(
                self.file,
                Text::new(
                    "the table “{table}” has more than {limit} rows",
                    "表“{table}”超过 {limit} 行",
                )
                .with("table", table)
                .count("limit", LIMIT_ROWS),
            ));
        }
        Ok(rows)
    }

    /// The names of a table's columns, in lower case, such as `caseorfile` for QualCoder's `caseOrFile`.
    fn column_names(&self, table: &str) -> rusqlite::Result<Vec<String>> {
        let statement = self
            .connection
            .prepare(&format!("SELECT * FROM \"{table}\" LIMIT 0"))?;
        Ok(statement.column_names().map(str::to_lowercase).collect())
    }

    fn table_error(&self, table: &str, error: &rusqlite::Error) -> ImportError {
        damaged(self.file, format!("{table}: {error}"))
    }

    fn value(&self, value: ValueRef<'_>) -> Result<Option<StoredValue>, ImportError> {
        let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = value else {
            return Ok(match value {
                ValueRef::Integer(value) => Some(StoredValue::Whole(value)),
                ValueRef::Real(value) => Some(StoredValue::Real(value)),
                _ => None,
            });
        };
        // Rows of a damaged file may share pages, so the values together can be much larger than the file.
        let Some(left) = self.left.get().checked_sub(bytes.len()) else {
            return Err(damaged(
                self.file,
                Text::new(
                    "its tables have more than fits into the file",
                    "各表内容超过文件大小",
                ),
            ));
        };
        self.left.set(left);
        Ok(Some(StoredValue::Text(
            String::from_utf8_lossy(bytes).into_owned(),
        )))
    }
}

/// Opens the bytes of a database in memory, with the names of its tables.
fn open_in_memory(bytes: &[u8]) -> rusqlite::Result<(Connection, BTreeSet<String>)> {
    let mut connection = Connection::open_in_memory()?;
    limit_cost(&mut connection)?;
    // The header of a database in WAL mode says so in bytes 18 and 19, and SQLite would look for the log beside the file.
    // In memory there is none, so the header is changed to that of a database without one; what the file itself contains is whole.
    let (before, rest) = bytes.split_at(18);
    let (versions, rest) = rest.split_at(2);
    let versions: Vec<u8> = versions
        .iter()
        .map(|version| if *version == 2 { 1 } else { *version })
        .collect();
    let whole = before.chain(versions.as_slice()).chain(Cursor::new(rest));
    connection.deserialize_read_exact(MAIN_DB, whole, bytes.len(), true)?;
    let tables = tables_of(&connection)?;
    connection.authorizer(Some(only_reads))?;
    Ok((connection, tables))
}

/// Bounds what queries may cost, and turns off everything in the file that could run by itself.
fn limit_cost(connection: &mut Connection) -> rusqlite::Result<()> {
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, LIMIT_VALUE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 16),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
        connection.set_limit(limit, most)?;
    }
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;")?;
    let mut calls = 0u32;
    connection.progress_handler(
        STEPS,
        Some(move || {
            calls += 1;
            calls > LIMIT_CALLS
        }),
    )
}

/// The names of real tables, without views and virtual tables, which have no root page.
fn tables_of(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    connection
        .prepare(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND rootpage > 0 LIMIT 1000",
        )?
        .query_map([], |row| {
            // The library panics on a column name that isn't UTF-8, so the statement that names the columns must be.
            let _statement: Option<String> = row.get(1)?;
            row.get(0)
        })?
        .collect()
}

/// Denies everything but reading, whatever the schema of the file tries.
fn only_reads(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

/// The error for a file that is no project of the program it is read as.
pub(super) fn no_project(file: &str, tool: Tool, reason: impl Into<Message>) -> ImportError {
    ImportError::NoProjectOf {
        file: file.to_owned(),
        program: tool.name().to_owned(),
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(sql: &str) -> Vec<u8> {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(sql).unwrap();
        connection.serialize(MAIN_DB).unwrap().to_vec()
    }

    #[test]
    fn names_that_are_no_text_are_an_error_before_anything_is_read() {
        let mut bytes =
            file("CREATE TABLE codings (first, second); INSERT INTO codings VALUES (1, 2);");
        let open = |bytes: &[u8]| {
            Database::open("a.db", Tool::Taguette, bytes)
                .map(|own| own.rows("codings", &["first"]).unwrap().len())
        };
        assert_eq!(open(&bytes), Ok(1));
        let at = bytes
            .windows(6)
            .position(|window| window == b"second")
            .unwrap();
        bytes[at] = 0xff;
        assert!(matches!(open(&bytes), Err(ImportError::Damaged { .. })));
    }
}
