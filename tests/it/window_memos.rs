//! Memos in the window: written on anything, found again, changed, removed, exported; each step undone and redone.

use egui::{Key, Modifiers, PointerButton, Shape};
use egui_kittest::kittest::Queryable as _;
use tain::model::memo::Anchor;

use crate::{
    gestures::{Window, click_with, press_with as press},
    window::{on_project, session, settle, window},
};

fn secondary_click(harness: &mut Window, label: &str) {
    let at = harness
        .get_all_by_label(label)
        .next()
        .unwrap()
        .rect()
        .center();
    click_with(harness, at, PointerButton::Secondary, Modifiers::NONE);
}

/// The memos as titles with what they stand on.
fn memos(harness: &Window) -> Vec<(String, Anchor)> {
    session(harness)
        .project()
        .memos
        .values()
        .map(|memo| (memo.title.clone(), memo.anchor))
        .collect()
}

fn write(harness: &mut Window, title: &str, body: &str) {
    harness.get_by_label("Title").focus();
    settle(harness);
    harness.get_by_label("Title").type_text(title);
    settle(harness);
    harness.get_by_label("Text, in Markdown").focus();
    settle(harness);
    harness.get_by_label("Text, in Markdown").type_text(body);
    settle(harness);
    press(harness, Modifiers::COMMAND, Key::Enter);
}

/// Takes the last step back and brings it again.
fn undo_and_redo(harness: &mut Window, before: &[(String, Anchor)]) {
    let after = memos(harness);
    press(harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(memos(harness), before, "undone");
    press(harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(memos(harness), after, "redone");
}

#[test]
fn memos_are_written_on_the_project_a_document_a_code_a_case_and_a_passage() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for (place, title) in [("F01 child", "on a document"), ("Belonging", "on a code")] {
        let before = memos(&harness);
        secondary_click(&mut harness, place);
        harness.get_by_label_contains("Write a memo…").click();
        settle(&mut harness);
        write(&mut harness, title, "words");
        undo_and_redo(&mut harness, &before);
    }
    let at = harness
        .get_by_label_contains("Child I keep my hand down")
        .rect()
        .left_top()
        + egui::vec2(22.0, 13.0);
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::W);
    let before = memos(&harness);
    press(&mut harness, Modifiers::NONE, Key::M);
    write(&mut harness, "on a passage", "**keep**");
    undo_and_redo(&mut harness, &before);
    press(&mut harness, Modifiers::ALT, Key::Num4);
    let before = memos(&harness);
    secondary_click(&mut harness, "Reed");
    harness.get_by_label_contains("Write a memo…").click();
    settle(&mut harness);
    write(&mut harness, "on a case", "words");
    undo_and_redo(&mut harness, &before);
    press(&mut harness, Modifiers::ALT, Key::Num5);
    let before = memos(&harness);
    harness.get_by_label("Write a memo…").click();
    settle(&mut harness);
    write(&mut harness, "on the project", "words");
    undo_and_redo(&mut harness, &before);
    let kinds: Vec<(String, bool)> = memos(&harness)
        .into_iter()
        .map(|(title, anchor)| (title, anchor == Anchor::Project))
        .collect();
    let expected = [
        "on a document",
        "on a code",
        "on a passage",
        "on a case",
        "on the project",
    ];
    assert_eq!(
        kinds
            .iter()
            .map(|(title, _)| title.as_str())
            .collect::<Vec<_>>(),
        expected
    );
    assert!(matches!(memos(&harness)[2].1, Anchor::Segment(..)));
}

/// A window on the page of memos with two of them.
fn with_two() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    press(&mut harness, Modifiers::ALT, Key::Num5);
    for (title, body) in [
        ("First look", "孩子们都说到了自信。"),
        ("Second look", "They *all* spoke of hands."),
    ] {
        harness.get_by_label("Write a memo…").click();
        settle(&mut harness);
        write(&mut harness, title, body);
    }
    (harness, folder)
}

