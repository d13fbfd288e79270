//! Definition, rules and indicators of a code.

use egui::Ui;

use crate::{
    gui::{
        strings::{Text, Tongue},
        theme::{section, small},
    },
    model::code::Code,
};

pub(super) fn ui(ui: &mut Ui, code: &Code, tongue: Tongue) {
    let language = tongue.language();
    ui.add_space(12.0);
    ui.label(section(ui, code.name.all().collect::<Vec<_>>().join(" ")));
    for (label, text) in [
        (None, &code.definition),
        (Some(Text::Apply), &code.apply_when),
        (Some(Text::Not), &code.not_when),
    ] {
        let words = text.get(&language);
        if !words.is_empty() {
            ui.add_space(4.0);
            let words = label.map_or_else(
                || words.to_owned(),
                |label| format!("{}: {words}", tongue.say(label)),
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
        ui.label(small(
            ui,
            format!(
                "{}: {}",
                tongue.say(Text::Indicators),
                expressions.join(" · ")
            ),
        ));
    }
}
