//! The hash of an entry, and the chain that the entries of a device form.
//!
//! The hash tells whether an entry is as it was written, the chain whether one is missing or came from elsewhere. They are
//! in a table of their own, so that they can be read without reading the entries, and a damaged page takes away only one
//! of the two.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use crate::model::text::ContentHash;

/// BLAKE3 of an entry's fields, or of a chain up to it.
pub(super) type Sum = [u8; 32];

/// What stands before the first entry of a device.
const NO_ENTRY: Sum = [0; 32];

/// The hash of an entry, and the chain up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) hash: Sum,
    pub(super) chain: Sum,
}

impl Link {
    /// The link of an entry after those of its device before it.
    pub(super) fn after(previous: Option<Sum>, hash: Sum) -> Self {
        let joined = [previous.unwrap_or(NO_ENTRY), hash].concat();
        Self {
            hash,
            chain: *ContentHash::of(&joined).as_bytes(),
        }
    }

    /// A link from columns of a row.
    pub(super) fn read(row: &Row<'_>, hash: usize, chain: usize) -> rusqlite::Result<Option<Self>> {
        let (hash, chain): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(hash)?, row.get(chain)?);
        let whole = |bytes: Option<Vec<u8>>| Sum::try_from(bytes?).ok();
        Ok(whole(hash)
            .zip(whole(chain))
            .map(|(hash, chain)| Self { hash, chain }))
    }
}

/// The last chain of each device: what its next entry is linked to.
pub(super) type Chains = BTreeMap<[u8; 16], Sum>;

/// Stores the link of an entry.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    seq: i64,
    link: &Link,
) -> Result<(), rusqlite::Error> {
    transaction
        .prepare_cached("INSERT INTO entry_hashes (seq, hash, chain) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, link.hash, link.chain])
        .map(drop)
}

/// The last chain of each device in a file.
///
/// # Errors
/// When the file can't be read.
pub(super) fn last_chains(connection: &Connection) -> Result<Chains, StoreError> {
    let mut select = connection.prepare(
        "SELECT e.device, h.chain FROM entries e JOIN entry_hashes h ON h.seq = e.seq ORDER BY e.seq",
    )?;
    let mut chains = Chains::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        chains.insert(row.get(0)?, row.get(1)?);
    }
    Ok(chains)
}
