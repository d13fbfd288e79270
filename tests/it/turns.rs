//! Speakers after the import: read again, set, split, joined and marked, while texts and codings stay as they are.

use std::{collections::BTreeMap, sync::Arc};

use regex::Regex;
use tain::{
    app::{
        AppError, Session,
        action::{Action, TurnSpeaker},
        edit::turns::{labels_like, turns_like},
        import::PathPatterns,
        jobs::JobControl,
        speakers_again::{SpeakersAgain, read_again},
    },
    import::{DocumentOptions, SourceFile, SpeakerOption, read_document},
    log,
    model::{
        Project,
        conflict::SkipReason,
        document::{Content, Document, SpeakerRole},
        ids::DocumentId,
        text::TextRange,
    },
    store::Access,
};

use crate::world::{apply_code, project, world};

/// Runs the command line; returns what it prints, what it says, and its status.
fn tain(arguments: &[&str], home: &std::path::Path) -> (String, String, i32) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_tain"))
        .args(arguments)
        .env("TAIN_CONFIG_DIR", home)
        .env("TAIN_CACHE_DIR", home)
        .env("LC_ALL", "C")
        .env_remove("TAIN_LANGUAGE")
        .output()
        .unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        words(output.stdout),
        words(output.stderr),
        output.status.code().unwrap(),
    )
}

/// A project with one document, whose speakers were not looked for.
fn unread(path: &std::path::Path, file: &str, text: &str) -> Session {
    let mut session = project(path, 7);
    let options = DocumentOptions {
        speakers: SpeakerOption::None,
        ..DocumentOptions::default()
    };
    let source = SourceFile {
        path: file.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let document = read_document(source, &options).unwrap();
    session
        .add_documents(vec![document], &PathPatterns::default())
        .unwrap();
    session
}

fn named<'a>(session: &'a Session, title: &str) -> &'a Document {
    session.project().document_by_title(title).unwrap()
}

fn content(session: &Session, title: &str) -> Arc<Content> {
    session.content(named(session, title)).unwrap()
}

/// Who says what, turn by turn.
fn said(session: &Session, title: &str) -> Vec<(String, String)> {
    let document = named(session, title);
    let content = session.content(document).unwrap();
    content
        .turns
        .iter()
        .map(|turn| {
            let who = turn.speaker.map_or("", |index| {
                document.speakers[usize::from(index)].label.as_str()
            });
            (
                who.to_owned(),
                content.text.slice(turn.said()).unwrap().to_owned(),
            )
        })
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(who, words)| ((*who).to_owned(), (*words).to_owned()))
        .collect()
}

fn plan(session: &Session, title: &str, option: SpeakerOption) -> SpeakersAgain {
    let options = DocumentOptions {
        speakers: option,
        ..DocumentOptions::default()
    };
    let id = named(session, title).id;
    let mut all = read_again(
        session.project(),
        session.texts(),
        &[id],
        &options,
        &JobControl::default(),
    )
    .unwrap();
    all.pop().unwrap()
}

fn read(session: &mut Session, title: &str, option: SpeakerOption) {
    let turns = plan(session, title, option).turns.unwrap();
    session.run(Action::ReadSpeakers(vec![turns])).unwrap();
}

fn pattern(text: &str) -> SpeakerOption {
    SpeakerOption::Pattern(Regex::new(text).unwrap())
}

/// The position of words in a document's text.
fn at(session: &Session, title: &str, words: &str) -> u32 {
    let content = content(session, title);
    let bytes = content.text.as_str().find(words).unwrap();
    let before = content.text.as_str().get(..bytes).unwrap();
    u32::try_from(before.chars().count()).unwrap()
}

fn passage(session: &Session, title: &str, words: &str) -> TextRange {
    let start = at(session, title, words);
    TextRange::between(start, start + u32::try_from(words.chars().count()).unwrap())
}

const TALK: &str = "访谈者：最近怎么样？\n\n小远：在𠮷祥面馆，他们笑我。\n\n访谈者：后来呢？\n\n小远：我回家念给奶奶听。\n\n访谈者：嗯。\n\n小远：就这样。\n";

