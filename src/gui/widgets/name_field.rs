//! A field for a value that is there already: what is typed counts once Enter is pressed or the field is left, and Escape brings the value back.

use std::{fmt::Debug, hash::Hash};

use egui::{Id, Key, Modifiers, Response, Role, TextEdit, Ui, WidgetInfo};

use super::keys::take_key;
use crate::gui::typeset;

/// Shows the field under the name that a screen reader says; gives the new value once there is one.
pub(crate) fn name_field(
    ui: &mut Ui,
    id: impl Hash + Debug,
    name: &str,
    value: &str,
    width: f32,
) -> Option<String> {
    hinted_field(ui, id, name, value, "", width)
}

/// As [`name_field`], with a hint in the empty field.
pub(crate) fn hinted_field(
    ui: &mut Ui,
    id: impl Hash + Debug,
    name: &str,
    value: &str,
    hint: &str,
    width: f32,
) -> Option<String> {
    let id = Id::unique(("value", id));
    let mut text = draft(ui, id, value);
    let mut set = typeset::in_field(ui);
    let field = TextEdit::singleline(&mut text)
        .layouter(&mut set)
        .id(id)
        .hint_text(hint);
    let field = ui.add(field.desired_width(width));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    finished(ui, &field, id, value, text)
}

/// As [`name_field`], for several lines, in which Enter begins another.
pub(crate) fn text_field(
    ui: &mut Ui,
    id: impl Hash + Debug,
    name: &str,
    value: &str,
    rows: usize,
) -> Option<String> {
    let id = Id::unique(("value", id));
    let mut text = draft(ui, id, value);
    let mut set = typeset::in_field(ui);
    let field = ui.add(
        TextEdit::multiline(&mut text)
            .layouter(&mut set)
            .id(id)
            .desired_rows(rows)
            .desired_width(f32::INFINITY),
    );
    field.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, name));
    finished(ui, &field, id, value, text)
}

/// What is typed so far, or the value.
fn draft(ui: &Ui, id: Id, value: &str) -> String {
    ui.data(|data| data.get_temp(id))
        .unwrap_or_else(|| value.to_owned())
}

fn finished(ui: &Ui, field: &Response, id: Id, value: &str, text: String) -> Option<String> {
    // Escape takes the keyboard from a field before the field sees it.
    if field.lost_focus() && take_key(ui.ctx(), Modifiers::NONE, Key::Escape) {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        return None;
    }
    if field.has_focus() {
        if field.changed() {
            ui.data_mut(|data| data.insert_temp(id, text));
        }
        return None;
    }
    // A field that was hidden while it was typed in hands over its text when it is shown again.
    let typed: Option<String> = ui.data_mut(|data| data.remove_temp(id));
    typed.filter(|typed| typed != value)
}
