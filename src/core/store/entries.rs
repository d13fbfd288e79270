//! The log's entries in the file.

use rusqlite::{OptionalExtension as _, Row, TransactionBehavior, params};

use super::{
    Access, LogDamage, ProjectFile, StoreError,
    hashes::{self, Link},
    row::{StoredEntry, blob, id, is_of_value, stamp},
    schema,
};
use crate::{
    log::{
        Entry,
        codec::{UnreadableEntry, encode_changes},
        undo::UndoableStep,
    },
    model::{
        clock::Stamp,
        ids::{DeviceId, EntryId},
        revision::Seen,
        text::ContentHash,
    },
};

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
    pub step: UndoableStep,
}

impl EntryHead {
    /// The key of the log's order, as [`Entry::order`].
    pub fn order(&self) -> (Stamp, DeviceId, EntryId) {
        (self.stamp, self.device, self.step.id)
    }
}

impl ProjectFile {
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
        self.place.check()?;
        let mut chains = self.chains.clone();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::not_stored)?;
        // Whoever writes beside us, by another name of the file or without the lock, is noticed before we write.
        if last_seq(&transaction)? != self.last_seq {
            return Err(StoreError::WrittenElsewhere(self.place.path().to_owned()));
        }
        let written = write(&transaction, entries, contents, &mut chains, progress);
        // A transaction that is dropped without a commit is rolled back.
        let Some(last_seq) = written.map_err(StoreError::into_not_stored)? else {
            return Ok(false);
        };
        let committed = transaction.commit();
        if let Err(error) = committed {
            return Err(self.uncommitted(error, entries));
        }
        // Had the file gone on the way, what was written would be in one that has no name any more.
        if let Err(error) = self.place.check() {
            return Err(StoreError::MaybeStored(Box::new(error)));
        }
        self.last_seq = last_seq;
        self.chains = chains;
        Ok(true)
    }

    /// What a commit that failed has left: nothing, or perhaps everything.
    ///
    /// Only the log itself can tell. If the system couldn't say that the entry is on the disk, it may be there at the next
    /// opening although it isn't in the log now.
    fn uncommitted(&self, error: rusqlite::Error, entries: &[Entry]) -> StoreError {
        let has = |entry: &Entry| {
            self.connection
                .query_row(
                    "SELECT 1 FROM entries WHERE id = ?1",
                    [blob(entry.id)],
                    |_| Ok(()),
                )
                .optional()
        };
        let unsynced = matches!(
            &error,
            rusqlite::Error::SqliteFailure(failure, _)
                if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_FSYNC
        );
        match entries.last().map(has) {
            Some(Ok(None)) if !unsynced => StoreError::not_stored(error),
            _ => StoreError::MaybeStored(Box::new(error.into())),
        }
    }

    /// Calls `each` with every entry that arrived after a number (0: all), in order of arrival.
    ///
    /// Entries that aren't as they were written are left out and noted: see [`Self::damage`].
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn for_each_entry(
        &self,
        after: i64,
        mut each: impl FnMut(i64, Entry),
    ) -> Result<(), StoreError> {
        let mut last = after;
        let read = self.each_reached(after, &mut |seq, entry| {
            last = seq;
            each(seq, entry);
        });
        match read {
            Err(StoreError::Damaged(reason)) => match self.found() {
                Some(found) => found.each_reached(last, &mut each),
                None => Err(StoreError::Damaged(reason)),
            },
            read => read,
        }
    }

    /// The same as far as the pages of the file lead to the entries.
    fn each_reached(&self, after: i64, each: &mut dyn FnMut(i64, Entry)) -> Result<(), StoreError> {
        let mut select = self
            .connection
            .prepare_cached(&self.select_entries("WHERE entries.seq > ?1 ORDER BY entries.seq"))?;
        let mut rows = select.query([after])?;
        while let Some(row) = rows.next()? {
            if let Some(entry) = self.verified(row)? {
                each(row.get(0)?, entry);
            }
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
            .prepare_cached(&self.select_entries("WHERE id = ?1"))?;
        let mut rows = select.query([blob(id)])?;
        match rows.next()? {
            Some(row) => self.verified(row),
            None => Ok(None),
        }
    }

    /// Selects entries with their hashes; files of older versions have none.
    fn select_entries(&self, which: &str) -> String {
        let columns = StoredEntry::COLUMNS;
        if self.version < schema::HASHED {
            return format!("SELECT {columns}, NULL, NULL FROM entries {which}");
        }
        format!(
            "SELECT {columns}, hash, chain FROM entries LEFT JOIN entry_hashes ON entry_hashes.seq = entries.seq {which}"
        )
    }

    /// The entry of a row if it is as it was written; notes the damage otherwise.
    fn verified(&self, row: &Row<'_>) -> Result<Option<Entry>, StoreError> {
        let seq = row.get(0)?;
        let stored = match StoredEntry::read(row) {
            Ok(stored) => stored,
            Err(error) if is_of_value(&error) => {
                self.note(LogDamage::Entry(seq));
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let is_hashed = self.version >= schema::HASHED;
        let fits =
            !is_hashed || Link::read(row, 9, 10)?.is_some_and(|link| link.hash == stored.hash());
        match stored.decode() {
            Ok(entry) if fits => Ok(Some(entry)),
            // Hashed entries were written as they are: by a newer program, if this one can't read them.
            Err(error) if fits && is_hashed => Err(error.into()),
            Ok(_) | Err(_) => {
                self.note(LogDamage::Entry(seq));
                Ok(None)
            }
        }
    }

    /// The heads of all entries, in order of arrival.
    ///
    /// Looks on the way whether each follows the one before it, and notes what doesn't: see [`Self::damage`].
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn heads(&self) -> Result<Vec<EntryHead>, StoreError> {
        let is_hashed = self.version >= schema::HASHED;
        let mut select = self.connection.prepare_cached(if is_hashed {
            "SELECT e.seq, e.id, e.stamp, e.device, e.coder, e.action, e.undoes, h.hash, h.chain FROM entries e LEFT JOIN entry_hashes h ON h.seq = e.seq ORDER BY e.seq"
        } else {
            "SELECT seq, id, stamp, device, coder, action, undoes FROM entries ORDER BY seq"
        })?;
        let mut chains = hashes::Chains::new();
        let mut heads = Vec::new();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let seq = row.get(0)?;
            if is_hashed {
                let device = row.get_ref(3)?.as_blob().ok();
                let device = device.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
                match device.zip(Link::read(row, 7, 8)?) {
                    Some((device, link)) => {
                        if Link::after(chains.get(&device).copied(), link.hash) != link {
                            self.note(LogDamage::Chain(seq));
                        }
                        chains.insert(device, link.chain);
                    }
                    None => self.note(LogDamage::Entry(seq)),
                }
            }
            match read_head(row) {
                Ok(head) => heads.push(head),
                Err(error) if is_of_value(&error) => self.note(LogDamage::Entry(seq)),
                Err(error) => return Err(error.into()),
            }
        }
        drop(rows);
        if is_hashed {
            self.note_missing(heads.len())?;
        }
        Ok(heads)
    }

    /// Notes entries whose hashes are there, but they aren't.
    fn note_missing(&self, found: usize) -> Result<(), StoreError> {
        let expected: i64 =
            self.connection
                .query_row("SELECT count(*) FROM entry_hashes", [], |row| row.get(0))?;
        if usize::try_from(expected).is_ok_and(|expected| expected <= found) {
            return Ok(());
        }
        let mut select = self
            .connection
            .prepare("SELECT seq FROM entry_hashes EXCEPT SELECT seq FROM entries")?;
        for seq in select.query_map([], |row| row.get(0))? {
            self.note(LogDamage::Entry(seq?));
        }
        Ok(())
    }

    /// What the device of an entry had seen right after it, its own entries included.
    ///
    /// # Errors
    /// When the file or an entry can't be read.
    pub fn seen_until(&self, entry: &Entry) -> Result<Seen, StoreError> {
        let mut select = self.connection.prepare_cached(
            &self.select_entries("WHERE device = ?1 AND stamp <= ?2 AND seen <> '{}'"),
        )?;
        let mut rows = select.query(params![
            blob(entry.device),
            entry.stamp.as_u64().cast_signed()
        ])?;
        let mut seen = Seen::from([(entry.device, entry.stamp)]);
        while let Some(row) = rows.next()? {
            for (device, stamp) in self.verified(row)?.into_iter().flat_map(|noted| noted.seen) {
                let known = seen.entry(device).or_default();
                *known = (*known).max(stamp);
            }
        }
        Ok(seen)
    }

    /// The number of entries.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn entry_count(&self) -> Result<u64, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT count(*) FROM entries", [], |row| {
                row.get::<_, i64>(0)
            })?
            .cast_unsigned())
    }
}

