//! A small language for projects in tests: one string is a project.
//!
//! ```text
//! //- codebook 自信 > 表达 | 家庭支持
//! //- document 家庭1-前测 case=小明 phase=前测 coder=An
//! 访谈者：最近怎么样？
//!
//! 小明：[自信:我敢举手了]，[家庭支持:妈妈陪我练]。
//! ```
//!
//! `codebook` lists codes, each below the one before its `>`; `|` starts at the top again.
//! `document` names a document, and says to which case and phase it belongs and who codes it; all but the name may be
//! left out.
//! In its text `[code:words]` codes the words, by the code's path or last name; such marks may be nested.
//! A bracket that no code follows is text.

use std::collections::BTreeMap;

use expect_test::expect;
use tain::{
    app::{Session, action::Action, import::PathPatterns},
    model::{
        case::CaseKind,
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

use crate::{
    cli::Cli,
    world::{transcript, world},
};

/// Two documents of two cases in two phases, with codings in both languages.
pub(crate) const STUDY: &str = "
//- codebook 自信 > 表达 | 家庭支持
//- document 家庭1-前测 case=小明 phase=前测
访谈者：最近怎么样？

小明：[自信:我敢举手了]，[家庭支持:妈妈陪我练]。
//- document F02 child case=Reed phase=follow-up
Interviewer: And then?

Child: [自信/表达:I said it], and [自信/表达:I said it again].
";

/// The coder of documents that name none.
const CODER: &str = "An";

/// Builds the project `p.tain` in a folder where `tain` can be run on it.
pub(crate) fn project(text: &str) -> Cli {
    let cli = Cli::new();
    drop(session(&cli, text));
    cli
}

/// Builds the project `p.tain` and leaves it open.
pub(crate) fn session(cli: &Cli, text: &str) -> Session {
    let mut session = Session::create(&cli.path("p.tain"), "Study", CODER, world(1)).unwrap();
    for section in text.split("//- ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        match head.split_once(' ') {
            Some(("codebook", codes)) => add_codes(&mut session, codes),
            Some(("document", head)) => add_document(&mut session, head, body.trim()),
            _ => panic!("no such section: {head}"),
        }
    }
    session
}

fn add_codes(session: &mut Session, codes: &str) {
    for branch in codes.split('|') {
        let mut parent: Option<CodeId> = None;
        let mut path = String::new();
        for name in branch.split('>').map(str::trim) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            // A branch may start from a code that an earlier one has added.
            if session.project().codebook.find(&path).is_err() {
                let name = name.to_owned();
                session.run(Action::AddCode { parent, name }).unwrap();
            }
            parent = session.project().codebook.find(&path).ok();
        }
    }
}

fn add_document(session: &mut Session, head: &str, marked: &str) {
    let (title, attributes) = parse_head(head);
    let Marked { text, codings } =
        parse_marks(marked, |name| session.project().codebook.find(name).ok());
    let imported = transcript(&format!("{title}.txt"), &text);
    assert_eq!(
        imported.text.as_str().trim_end(),
        text,
        "import changed the text, so marks would be misplaced"
    );
    session
        .add_documents(vec![imported], &PathPatterns::default())
        .unwrap();
    let document = session.project().document_by_title(title).unwrap().id;
    for (name, value) in attributes {
        match name {
            "case" => set_case(session, document, value),
            "phase" => set_phase(session, document, value),
            "coder" => set_coder(session, value),
            _ => panic!("a document has no `{name}`"),
        }
    }
    for (range, code) in codings {
        let facets = BTreeMap::new();
        session
            .run(Action::ApplyCode {
                document,
                range,
                code,
                facets,
                about: Default::default(),
            })
            .unwrap();
    }
    session.act_as(CODER).unwrap();
}

fn set_case(session: &mut Session, document: DocumentId, name: &str) {
    if session.project().case_by_name(name).is_none() {
        session
            .run(Action::AddCase {
                name: name.to_owned(),
                kind: CaseKind::family(),
                parent: None,
            })
            .unwrap();
    }
    let case = session.project().case_by_name(name).unwrap().id;
    session
        .run(Action::SetDocumentsCase {
            documents: vec![document],
            case,
            belongs: true,
        })
        .unwrap();
}

