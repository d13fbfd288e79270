//! Projects and codebooks of other programs in REFI-QDA: real ones, where the folder with them is there, and small ones with every quirk.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use tain::{
    app::{Session, edit::study::Counts},
    import::{loss::Lost, study::Study},
    message::language::UiLanguage,
    model::{
        attribute::{AttributeOf, AttributeValue},
        coding::{Coding, Origin},
        invariants::violations,
        memo::Anchor,
        text::TextRange,
    },
    refi::{
        CASE_PASSAGE,
        read::{read_codebook, read_project},
    },
};

use crate::world::world;

/// The folder of real files, or `None` with a message.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("TAIN_SHARED").map(PathBuf::from);
    let folder = named
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"))
        .join("data/qda");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

fn project_of(folder: &Path, name: &str) -> Study {
    read_project(name, &std::fs::read(folder.join(name)).unwrap()).unwrap()
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn slice(study: &Study, document: usize, range: TextRange) -> String {
    study.documents[document]
        .imported
        .text
        .slice(range)
        .unwrap()
        .to_owned()
}

fn codings(study: &Study) -> impl Iterator<Item = (usize, &Coding)> {
    study
        .documents
        .iter()
        .enumerate()
        .flat_map(|(at, document)| document.codings.iter().map(move |coding| (at, coding)))
}

fn levels(study: &Study) -> usize {
    let parent = |id| {
        study
            .codes
            .iter()
            .find(|code| code.id == id)
            .and_then(|code| code.place.parent)
    };
    study
        .codes
        .iter()
        .map(|code| std::iter::successors(Some(code.id), |id| parent(*id)).count())
        .max()
        .unwrap_or(0)
}

/// Takes a study into a new project, twice: every change makes sense, and the second time nothing new comes.
fn taken(study: &Study) -> Counts {
    let folder = tempfile::tempdir().unwrap();
    let mut session =
        Session::create(&folder.path().join("a.tain"), "Study", "An", world(7)).unwrap();
    let first = session.import_study(study.clone()).unwrap();
    assert_eq!(violations(session.project()), []);
    let revision = session.revision();
    let again = session.import_study(study.clone()).unwrap();
    assert_eq!(again.counts.codings.added, 0);
    assert_eq!(
        session.revision(),
        revision,
        "a second import brings nothing"
    );
    first.counts
}

#[test]
fn nvivo_counts_utf_16_and_two_for_a_line_end() {
    let Some(folder) = shared() else { return };
    let study = project_of(&folder, "nvivo-win-12.6/comments_masked.qdpx");
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            levels(&study),
            study.coders.len()
        ),
        (2, 152, 4, 2)
    );
    assert_eq!(
        study
            .codes
            .iter()
            .filter(|code| !code.definition.is_empty())
            .count(),
        82
    );
    assert_eq!(study.losses.count(Lost::NotCodable), 1);
    assert_eq!(codings(&study).count(), 303);
    assert_eq!(study.losses.count(Lost::OutsideText), 0);
    let positions = study
        .positions
        .as_ref()
        .unwrap()
        .message()
        .say(UiLanguage::English);
    assert!(
        positions.starts_with("UTF-16 units, CRLF as two: 100 % fit of the 303"),
        "{positions}"
    );
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let clean = codings(&study).filter(|(at, coding)| {
        let text = study.documents[*at].imported.text.as_str();
        let before = text
            .chars()
            .nth((coding.range.start() as usize).wrapping_sub(1))
            .filter(|_| coding.range.start() > 0);
        edge(before)
    });
    assert!(clean.count() >= 300, "passages begin with words");
    assert!(study.documents.iter().all(|document| {
        document
            .imported
            .original
            .as_ref()
            .is_some_and(|bytes| bytes.starts_with(b"PK"))
    }));
    let counts = taken(&study);
    assert_eq!((counts.codes.added, counts.documents.added), (152, 2));
}

