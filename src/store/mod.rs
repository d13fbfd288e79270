//! The project file: one SQLite file with the log, the contents that it names, and a checkpoint of the
//! fold.
//!
//! A commit is one transaction with `synchronous = FULL`: once [`ProjectFile::append`] has returned, the
//! entry is on disk.

mod error;
mod lock;
mod schema;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, params};

pub use error::StoreError;
use lock::WriterLock;

use crate::{
    log::{
        Entry,
        codec::{decode_changes, encode_changes},
        undo::Step,
    },
    model::{
        clock::Stamp,
        ids::{CoderId, DeviceId, EntryId, Id},
        text::ContentHash,
    },
};

/// Version of the checkpoint's form; a checkpoint of another version is ignored and replaced.
const CHECKPOINT_FORMAT: u32 = 4;

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

/// A stored fold: the bytes, and the last entry in it.
#[derive(Debug)]
pub struct Checkpoint {
    /// Arrival number of the last entry that is folded in.
    pub seq: i64,
    /// The encoded fold.
    pub body: Vec<u8>,
}

/// An entry without its changes, for history and undo.
#[derive(Debug, Clone)]
pub struct EntryHead {
    /// Arrival number.
    pub seq: i64,
    /// When it was written.
    pub stamp: Stamp,
    /// The device that wrote it.
    pub device: DeviceId,
    /// What undo needs to know.
    pub step: Step,
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
    /// When it isn't there, isn't a project, is newer than this program, is damaged, or another writes to it.
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

    /// Appends entries and the contents that they name, in one transaction.
    ///
    /// Entries and contents that the file has already stay as they are.
    ///
    /// # Errors
    /// When the file can't be written; nothing of it is stored then.
    pub fn append<B: AsRef<[u8]>>(
        &mut self,
        entries: &[Entry],
        contents: Vec<(ContentHash, B)>,
    ) -> Result<(), StoreError> {
        self.append_while(entries, contents, &mut |_| true)
            .map(|_all| ())
    }

