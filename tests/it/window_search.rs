//! The search page and suggestions: asked, filtered, sorted, ticked, coded, kept, undone.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    app::{Session, action::Action, import::PathPatterns},
    gui::{Start, View},
    model::{coding::Origin, query::QueryKind, text::TextRange},
    store::Access,
};

use crate::{
    gestures::{Window, clicks, coded, now, place, press, press_with, shows, undo_and_redo},
    window::{on_project, session, settle, window},
    world::{apply_code, transcript, world},
};

fn searching(query: &'static str) -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(move |path| Start {
        view: Some(View::Search),
        query: Some(query.to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    (harness, folder)
}

fn click(harness: &mut Window, label: &str) {
    harness.get_all_by_label(label).last().unwrap().click();
    settle(harness);
}

/// The hits from top to bottom, as their lines say them.
fn hits(harness: &Window) -> Vec<String> {
    let buttons = harness.query_all_by_role(egui::accesskit::Role::Button);
    let rows = buttons
        .filter(|node| node.rect().width() > 700.0 && (node.rect().height() - 32.0).abs() < 1.0);
    let mut lines: Vec<(f32, String)> = rows
        .map(|node| {
            (
                node.rect().top(),
                node.accesskit_node().label().unwrap_or_default(),
            )
        })
        .collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    lines.into_iter().map(|(_, label)| label).collect()
}

#[test]
fn hits_are_grouped_and_sorted_and_open_in_the_text() {
    let (mut harness, _folder) = searching("I OR know");
    let by_place = hits(&harness);
    assert_eq!(by_place.len(), 7, "{by_place:?}");
    click(&mut harness, "Sorted by");
    click(&mut harness, "Words after");
    let by_right = hits(&harness);
    assert_ne!(by_place, by_right);
    let mut same = (by_place, by_right);
    same.0.sort();
    same.1.sort();
    assert_eq!(same.0, same.1, "the same hits in another order");
    click(&mut harness, "Grouped by");
    click(&mut harness, "Speakers");
    assert!(shows(&harness, "Child 7 hits"));
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert!(
        shows(&harness, "Child I keep my hand down"),
        "the text is open"
    );
}

#[test]
fn a_query_is_understood_as_it_is_typed_and_errors_say_where() {
    let (mut harness, _folder) = searching("hand OR 面馆");
    assert!(shows(&harness, "hand"));
    assert_eq!(hits(&harness).len(), 2);
    harness.get_by_label("Search the texts").type_text(" (");
    settle(&mut harness);
    assert!(shows(&harness, "the bracket is not closed"));
    let (harness, _folder) = searching("mianguan");
    assert_eq!(hits(&harness).len(), 1, "searched as pinyin");
    assert!(shows(&harness, "searched as pinyin"));
}

#[test]
fn forms_and_phases_and_earlier_queries_narrow_the_hits() {
    let (mut harness, _folder) = searching("believing");
    assert_eq!(hits(&harness).len(), 1);
    click(&mut harness, "All forms of a word");
    assert_eq!(hits(&harness).len(), 0, "the very form stands nowhere");
    click(&mut harness, "All forms of a word");
    click(&mut harness, "Search within these");
    harness
        .get_by_label("Search the texts")
        .type_text("can OR hand");
    settle(&mut harness);
    let narrowed = hits(&harness);
    assert!(
        narrowed.iter().all(|line| line.contains("believe")) && !narrowed.is_empty(),
        "{narrowed:?}"
    );
    click(&mut harness, "Remove believing");
    assert!(hits(&harness).iter().any(|line| line.contains("hand")));
}

#[test]
fn what_was_found_is_coded_in_one_step_without_what_is_unticked_or_coded_already() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        let document = session.project().document_by_title("F01 child").unwrap();
        let start = session
            .content(document)
            .unwrap()
            .turns
            .last()
            .unwrap()
            .body;
        apply_code(&mut session, "F01 child", "Being heard", start, start + 16);
        Start {
            view: Some(View::Search),
            query: Some("I".to_owned()),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    click(&mut harness, "Code these");
    harness.get_by_label("Filter codes").type_text("heard");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert!(
        shows(&harness, "Needs / Being heard") && shows(&harness, "already coded"),
        "the code is chosen"
    );
    let tick = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().role() == egui::accesskit::Role::CheckBox
    };
    harness
        .query_all_by_label("I keep my hand down 😀.")
        .find(tick)
        .unwrap()
        .click();
    settle(&mut harness);
    let before = now(&harness);
    harness.get_by_label("Code 2 passages").click();
    settle(&mut harness);
    let mut words = coded(&harness);
    words.sort();
    assert_eq!(
        words,
        [
            "Needs/Being heard: I believe I can.",
            "Needs/Being heard: I do know it.",
            "Needs/Being heard: They think I don’t know it."
        ]
    );
    let origins: Vec<Origin> = now(&harness)
        .documents
        .values()
        .flat_map(|document| document.codings.iter().map(|coding| coding.origin.clone()))
        .collect();
    assert_eq!(
        origins
            .iter()
            .filter(|origin| **origin == Origin::Search("I".into()))
            .count(),
        2
    );
    undo_and_redo(&mut harness, &before, "coding by search");
}

