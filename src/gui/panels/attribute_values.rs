//! The values that a document or a coder has, each in a field.

use std::sync::Arc;

use egui::{Grid, Ui};

use crate::{
    app::action::Action,
    gui::{context::Cx, theme::small, widgets::name_field::name_field},
    log::change::Holder,
    model::{attribute::Values, ids::PhaseId},
};

/// Shows the attributes of the holder with its values; those given per phase with the values of one phase.
///
/// A screen reader says the name of an attribute as `says` completes it.
pub(super) fn values_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    holder: Holder,
    values: &Values,
    phase: Option<PhaseId>,
    says: impl Fn(&str) -> String,
) {
    let project = Arc::clone(cx.project);
    let tag = cx.language.tag();
    Grid::new(("values", holder))
        .num_columns(2)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            for attribute in project.attributes_of(holder.of()) {
                let phase = phase.filter(|_| attribute.per_phase);
                let name = attribute.name_in(&tag);
                ui.label(small(ui, name));
                let value = values.get(&(attribute.id, phase));
                let text =
                    value.map_or_else(String::new, |value| attribute.say(value, cx.language));
                let key = ("value", holder, attribute.id);
                if let Some(text) = name_field(ui, key, &says(name), &text, 240.0) {
                    cx.edit(Action::SetValue {
                        holder,
                        attribute: attribute.id,
                        phase,
                        text,
                    });
                }
                ui.end_row();
            }
        });
}
