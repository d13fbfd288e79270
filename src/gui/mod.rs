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
mod messages;
mod panels;
mod request;
mod strings;
mod theme;
mod widgets;

use std::{path::PathBuf, sync::Arc};

use egui::{Context, Key, KeyboardShortcut, Modifiers, Ui};

pub use strings::Tongue;

use crate::{
    app::{
        Session,
        finding::cache_folder,
        identity::World,
        jobs::Jobs,
        sample,
        settings::{self, Settings},
    },
    store::Access,
};
use desk::Desk;
use dialogs::Dialogs;
use messages::Message as _;
use request::{Brought, Request};

/// Which page of an open project is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The coding desk.
    Read,
    /// Query and concordance.
    Search,
    /// The table of themes.
    Themes,
    /// Families and persons.
    Cases,
}

/// What a window starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Project to open.
    pub project: Option<PathBuf>,
    /// Page to show.
    pub view: Option<View>,
    /// Language, where it isn't the user's setting.
    pub tongue: Option<Tongue>,
    /// Light or dark, where it isn't the user's setting.
    pub dark: Option<bool>,
    /// Query to search for.
    pub query: Option<String>,
    /// What to show of a code: `page:NAME`, `edit:NAME`, `remove:NAME` or `merge:NAME>INTO`.
    pub code: Option<String>,
    /// Folder for settings and caches, instead of the user's own.
    pub home: Option<PathBuf>,
    /// File to write a picture of the window to, before it closes.
    pub screenshot: Option<PathBuf>,
}

/// The window's state.
pub struct Gui {
    world: Box<dyn Fn() -> World>,
    settings: Settings,
    cache: Option<PathBuf>,
    tongue: Tongue,
    dark: bool,
    desk: Option<Desk>,
    jobs: Jobs<Brought>,
    dialogs: Dialogs,
    notices: Vec<String>,
    screenshot: Option<(PathBuf, u32)>,
}

/// Opens the window and runs it until it is closed.
///
/// # Errors
/// When no window can be opened here.
pub fn run(start: Start, world: impl Fn() -> World + 'static) -> Result<(), eframe::Error> {
    let viewport = egui::ViewportBuilder::default().with_title("Tain").with_inner_size([1440.0, 900.0]).with_min_inner_size([900.0, 600.0]);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    eframe::run_native("tain", options, Box::new(move |context| Ok(Box::new(Gui::new(&context.egui_ctx, start, Box::new(world))))))
}

