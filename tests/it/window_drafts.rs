//! What was begun and isn't saved is kept: over Escape, another memo, and a window that ends without a word.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::action::Action,
    gui::{Gui, Start},
    model::memo::{Anchor, MemoKind},
};

use crate::{
    gestures::{self, Window, now, press, shows},
    window::{on_project, settle, window},
    world::world,
};

const BODY: &str = "Text, in Markdown";

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

/// Opens the writer of a memo on the open document, and types into it.
fn begin(harness: &mut Window, words: &str) {
    press(harness, Key::M);
    harness.get_by_label(BODY).type_text(words);
    settle(harness);
}

fn body(harness: &Window) -> String {
    harness.get_by_label(BODY).value().unwrap_or_default()
}

#[test]
fn escape_asks_once_and_then_keeps_what_was_written() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let before = now(&harness);
    press(&mut harness, Key::M);
    press(&mut harness, Key::Escape);
    assert!(
        !shows(&harness, BODY),
        "without a word there is nothing to ask about"
    );
    begin(&mut harness, "thought");
    press(&mut harness, Key::Escape);
    assert!(shows(&harness, "Not saved yet."));
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, BODY));
    press(&mut harness, Key::M);
    assert_eq!(body(&harness), "thought");
    press(&mut harness, Key::Escape);
    click(&mut harness, "Go on writing");
    assert_eq!(body(&harness), "thought");
    press(&mut harness, Key::Escape);
    click(&mut harness, "Discard");
    press(&mut harness, Key::M);
    assert_eq!(body(&harness), "");
    assert_eq!(now(&harness), before);
}

#[test]
fn another_memo_in_the_list_puts_the_open_one_aside() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for title in ["first", "second"] {
        harness.state_mut().act(Action::AddMemo {
            anchor: Anchor::Project,
            kind: MemoKind::Analytic,
            title: title.to_owned(),
            body: String::new(),
        });
    }
    harness.get_by_label("Memos").click();
    settle(&mut harness);
    click(&mut harness, "first");
    click(&mut harness, "Edit the memo");
    harness.get_by_label(BODY).type_text("half a thought");
    settle(&mut harness);
    click(&mut harness, "second");
    click(&mut harness, "first");
    click(&mut harness, "Edit the memo");
    assert_eq!(body(&harness), "half a thought");
}

#[test]
fn a_rule_that_is_left_is_there_again() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let open = |harness: &mut Window| {
        let at = harness.get_by_label("Belonging").rect().center();
        gestures::click(harness, at);
        settle(harness);
        press(harness, Key::Enter);
    };
    let rule = "When to apply (English)";
    open(&mut harness);
    press(&mut harness, Key::Escape);
    assert!(
        !shows(&harness, rule),
        "nothing was written, so nothing is asked"
    );
    open(&mut harness);
    harness.get_by_label(rule).focus();
    settle(&mut harness);
    harness.get_by_label(rule).type_text("to be one of them");
    settle(&mut harness);
    press(&mut harness, Key::Escape);
    assert!(shows(&harness, "Not saved yet."));
    press(&mut harness, Key::Enter);
    assert!(
        !shows(&harness, "Ctrl Enter saves"),
        "Enter kept it and closed the editor"
    );
    open(&mut harness);
    let kept = harness.get_by_label(rule).value();
    assert_eq!(kept.as_deref(), Some("to be one of them"));
}

#[test]
fn a_window_that_ends_without_a_word_shows_the_draft_when_it_is_opened_again() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    begin(&mut harness, "before the crash");
    for _ in 0..4 {
        settle(&mut harness);
    }
    drop(harness);
    let start = Start {
        home: Some(folder.path().join("home")),
        ..on_project(&folder.path().join("p.tain"))
    };
    let mut harness: Window = egui_kittest::Harness::builder()
        .with_size([1440.0, 900.0])
        .with_max_steps(64)
        .with_step_dt(0.02)
        .build_eframe(move |context| Gui::new(&context.egui_ctx, start, Box::new(|| world(12))));
    settle(&mut harness);
    assert!(shows(&harness, "kept as a draft"));
    click(&mut harness, "Show");
    assert_eq!(body(&harness), "before the crash");
}
