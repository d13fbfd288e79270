//! The window as a screen reader gets it: what has a name, a role and a value, and what is said when something was done.

use egui::{
    Event, Key, Modifiers,
    accesskit::{Action, ActionData, ActionRequest, Live, Role, TextSelection, TreeId},
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    app::{action::Action as Edit, settings::View},
    gui::Start,
};

use crate::{
    gestures::{Window, click, coded_window, place, press, press_with},
    window::{on_project, settle, window},
};

/// The text on screen, the caret's place in it, and what is said of the place.
fn transcript(harness: &Window) -> (String, Option<usize>, String) {
    let text = harness.get_by_role(Role::MultilineTextInput);
    let node = text.accesskit_node();
    let caret = node.text_selection_focus();
    (
        node.document_range().text(),
        caret.map(|caret| caret.to_global_usv_index()),
        node.description().unwrap_or_default(),
    )
}

/// The characters after the caret.
fn after_caret(harness: &Window) -> String {
    let (text, caret, _) = transcript(harness);
    text.chars().skip(caret.unwrap()).take(7).collect()
}

/// What the live region says.
fn said(harness: &Window) -> String {
    let mut regions = harness
        .query_all_by_role(Role::Status)
        .filter(|node| node.accesskit_node().live() == Live::Polite);
    let region = regions
        .next()
        .and_then(|node| node.accesskit_node().label());
    region.unwrap_or_default()
}

#[test]
fn the_transcript_is_a_text_with_speakers_lines_words_and_a_caret() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Child I keep my hand down", 1.0);
    click(&mut harness, at);
    settle(&mut harness);
    let (text, ..) = transcript(&harness);
    assert!(
        text.contains(
            "Child: I keep my hand down 😀. In case it’s wrong.\nInterviewer: And then?\n"
        ),
        "{text:?}"
    );
    assert_eq!(after_caret(&harness), "I keep ");
    press(&mut harness, Key::ArrowRight);
    assert_eq!(after_caret(&harness), " keep m");
    press_with(&mut harness, Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(after_caret(&harness), " my han");
    press_with(
        &mut harness,
        Modifiers::COMMAND | Modifiers::SHIFT,
        Key::ArrowRight,
    );
    let node = harness.get_by_role(Role::MultilineTextInput);
    let selected = node.accesskit_node().text_selection().unwrap().text();
    assert_eq!(selected, " my");
    assert!(node.accesskit_node().is_read_only());
}

#[test]
fn words_of_chinese_are_those_of_the_dictionary() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("F02 孩子").click();
    settle(&mut harness);
    let node = harness.get_by_role(Role::MultilineTextInput);
    let node = node.accesskit_node();
    let text = node.document_range().text();
    let start = text.chars().take_while(|c| *c != '我').count();
    let at = node.text_position_from_global_usv_index(start).unwrap();
    let next = at.forward_to_word_start().to_global_usv_index();
    let word: String = text.chars().skip(start).take(next - start).collect();
    assert!((1..=3).contains(&word.chars().count()), "{word}");
}

#[test]
fn the_place_of_the_caret_says_who_speaks_and_what_is_coded() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 2, 6), ("Speaking up", 2, 4)]);
    let at = place(&harness, "Child I keep my hand down", 1.0);
    click(&mut harness, at);
    settle(&mut harness);
    assert_eq!(transcript(&harness).2, "Child. No codes here");
    for _ in 0..3 {
        press(&mut harness, Key::ArrowRight);
    }
    assert_eq!(
        transcript(&harness).2,
        "Child. Codes here: Belonging, Speaking up"
    );
    let mut last = String::new();
    for _ in 0..40 {
        press(&mut harness, Key::ArrowRight);
        let says = transcript(&harness).2;
        if says == "Child. No codes here" {
            break;
        }
        last = says;
    }
    assert_eq!(last, "Child. Codes that end here: Belonging");
    harness.get_by_label("Switch language").click();
    settle(&mut harness);
    let says = transcript(&harness).2;
    assert_eq!(says, "Child。此处没有编码");
}

#[test]
fn a_screen_reader_moves_the_caret() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let (own, place) = {
        let node = harness.get_by_role(Role::MultilineTextInput);
        let node = node.accesskit_node();
        let text = node.document_range().text();
        let (before, _) = text.split_once("And then").unwrap();
        let at = before.chars().count();
        let at = node.text_position_from_global_usv_index(at).unwrap();
        let selection = at.to_degenerate_range().to_text_selection();
        (
            egui::Id::unique(("transcript", 0_usize)).accesskit_id(),
            selection.focus,
        )
    };
    harness.event(Event::AccessKitActionRequest(ActionRequest {
        action: Action::SetTextSelection,
        target_tree: TreeId::ROOT,
        target_node: own,
        data: Some(ActionData::SetTextSelection(TextSelection {
            anchor: place,
            focus: place,
        })),
    }));
    settle(&mut harness);
    assert_eq!(after_caret(&harness), "And the");
}

