//! Names found in a project, the sealed table of what stands for whom, and what is replaced by it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{cli::Cli, fixture};

/// A study whose people have names in both languages.
const NAMES: &str = "
//- codebook 自信 > 表达 | 家庭支持
//- document 第一次 case=家庭1 phase=前测
访谈者：你叫什么？

孩子：我叫林小远。[自信:王老师说小远敢举手了，她妈妈编的]辫子很好看。

访谈者：小远住在哪里？
//- document First case=Hill phase=baseline
Interviewer: Who lives there?

Jamie: It's [家庭支持:the Hills’ flat]. Dad's Mark Hill. Ms Park said so. I am Jamie Hill.
";

fn scanned(cli: &Cli, project: &str) -> Vec<Value> {
    let out = cli.ok(&format!("pseudonyms {project} scan --format json"));
    serde_json::from_str(&out).unwrap()
}

fn with_table() -> Cli {
    let cli = fixture::project(NAMES);
    cli.write("pass", "蓝色的小船 4\n".as_bytes());
    cli.ok("pseudonyms p.tain scan --save --table-passphrase-file pass");
    cli
}

#[test]
fn scan_lists_every_mention_with_its_place_and_kind() {
    let cli = fixture::project(NAMES);
    let found = scanned(&cli, "p.tain");
    let words: Vec<(&str, &str)> = found
        .iter()
        .map(|row| (row["text"].as_str().unwrap(), row["kind"].as_str().unwrap()))
        .collect();
    for wanted in [
        ("林小远", "person"),
        ("王老师", "title_name"),
        ("Mark Hill", "person"),
        ("Ms Park", "title_name"),
    ] {
        assert!(words.contains(&wanted), "{wanted:?} in {words:?}");
    }
    assert!(
        words
            .iter()
            .all(|(text, _)| !["妈妈", "她妈妈", "Dad", "孩子"].contains(text))
    );
    // Positions count code points of the document's text.
    let first = found.iter().find(|row| row["text"] == "林小远").unwrap();
    assert!(first["confidence"].as_f64().unwrap() > 0.5);
    assert_eq!(
        first["end"].as_u64().unwrap() - first["start"].as_u64().unwrap(),
        3
    );
}

