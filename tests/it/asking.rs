//! Autocoding, queries over codes, suggestions and similar passages on the command line and by the library.

use std::process::Command;

use tain::{
    app::{
        Session,
        action::Action,
        search::autocode::{PassageUnit, proposals},
        search::similar::similar,
    },
    model::{code::Indicator, document::Document, localized::Language, query::QueryKind},
    search::{Corpus, Index, Request},
    store::Access,
};

use crate::world::{apply_code, project, world};

/// What a command prints, and its status.
fn tain(arguments: &[&str], home: &std::path::Path) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_tain"))
        .args(arguments)
        .env("TAIN_CONFIG_DIR", home)
        .env("TAIN_CACHE_DIR", home)
        .env("LC_ALL", "C")
        .env_remove("TAIN_LANGUAGE")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code().unwrap(),
    )
}

/// A small project with three codings of the first answer; its path as text.
fn coded(folder: &std::path::Path) -> String {
    let path = folder.join("p.tain");
    let mut session = project(&path, 7);
    session.act_as_first();
    for (code, start, end) in [
        ("Belonging", 42, 60),
        ("Being heard", 50, 70),
        ("Speaking up", 100, 110),
    ] {
        apply_code(&mut session, "F01 child", code, start, end);
    }
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_a_search_finds_is_coded_once_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = coded(folder.path());
    let autocode = |more: &[&str]| {
        let arguments: Vec<&str> = [
            "autocode",
            &path,
            "know OR 自信心",
            "--code",
            "Speaking up",
            "--coder",
            "An",
        ]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
        tain(&arguments, folder.path())
    };
    let (out, said, status) = autocode(&["--dry-run"]);
    assert_eq!(status, 0, "{said}");
    assert!(
        out.contains("They think I don’t know it.") && out.contains("他没有自信心吗？"),
        "{out}"
    );
    assert!(said.contains("3 passages to code"), "{said}");
    assert!(
        autocode(&[])
            .1
            .contains("3 passages coded, 0 already coded")
    );
    assert!(
        autocode(&[])
            .1
            .contains("0 passages coded, 3 already coded"),
        "nothing is coded twice"
    );
    assert_eq!(tain(&["undo", &path, "--coder", "An"], folder.path()).2, 0);
    assert!(
        autocode(&["--unit", "turn"]).1.contains("2 passages coded"),
        "one step took all back; a turn is one passage"
    );
}

#[test]
fn sentences_and_turns_around_hits_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let session = project(&folder.path().join("p.tain"), 7);
    let code = session.project().codebook.find("Speaking up").unwrap();
    let outcome = session
        .search(
            None,
            &Request {
                text: "自信".to_owned(),
                limit: 9,
                ..Request::default()
            },
        )
        .unwrap();
    let words = |unit| {
        let found = proposals(&session, &outcome.hits, unit, code);
        let content = session
            .content(&session.project().documents[&found[0].document])
            .unwrap();
        content.text.slice(found[0].range).unwrap().to_owned()
    };
    assert_eq!(words(PassageUnit::Hit), "自信");
    assert_eq!(words(PassageUnit::Sentence), "他没有自信心吗？");
    assert_eq!(
        words(PassageUnit::Turn),
        "我回家念给奶奶听，她笑得眼睛都没了。他没有自信心吗？有的。"
    );
}

#[test]
fn codings_are_retrieved_by_how_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let path = coded(folder.path());
    let (out, said, status) = tain(
        &[
            "retrieve",
            &path,
            "Belonging AND \"Being heard\"",
            "--format",
            "json",
        ],
        folder.path(),
    );
    assert_eq!(status, 0, "{said}");
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (
            &found["total"],
            &found["passages"][0]["start"],
            &found["passages"][0]["end"]
        ),
        (&1.into(), &50.into(), &60.into())
    );
    assert_eq!(found["understood"], "(\"Belonging\" AND \"Being heard\")");
    let (_, said, status) = tain(&["retrieve", &path, "Belongin"], folder.path());
    assert_eq!(status, 2);
    assert!(
        said.contains("there is no code “Belongin”; there are Needs/Belonging"),
        "{said}"
    );
}

#[test]
fn suggestions_are_listed_measured_and_never_applied() {
    let folder = tempfile::tempdir().unwrap();
    let path = coded(folder.path());
    let (_, said, status) = tain(&["suggest", &path, "--coder", "An"], folder.path());
    assert_eq!(status, 0);
    assert!(
        said.contains("2 codes have fewer than 5 sentences"),
        "{said}"
    );
    let (_, said, status) = tain(&["suggest", &path, "--evaluate"], folder.path());
    assert_eq!(status, 2);
    assert!(said.contains("at least two documents"), "{said}");
    let session = Session::open(std::path::Path::new(&path), Access::Read, world(9)).unwrap();
    assert_eq!(session.project().coding_count(), 3, "nothing was coded");
}

