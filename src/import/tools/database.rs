//! SQLite files of other programs, read from bytes: real tables only, columns by name, and bounds on all that a hostile file could ask for.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
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
/// Longest value in bytes.
const LIMIT_VALUE: i32 = 64 << 20;
/// Steps of SQLite's machine between two looks at the clock of steps, and how many such looks a file may take.
const STEPS: i32 = 100_000;
const LIMIT_LOOKS: u32 = 5_000;

/// A file that is open.
#[derive(Debug)]
pub(super) struct Database<'a> {
    file: &'a str,
    tool: Tool,
    connection: Connection,
    tables: BTreeSet<String>,
    /// Bytes of values that may still be read.
    left: Cell<usize>,
}

/// A row by the names of its columns, in small letters.
#[derive(Debug, Default)]
pub(super) struct DatabaseRow(BTreeMap<&'static str, StoredValue>);

#[derive(Debug)]
enum StoredValue {
    Whole(i64),
    Real(f64),
    Text(String),
}

impl DatabaseRow {
    /// A value as text; empty where there is none.
    pub(super) fn text(&self, column: &str) -> String {
        match self.0.get(column) {
            None => String::new(),
            Some(StoredValue::Whole(value)) => value.to_string(),
            Some(StoredValue::Real(value)) => value.to_string(),
            Some(StoredValue::Text(text)) => text.clone(),
        }
    }

    /// A value as text without white space around it; `None` where nothing is left.
    pub(super) fn words(&self, column: &str) -> Option<String> {
        Some(self.text(column).trim().to_owned()).filter(|words| !words.is_empty())
    }

    /// A value as a whole number; `None` where there is none.
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

    /// A value that names another row.
    pub(super) fn key(&self, column: &str) -> Option<String> {
        self.number(column)
            .map(|number| number.to_string())
            .or_else(|| self.words(column))
    }
}

/// A whole number that a database keeps as a real one; what is larger than any becomes the largest.
fn whole(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    let largest = if value > 0.0 { i64::MAX } else { i64::MIN };
    Some(format!("{value:.0}").parse().unwrap_or(largest))
}

impl<'a> Database<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is too large, no SQLite file or cut off.
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
        if bytes.len() < 512 || !bytes.starts_with(b"SQLite format 3\0") {
            return Err(no_project(file, tool, "it is no SQLite file"));
        }
        let wrong = |error: rusqlite::Error| damaged(file, error.to_string());
        let mut connection = Connection::open_in_memory().map_err(wrong)?;
        bound(&mut connection).map_err(wrong)?;
        // A file that was copied while it was open says that its latest pages are in a second file; what is here stands on its own.
        let header = bytes.get(..18).unwrap_or_default();
        let journal: Vec<u8> = bytes
            .get(18..20)
            .unwrap_or_default()
            .iter()
            .map(|version| if *version == 2 { 1 } else { *version })
            .collect();
        let rest = Cursor::new(bytes.get(20..).unwrap_or_default());
        let whole = std::io::Read::chain(std::io::Read::chain(header, journal.as_slice()), rest);
        connection
            .deserialize_read_exact(MAIN_DB, whole, bytes.len(), true)
            .map_err(wrong)?;
        let tables = tables_of(&connection).map_err(wrong)?;
        connection.authorizer(Some(only_reads)).map_err(wrong)?;
        Ok(Self {
            file,
            tool,
            connection,
            tables,
            left: Cell::new(LIMIT_BYTES),
        })
    }

    /// Whether there is a table of this name.
    pub(super) fn has(&self, table: &str) -> bool {
        self.tables.contains(table)
    }

    /// The rows of a table that must be there, as [`Self::rows`].
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
                format!("there is no table `{table}`"),
            ))
        }
    }

    /// The rows of a table with those of the columns that it has, in the order they were made; none when there is no such table.
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
        let wrong =
            |error: rusqlite::Error| damaged(self.file, format!("table `{table}`: {error}"));
        let present = self
            .connection
            .prepare(&format!("SELECT * FROM \"{table}\" LIMIT 0"))
            .map_err(wrong)?;
        let present: Vec<String> = present.column_names().map(str::to_lowercase).collect();
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
        let asked = format!(
            "SELECT {} FROM \"{table}\" NOT INDEXED LIMIT {}",
            list.join(", "),
            LIMIT_ROWS + 1
        );
        let mut statement = self.connection.prepare(&asked).map_err(wrong)?;
        let mut found = statement.query([]).map_err(wrong)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(wrong)? {
            let mut values = BTreeMap::new();
            for (at, column) in columns.iter().enumerate() {
                if let Some(value) = self.value(row.get_ref(at).map_err(wrong)?)? {
                    values.insert(*column, value);
                }
            }
            rows.push(DatabaseRow(values));
        }
        if rows.len() > LIMIT_ROWS {
            return Err(damaged(
                self.file,
                format!("table `{table}` has more than {LIMIT_ROWS} rows"),
            ));
        }
        Ok(rows)
    }

    fn value(&self, value: ValueRef<'_>) -> Result<Option<StoredValue>, ImportError> {
        let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = value else {
            return Ok(match value {
                ValueRef::Integer(value) => Some(StoredValue::Whole(value)),
                ValueRef::Real(value) => Some(StoredValue::Real(value)),
                _ => None,
            });
        };
        let Some(left) = self.left.get().checked_sub(bytes.len()) else {
            return Err(damaged(self.file, "its tables hold more than the file can"));
        };
        self.left.set(left);
        Ok(Some(StoredValue::Text(
            String::from_utf8_lossy(bytes).into_owned(),
        )))
    }
}

/// Bounds on what reading may cost, and nothing of the file's own is trusted.
fn bound(connection: &mut Connection) -> rusqlite::Result<()> {
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
    let mut looks = 0u32;
    connection.progress_handler(
        STEPS,
        Some(move || {
            looks += 1;
            looks > LIMIT_LOOKS
        }),
    )
}

/// Names of real tables: views and virtual tables left out. Their columns' names must be text, too.
fn tables_of(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let asked =
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND rootpage > 0 LIMIT 1000";
    let named = |row: &rusqlite::Row<'_>| {
        row.get::<_, Option<String>>(1)
            .and_then(|_columns| row.get(0))
    };
    connection.prepare(asked)?.query_map([], named)?.collect()
}

fn only_reads(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

/// A file that isn't a project of the program it is read as.
pub(super) fn no_project(file: &str, tool: Tool, reason: impl Into<String>) -> ImportError {
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
