//! The erasure of a participant in the window.

use std::fs;

use egui_kittest::kittest::Queryable as _;
use tain::{
    app::{Session, action::Action},
    gui::{Start, View},
    store::Access,
};

use crate::{
    gestures::{Window, click_with, shows},
    window::{on_project, session, settle, window},
    world::world,
};

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

/// A window that asks before the family of the Chinese document is erased.
fn asking() -> (Window, tempfile::TempDir) {
    window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let project = session.project();
        let document = project.document_by_title("F02 孩子").unwrap().id;
        let case = project.case_by_name("林家").unwrap().id;
        session
            .run(Action::SetDocumentsCase {
                documents: vec![document],
                case,
                belongs: true,
            })
            .unwrap();
        drop(session);
        Start {
            show: Some("erase:林家".to_owned()),
            ..on_project(path)
        }
    })
}

#[test]
fn a_participant_is_erased_only_once_the_name_is_typed() {
    let (mut harness, folder) = asking();
    settle(&mut harness);
    assert!(shows(&harness, "Erase “林家”"));
    assert!(shows(&harness, "F02 孩子: whole"));
    let before = session(&harness).project().clone();
    click(&mut harness, "Erase for good");
    assert_eq!(
        **session(&harness).project(),
        *before,
        "nothing is typed yet"
    );
    harness.get_by_label("Type 林家 to go on").focus();
    settle(&mut harness);
    harness.get_by_label("Type 林家 to go on").type_text("林家");
    settle(&mut harness);
    click(&mut harness, "Erase for good");
    settle(&mut harness);
    let project = session(&harness).project();
    assert_eq!(project.erasures.len(), 1);
    assert!(project.case_by_name("林家").is_none());
    assert!(project.document_by_title("F02 孩子").is_none());
    assert_eq!(session(&harness).access(), Access::Write);
    assert!(shows(&harness, "were erased for good"));
    let page = fs::read_to_string(folder.path().join("p.erasure.html")).unwrap();
    assert!(
        page.contains("Certificate of erasure") && !page.contains("林家"),
        "{page}"
    );
    let bytes = fs::read(folder.path().join("p.tain")).unwrap();
    let words = "他们觉得我家没钱".as_bytes();
    assert!(!bytes.windows(words.len()).any(|window| window == words));
}

#[test]
fn the_menu_of_a_case_asks_before_it_is_erased() {
    let (mut harness, _folder) = window(|path| Start {
        view: Some(View::Cases),
        ..on_project(path)
    });
    settle(&mut harness);
    let row = harness.get_by_role_and_label(egui::Role::RowHeader, "林家");
    let at = row.rect().center();
    click_with(
        &mut harness,
        at,
        egui::PointerButton::Secondary,
        egui::Modifiers::NONE,
    );
    click(&mut harness, "Erase participant…");
    assert!(shows(&harness, "Erase “林家”"));
    click(&mut harness, "Cancel");
    assert!(!shows(&harness, "Erase “林家”"));
    assert!(session(&harness).project().case_by_name("林家").is_some());
}

#[test]
fn an_erased_document_says_so() {
    let (mut harness, _folder) = asking();
    settle(&mut harness);
    harness.get_by_label("Type 林家 to go on").type_text("林家");
    settle(&mut harness);
    click(&mut harness, "Erase for good");
    let project = session(&harness).project();
    let erased = project
        .documents
        .values()
        .find(|document| project.erased_text(document.id).is_some())
        .unwrap();
    let title = erased.title.clone();
    click(&mut harness, &title);
    assert!(shows(
        &harness,
        "were erased because a participant withdrew"
    ));
}
