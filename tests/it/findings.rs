//! What the sample study's README says happened to the children, read off the tables with the passages; whole reports; the commands for tables.

use std::{path::PathBuf, process::Command, sync::Arc};

use tain::{
    analysis::{
        change::{self, ChangeSubject},
        frequency::{Columns, Filter, FrequencyOptions, Measure, Rows},
        programme::first_and_last_phase,
        scales::{name_of, scores},
    },
    app::{Session, action::Action, jobs::JobControl, sample},
    message::language::UiLanguage,
    model::{
        Project,
        document::Document,
        memo::{Anchor, MemoKind},
    },
    report::{compose::ReportOptions, document::Block},
    store::Access,
    table::CellRef,
    views::{
        Source,
        finding::{Finding as _, explained},
        frequency::{Across, count_frequencies},
    },
};

use crate::world::world;

fn sample_study() -> (Session, PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = sample::build(folder.path(), &|| world(5)).unwrap();
    let session = Session::open(&path, Access::Write, world(6)).unwrap();
    (session, path, folder)
}

fn changes(session: &Session) -> change::Changes {
    let project = session.project();
    let (from, to) = first_and_last_phase(project).unwrap();
    let question = change::ChangeQuestion {
        from,
        to,
        rows: Rows::Person,
        measure: Measure::Codings,
        columns: Columns::Codes,
        scores: scores(project),
        filter: Filter::default(),
    };
    let load = |document: &Document| session.content(document).ok();
    change::changes(project, &question, &load)
}

fn line(project: &Project, found: &change::Changes, name: &str) -> usize {
    let of = |line: &change::ChangeLine| match line.subject {
        ChangeSubject::Code(_, code) => project.codebook.get(code).unwrap().name.text.clone(),
        ChangeSubject::Score(score) => name_of(project, score).text,
    };
    found
        .lines
        .iter()
        .position(|line| of(line) == name)
        .unwrap()
}

#[test]
fn the_samples_story_reads_off_its_tables() {
    let (session, _, _folder) = sample_study();
    let project = Arc::clone(session.project());
    let found = changes(&session);
    // Six of the eight children speak up afterwards, none before; each figure opens its passages.
    let speaking = line(&project, &found, "Speaking up");
    let test = found.lines[speaking].mcnemar.unwrap();
    assert_eq!(
        (found.lines[speaking].n(), test.lost, test.gained),
        (8, 0, 6)
    );
    let children = found.lines[speaking]
        .pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| pair.0.is_some() && pair.1.is_some());
    let passages: Vec<_> = children
        .flat_map(|(child, _)| found.segments(&project, speaking, child))
        .collect();
    assert!(passages.len() >= 6);
    assert!(passages.iter().all(|segment| {
        project.documents[&segment.document]
            .title
            .contains("follow-up")
    }));
    // Self-esteem rises in seven, and stays in Jamie.
    let esteem = &found.lines[line(&project, &found, "self_esteem")];
    assert_eq!(
        (
            esteem.signs.n_positive,
            esteem.signs.n_negative,
            esteem.signs.n_zero
        ),
        (7, 0, 1)
    );
    let jamie = found
        .cases
        .iter()
        .position(|row| row.label == "Jamie")
        .unwrap();
    assert_eq!(esteem.pairs[jamie], (Some(18.0), Some(18.0)));
    // Not everything gets better: the teacher's rating of one child falls, and one was not asked for.
    let rating = &found.lines[line(&project, &found, "teacher_rating")];
    let of = |name: &str| {
        rating.pairs[found
            .cases
            .iter()
            .position(|row| row.label == name)
            .unwrap()]
    };
    assert_eq!((of("思琪"), of("小雨").1), ((Some(8.0), Some(7.0)), None));
    // Judgements that children see in others' eyes turn: from mostly unfavourable to mostly favourable.
    let options = FrequencyOptions {
        rows: Rows::Phase,
        columns: Columns::Codes,
        measure: Measure::Codings,
        roll_up: false,
        filter: Filter::default(),
    };
    let load = |document: &Document| session.content(document).ok();
    let finding = count_frequencies(
        &Source::new(&project, &load),
        &options,
        &Across::Facet("judgement".to_owned()),
    );
    let sheet = finding.table(&project, UiLanguage::English);
    let value = |row: &str, column: &str| {
        let row = sheet
            .rows
            .iter()
            .position(|line| line.head.text == row)
            .unwrap();
        let column = sheet
            .columns
            .iter()
            .position(|head| head.text == column)
            .unwrap();
        let segments = finding.segments(&project, &load, CellRef::Cell(row, column));
        let n = sheet.rows[row].cells[column].value.unwrap();
        assert!(
            (segments.len() as f64 - n).abs() < 0.1,
            "the figure opens as many passages"
        );
        assert!(
            explained(
                &sheet,
                CellRef::Cell(row, column),
                segments.len(),
                UiLanguage::English
            )
            .contains("passages are behind it")
        );
        n
    };
    assert!(value("baseline", "unfavourable") > 3.0 * value("baseline", "favourable"));
    assert!(value("follow-up", "favourable") > value("follow-up", "unfavourable"));
}

