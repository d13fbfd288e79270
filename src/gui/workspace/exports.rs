//! Exports: the project for other programs, reports, memos and attached files.

use std::path::{Path, PathBuf};

use super::Workspace;
use crate::message::explain::Explain as _;
use crate::{
    app::{
        AppError,
        export::memos::write_memos,
        history::{
            HistoryStep, history_at,
            page::{history_page, history_sheet},
        },
        jobs::{JobKind, Jobs, Task},
        output_file::{self, with_ending},
        pseudonyms::vault::has_table,
        refusal::Refusal,
    },
    export::separated::separated,
    gui::{
        notice::{Notice, saved},
        panels::{exchange::Outgoing, pseudonyms::PseudonymsDialog},
        request::{HISTORY_ENDINGS, REPORT_ENDINGS},
        strings::{self, UiLanguage},
    },
    model::ids::AttachmentId,
    report::compose::ReportOptions,
};

impl Workspace {
    /// Starts a job that writes a report in the window's language; its result is a notice.
    ///
    /// # Errors
    /// If what a report is made of can't be read.
    pub(in crate::gui) fn write_report(
        &self,
        path: &Path,
        language: UiLanguage,
        jobs: &mut Jobs,
    ) -> Result<Task<Notice>, AppError> {
        if self.is_table_locked() {
            return Err(Refusal::TableLocked.into());
        }
        let path = with_ending(path, REPORT_ENDINGS);
        let material = self.session.report_material()?;
        let options = ReportOptions {
            table: self.windows.table.clone(),
            counting: None,
            coder: None,
            language,
            with_names: false,
        };
        Ok(jobs.start(JobKind::Report, move |control| {
            match material.write(&path, &options, control, output_file::write) {
                Ok(()) => saved(path),
                Err(error) => Notice::problem(move |language| {
                    strings::labelled(language, &path.display().to_string(), &error.say(language))
                }),
            }
        }))
    }

    /// Returns true if there is a table of pseudonyms whose passphrase hasn't been given.
    fn is_table_locked(&self) -> bool {
        self.windows.table.is_none() && has_table(self.session.path())
    }

    /// Starts the job for the export that the dialog describes, with a path from the system's dialog.
    pub(in crate::gui) fn export_to(&mut self, path: &Path, jobs: &mut Jobs) {
        if let Some(path) = self.windows.outgoing.as_mut().map(|dialog| dialog.at(path)) {
            self.export(path, jobs);
        }
    }

    /// Starts the job for the export that the dialog describes.
    pub(in crate::gui) fn export(&mut self, path: PathBuf, jobs: &mut Jobs) {
        let Some(mut options) = self.windows.outgoing.as_ref().map(Outgoing::wanted) else {
            return;
        };
        if options.pseudonymise && self.is_table_locked() {
            self.windows.pseudonyms = Some(PseudonymsDialog::new(&self.session));
            return;
        }
        options.table.clone_from(&self.windows.table);
        // The exporter works on a snapshot of the project, so editing can continue meanwhile.
        let exporter = self.session.exporter();
        self.exports
            .push(jobs.start(JobKind::Export, move |control| {
                exporter.write(&path, &options, control, output_file::write)
            }));
    }

    /// Shows the exports that were written in their dialog, or in a line if it was closed.
    pub(super) fn poll_exports(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        for exported in Task::drain_finished(&mut self.exports)
            .into_iter()
            .flatten()
        {
            match (exported, &mut self.windows.outgoing) {
                (Ok(exported), Some(dialog)) => dialog.take(exported),
                (Ok(exported), None) => notices.push(saved(exported.path)),
                (Err(error), _) => notices.push(Notice::error(error)),
            }
        }
        notices
    }

    /// Writes an attached file; returns what came of it.
    pub(in crate::gui) fn save_attachment(&self, id: AttachmentId, path: &Path) -> Notice {
        match self.session.save_attachment(id, path, output_file::write) {
            Ok(()) => saved(path.to_owned()),
            Err(error) => Notice::error(error),
        }
    }

    /// Writes the steps that the page of the history lists; returns what came of it.
    pub(in crate::gui) fn export_history(&self, path: &Path, language: UiLanguage) -> Notice {
        let path = with_ending(path, HISTORY_ENDINGS);
        let is_sheet = path.extension().is_some_and(|ending| ending == "csv");
        let bytes = if is_sheet {
            self.listed_steps(language).map(|(steps, _)| {
                let steps: Vec<&HistoryStep> = steps.iter().collect();
                separated(&history_sheet(&steps, language), b',')
            })
        } else {
            self.history_to_read(language).map(String::into_bytes)
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(notice) => return notice,
        };
        match output_file::write(&path, &bytes) {
            Ok(()) => saved(path),
            Err(error) => Notice::error(error),
        }
    }

    /// The steps that the page of the history lists, and how many there are in all.
    fn listed_steps(&self, language: UiLanguage) -> Result<(Vec<HistoryStep>, usize), Notice> {
        let mut steps = history_at(&self.session.source()).map_err(Notice::error)?;
        let all = steps.len();
        steps.retain(|step| self.pages.past.lists(step, language));
        Ok((steps, all))
    }

    /// The steps that the page of the history lists, as a page of HTML.
    pub(super) fn history_to_read(&self, language: UiLanguage) -> Result<String, Notice> {
        let (steps, all) = self.listed_steps(language)?;
        let steps: Vec<&HistoryStep> = steps.iter().collect();
        let title = &self.session.project().title;
        Ok(history_page(&steps, all, title, language))
    }

    /// Writes all memos to a file in the window's language; returns what came of it.
    pub(in crate::gui) fn export_memos(&self, path: &Path, language: UiLanguage) -> Notice {
        let path = with_ending(path, &["md"]);
        match write_memos(&self.session, &path, language, output_file::write, |_| true) {
            Ok(count) => Notice::done(move |language| {
                let path = path.display().to_string();
                strings::labelled(language, &path, &strings::memos_written(language, count))
            }),
            Err(error) => Notice::error(error),
        }
    }
}
