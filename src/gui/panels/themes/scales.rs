//! Scales of several items: the list of those defined, and the dialog that defines one.

use egui::{
    Align, Align2, Context, DragValue, Layout, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window,
};

use crate::{
    app::{action::Action, edit::scale::Definition},
    gui::{
        context::Cx,
        strings::{self, UiLanguage},
        theme::small,
        widgets::{buttons, dialog},
    },
    model::{
        attribute::Attribute,
        ids::{AttributeId, ScaleId},
        scale::{Item, Scale},
    },
    statistics::scale::Scoring,
};

/// A scale while it is defined.
#[derive(Debug, Clone)]
pub(super) struct ScaleDraft {
    /// The scale that is edited; `None` for a new one.
    of: Option<ScaleId>,
    name: String,
    items: Vec<Item>,
    range: (f64, f64),
    /// How many answers a score needs; `usize::MAX` for all items, however many there are.
    fewest: usize,
}

impl ScaleDraft {
    fn new() -> Self {
        Self {
            of: None,
            name: String::new(),
            items: Vec::new(),
            range: (1.0, 4.0),
            fewest: usize::MAX,
        }
    }

    fn of(scale: &Scale) -> Self {
        let Definition {
            name,
            items,
            range,
            fewest,
        } = Definition::of(scale);
        let fewest = fewest
            .and_then(|fewest| usize::try_from(fewest).ok())
            .unwrap_or(usize::MAX);
        Self {
            of: Some(scale.id),
            name,
            items,
            range,
            fewest,
        }
    }

    fn definition(&self) -> Definition {
        let fewest = u32::try_from(self.fewest)
            .ok()
            .filter(|_| self.fewest < self.items.len());
        Definition {
            name: self.name.clone(),
            items: self.items.clone(),
            range: self.range,
            fewest,
        }
    }

    fn is_ready(&self) -> bool {
        !self.name.trim().is_empty() && !self.items.is_empty() && self.range.0 < self.range.1
    }

    /// Adds an item or removes it; items keep the order of the attributes.
    fn toggle(&mut self, attribute: AttributeId, order: &[AttributeId]) {
        let before = self.items.len();
        self.items.retain(|item| item.attribute != attribute);
        if self.items.len() == before {
            self.items.push(Item {
                attribute,
                reversed: false,
            });
            self.items
                .sort_by_key(|item| order.iter().position(|id| *id == item.attribute));
        }
    }

    /// Reverses the items of these numbers, counted from 1, and no others.
    fn reverse_alone(&mut self, backwards: &[usize]) {
        for (at, item) in self.items.iter_mut().enumerate() {
            item.reversed = backwards.contains(&(at + 1));
        }
    }
}

/// The scales of a project, with the commands to define, edit and remove one.
pub(super) fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Option<ScaleDraft>) {
    ui.horizontal_wrapped(|ui| {
        if ui
            .button(format!("{}…", cx.language.say(strings::NEW_SCALE)))
            .clicked()
        {
            *draft = Some(ScaleDraft::new());
        }
        for (_, scale) in cx.project.scales_in_order() {
            ui.menu_button(&scale.name, |ui| {
                if ui
                    .button(format!("{} …", cx.language.say(strings::EDIT_SCALE)))
                    .clicked()
                {
                    *draft = Some(ScaleDraft::of(scale));
                    ui.close();
                }
                if ui.button(cx.language.say(strings::REMOVE)).clicked() {
                    cx.edit(Action::RemoveScale(scale.id));
                    ui.close();
                }
            });
        }
    });
}

