//! The phases in their order: added, renamed, moved and removed.

use egui::Ui;

use super::{new_ui, remove_ui, translation::translation_ui};
use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons, strings,
        theme::small,
        widgets::{buttons, name_field::name_field},
    },
    model::{Project, attribute::Values, ids::PhaseId, phase::Phase},
};

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, new_name: &mut String) {
    let project = cx.project.clone();
    let phases = project.phases_in_order();
    if phases.is_empty() {
        buttons::empty(ui, cx.language.say(strings::NO_PHASES));
    }
    for (at, phase) in phases.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| phases[at].id);
        // Moving down is moving before what comes after the next one; at the end there is none.
        let after = (at + 1 < phases.len()).then(|| phases.get(at + 2).map(|phase| phase.id));
        phase_ui(ui, cx, phase, before, after);
    }
    ui.add_space(8.0);
    if let Some(name) = new_ui(ui, cx, strings::NEW_PHASE, new_name) {
        cx.edit(Action::AddPhase(name));
    }
}

/// A phase; `up` is the phase that it can be moved before, `down` that it can be moved down, and before which one.
fn phase_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    phase: &Phase,
    up: Option<PhaseId>,
    down: Option<Option<PhaseId>>,
) {
    ui.horizontal(|ui| {
        let label = strings::labelled(
            cx.language,
            cx.language.say(strings::PHASE_LABEL),
            &phase.name,
        );
        if let Some(name) = name_field(ui, phase.id, &label, &phase.name, 190.0) {
            cx.edit(Action::RenamePhase(phase.id, name));
        }
        if let Some((language, name)) =
            translation_ui(ui, cx, phase.id, &phase.name, &phase.translations)
        {
            cx.edit(Action::TranslatePhase(phase.id, language, name));
        }
        let documents = n_documents(cx.project, phase.id);
        ui.label(small(ui, strings::n_documents(cx.language, documents)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let is_free = documents == 0 && !has_values(cx.project, phase.id);
            let shown = phase.name_in(&cx.language.tag());
            if remove_ui(ui, cx, shown, is_free) {
                cx.edit(Action::RemovePhase(phase.id));
            }
            for (icon, text, to) in [
                (icons::CARET_DOWN, strings::MOVE_DOWN, down),
                (icons::CARET_UP, strings::MOVE_UP, up.map(Some)),
            ] {
                let says = format!("{} {shown}", cx.language.say(text));
                let pressed = ui
                    .add_enabled_ui(to.is_some(), |ui| buttons::quiet(ui, icon, &says).clicked())
                    .inner;
                if let Some(to) = to.filter(|_| pressed) {
                    cx.edit(Action::MovePhase(phase.id, to));
                }
            }
        });
    });
}

fn n_documents(project: &Project, phase: PhaseId) -> usize {
    let documents = project.documents.values();
    documents
        .filter(|document| document.phase == Some(phase))
        .count()
}

fn has_values(project: &Project, phase: PhaseId) -> bool {
    let is_given = |values: &Values| values.keys().any(|(_, of)| *of == Some(phase));
    project.cases.values().any(|case| is_given(&case.values))
}
