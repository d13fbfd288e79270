//! An open project in the window: its pages, their memory, and the way requests take to the session.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{CentralPanel, Context, Frame, Margin, Panel, Stroke, Ui, Window};

use super::{
    View,
    command::Command,
    dialogs::Purpose,
    panels::{
        self,
        cases::CasesPanel,
        codebook::{self, CodebookPanel},
        documents::DocumentsPanel,
        exchange::{Attachments, Incoming, Outgoing, Sets},
        finder::{self, Finder},
        importing::{ImportPanel, Previewed},
        inspector::Suggestions,
        keymap::KeyMap,
        memos::{MemosPanel, Writer},
        read::{ReadPanel, Scene},
        search::SearchPanel,
        speakers::Speakers,
        status,
        themes::ThemesPanel,
    },
    request::{Brought, DeskRequest, Request},
    strings::{Text, UiLanguage},
    theme::palette,
    trail::{Station, Trail},
    widgets::aside::Aside,
};
use crate::message::explain::Explain as _;
use crate::{
    analysis::tally::Tally,
    app::{
        AppError, Done, Session,
        action::Action,
        export::memos::{passage_of, write_memos},
        export::{ExportError, Exported},
        import::SheetError,
        import::study::{StudyError, StudyOptions, read_study},
        jobs::Jobs,
        sample,
        search::index_cache::build_index,
        session::commit_job::{Stored, Unstored},
        settings::{Place, Reading},
    },
    import::study::Study,
    model::{Project, coding::Origin, ids::AttachmentId, memo::Anchor},
    report::compose::ReportOptions,
    search::Index,
};

/// An open project and what the window remembers of it.
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) view: View,
    documents: DocumentsPanel,
    codebook: CodebookPanel,
    read: ReadPanel,
    pub(super) search: SearchPanel,
    pub(super) suggestions: Suggestions,
    /// The search index, as far as it is built.
    pub(super) index: Option<Arc<Index>>,
    indexed: Option<u64>,
    pub(super) themes: ThemesPanel,
    cases: CasesPanel,
    memos: MemosPanel,
    /// The memo being written.
    writer: Option<Writer>,
    finder: Option<Finder>,
    /// What the palette found lately.
    found: finder::Recent,
    keymap: Option<KeyMap>,
    speakers: Option<Speakers>,
    /// The transcripts that are looked at before they come in.
    importing: Option<ImportPanel>,
    typesetting: bool,
    /// Another program's project on its way in.
    incoming: Option<Incoming>,
    /// A project of another program that a window is to start with.
    asked_study: Option<PathBuf>,
    /// The export that is asked for.
    outgoing: Option<Outgoing>,
    sets: Option<Sets>,
    attachments: bool,
    /// The part of the page that F6 gave the keyboard to.
    part: usize,
    trail: Trail,
    tally: Tally,
    tallied: Option<u64>,
    /// The action that undo would take back.
    next_undo: Option<String>,
}

impl Desk {
    /// Shows a project where the work was in it, or at its first document.
    pub(super) fn new(mut session: Session, place: Place) -> Self {
        session.act_as_first();
        let mut desk = Self {
            session,
            view: place.view,
            documents: DocumentsPanel::default(),
            codebook: CodebookPanel::default(),
            read: ReadPanel::default(),
            search: SearchPanel::default(),
            suggestions: Suggestions::default(),
            index: None,
            indexed: None,
            themes: ThemesPanel::default(),
            cases: CasesPanel::default(),
            memos: MemosPanel::default(),
            writer: None,
            finder: None,
            found: finder::Recent::default(),
            keymap: None,
            speakers: None,
            importing: None,
            typesetting: false,
            incoming: None,
            asked_study: None,
            outgoing: None,
            sets: None,
            attachments: false,
            part: 0,
            trail: Trail::default(),
            tally: Tally::default(),
            tallied: None,
            next_undo: None,
        };
        if !desk.read.restore(desk.session.project(), place) {
            desk.read_first();
        }
        desk
    }

