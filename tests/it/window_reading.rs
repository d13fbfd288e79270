//! The coding desk by mouse and keyboard: every gesture that changes the project is done, undone and redone.

use egui::{Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::{Session, action::Action},
    model::{
        Project,
        facet::{Facet, FacetKind},
        ids::FacetId,
        localized::Localized,
    },
    store::Access,
};

use crate::{
    gestures::{
        Window, choose, click_with, clicks, coded, coded_window, comparable, drag, now, place,
        press, press_with, undo_and_redo,
    },
    window::{on_project, session, settle, window},
    world::{apply_code, world},
};

/// The first answer of the child, in the document that opens first.
const ANSWER: &str = "Child I keep my hand down";

#[test]
fn more_clicks_select_more_words_sentence_turn() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for (count, expected) in [
        (2, "Needs/Belonging: keep"),
        (3, "Needs/Belonging: I keep my hand down 😀."),
        (
            4,
            "Needs/Belonging: I keep my hand down 😀. In case it’s wrong.",
        ),
    ] {
        let at = place(&harness, ANSWER, 22.0);
        clicks(&mut harness, at, count);
        let before = now(&harness);
        choose(&mut harness, "blg");
        assert!(
            coded(&harness).contains(&expected.to_owned()),
            "{count} clicks: {:?}",
            coded(&harness)
        );
        undo_and_redo(&mut harness, &before, "coding");
        press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    }
}

#[test]
fn a_double_click_selects_a_chinese_word() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("F02 孩子").click();
    settle(&mut harness);
    // 小远：我回家念给奶奶听 … each character is 16 points wide: the seventh and eighth are 奶奶.
    let at = place(&harness, "小远 我回家念给奶奶听", 16.0 * 6.3);
    clicks(&mut harness, at, 2);
    choose(&mut harness, "blg");
    assert_eq!(coded(&harness), ["Needs/Belonging: 奶奶"]);
}

#[test]
fn several_codes_at_once_are_one_step() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    let before = now(&harness);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    assert_eq!(coded(&harness).len(), 2, "{:?}", coded(&harness));
    undo_and_redo(&mut harness, &before, "two codes");
}

#[test]
fn shift_enter_keeps_the_selection_for_another_code() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    harness.get_by_label("Filter codes").type_text("blg");
    settle(&mut harness);
    press_with(&mut harness, Modifiers::SHIFT, Key::Enter);
    choose(&mut harness, "speaking");
    assert_eq!(
        coded(&harness),
        ["Needs/Belonging: keep", "Strengths/Speaking up: keep"]
    );
}

#[test]
fn a_new_code_is_made_where_it_is_needed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    let before = now(&harness);
    harness
        .get_by_label("Filter codes")
        .type_text("Needs/Silence");
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    harness.get_by_label("Definition").focus();
    settle(&mut harness);
    harness
        .get_by_label("Definition")
        .type_text("Says nothing on purpose");
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(coded(&harness), ["Needs/Silence: keep"]);
    undo_and_redo(&mut harness, &before, "a new code");
}

#[test]
fn words_become_a_code_and_the_same_code_comes_again() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    press(&mut harness, Key::Escape);
    let before = now(&harness);
    press(&mut harness, Key::V);
    assert_eq!(coded(&harness), ["keep: keep"]);
    undo_and_redo(&mut harness, &before, "in vivo");
    let at = place(&harness, ANSWER, 3.0);
    clicks(&mut harness, at, 2);
    choose(&mut harness, "blg");
    let at = place(&harness, "Child I believe I can", 3.0);
    clicks(&mut harness, at, 4);
    press(&mut harness, Key::Escape);
    let before = now(&harness);
    press(&mut harness, Key::A);
    assert!(
        coded(&harness).contains(&"Needs/Belonging: I believe I can.".to_owned()),
        "{:?}",
        coded(&harness)
    );
    undo_and_redo(&mut harness, &before, "the same code again");
}

