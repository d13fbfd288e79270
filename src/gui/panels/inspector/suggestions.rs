//! Suggestions: codes for sentences of the open document, with the words that support them and how often such suggestions are right.
//!
//! A suggestion is only an offer: nothing is coded until it is accepted.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Frame, Label, RichText, Role, Sense, Stroke, Ui, WidgetInfo};

use crate::{
    analysis::suggestion::{Quality, Suggestion},
    app::{
        Session,
        action::Action,
        jobs::{JobKind, Jobs, Task},
        search::suggestions::{Learnt, Suggested, is_coded, suggest},
    },
    gui::{
        command::Command,
        context::Cx,
        icons,
        panels::read::ReadPanel,
        request::Request,
        strings::{self, Text, UiLanguage},
        theme::{self, palette, small},
        typeset,
        widgets::{aside::AtRight, buttons, outline},
    },
    model::{
        coding::Origin,
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

use super::similar::SimilarPassages;

/// The most suggestions shown at once.
const MOST: usize = 30;

/// The passage and code of a suggestion.
type SuggestionKey = (DocumentId, TextRange, CodeId);

/// The suggestions for the open document, and the state of their list.
#[derive(Debug, Default)]
pub(in crate::gui) struct Suggestions {
    on: bool,
    pub(super) similar: SimilarPassages,
    learnt: Option<Arc<Learnt>>,
    /// The suggestions of the last job, and their document.
    made: Option<(DocumentId, Vec<(TextRange, Suggestion)>)>,
    /// The suggestions neither coded nor rejected yet, as indices.
    open: Vec<usize>,
    /// All suggestions, in the order in which they are shown.
    order: Vec<usize>,
    /// The revision for which `open` and `order` hold.
    followed: Option<u64>,
    /// True if they are in the order of the text; otherwise the likeliest is first.
    by_place: bool,
    rejected: BTreeSet<SuggestionKey>,
    chosen: Option<usize>,
    /// The request of the last job: the document, and whether the job had to learn first.
    asked: Option<(DocumentId, bool)>,
    /// The job that prepares them; its result is `None` if it was cancelled.
    task: Option<Task<Option<Suggested>>>,
}

impl Suggestions {
    /// Starts a job for the open document if suggestions are on and it has none yet.
    pub(in crate::gui) fn keep(
        &mut self,
        session: &Session,
        document: Option<DocumentId>,
        jobs: &mut Jobs,
    ) {
        let Some(document) = document.filter(|_| self.on) else {
            return;
        };
        // Suggestions are learnt from one coder's codings, so another coder needs others.
        let coder = session.coder();
        if self
            .learnt
            .as_ref()
            .is_some_and(|learnt| learnt.coder != coder)
        {
            (self.learnt, self.made) = (None, None);
        }
        let wanted = (document, self.learnt.is_none());
        if self
            .made
            .as_ref()
            .is_some_and(|(made, _)| *made == document)
            || self.task.is_some()
        {
            return;
        }
        // A request that has failed isn't repeated in every frame.
        if self.asked == Some(wanted) {
            return;
        }
        self.asked = Some(wanted);
        let (project, texts, learnt) = (
            Arc::clone(session.project()),
            Arc::clone(session.texts()),
            self.learnt.clone(),
        );
        self.task = Some(jobs.start(JobKind::Suggest, move |control| {
            suggest(&project, &texts, learnt, coder, document, control)
        }));
    }

    /// Shows the suggestions of the job, once it has ended; without any, suggestions are switched off.
    pub(in crate::gui) fn poll(&mut self) {
        let Some(result) = Task::take_finished(&mut self.task) else {
            return;
        };
        let Some(Suggested {
            learnt,
            document,
            list,
        }) = result.ok().flatten()
        else {
            (self.on, self.asked) = (false, None);
            return;
        };
        self.learnt = Some(learnt);
        (self.made, self.followed, self.chosen, self.asked) =
            (Some((document, list)), None, None, None);
    }

    /// Leaves out the suggestions that are coded by now or were rejected.
    fn follow(&mut self, session: &Session) {
        if self.followed == Some(session.revision()) {
            return;
        }
        self.followed = Some(session.revision());
        self.open.clear();
        let Some((id, list)) = &self.made else { return };
        let Some(document) = session.project().documents.get(id) else {
            return;
        };
        let coder = self.learnt.as_ref().and_then(|learnt| learnt.coder);
        let before = self
            .chosen
            .and_then(|chosen| self.order.iter().position(|at| *at == chosen));
        self.order = (0..list.len()).collect();
        if !self.by_place {
            // A stable sort: equally likely ones stay in the order of the text.
            self.order
                .sort_by(|a, b| list[*b].1.likelihood.total_cmp(&list[*a].1.likelihood));
        }
        self.open = self
            .order
            .iter()
            .copied()
            .filter(|at| {
                let (range, suggestion) = &list[*at];
                !self.rejected.contains(&(*id, *range, suggestion.code))
                    && !is_coded(document, *range, suggestion.code, coder)
            })
            .collect();
        // When the chosen one is done with, the one after it is chosen.
        if self
            .chosen
            .is_some_and(|chosen| !self.open.contains(&chosen))
        {
            let after = self
                .order
                .iter()
                .skip(before.unwrap_or(0))
                .copied()
                .find(|at| self.open.contains(at));
            self.chosen = after.or(self.open.last().copied());
        }
    }

    fn at(&self, at: usize) -> Option<(SuggestionKey, &Suggestion)> {
        let (document, list) = self.made.as_ref()?;
        let (range, suggestion) = list.get(at)?;
        Some(((*document, *range, suggestion.code), suggestion))
    }

    /// Runs a command; returns true if it concerns suggestions.
    pub(in crate::gui) fn command(&mut self, cx: &mut Cx<'_>, command: Command) -> bool {
        match command {
            Command::Suggest => self.switch(),
            Command::NextSuggestion | Command::PreviousSuggestion => {
                self.on = true;
                self.follow(cx.session);
                let at = self
                    .chosen
                    .and_then(|chosen| self.open.iter().position(|at| *at == chosen));
                let next = if command == Command::NextSuggestion {
                    self.open.get(at.map_or(0, |at| at + 1))
                } else {
                    at.and_then(|at| self.open.get(at.checked_sub(1)?))
                };
                if let Some(next) = next.copied() {
                    self.choose(cx, next);
                }
            }
            Command::AcceptSuggestion => {
                if let Some(key) = self.chosen.and_then(|at| self.at(at)).map(|(key, _)| key) {
                    cx.ask(accepted(key));
                }
            }
            Command::RejectSuggestion => {
                if let Some(key) = self.chosen.and_then(|at| self.at(at)).map(|(key, _)| key) {
                    self.reject(key);
                }
            }
            _ => return false,
        }
        true
    }

    /// Switches suggestions on or off.
    pub(in crate::gui) fn switch(&mut self) {
        self.on = !self.on;
        (self.asked, self.followed) = (None, None);
    }

    fn reject(&mut self, key: SuggestionKey) {
        self.rejected.insert(key);
        self.followed = None;
    }

    fn choose(&mut self, cx: &mut Cx<'_>, at: usize) {
        self.chosen = Some(at);
        if let Some(((document, range, _), _)) = self.at(at) {
            cx.ask(Request::OpenDocument(document, Some(range)));
        }
    }

    /// Returns true if suggestions are switched on.
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }

    /// The height of the suggestions at the foot of the inspector.
    pub(super) const fn height(&self) -> f32 {
        if self.on { 380.0 } else { 44.0 }
    }

    /// Shows the suggestions at the foot of the inspector.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, read: &ReadPanel) {
        ui.horizontal(|ui| {
            outline::section(ui, cx.language.say(strings::SUGGESTIONS));
            AtRight("tools of the suggestions").show(ui, |ui| {
                if self.on
                    && self.learnt.is_some()
                    && buttons::word(ui, cx.language.say(strings::LEARN_AGAIN)).clicked()
                {
                    (self.learnt, self.made, self.asked) = (None, None, None);
                }
                let name = cx.language.say(if self.on {
                    strings::SUGGESTIONS_OFF
                } else {
                    strings::SUGGESTIONS_ON
                });
                if buttons::word(ui, name).clicked() {
                    cx.ask(Request::Command(Command::Suggest));
                }
            });
        });
        if !self.on {
            return;
        }
        self.follow(cx.session);
        let Some(learnt) = &self.learnt else {
            ui.label(small(ui, cx.language.say(strings::LEARNING)));
            return;
        };
        ui.add(Label::new(small(ui, quality_line(&learnt.quality, cx.language))).wrap());
        if self.made.as_ref().map(|(document, _)| *document) != read.document() {
            ui.label(small(ui, cx.language.say(strings::LEARNING)));
            return;
        }
        if self.open.is_empty() {
            ui.add_space(6.0);
            ui.label(small(ui, cx.language.say(strings::NO_SUGGESTIONS)));
            return;
        }
        ui.add_space(4.0);
        let orders = [
            (false, cx.language.say(strings::BY_LIKELIHOOD)),
            (true, cx.language.say(strings::BY_PLACE)),
        ];
        if buttons::segmented(ui, &mut self.by_place, &orders) {
            self.followed = None;
        }
        ui.add_space(6.0);
        egui::ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| self.list_ui(ui, cx));
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let mut clicked = None;
        let mut rejected = None;
        let first = self
            .chosen
            .and_then(|chosen| self.open.iter().position(|at| *at == chosen))
            .unwrap_or(0)
            .saturating_sub(3);
        for at in self.open.iter().copied().skip(first).take(MOST) {
            let Some((key, suggestion)) = self.at(at) else {
                continue;
            };
            match card_ui(ui, cx, key, suggestion, self.chosen == Some(at)) {
                Some(SuggestionClick::Show) => clicked = Some(at),
                Some(SuggestionClick::Accept) => cx.ask(accepted(key)),
                Some(SuggestionClick::Reject) => rejected = Some(key),
                None => {}
            }
        }
        if self.open.len() > MOST {
            ui.label(small(ui, format!("+ {}", self.open.len() - MOST)));
        }
        rejected.into_iter().for_each(|key| self.reject(key));
        if let Some(at) = clicked {
            self.choose(cx, at);
        }
    }
}

