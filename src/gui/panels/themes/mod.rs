//! Themes across families: every view of the codings as a table and as charts, whose every figure opens the passages behind it.
//!
//! What takes no longer than a frame is answered between two frames; the rest in a job, while the last answer stays.

mod controls;
mod export;
mod links;
mod passages;
mod pictures;
mod scales;

use std::{cell::OnceCell, sync::Arc};

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use crate::{
    analysis::{frequency::table::Segment, ledger::Ledger},
    app::{
        Session,
        jobs::{JobKind, Jobs, Task},
        search::smart_codes::Keeping,
    },
    gui::{
        context::Cx,
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        widgets::{
            aside::{Aside, AtRight},
            buttons,
            grid::TableGrid,
            outline,
        },
    },
    model::{Project, document::Document},
    picture::Picture,
    table::{Arrangement, CellRef, RowOrder, Table},
    views::{
        AnalysisView, Source, VIEWS, ViewEditor,
        control::{Control, ControlContext},
        finding::{Finding, GroupPair},
        settings::{QuestionSettings, ViewSettings},
        view_by_id,
    },
};
use controls::{StopWordEditor, controls_ui};
use passages::SummaryDraft;
use pictures::pictures_ui;

/// Codings of the largest project that is answered between two frames; a larger one is answered by a job.
const AT_ONCE: usize = 50_000;
/// The same for figures that the ledger counts, which is ten times as fast.
const AT_ONCE_BY_LEDGER: usize = 500_000;

/// The page of themes.
#[derive(Debug)]
pub(in crate::gui) struct ThemesPanel {
    view: &'static dyn AnalysisView,
    /// The view that the list was scrolled to.
    shown_view: &'static str,
    settings: ViewSettings,
    stop_words: StopWordEditor,
    /// Whether charts are shown in place of the table.
    charts: bool,
    /// The place whose passages are listed beside the table, in the rows and columns of the finding.
    chosen: Option<CellRef>,
    /// The last answer, shown until the next one is there.
    shown: Option<ShownAnswer>,
    /// The codings in the form that tables are counted from; it follows the project while the page is open.
    ledger: Ledger,
    /// The question that a job is answering.
    asked: Option<Asked>,
    task: Option<Task<Option<ShownAnswer>>>,
    display: Option<Display>,
    draft: Option<SummaryDraft>,
    scale: Option<scales::ScaleDraft>,
    opened: Option<OpenedPassages>,
}

impl Default for ThemesPanel {
    fn default() -> Self {
        Self {
            view: VIEWS[0],
            shown_view: VIEWS[0].id(),
            settings: ViewSettings::default(),
            stop_words: StopWordEditor::default(),
            charts: false,
            chosen: None,
            shown: None,
            ledger: Ledger::default(),
            asked: None,
            task: None,
            display: None,
            draft: None,
            scale: None,
            opened: None,
        }
    }
}

/// The passages behind a place of a finding.
#[derive(Debug)]
struct OpenedPassages {
    finding: Arc<dyn Finding>,
    at: CellRef,
    segments: Arc<Vec<Segment>>,
}

/// A question about a state of the project.
#[derive(Debug, Clone)]
struct Asked {
    view: &'static dyn AnalysisView,
    question: QuestionSettings,
    revision: u64,
}

impl Asked {
    /// Returns true if this is the question of a view at a revision.
    fn is(&self, view: &dyn AnalysisView, question: &QuestionSettings, revision: u64) -> bool {
        self.view.id() == view.id() && self.question == *question && self.revision == revision
    }

    /// Returns true if a place chosen in the answer to `other` is the same place in the answer to this.
    fn has_same_layout(&self, other: &Self) -> bool {
        self.view.id() == other.view.id() && self.question.has_same_layout(&other.question)
    }
}

/// An answer with what it answers.
#[derive(Debug, Clone)]
struct ShownAnswer {
    asked: Asked,
    /// The project that was counted: with smart codes, a copy.
    project: Arc<Project>,
    finding: Arc<dyn Finding>,
}

/// An answer as it is displayed, made again when the answer or one of the fields before `table` changes.
#[derive(Debug)]
struct Display {
    finding: Arc<dyn Finding>,
    language: UiLanguage,
    arrangement: Arrangement,
    compared: Option<GroupPair>,
    row: Option<usize>,
    /// The whole table, in the finding's order.
    table: Table,
    /// For each row of the grid, its number in the table.
    rows: Vec<usize>,
    /// For each column of the grid, its number in the table.
    columns: Vec<usize>,
    grid: TableGrid,
    /// The charts, made when they are first shown.
    pictures: OnceCell<Vec<Picture>>,
}

