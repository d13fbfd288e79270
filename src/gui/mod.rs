//! The window: paints and translates gestures, decides nothing.
//!
//! Panels get the project to read and a list to add requests to; [`Gui`] runs the requests when the frame is painted.

mod command;
mod composing;
mod desk;
mod dialogs;
mod dragging;
mod fonts;
mod icons;
mod panels;
mod request;
mod strings;
mod theme;
mod trail;
mod widgets;

use std::{path::PathBuf, sync::Arc};

use egui::{Context, PointerButton, Ui};

pub use crate::app::settings::View;
pub use crate::message::language::UiLanguage;
use crate::message::text::Text;

use crate::{
    app::{
        Session,
        identity::Host,
        import::ReadFailure,
        import::study::is_study,
        jobs::Jobs,
        sample,
        search::index_cache::cache_folder,
        settings::{self, Reading, Scale, Settings},
    },
    message::explain::Explain as _,
    store::Access,
};
use command::{Command, Place};
use desk::Desk;
use dialogs::Dialogs;
use request::{Brought, Request};

/// What a window starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Project to open.
    pub project: Option<PathBuf>,
    /// Page to show.
    pub view: Option<View>,
    /// Language, where it isn't the user's setting.
    pub language: Option<UiLanguage>,
    /// Light or dark, where it isn't the user's setting.
    pub dark: Option<bool>,
    /// Query to search for.
    pub query: Option<String>,
    /// What to show: `page:CODE`, `edit:CODE`, `remove:CODE`, `merge:CODE>INTO`, `finder`, `keys`, `typesetting`, `palette`, `coding`, `beside`, `suggestions:DOCUMENT`, `import:PATH`, `placed-import:PATH`; on the search page see there.
    pub show: Option<String>,
    /// Folder for settings and caches, instead of the user's own.
    pub home: Option<PathBuf>,
    /// File to write a picture of the window to, before it closes.
    pub screenshot: Option<PathBuf>,
}

/// The window's state.
pub struct Gui {
    world: Box<dyn Fn() -> Host>,
    settings: Settings,
    cache: Option<PathBuf>,
    language: UiLanguage,
    dark: bool,
    desk: Option<Desk>,
    jobs: Jobs<Brought>,
    dialogs: Dialogs,
    notices: Vec<String>,
    screenshot: Option<(PathBuf, u32)>,
    /// When the place of the work was last kept, in the window's seconds.
    place_kept: f64,
}

/// Seconds after which the place of the work is kept again.
const SECONDS_BETWEEN_PLACES: f64 = 10.0;

/// Opens the window and runs it until it is closed.
///
/// # Errors
/// When no window can be opened here.
pub fn run(start: Start, world: impl Fn() -> Host + 'static) -> Result<(), eframe::Error> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Tain")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0]);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_native(
        "tain",
        options,
        Box::new(move |context| {
            Ok(Box::new(Gui::new(
                &context.egui_ctx,
                start,
                Box::new(world),
            )))
        }),
    )
}

