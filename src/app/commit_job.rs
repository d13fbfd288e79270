//! Large entries, stored by a job: prepared by the session, written with progress and cancel, then taken home.
//!
//! While one is being stored, the session refuses other changes; what was cancelled or failed has left nothing behind.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::{AppError, Session, edit::document::Bytes, jobs::JobControl};
use crate::{
    log::Entry,
    model::{Project, ids::EntryId, text::ContentHash},
    store::{ProjectFile, StoreError},
};

/// An entry, the project after it, and the texts and files that it names.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) entry: Entry,
    pub(super) next: Project,
    pub(super) contents: Vec<(ContentHash, Bytes)>,
}

/// An entry that waits to be stored, by whatever thread has the time.
#[derive(Debug)]
pub struct Storing {
    prepared: Prepared,
    file: Arc<Mutex<ProjectFile>>,
    /// As long as somebody holds it, the session takes no other changes.
    held: Arc<()>,
}

/// An entry that is stored, to be shown by [`Session::finish`].
#[derive(Debug)]
pub struct Stored {
    entry: Entry,
    next: Project,
    _held: Arc<()>,
}

/// Why an entry isn't stored; nothing of it is.
#[derive(Debug, thiserror::Error)]
pub enum Unstored {
    /// The user wanted it to end.
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
    /// Stores the entry in one transaction; progress counts texts and files.
    ///
    /// # Errors
    /// When it is cancelled or the file can't be written; nothing of it is stored then.
    pub fn store(self, control: &JobControl) -> Result<Stored, Unstored> {
        let Self {
            prepared:
                Prepared {
                    entry,
                    next,
                    contents,
                },
            file,
            held,
        } = self;
        let total = contents.len() as u64;
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut goes_on = |done: usize| control.progress(done as u64, total).is_ok();
        if !file.append_while(std::slice::from_ref(&entry), contents, &mut goes_on)? {
            return Err(Unstored::Cancelled);
        }
        Ok(Stored {
            entry,
            next,
            _held: held,
        })
    }
}

impl Session {
    /// Whether an entry is being stored; other changes are refused as long as it is.
    pub fn is_storing(&self) -> bool {
        self.held.strong_count() > 0
    }

    /// Hands an entry over to be stored.
    pub(super) fn hand_over(&mut self, prepared: Prepared) -> Storing {
        let held = Arc::new(());
        self.held = Arc::downgrade(&held);
        Storing {
            prepared,
            file: Arc::clone(&self.file),
            held,
        }
    }

    /// Shows the project with an entry that was stored.
    pub fn finish(&mut self, stored: Stored) -> EntryId {
        self.adopt(&stored.entry, stored.next)
    }
}
