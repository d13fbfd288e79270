//! The search page: a question, its answer as a concordance or a picture, and the coding of its hits.
//!
//! A job answers the question; until it has ended, the page shows the last answer.

mod coding;
mod elsewhere;
mod help;
mod hits;
mod pictures;
mod question;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Key, Margin, Modifiers, Ui};

use crate::message::explain::Explain as _;
use crate::{
    app::{
        Session,
        jobs::{JobKind, Jobs, Task},
        search::{ResultView, SearchAnswer, SearchError, SearchQuestion, SearchSource, answer},
    },
    gui::{
        context::Cx,
        request::Request,
        strings,
        theme::palette,
        widgets::{aside::Aside, buttons, dialog, keys::take_key},
    },
    model::{
        ids::{PhaseId, QueryId},
        query::QueryKind,
    },
    search::{
        Hit, Index,
        concordance::{GroupBy, SortBy},
    },
};
use coding::HitCoding;

/// The most hits that are listed; all are counted.
const LIMIT: usize = 200_000;

/// The state of the page.
#[derive(Debug)]
pub(in crate::gui) struct SearchPanel {
    pub(in crate::gui) query: String,
    mode: QueryMode,
    exact_forms: bool,
    /// True if AND over codes covers what either side covers, and not only what both do.
    union: bool,
    phase: Option<PhaseId>,
    not_coded: bool,
    /// Earlier queries; only turns that match them are searched.
    within: Vec<String>,
    group: GroupBy,
    sort: SortBy,
    sight: ResultView,
    window: usize,
    chosen: Option<Hit>,
    /// The hit to scroll to.
    reveal: bool,
    focused: bool,
    coding: Option<HitCoding>,
    help: bool,
    /// The name for saving the query, while it is typed.
    naming: Option<String>,
    /// The kept query that gets another name.
    renaming: Option<QueryId>,
    /// The last question that a job was started for, and the revision of the project.
    asked: Option<(SearchQuestion, u64)>,
    /// The job that answers it.
    task: Option<Task<Answered>>,
    found: Option<LastAnswer>,
}

/// How a query is read: as words, as literal text, as a pattern, or as codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QueryMode {
    Words,
    Literal,
    Pattern,
    Codes,
}

impl QueryMode {
    /// The kind of a saved query.
    const fn kind(self) -> QueryKind {
        match self {
            Self::Words => QueryKind::Words,
            Self::Literal => QueryKind::Literal,
            Self::Pattern => QueryKind::Pattern,
            Self::Codes => QueryKind::Codes,
        }
    }

    const fn of_kind(kind: QueryKind) -> Self {
        match kind {
            QueryKind::Words => Self::Words,
            QueryKind::Literal => Self::Literal,
            QueryKind::Pattern => Self::Pattern,
            QueryKind::Codes => Self::Codes,
        }
    }
}

/// The last answer.
#[derive(Debug)]
struct LastAnswer {
    question: SearchQuestion,
    answer: Result<SearchAnswer, SearchError>,
    lines: Vec<HitLine>,
}

/// A line of the concordance: the head of a group, or a hit of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HitLine {
    /// The group with this index.
    Head(usize),
    /// The group, and the hit within it.
    Hit(usize, usize),
}

impl HitLine {
    /// The hit of a line; heads have none.
    fn hit(self, answer: &SearchAnswer) -> Option<Hit> {
        match self {
            Self::Head(_) => None,
            Self::Hit(group, number) => answer.groups.get(group)?.hits.get(number).copied(),
        }
    }
}

/// The answer of a job, with the question it answers.
#[derive(Debug)]
struct Answered {
    question: SearchQuestion,
    answer: Result<SearchAnswer, SearchError>,
}

impl Default for SearchPanel {
    fn default() -> Self {
        Self {
            query: String::new(),
            mode: QueryMode::Words,
            exact_forms: false,
            union: false,
            phase: None,
            not_coded: false,
            within: Vec::new(),
            group: GroupBy::Family,
            sort: SortBy::Place,
            sight: ResultView::Hits,
            window: 5,
            chosen: None,
            reveal: false,
            focused: false,
            coding: None,
            help: false,
            naming: None,
            renaming: None,
            asked: None,
            task: None,
            found: None,
        }
    }
}

impl SearchPanel {
    /// Gives the keyboard to the query.
    pub(in crate::gui) fn take_keyboard(&mut self) {
        self.focused = false;
    }

    /// Shows what a window is to start with: `code:CODE`, `codes`, `tree`, `collocates`, `spread`, `elsewhere` or `help`.
    pub(in crate::gui) fn start(&mut self, project: &crate::model::Project, what: &str) {
        match what.split_once(':') {
            Some(("code", code)) => {
                self.coding = project.codebook.find(code).ok().map(HitCoding::with);
            }
            _ => match what {
                "tree" => self.sight = ResultView::Tree { before: false },
                "collocates" => self.sight = ResultView::Collocates,
                "spread" => self.sight = ResultView::Spread,
                "elsewhere" => self.sight = ResultView::Elsewhere,
                "help" => self.help = true,
                "codes" => self.mode = QueryMode::Codes,
                _ => {}
            },
        }
    }

    /// Starts a job for the present question if it differs from the last one and no job is running.
    pub(in crate::gui) fn keep_answer(
        &mut self,
        session: &Session,
        index: Option<&Arc<Index>>,
        jobs: &mut Jobs,
    ) {
        let Some(question) = self.question(session) else {
            (self.asked, self.found) = (None, None);
            return;
        };
        let now = (question, session.revision());
        if self.asked.as_ref() == Some(&now) {
            return;
        }
        if let Some(task) = &self.task {
            // Nobody waits for the answer to the earlier question; once its job has ended, the new one starts.
            self.asked = None;
            task.cancel();
            return;
        }
        let asked = SearchSource {
            project: Arc::clone(session.project()),
            texts: Arc::clone(session.texts()),
            index: index.cloned(),
        };
        let question = now.0.clone();
        self.asked = Some(now);
        self.task = Some(jobs.start(JobKind::Search, move |control| {
            let answer = answer(&asked, &question, control);
            Answered { question, answer }
        }));
    }