impl Gui {
    /// A window's state, with fonts and theme installed.
    pub fn new(ctx: &Context, start: Start, world: Box<dyn Fn() -> Host>) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        // Larger and smaller text are commands of ours.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let settings = Settings::load(start.home.clone().or_else(settings::folder));
        let cache = start.home.or_else(cache_folder);
        let language = start.language.unwrap_or(if settings.chinese {
            UiLanguage::Chinese
        } else {
            UiLanguage::English
        });
        let dark = start.dark.unwrap_or(settings.dark);
        let waker = ctx.clone();
        let jobs = Jobs::new(move || waker.request_repaint());
        let screenshot = start.screenshot.map(|path| (path, 0));
        let mut gui = Self {
            world,
            settings,
            cache,
            language,
            dark,
            desk: None,
            jobs,
            dialogs: Dialogs::default(),
            notices: Vec::new(),
            screenshot,
            place_kept: 0.0,
        };
        gui.set_theme(ctx);
        ctx.set_zoom_factor(gui.settings.scale_percent.factor());
        if let Some(project) = start.project {
            gui.open(&project);
        }
        if let Some(desk) = &mut gui.desk {
            desk.view = start.view.unwrap_or(desk.view);
            desk.search.query = start.query.unwrap_or_default();
            start
                .show
                .iter()
                .for_each(|what| desk.show(what, gui.language));
        }
        gui
    }

    /// The open project, for tests.
    pub fn session(&self) -> Option<&Session> {
        self.desk.as_ref().map(|desk| &desk.session)
    }

    /// Does an edit in the open project as a gesture would; what goes wrong becomes a notice.
    pub fn act(&mut self, action: crate::app::action::Action) {
        if let Some(desk) = &mut self.desk
            && let Err(error) = desk.run(request::DeskRequest::Act(Box::new(action)))
        {
            self.notices.push(error.say(self.language));
        }
    }

    fn set_theme(&self, ctx: &Context) {
        ctx.set_theme(if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
    }

    fn set_scale(&mut self, ctx: &Context, scale: Scale) {
        self.settings.set_scale(scale);
        ctx.set_zoom_factor(self.settings.scale_percent.factor());
    }

    fn open(&mut self, path: &std::path::Path) {
        match Session::open(path, Access::Write, (self.world)()) {
            Ok(session) => self.show(session),
            Err(crate::app::AppError::Store(crate::store::StoreError::Locked(_))) => {
                match Session::open(path, Access::Read, (self.world)()) {
                    Ok(session) => self.show(session),
                    Err(error) => self.notices.push(error.say(self.language)),
                }
            }
            Err(error) => self.notices.push(error.say(self.language)),
        }
    }

    fn show(&mut self, session: Session) {
        self.close_project();
        self.settings
            .opened(session.path(), &session.project().title);
        let place = self
            .settings
            .place(session.path())
            .cloned()
            .unwrap_or_default();
        self.desk = Some(Desk::new(session, place));
        self.keep_index();
    }

    /// Brings the index up to the texts in a job, where it is behind.
    fn keep_index(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.keep_index(&mut self.jobs, self.cache.as_deref());
        }
    }

    fn run_requests(&mut self, ctx: &Context, requests: Vec<Request>) {
        for request in requests {
            self.run_request(ctx, request);
        }
    }

    fn run_request(&mut self, ctx: &Context, request: Request) {
        match request {
            Request::Open(path) => self.open(&path),
            Request::OpenSample => self.open_sample(),
            Request::Create {
                path,
                title,
                coder,
                then,
            } => {
                self.create(&path, &title, &coder);
                if let Some((purpose, paths)) = then.filter(|_| self.desk.is_some()) {
                    self.chosen(purpose, paths);
                }
            }
            Request::CloseProject => self.close_project(),
            Request::SwitchTongue => {
                self.language = self.language.other();
                self.settings
                    .set_chinese(self.language == UiLanguage::Chinese);
            }
            Request::SwitchTheme => {
                self.dark = !self.dark;
                self.settings.set_dark(self.dark);
                self.set_theme(ctx);
            }
            Request::Ask(purpose) => self.dialogs.ask(purpose),
            // Where the system has no dialog for files, the one that asks has a field.
            Request::Browse(purpose) => dialogs::browse(&mut self.jobs, purpose),
            Request::Chosen(purpose, paths) => self.chosen(purpose, paths),
            Request::Dismiss => self.notices.clear(),
            Request::Cancel(job) => {
                for running in self
                    .jobs
                    .running()
                    .iter()
                    .filter(|running| running.number == job)
                {
                    running.control.cancel();
                }
            }
            Request::Command(command) => self.command(ctx, command),
            Request::SetReading(reading) => self.settings.set_reading(reading),
            Request::TakeImport => {
                if let Some(desk) = &mut self.desk {
                    self.notices
                        .extend(desk.take_import(self.language, &mut self.jobs));
                }
            }
            Request::LeaveImport => {
                if let Some(desk) = &mut self.desk {
                    desk.leave_import();
                }
            }
            Request::Desk(request::DeskRequest::Act(action)) => self.act(*action),
            Request::Desk(request::DeskRequest::Export(path)) => {
                self.desk
                    .iter_mut()
                    .for_each(|desk| desk.export(path.clone(), &mut self.jobs));
            }
            Request::TakeStudy => {
                let taken = self
                    .desk
                    .as_mut()
                    .map(|desk| desk.take_study(&mut self.jobs));
                self.notices.extend(
                    taken
                        .and_then(Result::err)
                        .map(|error| error.say(self.language)),
                );
            }
            Request::Desk(request) => {
                if let Some(desk) = &mut self.desk
                    && let Err(error) = desk.run(request)
                {
                    self.notices.push(error.say(self.language));
                }
            }
        }
    }

    /// Does what a command says.
    fn command(&mut self, ctx: &Context, command: Command) {
        use crate::app::action::Action;
        use dialogs::Purpose;
        let reading = self.settings.reading;
        match command {
            Command::Undo => self.act(Action::Undo),
            Command::Redo => self.act(Action::Redo),
            Command::NewProject => self.dialogs.ask(Purpose::NewProject),
            Command::OpenProject => self.dialogs.ask(Purpose::OpenProject),
            Command::CloseProject => self.close_project(),
            Command::ImportTranscripts => self.dialogs.ask(Purpose::Transcripts),
            Command::ImportCodebook => self.dialogs.ask(Purpose::Codebook),
            Command::ImportCases => self.dialogs.ask(Purpose::CaseSheet),
            Command::ImportProject => self.dialogs.ask(Purpose::OtherProject),
            Command::ExportMemos => self.dialogs.ask(Purpose::ExportMemos),
            Command::SwitchLanguage => self.run_request(ctx, Request::SwitchTongue),
            Command::SwitchTheme => self.run_request(ctx, Request::SwitchTheme),
            Command::TextLarger => self.settings.set_reading(Reading {
                size: reading.size + 1.0,
                ..reading
            }),
            Command::TextSmaller => self.settings.set_reading(Reading {
                size: reading.size - 1.0,
                ..reading
            }),
            Command::TextReset => self.settings.set_reading(Reading {
                size: Reading::default().size,
                ..reading
            }),
            Command::AllLarger | Command::AllSmaller => {
                self.set_scale(
                    ctx,
                    self.settings
                        .scale_percent
                        .stepped(command == Command::AllLarger),
                );
            }
            Command::AllReset => self.set_scale(ctx, Scale::USUAL),
            other => {
                let mut requests = Vec::new();
                if let Some(desk) = &mut self.desk {
                    desk.command(ctx, other, self.language, &mut requests);
                }
                self.run_requests(ctx, requests);
            }
        }
    }

    fn open_sample(&mut self) {
        let Some(folder) = sample::default_folder() else {
            self.notices
                .push(self.language.say(Text::NO_DATA_FOLDER).to_owned());
            return;
        };
        match sample::build(&folder, &*self.world) {
            Ok((path, _)) => self.open(&path),
            Err(error) => self.notices.push(error.say(self.language)),
        }
    }

    fn create(&mut self, path: &std::path::Path, title: &str, coder: &str) {
        match Session::create(path, title, coder, (self.world)()) {
            Ok(session) => self.show(session),
            Err(error) => self.notices.push(error.say(self.language)),
        }
    }

    fn close_project(&mut self) {
        self.keep_place();
        if let Some(mut desk) = self.desk.take() {
            desk.leave_import();
            // The log has it all; a checkpoint only makes the next opening faster.
            desk.session.save_checkpoint().ok();
        }
    }

    /// Remembers where the work is in the open project.
    fn keep_place(&mut self) {
        if let Some(desk) = &self.desk {
            self.settings.keep_place(desk.session.path(), desk.place());
        }
    }

    /// Paths were chosen by dialog, by typing or by dropping.
    fn chosen(&mut self, purpose: dialogs::Purpose, paths: Vec<PathBuf>) {
        use dialogs::Purpose;
        self.dialogs.close();
        match (purpose, &mut self.desk) {
            (Purpose::OpenProject, None) if paths.iter().any(|path| is_study(path)) => {
                self.dialogs.ask_new(Purpose::OtherProject, paths)
            }
            (Purpose::OpenProject, _) => paths
                .first()
                .cloned()
                .into_iter()
                .for_each(|path| self.open(&path)),
            (Purpose::OtherProject | Purpose::Transcripts, None) => self.begin_with(purpose, paths),
            (Purpose::Transcripts | Purpose::Codebook, Some(desk))
                if paths.first().is_some_and(|path| is_study(path)) =>
            {
                paths
                    .into_iter()
                    .next()
                    .into_iter()
                    .for_each(|path| desk.read_study(path, &mut self.jobs));
            }
            (Purpose::Transcripts, Some(desk)) => desk.start_import(paths),
            (Purpose::Codebook | Purpose::CaseSheet, Some(desk)) => {
                for path in paths {
                    match desk.take_sheet(purpose, &path, self.language) {
                        Ok(message) => self.notices.push(message),
                        Err(message) => self.notices.push(message),
                    }
                }
            }
            (Purpose::OtherProject, Some(desk)) => {
                paths
                    .into_iter()
                    .next()
                    .into_iter()
                    .for_each(|path| desk.read_study(path, &mut self.jobs));
            }
            (Purpose::Export(_), Some(desk)) => {
                paths
                    .into_iter()
                    .next()
                    .into_iter()
                    .for_each(|path| desk.export_to(&path, &mut self.jobs));
            }
            (Purpose::SaveAttachment(id), Some(desk)) => {
                self.notices.extend(
                    paths
                        .first()
                        .map(|path| desk.save_attachment(id, path, self.language)),
                );
            }
            (Purpose::ExportMemos, Some(desk)) => {
                self.notices.extend(
                    paths
                        .first()
                        .map(|path| desk.export_memos(path, self.language)),
                );
            }
            (Purpose::ExportFinding(what, tag), Some(desk)) => {
                self.notices.extend(
                    paths
                        .first()
                        .map(|path| desk.themes.export(path, what, tag, self.language)),
                );
            }
            (Purpose::Report, Some(desk)) => {
                let language = self.language;
                let written = paths
                    .first()
                    .map(|path| desk.write_report(path, language, &mut self.jobs));
                self.notices.extend(written.flatten());
            }
            (_, None) | (Purpose::NewProject, _) => {}
        }
    }

    /// Asks for a new project into which files come, where there is none that they could come into.
    fn begin_with(&mut self, purpose: dialogs::Purpose, paths: Vec<PathBuf>) {
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            self.notices
                .push(ReadFailure::Missing(missing.clone()).say(self.language));
            return;
        }
        if let Some(own) = paths.iter().find(|path| is_own(path)) {
            return self.open(own);
        }
        let other = paths.iter().any(|path| is_study(path));
        self.dialogs.ask_new(
            if other {
                dialogs::Purpose::OtherProject
            } else {
                purpose
            },
            paths,
        );
    }

    fn dropped(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .collect()
        });
        if paths.is_empty() {
            return;
        }
        let purpose = if paths.iter().all(|path| is_own(path)) {
            dialogs::Purpose::OpenProject
        } else {
            dialogs::Purpose::Transcripts
        };
        self.chosen(purpose, paths);
    }

    fn drain_jobs(&mut self) {
        for (name, brought) in self.jobs.finished() {
            match brought {
                Some(Brought::Picked(dialogs::Purpose::Export(_), paths)) if paths.is_empty() => {}
                Some(Brought::Picked(purpose, paths)) if paths.is_empty() => {
                    self.dialogs.ask(purpose)
                }
                Some(Brought::Picked(purpose, paths)) => self.chosen(purpose, paths),
                Some(Brought::Previewed(previewed)) => {
                    if let Some(desk) = &mut self.desk {
                        desk.preview(*previewed);
                    }
                }
                Some(Brought::Stored(stored)) => {
                    if let Some(desk) = &mut self.desk {
                        self.notices.extend(desk.stored(*stored, self.language));
                    }
                }
                Some(Brought::Exported(exported)) => {
                    if let Some(desk) = &mut self.desk {
                        self.notices
                            .extend(desk.show_exported(*exported, self.language));
                    }
                }
                Some(Brought::Study(None)) => {}
                Some(Brought::Study(Some(study))) => {
                    if let Some(desk) = &mut self.desk {
                        self.notices.extend(desk.show_study(*study, self.language));
                    }
                }
                Some(Brought::Indexed(index)) => {
                    if let Some(desk) = &mut self.desk {
                        desk.index = index.map(Arc::from);
                    }
                }
                Some(Brought::Suggested(suggested)) => {
                    if let Some(desk) = &mut self.desk {
                        desk.suggestions.take(suggested.map(|suggested| *suggested));
                    }
                }
                Some(Brought::Answered(answered)) => {
                    if let Some(desk) = &mut self.desk {
                        desk.search.take(*answered);
                    }
                }
                Some(Brought::Reported(line)) => self.notices.push(line),
                Some(Brought::Found(found)) => {
                    if let Some(desk) = &mut self.desk {
                        desk.themes.take(*found);
                    }
                }
                None => {
                    if let Some(desk) = self
                        .desk
                        .as_mut()
                        .filter(|_| matches!(name, "import" | "store"))
                    {
                        desk.end_import();
                    }
                    let named = panels::status::name_of(name, self.language).unwrap_or(name);
                    self.notices
                        .push(format!("{named}: {}", self.language.say(Text::JOB_FAILED)));
                }
            }
        }
    }

    /// Writes a picture of the window when it has settled, then closes it.
    fn take_screenshot(&mut self, ctx: &Context) {
        let Some((path, frames)) = &mut self.screenshot else {
            return;
        };
        // What jobs bring home is in the picture.
        *frames += u32::from(self.jobs.running().is_empty() || *frames == 0);
        ctx.request_repaint();
        if *frames == 12 {
            let (path, closer) = (path.clone(), ctx.clone());
            ctx.request_screenshot(move |image| {
                let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(0));
                let pixels: Vec<u8> = image
                    .pixels
                    .iter()
                    .flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()])
                    .collect();
                // Whoever asked for the picture sees that it isn't there.
                write_png(&path, &pixels, (width, height)).ok();
                closer.send_viewport_cmd(egui::ViewportCommand::Close);
                closer.request_repaint();
            });
        }
    }
}

