//! Keys and clicks as a busy machine delivers them: several in one frame, pressed and released.
//!
//! The harness gives each event a frame of its own, so these tests hand over the events of a frame themselves.

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use proptest::prelude::*;
use tain::{
    app::Session,
    gui::{Start, View},
    store::Access,
};

use crate::{
    gestures::{Window, clicks, place, press, press_with, shows},
    window::{on_project, session, settle, window},
    world::{apply_code, world},
};

/// The events of a key that is pressed and released with its modifiers.
fn stroke(key: Key, modifiers: Modifiers) -> Vec<Event> {
    let event = |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    vec![
        Event::ModifiersChanged(modifiers),
        event(true),
        event(false),
        Event::ModifiersChanged(Modifiers::NONE),
    ]
}

/// Delivers all events within one frame, then lets the window come to rest.
fn in_one_frame(harness: &mut Window, events: impl IntoIterator<Item = Event>) {
    harness.input_mut().events.extend(events);
    settle(harness);
}

/// How many entries the log has.
fn entries(harness: &Window) -> usize {
    session(harness).steps().len()
}

/// A memo that is being written, with the keyboard in its text; before it, something was coded.
fn writing_a_memo() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Child I keep my hand down", 10.0);
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::W);
    press(&mut harness, Key::V);
    assert!(
        session(&harness).project().coding_count() > 0,
        "coded in vivo"
    );
    press(&mut harness, Key::M);
    harness.get_by_label("Text, in Markdown").focus();
    settle(&mut harness);
    (harness, folder)
}

#[test]
fn undo_in_a_text_field_within_one_frame_is_the_fields_own() {
    let (mut harness, _folder) = writing_a_memo();
    let before = entries(&harness);
    in_one_frame(&mut harness, [Event::Text("thougt".to_owned())]);
    in_one_frame(&mut harness, stroke(Key::Z, Modifiers::COMMAND));
    in_one_frame(
        &mut harness,
        stroke(Key::Z, Modifiers::COMMAND | Modifiers::SHIFT),
    );
    in_one_frame(&mut harness, stroke(Key::Y, Modifiers::COMMAND));
    assert_eq!(entries(&harness), before);
    assert!(session(&harness).project().coding_count() > 0);
}

#[test]
fn what_is_typed_after_a_key_in_the_same_frame_goes_where_the_key_led() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Child I keep my hand down", 10.0);
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::W);
    let before = entries(&harness);
    // M opens the memo with the keyboard in its text; V, A and E would code or accept something in the transcript.
    let mut events = stroke(Key::M, Modifiers::NONE);
    for (key, text) in [(Key::V, "v"), (Key::A, "a"), (Key::E, "e")] {
        let mut typed = stroke(key, Modifiers::NONE);
        typed.insert(2, Event::Text(text.to_owned()));
        events.extend(typed);
    }
    in_one_frame(&mut harness, events);
    assert_eq!(entries(&harness), before);
    assert_eq!(
        harness.get_by_label("Text, in Markdown").value().as_deref(),
        Some("vae")
    );
}

#[test]
fn a_shortcut_within_one_frame_is_not_missed() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    in_one_frame(&mut harness, stroke(Key::K, Modifiers::COMMAND));
    assert!(shows(&harness, "Go to"), "the finder is open");
}

#[test]
fn alt_and_a_digit_change_the_page_and_type_nothing() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    press_with(&mut harness, Modifiers::ALT, Key::Num2);
    let field = || "Search the texts";
    harness.get_by_label(field()).focus();
    settle(&mut harness);
    let mut events = stroke(Key::Num2, Modifiers::ALT);
    events.insert(2, Event::Text("2".to_owned()));
    in_one_frame(&mut harness, events);
    assert_eq!(
        harness
            .get_by_label(field())
            .value()
            .as_deref()
            .unwrap_or(""),
        ""
    );
}

#[test]
fn a_double_click_within_one_frame_opens_the_palette() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Child I keep my hand down", 10.0);
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    in_one_frame(
        &mut harness,
        [
            Event::PointerMoved(at),
            button(true),
            button(false),
            button(true),
            button(false),
        ],
    );
    assert!(shows(&harness, "Filter codes"));
}