fn set_phase(session: &mut Session, document: DocumentId, name: &str) {
    if session.project().phase_by_name(name).is_none() {
        session.run(Action::AddPhase(name.to_owned())).unwrap();
    }
    let phase = session.project().phase_by_name(name).unwrap().id;
    session
        .run(Action::SetDocumentsPhase(vec![document], Some(phase)))
        .unwrap();
}

fn set_coder(session: &mut Session, name: &str) {
    if session.project().coder_by_name(name).is_none() {
        session.run(Action::AddCoder(name.to_owned())).unwrap();
    }
    session.act_as(name).unwrap();
}

/// The title, and the attributes after it; a title may have spaces.
fn parse_head(head: &str) -> (&str, Vec<(&str, &str)>) {
    let attributes = head.split(' ').filter_map(|word| word.split_once('='));
    let title = head
        .find('=')
        .and_then(|equals| head.get(..equals))
        .and_then(|before| before.rsplit_once(' '))
        .map_or(head, |(title, _)| title);
    (title.trim(), attributes.collect())
}

/// A text without its marks, and what they code.
#[derive(Debug, PartialEq)]
struct Marked {
    text: String,
    codings: Vec<(TextRange, CodeId)>,
}

fn parse_marks(marked: &str, find: impl Fn(&str) -> Option<CodeId>) -> Marked {
    let mut text = String::new();
    let mut codings = Vec::new();
    // Marks that are open, innermost last; `None` is a bracket of the text.
    let mut open: Vec<Option<(u32, CodeId)>> = Vec::new();
    let mut position = 0;
    let mut rest = marked.chars();
    while let Some(c) = rest.next() {
        let code = (c == '[')
            .then(|| rest.as_str().split_once(':'))
            .flatten()
            .and_then(|(name, after)| Some((find(name)?, after)));
        match (c, code) {
            ('[', Some((code, after))) => {
                open.push(Some((position, code)));
                rest = after.chars();
                continue;
            }
            ('[', None) => open.push(None),
            (']', _) => {
                if let Some((start, code)) = open.pop().expect("a bracket closes one that is open")
                {
                    codings.push((TextRange::new(start, position).unwrap(), code));
                    continue;
                }
            }
            _ => {}
        }
        text.push(c);
        position += 1;
    }
    assert!(open.is_empty(), "a mark isn't closed: {marked}");
    Marked { text, codings }
}

/// The codings of a project, one a line: document, coder, code and words.
pub(crate) fn codings(session: &Session) -> String {
    let project = session.project();
    let mut lines = String::new();
    for document in project.documents.values() {
        let content = session.content(document).unwrap();
        for coding in &document.codings {
            let coder = &project.coders[&coding.coder].name;
            let code = project.codebook.path(coding.code);
            let words = content.text.slice(coding.range).unwrap();
            lines += &format!("{}, {coder}: {code} \u{ab}{words}\u{bb}\n", document.title);
        }
    }
    lines
}

#[test]
fn a_string_becomes_a_project() {
    let cli = Cli::new();
    let session = session(
        &cli,
        "
//- codebook 自信 > 表达 | 家庭支持 | Needs > Belonging
//- document 家庭1-前测 case=小明 phase=前测
访谈者：最近怎么样？

小明：[自信:我[表达:敢举手]了]，[家庭支持:妈妈陪我练]。[laughs]
//- document F02 child case=Reed phase=前测 coder=Bo
Interviewer: And then?

Child: [Needs/Belonging:We 😀 all] went.
",
    );
    expect![[r"
        家庭1-前测, An: 自信 «我敢举手了»
        家庭1-前测, An: 自信/表达 «敢举手»
        家庭1-前测, An: 家庭支持 «妈妈陪我练»
        F02 child, Bo: Needs/Belonging «We 😀 all»
    "]]
    .assert_eq(&codings(&session));
    let project = session.project();
    assert_eq!(project.cases.len(), 2);
    let document = project.document_by_title("F02 child").unwrap();
    assert_eq!(
        document.phase,
        project.phase_by_name("前测").map(|phase| phase.id)
    );
    assert_eq!(
        session.coder(),
        project.coder_by_name(CODER).map(|coder| coder.id)
    );
}

#[test]
#[should_panic(expected = "a mark isn't closed")]
fn a_mark_must_be_closed() {
    let cli = Cli::new();
    drop(session(
        &cli,
        "//- codebook A\n//- document D\nChild: [A:open\n",
    ));
}
