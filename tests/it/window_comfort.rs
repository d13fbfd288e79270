//! What makes reading comfortable: snapping, scrolling while selecting, filters and colours, favourites, names at the pointer, places kept.

use egui::{Color32, Key, Modifiers, PointerButton, Rect, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    app::{Session, action::Action, import::PathPatterns},
    gui::{Start, View},
    model::{memo::Anchor, text::TextRange},
    store::Access,
};

use crate::{
    gestures::{
        Window, choose, click_with, clicks, coded, coded_window, drag, now, place, press,
        press_with, shows, undo_and_redo,
    },
    window::{on_project, session, settle, window},
    window_commands::reopen,
    world::{apply_code, transcript, world},
};

const ANSWER: &str = "Child I keep my hand down";

#[test]
fn a_selection_by_mouse_grows_to_whole_words_or_sentences() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for (grain, expected) in [
        ("Words", "keep my"),
        ("Sentences", "I keep my hand down 😀."),
        ("Off", "eep m"),
    ] {
        press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
        harness.get_by_label("Transcripts").click();
        settle(&mut harness);
        harness.get_by_label(grain).click();
        settle(&mut harness);
        press(&mut harness, Key::Escape);
        let (from, to) = (place(&harness, ANSWER, 17.5), place(&harness, ANSWER, 58.0));
        drag(&mut harness, from, to);
        choose(&mut harness, "heard");
        let words = coded(&harness)
            .pop()
            .unwrap()
            .replace("Needs/Being heard: ", "");
        assert_eq!(words, expected, "{grain}");
        press_with(&mut harness, Modifiers::COMMAND, Key::Z);
        press(&mut harness, Key::Escape);
    }
}

/// A window on a long document, of which the screen holds a part.
fn long_window() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let text: String = (0..200)
            .map(|n| format!("Child: answer number {n} about school and home.\n\n"))
            .collect();
        session
            .add_documents(
                vec![transcript("A long.txt", &text)],
                &PathPatterns::default(),
            )
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    (harness, folder)
}

#[test]
fn a_selection_goes_on_below_the_screen_while_the_text_scrolls() {
    let (mut harness, _folder) = long_window();
    let from = place(&harness, "Child answer number 3 ", 2.0);
    harness.drag_at(from);
    harness.step();
    let below = egui::pos2(from.x + 60.0, 890.0);
    harness.hover_at(below);
    for _ in 0..120 {
        harness.step();
    }
    harness.drop_at(below);
    settle(&mut harness);
    choose(&mut harness, "heard");
    let words = coded(&harness).pop().unwrap();
    assert!(
        words.starts_with("Needs/Being heard: answer number 3 about")
            && words.contains("number 40 about"),
        "{} characters",
        words.len()
    );
}

/// The colours that are painted within a place.
fn fills(harness: &Window, place: Rect) -> Vec<Color32> {
    let shapes = &harness.output().shapes;
    let within = |shape: &Shape| match shape {
        Shape::Rect(rect) if place.expand(1.0).contains_rect(rect.rect) && rect.fill.a() == 255 => {
            Some(rect.fill)
        }
        _ => None,
    };
    shapes
        .iter()
        .filter_map(|clipped| within(&clipped.shape))
        .collect()
}

/// The colour of the stripe of a code.
fn stripe(harness: &Window, name: &str) -> Option<Color32> {
    let narrow = harness
        .query_all_by_label_contains(name)
        .map(|node| node.rect())
        .find(|rect| rect.width() < 10.0)?;
    fills(harness, narrow).last().copied()
}

