//! A participant withdraws: not eight bytes of what they said are left anywhere, and everything else is as it was.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use proptest::{collection::vec, prelude::*};
use tain::{
    app::{
        AppError, Session,
        action::Action,
        drafts::{Drafts, MemoDraft},
        erasure::{ERASE, ErasureRequest, erase, preview},
        history::history,
        import::PathPatterns,
        integrity::check,
        surroundings::Surroundings,
    },
    log::change::Holder,
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        coding::Origin,
        document::Document,
        ids::{CaseId, CoderId, DocumentId},
        memo::{Anchor, MemoKind},
        query::QueryKind,
        text::TextRange,
    },
    store::{Access, Source, StoreError},
};

use crate::{
    cli::Cli,
    properties::{Gesture, gesture, run},
    world::{cases, project, transcript, world},
};

const ALONE: &str = "Interviewer: How is it at home these days?\n\nMarlene: My drawings are under the mattress because nobody may see them.\n\nInterviewer: Since when?\n\nMarlene: Since grandfather burned the blue notebook.\n";
const REMOVED: &str =
    "Interviewer: And the second visit?\n\nMarlene: We rowed across the reservoir at midnight.\n";
const GROUP: &str = "Moderator: Who has been to the swimming pool?\n\nMarlene: Only once with cousin Bartholomew in October.\n\nTobias: Every Tuesday evening with the whole class.\n\nMarlene: I would rather stay and count the tiles.\n\nTobias: She counts everything there is to count.\n";
const OTHER: &str = "访谈者：最近怎么样？\n\n小远：我把奖状贴在墙上，谁来都看得见。\n\n访谈者：后来呢？\n\n小远：就这样一直贴着。\n";

/// What nothing may be left of.
const SECRETS: &[&str] = &[
    "My drawings are under the mattress because nobody may see them",
    "Since grandfather burned the blue notebook",
    "We rowed across the reservoir at midnight",
    "Only once with cousin Bartholomew in October",
    "I would rather stay and count the tiles",
    "counted the tiles twice over",
    "Marlene Okonkwo",
    "Marlene first visit",
    "afraid of cellar stairs",
    "memo upon her silence",
    "ochre pullover with holes",
    "unsaved thought about her",
];

/// What stays.
const KEPT: &[&str] = &[
    "Every Tuesday evening with the whole class",
    "She counts everything there is to count",
    "我把奖状贴在墙上，谁来都看得见",
    "Who has been to the swimming pool",
];

struct Study {
    cli: Cli,
    path: PathBuf,
}

fn document<'a>(project: &'a Project, title: &str) -> &'a Arc<Document> {
    project.document_by_title(title).unwrap()
}

fn case(project: &Project, name: &str) -> CaseId {
    project.case_by_name(name).unwrap().id
}

fn range_of(session: &Session, title: &str, words: &str) -> TextRange {
    let content = session.content(document(session.project(), title)).unwrap();
    let text = content.text.as_str();
    let at = text.find(words).unwrap();
    let chars = |text: &str| u32::try_from(text.chars().count()).unwrap();
    let start = chars(text.get(..at).unwrap());
    TextRange::between(start, start + chars(words))
}

/// A study with a participant who is in a document of her own, in one that was removed, and in one with others.
fn study() -> Study {
    let cli = Cli::new();
    fs::create_dir(cli.path("home")).unwrap();
    let path = cli.path("home/p.tain");
    let mut session = Session::create(&path, "Study", "An", world(3)).unwrap();
    let documents = vec![
        transcript("Marlene first visit.txt", ALONE),
        transcript("Second.txt", REMOVED),
        transcript("Group.txt", GROUP),
        transcript("F02.txt", OTHER),
    ];
    session
        .add_documents(documents, &PathPatterns::default())
        .unwrap();
    session
        .import_codebook(
            "codes.csv",
            b"code,parent\nNeeds,\nSafety,Needs\nHabit,\n".to_vec(),
        )
        .unwrap();
    people(&mut session);
    passages(&mut session);
    notes(&mut session);
    drop(session);
    Study { cli, path }
}