#[test]
fn qc_writes_bare_paths_and_whole_lines() {
    let Some(folder) = shared() else { return };
    let study = project_of(&folder, "qc-1.3.2/demo.qdpx");
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            levels(&study),
            study.coders.len()
        ),
        (2, 262, 7, 1)
    );
    assert_eq!(codings(&study).count(), 205);
    let mut selections: Vec<_> = codings(&study)
        .filter_map(|(_, coding)| match &coding.origin {
            Origin::Import(brought) => brought.selection,
            _ => None,
        })
        .collect();
    selections.sort_unstable();
    selections.dedup();
    assert_eq!(selections.len(), 158);
    for (at, coding) in codings(&study) {
        assert!(slice(&study, at, coding.range).ends_with('\n'));
    }
    assert_eq!(taken(&study).codes.added, 262);
}

#[test]
fn qualcoder_has_two_coders_and_annotations() {
    let Some(folder) = shared() else { return };
    let study = project_of(&folder, "qualcoder-4.0/two_coders_zh_en_lf.qdpx");
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            study.coders.len(),
            study.cases.len()
        ),
        (3, 11, 2, 2)
    );
    assert_eq!(study.losses.count(Lost::NotCodable), 3);
    let all: Vec<_> = codings(&study).collect();
    let li = study
        .coders
        .iter()
        .find(|coder| coder.name == "coder_li")
        .unwrap()
        .id;
    let own = all.iter().filter(|(_, coding)| coding.coder == li).count();
    assert_eq!((all.len(), own.max(97 - own)), (97, 57));
    assert!(study.attributes.len() >= 3);
    assert_eq!(
        study
            .memos
            .iter()
            .filter(|memo| matches!(memo.anchor, Anchor::Segment(..)))
            .count(),
        2
    );
    let reflection = study
        .memos
        .iter()
        .find(|memo| memo.title == "Reflection 1")
        .unwrap();
    assert!(!reflection.body.is_empty() && reflection.anchor == Anchor::Project);
    assert_eq!(
        study.description,
        "Two coders, Chinese and English. 两名编码者。"
    );
    assert_eq!(study.losses.count(Lost::OutsideText), 0);
    // The names of its passages repeat their words: none is a title of its own.
    let titles: Vec<_> = study
        .losses
        .iter()
        .filter(|(kind, _)| *kind == Lost::PassageTitle)
        .collect();
    assert!(titles.is_empty(), "{titles:?}");
    let emoji = study
        .documents
        .iter()
        .position(|document| document.imported.text.as_str().contains('🙂'))
        .unwrap();
    let (at, coding) = all
        .iter()
        .find(|(at, coding)| *at == emoji && coding.range.start() == 21)
        .unwrap();
    assert_eq!(
        slice(&study, *at, coding.range),
        "受訪者：好的 👍🏽，我先說說我媽媽 👩‍👧。"
    );
    taken(&study);
}

#[test]
fn a_project_without_its_files_says_what_is_missing() {
    let Some(folder) = shared() else { return };
    let study = project_of(&folder, "refi-standard/atlasti84_standard_project.qdpx");
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            levels(&study),
            study.coders.len()
        ),
        (0, 14, 1, 3)
    );
    assert_eq!(
        study
            .codes
            .iter()
            .filter(|code| !code.definition.is_empty())
            .count(),
        7
    );
    assert_eq!(
        (study.memos.len(), study.sets.len(), study.attachments.len()),
        (2, 16, 6)
    );
    assert_eq!(
        study
            .sets
            .iter()
            .map(|set| set.members.len())
            .sum::<usize>(),
        19
    );
    assert_eq!(study.losses.count(Lost::SetMember), 23);
    assert_eq!(
        (
            study.losses.count(Lost::Graph),
            study.losses.count(Lost::LinkEnd)
        ),
        (1, 1)
    );
    assert!(
        study.losses.count(Lost::MissingFile) >= 6 + 2 + 1 + 1 + 2,
        "{:?}",
        study.losses
    );
    let lost = [
        Lost::OutsideText,
        Lost::PageArea,
        Lost::PictureCoding,
        Lost::MediaCoding,
    ]
    .map(|kind| study.losses.count(kind));
    assert!(lost.iter().all(|count| *count > 0), "{lost:?}");
    taken(&study);
}

