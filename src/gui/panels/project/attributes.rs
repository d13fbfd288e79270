//! The attributes of cases, documents and coders: added, renamed, explained and removed.

use egui::{ComboBox, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::{
    attribute::{AttributeSettings, KINDS},
    new_ui,
};
use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons, strings,
        theme::{palette, size, small},
        widgets::{
            buttons,
            list_row::{elided, side_row},
        },
    },
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf},
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
    settings: AttributeSettings,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            of: AttributeOf::Cases,
            chosen: None,
            name: String::new(),
            kind: AttributeKind::Text,
            per_phase: false,
            settings: AttributeSettings::default(),
        }
    }
}

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
            (AttributeOf::Coders, cx.language.say(strings::OF_CODERS)),
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
                    Some(attribute) => self.settings.ui(ui, cx, attribute),
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
        let tag = cx.language.tag();
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
                    let name = attribute.name_in(&tag);
                    let shown = RichText::new(name).color(palette(ui.visuals()).ink);
                    let (left, right) = (rect.left() + 8.0, rect.right() - 8.0);
                    elided(ui, left, right, rect.center().y, shown);
                    row.widget_info(|| {
                        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
                    });
                    if row.clicked() {
                        self.chosen = Some(attribute.id);
                        self.settings = AttributeSettings::default();
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
        if self.of.has_phases() {
            ui.add_space(4.0);
            buttons::check(ui, &mut self.per_phase, cx.language.say(strings::PER_PHASE));
        }
        ui.add_space(8.0);
        if let Some(name) = new_ui(ui, cx, strings::NEW_ATTRIBUTE, &mut self.name) {
            cx.edit(Action::AddAttribute {
                name,
                of: self.of,
                kind: self.kind.clone(),
                per_phase: self.per_phase && self.of.has_phases(),
            });
        }
    }
}