#[test]
fn codes_and_coders_are_hidden_and_colours_stand_for_what_is_asked() {
    let (mut harness, _folder) = coded_window(&[
        ("Belonging", 0, 1),
        ("Being heard", 2, 6),
        ("Speaking up", 7, 12),
    ]);
    let three = ["Belonging, An", "Being heard, An", "Speaking up, An"];
    let shown = |harness: &Window| three.map(|name| stripe(harness, name).is_some());
    assert_eq!(shown(&harness), [true, true, true]);
    let by = |harness: &mut Window, what: &str| -> [Option<Color32>; 3] {
        harness.get_by_label("Colours show").click();
        settle(harness);
        let radio = harness
            .query_all_by_label(what)
            .find(|node| node.accesskit_node().role() == egui::accesskit::Role::RadioButton);
        radio.unwrap().click();
        settle(harness);
        three.map(|name| stripe(harness, name))
    };
    let of_codes = three.map(|name| stripe(&harness, name));
    let of_themes = by(&mut harness, "Themes");
    assert!(
        of_themes[0] == of_themes[1] && of_themes[0] != of_themes[2],
        "{of_themes:?}"
    );
    let of_coders = by(&mut harness, "Coder");
    assert!(
        of_coders[0] == of_coders[1] && of_coders[0] == of_coders[2],
        "{of_coders:?}"
    );
    assert_eq!(by(&mut harness, "Code"), of_codes);
    harness.get_by_label("Codes shown").click();
    settle(&mut harness);
    harness.get_by_label_contains("    Being heard").click();
    settle(&mut harness);
    assert_eq!(shown(&harness), [false, true, false]);
    press(&mut harness, Key::Escape);
    harness.get_by_label("Show all").click();
    settle(&mut harness);
    harness.get_by_label("Coders shown").click();
    settle(&mut harness);
    harness.get_by_label("An").click();
    settle(&mut harness);
    assert_eq!(shown(&harness), [false, false, false]);
}

#[test]
fn a_favourite_is_offered_first_and_is_kept() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let open_palette = |harness: &mut Window| {
        let at = place(harness, ANSWER, 22.0);
        clicks(harness, at, 2);
        if !shows(harness, "Filter codes") {
            press(harness, Key::Enter);
        }
    };
    open_palette(&mut harness);
    harness.get_by_label("Favourite Speaking up").click();
    settle(&mut harness);
    press(&mut harness, Key::Escape);
    drop({
        press_with(&mut harness, Modifiers::COMMAND, Key::K);
        harness
            .get_by_label("Command, document, code, case, memo")
            .type_text(">close the project");
        settle(&mut harness);
        press(&mut harness, Key::Enter);
        harness
    });
    let mut again = reopen(folder.path());
    open_palette(&mut again);
    press(&mut again, Key::Enter);
    assert_eq!(coded(&again), ["Strengths/Speaking up: keep"]);
}

#[test]
fn several_codings_move_to_another_code_in_one_step() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 0, 1), ("Belonging", 2, 6)]);
    let (first, last) = (place(&harness, ANSWER, 3.0), place(&harness, ANSWER, 22.0));
    clicks(&mut harness, first, 1);
    click_with(
        &mut harness,
        last,
        PointerButton::Primary,
        Modifiers::COMMAND,
    );
    let before = now(&harness);
    press(&mut harness, Key::R);
    harness
        .get_by_label("Another code for the codings")
        .type_text("speak");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert_eq!(
        coded(&harness),
        ["Strengths/Speaking up: I", "Strengths/Speaking up: keep"]
    );
    undo_and_redo(&mut harness, &before, "recoding two");
}

#[test]
fn a_named_link_is_removed_and_comes_back() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        let document = session.project().document_by_title("F01 child").unwrap().id;
        let code = session.project().codebook.find("Belonging").unwrap();
        let passage = Anchor::Segment(document, TextRange::between(40, 60));
        session
            .run(Action::AddLink {
                from: passage,
                to: Anchor::Code(code),
                name: "explains".to_owned(),
            })
            .unwrap();
        let memo = Action::AddMemo {
            anchor: passage,
            kind: tain::model::memo::MemoKind::Analytic,
            title: "Hand".to_owned(),
            body: "…".to_owned(),
        };
        session.run(memo).unwrap();
        Start {
            view: Some(View::Memos),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    let before = now(&harness);
    assert_eq!(before.links.len(), 1);
    let beside = harness.get_by_label("explains").rect();
    let same_line =
        |node: &egui_kittest::Node<'_>| (node.rect().center().y - beside.center().y).abs() < 8.0;
    harness
        .query_all_by_label("Remove")
        .find(same_line)
        .unwrap()
        .click();
    settle(&mut harness);
    assert!(session(&harness).project().links.is_empty());
    undo_and_redo(&mut harness, &before, "removing a link");
}

