//! The window by keyboard: Tab goes over the page in the order in which it is read, a ring shows where it is, and keys mean themselves only.

use egui::{Event, Key, Modifiers, Pos2, Rect, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::gui::View;

use crate::{
    gestures::{
        Window, click, clicks, coded_window, comparable, now, place, press, press_with, shows,
    },
    window::{on_project, settle, window},
};

/// The name and the place of what has the keyboard.
fn focused(harness: &Window) -> Option<(String, Rect)> {
    let node = harness
        .query_all(egui_kittest::kittest::by().predicate(|node| node.is_focused()))
        .next()?;
    Some((
        node.accesskit_node().label().unwrap_or_default(),
        node.rect(),
    ))
}

/// Whether a ring is painted close around a place, or where that is seen of it.
fn is_ringed(harness: &Window, place: Rect) -> bool {
    fn rings(shape: &Shape) -> Vec<Rect> {
        match shape {
            Shape::Rect(rect)
                if rect.stroke.width >= 1.5 && rect.fill == egui::Color32::TRANSPARENT =>
            {
                vec![rect.rect]
            }
            Shape::Vec(shapes) => shapes.iter().flat_map(rings).collect(),
            _ => Vec::new(),
        }
    }
    let screen = Rect::from_min_size(Pos2::ZERO, egui::vec2(1440.0, 900.0));
    let near = |ring: &Rect| {
        let seen = place.intersect(screen);
        ring.intersects(seen)
            && (ring.center() - seen.center()).length() < seen.size().max_elem() / 2.0 + 4.0
    };
    harness
        .output()
        .shapes
        .iter()
        .flat_map(|clipped| rings(&clipped.shape))
        .any(|ring| near(&ring))
}

fn tab(harness: &mut Window) {
    harness.key_press(Key::Tab);
    harness.step();
    harness.step();
}

#[test]
fn what_has_the_keyboard_is_ringed_on_every_page() {
    for view in [
        View::Read,
        View::Search,
        View::Themes,
        View::Cases,
        View::Memos,
    ] {
        let (mut harness, _folder) = window(|path| tain::gui::Start {
            view: Some(view),
            ..on_project(path)
        });
        settle(&mut harness);
        let mut ringed = 0;
        for step in 0..40 {
            tab(&mut harness);
            let Some((name, rect)) = focused(&harness) else {
                continue;
            };
            // A text has its cursor instead.
            let has_cursor =
                harness.ctx.text_edit_focused() || rect.width() > 600.0 && rect.height() > 400.0;
            if !has_cursor {
                assert!(
                    is_ringed(&harness, rect),
                    "{view:?}, step {step}: {name} at {rect}"
                );
                ringed += 1;
            }
        }
        assert!(ringed > 12, "{view:?}: {ringed}");
    }
}

#[test]
fn tab_goes_through_documents_codes_text_and_inspector_before_the_bar_below() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Child I keep my hand down", 10.0);
    clicks(&mut harness, at, 2);
    press(&mut harness, Key::Escape);
    harness.ctx.memory_mut(|memory| memory.stop_text_input());
    let mut rounds: Vec<Vec<Rect>> = vec![Vec::new()];
    for _ in 0..80 {
        tab(&mut harness);
        let Some((name, rect)) = focused(&harness) else {
            continue;
        };
        // The handles between panels lie on the border of two parts.
        if name == "Resize panel" {
            continue;
        }
        if rect.top() < 44.0
            && rounds
                .last()
                .is_some_and(|round| round.iter().any(|before| before.top() > 44.0))
        {
            rounds.push(Vec::new());
        }
        rounds.last_mut().unwrap().push(rect);
    }
    assert!(rounds.len() > 2, "{rounds:?}");
    for round in &rounds[1..rounds.len() - 1] {
        let part = |rect: &Rect| match rect.center() {
            at if at.y < 44.0 => "0 bar above",
            at if at.y > 872.0 => "4 bar below",
            at if at.x < 280.0 => "1 documents and codes",
            at if at.x > 1140.0 => "3 inspector",
            _ => "2 text",
        };
        let parts: Vec<&str> = round.iter().map(part).collect();
        assert!(
            parts.is_sorted()
                && parts.contains(&"1 documents and codes")
                && parts.contains(&"2 text"),
            "{parts:?}"
        );
        assert!(
            round
                .iter()
                .filter(|rect| part(rect) == "0 bar above")
                .is_sorted_by(|one, next| one.left() < next.left())
        );
    }
}