impl Gui {
    /// Paints a frame and does what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        composing::keep_keys_out(ui.ctx());
        let mut requests = Vec::new();
        let language = self.language;
        match &mut self.desk {
            None => panels::welcome::ui(ui, language, self.dark, &self.settings, &mut requests),
            Some(desk) => {
                desk.ui(
                    ui,
                    (language, self.dark, self.settings.reading),
                    &self.jobs,
                    &mut requests,
                );
                // While an import is looked at, the keys of what lies below it don't count.
                let importing = desk.is_importing();
                requests.extend(
                    pressed(ui.ctx())
                        .filter(|request| !importing || changes_only_the_look(request)),
                );
            }
        }
        self.dialogs.ui(ui.ctx(), language, &mut requests);
        panels::notices::ui(ui.ctx(), language, &self.notices, &mut requests);
        widgets::ring::show(ui.ctx());
        let ctx = ui.ctx().clone();
        self.run_requests(&ctx, requests);
        self.take_screenshot(&ctx);
    }
}

impl Gui {
    /// What is done before a frame is painted: jobs come home and are sent out.
    pub fn between_frames(&mut self, ctx: &Context) {
        self.drain_jobs();
        self.dropped(ctx);
        self.keep_index();
        if let Some(desk) = &mut self.desk {
            desk.keep_answer(ctx, &mut self.jobs);
        }
        // A crash loses at most so much of where the work was; the work itself is stored as it is done.
        let now = ctx.input(|input| input.time);
        if now - self.place_kept > SECONDS_BETWEEN_PLACES {
            self.place_kept = now;
            self.keep_place();
        }
    }
}