#[test]
fn speakers_are_read_again_and_text_and_codings_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = unread(&path, "谈话.txt", TALK);
    assert!(named(&session, "谈话").speakers.is_empty());
    let start = at(&session, "谈话", "他们笑我");
    apply_code(&mut session, "谈话", "Belonging", start, start + 4);
    let before = Project::clone(session.project());
    let codings = named(&session, "谈话").codings.clone();
    let found = plan(&session, "谈话", SpeakerOption::Auto);
    assert_eq!((found.before.len(), found.after.len()), (1, 2));
    assert_eq!(found.codings, 1, "the coding is somebody's now");
    read(&mut session, "谈话", SpeakerOption::Auto);
    let turns = said(&session, "谈话");
    assert_eq!(
        turns[1],
        ("小远".to_owned(), "在𠮷祥面馆，他们笑我。".to_owned())
    );
    assert_eq!(turns.len(), 6);
    assert_eq!(
        named(&session, "谈话").speakers[0].role,
        SpeakerRole::Interviewer
    );
    assert_eq!(named(&session, "谈话").codings, codings);
    assert_eq!(content(&session, "谈话").text.as_str(), TALK);
    assert_eq!(plan(&session, "谈话", SpeakerOption::Auto).turns, None);
    let after = Project::clone(session.project());
    drop(session);
    let mut session = Session::open(&path, Access::Write, world(8)).unwrap();
    session.act_as_first();
    assert_eq!(**session.project(), after);
    session.run(Action::Undo).unwrap();
    assert_eq!(session.project().documents, before.documents);
    session.run(Action::Redo).unwrap();
    assert_eq!(said(&session, "谈话"), turns);
}

#[test]
fn a_label_that_was_corrected_is_read_in_the_corrected_text() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Ann: Shall we?\n\nBo: Yes 😀.\n\nAnn: And then?\n\nWe went home.\n\nAnn: Good.\n\nBo: Right.\n";
    let mut session = unread(&folder.path().join("p.tain"), "Talk.txt", text);
    read(&mut session, "Talk", SpeakerOption::Auto);
    let start = at(&session, "Talk", "We went home");
    let id = named(&session, "Talk").id;
    session
        .run(Action::ReplaceText {
            document: id,
            range: TextRange::between(start, start),
            to: "Bo: ".to_owned(),
        })
        .unwrap();
    read(&mut session, "Talk", SpeakerOption::Auto);
    let expected = pairs(&[
        ("Ann", "Shall we?"),
        ("Bo", "Yes 😀."),
        ("Ann", "And then?"),
        ("Bo", "We went home."),
        ("Ann", "Good."),
        ("Bo", "Right."),
    ]);
    assert_eq!(said(&session, "Talk"), expected);
    // Corrections made later move the turns, those before and after them alike.
    for (words, to) in [
        ("Shall we?", "Shall we begin?"),
        ("went", "walked"),
        ("Right", ""),
    ] {
        let range = passage(&session, "Talk", words);
        session
            .run(Action::ReplaceText {
                document: id,
                range,
                to: to.to_owned(),
            })
            .unwrap();
    }
    let now = said(&session, "Talk");
    assert_eq!(now[0].1, "Shall we begin?");
    assert_eq!(now[3], ("Bo".to_owned(), "We walked home.".to_owned()));
    assert_eq!(now[5], ("Bo".to_owned(), ".".to_owned()));
}

#[test]
fn a_speaker_whose_label_stays_keeps_role_and_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let document = named(&session, "F02 孩子").id;
    let family = session
        .project()
        .cases
        .values()
        .find(|case| case.name == "林家")
        .unwrap()
        .id;
    session
        .run(Action::AddCase {
            name: "林家 小远".to_owned(),
            kind: tain::model::case::CaseKind::person(),
            parent: Some(family),
        })
        .unwrap();
    let person = session
        .project()
        .cases
        .values()
        .find(|case| case.name == "林家 小远")
        .unwrap()
        .id;
    session
        .run(Action::SetDocumentsCase {
            documents: vec![document],
            case: family,
            belongs: true,
        })
        .unwrap();
    session
        .run(Action::SetSpeakerRole(
            document,
            1,
            SpeakerRole::Interviewer,
        ))
        .unwrap();
    read(&mut session, "F02 孩子", pattern("^(?<speaker>小远)："));
    let speakers = &named(&session, "F02 孩子").speakers;
    assert_eq!(speakers.len(), 1);
    assert_eq!(speakers[0].role, SpeakerRole::Interviewer, "as it was set");
    session
        .run(Action::SetSpeakerRole(
            document,
            0,
            SpeakerRole::Participant,
        ))
        .unwrap();
    read(&mut session, "F02 孩子", SpeakerOption::None);
    assert!(named(&session, "F02 孩子").speakers.is_empty());
    read(&mut session, "F02 孩子", SpeakerOption::Auto);
    let speakers = &named(&session, "F02 孩子").speakers;
    let own = speakers
        .iter()
        .find(|speaker| speaker.label == "小远")
        .unwrap();
    assert_eq!(
        own.case,
        Some(person),
        "the person of the family that the label names"
    );
}

