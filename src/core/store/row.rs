//! An entry as it stands in its row of the table, and its hash.

use rusqlite::Row;

use super::hashes::Sum;
use crate::{
    log::{
        Entry,
        codec::{UnreadableEntry, decode_changes},
    },
    model::{
        clock::Stamp,
        ids::{CoderId, Id, OfCoder},
    },
};

/// An entry as it stands in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredEntry<'a> {
    pub(super) seq: i64,
    pub(super) id: [u8; 16],
    pub(super) stamp: i64,
    pub(super) device: [u8; 16],
    pub(super) coder: Option<[u8; 16]>,
    pub(super) action: &'a str,
    pub(super) undoes: Option<[u8; 16]>,
    pub(super) seen: &'a str,
    pub(super) changes: &'a str,
}

impl<'a> StoredEntry<'a> {
    /// The columns that [`Self::read`] reads, in their order.
    pub(super) const COLUMNS: &'static str =
        "entries.seq, id, stamp, device, coder, action, undoes, seen, changes";

    /// The entry of a row that begins with [`Self::COLUMNS`].
    pub(super) fn read(row: &'a Row<'_>) -> rusqlite::Result<Self> {
        let text = |column| -> rusqlite::Result<&'a str> { Ok(row.get_ref(column)?.as_str()?) };
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            stamp: row.get(2)?,
            device: row.get(3)?,
            coder: row.get(4)?,
            action: text(5)?,
            undoes: row.get(6)?,
            seen: text(7)?,
            changes: text(8)?,
        })
    }

    /// BLAKE3 of all fields, each preceded by its length.
    ///
    /// The arrival number is left out: it is this file's, and the entry is the same in every copy.
    pub(super) fn hash(&self) -> Sum {
        let mut hasher = blake3::Hasher::new();
        let mut field = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        field(&self.id);
        field(&self.stamp.to_be_bytes());
        field(&self.device);
        field(self.coder.as_ref().map_or(&[], |coder| &coder[..]));
        field(self.action.as_bytes());
        field(self.undoes.as_ref().map_or(&[], |undoes| &undoes[..]));
        field(self.seen.as_bytes());
        field(self.changes.as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// The entry itself.
    pub(super) fn decode(&self) -> Result<Entry, UnreadableEntry> {
        Ok(Entry {
            id: id(self.id),
            stamp: stamp(self.stamp),
            device: id(self.device),
            coder: self.coder.map(id::<OfCoder>) as Option<CoderId>,
            action: self.action.to_owned(),
            undoes: self.undoes.map(id),
            seen: serde_json::from_str(self.seen)?,
            changes: decode_changes(self.changes)?,
        })
    }
}

/// Returns true if a value isn't of its column's kind, which tells of damage and not of a failing database.
pub(super) fn is_of_value(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

pub(super) fn blob<K>(id: Id<K>) -> [u8; 16] {
    id.as_u128().to_be_bytes()
}

pub(super) fn id<K>(bytes: [u8; 16]) -> Id<K> {
    Id::from_u128(u128::from_be_bytes(bytes))
}

pub(super) fn stamp(value: i64) -> Stamp {
    Stamp::from_u64(value.cast_unsigned())
}
