//! Files that the user chose in a dialog, typed or dropped, and what becomes of them.

use std::path::{Path, PathBuf};

use egui::Context;

use super::{Gui, dialogs::PickedFiles, notice::Notice, request::FilePurpose};
use crate::app::{import::ReadFailure, import::study::is_study};

impl Gui {
    /// Uses the files of the system's dialog.
    pub(super) fn use_picked(&mut self, picked: PickedFiles) {
        let PickedFiles {
            purpose,
            paths,
            is_unasked,
        } = picked;
        if is_unasked && !matches!(purpose, FilePurpose::Export(_)) {
            return self.dialogs.without_chooser(purpose, self.language);
        }
        match purpose {
            FilePurpose::NewProject => {
                if let Some(path) = paths.first() {
                    self.dialogs.take_path(path);
                }
            }
            // The dialog of an export has a field for the path itself.
            FilePurpose::Export(_) if paths.is_empty() => {}
            // Cancelled, or this system has no such dialog: ours has a field to type into.
            _ if paths.is_empty() => self.dialogs.ask(purpose),
            _ => self.use_files(purpose, paths),
        }
    }

    /// Uses files for a purpose.
    pub(super) fn use_files(&mut self, purpose: FilePurpose, paths: Vec<PathBuf>) {
        self.dialogs.close();
        let Some(first) = paths.first().cloned() else {
            return;
        };
        let Some(workspace) = &mut self.workspace else {
            return self.use_first_files(purpose, &first, paths);
        };
        let (language, jobs) = (self.language, &mut self.jobs);
        match purpose {
            FilePurpose::NewProject => {}
            FilePurpose::OpenProject => self.open(&first),
            FilePurpose::SaveCopy => self.save_copy(&first),
            FilePurpose::RecoverySheet => self.save_sheet(&first),
            FilePurpose::Transcripts | FilePurpose::Codebook if is_study(&first) => {
                workspace.read_study(first, jobs);
            }
            FilePurpose::OtherProject => workspace.read_study(first, jobs),
            FilePurpose::Transcripts => workspace.start_import(paths),
            FilePurpose::Codebook => {
                for path in paths {
                    self.notices.push(workspace.import_codebook(&path));
                }
            }
            FilePurpose::Sheet => {
                for path in paths {
                    self.notices.extend(workspace.import_sheet(&path));
                }
            }
            FilePurpose::Export(_) => workspace.export_to(&first, jobs),
            FilePurpose::SaveAttachment(id) => {
                let notice = workspace.save_attachment(id, &first);
                self.notices.push(notice);
            }
            FilePurpose::ExportMemos => {
                let notice = workspace.export_memos(&first, language);
                self.notices.push(notice);
            }
            FilePurpose::ExportHistory => {
                let notice = workspace.export_history(&first, language);
                self.notices.push(notice);
            }
            FilePurpose::ExportFinding(format, tag) => {
                let notice = workspace.pages.themes.export(&first, format, tag);
                self.notices.extend(notice);
            }
            FilePurpose::Print => {
                match workspace.print(&first, language, self.viewer.clone(), jobs) {
                    Ok(printing) => self.reports.push(printing),
                    Err(notice) => self.notices.push(notice),
                }
            }
            FilePurpose::Report => match workspace.write_report(&first, language, jobs) {
                Ok(report) => self.reports.push(report),
                Err(error) => self.notices.push(Notice::error(error)),
            },
        }
    }

    /// Uses files while no project is open.
    fn use_first_files(&mut self, purpose: FilePurpose, first: &Path, paths: Vec<PathBuf>) {
        match purpose {
            FilePurpose::OpenProject if paths.iter().any(|path| is_study(path)) => {
                self.dialogs.ask_new(FilePurpose::OtherProject, paths);
            }
            FilePurpose::OpenProject => self.open(first),
            FilePurpose::OtherProject | FilePurpose::Transcripts => self.begin_with(purpose, paths),
            // The others are only offered for an open project.
            _ => {}
        }
    }

    /// Asks for a new project that the files are imported into.
    fn begin_with(&mut self, purpose: FilePurpose, paths: Vec<PathBuf>) {
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            let failure = ReadFailure::Missing(missing.clone());
            self.notices.push(Notice::error(failure));
            return;
        }
        if let Some(own) = paths.iter().find(|path| is_own(path)) {
            return self.open(own);
        }
        let purpose = if paths.iter().any(|path| is_study(path)) {
            FilePurpose::OtherProject
        } else {
            purpose
        };
        self.dialogs.ask_new(purpose, paths);
    }

    /// Uses the files that were dropped on the window.
    pub(super) fn use_dropped_files(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> = ctx.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_owned()).collect()
        });
        if paths.is_empty() {
            return;
        }
        let purpose = if paths.iter().all(|path| is_own(path)) {
            FilePurpose::OpenProject
        } else {
            FilePurpose::Transcripts
        };
        self.use_files(purpose, paths);
    }
}

/// Returns true if a path is, by its ending, a project of this program.
fn is_own(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "tain")
}
