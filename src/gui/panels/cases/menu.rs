//! What is done with the cases that are chosen in the sheet.

use egui::{Button, Role, Ui, WidgetInfo};

use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons,
        request::{Removed, Request, SafetyRequest},
        strings::{self, Text},
        theme::small,
        widgets::buttons,
    },
    model::{
        Project,
        case::{Case, CaseKind},
        ids::CaseId,
        memo::Anchor,
    },
};

/// The kinds to choose from: the usual ones, and those that the project has.
pub(super) fn kinds(project: &Project) -> Vec<CaseKind> {
    let usual = ["family", "person", "group", "school", "site"];
    let mut kinds: Vec<CaseKind> = usual.map(|kind| CaseKind(kind.to_owned())).to_vec();
    for case in project.cases.values() {
        if !kinds.contains(&case.kind) {
            kinds.push(case.kind.clone());
        }
    }
    kinds
}

/// Shows the menu for these cases; returns true if their name is to be edited in its cell.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, project: &Project, chosen: &[CaseId]) -> bool {
    ui.set_min_width(220.0);
    let cases: Vec<&Case> = chosen
        .iter()
        .filter_map(|id| project.cases.get(id).map(AsRef::as_ref))
        .collect();
    let mut renames = false;
    if let [one] = cases[..] {
        renames = item_ui(ui, cx, icons::PENCIL, strings::RENAME_CASE, "F2");
        if item_ui(ui, cx, icons::NOTE, strings::NEW_MEMO, "") {
            cx.ask(Request::WriteMemo(Anchor::Case(one.id)));
        }
    } else {
        ui.label(small(ui, strings::n_cases(cx.language, cases.len())));
    }
    ui.separator();
    submenu_ui(ui, cx, strings::KIND_OF_CASE, |ui, cx| {
        for kind in kinds(project) {
            let is_on = cases.iter().all(|case| case.kind == kind);
            if buttons::radio(ui, is_on, kind.say(cx.language).to_owned()).clicked() {
                for case in &cases {
                    cx.edit(changed(case, &case.name, kind.clone(), case.parent));
                }
                ui.close();
            }
        }
    });
    submenu_ui(ui, cx, strings::PARENT, |ui, cx| {
        let none = cx.language.say(strings::AT_THE_TOP);
        let is_at_top = cases.iter().all(|case| case.parent.is_none());
        if buttons::radio(ui, is_at_top, none).clicked() {
            move_to(cx, &cases, None);
            ui.close();
        }
        // A case can't be below itself.
        let is_free = |other: CaseId| {
            !cases
                .iter()
                .any(|case| project.case_is_within(other, case.id))
        };
        for (_, other) in project.cases_in_order() {
            let is_on = cases.iter().all(|case| case.parent == Some(other.id));
            if is_free(other.id) && buttons::radio(ui, is_on, &other.name).clicked() {
                move_to(cx, &cases, Some(other.id));
                ui.close();
            }
        }
    });
    submenu_ui(ui, cx, strings::MERGE_CASES, |ui, cx| {
        ui.label(small(ui, cx.language.say(strings::MERGE_CASES_NOTE)));
        for (_, other) in project.cases_in_order() {
            let is_other = cases
                .iter()
                .all(|case| !project.case_is_within(other.id, case.id));
            if !is_other {
                continue;
            }
            let item = ui.add(Button::new(&other.name).frame_when_inactive(false));
            let says = format!("{} {}", cx.language.say(strings::MERGE_CASES), other.name);
            item.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, &says));
            if item.clicked() {
                cx.edit(Action::MergeCases {
                    cases: chosen.to_vec(),
                    into: other.id,
                });
                ui.close();
            }
        }
    });
    ui.separator();
    if item_ui(ui, cx, icons::TRASH, strings::REMOVE_DOCUMENTS, "Delete") {
        cx.ask(Request::AskToRemove(Removed::Cases(chosen.to_vec())));
    }
    if let [one] = cases[..]
        && !project.is_erased_case(one.id)
        && item_ui(ui, cx, icons::CLOSE, strings::ERASE_PARTICIPANT, "")
    {
        cx.ask(Request::Safety(SafetyRequest::AskToErase(one.id)));
    }
    renames
}

fn submenu_ui(ui: &mut Ui, cx: &mut Cx<'_>, name: Text, add: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    let name = format!("      {}", cx.language.say(name));
    ui.menu_button(name, |ui| {
        egui::ScrollArea::vertical()
            .max_height(360.0)
            .show(ui, |ui| add(ui, cx));
    });
}

fn move_to(cx: &mut Cx<'_>, cases: &[&Case], parent: Option<CaseId>) {
    for case in cases {
        cx.edit(changed(case, &case.name, case.kind.clone(), parent));
    }
}

/// The edit of a case's name, kind and place.
pub(super) fn changed(case: &Case, name: &str, kind: CaseKind, parent: Option<CaseId>) -> Action {
    Action::SetCase {
        case: case.id,
        name: name.to_owned(),
        kind,
        parent,
    }
}

fn item_ui(ui: &mut Ui, cx: &Cx<'_>, icon: &str, name: Text, key: &str) -> bool {
    let name = cx.language.say(name);
    let button = Button::new(format!("{icon}  {name}")).frame_when_inactive(false);
    let item = ui.add(button.shortcut_text(small(ui, key)));
    item.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, name));
    let chosen = item.clicked();
    if chosen {
        ui.close();
    }
    chosen
}
