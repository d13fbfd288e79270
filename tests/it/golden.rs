//! The stored form of the log is a promise: every kind of change, as written by the first version, still reads and writes the same.
//!
//! `TAIN_UPDATE_GOLDEN=1 cargo test golden` writes the file anew, which only a new format version may do.

use std::{collections::BTreeMap, fs, path::Path};

use tain::{
    app::{
        Session,
        action::{Action, TurnSpeaker},
        edit::{scale::Definition, set::SetDraft},
        identity::Host,
        import::PathPatterns,
    },
    import::study::{Study, StudyDocument},
    log::{
        self, Entry,
        change::{Change, Holder},
        codec,
    },
    model::{
        attachment::{Attachment, AttachmentKind},
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        coder::Coder,
        coding::{Coding, ImportedOrigin, Origin},
        document::{SpeakerRole, TurnEdit},
        facet::FacetValue,
        ids::{AttachmentId, CodeId, CoderId, CodingId, DocumentId, SelectionId},
        invariants::violations,
        localized::Language,
        memo::{Anchor, MemoKind},
        query::QueryKind,
        scale::Item,
        text::TextRange,
    },
};

use crate::world::{CHINESE, ENGLISH, transcript};

const KINDS: &str = "project_edited coder_added coder_renamed coder_removed phase_added phase_edited phase_removed document_added \
    document_edited document_removed text_replaced code_added code_edited code_removed coding_added coding_edited coding_removed \
    case_added case_edited case_removed attribute_added attribute_edited attribute_removed value_set memo_added memo_edited \
    memo_removed link_added link_removed query_added query_edited query_removed \
    scale_added scale_edited scale_removed set_added set_edited set_removed attachment_added attachment_removed";

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/log/v1.jsonl")
}

fn lines() -> Vec<String> {
    if std::env::var_os("TAIN_UPDATE_GOLDEN").is_some() {
        let folder = tempfile::tempdir().unwrap();
        let text: String = story(&folder.path().join("p.tain"))
            .iter()
            .map(|entry| codec::encode(entry).unwrap() + "\n")
            .collect();
        fs::create_dir_all(file().parent().unwrap()).unwrap();
        fs::write(file(), text).unwrap();
    }
    fs::read_to_string(file())
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// A short life of a project in which every kind of change happens.
fn story(path: &Path) -> Vec<Entry> {
    let world = Host {
        now_millis: Box::new(|| 1_750_000_000_000),
        chance: 42,
        random: || Some([7; 64]),
        installation: "golden".to_owned(),
    };
    let mut session = Session::create(path, "Golden 金", "An", world).unwrap();
    let documents = vec![
        transcript("a/F01.txt", ENGLISH),
        transcript("F02.txt", CHINESE),
    ];
    session
        .add_documents(documents, &PathPatterns::default())
        .unwrap();
    let book = br#"(codes: [(name: (text: "Self", translations: {"zh": "\u{81EA}\u{6211}"}), hue: 3, definition: (text: "What it means"), key: Some('1'),
        indicators: [(language: "en", expression: "I can")],
        facets: [(name: (text: "judgement"), kind: Category([(text: "mixed")])), (name: (text: "how much"), kind: Intensity)],
        codes: [(name: (text: "Hope"))])])"#;
    session.import_codebook("book.ron", book.to_vec()).unwrap();
    let mut run = |action: Action| session.run(action).map(|_| ()).unwrap();
    run(Action::SetDescription("A study".to_owned()));
    run(Action::SetLanguage(Language::ZH));
    for (name, undone) in [("Bo", true), ("Cai", false)] {
        run(Action::AddCoder(name.to_owned()));
        if undone {
            run(Action::Undo);
        }
    }
    for phase in ["baseline", "follow-up", "gone"] {
        run(Action::AddPhase(phase.to_owned()));
    }
    run(Action::Undo);
    run(Action::AddCase {
        name: "林家".to_owned(),
        kind: CaseKind::family(),
        parent: None,
    });
    run(Action::AddCase {
        name: "gone".to_owned(),
        kind: CaseKind::family(),
        parent: None,
    });
    run(Action::AddAttribute {
        name: "esteem".to_owned(),
        of: AttributeOf::Cases,
        kind: AttributeKind::Number,
        per_phase: true,
    });
    run(Action::AddAttribute {
        name: "income".to_owned(),
        of: AttributeOf::Cases,
        kind: AttributeKind::Category(vec![]),
        per_phase: false,
    });
    run(Action::AddAttribute {
        name: "gone".to_owned(),
        of: AttributeOf::Documents,
        kind: AttributeKind::Date,
        per_phase: false,
    });
    run(Action::AddCode {
        parent: None,
        name: "Gone".to_owned(),
    });
    second_part(&mut session);
    let mut entries = Vec::new();
    session
        .file()
        .for_each_entry(0, |_, entry| entries.push(entry))
        .unwrap();
    entries
}