#[test]
fn what_was_done_is_said_every_time() {
    let (mut harness, _folder) = coded_window(&[]);
    let at = place(&harness, "Child I keep my hand down", 1.0);
    click(&mut harness, at);
    settle(&mut harness);
    assert_eq!(said(&harness), "", "opening a project says nothing");
    for word in ["first", "second"] {
        let before = harness
            .query_all_by_role(Role::Status)
            .map(|it| it.accesskit_node().id());
        let before: Vec<_> = before.collect();
        press_with(
            &mut harness,
            Modifiers::COMMAND | Modifiers::SHIFT,
            Key::ArrowRight,
        );
        press(&mut harness, Key::Enter);
        harness.get_by_label("Filter codes").type_text("belong");
        settle(&mut harness);
        press(&mut harness, Key::Enter);
        assert_eq!(said(&harness), "Coded as Belonging", "the {word} time");
        let region = harness.get_by_role(Role::Status).accesskit_node().id();
        assert!(!before.contains(&region), "a new region is read again");
        press(&mut harness, Key::ArrowRight);
    }
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&harness), "Undone: apply code: Belonging");
    press_with(&mut harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(said(&harness), "Redone: apply code: Belonging");
    harness.get_by_label("Switch language").click();
    settle(&mut harness);
    harness.state_mut().act(Edit::AddCoder("Bo".to_owned()));
    settle(&mut harness);
    assert_eq!(said(&harness), "已完成：添加编码员：Bo");
}

#[test]
fn a_step_whose_words_cannot_be_read_is_still_said() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    harness.state_mut().act(Edit::SetTitle("Second".to_owned()));
    settle(&mut harness);
    assert_eq!(said(&harness), "Done: set title");
    let project = harness.state().session().unwrap().path().to_owned();
    assert!(project.starts_with(folder.path()));
    harness.state_mut().act(Edit::AddPhase("before".to_owned()));
    // The disk loses it before it is said.
    let file = rusqlite::Connection::open(&project).unwrap();
    file.execute_batch(
        "UPDATE entries SET changes = x'00' WHERE seq = (SELECT max(seq) FROM entries)",
    )
    .unwrap();
    settle(&mut harness);
    assert_eq!(
        said(&harness),
        "Done: add phase. What it was about can't be read from the project"
    );
}

#[test]
fn the_palette_says_what_fits_and_its_arrows_are_followed() {
    let (mut harness, _folder) = coded_window(&[]);
    let at = place(&harness, "Child I keep my hand down", 1.0);
    click(&mut harness, at);
    press_with(
        &mut harness,
        Modifiers::COMMAND | Modifiers::SHIFT,
        Key::ArrowRight,
    );
    press(&mut harness, Key::Enter);
    harness.get_by_role_and_label(Role::Dialog, "Apply a code");
    harness.get_by_label("Filter codes").type_text("e");
    settle(&mut harness);
    let first = said(&harness);
    assert!(first.contains(", 1 of "), "{first}");
    let focused = |harness: &Window| {
        let focused = harness.root().accesskit_node().tree_state.focus();
        focused.map(|node| (node.role(), node.label().unwrap_or_default()))
    };
    assert_eq!(
        focused(&harness),
        Some((Role::TextInput, "Filter codes".to_owned()))
    );
    press(&mut harness, Key::ArrowDown);
    let (role, name) = focused(&harness).unwrap();
    assert_eq!(role, Role::ListBoxOption);
    assert!(!first.starts_with(&name), "the second is another code");
    press(&mut harness, Key::Tab);
    assert_eq!(said(&harness), format!("Ticked: {name}"));
}

/// The places of the window: a page, and what `--show` opens there.
const PLACES: [(View, &str); 19] = [
    (View::Read, ""),
    (View::Read, "find:hand"),
    (View::Read, "edit:Belonging"),
    (View::Read, "document:F01 child"),
    (View::Search, "hand"),
    (View::Themes, ""),
    (View::Cases, ""),
    (View::Memos, ""),
    (View::History, ""),
    (View::Read, "project"),
    (View::Read, "phases"),
    (View::Read, "coders"),
    (View::Read, "attributes"),
    (View::Read, "starters"),
    (View::Read, "settings"),
    (View::Read, "typesetting"),
    (View::Read, "keys"),
    (View::Read, "export"),
    (View::Read, "attachments"),
];

