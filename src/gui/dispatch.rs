//! Runs the requests of a frame, and the commands of keys and menus.

use std::path::{Path, PathBuf};

use egui::{Context, PointerButton};

use super::{
    Gui,
    command::{Command, CommandScope},
    context::Appearance,
    dialogs,
    notice::Notice,
    own_keys,
    panels::settings::SettingsPart,
    request::{FilePurpose, Request},
    strings::UiLanguage,
    workspace::Workspace,
};
use crate::message::explain::Explain as _;
use crate::{
    app::{
        AppError, Session,
        action::Action,
        drafts::Drafts,
        export::quotation::Quotation,
        sample,
        settings::{Reading, UiScale},
    },
    gui::strings,
    model::ids::EntryId,
    store::{Access, Source, StoreError},
};

impl Gui {
    /// Runs requests in order.
    pub(super) fn run_requests(&mut self, ctx: &Context, requests: Vec<Request>) {
        for request in requests {
            self.run_request(ctx, request);
        }
    }

    fn run_request(&mut self, ctx: &Context, request: Request) {
        match request {
            Request::Open(path) => self.open(&path),
            Request::OpenAsOf(step) => self.open_as_of(step),
            Request::OpenNow => self.open_now(),
            Request::LookInto(backup) => self.look_into(&backup),
            Request::Safety(request) => self.run_safety(request),
            Request::OpenSample => self.open_sample(),
            Request::Create {
                path,
                title,
                coder,
                then,
            } => self.create(&path, &title, &coder, then),
            Request::SwitchLanguage => self.switch_language(ctx),
            Request::SwitchTheme => self.switch_theme(ctx),
            Request::OpenDialog(purpose) => self.dialogs.ask(purpose),
            Request::Browse(purpose) => {
                self.browsing.push(dialogs::browse(&mut self.jobs, purpose));
            }
            Request::PathsChosen(purpose, paths) => self.use_files(purpose, paths),
            Request::CloseNotice(number) => self.notices.close(number),
            Request::CancelJob(number) => self.cancel_job(number),
            Request::Copy(quotation) => self.copy(ctx, &quotation),
            Request::Command(command) => self.command(ctx, command),
            Request::SetUsualCoder(name) => {
                self.dialogs.set_coder(&name);
                self.settings.set_coder(name);
            }
            Request::SetProjectsFolder(folder) => {
                self.settings.set_projects(folder);
                self.dialogs.set_projects(self.projects());
            }
            Request::RememberProjects(remembers) => {
                self.settings.set_remembers_projects(remembers);
            }
            Request::SetKeys(keys) => {
                self.settings.set_keys(keys.stored());
                keys.install(ctx);
            }
            Request::SetLockMinutes(minutes) => self.settings.set_lock_minutes(minutes),
            Request::SetReading(reading) => self.settings.set_reading(reading),
            other => self.run_in_workspace(other),
        }
    }

    /// Runs a request that needs an open project; what goes wrong becomes a notice.
    fn run_in_workspace(&mut self, request: Request) {
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        let result = match request {
            Request::Edit(action) => return self.act(*action),
            Request::ConfirmImport => {
                let said = workspace.confirm_import(&mut self.jobs);
                self.notices.extend(said);
                Ok(())
            }
            Request::CancelImport => {
                workspace.leave_import();
                Ok(())
            }
            Request::ConfirmStudy => workspace.confirm_study(&mut self.jobs),
            Request::ImportSheet { kind, name, bytes } => {
                let notice = workspace.import_sheet_of(kind, name, bytes);
                self.notices.push(notice);
                Ok(())
            }
            Request::Export(path) => {
                workspace.export(path, &mut self.jobs);
                Ok(())
            }
            other => workspace.run(other),
        };
        if let Err(error) = result {
            self.notices.push(Notice::error(error));
        }
    }

    /// Creates a project and shows it; files that were waiting for it are imported.
    fn create(
        &mut self,
        path: &Path,
        title: &str,
        coder: &str,
        then: Option<(FilePurpose, Vec<PathBuf>)>,
    ) {
        if let Some(folder) = self.dialogs.projects()
            && path.parent() == Some(folder)
        {
            // If the folder can't be made, creating the project says so.
            std::fs::create_dir_all(folder).ok();
        }
        match Session::create(path, title, coder, (self.world)()) {
            Ok(session) => {
                self.dialogs.close();
                self.show(session);
                if let Some((purpose, paths)) = then {
                    self.use_files(purpose, paths);
                }
            }
            Err(error) => self.dialogs.refuse(error.say(self.language)),
        }
    }