#[test]
fn a_report_says_who_without_names_and_has_every_part() {
    let (mut session, path, folder) = sample_study();
    session.act_as_first();
    let project = Arc::clone(session.project());
    let case = project.case_by_name("F07 Hill").unwrap().id;
    let code = project.codebook.find("Needs").unwrap();
    let body = "Wants time with his father.".to_owned();
    session
        .run(Action::AddMemo {
            anchor: Anchor::Cell(case, code),
            kind: MemoKind::Analytic,
            title: String::new(),
            body,
        })
        .unwrap();
    let material = session.report_material().unwrap();
    for language in [UiLanguage::English, UiLanguage::Chinese] {
        let story = material
            .story(
                &ReportOptions {
                    language,
                    with_names: false,
                    ..ReportOptions::default()
                },
                &JobControl::default(),
            )
            .unwrap();
        let count = |wanted: &dyn Fn(&Block) -> bool| {
            story.blocks.iter().filter(|block| wanted(block)).count()
        };
        assert!(
            count(&|block| matches!(block, Block::Table(_))) >= 6
                && count(&|block| matches!(block, Block::Chart(_))) >= 8
        );
        assert!(count(&|block| matches!(block, Block::Quote { .. })) > 30);
        let html = tain::report::html::html(&story);
        for name in ["小远", "Jamie", "Karen Reed", "林家", "F07 Hill"] {
            assert!(!html.contains(name), "{name} stands in the report");
        }
        assert!(
            html.contains("Wants time with his father.")
                && !html.contains("http:") | html.contains("http://www.w3.org")
        );
        let pages = tain::report::pages::pages(&story);
        assert!(pages.len() > 10);
    }
    let named = material
        .story(
            &ReportOptions {
                language: UiLanguage::Chinese,
                with_names: true,
                ..ReportOptions::default()
            },
            &JobControl::default(),
        )
        .unwrap();
    assert!(tain::report::html::html(&named).contains("小远"));
    // A job that is cancelled writes nothing; a form that isn't known is refused.
    let control = JobControl::default();
    control.cancel();
    let file = folder.path().join("r.html");
    assert!(
        material
            .write(
                &file,
                &ReportOptions::default(),
                &control,
                tain::app::output_file::write
            )
            .is_err()
            && !file.exists()
    );
    drop(session);
    let run = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_tain"))
            .args(words)
            .output()
            .unwrap()
    };
    let to = |name: &str| folder.path().join(name).display().to_string();
    let project = path.display().to_string();
    let done = run(&["report", &project, "-o", &to("r.docx"), "--language", "en"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(std::fs::read(to("r.docx")).unwrap().starts_with(b"PK"));
    let refused = run(&["report", &project, "-o", &to("r.odt")]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("ends in .html, .docx or .pdf"));
}

#[test]
fn tables_come_from_the_command_line_with_reasons_for_what_is_undefined() {
    let (session, path, _folder) = sample_study();
    drop(session);
    let path = path.display().to_string();
    let json = |words: &[&str]| -> serde_json::Value {
        let mut all = vec![words[0], path.as_str()];
        all.extend(&words[1..]);
        all.extend(["--format", "json"]);
        let output = Command::new(env!("CARGO_BIN_EXE_tain"))
            .args(all)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("NaN"));
        serde_json::from_str(&text).unwrap()
    };
    let together = json(&["cooccurrence", "--by", "document"]);
    let codes = together["codes"].as_array().unwrap().len();
    assert!(codes == 40 && together["cells"].as_array().unwrap().len() == codes);
    assert!(
        together["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .all(|pair| pair["n12"].as_u64() <= pair["n1"].as_u64())
    );
    let phases = json(&[
        "phases",
        "--from",
        "baseline",
        "--to",
        "follow-up",
        "--themes",
    ]);
    let of = |name: &str| {
        phases["lines"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["what"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(
        (
            of("self_esteem")["n"].as_u64(),
            of("self_esteem")["wilcoxon_p"].as_f64()
        ),
        (Some(8), Some(0.015_625))
    );
    assert!(
        of("Strengths")["mcnemar_p"].is_null()
            && of("Strengths")["why"]["mcnemar_p"].as_str().is_some()
    );
    let saturation = json(&["saturation"]);
    assert_eq!(saturation["notation"], "6+2");
    let none = json(&["saturation", "--base", "30"]);
    assert!(none["saturated_at"].is_null() && none["why"]["saturated_at"].as_str().is_some());
    let words = json(&["words", "--top", "5"]);
    assert_eq!(words["words"].as_array().unwrap().len(), 5);
    let tested = json(&[
        "summary",
        "--rows",
        "phase",
        "--columns",
        "facet:judgement",
        "--measure",
        "cases",
        "--test",
        "fisher",
    ]);
    assert!(tested["test"]["p"].is_number() || tested["test"]["p_monte_carlo"].is_number());
    let attribute = json(&["summary", "--rows", "phase", "--columns", "attr:household"]);
    // Five ways to live, and what is about nobody of a known household.
    assert_eq!(attribute["columns"].as_array().unwrap().len(), 6);
}

#[test]
fn a_summary_goes_with_its_case_and_its_code() {
    let (mut session, _, _folder) = sample_study();
    session.act_as_first();
    let project = Arc::clone(session.project());
    let case = project.case_by_name("F07 Hill").unwrap().id;
    let (from, into) = (
        project.codebook.find("Belonging").unwrap(),
        project.codebook.find("Recognition").unwrap(),
    );
    let add = |session: &mut Session, code| {
        let (title, body) = (String::new(), "A summary.".to_owned());
        session
            .run(Action::AddMemo {
                anchor: Anchor::Cell(case, code),
                kind: MemoKind::Analytic,
                title,
                body,
            })
            .unwrap();
    };
    add(&mut session, from);
    let anchors = |session: &Session| {
        let anchors = session.project().memos.values().map(|memo| memo.anchor);
        anchors
            .filter(|anchor| matches!(anchor, Anchor::Cell(..)))
            .collect::<Vec<_>>()
    };
    session
        .run(Action::MergeCodes {
            codes: vec![from],
            into,
        })
        .unwrap();
    assert_eq!(anchors(&session), [Anchor::Cell(case, into)]);
    session.run(Action::Undo).unwrap();
    assert_eq!(anchors(&session), [Anchor::Cell(case, from)]);
    session.run(Action::RemoveCodes(vec![from])).unwrap();
    assert!(anchors(&session).is_empty());
    session.run(Action::Undo).unwrap();
    assert_eq!(anchors(&session), [Anchor::Cell(case, from)]);
}

/// Ten items for five children at two phases, as a sheet.
fn rosenberg_sheet() -> String {
    let answers = [
        [3, 3, 2, 3, 2, 3, 3, 2, 2, 1],
        [2, 2, 3, 2, 3, 2, 2, 3, 3, 4],
        [4, 4, 1, 4, 1, 4, 3, 1, 1, 1],
        [3, 2, 2, 3, 2, 3, 2, 2, 3, 2],
        [1, 2, 4, 2, 3, 1, 1, 4, 4, 3],
    ];
    let head: Vec<String> = ["baseline", "follow-up"]
        .iter()
        .flat_map(|phase| (1..=10).map(move |item| format!("se{item}@{phase}")))
        .collect();
    let mut text = format!("case,{}\n", head.join(","));
    for (child, before) in answers.iter().enumerate() {
        // Afterwards one answer of the first child is missing, and everybody agrees more with the first item.
        let after = before
            .iter()
            .enumerate()
            .map(|(item, answer)| match (child, item) {
                (0, 9) => String::new(),
                (_, 0) => (answer + 1).min(4).to_string(),
                _ => answer.to_string(),
            });
        let row: Vec<String> = before
            .iter()
            .map(ToString::to_string)
            .chain(after)
            .collect();
        text.push_str(&format!("child {child},{}\n", row.join(",")));
    }
    text
}

#[test]
fn scales_of_items_are_scored_compared_and_judged_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.tain");
    let sheet = folder.path().join("cases.csv");
    std::fs::write(&sheet, rosenberg_sheet()).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_tain"))
            .args(arguments)
            .args(["--coder", "An"])
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let at = path.to_str().unwrap();
    let done = |arguments: &[&str]| {
        let (status, out, said) = run(arguments);
        assert_eq!(status, 0, "{arguments:?}: {said}");
        out
    };
    done(&["new", at]);
    done(&["cases", "import", at, sheet.to_str().unwrap()]);
    let items = (1..=10)
        .map(|item| format!("se{item}"))
        .collect::<Vec<_>>()
        .join(",");
    done(&[
        "scale",
        "add",
        at,
        "Self-esteem",
        "--items",
        &items,
        "--rosenberg",
        "original",
    ]);
    done(&[
        "scale",
        "add",
        at,
        "Negative items",
        "--items",
        "se3,se5,se8,se9,se10",
        "--reversed",
        "se3,se5,se8,se9,se10",
    ]);
    assert_eq!(
        run(&[
            "scale",
            "add",
            at,
            "Odd",
            "--items",
            "se1,se2",
            "--reversed",
            "se9"
        ])
        .0,
        2
    );
    assert_eq!(
        run(&["scale", "add", at, "Self-esteem", "--items", "se1,se2"]).0,
        1
    );
    assert_eq!(run(&["scale", "remove", at, "No such"]).0, 4);

    let listed: serde_json::Value =
        serde_json::from_str(&done(&["scale", "list", at, "--format", "json"])).unwrap();
    let whole = &listed[0];
    assert_eq!(
        (whole["scale"].as_str(), whole["n"].as_u64()),
        (Some("Self-esteem"), Some(5))
    );
    // By hand: totals 31, 19, 39, 27 and 14; variances of the items sum to 11.1, of the total 97.
    assert_eq!(whole["mean"].as_f64(), Some(26.0));
    assert!(
        (whole["alpha"].as_f64().unwrap() - 10.0 / 9.0 * (1.0 - 11.1 / 97.0)).abs() < 1e-6,
        "{whole}"
    );
    assert_eq!(
        listed[11]["scale"], "Negative items",
        "a part follows its whole"
    );

    let changed: serde_json::Value = serde_json::from_str(&done(&[
        "phases",
        at,
        "--from",
        "baseline",
        "--to",
        "follow-up",
        "--by",
        "case",
        "--format",
        "json",
    ]))
    .unwrap();
    let names: Vec<&str> = changed["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["Self-esteem", "Negative items"],
        "items are no scores of their own"
    );
    assert_eq!(
        (
            changed["lines"][0]["n"].as_u64(),
            changed["lines"][0]["dropped"].as_u64()
        ),
        (Some(4), Some(1)),
        "an answer is missing"
    );
    done(&[
        "scale",
        "set",
        at,
        "Self-esteem",
        "--items",
        &items,
        "--rosenberg",
        "original",
        "--fewest",
        "8",
    ]);
    let changed: serde_json::Value = serde_json::from_str(&done(&[
        "phases",
        at,
        "--from",
        "baseline",
        "--to",
        "follow-up",
        "--by",
        "case",
        "--scale",
        "Self-esteem",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(
        changed["lines"][0]["n"].as_u64(),
        Some(5),
        "nine answers stand for ten"
    );
    assert_eq!(
        changed["lines"][0]["pairs"][0]["after"].as_f64(),
        Some(280.0 / 9.0)
    );

    let listed: serde_json::Value = serde_json::from_str(&done(&[
        "scale",
        "list",
        at,
        "--phase",
        "follow-up",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(
        (listed[0]["n"].as_u64(), listed[0]["prorated"].as_u64()),
        (Some(5), Some(1)),
        "one of the scores stands for a missing answer"
    );

    done(&["scale", "remove", at, "Negative items"]);
    done(&["undo", at]);
    assert_eq!(
        Session::open(&path, Access::Read, world(3))
            .unwrap()
            .project()
            .scales
            .len(),
        2
    );
}
