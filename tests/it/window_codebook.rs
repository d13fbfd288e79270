//! The codebook in the real window: every gesture that changes the project, done, undone and done again.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use tain::{
    app::{Session, action::Action},
    gui::{Gui, Start},
    model::{
        code::Hue,
        ids::{CodeId, DocumentId},
        localized::{Language, Localized},
        text::TextRange,
    },
    store::Access,
};

use crate::{
    window::{on_project, session, settle, window},
    world::world,
};

type Window = Harness<'static, Gui>;

/// The codebook as indented names, each with its number of codings.
fn outline(harness: &Window) -> Vec<String> {
    let project = session(harness).project();
    let count = |code: CodeId| {
        project
            .documents
            .values()
            .flat_map(|document| &document.codings)
            .filter(|coding| coding.code == code)
            .count()
    };
    let line = |depth: usize, code: &tain::model::code::Code| {
        let count = Some(count(code.id))
            .filter(|n| *n > 0)
            .map(|n| format!(" {n}"))
            .unwrap_or_default();
        format!("{}{}{count}", "-".repeat(depth), code.name.text)
    };
    project
        .codebook
        .in_order()
        .into_iter()
        .map(|(depth, code)| line(depth, code))
        .collect()
}

const AS_IT_IS: [&str; 5] = [
    "Needs",
    "-Belonging",
    "-Being heard",
    "Strengths",
    "-Speaking up",
];

/// The codebook is as expected, as before after undo, and so again after redo.
fn check(harness: &mut Window, before: &[&str], expected: &[&str]) {
    settle(harness);
    assert_eq!(outline(harness), expected);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(harness);
    assert_eq!(outline(harness), before, "after undo");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(harness);
    assert_eq!(outline(harness), expected, "after redo");
}

fn open() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    (harness, folder)
}

/// With two passages of Belonging and one of Being heard, of which one is the same.
fn coded(path: &std::path::Path) -> Start {
    let mut session = Session::open(path, Access::Write, world(8)).unwrap();
    session.act_as_first();
    let document = first_document(&session);
    for (start, end, name) in [
        (42, 60, "Belonging"),
        (60, 80, "Belonging"),
        (42, 60, "Being heard"),
    ] {
        let code = session.project().codebook.find(name).unwrap();
        let range = TextRange::between(start, end);
        session
            .run(Action::ApplyCode {
                document,
                range,
                code,
                facets: std::collections::BTreeMap::new(),
                about: Default::default(),
            })
            .unwrap();
    }
    on_project(path)
}

const CODED: [&str; 5] = [
    "Needs",
    "-Belonging 2",
    "-Being heard 1",
    "Strengths",
    "-Speaking up",
];

fn first_document(session: &Session) -> DocumentId {
    session.project().document_by_title("F01 child").unwrap().id
}

fn click(harness: &mut Window, label: &str) {
    // The title of the code's page reads like its row.
    let named = harness.query_all_by_label(label);
    let mut pressed = named.filter(|node| node.accesskit_node().role() != Role::Heading);
    pressed.next().unwrap().click();
    drop(pressed);
    settle(harness);
}

