//! The log's entries in the file.

use std::collections::BTreeMap;

use rusqlite::{Row, params};

use super::{Access, ProjectFile, StoreError};
use crate::{
    log::{
        Entry,
        codec::{UnreadableEntry, decode_changes, encode_changes},
        undo::UndoableStep,
    },
    model::{
        clock::Stamp,
        ids::{CoderId, DeviceId, EntryId, Id, OfCoder},
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
                    serde_json::to_string(&entry.seen).map_err(UnreadableEntry::from)?,
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
        let entry = rows.next()?.map(read_entry).transpose()?;
        Ok(entry.map(|(_, entry)| entry))
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
                step: UndoableStep {
                    id: id(row.get(1)?),
                    coder: row.get::<_, Option<[u8; 16]>>(4)?.map(id),
                    action: row.get(5)?,
                    undoes: row.get::<_, Option<[u8; 16]>>(6)?.map(id),
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the device of an entry had seen right after it, its own entries included.
    ///
    /// # Errors
    /// When the file or an entry can't be read.
    pub fn seen_until(&self, entry: &Entry) -> Result<Seen, StoreError> {
        let mut select = self.connection.prepare_cached(
            "SELECT seen FROM entries WHERE device = ?1 AND stamp <= ?2 AND seen <> '{}'",
        )?;
        let mut rows = select.query(params![
            blob(entry.device),
            entry.stamp.as_u64().cast_signed()
        ])?;
        let mut seen = Seen::from([(entry.device, entry.stamp)]);
        while let Some(row) = rows.next()? {
            let noted: Seen =
                serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)
                    .map_err(UnreadableEntry::from)?;
            for (device, stamp) in noted {
                let known = seen.entry(device).or_default();
                *known = (*known).max(stamp);
            }
        }
        Ok(seen)
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
        coder: row.get::<_, Option<[u8; 16]>>(4)?.map(id::<OfCoder>) as Option<CoderId>,
        action: row.get(5)?,
        undoes: row.get::<_, Option<[u8; 16]>>(6)?.map(id),
        seen: serde_json::from_str(row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?)
            .map_err(UnreadableEntry::from)?,
        changes: decode_changes(row.get_ref(8)?.as_str().map_err(rusqlite::Error::from)?)?,
    };
    Ok((row.get(0)?, entry))
}
