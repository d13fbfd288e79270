//! The list of steps below their days, the latest first.

use std::sync::Arc;

use egui::{Key, Modifiers, Rect, RichText, Role, ScrollArea, Stroke, Ui, Vec2, WidgetInfo, pos2};

use super::{PastPanel, filter::Filter};
use crate::{
    app::history::{
        HistoryStep,
        moment::{day, time},
    },
    gui::{
        context::Cx,
        strings::{self, UiLanguage},
        theme::{self, palette},
        widgets::{
            buttons, dialog,
            keys::take_key,
            list_row::{elided, list_row},
        },
    },
    model::ids::EntryId,
};

const ROW: f32 = 30.0;

/// What is listed: a heading, or a step by its number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PastRow {
    Day(String),
    Step(usize),
}

impl PastPanel {
    pub(super) fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, steps: &[HistoryStep]) {
        let revision = self.steps.as_ref().map_or(0, |(revision, _)| *revision);
        let key = (revision, self.filter.clone(), cx.language);
        let rows = self.rows.get(key, |(_, filter, language)| {
            Arc::new(rows(steps, filter, *language))
        });
        let rows = Arc::clone(rows);
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
                        if step_row(ui, cx, step, self.chosen == Some(step.id)) {
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

/// The steps that a filter lets through below their days.
fn rows(steps: &[HistoryStep], filter: &Filter, language: UiLanguage) -> Vec<PastRow> {
    let mut rows = Vec::new();
    let mut today = String::new();
    for (at, step) in steps.iter().enumerate().rev() {
        if !filter.keeps(step, language) {
            continue;
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
fn step_row(ui: &mut Ui, cx: &Cx<'_>, step: &HistoryStep, chosen: bool) -> bool {
    let language = cx.language;
    let colors = palette(ui.visuals());
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = list_row(ui, size, chosen, 6.0);
    let middle = rect.center().y;
    let says = step.says(language);
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
    let column = |from: f32, to: f32, words: RichText| elided(ui, from, to, middle, words);
    column(left, left + 48.0, text(&clock).color(colors.ink_2));
    if let Some(coder) = step.coder {
        let dot = Rect::from_center_size(pos2(left + 60.0, middle), Vec2::splat(8.0));
        let hue = colors.code(cx.project.hue_of_coder(coder));
        ui.painter().circle_filled(dot.center(), 4.0, hue);
    }
    column(
        left + 70.0,
        left + 140.0,
        text(&step.by).color(colors.ink_2),
    );
    let is_wide = rect.width() > 620.0;
    // In a wide page where the step is, is told in full.
    let place = (rect.width() * 0.3).clamp(220.0, 560.0);
    let end = rect.right() - if is_wide { place } else { 8.0 };
    let ink = text(&says).color(colors.ink);
    column(left + 146.0, end - 8.0, struck(ink));
    let beside = match step.undone {
        Some(at) => strings::taken_back_at(language, &time(at)),
        None => step.place(language),
    };
    if is_wide {
        column(end, rect.right() - 8.0, text(&beside).color(colors.ink_2));
    }
    let name = [clock.as_str(), &step.by, &says, &beside].join(" ");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, name.trim()));
    response.clicked()
}