impl Display {
    fn pictures(&self, project: &Project) -> &[Picture] {
        self.pictures
            .get_or_init(|| self.finding.charts(project, self.language, self.row))
    }

    /// The place in the grid of a place in the table, unless it is hidden.
    fn in_grid(&self, at: CellRef) -> Option<CellRef> {
        Some(match at {
            CellRef::Cell(row, column) => CellRef::Cell(
                position_of(&self.rows, row)?,
                position_of(&self.columns, column)?,
            ),
            CellRef::Row(row) => CellRef::Row(position_of(&self.rows, row)?),
            CellRef::Column(column) => CellRef::Column(position_of(&self.columns, column)?),
        })
    }

    /// The place in the table of a place in the grid.
    fn in_table(&self, at: CellRef) -> CellRef {
        match at {
            CellRef::Cell(row, column) => CellRef::Cell(self.rows[row], self.columns[column]),
            CellRef::Row(row) => CellRef::Row(self.rows[row]),
            CellRef::Column(column) => CellRef::Column(self.columns[column]),
        }
    }
}

fn position_of(numbers: &[usize], number: usize) -> Option<usize> {
    numbers.iter().position(|own| *own == number)
}

/// The table of a finding, or that of the groups that are compared.
fn table_of(
    finding: &dyn Finding,
    project: &Project,
    compared: Option<GroupPair>,
    language: UiLanguage,
) -> Table {
    compared
        .and_then(|groups| finding.comparison(groups, language))
        .unwrap_or_else(|| finding.table(project, language))
}

impl ThemesPanel {
    /// Shows the view with an id, and its charts where `+charts` follows.
    pub(in crate::gui) fn start(&mut self, what: &str) {
        let (id, charts) = match what.strip_suffix("+charts") {
            Some(id) => (id, true),
            None => (what, false),
        };
        if let Some(view) = view_by_id(id) {
            self.view = view;
        }
        self.charts = charts;
    }

    /// Answers the question of the controls if it is another one than the last.
    pub(in crate::gui) fn keep_answer(&mut self, session: &Session, jobs: &mut Jobs) {
        let (view, question) = (self.view, &self.settings.question);
        if view.missing(session.project(), question).is_some() {
            (self.shown, self.asked) = (None, None);
            return;
        }
        let is_current = |asked: &Asked| asked.is(view, question, session.revision());
        if self.shown.iter().any(|shown| is_current(&shown.asked))
            || self.asked.iter().any(is_current)
        {
            return;
        }
        if let Some(task) = &self.task {
            // Nobody waits for the answer to the question before. The new one is asked when that job has ended.
            self.asked = None;
            task.cancel();
            return;
        }
        let asked = Asked {
            view,
            question: question.clone(),
            revision: session.revision(),
        };
        let project = if question.smart {
            session.with_smart_codes(Keeping::SmartAlone)
        } else {
            Arc::clone(session.project())
        };
        // The ledger follows the project itself, not a copy with smart codes.
        let by_ledger = !question.smart && view.is_counted_by_ledger(question);
        let most = if by_ledger {
            AT_ONCE_BY_LEDGER
        } else {
            AT_ONCE
        };
        if view.is_slow(question) || project.coding_count() > most {
            self.answer_by_job(asked, project, session, jobs);
        } else {
            self.answer_now(asked, project, session, by_ledger);
        }
    }

    fn answer_now(
        &mut self,
        asked: Asked,
        project: Arc<Project>,
        session: &Session,
        by_ledger: bool,
    ) {
        if by_ledger {
            self.ledger.follow(&project);
        }
        let load = |document: &Document| session.content(document).ok();
        let source = Source {
            ledger: by_ledger.then_some(&self.ledger),
            ..Source::new(&project, &load)
        };
        let finding = asked
            .view
            .answer(&asked.question, &source, &mut |_, _| true);
        if let Some(finding) = finding {
            self.show_answer(ShownAnswer {
                asked,
                project,
                finding,
            });
        }
    }

    fn answer_by_job(
        &mut self,
        asked: Asked,
        project: Arc<Project>,
        session: &Session,
        jobs: &mut Jobs,
    ) {
        let texts = Arc::clone(session.texts());
        self.asked = Some(asked.clone());
        self.task = Some(jobs.start(JobKind::Themes, move |control| {
            let load = |document: &Document| texts.content(document).ok();
            let finding = asked.view.answer(
                &asked.question,
                &Source::new(&project, &load),
                &mut |done, total| control.progress(done as u64, total as u64).is_ok(),
            );
            finding.map(|finding| ShownAnswer {
                asked,
                project,
                finding,
            })
        }));
    }

