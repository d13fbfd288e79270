//! What small windows have room for, and what comes into sight by itself.

use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::{Session, action::Action, import::PathPatterns},
    gui::{Start, View},
    message::language::UiLanguage,
    model::memo::{Anchor, MemoKind},
    store::Access,
};

use crate::{
    gestures::{Window, press_with, shows},
    window::{on_project, settle, window},
    world::{transcript, world},
};

/// A window at the largest scale on a small screen.
fn small(harness: &mut Window) {
    harness.set_size(vec2(800.0, 450.0));
    settle(harness);
}

fn place_of(harness: &Window, label: &str) -> Rect {
    harness.get_by_label(label).rect()
}

#[test]
fn the_foot_of_the_first_page_is_beside_the_choices_of_a_low_window() {
    let (mut harness, _folder) = window(|_| Start {
        language: Some(UiLanguage::English),
        dark: Some(false),
        ..Start::default()
    });
    small(&mut harness);
    let foot = place_of(&harness, "Switch language");
    for choice in ["New project…", "Open project…", "From another program…"] {
        assert!(!place_of(&harness, choice).intersects(foot), "{choice}");
    }
}

#[test]
fn documents_and_codebook_share_the_height_of_any_window() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let share = |harness: &Window| {
        place_of(harness, "Filter the codebook").top() / harness.ctx.content_rect().height()
    };
    let before = share(&harness);
    small(&mut harness);
    let after = share(&harness);
    assert!((after - before).abs() < 0.1, "{before} and {after}");
}

#[test]
fn two_documents_share_the_width_of_any_window() {
    let (mut harness, _folder) = window(|path| Start {
        show: Some("beside".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    harness.set_size(vec2(900.0, 900.0));
    settle(&mut harness);
    let closers: Vec<f32> = harness
        .query_all_by_label("Close this document")
        .map(|node| node.rect().right())
        .collect();
    let [first, second] = closers[..] else {
        panic!("{closers:?}");
    };
    let text = harness.ctx.content_rect().right() - second;
    assert!(text < 40.0, "the inspector gives way");
    let left = place_of(&harness, "Filter the codebook").right();
    let (one, two) = (first - left, second - first);
    assert!((one - two).abs() < 80.0, "{one} and {two}");
}

#[test]
fn the_page_of_a_code_leaves_its_rules_to_the_editor_in_a_narrow_window() {
    let (mut harness, _folder) = window(|path| Start {
        show: Some("page:Belonging".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    assert!(shows(&harness, "No definition") || shows(&harness, "Definition"));
    small(&mut harness);
    let edit = place_of(&harness, "Split off ticked…");
    assert!(
        harness.ctx.content_rect().contains_rect(edit),
        "its tools are in the window: {edit}"
    );
}

#[test]
fn a_document_that_is_opened_by_a_key_comes_into_sight_in_the_list() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let texts = (10..40).map(|n| {
            let words = format!("Child: Yes, {n}.\n");
            transcript(&format!("Interview {n}.txt"), &words)
        });
        session
            .add_documents(texts.collect(), &PathPatterns::default())
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    let rows = |harness: &Window| harness.query_all_by_label("Interview 39").count();
    assert_eq!(rows(&harness), 0, "far below");
    for _ in 0..40 {
        if rows(&harness) > 0 {
            break;
        }
        press_with(&mut harness, Modifiers::COMMAND, Key::PageDown);
    }
    assert!(rows(&harness) > 0);
}

#[test]
fn a_memo_without_a_title_is_found_under_the_name_of_its_subject() {
    let (mut harness, _folder) = window(|path| Start {
        view: Some(View::Search),
        query: Some("porridge".to_owned()),
        show: Some("elsewhere".to_owned()),
        ..on_project(path)
    });
    harness.state_mut().act(Action::AddMemo {
        kind: MemoKind::Analytic,
        title: String::new(),
        body: "She tells of porridge.".to_owned(),
        anchor: Anchor::Project,
    });
    settle(&mut harness);
    assert!(shows(&harness, "Memo The project She tells of porridge."));
}

#[test]
fn the_views_of_hits_stay_beside_the_panel_that_codes_them() {
    let (mut harness, _folder) = window(|path| Start {
        view: Some(View::Search),
        query: Some("porridge".to_owned()),
        show: Some("code:Belonging".to_owned()),
        ..on_project(path)
    });
    small(&mut harness);
    let panel = place_of(&harness, "The hit").left();
    let views = [
        "Hits",
        "Word tree",
        "Collocates",
        "Spread",
        "Memos, codes, cases",
    ];
    for view in views {
        let place = place_of(&harness, view);
        assert!(place.right() < panel, "{view}: {place} and {panel}");
    }
}

#[test]
fn what_is_below_words_that_act_begins_where_it_would_without_them() {
    let (mut harness, _folder) = window(|path| Start {
        view: Some(View::Search),
        query: Some("porridge".to_owned()),
        show: Some("code:Belonging".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    let above = place_of(&harness, "The hit").left();
    let below = harness.get_by(|node| {
        node.label()
            .is_some_and(|it| it.starts_with("Code ") && it.contains(" passage"))
    });
    let below = below.rect().left();
    assert!((above - below).abs() < 0.5, "{above} and {below}");
}

#[test]
fn a_word_that_acts_begins_where_the_texts_above_it_do() {
    let (mut harness, _folder) = window(|path| Start {
        show: Some("settings".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    let word = place_of(&harness, "Change keys…");
    let above = place_of(&harness, "Language");
    let padding = harness.ctx.global_style().spacing.button_padding.x;
    let begins = word.left() + padding;
    assert!((begins - above.left()).abs() < 0.5, "{begins} and {above}");
}
