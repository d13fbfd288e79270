//! The window: it paints the project and translates gestures into requests.
//!
//! Panels get a context ([`context::Cx`]) to read from and to add requests to.
//! When a frame is painted, [`Gui`] runs its requests; those about the open project go to the [`workspace::Workspace`].

mod announcer;
mod cached;
mod clipboard;
mod command;
mod composing;
mod context;
mod dialogs;
mod dispatch;
mod dragging;
mod files;
mod fonts;
mod history;
mod icons;
mod input_queue;
mod key_names;
mod line_ends;
mod new_project;
mod notice;
mod own_keys;
mod panels;
mod request;
mod safety;
mod screenshot;
mod spoken_names;
mod strings;
mod system_viewer;
mod theme;
mod typeset;
mod widgets;
mod workspace;

use std::path::PathBuf;

use egui::{Context, Ui};

pub use crate::app::settings::View;
pub use crate::message::language::UiLanguage;

use crate::app::{
    Session,
    action::Action,
    drafts::Drafts,
    identity::Host,
    jobs::{Jobs, Task},
    search::index_cache::cache_folder,
    settings::{self, Settings},
};
use announcer::Announcer;
use clipboard::RichClipboard;
use context::Appearance;
use dialogs::{Dialogs, PickedFiles};
use notice::{Notice, Notices};
use own_keys::OwnKeys;
use panels::settings::{Look, SettingsPart};
use safety::Safety;
use screenshot::Screenshot;
use system_viewer::Viewer;
use workspace::Workspace;

/// What a window starts with.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The project to open.
    pub project: Option<PathBuf>,
    /// The page to show.
    pub view: Option<View>,
    /// The language, if it isn't the one of the user's settings.
    pub language: Option<UiLanguage>,
    /// Dark or light, if it isn't as in the user's settings.
    pub dark: Option<bool>,
    /// A query to search for.
    pub query: Option<String>,
    /// What to show: `page:CODE`, `edit:CODE`, `remove:CODE`, `merge:CODE>INTO`, `finder`, `keys`, `settings`, `typesetting`, `palette`, `coding`, `beside`, `suggestions:DOCUMENT`, `document:TITLE`, `erase:CASE`, `find:WORDS`, `replace:FROM>TO`, `replace-all:FROM>TO`, `project`, `phases`, `coders`, `attributes`, `import:PATH`, `placed-import:PATH`; on the search page see there.
    pub show: Option<String>,
    /// A folder for settings and caches, instead of the user's own.
    pub home: Option<PathBuf>,
    /// A file to write a picture of the window to, before the window closes.
    pub screenshot: Option<PathBuf>,
    /// The program that opens what is to be printed, if it isn't the system's.
    pub viewer: Option<PathBuf>,
}

/// The window's state.
pub struct Gui {
    world: Box<dyn Fn() -> Host>,
    settings: Settings,
    cache: Option<PathBuf>,
    language: UiLanguage,
    dark: bool,
    workspace: Option<Workspace>,
    jobs: Jobs,
    dialogs: Dialogs,
    /// The system's file dialogs that are open.
    browsing: Vec<Task<PickedFiles>>,
    /// Reports being written; they are told of even if their project is closed by then.
    reports: Vec<Task<Notice>>,
    /// What opens a page that is to be printed.
    viewer: Viewer,
    /// The part of the settings that is open.
    settings_part: Option<SettingsPart>,
    /// The folder of new projects where the settings name none.
    usual_projects: Option<PathBuf>,
    notices: Notices,
    announcer: Announcer,
    /// The system's clipboard; tests have none, or they would write over that of whoever runs them.
    clipboard: Option<RichClipboard>,
    screenshot: Option<Screenshot>,
    /// The title that the window has.
    title: String,
    /// The drafts as they are stored.
    drafts: Drafts,
    /// When they were last looked at, in the window's seconds.
    /// What keeps the project whole and private.
    safety: Safety,
    drafts_kept: f64,
    /// When the place of the work was last kept, in the window's seconds.
    place_kept: f64,
}

/// Seconds after which the place of the work is kept again.
const SECONDS_BETWEEN_PLACES: f64 = 10.0;

/// Seconds after which what isn't saved is kept again; a crash loses at most this much of it.
const SECONDS_BETWEEN_DRAFTS: f64 = 2.0;

/// What the window is called while no project is open.
const NAME: &str = "Tain";

/// The picture of the window where the desktop shows none of its own.
const ICON: &[u8] = include_bytes!("../../packaging/icons/tain-128.png");

