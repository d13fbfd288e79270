//! Commands by key, by palette and by the key map; the trail, the place that is kept, and how the text is set.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use tain::gui::{Gui, Start, UiLanguage};

use crate::{
    gestures::{Window, press_with as press, shows},
    window::{on_project, session, settle, window},
    world::world,
};

fn open() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    (harness, folder)
}

#[test]
fn the_palette_finds_documents_by_pinyin_and_runs_commands() {
    let (mut harness, _folder) = open();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text("@haizi");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(shows(&harness, "小远 我回家念给奶奶听"));
    press(&mut harness, Modifiers::COMMAND, Key::P);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text(">go to themes");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!shows(&harness, "小远 我回家念给奶奶听"));
    press(&mut harness, Modifiers::ALT, Key::Num1);
    assert!(shows(&harness, "小远 我回家念给奶奶听"));
}

#[test]
fn the_palette_opens_a_code_and_closes_on_escape() {
    let (mut harness, _folder) = open();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text("#belong");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(
        !shows(&harness, "Child I keep my hand down"),
        "the code's page takes the text's place"
    );
    press(&mut harness, Modifiers::COMMAND, Key::K);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Command, document, code, case, memo"));
}

#[test]
fn back_and_forward_go_over_documents() {
    let (mut harness, _folder) = open();
    press(&mut harness, Modifiers::COMMAND, Key::PageDown);
    assert!(
        shows(&harness, "小远 我回家念给奶奶听"),
        "the next document"
    );
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert!(shows(&harness, "Child I keep my hand down"));
    harness.get_by_label("Forward").click();
    settle(&mut harness);
    assert!(shows(&harness, "小远 我回家念给奶奶听"));
}

#[test]
fn the_key_map_lists_and_runs_commands() {
    let (mut harness, _folder) = open();
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert!(
        shows(&harness, "Next uncoded passage") && shows(&harness, "Merge into"),
        "the codebook's keys too"
    );
    harness
        .get_by_label("Filter commands or keys")
        .type_text("redo");
    settle(&mut harness);
    assert!(shows(&harness, "Ctrl Y"));
    assert!(!shows(&harness, "Next uncoded passage"));
    assert!(!shows(&harness, "Merge into"));
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert!(!shows(&harness, "Filter commands or keys"));
}

#[test]
fn larger_text_is_larger_and_is_kept() {
    let (mut harness, folder) = open();
    let height = |harness: &Window| {
        harness
            .get_by_label_contains("Child I believe I can")
            .rect()
            .height()
    };
    let usual = height(&harness);
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    let larger = height(&harness);
    assert!(larger > usual + 2.0, "{usual} {larger}");
    drop(harness);
    let again = reopen(folder.path());
    assert!((height(&again) - larger).abs() < 0.5);
    let mut again = again;
    press(&mut again, Modifiers::COMMAND, Key::Num0);
    assert!((height(&again) - usual).abs() < 0.5);
}

/// The window once more on the same project, with the same settings.
pub(crate) fn reopen(folder: &std::path::Path) -> Window {
    let start = Start {
        project: Some(folder.join("p.tain")),
        home: Some(folder.join("home")),
        language: Some(UiLanguage::English),
        dark: Some(false),
        ..Start::default()
    };
    let mut harness = Harness::builder()
        .with_size([1440.0, 900.0])
        .with_step_dt(0.02)
        .build_eframe(move |context| Gui::new(&context.egui_ctx, start, Box::new(|| world(12))));
    settle(&mut harness);
    harness
}

#[test]
fn a_project_opens_where_the_work_was() {
    let (mut harness, folder) = open();
    harness.get_by_label("F02 孩子").click();
    settle(&mut harness);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text(">close the project");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().session().is_none());
    drop(harness);
    let again = reopen(folder.path());
    assert!(shows(&again, "小远 我回家念给奶奶听"));
    assert!(session(&again).project().documents.len() == 2);
}

#[test]
fn the_keyboard_goes_from_part_to_part() {
    let (mut harness, _folder) = open();
    press(&mut harness, Modifiers::NONE, Key::F6);
    assert!(
        harness
            .get_all_by_label("F01 child")
            .any(|node| node.is_focused()),
        "the list of documents"
    );
    press(&mut harness, Modifiers::NONE, Key::F6);
    assert!(
        harness.get_by_label_contains("Needs").is_focused(),
        "the codebook"
    );
}