#[test]
fn one_of_every_element_is_taken_in() {
    let Some(folder) = shared() else { return };
    let folder = folder.join("hand-authored");
    let qde = std::fs::read(folder.join("project.qde")).unwrap();
    let name = "11111111-1111-1111-1111-111111111111.txt";
    let text = std::fs::read(folder.join("sources").join(name)).unwrap();
    let bytes = zip_of(&[("project.qde", &qde), (&format!("sources/{name}"), &text)]);
    let study = read_project("hand.qdpx", &bytes).unwrap();
    // The text, the words of the PDF, the transcript.
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            study.cases.len(),
            study.attachments.len()
        ),
        (3, 4, 1, 3)
    );
    assert_eq!(
        (study.memos.len(), study.sets.len(), study.attributes.len()),
        (2, 1, 2)
    );
    let said: Vec<String> = codings(&study)
        .map(|(at, coding)| slice(&study, at, coding.range))
        .collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(
        said.contains(&"diet and health".to_owned())
            && said.contains(&"Diet and health".to_owned()),
        "{said:?}"
    );
    assert_eq!(
        (
            study.losses.count(Lost::PictureCoding),
            study.losses.count(Lost::MediaCoding)
        ),
        (1, 2)
    );
    let case = &study.cases[0];
    assert!(
        case.values
            .values()
            .any(|value| *value == AttributeValue::Number(34.0))
    );
    assert!(study.documents[0].cases.contains(&case.id));
    let speaks = study
        .links
        .iter()
        .find(|link| link.name == CASE_PASSAGE)
        .unwrap();
    assert_eq!(speaks.from, Anchor::Case(case.id));
    assert!(study.links.iter().any(
        |link| link.name == "Memo-Selection Relation" && matches!(link.to, Anchor::Segment(..))
    ));
    assert_eq!(
        study.documents[2].imported.turns.first().unwrap().at_millis,
        Some(0)
    );
    taken(&study);
    // The XML alone: what stands in it is read, what lies beside it is missing.
    let alone = read_project("project.qde", &qde).unwrap();
    assert_eq!(alone.documents.len(), 1);
}

#[test]
fn codebooks_of_all_programs_are_read() {
    let Some(folder) = shared() else { return };
    let read =
        |name: &str| read_codebook(name, &std::fs::read(folder.join(name)).unwrap()).unwrap();
    for (name, codes, depth, sets) in [
        ("taguette-1.5.2/codebook.qdc", 8, 1, 0),
        ("qualcoder-4.0/two_coders_zh_en.qdc", 11, 3, 0),
        ("atlasti-win-9/codebook_ns_0_4.qdc", 5, 2, 2),
    ] {
        let study = read(name);
        assert_eq!(
            (study.codes.len(), levels(&study), study.sets.len()),
            (codes, depth, sets),
            "{name}"
        );
        assert_eq!(study.losses.count(Lost::SetMember), 0, "{name}");
        taken(&study);
    }
    let example = read("refi-standard/spec15_codebook_example.qdc");
    assert!(
        example
            .codes
            .iter()
            .any(|code| code.name.text == "Economy" && !code.definition.is_empty())
    );
}

const HEAD: &str = r#"<Project name="小研究" origin="Fixture 1" creatingUserGUID="10000000-0000-0000-0000-000000000001"><Users><User guid="{10000000-0000-0000-0000-000000000001}" name="Lin"/></Users>"#;
const CODES: &str = r#"<CodeBook><Codes><Code guid="20000000-0000-0000-0000-00000000000A" name="Being heard 被听见" isCodable="true"/></Codes></CodeBook>"#;

fn fixture(body: &str, files: &[(&str, &[u8])]) -> Study {
    let xml = format!("{HEAD}{body}</Project>");
    let mut parts = vec![("Trial of ours.qde", xml.as_bytes())];
    parts.extend_from_slice(files);
    read_project("small.qdpx", &zip_of(&parts)).unwrap()
}

fn coded(number: u32) -> String {
    format!(
        r#"<Coding guid="60000000-0000-0000-0000-0000000000{number:02}"><CodeRef targetGUID="20000000-0000-0000-0000-00000000000a"/></Coding>"#
    )
}

