//! Batches of mixed files: counts, an error for each file that can't be read, cancel, persons, one step to undo; and the same from the command line.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use regex::Regex;
use tain::{
    app::{
        AppError, Session,
        action::Action,
        import::labels::survey,
        import::plan::{Disposition, NameTaken, PlanOptions},
        import::speaker_mapping::{LabelChoice, PersonChoice, SpeakerMapping},
        import::{Batch, PathPatterns, find_files, read_files},
        jobs::{Cancelled, JobControl},
        refusal::Refusal,
        session::commit_job::Unstored,
    },
    import::DocumentOptions,
    model::{case::CaseKind, document::SpeakerRole},
    store::Access,
};

use crate::world::world;

/// Files of each kind in the batch.
const OF_EACH: usize = 60;

fn turns(n: usize, [asks, answers]: [&str; 2]) -> String {
    let colon = if asks.is_ascii() { ": " } else { "：" };
    (0..4)
        .map(|turn| {
            format!("{asks}{colon}第 {turn} 问 of {n}?\n\n{answers}{colon}答 𠮷 😀 {n}.{turn}\n\n")
        })
        .collect()
}

fn subtitles(n: usize) -> String {
    (0..3)
        .map(|cue| {
            format!(
                "{}\n00:00:0{cue},000 --> 00:00:0{},500\nAnna: Line {cue} of {n}\n\n",
                cue + 1,
                cue
            )
        })
        .collect()
}

fn word_file(n: usize) -> Vec<u8> {
    let paragraphs: String = turns(n, ["Interviewer", "Child"])
        .lines()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// 300 small files of five kinds in folders of families; a fifth of them is damaged.
fn folder(root: &Path) -> PathBuf {
    let folder = root.join("in");
    for n in 0..OF_EACH {
        let family = folder.join(format!("F{:02}", n % 20));
        fs::create_dir_all(&family).unwrap();
        let write = |name: String, bytes: &[u8]| fs::write(family.join(name), bytes).unwrap();
        write(
            format!("child {n} baseline.txt"),
            turns(n, ["Interviewer", "Child"]).as_bytes(),
        );
        write(
            format!("孩子 {n} 前测.md"),
            turns(n, ["访谈者", "小远"]).as_bytes(),
        );
        write(format!("film {n}.srt"), subtitles(n).as_bytes());
        write(format!("carer {n} follow-up.docx"), &word_file(n + 1000));
        write(format!("cut {n}.docx"), word_file(n).get(..40).unwrap());
    }
    folder
}

fn read(folder: PathBuf) -> Batch {
    let (files, failures) = find_files(&[folder]);
    assert!(
        failures.is_empty() && files.len() == OF_EACH * 5,
        "{} files",
        files.len()
    );
    read_files(&files, &DocumentOptions::default(), &JobControl::default()).unwrap()
}

fn placing() -> PlanOptions {
    let patterns = PathPatterns {
        case: Some(Regex::new(r"^(?<case>F\d+)").unwrap()),
        phase: Some(Regex::new("(?<phase>baseline|follow-up|前测)").unwrap()),
    };
    PlanOptions {
        patterns,
        mapping: SpeakerMapping::ByFamily,
        ..PlanOptions::default()
    }
}

#[test]
fn a_mixed_folder_comes_in_with_an_error_for_each_damaged_file_and_goes_in_one_step() {
    let root = tempfile::tempdir().unwrap();
    let mut session =
        Session::create(&root.path().join("p.tain"), "Study", "An", world(3)).unwrap();
    let batch = read(folder(root.path()));
    assert_eq!(
        (
            batch.documents.len(),
            batch.failures.len(),
            batch.texts.len()
        ),
        (OF_EACH * 4, OF_EACH, OF_EACH * 4)
    );
    assert!(
        batch
            .failures
            .iter()
            .all(|failure| failure.file().contains("cut ") && !failure.to_string().contains('\n'))
    );
    let files: Vec<&str> = batch
        .documents
        .iter()
        .map(|document| document.file.as_str())
        .collect();
    assert!(
        files.is_sorted_by(|a, b| a.split('/').next() <= b.split('/').next()),
        "in the order of the folders"
    );
    let labels = survey(&batch.documents);
    let of = |label: &str| {
        labels
            .iter()
            .find(|seen| seen.label == label)
            .map(|seen| (seen.documents, seen.turns))
    };
    assert_eq!(of("Child"), Some((OF_EACH * 2, OF_EACH * 8)));
    assert_eq!(of("小远"), Some((OF_EACH, OF_EACH * 4)));
    let before = session.revision();
    let done = session
        .place_documents(batch.documents, &placing())
        .unwrap();
    assert_eq!((session.revision(), done.known.len()), (before + 1, 0));
    let project = session.project();
    // 20 families; in each a child, 小远 and whoever speaks in the subtitles.
    let persons = project
        .cases
        .values()
        .filter(|case| case.kind == CaseKind::person() && case.parent.is_some())
        .count();
    assert_eq!(
        (
            project.documents.len(),
            project.phases.len(),
            project.cases.len() - persons
        ),
        (OF_EACH * 4, 3, 20)
    );
    let child = project.case_by_name("F07 Child").unwrap();
    assert_eq!(
        child.parent,
        project.case_by_name("F07").map(|case| case.id)
    );
    let linked = project
        .documents
        .values()
        .flat_map(|document| &document.speakers)
        .filter(|speaker| speaker.case == Some(child.id))
        .count();
    assert_eq!(
        linked, 6,
        "three text files and three Word files of the family"
    );
    let asking = project
        .documents
        .values()
        .flat_map(|document| &document.speakers)
        .filter(|one| one.role == SpeakerRole::Interviewer);
    assert!(asking.into_iter().all(|speaker| speaker.case.is_none()));
    session.run(Action::Undo).unwrap();
    let project = session.project();
    assert_eq!(
        (
            project.documents.len(),
            project.cases.len(),
            project.phases.len()
        ),
        (0, 0, 0)
    );
    session.run(Action::Redo).unwrap();
    assert_eq!(session.project().documents.len(), OF_EACH * 4);
}

#[test]
fn cancelling_midway_leaves_the_project_as_it_was() {
    let root = tempfile::tempdir().unwrap();
    let session = Session::create(&root.path().join("p.tain"), "Study", "An", world(3)).unwrap();
    let (files, _) = find_files(&[folder(root.path())]);
    let (control, revision) = (JobControl::default(), session.revision());
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            while control.so_far().0 < 5 {
                std::thread::yield_now();
            }
            control.cancel();
        });
        read_files(&files, &DocumentOptions::default(), &control)
    });
    assert_eq!(outcome.unwrap_err(), Cancelled);
    let (done, total) = control.so_far();
    assert!(
        (5..300).contains(&done) && total == 300,
        "{done} of {total}"
    );
    assert_eq!(
        (session.revision(), session.project().documents.len()),
        (revision, 0)
    );
}