fn second_part(session: &mut Session) {
    let project = std::sync::Arc::clone(session.project());
    let document = project.document_by_title("F01").unwrap().id;
    let other = project.document_by_title("F02").unwrap().id;
    let code = |name: &str| project.codebook.find(name).unwrap();
    let case = |name: &str| project.case_by_name(name).unwrap().id;
    let phase = |name: &str| project.phase_by_name(name).unwrap().id;
    let attribute = |of, name: &str| project.attribute_by_name(of, name).unwrap().id;
    let facets: BTreeMap<_, _> = [(
        project.codebook.get(code("Self")).unwrap().facets[1].id,
        FacetValue::Intensity(40),
    )]
    .into();
    let range = TextRange::between;
    let holder = Holder::Case(case("林家"));
    let mut run = |action: Action| session.run(action).map(|_| ()).unwrap();
    run(Action::RenameCoder(
        project.coder_by_name("Cai").unwrap().id,
        "蔡".to_owned(),
    ));
    run(Action::MovePhase(
        phase("follow-up"),
        Some(phase("baseline")),
    ));
    run(Action::RenamePhase(phase("baseline"), "前测".to_owned()));
    run(Action::RemoveCases(vec![case("gone")]));
    run(Action::SetCase {
        case: case("林家"),
        name: "Lin 林家".to_owned(),
        kind: CaseKind::person(),
        parent: None,
    });
    run(Action::RemoveAttribute(attribute(
        AttributeOf::Documents,
        "gone",
    )));
    run(Action::SetValue {
        holder,
        attribute: attribute(AttributeOf::Cases, "esteem"),
        phase: Some(phase("baseline")),
        text: "17.5".to_owned(),
    });
    run(Action::SetValue {
        holder,
        attribute: attribute(AttributeOf::Cases, "income"),
        phase: None,
        text: "low".to_owned(),
    });
    run(Action::RemoveCodes(vec![code("Gone")]));
    run(Action::MoveCodes {
        codes: vec![code("Hope")],
        parent: None,
        before: None,
    });
    run(Action::RenameDocument(document, "F01 child".to_owned()));
    run(Action::SetDocumentsPhase(
        vec![document],
        Some(phase("baseline")),
    ));
    run(Action::SetDocumentsCase {
        documents: vec![document],
        case: case("林家"),
        belongs: true,
    });
    run(Action::SetSpeakerCase(document, 1, Some(case("林家"))));
    run(Action::RenameSpeaker(document, 1, "小远".to_owned()));
    run(Action::SetSpeakerRole(
        document,
        0,
        SpeakerRole::Participant,
    ));
    run(Action::SetTurn(
        document,
        2,
        TurnEdit {
            speaker: Some(None),
            at_millis: Some(Some(4_000)),
        },
    ));
    run(Action::ApplyCode {
        document,
        range: range(10, 20),
        code: code("Self"),
        facets,
        about: Default::default(),
    });
    run(Action::ApplyCode {
        document,
        range: range(30, 50),
        code: code("Hope"),
        facets: BTreeMap::new(),
        about: Default::default(),
    });
    run(Action::ReplaceText {
        document,
        range: range(15, 25),
        to: "e\u{301}𠮷".to_owned(),
    });
    run(Action::AddMemo {
        anchor: Anchor::Segment(document, range(0, 5)),
        kind: MemoKind::Reflexive,
        title: "Note".to_owned(),
        body: "备忘".to_owned(),
    });
    run(Action::AddLink {
        name: "is met by".to_owned(),
        from: Anchor::Code(code("Self")),
        to: Anchor::Document(document),
    });
    run(Action::Undo);
    run(Action::RemoveDocuments(vec![other]));
    let memo = *session.project().memos.keys().next().unwrap();
    let coding = session.project().documents[&document].codings[0].id;
    session
        .run(Action::RecodeCodings(
            vec![(document, coding)],
            code("Hope"),
        ))
        .unwrap();
    session
        .run(Action::RemoveCodings(vec![(document, coding)]))
        .unwrap();
    session
        .run(Action::SetMemo {
            memo,
            kind: MemoKind::Method,
            title: "想法".to_owned(),
            body: String::new(),
        })
        .unwrap();
    session.run(Action::RemoveMemo(memo)).unwrap();
    let query = "自信 OR confident".to_owned();
    let passages = vec![(document, range(40, 48))];
    session
        .run(Action::ApplyCodes {
            passages,
            codes: vec![code("Hope")],
            about: Default::default(),
            origin: Origin::Search(query.as_str().into()),
        })
        .unwrap();
    session
        .run(Action::ApplyCodes {
            passages: vec![(document, range(2, 9))],
            codes: vec![code("Hope")],
            about: Default::default(),
            origin: Origin::Suggestion,
        })
        .unwrap();
    session
        .run(Action::AddQuery {
            kind: QueryKind::Codes,
            name: "Both".to_owned(),
            text: "Self AND Hope".to_owned(),
        })
        .unwrap();
    let kept = *session.project().queries.keys().next().unwrap();
    session
        .run(Action::SetQuery {
            query: kept,
            name: "Both 两者".to_owned(),
            text: query,
        })
        .unwrap();
    session.run(Action::RemoveQuery(kept)).unwrap();
    session
        .run(Action::CorrectTurn {
            document,
            turn: 3,
            text: "I do.".to_owned(),
            speaker: TurnSpeaker::New("Aunt".to_owned()),
            at_millis: None,
        })
        .unwrap();
    let items = vec![Item {
        attribute: attribute(AttributeOf::Cases, "esteem"),
        reversed: true,
    }];
    let scale = Definition {
        name: "Esteem".to_owned(),
        items,
        range: (1.0, 4.0),
        fewest: None,
    };
    session.run(Action::SetScale(None, scale.clone())).unwrap();
    let id = *session.project().scales.keys().next().unwrap();
    session
        .run(Action::SetScale(
            Some(id),
            Definition {
                name: "Esteem 自尊".to_owned(),
                range: (0.0, 3.5),
                ..scale
            },
        ))
        .unwrap();
    session.run(Action::RemoveScale(id)).unwrap();
    sets_and_another_programs_project(session, document, code("Hope"));
}