#[test]
fn facets_are_asked_by_key() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let id = session.project().codebook.find("Belonging").unwrap();
        let mut code = tain::model::code::Code::clone(session.project().codebook.get(id).unwrap());
        let category = |names: &[&str]| {
            FacetKind::Category(names.iter().map(|name| Localized::plain(*name)).collect())
        };
        for (number, name, kind) in [
            (1, "appraiser", category(&["mother", "teacher"])),
            (2, "felt", FacetKind::YesNo),
        ] {
            code.facets.push(Facet {
                id: FacetId::from_u128(number),
                name: Localized::plain(name),
                kind,
            });
        }
        session.run(Action::SetCode(Box::new(code))).unwrap();
        on_project(path)
    });
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    let before = now(&harness);
    choose(&mut harness, "blg");
    harness.get_by_label("teacher");
    harness.event(egui::Event::Text("2".to_owned()));
    settle(&mut harness);
    harness.event(egui::Event::Text("1".to_owned()));
    settle(&mut harness);
    let project = now(&harness);
    let coding = project
        .documents
        .values()
        .flat_map(|document| &document.codings)
        .next()
        .unwrap();
    let values: Vec<String> = coding
        .facets
        .values()
        .map(tain::model::facet::FacetValue::to_text)
        .collect();
    assert_eq!(values, ["teacher", "yes"]);
    undo_and_redo(&mut harness, &before, "a coding with facets");
}

#[test]
fn a_chosen_coding_is_moved_to_another_code_copied_and_removed() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6)]);
    let at = place(&harness, ANSWER, 22.0);
    for (key, expected) in [
        (Key::R, vec!["Strengths/Speaking up: keep"]),
        (
            Key::Y,
            vec!["Strengths/Speaking up: keep", "Needs/Being heard: keep"],
        ),
    ] {
        clicks(&mut harness, at, 1);
        let before = now(&harness);
        press(&mut harness, key);
        let field = if key == Key::R {
            "Another code for the codings"
        } else {
            "Also code the passages with…"
        };
        harness
            .get_by_label(field)
            .type_text(if key == Key::R { "speaking" } else { "heard" });
        settle(&mut harness);
        press(&mut harness, Key::Enter);
        assert_eq!(coded(&harness), expected);
        undo_and_redo(&mut harness, &before, "recoding and copying");
    }
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::Delete);
    assert_eq!(coded(&harness).len(), 1);
    undo_and_redo(&mut harness, &before, "removing");
}

#[test]
fn a_coding_is_split_at_the_cursor_and_joined_again() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 0, 20)]);
    let at = place(&harness, ANSWER, 60.0);
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::Slash);
    assert_eq!(coded(&harness).len(), 2, "{:?}", coded(&harness));
    undo_and_redo(&mut harness, &before, "splitting");
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::J);
    assert_eq!(coded(&harness), ["Needs/Belonging: I keep my hand down "]);
    undo_and_redo(&mut harness, &before, "joining");
}

#[test]
fn the_edges_of_a_coding_move_by_key_and_by_mouse() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6)]);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 1);
    let alt = Modifiers::ALT | Modifiers::SHIFT;
    for (modifiers, key, expected) in [
        (alt, Key::ArrowRight, "Needs/Belonging: keep my"),
        (alt, Key::ArrowLeft, "Needs/Belonging: keep "),
        (
            alt | Modifiers::COMMAND,
            Key::ArrowLeft,
            "Needs/Belonging: I keep ",
        ),
    ] {
        let before = now(&harness);
        press_with(&mut harness, modifiers, key);
        assert_eq!(coded(&harness), [expected]);
        undo_and_redo(&mut harness, &before, "moving an edge by key");
    }
    let handle = harness.get_by_label("⟧ Belonging").rect().center();
    let before = now(&harness);
    drag(&mut harness, handle, handle + egui::vec2(44.0, 0.0));
    assert!(
        coded(&harness)[0].starts_with("Needs/Belonging: I keep my"),
        "{:?}",
        coded(&harness)
    );
    undo_and_redo(&mut harness, &before, "moving an edge by mouse");
}

