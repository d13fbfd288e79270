//! Connections to a project file: for writing, and for reading wherever the file lies.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{Access, StoreError, place::Place, schema};

/// What a connection is opened with.
const URI: OpenFlags = OpenFlags::SQLITE_OPEN_URI;

/// Opens a connection for writing to a file that may not exist yet.
pub(super) fn for_writing(place: &Place) -> Result<Connection, StoreError> {
    let path = place.path();
    let connection = Connection::open(path).map_err(|error| StoreError::on_open(error, path))?;
    unlock(&connection, place)?;
    harden(&connection)?;
    Ok(connection)
}

/// Opens a connection to an empty file, with pages of our size.
pub(super) fn new(place: &Place) -> Result<Connection, StoreError> {
    let connection = Connection::open(place.path())?;
    match place.key() {
        Some(key) => key.apply(&connection)?,
        None => connection.pragma_update(None, "page_size", 8192)?,
    }
    harden(&connection)?;
    Ok(connection)
}

/// Gives a connection the key of its file.
pub(super) fn unlock(connection: &Connection, place: &Place) -> Result<(), StoreError> {
    let Some(key) = place.key() else {
        return Ok(());
    };
    key.apply(connection)?;
    // With another key nothing of the first page fits.
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => {
                StoreError::WrongPassphrase(place.path().to_owned())
            }
            _ => error.into(),
        })
}

/// Opens a connection for reading, which leaves nothing beside the file that would keep others out.
///
/// Beside the usual way there are three, for places where SQLite can't keep the index of its write-ahead log on the disk:
/// in memory, without a write-ahead log, and on a copy of both files.
pub(super) fn for_reading(place: &Place) -> Result<Connection, StoreError> {
    let path = place.path();
    let usual = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if place.is_own() {
        // A reader opens the file for writing too, but `query_only`: SQLite lets only connections that
        // could write remove the write-ahead log and its index when they close.
        let found = connect(place, path, usual, false);
        if !found.as_ref().is_err_and(is_of_place) {
            return found;
        }
        // Where there are steps beside the file, they have to be read, with their index in memory.
        if has_log(path) {
            let found = connect(place, path, usual, true);
            if !found.as_ref().is_err_and(is_of_place) {
                return found;
            }
        }
    }
    if has_log(path) {
        return of_a_copy(place);
    }
    let uri = uri(path, "mode=ro&immutable=1");
    connect(
        place,
        Path::new(&uri),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | URI,
        false,
    )
}

/// Returns true if there can't be a second connection beside this one.
pub(super) fn is_alone(connection: &Connection) -> Result<bool, StoreError> {
    let mode: String = connection.query_row("PRAGMA locking_mode", [], |row| row.get(0))?;
    Ok(connection.path().is_none_or(str::is_empty) || mode.eq_ignore_ascii_case("exclusive"))
}

/// Opens a connection to a place by a path; `alone` keeps the index of the write-ahead log in memory.
fn connect(
    place: &Place,
    path: &Path,
    flags: OpenFlags,
    alone: bool,
) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| StoreError::on_open(error, path))?;
    if alone {
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    unlock(&connection, place)?;
    harden(&connection)?;
    configure(&connection, Access::Read)?;
    // Only now does SQLite look at the file and at what lies beside it.
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|error| StoreError::on_open(error, path))?;
    Ok(connection)
}

/// Returns true if the place of the file is to blame and not the file.
fn is_of_place(error: &StoreError) -> bool {
    use rusqlite::ErrorCode;
    match error {
        StoreError::Full | StoreError::ReadOnly => true,
        StoreError::Database(error) => matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied)
        ),
        _ => false,
    }
}

/// Returns true if there are steps beside the file that aren't folded into it yet.
fn has_log(path: &Path) -> bool {
    super::beside(path, "-wal")
        .metadata()
        .is_ok_and(|log| log.len() > 0)
}

/// Reads a copy of the file and its write-ahead log, in a folder of the user's that is removed right away.
fn of_a_copy(place: &Place) -> Result<Connection, StoreError> {
    let path = place.path();
    let io = |source| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    let folder = tempfile::tempdir().map_err(io)?;
    let copy = folder.path().join("copy");
    std::fs::copy(path, &copy).map_err(io)?;
    std::fs::copy(super::beside(path, "-wal"), super::beside(&copy, "-wal")).map_err(io)?;
    let copy = Place::of(&copy)?.with_key(place.key().cloned());
    let connection = for_writing(&copy)?;
    // Its steps are folded in here, and the file has no name any more once the folder is gone.
    configure(&connection, Access::Read)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// A path as SQLite's URI, with parameters.
fn uri(path: &Path, parameters: &str) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{uri}?{parameters}")
}

/// What a file brings along besides data is never run: a project may come from anywhere.
fn harden(connection: &Connection) -> Result<(), StoreError> {
    for (switch, on) in [
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
    ] {
        connection.set_db_config(switch, on)?;
    }
    Ok(())
}

pub(super) fn configure(connection: &Connection, access: Access) -> Result<(), StoreError> {
    // A reader may have to wait while the writer folds the write-ahead log into the file.
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(32);
    if access == Access::Write {
        // Readers go on while an entry is written, and `FULL` makes a commit survive a power cut.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
    } else {
        connection.pragma_update(None, "query_only", true)?;
    }
    // The pages of an encrypted file can't be used where they lie; SQLCipher takes no notice of this.
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    Ok(())
}

/// Checks that a file is a project that this program can read, and returns its version.
pub(super) fn identify(connection: &Connection, path: &Path) -> Result<u32, StoreError> {
    let application: i32 = connection
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .map_err(|error| StoreError::on_open(error, path))?;
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if application != schema::APPLICATION_ID {
        return Err(StoreError::NotAProject(path.to_owned()));
    }
    if version > schema::VERSION {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found: version,
            known: schema::VERSION,
        });
    }
    schema::compare(connection, version, path)?;
    Ok(version)
}
