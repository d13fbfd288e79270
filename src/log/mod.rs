//! What happened: an append-only log of entries, one a gesture. The project is its fold.

pub mod apply;
pub mod change;
pub mod codec;
pub mod inverse;
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
    /// When, in the log's order.
    pub stamp: Stamp,
    /// Which copy of the project wrote it.
    pub device: DeviceId,
    /// Whose gesture it was; none only for what no coder does (the first entry of a project).
    pub coder: Option<CoderId>,
    /// What the coder did, as one of the stable action names.
    pub action: String,
    /// The entry that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<EntryId>,
    /// What the device has newly seen of other devices since its entry before.
    #[serde(default, skip_serializing_if = "Seen::is_empty")]
    pub seen: Seen,
    /// What changed.
    pub changes: Vec<Change>,
}

impl Entry {
    /// The total order of entries: every copy of a project folds in it.
    pub fn order(&self) -> (Stamp, DeviceId, EntryId) {
        (self.stamp, self.device, self.id)
    }
}

/// Takes an entry into a project: what makes no sense at this place is skipped and listed.
pub fn fold_entry(project: &mut Project, entry: &Entry) {
    let author = note_seen(project, entry);
    for (number, change) in entry.changes.iter().enumerate() {
        if let Err(reason) = apply::apply(project, &author, change) {
            let change = u32::try_from(number).unwrap_or(u32::MAX);
            project.skipped.push(Skipped {
                entry: entry.id,
                change,
                reason,
            });
        }
    }
}

/// Adds what the entry's device has newly seen; gives the author's view for the entry's changes.
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

/// The project that a whole log makes, in the log's order whatever order the entries come in.
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
