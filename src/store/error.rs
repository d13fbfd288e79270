//! What can go wrong with a project file, in words a person can act on.

use std::path::PathBuf;

use crate::{log::codec::UnreadableEntry, model::text::ContentHash};

/// A project file that can't be made, opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file there.
    #[error("there is no project at {}; check the path, or make one with `tain new`", .0.display())]
    NotFound(PathBuf),
    /// A file is there already.
    #[error("{} exists already; choose another name, or open it", .0.display())]
    Exists(PathBuf),
    /// Something else than a Tain project.
    #[error("{} is not a Tain project; transcripts go in with import", .0.display())]
    NotAProject(PathBuf),
    /// Made by a newer program.
    #[error("{} was written by a newer Tain (format {found}, this one reads up to {known}); update Tain to open it", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// Somebody else is writing.
    #[error("{} is open in another window; close that one, or open this copy for reading", .0.display())]
    Locked(PathBuf),
    /// Opened for reading only.
    #[error("the project is open for reading only")]
    ReadOnly,
    /// No room on the disk.
    #[error("the disk is full; nothing of the last step was stored, make room and try again")]
    Full,
    /// An entry that isn't JSON of this format.
    #[error(transparent)]
    Entry(#[from] UnreadableEntry),
    /// A text that the log names isn't there, or isn't what its hash says.
    #[error("content {0} is missing or damaged; restore the file from a backup")]
    Content(ContentHash),
    /// The file can't be read as a database.
    #[error("the file is damaged ({0}); restore it from a backup, or try `tain check --repair`")]
    Damaged(String),
    /// The database refused.
    #[error("the project file can't be used: {0}")]
    Database(rusqlite::Error),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Database(error),
        }
    }
}
