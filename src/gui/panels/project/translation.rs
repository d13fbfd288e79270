//! The name of a thing in the language that isn't the project's main one.

use std::{fmt::Debug, hash::Hash};

use egui::Ui;

use crate::{
    gui::{context::Cx, strings, widgets::name_field::hinted_field},
    model::localized::{Language, Translations},
};

/// Width of the field.
const WIDTH: f32 = 150.0;

/// Shows the field of a name's translation; gives the new one with its language once there is one.
pub(super) fn translation_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    id: impl Hash + Debug,
    name: &str,
    translations: &Translations,
) -> Option<(Language, String)> {
    let (language, hint) = if cx.project.language == Language::EN {
        (Language::ZH, "中文")
    } else {
        (Language::EN, "English")
    };
    let says = strings::labelled(cx.language, name, hint);
    let value = translations.get(&language).map_or("", String::as_str);
    let key = ("translation", id);
    hinted_field(ui, key, &says, value, hint, WIDTH).map(|name| (language, name))
}