    /// Shows the answer of the job, once it has ended; a cancelled job has none.
    pub(in crate::gui) fn poll(&mut self) {
        if let Some(Ok(Some(answered))) = Task::take_finished(&mut self.task) {
            self.show_answer(answered);
        }
    }

    fn show_answer(&mut self, answered: ShownAnswer) {
        if let Some(before) = &self.shown
            && !before.asked.has_same_layout(&answered.asked)
        {
            self.chosen = None;
            // A sort by a column means nothing in other columns.
            self.settings.arrangement.rows = if self.settings.arrangement.columns_by_sum {
                RowOrder::Sum
            } else {
                RowOrder::Given
            };
        }
        self.asked = None;
        self.shown = Some(answered);
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        let side = Frame::new().fill(colors.panel).inner_margin(Margin {
            left: 10,
            right: 10,
            top: 18,
            bottom: 10,
        });
        Panel::left("views of themes")
            .resizable(false)
            .exact_size(176.0)
            .frame(side)
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| self.views_ui(ui, cx.language));
            });
        let aside = Aside::right("segments", 372.0, 260.0, 520.0);
        self.update_display(cx.language);
        let chosen = self.chosen.filter(|_| self.shown.is_some());
        let mut room = if chosen.is_some() {
            aside.page(ui)
        } else {
            // The same name as with the panel, or the table would forget how far it was scrolled.
            ui.new_child(egui::UiBuilder::new().id_salt(aside.page_salt()))
        };
        let page = Frame::new().fill(colors.page).inner_margin(Margin {
            left: 28,
            right: 16,
            top: 18,
            bottom: 8,
        });
        CentralPanel::default()
            .frame(page)
            .show(&mut room, |ui| self.page_ui(ui, cx));
        if let Some(chosen) = chosen {
            let side = Frame::new()
                .fill(colors.panel)
                .inner_margin(Margin::same(18));
            let dress = |panel: Panel| panel.frame(side);
            aside.show(ui, dress, |ui| self.passages_ui(ui, cx, chosen));
        }
    }

    /// The list of views.
    fn views_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.spacing_mut().item_spacing.y = 2.0;
        for view in VIEWS {
            let on = self.view.id() == view.id();
            let font = if on {
                theme::medium(13.0)
            } else {
                theme::regular(13.0)
            };
            let text = egui::RichText::new(language.say(view.name())).font(font);
            let button =
                egui::Button::selectable(on, text).min_size(egui::vec2(ui.available_width(), 28.0));
            let button = ui.add(button);
            if on && std::mem::replace(&mut self.shown_view, view.id()) != view.id() {
                button.scroll_to_me(Some(egui::Align::Center));
            }
            if button.clicked() && !on {
                self.view = view;
                self.chosen = None;
                self.draft = None;
            }
        }
    }

    /// Makes the table, the grid and the charts of the answer, unless those that are displayed are still the same.
    fn update_display(&mut self, language: UiLanguage) {
        let Some(shown) = &self.shown else {
            self.display = None;
            return;
        };
        let ViewSettings {
            arrangement,
            compared,
            ..
        } = self.settings;
        let row = self.chosen.and_then(CellRef::row);
        if let Some(display) = &self.display
            && Arc::ptr_eq(&display.finding, &shown.finding)
            && display.language == language
            && display.arrangement == arrangement
            && display.compared == compared
            && display.row == row
        {
            return;
        }
        let table = table_of(&*shown.finding, &shown.project, compared, language);
        let arranged = table.arranged(arrangement);
        self.display = Some(Display {
            finding: Arc::clone(&shown.finding),
            language,
            arrangement,
            compared,
            row,
            table,
            rows: arranged.rows,
            columns: arranged.columns,
            grid: TableGrid::new(arranged.table),
            pictures: OnceCell::new(),
        });
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let title = match &self.display {
            Some(display) if !display.table.title.is_empty() => display.table.title.clone(),
            _ => cx.language.say(strings::THEMES_TITLE).to_owned(),
        };
        ui.horizontal(|ui| {
            let forms = AtRight("views");
            let room = forms.room(ui);
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                outline::title(ui, title);
            });
            forms.show(ui, |ui| self.forms_ui(ui, cx));
        });
        ui.add_space(6.0);
        self.controls_ui(ui, cx);
        ui.add_space(6.0);
        let project = cx.project;
        if let Some(missing) = self.view.missing(project, &self.settings.question) {
            buttons::empty(ui, cx.language.say(missing));
        } else if project.coding_count() == 0 && self.view.needs_codings() {
            buttons::empty(ui, cx.language.say(strings::NO_CODINGS));
        } else {
            self.finding_ui(ui, cx.language);
        }
    }

    fn controls_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let groups = match &self.shown {
            Some(shown) => shown.finding.groups(cx.language),
            None => Vec::new(),
        };
        let controls = self.view.controls(
            &self.settings,
            &ControlContext {
                project: cx.project,
                groups: &groups,
                language: cx.language,
            },
        );
        let has_stop_words = controls
            .iter()
            .any(|control| matches!(control, Control::StopWords));
        controls_ui(
            ui,
            controls,
            &mut self.settings,
            &mut self.stop_words,
            cx.language,
        );
        if has_stop_words {
            self.stop_words.list_ui(ui, &mut self.settings, cx.language);
        }
        match self.view.editor() {
            Some(ViewEditor::Scales) => {
                scales::list_ui(ui, cx, &mut self.scale);
                scales::dialog_ui(ui.ctx(), cx, &mut self.scale);
            }
            Some(ViewEditor::Links) => links::link_ui(ui, cx),
            None => {}
        }
    }

    /// The answer: its notes at the foot of the page, and above them the table or the charts.
    fn finding_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        // Taken for as long as it is painted, since a click in the grid changes the panel.
        let Some((display, shown)) = self.display.take().zip(self.shown.clone()) else {
            buttons::empty(ui, language.say(strings::WORKING));
            return;
        };
        let is_empty = display.table.rows.is_empty();
        let notes = Frame::new().inner_margin(Margin {
            left: 0,
            right: 8,
            top: 6,
            bottom: 2,
        });
        let room = ui.available_height();
        let most = (room * 0.25).max(34.0);
        Panel::bottom("notes of themes")
            .resizable(false)
            .frame(notes)
            .show_separator_line(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                // The first note of an empty table says why it is empty, and is shown in its place.
                let notes = display.table.notes.iter().skip(usize::from(is_empty));
                let notes = std::iter::once(&display.table.rule).chain(notes);
                let notes: Vec<&String> = notes.filter(|note| !note.is_empty()).collect();
                let all = |ui: &mut Ui| {
                    // The table comes first, and its notes are scrolled where they are long.
                    ScrollArea::vertical()
                        .max_height(most)
                        .min_scrolled_height(most)
                        .auto_shrink([false, true])
                        .show(ui, |ui| {
                            for note in &notes {
                                ui.label(small(ui, *note));
                            }
                        });
                };
                if room >= LOW_PAGE {
                    all(ui);
                } else if !notes.is_empty() {
                    // In a low window there is no room for both.
                    let name = strings::n_notes(language, notes.len());
                    egui::CollapsingHeader::new(small(ui, name))
                        .id_salt("notes of themes")
                        .show(ui, all);
                }
            });
        match display.table.notes.first() {
            Some(why) if is_empty => {
                buttons::empty(ui, why);
            }
            _ if self.charts && !display.pictures(&shown.project).is_empty() => {
                let room = egui::vec2(ui.available_width() - 8.0, ui.available_height());
                // Sideways too: a chart of many codes would be too small to read at the width of the page.
                ScrollArea::both()
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        pictures_ui(ui, display.pictures(&shown.project), room);
                    });
            }
            _ => self.grid_ui(ui, &display),
        }
        self.display = Some(display);
    }

    /// The choice between table and charts, and the menu of files.
    fn forms_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((display, shown)) = self.display.as_ref().zip(self.shown.as_ref()) else {
            return;
        };
        if display.finding.has_charts() {
            buttons::segmented(
                ui,
                &mut self.charts,
                &[
                    (false, cx.language.say(strings::TABLE)),
                    (true, cx.language.say(strings::CHARTS)),
                ],
            );
        }
        ui.menu_button(cx.language.say(strings::EXPORT), |ui| {
            export::menu_ui(ui, cx, display.pictures(&shown.project).len());
        });
    }

    fn grid_ui(&mut self, ui: &mut Ui, display: &Display) {
        let chosen = self.chosen.and_then(|at| display.in_grid(at));
        let Some(clicked) = display.grid.ui(ui, chosen) else {
            return;
        };
        match display.in_table(clicked) {
            // The heads of a plain table sort it; those of a tinted one stand for all passages of a code.
            CellRef::Column(column) if !display.table.heat => self.sort_by(column),
            at => {
                self.chosen = Some(at);
                self.draft = None;
            }
        }
    }

    /// Sorts by a column: down, then up, then not at all.
    fn sort_by(&mut self, column: usize) {
        let rows = &mut self.settings.arrangement.rows;
        *rows = match *rows {
            RowOrder::Down(now) if now == column => RowOrder::Up(column),
            RowOrder::Up(now) if now == column => RowOrder::Given,
            _ => RowOrder::Down(column),
        };
    }
}

/// Below this height of the page, the notes of a table are folded.
const LOW_PAGE: f32 = 330.0;