#[test]
fn a_query_is_kept_asked_again_and_removed() {
    let (mut harness, _folder) = searching("hand");
    let before = now(&harness);
    click(&mut harness, "Saved queries");
    click(&mut harness, "Save this query");
    let kept: Vec<_> = now(&harness)
        .queries
        .values()
        .map(|query| (query.name.clone(), query.kind))
        .collect();
    assert_eq!(kept, [("hand".to_owned(), QueryKind::Words)]);
    undo_and_redo(&mut harness, &before, "keeping a query");
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        let add = |name: &str, kind, text: &str| Action::AddQuery {
            kind,
            name: name.to_owned(),
            text: text.to_owned(),
        };
        session
            .run(add("mirror", QueryKind::Words, "think OR 觉得"))
            .unwrap();
        Start {
            view: Some(View::Search),
            query: Some("query:mirror".to_owned()),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    assert_eq!(hits(&harness).len(), 2, "by its name within another query");
    let before = now(&harness);
    click(&mut harness, "Saved queries");
    click(&mut harness, "Remove mirror");
    assert!(session(&harness).project().queries.is_empty());
    press(&mut harness, Key::Escape);
    undo_and_redo(&mut harness, &before, "removing a query");
}

#[test]
fn the_other_sights_show_what_was_found() {
    let (mut harness, _folder) = searching("I");
    click(&mut harness, "Spread");
    assert!(shows(&harness, "F01 child 5") && shows(&harness, "DP 0."));
    click(&mut harness, "Word tree");
    assert!(
        harness.query_all_by_label("Word tree").count() > 1,
        "the tree has its name"
    );
    click(&mut harness, "Collocates");
    assert!(shows(&harness, "G² exceeds"));
    let (mut harness, _folder) = searching("belong*");
    click(&mut harness, "Memos, codes, cases");
    harness
        .get_by_label_contains("Code Needs / Belonging")
        .click();
    settle(&mut harness);
    assert!(
        shows(&harness, "Nothing is coded with it") || shows(&harness, "Belonging"),
        "the code's page"
    );
    let (mut harness, _folder) = searching("hand");
    click(&mut harness, "Query syntax");
    assert!(shows(&harness, "proud NEAR/3 mother"));
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, "proud NEAR/3 mother"));
}

#[test]
fn a_smart_code_is_kept_and_stands_in_another_query() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        for (code, start, end) in [
            ("Belonging", 42, 60),
            ("Being heard", 50, 70),
            ("Speaking up", 44, 52),
        ] {
            apply_code(&mut session, "F01 child", code, start, end);
        }
        Start {
            view: Some(View::Search),
            query: Some("Belonging AND Strengths".to_owned()),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    click(&mut harness, "Codes");
    let passages = |harness: &Window| {
        harness
            .query_all_by_label_contains("F01 child ")
            .filter(|node| node.rect().width() > 600.0)
            .count()
    };
    assert_eq!(passages(&harness), 1);
    let before = now(&harness);
    click(&mut harness, "Saved queries");
    click(&mut harness, "Save this query");
    let kept: Vec<_> = now(&harness)
        .queries
        .values()
        .map(|query| query.kind)
        .collect();
    assert_eq!(kept, [QueryKind::Codes]);
    undo_and_redo(&mut harness, &before, "keeping a smart code");
    let name = now(&harness).queries.values().next().unwrap().name.clone();
    harness.get_by_label("Search the texts").focus();
    press_with(&mut harness, Modifiers::COMMAND, Key::A);
    harness
        .get_by_label("Search the texts")
        .type_text(&format!("@\"{name}\" OVERLAPS \"Being heard\""));
    settle(&mut harness);
    assert_eq!(passages(&harness), 1, "{name}");
    // What a query over codes found is coded like what a search found.
    click(&mut harness, "Code these");
    harness.get_by_label("Filter codes").type_text("strengths");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    click(&mut harness, "The hit");
    let before = now(&harness);
    harness.get_by_label("Code 1 passage").click();
    settle(&mut harness);
    assert_eq!(now(&harness).coding_count(), before.coding_count() + 1);
    undo_and_redo(&mut harness, &before, "coding the result of a query");
}

