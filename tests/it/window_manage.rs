//! A study is managed in the window: its title, phases, coders and attributes, through the menu.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::model::attribute::{AttributeKind, AttributeOf};

use crate::{
    gestures::{Window, now, press, press_with, shows, undo_and_redo},
    window::{on_project, settle, window},
};

/// Opens a dialog through the menu.
fn choose(harness: &mut Window, menu: &str, command: &str) {
    harness.get_by_label("Menu").click();
    settle(harness);
    harness.get_by_label(menu).click();
    settle(harness);
    harness.get_by_label(command).click();
    settle(harness);
}

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

/// Replaces what is in a field.
fn retype(harness: &mut Window, field: &str, text: &str) {
    let role = egui::accesskit::Role::TextInput;
    harness.get_by_role_and_label(role, field).focus();
    harness.step();
    press_with(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_role_and_label(role, field).type_text(text);
    harness.step();
    press(harness, Key::Enter);
}

#[test]
fn f10_opens_the_menu_and_arrows_and_enter_choose() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    press(&mut harness, Key::F10);
    assert!(shows(&harness, "Help"));
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight] {
        press(&mut harness, key);
    }
    assert!(shows(&harness, "Go to Themes"), "the menu View is open");
    press(&mut harness, Key::Enter);
    assert!(!shows(&harness, "Help"), "the menu is closed");
}

#[test]
fn title_and_description_are_set_in_the_projects_settings() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = now(&harness);
    choose(&mut harness, "File", "Project settings…");
    retype(&mut harness, "Title of the project", "自信研究");
    press(&mut harness, Key::Escape);
    assert_eq!(now(&harness).title, "自信研究");
    undo_and_redo(&mut harness, &before, "the title");
}

#[test]
fn escape_in_a_field_brings_its_value_back_and_then_closes_the_dialog() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = now(&harness);
    choose(&mut harness, "File", "Project settings…");
    let role = egui::accesskit::Role::TextInput;
    let field = "Title of the project";
    harness.get_by_role_and_label(role, field).focus();
    harness.step();
    harness.get_by_role_and_label(role, field).type_text("x");
    settle(&mut harness);
    press(&mut harness, Key::Escape);
    assert!(shows(&harness, field), "the dialog is still open");
    assert_eq!(now(&harness), before);
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, field));
    assert_eq!(now(&harness), before);
}

#[test]
fn phases_are_added_renamed_moved_and_removed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Phases");
    let there = now(&harness).phases.len();
    for name in ["before", "after"] {
        retype(&mut harness, "Name of a new phase", name);
    }
    let names = |harness: &Window| -> Vec<String> {
        let project = now(harness);
        let phases = project.phases_in_order();
        phases
            .iter()
            .skip(there)
            .map(|phase| phase.name.clone())
            .collect()
    };
    assert_eq!(names(&harness), ["before", "after"]);
    click(&mut harness, "Move up after");
    assert_eq!(names(&harness), ["after", "before"]);
    retype(&mut harness, "Phase: after", "follow-up");
    click(&mut harness, "Remove before");
    assert_eq!(names(&harness), ["follow-up"]);
}

#[test]
fn coders_are_added_and_code_and_one_who_has_coded_stays() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Coders");
    retype(&mut harness, "Name of a new coder", "Bo");
    click(&mut harness, "Code as this coder Bo");
    assert!(shows(&harness, "Coder: Bo"), "the bar names who codes");
    assert!(
        harness
            .get_by_label("Remove Bo")
            .accesskit_node()
            .is_disabled(),
        "who codes can't be removed"
    );
}

#[test]
fn attributes_are_added_explained_and_removed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Attributes");
    let before = now(&harness);
    click(&mut harness, "A value for each phase");
    retype(&mut harness, "Name of a new attribute", "self-esteem");
    let project = now(&harness);
    let attribute = project
        .attribute_by_name(AttributeOf::Cases, "self-esteem")
        .unwrap();
    assert!(attribute.per_phase && attribute.kind == AttributeKind::Text);
    let id = attribute.id;
    click(&mut harness, "self-esteem");
    let role = egui::accesskit::Role::MultilineTextInput;
    let means = harness.get_by_role_and_label(role, "What it means");
    means.focus();
    means.type_text("Rosenberg's scale");
    harness.step();
    click(&mut harness, "Of documents");
    click(&mut harness, "Of cases");
    click(&mut harness, "self-esteem");
    assert_eq!(
        now(&harness).attributes[&id].definition,
        "Rosenberg's scale"
    );
    click(&mut harness, "Remove this attribute");
    assert_eq!(now(&harness).attributes, before.attributes);
}
