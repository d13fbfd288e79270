//! Answers of a survey and remarks of a word processor in an open project: cases with attributes, documents, memos.

use std::io::{Cursor, Write as _};

use tain::{
    app::{Session, action::Action, import::PathPatterns},
    import::{
        DocumentOptions, ImportError, SourceFile, read_document, survey::read_answers,
        table::InputTable,
    },
    model::memo::Anchor,
};

use crate::{formats::data, world::world};

fn session(folder: &tempfile::TempDir) -> Session {
    Session::create(&folder.path().join("a.tain"), "Study", "Ana", world(1)).unwrap()
}

#[test]
fn a_real_survey_is_cases_with_attributes_and_a_document_for_each_answer() {
    let Some(path) = data("transcripts/qualcoder-examples/survey456.csv") else {
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let read = read_answers(
        &InputTable::read("survey456.csv", bytes.clone()).unwrap(),
        None,
        &["freetext".to_owned()],
    )
    .unwrap();
    let rows = read.cases.rows.len();
    assert_eq!(
        (read.answers.len() + read.empty, read.cases.columns.len()),
        (rows, 3)
    );
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(&folder);
    let answers = ["freetext".to_owned()];
    let done = session
        .import_answers("survey456.csv", bytes.clone(), None, &answers)
        .unwrap();
    assert_eq!((done.documents, done.known), (read.answers.len(), 0));
    let project = session.project();
    assert_eq!(
        (project.cases.len(), project.documents.len()),
        (rows, read.answers.len())
    );
    let document = project.document_by_title("ID4 freetext").unwrap();
    let case = project.case_by_name("ID4").unwrap();
    assert!(document.cases.contains(&case.id) && case.values.len() == 3);
    let again = session
        .import_answers("survey456.csv", bytes, None, &answers)
        .unwrap();
    assert_eq!((again.documents, again.known), (0, read.answers.len()));
}

#[test]
fn two_people_may_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(&folder);
    let sheet = "id,age,liked\n小远,11,唱歌 𠮷\nSam,12,唱歌 𠮷\nMia,,\n";
    let done = session
        .import_answers(
            "s.csv",
            sheet.as_bytes().to_vec(),
            Some("id"),
            &["liked".to_owned()],
        )
        .unwrap();
    assert_eq!((done.documents, done.empty, done.cases), (2, 1, 3));
    assert_eq!(session.project().documents.len(), 2);
    session.act_as("Ana").unwrap();
    let sheet = "id,age,liked\nAda,10,跳绳\n";
    session
        .import_answers(
            "s.csv",
            sheet.as_bytes().to_vec(),
            Some("id"),
            &["liked".to_owned()],
        )
        .unwrap();
    session.run(Action::Undo).unwrap();
    let project = session.project();
    assert_eq!(
        (project.documents.len(), project.case_by_name("Ada")),
        (2, None),
        "cases and answers go in one step"
    );
}

fn commented() -> SourceFile {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part(
        "word/document.xml",
        "<w:d><w:p><w:r><w:t>😀 </w:t></w:r><w:commentRangeStart w:id='1'/><w:r><w:t>她笑了</w:t></w:r><w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/><w:t>。</w:t></w:r></w:p></w:d>",
    );
    part(
        "word/comments.xml",
        "<w:c><w:comment w:id='1' w:author='Bo Li'><w:p><w:r><w:t>relief?</w:t></w:r></w:p></w:comment><w:comment w:id='2'><w:p><w:r><w:t>whole text</w:t></w:r></w:p></w:comment></w:c>",
    );
    SourceFile {
        path: "F01.docx".to_owned(),
        bytes: zip.finish().unwrap().into_inner(),
    }
}

#[test]
fn comments_are_memos_on_their_words_by_who_acts() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(&folder);
    session.act_as("Ana").unwrap();
    let document = read_document(commented(), &DocumentOptions::default()).unwrap();
    let entries = session.steps().len();
    session
        .add_documents(vec![document], &PathPatterns::default())
        .unwrap();
    assert_eq!(session.steps().len(), entries + 1);
    let project = session.project().clone();
    let document = project.document_by_title("F01").unwrap();
    let content = session.content(document).unwrap();
    let mut memos: Vec<_> = project
        .memos
        .values()
        .map(|memo| (memo.title.as_str(), memo.body.as_str(), memo.anchor))
        .collect();
    memos.sort_by_key(|memo| memo.0);
    assert_eq!(
        (memos[0].0, memos[0].1, memos[0].2),
        ("Comment", "whole text", Anchor::Document(document.id))
    );
    let Anchor::Segment(_, range) = memos[1].2 else {
        panic!("on a passage")
    };
    assert_eq!(
        (memos[1].0, memos[1].1, content.text.slice(range)),
        ("Comment by Bo Li", "relief?", Some("她笑了"))
    );
}

#[test]
fn files_that_nobody_can_read_say_what_to_do() {
    let read = |path: &str, bytes: &[u8]| {
        read_document(
            SourceFile {
                path: path.to_owned(),
                bytes: bytes.to_vec(),
            },
            &DocumentOptions::default(),
        )
        .map(|document| document.text.as_str().to_owned())
    };
    let container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    assert_eq!(
        read("a.doc", container),
        Err(ImportError::OldWord("a.doc".to_owned()))
    );
    let locked: Vec<u8> = container
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(
        read("a.docx", &locked),
        Err(ImportError::Protected("a.docx".to_owned()))
    );
    assert_eq!(
        read("a.doc", b"{\\rtf1 really rich}").unwrap(),
        "really rich"
    );
    assert_eq!(
        read("a.doc", b"<html><p>really a page").unwrap(),
        "really a page\n"
    );
    assert!(
        read("a.docx", b"").is_err() && read("a.odt", b"").is_err() && read("a.pdf", b"").is_err()
    );
}