    fn copy(&mut self, ctx: &Context, quotation: &Quotation) {
        let is_rich = self
            .clipboard
            .as_mut()
            .is_some_and(|clipboard| clipboard.set(quotation));
        if !is_rich {
            ctx.copy_text(quotation.text());
        }
    }

    fn cancel_job(&self, number: u64) {
        let jobs = self.jobs.running().iter();
        for job in jobs.filter(|job| job.number == number) {
            job.control.cancel();
        }
    }

    /// Runs a command.
    fn command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Undo => self.act(Action::Undo),
            Command::Redo => self.act(Action::Redo),
            Command::NewProject => self.dialogs.ask(FilePurpose::NewProject),
            Command::OpenProject => self.dialogs.ask(FilePurpose::OpenProject),
            Command::CloseProject => self.close_project(),
            Command::ImportTranscripts => self.dialogs.ask(FilePurpose::Transcripts),
            Command::ImportCodebook => self.dialogs.ask(FilePurpose::Codebook),
            Command::ImportCases => self.dialogs.ask(FilePurpose::Sheet),
            Command::ImportProject => self.dialogs.ask(FilePurpose::OtherProject),
            Command::ExportMemos => self.dialogs.ask(FilePurpose::ExportMemos),
            Command::ExportHistory => self.dialogs.ask(FilePurpose::ExportHistory),
            Command::ReadingSettings => {
                self.settings_part = match self.settings_part {
                    Some(_) => None,
                    None => Some(SettingsPart::default()),
                };
            }
            Command::Print => {
                if self.workspace.as_ref().is_some_and(Workspace::can_print) {
                    self.dialogs.ask(FilePurpose::Print);
                } else {
                    let text =
                        |language: UiLanguage| language.say(strings::NOTHING_TO_PRINT).into();
                    self.notices.push(Notice::problem(text));
                }
            }
            Command::SaveCopy => self.dialogs.ask(FilePurpose::SaveCopy),
            Command::Backups => self.show_backups(),
            Command::Protection => self.show_protection(),
            Command::Report => self.dialogs.ask(FilePurpose::Report),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::SwitchLanguage => self.switch_language(ctx),
            Command::SwitchTheme => self.switch_theme(ctx),
            Command::TextLarger => self.set_text_size(self.settings.reading.size + 1.0),
            Command::TextSmaller => self.set_text_size(self.settings.reading.size - 1.0),
            Command::TextReset => self.set_text_size(Reading::default().size),
            Command::AllLarger | Command::AllSmaller => {
                let scale = self.settings.scale_percent;
                self.set_scale(ctx, scale.stepped(command == Command::AllLarger));
            }
            Command::AllReset => self.set_scale(ctx, UiScale::USUAL),
            other => {
                let appearance = Appearance {
                    language: self.language,
                    reading: self.settings.reading,
                };
                let mut requests = Vec::new();
                if let Some(workspace) = &mut self.workspace {
                    workspace.command(ctx, other, appearance, &mut requests);
                }
                self.run_requests(ctx, requests);
            }
        }
    }

    fn switch_language(&mut self, ctx: &Context) {
        self.language = self.language.other();
        super::fonts::install(ctx, self.language);
        self.settings
            .set_chinese(self.language == UiLanguage::Chinese);
    }

    fn switch_theme(&mut self, ctx: &Context) {
        self.dark = !self.dark;
        self.settings.set_dark(self.dark);
        self.set_theme(ctx);
    }

    fn set_text_size(&mut self, size: f32) {
        self.settings.set_reading(Reading {
            size,
            ..self.settings.reading
        });
    }

    fn set_scale(&mut self, ctx: &Context, scale: UiScale) {
        self.settings.set_scale(scale);
        ctx.set_zoom_factor(self.settings.scale_percent.factor());
    }

    /// Opens a project whose key is known, or that has none; for reading only if another program has locked it.
    pub(super) fn open_again(&mut self, source: &Source) {
        let opened = match Session::open_source(source, Access::Write, (self.world)()) {
            Err(AppError::Store(StoreError::Locked(_))) => {
                Session::open_source(source, Access::Read, (self.world)())
            }
            opened => opened,
        };
        match opened {
            Ok(session) => self.show(session),
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Shows the open project as it was after a step, for reading.
    fn open_as_of(&mut self, step: EntryId) {
        let Some(source) = self.open_source() else {
            return;
        };
        let path = source.path().to_owned();
        match Session::open_as_of(&source, step, (self.world)()) {
            Ok(session) => {
                self.close_project();
                let place = self.settings.place(&path).cloned().unwrap_or_default();
                self.workspace = Some(Workspace::new(session, place, self.settings.panels));
            }
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Shows a backup of the open project, for reading.
    fn look_into(&mut self, backup: &Path) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        let opened = workspace
            .session
            .source_of_copy(backup)
            .map_err(AppError::from)
            .and_then(|source| Session::open_source(&source, Access::Read, (self.world)()));
        match opened {
            Ok(session) => self.show(session),
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Shows the open project as it is now again.
    fn open_now(&mut self) {
        if let Some(source) = self.open_source() {
            self.open_again(&source);
        }
    }

    pub(super) fn open_source(&self) -> Option<Source> {
        let workspace = self.workspace.as_ref()?;
        Some(workspace.session.source())
    }

    fn open_sample(&mut self) {
        let Some(folder) = sample::default_folder() else {
            let text = |language: UiLanguage| language.say(strings::NO_DATA_FOLDER).to_owned();
            self.notices.push(Notice::problem(text));
            return;
        };
        match sample::build(&folder, &*self.world) {
            Ok((path, _)) => self.open(&path),
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Shows a project at the place where it was left.
    fn show(&mut self, session: Session) {
        self.close_project();
        // Nothing of an encrypted project is kept beside it, not even its title.
        let title = if session.is_encrypted() {
            ""
        } else {
            session.project().title.as_str()
        };
        self.settings.opened(session.path(), title);
        let place = self
            .settings
            .place(session.path())
            .cloned()
            .unwrap_or_default();
        let mut workspace = Workspace::new(session, place, self.settings.panels);
        let drafts = self
            .settings
            .folder()
            .filter(|_| !workspace.session.is_encrypted())
            .map(|folder| Drafts::load(folder, workspace.session.path()));
        let waiting = self.safety.take_drafts(workspace.session.path());
        self.drafts = waiting.or(drafts).unwrap_or_default();
        self.notices.extend(workspace.restore(self.drafts.clone()));
        self.workspace = Some(workspace);
        self.keep_index();
        self.begin_safe();
    }

    /// Closes the project, if one is open.
    pub(super) fn close_project(&mut self) {
        // What is said of one project has no place in the next.
        self.notices.clear();
        self.keep_drafts();
        self.keep_place();
        if let Some(mut workspace) = self.workspace.take() {
            if workspace.session.is_encrypted() && workspace.session.as_of().is_none() {
                let path = workspace.session.path().to_owned();
                self.safety.keep_drafts(&path, workspace.drafts());
            }
            workspace.leave_import();
            // The log has it all; a checkpoint only makes the next opening faster.
            workspace.session.save_checkpoint().ok();
        }
    }
}

/// Returns the command whose keys, or whose button at the side of the mouse, were pressed and not taken by a panel.
pub(super) fn pressed(ctx: &Context) -> Option<Request> {
    for (button, command) in [
        (PointerButton::Extra1, Command::Back),
        (PointerButton::Extra2, Command::Forward),
    ] {
        if ctx.input(|input| input.pointer.button_pressed(button)) {
            return Some(Request::Command(command));
        }
    }
    own_keys::pressed(ctx, CommandScope::Everywhere).map(Request::Command)
}

/// Returns true if a request changes nothing but how the window looks.
pub(super) fn changes_only_the_look(request: &Request) -> bool {
    let look = [
        Command::SwitchLanguage,
        Command::SwitchTheme,
        Command::AllLarger,
        Command::AllSmaller,
        Command::AllReset,
    ];
    matches!(request, Request::Command(command) if look.contains(command))
}
