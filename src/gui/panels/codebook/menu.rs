//! The context menu of a code.

use egui::{Button, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::{
    command::{Command, MENU},
    view::CodeRow,
};
use crate::{
    gui::{
        strings::{self, UiLanguage},
        theme::{palette, small},
    },
    model::code::{HUES, Hue},
};

/// Side of a swatch.
const SWATCH: f32 = 20.0;

/// Shows the menu; the first item takes the keyboard where a key opened it. Gives what was chosen.
pub(super) fn ui(
    ui: &mut Ui,
    row: &CodeRow,
    language: UiLanguage,
    by_key: bool,
) -> Option<Command> {
    ui.set_min_width(216.0);
    let mut chosen = None;
    for (number, group) in MENU.iter().enumerate() {
        if number > 0 {
            ui.separator();
        }
        for command in group
            .iter()
            .filter(|command| **command != Command::SortSubcodes || row.has_subcodes)
        {
            let (icon, text) = command.label();
            let mut button =
                Button::new(format!("{icon}  {}", language.say(text))).frame_when_inactive(false);
            if let Some(key) = command.key() {
                button = button.shortcut_text(small(ui, key));
            }
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, language.say(text)));
            if by_key && *command == Command::Edit {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(*command);
            }
        }
        if number == 0 {
            ui.separator();
            chosen = hues_ui(ui, row.hue, language)
                .map(Command::Recolour)
                .or(chosen);
        }
    }
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

/// The palette in two rows; gives the hue that was clicked.
pub(in crate::gui::panels) fn hues_ui(
    ui: &mut Ui,
    present: Hue,
    language: UiLanguage,
) -> Option<Hue> {
    let mut chosen = None;
    for half in [0..HUES / 2, HUES / 2..HUES] {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for hue in half.map(Hue::new) {
                if hue_ui(ui, hue, hue == present, language) {
                    chosen = Some(hue);
                }
            }
        });
    }
    chosen
}

fn hue_ui(ui: &mut Ui, hue: Hue, chosen: bool, language: UiLanguage) -> bool {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(SWATCH), Sense::click());
    let colors = palette(ui.visuals());
    ui.painter()
        .rect_filled(rect.shrink(2.0), 4.0, colors.code(hue));
    if chosen || response.has_focus() || response.hovered() {
        let line = if chosen { colors.ink } else { colors.accent };
        ui.painter()
            .rect_stroke(rect, 5.0, Stroke::new(2.0, line), StrokeKind::Inside);
    }
    let name = format!("{} {}", language.say(strings::COLOUR), hue.number() + 1);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
    response.clicked()
}