fn accepted((document, range, code): SuggestionKey) -> Request {
    Request::edit(Action::ApplyCodes {
        passages: vec![(document, range)],
        codes: vec![code],
        about: Default::default(),
        origin: Origin::Suggestion,
    })
}

/// What the user did with a suggestion.
enum SuggestionClick {
    Show,
    Accept,
    Reject,
}

/// How often such suggestions are right, in one line.
fn quality_line(quality: &Quality, language: UiLanguage) -> String {
    if quality.folds == 0 {
        return language.say(strings::QUALITY_UNKNOWN).to_owned();
    }
    strings::quality_of_suggestions(
        language,
        quality.precision(),
        quality.first(),
        quality.baseline(),
        quality.folds,
    )
}

/// A button of a suggestion, named with its content for screen readers; returns true if it was clicked.
fn answer_ui(ui: &mut Ui, cx: &Cx<'_>, icon: &str, verb: Text, content: &str) -> bool {
    let verb = cx.language.say(verb);
    let button = ui.button(format!("{icon}  {verb}"));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{verb} {content}")));
    button.clicked()
}

/// A suggestion as a card: code, likelihood, words and reasons, with buttons to accept or reject it.
fn card_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    key: SuggestionKey,
    suggestion: &Suggestion,
    chosen: bool,
) -> Option<SuggestionClick> {
    let colors = palette(ui.visuals());
    let project = cx.project;
    let code = project.codebook.get(suggestion.code)?;
    let document = project.documents.get(&key.0)?;
    let content = cx.session.content(document).ok()?;
    let words = content
        .text
        .slice(key.1)
        .unwrap_or_default()
        .replace('\n', " ");
    let mut answer = None;
    let line = Stroke::new(1.0, if chosen { colors.accent } else { colors.line });
    let name = code.name.get(&cx.language.tag()).to_owned();
    let card = Frame::new()
        .fill(colors.page)
        .stroke(line)
        .corner_radius(8)
        .inner_margin(10)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                buttons::chip(ui, colors.code(code.hue));
                ui.add(Label::new(RichText::new(&name).font(theme::medium(13.0))).truncate());
                ui.label(small(ui, format!("{:.0} %", suggestion.likelihood * 100.0)));
            });
            let room = ui.available_width();
            let mut job = typeset::job(ui.ctx(), &words, theme::regular(13.0), colors.ink, room);
            job.wrap.max_rows = 2;
            ui.label(job);
            let because: Vec<&str> = suggestion
                .reasons
                .iter()
                .map(|(word, _)| word.as_str())
                .collect();
            ui.label(small(
                ui,
                format!(
                    "{} {}",
                    cx.language.say(strings::BECAUSE),
                    because.join(" · ")
                ),
            ));
            ui.horizontal(|ui| {
                let content = format!("{name}: {words}");
                if answer_ui(ui, cx, icons::CHECK, strings::ACCEPT, &content) {
                    answer = Some(SuggestionClick::Accept);
                }
                if answer_ui(ui, cx, icons::CLOSE, strings::REJECT, &content) {
                    answer = Some(SuggestionClick::Reject);
                }
            });
        });
    let response = card.response.interact(Sense::click());
    response.widget_info(|| {
        let says = strings::labelled(cx.language, &name, &words);
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, says)
    });
    if response.clicked() && answer.is_none() {
        answer = Some(SuggestionClick::Show);
    }
    ui.add_space(6.0);
    answer
}