/// Shows the dialog while there is a draft.
pub(super) fn dialog_ui(ctx: &Context, cx: &mut Cx<'_>, draft: &mut Option<ScaleDraft>) {
    let Some(mut now) = draft.take() else { return };
    let mut saved = false;
    let title = cx.language.say(if now.of.is_some() {
        strings::EDIT_SCALE
    } else {
        strings::NEW_SCALE
    });
    let window = Window::new(title)
        .id(egui::Id::unique("scale"))
        .resizable(false);
    let window = window.anchor(Align2::CENTER_CENTER, [0.0, -40.0]);
    let stays = dialog::show(ctx, title, window, |ui| {
        ui.set_width(440.0);
        let name = ui.label(small(ui, cx.language.say(strings::SCALE_NAME)));
        ui.add(TextEdit::singleline(&mut now.name).desired_width(f32::INFINITY))
            .labelled_by(name.id);
        ui.add_space(6.0);
        items_ui(ui, cx, &mut now);
        ui.add_space(6.0);
        rules_ui(ui, &mut now, cx.language);
        ui.add_space(8.0);
        saved = ui
            .add_enabled_ui(now.is_ready(), |ui| {
                buttons::primary(ui, cx.language.say(strings::SAVE_SCALE)).clicked()
            })
            .inner;
    });
    if saved {
        cx.edit(Action::SetScale(now.of, now.definition()));
    } else if stays && !dialog::escaped(ctx) {
        *draft = Some(now);
    }
}

fn items_ui(ui: &mut Ui, cx: &Cx<'_>, now: &mut ScaleDraft) {
    let takes: Vec<_> = cx
        .project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| Scale::takes(attribute))
        .collect();
    if takes.is_empty() {
        buttons::empty(ui, cx.language.say(strings::NO_ITEMS));
        return;
    }
    let order: Vec<AttributeId> = takes.iter().map(|attribute| attribute.id).collect();
    ui.label(small(
        ui,
        format!("{} · {}", cx.language.say(strings::ITEMS), now.items.len()),
    ));
    ScrollArea::vertical()
        .max_height(280.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for attribute in takes {
                ui.horizontal(|ui| item_ui(ui, now, attribute, &order, cx.language));
            }
        });
}

/// An attribute with its tick, and whether its answers count backwards once it is an item.
fn item_ui(
    ui: &mut Ui,
    now: &mut ScaleDraft,
    attribute: &Attribute,
    order: &[AttributeId],
    language: UiLanguage,
) {
    // The position is from before a click: an item ticked off in this frame has moved, so nothing is shown for it.
    let at = now
        .items
        .iter()
        .position(|item| item.attribute == attribute.id);
    let mut on = at.is_some();
    let name = attribute.name_in(&language.tag());
    if buttons::check(ui, &mut on, name).changed() {
        now.toggle(attribute.id, order);
    }
    let Some(item) = at.and_then(|at| now.items.get_mut(at)) else {
        return;
    };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let label = language.say(strings::REVERSED);
        let reversed = buttons::check(ui, &mut item.reversed, label);
        // All these boxes have the same label, so the attribute is added to the name for screen readers.
        let name = strings::labelled(language, name, label);
        reversed.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, item.reversed, &name));
    });
}

/// The range of the answers, and how many of them a score needs.
fn rules_ui(ui: &mut Ui, now: &mut ScaleDraft, language: UiLanguage) {
    ui.horizontal(|ui| {
        number_ui(ui, language.say(strings::LOWEST), &mut now.range.0);
        number_ui(ui, language.say(strings::HIGHEST), &mut now.range.1);
    });
    if now.items.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        let mut fewest = now.fewest.min(now.items.len());
        let label = ui.label(language.say(strings::FEWEST_ANSWERS));
        if ui
            .add(DragValue::new(&mut fewest).range(1..=now.items.len()))
            .labelled_by(label.id)
            .changed()
        {
            // All of them stays all of them when items are added.
            now.fewest = if fewest == now.items.len() {
                usize::MAX
            } else {
                fewest
            };
        }
        ui.label(small(ui, format!("/ {}", now.items.len())));
    });
    // Rosenberg's scale of self-esteem has ten items, and is printed in two orders.
    if now.items.len() == 10 {
        ui.horizontal(|ui| {
            for (name, backwards) in [
                ("Rosenberg 3 5 8 9 10", Scoring::ROSENBERG),
                ("Rosenberg 2 5 6 8 9", Scoring::ROSENBERG_OTHER_ORDER),
            ] {
                if buttons::word(ui, name)
                    .on_hover_text(language.say(strings::ROSENBERG_HINT))
                    .clicked()
                {
                    now.reverse_alone(&backwards);
                }
            }
        });
    }
}

/// A number with its label.
fn number_ui(ui: &mut Ui, name: &str, value: &mut f64) {
    let label = ui.label(name);
    ui.add(DragValue::new(value).speed(0.1).max_decimals(2))
        .labelled_by(label.id);
}
