//! The history of the project: every step in words, by day; what a chosen one changed, and taking it back.

mod step;

use std::sync::Arc;

use egui::{
    CentralPanel, ComboBox, Frame, Key, Margin, Modifiers, RichText, Role, ScrollArea, Stroke,
    TextEdit, Ui, Vec2, WidgetInfo,
};

use crate::{
    app::{
        AppError, Session,
        action_names::action_name,
        history::{
            HistoryStep, ToldChange, history_at,
            moment::{day, time},
        },
        jobs::{JobKind, Jobs, Task},
    },
    gui::{
        cached::Cached,
        context::Cx,
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        widgets::{
            aside::Aside,
            buttons, dialog,
            keys::take_key,
            list_row::{elided, list_row},
            outline,
        },
    },
    language::fold::fold,
    model::ids::EntryId,
};

const ROW: f32 = 30.0;

/// What is listed: a heading, or a step by its number.
#[derive(Debug, Clone, PartialEq)]
enum PastRow {
    Day(String),
    Step(usize),
}

type Read = Result<Vec<HistoryStep>, AppError>;

/// What the page remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct PastPanel {
    /// The steps, and the revision that they are of.
    steps: Option<(u64, Arc<Vec<HistoryStep>>)>,
    /// The job that reads them, and the revision that it reads.
    task: Option<Task<Read>>,
    asked: Option<u64>,
    /// The coder whose steps are listed; `None` for all.
    coder: Option<String>,
    words: String,
    rows: Cached<(u64, Option<String>, String, UiLanguage), Vec<PastRow>>,
    chosen: Option<EntryId>,
    changes: Cached<EntryId, Vec<ToldChange>>,
    reveal: bool,
}

impl PastPanel {
    /// Reads the history in a job, where the project has changed.
    pub(in crate::gui) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        let revision = session.revision();
        if self.asked == Some(revision) || self.task.is_some() {
            return;
        }
        self.asked = Some(revision);
        let path = session.path().to_owned();
        self.task = Some(jobs.start(JobKind::Search, move |_| history_at(&path)));
    }

    /// Takes over what the job has read; a history that can't be read is asked for again with the next change.
    pub(in crate::gui) fn poll(&mut self) {
        if let Some(Ok(Ok(steps))) = Task::take_finished(&mut self.task)
            && let Some(revision) = self.asked
        {
            self.steps = Some((revision, Arc::new(steps)));
        }
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        let steps = self.steps.as_ref().map(|(_, steps)| Arc::clone(steps));
        let aside = Aside::right("history step", 340.0);
        let page = Frame::new()
            .fill(colors.page)
            .inner_margin(Margin::symmetric(28, 20));
        CentralPanel::default()
            .frame(page)
            .show(&mut aside.page(ui), |ui| {
                outline::title(ui, cx.language.say(strings::HISTORY));
                let Some(steps) = &steps else {
                    buttons::empty(ui, cx.language.say(strings::WORKING));
                    return;
                };
                let says = strings::n_steps(cx.language, steps.len());
                ui.label(small(ui, says));
                ui.add_space(10.0);
                self.filters_ui(ui, cx);
                ui.add_space(8.0);
                self.list_ui(ui, cx, steps);
            });
        let side = Frame::new()
            .fill(colors.panel)
            .inner_margin(Margin::same(18));
        aside.show(
            ui,
            |panel| panel.size_range(260.0..=520.0).frame(side),
            |ui| self.step_ui(ui, cx, steps.as_ref().map(|steps| steps.as_slice())),
        );
    }

    /// Whose steps, and what to find in them.
    fn filters_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            let everyone = cx.language.say(strings::ALL_CODERS);
            let combo = ComboBox::from_id_salt("steps by")
                .selected_text(self.coder.as_deref().unwrap_or(everyone))
                .show_ui(ui, |ui| {
                    ui.selectable_value(&mut self.coder, None, everyone);
                    for coder in cx.project.coders.values() {
                        let name = Some(coder.name.clone());
                        ui.selectable_value(&mut self.coder, name, &coder.name);
                    }
                });
            let says = cx.language.say(strings::CODER);
            let combo = combo.response;
            combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, says));
            let name = cx.language.say(strings::FIND_IN_HISTORY);
            let field = TextEdit::singleline(&mut self.words).hint_text(name);
            let field = ui.add(field.desired_width(240.0));
            field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, name));
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, steps: &[HistoryStep]) {
        let revision = self.steps.as_ref().map_or(0, |(revision, _)| *revision);
        let key = (
            revision,
            self.coder.clone(),
            self.words.clone(),
            cx.language,
        );
        self.rows.refresh(key, |(_, coder, words, language)| {
            rows(steps, coder.as_deref(), words, *language)
        });
        let rows: Vec<PastRow> = self.rows.value().cloned().unwrap_or_default();
        if rows.is_empty() {
            buttons::empty(ui, cx.language.say(strings::NOTHING_FOUND));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let place = |id: EntryId| {
            rows.iter()
                .position(|row| matches!(row, PastRow::Step(at) if steps[*at].id == id))
        };
        let mut area = ScrollArea::vertical().auto_shrink([false, false]);
        if let Some(at) = self
            .chosen
            .and_then(place)
            .filter(|_| std::mem::take(&mut self.reveal))
        {
            #[expect(clippy::cast_precision_loss, reason = "the row of a list on screen")]
            let offset = (at as f32 - 6.0).max(0.0) * ROW;
            area = area.vertical_scroll_offset(offset);
        }
        let mut clicked = None;
        area.show_rows(ui, ROW, rows.len(), |ui, shown| {
            for row in rows.get(shown).unwrap_or_default() {
                match row {
                    PastRow::Day(day) => day_ui(ui, day),
                    PastRow::Step(at) => {
                        let step = &steps[*at];
                        if step_row(ui, step, self.chosen == Some(step.id), cx.language) {
                            clicked = Some(step.id);
                        }
                    }
                }
            }
        });
        self.chosen = clicked.or(self.chosen);
        self.keys(ui, &rows, steps);
    }

    /// Up and down choose the step above or below.
    fn keys(&mut self, ui: &Ui, rows: &[PastRow], steps: &[HistoryStep]) {
        if ui.ctx().text_edit_focused() || dialog::is_open(ui.ctx()) {
            return;
        }
        let pressed = |key| take_key(ui.ctx(), Modifiers::NONE, key);
        let forward = match (pressed(Key::ArrowDown), pressed(Key::ArrowUp)) {
            (true, _) => true,
            (_, true) => false,
            _ => return,
        };
        let listed: Vec<EntryId> = rows
            .iter()
            .filter_map(|row| match row {
                PastRow::Step(at) => Some(steps[*at].id),
                PastRow::Day(_) => None,
            })
            .collect();
        let at = self
            .chosen
            .and_then(|id| listed.iter().position(|other| *other == id));
        let next = match (at, forward) {
            (None, _) => Some(0),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        if let Some(id) = next.and_then(|at| listed.get(at)) {
            (self.chosen, self.reveal) = (Some(*id), true);
        }
    }
}

/// The steps that a filter lets through below their days, the latest first.
fn rows(
    steps: &[HistoryStep],
    coder: Option<&str>,
    words: &str,
    language: UiLanguage,
) -> Vec<PastRow> {
    let wanted = fold(words);
    let mut rows = Vec::new();
    let mut today = String::new();
    for (at, step) in steps.iter().enumerate().rev() {
        if coder.is_some_and(|coder| step.by != coder) {
            continue;
        }
        if !wanted.is_empty() {
            let said = format!(
                "{} {} {}",
                action_name(&step.action, language),
                step.what(language),
                step.place(language)
            );
            if !fold(&said).contains(&wanted) {
                continue;
            }
        }
        let day = day(step.stamp, language);
        if day != today {
            rows.push(PastRow::Day(day.clone()));
            today = day;
        }
        rows.push(PastRow::Step(at));
    }
    rows
}

fn day_ui(ui: &mut Ui, day: &str) {
    let colors = palette(ui.visuals());
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, day));
    let text = RichText::new(day)
        .font(theme::medium(11.5))
        .color(colors.ink_2);
    elided(ui, rect.left(), rect.right(), rect.bottom() - 11.0, text);
    let line = Stroke::new(1.0, colors.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 1.0, line);
}

