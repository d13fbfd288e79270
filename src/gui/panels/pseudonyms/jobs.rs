//! What takes too long for a frame: opening and sealing the table, looking for names, and for what is left.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use super::{Lock, OpenTable, Shown};
use crate::{
    app::{
        AppError, Session,
        jobs::{JobControl, JobFailed, JobKind, Jobs, Task},
        pseudonyms::{
            places::{self, NamePlace},
            scan::{found_names, passages, scan, words_of},
            vault::{self, TableError},
        },
        texts::Texts,
    },
    message::{Message, explain::Explain as _},
    model::Project,
    names::{
        KnownName,
        table::{FoundName, PseudonymTable},
    },
    seal::Passphrase,
};

/// What was found in the texts.
#[derive(Debug)]
struct Scanned {
    names: Vec<FoundName>,
    words: BTreeSet<String>,
    passages: BTreeMap<String, Vec<NamePlace>>,
}

type Opened = Result<(PseudonymTable, Passphrase), TableError>;

/// The jobs of the dialog.
#[derive(Debug, Default)]
pub(super) struct Work {
    opening: Option<Task<Opened>>,
    scanning: Option<Task<Result<Scanned, AppError>>>,
    scanned: bool,
    leaving: Option<Task<Result<Vec<NamePlace>, AppError>>>,
    saving: Option<Task<Result<(), TableError>>>,
    /// Whether the table differs from what is on the disk.
    unsaved: bool,
}

impl Work {
    /// The table was changed.
    pub(super) const fn changed(&mut self) {
        self.unsaved = true;
    }

    /// Whether there is something that isn't on the disk.
    pub(super) const fn is_unsaved(&self) -> bool {
        self.unsaved || self.saving.is_some()
    }

    /// How far the search for names is; `None` if there is none.
    pub(super) fn scanning(&self) -> Option<(u64, u64)> {
        let scanning = self.scanning.as_ref();
        scanning.map(|task| task.control().so_far())
    }

    /// Ends the jobs that only read.
    pub(super) fn cancel_reading(&mut self) {
        if let Some(task) = &self.scanning {
            task.control().cancel();
        }
        if let Some(task) = &self.leaving {
            task.control().cancel();
        }
    }

    /// Starts what is needed.
    pub(super) fn keep(
        &mut self,
        path: &Path,
        open: Option<&OpenTable>,
        lock: &mut Lock,
        session: &Session,
        jobs: &mut Jobs,
    ) {
        let Some(open) = open else {
            if let Some(passphrase) = lock.take() {
                let (path, new) = (path.to_owned(), lock.is_new());
                self.opening = Some(jobs.start(JobKind::Names, move |_| {
                    if new {
                        return Ok((PseudonymTable::default(), passphrase));
                    }
                    let table = vault::read(&path, &passphrase)?;
                    Ok((table, passphrase))
                }));
            }
            return;
        };
        let (project, texts) = (Arc::clone(session.project()), Arc::clone(session.texts()));
        if !self.scanned && self.scanning.is_none() {
            let known = open.table.known();
            self.scanning = Some(jobs.start(JobKind::Names, move |control| {
                look(&project, &texts, &known, control)
            }));
            self.scanned = true;
        } else if open.shown == Shown::Left && open.left.is_none() && self.leaving.is_none() {
            let names = open.table.substitutes();
            self.leaving = Some(jobs.start(JobKind::Names, move |control| {
                places::left(&project, &texts, &names, control)
            }));
        }
        if self.unsaved && self.saving.is_none() {
            let (path, table) = (path.to_owned(), open.table.clone());
            let (passphrase, random) = (open.passphrase.clone(), session.random());
            self.unsaved = false;
            self.saving = Some(jobs.start(JobKind::Names, move |_| {
                vault::write(&path, &passphrase, &table, random)
            }));
        }
    }

    /// Takes what has ended; returns what went wrong.
    pub(super) fn poll(
        &mut self,
        open: &mut Option<OpenTable>,
        lock: &mut Lock,
    ) -> Option<Message> {
        let mut fault = None;
        if let Some(Ok(opened)) = Task::take_finished(&mut self.opening) {
            match opened {
                Ok((table, passphrase)) => *open = Some(OpenTable::new(table, passphrase)),
                Err(error) => {
                    *lock = Lock::new(false);
                    fault = Some(error.explain().into_message());
                }
            }
        }
        if let Some(Ok(scanned)) = Task::take_finished(&mut self.scanning) {
            match (scanned, open.as_mut()) {
                (Ok(scanned), Some(open)) => {
                    open.table.add(&scanned.names, &scanned.words);
                    open.passages = scanned.passages;
                    if open.chosen().is_none() {
                        open.choose(0);
                    }
                    self.unsaved = true;
                }
                (Err(AppError::Cancelled), _) | (Ok(_), None) => {}
                (Err(error), _) => fault = Some(error.explain().into_message()),
            }
        }
        if let Some(left) = Task::take_finished(&mut self.leaving) {
            match (left, open.as_mut()) {
                (Ok(Ok(left)), Some(open)) => open.left = Some(left),
                (Ok(Err(AppError::Cancelled)) | Err(JobFailed), _) | (Ok(Ok(_)), None) => {}
                (Ok(Err(error)), _) => fault = Some(error.explain().into_message()),
            }
        }
        if let Some(Ok(Err(error))) = Task::take_finished(&mut self.saving) {
            fault = Some(error.explain().into_message());
        }
        fault
    }
}

fn look(
    project: &Project,
    texts: &Texts,
    known: &[KnownName],
    control: &JobControl,
) -> Result<Scanned, AppError> {
    let found = scan(project, texts, known, control)?;
    Ok(Scanned {
        names: found_names(&found),
        words: words_of(project, texts, control)?,
        passages: passages(project, texts, &found, control)?,
    })
}
