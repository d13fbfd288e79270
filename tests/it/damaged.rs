//! Damaged files: whatever byte is wrong, the project opens, the rest is there, and no figure is wrong without a word.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use tain::{
    app::{
        Session,
        action::Action,
        history::history,
        integrity::{IntegrityPart, check, repair},
    },
    message::language::UiLanguage,
    model::{Project, ids::DocumentId},
    store::{Access, Source},
};

use crate::{
    cli::Cli,
    world::{apply_code, project, world},
};

/// A closed project with a checkpoint in the middle of its log.
fn study(folder: &Path) -> PathBuf {
    let path = folder.join("p.tain");
    let mut session = project(&path, 3);
    for step in 0..40 {
        apply_code(&mut session, "F02 孩子", "Belonging", step, step + 9);
        apply_code(
            &mut session,
            "F01 child",
            "Speaking up",
            2 * step,
            2 * step + 30,
        );
    }
    session.rebuild_checkpoint().unwrap();
    for step in 0..10 {
        apply_code(&mut session, "F02 孩子", "Being heard", step, step + 11);
    }
    path
}

/// All texts of a project that can be read.
fn texts(session: &Session) -> BTreeMap<DocumentId, String> {
    let documents = session.project().documents.values();
    documents
        .filter_map(|document| {
            let content = session.content(document).ok()?;
            Some((document.id, content.text.as_str().to_owned()))
        })
        .collect()
}

fn codings(project: &Project) -> usize {
    project.coding_count()
}

/// The places of a file, of which some are tried.
fn places(length: usize) -> impl Iterator<Item = usize> {
    // A prime, so that all parts of pages are met.
    (0..length).step_by(499)
}

#[test]
fn one_wrong_bit_anywhere_loses_nothing_and_shows_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = study(folder.path());
    let bytes = fs::read(&path).unwrap();
    let whole = Session::open(&path, Access::Read, world(9)).unwrap();
    let (project, all) = (Arc::clone(whole.project()), texts(&whole));
    let steps = history(&whole.file()).unwrap().len();
    drop(whole);
    let copy = folder.path().join("copy.tain");
    let mut named = 0;
    for (number, at) in places(bytes.len()).enumerate() {
        let mut wrong = bytes.clone();
        wrong[at] ^= 1 << (number % 8);
        fs::write(&copy, &wrong).unwrap();
        let session = Session::open(&copy, Access::Read, world(9))
            .unwrap_or_else(|error| panic!("byte {at}: {error}"));
        let found = texts(&session);
        let report = check(&session).unwrap();
        let is_same = **session.project() == *project && found == all;
        assert!(
            is_same || !session.damage().is_empty(),
            "byte {at}: something else is shown and nothing said"
        );
        if report.findings.is_empty() {
            continue;
        }
        named += 1;
        let told = history(&session.file()).unwrap().len();
        assert!(
            told + 1 >= steps,
            "byte {at}: {told} of {steps} steps are told"
        );
        assert!(found.len() + 1 >= all.len(), "byte {at}: texts are gone");
        drop(session);
        repair(&Source::of(&copy, None).unwrap(), world(9))
            .unwrap_or_else(|error| panic!("byte {at}: {error}"));
        let session = Session::open(&copy, Access::Write, world(9)).unwrap();
        assert_eq!(check(&session).unwrap().findings, vec![], "byte {at}");
        assert_eq!(texts(&session), all, "byte {at}");
        assert_eq!(**session.project(), *project, "byte {at}");
    }
    // What isn't named is in parts of pages that hold nothing.
    assert!(named > 20, "{named}");
}

