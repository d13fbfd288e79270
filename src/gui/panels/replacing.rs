//! The question before words are replaced in many places: where, and what becomes of the codings on them.

use egui::{Align, Context, Layout, RichText, ScrollArea, Stroke, TextFormat, Ui, text::LayoutJob};

use crate::{
    app::{
        AppError, Session,
        action::{Action, WordReplacement},
        edit::replace::{LabelChange, ReplacedPlace, ReplacementPreview, replacement_preview},
        jobs::{JobFailed, JobKind, Jobs, Task},
    },
    gui::{
        context::Cx,
        strings,
        theme::{self, palette, small},
        typeset,
        widgets::{buttons, dialog},
    },
    message::explain::Explain as _,
};

/// Most places that are listed; the figures count all.
const LISTED: usize = 200;

/// The open question, whose answer a job prepares.
#[derive(Debug)]
pub(in crate::gui) struct ReplaceQuestion {
    what: WordReplacement,
    looking: Option<Task<Result<ReplacementPreview, AppError>>>,
    found: Option<Result<ReplacementPreview, AppError>>,
    /// True once Cancel has been given the keyboard.
    begun: bool,
}

impl ReplaceQuestion {
    pub(in crate::gui) const fn new(what: WordReplacement) -> Self {
        Self {
            what,
            looking: None,
            found: None,
            begun: false,
        }
    }

    /// Starts the job that looks for the places.
    pub(in crate::gui) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        if self.looking.is_some() || self.found.is_some() {
            return;
        }
        let project = std::sync::Arc::clone(session.project());
        let texts = std::sync::Arc::clone(session.texts());
        let what = self.what.clone();
        self.looking = Some(jobs.start(JobKind::Replace, move |control| {
            replacement_preview(&project, &texts, &what, control)
        }));
    }

    /// Takes what the job has found.
    pub(in crate::gui) fn poll(&mut self) {
        if let Some(found) = Task::take_finished(&mut self.looking) {
            self.found = Some(found.unwrap_or_else(|JobFailed| Err(AppError::Cancelled)));
        }
    }

    /// Shows the question; returns true while it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = strings::replace_title(cx.language, &self.what.from, &self.what.to);
        let shown = dialog::question(ctx, "question before a replacement", &title, |ui| {
            ui.set_width(520.0_f32.min(ctx.content_rect().width() - 80.0));
            match &self.found {
                None => drop(ui.label(small(ui, cx.language.say(strings::LOOKING_FOR_PLACES)))),
                Some(Ok(found)) => found_ui(ui, cx, found, &self.what),
                Some(Err(error)) => {
                    let colors = palette(ui.visuals());
                    ui.label(RichText::new(error.say(cx.language)).color(colors.bad));
                }
            }
            ui.add_space(14.0);
            self.buttons_ui(ui, cx)
        });
        let answer = shown.inner;
        if answer == Some(true) {
            cx.edit(Action::ReplaceWords(Box::new(self.what.clone())));
        }
        let stays = answer.is_none() && !shown.should_close();
        if let Some(looking) = self.looking.as_ref().filter(|_| !stays) {
            looking.cancel();
        }
        stays
    }

    fn buttons_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<bool> {
        let row = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let can = matches!(self.found, Some(Ok(_)));
            let replace =
                can.then(|| buttons::primary(ui, cx.language.say(strings::REPLACE)).clicked());
            let cancel = ui.button(cx.language.say(strings::CANCEL));
            // Enter, meant for something else, would change too much: so the safe button has the keyboard.
            if !std::mem::replace(&mut self.begun, true) {
                cancel.request_focus();
            }
            match (replace, cancel.clicked()) {
                (Some(true), _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            }
        });
        row.inner
    }
}

/// The figures, and the places themselves.
fn found_ui(ui: &mut Ui, cx: &Cx<'_>, found: &ReplacementPreview, what: &WordReplacement) {
    let language = cx.language;
    let codings = found.codings;
    let codings = strings::correction(language, codings.resized, codings.removed, codings.memos);
    ui.label(strings::places_replaced(language, found));
    ui.label(RichText::new(codings).color(palette(ui.visuals()).ink_2));
    ui.label(RichText::new(language.say(strings::CAN_UNDO)).color(palette(ui.visuals()).ink_2));
    ui.add_space(8.0);
    let height = (ui.ctx().content_rect().height() - 360.0).clamp(80.0, 320.0);
    ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for label in found.labels.iter().take(LISTED) {
                label_ui(ui, cx, label);
            }
            let mut last = None;
            // What is said comes first: labels are the same in turn after turn.
            let (labels, said): (Vec<_>, Vec<_>) =
                found.places.iter().partition(|place| place.in_label);
            for place in said.iter().chain(&labels).take(LISTED) {
                if last.replace(place.document) != Some(place.document) {
                    ui.label(small(ui, title_of(cx, place.document)));
                }
                ui.label(place_job(ui, place, &what.to));
            }
            let more = found.places.len().saturating_sub(LISTED);
            if more > 0 {
                ui.label(small(ui, format!("+ {}", strings::grouped(more))));
            }
        });
}

fn title_of(cx: &Cx<'_>, document: crate::model::ids::DocumentId) -> String {
    let document = cx.project.documents.get(&document);
    document.map_or_else(String::new, |document| document.title.clone())
}

/// A speaker's label, before and after.
fn label_ui(ui: &mut Ui, cx: &Cx<'_>, label: &LabelChange) {
    let speaker = cx.language.say(strings::SPEAKER);
    let change = format!("{} → {}", label.from, label.to);
    let change = strings::labelled(cx.language, speaker, &change);
    ui.label(small(
        ui,
        format!("{}  ·  {change}", title_of(cx, label.document)),
    ));
}

/// The words around a place, those that go, and those that come.
fn place_job(ui: &Ui, place: &ReplacedPlace, to: &str) -> LayoutJob {
    let colors = palette(ui.visuals());
    let font = theme::regular(13.0);
    let plain = TextFormat::simple(font.clone(), colors.ink_2);
    let goes = TextFormat {
        strikethrough: Stroke::new(1.0, colors.ink_2),
        ..plain.clone()
    };
    let comes = TextFormat {
        background: colors.hit,
        ..TextFormat::simple(font, colors.ink)
    };
    let around = &place.context;
    let before = if around.left.is_empty() { "" } else { "…" };
    let parts = [
        (before, &plain),
        (&around.left, &plain),
        (&around.hit, &goes),
        (to, &comes),
        (&around.right, &plain),
        ("…", &plain),
    ];
    let shown: String = parts.iter().map(|(words, _)| *words).collect();
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let mut from = 0;
    for (words, format) in parts {
        let end = from + words.len();
        typeset::append(ui.ctx(), &mut job, &shown, from..end, format.clone());
        from = end;
    }
    job
}
