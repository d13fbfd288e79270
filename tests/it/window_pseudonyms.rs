//! The table of pseudonyms in the window.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::pseudonyms::vault,
    gui::{Start, UiLanguage},
    names::table::RowState,
    seal::Passphrase,
};

use crate::window::{on_project, session, settle, until, window};

#[test]
fn a_table_is_made_decided_by_keys_and_kept_sealed() {
    let (mut harness, _folder) = window(|path| Start {
        show: Some("pseudonyms".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    for field in ["Passphrase of the table", "Once more"] {
        harness
            .get_by_role_and_label(Role::PasswordInput, field)
            .focus();
        settle(&mut harness);
        harness
            .get_by_role_and_label(Role::PasswordInput, field)
            .type_text("blue boat 4");
        settle(&mut harness);
    }
    harness.get_by_label("Create the table").click();
    until(&mut harness, |harness| {
        harness
            .query_all_by_label_contains("still proposed")
            .next()
            .is_some()
    });
    until(&mut harness, |harness| {
        harness.query_all_by_label_contains(" → ").next().is_some()
    });
    settle(&mut harness);
    harness.key_press(Key::A);
    settle(&mut harness);
    harness.key_press(Key::L);
    settle(&mut harness);
    harness.get_by_label("Close").click();
    let path = session(&harness).path().to_owned();
    until(&mut harness, |harness| {
        harness.query_by_label("Accept all proposed").is_none()
    });
    let passphrase = Passphrase::new("blue boat 4".to_owned()).unwrap();
    let table = vault::read(&path, &passphrase).unwrap();
    let states: Vec<RowState> = table.rows.iter().map(|row| row.state).take(2).collect();
    assert_eq!(states, [RowState::Accepted, RowState::Left]);
}

#[test]
fn the_locked_table_is_said_in_chinese() {
    let (mut harness, _folder) = window(|path| {
        let passphrase = Passphrase::new("船".to_owned()).unwrap();
        vault::write(path, &passphrase, &Default::default(), Some([7; 64])).unwrap();
        Start {
            show: Some("pseudonyms".to_owned()),
            language: Some(UiLanguage::Chinese),
            ..on_project(path)
        }
    });
    settle(&mut harness);
    harness.get_by_label_contains("化名表已加密");
    harness.get_by_label("打开化名表");
}
