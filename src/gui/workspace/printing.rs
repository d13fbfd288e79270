//! Printing: what is shown becomes a page of HTML, which the system's program for such pages shows and prints.

use std::path::{Path, PathBuf};

use super::Workspace;
use crate::{
    app::{
        export::{ExportContent, ExportOptions},
        jobs::{JobKind, Jobs, Task},
        output_file::{self, with_ending},
        settings::View,
    },
    gui::{
        notice::{Notice, saved},
        strings::{self, UiLanguage},
        system_viewer::Viewer,
    },
    report::html::html,
};

impl Workspace {
    /// Returns true if something is shown that can be printed: a document, a table or chart, the history.
    pub(in crate::gui) fn can_print(&self) -> bool {
        match self.pages.view {
            View::Read => self.pages.shows_text(),
            View::Themes => self.pages.themes.shows_finding(),
            View::History => true,
            View::Search | View::Cases | View::Memos => false,
        }
    }

    /// Starts a job that writes what is shown and opens it; its result is a notice.
    pub(in crate::gui) fn print(
        &self,
        path: &Path,
        language: UiLanguage,
        viewer: Viewer,
        jobs: &mut Jobs,
    ) -> Result<Task<Notice>, Notice> {
        let nothing = || Notice::problem(|language| language.say(strings::NOTHING_TO_PRINT).into());
        let path = with_ending(path, &["html"]);
        let page = match self.pages.view {
            View::Read => None,
            View::Themes => {
                let report = self.pages.themes.printed(&self.session, language);
                Some(html(&report.ok_or_else(nothing)?))
            }
            View::History => Some(self.history_to_read(language)?),
            View::Search | View::Cases | View::Memos => return Err(nothing()),
        };
        let document = self.pages.read.document();
        let options = ExportOptions {
            content: Some(ExportContent::Transcripts),
            language,
            documents: document.into_iter().collect(),
            ..ExportOptions::default()
        };
        if page.is_none() && options.documents.is_empty() {
            return Err(nothing());
        }
        let exporter = self.session.exporter();
        Ok(jobs.start(JobKind::Export, move |control| {
            let written = match page {
                Some(page) => output_file::write(&path, page.as_bytes()).map_err(Notice::error),
                None => exporter
                    .write(&path, &options, control, output_file::write)
                    .map(drop)
                    .map_err(Notice::error),
            };
            written.map_or_else(|notice| notice, |()| opened(&viewer, path))
        }))
    }
}

/// Opens a page that was written; returns what there is to say.
fn opened(viewer: &Viewer, path: PathBuf) -> Notice {
    match viewer.open(&path) {
        Ok(()) => saved(path),
        Err(_) => Notice::problem(move |language| {
            let path = path.display().to_string();
            strings::labelled(language, &path, language.say(strings::NOTHING_OPENS))
        }),
    }
}
