//! The project file: one SQLite file with the log, the contents that it names, and a checkpoint of the
//! fold.
//!
//! A commit is one transaction with `synchronous = FULL`: once [`ProjectFile::append`] has returned, the
//! entry is on disk.

mod backups;
mod cipher;
mod contents;
mod damage;
mod entries;
mod error;
mod hashes;
mod lock;
mod migration;
mod opening;
mod place;
mod rebuild;
mod recrypt;
mod row;
mod salvage;
mod schema;

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeSet,
    ffi::OsStr,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension as _};

use crate::seal::Passphrase;

pub use backups::{BackingUp, Backup, is_due, list as backups_of};
use cipher::CipherKey;
pub use cipher::Secret;
pub use contents::Checkpoint;
pub use damage::LogDamage;
pub use entries::EntryHead;
pub use error::StoreError;
use lock::WriterLock;
use place::Place;
pub use rebuild::{Kept, Rebuild, wipe};
pub use salvage::{Salvage, SalvageReport};

/// The access with which a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; one process at a time.
    Write,
    /// Reading, while another process may write.
    Read,
}

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// For reading or writing.
    pub access: Access,
    /// How long to wait while another process writes.
    pub wait: Duration,
    /// The time, for the name of the backup that is made before an older file is brought up to date.
    pub now_millis: u64,
    /// What opens an encrypted project: its passphrase, or its key as it was written down.
    pub passphrase: Option<Passphrase>,
}