impl Gui {
    /// A window's state, with fonts and theme installed.
    pub fn new(ctx: &Context, start: Start, world: Box<dyn Fn() -> World>) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        let settings = Settings::load(start.home.clone().or_else(settings::folder));
        let cache = start.home.or_else(cache_folder);
        let tongue = start.tongue.unwrap_or(if settings.chinese { Tongue::Chinese } else { Tongue::English });
        let dark = start.dark.unwrap_or(settings.dark);
        let waker = ctx.clone();
        let jobs = Jobs::new(move || waker.request_repaint());
        let screenshot = start.screenshot.map(|path| (path, 0));
        let mut gui =
            Self { world, settings, cache, tongue, dark, desk: None, jobs, dialogs: Dialogs::default(), notices: Vec::new(), screenshot };
        gui.set_theme(ctx);
        if let Some(project) = start.project {
            gui.open(&project);
        }
        if let Some(desk) = &mut gui.desk {
            desk.view = start.view.unwrap_or(desk.view);
            desk.search.query = start.query.unwrap_or_default();
            start.code.iter().for_each(|what| desk.show_code(what));
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
            self.notices.push(error.say(self.tongue));
        }
    }

    fn set_theme(&self, ctx: &Context) {
        ctx.set_theme(if self.dark { egui::Theme::Dark } else { egui::Theme::Light });
    }

    fn open(&mut self, path: &std::path::Path) {
        match Session::open(path, Access::Write, (self.world)()) {
            Ok(session) => self.show(session),
            Err(crate::app::AppError::Store(crate::store::StoreError::Locked(_))) => {
                match Session::open(path, Access::Read, (self.world)()) {
                    Ok(session) => self.show(session),
                    Err(error) => self.notices.push(error.say(self.tongue)),
                }
            }
            Err(error) => self.notices.push(error.say(self.tongue)),
        }
    }

    fn show(&mut self, session: Session) {
        self.settings.opened(session.file().path(), &session.project().title);
        self.desk = Some(Desk::new(session));
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
            Request::Create { path, title, coder } => self.create(&path, &title, &coder),
            Request::CloseProject => self.close_project(),
            Request::SwitchTongue => {
                self.tongue = self.tongue.other();
                self.settings.set_chinese(self.tongue == Tongue::Chinese);
            }
            Request::SwitchTheme => {
                self.dark = !self.dark;
                self.settings.set_dark(self.dark);
                self.set_theme(ctx);
            }
            Request::Ask(purpose) => self.dialogs.ask(purpose),
            Request::Browse(purpose) => dialogs::browse(&mut self.jobs, purpose),
            Request::Chosen(purpose, paths) => self.chosen(purpose, paths),
            Request::Dismiss => self.notices.clear(),
            Request::Cancel(job) => {
                for running in self.jobs.running().iter().filter(|running| running.number == job) {
                    running.control.cancel();
                }
            }
            Request::Desk(request::DeskRequest::Act(action)) => self.act(*action),
            Request::Desk(request) => {
                if let Some(desk) = &mut self.desk
                    && let Err(error) = desk.run(request)
                {
                    self.notices.push(error.say(self.tongue));
                }
            }
        }
    }

    fn open_sample(&mut self) {
        let Some(folder) = sample::default_folder() else {
            self.notices.push(self.tongue.say(strings::Text::NoDataFolder).to_owned());
            return;
        };
        match sample::build(&folder, &*self.world) {
            Ok((path, _)) => self.open(&path),
            Err(error) => self.notices.push(error.say(self.tongue)),
        }
    }

    fn create(&mut self, path: &std::path::Path, title: &str, coder: &str) {
        match Session::create(path, title, coder, (self.world)()) {
            Ok(session) => self.show(session),
            Err(error) => self.notices.push(error.say(self.tongue)),
        }
    }

    fn close_project(&mut self) {
        if let Some(mut desk) = self.desk.take() {
            // The log has it all; a checkpoint only makes the next opening faster.
            desk.session.save_checkpoint().ok();
        }
    }

    /// Paths were chosen by dialog, by typing or by dropping.
    fn chosen(&mut self, purpose: dialogs::Purpose, paths: Vec<PathBuf>) {
        use dialogs::Purpose;
        self.dialogs.close();
        match (purpose, &mut self.desk) {
            (Purpose::OpenProject, _) => paths.first().cloned().into_iter().for_each(|path| self.open(&path)),
            (Purpose::Transcripts, Some(_)) => desk::start_import(&mut self.jobs, paths),
            (Purpose::Codebook | Purpose::CaseSheet, Some(desk)) => {
                for path in paths {
                    match desk.take_sheet(purpose, &path, self.tongue) {
                        Ok(message) => self.notices.push(message),
                        Err(message) => self.notices.push(message),
                    }
                }
            }
            (Purpose::NewProject | Purpose::Transcripts | Purpose::Codebook | Purpose::CaseSheet, _) => {}
        }
    }

    fn dropped(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> = ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if paths.is_empty() {
            return;
        }
        let is_project = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "tain");
        let purpose = if paths.iter().all(is_project) { dialogs::Purpose::OpenProject } else { dialogs::Purpose::Transcripts };
        self.chosen(purpose, paths);
    }

    fn drain_jobs(&mut self) {
        for (name, brought) in self.jobs.finished() {
            match brought {
                Some(Brought::Picked(purpose, paths)) if paths.is_empty() => self.dialogs.ask(purpose),
                Some(Brought::Picked(purpose, paths)) => self.chosen(purpose, paths),
                Some(Brought::Read(read)) => {
                    if let Some(desk) = &mut self.desk {
                        self.notices.extend(desk.take_documents(*read, self.tongue));
                    }
                }
                Some(Brought::Indexed(index)) => {
                    if let Some(desk) = &mut self.desk {
                        desk.index = index.map(Arc::from);
                    }
                }
                None => self.notices.push(format!("{name}: {}", self.tongue.say(strings::Text::JobFailed))),
            }
        }
    }

    /// Writes a picture of the window when it has settled, then closes it.
    fn take_screenshot(&mut self, ctx: &Context) {
        let Some((path, frames)) = &mut self.screenshot else { return };
        *frames += 1;
        ctx.request_repaint();
        if *frames == 12 {
            let (path, closer) = (path.clone(), ctx.clone());
            ctx.request_screenshot(move |image| {
                let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(0));
                let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
                // Whoever asked for the picture sees that it isn't there.
                image::save_buffer(&path, &pixels, width, height, image::ColorType::Rgba8).ok();
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
        let tongue = self.tongue;
        match &mut self.desk {
            None => panels::welcome::ui(ui, tongue, self.dark, &self.settings, &mut requests),
            Some(desk) => {
                shortcuts(ui.ctx(), &mut requests);
                desk.ui(ui, tongue, self.dark, &self.jobs, &mut requests);
            }
        }
        self.dialogs.ui(ui.ctx(), tongue, &mut requests);
        panels::notices::ui(ui.ctx(), tongue, &self.notices, &mut requests);
        let ctx = ui.ctx().clone();
        self.run_requests(&ctx, requests);
        self.take_screenshot(&ctx);
    }
}

impl eframe::App for Gui {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.drain_jobs();
        self.dropped(ctx);
        self.keep_index();
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

/// Keys that work everywhere in an open project.
fn shortcuts(ctx: &Context, requests: &mut Vec<Request>) {
    use crate::app::action::Action;
    let pressed = |modifiers: Modifiers, key: Key| ctx.input_mut(|input| input.consume_shortcut(&KeyboardShortcut::new(modifiers, key)));
    let shift = Modifiers::COMMAND | Modifiers::SHIFT;
    if pressed(shift, Key::Z) || pressed(Modifiers::COMMAND, Key::Y) {
        requests.push(Request::act(Action::Redo));
    } else if pressed(Modifiers::COMMAND, Key::Z) {
        requests.push(Request::act(Action::Undo));
    }
    if pressed(Modifiers::COMMAND, Key::I) {
        requests.push(Request::Ask(dialogs::Purpose::Transcripts));
    }
    if pressed(Modifiers::COMMAND, Key::O) {
        requests.push(Request::Ask(dialogs::Purpose::OpenProject));
    }
    for (key, view) in [(Key::Num1, View::Read), (Key::Num2, View::Search), (Key::Num3, View::Themes), (Key::Num4, View::Cases)] {
        if pressed(Modifiers::ALT, key) {
            requests.push(Request::Desk(request::DeskRequest::Go(view)));
        }
    }
}
