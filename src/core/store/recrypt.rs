//! Copying a project row by row into a file with another key: SQLite's own copy keeps the pages, and so the key.

use rusqlite::{Connection, Row, types::Value};

use super::{ProjectFile, StoreError, migration, opening, place::Place, schema};

/// The tables, and how many columns they have.
const TABLES: &[(&str, usize)] = &[
    ("meta", 2),
    ("entries", 9),
    ("entry_hashes", 3),
    ("contents", 2),
    ("checkpoint", 5),
];

impl ProjectFile {
    /// Copies everything into an empty file.
    pub(super) fn copy_rows(&self, place: &Place) -> Result<(), StoreError> {
        let moment = self.connection.unchecked_transaction()?;
        let mut new = opening::new(place)?;
        migration::migrate(&mut new, 0)?;
        let transaction = new.transaction()?;
        for (table, columns) in TABLES {
            // An older file gets its hashes from its entries.
            if self.version >= schema::HASHED || *table != "entry_hashes" {
                copy_table(&moment, &transaction, table, *columns)?;
            }
        }
        if self.version < schema::HASHED {
            migration::link_all(&transaction)?;
        }
        Ok(transaction.commit()?)
    }
}

fn copy_table(
    from: &Connection,
    to: &Connection,
    table: &str,
    columns: usize,
) -> Result<(), StoreError> {
    let places: Vec<String> = (1..=columns).map(|column| format!("?{column}")).collect();
    let mut insert = to.prepare(&format!(
        "INSERT INTO {table} VALUES ({})",
        places.join(", ")
    ))?;
    let mut select = from.prepare(&format!("SELECT * FROM {table}"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        insert.execute(rusqlite::params_from_iter(values(row, columns)?))?;
    }
    Ok(())
}

fn values(row: &Row<'_>, columns: usize) -> rusqlite::Result<Vec<Value>> {
    (0..columns).map(|column| row.get(column)).collect()
}
