//! The workspace: an open project in the window, with its pages, its windows and its jobs.
//!
//! The pages and windows only read the project; [`Workspace::run`] is where their requests reach the session.

mod beside;
mod commands;
mod drafts;
mod exports;
mod imports;
mod navigation;
mod pages;
mod printing;
mod requests;
mod windows;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{Context, Frame, Margin, Panel, Role, Ui};

use super::{
    context::{Appearance, Cx},
    notice::Notice,
    panels::{self, importing::ImportPanel},
    request::Request,
    safety::damage_bar,
    strings,
    theme::palette,
    widgets::{aside::Aside, outline::landmark},
};
use crate::{
    analysis::tally::Tally,
    app::{
        Session,
        export::{ExportError, Exported},
        history::moment::{day, time},
        jobs::{JobKind, Jobs, Task},
        search::index_cache::build_index,
        settings::{Panels, View, WorkPlace},
    },
    model::{document::Document, ids::DocumentId, text::TextRange},
    search::Index,
};
use beside::Beside;
use pages::Pages;
use windows::Windows;

/// An open project and what the window remembers of it.
pub(super) struct Workspace {
    pub(super) session: Session,
    pub(super) pages: Pages,
    windows: Windows,
    /// The page of an import, which covers all others.
    import: Option<ImportPanel>,
    index: SearchIndex,
    counts: Counts,
    /// Another program's project that the window was started with; it is read when jobs can run.
    study_to_read: Option<PathBuf>,
    exports: Vec<Task<Result<Exported, ExportError>>>,
}

/// The search index and the job that builds it.
#[derive(Default)]
struct SearchIndex {
    index: Option<Arc<Index>>,
    task: Option<Task<Option<Index>>>,
    /// The revision for which the index was last looked at.
    revision: Option<u64>,
}

/// Counts of the project, prepared once for each revision.
#[derive(Default)]
struct Counts {
    tally: Tally,
    revision: Option<u64>,
    /// The name of the action that undo would take back.
    next_undo: Option<String>,
}

impl Counts {
    /// Updates the counts if the project has changed.
    fn follow(&mut self, session: &Session) {
        let revision = session.revision();
        if self.revision != Some(revision) {
            self.tally.follow(session.project());
            self.next_undo = session.next_undo().map(str::to_owned);
            self.revision = Some(revision);
        }
    }
}

impl Workspace {
    /// Shows a project where it was left, or at its first document.
    pub(super) fn new(mut session: Session, place: WorkPlace, panels: Panels) -> Self {
        session.act_as_first();
        // Whoever coded last goes on, unless they are gone.
        let coder = place.coder.and_then(|id| session.project().coders.get(&id));
        if let Some(name) = coder.map(|coder| coder.name.clone()) {
            session.act_as(&name).ok();
        }
        let mut pages = Pages {
            view: place.view,
            beside: Beside::new(panels),
            ..Pages::default()
        };
        if !pages.read.restore(session.project(), place) {
            pages.read_first(session.project());
        }
        Self {
            session,
            pages,
            windows: Windows::default(),
            import: None,
            index: SearchIndex::default(),
            counts: Counts::default(),
            study_to_read: None,
            exports: Vec::new(),
        }
    }

    /// Where the work is, to return there when the project is opened again.
    pub(super) fn place(&self) -> WorkPlace {
        WorkPlace {
            view: self.pages.view,
            coder: self.session.coder(),
            ..self.pages.read.place()
        }
    }

    /// The document that is read, if the page of reading is shown.
    pub(super) fn shown_document(&self) -> Option<&Document> {
        let id = self.pages.read.document()?;
        let document = self.session.project().documents.get(&id)?;
        (self.pages.view == View::Read).then_some(&**document)
    }