    /// As [`Self::append`], but calls `progress` with the number of written contents before each; if it
    /// returns false, nothing is stored and this returns false.
    ///
    /// # Errors
    /// When the file can't be written; nothing of it is stored then.
    pub fn append_while<B: AsRef<[u8]>>(
        &mut self,
        entries: &[Entry],
        contents: Vec<(ContentHash, B)>,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<bool, StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::ReadOnly);
        }
        let transaction = self.connection.transaction()?;
        {
            let mut insert = transaction
                .prepare_cached("INSERT OR IGNORE INTO contents (hash, bytes) VALUES (?1, ?2)")?;
            // Each content is freed once it is written, before the entry is encoded: the texts of an
            // import and its entry need not be in memory together.
            for (number, (hash, bytes)) in contents.into_iter().enumerate() {
                // A transaction that is dropped without a commit is rolled back.
                if !progress(number) {
                    return Ok(false);
                }
                insert.execute(params![hash.as_bytes(), bytes.as_ref()])?;
            }
            let mut insert = transaction.prepare_cached(
                "INSERT OR IGNORE INTO entries (id, stamp, device, coder, action, undoes, seen, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for entry in entries {
                insert.execute(params![
                    blob(entry.id),
                    entry.stamp.as_u64().cast_signed(),
                    blob(entry.device),
                    entry.coder.map(blob),
                    entry.action,
                    entry.undoes.map(blob),
                    serde_json::to_string(&entry.seen)
                        .map_err(crate::log::codec::UnreadableEntry::from)?,
                    encode_changes(&entry.changes)?,
                ])?;
            }
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Calls `each` with every entry that arrived after a number (0: all), in order of arrival.
    ///
    /// # Errors
    /// When the file or an entry can't be read.
    pub fn for_each_entry(
        &self,
        after: i64,
        mut each: impl FnMut(i64, Entry),
    ) -> Result<(), StoreError> {
        let mut select = self.connection.prepare_cached(
            "SELECT seq, id, stamp, device, coder, action, undoes, seen, changes FROM entries WHERE seq > ?1 ORDER BY seq",
        )?;
        let mut rows = select.query([after])?;
        while let Some(row) = rows.next()? {
            let (seq, entry) = read_entry(row)?;
            each(seq, entry);
        }
        Ok(())
    }

    /// Returns an entry.
    ///
    /// # Errors
    /// When the file or the entry can't be read.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT seq, id, stamp, device, coder, action, undoes, seen, changes FROM entries WHERE id = ?1")?;
        let mut rows = select.query([blob(id)])?;
        rows.next()?
            .map(read_entry)
            .transpose()
            .map(|entry| entry.map(|(_, entry)| entry))
    }

    /// The heads of all entries, in order of arrival.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn heads(&self) -> Result<Vec<EntryHead>, StoreError> {
        let mut select = self.connection.prepare_cached(
            "SELECT seq, id, stamp, device, coder, action, undoes FROM entries ORDER BY seq",
        )?;
        let rows = select.query_map([], |row| {
            Ok(EntryHead {
                seq: row.get(0)?,
                stamp: stamp(row.get(2)?),
                device: id(row.get(3)?),
                step: Step {
                    id: id(row.get(1)?),
                    coder: row.get::<_, Option<[u8; 16]>>(4)?.map(id),
                    action: row.get(5)?,
                    undoes: row.get::<_, Option<[u8; 16]>>(6)?.map(id),
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of entries, and the arrival number of the last.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn entry_count(&self) -> Result<(u64, i64), StoreError> {
        Ok(self.connection.query_row(
            "SELECT count(*), coalesce(max(seq), 0) FROM entries",
            [],
            |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)),
        )?)
    }

    /// The last stamp of each device.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn last_stamps(&self) -> Result<BTreeMap<DeviceId, Stamp>, StoreError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT device, max(stamp) FROM entries GROUP BY device")?;
        let rows = select.query_map([], |row| Ok((id(row.get(0)?), stamp(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns a stored content.
    ///
    /// # Errors
    /// [`StoreError::Content`] when it is missing.
    pub fn content(&self, hash: ContentHash) -> Result<Vec<u8>, StoreError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT bytes FROM contents WHERE hash = ?1")?;
        let bytes = select
            .query_row([hash.as_bytes()], |row| row.get(0))
            .optional()?;
        bytes.ok_or(StoreError::Content(hash))
    }

    /// The hashes of all stored contents, with `true` if the bytes have that hash.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn verify_contents(&self) -> Result<BTreeMap<ContentHash, bool>, StoreError> {
        let mut select = self
            .connection
            .prepare("SELECT hash, bytes FROM contents")?;
        let rows = select.query_map([], |row| {
            let hash = ContentHash::from_bytes(row.get(0)?);
            let bytes = row.get_ref(1)?.as_blob()?;
            Ok((hash, ContentHash::of(bytes) == hash))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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

    /// The stored fold, if it is undamaged and of this program's version.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, StoreError> {
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let mut select = self.connection.prepare_cached(
            "SELECT seq, hash, body FROM checkpoint WHERE id = 1 AND format = ?1",
        )?;
        let found: Option<(i64, [u8; 32], Vec<u8>)> =
            select.query_row([CHECKPOINT_FORMAT], read).optional()?;
        Ok(found
            .filter(|(_, hash, body)| ContentHash::of(body).as_bytes() == hash)
            .map(|(seq, _, body)| Checkpoint { seq, body }))
    }

    /// Replaces the stored fold.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn set_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::ReadOnly);
        }
        let hash = ContentHash::of(&checkpoint.body);
        self.connection.execute(
            "INSERT OR REPLACE INTO checkpoint (id, format, seq, hash, body) VALUES (1, ?1, ?2, ?3, ?4)",
            params![CHECKPOINT_FORMAT, checkpoint.seq, hash.as_bytes(), checkpoint.body],
        )?;
        Ok(())
    }

    /// Deletes the stored fold.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn drop_checkpoint(&mut self) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM checkpoint", [])?;
        Ok(())
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
        let size = |path: &Path| path.metadata().map_or(0, |meta| meta.len());
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        size(&self.path) + size(Path::new(&log))
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
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(32);
    if access == Access::Write {
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

fn blob<K>(id: Id<K>) -> [u8; 16] {
    id.as_u128().to_be_bytes()
}

fn id<K>(bytes: [u8; 16]) -> Id<K> {
    Id::from_u128(u128::from_be_bytes(bytes))
}

fn stamp(value: i64) -> Stamp {
    Stamp::from_u64(value.cast_unsigned())
}

fn read_entry(row: &Row<'_>) -> Result<(i64, Entry), StoreError> {
    let entry = Entry {
        id: id(row.get(1)?),
        stamp: stamp(row.get(2)?),
        device: id(row.get(3)?),
        coder: row
            .get::<_, Option<[u8; 16]>>(4)?
            .map(id::<crate::model::ids::OfCoder>) as Option<CoderId>,
        action: row.get(5)?,
        undoes: row.get::<_, Option<[u8; 16]>>(6)?.map(id),
        seen: serde_json::from_str(row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?)
            .map_err(crate::log::codec::UnreadableEntry::from)?,
        changes: decode_changes(row.get_ref(8)?.as_str().map_err(rusqlite::Error::from)?)?,
    };
    Ok((row.get(0)?, entry))
}
