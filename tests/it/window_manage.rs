//! A study is managed in the window: its title, phases, coders and attributes, through the menu.

use egui::{Key, Modifiers, PointerButton, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    app::{Session, action::Action, import::PathPatterns},
    message::language::UiLanguage,
    model::{
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        document::SpeakerRole,
        query::QueryKind,
    },
    store::Access,
};

use crate::{
    gestures::{Window, click_with, now, press, press_with, shows, undo_and_redo},
    window::{on_project, settle, window},
    window_commands::reopen,
    world::{transcript, world},
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
    let role = Role::TextInput;
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
    let role = Role::TextInput;
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
    let role = Role::MultilineTextInput;
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
    assert!(shows(&harness, "Remove self-esteem?"));
    click(&mut harness, "Remove");
    assert_eq!(now(&harness).attributes, before.attributes);
}

#[test]
fn categories_have_names_in_the_other_language() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(9)).unwrap();
        let kind = AttributeKind::Category(vec!["child".to_owned(), "mother".to_owned()]);
        session
            .run(Action::AddAttribute {
                name: "who".to_owned(),
                of: AttributeOf::Cases,
                kind,
                per_phase: false,
            })
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Attributes");
    click(&mut harness, "who");
    retype(&mut harness, "child: 中文", "孩子");
    let who = |harness: &Window| {
        let project = now(harness);
        let of_cases = project.attribute_by_name(AttributeOf::Cases, "who");
        of_cases.unwrap().categories_in(UiLanguage::Chinese)
    };
    assert_eq!(who(&harness), ["孩子", "mother"]);
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(who(&harness), ["child", "mother"]);
}

#[test]
fn a_coder_gets_a_value_which_is_undone() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Attributes");
    click(&mut harness, "A value for each phase");
    click(&mut harness, "Of coders");
    assert!(!shows(&harness, "A value for each phase"));
    retype(&mut harness, "Name of a new attribute", "training");
    let attribute = now(&harness).attributes_of(AttributeOf::Coders)[0].clone();
    assert!(!attribute.per_phase);
    click(&mut harness, "Coders");
    let before = now(&harness);
    retype(&mut harness, "training An", "two days");
    let given = |harness: &Window| -> Vec<String> {
        let values = now(harness).coder_by_name("An").unwrap().values.clone();
        values.values().map(AttributeValue::to_text).collect()
    };
    assert_eq!(given(&harness), ["two days"]);
    press(&mut harness, Key::Escape);
    undo_and_redo(&mut harness, &before, "the value");
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Attributes");
    click(&mut harness, "Of coders");
    click(&mut harness, "training");
    assert!(shows(&harness, "1 value, given for 1"));
    click(&mut harness, "Remove this attribute");
    click(&mut harness, "Remove");
    assert!(given(&harness).is_empty());
}

fn secondary_click(harness: &mut Window, label: &str) {
    let at = harness
        .get_all_by_label(label)
        .next()
        .unwrap()
        .rect()
        .center();
    click_with(harness, at, PointerButton::Secondary, Modifiers::NONE);
}

fn go_to_cases(harness: &mut Window) {
    press_with(harness, Modifiers::ALT, Key::Num4);
}

#[test]
fn documents_are_renamed_linked_and_removed_in_the_list() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = now(&harness);
    for title in ["F01 child", "F02 孩子"] {
        let at = harness
            .get_all_by_label(title)
            .next()
            .unwrap()
            .rect()
            .center();
        click_with(&mut harness, at, PointerButton::Primary, Modifiers::COMMAND);
    }
    secondary_click(&mut harness, "F01 child");
    assert!(shows(&harness, "2 documents"));
    click(&mut harness, "Remove…");
    assert!(shows(&harness, "Remove 2 documents?"));
    press(&mut harness, Key::Enter);
    assert_eq!(now(&harness), before, "Enter means the safe button");
    secondary_click(&mut harness, "F01 child");
    click(&mut harness, "Properties…");
    click(&mut harness, "Reed");
    click(&mut harness, "林家");
    let project = now(&harness);
    assert!(
        project
            .documents
            .values()
            .all(|document| document.cases.len() == 2)
    );
    press(&mut harness, Key::Escape);
    assert!(shows(&harness, "Several cases"));
    harness.get_all_by_label("F02 孩子").next().unwrap().focus();
    press(&mut harness, Key::Delete);
    click(&mut harness, "Remove");
    assert_eq!(now(&harness).documents.len(), 0);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(now(&harness).documents.len(), 2);
}