    /// Paints the project.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        appearance: Appearance,
        jobs: &Jobs,
        requests: &mut Vec<Request>,
    ) {
        let Self {
            session,
            pages,
            windows,
            import,
            index,
            counts,
            ..
        } = self;
        pages.read.set(appearance.reading);
        // The finder is painted last, but its keys must not reach the pages before it.
        windows.take_keys(ui.ctx());
        counts.follow(session);
        let selection = pages.selection();
        let cx = &mut context(session, counts, index, selection, appearance, requests);
        if let Some(import) = import {
            import.ui(ui, cx);
            return;
        }
        let bar = Frame::new()
            .fill(palette(ui.visuals()).panel)
            .inner_margin(Margin::symmetric(16, 0));
        Panel::top("top")
            .exact_size(44.0)
            .frame(bar)
            .show(ui, |ui| {
                landmark(ui, Role::Navigation, cx.language.say(strings::PAGES));
                panels::top::ui(ui, cx, pages.view, pages.history.reach());
            });
        as_of_ui(ui, cx);
        damage_bar(ui, cx);
        // The page comes first, so that Tab reaches the status bar last.
        let status = Aside::below("status", 28.0);
        pages.ui(&mut status.page(ui), cx);
        let document = pages.read.document();
        status.show(
            ui,
            |panel| panel.frame(bar),
            |ui| {
                landmark(ui, Role::ContentInfo, cx.language.say(strings::STATUS_BAR));
                panels::status::ui(ui, cx, jobs, document, counts.next_undo.as_deref());
            },
        );
        if windows.ui(ui.ctx(), cx) {
            pages.read.take_keyboard();
        }
        self.put_left_aside();
    }

    /// Follows the jobs that have ended; returns what there is to say about them.
    pub(super) fn poll_jobs(&mut self) -> Vec<Notice> {
        if let Some(built) = Task::take_finished(&mut self.index.task) {
            // Without an index, a search scans the texts.
            self.index.index = built.ok().flatten().map(Arc::new);
        }
        self.pages.suggestions.poll();
        self.pages.search.poll();
        self.pages.themes.poll();
        self.pages.past.poll();
        if let Some(again) = &mut self.windows.speakers_again {
            again.poll();
        }
        if let Some(question) = &mut self.windows.replacing {
            question.poll();
        }
        if let Some(pseudonyms) = &mut self.windows.pseudonyms {
            pseudonyms.poll();
        }
        let mut notices = self.poll_import();
        notices.extend(self.poll_study());
        notices.extend(self.poll_exports());
        notices
    }

    /// Starts the jobs that the open page needs.
    pub(super) fn start_jobs(&mut self, ctx: &Context, jobs: &mut Jobs) {
        if let Some(path) = self.study_to_read.take() {
            self.read_study(path, jobs);
        }
        if let Some(import) = &mut self.import {
            import.keep(ctx, &self.session, jobs);
            return;
        }
        if let Some(again) = &mut self.windows.speakers_again {
            again.keep(&self.session, jobs);
        }
        if let Some(question) = &mut self.windows.replacing {
            question.keep(&self.session, jobs);
        }
        if let Some(pseudonyms) = &mut self.windows.pseudonyms {
            pseudonyms.keep(&self.session, jobs);
        }
        let Pages {
            view,
            suggestions,
            search,
            themes,
            codebook,
            read,
            past,
            ..
        } = &mut self.pages;
        match view {
            View::Read => {
                suggestions.keep(&self.session, read.document(), jobs);
                codebook.keep(&self.session, jobs);
            }
            View::Search => search.keep_answer(&self.session, self.index.index.as_ref(), jobs),
            View::Themes => themes.keep_answer(&self.session, jobs),
            View::History => past.keep(&self.session, jobs),
            View::Cases | View::Memos => {}
        }
    }

    /// Starts the job that updates the index if the texts have changed.
    pub(super) fn keep_index(&mut self, jobs: &mut Jobs, cache: Option<&Path>) {
        let revision = self.session.revision();
        // The index has one writer, so a job for the project that was open before must end first.
        // The index is of the texts of now; as of then, searches scan the texts.
        if self.session.as_of().is_some() {
            return;
        }
        if self.index.revision == Some(revision) || jobs.is_running(JobKind::Index) {
            return;
        }
        self.index.revision = Some(revision);
        let project = Arc::clone(self.session.project());
        let fits = |index: &Arc<Index>| index.fits(&project);
        // An index that has words of deleted documents is brought up to date even if none are left.
        let is_needed = !project.documents.is_empty() || self.index.index.is_some();
        if !is_needed || self.index.index.as_ref().is_some_and(fits) {
            return;
        }
        // For the same reason the window's own handle is closed before the job opens the index.
        self.index.index = None;
        let texts = Arc::clone(self.session.texts());
        let path = self.session.path().to_owned();
        let cache = cache.map(Path::to_owned);
        self.index.task = Some(jobs.start(JobKind::Index, move |control| {
            build_index(cache.as_deref(), &path, &project, &texts, control).ok()
        }));
    }
}

/// Says that the project is shown as of a moment, with the way back.
fn as_of_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(moment) = cx.session.as_of() else {
        return;
    };
    let colors = palette(ui.visuals());
    let bar = Frame::new()
        .fill(colors.accent_soft)
        .inner_margin(Margin::symmetric(16, 6));
    Panel::top("as of").frame(bar).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let (day, time) = (day(moment, cx.language), time(moment));
            ui.label(strings::as_of(cx.language, &day, &time));
            if ui.button(cx.language.say(strings::BACK_TO_NOW)).clicked() {
                cx.ask(Request::OpenNow);
            }
        });
    });
}

/// Returns the context of the panels.
///
/// A function of the parts rather than a method, so that panels can be borrowed mutably beside it.
fn context<'a>(
    session: &'a Session,
    counts: &'a Counts,
    index: &'a SearchIndex,
    selection: Option<(DocumentId, TextRange)>,
    appearance: Appearance,
    requests: &'a mut Vec<Request>,
) -> Cx<'a> {
    let Appearance { language, .. } = appearance;
    Cx {
        session,
        project: session.project(),
        revision: session.revision(),
        tally: &counts.tally,
        index: index.index.as_deref(),
        selection,
        language,
        requests,
    }
}
