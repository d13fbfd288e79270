//! Projects written as REFI-QDA: valid by the official schemas, every position on its words in each variant, no GUID twice, the same bytes again.
//!
//! `TAIN_KEEP_QDPX=FOLDER` keeps the files with a table of their codings, for `scripts/check-qdpx`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
    path::Path,
    process::Command,
    sync::Arc,
};

use proptest::prelude::*;
use quick_xml::events::Event;
use tain::{
    app::{
        Session,
        action::Action,
        edit::{codebook::NEW_FACET, scale::Definition, set::SetDraft},
        import::PathPatterns,
    },
    import::loss::{Losses, Lost},
    log::change::{Change, Holder},
    model::{
        Project,
        attachment::{Attachment, AttachmentKind},
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        code::{Code, Hue, Place},
        coder::Coder,
        coding::{Brought, Coding, Origin},
        document::{Content, Document, Source},
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, CoderId, CodingId, Id, SelectionId},
        invariants::violations,
        localized::{Language, Localized},
        memo::{Anchor, MemoKind},
        query::QueryKind,
        rank::Rank,
        revision::TextHistory,
        scale::Item,
        text::{ContentHash, DocumentText, TextRange},
    },
    refi::{
        CASE_PASSAGE, MEMO_ON,
        write::{QdpxError, QdpxSource, Variant, write_codebook, write_project},
    },
};

use crate::{
    formats::data,
    world::{CHINESE, ENGLISH, transcript, world},
};

const VARIANTS: [Variant; 3] = [Variant::Standard, Variant::NVivo, Variant::AtlasTi];
const PDF: &[u8] = b"%PDF-1.4 invented";
const WORD: &[u8] = b"PK\x03\x04 invented";
const PICTURE: &[u8] = b"\x89PNG invented";

/// An element as it is read back.
#[derive(Debug, Default, Clone)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Self>,
    words: String,
}

impl Element {
    fn parse(xml: &str) -> Self {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Self::begun(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Self::begun(&start)),
                Event::End(_) => {
                    let ended = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(ended);
                }
                Event::Text(text) => open.last_mut().unwrap().words.push_str(&text),
                Event::GeneralRef(entity) => {
                    let name: &str = &entity;
                    let resolved = quick_xml::escape::unescape(&format!("&{name};"))
                        .unwrap()
                        .into_owned();
                    open.last_mut().unwrap().words.push_str(&resolved);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let root = open.pop().unwrap();
        root.children.into_iter().next().unwrap()
    }

    fn begun(start: &quick_xml::events::BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value)
                .unwrap()
                .into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let name = start.name().as_ref().to_owned();
        Self {
            name,
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    fn child(&self, name: &str) -> &Self {
        self.children
            .iter()
            .find(|child| child.name == name)
            .unwrap_or_else(|| panic!("no {name} in {}", self.name))
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All elements of a name, at any depth.
    fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    fn find(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found
    }

    fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        self.children.iter().for_each(|child| child.each(visit));
    }
}

/// A written file, opened.
struct Opened {
    bytes: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
    root: Element,
    losses: Losses,
}

fn write(
    project: &Project,
    content: &dyn Fn(&Document) -> Option<Arc<Content>>,
    variant: Variant,
) -> Opened {
    let stored = |hash: ContentHash| {
        [PDF, WORD, PICTURE]
            .into_iter()
            .find(|bytes| ContentHash::of(bytes) == hash)
            .map(<[u8]>::to_vec)
    };
    let mut to = Cursor::new(Vec::new());
    let sources = QdpxSource {
        project,
        content,
        bytes: &stored,
    };
    let losses = write_project(&sources, variant, &mut to, &mut |done, of| done <= of).unwrap();
    let bytes = to.into_inner();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        files.insert(entry.name().unwrap().into_owned(), content);
    }
    let root = Element::parse(std::str::from_utf8(&files["project.qde"]).unwrap());
    Opened {
        bytes,
        files,
        root,
        losses,
    }
}

/// The words of a selection by the rule of the program that the variant is for.
fn words_at(file: &[u8], variant: Variant, start: usize, end: usize) -> String {
    let text = std::str::from_utf8(file).unwrap();
    match variant {
        Variant::Standard => text.chars().skip(start).take(end - start).collect(),
        Variant::AtlasTi => text
            .replace("\r\n", "\n")
            .chars()
            .skip(start)
            .take(end - start)
            .collect(),
        Variant::NVivo => {
            let units: Vec<u16> = text
                .strip_prefix('\u{feff}')
                .unwrap()
                .encode_utf16()
                .collect();
            String::from_utf16(&units[start..end])
                .unwrap()
                .replace("\r\n", "\n")
        }
    }
}

fn file_of<'a>(opened: &'a Opened, path: &str) -> &'a [u8] {
    &opened.files[&format!("sources/{}", path.strip_prefix("internal://").unwrap())]
}