#[test]
fn a_documents_title_speakers_and_person_are_set() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    secondary_click(&mut harness, "F01 child");
    click(&mut harness, "Properties…");
    retype(&mut harness, "Title", "F01 Zoë");
    retype(&mut harness, "Speaker: Child", "Zoë");
    click(&mut harness, "Person that is Zoë");
    harness.get_all_by_label("Reed").last().unwrap().click();
    settle(&mut harness);
    let project = now(&harness);
    let document = project.document_by_title("F01 Zoë").unwrap();
    let speaker = document
        .speakers
        .iter()
        .find(|it| it.label == "Zoë")
        .unwrap();
    let person = project.case_by_name("Reed").unwrap().id;
    assert_eq!(speaker.case, Some(person));
}

#[test]
fn cases_are_renamed_moved_merged_and_removed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    go_to_cases(&mut harness);
    click(&mut harness, "Reed");
    press(&mut harness, Key::F2);
    harness
        .get_by_role_and_label(Role::TextInput, "Case: Reed")
        .type_text("s");
    harness.step();
    press(&mut harness, Key::Enter);
    assert!(now(&harness).case_by_name("Reeds").is_some());
    secondary_click(&mut harness, "Reeds");
    harness.get_by_label_contains("Merge into").click();
    settle(&mut harness);
    click(&mut harness, "Merge into 林家");
    let merged = now(&harness);
    assert!(merged.case_by_name("Reeds").is_none() && merged.case_by_name("林家").is_some());
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(now(&harness).case_by_name("Reeds").is_some());
    click(&mut harness, "Reeds");
    press(&mut harness, Key::Delete);
    assert!(shows(&harness, "Remove Reeds?"));
    click(&mut harness, "Remove");
    assert!(now(&harness).case_by_name("Reeds").is_none());
}

#[test]
fn values_are_typed_from_cell_to_cell() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for (name, kind) in [("age", AttributeKind::Number), ("sex", AttributeKind::Text)] {
        harness.state_mut().act(Action::AddAttribute {
            name: name.to_owned(),
            of: AttributeOf::Cases,
            kind,
            per_phase: false,
        });
    }
    go_to_cases(&mut harness);
    click(&mut harness, "Reed");
    press(&mut harness, Key::ArrowRight);
    harness.event(egui::Event::Text("11".to_owned()));
    settle(&mut harness);
    press(&mut harness, Key::Tab);
    harness.event(egui::Event::Text("female".to_owned()));
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    let project = now(&harness);
    let case = project.case_by_name("Reed").unwrap();
    let values: Vec<String> = case.values.values().map(|value| value.to_text()).collect();
    assert_eq!(values, ["11", "female"]);
    harness.get_by_label("age Reed: 11");
    press(&mut harness, Key::ArrowLeft);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Delete);
    let project = now(&harness);
    assert_eq!(project.case_by_name("Reed").unwrap().values.len(), 1);
}

#[test]
fn sheets_are_told_by_their_columns_or_asked_about() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let import = |harness: &mut Window, name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        choose(
            harness,
            "File",
            "Import a sheet of cases, documents or codings…",
        );
        let field = harness.get_by_role_and_label(Role::TextInput, "Path");
        field.focus();
        field.type_text(file.to_str().unwrap());
        settle(harness);
        click(harness, "Open");
    };
    import(
        &mut harness,
        "d.csv",
        "document,case,phase\nF01 child,Reed,baseline\n",
    );
    let project = now(&harness);
    let document = project.document_by_title("F01 child").unwrap();
    assert!(document.phase.is_some() && document.cases.len() == 1);
    assert!(
        project.case_by_name("F01 child").is_none(),
        "no document becomes a case"
    );
    import(&mut harness, "q.csv", "ID,Q1\nReed,3\n");
    assert!(shows(&harness, "What is a row of this sheet?"));
    click(&mut harness, "A family, person or other case");
    assert!(
        now(&harness)
            .attribute_by_name(AttributeOf::Cases, "Q1")
            .is_some()
    );
    assert!(shows(&harness, "q.csv: 1 row of cases new or changed"));
}

