//! Find in the document, and memos on its passages, on the page of reading.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::action::Action,
    model::{
        memo::{Anchor, MemoKind},
        text::TextRange,
    },
};

use crate::{
    gestures::{Window, now, press, press_with, shows},
    window::{on_project, session, settle, window},
};

/// The words that are selected, as the status of the inspector shows them.
fn type_in_find(harness: &mut Window, words: &str) {
    press_with(harness, Modifiers::COMMAND, Key::F);
    harness
        .get_by_role_and_label(egui::accesskit::Role::SearchInput, "Find in this document")
        .type_text(words);
    settle(harness);
}

#[test]
fn ctrl_f_finds_counts_and_goes_round() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = now(&harness);
    type_in_find(&mut harness, "i DO");
    assert!(shows(&harness, "1 of 2"), "any case is found, and counted");
    press(&mut harness, Key::Enter);
    assert!(shows(&harness, "2 of 2"));
    press(&mut harness, Key::Enter);
    assert!(shows(&harness, "1 of 2"), "after the last comes the first");
    press_with(&mut harness, Modifiers::SHIFT, Key::Enter);
    assert!(shows(&harness, "2 of 2"));
    press(&mut harness, Key::F3);
    assert!(shows(&harness, "1 of 2"));
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, "1 of 2"), "the field is closed");
    press(&mut harness, Key::M);
    assert!(
        shows(&harness, "Text, in Markdown"),
        "the text has the keyboard again"
    );
    assert_eq!(now(&harness), before, "finding changes nothing");
}

#[test]
fn what_is_found_here_is_looked_for_everywhere() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    type_in_find(&mut harness, "奶奶");
    assert!(shows(&harness, "0 found"));
    harness.get_by_label("In all documents").click();
    settle(&mut harness);
    assert!(
        shows(&harness, "奶奶听"),
        "the concordance has the hit of the other document"
    );
}

#[test]
fn a_memo_on_a_passage_is_marked_and_listed_beside_it() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let document = session(&harness)
        .project()
        .document_by_title("F01 child")
        .unwrap()
        .id;
    harness.state_mut().act(Action::AddMemo {
        anchor: Anchor::Segment(document, TextRange::between(43, 60)),
        kind: MemoKind::Analytic,
        title: "Hand down".to_owned(),
        body: "Fear of being wrong".to_owned(),
    });
    settle(&mut harness);
    assert!(!shows(&harness, "Memos here"));
    harness
        .get_by_label("Memo: Hand down\nFear of being wrong")
        .click();
    settle(&mut harness);
    assert!(
        shows(&harness, "Memos here"),
        "the inspector lists the memo"
    );
    harness.get_by_label("Edit the memo Hand down").click();
    settle(&mut harness);
    assert!(shows(&harness, "Text, in Markdown"));
}

/// Opens the two rows and fills them in.
fn type_in_replace(harness: &mut Window, from: &str, to: &str) {
    press_with(harness, Modifiers::COMMAND, Key::H);
    harness
        .get_by_role_and_label(egui::accesskit::Role::SearchInput, "Find in this document")
        .type_text(from);
    settle(harness);
    harness.get_by_label("Replace with").focus();
    settle(harness);
    harness.get_by_label("Replace with").type_text(to);
    settle(harness);
}

fn text_of(harness: &Window, title: &str) -> String {
    let session = session(harness);
    let document = session.project().document_by_title(title).unwrap();
    session.content(document).unwrap().text.as_str().to_owned()
}

#[test]
fn ctrl_h_replaces_one_hit_after_the_other() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = text_of(&harness, "F01 child");
    type_in_replace(&mut harness, "know", "understand");
    assert!(shows(&harness, "1 of 2"));
    press(&mut harness, Key::Enter);
    assert_eq!(
        text_of(&harness, "F01 child"),
        before.replacen("know", "understand", 1)
    );
    assert!(shows(&harness, "1 of 1"), "the next is selected");
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert_eq!(
        text_of(&harness, "F01 child"),
        before.replace("know", "understand")
    );
    press(&mut harness, Key::Escape);
    harness.get_by_label("Close").click();
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text_of(&harness, "F01 child"), before);
}

#[test]
fn all_are_replaced_after_a_question_that_counts_them_and_undone_as_one_step() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.set_size(egui::vec2(900.0, 600.0));
    settle(&mut harness);
    let before = now(&harness);
    type_in_replace(&mut harness, "小远", "小林");
    harness.get_by_label("Labels, too").click();
    settle(&mut harness);
    harness.get_by_label("Every document").click();
    settle(&mut harness);
    harness.get_by_label("Replace all…").click();
    settle(&mut harness);
    assert!(shows(&harness, "Replace “小远” by “小林”?"));
    assert!(shows(
        &harness,
        "In 1 document: 3 labels in the text, the names of 1 speaker."
    ));
    assert!(shows(&harness, "Every coding keeps its words."));
    let window = harness.ctx.content_rect();
    let replace = harness.get_all_by_label("Replace").last().unwrap().rect();
    assert!(window.contains_rect(replace), "{replace}");
    // The safe button has the keyboard.
    press(&mut harness, Key::Enter);
    assert_eq!(now(&harness), before);
    harness.get_by_label("Replace all…").click();
    settle(&mut harness);
    harness.get_all_by_label("Replace").last().unwrap().click();
    settle(&mut harness);
    assert!(!text_of(&harness, "F02 孩子").contains("小远"));
    let speakers = |harness: &Window| {
        let project = now(harness);
        let document = project.document_by_title("F02 孩子").unwrap();
        document.speakers[1].label.clone()
    };
    assert_eq!(speakers(&harness), "小林");
    harness.get_by_label("Close").click();
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(speakers(&harness), "小远");
    assert!(text_of(&harness, "F02 孩子").contains("小远"));
}

#[test]
fn what_cannot_be_replaced_is_said_in_the_question() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    type_in_replace(&mut harness, "nowhere", "x");
    harness.get_by_label("Replace all…").click();
    settle(&mut harness);
    assert!(shows(&harness, "“nowhere” is nowhere in the texts"));
    press(&mut harness, Key::Enter);
    assert!(!shows(&harness, "“nowhere” is nowhere in the texts"));
}

#[test]
fn ctrl_h_on_another_page_brings_the_text_to_the_front() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    press_with(&mut harness, Modifiers::ALT, Key::Num4);
    press_with(&mut harness, Modifiers::COMMAND, Key::H);
    assert!(shows(&harness, "Replace with"));
}