/// Opens the window and runs it until it is closed.
///
/// # Errors
/// When no window can be opened here.
pub fn run(start: Start, world: impl Fn() -> Host + 'static) -> Result<(), eframe::Error> {
    // The desktop finds `packaging/tain.desktop`, and with it the window's name and icon, by the id.
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(NAME)
        .with_app_id("tain")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0]);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_native(
        "tain",
        options,
        Box::new(move |context| {
            let mut gui = Gui::new(&context.egui_ctx, start, Box::new(world));
            gui.clipboard = RichClipboard::open();
            Ok(Box::new(gui))
        }),
    )
}

impl Gui {
    /// Makes a window's state, and installs fonts and theme.
    pub fn new(ctx: &Context, start: Start, world: Box<dyn Fn() -> Host>) -> Self {
        theme::install(ctx);
        ctx.add_plugin(spoken_names::SpokenNames);
        ctx.add_plugin(input_queue::InputQueue::default());
        // Larger and smaller text are commands of ours.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let settings = Settings::load(start.home.clone().or_else(settings::folder));
        let home = start.home.as_ref();
        let usual_projects =
            home.map_or_else(settings::projects_folder, |home| Some(home.join("Tain")));
        let cache = start.home.or_else(cache_folder);
        let language = start.language.unwrap_or(if settings.chinese {
            UiLanguage::Chinese
        } else {
            UiLanguage::English
        });
        fonts::install(ctx, language);
        let dark = start.dark.unwrap_or(settings.dark);
        let waker = ctx.clone();
        let jobs = Jobs::new(move || waker.request_repaint());
        let screenshot = start.screenshot.map(Screenshot::new);
        let mut gui = Self {
            world,
            settings,
            cache,
            language,
            dark,
            workspace: None,
            jobs,
            dialogs: Dialogs::default(),
            browsing: Vec::new(),
            reports: Vec::new(),
            viewer: start
                .viewer
                .as_deref()
                .map_or_else(Viewer::of_system, Viewer::program),
            settings_part: None,
            usual_projects,
            notices: Notices::default(),
            announcer: Announcer::default(),
            clipboard: None,
            screenshot,
            title: NAME.to_owned(),
            drafts: Drafts::default(),
            safety: Safety::default(),
            drafts_kept: 0.0,
            place_kept: 0.0,
        };
        gui.dialogs.set_projects(gui.projects());
        gui.dialogs.set_coder(&gui.settings.coder);
        gui.set_theme(ctx);
        OwnKeys::read(&gui.settings.keys).install(ctx);
        ctx.set_zoom_factor(gui.settings.scale_percent.factor());
        if let Some(project) = start.project {
            gui.open(&project);
        }
        if let Some(workspace) = &mut gui.workspace {
            workspace.pages.view = start.view.unwrap_or(workspace.pages.view);
            workspace.pages.search.query = start.query.unwrap_or_default();
            if let Some(what) = &start.show {
                workspace.show(what, gui.language);
            }
        }
        match start.show.as_deref() {
            Some("backups") => gui.show_backups(),
            Some("protection") => gui.show_protection(),
            Some(what) => {
                if let Some(name) = what.strip_prefix("erase:") {
                    gui.show_erasure(name);
                }
            }
            None => {}
        }
        gui.settings_part = match start.show.as_deref() {
            Some("settings") => Some(SettingsPart::General),
            Some("typesetting") => Some(SettingsPart::Text),
            _ => None,
        };
        gui
    }

    /// The folder of new projects.
    fn projects(&self) -> Option<PathBuf> {
        self.settings
            .projects
            .clone()
            .or(self.usual_projects.clone())
    }

    /// Returns the open project, for tests.
    pub fn session(&self) -> Option<&Session> {
        self.workspace.as_ref().map(|workspace| &workspace.session)
    }

    /// Edits the open project as a gesture would; a refusal becomes a notice.
    pub fn act(&mut self, action: Action) {
        if let Some(workspace) = &mut self.workspace
            && let Err(error) = workspace.edit(action.clone())
        {
            self.failed(action, error);
        }
    }

    /// Paints a frame and runs its requests.
    pub fn frame(&mut self, ui: &mut Ui) {
        composing::keep_keys_out(ui.ctx());
        let mut requests = Vec::new();
        let language = self.language;
        match &mut self.workspace {
            None => panels::welcome::ui(ui, language, self.dark, &self.settings, &mut requests),
            Some(workspace) => {
                let appearance = Appearance {
                    language,
                    reading: self.settings.reading,
                };
                workspace.ui(ui, appearance, &self.jobs, &mut requests);
                let pressed = dispatch::pressed(ui.ctx());
                // The page of an import and dialogs cover the project, so its keys would change what isn't seen.
                let is_covered = workspace.is_importing() || widgets::dialog::is_open(ui.ctx());
                let counts = |request: &_| !is_covered || dispatch::changes_only_the_look(request);
                requests.extend(pressed.filter(counts));
            }
        }
        self.dialogs.ui(ui.ctx(), language, &mut requests);
        self.safety.ui(ui.ctx(), language, &mut requests);
        let look = Look {
            language,
            dark: self.dark,
            has_project: self.workspace.is_some(),
        };
        if let Some(part) = self.settings_part {
            let settings = &self.settings;
            self.settings_part =
                panels::settings::ui(ui.ctx(), part, look, settings, &mut requests);
        }
        widgets::dialog::give_keyboard_back(ui.ctx());
        let revision = self.session().map(Session::revision);
        panels::notices::ui(
            ui.ctx(),
            language,
            &mut self.notices,
            revision,
            &mut requests,
        );
        widgets::ring::show(ui.ctx());
        let ctx = ui.ctx().clone();
        self.run_requests(&ctx, requests);
        self.name_for_screen_readers(&ctx);
        let is_working = self.is_working();
        if let Some(screenshot) = &mut self.screenshot {
            screenshot.frame(&ctx, is_working);
        }
    }