#[test]
fn resting_on_coded_text_names_the_coding() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 20)]);
    let count = |harness: &Window| harness.query_all_by_label("Belonging").count();
    let before = count(&harness);
    let at = place(&harness, ANSWER, 22.0);
    harness.hover_at(at);
    settle(&mut harness);
    settle(&mut harness);
    assert_eq!(count(&harness), before + 1);
}

#[test]
fn every_coding_of_a_crowded_passage_has_its_stripe() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        for n in 0..24 {
            session
                .run(Action::AddCode {
                    parent: None,
                    name: format!("Crowd {n:02}"),
                })
                .unwrap();
            apply_code(
                &mut session,
                "F01 child",
                &format!("Crowd {n:02}"),
                40,
                60 + n,
            );
        }
        on_project(path)
    });
    settle(&mut harness);
    for n in 0..24 {
        let name = format!("Crowd {n:02}, An");
        assert!(
            harness
                .query_all_by_label_contains(&name)
                .any(|node| node.rect().width() < 10.0),
            "{name}"
        );
    }
}

#[test]
fn the_page_and_the_size_of_the_window_are_kept() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::ALT, Key::Plus);
    assert!(
        (harness.ctx.zoom_factor() - 1.1).abs() < 0.01,
        "{}",
        harness.ctx.zoom_factor()
    );
    press_with(&mut harness, Modifiers::ALT, Key::Num3);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text("关闭项目");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert!(
        harness.state().session().is_none(),
        "the command was found by its Chinese name"
    );
    drop(harness);
    let mut again = reopen(folder.path());
    assert!(shows(&again, "Themes across families"));
    assert!((again.ctx.zoom_factor() - 1.1).abs() < 0.01);
    press_with(&mut again, Modifiers::COMMAND | Modifiers::ALT, Key::Num0);
    assert!((again.ctx.zoom_factor() - 1.0).abs() < 0.01);
}

#[test]
fn the_palette_reaches_its_last_row_and_offers_what_was_found_lately_first() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(!shows(&harness, "林家"), "far below");
    for _ in 0..120 {
        harness.key_press(Key::ArrowDown);
        harness.step();
    }
    settle(&mut harness);
    assert!(shows(&harness, "林家"));
    press(&mut harness, Key::Enter);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    let tops: Vec<f32> = harness
        .query_all_by_label_contains("林家")
        .map(|node| node.rect().top())
        .collect();
    let first = harness
        .query_all_by_label("Undo")
        .map(|node| node.rect())
        .find(|rect| rect.width() > 400.0)
        .unwrap();
    assert!(
        tops.iter()
            .any(|top| *top < first.top() && first.top() - top < 40.0),
        "{tops:?} {first}"
    );
}

/// The last title that the window was given in these frames.
fn title(harness: &mut Window, frames: usize) -> Option<String> {
    let mut title = None;
    for _ in 0..frames {
        harness.step();
        let root = &harness.output().viewport_output[&egui::ViewportId::ROOT];
        title = root
            .commands
            .iter()
            .find_map(|command| match command {
                egui::ViewportCommand::Title(title) => Some(title.clone()),
                _ => None,
            })
            .or(title);
    }
    title
}

#[test]
fn the_title_names_the_project_and_the_document_that_is_read() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Themes").click();
    let themes = title(&mut harness, 10);
    assert_eq!(themes.as_deref(), Some("Study 研究 – Tain"));
    harness.get_by_label("Read").click();
    let read = title(&mut harness, 10);
    assert_eq!(read.as_deref(), Some("Study 研究 – F01 child – Tain"));
    assert_eq!(title(&mut harness, 10), None, "it is said once");
}
