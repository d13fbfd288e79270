//! Projects written as REFI-QDA: valid by the official schemas, every position on its words in each variant, no GUID twice, the same bytes again.
//!
//! `TAIN_KEEP_QDPX=FOLDER` keeps the files with a table of their codings, for `scripts/check-qdpx`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
    path::Path,
    sync::Arc,
};

use proptest::prelude::*;
use tain::{
    import::loss::Lost,
    model::{
        Project,
        code::{Code, CodePlace, Hue},
        coder::Coder,
        coding::{Coding, Origin},
        document::{Content, Document, DocumentSource},
        ids::{CodeId, CoderId, CodingId, Id, SelectionId},
        localized::{Language, Localized},
        rank::Rank,
        revision::TextHistory,
        text::{ContentHash, DocumentText, TextRange},
    },
    refi::{
        MEMO_ON,
        write::{QdpxError, QdpxSource, Variant, write_codebook, write_project},
    },
};

use crate::{
    qdpx::{
        Element, Opened, PDF, PICTURE, VARIANTS, WORD, check_codings, check_guids, check_schema,
        file_of, guid, selections, write,
    },
    refi_study::{Study, study},
    world::CHINESE,
};

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
        CodePlace {
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
        Coder::new(CoderId::from_u128(1), "An".to_owned()),
        CodeId::from_u128(2),
    );
    project.codebook.codes.insert(
        code,
        Arc::new(Code::new(
            code,
            CodePlace {
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
        source: DocumentSource {
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
        revision: None,
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
            about: Default::default(),
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
    #![proptest_config(crate::world::cases(64))]

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
