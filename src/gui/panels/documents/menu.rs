//! What is done with the documents that are chosen in the list, by menu and by keys.

use egui::{Button, Key, Modifiers, Role, Ui, WidgetInfo};

use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons,
        request::{Removed, Request},
        strings::{self, Text},
        theme::small,
        widgets::{buttons, keys::take_key},
    },
    model::{
        Project,
        ids::{CaseId, DocumentId},
        memo::Anchor,
    },
};

/// Shows the menu for these documents.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, documents: &[DocumentId]) {
    ui.set_min_width(220.0);
    if documents.len() > 1 {
        ui.label(small(
            ui,
            strings::n_documents(cx.language, documents.len()),
        ));
    }
    if item_ui(ui, cx, icons::PENCIL, strings::PROPERTIES, "F2") {
        cx.ask(Request::ShowProperties(documents.to_vec()));
    }
    if item_ui(ui, cx, "", strings::READ_AGAIN_ITEM, "") {
        cx.ask(Request::ReadSpeakersAgain(documents.to_vec()));
    }
    if let [one] = *documents
        && item_ui(ui, cx, icons::NOTE, strings::NEW_MEMO, "")
    {
        cx.ask(Request::WriteMemo(Anchor::Document(one)));
    }
    for (step, name, key) in [
        (Step::Up, strings::MOVE_UP, "Alt ↑"),
        (Step::Down, strings::MOVE_DOWN, "Alt ↓"),
    ] {
        if item_ui(ui, cx, "", name, key) {
            move_by(cx, documents, step);
        }
    }
    let has_own_order = |id| cx.project.document_ranks.contains_key(id);
    if documents.iter().any(has_own_order) && item_ui(ui, cx, "", strings::USUAL_ORDER, "") {
        let family = family_of(cx.project, documents);
        cx.edit(Action::UsualOrder(family));
    }
    ui.separator();
    let phases = format!("      {}", cx.language.say(strings::PHASE_LABEL));
    ui.menu_button(phases, |ui| phases_ui(ui, cx, documents));
    let cases = format!("      {}", cx.language.say(strings::CASES));
    ui.menu_button(cases, |ui| cases_ui(ui, cx, documents));
    ui.separator();
    if item_ui(ui, cx, icons::TRASH, strings::REMOVE_DOCUMENTS, "Delete") {
        cx.ask(Request::AskToRemove(Removed::Documents(documents.to_vec())));
    }
}

/// Where documents are moved in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Up,
    Down,
}

/// The documents of the family that the first of these belongs to, as the list has them.
fn family_of(project: &Project, documents: &[DocumentId]) -> Vec<DocumentId> {
    let Some(first) = documents.first() else {
        return Vec::new();
    };
    let groups = super::view::groups(project).into_iter();
    let mut ids = groups.map(|(_, group)| group.iter().map(|document| document.id).collect());
    ids.find(|group: &Vec<DocumentId>| group.contains(first))
        .unwrap_or_default()
}

/// Moves documents by one place among those of their family; where they are at its end nothing changes.
fn move_by(cx: &mut Cx<'_>, documents: &[DocumentId], step: Step) {
    let family = family_of(cx.project, documents);
    let (moved, mut others): (Vec<DocumentId>, Vec<DocumentId>) = family
        .iter()
        .copied()
        .partition(|id| documents.contains(id));
    let first = family.iter().position(|id| moved.contains(id)).unwrap_or(0);
    let at = match step {
        Step::Up => first.saturating_sub(1),
        Step::Down => (first + 1).min(others.len()),
    };
    others.splice(at..at, moved);
    if others != family {
        cx.edit(Action::OrderDocuments(others));
    }
}

/// F2 and Delete on a row that has the keyboard.
pub(super) fn keys(ui: &Ui, cx: &mut Cx<'_>, documents: &[DocumentId]) {
    let pressed = |key| take_key(ui.ctx(), Modifiers::NONE, key);
    if pressed(Key::F2) {
        cx.ask(Request::ShowProperties(documents.to_vec()));
    }
    for (key, step) in [(Key::ArrowUp, Step::Up), (Key::ArrowDown, Step::Down)] {
        if take_key(ui.ctx(), Modifiers::ALT, key) {
            move_by(cx, documents, step);
        }
    }
    if pressed(Key::Delete) {
        cx.ask(Request::AskToRemove(Removed::Documents(documents.to_vec())));
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

/// The phases, with that of the documents marked where they agree.
fn phases_ui(ui: &mut Ui, cx: &mut Cx<'_>, documents: &[DocumentId]) {
    let project = cx.project.clone();
    let found = documents.iter().filter_map(|id| project.documents.get(id));
    let mut phases = found.map(|document| document.phase);
    let first = phases.next();
    let shared = first.filter(|first| phases.all(|phase| phase == *first));
    let none = (None, cx.language.say(strings::NO_PHASE).to_owned());
    let named = project.phases_in_order().into_iter();
    let tag = cx.language.tag();
    let named = named.map(|phase| (Some(phase.id), phase.name_in(&tag).to_owned()));
    for (phase, name) in std::iter::once(none).chain(named) {
        if buttons::radio(ui, shared == Some(phase), name).clicked() {
            cx.edit(Action::SetDocumentsPhase(documents.to_vec(), phase));
            ui.close();
        }
    }
}

/// The cases as a tree, ticked where all the documents belong to them.
fn cases_ui(ui: &mut Ui, cx: &mut Cx<'_>, documents: &[DocumentId]) {
    let project = cx.project.clone();
    if project.cases.is_empty() {
        ui.label(small(ui, cx.language.say(strings::NO_CASES)));
    }
    egui::ScrollArea::vertical()
        .max_height(360.0)
        .show(ui, |ui| {
            for (depth, case) in project.cases_in_order() {
                ui.horizontal(|ui| {
                    #[expect(clippy::cast_precision_loss, reason = "the depth of a tree of cases")]
                    ui.add_space(depth as f32 * 16.0);
                    let mut belongs = all_belong(&project, documents, case.id);
                    if buttons::check(ui, &mut belongs, &case.name).clicked() {
                        cx.edit(Action::SetDocumentsCase {
                            documents: documents.to_vec(),
                            case: case.id,
                            belongs,
                        });
                    }
                });
            }
        });
}

/// Returns true if all the documents belong to a case.
pub(super) fn all_belong(project: &Project, documents: &[DocumentId], case: CaseId) -> bool {
    documents
        .iter()
        .filter_map(|id| project.documents.get(id))
        .all(|document| document.cases.contains(&case))
}
