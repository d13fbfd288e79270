//! The pages of a file, read without SQLite.
//!
//! The layout of pages is that of SQLite's file format (<https://www.sqlite.org/fileformat2.html>, sections 1.3, 1.6 and 4).

use std::{collections::BTreeMap, path::Path};

use super::super::{StoreError, beside};

/// The size of a page in all our files; the file's own header may be damaged.
pub(super) const PAGE: usize = 8192;
/// The headers of a write-ahead log and of each page in it.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The pages of a file and of its write-ahead log.
pub(super) struct Pages {
    file: Vec<u8>,
    /// The pages of the write-ahead log by their number; the last of each number counts.
    log: BTreeMap<u32, Vec<u8>>,
}

impl Pages {
    pub(super) fn read(path: &Path) -> Result<Self, StoreError> {
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        Ok(Self {
            file: std::fs::read(path).map_err(io)?,
            log: match std::fs::read(beside(path, "-wal")) {
                Ok(log) => frames(&log),
                Err(_none) => BTreeMap::new(),
            },
        })
    }

    /// How many pages there are in the file.
    pub(super) fn count(&self) -> u32 {
        let pages = self.file.len().div_ceil(PAGE);
        let last = self.log.keys().next_back().copied().unwrap_or(0);
        u32::try_from(pages).unwrap_or(u32::MAX).max(last)
    }

    /// The page of a number as it was last, from 1; the last page of a cut file is shorter.
    pub(super) fn page(&self, number: u32) -> Option<&[u8]> {
        if let Some(page) = self.log.get(&number) {
            return Some(page);
        }
        self.in_file(number)
    }

    /// The page of a number in the file itself.
    fn in_file(&self, number: u32) -> Option<&[u8]> {
        let start = usize::try_from(number.checked_sub(1)?)
            .ok()?
            .checked_mul(PAGE)?;
        let rest = self.file.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(PAGE)])
    }

    /// All versions of all pages.
    pub(super) fn all(&self) -> impl Iterator<Item = &[u8]> {
        let in_file = (1..=self.count()).filter_map(|number| self.in_file(number));
        in_file.chain(self.log.values().map(Vec::as_slice))
    }
}

/// The pages of a write-ahead log that belong to its present round, whether or not their checksums fit.
fn frames(log: &[u8]) -> BTreeMap<u32, Vec<u8>> {
    let mut pages = BTreeMap::new();
    let salts = log.get(16..24);
    let body = log.get(LOG_HEADER..).unwrap_or_default();
    for frame in body.chunks_exact(FRAME_HEADER + PAGE) {
        if let Some((number, _)) = frame.split_first_chunk::<4>()
            && frame.get(8..16) == salts
        {
            pages.insert(u32::from_be_bytes(*number), frame[FRAME_HEADER..].to_vec());
        }
    }
    pages
}
