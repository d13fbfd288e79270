//! A project as a relational SQLite database, for R, Python and SQL: documented tables, foreign keys, views.
//!
//! `schema.sql` is the documentation of its form; [`FORMAT`] counts its versions. Numbers are given out in the order in which things are
//! shown, and no clock is read, so the same project gives the same bytes.

mod rows;

use rusqlite::{Connection, MAIN_DB};

use super::ExportMaterial;

/// Version of the tables.
pub const FORMAT: u32 = 1;

const SCHEMA: &str = include_str!("schema.sql");

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
#[error("the database could not be made: {0}")]
pub struct RelationalError(#[from] rusqlite::Error);

/// Writes the project as the bytes of a SQLite file.
///
/// # Errors
/// As SQLite's, such as when memory is short.
pub fn relational(material: ExportMaterial<'_>) -> Result<Vec<u8>, RelationalError> {
    let mut connection = Connection::open_in_memory()?;
    // Rows refer to later ones; every reference is looked at when all are in.
    connection.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA foreign_keys = OFF;",
    )?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    rows::fill(&transaction, material)?;
    transaction.commit()?;
    debug_assert!(
        !connection.prepare("PRAGMA foreign_key_check")?.exists([])?,
        "every reference leads somewhere"
    );
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}
