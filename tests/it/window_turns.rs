//! Turns in the window: given to another speaker, begun, joined, and read again.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    app::{Session, action::Action, import::PathPatterns},
    gui::{Gui, Start, UiLanguage},
    import::{DocumentOptions, SourceFile, SpeakerOption, read_document},
};

use crate::{
    gestures::{Window, press, press_with, shows},
    window::{session, settle},
    world::world,
};

const TALK: &str = "Ann: Shall we begin?\n\nBo: Yes. I put my hand up.\n\nAnn: And then?\n\nMam: They clapped.\n\nAnn: Good.\n\nMam: She is brave.\n\nBo: I am.\n";

/// A window on a project with one document, whose speakers Ann and Bo are known and whose `Mam:` isn't.
fn talk() -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = Session::create(&path, "Study", "An", world(7)).unwrap();
    let pattern = regex::Regex::new("^(?<speaker>Ann|Bo): ").unwrap();
    let options = DocumentOptions {
        speakers: SpeakerOption::Pattern(pattern),
        ..DocumentOptions::default()
    };
    let source = SourceFile {
        path: "Talk.txt".to_owned(),
        bytes: TALK.as_bytes().to_vec(),
    };
    let document = read_document(source, &options).unwrap();
    session
        .add_documents(vec![document], &PathPatterns::default())
        .unwrap();
    session
        .run(Action::AddCode {
            parent: None,
            name: "Courage".to_owned(),
        })
        .unwrap();
    drop(session);
    let start = Start {
        home: Some(folder.path().join("home")),
        project: Some(path),
        language: Some(UiLanguage::English),
        dark: Some(false),
        ..Start::default()
    };
    let mut harness = egui_kittest::Harness::builder()
        .with_size([1440.0, 900.0])
        .with_max_steps(64)
        .with_step_dt(0.02)
        .build_eframe(move |context| Gui::new(&context.egui_ctx, start, Box::new(|| world(11))));
    settle(&mut harness);
    (harness, folder)
}

/// Who says what, turn by turn.
fn said(harness: &Window) -> Vec<(String, String)> {
    let session = session(harness);
    let document = session.project().document_by_title("Talk").unwrap();
    let content = session.content(document).unwrap();
    let turns = content.turns.iter();
    turns
        .map(|turn| {
            let label = turn.speaker.map_or("", |index| {
                document.speakers[usize::from(index)].label.as_str()
            });
            let words = content.text.slice(turn.said()).unwrap();
            (label.to_owned(), words.to_owned())
        })
        .collect()
}

fn labels(harness: &Window) -> Vec<String> {
    said(harness).into_iter().map(|(label, _)| label).collect()
}

/// Puts the cursor into the turn that begins with these words.
fn go_to(harness: &mut Window, words: &str) {
    let turn = harness.get_by_label_contains(words).rect();
    let at = egui::pos2(turn.left() + 3.0, turn.top() + 13.0);
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
    settle(harness);
}

/// Opens the dialog on the menu of the document in the list.
fn read_again(harness: &mut Window) {
    let row = harness.query_all_by_label_contains("Talk").next();
    row.unwrap().click_secondary();
    settle(harness);
    harness.get_by_label("Read speakers again…").click();
    settle(harness);
}

#[test]
fn a_turn_is_given_to_another_speaker_by_keys_alone() {
    let (mut harness, _folder) = talk();
    go_to(&mut harness, "Ann Shall we begin?");
    let entries = session(&harness).steps().len();
    press_with(&mut harness, Modifiers::SHIFT, Key::T);
    settle(&mut harness);
    assert!(shows(&harness, "Who speaks?"));
    assert!(shows(&harness, "And 2 others that begin with “Ann:”"));
    press(&mut harness, Key::Num2);
    settle(&mut harness);
    harness
        .get_by_label("And 2 others that begin with “Ann:”")
        .click();
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert!(
        labels(&harness).iter().all(|label| label == "Bo"),
        "{:?}",
        labels(&harness)
    );
    assert_eq!(session(&harness).steps().len(), entries + 1, "one step");
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(labels(&harness)[0], "Ann");
}

