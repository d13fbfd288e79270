//! A transaction: changes that become one entry of the log together, or not at all.
//!
//! It holds a copy of the project, and every recorded change is applied to it at once. So each step
//! of an edit sees what the steps before it did, and what is stored is what the edit has checked.
//! Nothing outside the transaction changes until the session commits it.

use std::sync::Arc;

use crate::{
    app::{AppError, identity::Identities, refusal::Refusal},
    log::{
        Entry,
        apply::{self, Author},
        change::Change,
        note_seen,
    },
    model::{
        Project,
        conflict::SkipReason,
        ids::{CoderId, Id},
        text::ContentHash,
    },
};

/// Changes in progress.
#[derive(Debug)]
pub struct Transaction<'a> {
    base: Arc<Project>,
    project: Project,
    entry: Entry,
    author: Author,
    ids: &'a mut Identities,
    contents: Vec<(ContentHash, Bytes)>,
    /// Why the log refused a recorded change, if it did.
    inconsistent: Option<SkipReason>,
}

/// A finished transaction, ready to be stored.
#[derive(Debug)]
pub struct Prepared {
    /// The entry to store.
    pub(in crate::app) entry: Entry,
    /// The project after the entry.
    pub(in crate::app) project: Project,
    /// Texts, turn tables and files that the entry names, by their hash.
    pub(in crate::app) contents: Vec<(ContentHash, Bytes)>,
}

/// Bytes to be stored; a text is shared, not copied.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// A text.
    Text(Arc<str>),
    /// Anything else.
    Other(Vec<u8>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

impl<'a> Transaction<'a> {
    /// Starts with a project and an entry without changes.
    pub(crate) fn new(base: &Arc<Project>, entry: Entry, ids: &'a mut Identities) -> Self {
        // A copy of the maps: documents, codes, cases and memos are shared until they are changed.
        let mut project = Project::clone(base);
        let author = note_seen(&mut project, &entry);
        Self {
            base: Arc::clone(base),
            project,
            entry,
            author,
            ids,
            contents: Vec::new(),
            inconsistent: None,
        }
    }

    /// The project with all changes that were recorded so far.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The project before the transaction.
    pub fn base(&self) -> &Arc<Project> {
        &self.base
    }

    /// The acting coder.
    pub fn coder(&self) -> Option<CoderId> {
        self.entry.coder
    }

    /// The acting coder, or a refusal that lists the coders.
    ///
    /// # Errors
    /// When no coder is acting.
    pub fn acting(&self) -> Result<CoderId, Refusal> {
        self.coder().ok_or_else(|| super::who_codes(&self.base))
    }

    /// Returns true once the log has refused a change.
    pub fn is_inconsistent(&self) -> bool {
        self.inconsistent.is_some()
    }

    /// The changes that were recorded so far.
    pub fn changes(&self) -> &[Change] {
        &self.entry.changes
    }

    /// Returns a new identity.
    pub fn id<K>(&mut self) -> Id<K> {
        self.ids.id()
    }

    /// Applies a change to the project and keeps it for the entry.
    ///
    /// An edit checks its rules before it records, so a change that the log refuses is a bug in the
    /// edit; it is reported by [`Transaction::finish`], which then returns no entry.
    pub fn record(&mut self, change: Change) {
        if self.inconsistent.is_some() {
            return;
        }
        match apply::apply(&mut self.project, &self.author, &change) {
            Ok(()) => self.entry.changes.push(change),
            Err(reason) => self.inconsistent = Some(reason),
        }
    }

    /// Records a change unless the log refuses it; returns true if it is recorded.
    ///
    /// For changes that no rule has checked before, as those of a repair.
    pub(crate) fn record_if_possible(&mut self, change: Change) -> bool {
        let applied = apply::apply(&mut self.project, &self.author, &change).is_ok();
        if applied {
            self.entry.changes.push(change);
        }
        applied
    }

    /// Records several changes in order.
    pub fn record_all(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            self.record(change);
        }
    }

    /// Keeps a text or file that a recorded change names, to be stored with the entry.
    pub(super) fn store(&mut self, hash: ContentHash, bytes: Bytes) {
        self.contents.push((hash, bytes));
    }

    /// Ends the transaction.
    ///
    /// # Errors
    /// When the log refused one of the changes.
    pub fn finish(self) -> Result<Prepared, AppError> {
        match self.inconsistent {
            Some(reason) => Err(AppError::Inconsistent {
                action: self.entry.action,
                reason,
            }),
            None => Ok(Prepared {
                entry: self.entry,
                project: self.project,
                contents: self.contents,
            }),
        }
    }
}

impl Prepared {
    /// The name of the action.
    pub fn action(&self) -> &str {
        &self.entry.action
    }

    /// The changes of the entry.
    pub fn changes(&self) -> &[Change] {
        &self.entry.changes
    }

    /// Returns true if there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.entry.changes.is_empty()
    }
}