fn sets_and_another_programs_project(session: &mut Session, document: DocumentId, code: CodeId) {
    let draft = SetDraft {
        name: "Round 1".to_owned(),
        description: String::new(),
        members: [Anchor::Code(code)].into(),
    };
    session.run(Action::SetSet(None, draft.clone())).unwrap();
    let set = *session.project().sets.keys().next().unwrap();
    let members = [Anchor::Code(code), Anchor::Document(document)].into();
    session
        .run(Action::SetSet(
            Some(set),
            SetDraft {
                name: "Round 1 第一轮".to_owned(),
                members,
                ..draft
            },
        ))
        .unwrap();
    session.run(Action::RemoveSet(set)).unwrap();
    let attachment = Attachment {
        id: AttachmentId::from_u128(7),
        name: "Drawing".to_owned(),
        kind: AttachmentKind::Picture,
        file: "drawing.png".to_owned(),
        content: None,
        len_bytes: 0,
    };
    let brought = ImportedOrigin {
        selection: Some(SelectionId::from_u128(8)),
        made_millis: Some(1_700_000_000_000),
    };
    let coder = Coder::new(CoderId::from_u128(9), "Dai".to_owned());
    let imported = StudyDocument {
        id: DocumentId::from_u128(10),
        imported: transcript("F03.txt", "Child: It was me."),
        phase: None,
        cases: Default::default(),
        values: Default::default(),
        codings: vec![Coding {
            id: CodingId::from_u128(11),
            range: TextRange::between(7, 9),
            code,
            coder: coder.id,
            facets: BTreeMap::new(),
            origin: Origin::Import(Box::new(brought)),
            about: Default::default(),
        }],
    };
    let codes = vec![
        session
            .project()
            .codebook
            .get(code)
            .unwrap()
            .as_ref()
            .clone(),
    ];
    let study = Study {
        coders: vec![coder],
        codes,
        documents: vec![imported],
        attachments: vec![(attachment, None)],
        ..Study::default()
    };
    session.import_study(study).unwrap();
    session
        .run(Action::RemoveAttachment(AttachmentId::from_u128(7)))
        .unwrap();
    session
        .run(Action::RemoveDocuments(vec![DocumentId::from_u128(10)]))
        .unwrap();
}