/// Presses a key on the row of a code.
fn press(harness: &mut Window, code: &str, modifiers: Modifiers, key: Key) {
    click(harness, code);
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

fn type_name(harness: &mut Window, name: &str) {
    harness.get_by_label("Name of the code").type_text(name);
    settle(harness);
    harness.key_press(Key::Enter);
    settle(harness);
}

/// Drags one row to a height (0 top, 1 foot) of another.
fn drag(harness: &mut Window, from: &str, to: &str, height: f32) {
    let start = harness.get_by_label(from).rect().center();
    let rect = harness.get_by_label(to).rect();
    let end = egui::pos2(rect.center().x, rect.top() + rect.height() * height);
    harness.drag_at(start);
    harness.step();
    for share in [0.3, 0.7, 1.0] {
        harness.hover_at(start.lerp(end, share));
        harness.step();
    }
    harness.drop_at(end);
    settle(harness);
}

#[test]
fn a_code_is_dragged_below_before_and_after_others() {
    let (mut harness, _folder) = open();
    drag(&mut harness, "Speaking up", "Needs", 0.5);
    let below = [
        "Needs",
        "-Belonging",
        "-Being heard",
        "-Speaking up",
        "Strengths",
    ];
    check(&mut harness, &AS_IT_IS, &below);
    drag(&mut harness, "Being heard", "Belonging", 0.1);
    let before = [
        "Needs",
        "-Being heard",
        "-Belonging",
        "-Speaking up",
        "Strengths",
    ];
    check(&mut harness, &below, &before);
    drag(&mut harness, "Being heard", "Strengths", 0.9);
    check(
        &mut harness,
        &before,
        &[
            "Needs",
            "-Belonging",
            "-Speaking up",
            "Strengths",
            "Being heard",
        ],
    );
}

#[test]
fn several_codes_are_dragged_together_and_none_below_itself() {
    let (mut harness, _folder) = open();
    click(&mut harness, "Belonging");
    harness
        .get_by_label("Being heard")
        .click_modifiers(Modifiers::COMMAND);
    settle(&mut harness);
    drag(&mut harness, "Belonging", "Strengths", 0.5);
    let moved = [
        "Needs",
        "Strengths",
        "-Speaking up",
        "-Belonging",
        "-Being heard",
    ];
    check(&mut harness, &AS_IT_IS, &moved);
    click(&mut harness, "Strengths");
    drag(&mut harness, "Strengths", "Speaking up", 0.5);
    assert_eq!(outline(&harness), moved);
    assert!(
        harness.query_by_label_contains("below itself").is_none(),
        "no place for it, so nothing to refuse"
    );
}

#[test]
fn a_code_is_moved_by_keys() {
    let (mut harness, _folder) = open();
    press(&mut harness, "Being heard", Modifiers::ALT, Key::ArrowUp);
    let up = [
        "Needs",
        "-Being heard",
        "-Belonging",
        "Strengths",
        "-Speaking up",
    ];
    check(&mut harness, &AS_IT_IS, &up);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    check(
        &mut harness,
        &up,
        &[
            "Needs",
            "-Belonging",
            "Being heard",
            "Strengths",
            "-Speaking up",
        ],
    );
}

#[test]
fn codes_are_added_beside_and_below_by_keys() {
    let (mut harness, _folder) = open();
    press(&mut harness, "Belonging", Modifiers::NONE, Key::N);
    type_name(&mut harness, "Play");
    let beside = [
        "Needs",
        "-Belonging",
        "-Being heard",
        "-Play",
        "Strengths",
        "-Speaking up",
    ];
    check(&mut harness, &AS_IT_IS, &beside);
    press(&mut harness, "Belonging", Modifiers::SHIFT, Key::Insert);
    type_name(&mut harness, "家人");
    check(
        &mut harness,
        &beside,
        &[
            "Needs",
            "-Belonging",
            "--家人",
            "-Being heard",
            "-Play",
            "Strengths",
            "-Speaking up",
        ],
    );
}

#[test]
fn a_code_is_named_anew_in_place_and_escape_leaves_it() {
    let (mut harness, _folder) = open();
    press(&mut harness, "Belonging", Modifiers::NONE, Key::F2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut harness);
    type_name(&mut harness, "Being part");
    check(
        &mut harness,
        &AS_IT_IS,
        &[
            "Needs",
            "-Being part",
            "-Being heard",
            "Strengths",
            "-Speaking up",
        ],
    );
    press(&mut harness, "Being part", Modifiers::NONE, Key::F2);
    harness
        .get_by_label("Name of the code")
        .type_text("nonsense");
    settle(&mut harness);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(outline(&harness)[1], "-Being part");
}

#[test]
fn codes_are_recoloured_from_the_menu() {
    let (mut harness, _folder) = open();
    click(&mut harness, "Belonging");
    harness
        .get_by_label("Being heard")
        .click_modifiers(Modifiers::COMMAND);
    settle(&mut harness);
    harness.get_by_label("Being heard").click_secondary();
    settle(&mut harness);
    click(&mut harness, "Colour 12");
    let hues = |harness: &Window| -> Vec<Hue> {
        let book = &session(harness).project().codebook;
        ["Belonging", "Being heard"]
            .map(|name| book.get(book.find(name).unwrap()).unwrap().hue)
            .into()
    };
    assert_eq!(hues(&harness), [Hue::new(11); 2]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_ne!(hues(&harness), [Hue::new(11); 2]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut harness);
    assert_eq!(hues(&harness), [Hue::new(11); 2]);
}

#[test]
fn the_menu_opens_by_key_and_sorts() {
    let (mut harness, _folder) = open();
    press(&mut harness, "Needs", Modifiers::SHIFT, Key::F10);
    click(&mut harness, "Sort subcodes by name");
    check(
        &mut harness,
        &AS_IT_IS,
        &[
            "Needs",
            "-Being heard",
            "-Belonging",
            "Strengths",
            "-Speaking up",
        ],
    );
}

#[test]
fn codes_merge_after_a_preview() {
    let (mut harness, _folder) = window(coded);
    settle(&mut harness);
    press(&mut harness, "Being heard", Modifiers::NONE, Key::M);
    harness.get_by_label("Filter codes").type_text("belong");
    settle(&mut harness);
    harness.get_by_label("Being heard → Belonging: this is merged");
    harness.get_by_label("of these is merged with an identical coding");
    click(&mut harness, "Merge");
    check(
        &mut harness,
        &CODED,
        &["Needs", "-Belonging 2", "Strengths", "-Speaking up"],
    );
}

#[test]
fn a_removal_says_what_goes_along() {
    let (mut harness, _folder) = window(coded);
    settle(&mut harness);
    press(&mut harness, "Needs", Modifiers::NONE, Key::Delete);
    harness.get_by_label("This also removes 2 subcodes and 3 codings in 1 document.");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(outline(&harness), CODED);
    // Enter is what people press when they haven't read.
    press(&mut harness, "Needs", Modifiers::NONE, Key::Delete);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(outline(&harness), CODED);
    press(&mut harness, "Needs", Modifiers::NONE, Key::Delete);
    click(&mut harness, "Remove");
    check(&mut harness, &CODED, &["Strengths", "-Speaking up"]);
}

#[test]
fn ticked_passages_of_a_page_are_split_off_and_recoded() {
    let (mut harness, _folder) = window(coded);
    settle(&mut harness);
    press(&mut harness, "Belonging", Modifiers::NONE, Key::P);
    let tick = |harness: &mut Window, words: &str| {
        harness
            .get_by(|node| {
                node.label()
                    .is_some_and(|label| label.starts_with("Tick ") && label.contains(words))
            })
            .click();
        settle(harness);
    };
    let words = passage(&harness, 60, 80);
    tick(&mut harness, &words);
    click(&mut harness, "Split off ticked…");
    type_name(&mut harness, "Wrong");
    let split = [
        "Needs",
        "-Belonging 1",
        "-Wrong 1",
        "-Being heard 1",
        "Strengths",
        "-Speaking up",
    ];
    check(&mut harness, &CODED, &split);
    let words = passage(&harness, 42, 60);
    tick(&mut harness, &words);
    click(&mut harness, "Recode ticked…");
    harness.get_by_label("Filter codes").type_text("speaking");
    settle(&mut harness);
    click(&mut harness, "Recode");
    check(
        &mut harness,
        &split,
        &[
            "Needs",
            "-Belonging",
            "-Wrong 1",
            "-Being heard 1",
            "Strengths",
            "-Speaking up 1",
        ],
    );
}

fn passage(harness: &Window, start: u32, end: u32) -> String {
    let session = session(harness);
    let document = &session.project().documents[&first_document(session)];
    let words = session
        .content(document)
        .unwrap()
        .text
        .slice(TextRange::between(start, end))
        .unwrap()
        .to_owned();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_passage_of_a_page_opens_in_read() {
    let (mut harness, _folder) = window(coded);
    settle(&mut harness);
    press(&mut harness, "Needs", Modifiers::NONE, Key::P);
    let words = passage(&harness, 60, 80);
    harness.get_by_label(&format!("Child {words}")).click();
    settle(&mut harness);
    harness.get_by_label_contains("Child I keep my hand down");
    assert!(
        harness.query_by_label("Split off ticked…").is_none(),
        "the page has made room for the text"
    );
}

#[test]
fn the_editor_saves_all_fields_in_one_step() {
    let (mut harness, _folder) = open();
    press(&mut harness, "Belonging", Modifiers::NONE, Key::Enter);
    for (label, words) in [
        ("Name of the code (中文)", "归属"),
        ("Definition (English)", "To be part of it."),
        ("When to apply (中文)", "提到归属"),
    ] {
        harness.get_by_label(label).focus();
        settle(&mut harness);
        harness.get_by_label(label).type_text(words);
        settle(&mut harness);
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    settle(&mut harness);
    let code = |harness: &Window| {
        let book = &session(harness).project().codebook;
        book.get(book.find("Belonging").unwrap()).unwrap().clone()
    };
    let is_set =
        |harness: &Window| code(harness).definition == Localized::plain("To be part of it.");
    assert!(is_set(&harness));
    assert_eq!(code(&harness).name.get(&Language::ZH), "归属");
    assert_eq!(code(&harness).apply_when.get(&Language::ZH), "提到归属");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(!is_set(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut harness);
    assert!(is_set(&harness));
}

#[test]
fn the_filter_finds_translations_and_keeps_what_lies_above() {
    let (mut harness, _folder) = open();
    harness.get_by_label("Filter the codebook").focus();
    settle(&mut harness);
    harness
        .get_by_label("Filter the codebook")
        .type_text("speak");
    settle(&mut harness);
    harness.get_by_label("Speaking up");
    harness.get_by_label("Strengths");
    assert!(harness.query_by_label("Belonging").is_none());
}

#[test]
fn a_click_on_a_code_applies_it_to_selected_text() {
    let (mut harness, _folder) = open();
    let turn = harness
        .get_by_label_contains("Child I keep my hand down")
        .rect();
    let at = |x: f32| egui::pos2(turn.left() + x, turn.top() + 13.0);
    harness.drag_at(at(2.0));
    harness.step();
    harness.hover_at(at(120.0));
    harness.step();
    harness.drop_at(at(120.0));
    settle(&mut harness);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    click(&mut harness, "Speaking up");
    check(
        &mut harness,
        &AS_IT_IS,
        &[
            "Needs",
            "-Belonging",
            "-Being heard",
            "Strengths",
            "-Speaking up 1",
        ],
    );
}

#[test]
fn arrows_walk_fold_and_extend() {
    let (mut harness, _folder) = open();
    press(&mut harness, "Needs", Modifiers::NONE, Key::ArrowLeft);
    assert!(harness.query_by_label("Belonging").is_none(), "folded away");
    harness.key_press(Key::ArrowRight);
    settle(&mut harness);
    harness.key_press(Key::ArrowDown);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    settle(&mut harness);
    harness.key_press(Key::Delete);
    settle(&mut harness);
    let question = harness.get_by_role_and_label(Role::Dialog, "Remove 2 codes?");
    assert!(
        question.accesskit_node().is_modal(),
        "nothing behind it can be reached"
    );
    click(&mut harness, "Remove");
    check(
        &mut harness,
        &AS_IT_IS,
        &["Needs", "Strengths", "-Speaking up"],
    );
}
