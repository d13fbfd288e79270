//! A writer that is killed at any moment loses nothing it has acknowledged.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use tain::{
    app::{Session, action::Action, integrity::check},
    model::text::TextRange,
    store::Access,
};

use crate::world::{project, world};

/// Names the project for the child; without it the test that is the child does nothing.
const PROJECT: &str = "TAIN_TEST_CRASH_PROJECT";
const ROUNDS: u64 = 50;

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the parent reads what was acknowledged"
)]
fn child_that_commits_until_it_is_killed() {
    let Some(path) = std::env::var_os(PROJECT) else {
        return;
    };
    let mut session = Session::open(
        Path::new(&path),
        Access::Write,
        world(std::process::id().into()),
    )
    .unwrap();
    session.act_as_first();
    let document = session.project().documents.values().next().unwrap().id;
    let code = *session.project().codebook.codes.keys().next().unwrap();
    for step in 0u32.. {
        let at = step * 7 % 120;
        let length = 1 + u32::try_from(session.project().coding_count() / 120 % 20).unwrap();
        let range = TextRange::between(at, at + length);
        if let Ok(done) = session.run(Action::ApplyCode {
            document,
            range,
            code,
            facets: BTreeMap::new(),
            about: Default::default(),
        }) {
            println!("ack {}", done.entry.unwrap());
            std::io::stdout().flush().unwrap();
        } else {
            session.run(Action::Undo).unwrap();
        }
    }
}

#[test]
fn a_killed_writer_loses_nothing_it_has_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    drop(project(&path, 7));
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::child_that_commits_until_it_is_killed",
                "--nocapture",
            ])
            .env(PROJECT, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| acknowledgement(&line));
        acknowledged.extend(first);
        std::thread::sleep(Duration::from_micros(round * 7919 % 23_000));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(
            lines
                .map_while(Result::ok)
                .filter_map(|line| acknowledgement(&line)),
        );
        let session = Session::open(&path, Access::Read, world(99)).unwrap();
        assert_eq!(check(&session).unwrap().findings, vec![], "round {round}");
        let stored: BTreeSet<String> = session
            .steps()
            .iter()
            .map(|step| step.id.to_string())
            .collect();
        assert!(
            acknowledged.is_subset(&stored),
            "round {round}: an acknowledged entry is gone"
        );
    }
    assert!(
        acknowledged.len() as u64 >= ROUNDS,
        "only {} commits in {ROUNDS} rounds",
        acknowledged.len()
    );
}

fn acknowledgement(line: &str) -> Option<String> {
    line.split_once("ack ").map(|(_, id)| id.to_owned())
}
