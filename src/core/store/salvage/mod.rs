//! Getting everything out of a damaged file that can still be found in it.
//!
//! SQLite gives up a whole page, or the whole file, for one wrong byte in what leads to the data. So the data itself is
//! looked for: on every page, at every byte, whatever has the form of one of our rows is read, and its own hash tells
//! whether it is whole. A row of which one byte is wrong is put right by trying, since its hash says when it is.

mod bytes;
mod cells;
mod mend;
mod pages;
mod rows;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rusqlite::{Connection, params};

use super::{
    Checkpoint, Source, StoreError,
    hashes::{self, Chains, Link, Sum},
    migration, opening,
    row::StoredEntry,
};
use crate::model::text::ContentHash;
use bytes::OwnedEntry;
use cells::{Cell, cells};
use mend::{Budget, mend};
use pages::Pages;

/// What was found in a damaged file.
#[derive(Debug, Default)]
pub struct Salvage {
    entries: BTreeMap<i64, OwnedEntry>,
    links: BTreeMap<i64, Link>,
    contents: BTreeMap<ContentHash, Vec<u8>>,
    checkpoint: Option<Checkpoint>,
    /// What became of what wasn't whole.
    pub report: SalvageReport,
}

/// What became of what wasn't whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SalvageReport {
    /// How many entries were found whole or put right.
    pub entries: usize,
    /// How many contents were found whole or put right.
    pub contents: usize,
    /// Entries that were put right, by their number in order of arrival.
    pub mended_entries: BTreeSet<i64>,
    /// Contents that were put right.
    pub mended_contents: BTreeSet<ContentHash>,
    /// Entries that have no hash to tell whether they are as they were written.
    pub unverified: BTreeSet<i64>,
    /// Entries that were there once and are lost.
    pub lost_entries: BTreeSet<i64>,
    /// Contents that were there once and are lost.
    pub lost_contents: BTreeSet<ContentHash>,
}

impl Salvage {
    /// Looks through a file that isn't encrypted, page by page.
    fn of_file(path: &Path) -> Result<Self, StoreError> {
        let pages = Pages::read(path)?;
        let mut salvage = Self::default();
        let (mut doubtful, mut broken) = (Vec::new(), BTreeMap::new());
        let mut by_hash: BTreeMap<Sum, i64> = BTreeMap::new();
        cells(&pages, &mut |cell| {
            salvage.take(cell, &mut by_hash, &mut doubtful, &mut broken);
        });
        salvage.finish(path, doubtful, &by_hash, broken)
    }

    /// Looks through a file and its write-ahead log, row by row if it is encrypted.
    ///
    /// # Errors
    /// When the file can't be read, or there is nothing of a project in it.
    pub fn of(source: &Source) -> Result<Self, StoreError> {
        if source.0.key().is_none() {
            return Self::of_file(source.path());
        }
        let connection = opening::for_reading(&source.0)?;
        let mut salvage = Self::default();
        let (mut doubtful, mut broken) = (Vec::new(), BTreeMap::new());
        let mut by_hash: BTreeMap<Sum, i64> = BTreeMap::new();
        rows::rows(&connection, &mut |cell| {
            salvage.take(cell, &mut by_hash, &mut doubtful, &mut broken);
        });
        salvage.finish(source.path(), doubtful, &by_hash, broken)
    }

    fn take(
        &mut self,
        cell: Cell,
        by_hash: &mut BTreeMap<Sum, i64>,
        doubtful: &mut Vec<OwnedEntry>,
        broken: &mut BTreeMap<ContentHash, Vec<u8>>,
    ) {
        match cell {
            Cell::Link(seq, link) => {
                by_hash.insert(link.hash, seq);
                self.links.insert(seq, link);
            }
            Cell::Entry(entry) => doubtful.push(entry),
            Cell::Content(hash, bytes) => self.take_content(hash, bytes, broken),
            Cell::Checkpoint(hash, checkpoint) => self.take_checkpoint(hash, checkpoint),
        }
    }

    fn finish(
        mut self,
        path: &Path,
        doubtful: Vec<OwnedEntry>,
        by_hash: &BTreeMap<Sum, i64>,
        broken: BTreeMap<ContentHash, Vec<u8>>,
    ) -> Result<Self, StoreError> {
        self.take_entries(doubtful, by_hash);
        self.mend_contents(broken);
        if self.entries.is_empty() {
            return Err(StoreError::NotAProject(path.to_owned()));
        }
        self.count();
        Ok(self)
    }

    /// Keeps a content under its own hash; one whose bytes don't have the hash that it is stored under is kept apart.
    fn take_content(
        &mut self,
        named: ContentHash,
        bytes: Vec<u8>,
        broken: &mut BTreeMap<ContentHash, Vec<u8>>,
    ) {
        let hash = ContentHash::of(&bytes);
        if hash != named {
            broken.insert(named, bytes.clone());
        }
        self.contents.insert(hash, bytes);
    }

    /// The contents that the log names, also those of documents that were removed.
    fn named_contents(&self) -> BTreeSet<ContentHash> {
        let mut named = BTreeSet::new();
        for entry in self.entries.values() {
            for word in entry.changes.split(|byte| !byte.is_ascii_hexdigit()) {
                named.extend(
                    std::str::from_utf8(word)
                        .ok()
                        .and_then(ContentHash::from_hex),
                );
            }
        }
        named
    }

