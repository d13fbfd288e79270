//! Backups, repair and passphrases in the window.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::{Session, action::Action, backups::backups_of},
    store::{Access, Opening, is_encrypted},
};

use crate::{
    gestures::{Window, press, press_with, shows},
    window::{on_project, session, settle, window},
    world::world,
};

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

/// Runs a command by its name, through the list of all commands.
fn command(harness: &mut Window, name: &str) {
    press_with(harness, Modifiers::COMMAND, Key::P);
    let input = harness.input_mut();
    input.events.push(egui::Event::Text(name.to_owned()));
    settle(harness);
    press(harness, Key::Enter);
    settle(harness);
}

#[test]
fn a_backup_is_made_at_the_opening_looked_into_and_restored() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let path = folder.path().join("p.tain");
    assert_eq!(backups_of(&path).len(), 1, "made at the opening");
    harness
        .state_mut()
        .act(Action::SetTitle("Changed".to_owned()));
    command(&mut harness, "Backups");
    click(&mut harness, "Restore…");
    assert!(shows(&harness, "The project becomes what it was then"));
    click(&mut harness, "Restore");
    assert_eq!(session(&harness).project().title, "Study 研究");
    assert!(shows(&harness, "before-restore"));
    command(&mut harness, "Backups");
    click(&mut harness, "Look inside");
    assert_eq!(session(&harness).access(), Access::Read);
}

#[test]
fn a_damaged_project_says_so_on_every_page_until_it_is_repaired() {
    let (mut harness, _folder) = window(|path| {
        let file = rusqlite::Connection::open(path).unwrap();
        file.execute_batch("DELETE FROM checkpoint; UPDATE entries SET changes = replace(changes, 'Needs', 'Neads')")
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    for page in ["Read", "Cases", "Themes", "Search"] {
        command(&mut harness, &format!("Go to {page}"));
        assert!(shows(&harness, "This project is damaged"), "{page}");
    }
    assert_eq!(session(&harness).access(), Access::Read);
    click(&mut harness, "Repair");
    assert!(!shows(&harness, "This project is damaged"));
    assert!(shows(&harness, "Repaired:"));
    assert_eq!(session(&harness).access(), Access::Write);
    assert!(session(&harness).project().codebook.find("Needs").is_ok());
}

#[test]
fn a_project_is_encrypted_locked_and_opened_again() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let path = folder.path().join("p.tain");
    command(&mut harness, "Passphrase");
    for label in ["New passphrase", "Once more"] {
        harness.get_by_label(label).focus();
        harness.step();
        harness
            .get_by_label(label)
            .type_text("four quiet green boats");
        settle(&mut harness);
    }
    click(&mut harness, "Encrypt");
    assert!(is_encrypted(&path));
    assert!(session(&harness).is_encrypted());
    assert!(shows(&harness, "The project is encrypted"));
    let settings = fs::read_to_string(folder.path().join("home/settings.ron")).unwrap();
    assert!(!settings.contains("Study"), "{settings}");
    harness
        .state_mut()
        .act(Action::SetTitle("Secret".to_owned()));
    press(&mut harness, Key::M);
    harness
        .get_by_label("Text, in Markdown")
        .type_text("half a thought");
    settle(&mut harness);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    command(&mut harness, "Close the project");
    harness.get_by_label("p").click();
    settle(&mut harness);
    harness
        .get_by_label("Passphrase")
        .type_text("four quiet green boat");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert!(shows(&harness, "That isn’t the passphrase"));
    harness.get_by_label("Passphrase").type_text("s");
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert_eq!(session(&harness).project().title, "Secret");
    press(&mut harness, Key::M);
    let body = harness.get_by_label("Text, in Markdown").value();
    assert_eq!(
        body.as_deref(),
        Some("half a thought"),
        "what was begun has waited"
    );
    press(&mut harness, Key::Escape);
    let opening = Opening {
        passphrase: Some(tain::seal::Passphrase::new("four quiet green boats".to_owned()).unwrap()),
        ..Access::Read.into()
    };
    Session::open(&path, opening, world(4)).unwrap();
}

#[cfg(unix)]
#[test]
fn what_a_file_that_was_exchanged_refuses_goes_on_in_a_copy() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let path = folder.path().join("p.tain");
    fs::copy(&path, folder.path().join("other.tain")).unwrap();
    fs::rename(folder.path().join("other.tain"), &path).unwrap();
    harness
        .state_mut()
        .act(Action::SetTitle("Changed".to_owned()));
    settle(&mut harness);
    assert!(shows(&harness, "another file has taken the place"));
    assert_eq!(session(&harness).project().title, "Study 研究");
    click(&mut harness, "Save a copy…");
    let saved = folder.path().join("saved.tain");
    harness
        .get_by_label("Path")
        .type_text(&saved.display().to_string());
    settle(&mut harness);
    press(&mut harness, Key::Enter);
    assert_eq!(session(&harness).path(), saved.canonicalize().unwrap());
    assert_eq!(session(&harness).project().title, "Changed");
}
