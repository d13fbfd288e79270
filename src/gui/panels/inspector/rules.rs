//! Definition, rules and indicators of a code.

use egui::Ui;

use crate::{
    gui::{
        strings::{self, UiLanguage},
        theme::small,
        widgets::outline,
    },
    model::code::Code,
};

pub(super) fn ui(ui: &mut Ui, code: &Code, language: UiLanguage) {
    let tag = language.tag();
    ui.add_space(12.0);
    // The name in the language of the window comes first.
    let own = code.name.get(&tag);
    let others = code.name.all().filter(|name| *name != own);
    let names: Vec<&str> = std::iter::once(own).chain(others).collect();
    outline::section(ui, names.join(" "));
    for (label, text) in [
        (None, &code.definition),
        (Some(strings::APPLY), &code.apply_when),
        (Some(strings::NOT), &code.not_when),
    ] {
        let words = text.get(&tag);
        if !words.is_empty() {
            ui.add_space(4.0);
            let words = label.map_or_else(
                || words.to_owned(),
                |label| strings::labelled(language, language.say(label), words),
            );
            ui.label(small(ui, words));
        }
    }
    if !code.indicators.is_empty() {
        let expressions: Vec<&str> = code
            .indicators
            .iter()
            .map(|indicator| indicator.expression.as_str())
            .collect();
        ui.add_space(8.0);
        // In a line of its own: the first expression can be too long to begin beside it.
        ui.label(small(ui, language.say(strings::INDICATORS)));
        ui.label(small(ui, expressions.join(" · ")));
    }
}