fn people(session: &mut Session) {
    for (name, kind, parent) in [
        ("Okonkwo", CaseKind::family(), None),
        ("Marlene Okonkwo", CaseKind::person(), Some("Okonkwo")),
        ("Tobias", CaseKind::person(), None),
    ] {
        let parent = parent.map(|parent| case(session.project(), parent));
        session
            .run(Action::AddCase {
                name: name.to_owned(),
                kind,
                parent,
            })
            .unwrap();
    }
    let project = Arc::clone(session.project());
    let (family, marlene, tobias) = (
        case(&project, "Okonkwo"),
        case(&project, "Marlene Okonkwo"),
        case(&project, "Tobias"),
    );
    for (title, case) in [
        ("Marlene first visit", family),
        ("Second", marlene),
        ("Group", marlene),
        ("Group", tobias),
    ] {
        session
            .run(Action::SetDocumentsCase {
                documents: vec![document(&project, title).id],
                case,
                belongs: true,
            })
            .unwrap();
    }
    for title in ["Marlene first visit", "Second", "Group"] {
        let document = document(&project, title);
        for (label, case) in [("Marlene", marlene), ("Tobias", tobias)] {
            let mut speakers = document.speakers.iter();
            if let Some(speaker) = speakers.position(|speaker| speaker.label == label) {
                let speaker = u16::try_from(speaker).unwrap();
                session
                    .run(Action::SetSpeakerCase(document.id, speaker, Some(case)))
                    .unwrap();
            }
        }
    }
    session
        .run(Action::AddAttribute {
            name: "fear".to_owned(),
            of: AttributeOf::Cases,
            kind: AttributeKind::Text,
            per_phase: false,
        })
        .unwrap();
    let attribute = session
        .project()
        .attribute_by_name(AttributeOf::Cases, "fear")
        .unwrap()
        .id;
    for (holder, text) in [(marlene, "afraid of cellar stairs"), (tobias, "spiders")] {
        session
            .run(Action::SetValue {
                holder: Holder::Case(holder),
                attribute,
                phase: None,
                text: text.to_owned(),
            })
            .unwrap();
    }
}

fn code(session: &mut Session, title: &str, words: &str, code: &str) {
    let range = range_of(session, title, words);
    let project = session.project();
    let (id, code) = (
        document(project, title).id,
        project.codebook.find(code).unwrap(),
    );
    // What was searched for quotes her, whatever was found.
    let origin = if title == "F02" {
        Origin::Hand
    } else {
        Origin::Search("under the mattress because".into())
    };
    session
        .run(Action::ApplyCodes {
            passages: vec![(id, range)],
            codes: vec![code],
            about: Default::default(),
            origin,
        })
        .unwrap();
}

fn passages(session: &mut Session) {
    code(
        session,
        "Marlene first visit",
        "drawings are under",
        "Safety",
    );
    code(session, "Group", "count the tiles", "Habit");
    code(session, "Group", "whole class", "Habit");
    // From her words into those of somebody else.
    code(
        session,
        "Group",
        "the tiles.\n\nTobias: She counts everything",
        "Habit",
    );
    code(session, "F02", "奖状贴在墙上", "Safety");
    let group = document(session.project(), "Group").id;
    let range = range_of(session, "Group", "count the tiles");
    for (range, to) in [
        (range, "counted the tiles twice over"),
        (range_of(session, "Group", "Every Tuesday"), "Each Tuesday"),
    ] {
        session
            .run(Action::ReplaceText {
                document: group,
                range,
                to: to.to_owned(),
            })
            .unwrap();
    }
    session.run(Action::Undo).unwrap();
    let alone = document(session.project(), "Marlene first visit").id;
    let range = range_of(session, "Marlene first visit", "the blue notebook");
    session
        .run(Action::ReplaceText {
            document: alone,
            range,
            to: "ochre pullover with holes".to_owned(),
        })
        .unwrap();
    let second = document(session.project(), "Second").id;
    session.run(Action::RemoveDocuments(vec![second])).unwrap();
}

fn memo(session: &mut Session, anchor: Anchor, title: &str, body: &str) {
    session
        .run(Action::AddMemo {
            anchor,
            kind: MemoKind::Analytic,
            title: title.to_owned(),
            body: body.to_owned(),
        })
        .unwrap();
}

