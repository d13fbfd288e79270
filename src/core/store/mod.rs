//! The project file: one SQLite file with the log, the contents that it names, and a checkpoint of the
//! fold.
//!
//! A commit is one transaction with `synchronous = FULL`: once [`ProjectFile::append`] has returned, the
//! entry is on disk.

mod contents;
mod damage;
mod entries;
mod error;
mod hashes;
mod lock;
mod migration;
mod opening;
mod place;
mod row;
mod schema;

use std::{
    cell::RefCell,
    collections::BTreeSet,
    ffi::OsStr,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension as _};

pub use contents::Checkpoint;
pub use damage::LogDamage;
pub use entries::EntryHead;
pub use error::StoreError;
use lock::WriterLock;
use place::Place;

/// The access with which a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; one process at a time.
    Write,
    /// Reading, while another process may write.
    Read,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// For reading or writing.
    pub access: Access,
    /// How long to wait while another process writes.
    pub wait: Duration,
}

impl From<Access> for Opening {
    fn from(access: Access) -> Self {
        Self {
            access,
            wait: Duration::ZERO,
        }
    }
}

/// An open project file.
#[derive(Debug)]
pub struct ProjectFile {
    connection: Connection,
    place: Place,
    access: Access,
    /// The version of its tables.
    version: u32,
    /// The arrival number of the last entry, as this process knows it.
    last_seq: i64,
    /// What the next entry of each device is linked to.
    chains: hashes::Chains,
    /// What reading the log has found damaged so far.
    damage: RefCell<BTreeSet<LogDamage>>,
    // The last to go: nobody else may write while the connection still folds in its steps.
    _lock: Option<WriterLock>,
}

impl ProjectFile {
    /// Creates a new, empty project file that its owner alone can read.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the path exists, or when the folder can't be written to; nothing is left then.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        match create_new(path) {
            Ok(_empty) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists(path.to_owned()));
            }
            Err(error) => return Err(io(error)),
        }
        let created = Self::found(path);
        if created.is_err() {
            // The file is ours, since it didn't exist a moment ago, and nothing is in it yet.
            for file in [
                path.to_owned(),
                beside(path, "-wal"),
                beside(path, "-shm"),
                beside(path, "-lock"),
            ] {
                std::fs::remove_file(file).ok();
            }
        }
        created
    }

    fn found(path: &Path) -> Result<Self, StoreError> {
        let place = Place::of(path)?;
        let lock = WriterLock::take(place.path(), Duration::ZERO)?;
        let mut connection = opening::for_writing(place.path())?;
        connection.pragma_update(None, "page_size", 8192)?;
        opening::configure(&connection, Access::Write)?;
        migration::migrate(&mut connection, 0)?;
        sync_folder(place.path());
        Self::of(connection, place, Access::Write, Some(lock))
    }

    /// Opens a project file.
    ///
    /// # Errors
    /// When it doesn't exist, isn't a project, is newer than this program, is damaged, or another writes to it.
    pub fn open(path: &Path, opening: impl Into<Opening>) -> Result<Self, StoreError> {
        let opening = opening.into();
        if !path.is_file() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        let place = Place::of(path)?;
        match opening.access {
            Access::Read => {
                let connection = opening::for_reading(&place)?;
                Self::of(connection, place, Access::Read, None)
            }
            Access::Write => {
                let lock = WriterLock::take(place.path(), opening.wait)?;
                place.check()?;
                let mut connection = opening::for_writing(place.path())?;
                let version = opening::identify(&connection, place.path())?;
                opening::configure(&connection, Access::Write)?;
                if version < schema::VERSION {
                    back_up(&connection, place.path(), version)?;
                    migration::migrate(&mut connection, version)?;
                }
                Self::of(connection, place, Access::Write, Some(lock))
            }
        }
    }

    fn of(
        connection: Connection,
        place: Place,
        access: Access,
        lock: Option<WriterLock>,
    ) -> Result<Self, StoreError> {
        // Between looking at the path and opening it, another file may have taken its place.
        if !place.is_same() {
            return Err(StoreError::Replaced(place.path().to_owned()));
        }
        let version = opening::identify(&connection, place.path())?;
        let chains = if access == Access::Write {
            hashes::last_chains(&connection)?
        } else {
            hashes::Chains::new()
        };
        Ok(Self {
            last_seq: entries::last_seq(&connection)?,
            connection,
            place,
            access,
            version,
            chains,
            damage: RefCell::default(),
            _lock: lock,
        })
    }

    /// Another connection to the same file, for reading; `None` if there can't be two, since the file is in memory.
    ///
    /// # Errors
    /// When the path leads to another file by now, or can't be opened.
    pub fn reader(&self) -> Result<Option<Self>, StoreError> {
        if self.connection.path().is_none_or(str::is_empty) {
            return Ok(None);
        }
        let connection = opening::for_reading(&self.place)?;
        Self::of(connection, self.place.clone(), Access::Read, None).map(Some)
    }

    /// The path of the file, without symbolic links.
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// The access with which it was opened.
    pub fn access(&self) -> Access {
        self.access
    }

    /// What reading the log has found damaged so far.
    pub fn damage(&self) -> Vec<LogDamage> {
        self.damage.borrow().iter().copied().collect()
    }

    fn note(&self, damage: LogDamage) {
        self.damage.borrow_mut().insert(damage);
    }

    /// Folds the write-ahead log into the file, so that the file alone is the whole project.
    ///
    /// # Errors
    /// When the file can't be written; what is acknowledged is in the write-ahead log all the same.
    pub fn fold_in(&self) -> Result<(), StoreError> {
        if self.access == Access::Write && self.place.is_same() {
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
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
        // The write-ahead log is there only while the project is open.
        let files = [self.path().to_owned(), beside(self.path(), "-wal")];
        let sizes = files.map(|path| path.metadata().map_or(0, |meta| meta.len()));
        sizes.into_iter().sum()
    }
}

impl Drop for ProjectFile {
    /// Folds the write-ahead log into the file, so that a closed project is one file to copy.
    fn drop(&mut self) {
        if self.access == Access::Write && !self.place.is_same() {
            // SQLite would fold our steps into whatever file has the name now.
            self.connection
                .set_db_config(
                    rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                    true,
                )
                .ok();
            return;
        }
        // If this fails, SQLite folds it in at the next opening.
        self.fold_in().ok();
    }
}

/// The path of a file that is kept beside a project.
fn beside(project: &Path, ending: &str) -> PathBuf {
    let mut path = project.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Creates an empty file that its owner alone can read and write.
fn create_new(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Puts the name of a new file on the disk; some systems can't open a folder.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        folder.sync_all().ok();
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

/// Copies a file before its tables are migrated.
fn back_up(connection: &Connection, path: &Path, version: u32) -> Result<(), StoreError> {
    let copy = path.with_extension(format!("v{version}.backup.tain"));
    let copy = copy.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [copy.as_ref()])?;
    Ok(())
}
