//! Whom a passage is about, said while it is coded.

use std::collections::BTreeSet;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tain::model::ids::CaseId;

use crate::{
    gestures::{Window, drag, place, press, press_with, shows},
    window::{on_project, session, settle, window},
};

/// Whom each coding is about.
fn about(harness: &Window) -> Vec<BTreeSet<CaseId>> {
    let documents = session(harness).project().documents.values();
    let codings = documents.flat_map(|document| &document.codings);
    codings.map(|coding| coding.about.clone()).collect()
}

fn case(harness: &Window, name: &str) -> CaseId {
    let mut cases = session(harness).project().cases.values();
    cases.find(|case| case.name == name).unwrap().id
}

fn select(harness: &mut Window) {
    let turn = "Child I keep my hand down";
    let (from, to) = (place(harness, turn, 2.0), place(harness, turn, 120.0));
    drag(harness, from, to);
}

#[test]
fn the_palette_says_whom_the_passage_is_about_by_key() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    select(&mut harness);
    assert!(
        shows(&harness, "林家 (Alt 2)"),
        "those who may be meant are offered"
    );
    press_with(&mut harness, Modifiers::ALT, Key::Num2);
    harness.get_by_label("Filter codes").type_text("blg");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    let family = case(&harness, "林家");
    assert_eq!(about(&harness), [BTreeSet::from([family])]);
    // What is chosen for one passage isn't for the next.
    select(&mut harness);
    harness.get_by_label("Filter codes").type_text("heard");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert_eq!(about(&harness).len(), 2);
    assert!(about(&harness).contains(&BTreeSet::new()));
}

#[test]
fn a_new_code_and_several_codes_are_about_those_who_were_chosen() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    select(&mut harness);
    harness.get_by_label("Reed (Alt 1)").click();
    settle(&mut harness);
    harness.get_by_label("Filter codes").type_text("Being");
    settle(&mut harness);
    press(&mut harness, Key::Tab);
    press_with(&mut harness, Modifiers::SHIFT, Key::Enter);
    // The palette stays, and so does who is meant.
    harness.get_by_label("Filter codes").type_text("Pride");
    settle(&mut harness);
    press_with(&mut harness, Modifiers::COMMAND, Key::Enter);
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    let reed = BTreeSet::from([case(&harness, "Reed")]);
    assert_eq!(about(&harness), [reed.clone(), reed]);
}
