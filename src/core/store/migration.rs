//! Bringing an older file to the tables of this version.

use rusqlite::{Connection, Transaction};

use super::{
    StoreError,
    hashes::{Chains, Link, insert},
    row::StoredEntry,
    schema,
};

/// Migrates a file's tables to [`schema::VERSION`].
///
/// # Errors
/// As SQLite's, or when an entry of an older file can't be read; the file is then as it was.
pub(super) fn migrate(connection: &mut Connection, from: u32) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    for sql in schema::MIGRATIONS.iter().skip(from as usize) {
        transaction.execute_batch(sql)?;
    }
    if from < schema::HASHED {
        link_all(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", schema::VERSION)?;
    Ok(transaction.commit()?)
}

/// Links all entries of a file that has none: one of an older version, or one put together again.
///
/// # Errors
/// When an entry can't be read or the links can't be written.
pub(super) fn link_all(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let mut chains = Chains::new();
    let mut select = transaction.prepare(&format!(
        "SELECT {} FROM entries ORDER BY seq",
        StoredEntry::COLUMNS
    ))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let entry = StoredEntry::read(row)?;
        let link = Link::after(chains.get(&entry.device).copied(), entry.hash());
        chains.insert(entry.device, link.chain);
        insert(transaction, entry.seq, &link)?;
    }
    Ok(())
}