#[test]
fn a_memo_is_found_edited_and_removed() {
    let (mut harness, _folder) = with_two();
    harness.get_by_label("Search the memos").focus();
    settle(&mut harness);
    harness.get_by_label("Search the memos").type_text("自信");
    settle(&mut harness);
    assert_eq!(
        harness
            .query_all_by_label("Second look")
            .filter(|node| node.rect().left() < 380.0)
            .count(),
        0
    );
    harness
        .get_all_by_label("First look")
        .next()
        .unwrap()
        .click();
    settle(&mut harness);
    let before = memos(&harness);
    harness.get_by_label("Edit the memo").click();
    settle(&mut harness);
    harness
        .get_all_by_label("Reflexive")
        .last()
        .unwrap()
        .click();
    settle(&mut harness);
    write(&mut harness, "! ", "");
    assert!(
        memos(&harness).iter().any(|(title, _)| title.contains('!')),
        "{:?}",
        memos(&harness)
    );
    undo_and_redo(&mut harness, &before);
    let before = memos(&harness);
    harness.get_by_label("Remove the memo").click();
    settle(&mut harness);
    assert_eq!(memos(&harness).len(), 1);
    undo_and_redo(&mut harness, &before);
}

#[test]
fn a_memo_upon_a_memo_goes_with_it() {
    let (mut harness, _folder) = with_two();
    harness.get_by_label("Write a memo about this one…").click();
    settle(&mut harness);
    write(&mut harness, "Third look", "upon it");
    assert!(matches!(memos(&harness)[2].1, Anchor::Memo(_)));
    let before = memos(&harness);
    harness.get_by_label("Remove the memo").click();
    settle(&mut harness);
    assert_eq!(memos(&harness).len(), 1);
    undo_and_redo(&mut harness, &before);
}

#[test]
fn memos_are_exported_and_a_file_is_replaced_only_when_asked() {
    let (mut harness, folder) = with_two();
    let path = folder.path().join("out.md");
    std::fs::write(&path, "mine").unwrap();
    let text = || std::fs::read_to_string(&path).unwrap();
    let ask = |harness: &mut Window| {
        harness.get_by_label("Export the memos…").click();
        settle(harness);
        harness
            .get_by_label("Path")
            .type_text(path.with_extension("").to_str().unwrap());
        settle(harness);
        harness.get_by_label("Save").click();
        settle(harness);
        harness.get_by_label("out.md already exists.");
    };
    ask(&mut harness);
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert_eq!(text(), "mine");
    // Another name is no answer to the question about the first.
    ask(&mut harness);
    harness.get_by_label("Path").focus();
    settle(&mut harness);
    harness.get_by_label("Path").type_text("2");
    settle(&mut harness);
    assert!(harness.query_by_label("Replace").is_none());
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    ask(&mut harness);
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert!(
        text().starts_with("# First look\n\nanalytic · An · 2025-")
            && text().contains("# Second look"),
        "{}",
        text()
    );
}

/// How wide a character is painted in a text, as a share of its size.
fn painted_width(harness: &Window, text: &str, c: char) -> f32 {
    fn find(shape: &Shape, text: &str, c: char) -> Option<f32> {
        match shape {
            Shape::Vec(shapes) => shapes.iter().find_map(|shape| find(shape, text, c)),
            Shape::Text(shown) if shown.galley.text() == text => {
                let mut glyphs = shown.galley.rows.iter().flat_map(|row| &row.glyphs);
                let glyph = glyphs.find(|glyph| glyph.chr == c)?;
                Some(glyph.advance_width / 13.0)
            }
            _ => None,
        }
    }
    let mut shapes = harness.output().shapes.iter();
    let found = shapes.find_map(|clipped| find(&clipped.shape, text, c));
    found.expect("the text is painted")
}

#[test]
fn what_is_written_has_the_marks_of_its_language() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    secondary_click(&mut harness, "Belonging");
    harness.get_by_label_contains("Write a memo…").click();
    settle(&mut harness);
    for (field, text) in [
        ("Title", "他说：“我敢了”"),
        ("Text, in Markdown", "小明说“我敢了……”。"),
    ] {
        harness.get_by_label(field).focus();
        settle(&mut harness);
        harness.get_by_label(field).type_text(text);
        settle(&mut harness);
        let width = painted_width(&harness, text, '“');
        assert!(width > 0.9, "{field}: {width}");
    }
    let body = "She said “I can’t…”";
    harness.get_by_label("Title").focus();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label("Title").type_text(body);
    settle(&mut harness);
    assert!(painted_width(&harness, body, '“') < 0.6);
}
