//! Dialogs for paths: the system's where there is one, and always a field to type a path into.
//!
//! Some desktops offer no file dialog at all, and tests can't use one; the field works everywhere.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use egui::{Align2, Context, Key, RichText, TextEdit, Ui, Window};

use super::{
    icons,
    new_project::proposal,
    request::{FilePurpose, HISTORY_ENDINGS, REPORT_ENDINGS, Request},
    strings::{self, Text, UiLanguage},
    theme,
    widgets::{buttons, dialog, replacement::Replacement},
};
use crate::app::{
    import::study,
    jobs::{JobKind, Jobs, Task},
};

/// The dialog that is open, with what is typed into it.
#[derive(Debug, Default)]
pub(super) struct Dialogs {
    open: Option<FilePurpose>,
    path: String,
    title: String,
    coder: String,
    /// True until the first empty field has got the keyboard.
    fresh: bool,
    /// The files to import into a new project once it is created.
    then: Option<(FilePurpose, Vec<PathBuf>)>,
    replacement: Replacement,
    /// The name of the coder of new projects.
    usual_coder: String,
    /// The folder that a new project is stored in unless another is named.
    projects: Option<PathBuf>,
    /// Why the dialog can't be confirmed as it is, said below the fields until one of them is changed.
    problem: Option<String>,
}

impl Dialogs {
    /// Sets the folder that new projects go to.
    pub(super) fn set_projects(&mut self, projects: Option<PathBuf>) {
        self.projects = projects;
    }

    /// Sets the name of the coder of new projects.
    pub(super) fn set_coder(&mut self, name: &str) {
        name.clone_into(&mut self.usual_coder);
    }

    /// No dialog; what the settings say stays.
    fn emptied(&mut self) -> Self {
        Self {
            projects: self.projects.take(),
            coder: self.usual_coder.clone(),
            usual_coder: std::mem::take(&mut self.usual_coder),
            ..Self::default()
        }
    }

    /// Opens the dialog for a purpose.
    pub(super) fn ask(&mut self, purpose: FilePurpose) {
        // What was typed for another purpose means nothing here.
        *self = Self {
            open: Some(purpose),
            fresh: true,
            ..self.emptied()
        };
    }