fn at(place: (View, &str)) -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(|path| Start {
        view: Some(place.0),
        show: (!place.1.is_empty()).then(|| place.1.to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    (harness, folder)
}

#[test]
fn everything_that_can_be_pressed_has_a_name_of_words() {
    let is_icon = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    let pressed = [
        Role::Button,
        Role::CheckBox,
        Role::RadioButton,
        Role::ComboBox,
        Role::Tab,
        Role::TreeItem,
        Role::ListBoxOption,
        Role::TextInput,
        Role::SearchInput,
        Role::MultilineTextInput,
        Role::Cell,
    ];
    for place in PLACES {
        let (harness, _folder) = at(place);
        let mut seen = 0;
        for node in harness.root().children_recursive() {
            let node = node.accesskit_node();
            let name = node.label().or_else(|| node.value()).unwrap_or_default();
            assert!(!name.contains(is_icon), "{place:?}: {name:?}");
            if pressed.contains(&node.role()) {
                seen += 1;
                let bounds = node.bounding_box();
                assert!(!name.is_empty(), "{place:?}: {:?} {bounds:?}", node.role());
            }
        }
        assert!(seen > 5, "{place:?}");
    }
}

#[test]
fn pages_have_landmarks_and_headings_and_the_window_is_named() {
    for place in &PLACES[4..9] {
        let (harness, _folder) = at(*place);
        for role in [Role::Navigation, Role::Main, Role::ContentInfo] {
            let named = harness.get_by_role(role).accesskit_node().label();
            assert!(
                named.is_some_and(|name| !name.is_empty()),
                "{place:?} {role:?}"
            );
        }
    }
    let (harness, _folder) = at((View::Read, ""));
    let root = harness.root().accesskit_node().label().unwrap();
    assert!(root.ends_with(" – F01 child – Tain"), "{root}");
    harness.get_by_role_and_label(Role::Region, "Codebook");
    harness.get_by_role_and_label(Role::Complementary, "Inspector");
    harness.get_by_role_and_label(Role::Heading, "Documents");
    harness.get_by_role_and_label(Role::Heading, "F01 child");
}

#[test]
fn dialogs_are_dialogs_of_a_name_and_have_the_keyboard() {
    for (show, name) in [
        ("project", "Project"),
        ("starters", "Starter codebooks"),
        ("keys", "Keys"),
        ("export", "Export"),
        ("attachments", "Attached files"),
        ("settings", "Settings"),
        ("document:F01 child", "F01 child"),
    ] {
        let (harness, _folder) = at((View::Read, show));
        let dialogs: Vec<_> = harness.query_all_by_role(Role::Dialog).collect();
        assert_eq!(dialogs.len(), 1, "{show}");
        let dialog = dialogs[0].accesskit_node();
        assert!(dialog.is_modal(), "{show}");
        let label = dialog.label().unwrap_or_default();
        assert!(label.contains(name), "{show}: {label}");
        let focused = dialog.tree_state.focus().map(|node| node.id());
        let inside = dialogs[0].children_recursive();
        let mut inside = inside.map(|node| Some(node.accesskit_node().id()));
        assert!(inside.any(|id| id == focused), "{show} has the keyboard");
    }
}

#[test]
fn the_tree_says_what_is_below_what() {
    let (harness, _folder) = at((View::Read, ""));
    let says = |name: &str| {
        let node = harness.get_by_role_and_label(Role::TreeItem, name);
        let node = node.accesskit_node();
        (node.level(), node.data().is_expanded(), node.description())
    };
    assert_eq!(says("Needs").0, Some(1));
    assert_eq!(says("Needs").1, Some(true));
    assert_eq!(
        says("Needs").2.as_deref(),
        Some("0 codings, expanded, No definition yet")
    );
    assert_eq!(
        says("Belonging"),
        (
            Some(2),
            None,
            Some("0 codings, in Needs, No definition yet".to_owned())
        )
    );
}

#[test]
fn a_coding_is_named_once_with_its_words() {
    let (harness, _folder) = coded_window(&[("Belonging", 2, 6)]);
    let named = harness
        .query_all_by_label_contains("Belonging, An: ")
        .map(|node| node.accesskit_node().label().unwrap());
    let named: Vec<String> = named.collect();
    assert_eq!(named.len(), 1, "{named:?}");
    assert!(named[0].len() > "Belonging, An: ".len(), "{named:?}");
    let again = harness.query_all_by_label("Belonging");
    let visible = again.filter(|node| {
        let node = node.accesskit_node();
        node.role() == Role::Button && !node.is_hidden()
    });
    assert_eq!(visible.count(), 0, "the label beside it is left out");
}
