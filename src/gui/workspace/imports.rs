//! Imports: transcripts, codebooks, sheets of cases and other programs' projects.

use std::path::{Path, PathBuf};

use super::Workspace;
use crate::{
    app::{
        AppError, Done,
        import::{
            ReadFailure, SheetDone, SheetError,
            sheet_kind::SheetKind,
            study::{StudyOptions, read_study},
        },
        input_file,
        jobs::{JobKind, Jobs},
        session::commit_job::{Stored, Unstored},
    },
    gui::{
        notice::{Notice, Offer},
        panels::{
            exchange::{Incoming, StudyEnd},
            importing::{ImportEnd, ImportPanel},
            sheet_question::SheetQuestion,
        },
        strings,
    },
};

impl Workspace {
    /// Imports a codebook; returns what came of it.
    pub(in crate::gui) fn import_codebook(&mut self, path: &Path) -> Notice {
        let name = file_name(path);
        match input_file::read(path) {
            Ok(bytes) => {
                let done = self.session.import_codebook(&name, bytes);
                self.imported_rows(name, SheetKind::Codes, done)
            }
            Err(source) => Notice::error(ReadFailure::Io { file: name, source }),
        }
    }

    /// Imports a sheet as what its columns say, or asks what its rows are; returns what came of it.
    pub(in crate::gui) fn import_sheet(&mut self, path: &Path) -> Option<Notice> {
        let name = file_name(path);
        let bytes = match input_file::read(path) {
            Ok(bytes) => bytes,
            Err(source) => return Some(Notice::error(ReadFailure::Io { file: name, source })),
        };
        match SheetKind::of_file(&name, bytes.clone()) {
            Err(error) => Some(Notice::error(error)),
            Ok(Some(kind)) => Some(self.import_sheet_of(kind, name, bytes)),
            Ok(None) => {
                self.windows.sheet = Some(SheetQuestion::new(name, bytes));
                None
            }
        }
    }

    /// Imports a sheet whose rows are these.
    pub(in crate::gui) fn import_sheet_of(
        &mut self,
        kind: SheetKind,
        name: String,
        bytes: Vec<u8>,
    ) -> Notice {
        let done = self.session.import_sheet(kind, &name, bytes);
        self.imported_rows(name, kind, done)
    }

    fn imported_rows(
        &self,
        name: String,
        kind: SheetKind,
        done: Result<SheetDone, SheetError>,
    ) -> Notice {
        match done {
            Ok(done) => self.undoable(Notice::done(move |language| {
                let rows = strings::rows_imported(language, done.rows, kind.text());
                strings::labelled(language, &name, &rows)
            })),
            Err(error) => Notice::error(error),
        }
    }

    /// A notice of what was just done, which offers to undo it.
    fn undoable(&self, notice: Notice) -> Notice {
        notice.offering(Offer::Undo {
            revision: self.session.revision(),
        })
    }

    /// Shows files and folders on the page of an import; if it is open, they are added.
    pub(in crate::gui) fn start_import(&mut self, paths: Vec<PathBuf>) {
        match &mut self.import {
            Some(import) => import.add(paths),
            None => self.import = Some(ImportPanel::new(paths)),
        }
    }

    /// Returns true if the page of an import is open.
    pub(in crate::gui) fn is_importing(&self) -> bool {
        self.import.is_some()
    }

    /// Leaves the page of an import without importing.
    ///
    /// While the import is being stored, the page stays until the job has ended.
    pub(in crate::gui) fn leave_import(&mut self) {
        if let Some(import) = &self.import {
            import.leave();
            if !import.is_storing() {
                self.import = None;
            }
        }
    }

    /// Imports the transcripts on the page of an import, which a job stores; returns what there is to say at once.
    pub(in crate::gui) fn confirm_import(&mut self, jobs: &mut Jobs) -> Vec<Notice> {
        let Some(import) = &mut self.import else {
            return Vec::new();
        };
        let Some((documents, placing)) = import.confirmed() else {
            return Vec::new();
        };
        let count = documents.len();
        let (done, storing) = match self.session.begin_documents(documents, &placing) {
            Ok(begun) => begun,
            Err(error) => {
                self.import = None;
                return vec![Notice::error(error)];
            }
        };
        let Some(storing) = storing else {
            self.import = None;
            return self.imported(done, count);
        };
        let task = jobs.start(JobKind::Store, move |control| storing.store(control));
        import.store(task, done, count);
        Vec::new()
    }