/// Selections of all sources and representations, each with its words.
fn selections(opened: &Opened, variant: Variant) -> Vec<(&Element, String)> {
    let mut found = Vec::new();
    for source in ["TextSource", "Representation"]
        .into_iter()
        .flat_map(|name| opened.root.find(name))
    {
        let file = file_of(opened, source.get("plainTextPath"));
        for selection in source.named("PlainTextSelection") {
            let at = |name: &str| selection.get(name).parse::<usize>().unwrap();
            found.push((
                selection,
                words_at(file, variant, at("startPosition"), at("endPosition")),
            ));
        }
    }
    found
}

fn guid<K>(id: Id<K>) -> String {
    id.to_string().to_uppercase()
}

/// Every coding of the project stands in the file with its words, code and coder, and no other does.
fn check_codings(
    project: &Project,
    content: &dyn Fn(&Document) -> Option<Arc<Content>>,
    opened: &Opened,
    variant: Variant,
) {
    let mut written = BTreeMap::new();
    for (selection, words) in selections(opened, variant) {
        let name = selection.get("name");
        let beginning: String = words
            .chars()
            .take(40)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        assert_eq!(name.strip_suffix('…').unwrap_or(name), beginning);
        for coding in selection.named("Coding") {
            let said = (
                words.clone(),
                coding.child("CodeRef").get("targetGUID").to_owned(),
                coding.get("creatingUser").to_owned(),
            );
            assert!(
                written
                    .insert(coding.get("guid").to_owned(), said)
                    .is_none()
            );
        }
    }
    let mut expected = BTreeMap::new();
    for document in project.documents.values() {
        let content = content(document).unwrap();
        for coding in &document.codings {
            let words = content.text.slice(coding.range).unwrap().to_owned();
            expected.insert(
                guid(coding.id),
                (words, guid(coding.code), guid(coding.coder)),
            );
        }
    }
    assert_eq!(written, expected, "{variant:?}");
}

