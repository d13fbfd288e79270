//! From a finished transaction to an entry of the log: stored first, then shown.

use std::sync::Arc;

use super::{AppError, Done, Session};
use crate::{
    app::{
        edit::transaction::{Prepared, Transaction},
        refusal::Refusal,
    },
    log::{Entry, merge, undo::UndoableStep},
    model::{Project, ids::EntryId},
    store::{Access, StoreError},
};

impl Session {
    /// Starts a transaction on the project as it is now.
    ///
    /// `action` is the stable name that the log keeps.
    pub fn transaction(&mut self, action: &str) -> Transaction<'_> {
        self.transaction_undoing(action, None)
    }

    pub(super) fn transaction_undoing(
        &mut self,
        action: &str,
        undoes: Option<EntryId>,
    ) -> Transaction<'_> {
        let noted = self.project.seen.get(&self.device);
        let entry = Entry {
            id: self.ids.id(),
            stamp: self.ids.stamp(),
            device: self.device,
            coder: self.coder,
            action: action.to_owned(),
            undoes,
            seen: merge::newly_seen(&self.stamps, self.device, noted),
            changes: Vec::new(),
        };
        Transaction::new(&self.project, entry, &mut self.ids)
    }

    /// Stores the entry of a transaction, then shows the project after it.
    ///
    /// # Errors
    /// When the project can't be changed, the transaction changed nothing, or the file can't be
    /// written; nothing has changed then.
    pub fn commit(&mut self, prepared: Prepared) -> Result<Done, AppError> {
        self.check_writable(&prepared)?;
        let Prepared {
            entry,
            project,
            contents,
        } = prepared;
        self.file().append(std::slice::from_ref(&entry), contents)?;
        Ok(Done {
            entry: Some(self.adopt(&entry, project)),
            action: entry.action,
            changes: entry.changes.len(),
            ..Done::default()
        })
    }

    /// Returns a refusal if an entry can't be stored now, or has nothing to store.
    pub(super) fn check_writable(&self, prepared: &Prepared) -> Result<(), AppError> {
        // An undo of an entry whose changes were all skipped is empty, and has to be stored so
        // that the next undo reaches the entry before.
        if prepared.is_empty() && prepared.entry.undoes.is_none() {
            return Err(Refusal::NothingToDo.into());
        }
        if !self.damage.is_empty() {
            return Err(StoreError::NeedsRepair(self.path.clone()).into());
        }
        if self.access == Access::Read {
            return Err(Refusal::ReadOnly.into());
        }
        if self.is_storing() {
            return Err(Refusal::Storing.into());
        }
        Ok(())
    }

    /// Shows the project after an entry that is stored.
    pub(super) fn adopt(&mut self, entry: &Entry, project: Project) -> EntryId {
        self.project = Arc::new(project);
        self.revision += 1;
        self.stamps.insert(entry.device, entry.stamp);
        self.steps.push(UndoableStep::from(entry));
        self.unsaved.note(entry);
        entry.id
    }
}
