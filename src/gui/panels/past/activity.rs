//! The days at a glance: a bar for each, as high as there are steps; a click goes to the day.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::history::{HistoryStep, moment::day},
    gui::{
        strings::{self, UiLanguage},
        theme::palette,
    },
    model::ids::EntryId,
};

const HEIGHT: f32 = 24.0;
/// The widest a bar gets, and what is free between two.
const WIDEST: f32 = 10.0;
const GAP: f32 = 2.0;
/// The most days that are shown; earlier ones are in the list.
const MOST: usize = 160;

/// The steps of a day on which something was done.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Day {
    name: String,
    steps: usize,
    last: EntryId,
}

/// The days on which something was done, the latest ones if there are too many.
pub(super) fn days(steps: &[HistoryStep], language: UiLanguage) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for step in steps {
        let name = day(step.stamp, language);
        match days.last_mut().filter(|day| day.name == name) {
            Some(day) => (day.steps, day.last) = (day.steps + 1, step.id),
            None => days.push(Day {
                name,
                steps: 1,
                last: step.id,
            }),
        }
    }
    days.split_off(days.len().saturating_sub(MOST))
}

/// Shows the bars of a project with several days; returns the last step of a day that was clicked.
pub(super) fn ui(ui: &mut Ui, language: UiLanguage, days: &[Day]) -> Option<EntryId> {
    let most = days.iter().map(|day| day.steps).max()?;
    if days.len() < 2 {
        return None;
    }
    ui.add_space(6.0);
    let colors = palette(ui.visuals());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    #[expect(clippy::cast_precision_loss, reason = "at most as many days as fit")]
    let pitch = (rect.width() / days.len() as f32).min(WIDEST + GAP);
    let mut clicked = None;
    for (at, day) in days.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "heights of bars")]
        let (left, share) = (
            rect.left() + pitch * at as f32,
            day.steps as f32 / most as f32,
        );
        let column = Rect::from_min_size(pos2(left, rect.top()), vec2(pitch, HEIGHT));
        let id = ui.unique_id().with(("day", at));
        let response = ui.interact(column, id, Sense::click());
        let height = (HEIGHT * share).max(2.0);
        let bar = Rect::from_min_max(
            pos2(left, rect.bottom() - height),
            pos2(left + (pitch - GAP).max(1.0), rect.bottom()),
        );
        let ink = if response.hovered() || response.has_focus() {
            colors.accent
        } else {
            colors.ink_3
        };
        ui.painter().rect_filled(bar, 1.0, ink);
        let says = strings::labelled(
            language,
            &day.name,
            &strings::n_steps_of_day(language, day.steps),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &says));
        if response.clicked() {
            clicked = Some(day.last);
        }
        response.on_hover_text(says);
    }
    clicked
}
