//! Exports: a project written for other programs, in the format that the ending of the file names.
//!
//! An [`Exporter`] holds the project and its texts but no session, so a job can write while the work goes on.
//! [`mod@format`] is the table of formats, [`writers`] has a function for each.

mod error;
mod format;
pub mod memos;
mod options;
pub mod quotation;
pub mod report;
mod script;
mod writers;

use std::{
    cell::{Cell, RefCell},
    path::{Path, PathBuf},
    sync::Arc,
};

pub use self::{
    error::ExportError,
    format::{ExportContent, ExportFormat},
    options::ExportOptions,
    writers::ExportBytes,
};
use self::{format::ending_of, writers::ExportInput};
use crate::app::{Session, jobs::JobControl, output_file::WriteFile, texts::Texts};
use crate::{
    analysis::frequency::Loader,
    export::{ExportMaterial, masked::masked},
    import::loss::Losses,
    model::{Project, document::Document, text::ContentHash},
    report::pseudonyms::Pseudonyms,
};

/// A finished export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file that was written: the path asked for, except for programs, which are written beside their database.
    pub path: PathBuf,
    /// Number of cells whose text was cut to what a workbook's cell can hold; they end in `[…]`.
    pub cut: usize,
    /// What the file doesn't contain, each thing by name; only REFI-QDA reports it.
    pub losses: Option<Losses>,
}

/// A project that can be exported without its session.
#[derive(Debug, Clone)]
pub struct Exporter {
    project: Arc<Project>,
    texts: Arc<Texts>,
}

impl Session {
    /// An exporter of the project as it is now.
    pub fn exporter(&self) -> Exporter {
        Exporter {
            project: Arc::clone(self.project()),
            texts: Arc::clone(self.texts()),
        }
    }
}

impl Exporter {
    /// Writes an export to a file, whole or not at all.
    ///
    /// # Errors
    /// The path names no format, or one that can't hold the content; a file can't be read or written; the user has cancelled.
    pub fn write(
        &self,
        path: &Path,
        options: &ExportOptions,
        control: &JobControl,
        write: WriteFile,
    ) -> Result<Exported, ExportError> {
        if let Some(language) = script::language_of(path, options.content) {
            let script = script::script(path, language, &self.project.title);
            write(&script.path, script.text.as_bytes())?;
            return Ok(Exported {
                path: script.path,
                cut: 0,
                losses: None,
            });
        }
        let ExportBytes { bytes, cut, losses } = self.bytes(path, options, control)?;
        write(path, &bytes)?;
        Ok(Exported {
            path: path.to_owned(),
            cut,
            losses,
        })
    }

    /// Returns the bytes of an export in the format that the ending of `path` names.
    ///
    /// # Errors
    /// As for [`Self::write`].
    pub fn bytes(
        &self,
        path: &Path,
        options: &ExportOptions,
        control: &JobControl,
    ) -> Result<ExportBytes, ExportError> {
        let format =
            ExportFormat::of_path(path).ok_or_else(|| ExportError::Ending(ending_of(path)))?;
        let content = options.content.unwrap_or_else(|| format.default_content());
        if !format.can_hold(content) {
            return Err(ExportError::NotHeld {
                content,
                ending: ending_of(path),
            });
        }
        if options.pseudonymise {
            self.pseudonymised(format, content, options, control)
        } else if format.reads_texts_once(content) {
            self.streamed(format, content, options, control)
        } else {
            self.load_all(control)?;
            writers::write(
                format,
                &ExportInput {
                    material: ExportMaterial {
                        project: &self.project,
                        load: &|document| self.texts.content(document).ok(),
                        language: options.language,
                    },
                    content,
                    options,
                    file_bytes: &|hash| self.texts.bytes(hash).ok(),
                    control,
                },
            )
        }
    }

    /// Reads all texts into memory.
    ///
    /// Writers treat a text that can't be read as empty; reading all of them first makes it an error instead.
    fn load_all(&self, control: &JobControl) -> Result<(), ExportError> {
        let total = self.project.documents.len() as u64 + 1;
        for (done, document) in (1u64..).zip(self.project.documents.values()) {
            self.texts.content(document)?;
            control.progress(done, total)?;
        }
        Ok(())
    }

    /// Exports a copy of the project with references in place of names.
    fn pseudonymised(
        &self,
        format: ExportFormat,
        content: ExportContent,
        options: &ExportOptions,
        control: &JobControl,
    ) -> Result<ExportBytes, ExportError> {
        self.load_all(control)?;
        let load: &Loader<'_> = &|document: &Document| self.texts.content(document).ok();
        let pseudonyms = match &options.table {
            Some(table) => Pseudonyms::of_table(&self.project, table),
            None => Pseudonyms::new(&self.project, options.language),
        };
        let copy = masked(&self.project, &pseudonyms, load);
        writers::write(
            format,
            &ExportInput {
                material: ExportMaterial {
                    project: &copy.project,
                    load: &|document| copy.content(document),
                    language: options.language,
                },
                content,
                options,
                // Original files and attachments contain names that nobody has replaced.
                file_bytes: &|_: ContentHash| None,
                control,
            },
        )
    }

    /// Exports with a writer that reads each text once, in order: no text stays in memory.
    fn streamed(
        &self,
        format: ExportFormat,
        content: ExportContent,
        options: &ExportOptions,
        control: &JobControl,
    ) -> Result<ExportBytes, ExportError> {
        let total = self.project.documents.len() as u64 + 1;
        let done = Cell::new(0);
        // A writer sees an unreadable text as a missing one; the error is kept here and returned in place of its result.
        let failed = RefCell::new(None);
        let written = writers::write(
            format,
            &ExportInput {
                material: ExportMaterial {
                    project: &self.project,
                    load: &|document| {
                        done.set(done.get() + 1);
                        // The archive of REFI-QDA reports its own steps.
                        let progress = match format {
                            ExportFormat::Qdpx => Ok(()),
                            _ => control.progress(done.get(), total),
                        };
                        let read = progress
                            .map_err(ExportError::from)
                            .and_then(|()| Ok(self.texts.content_once(document)?));
                        match read {
                            Ok(content) => Some(content),
                            Err(error) => {
                                failed.borrow_mut().get_or_insert(error);
                                None
                            }
                        }
                    },
                    language: options.language,
                },
                content,
                options,
                file_bytes: &|hash| self.texts.bytes(hash).ok(),
                control,
            },
        );
        let written = failed.into_inner().map_or(written, Err)?;
        // Originals and attachments that can't be read are missing from it, too.
        self.texts.whole()?;
        Ok(written)
    }
}