#[test]
fn a_label_is_marked_as_asking_and_linked_everywhere_and_a_kept_query_renamed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    choose(&mut harness, "Analyse", "Speakers…");
    click(&mut harness, "Child");
    click(&mut harness, "asks");
    click(&mut harness, "Person that is Child");
    harness.get_all_by_label("Reed").last().unwrap().click();
    settle(&mut harness);
    let project = now(&harness);
    let person = project.case_by_name("Reed").unwrap().id;
    let speakers = project
        .documents
        .values()
        .flat_map(|document| &document.speakers);
    let child = speakers
        .clone()
        .find(|speaker| speaker.label == "Child")
        .unwrap();
    assert_eq!(child.case, Some(person));
    assert_eq!(child.role, SpeakerRole::Interviewer);
    press(&mut harness, Key::Escape);
    harness.state_mut().act(Action::AddQuery {
        kind: QueryKind::Words,
        name: "hands".to_owned(),
        text: "hand".to_owned(),
    });
    press_with(&mut harness, Modifiers::ALT, Key::Num2);
    click(&mut harness, "Saved queries");
    click(&mut harness, "Rename hands");
    retype(&mut harness, "Name of the query", "hands up");
    let names: Vec<String> = now(&harness)
        .queries
        .values()
        .map(|it| it.name.clone())
        .collect();
    assert_eq!(names, ["hands up"]);
}

#[test]
fn whoever_coded_last_goes_on_when_the_project_is_opened_again() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    choose(&mut harness, "File", "Project settings…");
    click(&mut harness, "Coders");
    retype(&mut harness, "Name of a new coder", "Bo");
    click(&mut harness, "Code as this coder Bo");
    press(&mut harness, Key::Escape);
    choose(&mut harness, "File", "Close the project");
    drop(harness);
    let harness = reopen(folder.path());
    assert!(shows(&harness, "Coder: Bo"));
}

#[test]
fn documents_are_moved_among_those_of_their_family_and_put_in_the_usual_order_again() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        let files = ["F05 a", "F05 b", "F05 c"].map(|name| {
            let text = format!("Child: Yes, {name}.\n\nInterviewer: And then?\n");
            transcript(&format!("{name}.txt"), &text)
        });
        session
            .add_documents(files.to_vec(), &PathPatterns::default())
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    let order = |harness: &Window| {
        let project = now(harness);
        let titles = project.documents_in_order().into_iter();
        let titles = titles.map(|document| document.title.clone());
        titles
            .filter(|title| title.starts_with("F05"))
            .collect::<Vec<_>>()
    };
    assert_eq!(order(&harness), ["F05 a", "F05 b", "F05 c"]);
    let c = |harness: &Window| {
        let rows = harness.get_all_by_role_and_label(Role::TreeItem, "F05 c");
        rows.map(|row| row.rect().top()).fold(0.0, f32::max)
    };
    let before = c(&harness);
    secondary_click(&mut harness, "F05 c");
    click(&mut harness, "Move up");
    assert_eq!(order(&harness), ["F05 a", "F05 c", "F05 b"]);
    assert!(c(&harness) < before, "the list shows it");
    harness
        .get_by_role_and_label(Role::TreeItem, "F05 c")
        .focus();
    settle(&mut harness);
    press_with(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(order(&harness), ["F05 c", "F05 a", "F05 b"]);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(order(&harness), ["F05 a", "F05 c", "F05 b"]);
    secondary_click(&mut harness, "F05 c");
    click(&mut harness, "Order by phase and title");
    assert_eq!(order(&harness), ["F05 a", "F05 b", "F05 c"]);
}