fn notes(session: &mut Session) {
    let project = Arc::clone(session.project());
    let marlene = case(&project, "Marlene Okonkwo");
    let alone = document(&project, "Marlene first visit");
    memo(
        session,
        Anchor::Case(marlene),
        "Her",
        "memo upon her silence",
    );
    memo(
        session,
        Anchor::Coding(alone.id, alone.codings[0].id),
        "",
        "My drawings are under the mattress",
    );
    // Removed before, but the log has it.
    memo(
        session,
        Anchor::Document(alone.id),
        "x",
        "memo upon her silence, again",
    );
    let last = *session.project().memos.keys().next_back().unwrap();
    session.run(Action::RemoveMemo(last)).unwrap();
    memo(
        session,
        Anchor::Project,
        "Method",
        "We wrote down “grandfather burned the blue notebook” at once.",
    );
    session
        .run(Action::AddQuery {
            kind: QueryKind::Words,
            name: "Marlene Okonkwo's".to_owned(),
            text: "case:\"Marlene Okonkwo\" tiles".to_owned(),
        })
        .unwrap();
    session
        .run(Action::AddLink {
            name: "said like ochre pullover with holes".to_owned(),
            from: Anchor::Case(marlene),
            to: Anchor::Project,
        })
        .unwrap();
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

/// Eight bytes of a secret in a row that are in a file, with the file; what is also in a text that stays doesn't count.
fn leaks(folder: &Path) -> Vec<(PathBuf, String)> {
    let kept: Vec<&[u8]> = [OTHER, ALONE.split("Marlene").next().unwrap()]
        .iter()
        .chain(KEPT)
        .flat_map(|kept| kept.as_bytes().windows(8))
        .collect();
    let pieces: BTreeSet<&[u8]> = SECRETS
        .iter()
        .flat_map(|secret| secret.as_bytes().windows(8))
        .filter(|piece| !kept.contains(piece))
        .collect();
    let mut found = Vec::new();
    files(folder, &mut found);
    let mut leaks = Vec::new();
    for path in found {
        let bytes = fs::read(&path).unwrap();
        let mut windows = bytes.windows(8);
        if let Some(piece) = windows.find(|window| pieces.contains(window)) {
            leaks.push((path, String::from_utf8_lossy(piece).into_owned()));
        }
    }
    leaks
}

fn all_leaks(cli: &Cli) -> Vec<(PathBuf, String)> {
    let folders = ["home", "cache", "config"].map(|folder| leaks(&cli.path(folder)));
    folders.into_iter().flatten().collect()
}

fn open(path: &Path) -> Session {
    Session::open(path, Access::Read, world(5)).unwrap()
}

fn text(session: &Session, document: &Document) -> String {
    session.content(document).unwrap().text.as_str().to_owned()
}

#[test]
fn nothing_of_what_was_said_is_left_in_any_file() {
    let Study { cli, path } = study();
    cli.ok("index home/p.tain");
    cli.ok("backups home/p.tain --make");
    let drafts = Drafts {
        memos: vec![MemoDraft {
            memo: None,
            anchor: Anchor::Project,
            kind: MemoKind::Analytic,
            title: String::new(),
            body: "unsaved thought about her".to_owned(),
        }],
        ..Drafts::default()
    };
    fs::create_dir_all(cli.path("config")).unwrap();
    drafts.keep(&cli.path("config"), &path);
    fs::copy(&path, cli.path("home/p.damaged-20260101T000000.tain")).unwrap();
    assert!(
        all_leaks(&cli).len() >= 4,
        "the looking finds what there is"
    );
    cli.okay(&[
        "erase",
        "home/p.tain",
        "--case",
        "Marlene Okonkwo",
        "--copies",
        "--certificate",
        "home/page.html",
        "--yes",
    ]);
    assert_eq!(all_leaks(&cli), []);
    assert!(!cli.path("home/p.damaged-20260101T000000.tain").exists());
    let checked = cli.ok("check home/p.tain");
    assert!(!checked.contains("damaged"), "{checked}");
    let session = open(&path);
    assert_eq!(check(&session).unwrap().findings, []);
    let whole: Vec<String> = session
        .project()
        .documents
        .values()
        .map(|document| text(&session, document))
        .collect();
    for kept in KEPT {
        assert!(whole.iter().any(|text| text.contains(kept)), "{kept}");
    }
    let listed = cli.ok("backups home/p.tain --format csv");
    assert_eq!(listed.lines().count(), 2, "one new backup: {listed}");
    let page = fs::read_to_string(cli.path("home/page.html")).unwrap();
    assert!(
        page.contains("Certificate of erasure") && page.contains("Done by"),
        "{page}"
    );
}

#[test]
fn the_project_differs_only_where_it_should() {
    let Study { cli, path } = study();
    let before = open(&path);
    let (old, steps) = (Arc::clone(before.project()), before.steps().len());
    let (group, f02) = (document(&old, "Group").id, document(&old, "F02").id);
    let group_text = text(&before, &old.documents[&group]);
    drop(before);
    cli.okay(&["erase", "home/p.tain", "--case", "Marlene Okonkwo", "--yes"]);
    let after = open(&path);
    let new = after.project();
    assert_eq!(new.skipped, old.skipped);
    assert_eq!(new.documents[&f02], old.documents[&f02]);
    assert_eq!(new.codebook, old.codebook);
    assert_eq!(new.cases.len(), old.cases.len());
    assert_eq!(
        new.cases[&case(&old, "Tobias")],
        old.cases[&case(&old, "Tobias")]
    );
    let marlene = case(&old, "Marlene Okonkwo");
    assert!(new.is_erased_case(marlene) && new.cases[&marlene].values.is_empty());
    // Every character of others is where it was, and every one of hers is a blank.
    let blanks = text(&after, &new.documents[&group]);
    assert_eq!(blanks.chars().count(), group_text.chars().count());
    assert!(blanks.contains("Tobias: Every Tuesday evening with the whole class.\n\n□"));
    for (is, was) in blanks.chars().zip(group_text.chars()) {
        assert!(is == was || is == '□');
    }
    let codings = |project: &Project| project.documents[&group].codings.len();
    assert_eq!(
        (codings(&old), codings(new)),
        (3, 2),
        "one was within her words alone"
    );
    assert_eq!(
        new.documents[&group].n_turns(),
        old.documents[&group].n_turns()
    );
    let alone = document(&old, "Marlene first visit").id;
    assert!(new.erased_text(alone).unwrap().is_whole);
    assert_eq!(new.documents[&alone].words, 0);
    assert!(
        text(&after, &new.documents[&alone])
            .chars()
            .all(|c| c == '□' || c == '\n')
    );
    // Every step is told as before, and one more.
    assert_eq!(after.steps().len(), steps + 1);
    assert_eq!(after.steps().last().unwrap().action, ERASE);
    let method = new
        .memos
        .values()
        .find(|memo| memo.title == "Method")
        .unwrap();
    assert!(method.body.starts_with("We wrote down “□") && method.body.ends_with("□” at once."));
    assert_eq!(new.memos.len(), 1);
    cli.ok("history home/p.tain");
    // Blanks are no words.
    let (_, message) = cli.fails(&["search", "home/p.tain", "□"]);
    assert!(message.contains("contains no word"), "{message}");
}

#[test]
fn a_preview_changes_nothing_and_says_what_goes() {
    let Study { cli, path } = study();
    let before = fs::read(&path).unwrap();
    let said = cli.okay(&[
        "erase",
        "home/p.tain",
        "--case",
        "Marlene Okonkwo",
        "--format",
        "json",
    ]);
    assert_eq!(fs::read(&path).unwrap(), before);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["erased"], false);
    assert_eq!(said["codings_removed"], 2, "{said:#}");
    assert_eq!(said["codings_cut"], 1, "{said:#}");
    assert_eq!(said["memos"], 2, "{said:#}");
    assert_eq!(said["values"], 1, "{said:#}");
    assert_eq!(said["quotations"], 2, "{said:#}");
    let documents: Vec<(&str, bool, bool)> = said["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| {
            (
                document["title"].as_str().unwrap(),
                document["whole"].as_bool().unwrap(),
                document["removed_before"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        documents,
        [
            ("Group", false, false),
            ("Marlene first visit", true, false),
            ("Second", true, true)
        ]
    );
    let (status, message) = cli.fails(&["erase", "home/p.tain", "--case", "Nobody"]);
    assert!(
        status > 0 && message.contains("there is no case"),
        "{message}"
    );
}

#[test]
fn an_erasure_is_not_taken_back_and_not_done_twice() {
    let Study { cli, path } = study();
    cli.okay(&["erase", "home/p.tain", "--case", "Marlene Okonkwo", "--yes"]);
    let (_, message) = cli.fails(&["undo", "home/p.tain"]);
    assert!(message.contains("can't be taken back"), "{message}");
    let session = open(&path);
    let last = session.steps().last().unwrap().id.to_string();
    let name = session
        .project()
        .cases
        .values()
        .find(|case| session.project().is_erased_case(case.id))
        .unwrap()
        .name
        .clone();
    drop(session);
    let (_, message) = cli.fails(&["take-back", "home/p.tain", &last]);
    assert!(message.contains("gone for good"), "{message}");
    let (_, message) = cli.fails(&["erase", "home/p.tain", "--case", &name, "--yes"]);
    assert!(message.contains("nothing to erase"), "{message}");
    // Work goes on.
    cli.okay(&[
        "memo",
        "add",
        "home/p.tain",
        "--title",
        "After",
        "--body",
        "x",
    ]);
    cli.ok("undo home/p.tain");
    cli.ok("check home/p.tain");
}

#[test]
fn an_encrypted_project_stays_encrypted() {
    let Study { cli, path } = study();
    cli.write("pass.txt", b"blue boat 4\n");
    cli.ok("encrypt home/p.tain --passphrase-file pass.txt");
    cli.okay(&[
        "erase",
        "home/p.tain",
        "--case",
        "Marlene Okonkwo",
        "--passphrase-file",
        "pass.txt",
        "--yes",
    ]);
    cli.ok("check home/p.tain --passphrase-file pass.txt");
    let (_, message) = cli.fails(&["info", "home/p.tain"]);
    assert!(message.contains("is encrypted"), "{message}");
    cli.ok("decrypt home/p.tain --passphrase-file pass.txt");
    assert_eq!(all_leaks(&cli), []);
    assert_eq!(check(&open(&path)).unwrap().findings, []);
}

#[test]
fn a_chosen_document_goes_whole_whoever_speaks_in_it() {
    let Study { cli, path } = study();
    cli.okay(&["erase", "home/p.tain", "--document", "Group", "--yes"]);
    let session = open(&path);
    let project = session.project();
    assert!(project.document_by_title("Group").is_none());
    assert_eq!(project.documents.len(), 3);
    assert!(project.case_by_name("Marlene Okonkwo").is_some());
    let erased: Vec<_> = project
        .documents
        .keys()
        .filter(|id| project.erased_text(**id).is_some())
        .collect();
    assert_eq!(erased.len(), 1);
    assert_eq!(check(&session).unwrap().findings, []);
}

#[test]
fn another_copy_erases_what_was_erased_in_this_one() {
    let Study { cli, path } = study();
    let copy = cli.path("home/copy.tain");
    fs::copy(&path, &copy).unwrap();
    // The copy goes on by itself, and a word is put among hers.
    let mut session = Session::open(&copy, Access::Write, world(9)).unwrap();
    let group = document(session.project(), "Group").id;
    let range = range_of(&session, "Group", "cousin Bartholomew");
    session
        .run(Action::ReplaceText {
            document: group,
            range,
            to: "somebody called ochre pullover with holes".to_owned(),
        })
        .unwrap();
    drop(session);
    cli.okay(&["erase", "home/p.tain", "--case", "Marlene Okonkwo", "--yes"]);
    let here = open(&path);
    let request = ErasureRequest::of_other_copy(&here.project().erasures);
    let there = open(&copy);
    let (coder, source) = (there.coder().unwrap(), there.source());
    assert!(preview(&there, &request).unwrap().characters() > 0);
    drop(there);
    erased(&source, &request, coder);
    assert_eq!(all_leaks(&cli), []);
    let there = open(&copy);
    assert_eq!(check(&there).unwrap().findings, []);
    let (here, there) = (here.project(), there.project());
    assert_eq!(here.cases, there.cases);
    assert_eq!(here.erasures.len(), there.erasures.len());
    // The erasure of the other copy has nothing to do any more.
    let request = ErasureRequest::of_other_copy(&there.erasures);
    assert!(preview(&open(&path), &request).is_err());
}

/// A project on which some work was done, with the text of each document.
fn texts(session: &Session) -> BTreeMap<DocumentId, String> {
    let documents = session.project().documents.values();
    documents
        .map(|document| (document.id, text(session, document)))
        .collect()
}

/// Erases the first family of a project after any work; gives the project before and after, if there was something.
fn erased_after(gestures: &[Gesture]) -> Option<(Before, Session, tempfile::TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 7);
    let now = Arc::clone(session.project());
    let (reed, lin) = (case(&now, "Reed"), case(&now, "林家"));
    for (title, case) in [("F01 child", reed), ("F01 child", lin), ("F02 孩子", lin)] {
        session
            .run(Action::SetDocumentsCase {
                documents: vec![document(&now, title).id],
                case,
                belongs: true,
            })
            .unwrap();
    }
    let first = document(&now, "F01 child").id;
    session
        .run(Action::SetSpeakerCase(first, 1, Some(reed)))
        .unwrap();
    for gesture in gestures {
        run(&mut session, gesture);
    }
    // Whoever is left: one who shares a document, or has one alone.
    let cases = session.project().cases.keys().copied();
    let request = ErasureRequest {
        cases: cases.take(1).collect(),
        ..ErasureRequest::default()
    };
    let before = Before {
        project: Arc::clone(session.project()),
        texts: texts(&session),
        steps: session.steps().len(),
    };
    let coder = session.acting().ok()?;
    let is_something = preview(&session, &request).is_ok();
    let source = session.source();
    drop(session);
    if !is_something {
        return None;
    }
    let source = erased(&source, &request, coder);
    let session = Session::open_source(&source, Access::Read, world(9)).unwrap();
    Some((before, session, folder))
}

/// Erases; a program that another test starts has our lock, too, until it runs.
fn erased(source: &Source, request: &ErasureRequest, coder: CoderId) -> Source {
    for _ in 0..100 {
        match erase(
            source,
            request,
            coder,
            Surroundings::default(),
            false,
            world(8),
        ) {
            Err(AppError::Store(StoreError::Locked(_))) => {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            done => return done.unwrap().0,
        }
    }
    panic!("the project stays locked");
}

struct Before {
    project: Arc<Project>,
    texts: BTreeMap<DocumentId, String>,
    steps: usize,
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn after_any_work_the_log_folds_to_the_same_but_for_the_words(gestures in vec(gesture(), 0..50)) {
        let Some((before, session, _folder)) = erased_after(&gestures) else {
            return Ok(());
        };
        let (old, new) = (&before.project, session.project());
        prop_assert_eq!(check(&session).unwrap().findings, vec![]);
        prop_assert_eq!(&new.skipped, &old.skipped);
        prop_assert_eq!(session.steps().len(), before.steps + 1);
        prop_assert!(new.cases.keys().eq(old.cases.keys()));
        prop_assert!(new.attributes.keys().eq(old.attributes.keys()));
        prop_assert!(new.codebook.codes.keys().eq(old.codebook.codes.keys()));
        prop_assert!(new.memos.keys().all(|id| old.memos.contains_key(id)));
        prop_assert!(new.documents.keys().eq(old.documents.keys()));
        for (id, now) in texts(&session) {
            let (was, own) = (&before.texts[&id], &new.documents[&id]);
            prop_assert_eq!(now.chars().count(), was.chars().count());
            for (is, was) in now.chars().zip(was.chars()) {
                prop_assert!(is == was || is == '□');
            }
            prop_assert_eq!(own.n_turns(), old.documents[&id].n_turns());
            prop_assert_eq!(own.history.edits().len(), old.documents[&id].history.edits().len());
            for coding in &own.codings {
                let was = old.documents[&id].coding(coding.id).unwrap();
                prop_assert_eq!((coding.range, coding.code), (was.range, was.code));
            }
            if new.erased_text(id).is_none() {
                prop_assert_eq!(&now, was);
                prop_assert_eq!(own.words, old.documents[&id].words);
            }
        }
        // The whole history can be told, and folds to what is shown.
        history(&session.file()).unwrap();
    }
}
