//! The tables of a project file, and the migrations from older ones.
//!
//! Migrations are numbered and never edited; `user_version` counts those that have run.

use std::{collections::BTreeSet, path::Path};

use rusqlite::Connection;

use super::StoreError;

/// Marks a file as Tain's: "Tain" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x5461_696e;

/// Migrations in order; the file's version is how many of them have run.
pub(super) const MIGRATIONS: &[&str] = &["
    CREATE TABLE meta (
        key   TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE entries (                     -- the log, in order of arrival
        seq     INTEGER PRIMARY KEY,
        id      BLOB NOT NULL UNIQUE,          -- 16 bytes, big endian
        stamp   INTEGER NOT NULL,              -- hybrid logical clock
        device  BLOB NOT NULL,
        coder   BLOB,
        action  TEXT NOT NULL,
        undoes  BLOB,
        seen    TEXT NOT NULL DEFAULT '{}',    -- JSON: device -> stamp
        changes TEXT NOT NULL                  -- JSON
    );
    CREATE TABLE contents (                    -- texts, turn tables and original files by BLAKE3
        hash  BLOB PRIMARY KEY,
        bytes BLOB NOT NULL
    );
    CREATE TABLE checkpoint (                  -- the fold so far; a cache, never the truth
        id      INTEGER PRIMARY KEY CHECK (id = 1),
        format  INTEGER NOT NULL,
        seq     INTEGER NOT NULL,              -- entries up to this one are folded in
        hash    BLOB NOT NULL,
        body    BLOB NOT NULL
    );
", "
    CREATE TABLE entry_hashes (                -- what tells whether the log is as it was written
        seq   INTEGER PRIMARY KEY,
        hash  BLOB NOT NULL,                   -- BLAKE3 of the entry's fields
        chain BLOB NOT NULL                    -- BLAKE3 of the device's chain before it, and of the hash
    );
"];

/// The version this program writes: how many migrations there are.
pub(super) const VERSION: u32 = 2;

/// The first version whose entries have hashes.
pub(super) const HASHED: u32 = 2;

/// Checks that a file has the tables of its version and nothing else that SQLite could run or look into.
///
/// # Errors
/// [`StoreError::Foreign`] with the name of what is there and shouldn't be, or isn't and should.
pub(super) fn compare(
    connection: &Connection,
    version: u32,
    path: &Path,
) -> Result<(), StoreError> {
    let model = Connection::open_in_memory()?;
    for sql in MIGRATIONS.iter().take(version as usize) {
        model.execute_batch(sql)?;
    }
    let (expected, found) = (objects(&model)?, objects(connection)?);
    match expected.symmetric_difference(&found).next() {
        None => Ok(()),
        Some((_, name, _)) => Err(StoreError::Foreign {
            path: path.to_owned(),
            what: name.clone(),
        }),
    }
}

/// Kind, name and definition of everything in a database.
fn objects(connection: &Connection) -> Result<BTreeSet<(String, String, String)>, StoreError> {
    let mut select =
        connection.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_counts_the_migrations() {
        assert_eq!(super::VERSION as usize, super::MIGRATIONS.len());
    }
}
