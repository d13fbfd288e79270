//! Encrypted projects: only the passphrase opens them, and nothing of them lies about in clear.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use tain::{
    app::{
        Session,
        integrity::{check, repair},
    },
    seal::Passphrase,
    store::{Access, Opening, Source},
};

use crate::{cli::Cli, world::world};

/// Words of the transcripts below, in both languages.
const SECRETS: [&str; 2] = [
    "Marlene keeps her drawings under the bed",
    "小远把奖状藏在枕头下面不让人看",
];

fn opening(passphrase: &str, access: Access) -> Opening {
    Opening {
        passphrase: Some(Passphrase::new(passphrase.to_owned()).unwrap()),
        ..access.into()
    }
}

/// A command line whose environment has the passphrase, on an encrypted project with both texts.
fn cli() -> Cli {
    let cli = Cli::new();
    cli.write("pass.txt", b"blue boat 4\nsecond line\n");
    fs::create_dir(cli.path("home")).unwrap();
    let [english, chinese] = SECRETS;
    cli.write(
        "in/F01.txt",
        format!("Interviewer: And then?\n\nChild: {english}.\n\nInterviewer: Hm.\n\nChild: Yes.\n")
            .as_bytes(),
    );
    cli.write(
        "in/F02.txt",
        format!("访谈者：后来呢？\n\n孩子：{chinese}。\n\n访谈者：嗯。\n\n孩子：就这样。\n")
            .as_bytes(),
    );
    cli.write("codes.csv", b"code,parent\nNeeds,\nBelonging,Needs\n");
    cli.ok("new home/p.tain --title Study --coder An --encrypt --passphrase-file pass.txt --recovery-sheet sheet.html");
    cli.ok("import home/p.tain in --passphrase-file pass.txt");
    cli.ok("codebook import home/p.tain codes.csv --passphrase-file pass.txt");
    cli
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Files under a folder with eight bytes of a secret in a row.
fn leaks(folder: &Path) -> Vec<PathBuf> {
    let pieces: BTreeSet<&[u8]> = SECRETS
        .iter()
        .flat_map(|secret| secret.as_bytes().windows(8))
        .collect();
    let mut found = Vec::new();
    files(folder, &mut found);
    found.retain(|path| {
        fs::read(path)
            .unwrap()
            .windows(8)
            .any(|bytes| pieces.contains(bytes))
    });
    found
}

#[test]
fn only_the_passphrase_opens_it_and_nothing_is_in_clear() {
    let cli = cli();
    cli.ok("autocode home/p.tain drawings --code Belonging --passphrase-file pass.txt");
    cli.ok("index home/p.tain --passphrase-file pass.txt");
    let hits = cli.ok("search home/p.tain 奖状 --count --passphrase-file pass.txt");
    assert_eq!(hits.trim(), "1");
    cli.ok("backups home/p.tain --make --passphrase-file pass.txt");
    for folder in ["home", "cache", "config"] {
        assert_eq!(leaks(&cli.path(folder)), Vec::<PathBuf>::new());
    }
    // That the looking finds something where there is something:
    assert_eq!(leaks(&cli.path("in")).len(), 2);
    let (status, message) = cli.fails(&["info", "home/p.tain"]);
    assert_eq!(status, 3);
    assert!(message.contains("is encrypted"), "{message}");
    cli.write("wrong.txt", b"blue boat 5");
    let (status, message) = cli.fails(&["info", "home/p.tain", "--passphrase-file", "wrong.txt"]);
    assert_eq!(status, 3);
    assert!(message.contains("the passphrase is wrong"), "{message}");
}

#[test]
fn the_key_of_the_recovery_sheet_opens_it_until_the_passphrase_changes() {
    let cli = cli();
    let sheet = fs::read_to_string(cli.path("sheet.html")).unwrap();
    let key = sheet
        .split("<code>")
        .nth(1)
        .unwrap()
        .split("</code>")
        .next()
        .unwrap();
    cli.write("key.txt", key.as_bytes());
    cli.ok("info home/p.tain --passphrase-file key.txt");
    cli.write("new.txt", "绿色的小船".as_bytes());
    cli.ok("encrypt home/p.tain --passphrase-file pass.txt --new-passphrase-file new.txt");
    cli.ok("info home/p.tain --passphrase-file new.txt");
    for old in ["pass.txt", "key.txt"] {
        let (_, message) = cli.fails(&["info", "home/p.tain", "--passphrase-file", old]);
        assert!(message.contains("the passphrase is wrong"), "{message}");
    }
}

#[test]
fn a_project_is_the_same_encrypted_and_decrypted() {
    let cli = cli();
    let path = cli.path("home/p.tain");
    let project = |opening: Opening| {
        let session = Session::open(&path, opening, world(3)).unwrap();
        assert_eq!(check(&session).unwrap().findings, vec![]);
        (**session.project()).clone()
    };
    let before = project(opening("blue boat 4", Access::Read));
    cli.ok("decrypt home/p.tain --passphrase-file pass.txt");
    assert_eq!(project(Access::Read.into()), before);
    assert!(
        !leaks(&cli.path("home")).is_empty(),
        "the check finds clear text"
    );
    cli.ok("backups home/p.tain --make");
    cli.ok("index home/p.tain");
    assert!(cli.path("cache").exists(), "a plain project has an index");
    cli.ok("encrypt home/p.tain --passphrase-file pass.txt");
    assert_eq!(project(opening("blue boat 4", Access::Read)), before);
    assert_eq!(leaks(&cli.path("home")), Vec::<PathBuf>::new());
    let mut left = Vec::new();
    files(&cli.path("cache"), &mut left);
    left.retain(|path| path.to_string_lossy().contains("index"));
    assert_eq!(left, Vec::<PathBuf>::new(), "its index is gone");
    let listed = cli.ok("backups home/p.tain --format csv");
    assert_eq!(
        listed.lines().count(),
        2,
        "the old backups are gone, a new one is there: {listed}"
    );
}

#[test]
fn a_wrong_byte_in_an_encrypted_file_costs_its_page_and_is_named() {
    let cli = cli();
    let path = cli.path("home/p.tain");
    let bytes = fs::read(&path).unwrap();
    let copy = cli.path("copy.tain");
    for at in (0..bytes.len()).step_by(bytes.len() / 23) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 16;
        fs::write(&copy, &wrong).unwrap();
        let opened = Session::open(&copy, opening("blue boat 4", Access::Read), world(3));
        let is_named = match &opened {
            Ok(session) => {
                at < 16
                    || !session.damage().is_empty()
                    || !check(session).unwrap().findings.is_empty()
            }
            Err(_) => true,
        };
        assert!(is_named, "byte {at}");
    }
    // The salt is put right by itself.
    let mut wrong = bytes;
    wrong[5] ^= 1;
    fs::write(&copy, &wrong).unwrap();
    let passphrase = Passphrase::new("blue boat 4".to_owned()).unwrap();
    repair(&Source::of(&copy, Some(&passphrase)).unwrap(), world(3)).unwrap();
    let session = Session::open(&copy, opening("blue boat 4", Access::Read), world(3)).unwrap();
    assert_eq!(check(&session).unwrap().findings, vec![]);
    assert_eq!(session.project().documents.len(), 2);
}
