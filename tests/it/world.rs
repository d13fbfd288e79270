//! A small world for tests: a clock that counts, chance that is given, and a project with documents in both languages.

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use proptest::test_runner::Config;
use tain::{
    app::{Session, action::Action, identity::Host, import::PathPatterns},
    import::{DocumentOptions, ImportedDocument, SourceFile, read_document},
    model::{case::CaseKind, coding::Origin, text::TextRange},
};

static MILLIS: AtomicU64 = AtomicU64::new(1_750_000_000_000);

/// A world whose clock goes on by a second at each look.
pub(crate) fn world(chance: u128) -> Host {
    Host {
        now_millis: Box::new(|| MILLIS.fetch_add(1_000, Ordering::Relaxed)),
        chance,
        random: || Some([7; 64]),
        installation: format!("test {chance}"),
    }
}

/// A transcript as import reads it.
pub(crate) fn transcript(path: &str, text: &str) -> ImportedDocument {
    read_document(
        SourceFile {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        },
        &DocumentOptions::default(),
    )
    .unwrap()
}

/// English with CRLF, a combining mark and an emoji.
pub(crate) const ENGLISH: &str = "Interviewer: How is school, Zoe\u{301}?\r\n\r\nChild: I keep my hand down 😀. In case it’s wrong.\r\n\r\nInterviewer: And then?\r\n\r\nChild: They think I don’t know it. I do know it.\r\n\r\nInterviewer: Hm.\r\n\r\nChild: I believe I can.\r\n";
/// Chinese with a character beyond the Basic Multilingual Plane.
pub(crate) const CHINESE: &str = "访谈者：最近怎么样？\n\n小远：他们觉得我家没钱，在𠮷祥面馆笑我。\n\n访谈者：后来呢？\n\n小远：我回家念给奶奶听，她笑得眼睛都没了。他没有自信心吗？有的。\n\n访谈者：嗯。\n\n小远：就这样。\n";

/// A new project with two documents, two families and a small codebook.
pub(crate) fn project(path: &Path, chance: u128) -> Session {
    let mut session = Session::create(path, "Study 研究", "An", world(chance)).unwrap();
    let documents = vec![
        transcript("F01 child.txt", ENGLISH),
        transcript("F02 孩子.txt", CHINESE),
    ];
    session
        .add_documents(documents, &PathPatterns::default())
        .unwrap();
    for name in ["Reed", "林家"] {
        session
            .run(Action::AddCase {
                name: name.to_owned(),
                kind: CaseKind::family(),
                parent: None,
            })
            .unwrap();
    }
    session
        .import_codebook(
            "codes.csv",
            b"code,parent\nNeeds,\nBelonging,Needs\nBeing heard,Needs\nStrengths,\nSpeaking up,Strengths\n".to_vec(),
        )
        .unwrap();
    session
}

/// Codes a passage of a document by hand; positions are code points of the whole text.
pub(crate) fn apply_code(session: &mut Session, document: &str, code: &str, start: u32, end: u32) {
    let project = session.project();
    let document = project.document_by_title(document).unwrap().id;
    let code = project.codebook.find(code).unwrap();
    session
        .run(Action::ApplyCodes {
            passages: vec![(document, TextRange::between(start, end))],
            codes: vec![code],
            about: Default::default(),
            origin: Origin::Hand,
        })
        .unwrap();
}

/// The configuration of a test with random cases: as many as `PROPTEST_CASES` says, or few enough for every run.
pub(crate) fn cases(usual: u32) -> Config {
    let mut config = Config::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = usual;
    }
    config
}