#[test]
fn keys_with_other_modifiers_mean_something_else() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let at = place(&harness, "Child I keep my hand down", 10.0);
    clicks(&mut harness, at, 2);
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, "Filter codes"));
    clicks(&mut harness, at, 1);
    press(&mut harness, Key::W);
    press_with(&mut harness, Modifiers::ALT, Key::C);
    assert!(!shows(&harness, "Filter codes"), "Alt C isn't C");
    press(&mut harness, Key::C);
    assert!(shows(&harness, "Filter codes"));
}

#[test]
fn the_buttons_at_the_side_of_a_mouse_go_back_and_forward_over_pages() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    press_with(&mut harness, Modifiers::ALT, Key::Num3);
    assert!(shows(&harness, "Themes across families"));
    let side = |harness: &mut Window, button| {
        for pressed in [true, false] {
            harness.event(Event::PointerButton {
                pos: Pos2::new(700.0, 500.0),
                button,
                pressed,
                modifiers: Modifiers::NONE,
            });
            harness.step();
        }
        settle(harness);
    };
    side(&mut harness, egui::PointerButton::Extra1);
    assert!(
        shows(&harness, "Child I keep my hand down") && !shows(&harness, "Themes across families")
    );
    side(&mut harness, egui::PointerButton::Extra2);
    assert!(shows(&harness, "Themes across families"));
    click(&mut harness, Pos2::new(700.0, 500.0));
}

#[test]
fn escape_leaves_the_keyboard_in_the_text_and_in_the_codebook() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    for part in ["Child I keep my hand down", "Belonging"] {
        if part == "Belonging" {
            harness.get_by_label_contains(part).focus();
            settle(&mut harness);
        } else {
            let at = place(&harness, part, 10.0);
            clicks(&mut harness, at, 1);
        }
        let before = harness.ctx.memory(|memory| memory.focused());
        assert!(before.is_some(), "{part}");
        for _ in 0..2 {
            press(&mut harness, Key::Escape);
            assert_eq!(
                harness.ctx.memory(|memory| memory.focused()),
                before,
                "{part}"
            );
        }
    }
}

#[test]
fn a_dialog_has_the_keyboard_and_gives_it_back() {
    let (mut harness, _folder) = coded_window(&[("Belonging", 0, 6)]);
    let at = place(&harness, "Child I keep my hand down", 3.0);
    clicks(&mut harness, at, 1);
    let text = harness.ctx.memory(|memory| memory.focused());
    assert!(text.is_some());
    let before = now(&harness);
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    assert!(shows(&harness, "Language of headings"));
    // The chosen coding, the last step and the page are behind the dialog.
    press(&mut harness, Key::Delete);
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    press_with(&mut harness, Modifiers::ALT, Key::Num2);
    assert!(comparable(&now(&harness)) == comparable(&before));
    assert!(shows(&harness, "Language of headings"));
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, "Language of headings"));
    assert_eq!(harness.ctx.memory(|memory| memory.focused()), text);
    press(&mut harness, Key::Delete);
    assert_eq!(now(&harness).coding_count(), 0);
}

#[test]
fn letters_in_the_editor_of_a_code_mean_nothing_to_the_codebook_behind_it() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Belonging").click();
    settle(&mut harness);
    let row = harness.ctx.memory(|memory| memory.focused()).unwrap();
    press(&mut harness, Key::Enter);
    let editor = |harness: &Window| harness.query_by_label("Save").is_some();
    assert!(editor(&harness));
    let codes = now(&harness).codebook.codes.len();
    // Whatever asks for it, the row behind the editor doesn't get the keyboard.
    harness.ctx.memory_mut(|memory| memory.request_focus(row));
    settle(&mut harness);
    press(&mut harness, Key::N);
    let fields = harness.query_all_by_label("Name of the code").count();
    assert_eq!(fields, 1, "that of the editor; no new code is being named");
    press(&mut harness, Key::Delete);
    assert!(editor(&harness) && !shows(&harness, "Remove Belonging"));
    press(&mut harness, Key::Escape);
    assert!(!editor(&harness));
    assert_eq!(now(&harness).codebook.codes.len(), codes);
    assert!(
        !shows(&harness, "Name of the code"),
        "nothing is being named"
    );
}

#[test]
fn escape_closes_a_dialog_before_the_page_of_a_code_behind_it() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Belonging").click();
    settle(&mut harness);
    press(&mut harness, Key::P);
    let page = |harness: &Window| {
        shows(
            harness,
            "No passages yet. Select text in Read and click this code.",
        )
    };
    assert!(page(&harness), "the page of the code");
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    press(&mut harness, Key::Escape);
    assert!(!shows(&harness, "Language of headings"));
    assert!(page(&harness), "the page stays");
    press(&mut harness, Key::Escape);
    assert!(!page(&harness), "it goes with the next Escape");
}