#[test]
fn while_a_batch_is_stored_nothing_else_changes_and_what_is_cancelled_was_never_there() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("p.tain");
    let mut session = Session::create(&path, "Study", "An", world(3)).unwrap();
    let folder = folder(root.path());
    let (_, storing) = session
        .begin_documents(read(folder.clone()).documents, &placing())
        .unwrap();
    assert!(matches!(
        session.run(Action::AddPhase("later".to_owned())),
        Err(AppError::Refused(Refusal::Storing))
    ));
    assert!(session.project().documents.is_empty() && session.is_storing());
    let control = JobControl::default();
    control.cancel();
    assert!(matches!(
        storing.unwrap().store(&control),
        Err(Unstored::Cancelled)
    ));
    assert!(!session.is_storing());
    let texts = session.file().verify_contents().unwrap().len();
    session.run(Action::AddPhase("later".to_owned())).unwrap();
    assert_eq!((session.project().documents.len(), texts), (0, 0));
    let (done, storing) = session
        .begin_documents(read(folder).documents, &placing())
        .unwrap();
    let stored = std::thread::scope(|scope| {
        scope
            .spawn(move || storing.unwrap().store(&JobControl::default()))
            .join()
            .unwrap()
            .unwrap()
    });
    session.finish(stored);
    assert_eq!(session.project().documents.len(), OF_EACH * 4);
    assert_eq!(
        done.changes,
        session
            .file()
            .entry(session.steps().last().unwrap().id)
            .unwrap()
            .unwrap()
            .changes
            .len()
    );
    let kept = session.project().clone();
    drop(session);
    let again = Session::open(&path, Access::Read, world(3)).unwrap();
    assert_eq!(**again.project(), *kept);
}

