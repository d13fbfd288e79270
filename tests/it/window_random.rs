//! Whatever is clicked, dragged and typed, in whatever order: the window goes on, and undoing everything gives back the project that was opened.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::Harness;
use proptest::prelude::*;
use tain::{app::action::Action, gui::Gui, model::Project};

use crate::window::{on_project, session, window};

/// Something a person does.
#[derive(Debug, Clone)]
enum Deed {
    Click(Pos2, u8),
    SecondaryClick(Pos2),
    Drag(Pos2, Pos2),
    Press(Key, Modifiers),
    Type(&'static str),
}

/// Places below the bar with the pages, where a click could leave the project.
fn place() -> impl Strategy<Value = Pos2> {
    prop_oneof![
        3 => (380u16..1130, 120u16..860),
        1 => (10u16..1430, 60u16..860),
    ]
    .prop_map(|(x, y)| pos2(f32::from(x), f32::from(y)))
}

fn deed() -> impl Strategy<Value = Deed> {
    let keys = prop::sample::select(vec![
        Key::Enter,
        Key::Escape,
        Key::Tab,
        Key::ArrowDown,
        Key::ArrowUp,
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::Delete,
        Key::Period,
        Key::Comma,
        Key::U,
        Key::W,
        Key::S,
        Key::T,
        Key::V,
        Key::A,
        Key::R,
        Key::Y,
        Key::J,
        Key::Slash,
        Key::H,
        Key::Z,
        Key::F2,
        Key::Home,
        Key::PageDown,
        Key::Backslash,
    ]);
    let modifiers = prop::sample::select(vec![
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::SHIFT,
        Modifiers::COMMAND,
        Modifiers::COMMAND | Modifiers::SHIFT,
        Modifiers::ALT | Modifiers::SHIFT,
    ]);
    prop_oneof![
        3 => (place(), 1u8..5).prop_map(|(at, count)| Deed::Click(at, count)),
        1 => place().prop_map(Deed::SecondaryClick),
        3 => (place(), place()).prop_map(|(from, to)| Deed::Drag(from, to)),
        5 => (keys, modifiers).prop_map(|(key, modifiers)| Deed::Press(key, modifiers)),
        1 => prop::sample::select(vec!["blg", "自信", "heard", "x", "2", " "]).prop_map(Deed::Type),
    ]
}

fn button(harness: &mut Harness<'static, Gui>, pos: Pos2, button: PointerButton, pressed: bool) {
    harness.event(Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    });
    harness.step();
}

fn run(harness: &mut Harness<'static, Gui>, deed: &Deed) {
    match deed {
        Deed::Click(at, count) => {
            harness.hover_at(*at);
            for _ in 0..*count {
                button(harness, *at, PointerButton::Primary, true);
                button(harness, *at, PointerButton::Primary, false);
            }
        }
        Deed::SecondaryClick(at) => {
            harness.hover_at(*at);
            button(harness, *at, PointerButton::Secondary, true);
            button(harness, *at, PointerButton::Secondary, false);
        }
        Deed::Drag(from, to) => {
            harness.hover_at(*from);
            button(harness, *from, PointerButton::Primary, true);
            for part in [0.3, 0.7, 1.0] {
                harness.hover_at(*from + (*to - *from) * part);
                harness.step();
            }
            button(harness, *to, PointerButton::Primary, false);
        }
        Deed::Press(key, modifiers) => harness.key_press_modifiers(*modifiers, *key),
        Deed::Type(text) => harness.event(Event::Text((*text).to_owned())),
    }
    harness.step();
    harness.step();
}

/// A project without what an undo may leave behind.
fn comparable(project: &Project) -> Project {
    let mut project = project.clone();
    for document in project.documents.values_mut() {
        std::sync::Arc::make_mut(document).history = Default::default();
    }
    project.seen.clear();
    project
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 60, ..crate::world::cases(12) })]

    #[test]
    fn undoing_everything_gives_back_what_was_opened(deeds in proptest::collection::vec(deed(), 20..60)) {
        let (mut harness, _folder) = window(on_project);
        harness.step();
        harness.step();
        let before = comparable(session(&harness).project());
        let steps = session(&harness).steps().len();
        for deed in &deeds {
            // What was there when the window opened stays: only what was done in it is undone.
            let undoes = matches!(deed, Deed::Press(Key::Z, modifiers) if modifiers.command && !modifiers.shift);
            if undoes && comparable(session(&harness).project()) == before {
                continue;
            }
            run(&mut harness, deed);
            if harness.state().session().is_none() {
                return Ok(());
            }
        }
        prop_assert_eq!(tain::model::invariants::violations(session(&harness).project()), vec![]);
        let done = session(&harness).steps().len() - steps;
        for _ in 0..done {
            if comparable(session(&harness).project()) == before {
                break;
            }
            harness.state_mut().act(Action::Undo);
        }
        prop_assert_eq!(comparable(session(&harness).project()), before);
    }
}
