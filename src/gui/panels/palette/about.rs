//! Whom the passage is about: the likely ones at the foot of the palette, each by its digit with Alt.

use std::collections::BTreeSet;

use egui::{Context, Event, Modifiers, Role, Ui};

use super::Choice;
use crate::{
    gui::{
        announcer,
        key_names::keys,
        strings,
        theme::small,
        widgets::{buttons, keys::DIGITS},
    },
    model::ids::CaseId,
};

/// As many people are offered.
const MOST: usize = 5;

/// Takes the keys before a field gets them.
pub(super) fn take_keys(ctx: &Context, choice: &Choice<'_>, about: &mut BTreeSet<CaseId>) {
    for (key, case) in DIGITS.iter().take(MOST).zip(choice.people) {
        if ctx.input_mut(|input| input.consume_key(Modifiers::ALT, *key)) {
            toggle(about, *case);
            say(ctx, choice, *case, about.contains(case));
        }
    }
    // Some systems send the digit as text, too.
    ctx.input_mut(|input| {
        if input.modifiers.alt {
            let is_digit = |text: &str| text.chars().all(|char| char.is_ascii_digit());
            let is_typed = |event: &Event| matches!(event, Event::Text(text) if is_digit(text));
            input.events.retain(|event| !is_typed(event));
        }
    });
}

fn toggle(about: &mut BTreeSet<CaseId>, case: CaseId) {
    if !about.remove(&case) {
        about.insert(case);
    }
}

/// Says that somebody was chosen, or is no longer.
fn say(ctx: &Context, choice: &Choice<'_>, case: CaseId, is_chosen: bool) {
    let name = choice.project.cases.get(&case);
    let name = name.map_or("", |case| case.name.as_str());
    announcer::say(ctx, strings::ticked(choice.language, name, is_chosen));
}

/// Shows the likely ones, with those that are chosen.
pub(super) fn ui(ui: &mut Ui, choice: &Choice<'_>, about: &mut BTreeSet<CaseId>) {
    if choice.people.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.x = 5.0;
        let head = keys(choice.language.say(strings::ABOUT_BY_KEY));
        ui.label(small(ui, head));
        for (number, case) in (1..=MOST).zip(choice.people) {
            let Some(own) = choice.project.cases.get(case) else {
                continue;
            };
            let is_chosen = about.contains(case);
            let text = format!("{number} {}", own.name);
            let key = keys(&format!("Alt {number}"));
            let name = format!("{} ({key})", own.name);
            let button = buttons::choice(ui, &text, &name, is_chosen, Role::CheckBox);
            if button.clicked() {
                toggle(about, *case);
            }
        }
    });
}