fn passage(number: u32, (start, end): (u32, u32), inner: &str) -> String {
    format!(
        r#"<PlainTextSelection guid="50000000-0000-0000-0000-0000000000{number:02}" startPosition="{start}" endPosition="{end}">{inner}</PlainTextSelection>"#
    )
}

#[test]
fn paths_are_found_however_they_are_written() {
    for (path, part) in [
        ("internal://A.txt", "Sources/a.TXT"),
        ("internal:///a.txt", "sources\\A.txt"),
        ("relative:///x/a.txt", "sources/a.txt"),
        ("a.txt", "sources/a.txt"),
        ("sources\\a.txt", "sources/a.txt"),
        ("internal:/a.txt", "./sources/a.txt"),
        ("internal://my%20a.txt", "sources/my a.txt"),
        ("internal://a.txt", "../../sources/../a.txt"),
    ] {
        let source = format!(
            r#"{CODES}<Sources><TextSource guid="40000000-0000-0000-0000-000000000001" name="Talk" plainTextPath="{path}">{}</TextSource></Sources>"#,
            passage(1, (0, 2), &coded(1))
        );
        let study = fixture(
            &source,
            &[
                (part, "\u{feff}你好 hello".as_bytes()),
                ("__MACOSX/._x.qde", b"junk"),
                ("sources/.root", b""),
            ],
        );
        if part.starts_with("..") {
            assert_eq!(study.losses.count(Lost::MissingFile), 1);
            continue;
        }
        assert_eq!(study.documents.len(), 1, "{path} {part}");
        let coding = &study.documents[0].codings[0];
        assert_eq!(slice(&study, 0, coding.range), "你好", "{path} {part}");
        assert_eq!(
            coding.code.to_string(),
            "20000000-0000-0000-0000-00000000000a"
        );
    }
}

#[test]
fn bounds_are_clamped_and_what_lies_outside_is_said() {
    let passages = [(0, 99), (3, 3), (50, 60), (4, 5)];
    let passages: String = passages
        .into_iter()
        .zip(1..)
        .map(|(range, number)| passage(number, range, &coded(number)))
        .collect();
    let study = fixture(
        &format!(
            r#"{CODES}<Sources><TextSource guid="40000000-0000-0000-0000-000000000001" name="a"><PlainTextContent>a𠮷😀 b</PlainTextContent>{passages}</TextSource></Sources>"#
        ),
        &[],
    );
    let said: Vec<String> = codings(&study)
        .map(|(at, coding)| slice(&study, at, coding.range))
        .collect();
    assert_eq!(said, ["a𠮷😀 b", "b"]);
    assert_eq!(
        (
            study.losses.count(Lost::OutsideText),
            study.losses.count(Lost::EmptyPassage)
        ),
        (1, 1)
    );
}

#[test]
fn a_passage_with_a_description_and_no_coding_is_a_memo() {
    let body = format!(
        r#"{CODES}<Sources><TextSource guid="40000000-0000-0000-0000-000000000001" name="a"><PlainTextContent>They listen to me. I speak up.</PlainTextContent>{}{}{}</TextSource></Sources>"#,
        passage(1, (0, 18), "<Description>why now?</Description>"),
        passage(
            2,
            (19, 30),
            &format!("<Description>proud</Description>{}{}", coded(1), coded(1))
        ),
        passage(3, (0, 4), ""),
    );
    let study = fixture(&body, &[]);
    let memos: Vec<(&str, bool)> = study
        .memos
        .iter()
        .map(|memo| {
            (
                memo.body.as_str(),
                matches!(memo.anchor, Anchor::Segment(..)),
            )
        })
        .collect();
    assert_eq!(
        memos,
        [("why now?", true), ("proud", false), ("proud", false)]
    );
    assert_eq!(
        study.losses.count(Lost::SameIdentity),
        1,
        "a coding's GUID stood twice"
    );
    assert_eq!(
        study.losses.count(Lost::BarePassage),
        1,
        "{:?}",
        study.losses
    );
    assert_eq!(study.coders.len(), 1);
    // The two codings with one GUID are the same coding.
    assert_eq!(taken(&study).codings.added, 1);
}