impl eframe::App for Gui {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.between_frames(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.close_project();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// The command whose keys (or button at the mouse's side) were pressed and that no panel took; in a text field undo and redo are the field's own.
fn pressed(ctx: &Context) -> Option<Request> {
    for (button, command) in [
        (PointerButton::Extra1, Command::Back),
        (PointerButton::Extra2, Command::Forward),
    ] {
        if ctx.input(|input| input.pointer.button_pressed(button)) {
            return Some(Request::Command(command));
        }
    }
    let own = [Command::Undo, Command::Redo];
    if ctx.text_edit_focused()
        && own
            .iter()
            .flat_map(|command| command.shortcuts())
            .any(|keys| {
                ctx.input(|input| {
                    input.modifiers.matches_exact(keys.modifiers)
                        && input.key_pressed(keys.logical_key)
                })
            })
    {
        return None;
    }
    Command::pressed(ctx, Place::Everywhere).map(Request::Command)
}

/// Whether a path is, by its ending, a project of this program.
fn is_own(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|ending| ending == "tain")
}

/// Whether a command changes nothing but how the window looks.
fn changes_only_the_look(request: &Request) -> bool {
    let look = [
        Command::SwitchLanguage,
        Command::SwitchTheme,
        Command::AllLarger,
        Command::AllSmaller,
        Command::AllReset,
    ];
    matches!(request, Request::Command(command) if look.contains(command))
}

/// Writes a picture as small as it gets.
fn write_png(
    path: &std::path::Path,
    rgb: &[u8],
    (width, height): (u32, u32),
) -> image::ImageResult<()> {
    use image::{
        ImageEncoder as _,
        codecs::png::{CompressionType, FilterType, PngEncoder},
    };
    let file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    encoder.write_image(rgb, width, height, image::ExtendedColorType::Rgb8)
}