#[test]
fn what_the_plan_says_is_what_happens() {
    let root = tempfile::tempdir().unwrap();
    let mut session = crate::world::project(&root.path().join("p.tain"), 5);
    let write = |name: &str, text: &str| {
        let path = root.path().join("more").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("again.txt", crate::world::CHINESE);
    write("F01 child.txt", &turns(1, ["Interviewer", "Child"]));
    write(
        "F03 group.txt",
        &(turns(2, ["Interviewer", "Child"])
            + "Note to self: check\n\nNote to self: again\n\nNote to self: third\n"),
    );
    let (files, _) = find_files(&[root.path().join("more")]);
    let batch = read_files(&files, &DocumentOptions::default(), &JobControl::default()).unwrap();
    let mut placing = placing();
    placing.taken = NameTaken::LeaveOut;
    placing.labels.insert(
        "Note to self".to_owned(),
        LabelChoice {
            ignored: true,
            ..LabelChoice::default()
        },
    );
    let reed = PersonChoice::Named("Reed".to_owned());
    placing.labels.insert(
        "Child".to_owned(),
        LabelChoice {
            role: Some(SpeakerRole::Interviewer),
            person: reed,
            ..LabelChoice::default()
        },
    );
    let plan = placing
        .plan(
            session.project(),
            &batch.documents,
            &batch.texts,
            &JobControl::default(),
        )
        .unwrap();
    let fates: Vec<&Disposition> = plan.iter().map(|planned| &planned.disposition).collect();
    let comes = Disposition::Added("F03 group".to_owned());
    assert_eq!(
        fates,
        [
            &Disposition::NameTaken("F01 child".to_owned()),
            &comes,
            &Disposition::AlreadyPresent("F02 孩子".to_owned())
        ]
    );
    let done = session.place_documents(batch.documents, &placing).unwrap();
    assert_eq!((done.known.len(), done.left_out.len()), (1, 1));
    let document = session.project().document_by_title("F03 group").unwrap();
    assert_eq!(
        usize::try_from(document.source.n_turns).unwrap(),
        plan[1].turns
    );
    let reed = session.project().case_by_name("Reed").unwrap().id;
    let speakers: Vec<_> = document
        .speakers
        .iter()
        .map(|one| (one.label.as_str(), one.role, one.case))
        .collect();
    assert_eq!(
        speakers,
        [
            ("Interviewer", SpeakerRole::Interviewer, None),
            ("Child", SpeakerRole::Interviewer, Some(reed))
        ]
    );
    let content = session.content(document).unwrap();
    assert!(
        content
            .text
            .slice(content.turns.last().unwrap().said())
            .unwrap()
            .ends_with("Note to self: third")
    );
}

fn tain(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tain"));
    command
        .current_dir(folder)
        .args(words)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    let output = command
        .env("TAIN_CONFIG_DIR", folder.join("config"))
        .env("TAIN_CACHE_DIR", folder.join("cache"))
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn the_command_line_shows_a_batch_before_it_comes_in() {
    let root = tempfile::tempdir().unwrap();
    let at = root.path();
    fs::create_dir_all(at.join("in")).unwrap();
    fs::write(
        at.join("in/F01 child baseline.txt"),
        turns(1, ["Interviewer", "Child"]),
    )
    .unwrap();
    fs::write(at.join("in/F02 孩子 前测.txt"), turns(2, ["老师", "小远"])).unwrap();
    fs::write(at.join("in/cut.docx"), b"PK\x03\x04 no more").unwrap();
    assert_eq!(
        tain(at, &["new", "p.tain", "--title", "Study", "--coder", "An"]).0,
        Some(0)
    );
    let line = [
        "import",
        "p.tain",
        "in",
        "--case-pattern",
        r"^(?<case>F\d+)",
        "--phase-pattern",
        "(?<phase>baseline|前测)",
        "--map-speakers",
        "family",
        "--interviewer",
        "老师",
        "--person",
        "小远=小远家",
        "--ignore-speakers",
        "Ghost",
    ];
    let dry = |more: &[&str]| {
        tain(
            at,
            &line
                .iter()
                .copied()
                .chain(["--dry-run"])
                .chain(more.iter().copied())
                .collect::<Vec<_>>(),
        )
    };
    let (status, table, said) = dry(&[]);
    assert_eq!(status, Some(1), "one file can't be read");
    assert!(
        said.contains("would be imported: 2")
            && said.contains("no document has the speaker “Ghost”"),
        "{said}"
    );
    assert!(
        table.contains("Interviewer 4 (asks); Child 4")
            && table.contains("Child = F01 Child (new)"),
        "{table}"
    );
    assert!(
        table.contains("老师 4 (asks); 小远 4") && table.contains("小远 = 小远家 (new)"),
        "{table}"
    );
    let (_, json, _) = dry(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (
            json["documents"].as_u64(),
            json["failures"].as_array().map(Vec::len)
        ),
        (Some(2), Some(1))
    );
    let first = &json["files"][0];
    assert_eq!(
        (
            first["case"].as_str(),
            first["phase"].as_str(),
            first["fate"].as_str()
        ),
        (Some("F01"), Some("baseline"), Some("comes"))
    );
    assert_eq!(
        first["speakers"][1],
        serde_json::json!({"label": "Child", "turns": 4, "role": "participant", "person": "F01 Child", "new": true})
    );
    assert_eq!(json["labels"].as_array().map(Vec::len), Some(4));
    let info = |key: &str| {
        let (_, info, _) = tain(at, &["info", "p.tain", "--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&info).unwrap()[key].as_u64()
    };
    assert_eq!(
        (info("documents"), info("cases"), info("entries")),
        (Some(0), Some(0), Some(1)),
        "a dry run changes nothing"
    );
    assert_eq!(tain(at, &line).0, Some(1));
    assert_eq!(
        (info("documents"), info("cases"), info("entries")),
        (Some(2), Some(4), Some(2))
    );
    let (status, _, said) = dry(&["--speakers", "(?<who>x"]);
    assert!(
        status == Some(2) && said.contains("is not a regular expression"),
        "{said}"
    );
    assert_eq!(tain(at, &["undo", "p.tain"]).0, Some(0));
    assert_eq!((info("documents"), info("cases")), (Some(0), Some(0)));
}
