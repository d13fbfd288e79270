//! The tables of a project file, and the migrations from older ones.
//!
//! Migrations are numbered and never edited; `user_version` counts those that have run.

use rusqlite::Connection;

/// Marks a file as Tain's: "Tain" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x5461_696e;

/// Migrations in order; the file's version is how many of them have run.
const MIGRATIONS: &[&str] = &["
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
"];

/// The version this program writes: how many migrations there are.
pub(super) const VERSION: u32 = 1;

/// Migrates a file's tables to [`VERSION`].
///
/// # Errors
/// As SQLite's; the file is then as it was.
pub(super) fn migrate(connection: &mut Connection, from: u32) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for sql in MIGRATIONS.iter().skip(from as usize) {
        transaction.execute_batch(sql)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_counts_the_migrations() {
        assert_eq!(super::VERSION as usize, super::MIGRATIONS.len());
    }
}