/// Writes contents and entries; returns the last arrival number, or `None` if `progress` stopped it.
fn write<B: AsRef<[u8]>>(
    transaction: &rusqlite::Transaction<'_>,
    entries: &[Entry],
    contents: Vec<(ContentHash, B)>,
    chains: &mut hashes::Chains,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<i64>, StoreError> {
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO contents (hash, bytes) VALUES (?1, ?2)")?;
    // Each content is freed once it is written, before the entry is encoded: the texts of an
    // import and its entry need not be in memory together.
    for (number, (hash, bytes)) in contents.into_iter().enumerate() {
        if !progress(number) {
            return Ok(None);
        }
        insert.execute(params![hash.as_bytes(), bytes.as_ref()])?;
    }
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO entries (id, stamp, device, coder, action, undoes, seen, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for entry in entries {
        let seen = serde_json::to_string(&entry.seen).map_err(UnreadableEntry::from)?;
        let changes = encode_changes(&entry.changes)?;
        let stored = StoredEntry {
            seq: 0,
            id: blob(entry.id),
            stamp: entry.stamp.as_u64().cast_signed(),
            device: blob(entry.device),
            coder: entry.coder.map(blob),
            action: &entry.action,
            undoes: entry.undoes.map(blob),
            seen: &seen,
            changes: &changes,
        };
        let added = insert.execute(params![
            stored.id,
            stored.stamp,
            stored.device,
            stored.coder,
            stored.action,
            stored.undoes,
            stored.seen,
            stored.changes,
        ])?;
        if added == 1 {
            let link = Link::after(chains.get(&stored.device).copied(), stored.hash());
            hashes::insert(transaction, transaction.last_insert_rowid(), &link)?;
            chains.insert(stored.device, link.chain);
        }
    }
    Ok(Some(last_seq(transaction)?))
}

/// The arrival number of the last entry; 0 before the first.
pub(super) fn last_seq(connection: &rusqlite::Connection) -> Result<i64, StoreError> {
    Ok(
        connection.query_row("SELECT coalesce(max(seq), 0) FROM entries", [], |row| {
            row.get(0)
        })?,
    )
}

fn read_head(row: &Row<'_>) -> rusqlite::Result<EntryHead> {
    Ok(EntryHead {
        seq: row.get(0)?,
        stamp: stamp(row.get(2)?),
        device: id(row.get(3)?),
        step: UndoableStep {
            id: id(row.get(1)?),
            coder: row.get::<_, Option<[u8; 16]>>(4)?.map(id),
            action: row.get(5)?,
            undoes: row.get::<_, Option<[u8; 16]>>(6)?.map(id),
        },
    })
}
