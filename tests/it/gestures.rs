//! Gestures of the mouse and the keyboard, and what they leave behind.

use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use tain::{app::Session, gui::Gui, model::Project, store::Access};

use crate::{
    window::{on_project, session, settle, window},
    world::{apply_code, world},
};

pub(crate) type Window = Harness<'static, Gui>;

/// A place in the first line of a turn, so many points from its left.
pub(crate) fn place(harness: &Window, turn: &str, x: f32) -> Pos2 {
    let rect = harness.get_by_label_contains(turn).rect();
    egui::pos2(rect.left() + x, rect.top() + 13.0)
}

pub(crate) fn click(harness: &mut Window, at: Pos2) {
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
    harness.step();
}

/// Clicks in quick succession.
pub(crate) fn clicks(harness: &mut Window, at: Pos2, count: usize) {
    // A pause, or the clicks before would count too.
    settle(harness);
    for _ in 0..count {
        click(harness, at);
    }
    settle(harness);
}

pub(crate) fn drag(harness: &mut Window, from: Pos2, to: Pos2) {
    settle(harness);
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + (to - from) * 0.5);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    settle(harness);
}

pub(crate) fn press(harness: &mut Window, key: Key) {
    harness.key_press(key);
    settle(harness);
}

pub(crate) fn press_with(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// A click with any button and modifiers.
pub(crate) fn click_with(
    harness: &mut Window,
    pos: Pos2,
    button: PointerButton,
    modifiers: Modifiers,
) {
    harness.hover_at(pos);
    harness.step();
    for pressed in [true, false] {
        harness.event_modifiers(
            Event::PointerButton {
                pos,
                button,
                pressed,
                modifiers,
            },
            modifiers,
        );
        harness.step();
    }
    settle(harness);
}

/// Whether a text with these words is on screen.
pub(crate) fn shows(harness: &Window, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

/// Takes the last step back and brings it again; what was there before and after is there again.
pub(crate) fn undo_and_redo(harness: &mut Window, before: &Project, what: &str) {
    let after = Project::clone(session(harness).project());
    press_with(harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(
        comparable(session(harness).project()),
        comparable(before),
        "{what} undone"
    );
    press_with(harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(
        comparable(session(harness).project()),
        comparable(&after),
        "{what} redone"
    );
}

/// A project without what an undo may leave behind.
pub(crate) fn comparable(project: &Project) -> Project {
    let mut project = project.clone();
    project.seen.clear();
    project
}

pub(crate) fn now(harness: &Window) -> Project {
    Project::clone(session(harness).project())
}

/// What is coded, as lines of code and words.
pub(crate) fn coded(harness: &Window) -> Vec<String> {
    let session = session(harness);
    let project = session.project();
    let line = |document: &tain::model::document::Document| {
        let content = session.content(document).unwrap();
        let codings = document.codings.iter();
        codings
            .map(|coding| {
                format!(
                    "{}: {}",
                    project.codebook.path(coding.code),
                    content.text.slice(coding.range).unwrap()
                )
            })
            .collect::<Vec<_>>()
    };
    project
        .documents
        .values()
        .flat_map(|document| line(document))
        .collect()
}

/// Codes what is selected by the palette that is open.
pub(crate) fn choose(harness: &mut Window, letters: &str) {
    harness.get_by_label("Filter codes").type_text(letters);
    settle(harness);
    press(harness, Key::Enter);
}

/// A window on a project with codings of the first answer: `(code, start, end)` in its words.
pub(crate) fn coded_window(
    codings: &'static [(&'static str, u32, u32)],
) -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(move |path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let document = session.project().document_by_title("F01 child").unwrap();
        let answer = session.content(document).unwrap().turns[1].body;
        for (code, start, end) in codings {
            apply_code(
                &mut session,
                "F01 child",
                code,
                answer + start,
                answer + end,
            );
        }
        on_project(path)
    });
    settle(&mut harness);
    (harness, folder)
}
