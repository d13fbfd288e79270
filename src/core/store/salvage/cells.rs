//! Rows of our tables, wherever on a page they begin.
//!
//! A row in SQLite's file is a cell: its length, its row number, a header with the kind of each value, and the values; what
//! doesn't fit on the page goes on on a chain of further pages.

use super::{
    super::{
        contents::Checkpoint,
        hashes::{Link, Sum},
    },
    bytes::OwnedEntry,
    pages::{PAGE, Pages},
};
use crate::model::text::ContentHash;

/// A row of one of our tables.
pub(super) enum Cell {
    Entry(OwnedEntry),
    Link(i64, Link),
    Content(ContentHash, Vec<u8>),
    Checkpoint(Sum, Checkpoint),
}

/// Kinds of values in a row's header.
const NULL: u64 = 0;
const BLOB_16: u64 = 12 + 2 * 16;
const BLOB_32: u64 = 12 + 2 * 32;
/// The longest that a row may be; SQLite's own limit is a billion bytes.
const MAX_ROW: u64 = 1 << 30;
/// How many bytes at the beginning of a row are tried to be put right.
const HEADER_BYTES: usize = 24;

/// Calls `each` with every row of our tables in the file; a row can be found several times, and whole only one of them.
pub(super) fn cells(pages: &Pages, each: &mut dyn FnMut(Cell)) {
    for page in pages.all() {
        for at in 0..page.len() {
            if let Some(cell) = (Reader { pages, page }).row(at, each) {
                each(cell);
            }
        }
        unrecognised(pages, page, each);
    }
}

/// Rows that a page points to and that don't look like ours, with one byte of their beginning put right by trying.
fn unrecognised(pages: &Pages, page: &[u8], each: &mut dyn FnMut(Cell)) {
    // A leaf of a table: its kind, and at bytes 3 and 4 how many rows it has.
    let Some([0x0d, _, _, high, low, ..]) = page.first_chunk::<8>() else {
        return;
    };
    let rows = usize::from(u16::from_be_bytes([*high, *low]));
    let pointers = page.get(8..).unwrap_or_default().chunks_exact(2);
    for pointer in pointers.take(rows) {
        let at = usize::from(u16::from_be_bytes([pointer[0], pointer[1]]));
        if (Reader { pages, page }).row(at, &mut |_| {}).is_some() {
            continue;
        }
        let mut tried = page.to_vec();
        for byte in at..(at + HEADER_BYTES).min(page.len()) {
            for value in 0..=255 {
                tried[byte] = value;
                if let Some(cell) = (Reader {
                    pages,
                    page: &tried,
                })
                .row(at, &mut |_| {})
                {
                    each(cell);
                }
            }
            tried[byte] = page[byte];
        }
    }
}

struct Reader<'a> {
    pages: &'a Pages,
    page: &'a [u8],
}

impl Reader<'_> {
    /// The row that begins at a byte of the page, if one of ours does; other readings of it go to `others`.
    fn row(&self, start: usize, others: &mut dyn FnMut(Cell)) -> Option<Cell> {
        let (length, after) = varint(self.page, start)?;
        let (number, header) = varint(self.page, after)?;
        let (header_length, mut at) = varint(self.page, header)?;
        if length > MAX_ROW || !(3..=40).contains(&header_length) {
            return None;
        }
        let end = header + usize::try_from(header_length).ok()?;
        let mut kinds = Vec::new();
        while at < end {
            let (kind, next) = varint(self.page, at)?;
            kinds.push(kind);
            at = next;
        }
        if at != end || !is_ours(&kinds) {
            return None;
        }
        let sizes: Vec<u64> = kinds.iter().map(|kind| size(*kind)).collect();
        // The values tell how long the row is, too, should its length be wrong.
        let total = header_length + sizes.iter().sum::<u64>();
        if total > MAX_ROW {
            return None;
        }
        let row = Row {
            number: number.cast_signed(),
            kinds,
            header: usize::try_from(header_length).ok()?,
        };
        let total = usize::try_from(total).ok()?;
        let local = local_bytes(total);
        let here = self.page.get(header..header + local.min(total))?;
        if local >= total {
            return row.read(here);
        }
        let next = self.page.get(header + local..header + local + 4)?;
        let next = u32::from_be_bytes(next.try_into().ok()?);
        let mut chains = self.chains(next, total - local);
        let last = chains.pop()?;
        for chain in chains {
            if let Some(cell) = row.read(&[here, &chain].concat()) {
                others(cell);
            }
        }
        row.read(&[here, &last].concat())
    }

    /// The bytes of a row on its further pages: as the pages say, or with one wrong number among them.
    fn chains(&self, first: u32, length: usize) -> Vec<Vec<u8>> {
        let followed = self.follow(first, length, None);
        let mut chains = Vec::new();
        if let Err(broken_after) = &followed {
            // Pages of one row mostly follow one another, so the page after is the likely one.
            chains.extend(self.follow(first, length, Some(*broken_after)).ok());
        }
        chains.extend(followed.ok());
        chains
    }

    /// Follows the numbers of pages; after the page `skip`, and where a number leads nowhere, takes the next page instead.
    ///
    /// Fails with the last page whose number led somewhere.
    fn follow(&self, first: u32, length: usize, skip: Option<u32>) -> Result<Vec<u8>, u32> {
        let mut bytes = Vec::with_capacity(length.min(1 << 20));
        let mut number = first;
        while bytes.len() < length {
            let Some(page) = self.pages.page(number).filter(|page| page.len() > 4) else {
                return Err(number);
            };
            let rest = length - bytes.len();
            bytes.extend(&page[4..page.len().min(4 + rest)]);
            if bytes.len() < length && page.len() < PAGE {
                return Err(number);
            }
            let next = u32::from_be_bytes([page[0], page[1], page[2], page[3]]);
            let leads_nowhere = next == 0 || next > self.pages.count();
            if bytes.len() < length && leads_nowhere && skip.is_none() {
                return Err(number);
            }
            number = if skip.is_some() && (leads_nowhere || skip == Some(number)) {
                number.saturating_add(1)
            } else {
                next
            };
        }
        Ok(bytes)
    }
}