#[test]
fn nvivos_cases_are_cases_and_no_codes() {
    let case = "90000000-0000-0000-0000-000000000001";
    let coding = |number: u32| {
        format!(
            r#"<Coding guid="61000000-0000-0000-0000-0000000000{number:02}"><CodeRef targetGUID="{case}"/></Coding>"#
        )
    };
    let body = format!(
        r#"<CodeBook><Codes><Code guid="{case}" name="Zoe" isCodable="true"><Code guid="20000000-0000-0000-0000-00000000000A" name="kept" isCodable="true"/></Code></Codes></CodeBook>
        <Variables><Variable guid="30000000-0000-0000-0000-000000000001" name="Person:Age" typeOfVariable="Integer"/></Variables>
        <Cases><Case guid="{case}" name="Zoe"><VariableValue><VariableRef targetGUID="30000000-0000-0000-0000-000000000001"/><IntegerValue>twelve</IntegerValue></VariableValue></Case></Cases>
        <Sources><TextSource guid="40000000-0000-0000-0000-000000000001" name="a"><PlainTextContent>Zoe speaks here.</PlainTextContent>{}</TextSource>
        <TextSource guid="40000000-0000-0000-0000-000000000002" name="b"><PlainTextContent>all hers</PlainTextContent>{}</TextSource></Sources>
        <Notes><Note guid="a0000000-0000-0000-0000-000000000001" name=""><PlainTextContent>an annotation 批注</PlainTextContent></Note></Notes>
        <Links><Link guid="b0000000-0000-0000-0000-000000000001" originGUID="a0000000-0000-0000-0000-000000000001" targetGUID="50000000-0000-0000-0000-000000000002"/></Links>"#,
        passage(1, (0, 3), &coding(1)) + &passage(2, (4, 10), ""),
        passage(3, (0, 8), &coding(3)),
    );
    let study = fixture(&body, &[]);
    assert_eq!(
        study
            .codes
            .iter()
            .map(|code| code.name.text.as_str())
            .collect::<Vec<_>>(),
        ["kept"]
    );
    assert_eq!(codings(&study).count(), 0);
    assert_eq!(study.links.len(), 1);
    assert_eq!(
        (study.links[0].name.as_str(), study.links[0].from),
        (CASE_PASSAGE, Anchor::Case(study.cases[0].id))
    );
    assert!(
        study.documents[1].cases.contains(&study.cases[0].id)
            && study.documents[0].cases.is_empty()
    );
    let Anchor::Segment(_, range) = study.memos[0].anchor else {
        panic!("{:?}", study.memos[0].anchor)
    };
    assert_eq!(slice(&study, 0, range), "speaks");
    assert_eq!(study.losses.count(Lost::Value), 1);
    taken(&study);
}

#[test]
fn a_nameless_case_with_one_document_is_the_documents_variables() {
    let value = |value: &str| {
        format!(
            r#"<VariableValue><VariableRef targetGUID="30000000-0000-0000-0000-000000000001"/>{value}</VariableValue>"#
        )
    };
    let body = format!(
        r#"<Variables><Variable guid="30000000-0000-0000-0000-000000000001" name="when" typeOfVariable="DateTime"/></Variables>
        <Cases><Case guid="90000000-0000-0000-0000-000000000001">{}<SourceRef targetGUID="40000000-0000-0000-0000-000000000001"/></Case>
        <Case guid="90000000-0000-0000-0000-000000000002" name="Sam">{}</Case><Case guid="90000000-0000-0000-0000-000000000003" name="小雨">{}</Case></Cases>
        <Sources><TextSource guid="40000000-0000-0000-0000-000000000001" name="a"><PlainTextContent>x</PlainTextContent></TextSource>
        <TextSource guid="40000000-0000-0000-0000-000000000002" name="a"><PlainTextContent>y</PlainTextContent></TextSource></Sources>"#,
        value("<DateTimeValue>2024-05-01T08:30:00Z</DateTimeValue>"),
        value("<DateTimeValue>2024-05-02T00:00:00Z</DateTimeValue>"),
        value(""),
    );
    let study = fixture(&body, &[]);
    assert_eq!(study.cases.len(), 2);
    assert_eq!(
        study
            .attributes
            .iter()
            .map(|own| own.of)
            .collect::<Vec<_>>(),
        [AttributeOf::Cases, AttributeOf::Documents]
    );
    assert_ne!(study.attributes[0].id, study.attributes[1].id);
    let given = study.documents[0]
        .values
        .values()
        .map(AttributeValue::to_text)
        .collect::<Vec<_>>();
    assert_eq!(given, ["2024-05-01"]);
    assert_eq!(study.losses.count(Lost::TimeOfDay), 1);
    assert!(study.cases[1].values.is_empty());
    let counts = taken(&study);
    assert_eq!(
        (counts.documents.added, counts.cases.added),
        (2, 2),
        "two documents of one name"
    );
}