#[test]
fn the_file_is_read_again_where_it_says_itself_who_speaks() {
    let folder = tempfile::tempdir().unwrap();
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Shall we?\n\n00:03.000 --> 00:04.000\n<v Bo>Yes.\n";
    let mut session = unread(&folder.path().join("p.tain"), "call.vtt", text);
    assert!(named(&session, "call").speakers.is_empty());
    read(&mut session, "call", SpeakerOption::Auto);
    let id = named(&session, "call").id;
    let range = passage(&session, "call", "Yes");
    session
        .run(Action::ReplaceText {
            document: id,
            range,
            to: "Oh yes".to_owned(),
        })
        .unwrap();
    let again = plan(&session, "call", SpeakerOption::Auto);
    assert_eq!(again.turns, None, "{:?}", again.passages);
    assert_eq!(
        said(&session, "call"),
        pairs(&[("Ann", "Shall we?"), ("Bo", "Oh yes.")])
    );
}

const MESSY: &str = "Ann: Shall we?\n\nBo: Yes. Mum says no.\n\nMam: I do. Ann laughs.\n\nAnn: And you?\n\nMam: No.\n\nMam went out.\n\nAnn: Right.\n\nBo: Right.\n";

#[test]
fn a_turn_is_split_joined_and_given_to_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = unread(&folder.path().join("p.tain"), "Talk.txt", MESSY);
    read(&mut session, "Talk", pattern("^(?<speaker>Ann|Bo): "));
    let id = named(&session, "Talk").id;
    let before = said(&session, "Talk");
    let split = at(&session, "Talk", "Mum says");
    session
        .run(Action::SplitTurn {
            document: id,
            at: split,
            speaker: TurnSpeaker::New("Mum".to_owned()),
        })
        .unwrap();
    let now = said(&session, "Talk");
    assert_eq!(now[1], ("Bo".to_owned(), "Yes.".to_owned()));
    assert_eq!(now[2].0, "Mum");
    assert!(now[2].1.starts_with("Mum says no."), "{now:?}");
    assert_eq!(now.len(), before.len() + 1);
    session.run(Action::JoinTurn(id, 2)).unwrap();
    let joined = said(&session, "Talk");
    assert_eq!((joined.len(), joined[1].0.as_str()), (before.len(), "Bo"));
    assert!(joined[1].1.starts_with("Yes. Mum says no."));
    session
        .run(Action::SetTurnSpeaker {
            document: id,
            turn: 0,
            speaker: TurnSpeaker::New("Anne".to_owned()),
            alike: true,
        })
        .unwrap();
    let labels: Vec<String> = said(&session, "Talk")
        .into_iter()
        .map(|(who, _)| who)
        .collect();
    assert_eq!(labels, ["Anne", "Bo", "Anne", "Anne", "Bo"]);
    for _ in 0..3 {
        session.run(Action::Undo).unwrap();
    }
    assert_eq!(said(&session, "Talk"), before);
}

#[test]
fn what_is_marked_as_a_label_is_one_and_so_are_all_like_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = unread(&folder.path().join("p.tain"), "Talk.txt", MESSY);
    read(&mut session, "Talk", pattern("^(?<speaker>Ann|Bo): "));
    let id = named(&session, "Talk").id;
    let label = passage(&session, "Talk", "Mam");
    let like = labels_like(&content(&session, "Talk"), label);
    assert_eq!(like.len(), 1, "“Mam went out” is no label");
    session
        .run(Action::MarkLabel {
            document: id,
            label,
            speaker: TurnSpeaker::New("Mam".to_owned()),
            alike: true,
        })
        .unwrap();
    assert_eq!(
        said(&session, "Talk"),
        pairs(&[
            ("Ann", "Shall we?"),
            ("Bo", "Yes. Mum says no."),
            ("Mam", "I do. Ann laughs."),
            ("Ann", "And you?"),
            ("Mam", "No.\n\nMam went out."),
            ("Ann", "Right."),
            ("Bo", "Right."),
        ])
    );
    assert_eq!(turns_like(&content(&session, "Talk"), 2), [2, 4]);
    // A place with no words before it or after it begins no turn.
    let end = content(&session, "Talk").text.len_chars();
    for at in [0, end] {
        let refused = session.run(Action::SplitTurn {
            document: id,
            at,
            speaker: TurnSpeaker::Nobody,
        });
        assert!(matches!(refused, Err(AppError::Refused(_))), "{refused:?}");
    }
    assert!(session.run(Action::JoinTurn(id, 0)).is_err());
}