#[test]
fn a_turn_begins_at_the_cursor_and_is_joined_again() {
    let (mut harness, _folder) = talk();
    go_to(&mut harness, "Bo Yes. I put my hand up.");
    for _ in 0..5 {
        press(&mut harness, Key::ArrowRight);
    }
    settle(&mut harness);
    press_with(&mut harness, Modifiers::SHIFT, Key::Enter);
    settle(&mut harness);
    assert!(shows(&harness, "A turn begins here: who speaks?"));
    let field = harness.get_by_label("New speaker…");
    field.focus();
    settle(&mut harness);
    harness.get_by_label("New speaker…").type_text("Cy");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    let turns = said(&harness);
    assert_eq!(turns[1], ("Bo".to_owned(), "Yes.".to_owned()));
    assert_eq!(turns[2], ("Cy".to_owned(), "I put my hand up.".to_owned()));
    go_to(&mut harness, "Cy I put my hand up.");
    press_with(&mut harness, Modifiers::SHIFT, Key::Backspace);
    settle(&mut harness);
    assert_eq!(said(&harness)[1].1, "Yes. I put my hand up.");
}

#[test]
fn selected_words_become_the_label_of_all_turns_that_begin_so() {
    let (mut harness, _folder) = talk();
    go_to(&mut harness, "Ann And then?");
    let before = "And then?\n\n".len();
    for _ in 0..before {
        harness.key_press(Key::ArrowRight);
        harness.step();
    }
    for _ in 0.."Mam".len() {
        press_with(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    }
    press_with(&mut harness, Modifiers::SHIFT, Key::Enter);
    settle(&mut harness);
    harness
        .get_by_label("And 1 other that begins with “Mam”")
        .click();
    settle(&mut harness);
    harness.get_by_label("Save").click();
    settle(&mut harness);
    assert_eq!(
        labels(&harness),
        ["Ann", "Bo", "Ann", "Mam", "Ann", "Mam", "Bo"]
    );
}

#[test]
fn speakers_are_read_again_with_a_look_at_what_changes() {
    let (mut harness, _folder) = talk();
    read_again(&mut harness);
    assert!(shows(&harness, "Read speakers again"));
    assert!(shows(&harness, "2 passages whose speaker would be another"));
    // A label that is none is refused, and believed again.
    harness.get_by_label("Mam").click();
    settle(&mut harness);
    assert!(shows(
        &harness,
        "No speakers: the words after them belong to the turn before."
    ));
    assert!(shows(
        &harness,
        "Nothing would change: everybody says what they say now."
    ));
    harness.get_by_label("Mam").click();
    settle(&mut harness);
    assert!(shows(&harness, "2 passages whose speaker would be another"));
    let before = said(&harness);
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert_eq!(said(&harness), before, "nothing is changed by looking");
    read_again(&mut harness);
    harness.get_by_label("Replace the turns").click();
    settle(&mut harness);
    assert_eq!(
        labels(&harness),
        ["Ann", "Bo", "Ann", "Mam", "Ann", "Mam", "Bo"]
    );
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(said(&harness), before);
}

#[test]
fn a_pattern_that_is_none_is_said_and_replaces_nothing() {
    let (mut harness, _folder) = talk();
    read_again(&mut harness);
    harness.get_by_label("By pattern").click();
    settle(&mut harness);
    let field = harness.get_by_label("Pattern of speakers");
    field.focus();
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::A);
    harness
        .get_by_label("Pattern of speakers")
        .type_text("(Ann");
    settle(&mut harness);
    assert!(shows(&harness, "Invalid pattern: unclosed group") || !shows(&harness, "→"));
    assert!(
        harness
            .get_by_label("Replace the turns")
            .accesskit_node()
            .is_disabled()
    );
}