    /// Where the work is.
    pub(super) fn place(&self) -> Place {
        Place {
            view: self.view,
            ..self.read.place()
        }
    }

    /// Opens the first document, where none is open.
    fn read_first(&mut self) {
        if let Some(first) = self.session.project().documents_in_order().first() {
            self.read.open(first.id, None);
        }
    }

    /// Brings the counts up to the project, where it has changed.
    fn keep_tally(&mut self) {
        let revision = self.session.revision();
        if self.tallied != Some(revision) {
            self.tally.follow(self.session.project());
            self.next_undo = self.session.next_undo().map(str::to_owned);
            self.tallied = Some(revision);
        }
    }

    /// Shows what a window is to start with, as [`Start::show`](super::Start::show) names it.
    pub(super) fn show(&mut self, what: &str, language: UiLanguage) {
        match what {
            "finder" => {
                self.finder = Some(Finder::open(self.session.project(), language, &self.found))
            }
            "keys" => self.keymap = Some(KeyMap::default()),
            "typesetting" => self.typesetting = true,
            "speakers" => self.speakers = Some(Speakers::default()),
            "export" => self.outgoing = Some(Outgoing::new(language)),
            "sets" => self.sets = Some(Sets::default()),
            "attachments" => self.attachments = true,
            "palette" | "coding" | "correct" => self.read.show_first_coding(&self.session, what),
            "beside" => self.read.side_by_side(),
            what if what.starts_with("import:") => self.start_import(paths_of(what)),
            what if what.starts_with("study:") => {
                self.asked_study = paths_of(what).into_iter().next()
            }
            what if what.starts_with("placed-import:") => {
                self.importing = Some(ImportPanel::placed(paths_of(what)))
            }
            what if what.starts_with("suggestions") => {
                let title = what.split_once(':').map_or("", |(_, title)| title);
                if let Some(document) = self.session.project().document_by_title(title) {
                    self.read.open(document.id, None);
                }
                self.suggestions
                    .command(Command::Suggest, &self.session, &mut Vec::new());
            }
            what if self.view == View::Themes => self.themes.start(what),
            what if self.view == View::Search => self.search.start(self.session.project(), what),
            code => self.codebook.start(self.session.project(), code),
        }
    }