#[test]
fn several_codings_are_chosen_and_go_at_once() {
    let (mut harness, _folder) = coded_window(&[
        ("Belonging", 0, 1),
        ("Belonging", 2, 6),
        ("Speaking up", 7, 9),
    ]);
    let (first, last) = (place(&harness, ANSWER, 3.0), place(&harness, ANSWER, 22.0));
    clicks(&mut harness, first, 1);
    click_with(
        &mut harness,
        last,
        PointerButton::Primary,
        Modifiers::COMMAND,
    );
    let before = now(&harness);
    press(&mut harness, Key::Delete);
    assert_eq!(coded(&harness), ["Strengths/Speaking up: my"]);
    undo_and_redo(&mut harness, &before, "removing two");
}

#[test]
fn keys_go_from_coding_to_coding_and_to_what_is_uncoded() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 0, 1), ("Speaking up", 2, 6)]);
    let at = place(&harness, "Interviewer How is school", 3.0);
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::Period);
    press(&mut harness, Key::Period);
    press(&mut harness, Key::Delete);
    assert_eq!(coded(&harness), ["Needs/Belonging: I"]);
    press(&mut harness, Key::U);
    press(&mut harness, Key::Enter);
    choose(&mut harness, "heard");
    assert_eq!(
        coded(&harness),
        [
            "Needs/Belonging: I",
            "Needs/Being heard: keep my hand down 😀. In case it’s wrong."
        ]
    );
}

#[test]
fn copying_takes_the_reference_along() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 3);
    harness.event(egui::Event::Copy);
    harness.step();
    let copied =
        harness
            .output()
            .platform_output
            .commands
            .iter()
            .find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
    assert_eq!(
        copied.as_deref(),
        Some("I keep my hand down 😀.\n(Child, F01 child, ¶2)")
    );
}

#[test]
fn a_second_document_stands_beside_the_first_and_is_coded_there() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Two documents side by side").click();
    settle(&mut harness);
    harness.get_by_label("F02 孩子").click();
    settle(&mut harness);
    harness.get_by_label_contains(ANSWER);
    let at = place(&harness, "小远 我回家念给奶奶听", 16.0 * 6.3);
    clicks(&mut harness, at, 2);
    choose(&mut harness, "blg");
    assert_eq!(coded(&harness), ["Needs/Belonging: 奶奶"]);
    harness
        .get_all_by_label("Close this document")
        .next()
        .unwrap()
        .click();
    settle(&mut harness);
    assert_eq!(harness.query_all_by_label("Close this document").count(), 0);
}

#[test]
fn the_menu_at_a_coding_acts_on_it() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6)]);
    let at = place(&harness, ANSWER, 22.0);
    click_with(&mut harness, at, PointerButton::Secondary, Modifiers::NONE);
    let before = now(&harness);
    harness.get_by_label("Remove Delete").click();
    settle(&mut harness);
    assert_eq!(coded(&harness), Vec::<String>::new());
    undo_and_redo(&mut harness, &before, "the menu");
}

#[test]
fn chinese_is_composed_in_the_palette_and_its_enter_chooses_no_code() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    let compose = |harness: &mut Window, event: egui::ImeEvent| {
        harness.event(egui::Event::Ime(event));
        harness.step();
    };
    compose(
        &mut harness,
        egui::ImeEvent::Preedit {
            text: "zixin".to_owned(),
            active_range_chars: None,
        },
    );
    harness.step();
    let ime = harness.output().platform_output.ime;
    let field = harness.get_by_label("Filter codes").rect();
    assert!(
        ime.is_some_and(|ime| field.expand(8.0).contains_rect(ime.cursor_rect)),
        "candidates stand at the caret: {ime:?} {field}"
    );
    press(&mut harness, Key::Enter);
    assert_eq!(coded(&harness), Vec::<String>::new());
    compose(&mut harness, egui::ImeEvent::Commit("自信".to_owned()));
    settle(&mut harness);
    harness.get_by_label_contains("“自信”");
    press(&mut harness, Key::Enter);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(coded(&harness), ["自信: keep"]);
}

