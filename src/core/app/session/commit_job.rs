//! Storing a large entry in a job, with progress and cancellation.
//!
//! The session prepares the entry, a job stores it, and [`Session::finish`] shows it. While an entry
//! is being stored, the session refuses other changes; if the job is cancelled or fails, nothing of
//! the entry is stored.

use std::sync::{Arc, Mutex, PoisonError};

use super::{AppError, Session};
use crate::{
    app::{edit::transaction::Prepared, jobs::JobControl},
    log::{Entry, change::Change},
    model::{Project, ids::EntryId},
    store::{ProjectFile, StoreError},
};

/// An entry that is ready to be stored on any thread.
#[derive(Debug)]
pub struct Storing {
    prepared: Prepared,
    file: Arc<Mutex<ProjectFile>>,
    /// While this exists, the session refuses other changes.
    storing: Arc<()>,
}

/// An entry that is stored and can be shown by [`Session::finish`].
#[derive(Debug)]
pub struct Stored {
    entry: Entry,
    project: Project,
    _storing: Arc<()>,
}

/// Why an entry was not stored; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Unstored {
    /// The user cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The file or the disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unstored> for AppError {
    fn from(unstored: Unstored) -> Self {
        match unstored {
            Unstored::Cancelled => Self::Cancelled,
            Unstored::Store(error) => Self::Store(error),
        }
    }
}

impl Storing {
    /// Stores the entry in one database transaction; progress counts documents, or contents where there are none.
    ///
    /// # Errors
    /// When it is cancelled or the file can't be written; nothing of it is stored then.
    pub fn store(self, control: &JobControl) -> Result<Stored, Unstored> {
        let Prepared {
            entry,
            project,
            contents,
        } = self.prepared;
        let is_document = |change: &&Change| matches!(change, Change::DocumentAdded(_));
        let documents = entry.changes.iter().filter(is_document).count() as u64;
        // Each document has several contents, such as its text and its turn table.
        let all = (contents.len() as u64).max(1);
        let total = if documents == 0 { all } else { documents };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = file.append_while(std::slice::from_ref(&entry), contents, &mut |done| {
            control.progress(done as u64 * total / all, total).is_ok()
        })?;
        if !stored {
            return Err(Unstored::Cancelled);
        }
        Ok(Stored {
            entry,
            project,
            _storing: self.storing,
        })
    }
}

impl Session {
    /// Returns true if a job is storing an entry; other changes are refused until it ends.
    pub fn is_storing(&self) -> bool {
        self.storing.strong_count() > 0
    }

    /// Hands the entry of a transaction over to a job.
    ///
    /// # Errors
    /// As [`Session::commit`], but for the file.
    pub(in crate::app) fn commit_in_job(
        &mut self,
        prepared: Prepared,
    ) -> Result<Storing, AppError> {
        self.check_writable(&prepared)?;
        let storing = Arc::new(());
        self.storing = Arc::downgrade(&storing);
        Ok(Storing {
            prepared,
            file: Arc::clone(&self.file),
            storing,
        })
    }

    /// Shows the project after an entry that a job has stored.
    pub fn finish(&mut self, stored: Stored) -> EntryId {
        self.adopt(&stored.entry, stored.project)
    }
}
