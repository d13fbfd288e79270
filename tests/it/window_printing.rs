//! Printing: what is shown becomes a page, which a program of the system opens.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tain::gui::{Start, View};

use crate::{
    gestures::{Window, press, press_with, shows},
    window::{on_project, settle, window},
    world::apply_code,
};

/// A window on a page, where `viewer` opens what is printed.
fn open(view: View, viewer: &'static str) -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(move |path| {
        let host = crate::world::world(8);
        let mut session = tain::app::Session::open(path, tain::store::Access::Write, host).unwrap();
        session.act_as_first();
        apply_code(&mut session, "F01 child", "Belonging", 43, 60);
        Start {
            view: Some(view),
            viewer: Some(viewer.into()),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    (harness, folder)
}

/// Chooses Print in the finder and types a path.
fn print(harness: &mut Window, path: &std::path::Path) {
    press_with(harness, Modifiers::COMMAND, Key::K);
    let finder = harness.get_by_label("Command, document, code, case, memo");
    finder.type_text(">print");
    settle(harness);
    press(harness, Key::Enter);
    harness
        .get_by_label("Path")
        .type_text(path.to_str().unwrap());
    settle(harness);
    press(harness, Key::Enter);
    settle(harness);
}

#[test]
fn a_document_is_printed_with_its_codes_and_opened() {
    let (mut harness, folder) = open(View::Read, "true");
    let path = folder.path().join("page");
    print(&mut harness, &path);
    let page = std::fs::read_to_string(path.with_extension("html")).unwrap();
    assert!(page.contains("How is school") && page.contains("Belonging"));
    assert!(page.contains("counter(page)") && page.contains("break-inside:avoid"));
    assert!(!page.contains("面馆"), "the other document isn't shown");
    assert!(shows(&harness, "Saved: "));
}

#[test]
fn what_nothing_can_open_stays_where_it_is_said_to_be() {
    for viewer in ["false", "/no such program"] {
        let (mut harness, folder) = open(View::History, viewer);
        let path = folder.path().join("steps.html");
        print(&mut harness, &path);
        assert!(
            std::fs::read_to_string(&path)
                .unwrap()
                .contains("History of")
        );
        assert!(shows(
            &harness,
            "steps.html: saved, but this system has no program"
        ));
    }
}

#[test]
fn a_table_is_printed_as_it_is_shown() {
    let (mut harness, folder) = open(View::Themes, "true");
    let path = folder.path().join("table.html");
    print(&mut harness, &path);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.contains("<table>") && page.contains("Needs"));
}

#[test]
fn where_nothing_can_be_printed_that_is_said() {
    let (mut harness, _folder) = open(View::Memos, "true");
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    let finder = harness.get_by_label("Command, document, code, case, memo");
    finder.type_text(">print");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert!(shows(&harness, "There is nothing to print here"));
}
