//! Families, persons and their attributes as a sheet; a cell is edited in place.

mod cell;
mod keys;
mod menu;
mod place;
mod sheet;
mod taking_part;

use std::{collections::BTreeSet, sync::Arc};

use egui::{ComboBox, Key, Modifiers, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons,
        request::{FilePurpose, Request},
        strings,
        theme::small,
        widgets::{buttons, dialog, keys::take_key, outline},
    },
    model::{Project, case::CaseKind, ids::CaseId},
};
use cell::Editing;
use place::CellPlace;
use sheet::Sheet;
use taking_part::TakingPart;

/// What the page remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct CasesPanel {
    sheet: Sheet,
    /// The cell that has the keyboard.
    cursor: Option<CellPlace>,
    editing: Option<Editing>,
    /// The cases that are chosen, to do something with all of them.
    chosen: BTreeSet<CaseId>,
    /// A case to bring on screen.
    reveal: Option<CaseId>,
    new_name: String,
    new_parent: Option<CaseId>,
    new_kind: Option<CaseKind>,
    /// What the page shows.
    part: CasesPart,
    taking_part: TakingPart,
}

/// What the page shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum CasesPart {
    /// Cases and their attributes.
    #[default]
    Sheet,
    /// Who took part in which phase.
    TakingPart,
}

impl CasesPanel {
    /// Marks a case and brings it on screen.
    pub(in crate::gui) fn choose(&mut self, case: CaseId) {
        (self.chosen, self.reveal) = (BTreeSet::from([case]), Some(case));
    }

    /// Shows who took part in place of the sheet.
    pub(in crate::gui) fn show_taking_part(&mut self) {
        self.part = CasesPart::TakingPart;
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let project = Arc::clone(cx.project);
        ui.horizontal(|ui| {
            outline::title(ui, cx.language.say(strings::CASES));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if buttons::word(ui, cx.language.say(strings::IMPORT_SHEET)).clicked() {
                    cx.ask(Request::OpenDialog(FilePurpose::Sheet));
                }
                let add = cx.language.say(strings::ADD_ATTRIBUTE);
                if buttons::word(ui, &format!("{}  {add}", icons::PLUS)).clicked() {
                    cx.ask(Request::ShowAttribute(None));
                }
            });
        });
        ui.label(small(ui, counts(&project, cx)));
        ui.add_space(8.0);
        let parts = [
            (CasesPart::Sheet, cx.language.say(strings::SHEET)),
            (CasesPart::TakingPart, cx.language.say(strings::TAKING_PART)),
        ];
        buttons::segmented(ui, &mut self.part, &parts);
        ui.add_space(12.0);
        if self.part == CasesPart::TakingPart {
            self.taking_part.ui(ui, cx, &project);
            return;
        }
        self.new_ui(ui, cx, &project);
        ui.add_space(12.0);
        if project.cases.is_empty() {
            buttons::empty(ui, cx.language.say(strings::NO_CASES));
            return;
        }
        self.chosen.retain(|case| project.cases.contains_key(case));
        self.sheet_ui(ui, cx, &project);
    }

    /// The line that adds a case.
    fn new_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, project: &Project) {
        ui.horizontal_wrapped(|ui| {
            let name = cx.language.say(strings::CASE_NAME);
            let field = ui.add(
                TextEdit::singleline(&mut self.new_name)
                    .hint_text(name)
                    .desired_width(200.0),
            );
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
            let is_free = !ui.ctx().text_edit_focused() && !dialog::is_open(ui.ctx());
            if is_free && take_key(ui.ctx(), Modifiers::NONE, Key::N) {
                field.request_focus();
            }
            let parent = self.new_parent.and_then(|id| project.cases.get(&id));
            ui.label(small(ui, cx.language.say(strings::PARENT)));
            let combo = ComboBox::from_id_salt("parent of the new case")
                .selected_text(parent.map_or("–", |case| case.name.as_str()))
                .show_ui(ui, |ui| {
                    ui.selectable_value(&mut self.new_parent, None, "–");
                    for (_, case) in project.cases_in_order() {
                        ui.selectable_value(&mut self.new_parent, Some(case.id), &case.name);
                    }
                });
            let says = cx.language.say(strings::PARENT);
            let combo = combo.response;
            combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, says));
            // A case below another is a person, unless it is said to be something else.
            let usual = if parent.is_some() {
                CaseKind::person()
            } else {
                CaseKind::family()
            };
            let kind = self.new_kind.clone().unwrap_or(usual);
            let combo = ComboBox::from_id_salt("kind of the new case")
                .selected_text(kind.say(cx.language).to_owned())
                .show_ui(ui, |ui| {
                    for other in menu::kinds(project) {
                        let says = other.say(cx.language).to_owned();
                        if ui.selectable_label(other == kind, says).clicked() {
                            self.new_kind = Some(other);
                        }
                    }
                });
            let says = cx.language.say(strings::KIND_OF_CASE);
            let combo = combo.response;
            combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, says));
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let is_named = !self.new_name.trim().is_empty();
            if (ui.button(cx.language.say(strings::ADD_CASE)).clicked() || entered) && is_named {
                cx.edit(Action::AddCase {
                    name: std::mem::take(&mut self.new_name),
                    kind,
                    parent: self.new_parent,
                });
                if entered {
                    field.request_focus();
                }
            }
        });
    }
}

/// How many cases there are of each kind.
fn counts(project: &Project, cx: &Cx<'_>) -> String {
    let mut kinds: std::collections::BTreeMap<&CaseKind, usize> = std::collections::BTreeMap::new();
    for case in project.cases.values() {
        *kinds.entry(&case.kind).or_default() += 1;
    }
    let count = |(kind, n): (&&CaseKind, &usize)| strings::n_cases_of(cx.language, kind, *n);
    kinds.iter().map(count).collect::<Vec<_>>().join("  ·  ")
}
