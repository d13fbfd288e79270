//! The history in the window: every step in words, what it changed, and taking one back out of order.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    app::action::Action,
    model::attribute::{AttributeKind, AttributeOf},
    store::Access,
};

use crate::{
    gestures::{Window, now, press, press_with, shows},
    window::{on_project, settle, until, window},
};

fn open() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    for phase in ["before", "after"] {
        harness.state_mut().act(Action::AddPhase(phase.to_owned()));
    }
    harness
        .state_mut()
        .act(Action::SetTitle("Second".to_owned()));
    press_with(&mut harness, Modifiers::ALT, Key::Num6);
    until(&mut harness, |harness| shows(harness, "add phase: before"));
    (harness, folder)
}

fn choose(harness: &mut Window, step: &str) {
    harness.get_by_label_contains(step).click();
    settle(harness);
}

#[test]
fn steps_are_listed_in_words_found_and_gone_through_by_keys() {
    let (mut harness, _folder) = open();
    assert!(shows(&harness, "steps. Nothing here is ever edited"));
    press(&mut harness, Key::ArrowDown);
    assert!(shows(&harness, "What changed"), "the latest step is chosen");
    assert!(shows(&harness, "Second"));
    harness.get_by_label("Find in history").focus();
    harness.get_by_label("Find in history").type_text("PHASE");
    settle(&mut harness);
    assert!(shows(&harness, "add phase: after") && !shows(&harness, "import documents"));
}

#[test]
fn a_step_is_taken_back_out_of_order_and_that_is_a_step_of_its_own() {
    let (mut harness, _folder) = open();
    choose(&mut harness, "add phase: before");
    harness.get_by_label("Take back this step").click();
    until(&mut harness, |harness| {
        shows(harness, "This step was taken back.")
    });
    let project = now(&harness);
    assert!(project.phase_by_name("before").is_none() && project.phase_by_name("after").is_some());
    assert_eq!(project.title, "Second");
    assert!(shows(&harness, "take back: before"));
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(
        now(&harness).phase_by_name("before").is_some(),
        "undo brings it again"
    );
}

#[test]
fn what_stands_in_the_way_is_said_and_the_step_stays() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for title in ["Second", "Third"] {
        harness.state_mut().act(Action::SetTitle(title.to_owned()));
    }
    press_with(&mut harness, Modifiers::ALT, Key::Num6);
    until(&mut harness, |harness| shows(harness, "set title"));
    let rows = harness.get_all_by_role(egui::accesskit::Role::ListBoxOption);
    let mut rows = rows.filter(|row| {
        let name = row.accesskit_node().label();
        name.is_some_and(|name| name.contains("set title"))
    });
    // The earlier of the two is below.
    rows.nth(1).unwrap().click();
    drop(rows);
    until(&mut harness, |harness| {
        shows(
            harness,
            "It can’t be taken back: the project was changed later.",
        )
    });
    let button = harness.get_by_label("Take back this step");
    assert!(button.accesskit_node().is_disabled());
}

#[test]
fn going_back_says_what_it_comes_to_and_is_one_step() {
    let (mut harness, _folder) = open();
    let before = now(&harness);
    choose(&mut harness, "add phase: before");
    harness.get_by_label("Back to here instead…").click();
    until(&mut harness, |harness| {
        shows(harness, "2 steps since will be taken back")
    });
    assert_eq!(now(&harness), before, "nothing is done yet");
    harness.get_by_label("Go back").click();
    settle(&mut harness);
    let project = now(&harness);
    assert!(project.phase_by_name("before").is_some() && project.phase_by_name("after").is_none());
    assert_ne!(project.title, "Second");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(now(&harness).title, "Second");
}