    /// Follows the job of the page of an import; returns what there is to say.
    pub(super) fn poll_import(&mut self) -> Vec<Notice> {
        let Some(end) = self.import.as_mut().and_then(ImportPanel::poll) else {
            return Vec::new();
        };
        self.import = None;
        match end {
            ImportEnd::Left => Vec::new(),
            ImportEnd::Stored {
                stored,
                done,
                documents,
            } => match self.finish(*stored) {
                Ok(()) => self.imported(*done, documents),
                Err(error) => vec![Notice::error(error)],
            },
        }
    }

    /// Starts a job that reads another program's project.
    pub(in crate::gui) fn read_study(&mut self, path: PathBuf, jobs: &mut Jobs) {
        let name = file_name(&path);
        let options = StudyOptions {
            known: self.session.texts_for(&path),
            ..StudyOptions::default()
        };
        let task = jobs.start(JobKind::Import, move |control| {
            let study = read_study(&path, &options);
            // Reading has no points of cancel, so a study that nobody waits for is dropped here.
            (!control.is_cancelled()).then_some(study)
        });
        self.windows.incoming = Some(Incoming::reading(name, task));
    }

    /// Imports the other program's project in the dialog, which a job stores.
    ///
    /// # Errors
    /// If the session refuses it.
    pub(in crate::gui) fn confirm_study(&mut self, jobs: &mut Jobs) -> Result<(), AppError> {
        let Some(dialog) = &mut self.windows.incoming else {
            return Ok(());
        };
        let Some(study) = dialog.hand_over() else {
            return Ok(());
        };
        match self.session.begin_study(study) {
            Ok((done, None)) => dialog.show_done(done),
            Ok((done, Some(storing))) => {
                let task = jobs.start(JobKind::Store, move |control| storing.store(control));
                dialog.store(task, done);
            }
            Err(error) => {
                self.windows.incoming = None;
                return Err(error);
            }
        }
        Ok(())
    }

    /// Follows the job of the dialog for another program's project; returns a notice if it has failed.
    pub(super) fn poll_study(&mut self) -> Option<Notice> {
        let end = self.windows.incoming.as_mut()?.poll()?;
        let failure = match end {
            StudyEnd::Failed => None,
            StudyEnd::Unreadable(error) => Some(Notice::error(error)),
            StudyEnd::Stored(stored) => match self.finish(*stored) {
                // The dialog stays and shows what was imported.
                Ok(()) => return None,
                Err(error) => Some(Notice::error(error)),
            },
        };
        self.windows.incoming = None;
        failure
    }

    /// Makes what a job has stored part of the session.
    fn finish(&mut self, stored: Result<Stored, Unstored>) -> Result<(), AppError> {
        self.session.finish(stored?);
        if self.pages.read.document().is_none() {
            self.pages.read_first(self.session.project());
        }
        Ok(())
    }

    /// The notices of an import: one for each file that wasn't imported under its own name, and how many were imported.
    fn imported(&self, done: Done, count: usize) -> Vec<Notice> {
        let count = count - done.known.len() - done.left_out.len();
        let known = done.known.into_iter().map(|(file, title)| {
            Notice::problem(move |language| {
                strings::labelled(language, &file, &strings::known_as(language, &title))
            })
        });
        let left_out = done.left_out.into_iter().map(|(file, title)| {
            Notice::problem(move |language| {
                strings::labelled(language, &file, &strings::name_is_taken(language, &title))
            })
        });
        let retitled = done
            .retitled
            .into_iter()
            .map(|(file, title)| Notice::problem(move |_| format!("{file} → {title}")));
        let total = Notice::done(move |language| strings::documents_imported(language, count));
        known
            .chain(left_out)
            .chain(retitled)
            .chain([self.undoable(total)])
            .collect()
    }
}

/// The last part of a path, as shown to the user.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