#[test]
fn a_selection_is_dragged_onto_a_code_and_a_code_onto_the_text() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 2);
    press(&mut harness, Key::Escape);
    let before = now(&harness);
    let code = harness.get_by_label_contains("Belonging").rect().center();
    drag(&mut harness, at, code);
    assert_eq!(coded(&harness), ["Needs/Belonging: keep"]);
    undo_and_redo(&mut harness, &before, "dropping a passage on a code");
    press(&mut harness, Key::Escape);
    let at = place(&harness, "Child I believe I can", 3.0);
    let elsewhere = place(&harness, "Interviewer Hm", 3.0);
    clicks(&mut harness, elsewhere, 1);
    let before = now(&harness);
    drag(&mut harness, code, at);
    assert!(
        coded(&harness).contains(&"Needs/Belonging: I believe I can.".to_owned()),
        "{:?}",
        coded(&harness)
    );
    undo_and_redo(&mut harness, &before, "dropping a code on a sentence");
}

#[test]
fn a_turn_is_corrected_where_it_stands() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6), ("Speaking up", 10, 14)]);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::F2);
    harness.get_by_label_contains("Every coding keeps its words");
    let field = harness.get_by_label("Text of the turn");
    field.focus();
    press_with(&mut harness, Modifiers::COMMAND, Key::A);
    harness
        .get_by_label("Text of the turn")
        .type_text("I keep his hand down 😀. In case it’s wrong.");
    settle(&mut harness);
    harness.get_by_label("Time stamp").focus();
    settle(&mut harness);
    harness.get_by_label("Time stamp").type_text("1:05");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("Child I keep his hand down");
    assert_eq!(
        coded(&harness),
        ["Needs/Belonging: keep", "Strengths/Speaking up: hand"]
    );
    undo_and_redo_texts(&mut harness, &before);
}

#[test]
fn a_turn_gets_a_speaker_whom_the_file_does_not_name() {
    let (mut harness, _folder) = coded_window(&[]);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::F2);
    harness.get_by_label("Speaker").click();
    settle(&mut harness);
    harness.get_by_label("New speaker…").click();
    settle(&mut harness);
    harness.get_by_label("New label").type_text("Grandmother");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("Grandmother I keep my hand down");
    undo_and_redo(&mut harness, &before, "a new speaker");
}

/// As [`undo_and_redo`], for steps that leave the memory of text edits behind.
fn undo_and_redo_texts(harness: &mut Window, before: &Project) {
    let bare = |project: &Project| {
        let mut project = comparable(project);
        for document in project.documents.values_mut() {
            std::sync::Arc::make_mut(document).history = Default::default();
        }
        project
    };
    let after = bare(session(harness).project());
    press_with(harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(bare(session(harness).project()), bare(before), "undone");
    press_with(harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(bare(session(harness).project()), after, "redone");
}

#[test]
fn a_speaker_is_renamed_everywhere_in_the_window() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text(">speakers");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    let before = now(&harness);
    harness.get_by_label("Child").click();
    settle(&mut harness);
    harness.get_by_label("New label").focus();
    settle(&mut harness);
    harness.get_by_label("New label").type_text(" Zoe");
    settle(&mut harness);
    harness.get_by_label_contains("In 1 document");
    harness.get_by_label("Rename everywhere").click();
    settle(&mut harness);
    harness.get_by_label_contains("Child Zoe I keep my hand down");
    press(&mut harness, Key::Escape);
    undo_and_redo(&mut harness, &before, "renaming a speaker");
}

#[test]
fn a_codes_own_key_applies_it() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let id = session.project().codebook.find("Belonging").unwrap();
        let mut code = tain::model::code::Code::clone(session.project().codebook.get(id).unwrap());
        code.key = Some('7');
        session.run(Action::SetCode(Box::new(code))).unwrap();
        on_project(path)
    });
    settle(&mut harness);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::W);
    let before = now(&harness);
    harness.event(egui::Event::Text("7".to_owned()));
    settle(&mut harness);
    assert_eq!(coded(&harness), ["Needs/Belonging: keep"]);
    undo_and_redo(&mut harness, &before, "a code by its key");
}