#[test]
fn a_passage_finds_turns_like_it_with_the_words_they_share() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let other = "Mother: The teacher said he keeps his hand down in class.\n\nMother: We had noodles.\n\n奶奶：他家没钱，人家在面馆笑他。\n";
    session
        .add_documents(
            vec![crate::world::transcript("F03 mother.txt", other)],
            &tain::app::import::PathPatterns::default(),
        )
        .unwrap();
    let texts = std::sync::Arc::clone(session.texts());
    let load = |document: &Document| texts.content(document).ok();
    let index = Index::in_memory().unwrap();
    index
        .update(
            &Corpus {
                project: session.project(),
                load: &load,
            },
            &mut |_| true,
        )
        .unwrap();
    for (title, turn, shared, like) in [
        ("F01 child", 1, "hand", "keeps his hand down"),
        ("F02 孩子", 1, "笑", "人家在面馆笑他"),
    ] {
        let document = session.project().document_by_title(title).unwrap();
        let said = session.content(document).unwrap().turns[turn].said();
        let found = similar(&session, &index, document.id, said, 3).unwrap();
        let first = found.first().unwrap_or_else(|| panic!("{title}: nothing"));
        let content = session
            .content(&session.project().documents[&first.document])
            .unwrap();
        assert!(
            content.text.slice(first.range).unwrap().contains(like),
            "{title}: {found:?}"
        );
        assert!(
            first.shared.iter().any(|word| word == shared),
            "{title}: {:?}",
            first.shared
        );
        assert_eq!(
            found,
            similar(&session, &index, document.id, said, 3).unwrap(),
            "the same every time"
        );
    }
}

#[test]
fn a_smart_code_stands_in_tables_and_searches() {
    let folder = tempfile::tempdir().unwrap();
    let path = coded(folder.path());
    {
        let mut session =
            Session::open(std::path::Path::new(&path), Access::Write, world(8)).unwrap();
        session.act_as_first();
        let (name, text) = (
            "heard and home".to_owned(),
            "Belonging AND \"Being heard\"".to_owned(),
        );
        session
            .run(Action::AddQuery {
                kind: QueryKind::Codes,
                name,
                text,
            })
            .unwrap();
    }
    let (out, said, status) = tain(
        &[
            "summary", &path, "--smart", "--rows", "document", "--format", "json",
        ],
        folder.path(),
    );
    assert_eq!(status, 0, "{said}");
    let table: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&table["columns"], &table["total"]),
        (&serde_json::json!(["@heard and home"]), &1.into())
    );
    let hits = |query: &str| tain(&["search", &path, query, "--count"], folder.path());
    assert_eq!(
        hits("hand code:\"@heard and home\"").0.trim(),
        "1",
        "the turn that holds its passage"
    );
    assert_eq!(hits("know code:\"@heard and home\"").0.trim(), "0");
    let (_, said, _) = tain(&["summary", &path, "--rows", "document"], folder.path());
    assert!(!said.contains('@'), "nothing of it is stored");
}

#[test]
fn attributes_dates_concepts_and_kept_queries_narrow_a_search() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 7);
    session.act_as_first();
    let sheet = "document,case,date\nF01 child,Reed,2025-03-09\nF02 孩子,林家,2025-06-01\n";
    session
        .import_document_sheet("documents.csv", sheet.as_bytes().to_vec())
        .unwrap();
    let cases = "case,income,age\nReed,low,9\n林家,high,11\n";
    session
        .import_cases("cases.csv", cases.as_bytes().to_vec(), None, None, None)
        .unwrap();
    let code = session.project().codebook.find("Speaking up").unwrap();
    let mut code = session
        .project()
        .codebook
        .get(code)
        .unwrap()
        .as_ref()
        .clone();
    for (language, expression) in [
        (Language::EN, "(keep|kept) my hand"),
        (Language::ZH, "自信|念给奶奶听"),
    ] {
        code.indicators.push(Indicator {
            language,
            expression: expression.to_owned(),
        });
    }
    session.run(Action::SetCode(Box::new(code))).unwrap();
    let (name, text) = ("mirror".to_owned(), "think OR 觉得".to_owned());
    session
        .run(Action::AddQuery {
            kind: QueryKind::Words,
            name,
            text,
        })
        .unwrap();
    let found = |query: &str| {
        let request = Request {
            text: query.to_owned(),
            limit: 99,
            ..Request::default()
        };
        match session.search(None, &request) {
            Ok(outcome) => {
                let words = |hit: &tain::search::Hit| {
                    let document = &session.project().documents[&hit.document];
                    session
                        .content(document)
                        .unwrap()
                        .text
                        .slice(hit.range)
                        .unwrap()
                        .to_owned()
                };
                outcome.hits.iter().map(words).collect::<Vec<_>>().join("|")
            }
            Err(error) => error.to_string(),
        }
    };
    for (query, expected) in [
        ("attr.income:low (know OR 自信)", "know|know"),
        ("属性.income：high (know OR 自信)", "自信"),
        ("attr.age:>=10 (know OR 自信)", "自信"),
        ("attr.age:8..10 hand", "hand"),
        ("date:2025-03 (hand OR 自信)", "hand"),
        ("date:2025-04..2025-06 (hand OR 自信)", "自信"),
        ("date:>=2026 (hand OR 自信)", ""),
        ("concept:\"Speaking up\"", "keep my hand|念给奶奶听|自信"),
        ("concept:Strengths attr.income:low", "keep my hand"),
        ("concept:\"Speaking up\" NEAR/3 down", "keep my hand down"),
        ("query:mirror", "think|觉得"),
        ("query:mirror -笑", "think"),
        (
            "concept:Belonging",
            "at character 1 of the query: the code “Belonging” has no indicators; give the code indicators in the codebook",
        ),
        (
            "query:none",
            "at character 1 of the query: there is no query “none”; check the spelling, or write only the beginning",
        ),
        (
            "attr.colour:red",
            "at character 1 of the query: there is no attr “colour”; check the spelling, or write only the beginning",
        ),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
}
