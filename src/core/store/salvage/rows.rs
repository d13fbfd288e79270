//! Rows of an encrypted file, one by one: what is on a page that can't be decrypted is left out.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{
    super::{contents::Checkpoint, hashes::Link},
    bytes::OwnedEntry,
    cells::Cell,
};
use crate::model::text::ContentHash;

/// How many rows in a row may be missing before there are taken to be no more.
const GAP: i64 = 20_000;

/// Calls `each` with every row of our tables that can be read.
pub(super) fn rows(connection: &Connection, each: &mut dyn FnMut(Cell)) {
    let tables: [(&str, Reading); 4] = [
        (
            "SELECT seq, hash, chain FROM entry_hashes WHERE rowid = ?1",
            link,
        ),
        (
            "SELECT seq, id, stamp, device, coder, action, undoes, seen, changes FROM entries WHERE rowid = ?1",
            entry,
        ),
        ("SELECT hash, bytes FROM contents WHERE rowid = ?1", content),
        (
            "SELECT seq, hash, body, format FROM checkpoint WHERE rowid = ?1",
            checkpoint,
        ),
    ];
    for (select, read) in tables {
        let (mut number, mut missing) = (1, 0);
        while missing < GAP {
            let found = connection
                .prepare_cached(select)
                .and_then(|mut select| select.query_row([number], read).optional());
            match found {
                Ok(Some(cell)) => {
                    missing = 0;
                    each(cell);
                }
                Ok(None) | Err(_) => missing += 1,
            }
            number += 1;
        }
    }
}

type Reading = fn(&Row<'_>) -> rusqlite::Result<Cell>;

fn link(row: &Row<'_>) -> rusqlite::Result<Cell> {
    Ok(Cell::Link(
        row.get(0)?,
        Link {
            hash: row.get(1)?,
            chain: row.get(2)?,
        },
    ))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Cell> {
    let text = |column| row.get::<_, String>(column).map(String::into_bytes);
    Ok(Cell::Entry(OwnedEntry {
        seq: row.get(0)?,
        id: row.get(1)?,
        stamp: row.get(2)?,
        device: row.get(3)?,
        coder: row.get(4)?,
        action: text(5)?,
        undoes: row.get(6)?,
        seen: text(7)?,
        changes: text(8)?,
    }))
}

fn content(row: &Row<'_>) -> rusqlite::Result<Cell> {
    Ok(Cell::Content(
        ContentHash::from_bytes(row.get(0)?),
        row.get(1)?,
    ))
}

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<Cell> {
    if row.get::<_, u32>(3)? != Checkpoint::FORMAT {
        return Err(rusqlite::Error::QueryReturnedNoRows);
    }
    Ok(Cell::Checkpoint(
        row.get(1)?,
        Checkpoint {
            seq: row.get(0)?,
            body: row.get(2)?,
        },
    ))
}
