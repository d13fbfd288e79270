//! The log: an append-only list of entries, one per gesture. The project is its fold.

pub mod apply;
pub mod change;
pub mod codec;
pub mod merge;
pub mod undo;

use serde::{Deserialize, Serialize};

use crate::model::{
    Project,
    clock::Stamp,
    conflict::Skipped,
    ids::{CoderId, DeviceId, EntryId},
    revision::Seen,
};
use change::Change;

/// One gesture of one coder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Identity.
    pub id: EntryId,
    /// When it was written; the log is in this order.
    pub stamp: Stamp,
    /// The copy of the project that wrote it.
    pub device: DeviceId,
    /// The coder; `None` only for the first entry of a project, before there is one.
    pub coder: Option<CoderId>,
    /// What the coder did, as one of the stable action names.
    pub action: String,
    /// The entry that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<EntryId>,
    /// What the device has newly seen of other devices since its previous entry.
    #[serde(default, skip_serializing_if = "Seen::is_empty")]
    pub seen: Seen,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

impl Entry {
    /// The key of the total order in which every copy of a project folds its entries.
    pub fn order(&self) -> (Stamp, DeviceId, EntryId) {
        (self.stamp, self.device, self.id)
    }
}

/// Applies an entry to a project; changes that make no sense at this place are skipped and listed.
pub fn fold_entry(project: &mut Project, entry: &Entry) {
    let author = note_seen(project, entry);
    for (number, change) in (0..).zip(&entry.changes) {
        if let Err(reason) = apply::apply(project, &author, change) {
            project.skipped.push(Skipped {
                entry: entry.id,
                change: number,
                reason,
            });
        }
    }
}

/// Notes what the entry's device has newly seen, and returns the author of the entry's changes.
pub fn note_seen(project: &mut Project, entry: &Entry) -> apply::Author {
    let seen = project.seen.entry(entry.device).or_default();
    for (device, stamp) in &entry.seen {
        let known = seen.entry(*device).or_default();
        *known = (*known).max(*stamp);
    }
    apply::Author {
        entry: entry.id,
        device: entry.device,
        stamp: entry.stamp,
        seen: seen.clone(),
    }
}

/// Folds a whole log into a project; the entries may come in any order.
pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Project {
    let mut entries: Vec<&Entry> = entries.into_iter().collect();
    entries.sort_by_key(|entry| entry.order());
    entries.dedup_by_key(|entry| entry.id);
    let mut project = Project::default();
    for entry in entries {
        fold_entry(&mut project, entry);
    }
    project
}