    /// Names the window for screen readers, and says what was done.
    fn name_for_screen_readers(&mut self, ctx: &Context) {
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| {
            node.set_label(self.title.as_str());
        });
        let session = self.workspace.as_ref().map(|workspace| &workspace.session);
        self.announcer.frame(ctx, session, self.language);
    }

    /// Returns true while a job runs.
    pub fn is_working(&self) -> bool {
        !self.jobs.running().is_empty()
    }

    /// Does what is due before a frame: results of jobs, dropped files, new jobs.
    pub fn between_frames(&mut self, ctx: &Context) {
        self.poll_jobs();
        self.use_dropped_files(ctx);
        self.keep_index();
        if let Some(workspace) = &mut self.workspace {
            workspace.start_jobs(ctx, &mut self.jobs);
        }
        self.keep_title(ctx);
        self.keep_safe(ctx);
        // A crash loses at most this much of where the work was; the work itself is stored as it is done.
        let now = ctx.input(|input| input.time);
        if now - self.drafts_kept > SECONDS_BETWEEN_DRAFTS {
            self.drafts_kept = now;
            self.keep_drafts();
        }
        if now - self.place_kept > SECONDS_BETWEEN_PLACES {
            self.place_kept = now;
            self.keep_place();
        }
    }

    /// Follows the jobs that have ended; whoever started a job takes its result.
    fn poll_jobs(&mut self) {
        for kind in self.jobs.take_failures() {
            self.notices.push(Notice::problem(move |language| {
                let name = panels::status::job_name(kind, language);
                let name = name.unwrap_or(language.say(strings::OPEN));
                strings::labelled(language, name, language.say(strings::JOB_FAILED))
            }));
        }
        for picked in Task::drain_finished(&mut self.browsing)
            .into_iter()
            .flatten()
        {
            self.use_picked(picked);
        }
        let reports = Task::drain_finished(&mut self.reports);
        self.notices.extend(reports.into_iter().flatten());
        if let Some(workspace) = &mut self.workspace {
            self.notices.extend(workspace.poll_jobs());
        }
    }

    /// Names the project and the document that is read in the title, for lists of windows and screen readers.
    fn keep_title(&mut self, ctx: &Context) {
        let title = match &self.workspace {
            None => NAME.to_owned(),
            Some(workspace) => {
                let project = workspace.session.project();
                let document = workspace.shown_document();
                let parts = [
                    Some(project.title.as_str()),
                    document.map(|document| document.title.as_str()),
                    Some(NAME),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
            }
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Brings the search index up to the texts in a job, where it is behind.
    fn keep_index(&mut self) {
        if let Some(workspace) = &mut self.workspace {
            // What an index of an encrypted project holds would lie about in clear: it is kept in memory.
            let is_encrypted = workspace.session.is_encrypted();
            let cache = self.cache.as_deref().filter(|_| !is_encrypted);
            workspace.keep_index(&mut self.jobs, cache);
        }
    }

    /// Remembers where the work is in the open project.
    fn keep_place(&mut self) {
        if let Some(workspace) = &self.workspace
            && workspace.session.as_of().is_none()
        {
            self.settings.keep_panels(workspace.pages.beside.panels);
            self.settings
                .keep_place(workspace.session.path(), workspace.place());
        }
    }

    /// Keeps what isn't saved, where it has changed.
    fn keep_drafts(&mut self) {
        let (Some(workspace), Some(folder)) = (&self.workspace, self.settings.folder()) else {
            return;
        };
        // What is begun waits for the project of now.
        if workspace.session.as_of().is_some() || workspace.session.is_encrypted() {
            return;
        }
        let drafts = workspace.drafts();
        if drafts != self.drafts {
            drafts.keep(folder, workspace.session.path());
            self.drafts = drafts;
        }
    }

    fn set_theme(&self, ctx: &Context) {
        ctx.set_theme(if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
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