#[test]
fn pdf_areas_are_counted_once_and_found_by_their_words() {
    let area = |guid: u32, name: &str, codings: &str| {
        format!(
            r#"<PDFSelection guid="50000000-0000-0000-0000-0000000000{guid:02}" name="{name}" page="0" firstX="1" firstY="1" secondX="9" secondY="9">{codings}</PDFSelection>"#
        )
    };
    let guid = "70000000-0000-0000-0000-000000000001";
    let body = format!(
        r#"{CODES}<Sources><PDFSource guid="{guid}" name="Leaflet.pdf" path="internal://none.pdf">{}{}{}<Representation guid="{guid}"><PlainTextContent>Free breakfast for
all children of 光明小学 today</PlainTextContent>{}</Representation></PDFSource></Sources>"#,
        area(1, "breakfast", &coded(1)),
        area(2, "for all child…", &coded(2)),
        area(3, "Quotation 1:2", &coded(3)),
        passage(1, (5, 14), &coded(4)),
    );
    let study = fixture(&body, &[]);
    let said: Vec<String> = codings(&study)
        .map(|(at, coding)| slice(&study, at, coding.range))
        .collect();
    assert_eq!(said, ["breakfast", "for\nall child"]);
    assert_eq!(
        (
            study.losses.count(Lost::PageArea),
            study.losses.count(Lost::SameIdentity)
        ),
        (1, 0)
    );
    assert_eq!(study.documents[0].id.to_string(), guid);
}

