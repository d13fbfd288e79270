//! One attribute: its name in both languages, what it means, its values, its place and its removal.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use super::{categories, translation::translation_ui};
use crate::{
    app::{
        action::Action,
        edit::attributes::{Conversion, conversion},
        names,
    },
    gui::{
        context::Cx,
        icons,
        request::{Removed, Request},
        strings,
        theme::small,
        widgets::{
            buttons,
            name_field::{name_field, text_field},
            outline,
        },
    },
    message::explain::Explain as _,
    model::{
        Project,
        attribute::{Attribute, AttributeKind},
        ids::AttributeId,
    },
};

/// The kinds to choose from; categories are added as they are typed.
pub(super) const KINDS: [AttributeKind; 5] = [
    AttributeKind::Text,
    AttributeKind::Number,
    AttributeKind::Category(Vec::new()),
    AttributeKind::YesNo,
    AttributeKind::Date,
];

/// Values that are named before they are lost; the rest are counted.
const NAMED_VALUES: usize = 4;

/// What is being set.
#[derive(Debug, Default)]
pub(super) struct AttributeSettings {
    /// The kind that was chosen and isn't confirmed yet.
    kind: Option<AttributeKind>,
    /// The category being added.
    category: String,
}

impl AttributeSettings {
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, attribute: &Attribute) {
        names_ui(ui, cx, attribute);
        ui.add_space(6.0);
        outline::section(ui, cx.language.say(strings::VALUES_ARE));
        self.kind_ui(ui, cx, attribute);
        if attribute.per_phase {
            ui.label(small(ui, cx.language.say(strings::PER_PHASE)));
        }
        let (values, holders) = values_of(cx.project, attribute.id);
        ui.label(small(ui, strings::values_in(cx.language, values, holders)));
        if let AttributeKind::Category(_) = &attribute.kind {
            ui.add_space(6.0);
            categories::ui(ui, cx, attribute, &mut self.category);
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            place_ui(ui, cx, attribute);
            if buttons::word(ui, cx.language.say(strings::REMOVE_ATTRIBUTE)).clicked() {
                cx.ask(Request::AskToRemove(Removed::Attribute(attribute.id)));
            }
        });
    }

    /// The kind of values; another one is shown with what becomes of the values before it counts.
    fn kind_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, attribute: &Attribute) {
        let shown = self.kind.as_ref().unwrap_or(&attribute.kind);
        let name = cx.language.say(strings::VALUES_ARE);
        let combo = ComboBox::from_id_salt("kind of the attribute")
            .width(140.0)
            .selected_text(cx.language.say(shown.name()));
        let mut picked = None;
        let combo = combo.show_ui(ui, |ui| {
            for kind in KINDS {
                let is_on = kind.name() == shown.name();
                if ui
                    .selectable_label(is_on, cx.language.say(kind.name()))
                    .clicked()
                {
                    picked = Some(kind);
                }
            }
        });
        let combo = combo.response;
        combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
        if let Some(kind) = picked {
            let is_other = kind.name() != attribute.kind.name();
            self.kind = is_other.then_some(kind);
        }
        let Some(kind) = &self.kind else { return };
        match conversion(cx.project, attribute.id, kind) {
            Err(refusal) => {
                ui.label(refusal.say(cx.language));
            }
            Ok(found) => {
                if preview_ui(ui, cx, attribute, &found) {
                    cx.edit(Action::SetAttributeKind {
                        attribute: attribute.id,
                        kind: kind.clone(),
                        lose: true,
                    });
                    self.kind = None;
                }
            }
        }
    }
}

/// What becomes of the values; returns true once that is confirmed.
fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, attribute: &Attribute, found: &Conversion) -> bool {
    let lost: Vec<_> = found.lost().collect();
    let changed = found.changed.len() - lost.len();
    let says = strings::values_converted(cx.language, found.kept, changed, lost.len());
    ui.label(small(ui, says));
    for value in lost.iter().take(NAMED_VALUES) {
        let name = names::holder(cx.project, value.holder).unwrap_or_default();
        let says = strings::labelled(cx.language, name, &attribute.say(&value.from, cx.language));
        ui.label(small(ui, says));
    }
    let text = if lost.is_empty() {
        strings::CONVERT
    } else {
        strings::CONVERT_AND_LOSE
    };
    buttons::primary(ui, cx.language.say(text)).clicked()
}

/// Name, translation and meaning.
fn names_ui(ui: &mut Ui, cx: &mut Cx<'_>, attribute: &Attribute) {
    let label = strings::labelled(
        cx.language,
        cx.language.say(strings::ATTRIBUTES_TAB),
        &attribute.name,
    );
    ui.horizontal(|ui| {
        if let Some(name) = name_field(ui, attribute.id, &label, &attribute.name, 180.0) {
            cx.edit(Action::SetAttribute {
                attribute: attribute.id,
                name,
                definition: attribute.definition.clone(),
            });
        }
        let (name, translations) = (&attribute.name, &attribute.translations);
        if let Some((language, name)) = translation_ui(ui, cx, attribute.id, name, translations) {
            cx.edit(Action::TranslateAttribute(attribute.id, language, name));
        }
    });
    ui.add_space(6.0);
    let means = cx.language.say(strings::ATTRIBUTE_MEANS);
    ui.label(small(ui, means));
    let key = ("definition", attribute.id);
    if let Some(definition) = text_field(ui, key, means, &attribute.definition, 2) {
        cx.edit(Action::SetAttribute {
            attribute: attribute.id,
            name: attribute.name.clone(),
            definition,
        });
    }
}

/// Moves the attribute among those of its kind of holder.
fn place_ui(ui: &mut Ui, cx: &mut Cx<'_>, attribute: &Attribute) {
    let all = cx.project.attributes_in_order().into_iter();
    let own: Vec<AttributeId> = all
        .filter(|other| other.of == attribute.of)
        .map(|other| other.id)
        .collect();
    let Some(at) = own.iter().position(|id| *id == attribute.id) else {
        return;
    };
    let up = at.checked_sub(1).map(|at| Some(own[at]));
    let down = (at + 1 < own.len()).then(|| own.get(at + 2).copied());
    for (icon, text, to) in [
        (icons::CARET_UP, strings::MOVE_UP, up),
        (icons::CARET_DOWN, strings::MOVE_DOWN, down),
    ] {
        let name = attribute.name_in(&cx.language.tag());
        let says = format!("{} {name}", cx.language.say(text));
        let pressed = ui
            .add_enabled_ui(to.is_some(), |ui| buttons::quiet(ui, icon, &says).clicked())
            .inner;
        if let Some(to) = to.filter(|_| pressed) {
            cx.edit(Action::MoveAttribute(attribute.id, to));
        }
    }
}

/// How many values there are, and how many cases, documents or coders have one.
fn values_of(project: &Project, attribute: AttributeId) -> (usize, usize) {
    let counts = project
        .all_values()
        .map(|values| values.keys().filter(|(of, _)| *of == attribute).count());
    counts.fold((0, 0), |(values, holders), count| {
        (values + count, holders + usize::from(count > 0))
    })
}