#[test]
fn entries_of_version_one_read_and_write_the_same() {
    for line in lines() {
        let entry = codec::decode(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(codec::encode(&entry).unwrap(), line);
    }
}

#[test]
fn the_log_of_version_one_folds_to_the_same_project() {
    let entries: Vec<Entry> = lines()
        .iter()
        .map(|line| codec::decode(line).unwrap())
        .collect();
    let project = log::fold(&entries);
    assert_eq!(project.skipped, vec![]);
    assert_eq!(violations(&project), vec![]);
    assert_eq!(
        (
            project.title.as_str(),
            project.documents.len(),
            project.coding_count(),
            project.memos.len()
        ),
        ("Golden 金", 1, 3, 0)
    );
    let document = project.document_by_title("F01 child").unwrap();
    let text = document
        .history
        .text(&ENGLISH.replace("\r\n", "\n"))
        .unwrap();
    assert_eq!(
        text.chars().skip(13).take(8).collect::<String>(),
        "Hoe\u{301}𠮷l, "
    );
    assert_eq!(
        project
            .phases_in_order()
            .iter()
            .map(|phase| phase.name.as_str())
            .collect::<Vec<_>>(),
        ["follow-up", "前测"]
    );
}

#[test]
fn every_kind_of_change_is_in_the_golden_file() {
    let text = lines().join("\n");
    for kind in KINDS.split_whitespace() {
        assert!(
            text.contains(&format!("{{\"{kind}\":")),
            "no {kind} in the golden file"
        );
    }
}

/// Changes that came after the golden file, as they are written.
const LATER: [&str; 9] = [
    r#"{"erased":{"cases":["00000000-0000-0000-0000-000000000009"],"documents":{"00000000-0000-0000-0000-000000000008":{"is_whole":false,"words_left":3,"passages":[[2,9]]}},"counts":{"characters":7,"turns":1,"codings":0,"memos":1,"values":2,"entries":4}}}"#,
    r#"{"document_edited":{"document":"00000000-0000-0000-0000-000000000009","edit":{"turns":{"from":{"revision":null,"speakers":[{"label":"Ann","role":"Participant","case":null}],"edits":[]},"to":{"revision":{"id":"00000000-0000-0000-0000-000000000007","turns":"0a3fad8b0b490447d462f6bdd5020bcba596998047018c4a9c8f4064d6329351","n_turns":7,"known":[["00000000-0000-0000-0000-000000000005",114688000000000001]]},"speakers":[{"label":"Mum","role":"Participant","case":null}],"edits":[]}}}}}"#,
    r#"{"document_edited":{"document":"00000000-0000-0000-0000-000000000009","edit":{"speaker_label":{"speaker":0,"label":{"from":"Mum","to":"Mam"},"of":"00000000-0000-0000-0000-000000000007"}}}}"#,
    r#"{"coder_edited":{"coder":"00000000-0000-0000-0000-000000000009","edit":{"hue":{"from":null,"to":5}}}}"#,
    r#"{"phase_edited":{"phase":"00000000-0000-0000-0000-000000000009","edit":{"translation":{"language":"zh","name":{"from":null,"to":"前测"}}}}}"#,
    r#"{"attribute_edited":{"attribute":"00000000-0000-0000-0000-000000000009","edit":{"translation":{"language":"en","name":{"from":"age","to":null}}}}}"#,
    r#"{"attribute_added":{"id":"00000000-0000-0000-0000-000000000009","name":"training","definition":"","of":"Coders","kind":"YesNo","per_phase":false,"rank":"V"}}"#,
    r#"{"value_set":{"holder":{"coder":"00000000-0000-0000-0000-000000000009"},"attribute":"00000000-0000-0000-0000-000000000008","phase":null,"value":{"from":null,"to":{"YesNo":true}}}}"#,
    r#"{"coder_removed":{"id":"00000000-0000-0000-0000-000000000009","name":"Bo","values":[["00000000-0000-0000-0000-000000000008",null,{"YesNo":true}]]}}"#,
];

#[test]
fn changes_that_came_later_read_and_write_the_same() {
    for line in LATER {
        let change: Change = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&change).unwrap(), line);
    }
}