/// A step in its line; returns true if it was clicked.
fn step_row(ui: &mut Ui, step: &HistoryStep, chosen: bool, language: UiLanguage) -> bool {
    let colors = palette(ui.visuals());
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = list_row(ui, size, chosen, 6.0);
    let middle = rect.center().y;
    let (what, place) = (step.what(language), step.place(language));
    let action = action_name(&step.action, language);
    let struck = |text: RichText| {
        if step.undone.is_some() {
            text.strikethrough().color(colors.ink_2)
        } else {
            text
        }
    };
    let text = |words: &str| RichText::new(words).font(theme::regular(13.0));
    let clock = time(step.stamp);
    let left = rect.left() + 8.0;
    elided(
        ui,
        left,
        left + 48.0,
        middle,
        text(&clock).color(colors.ink_2),
    );
    elided(
        ui,
        left + 52.0,
        left + 122.0,
        middle,
        text(&step.by).color(colors.ink_2),
    );
    let wide = rect.width() > 620.0;
    let end = if wide {
        rect.right() - 220.0
    } else {
        rect.right() - 8.0
    };
    let says = strings::labelled(language, action, &what);
    let says = if what.is_empty() {
        action.to_owned()
    } else {
        says
    };
    let ink = text(&says).color(colors.ink);
    elided(ui, left + 128.0, end - 8.0, middle, struck(ink));
    let beside = match step.undone {
        Some(at) => strings::taken_back_at(language, &time(at)),
        None => place.clone(),
    };
    if wide {
        elided(
            ui,
            end,
            rect.right() - 8.0,
            middle,
            text(&beside).color(colors.ink_2),
        );
    }
    let name = [clock.as_str(), &step.by, &says, &beside].join(" ");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, name.trim()));
    response.clicked()
}
