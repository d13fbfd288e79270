//! The project file: one SQLite file with the log, the contents that it names, and a checkpoint of the
//! fold.
//!
//! A commit is one transaction with `synchronous = FULL`: once [`ProjectFile::append`] has returned, the
//! entry is on disk.

mod contents;
mod entries;
mod error;
mod lock;
mod schema;

use std::{
    ffi::OsStr,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

pub use contents::Checkpoint;
pub use entries::EntryHead;
pub use error::StoreError;
use lock::WriterLock;

/// The access with which a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; one process at a time.
    Write,
    /// Reading, while another process may write.
    Read,
}

/// An open project file.
#[derive(Debug)]
pub struct ProjectFile {
    connection: Connection,
    path: PathBuf,
    access: Access,
    _lock: Option<WriterLock>,
}

impl ProjectFile {
    /// Creates a new, empty project file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the path exists.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let lock = WriterLock::take(path)?;
        let mut connection = Connection::open(path).map_err(|error| on_open(error, path))?;
        connection.pragma_update(None, "page_size", 8192)?;
        configure(&connection, Access::Write)?;
        schema::migrate(&mut connection, 0)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            access: Access::Write,
            _lock: Some(lock),
        })
    }

    /// Opens a project file.
    ///
    /// # Errors
    /// When it doesn't exist, isn't a project, is newer than this program, is damaged, or another writes to it.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        let lock = if access == Access::Write {
            Some(WriterLock::take(path)?)
        } else {
            None
        };
        // A reader opens the file for writing too, but `query_only`: SQLite lets only connections that
        // could write remove the write-ahead log and its index when they close.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let mut connection =
            Connection::open_with_flags(path, flags).map_err(|error| on_open(error, path))?;
        let version = identify(&connection, path)?;
        configure(&connection, access)?;
        if version < schema::VERSION && access == Access::Write {
            back_up(&connection, path, version)?;
            schema::migrate(&mut connection, version)?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
            access,
            _lock: lock,
        })
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The access with which it was opened.
    pub fn access(&self) -> Access {
        self.access
    }

    /// What SQLite finds wrong with the file's structure; empty if it is sound.
    ///
    /// # Errors
    /// When the file can't be read at all.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut check = self.connection.prepare("PRAGMA integrity_check")?;
        let rows = check.query_map([], |row| row.get::<_, String>(0))?;
        let lines: Vec<String> = rows.collect::<Result<_, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Returns a setting of the file itself.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// Changes a setting of the file itself.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            [key, value],
        )?;
        Ok(())
    }

    /// The size of the file with its write-ahead log.
    pub fn file_bytes(&self) -> u64 {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        let files = [self.path.as_path(), Path::new(&log)];
        // The write-ahead log is there only while the project is open.
        let sizes = files.map(|path| path.metadata().map_or(0, |meta| meta.len()));
        sizes.into_iter().sum()
    }
}

impl Drop for ProjectFile {
    /// Folds the write-ahead log into the file, so that a closed project is one file to copy.
    fn drop(&mut self) {
        if self.access == Access::Write {
            // If this fails, SQLite folds it in at the next opening.
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .ok();
        }
    }
}

/// Returns true if a path is that of a project, or of a file that SQLite or the writer's lock keeps beside one.
///
/// A project is recognised by its name even if there is no such file, and by its first bytes whatever its name.
pub fn belongs_to_project(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    let is_named_so = ending.is_some_and(|ending| {
        let ending = ending.to_lowercase();
        ending == "tain" || ending.starts_with("tain-")
    });
    is_named_so || begins_as_project(path).unwrap_or(false)
}

fn begins_as_project(path: &Path) -> std::io::Result<bool> {
    let mut head = [0; 72];
    File::open(path)?.read_exact(&mut head)?;
    // SQLite's file format has its name at the beginning and the application's id at byte 68.
    Ok(
        head.starts_with(b"SQLite format 3\0")
            && head[68..] == schema::APPLICATION_ID.to_be_bytes(),
    )
}

/// Checks that a file is a project that this program can read, and returns its version.
fn identify(connection: &Connection, path: &Path) -> Result<u32, StoreError> {
    let application: i32 = connection
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .map_err(|error| on_open(error, path))?;
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
    Ok(version)
}

fn configure(connection: &Connection, access: Access) -> Result<(), StoreError> {
    // A reader may have to wait while the writer folds the write-ahead log into the file.
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(32);
    if access == Access::Write {
        // Readers go on while an entry is written, and `FULL` makes a commit survive a power cut.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
    } else {
        connection.pragma_update(None, "query_only", true)?;
    }
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    Ok(())
}

/// Copies a file before its tables are migrated.
fn back_up(connection: &Connection, path: &Path, version: u32) -> Result<(), StoreError> {
    let copy = path.with_extension(format!("v{version}.backup.tain"));
    let copy = copy.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [copy.as_ref()])?;
    Ok(())
}

fn on_open(error: rusqlite::Error, path: &Path) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotAProject(path.to_owned()),
        _ => error.into(),
    }
}
