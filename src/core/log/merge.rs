//! Merging two copies of a project: their logs are united and folded again.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use crate::model::{
    clock::Stamp,
    ids::{DeviceId, EntryId},
    revision::Seen,
};

/// The entries of `theirs` that `ours` lacks, in the log's order.
pub fn missing<'a>(ours: &[Entry], theirs: &'a [Entry]) -> Vec<&'a Entry> {
    let known: BTreeSet<EntryId> = ours.iter().map(|entry| entry.id).collect();
    let mut missing: Vec<&Entry> = theirs
        .iter()
        .filter(|entry| !known.contains(&entry.id))
        .collect();
    missing.sort_by_key(|entry| entry.order());
    missing.dedup_by_key(|entry| entry.id);
    missing
}

/// Both logs in one, in order, without duplicates.
pub fn union(ours: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    let mut all: Vec<Entry> = ours.to_vec();
    all.extend(missing(ours, theirs).into_iter().cloned());
    all.sort_by_key(Entry::order);
    all
}

/// What a device newly notes as seen in its next entry: the last stamps of the other devices,
/// without those it has noted before.
pub fn newly_seen(
    last_stamps: &BTreeMap<DeviceId, Stamp>,
    device: DeviceId,
    noted: Option<&Seen>,
) -> Seen {
    last_stamps
        .iter()
        .filter(|(other, stamp)| {
            let known = noted.and_then(|noted| noted.get(other));
            **other != device && known.is_none_or(|known| known < *stamp)
        })
        .map(|(other, stamp)| (*other, *stamp))
        .collect()
}
