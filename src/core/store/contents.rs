//! Texts, turn tables and files in the project file, and the checkpoint of the fold.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Access, ProjectFile, StoreError};
use crate::model::text::ContentHash;

/// A stored fold: the bytes, and the last entry in it.
#[derive(Debug)]
pub struct Checkpoint {
    /// Arrival number of the last entry that is folded in.
    pub seq: i64,
    /// The encoded fold.
    pub body: Vec<u8>,
}

impl Checkpoint {
    /// Version of the fold's form; a checkpoint of another version is ignored and replaced.
    pub(super) const FORMAT: u32 = 11;

    /// BLAKE3 of the arrival number and the fold.
    pub(super) fn hash(&self) -> ContentHash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.seq.to_be_bytes());
        hasher.update(&self.body);
        ContentHash::from_bytes(*hasher.finalize().as_bytes())
    }

    /// Puts it in place of the one before.
    pub(super) fn store(&self, connection: &Connection) -> Result<(), StoreError> {
        connection.execute(
            "INSERT OR REPLACE INTO checkpoint (id, format, seq, hash, body) VALUES (1, ?1, ?2, ?3, ?4)",
            params![Self::FORMAT, self.seq, self.hash().as_bytes(), self.body],
        )?;
        Ok(())
    }
}

impl ProjectFile {
    /// Returns a stored content, as it was stored.
    ///
    /// # Errors
    /// [`StoreError::Content`] when it is missing, or its bytes have changed.
    pub fn content(&self, hash: ContentHash) -> Result<Vec<u8>, StoreError> {
        self.content_within(hash, u64::MAX)
    }

    /// As [`Self::content`], but at most so many bytes: more are not even read.
    ///
    /// # Errors
    /// [`StoreError::Content`] when it is missing, longer, or its bytes have changed.
    pub fn content_within(&self, hash: ContentHash, limit: u64) -> Result<Vec<u8>, StoreError> {
        let found = self.read_content(
            "SELECT length(bytes), bytes FROM contents WHERE hash = ?1",
            hash,
            limit,
        );
        match found {
            Ok(Some(bytes)) => Ok(bytes),
            // The way to it may be damaged and the content itself not.
            Ok(None) | Err(StoreError::Damaged(_)) => {
                let all = "SELECT length(bytes), bytes FROM contents NOT INDEXED WHERE hash = ?1";
                match self.read_content(all, hash, limit) {
                    Ok(found) => found.ok_or(StoreError::Content(hash)),
                    Err(StoreError::Damaged(_)) => self
                        .found()
                        .ok_or(StoreError::Content(hash))?
                        .content_within(hash, limit),
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    fn read_content(
        &self,
        select: &str,
        hash: ContentHash,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([hash.as_bytes()])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        // The length comes first: it is known without the bytes, and nothing is read for a file that lies.
        let length: Option<i64> = row.get(0)?;
        if length.is_none_or(|length| length.cast_unsigned() > limit) {
            return Err(StoreError::Content(hash));
        }
        let bytes = row
            .get_ref(1)?
            .as_blob()
            .map_err(|_kind| StoreError::Content(hash))?;
        if ContentHash::of(bytes) != hash {
            return Err(StoreError::Content(hash));
        }
        Ok(Some(bytes.to_vec()))
    }

    /// The hashes of all stored contents, with `true` if the bytes have that hash.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn verify_contents(&self) -> Result<BTreeMap<ContentHash, bool>, StoreError> {
        let mut select = self
            .connection
            .prepare("SELECT hash, bytes FROM contents")?;
        let mut rows = select.query([])?;
        let mut verified = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let named: Option<[u8; 32]> = row.get(0).ok();
            let bytes = row.get_ref(1)?.as_blob().ok();
            let is = bytes.map(ContentHash::of);
            if let Some(hash) = named.map(ContentHash::from_bytes).or(is) {
                verified.insert(hash, is == Some(hash));
            }
        }
        Ok(verified)
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
            .query_row([Checkpoint::FORMAT], |row| {
                Ok(row
                    .get(0)
                    .and_then(|seq| Ok((seq, row.get(1)?, row.get(2)?)))
                    .ok())
            })
            .optional()?
            .flatten();
        Ok(found
            .map(|(seq, hash, body)| (hash, Checkpoint { seq, body }))
            .filter(|(hash, checkpoint)| checkpoint.hash().as_bytes() == hash)
            .map(|(_, checkpoint)| checkpoint))
    }

    /// Replaces the stored fold.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn set_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::ReadOnly);
        }
        self.place.check()?;
        checkpoint.store(&self.connection)
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