#[test]
fn the_table_is_sealed_and_readable_by_its_owner_alone() {
    let cli = with_table();
    let path = cli.path("p.pseudonyms");
    let bytes = std::fs::read(&path).unwrap();
    for name in ["林小远", "Hill", "person"] {
        assert!(
            !bytes
                .windows(name.len())
                .any(|part| part == name.as_bytes())
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    cli.write("other", b"another");
    let (status, said) = cli.fails(&[
        "pseudonyms",
        "p.tain",
        "list",
        "--table-passphrase-file",
        "other",
    ]);
    assert_eq!(status, 1);
    assert!(said.contains("passphrase is wrong"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn decisions_are_kept_and_a_second_scan_changes_none() {
    let cli = with_table();
    let pass = "--table-passphrase-file pass";
    cli.ok(&format!("pseudonyms p.tain set 王老师 甲老师 {pass}"));
    cli.okay(&[
        "pseudonyms",
        "p.tain",
        "leave",
        "Ms Park",
        "--table-passphrase-file",
        "pass",
    ]);
    cli.okay(&[
        "pseudonyms",
        "p.tain",
        "merge",
        "Jamie",
        "Mark Hill",
        "--table-passphrase-file",
        "pass",
    ]);
    let list = || {
        let out = cli.ok(&format!("pseudonyms p.tain list --format json {pass}"));
        let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
        rows
    };
    let decided = |rows: &[Value]| {
        let of = |row: &Value| ["text", "stand_in", "state"].map(|key| row[key].to_string());
        rows.iter().map(of).collect::<BTreeSet<_>>()
    };
    let rows = list();
    cli.ok(&format!("pseudonyms p.tain scan --save {pass}"));
    assert_eq!(decided(&list()), decided(&rows));
    let row = |text: &str| rows.iter().find(|row| row["text"] == text).unwrap();
    assert_eq!(row("王老师")["stand_in"], "甲老师");
    assert_eq!(row("王老师")["state"], "accepted");
    assert_eq!(row("Ms Park")["state"], "left");
    assert_eq!(row("Jamie")["stand_in"], row("Mark Hill")["stand_in"]);
    assert_eq!(row("小远")["state"], "proposed");
}

#[test]
fn applying_changes_the_texts_in_one_step_and_codings_follow() {
    let cli = with_table();
    let pass = "--table-passphrase-file pass";
    let codings = |file: &str| {
        cli.ok(&format!("export p.tain -o {file} --what codings"));
        std::fs::read_to_string(cli.path(file)).unwrap()
    };
    let before = codings("before.csv");
    let preview = cli.ok(&format!("pseudonyms p.tain preview --format json {pass}"));
    let preview: Vec<Value> = serde_json::from_str(&preview).unwrap();
    assert!(
        preview
            .iter()
            .any(|row| row["text"] == "Hills" || row["text"] == "the Hills")
    );
    cli.ok(&format!("pseudonyms p.tain apply {pass}"));
    let after = codings("after.csv");
    for name in ["小远", "Hills", "Jamie"] {
        assert!(!after.contains(name), "{name} in {after}");
    }
    // "the Hills’ flat" keeps its plural and possessive.
    assert!(after.contains("s’ flat"), "{after}");
    assert!(after.contains("老师说"), "{after}");
    assert!(after.contains("她妈妈编的"), "{after}");
    cli.ok("undo p.tain");
    assert_eq!(codings("again.csv"), before);
}

#[test]
fn exports_use_the_table_and_say_what_is_left() {
    let cli = with_table();
    let out = cli.run(&[
        "export",
        "p.tain",
        "-o",
        "out.csv",
        "--pseudonymise",
        "--table-passphrase-file",
        "pass",
    ]);
    assert!(out.status.success());
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("p.pseudonyms"), "{said}");
    let written = std::fs::read_to_string(cli.path("out.csv")).unwrap();
    for name in ["小远", "Hills", "Jamie"] {
        assert!(!written.contains(name), "{name} in {written}");
    }
    // Without its passphrase, nothing is written rather than something with other references.
    let out = cli.run(&["export", "p.tain", "-o", "other.csv", "--pseudonymise"]);
    assert!(!out.status.success());
    assert!(!cli.path("other.csv").exists());
    cli.ok("pseudonyms p.tain export -o third.html --table-passphrase-file pass");
    let page = std::fs::read_to_string(cli.path("third.html")).unwrap();
    assert!(!page.contains("小远") && !page.contains("Hills"));
}

#[test]
fn without_a_table_references_keep_plurals_out_of_sight() {
    let cli = fixture::project(NAMES);
    cli.ok("export p.tain -o out.csv --pseudonymise");
    let written = std::fs::read_to_string(cli.path("out.csv")).unwrap();
    assert!(!written.contains("Hills"), "{written}");
    let (status, said) = cli.fails(&["pseudonyms", "p.tain", "list"]);
    assert_eq!(status, 4, "{said}");
}

/// The truth: every name in the sample, as it is written; in angle brackets what counts neither way.
#[test]
fn names_of_the_sample_are_found_and_nothing_else() {
    let cli = Cli::new();
    cli.okay(&["demo", "--headless", "--dir", "."]);
    let found = scanned(&cli, "i-believe-i-can.tain");
    let lines: Vec<&str> = include_str!("../data/names/sample.txt").lines().collect();
    let (free, names): (Vec<&str>, Vec<&str>) =
        lines.iter().partition(|line| line.starts_with('<'));
    let free: Vec<&str> = free
        .iter()
        .map(|line| line.trim_matches(['<', '>']))
        .collect();
    let mut places: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    let (mut right, mut wrong) = (0, Vec::new());
    for row in &found {
        let text = row["text"].as_str().unwrap();
        let end = usize::try_from(row["end"].as_u64().unwrap()).unwrap();
        let start = usize::try_from(row["start"].as_u64().unwrap()).unwrap();
        places
            .entry(row["document"].as_str().unwrap())
            .or_default()
            .push((start, end));
        let plain = text.replace('’', "'");
        if names.contains(&plain.as_str()) || plain == "郭" {
            right += 1;
        } else if !free.contains(&plain.as_str()) {
            wrong.push(text.to_owned());
        }
    }
    let (mut all, mut missed) = (0, Vec::new());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples/i-believe-i-can/transcripts");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let title = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text: Vec<char> = std::fs::read_to_string(&path)
            .unwrap()
            .trim_start_matches('\u{feff}')
            .chars()
            .collect();
        let spans = places.get(title.as_str()).cloned().unwrap_or_default();
        for (start, end) in occurrences(&text, &names) {
            all += 1;
            // The surname in 姓郭 is its second character.
            if !spans.iter().any(|(from, to)| *from < end && start < *to) {
                missed.push(text[start..end].iter().collect::<String>());
            }
        }
    }
    let said = format!(
        "{} of {all} found, {right} right, missed {missed:?}, wrong {wrong:?}",
        all - missed.len()
    );
    assert!(
        missed.len() * 20 <= all && wrong.len() * 20 <= right + wrong.len(),
        "{said}"
    );
}

/// Where names occur in a text, the longest first; those in Latin letters as whole words.
fn occurrences(text: &[char], names: &[&str]) -> Vec<(usize, usize)> {
    let mut names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let letter = |at: usize| text.get(at).is_some_and(|c| c.is_ascii_alphanumeric());
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let here = names.iter().find(|name| {
            let latin = name[0].is_ascii();
            let alone = !latin || !letter(at + name.len()) && (at == 0 || !letter(at - 1));
            alone && text.get(at..at + name.len()) == Some(name.as_slice())
        });
        match here {
            Some(name) => {
                found.push((at, at + name.len()));
                at += name.len();
            }
            None => at += 1,
        }
    }
    found
}