#[test]
fn the_project_is_shown_as_of_a_step_without_being_changed() {
    let (mut harness, _folder) = open();
    assert!(shows(&harness, "Ctrl Z undo: set title"));
    choose(&mut harness, "add phase: before");
    harness.get_by_label("Show the project as of here").click();
    settle(&mut harness);
    assert!(shows(&harness, "Nothing can be changed here."));
    assert!(!shows(&harness, "Ctrl Z undo"), "there is nothing to undo");
    let then = now(&harness);
    assert!(then.phase_by_name("before").is_some() && then.phase_by_name("after").is_none());
    harness
        .state_mut()
        .act(Action::SetTitle("Changed".to_owned()));
    settle(&mut harness);
    assert_eq!(now(&harness).title, then.title, "it is for reading only");
    harness.get_by_label("Back to now").click();
    settle(&mut harness);
    assert_eq!(now(&harness).title, "Second");
    assert!(shows(&harness, "Ctrl Z undo: set title"));
    let session = harness.state().session().unwrap();
    assert_eq!(session.access(), Access::Write);
}

#[test]
fn steps_are_listed_by_kind_and_exported_as_a_page() {
    let (mut harness, folder) = open();
    harness.get_by_label("What the steps are about").click();
    settle(&mut harness);
    harness.get_all_by_label("Project").last().unwrap().click();
    settle(&mut harness);
    assert!(shows(&harness, "add phase: after") && !shows(&harness, "import documents"));
    harness
        .get_all_by_label("Export the history…")
        .last()
        .unwrap()
        .click();
    settle(&mut harness);
    let path = folder.path().join("history");
    let field = harness.get_by_label("Path");
    field.focus();
    field.type_text(path.to_str().unwrap());
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    let page = std::fs::read_to_string(path.with_extension("html")).unwrap();
    let all = harness.state().session().unwrap().steps().len();
    assert!(page.contains(&format!(" of {all} steps")), "some of all");
    assert!(!page.contains(&format!("{all} of {all} steps")));
    assert!(page.contains("add phase: after") && !page.contains("import documents"));
}

#[test]
fn kinds_and_categories_of_attributes_are_told_from_what_to_what() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.state_mut().act(Action::AddAttribute {
        name: "income".to_owned(),
        of: AttributeOf::Cases,
        kind: AttributeKind::Text,
        per_phase: false,
    });
    let attribute = *now(&harness).attributes.keys().last().unwrap();
    harness.state_mut().act(Action::SetAttributeKind {
        attribute,
        kind: AttributeKind::Category(vec!["low".to_owned()]),
        lose: false,
    });
    harness.state_mut().act(Action::SetCategories {
        attribute,
        categories: vec!["high".to_owned(), "low".to_owned()],
    });
    press_with(&mut harness, Modifiers::ALT, Key::Num6);
    until(&mut harness, |harness| shows(harness, "set categories"));
    press(&mut harness, Key::ArrowDown);
    until(&mut harness, |harness| shows(harness, "What changed"));
    for label in ["low", "high; low"] {
        assert_eq!(harness.get_all_by_label(label).count(), 1, "{label}");
    }
    choose(&mut harness, "change kind of attribute");
    until(&mut harness, |harness| shows(harness, "category: low"));
    assert_eq!(harness.get_all_by_label("text").count(), 1);
}

#[test]
fn the_export_shares_the_left_edge_where_it_begins_a_line() {
    let (mut harness, _folder) = open();
    let mut wrapped = 0;
    for width in [640.0, 700.0, 760.0, 820.0, 880.0] {
        harness.set_size(egui::vec2(width, 700.0));
        settle(&mut harness);
        let first = harness.get_by_label("Coder").rect();
        let export = harness.get_by_label("Export the history…").rect();
        if export.left() < first.right() && export.top() > first.bottom() {
            // What shows that it can be pressed is beside the column, its words are in it.
            let padding = harness.ctx.global_style().spacing.button_padding.x;
            let off = export.left() + padding - first.left();
            assert!(off.abs() < 1.0, "{off} at {width}");
            wrapped += 1;
        }
    }
    assert!(wrapped > 0);
}