    /// Takes the path that was chosen for what the dialog asks about.
    pub(super) fn take_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.problem = None;
    }

    /// Says that the system has shown no file dialog.
    pub(super) fn without_chooser(&mut self, purpose: FilePurpose, language: UiLanguage) {
        if self.open != Some(purpose) {
            self.ask(purpose);
        }
        self.problem = Some(language.say(strings::NO_CHOOSER).to_owned());
    }

    /// The folder of new projects, which is made when the first is stored there.
    pub(super) fn projects(&self) -> Option<&Path> {
        self.projects.as_deref()
    }

    /// The path that a new project gets: what is typed, in the folder of projects if it names none.
    fn new_path(&self) -> Option<PathBuf> {
        let typed = self.path.trim();
        let folder = self.projects.as_deref();
        if typed.is_empty() {
            return proposal(folder?, &self.title);
        }
        let path = FilePurpose::NewProject.file(Path::new(typed));
        Some(folder.map_or(path.clone(), |folder| folder.join(path)))
    }

    /// Opens the dialog for a new project into which files are imported.
    ///
    /// The path it proposes is beside the files, and named after the file or, for several, after their folder.
    pub(super) fn ask_new(&mut self, purpose: FilePurpose, files: Vec<PathBuf>) {
        let Some(first) = files.first() else { return };
        let folder = first.parent().map(Path::to_owned).unwrap_or_default();
        let many = files.len() > 1 && folder.file_name().is_some();
        let stem = if many {
            folder.file_name()
        } else {
            first.file_stem()
        };
        let stem = stem
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let path = proposal(&folder, &stem);
        *self = Self {
            open: Some(FilePurpose::NewProject),
            path: path.unwrap_or_default().display().to_string(),
            title: stem,
            fresh: true,
            then: Some((purpose, files)),
            ..self.emptied()
        };
    }

    /// Closes the dialog.
    pub(super) fn close(&mut self) {
        *self = self.emptied();
    }

    /// Shows the open dialog.
    pub(super) fn ui(&mut self, ctx: &Context, language: UiLanguage, requests: &mut Vec<Request>) {
        let Some(purpose) = self.open else { return };
        // In menus the three dots say that a dialog follows; its own title goes without them.
        let title = language.say(title(purpose)).trim_end_matches(['…', ' ']);
        let window = Window::new(title)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -60.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(420.0);
            let entered = self.fields_ui(ui, purpose, language);
            if let Some((_, files)) = &self.then
                && purpose == FilePurpose::NewProject
            {
                files_ui(ui, files, language);
            }
            if purpose == FilePurpose::Print {
                ui.label(theme::small(ui, language.say(strings::PRINT_HINT)));
            }
            let verb = self.problems_ui(ui, purpose, language);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if buttons::primary(ui, language.say(verb)).clicked() || entered {
                    self.confirm(purpose, language, requests);
                }
                let browse = format!("{}  {}", icons::FOLDER_OPEN, language.say(strings::BROWSE));
                if ui.button(browse).clicked() {
                    requests.push(Request::Browse(purpose));
                }
                if ui.button(language.say(strings::CANCEL)).clicked() || dialog::escaped(ui.ctx()) {
                    self.close();
                }
            });
        });
        if !stays {
            self.close();
        }
    }

    /// Says what keeps the dialog from being confirmed; returns the label of the button that confirms it.
    fn problems_ui(&mut self, ui: &mut Ui, purpose: FilePurpose, language: UiLanguage) -> Text {
        if let Some(problem) = &self.problem {
            ui.label(
                RichText::new(problem)
                    .font(theme::regular(13.0))
                    .color(theme::palette(ui.visuals()).bad),
            );
        }
        if purpose.writes() {
            let file = purpose.file(Path::new(self.path.trim()));
            self.replacement.ui(ui, &file, language)
        } else if purpose == FilePurpose::NewProject {
            strings::CREATE
        } else {
            strings::OPEN
        }
    }

    /// Shows the fields; returns true if Enter was pressed in one of them.
    fn fields_ui(&mut self, ui: &mut Ui, purpose: FilePurpose, language: UiLanguage) -> bool {
        let fresh = &mut self.fresh;
        let mut fields = Vec::new();
        if purpose == FilePurpose::NewProject {
            let title = language.say(strings::MEMO_TITLE);
            fields.push(field(ui, title, &mut self.title, fresh));
            let coder = language.say(strings::CODER);
            fields.push(field(ui, coder, &mut self.coder, fresh));
        }
        let path = language.say(strings::PATH);
        fields.push(field(ui, path, &mut self.path, fresh));
        if purpose == FilePurpose::NewProject {
            // Where it goes is said before it goes there, also for a path that names no folder.
            let path = self.new_path().map(|path| path.display().to_string());
            let says = path.map(|path| {
                strings::labelled(language, language.say(strings::WILL_BE_STORED), &path)
            });
            ui.label(theme::small(ui, says.unwrap_or_default()));
        }
        if fields.iter().any(egui::Response::changed) {
            self.problem = None;
        }
        // A field of one line gives up the focus on Enter, but also on Tab or a click elsewhere.
        fields.iter().any(egui::Response::lost_focus)
            && ui.input(|input| input.key_pressed(Key::Enter))
    }

    /// Says why a project couldn't be created; what was typed stays, to be mended.
    pub(super) fn refuse(&mut self, problem: String) {
        self.problem = Some(problem);
    }

    fn confirm(&mut self, purpose: FilePurpose, language: UiLanguage, requests: &mut Vec<Request>) {
        if purpose == FilePurpose::NewProject {
            let Some(path) = self.new_path() else {
                self.problem = Some(language.say(strings::TITLE_MISSING).to_owned());
                return;
            };
            if self.coder.trim().is_empty() {
                self.problem = Some(language.say(strings::CODER_MISSING).to_owned());
                return;
            }
            let title = match self.title.trim() {
                "" => path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                title => title.to_owned(),
            };
            // The dialog stays until the project is there.
            requests.push(Request::Create {
                path,
                title,
                coder: self.coder.clone(),
                then: self.then.clone(),
            });
            return;
        }
        let typed = self.path.trim();
        if typed.is_empty() {
            self.problem = Some(language.say(strings::PATH_MISSING).to_owned());
            return;
        }
        let path = purpose.file(Path::new(typed));
        if !purpose.writes() || self.replacement.allows(&path) {
            requests.push(Request::PathsChosen(purpose, vec![path]));
            self.close();
        }
    }
}

/// The title of a dialog, as the menu names it.
fn title(purpose: FilePurpose) -> Text {
    match purpose {
        FilePurpose::OpenProject => strings::OPEN_PROJECT,
        FilePurpose::NewProject => strings::NEW_PROJECT,
        FilePurpose::Transcripts => strings::IMPORT_FILES,
        FilePurpose::Codebook => strings::IMPORT_CODEBOOK,
        FilePurpose::Sheet => strings::IMPORT_SHEET,
        FilePurpose::OtherProject => strings::READING_PROJECT,
        FilePurpose::Export(_) => strings::EXPORT,
        FilePurpose::SaveAttachment(_) => strings::SAVE_AS,
        FilePurpose::ExportMemos => strings::EXPORT_MEMOS,
        FilePurpose::ExportHistory => strings::EXPORT_HISTORY,
        FilePurpose::ExportFinding(..) => strings::EXPORT_FILE,
        FilePurpose::Report => strings::REPORT,
        FilePurpose::Print => strings::PRINT,
        FilePurpose::SaveCopy => strings::SAVE_COPY,
        FilePurpose::RecoverySheet => strings::RECOVERY_SHEET,
    }
}

