//! A project in which everything happens that a project can have, to be written as REFI-QDA.

use std::{collections::BTreeMap, sync::Arc};

use tain::{
    app::{
        Session,
        action::Action,
        edit::{codebook::NEW_FACET, scale::Definition, set::SetDraft},
        import::PathPatterns,
    },
    log::change::{Change, Holder},
    model::{
        Project,
        attachment::{Attachment, AttachmentKind},
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        code::{Code, Hue},
        coding::{Coding, ImportedOrigin, Origin},
        document::{Content, Document},
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodingId, Id, SelectionId},
        invariants::violations,
        localized::Localized,
        memo::{Anchor, MemoKind},
        query::QueryKind,
        scale::Item,
        text::{ContentHash, TextRange},
    },
    refi::{CASE_PASSAGE, write::Variant},
};

use crate::{
    qdpx::{Opened, PDF, PICTURE, WORD, write},
    world::{CHINESE, ENGLISH, transcript, world},
};

/// A project in which everything happens that a project can have.
pub(crate) struct Study {
    pub(crate) session: Session,
    /// As the session has it, with originals that it never read.
    pub(crate) project: Project,
    _folder: tempfile::TempDir,
}

impl Study {
    pub(crate) fn content(&self, document: &Document) -> Option<Arc<Content>> {
        self.session.content(document).ok()
    }

    pub(crate) fn write(&self, variant: Variant) -> Opened {
        write(&self.project, &|document| self.content(document), variant)
    }
}

pub(crate) fn study() -> Study {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(
        &folder.path().join("p.tain"),
        "Study <研究> & \"more\"",
        "An",
        world(5),
    )
    .unwrap();
    let documents = vec![
        transcript("F01 child.txt", ENGLISH),
        transcript("F02 孩子.txt", CHINESE),
        transcript(
            "F03 'page' <3> & \"4\".txt",
            "One 😀 page.\nTwo pages 𠮷.\n",
        ),
        transcript("F04 word.txt", "A letter.\n"),
        transcript("F05 empty of codes.txt", "Nothing here.\n"),
    ];
    session
        .add_documents(documents, &PathPatterns::default())
        .unwrap();
    codebook(&mut session);
    people(&mut session);
    codings(&mut session);
    notes(&mut session);
    assert_eq!(violations(session.project()), vec![]);
    let mut project = Project::clone(session.project());
    for (title, file, bytes) in [
        ("F03 'page' <3> & \"4\"", "a/page.PDF", PDF),
        ("F04 word", "word.docx", WORD),
    ] {
        let document = project
            .documents
            .values_mut()
            .find(|document| document.title == title)
            .unwrap();
        let source = &mut Arc::make_mut(document).source;
        (source.file, source.original) = (file.to_owned(), ContentHash::of(bytes));
    }
    Study {
        session,
        project,
        _folder: folder,
    }
}

pub(crate) fn codebook(session: &mut Session) {
    let book = r#"(codes: [(name: (text: "Self & <other>", translations: {"zh": "自我"}), hue: 3, definition: (text: "What it\nmeans"), key: Some('1'),
        apply_when: (text: "they say \"I\""), not_when: (text: "others do"), examples: [(text: "I can"), (text: "我可以")],
        indicators: [(language: "en", expression: "I can")], codes: [(name: (text: "Hope")), (name: (text: "Fear"), codes: [(name: (text: "Night"))])])
        ,(name: (text: "需要"))])"#;
    session
        .import_codebook("book.ron", book.as_bytes().to_vec())
        .unwrap();
    let project = Arc::clone(session.project());
    let hope = project
        .codebook
        .get(project.codebook.find("Hope").unwrap())
        .unwrap();
    let facets = vec![Facet {
        id: NEW_FACET,
        name: Localized::plain("how much"),
        kind: FacetKind::Intensity,
    }];
    session
        .run(Action::SetCode(Box::new(Code {
            facets,
            hue: Hue::new(15),
            ..Code::clone(hope)
        })))
        .unwrap();
    session
        .run(Action::SetDescription("About <us> & \u{1}them".to_owned()))
        .unwrap();
    session.run(Action::AddCoder("蔡".to_owned())).unwrap();
}

