//! The attributes of cases and documents: added, renamed, explained and removed.

use egui::{ComboBox, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::new_ui;
use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons,
        panels::removal::Removed,
        request::Request,
        strings,
        theme::{palette, section, size, small},
        widgets::{
            buttons,
            list_row::{elided, side_row},
            name_field::{name_field, text_field},
        },
    },
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf},
        ids::AttributeId,
    },
};

/// What the part remembers.
#[derive(Debug)]
pub(super) struct Attributes {
    of: AttributeOf,
    chosen: Option<AttributeId>,
    /// The attribute being added.
    name: String,
    kind: AttributeKind,
    per_phase: bool,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            of: AttributeOf::Cases,
            chosen: None,
            name: String::new(),
            kind: AttributeKind::Text,
            per_phase: false,
        }
    }
}

/// The kinds to choose from; categories are added as they are typed.
const KINDS: [AttributeKind; 5] = [
    AttributeKind::Text,
    AttributeKind::Number,
    AttributeKind::Category(Vec::new()),
    AttributeKind::YesNo,
    AttributeKind::Date,
];

impl Attributes {
    /// The part with an attribute of cases chosen.
    pub(super) fn at(attribute: Option<AttributeId>) -> Self {
        Self {
            chosen: attribute,
            ..Self::default()
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let options = [
            (AttributeOf::Cases, cx.language.say(strings::OF_CASES)),
            (
                AttributeOf::Documents,
                cx.language.say(strings::OF_DOCUMENTS),
            ),
        ];
        if buttons::segmented(ui, &mut self.of, &options) {
            self.chosen = None;
        }
        ui.add_space(8.0);
        let project = cx.project.clone();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(220.0);
                self.list_ui(ui, cx, &project);
            });
            ui.separator();
            ui.vertical(|ui| {
                let chosen = self.chosen.and_then(|id| project.attributes.get(&id));
                match chosen {
                    Some(attribute) => attribute_ui(ui, cx, attribute),
                    None => self.add_ui(ui, cx),
                }
            });
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, project: &Project) {
        let add = format!(
            "{}  {}",
            icons::PLUS,
            cx.language.say(strings::ADD_ATTRIBUTE)
        );
        if buttons::word(ui, &add).clicked() {
            self.chosen = None;
        }
        let all = project.attributes_in_order();
        let own: Vec<_> = all.into_iter().filter(|it| it.of == self.of).collect();
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("attributes")
            .auto_shrink([false, false])
            .show_rows(ui, size::ROW, own.len(), |ui, rows| {
                for attribute in own.get(rows).unwrap_or_default() {
                    let chosen = self.chosen == Some(attribute.id);
                    let (rect, row) = side_row(ui, chosen);
                    let name = RichText::new(&attribute.name).color(palette(ui.visuals()).ink);
                    let (left, right) = (rect.left() + 8.0, rect.right() - 8.0);
                    elided(ui, left, right, rect.center().y, name);
                    let name = &attribute.name;
                    row.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
                    if row.clicked() {
                        self.chosen = Some(attribute.id);
                    }
                }
            });
    }

    /// What adds an attribute.
    fn add_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if cx.project.attributes.is_empty() {
            buttons::empty(ui, cx.language.say(strings::NO_ATTRIBUTES));
            ui.add_space(8.0);
        }
        let values = cx.language.say(strings::VALUES_ARE);
        ui.label(small(ui, values));
        let combo = ComboBox::from_id_salt("kind of the new attribute")
            .width(140.0)
            .selected_text(cx.language.say(self.kind.name()))
            .show_ui(ui, |ui| {
                for kind in KINDS {
                    let says = cx.language.say(kind.name());
                    ui.selectable_value(&mut self.kind, kind, says);
                }
            });
        let combo = combo.response;
        combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, values));
        ui.add_space(4.0);
        buttons::check(ui, &mut self.per_phase, cx.language.say(strings::PER_PHASE));
        ui.add_space(8.0);
        if let Some(name) = new_ui(ui, cx, strings::NEW_ATTRIBUTE, &mut self.name) {
            cx.edit(Action::AddAttribute {
                name,
                of: self.of,
                kind: self.kind.clone(),
                per_phase: self.per_phase,
            });
        }
    }
}

/// One attribute with what can be changed of it.
fn attribute_ui(ui: &mut Ui, cx: &mut Cx<'_>, attribute: &Attribute) {
    let label = strings::labelled(
        cx.language,
        cx.language.say(strings::ATTRIBUTES_TAB),
        &attribute.name,
    );
    if let Some(name) = name_field(ui, attribute.id, &label, &attribute.name, f32::INFINITY) {
        cx.edit(Action::SetAttribute {
            attribute: attribute.id,
            name,
            definition: attribute.definition.clone(),
        });
    }
    ui.add_space(6.0);
    let means = cx.language.say(strings::ATTRIBUTE_MEANS);
    ui.label(small(ui, means));
    let key = ("definition", attribute.id);
    if let Some(definition) = text_field(ui, key, means, &attribute.definition, 3) {
        cx.edit(Action::SetAttribute {
            attribute: attribute.id,
            name: attribute.name.clone(),
            definition,
        });
    }
    ui.add_space(6.0);
    ui.label(section(ui, cx.language.say(strings::VALUES_ARE)));
    let mut about = vec![cx.language.say(attribute.kind.name()).to_owned()];
    if attribute.per_phase {
        about.push(cx.language.say(strings::PER_PHASE).to_owned());
    }
    ui.label(about.join(" · "));
    if !attribute.kind.categories().is_empty() {
        ui.label(small(ui, attribute.kind.categories().join(" · ")));
    }
    let (values, holders) = values_of(cx.project, attribute.id);
    ui.label(small(ui, strings::values_in(cx.language, values, holders)));
    ui.add_space(8.0);
    if buttons::word(ui, cx.language.say(strings::REMOVE_ATTRIBUTE)).clicked() {
        cx.ask(Request::AskToRemove(Removed::Attribute(attribute.id)));
    }
}

/// How many values there are, and how many cases or documents have one.
fn values_of(project: &Project, attribute: AttributeId) -> (usize, usize) {
    let cases = project.cases.values().map(|case| &case.values);
    let documents = project.documents.values().map(|document| &document.values);
    let counts = cases
        .chain(documents)
        .map(|values| values.keys().filter(|(of, _)| *of == attribute).count());
    counts.fold((0, 0), |(values, holders), count| {
        (values + count, holders + usize::from(count > 0))
    })
}