/// Keys that mean something to a project, with the text that the system sends along.
fn random_stroke() -> impl Strategy<Value = Vec<Event>> {
    let keys = prop::sample::select(vec![
        (Key::Z, "z"),
        (Key::Y, "y"),
        (Key::V, "v"),
        (Key::A, "a"),
        (Key::R, "r"),
        (Key::J, "j"),
        (Key::X, "x"),
        (Key::E, "e"),
        (Key::M, "m"),
        (Key::N, "n"),
        (Key::Num1, "1"),
        (Key::Num7, "7"),
        (Key::Slash, "/"),
        (Key::Delete, ""),
        (Key::Backspace, ""),
        (Key::ArrowLeft, ""),
        (Key::ArrowDown, ""),
    ]);
    let modifiers = prop::sample::select(vec![
        Modifiers::NONE,
        Modifiers::SHIFT,
        Modifiers::COMMAND,
        Modifiers::COMMAND | Modifiers::SHIFT,
    ]);
    // Ctrl E leaves the field for a transcript, whose keys then are the project's.
    let stays =
        |((key, _), modifiers): &((Key, _), Modifiers)| !(*key == Key::E && modifiers.command);
    let strokes = (keys, modifiers).prop_filter("stays in the field", stays);
    strokes.prop_map(|((key, text), modifiers)| {
        let mut events = stroke(key, modifiers);
        if !text.is_empty() && !modifiers.command {
            events.insert(2, Event::Text(text.to_owned()));
        }
        events
    })
}

proptest! {
    #![proptest_config(crate::world::cases(12))]

    #[test]
    fn no_key_of_a_text_field_adds_an_entry(
        strokes in proptest::collection::vec((random_stroke(), any::<bool>()), 1..24),
    ) {
        let (mut harness, _folder) = writing_a_memo();
        let before = entries(&harness);
        for (events, at_once) in strokes {
            harness.input_mut().events.extend(events);
            if !at_once {
                harness.step();
            }
        }
        settle(&mut harness);
        prop_assert_eq!(entries(&harness), before);
        prop_assert!(session(&harness).project().coding_count() > 0);
    }
}

/// A place where one types: what the window shows at first, the page, and the field.
struct Field {
    show: &'static str,
    page: View,
    name: &'static str,
}

const FIELDS: &[Field] = &[
    Field {
        show: "find:child",
        page: View::Read,
        name: "Find in this document",
    },
    Field {
        show: "",
        page: View::Read,
        name: "Filter the codebook",
    },
    Field {
        show: "edit:Needs/Belonging",
        page: View::Read,
        name: "When to apply (English)",
    },
    Field {
        show: "project",
        page: View::Read,
        name: "What the study is about",
    },
    Field {
        show: "phases",
        page: View::Read,
        name: "Name of a new phase",
    },
    Field {
        show: "coders",
        page: View::Read,
        name: "Name of a new coder",
    },
    Field {
        show: "attributes",
        page: View::Read,
        name: "Name of a new attribute",
    },
    Field {
        show: "document:F01 child",
        page: View::Read,
        name: "Title",
    },
    Field {
        show: "settings",
        page: View::Read,
        name: "Your name as a coder, for new projects",
    },
    Field {
        show: "export",
        page: View::Read,
        name: "Path",
    },
    Field {
        show: "",
        page: View::Search,
        name: "Search the texts",
    },
    Field {
        show: "",
        page: View::Cases,
        name: "Name of the case",
    },
    Field {
        show: "",
        page: View::Memos,
        name: "Search the memos",
    },
];

/// A window with the keyboard in a field, and something coded that an undo would take back.
fn typing_in(field: &'static Field) -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        session.act_as_first();
        apply_code(&mut session, "F01 child", "Belonging", 42, 60);
        drop(session);
        Start {
            view: Some(field.page),
            show: Some(field.show.to_owned()),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    let roles = [Role::TextInput, Role::SearchInput, Role::MultilineTextInput];
    let fields: Vec<_> = roles
        .into_iter()
        .flat_map(|role| harness.query_all_by_role(role))
        .filter_map(|node| Some((node.accesskit_node().label()?, node)))
        .collect();
    let Some((_, node)) = fields.iter().find(|(name, _)| name == field.name) else {
        let names: Vec<&String> = fields.iter().map(|(name, _)| name).collect();
        panic!("no field {} among {names:?}", field.name);
    };
    node.focus();
    drop(fields);
    settle(&mut harness);
    (harness, folder)
}

proptest! {
    #![proptest_config(crate::world::cases(3))]

    /// As above, in every place where one types.
    #[test]
    fn no_key_of_any_field_adds_an_entry(
        strokes in proptest::collection::vec((random_stroke(), any::<bool>()), 1..24),
    ) {
        for field in FIELDS {
            let (mut harness, _folder) = typing_in(field);
            let before = entries(&harness);
            for (events, at_once) in strokes.clone() {
                harness.input_mut().events.extend(events);
                if !at_once {
                    harness.step();
                }
            }
            settle(&mut harness);
            prop_assert_eq!(entries(&harness), before, "{}", field.name);
        }
    }
}