/// A project in which one word goes with one code, but for a last sentence that isn't coded yet.
fn learnable() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        let code = session.project().codebook.find("Speaking up").unwrap();
        for name in ["A first", "B second", "C third"] {
            let sentence = "I raised my voice.";
            let text: String = (0..6)
                .map(|_| format!("Child: {sentence} We had noodles.\n\n"))
                .collect();
            session
                .add_documents(
                    vec![transcript(
                        &format!("{name}.txt"),
                        &format!("{text}Child: {name}.\n"),
                    )],
                    &PathPatterns::default(),
                )
                .unwrap();
            let document = session.project().document_by_title(name).unwrap().id;
            let content = session
                .content(&session.project().documents[&document])
                .unwrap();
            let starts: Vec<u32> = content.turns.iter().take(6).map(|turn| turn.body).collect();
            let length = u32::try_from(sentence.chars().count()).unwrap();
            let wanted = if name == "A first" { 5 } else { 6 };
            let passages = starts
                .iter()
                .take(wanted)
                .map(|start| (document, TextRange::between(*start, start + length)))
                .collect();
            session
                .run(Action::ApplyCodes {
                    passages,
                    codes: vec![code],
                    about: Default::default(),
                    origin: Origin::Hand,
                })
                .unwrap();
        }
        on_project(path)
    });
    settle(&mut harness);
    (harness, folder)
}

/// Runs frames until suggestions are there.
fn wait_for(harness: &mut Window, words: &str) {
    for _ in 0..200 {
        std::thread::sleep(std::time::Duration::from_millis(20));
        settle(harness);
        if shows(harness, words) {
            return;
        }
    }
    panic!("{words} didn't come");
}

#[test]
fn a_suggestion_names_its_reason_and_is_accepted_by_key() {
    let (mut harness, _folder) = learnable();
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    wait_for(&mut harness, "cross-validation");
    assert!(shows(&harness, "because of"), "the reasons");
    let at = place(&harness, "Child A first", 3.0);
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::G);
    assert_eq!(
        now(&harness).coding_count(),
        before.coding_count(),
        "nothing is coded unasked"
    );
    press(&mut harness, Key::E);
    let after = now(&harness);
    assert_eq!(after.coding_count(), before.coding_count() + 1);
    let marked = after
        .documents
        .values()
        .flat_map(|document| &document.codings)
        .filter(|coding| coding.origin == Origin::Suggestion)
        .count();
    assert_eq!(marked, 1, "marked as suggested");
    undo_and_redo(&mut harness, &before, "accepting a suggestion");
}

#[test]
fn a_rejected_suggestion_goes_and_nothing_is_coded() {
    let (mut harness, _folder) = learnable();
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    wait_for(&mut harness, "because of");
    let at = place(&harness, "Child A first", 3.0);
    clicks(&mut harness, at, 1);
    let before = now(&harness);
    press(&mut harness, Key::G);
    press(&mut harness, Key::X);
    assert!(shows(&harness, "Nothing to suggest here"));
    assert_eq!(now(&harness).coding_count(), before.coding_count());
}

#[test]
fn a_smart_code_filters_the_text_is_a_column_of_themes_and_is_found_by_name() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        for (code, start, end) in [
            ("Belonging", 42, 60),
            ("Being heard", 50, 70),
            ("Speaking up", 90, 110),
        ] {
            apply_code(&mut session, "F01 child", code, start, end);
        }
        let (name, text) = (
            "both".to_owned(),
            "Belonging AND \"Being heard\"".to_owned(),
        );
        session
            .run(Action::AddQuery {
                kind: QueryKind::Codes,
                name,
                text,
            })
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    let shown = |harness: &Window| {
        ["Belonging, An", "Being heard, An", "Speaking up, An"].map(|name| {
            harness
                .query_all_by_label_contains(name)
                .any(|node| node.rect().width() < 10.0)
        })
    };
    assert_eq!(shown(&harness), [true, true, true]);
    click(&mut harness, "Codes shown");
    click(&mut harness, "@both");
    assert_eq!(
        shown(&harness),
        [true, true, false],
        "the codings of its passages"
    );
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::ALT, Key::Num3);
    assert!(!shows(&harness, "@both"));
    click(&mut harness, "Smart codes");
    assert!(shows(&harness, "@both"), "a column of its own");
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    harness
        .get_by_label("Command, document, code, case, memo")
        .type_text("both");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    let passages = harness
        .query_all_by_label_contains("F01 child ")
        .filter(|node| node.rect().width() > 600.0)
        .count();
    assert_eq!(passages, 1, "asked on the search page");
}
