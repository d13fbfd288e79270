//! The history in the window: every step in words, what it changed, and taking one back out of order.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tain::app::action::Action;

use crate::{
    gestures::{Window, now, press, press_with, shows},
    window::{on_project, settle, until, window},
};

fn open() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    for phase in ["before", "after"] {
        harness.state_mut().act(Action::AddPhase(phase.to_owned()));
    }
    harness
        .state_mut()
        .act(Action::SetTitle("Second".to_owned()));
    press_with(&mut harness, Modifiers::ALT, Key::Num6);
    until(&mut harness, |harness| shows(harness, "add phase: before"));
    (harness, folder)
}

fn choose(harness: &mut Window, step: &str) {
    harness.get_by_label_contains(step).click();
    settle(harness);
}

#[test]
fn steps_are_listed_in_words_found_and_gone_through_by_keys() {
    let (mut harness, _folder) = open();
    assert!(shows(&harness, "steps. Nothing here is ever edited"));
    press(&mut harness, Key::ArrowDown);
    assert!(shows(&harness, "What changed"), "the latest step is chosen");
    assert!(shows(&harness, "Second"));
    harness.get_by_label("Find in history").focus();
    harness.get_by_label("Find in history").type_text("PHASE");
    settle(&mut harness);
    assert!(shows(&harness, "add phase: after") && !shows(&harness, "import documents"));
}

#[test]
fn a_step_is_taken_back_out_of_order_and_that_is_a_step_of_its_own() {
    let (mut harness, _folder) = open();
    choose(&mut harness, "add phase: before");
    harness.get_by_label("Take back this step").click();
    until(&mut harness, |harness| {
        shows(harness, "This step was taken back.")
    });
    let project = now(&harness);
    assert!(project.phase_by_name("before").is_none() && project.phase_by_name("after").is_some());
    assert_eq!(project.title, "Second");
    assert!(shows(&harness, "take back: before"));
    press_with(&mut harness, Modifiers::COMMAND, Key::Y);
    assert!(
        now(&harness).phase_by_name("before").is_some(),
        "redo brings it again"
    );
}
