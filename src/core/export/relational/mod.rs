//! A project as a relational SQLite database for R, Python and SQL: documented tables, foreign keys and views.
//!
//! `schema.sql` documents the tables; [`FORMAT`] counts its versions.
//! Row numbers follow the order in which things are shown, and no clock is read, so the same project gives the same bytes.

mod codes;
mod documents;
mod notes;
mod people;
mod writer;

use rusqlite::{Connection, MAIN_DB};

use self::writer::RowWriter;
use super::ExportMaterial;
use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};

/// The version of the tables.
pub const FORMAT: u32 = 3;

const SCHEMA: &str = include_str!("schema.sql");

/// Why the database can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub struct RelationalError(#[from] rusqlite::Error);

impl Explain for RelationalError {
    fn explain(&self) -> Explanation {
        Explanation::io(
            Text::new(
                "the database could not be written: {reason}",
                "无法写入数据库：{reason}",
            )
            .with("reason", self.0.to_string()),
        )
    }
}

/// Writes the project as the bytes of a SQLite file.
///
/// # Errors
/// Those of SQLite, such as when memory runs out.
pub fn relational(material: ExportMaterial<'_>) -> Result<Vec<u8>, RelationalError> {
    let mut connection = Connection::open_in_memory()?;
    // Rows refer to later ones, such as a case to its parent, so references can't be checked one by one.
    connection.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA foreign_keys = OFF;",
    )?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    RowWriter::new(&transaction, material.project).write_all(material)?;
    transaction.commit()?;
    debug_assert!(
        !connection.prepare("PRAGMA foreign_key_check")?.exists([])?,
        "every reference has its row"
    );
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}