/// A colleague's correction of a turn names it by its number, which is another turn's once turns were read again.
#[test]
fn what_a_colleague_did_to_the_older_turns_is_left_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("here.tain");
    let there = folder.path().join("there.tain");
    drop(project(&here, 7));
    std::fs::copy(&here, &there).unwrap();
    let open = |path: &std::path::Path, chance| {
        let mut session = Session::open(path, Access::Write, world(chance)).unwrap();
        session.act_as_first();
        session
    };
    let (mut left, mut right) = (open(&here, 8), open(&there, 9));
    read(&mut left, "F02 孩子", pattern("^(?<speaker>小远)："));
    let id: DocumentId = named(&right, "F02 孩子").id;
    right
        .run(Action::RenameSpeaker(id, 0, "社工".to_owned()))
        .unwrap();
    let entries = |session: &Session| {
        let mut entries = Vec::new();
        session
            .file()
            .for_each_entry(0, |_, entry| entries.push(entry))
            .unwrap();
        entries
    };
    let united = log::fold(&log::merge::union(&entries(&left), &entries(&right)));
    let labels: Vec<&str> = united.documents[&id]
        .speakers
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(labels, ["小远"]);
    let reasons: Vec<SkipReason> = united
        .skipped
        .iter()
        .map(|skipped| skipped.reason)
        .collect();
    assert_eq!(reasons, [SkipReason::OtherTurns]);
}

#[test]
fn turns_that_were_changed_meanwhile_are_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = unread(&folder.path().join("p.tain"), "谈话.txt", TALK);
    let old = plan(&session, "谈话", SpeakerOption::Auto).turns.unwrap();
    read(&mut session, "谈话", pattern("^(?<speaker>小远)："));
    let refused = session.run(Action::ReadSpeakers(vec![old]));
    assert!(refused.unwrap_err().to_string().contains("谈话"));
}

#[test]
fn the_command_line_reads_speakers_again_and_mends_turns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    drop(unread(&path, "Talk.txt", MESSY));
    let file = path.to_str().unwrap();
    let (dry, _, _) = tain(
        &[
            "turns",
            file,
            "Talk",
            "--speakers",
            "^(?<speaker>Ann|Bo): ",
            "--dry-run",
            "--format",
            "json",
        ],
        folder.path(),
    );
    let dry: serde_json::Value = serde_json::from_str(&dry).unwrap();
    let own = &dry["documents"][0];
    assert_eq!(own["changed"], true);
    assert_eq!(own["before"][0]["speaker"], serde_json::Value::Null);
    assert_eq!(
        (&own["after"][0]["speaker"], &own["after"][0]["turns"]),
        (&"Ann".into(), &3.into())
    );
    let (_, said_it, status) = tain(
        &["turns", file, "Talk", "--speakers", "^(?<speaker>Ann|Bo): "],
        folder.path(),
    );
    assert_eq!(status, 0, "{said_it}");
    assert!(said_it.contains("1 of 1"), "{said_it}");
    let text: BTreeMap<&str, u32> = ["Mum says", "Mam: I", "Mam: No"]
        .into_iter()
        .map(|words| {
            let session = Session::open(&path, Access::Read, world(3)).unwrap();
            (words, at(&session, "Talk", words))
        })
        .collect();
    let mam = text["Mam: I"];
    let range = format!("{mam}..{}", mam + 3);
    let steps: [&[&str]; 4] = [
        &[
            "speakers",
            "mark",
            file,
            "Talk",
            &range,
            "--speaker",
            "Mam",
            "--alike",
        ],
        &[
            "speakers",
            "split",
            file,
            "Talk",
            &text["Mum says"].to_string(),
            "--speaker",
            "Mum",
        ],
        &[
            "speakers",
            "set",
            file,
            "Talk",
            &text["Mum says"].to_string(),
            "--nobody",
        ],
        &[
            "speakers",
            "join",
            file,
            "Talk",
            &text["Mum says"].to_string(),
        ],
    ];
    for step in steps {
        let (_, said_it, status) = tain(step, folder.path());
        assert_eq!(status, 0, "{step:?}: {said_it}");
    }
    let session = Session::open(&path, Access::Read, world(3)).unwrap();
    let labels: Vec<String> = said(&session, "Talk")
        .into_iter()
        .map(|(who, _)| who)
        .collect();
    assert_eq!(labels, ["Ann", "Bo", "Mam", "Ann", "Mam", "Ann", "Bo"]);
    drop(session);
    let (_, said_it, status) = tain(
        &["turns", file, "Talk", "--speakers", "(Ann)"],
        folder.path(),
    );
    assert_eq!(
        (status, said_it.contains("(?<speaker>…)")),
        (2, true),
        "{said_it}"
    );
    let (_, _, status) = tain(&["turns", file, "Walk"], folder.path());
    assert_ne!(status, 0);
}