impl From<Access> for Opening {
    fn from(access: Access) -> Self {
        Self {
            access,
            wait: Duration::ZERO,
            now_millis: 0,
            passphrase: None,
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
    /// All that can be found in the file, once it has turned out that its pages don't lead to it.
    found: OnceCell<Option<Box<Self>>>,
    // The last to go: nobody else may write while the connection still folds in its steps.
    _lock: Option<WriterLock>,
}

/// A project file that can be opened: where it is and, if it is encrypted, its key.
#[derive(Debug, Clone)]
pub struct Source(Place);

impl Source {
    /// The file at a path.
    ///
    /// # Errors
    /// When there is none, or it is encrypted and there is no passphrase.
    pub fn of(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        let place = Place::of(path)?;
        let Some(salt) = cipher::salt_of(path) else {
            return Ok(Self(place));
        };
        let passphrase = passphrase.ok_or_else(|| StoreError::Encrypted(path.to_owned()))?;
        Ok(Self(
            place.with_key(Some(CipherKey::new(passphrase, salt)?)),
        ))
    }

    /// The path, without symbolic links.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Another file with the same key: a copy or a backup of this one.
    ///
    /// # Errors
    /// When there is none.
    pub fn beside(&self, path: &Path) -> Result<Self, StoreError> {
        Ok(Self(Place::of(path)?.with_key(self.0.key().cloned())))
    }

    /// Opens the file for reading.
    ///
    /// # Errors
    /// When another file has taken its place, or it can't be read.
    pub fn read(&self) -> Result<ProjectFile, StoreError> {
        let connection = opening::for_reading(&self.0)?;
        ProjectFile::of(connection, self.0.clone(), Access::Read, None)
    }

    /// Opens the file.
    ///
    /// # Errors
    /// As [`ProjectFile::open`].
    pub fn open(&self, opening: &Opening) -> Result<ProjectFile, StoreError> {
        if opening.access == Access::Read {
            return self.read();
        }
        let place = self.0.clone();
        let lock = WriterLock::take(place.path(), opening.wait)?;
        place.check()?;
        let connection = opening::for_writing(&place)?;
        let version = opening::identify(&connection, place.path())?;
        opening::configure(&connection, Access::Write)?;
        let mut file = ProjectFile::of(connection, place, Access::Write, Some(lock))?;
        if version < schema::VERSION {
            file.backing_up().run(opening.now_millis)?;
            migration::migrate(&mut file.connection, version)?;
            file.version = schema::VERSION;
            file.chains = hashes::last_chains(&file.connection)?;
        }
        Ok(file)
    }
}

impl ProjectFile {
    /// Creates a new, empty project file that its owner alone can read.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the path exists, or when the folder can't be written to; nothing is left then.
    pub fn create(path: &Path, secret: Option<&Secret>) -> Result<Self, StoreError> {
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        match create_new(path) {
            Ok(_empty) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists(path.to_owned()));
            }
            // The system says no more than that something on the way to the file isn't there.
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Io {
                    path: path.parent().unwrap_or(path).to_owned(),
                    source,
                });
            }
            Err(error) => return Err(io(error)),
        }
        let created = Self::set_up(path, secret);
        if created.is_err() {
            // The file is ours, since it didn't exist a moment ago, and nothing is in it yet.
            remove_project(path);
        }
        created
    }

    fn set_up(path: &Path, secret: Option<&Secret>) -> Result<Self, StoreError> {
        let place = Place::of(path)?.with_key(secret.map(Secret::key).transpose()?);
        let lock = WriterLock::take(place.path(), Duration::ZERO)?;
        let mut connection = opening::new(&place)?;
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
        Source::of(path, opening.passphrase.as_ref())?.open(&opening)
    }

    /// What opens this file again.
    pub fn source(&self) -> Source {
        Source(self.place.clone())
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
        let chains = if access == Access::Write && version >= schema::HASHED {
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
            found: OnceCell::new(),
            _lock: lock,
        })
    }

    /// What was found in a damaged file, for reading: the file itself stays as it is.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn salvaged(source: &Source, salvage: &Salvage) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        salvage.store(&mut connection)?;
        opening::configure(&connection, Access::Read)?;
        Self::of(connection, source.0.clone(), Access::Read, None)
    }

    /// What can be found in the file where its pages don't lead to it; it is looked for once.
    fn found(&self) -> Option<&Self> {
        let look = || {
            let salvage = Salvage::of(&self.source()).ok()?;
            let found = Self::salvaged(&self.source(), &salvage).ok()?;
            self.note(LogDamage::Pages);
            for seq in &salvage.report.lost_entries {
                self.note(LogDamage::Entry(*seq));
            }
            Some(Box::new(found))
        };
        self.found.get_or_init(look).as_deref()
    }

    /// Another connection to the same file, for reading; `None` if there can't be two: the file is in memory, or the index
    /// of its steps is.
    ///
    /// # Errors
    /// When the path leads to another file by now, or can't be opened.
    pub fn reader(&self) -> Result<Option<Self>, StoreError> {
        if opening::is_alone(&self.connection)? {
            return Ok(None);
        }
        self.source().read().map(Some)
    }

    /// Returns true if the file is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.place.key().is_some()
    }

    /// The key of an encrypted file, as it is written down.
    pub fn written_key(&self) -> Option<zeroize::Zeroizing<String>> {
        self.place.key().map(|key| key.key().written())
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

    /// A moment of the file: until it is dropped, all reading is of the project as it is now.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn moment(&self) -> Result<Moment<'_>, StoreError> {
        Ok(Moment(self.connection.unchecked_transaction()?))
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

/// Keeps what is read of a file at one moment; see [`ProjectFile::moment`].
#[derive(Debug)]
pub struct Moment<'a>(
    #[expect(dead_code, reason = "it ends the moment when it is dropped")]
    rusqlite::Transaction<'a>,
);

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

/// Removes a project that has just been made and holds nothing, with what lies beside it.
pub fn remove_project(path: &Path) {
    for ending in ["", "-wal", "-shm", "-lock"] {
        std::fs::remove_file(beside(path, ending)).ok();
    }
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
    is_named_so || is_encrypted(path) || begins_as_project(path).unwrap_or(false)
}

/// Returns true if a file is an encrypted project.
pub fn is_encrypted(path: &Path) -> bool {
    cipher::salt_of(path).is_some()
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