/// No GUID stands twice, and everything that is referred to is there.
fn check_guids(opened: &Opened) {
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    opened.root.each(&mut |element| {
        for (name, value) in &element.attributes {
            match name.as_str() {
                "guid" => assert!(own.insert(value.clone()), "{value} twice"),
                "targetGUID" | "originGUID" | "creatingUser" | "creatingUserGUID" => {
                    drop(others.insert(value.clone()))
                }
                "basePath" | "currentPath" => panic!("{name} tells of a home folder"),
                _ => {}
            }
        }
        let containers = [
            "Users",
            "CodeBook",
            "Codes",
            "Variables",
            "Cases",
            "Sources",
            "Notes",
            "Links",
            "Sets",
            "Graphs",
        ];
        assert!(
            !containers.contains(&element.name.as_str()) || !element.children.is_empty(),
            "{} is empty",
            element.name
        );
    });
    assert_eq!(
        others.difference(&own).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert!(
        own.iter()
            .all(|guid| guid.len() == 36 && *guid == guid.to_uppercase())
    );
}

/// Checks a file against one of the official schemas; says so where those or xmllint are missing.
#[expect(clippy::print_stderr, reason = "says what was skipped")]
fn check_schema(schema: &str, xml: &[u8]) {
    let Some(schema) = data(&format!("qda/refi-standard/{schema}")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.xml");
    std::fs::write(&file, xml).unwrap();
    match Command::new("xmllint")
        .arg("--noout")
        .arg("--schema")
        .arg(schema)
        .arg(&file)
        .output()
    {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => eprintln!("skipped: xmllint: {error}"),
    }
}

/// A project in which everything happens that a project can have.
struct Study {
    session: Session,
    /// As the session has it, with originals that it never read.
    project: Project,
    _folder: tempfile::TempDir,
}

impl Study {
    fn content(&self, document: &Document) -> Option<Arc<Content>> {
        self.session.content(document).ok()
    }

    fn write(&self, variant: Variant) -> Opened {
        write(&self.project, &|document| self.content(document), variant)
    }
}

fn study() -> Study {
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

fn codebook(session: &mut Session) {
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

fn people(session: &mut Session) {
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
    run(Action::SetDocumentPhase(document, phase("后测")));
    run(Action::SetDocumentCase {
        document,
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
fn codings(session: &mut Session) {
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
            origin: Origin::Hand,
        })
        .unwrap();
    session.act_as("蔡").unwrap();
    let passages = vec![(english, range(43, 75)), (page, range(13, 25))];
    session
        .run(Action::ApplyCodes {
            passages,
            codes: vec![code("Night")],
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
        Origin::Import(Box::new(Brought {
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

fn notes(session: &mut Session) {
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

#[test]
fn a_project_with_everything_is_valid_and_whole_in_every_variant() {
    let study = study();
    for variant in VARIANTS {
        let opened = study.write(variant);
        check_schema("Project-mrt2019.xsd", &opened.files["project.qde"]);
        check_guids(&opened);
        check_codings(
            &study.project,
            &|document| study.content(document),
            &opened,
            variant,
        );
        assert_eq!(
            opened.bytes,
            study.write(variant).bytes,
            "the same bytes again"
        );
        keep(&study, &opened, variant);
    }
}

/// Keeps a file with a table of its codings, where that is asked for.
fn keep(study: &Study, opened: &Opened, variant: Variant) {
    let Some(folder) = std::env::var_os("TAIN_KEEP_QDPX") else {
        return;
    };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let name = format!("{variant:?}").to_lowercase();
    std::fs::write(folder.join(format!("{name}.qdpx")), &opened.bytes).unwrap();
    let mut table = csv::Writer::from_path(folder.join(format!("{name}.csv"))).unwrap();
    table
        .write_record([
            "coding", "document", "start", "end", "code", "coder", "words",
        ])
        .unwrap();
    for document in study.project.documents.values() {
        let content = study.content(document).unwrap();
        for coding in &document.codings {
            let [start, end] =
                [coding.range.start(), coding.range.end()].map(|position| position.to_string());
            let words = content.text.slice(coding.range).unwrap();
            table
                .write_record([
                    &guid(coding.id),
                    &guid(document.id),
                    &start,
                    &end,
                    &guid(coding.code),
                    &guid(coding.coder),
                    words,
                ])
                .unwrap();
        }
    }
    table.flush().unwrap();
}

#[test]
fn names_and_texts_come_back_as_they_were() {
    let study = study();
    let opened = study.write(Variant::Standard);
    let root = &opened.root;
    assert_eq!(root.get("name"), "Study <研究> & \"more\"");
    assert_eq!(root.child("Description").words, "About <us> & \u{fffd}them");
    assert!(root.get("origin").starts_with("Tain "));
    let code = root.child("CodeBook").child("Codes").child("Code");
    assert_eq!(code.get("name"), "Self & <other>");
    assert_eq!(
        (code.get("color"), code.get("isCodable")),
        ("#B0892A", "true")
    );
    assert_eq!(
        code.child("Description").words,
        "What it\nmeans\n\nApply when: they say \"I\"\n\nNot when: others do\n\nExamples:\n- I can\n- 我可以"
    );
    let below: Vec<&str> = code.named("Code").map(|code| code.get("name")).collect();
    assert_eq!(below, ["Hope", "Fear"]);
    let variables: Vec<(&str, &str)> = root
        .child("Variables")
        .children
        .iter()
        .map(|variable| (variable.get("name"), variable.get("typeOfVariable")))
        .collect();
    assert_eq!(
        variables,
        [
            ("esteem@baseline", "Float"),
            ("esteem@后测", "Float"),
            ("children", "Integer"),
            ("joined", "Date"),
            ("alone", "Boolean"),
            ("income", "Text"),
            ("remark", "Text"),
            ("remark (2)", "Text"),
            ("Phase", "Text"),
            ("Kind", "Text"),
            ("Part of", "Text"),
        ]
    );
    let case = root
        .child("Cases")
        .named("Case")
        .find(|case| case.get("name") == "林家")
        .unwrap();
    let mut values: Vec<&str> = case
        .named("VariableValue")
        .map(|value| value.children[1].words.as_str())
        .collect();
    values.sort_unstable();
    assert_eq!(
        values,
        [
            "17.5",
            "2",
            "20",
            "2025-03-09",
            "a < b & c",
            "false",
            "family",
            "low"
        ]
    );
    assert_eq!(
        (
            case.named("SourceRef").count(),
            case.named("SelectionRef").count()
        ),
        (1, 1)
    );
    let titles: Vec<&str> = root
        .child("Sources")
        .children
        .iter()
        .map(|source| source.get("name"))
        .collect();
    let expected = [
        "F01 child",
        "F02 孩子",
        "F03 'page' <3> & \"4\"",
        "F04 word",
        "F05 empty of codes",
        "house",
        "talk",
        "game",
        "scan",
    ];
    assert_eq!(titles, expected);
}

#[test]
fn memos_stand_where_they_stood() {
    let study = study();
    let opened = study.write(Variant::Standard);
    let root = &opened.root;
    let notes: BTreeMap<&str, &str> = root
        .child("Notes")
        .children
        .iter()
        .map(|note| (note.get("guid"), note.get("name")))
        .collect();
    let mut on = BTreeMap::new();
    root.each(&mut |element| {
        for reference in element.named("NoteRef") {
            on.insert(notes[reference.get("targetGUID")], element.name.as_str());
        }
    });
    let expected = [
        ("on all", "Project"),
        ("on document", "TextSource"),
        ("on passage", "PlainTextSelection"),
        ("on code", "Code"),
        ("on coding", "Coding"),
    ];
    assert_eq!(on, expected.into());
    let links = root.child("Links");
    let mut linked: Vec<&str> = links
        .children
        .iter()
        .filter(|link| link.get("name") == MEMO_ON)
        .map(|link| notes[link.get("originGUID")])
        .collect();
    linked.sort_unstable();
    assert_eq!(linked, ["on case", "on cell", "on cell", "on memo"]);
    assert_eq!(links.children.len(), 5, "and `is met by`");
    let note = root
        .child("Notes")
        .children
        .iter()
        .find(|note| note.get("name") == "on case")
        .unwrap();
    assert_eq!(
        file_of(&opened, note.get("plainTextPath")),
        "on case: 备忘 & <b>\n\u{2}".as_bytes()
    );
    let passage = selections(&opened, Variant::Standard)
        .into_iter()
        .find(|(selection, _)| !selection.children.iter().any(|c| c.name == "Coding"));
    let chinese = CHINESE.chars().skip(25).take(15).collect::<String>();
    assert_eq!(passage.map(|(_, words)| words), Some(chinese));
    let set = root.child("Sets").child("Set");
    assert_eq!(
        set.children
            .iter()
            .map(|child| child.name.as_str())
            .collect::<Vec<_>>(),
        ["Description", "MemberCode", "MemberSource", "MemberNote"]
    );
}

#[test]
fn passages_that_were_brought_keep_their_identity_and_share_it() {
    let opened = study().write(Variant::Standard);
    let found = opened.root.find("PlainTextSelection");
    let brought: Vec<_> = found
        .iter()
        .filter(|selection| selection.get("guid") == guid(SelectionId::from_u128(0xabc_def)))
        .collect();
    assert_eq!(brought.len(), 1);
    assert_eq!(
        (
            brought[0].get("startPosition"),
            brought[0].named("Coding").count()
        ),
        ("1", 2)
    );
    assert_eq!(
        brought[0].child("Coding").get("creationDateTime"),
        "1970-01-01T00:00:01Z"
    );
    // Three codings of one coder and one of another on the same words: two passages.
    let english = opened
        .root
        .find("TextSource")
        .into_iter()
        .find(|source| source.get("name") == "F01 child")
        .unwrap();
    let mut shared: Vec<usize> = english
        .named("PlainTextSelection")
        .map(|selection| selection.named("Coding").count())
        .collect();
    shared.sort_unstable();
    assert_eq!(shared, [1, 3]);
}

#[test]
fn originals_and_attachments_come_along_unless_the_text_was_corrected() {
    let study = study();
    let opened = study.write(Variant::Standard);
    let page = opened.root.find("PDFSource")[0];
    assert_eq!(file_of(&opened, page.get("path")), PDF);
    let representation = page.child("Representation");
    assert_ne!(representation.get("guid"), page.get("guid"));
    assert_eq!(representation.find("Coding").len(), 3);
    let word = opened
        .root
        .find("TextSource")
        .into_iter()
        .find(|source| source.get("name") == "F04 word")
        .unwrap();
    assert_eq!(file_of(&opened, word.get("richTextPath")), WORD);
    assert_eq!(
        file_of(&opened, opened.root.find("PictureSource")[0].get("path")),
        PICTURE
    );
    for missing in ["AudioSource", "VideoSource"] {
        assert_eq!(opened.root.find(missing)[0].get("path"), "", "{missing}");
    }
    assert!(
        opened
            .files
            .keys()
            .all(|name| name == "project.qde" || name.starts_with("sources/"))
    );

    let mut project = study.project.clone();
    let english = project
        .documents
        .values_mut()
        .find(|document| document.title == "F01 child")
        .unwrap();
    let source = &mut Arc::make_mut(english).source;
    (source.file, source.original) = ("child.docx".to_owned(), ContentHash::of(WORD));
    let opened = write(
        &project,
        &|document| study.content(document),
        Variant::Standard,
    );
    let corrected = opened
        .root
        .find("TextSource")
        .into_iter()
        .find(|source| source.get("name") == "F01 child")
        .unwrap();
    assert_eq!(
        corrected.get("richTextPath"),
        "",
        "the words that were corrected don't leave the project"
    );
    assert_eq!(opened.losses.count(Lost::Formatting), 1);
}

#[test]
fn what_does_not_survive_is_said() {
    let losses = study().write(Variant::NVivo).losses;
    for (kind, count) in [
        (Lost::Translations, 1),
        (Lost::CodeDetail, 1),
        (Lost::Facets, 2),
        (Lost::CaseTree, 3),
        (Lost::Phases, 2),
        (Lost::Absence, 1),
        (Lost::Turns, 2),
        (Lost::MissingFile, 2),
        (Lost::SetMember, 1),
        (Lost::Queries, 1),
        (Lost::Scales, 1),
        (Lost::Origin, 2),
        (Lost::History, 1),
        (Lost::LinkEnd, 1),
        (Lost::MemoKind, 2),
        (Lost::Cell, 1),
        (Lost::Categories, 1),
        (Lost::Characters, 1),
        (Lost::Renamed, 1),
        (Lost::SameIdentity, 0),
    ] {
        assert_eq!(losses.count(kind), count, "{kind:?}: {losses:?}");
    }
}

#[test]
fn a_codebook_alone_is_valid() {
    let study = study();
    let (bytes, losses) = write_codebook(&study.project);
    check_schema("Codebook-mrt2019.xsd", &bytes);
    let root = Element::parse(std::str::from_utf8(&bytes).unwrap());
    assert_eq!(root.find("Code").len(), 5);
    assert_eq!(
        root.child("Sets")
            .child("Set")
            .child("MemberCode")
            .get("guid"),
        guid(study.project.codebook.find("Hope").unwrap())
    );
    assert_eq!(
        (
            losses.count(Lost::Memo),
            losses.count(Lost::SetMember),
            losses.count(Lost::Translations)
        ),
        (1, 3, 1)
    );
    let (again, _) = write_codebook(&study.project);
    assert_eq!(bytes, again);
}

#[test]
fn an_empty_project_is_valid_too() {
    let opened = write(
        &Project {
            title: "空".to_owned(),
            ..Project::default()
        },
        &|_| None,
        Variant::Standard,
    );
    check_schema("Project-mrt2019.xsd", &opened.files["project.qde"]);
    check_guids(&opened);
    assert!(opened.root.children.is_empty());
}

#[test]
fn things_of_one_identity_get_a_guid_each() {
    let mut project = study().project;
    let number = project.cases.keys().next().unwrap().as_u128();
    let code = Code::new(
        CodeId::from_u128(number),
        Place {
            parent: None,
            rank: Rank::after([].into_iter()),
        },
        Localized::plain("Twin"),
        Hue::new(0),
    );
    project.codebook.codes.insert(code.id, Arc::new(code));
    project.language = Language::ZH;
    let (bytes, losses) = write_codebook(&project);
    assert_eq!(losses.count(Lost::SameIdentity), 1);
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains(&guid(CodeId::from_u128(number))),
        "the code keeps it"
    );
    assert!(text.contains("适用：they say"), "{text}");
}

#[test]
fn a_missing_text_and_a_cancel_end_the_writing() {
    let study = study();
    let sources = QdpxSource {
        project: &study.project,
        content: &|_| None,
        bytes: &|_| None,
    };
    let error = write_project(
        &sources,
        Variant::Standard,
        Cursor::new(Vec::new()),
        &mut |_, _| true,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the text of “F01 child” can't be read; run tain check on the project"
    );
    let content = |document: &Document| study.content(document);
    let sources = QdpxSource {
        project: &study.project,
        content: &content,
        bytes: &|_| None,
    };
    let error = write_project(
        &sources,
        Variant::Standard,
        Cursor::new(Vec::new()),
        &mut |done, _| done < 3,
    )
    .unwrap_err();
    assert!(matches!(error, QdpxError::Cancelled));
}

/// A project of one document with these codings.
fn bare(text: &str, ranges: &[(u32, u32)]) -> (Project, Arc<Content>) {
    let text = DocumentText::new(text);
    let hash = ContentHash::of(text.as_str().as_bytes());
    let mut project = Project::default();
    let (coder, code) = (
        Coder {
            id: CoderId::from_u128(1),
            name: "An".to_owned(),
        },
        CodeId::from_u128(2),
    );
    project.codebook.codes.insert(
        code,
        Arc::new(Code::new(
            code,
            Place {
                parent: None,
                rank: Rank::after([].into_iter()),
            },
            Localized::plain("A"),
            Hue::new(0),
        )),
    );
    let mut document = Document {
        id: Id::from_u128(3),
        title: "one".to_owned(),
        source: Source {
            file: "one.txt".to_owned(),
            read_as: "UTF-8".to_owned(),
            original: hash,
            text: hash,
            chars: text.len_chars(),
            turns: hash,
            n_turns: 0,
        },
        history: TextHistory::default(),
        words: 0,
        speakers: Vec::new(),
        turn_edits: Vec::new(),
        phase: None,
        cases: BTreeSet::new(),
        values: BTreeMap::new(),
        codings: Vec::new(),
    };
    for (number, (start, len)) in (10u128..).zip(ranges) {
        let start = start % text.len_chars();
        let end = (start + 1 + len).min(text.len_chars());
        document.insert_coding(Coding {
            id: CodingId::from_u128(number),
            range: TextRange::between(start, end),
            code,
            coder: coder.id,
            facets: BTreeMap::new(),
            origin: Origin::Hand,
        });
    }
    project.coders.insert(coder.id, coder);
    project.documents.insert(document.id, Arc::new(document));
    (
        project,
        Arc::new(Content {
            text,
            turns: Vec::new(),
        }),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_coding_keeps_its_words_in_every_variant(
        text in "[ab 自信\n😀𠮷&<>\"'\u{301}\u{feff}\u{1}]{1,120}",
        ranges in proptest::collection::vec((0u32..120, 0u32..60), 0..12),
    ) {
        let (project, content) = bare(&text, &ranges);
        for variant in VARIANTS {
            let content = |_: &Document| Some(Arc::clone(&content));
            let opened = write(&project, &content, variant);
            // A mark at the start of the text itself is doubled, and readers take one away.
            if variant != Variant::NVivo && text.starts_with('\u{feff}') {
                let file = opened.files.iter().find(|(name, _)| name.starts_with("sources/")).unwrap().1;
                let doubled = file.starts_with("\u{feff}\u{feff}".as_bytes());
                prop_assert!(doubled);
                continue;
            }
            check_codings(&project, &content, &opened, variant);
            check_guids(&opened);
        }
    }
}
