//! The rows of the table, to be gone through by keys.

use egui::{Event, EventFilter, Key, Modifiers, Role, ScrollArea, Sense, Ui, WidgetInfo};

use super::{OpenTable, state_text};
use crate::{
    gui::{
        strings,
        theme::{palette, small},
    },
    message::language::UiLanguage,
    names::table::{PseudonymRow, RowState},
};

/// Shows the rows; up and down choose one, A accepts it and L leaves it.
pub(super) fn ui(ui: &mut Ui, open: &mut OpenTable, language: UiLanguage, room: f32) {
    ui.label(small(ui, language.say(strings::KEYS_OF_NAMES)));
    let chosen = open.chosen();
    let mut clicked = None;
    let mut keyboard = None;
    ScrollArea::vertical()
        .id_salt("pseudonyms")
        .max_height(room - 24.0)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for (at, row) in open.table.rows.iter().enumerate() {
                let is_chosen = chosen == Some(at);
                let response = row_ui(ui, row, is_chosen, language);
                if response.clicked() {
                    clicked = Some(at);
                }
                if is_chosen && std::mem::take(&mut open.takes_keyboard) {
                    response.request_focus();
                }
                if response.has_focus() {
                    keyboard = Some((at, response.id));
                }
            }
        });
    if let Some(at) = clicked {
        open.choose(at);
        open.takes_keyboard = true;
    }
    if let Some((at, id)) = keyboard {
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(
                id,
                EventFilter {
                    vertical_arrows: true,
                    ..EventFilter::default()
                },
            );
        });
        keys(ui, open, at);
    }
}

/// What the keys do while a row has the keyboard.
fn keys(ui: &Ui, open: &mut OpenTable, at: usize) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let mut next = None;
    if pressed(Key::ArrowDown) {
        next = Some(at + 1);
    } else if pressed(Key::ArrowUp) {
        next = at.checked_sub(1);
    }
    for (key, letter, state) in [
        (Key::A, "a", RowState::Accepted),
        (Key::L, "l", RowState::Left),
    ] {
        if pressed(key) {
            // The letter itself is for nobody.
            ui.input_mut(|input| {
                input
                    .events
                    .retain(|event| !matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(letter)));
            });
            if let Some(row) = open.table.rows.get_mut(at) {
                row.state = state;
            }
            next = Some(at + 1);
        }
    }
    if let Some(next) = next {
        open.choose(next);
        open.takes_keyboard = true;
    }
}

fn row_ui(
    ui: &mut Ui,
    row: &PseudonymRow,
    is_chosen: bool,
    language: UiLanguage,
) -> egui::Response {
    let colors = palette(ui.visuals());
    let others = row.names.len().saturating_sub(1);
    let more = if others == 0 {
        String::new()
    } else {
        format!(" +{others}")
    };
    let says = strings::name_row(language, row, &more);
    let state = language.say(state_text(row.state));
    let inner = ui.horizontal(|ui| {
        let name = ui.selectable_label(is_chosen, &says);
        ui.label(
            small(
                ui,
                format!(
                    "{} · {} % · {state}",
                    language.say(row.kind.name()),
                    row.confidence()
                ),
            )
            .color(colors.ink_2),
        );
        name
    });
    let name = inner.inner.interact(Sense::click());
    let spoken = format!("{says}, {state}");
    name.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &spoken));
    name
}
