//! One project, one file, one writer: what is written never ends in somebody else's file, and backups come by themselves.

use std::{fs, path::Path};

use tain::{
    app::{Session, action::Action, integrity::check},
    store::{Access, Opening, ProjectFile, StoreError, backups_of},
};

use crate::{
    cli::Cli,
    world::{project, world},
};

fn title(session: &mut Session, title: &str) -> Result<(), String> {
    let done = session.run(Action::SetTitle(title.to_owned()));
    done.map(drop).map_err(|error| error.to_string())
}

fn title_in(path: &Path) -> String {
    let session = Session::open(path, Access::Read, world(50)).unwrap();
    session.project().title.clone()
}

#[cfg(unix)]
#[test]
fn a_second_name_of_the_file_is_noticed_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 1);
    fs::hard_link(&path, folder.path().join("q.tain")).unwrap();
    let refused = title(&mut session, "Two").unwrap_err();
    assert!(refused.contains("hard link"), "{refused}");
    let other = ProjectFile::open(&folder.path().join("q.tain"), Access::Write);
    assert!(
        matches!(other, Err(StoreError::SeveralNames(_))),
        "{other:?}"
    );
    fs::remove_file(folder.path().join("q.tain")).unwrap();
    title(&mut session, "Two").unwrap();
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_the_file_that_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let session = project(&path, 1);
    let link = folder.path().join("link.tain");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let other = ProjectFile::open(&link, Access::Write);
    assert!(matches!(other, Err(StoreError::Locked(_))), "{other:?}");
    drop(session);
    let mut session = Session::open(&link, Access::Write, world(2)).unwrap();
    title(&mut session, "By its link").unwrap();
    drop(session);
    assert_eq!(title_in(&path), "By its link");
}

#[cfg(unix)]
#[test]
fn a_file_that_takes_the_place_of_the_open_one_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("p.tain"), folder.path().join("o.tain"));
    drop(project(&other, 7));
    let mut session = project(&path, 1);
    title(&mut session, "Before").unwrap();
    let bytes = fs::read(&other).unwrap();
    fs::rename(&other, &path).unwrap();
    let refused = title(&mut session, "After").unwrap_err();
    assert!(
        refused.contains("another file has taken the place"),
        "{refused}"
    );
    assert_eq!(
        session.project().title,
        "Before",
        "what isn't stored isn't shown"
    );
    drop(session);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let found = Session::open(&path, Access::Read, world(3)).unwrap();
    assert_eq!(check(&found).unwrap().findings, vec![]);
}

#[cfg(unix)]
#[test]
fn the_work_on_a_file_that_is_gone_is_saved_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 1);
    title(&mut session, "Before").unwrap();
    fs::remove_file(&path).unwrap();
    let refused = title(&mut session, "After").unwrap_err();
    assert!(refused.contains("is gone"), "{refused}");
    let saved = folder.path().join("saved.tain");
    session.save_copy(&saved).unwrap();
    drop(session);
    assert_eq!(title_in(&saved), "Before");
}

#[test]
fn whoever_writes_without_the_lock_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 1);
    let stranger = rusqlite::Connection::open(&path).unwrap();
    stranger
        .execute_batch("INSERT INTO entries (id, stamp, device, action, changes) VALUES (randomblob(16), 1, randomblob(16), 'x', '[]')")
        .unwrap();
    let refused = title(&mut session, "After").unwrap_err();
    assert!(refused.contains("another program has written"), "{refused}");
}

#[test]
fn a_writer_can_wait_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let session = project(&path, 1);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let opening = Opening {
                wait: std::time::Duration::from_secs(20),
                ..Access::Write.into()
            };
            ProjectFile::open(&path, opening).map(drop)
        });
        std::thread::sleep(std::time::Duration::from_millis(200));
        drop(session);
        waiting.join().unwrap().unwrap();
    });
}

#[test]
fn what_is_done_is_in_the_one_file_once_it_is_folded_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 1);
    title(&mut session, "Folded").unwrap();
    session.fold_in().unwrap();
    let copy = folder.path().join("copy.tain");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(title_in(&copy), "Folded");
}

#[cfg(unix)]
#[test]
fn files_are_their_owners_alone_and_a_folder_that_cannot_be_written_to_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let cli = Cli::with_project();
    let mode = |name: &str| cli.path(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("p.tain"), 0o600);
    assert_eq!(mode("p.tain-lock"), 0o600);
    let writer = ProjectFile::open(&cli.path("p.tain"), Access::Write).unwrap();
    for name in ["p.tain-wal", "p.tain-shm"] {
        assert!(!cli.path(name).exists() || mode(name) == 0o600, "{name}");
    }
    drop(writer);
    fs::create_dir(cli.path("ro")).unwrap();
    fs::copy(cli.path("p.tain"), cli.path("ro/p.tain")).unwrap();
    fs::set_permissions(cli.path("ro/p.tain"), fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(cli.path("ro"), fs::Permissions::from_mode(0o500)).unwrap();
    cli.ok("info ro/p.tain");
    fs::set_permissions(cli.path("ro"), fs::Permissions::from_mode(0o700)).unwrap();
    let left: Vec<_> = fs::read_dir(cli.path("ro")).unwrap().collect();
    assert_eq!(left.len(), 1, "a reader leaves nothing behind");
}

#[test]
fn a_project_that_cannot_be_made_leaves_nothing() {
    let cli = Cli::new();
    let (_, message) = cli.fails(&["new", "nofolder/p.tain", "--title", "T", "--coder", "An"]);
    assert!(message.starts_with("nofolder: "), "{message}");
    assert!(!message.contains("-lock"), "{message}");
    cli.write("there.tain", b"not a project");
    let (_, message) = cli.fails(&["new", "there.tain", "--title", "T", "--coder", "An"]);
    assert!(message.contains("already exists"), "{message}");
    assert_eq!(fs::read(cli.path("there.tain")).unwrap(), b"not a project");
}

#[test]
fn an_older_file_is_backed_up_and_gets_its_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    drop(project(&path, 1));
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch("DROP TABLE entry_hashes; PRAGMA user_version = 1;")
        .unwrap();
    drop(old);
    let read = Session::open(&path, Access::Read, world(4)).unwrap();
    assert_eq!(read.damage(), vec![]);
    let before = (**read.project()).clone();
    drop(read);
    let session = Session::open(&path, Access::Write, world(4)).unwrap();
    assert_eq!(**session.project(), before);
    assert_eq!(check(&session).unwrap().findings, vec![]);
    let backups = backups_of(&path);
    assert_eq!(backups.len(), 1);
    let kept = Session::open(&backups[0].path, Access::Read, world(5)).unwrap();
    assert_eq!(**kept.project(), before);
    drop(session);
    let file = rusqlite::Connection::open(&path).unwrap();
    let hashes: i64 = file
        .query_row("SELECT count(*) FROM entry_hashes", [], |row| row.get(0))
        .unwrap();
    assert!(hashes > 3);
}

#[test]
fn nothing_that_a_file_brings_along_is_run() {
    let cli = Cli::with_project();
    let file = rusqlite::Connection::open(cli.path("p.tain")).unwrap();
    file.execute_batch(
        "CREATE TRIGGER more AFTER INSERT ON entries BEGIN DELETE FROM contents; END",
    )
    .unwrap();
    drop(file);
    let before = fs::read(cli.path("p.tain")).unwrap();
    let (_, message) = cli.fails(&["project", "set", "p.tain", "--title", "Other"]);
    assert!(message.contains("more"), "{message}");
    assert_eq!(fs::read(cli.path("p.tain")).unwrap(), before);
}
