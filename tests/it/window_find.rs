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
