//! Whom codings are about, and that each counts once: the sample's figures against counts made here, the command line, and the window.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tain::{
    app::{Session, sample},
    model::{
        Project,
        coding::Coding,
        document::{Document, SpeakerRole, Turn},
        ids::{CaseId, CodeId, CoderId},
    },
    store::Access,
};

use crate::{
    cli::Cli,
    fixture::{self, STUDY},
    gestures::{Window, now, press, press_with, shows, undo_and_redo},
    window::{on_project, settle, window},
    world::world,
};

fn sample_study() -> (Cli, Session) {
    let cli = Cli::new();
    let (path, _) = sample::build(&cli.path("."), &|| world(5)).unwrap();
    std::fs::rename(path, cli.path("p.tain")).unwrap();
    let session = Session::open(&cli.path("p.tain"), Access::Read, world(6)).unwrap();
    (cli, session)
}

fn json(cli: &Cli, line: &str) -> serde_json::Value {
    serde_json::from_str(&cli.ok(&format!("{line} --format json"))).unwrap()
}

fn code(project: &Project, name: &str) -> CodeId {
    let mut all = project.codebook.codes.values();
    all.find(|code| code.name.text == name).unwrap().id
}

/// Whose turns a passage shares a character with, looked at character by character; those who ask are left out.
fn speaking(document: &Document, turns: &[Turn], coding: &Coding) -> BTreeSet<CaseId> {
    let mut found = BTreeSet::new();
    for at in coding.range.start()..coding.range.end() {
        let turn = turns
            .iter()
            .find(|turn| turn.range.start() <= at && at < turn.range.end());
        let speaker = turn.and_then(|turn| document.speakers.get(usize::from(turn.speaker?)));
        if let Some(speaker) = speaker.filter(|own| own.role == SpeakerRole::Participant) {
            found.extend(speaker.case);
        }
    }
    found
}

/// Each family that a code is about, from those who speak, or else from the document's only family.
fn families_of(session: &Session, wanted: CodeId) -> BTreeSet<String> {
    let project = session.project();
    let mut found = BTreeSet::new();
    for document in project.documents.values() {
        let content = session.content(document).unwrap();
        for coding in document
            .codings
            .iter()
            .filter(|coding| coding.code == wanted)
        {
            let mut cases = speaking(document, &content.turns, coding);
            if cases.is_empty() && document.cases.len() == 1 {
                cases.extend(&document.cases);
            }
            let families = cases.into_iter().map(|case| project.family_of(case));
            found.extend(families.map(|family| project.cases[&family].name.clone()));
        }
    }
    found
}

fn summary(cli: &Cli, words: &[&str]) -> serde_json::Value {
    let all = [&["summary", "p.tain", "--format", "json"], words].concat();
    serde_json::from_str(&cli.okay(&all)).unwrap()
}

#[test]
fn a_theme_of_a_group_session_counts_for_those_it_is_about() {
    let (cli, session) = sample_study();
    for name in ["Saying goodbye", "Joining and trust", "Imagined judgement"] {
        let expected = families_of(&session, code(session.project(), name));
        let found = summary(&cli, &["--code", name, "--measure", "presence"]);
        let with: BTreeSet<String> = found["rows"]
            .as_array()
            .unwrap()
            .iter()
            .zip(found["cells"].as_array().unwrap())
            .filter(|(row, cells)| cells[0] == 1 && *row != "(not attributed)")
            .map(|(row, _)| row.as_str().unwrap().to_owned())
            .collect();
        assert_eq!(with, expected, "{name}");
        assert_eq!(found["rows_with_it"][0]["with"], expected.len());
    }
    let goodbye = code(session.project(), "Saying goodbye");
    assert_eq!(families_of(&session, goodbye).len(), 1);
}

/// Codings of one code of a document that overlap, directly or through others: as many as the coder has who has fewest.
fn merged(codings: &[&Coding]) -> usize {
    let mut left = codings.to_vec();
    let mut found = 0;
    while let Some(first) = left.pop() {
        let mut group = vec![first];
        while let Some(at) = left
            .iter()
            .position(|other| group.iter().any(|own| own.range.overlaps(other.range)))
        {
            group.push(left.remove(at));
        }
        let coders: BTreeSet<CoderId> = group.iter().map(|own| own.coder).collect();
        let of = |coder: &CoderId| group.iter().filter(|own| own.coder == *coder).count();
        found += coders.iter().map(of).min().unwrap();
    }
    found
}