#[test]
fn links_sets_and_notes_find_what_they_stand_on() {
    let note = |number: u32, words: &str| {
        format!(
            r#"<Note guid="a0000000-0000-0000-0000-0000000000{number:02}" name="n{number}"><PlainTextContent>{words}</PlainTextContent></Note>"#
        )
    };
    let reference = |number: u32| {
        format!(r#"<NoteRef targetGUID="a0000000-0000-0000-0000-0000000000{number:02}"/>"#)
    };
    let body = format!(
        r##"<CodeBook><Codes><Code guid="20000000-0000-0000-0000-00000000000A" name="heard" isCodable="true" color="#123456">{}</Code></Codes></CodeBook>
        <Cases><Case guid="90000000-0000-0000-0000-000000000001" name="Sam"/></Cases>
        <Sources><TextSource guid="40000000-0000-0000-0000-000000000001" name="a" plainTextPath="internal://gone.txt"/>
        <TextSource guid="40000000-0000-0000-0000-000000000002" name="b"><PlainTextContent>words</PlainTextContent>{}{}</TextSource></Sources>
        <Notes>{}{}{}{}</Notes>
        <Links><Link guid="b0000000-0000-0000-0000-000000000001" name="" direction="Bidirectional" originGUID="20000000-0000-0000-0000-00000000000A" targetGUID="90000000-0000-0000-0000-000000000001"/>
        <Link guid="b0000000-0000-0000-0000-000000000002" name="x" originGUID="20000000-0000-0000-0000-00000000000A" targetGUID="99999999-0000-0000-0000-000000000001"/>
        <Link guid="b0000000-0000-0000-0000-000000000003" name="memo on" direction="OneWay" originGUID="a0000000-0000-0000-0000-000000000003" targetGUID="90000000-0000-0000-0000-000000000001"/>
        <Link guid="b0000000-0000-0000-0000-000000000004" name="memo on" direction="OneWay" originGUID="a0000000-0000-0000-0000-000000000003" targetGUID="20000000-0000-0000-0000-00000000000A"/></Links>
        <Sets/><Sets><Set guid="c0000000-0000-0000-0000-000000000001" name="mine"><MemberCode targetGUID="20000000-0000-0000-0000-00000000000A"/><MemberSource targetGUID="40000000-0000-0000-0000-000000000001"/><MemberNote targetGUID="a0000000-0000-0000-0000-000000000002"/></Set></Sets>
        <Graphs><Graph guid="e0000000-0000-0000-0000-000000000001" name="net"/></Graphs>"##,
        reference(1),
        passage(
            1,
            (0, 5),
            &coded(1).replace("</Coding>", &format!("{}</Coding>", reference(2)))
        ),
        reference(1),
        note(1, "first 一"),
        note(2, "second"),
        note(3, "cell"),
        r#"<Note guid="a0000000-0000-0000-0000-000000000004"/>"#,
    );
    let study = fixture(&body, &[]);
    let code = study.codes[0].id;
    let (document, coding) = (study.documents[0].id, study.documents[0].codings[0].id);
    let anchors: Vec<Anchor> = study.memos.iter().map(|memo| memo.anchor).collect();
    assert_eq!(
        anchors,
        [
            Anchor::Code(code),
            Anchor::Coding(document, coding),
            Anchor::Cell(study.cases[0].id, code)
        ]
    );
    let names: Vec<&str> = study.links.iter().map(|link| link.name.as_str()).collect();
    assert_eq!(names, ["memo", "link"]);
    assert_eq!(study.links[0].to, Anchor::Document(document));
    assert_eq!(study.sets[0].members.len(), 2);
    for (kind, count) in [
        (Lost::MissingFile, 1),
        (Lost::SetMember, 1),
        (Lost::LinkDetail, 1),
        (Lost::LinkEnd, 1),
        (Lost::Graph, 1),
        (Lost::EmptyMemo, 1),
        (Lost::Colour, 1),
    ] {
        assert_eq!(
            study.losses.count(kind),
            count,
            "{kind:?} {:?}",
            study.losses
        );
    }
    taken(&study);
}

#[test]
fn bad_files_end_in_one_clear_line() {
    let whole = zip_of(&[
        ("a.qde", format!("{HEAD}{CODES}</Project>").as_bytes()),
        ("sources/a.txt", &[b'x'; 3000]),
    ]);
    assert!(read_project("whole.qdpx", &whole).is_ok());
    for cut in (0..whole.len()).step_by(7) {
        let error = read_project("cut.qdpx", &whole[..cut])
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("cut.qdpx: ") && !error.contains('\n'),
            "{error}"
        );
    }
    let two = zip_of(&[("a.qde", b"<Project/>"), ("b.qde", b"<Project/>")]);
    let none = zip_of(&[("sources/a.qde", b"<Project/>")]);
    let latin = zip_of(&[("a.qde", b"<Project name='\xe9'/>")]);
    let other = zip_of(&[("a.qde", b"<html/>")]);
    for (bytes, says) in [
        (two, "two projects"),
        (none, "no .qde"),
        (latin, "not UTF-8"),
        (other, "isn't a REFI-QDA project"),
    ] {
        let error = read_project("bad.qdpx", &bytes).unwrap_err().to_string();
        assert!(error.contains(says) && !error.contains('\n'), "{error}");
    }
    assert!(
        read_codebook("a.qdc", b"<Project/>")
            .unwrap_err()
            .to_string()
            .contains("isn't a REFI-QDA codebook")
    );
    let empty = read_codebook(
        "a.qdc",
        b"<CodeBook xmlns='urn:QDA-XML:codebook:1:0'><Codes/><Sets/></CodeBook>",
    )
    .unwrap();
    assert!(empty.codes.is_empty() && empty.losses.is_empty());
}
