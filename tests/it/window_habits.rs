//! What hands do by habit: the same code again, a sentence at a paragraph's end, a name that is taken.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::{Session, import::PathPatterns},
    gui::Start,
    store::Access,
};

use crate::{
    gestures::{self, Window, coded, now, place, press, press_with, shows},
    window::{on_project, settle, window},
    world::{transcript, world},
};

/// A project with a turn of two paragraphs, which is read.
fn with_paragraphs(path: &std::path::Path) -> Start {
    let mut session = Session::open(path, Access::Write, world(8)).unwrap();
    let text = "Interviewer: And you?\n\nChild: First I hid. Then I sang.\nThey all heard it.\n\nInterviewer: Oh.\n";
    session
        .add_documents(
            vec![transcript("Paragraphs.txt", text)],
            &PathPatterns::default(),
        )
        .unwrap();
    on_project(path)
}

fn click_at(harness: &mut Window, turn: &str, x: f32) {
    settle(harness);
    let at = place(harness, turn, x);
    gestures::click(harness, at);
    settle(harness);
}

#[test]
fn a_sentence_ends_before_the_line_break() {
    let (mut harness, _folder) = window(with_paragraphs);
    settle(&mut harness);
    harness.get_by_label("Paragraphs").click();
    settle(&mut harness);
    click_at(&mut harness, "Child First I hid", 110.0);
    press(&mut harness, Key::S);
    press(&mut harness, Key::V);
    assert_eq!(coded(&harness), ["Then I sang.: Then I sang."]);
}

#[test]
fn the_same_code_again_is_the_one_made_in_vivo() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    click_at(&mut harness, "Child I believe I can", 4.0);
    press(&mut harness, Key::S);
    press(&mut harness, Key::V);
    click_at(&mut harness, "Child I keep my hand down", 40.0);
    press(&mut harness, Key::W);
    press(&mut harness, Key::A);
    let coded = coded(&harness);
    assert!(
        coded.iter().all(|line| line.starts_with("I believe I can")),
        "{coded:?}"
    );
    assert_eq!(coded.len(), 2);
}

#[test]
fn a_name_that_is_taken_is_said_while_it_is_typed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = now(&harness);
    click_at(&mut harness, "Child I keep my hand down", 40.0);
    press(&mut harness, Key::W);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    harness.get_by_label("Name of the code").type_text("needs");
    settle(&mut harness);
    assert!(shows(&harness, "There is a code of this name here."));
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(now(&harness), before);
    harness
        .get_by_label("Name of the code")
        .type_text(" of mine");
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(
        coded(&harness).len(),
        1,
        "what was typed is still there, and counts"
    );
}

#[test]
fn a_command_gets_another_key_which_it_keeps_and_which_its_owner_loses() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    press(&mut harness, Key::F1);
    harness.event(egui::Event::Text("in this document".to_owned()));
    settle(&mut harness);
    harness
        .get_by_label("Change the key of Find in this document")
        .click();
    settle(&mut harness);
    press(&mut harness, Key::R);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(shows(
        &harness,
        "Ctrl K was taken from “All commands, documents, codes”."
    ));
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    let name = "Find in this document";
    harness.get_by_role_and_label(Role::SearchInput, name);
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND, Key::F);
    assert!(!shows(&harness, name), "the old key is free");
    drop(harness);
    let stored = std::fs::read_to_string(folder.path().join("home/settings.ron")).unwrap();
    assert!(stored.contains("\"FindInDocument\"") && stored.contains("Ctrl K"));
}

#[test]
fn what_was_opened_is_forgotten_once_the_user_wants_it() {
    let (mut harness, folder) = window(|path| Start {
        show: Some("settings".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    let stored =
        || std::fs::read_to_string(folder.path().join("home/settings.ron")).unwrap_or_default();
    assert!(stored().contains(".tain"), "{}", stored());
    harness.get_by_label("Remember the projects I open").click();
    settle(&mut harness);
    assert!(!stored().contains(".tain"), "{}", stored());
    // Nor does closing the window leave a trace.
    drop(harness);
    assert!(!stored().contains(".tain"), "{}", stored());
}