    /// Shows the answer of the job, once it has ended.
    pub(in crate::gui) fn poll(&mut self) {
        let Some(Ok(Answered { question, answer })) = Task::take_finished(&mut self.task) else {
            return;
        };
        if self
            .asked
            .as_ref()
            .is_none_or(|(asked, _)| *asked != question)
        {
            return;
        }
        let lines = answer.as_ref().map(lines).unwrap_or_default();
        if let (Some(coding), Ok(answer)) = (&mut self.coding, &answer) {
            coding.follow(&answer.proposals);
        }
        self.found = Some(LastAnswer {
            question,
            answer,
            lines,
        });
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        let aside = Aside::right("coding of hits", 372.0, 300.0, 560.0);
        let mut room = if self.coding.is_some() {
            aside.page(ui)
        } else {
            ui.new_child(egui::UiBuilder::new())
        };
        let page = Frame::new()
            .fill(colors.page)
            .inner_margin(Margin::symmetric(28, 18));
        CentralPanel::default()
            .frame(page)
            .show(&mut room, |ui| self.page_ui(ui, cx));
        if self.coding.is_some() {
            let side = Frame::new()
                .fill(colors.panel)
                .inner_margin(Margin::same(16));
            aside.show(ui, |panel| panel.frame(side), |ui| self.coding_ui(ui, cx));
        }
        self.help = self.help && help::ui(ui.ctx(), cx.language);
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let language = cx.language;
        self.question_ui(ui, cx);
        ui.add_space(10.0);
        if self.query.trim().is_empty() {
            buttons::empty(ui, language.say(strings::SEARCH_HINT));
            return;
        }
        let Some(found) = self.found.take() else {
            return;
        };
        match &found.answer {
            Err(error) => {
                ui.label(egui::RichText::new(error.say(language)).color(palette(ui.visuals()).bad));
            }
            Ok(answer) => self.answer_ui(ui, cx, &found, answer),
        }
        self.found = Some(found);
    }

    fn answer_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        found: &LastAnswer,
        answer: &SearchAnswer,
    ) {
        if answer.outcome.as_pinyin {
            ui.label(crate::gui::theme::small(
                ui,
                cx.language.say(strings::READ_AS_PINYIN),
            ));
        }
        let nothing = answer.outcome.total == 0 && answer.elsewhere.is_empty();
        if nothing {
            buttons::empty(
                ui,
                cx.language
                    .say(if found.question.view == ResultView::Elsewhere {
                        strings::NOTHING_FOUND
                    } else {
                        strings::NO_HITS
                    }),
            );
            return;
        }
        match found.question.view {
            ResultView::Hits if found.question.of_codes.is_some() => {
                self.passages_ui(ui, cx, found, answer);
            }
            ResultView::Hits => self.hits_ui(ui, cx, found, answer),
            ResultView::Tree { .. } => pictures::tree_ui(ui, &self.query, answer, cx.language),
            ResultView::Collocates => {
                if let Some(word) = pictures::collocates_ui(ui, answer, cx.language) {
                    self.query = format!("({}) \"{word}\"", self.query.trim());
                    self.sight = ResultView::Hits;
                }
            }
            ResultView::Spread => pictures::spread_ui(ui, cx, answer),
            ResultView::Elsewhere => elsewhere::ui(ui, cx, answer),
        }
    }

    /// Arrow keys walk through the hits, Enter opens one, C codes them as in a transcript.
    fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>, found: &LastAnswer, answer: &SearchAnswer) {
        if self.coding.as_ref().is_some_and(HitCoding::is_picking) {
            return;
        }
        let is_free = !ui.ctx().text_edit_focused() && !dialog::is_open(ui.ctx());
        if is_free && self.coding.is_none() && take_key(ui.ctx(), Modifiers::NONE, Key::C) {
            self.coding = Some(HitCoding::default());
            return;
        }
        let (down, up, enter) = ui.input(|input| {
            (
                input.key_pressed(Key::ArrowDown),
                input.key_pressed(Key::ArrowUp),
                input.key_pressed(Key::Enter),
            )
        });
        // An answer may have 200,000 lines, so they are searched only when a key asks for it.
        if !(down || up || enter) {
            return;
        }
        let at = self.chosen.and_then(|chosen| {
            found
                .lines
                .iter()
                .position(|line| line.hit(answer) == Some(chosen))
        });
        let next = if down {
            let after = at.map_or(0, |at| at + 1);
            found
                .lines
                .iter()
                .skip(after)
                .find_map(|line| line.hit(answer))
        } else if up {
            let before = at.unwrap_or(0);
            found.lines[..before]
                .iter()
                .rev()
                .find_map(|line| line.hit(answer))
        } else {
            None
        };
        if let Some(next) = next {
            (self.chosen, self.reveal) = (Some(next), true);
        } else if enter && let Some(hit) = self.chosen.filter(|_| at.is_some()) {
            cx.ask(Request::OpenDocument(hit.document, Some(hit.range)));
        }
    }
}

/// The lines of an answer's concordance.
fn lines(answer: &SearchAnswer) -> Vec<HitLine> {
    let mut lines = Vec::new();
    for (number, group) in answer.groups.iter().enumerate() {
        lines.push(HitLine::Head(number));
        lines.extend((0..group.hits.len()).map(|hit| HitLine::Hit(number, hit)));
    }
    lines
}