pub(crate) fn people(session: &mut Session) {
    let mut run = |action: Action| session.run(action).map(|_| ()).unwrap();
    for phase in ["baseline", "后测"] {
        run(Action::AddPhase(phase.to_owned()));
    }
    run(Action::AddCase {
        name: "林家".to_owned(),
        kind: CaseKind::family(),
        parent: None,
    });
    run(Action::AddCase {
        name: "Reed".to_owned(),
        kind: CaseKind::family(),
        parent: None,
    });
    let cases = AttributeOf::Cases;
    for (name, of, kind, per_phase) in [
        ("esteem", cases, AttributeKind::Number, true),
        ("children", cases, AttributeKind::Number, false),
        ("joined", cases, AttributeKind::Date, false),
        ("alone", cases, AttributeKind::YesNo, false),
        (
            "income",
            cases,
            AttributeKind::Category(vec!["low".to_owned(), "high".to_owned()]),
            false,
        ),
        ("remark", cases, AttributeKind::Text, false),
        ("remark", AttributeOf::Documents, AttributeKind::Text, false),
    ] {
        run(Action::AddAttribute {
            name: name.to_owned(),
            of,
            kind,
            per_phase,
        });
    }
    let project = Arc::clone(session.project());
    let case = project.case_by_name("林家").unwrap().id;
    let mut run = |action: Action| session.run(action).map(|_| ()).unwrap();
    run(Action::AddCase {
        name: "小远".to_owned(),
        kind: CaseKind::person(),
        parent: Some(case),
    });
    let document = project.document_by_title("F02 孩子").unwrap().id;
    let phase = |name: &str| project.phase_by_name(name).map(|phase| phase.id);
    let attribute = |of, name: &str| project.attribute_by_name(of, name).unwrap().id;
    for (name, phase, text) in [
        ("esteem", phase("baseline"), "17.5"),
        ("esteem", phase("后测"), "20"),
        ("children", None, "2"),
        ("joined", None, "2025-03-09"),
        ("alone", None, "no"),
        ("income", None, "low"),
        ("remark", None, "a < b & c"),
    ] {
        let holder = Holder::Case(case);
        run(Action::SetValue {
            holder,
            attribute: attribute(cases, name),
            phase,
            text: text.to_owned(),
        });
    }
    let reed = Holder::Case(project.case_by_name("Reed").unwrap().id);
    run(Action::SetValue {
        holder: reed,
        attribute: attribute(cases, "children"),
        phase: None,
        text: "not asked".to_owned(),
    });
    let of = AttributeOf::Documents;
    run(Action::SetValue {
        holder: Holder::Document(document),
        attribute: attribute(of, "remark"),
        phase: None,
        text: "loud".to_owned(),
    });
    run(Action::SetDocumentsPhase(vec![document], phase("后测")));
    run(Action::SetDocumentsCase {
        documents: vec![document],
        case,
        belongs: true,
    });
    let items = vec![Item {
        attribute: attribute(cases, "esteem"),
        reversed: false,
    }];
    run(Action::SetScale(
        None,
        Definition {
            name: "Esteem".to_owned(),
            items,
            range: (1.0, 4.0),
            fewest: None,
        },
    ));
    run(Action::AddQuery {
        kind: QueryKind::Words,
        name: "Hopes".to_owned(),
        text: "hope".to_owned(),
    });
}

/// Codings by two coders on every document, brought ones that share a passage, and one that was corrected.
pub(crate) fn codings(session: &mut Session) {
    let project = Arc::clone(session.project());
    let code = |name: &str| project.codebook.find(name).unwrap();
    let range = TextRange::between;
    let of = |title: &str| project.document_by_title(title).unwrap().id;
    let (english, chinese, page) = (
        of("F01 child"),
        of("F02 孩子"),
        of("F03 'page' <3> & \"4\""),
    );
    let facet = project.codebook.get(code("Hope")).unwrap().facets[0].id;
    let facets: BTreeMap<_, _> = [(facet, FacetValue::Intensity(40))].into();
    session
        .run(Action::ApplyCode {
            document: english,
            range: range(43, 75),
            code: code("Hope"),
            facets,
            about: Default::default(),
        })
        .unwrap();
    let passages = vec![
        (english, range(43, 75)),
        (chinese, range(11, 60)),
        (chinese, range(25, 27)),
        (page, range(4, 14)),
    ];
    session
        .run(Action::ApplyCodes {
            passages,
            codes: vec![code("Fear"), code("需要")],
            about: Default::default(),
            origin: Origin::Hand,
        })
        .unwrap();
    session.act_as("蔡").unwrap();
    let passages = vec![(english, range(43, 75)), (page, range(13, 25))];
    session
        .run(Action::ApplyCodes {
            passages,
            codes: vec![code("Night")],
            about: Default::default(),
            origin: Origin::Search("night".into()),
        })
        .unwrap();
    session.act_as("An").unwrap();
    session
        .run(Action::ReplaceText {
            document: english,
            range: range(0, 11),
            to: "Q😀".to_owned(),
        })
        .unwrap();
    let coder = session.coder().unwrap();
    let brought = |selection: u128| {
        Origin::Import(Box::new(ImportedOrigin {
            selection: Some(SelectionId::from_u128(selection)),
            made_millis: Some(1_000),
        }))
    };
    let coding = |id: u128, (start, end), name: &str, selection| Change::CodingAdded {
        document: chinese,
        coding: Coding {
            id: CodingId::from_u128(id),
            range: range(start, end),
            code: code(name),
            coder,
            facets: BTreeMap::new(),
            origin: brought(selection),
            about: Default::default(),
        },
    };
    let codings = vec![
        coding(0xabc1, (1, 30), "Hope", 0xabc_def),
        coding(0xabc2, (1, 30), "Night", 0xabc_def),
        coding(0xabc3, (2, 30), "Fear", 0xabc_def),
    ];
    let mut tx = session.transaction("import");
    tx.record_all(codings);
    let prepared = tx.finish().unwrap();
    session.commit(prepared).unwrap();
}