    /// Paints the page.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        (language, dark, reading): (UiLanguage, bool, Reading),
        jobs: &Jobs<Brought>,
        requests: &mut Vec<Request>,
    ) {
        self.read.set(reading);
        if let Some(finder) = &mut self.finder {
            finder.keys(ui.ctx());
        }
        self.keep_tally();
        let colors = palette(ui.visuals());
        let bar = |sides: Margin| {
            Frame::new()
                .fill(colors.panel)
                .inner_margin(sides)
                .stroke(Stroke::NONE)
        };
        if let Some(importing) = &mut self.importing {
            importing.ui(ui, &self.session, language, requests);
            return;
        }
        Panel::top("top")
            .exact_size(44.0)
            .frame(bar(Margin::symmetric(16, 0)))
            .show(ui, |ui| {
                panels::top::ui(
                    ui,
                    &self.session,
                    (self.view, self.trail.reaches()),
                    language,
                    dark,
                    requests,
                );
            });
        let status = Aside::below("status", 28.0);
        self.page_ui(&mut status.page(ui), language, requests);
        status.show(
            ui,
            |panel| panel.frame(bar(Margin::symmetric(16, 0))),
            |ui| {
                let open = self
                    .read
                    .document()
                    .filter(|id| self.session.project().documents.contains_key(id));
                let percent = open.map(|id| self.tally.percent_coded(id));
                let shown = status::Shown {
                    access: self.session.access(),
                    percent,
                    next_undo: self.next_undo.as_deref(),
                };
                panels::status::ui(ui, &shown, language, jobs, requests);
            },
        );
        self.windows_ui(ui.ctx(), language, reading, requests);
    }

    fn page_ui(&mut self, ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
        let colors = palette(ui.visuals());
        match self.view {
            View::Read => self.read_ui(ui, language, requests),
            View::Search => {
                let project = Arc::clone(self.session.project());
                let (revision, tally) = (self.session.revision(), &self.tally);
                let shown = codebook::Shown {
                    project: &project,
                    revision,
                    tally,
                    language,
                    selection: None,
                };
                self.search.ui(ui, &self.session, &shown, requests);
            }
            View::Memos => self.memos.ui(ui, &self.session, language, requests),
            View::Themes => self.themes.ui(ui, &self.session, language, requests),
            View::Cases => {
                let page = Frame::new()
                    .fill(colors.page)
                    .inner_margin(Margin::symmetric(28, 20));
                CentralPanel::default().frame(page).show(ui, |ui| {
                    self.cases
                        .ui(ui, self.session.project(), language, requests)
                });
            }
        }
    }

    /// The command palette, the key map and the window for how the text is set.
    fn windows_ui(
        &mut self,
        ctx: &Context,
        language: UiLanguage,
        reading: Reading,
        requests: &mut Vec<Request>,
    ) {
        if self
            .finder
            .as_mut()
            .is_some_and(|finder| !finder.ui(ctx, language, &mut self.found, requests))
        {
            self.finder = None;
            self.read.take_keyboard();
        }
        if self
            .keymap
            .as_mut()
            .is_some_and(|keymap| !keymap.ui(ctx, language, requests))
        {
            self.keymap = None;
        }
        let project = Arc::clone(self.session.project());
        let revision = self.session.revision();
        if self
            .speakers
            .as_mut()
            .is_some_and(|speakers| !speakers.ui(ctx, (&project, revision), language, requests))
        {
            self.speakers = None;
        }
        self.writer_ui(ctx, &project, language, requests);
        if self
            .incoming
            .as_mut()
            .is_some_and(|incoming| !incoming.ui(ctx, language, requests))
        {
            self.incoming = None;
        }
        if self
            .outgoing
            .as_mut()
            .is_some_and(|outgoing| !outgoing.ui(ctx, language, requests))
        {
            self.outgoing = None;
        }
        if self
            .sets
            .as_mut()
            .is_some_and(|sets| !sets.ui(ctx, &project, language, requests))
        {
            self.sets = None;
        }
        self.attachments = self.attachments && Attachments::ui(ctx, &project, language, requests);
        self.typesetting =
            self.typesetting && panels::typesetting::ui(ctx, language, reading, requests);
    }

    /// The window in which a new memo is written.
    fn writer_ui(
        &mut self,
        ctx: &Context,
        project: &Project,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        let Some(mut writer) = self.writer.take() else {
            return;
        };
        let mut stays = true;
        let window = Window::new(language.say(Text::MEMO))
            .id(egui::Id::unique("memo writer"))
            .collapsible(false)
            .default_width(460.0);
        let shown = window
            .open(&mut stays)
            .default_pos([420.0, 140.0])
            .show(ctx, |ui| writer.ui(ui, project, language, requests));
        if shown.and_then(|shown| shown.inner).unwrap_or(true) && stays {
            self.writer = Some(writer);
        }
    }

    /// Does what a command says, as far as it concerns the open project's pages.
    pub(super) fn command(
        &mut self,
        ctx: &Context,
        command: Command,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        if self.suggestions.command(command, &self.session, requests) {
            return;
        }
        match command {
            Command::GoRead => self.go(View::Read),
            Command::GoSearch => self.go(View::Search),
            Command::GoThemes => self.go(View::Themes),
            Command::GoCases => self.go(View::Cases),
            Command::GoMemos => self.go(View::Memos),
            Command::FindEverywhere => {
                self.go(View::Search);
                self.search.take_keyboard();
            }
            Command::Finder => {
                self.finder = Some(Finder::open(self.session.project(), language, &self.found))
            }
            Command::KeyMap => {
                self.keymap = if self.keymap.is_some() {
                    None
                } else {
                    Some(KeyMap::default())
                }
            }
            Command::Speakers => self.speakers = Some(Speakers::default()),
            Command::Export => self.outgoing = Some(Outgoing::new(language)),
            Command::Sets => self.sets = Some(Sets::default()),
            Command::Attachments => self.attachments = true,
            Command::ReadingSettings => self.typesetting = !self.typesetting,
            Command::Back | Command::Forward => self.travel(command == Command::Forward),
            Command::NextDocument | Command::PreviousDocument => {
                self.neighbour(command == Command::NextDocument, requests)
            }
            Command::FocusNext | Command::FocusPrevious => {
                self.next_part(command == Command::FocusNext)
            }
            reading => {
                let project = Arc::clone(self.session.project());
                let scene = Scene {
                    session: &self.session,
                    project: &project,
                    language,
                };
                self.read.command(reading, ctx, &scene, requests);
            }
        }
    }

    /// To the station before or after on the trail.
    fn travel(&mut self, forward: bool) {
        let here = self.station();
        let station = if forward {
            self.trail.forward(here)
        } else {
            self.trail.back(here)
        };
        let Some(Station {
            view,
            code,
            document,
            position,
        }) = station
        else {
            return;
        };
        self.view = view;
        self.codebook.close_page();
        let project = self.session.project();
        if let Some(code) = code.filter(|code| project.codebook.get(*code).is_some()) {
            self.codebook.open_page(code);
        }
        if let Some(document) = document.filter(|document| project.documents.contains_key(document))
            && (here.document, here.position) != (Some(document), position)
        {
            self.read.open_at(document, position);
        }
    }

    /// Where the work is, for the trail.
    fn station(&self) -> Station {
        Station {
            view: self.view,
            code: self.codebook.page(),
            document: self.read.document(),
            position: self.read.top(),
        }
    }

    /// Goes to another page, which the trail remembers.
    fn go(&mut self, view: View) {
        if self.view != view {
            self.trail.left(self.station());
            self.view = view;
        }
    }

    /// The document after (or before) the open one, in the order of the list.
    fn neighbour(&self, after: bool, requests: &mut Vec<Request>) {
        let order = self.documents.order();
        let at = self
            .read
            .document()
            .and_then(|open| order.iter().position(|id| *id == open));
        let next = match (at, after) {
            (Some(at), true) => order.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|before| order.get(before)),
            (None, _) => order.first(),
        };
        requests.extend(next.map(|id| Request::Desk(DeskRequest::OpenDocument(*id, None))));
    }

    /// Gives the keyboard to the next part of the page: text, documents, codes.
    fn next_part(&mut self, forward: bool) {
        self.view = View::Read;
        self.part = if forward {
            (self.part + 1) % 3
        } else {
            (self.part + 2) % 3
        };
        match self.part {
            0 => self.read.take_keyboard(),
            1 => self.documents.take_keyboard(),
            _ => self.codebook.take_keyboard(),
        }
    }

    fn read_ui(&mut self, ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
        let colors = palette(ui.visuals());
        let side = Frame::new().fill(colors.panel);
        let project = Arc::clone(self.session.project());
        let (revision, tally) = (self.session.revision(), &self.tally);
        // What is selected in a text that a code's page hides isn't acted on.
        let selection = self
            .read
            .selection()
            .filter(|_| !self.codebook.shows_page());
        let shown = codebook::Shown {
            project: &project,
            revision,
            tally,
            language,
            selection,
        };
        Panel::left("left")
            .default_size(280.0)
            .size_range(200.0..=420.0)
            .frame(side)
            .show(ui, |ui| {
                let height = ui.available_height();
                Panel::top("documents")
                    .resizable(true)
                    .default_size(height * 0.42)
                    .size_range(80.0..=height - 80.0)
                    .frame(side)
                    .show(ui, |ui| {
                        self.documents.ui(
                            ui,
                            (&project, revision),
                            tally,
                            self.read.document(),
                            language,
                            requests,
                        );
                    });
                CentralPanel::default()
                    .frame(side)
                    .show(ui, |ui| self.codebook.ui(ui, &shown, requests));
            });
        if !self.codebook.page_ui(ui, &self.session, &shown, requests) {
            let aside = Aside::right("inspector", 300.0);
            CentralPanel::default()
                .frame(Frame::new().fill(colors.page))
                .show(&mut aside.page(ui), |ui| {
                    self.read.ui(ui, &self.session, language, requests);
                });
            let dress = |panel: Panel| {
                panel
                    .size_range(220.0..=460.0)
                    .frame(side.inner_margin(Margin::same(16)))
            };
            aside.show(ui, dress, |ui| {
                panels::inspector::ui(
                    ui,
                    (&self.session, self.index.as_deref()),
                    (&mut self.read, &mut self.suggestions),
                    language,
                    requests,
                );
            });
        }
        self.codebook.windows_ui(ui.ctx(), &shown, requests);
    }

    /// Starts the job that brings the index up to the texts, where they have changed since it was last asked.
    pub(super) fn keep_index(&mut self, jobs: &mut Jobs<Brought>, cache: Option<&Path>) {
        let revision = self.session.revision();
        if self.indexed == Some(revision) || jobs.running().iter().any(|job| job.name == "index") {
            return;
        }
        self.indexed = Some(revision);
        let project = Arc::clone(self.session.project());
        if project.documents.is_empty()
            || self
                .index
                .as_ref()
                .is_some_and(|index| index.fits(&project))
        {
            return;
        }
        // The index has one writer: the window's handle goes before the job opens it.
        self.index = None;
        let (texts, path) = (
            Arc::clone(self.session.texts()),
            self.session.path().to_owned(),
        );
        let cache = cache.map(Path::to_owned);
        jobs.start("index", move |control| {
            Brought::Indexed(
                build_index(cache.as_deref(), &path, &project, &texts, control)
                    .ok()
                    .map(Box::new),
            )
        });
    }

    /// Has the questions of the open page answered, and suggestions made.
    pub(super) fn keep_answer(&mut self, ctx: &Context, jobs: &mut Jobs<Brought>) {
        if let Some(path) = self.asked_study.take() {
            self.read_study(path, jobs);
        }
        if let Some(importing) = &mut self.importing {
            importing.keep(ctx, &self.session, jobs);
            return;
        }
        if self.view == View::Read {
            self.suggestions
                .keep(&self.session, self.read.document(), jobs);
        }
        if self.view == View::Search {
            self.search
                .keep_answer(&self.session, self.index.as_ref(), jobs);
        }
        if self.view == View::Themes {
            self.themes.keep_answer(&self.session, jobs);
        }
    }

    /// Does what a panel asked for.
    pub(super) fn run(&mut self, request: DeskRequest) -> Result<(), AppError> {
        match request {
            DeskRequest::Act(action) => self.session.run(*action).map(|_done| ()),
            DeskRequest::Go(view) => {
                self.go(view);
                Ok(())
            }
            // It needs the jobs, which the window has.
            DeskRequest::Export(_) => Ok(()),
            DeskRequest::OpenDocument(document, range) => {
                let here = self.station();
                if here.view != View::Read
                    || here.code.is_some()
                    || here.document != Some(document)
                    || range.is_some()
                {
                    self.trail.left(here);
                }
                self.view = View::Read;
                self.codebook.close_page();
                self.read.open(document, range);
                Ok(())
            }
            DeskRequest::CodePage(code) => {
                if self.view != View::Read || self.codebook.page() != Some(code) {
                    self.trail.left(self.station());
                }
                self.view = View::Read;
                self.codebook.open_page(code);
                Ok(())
            }
            DeskRequest::UseCode(code) => match self.read.selection() {
                Some((document, range)) => self
                    .session
                    .run(Action::ApplyCodes {
                        passages: vec![(document, range)],
                        codes: vec![code],
                        origin: Origin::Hand,
                    })
                    .map(|_done| ()),
                None => self.run(DeskRequest::CodePage(code)),
            },
            DeskRequest::OpenCase(case) => {
                self.go(View::Cases);
                self.cases.choose(case);
                Ok(())
            }
            DeskRequest::OpenMemo(memo) => {
                self.go(View::Memos);
                self.memos.choose(memo);
                Ok(())
            }
            DeskRequest::AskKept(query) => {
                self.go(View::Search);
                if let Some(query) = self.session.project().queries.get(&query) {
                    self.search.ask_kept(query);
                }
                Ok(())
            }
            DeskRequest::EditMemo(memo) => {
                self.go(View::Memos);
                self.memos.edit(self.session.project(), memo);
                Ok(())
            }
            DeskRequest::WriteMemo(anchor) => {
                self.writer = Some(Writer::new(anchor));
                Ok(())
            }
            DeskRequest::OpenAnchor(anchor) => self.open_anchor(anchor),
            DeskRequest::TakeStarter(name) => match sample::codebooks()
                .into_iter()
                .find(|(own, _)| *own == name)
            {
                Some((name, bytes)) => match self.session.import_codebook(name, bytes.to_vec()) {
                    Ok(_) | Err(SheetError::Import(_)) => Ok(()),
                    Err(SheetError::App(error)) => Err(error),
                },
                None => Ok(()),
            },
            DeskRequest::ActAs(name) => {
                self.tallied = None;
                Ok(self.session.act_as(&name).map(|_coder| ())?)
            }
        }
    }

    /// Shows what a memo or link stands on.
    fn open_anchor(&mut self, anchor: Anchor) -> Result<(), AppError> {
        let passage = passage_of(self.session.project(), anchor);
        match anchor {
            Anchor::Document(document)
            | Anchor::Segment(document, _)
            | Anchor::Coding(document, _) => self.run(DeskRequest::OpenDocument(
                document,
                passage.map(|(_, range)| range),
            )),
            Anchor::Code(code) => self.run(DeskRequest::CodePage(code)),
            Anchor::Case(case) => self.run(DeskRequest::OpenCase(case)),
            Anchor::Memo(memo) => self.run(DeskRequest::OpenMemo(memo)),
            Anchor::Cell(..) => self.run(DeskRequest::Go(View::Themes)),
            Anchor::Project => Ok(()),
        }
    }

    /// Has a report written by a job, in the window's language; gives a line where it can't begin.
    pub(super) fn write_report(
        &self,
        path: &Path,
        language: UiLanguage,
        jobs: &mut Jobs<Brought>,
    ) -> Option<String> {
        let path = if path.extension().is_some() {
            path.to_owned()
        } else {
            path.with_extension("html")
        };
        let material = match self.session.report_material() {
            Ok(material) => material,
            Err(error) => return Some(error.say(language)),
        };
        jobs.start("report", move |control| {
            let written = material.write(
                &path,
                ReportOptions {
                    language,
                    with_names: false,
                },
                control,
            );
            Brought::Reported(match written {
                Ok(()) => format!("{}: {}", language.say(Text::THEMES_SAVED), path.display()),
                Err(error) => format!("{}: {error}", path.display()),
            })
        });
        None
    }

    /// Has another program's project read by a job.
    pub(super) fn read_study(&mut self, path: PathBuf, jobs: &mut Jobs<Brought>) {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        let options = StudyOptions {
            known: self.session.texts_for(&path),
            ..StudyOptions::default()
        };
        let job = jobs.start("import", move |control| {
            let study = read_study(&path, &options);
            // Nobody waits for a file any more that was given up.
            Brought::Study((!control.is_cancelled()).then(|| Box::new(study)))
        });
        self.incoming = Some(Incoming::reading(name, job));
    }

    /// Shows what a job has read; gives a line where it can't be read.
    pub(super) fn show_study(
        &mut self,
        study: Result<Study, StudyError>,
        language: UiLanguage,
    ) -> Option<String> {
        match study {
            Ok(study) => {
                // Without its dialog nobody waits for it any more.
                if let Some(incoming) = &mut self.incoming {
                    incoming.take(study);
                }
                None
            }
            Err(error) => {
                self.incoming = None;
                Some(error.say(language))
            }
        }
    }

    /// Takes the project of another program in that the dialog shows: a job stores it.
    pub(super) fn take_study(&mut self, jobs: &mut Jobs<Brought>) -> Result<(), AppError> {
        let Some(incoming) = &mut self.incoming else {
            return Ok(());
        };
        let Some(study) = incoming.hand_over() else {
            return Ok(());
        };
        match self
            .session
            .begin_study(study)
            .inspect_err(|_| self.incoming = None)?
        {
            (done, None) => self
                .incoming
                .iter_mut()
                .for_each(|incoming| incoming.taken(done.clone())),
            (done, Some(storing)) => {
                let job = jobs.start("store", move |control| {
                    Brought::Stored(Box::new(storing.store(control)))
                });
                self.incoming
                    .iter_mut()
                    .for_each(|incoming| incoming.storing(job.clone(), done.clone()));
            }
        }
        Ok(())
    }

    /// Has the export that the dialog asks for written by a job, to a path chosen in the system's dialog.
    pub(super) fn export_to(&mut self, path: &Path, jobs: &mut Jobs<Brought>) {
        if let Some(path) = self.outgoing.as_mut().map(|outgoing| outgoing.at(path)) {
            self.export(path, jobs);
        }
    }

    /// Has the export that the dialog asks for written by a job.
    pub(super) fn export(&mut self, path: PathBuf, jobs: &mut Jobs<Brought>) {
        let Some(wanted) = self.outgoing.as_ref().map(Outgoing::wanted) else {
            return;
        };
        let exporter = self.session.exporter();
        jobs.start("export", move |control| {
            Brought::Exported(Box::new(exporter.write(&path, &wanted, control)))
        });
    }

    /// Shows what came of an export; gives a line where it wasn't written, or nobody waits for it.
    pub(super) fn show_exported(
        &mut self,
        exported: Result<Exported, ExportError>,
        language: UiLanguage,
    ) -> Option<String> {
        match exported {
            Ok(done) => match &mut self.outgoing {
                Some(outgoing) => {
                    outgoing.take(done);
                    None
                }
                None => Some(format!(
                    "{}: {}",
                    language.say(Text::THEMES_SAVED),
                    done.path.display()
                )),
            },
            Err(error) => Some(error.say(language)),
        }
    }

    /// Writes an attached file to a place of its own; gives one line that says what came of it.
    pub(super) fn save_attachment(
        &self,
        id: AttachmentId,
        path: &Path,
        language: UiLanguage,
    ) -> String {
        match self.session.save_attachment(id, path) {
            Ok(()) => format!("{}: {}", language.say(Text::THEMES_SAVED), path.display()),
            Err(error) => error.say(language),
        }
    }

    /// Writes all memos to a file; gives one line that says what came of it.
    pub(super) fn export_memos(&self, path: &Path, language: UiLanguage) -> String {
        let path = if path.extension().is_some() {
            path.to_owned()
        } else {
            path.with_extension("md")
        };
        match write_memos(&self.session, &path, |_| true) {
            Ok(count) => format!(
                "{}: {count} {}",
                path.display(),
                language.say(Text::MEMOS_WRITTEN)
            ),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                format!("{}: {}", path.display(), language.say(Text::FILE_EXISTS))
            }
            Err(error) => format!("{}: {error}", path.display()),
        }
    }

    /// Takes in a codebook or a sheet; gives one line that says what came of it.
    pub(super) fn take_sheet(
        &mut self,
        purpose: Purpose,
        path: &Path,
        language: UiLanguage,
    ) -> Result<String, String> {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
        let done = match purpose {
            Purpose::Codebook => self.session.import_codebook(&name, bytes),
            _ => self.session.import_cases(&name, bytes, None, None, None),
        };
        done.map(|done| format!("{name}: {}", done.rows))
            .map_err(|error| error.say(language))
    }

    /// Shows files and folders on the page of an import; more of them join those that are there.
    pub(super) fn start_import(&mut self, paths: Vec<PathBuf>) {
        match &mut self.importing {
            Some(importing) => importing.add(paths),
            None => self.importing = Some(ImportPanel::new(paths)),
        }
    }

    /// Whether the page of an import is open.
    pub(super) fn is_importing(&self) -> bool {
        self.importing.is_some()
    }

    /// Leaves the page of an import; nothing comes in. While that is stored, the page stays until the job has ended.
    pub(super) fn leave_import(&mut self) {
        if let Some(importing) = &self.importing {
            importing.leave();
            if !importing.is_storing() {
                self.importing = None;
            }
        }
    }

    /// Closes the page or the dialog of an import whose job has failed.
    pub(super) fn end_import(&mut self) {
        (self.importing, self.incoming) = (None, None);
    }

    /// Shows what a job has read for the page of an import.
    pub(super) fn preview(&mut self, previewed: Previewed) {
        if self
            .importing
            .as_mut()
            .is_some_and(|importing| !importing.take(previewed))
        {
            self.importing = None;
        }
    }

    /// Takes in what the page of an import shows: a job stores it; gives what there is to say at once.
    pub(super) fn take_import(
        &mut self,
        language: UiLanguage,
        jobs: &mut Jobs<Brought>,
    ) -> Vec<String> {
        let Some(importing) = &mut self.importing else {
            return Vec::new();
        };
        let Some((documents, placing)) = importing.confirmed() else {
            return Vec::new();
        };
        let count = documents.len();
        match self.session.begin_documents(documents, &placing) {
            Ok((done, Some(storing))) => {
                let job = jobs.start("store", move |control| {
                    Brought::Stored(Box::new(storing.store(control)))
                });
                importing.store(job, done, count);
                Vec::new()
            }
            Ok((done, None)) => {
                self.importing = None;
                came_in(&done, count, language)
            }
            Err(error) => {
                self.importing = None;
                vec![error.say(language)]
            }
        }
    }

    /// Shows what a job has stored; gives a line for each file that isn't in as it was called.
    pub(super) fn stored(
        &mut self,
        stored: Result<Stored, Unstored>,
        language: UiLanguage,
    ) -> Vec<String> {
        let batch = self
            .importing
            .take()
            .and_then(|mut importing| importing.stored());
        let stored = match stored {
            Ok(stored) => stored,
            Err(unstored) => {
                self.incoming = None;
                return vec![AppError::from(unstored).say(language)];
            }
        };
        self.session.finish(stored);
        self.incoming.iter_mut().for_each(Incoming::stored);
        if self.read.document().is_none() {
            self.read_first();
        }
        batch
            .map(|(done, count)| came_in(&done, count, language))
            .unwrap_or_default()
    }
}

/// What came of an import: a line for each file that isn't in as it was called, and how many are.
fn came_in(done: &Done, count: usize, language: UiLanguage) -> Vec<String> {
    let mut lines: Vec<String> = done
        .known
        .iter()
        .map(|(file, title)| format!("{file}: {}", language.known_as(title)))
        .collect();
    lines.extend(
        done.left_out
            .iter()
            .map(|(file, title)| format!("{file}: {}", language.name_is_taken(title))),
    );
    lines.extend(
        done.retitled
            .iter()
            .map(|(file, title)| format!("{file} → {title}")),
    );
    lines.push(format!(
        "+ {}",
        language.n_documents(count - done.known.len() - done.left_out.len())
    ));
    lines
}

/// The path that stands behind the colon.
fn paths_of(what: &str) -> Vec<PathBuf> {
    what.split_once(':')
        .map(|(_, path)| PathBuf::from(path))
        .into_iter()
        .collect()
}