/// Names the first files that are imported into a new project, and says how many more there are.
fn files_ui(ui: &mut Ui, files: &[PathBuf], language: UiLanguage) {
    const NAMED: usize = 3;
    ui.add_space(4.0);
    let mut names: Vec<String> = files
        .iter()
        .take(NAMED)
        .filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()))
        .collect();
    if files.len() > NAMED {
        names.push(format!("+ {}", files.len() - NAMED));
    }
    ui.label(theme::small(
        ui,
        format!(
            "{} {}",
            language.say(strings::COMES_INTO),
            names.join(" · ")
        ),
    ));
}

/// A labelled field of one line; the first empty one of a fresh dialog gets the keyboard.
fn field(ui: &mut Ui, label: &str, text: &mut String, fresh: &mut bool) -> egui::Response {
    let label = ui.label(theme::small(ui, label));
    let response = ui
        .add(TextEdit::singleline(text).desired_width(f32::INFINITY))
        .labelled_by(label.id);
    if *fresh && text.is_empty() {
        *fresh = false;
        response.request_focus();
    }
    response
}

/// The files that were chosen in the system's dialog.
#[derive(Debug)]
pub(super) struct PickedFiles {
    /// What the files are for.
    pub(super) purpose: FilePurpose,
    /// The files; empty if the dialog was cancelled or this system has none.
    pub(super) paths: Vec<PathBuf>,
    /// Whether the answer came sooner than anybody could have given it, as where there is no dialog.
    pub(super) is_unasked: bool,
}

/// The least time in which somebody can cancel a dialog.
const LEAST_TIME: Duration = Duration::from_millis(250);

/// Shows the system's dialog in a job, since the dialog blocks its thread.
pub(super) fn browse(jobs: &mut Jobs, purpose: FilePurpose) -> Task<PickedFiles> {
    jobs.start(JobKind::Browse, move |_| {
        let begun = Instant::now();
        let paths = pick_files(purpose);
        PickedFiles {
            purpose,
            is_unasked: paths.is_empty() && begun.elapsed() < LEAST_TIME,
            paths,
        }
    })
}

/// Asks for files with the system's dialog.
fn pick_files(purpose: FilePurpose) -> Vec<PathBuf> {
    let dialog = rfd::FileDialog::new();
    let picked = match purpose {
        FilePurpose::SaveCopy => dialog
            .add_filter("Tain", &["tain"])
            .set_file_name("copy.tain")
            .save_file(),
        FilePurpose::RecoverySheet => dialog
            .add_filter("html", &["html"])
            .set_file_name("recovery-sheet.html")
            .save_file(),
        FilePurpose::NewProject => dialog.add_filter("Tain", &["tain"]).save_file(),
        FilePurpose::OpenProject => dialog.add_filter("Tain", &["tain"]).pick_file(),
        FilePurpose::Transcripts => {
            let endings: Vec<&str> = crate::import::text::endings().collect();
            return dialog
                .add_filter("txt, md, docx, odt, rtf, pdf, …", &endings)
                .pick_files()
                .unwrap_or_default();
        }
        FilePurpose::Codebook => dialog
            .add_filter("ron, csv, xlsx, qdc", &["ron", "csv", "xlsx", "qdc"])
            .pick_file(),
        FilePurpose::Sheet => dialog
            .add_filter("csv, xlsx, ods", &["csv", "tsv", "xlsx", "ods"])
            .pick_file(),
        FilePurpose::OtherProject => dialog
            .add_filter("qdpx, sqlite3, qda, rqda, …", study::ENDINGS)
            .pick_file(),
        FilePurpose::ExportMemos => dialog
            .add_filter("Markdown", &["md"])
            .set_file_name("memos.md")
            .save_file(),
        FilePurpose::ExportHistory => dialog
            .add_filter("html, csv", HISTORY_ENDINGS)
            .set_file_name("history.html")
            .save_file(),
        FilePurpose::ExportFinding(format, _) => dialog
            .add_filter(format.ending(), &[format.ending()])
            .set_file_name(format!("themes.{}", format.ending()))
            .save_file(),
        FilePurpose::Report => dialog
            .add_filter("html, docx, pdf", REPORT_ENDINGS)
            .set_file_name("report.html")
            .save_file(),
        FilePurpose::Print => dialog
            .add_filter("html", &["html"])
            .set_file_name("print.html")
            .save_file(),
        FilePurpose::Export(ending) => dialog
            .add_filter(ending, &[ending])
            .set_file_name(format!("export.{ending}"))
            .save_file(),
        FilePurpose::SaveAttachment(_) => dialog.save_file(),
    };
    picked.into_iter().collect()
}