pub(crate) fn notes(session: &mut Session) {
    let project = Arc::clone(session.project());
    let document = project.document_by_title("F02 孩子").unwrap();
    let case = project.case_by_name("林家").unwrap().id;
    let code = project.codebook.find("Hope").unwrap();
    let segment = Anchor::Segment(document.id, TextRange::between(25, 40));
    let memo = |session: &mut Session, anchor, kind, title: &str| {
        let action = Action::AddMemo {
            anchor,
            kind,
            title: title.to_owned(),
            body: format!("{title}: 备忘 & <b>\n\u{2}"),
        };
        session.run(action).unwrap();
    };
    for (anchor, kind, title) in [
        (Anchor::Project, MemoKind::Method, "on all"),
        (
            Anchor::Document(document.id),
            MemoKind::Analytic,
            "on document",
        ),
        (segment, MemoKind::Analytic, "on passage"),
        (Anchor::Case(case), MemoKind::Reflexive, "on case"),
        (Anchor::Code(code), MemoKind::Analytic, "on code"),
        (
            Anchor::Coding(document.id, document.codings[0].id),
            MemoKind::Analytic,
            "on coding",
        ),
        (Anchor::Cell(case, code), MemoKind::Analytic, "on cell"),
    ] {
        memo(session, anchor, kind, title);
    }
    let first = *session.project().memos.keys().next().unwrap();
    memo(session, Anchor::Memo(first), MemoKind::Analytic, "on memo");
    for (name, from, to) in [
        ("is met by", Anchor::Code(code), segment),
        (CASE_PASSAGE, Anchor::Case(case), segment),
        ("belongs to", Anchor::Memo(first), Anchor::Project),
    ] {
        session
            .run(Action::AddLink {
                name: name.to_owned(),
                from,
                to,
            })
            .unwrap();
    }
    let members = [
        Anchor::Code(code),
        Anchor::Document(document.id),
        Anchor::Case(case),
        Anchor::Memo(first),
    ]
    .into();
    session
        .run(Action::SetSet(
            None,
            SetDraft {
                name: "Round 1".to_owned(),
                description: "of <all>".to_owned(),
                members,
            },
        ))
        .unwrap();
    let attachment = |id: u128, kind, name: &str, file: &str, bytes: Option<&[u8]>| {
        let content = bytes.map(ContentHash::of);
        let attachment = Attachment {
            id: Id::from_u128(id),
            name: name.to_owned(),
            kind,
            file: file.to_owned(),
            content,
            len_bytes: 3,
        };
        Change::AttachmentAdded(attachment)
    };
    let added = vec![
        attachment(
            1,
            AttachmentKind::Picture,
            "house",
            "a/house.PNG",
            Some(PICTURE),
        ),
        attachment(2, AttachmentKind::Audio, "talk", "talk.mp3", None),
        attachment(
            3,
            AttachmentKind::Video,
            "game",
            "game.m../4",
            Some(b"nowhere"),
        ),
        attachment(4, AttachmentKind::Pdf, "scan", "scan", Some(PDF)),
    ];
    let mut tx = session.transaction("import");
    tx.record_all(added);
    let prepared = tx.finish().unwrap();
    session.commit(prepared).unwrap();
}