/// Where it makes no difference how several coders count, that is said rather than passed over.
#[test]
fn what_the_number_of_coders_cannot_change_is_said() {
    let (cli, _session) = sample_study();
    let said = |words: &[&str]| {
        let output = cli.run(words);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    for how in ["average", "merged", "all"] {
        let saturation = said(&["saturation", "p.tain", "--coders", how]);
        assert!(saturation.contains("any of its coders"), "{saturation}");
        let words = said(&["words", "p.tain", "--coders", how]);
        assert!(words.contains("whoever coded them"), "{words}");
    }
    assert!(!said(&["saturation", "p.tain"]).contains("any of its coders"));
}

#[test]
fn n_of_a_test_is_the_number_of_codings_counted() {
    let (cli, session) = sample_study();
    let mut counted = 0;
    for document in session.project().documents.values() {
        let mut by_code: BTreeMap<CodeId, Vec<&Coding>> = BTreeMap::new();
        for coding in &document.codings {
            by_code.entry(coding.code).or_default().push(coding);
        }
        counted += by_code.values().map(|own| merged(own)).sum::<usize>();
    }
    let found = summary(&cli, &["--test", "chi2"]);
    assert_eq!(found["total"], counted);
    let left = &found["test"]["left_out"];
    let n = found["test"]["n"].as_u64().unwrap()
        + left["not_attributed"].as_u64().unwrap()
        + left["several"].as_u64().unwrap();
    assert_eq!(n, counted as u64);
    let all = summary(&cli, &["--coders", "all"]);
    assert_eq!(all["total"], session.project().coding_count());
}

/// The mean over children of codings of a theme per 1,000 characters of their documents, each document's over its coders.
fn mean_rate(session: &Session, theme: CodeId, phase: &str) -> f64 {
    let project = session.project();
    let codes = project.codebook.with_descendants(theme);
    let mut phases = project.phases.values();
    let phase = phases.find(|own| own.name == phase).unwrap().id;
    let mut people: BTreeMap<CaseId, (f64, u32)> = BTreeMap::new();
    let documents = project.documents.values();
    for document in documents.filter(|own| own.phase == Some(phase)) {
        let content = session.content(document).unwrap();
        let coders: BTreeSet<CoderId> = document.codings.iter().map(|own| own.coder).collect();
        let answering =
            |own: &&tain::model::document::Speaker| own.role == SpeakerRole::Participant;
        for speaker in document.speakers.iter().filter(answering) {
            let Some(case) = speaker.case else { continue };
            let mut seen = BTreeSet::new();
            let own = document.codings.iter().filter(|coding| {
                codes.contains(&coding.code)
                    && speaking(document, &content.turns, coding).contains(&case)
                    && seen.insert((coding.range, coding.coder))
            });
            let sums = people.entry(case).or_default();
            sums.0 += own.count() as f64 / coders.len() as f64;
            sums.1 += document.len_chars();
        }
    }
    // Children speak in both phases, carers in the first only.
    let is_child = |case: &CaseId| {
        let after = project.documents.values();
        let after = after.filter(|own| own.title.ends_with("follow-up"));
        after
            .flat_map(|own| &own.speakers)
            .any(|own| own.case == Some(*case))
    };
    let rates: Vec<f64> = people
        .iter()
        .filter(|(case, _)| is_child(case))
        .map(|(_, (sum, chars))| sum * 1000.0 / f64::from(*chars))
        .collect();
    rates.iter().sum::<f64>() / rates.len() as f64
}

#[test]
fn strengths_rise_where_two_coders_coded_before_and_one_after() {
    let (cli, session) = sample_study();
    let phases = "phases p.tain --from baseline --to follow-up --themes --measure per1000";
    let found = json(&cli, phases);
    let mut lines = found["lines"].as_array().unwrap().iter();
    let line = lines.find(|line| line["what"] == "Strengths").unwrap();
    let theme = code(session.project(), "Strengths");
    for (field, phase, known) in [
        ("mean_before", "baseline", 1.15),
        ("mean_after", "follow-up", 1.68),
    ] {
        let mean = line[field].as_f64().unwrap();
        let expected = mean_rate(&session, theme, phase);
        assert!(
            (mean - expected).abs() < 1e-9,
            "{phase}: {mean}, {expected}"
        );
        assert!((mean - known).abs() < 0.005, "{mean}");
    }
    assert_eq!((&line["up"], &line["down"]), (&7.into(), &1.into()));
    assert!((line["wilcoxon_p"].as_f64().unwrap() - 0.023_437_5).abs() < 1e-9);
    assert_eq!(found["counting"], "average");
    assert_eq!(found["coders"]["pairs_with_other_coders"], 8);
    let mut command = cli.command(&phases.split(' ').collect::<Vec<_>>());
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(
        said.contains("8 of 8 pairs were coded by other people"),
        "{said}"
    );
}

#[test]
fn no_pair_of_codes_is_between_coders_unless_asked() {
    let (cli, session) = sample_study();
    let count = |between: bool| -> u64 {
        let mut pairs = 0;
        for document in session.project().documents.values() {
            for (at, a) in document.codings.iter().enumerate() {
                for b in &document.codings[at + 1..] {
                    let is_pair = a.code != b.code && a.range.overlaps(b.range);
                    pairs += u64::from(is_pair && (between || a.coder == b.coder));
                }
            }
        }
        pairs
    };
    let sum = |line: &str| -> u64 {
        let found = json(&cli, line);
        let pairs = found["pairs"].as_array().unwrap();
        pairs.iter().map(|pair| pair["n12"].as_u64().unwrap()).sum()
    };
    assert_eq!(sum("cooccurrence p.tain --coders all"), count(false));
    let between = sum("cooccurrence p.tain --coders all --between-coders");
    assert_eq!(between, count(true));
    assert!(count(false) < count(true));
    assert!(sum("cooccurrence p.tain") <= count(false));
}

#[test]
fn whom_codings_are_about_is_said_listed_and_asked_for() {
    let cli = fixture::project(STUDY);
    cli.ok("cases add p.tain 小红 --kind person");
    let listed = cli.ok("about p.tain 家庭1-前测");
    assert!(listed.contains("小明"), "{listed}");
    cli.ok("about p.tain 家庭1-前测 --code 自信 --is 小红");
    let query = ["about", "p.tain", "--query", "自信 WHERE about=小红"];
    let found = cli.okay(&query);
    assert!(found.contains("小红") && found.contains("named"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
    let by_family = summary(&cli, &["--rows", "case", "--code", "自信"]);
    let at = by_family["rows"]
        .as_array()
        .unwrap()
        .iter()
        .position(|row| row == "小红");
    assert_eq!(by_family["cells"][at.unwrap()][0], 1);
    // Where it came from, and back.
    let heads = |cli: &Cli| {
        let sheet = cli.ok("codings export p.tain --format csv");
        sheet.lines().next().unwrap().to_owned()
    };
    assert!(heads(&cli).ends_with(",text,about"));
    cli.ok("undo p.tain");
    assert_eq!(cli.okay(&query).lines().count(), 1, "only the heads");
    assert!(
        heads(&cli).ends_with(",text"),
        "as ever where nobody is named"
    );
    let (status, message) = cli.fails(&["about", "p.tain", "家庭1-前测", "--is", "Nobody"]);
    assert_eq!((status, message.contains("Nobody")), (4, true), "{message}");
}

#[test]
fn a_sheet_says_whom_codings_are_about() {
    let cli = fixture::project(STUDY);
    cli.ok("cases add p.tain 小红 --kind person");
    let listed = cli.ok("codings export p.tain --format csv");
    let heads: Vec<&str> = listed.lines().next().unwrap().split(',').collect();
    let place = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    let first: Vec<&str> = listed.lines().nth(1).unwrap().split(',').collect();
    let [document, start, end, code] =
        ["document", "start", "end", "code"].map(|name| first[place(name)]);
    let row = format!(
        "coder,document,start,end,code,about\nAn,{document},{start},{end},{code},小红；小明\n"
    );
    cli.write("about.csv", row.as_bytes());
    cli.ok("codings import p.tain about.csv");
    let found = cli.okay(&["about", "p.tain", document]);
    assert!(
        found.contains("小明; 小红") || found.contains("小红; 小明"),
        "{found}"
    );
    cli.write("about.csv", row.replace("小红；小明", "谁").as_bytes());
    let (status, message) = cli.fails(&["codings", "import", "p.tain", "about.csv"]);
    assert_eq!((status, message.contains("row 2")), (1, true), "{message}");
}

/// The sample study in the window.
fn sample_window() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(|path| {
        let (built, _) = sample::build(path.parent().unwrap(), &|| world(5)).unwrap();
        on_project(&built)
    });
    settle(&mut harness);
    (harness, folder)
}

#[test]
fn what_is_not_attributed_is_given_to_somebody_by_digits() {
    let (mut harness, _folder) = sample_window();
    harness.get_by_label("Themes").click();
    settle(&mut harness);
    harness
        .query_all_by_label_contains("not attributed Self-feeling 2")
        .next()
        .unwrap()
        .click();
    settle(&mut harness);
    let before = now(&harness);
    harness.get_by_label("Say whom they are about…").click();
    settle(&mut harness);
    assert!(shows(&harness, "Passage 1 of 2"));
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Enter);
    assert!(shows(&harness, "Passage 2 of 2"));
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    let named = |project: &Project| {
        let documents = project.documents.values();
        let codings = documents.flat_map(|own| &own.codings);
        codings.filter(|own| !own.about.is_empty()).count()
    };
    assert_eq!((named(&before), named(&now(&harness))), (0, 1));
    assert!(
        harness
            .query_all_by_label_contains("not attributed Self-feeling 1")
            .next()
            .is_some(),
        "the row has one less"
    );
    undo_and_redo(&mut harness, &before, "set about");
}

#[test]
fn the_chosen_coding_is_given_to_somebody_by_its_key() {
    let (mut harness, _folder) = crate::gestures::coded_window(&[("Belonging", 0, 6)]);
    let case = tain::app::action::Action::AddCase {
        name: "Zoe".to_owned(),
        kind: tain::model::case::CaseKind::person(),
        parent: None,
    };
    harness.state_mut().act(case);
    settle(&mut harness);
    press(&mut harness, Key::Period);
    press_with(&mut harness, Modifiers::SHIFT, Key::A);
    assert!(shows(&harness, "Whom is it about?"));
    let first = now(&harness).cases_in_order()[0].1.id;
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Enter);
    assert!(!shows(&harness, "Whom is it about?"));
    let project = now(&harness);
    let about: BTreeSet<CaseId> = project
        .documents
        .values()
        .flat_map(|own| &own.codings)
        .flat_map(|own| own.about.clone())
        .collect();
    assert_eq!(about.len(), 1, "{first:?}");
}

#[test]
fn who_took_part_is_ticked_in_the_grid() {
    let (mut harness, _folder) = sample_window();
    harness.get_by_label("Cases").click();
    settle(&mut harness);
    harness.get_by_label("Taking part").click();
    settle(&mut harness);
    let before = now(&harness);
    let (_, absent) = ("session 1", "小远妈妈 session 1 not there");
    harness.get_by_label(absent).click();
    settle(&mut harness);
    assert!(shows(&harness, "小远妈妈 session 1 took part"));
    let mother = now(&harness);
    let mother = mother
        .cases
        .values()
        .find(|case| case.name == "小远妈妈")
        .unwrap()
        .id;
    let session_1 = now(&harness);
    let session_1 = session_1.document_by_title("Session 1 record").unwrap();
    assert!(session_1.cases.contains(&mother));
    undo_and_redo(&mut harness, &before, "link document to case");
    // By keys: the cell below is the next family's.
    press(&mut harness, Key::Space);
    assert!(shows(&harness, "小远妈妈 session 1 not there"));
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::Space);
    assert!(shows(&harness, "小远妈妈 session 2 took part"));
}