/// A row whose kinds of values are known.
struct Row {
    number: i64,
    kinds: Vec<u64>,
    header: usize,
}

impl Row {
    fn read(&self, bytes: &[u8]) -> Option<Cell> {
        let mut rest = bytes.get(self.header..)?;
        let mut values = Vec::new();
        for kind in &self.kinds {
            let (value, after) = rest.split_at_checked(usize::try_from(size(*kind)).ok()?)?;
            values.push((*kind, value));
            rest = after;
        }
        match values[..] {
            [
                (NULL, _),
                (_, id),
                (_, stamp),
                (_, device),
                (_, coder),
                (_, action),
                (_, undoes),
                (_, seen),
                (_, changes),
            ] => Some(Cell::Entry(OwnedEntry {
                seq: self.number,
                id: id.try_into().ok()?,
                stamp: integer(stamp),
                device: device.try_into().ok()?,
                coder: coder.try_into().ok(),
                action: action.to_vec(),
                undoes: undoes.try_into().ok(),
                seen: seen.to_vec(),
                changes: changes.to_vec(),
            })),
            [(NULL, _), (_, hash), (_, chain)] => Some(Cell::Link(
                self.number,
                Link {
                    hash: hash.try_into().ok()?,
                    chain: chain.try_into().ok()?,
                },
            )),
            [(_, hash), (_, bytes)] => Some(Cell::Content(
                ContentHash::from_bytes(hash.try_into().ok()?),
                bytes.to_vec(),
            )),
            [
                (NULL, _),
                (format, format_bytes),
                (kind, seq),
                (_, hash),
                (_, body),
            ] => {
                let format = constant(format).unwrap_or_else(|| integer(format_bytes));
                let is_known = format == i64::from(Checkpoint::FORMAT);
                is_known.then_some(Cell::Checkpoint(
                    hash.try_into().ok()?,
                    Checkpoint {
                        seq: constant(kind).unwrap_or_else(|| integer(seq)),
                        body: body.to_vec(),
                    },
                ))
            }
            _ => None,
        }
    }
}

/// Returns true if values of these kinds are a row of one of our tables.
fn is_ours(kinds: &[u64]) -> bool {
    let optional = |kind: u64| kind == NULL || kind == BLOB_16;
    match *kinds {
        [
            NULL,
            BLOB_16,
            stamp,
            BLOB_16,
            coder,
            action,
            undoes,
            seen,
            changes,
        ] => {
            is_integer(stamp)
                && optional(coder)
                && optional(undoes)
                && [action, seen, changes].iter().all(|kind| is_text(*kind))
        }
        [NULL, BLOB_32, BLOB_32] => true,
        [BLOB_32, bytes] => is_blob(bytes),
        [NULL, format, seq, BLOB_32, body] => {
            is_integer(format) && is_integer(seq) && is_blob(body)
        }
        _ => false,
    }
}

fn is_integer(kind: u64) -> bool {
    matches!(kind, 1..=6 | 8 | 9)
}

fn is_text(kind: u64) -> bool {
    kind >= 13 && kind % 2 == 1
}

fn is_blob(kind: u64) -> bool {
    kind >= 12 && kind.is_multiple_of(2)
}

/// The value that some kinds of integers are without any bytes.
fn constant(kind: u64) -> Option<i64> {
    match kind {
        8 => Some(0),
        9 => Some(1),
        _ => None,
    }
}

fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let start = if negative { -1 } else { 0 };
    bytes
        .iter()
        .fold(start, |value, byte| value << 8 | i64::from(*byte))
}

/// The bytes that a value of a kind takes.
fn size(kind: u64) -> u64 {
    match kind {
        1..=4 => kind,
        5 => 6,
        6 | 7 => 8,
        12.. => (kind - 12) / 2,
        _ => 0,
    }
}

/// How many bytes of a row are on its own page.
fn local_bytes(total: usize) -> usize {
    let (most, least) = (PAGE - 35, (PAGE - 12) * 32 / 255 - 23);
    if total <= most {
        return total;
    }
    let fitting = least + (total - least) % (PAGE - 4);
    if fitting <= most { fitting } else { least }
}

/// A number of 1 to 9 bytes, and where it ends.
fn varint(bytes: &[u8], start: usize) -> Option<(u64, usize)> {
    let mut value = 0;
    for (number, byte) in bytes.get(start..)?.iter().take(9).enumerate() {
        if number == 8 {
            return Some((value << 8 | u64::from(*byte), start + 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, start + number + 1));
        }
    }
    None
}