    fn take_checkpoint(&mut self, hash: Sum, checkpoint: Checkpoint) {
        let is_newer = self
            .checkpoint
            .as_ref()
            .is_none_or(|known| known.seq < checkpoint.seq);
        if is_newer && *checkpoint.hash().as_bytes() == hash {
            self.checkpoint = Some(checkpoint);
        }
    }

    /// Sorts the entries that were found: whole ones, ones to put right, and ones that nothing tells about.
    fn take_entries(&mut self, found: Vec<OwnedEntry>, by_hash: &BTreeMap<Sum, i64>) {
        let mut doubtful = Vec::new();
        for entry in found {
            match by_hash.get(&entry.hash()) {
                Some(seq) => drop(self.entries.insert(*seq, entry.numbered(*seq))),
                None => doubtful.push(entry),
            }
        }
        let mut budget = Budget::default();
        for entry in doubtful {
            let seq = entry.seq;
            if self.entries.contains_key(&seq) {
                continue;
            }
            let Some(link) = self.links.get(&seq).copied() else {
                if entry.is_readable() {
                    self.report.unverified.insert(seq);
                    self.entries.insert(seq, entry);
                }
                continue;
            };
            // The link itself may be what has changed: the chain tells, since it is made of the hash before.
            if self.follows(seq, &entry, &link) && entry.is_readable() {
                self.report.mended_entries.insert(seq);
                self.links.remove(&seq);
                self.entries.insert(seq, entry);
                continue;
            }
            if let Some(entry) = mend(&entry.serialized(), link.hash, &mut budget)
                .and_then(|bytes| OwnedEntry::parse(seq, &bytes))
            {
                self.report.mended_entries.insert(seq);
                self.entries.insert(seq, entry);
            }
        }
    }

    /// Returns true if an entry, with the hash that it has now, gives the chain that is stored for it.
    fn follows(&self, seq: i64, entry: &OwnedEntry, link: &Link) -> bool {
        let before = self.links.range(..seq).rev().map(|(_, link)| link.chain);
        before
            .map(Some)
            .chain([None])
            // The entry before it of the same device is nearly always among the last few.
            .take(1000)
            .any(|previous| Link::after(previous, entry.hash()).chain == link.chain)
    }

    fn mend_contents(&mut self, broken: BTreeMap<ContentHash, Vec<u8>>) {
        let wanted = self.named_contents();
        // What lies under a hash that isn't its own may be whole all the same; if nobody names it, it was never a row.
        self.contents.retain(|hash, _| wanted.contains(hash));
        let mut budget = Budget::default();
        for (named, bytes) in broken {
            if !wanted.contains(&named) || self.contents.contains_key(&named) {
                continue;
            }
            if let Some(mended) = mend(&bytes, *named.as_bytes(), &mut budget) {
                self.report.mended_contents.insert(named);
                self.contents.insert(named, mended);
            }
        }
    }

    /// Adds what another file has and this one lacks: a backup, or the other half of a copy.
    pub fn add(&mut self, other: Self) {
        let known: BTreeSet<[u8; 16]> = self.entries.values().map(|entry| entry.id).collect();
        for (seq, entry) in other.entries {
            // Backups are of the same file, so an entry has the same number in both.
            if !known.contains(&entry.id) && !self.entries.contains_key(&seq) {
                if let Some(link) = other.links.get(&seq) {
                    self.links.insert(seq, *link);
                }
                self.entries.insert(seq, entry);
            }
        }
        for (hash, bytes) in other.contents {
            self.contents.entry(hash).or_insert(bytes);
        }
        self.count();
    }

    fn count(&mut self) {
        let is_there = |seq: &i64| self.entries.contains_key(seq);
        let last = self.entries.keys().chain(self.links.keys()).max().copied();
        let lost = (1..=last.unwrap_or(0)).filter(|seq| !is_there(seq));
        self.report.lost_entries = lost.collect();
        let wanted = self.named_contents();
        let lost = wanted.into_iter().filter(|hash| !self.has_content(*hash));
        self.report.lost_contents = lost.collect();
        self.report.entries = self.entries.len();
        self.report.contents = self.contents.len();
    }

    /// Returns true if a content was found.
    pub fn has_content(&self, hash: ContentHash) -> bool {
        self.contents.contains_key(&hash)
    }

    /// Puts everything into an empty database.
    ///
    /// # Errors
    /// When it can't be written.
    pub(super) fn store(&self, connection: &mut Connection) -> Result<(), StoreError> {
        migration::migrate(connection, 0)?;
        let transaction = connection.transaction()?;
        let mut chains = Chains::new();
        for (seq, entry) in &self.entries {
            let stored = entry.stored();
            insert(&transaction, &stored)?;
            let link = Link::after(chains.get(&stored.device).copied(), stored.hash());
            hashes::insert(&transaction, *seq, &link)?;
            chains.insert(stored.device, link.chain);
        }
        for (hash, bytes) in &self.contents {
            transaction
                .prepare_cached("INSERT INTO contents (hash, bytes) VALUES (?1, ?2)")?
                .execute(params![hash.as_bytes(), bytes])?;
        }
        if let Some(checkpoint) = &self.checkpoint {
            checkpoint.store(&transaction)?;
        }
        Ok(transaction.commit()?)
    }
}

fn insert(connection: &Connection, entry: &StoredEntry<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO entries (seq, id, stamp, device, coder, action, undoes, seen, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            entry.seq,
            entry.id,
            entry.stamp,
            entry.device,
            entry.coder,
            entry.action,
            entry.undoes,
            entry.seen,
            entry.changes,
        ])?;
    Ok(())
}
