//! Texts, turn tables and files in the project file, and the checkpoint of the fold.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, params};

use super::{Access, ProjectFile, StoreError};
use crate::model::text::ContentHash;

/// Version of the checkpoint's form; a checkpoint of another version is ignored and replaced.
const CHECKPOINT_FORMAT: u32 = 9;

/// A stored fold: the bytes, and the last entry in it.
#[derive(Debug)]
pub struct Checkpoint {
    /// Arrival number of the last entry that is folded in.
    pub seq: i64,
    /// The encoded fold.
    pub body: Vec<u8>,
}

impl ProjectFile {
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

    /// The stored fold, if it is undamaged and of this program's version.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, StoreError> {
        let mut select = self.connection.prepare_cached(
            "SELECT seq, hash, body FROM checkpoint WHERE id = 1 AND format = ?1",
        )?;
        let found: Option<(i64, [u8; 32], Vec<u8>)> = select
            .query_row([CHECKPOINT_FORMAT], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
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
}