#[test]
fn a_torn_page_costs_what_was_on_it_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = study(folder.path());
    let bytes = fs::read(&path).unwrap();
    let whole = Session::open(&path, Access::Read, world(9)).unwrap();
    let project = Arc::clone(whole.project());
    drop(whole);
    let copy = folder.path().join("copy.tain");
    for page in 0..bytes.len() / 8192 {
        let mut wrong = bytes.clone();
        wrong[page * 8192..(page + 1) * 8192].fill(0);
        fs::write(&copy, &wrong).unwrap();
        let session = Session::open(&copy, Access::Read, world(9))
            .unwrap_or_else(|error| panic!("page {page}: {error}"));
        let is_same = **session.project() == *project;
        let findings = check(&session).unwrap().findings;
        assert!(is_same || !session.damage().is_empty(), "page {page}");
        drop(session);
        if !findings.is_empty() {
            let repaired = repair(&Source::of(&copy, None).unwrap(), world(9)).unwrap();
            let session = Session::open(&copy, Access::Write, world(9)).unwrap();
            let left = check(&session).unwrap().findings;
            let is_said = !repaired.lost.is_empty();
            assert!(left.is_empty() || is_said, "page {page}: {left:?}");
            assert!(
                codings(session.project()) == codings(&project) || is_said,
                "page {page}: {} codings of {}",
                codings(session.project()),
                codings(&project)
            );
        }
    }
}

#[test]
fn a_repair_keeps_the_damaged_file_and_what_only_the_checkpoint_knows() {
    let folder = tempfile::tempdir().unwrap();
    let path = study(folder.path());
    let whole = Session::open(&path, Access::Read, world(9)).unwrap();
    let project = Arc::clone(whole.project());
    drop(whole);
    // The changes of one entry in the middle are overwritten: no trying brings them back.
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute("UPDATE entries SET changes = 'nothing' WHERE seq = 20", [])
        .unwrap();
    drop(connection);
    let damaged = fs::read(&path).unwrap();
    let session = Session::open(&path, Access::Read, world(9)).unwrap();
    assert_eq!(**session.project(), *project, "the checkpoint still has it");
    let report = check(&session).unwrap();
    let parts: Vec<IntegrityPart> = report.findings.iter().map(|found| found.part).collect();
    assert_eq!(parts, [IntegrityPart::Log]);
    assert!(
        report.findings[0]
            .what
            .say(UiLanguage::English)
            .contains("entry 20")
    );
    drop(session);
    let repaired = repair(&Source::of(&path, None).unwrap(), world(9)).unwrap();
    assert_eq!(fs::read(&repaired.kept).unwrap(), damaged);
    assert!(repaired.restored > 0);
    let session = Session::open(&path, Access::Write, world(9)).unwrap();
    assert_eq!(check(&session).unwrap().findings, vec![]);
    assert_eq!(codings(session.project()), codings(&project));
}

#[test]
fn a_text_that_cannot_be_read_is_named_by_every_command_and_never_left_out() {
    let cli = Cli::with_project();
    let connection = rusqlite::Connection::open(cli.path("p.tain")).unwrap();
    connection
        .execute(
            "UPDATE contents SET bytes = CAST(replace(CAST(bytes AS TEXT), 'e', 'a') AS BLOB) WHERE length(bytes) > 40",
            [],
        )
        .unwrap();
    drop(connection);
    for command in [
        "search p.tain believe",
        "search p.tain believe --count",
        "autocode p.tain believe --code Needs --dry-run",
        "words p.tain",
        "codings export p.tain",
        "export p.tain -o out.docx",
    ] {
        let (status, message) = cli.fails(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(status, 3, "{command}: {message}");
        assert!(
            message.contains("missing or damaged"),
            "{command}: {message}"
        );
        assert!(
            message.contains('“'),
            "{command} names no document: {message}"
        );
    }
    assert!(!cli.folder.path().join("out.docx").exists());
}

#[test]
fn what_is_damaged_is_read_and_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = study(folder.path());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("DELETE FROM checkpoint; UPDATE entries SET changes = '[]' WHERE seq = 20")
        .unwrap();
    drop(connection);
    let mut session = Session::open(&path, Access::Write, world(9)).unwrap();
    assert_eq!(session.damage().len(), 1);
    assert_eq!(session.access(), Access::Read);
    let error = session
        .run(Action::SetTitle("Other".to_owned()))
        .unwrap_err();
    assert!(
        error.to_string().contains("until it is repaired"),
        "{error}"
    );
}

#[test]
fn a_check_beside_a_writer_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = study(folder.path());
    let mut writer = Session::open(&path, Access::Write, world(9)).unwrap();
    let reader = Session::open(&path, Access::Read, world(10)).unwrap();
    writer.run(Action::SetTitle("Other".to_owned())).unwrap();
    assert_eq!(check(&reader).unwrap().findings, vec![]);
}