#[test]
fn a_coding_takes_the_bounds_of_the_selection() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6)]);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::S);
    let before = now(&harness);
    click_with(&mut harness, at, PointerButton::Secondary, Modifiers::NONE);
    harness.get_by_label("Change to the selected range").click();
    settle(&mut harness);
    assert_eq!(
        coded(&harness),
        ["Needs/Belonging: I keep my hand down 😀."]
    );
    undo_and_redo(&mut harness, &before, "fitting to the selection");
}

#[test]
fn a_facet_is_set_in_the_inspector_for_all_that_are_chosen() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let id = session.project().codebook.find("Belonging").unwrap();
        let mut code = tain::model::code::Code::clone(session.project().codebook.get(id).unwrap());
        let kind = FacetKind::Category(vec![
            Localized::plain("mother"),
            Localized::plain("teacher"),
        ]);
        code.facets.push(Facet {
            id: FacetId::from_u128(1),
            name: Localized::plain("appraiser"),
            kind,
        });
        session.run(Action::SetCode(Box::new(code))).unwrap();
        let document = session.project().document_by_title("F01 child").unwrap();
        let body = session.content(document).unwrap().turns[1].body;
        for (start, end) in [(0, 1), (2, 6)] {
            apply_code(
                &mut session,
                "F01 child",
                "Belonging",
                body + start,
                body + end,
            );
        }
        on_project(path)
    });
    settle(&mut harness);
    let (first, last) = (place(&harness, ANSWER, 3.0), place(&harness, ANSWER, 22.0));
    clicks(&mut harness, first, 1);
    click_with(
        &mut harness,
        last,
        PointerButton::Primary,
        Modifiers::COMMAND,
    );
    let before = now(&harness);
    harness
        .get_all_by_label("appraiser")
        .find(|node| node.rect().width() > 90.0)
        .unwrap()
        .click();
    settle(&mut harness);
    harness.get_by_label("teacher").click();
    settle(&mut harness);
    let values = |harness: &Window| -> Vec<String> {
        let project = now(harness);
        let codings = project
            .documents
            .values()
            .flat_map(|document| &document.codings);
        codings
            .flat_map(|coding| {
                coding
                    .facets
                    .values()
                    .map(tain::model::facet::FacetValue::to_text)
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    assert_eq!(values(&harness), ["teacher", "teacher"]);
    undo_and_redo(&mut harness, &before, "a facet of two codings");
}

#[test]
fn the_cursor_never_stops_inside_an_emoji_or_a_combining_mark() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Interviewer How is school", 3.0);
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::End);
    for _ in 0..2 {
        press_with(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    }
    press(&mut harness, Key::Enter);
    choose(&mut harness, "blg");
    // Two steps to the left of the end: ? and é, which is two code points.
    assert_eq!(coded(&harness), ["Needs/Belonging: e\u{301}?"]);
}

#[test]
fn a_memo_is_written_on_the_chosen_coding_and_stands_beside_it() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6)]);
    let at = place(&harness, ANSWER, 22.0);
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::M);
    harness
        .get_by_label("Text, in Markdown")
        .type_text("whose hand?");
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    let project = now(&harness);
    let anchor = project.memos.values().next().unwrap().anchor;
    assert!(
        matches!(anchor, tain::model::memo::Anchor::Coding(..)),
        "{anchor:?}"
    );
    clicks(&mut harness, at, 1);
    harness.get_by_label_contains("whose hand?");
    undo_and_redo(&mut harness, &before, "a memo on a coding");
}
