//! Projects of RQDA and Taguette that are made here, for what no real file at hand has: cases and a second coder, several projects in a file, pages of highlights.

use std::collections::{BTreeMap, BTreeSet};

use tain::{
    app::import::study::is_study,
    import::{
        loss::Lost,
        study::Study,
        tools::{
            Tool, is_taguette_page, read_rqda, read_taguette, read_taguette_highlights,
            read_taguette_page, tool_of_sqlite,
        },
    },
    model::{
        attribute::{AttributeOf, AttributeValue},
        memo::Anchor,
    },
};

use crate::{
    cli::Cli,
    formats::data,
    tools::{coded, codings, database, taken, words},
};

const FIRST: &str = "Interviewer: 最近怎么样？\nMum: 在𠮷祥面馆 😀 early.\n";
const SECOND: &str = "妈妈：我回家念给奶奶听。\n";

/// An RQDA project with a table of codings for each of two coders, cases over whole files and parts of them, attributes of both kinds.
fn rqda() -> Vec<u8> {
    let place = |text: &str, words: &str| {
        let start = text.split_once(words).unwrap().0.chars().count();
        format!("'{words}', {start}.0, {}.0", start + words.chars().count())
    };
    database(&format!(
        "CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
         INSERT INTO source VALUES ('F01 mum', 1, '{FIRST}', 'At home.', 'An', '', '', 1), ('F02 妈妈.txt', 2, '{SECOND}', NULL, 'An', '', '', 1), ('gone', 3, 'gone', '', 'An', '', '', 0);
         CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
         INSERT INTO freecode VALUES ('Belonging', 'Being part of it.', 'An', '', '', 1, 1, '#FF0000'), ('担心', '', 'An', '', '', 2, 1, NULL), ('old', '', 'An', '', '', 3, 0, NULL);
         CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text, status integer);
         INSERT INTO codecat VALUES ('Needs', NULL, 1, 'An', '', '', 'What is needed.', 1);
         CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
         INSERT INTO treecode VALUES (1, 1, '', '', '', 1, 'An');
         CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);
         INSERT INTO coding VALUES (1, 1, {a}, 1, 'An', 'Sat Nov 13 12:22:00 2021', 'early riser'), (2, 2, {b}, 1, 'An', '', ''), (1, 2, {b}, 0, 'An', '', '');
         CREATE TABLE coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);
         INSERT INTO coding2 VALUES (1, 1, {a}, 1, 'Bo', '', ''), (2, 1, {c}, 1, 'An', '', ''), (2, 2, {b}, 1, '', '', '');
         CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
         INSERT INTO cases VALUES ('Reed', 'Lives with her gran.', 'An', '', '', 1, 1), ('林家', '', 'An', '', '', 2, 1), ('gone', '', 'An', '', '', 3, 0);
         CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text, date text, memo text);
         INSERT INTO caselinkage VALUES (1, 1, 0.0, {whole}.0, 1, 'An', '', ''), (2, 1, {part}, 1, 'An', '', ''), (2, 2, 0.0, {other}.0, 1, 'An', '', ''), (1, 3, 0.0, 4.0, 1, 'An', '', ''), (1, 2, 0.0, 5.0, 0, 'An', '', '');
         CREATE TABLE attributes (name text, status integer, date text, dateM text, owner text, memo text, class text);
         INSERT INTO attributes VALUES ('age', 1, '', '', 'An', 'In years.', 'numeric'), ('town', 1, '', '', 'An', '', 'character'), ('wave', 1, '', '', 'An', '', 'numeric');
         CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer);
         INSERT INTO caseAttr VALUES ('age', '31', 1, '', '', 'An', 1), ('age', 'NA', 2, '', '', 'An', 1), ('town', '台北', 2, '', '', 'An', 1), ('age', 'old', 2, '', '', 'An', 1), ('town', 'x', 9, '', '', 'An', 1);
         CREATE TABLE fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, status integer);
         INSERT INTO fileAttr VALUES ('wave', '2', 2, '', '', 'An', 1);
         CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, dateM text, status integer);
         INSERT INTO annotation VALUES (1, {at}, '店名', 'Bo', '', '', 1);
         CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
         INSERT INTO journal VALUES ('Day 1', 'She laughed 😀.', '', '', 'An', 1);
         CREATE TABLE filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text, status integer);
         INSERT INTO filecat VALUES ('Round 1', NULL, 1, 'An', '', '', '', 1);
         CREATE TABLE treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
         INSERT INTO treefile VALUES (2, 1, '', '', '', 1, 'An'), (3, 1, '', '', '', 1, 'An');
         CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text);
         INSERT INTO project VALUES ('0.2.2', 'Sat Nov 13 12:00:00 2021', '', 'A study 研究', '');",
        a = place(FIRST, "在𠮷祥面馆 😀"),
        b = place(SECOND, "奶奶"),
        c = place(FIRST, "early"),
        part = &place(FIRST, "在𠮷祥面馆 😀 early.").split_once(", ").unwrap().1,
        whole = FIRST.chars().count(),
        other = SECOND.chars().count() - 1,
        at = FIRST.split_once('𠮷').unwrap().0.chars().count(),
    ))
}

/// Codings as `coder: code: words`.
fn by_coder(study: &Study) -> BTreeSet<String> {
    let coder = |id| &study.coders.iter().find(|own| own.id == id).unwrap().name;
    let all = study
        .documents
        .iter()
        .flat_map(|document| &document.codings)
        .zip(coded(study));
    all.map(|(coding, (code, words))| format!("{}: {code}: {words}", coder(coding.coder)))
        .collect()
}

#[test]
fn rqda_brings_cases_and_keeps_the_second_coder_apart() {
    let bytes = rqda();
    assert_eq!(tool_of_sqlite(&bytes), Some(Tool::Rqda));
    let study = read_rqda("study.rqda", &bytes).unwrap();
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            study.cases.len(),
            codings(&study)
        ),
        (2, 3, 2, 5)
    );
    let expected = [
        "An: Belonging: 在𠮷祥面馆 😀",
        "An: 担心: 奶奶",
        "Bo: Belonging: 在𠮷祥面馆 😀",
        "An 2: 担心: early",
        "RQDA 2: 担心: 奶奶",
    ];
    assert_eq!(by_coder(&study), expected.map(str::to_owned).into());
    // Deleted codings, links to what isn't there, values that are no numbers or nobody's.
    let lost = [Lost::Deleted, Lost::LinkEnd, Lost::Value, Lost::OutsideText]
        .map(|kind| study.losses.count(kind));
    assert_eq!(lost, [1, 1, 2, 0], "{:?}", study.losses);

    let case = |name: &str| study.cases.iter().find(|case| case.name == name).unwrap();
    let (reed, lin) = (case("Reed"), case("林家"));
    assert_eq!(
        study
            .documents
            .iter()
            .map(|document| document.cases.iter().copied().collect())
            .collect::<Vec<Vec<_>>>(),
        [vec![reed.id], vec![lin.id]]
    );
    let linked: Vec<_> = study
        .links
        .iter()
        .map(|link| (link.from, link.to))
        .collect();
    let [(Anchor::Case(from), Anchor::Segment(_, range))] = linked[..] else {
        panic!("{linked:?}")
    };
    assert_eq!(
        (from, words(&study.documents[0], range)),
        (lin.id, "在𠮷祥面馆 😀 early.")
    );

    let attributes: BTreeMap<_, _> = study
        .attributes
        .iter()
        .map(|own| (own.id, (own.name.as_str(), own.of)))
        .collect();
    let values = |values: &tain::model::attribute::Values| {
        values
            .iter()
            .map(|((id, _), value)| (attributes[id], value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        values(&reed.values),
        [(("age", AttributeOf::Cases), AttributeValue::Number(31.0))]
    );
    assert_eq!(
        values(&lin.values),
        [(
            ("town", AttributeOf::Cases),
            AttributeValue::Text("台北".to_owned())
        )]
    );
    assert_eq!(
        values(&study.documents[1].values),
        [(
            ("wave", AttributeOf::Documents),
            AttributeValue::Number(2.0)
        )]
    );
    let memo = |anchor: fn(&Anchor) -> bool| {
        study
            .memos
            .iter()
            .filter(|memo| anchor(&memo.anchor))
            .map(|memo| memo.body.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        memo(|anchor| matches!(anchor, Anchor::Case(_))),
        ["Lives with her gran."]
    );
    assert_eq!(
        memo(|anchor| matches!(anchor, Anchor::Segment(..))),
        ["店名"]
    );
    assert_eq!(
        memo(|anchor| matches!(anchor, Anchor::Coding(..))),
        ["early riser"]
    );
    assert_eq!(
        memo(|anchor| *anchor == Anchor::Project),
        ["She laughed 😀."]
    );
    assert_eq!((study.sets.len(), study.sets[0].members.len()), (1, 1));
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 5);
}

/// A Taguette file of two projects, both with a tag `theme`, highlights with and without a command.
fn two_projects(names: [&str; 2]) -> Vec<u8> {
    database(&format!(
        "CREATE TABLE users (login, created); INSERT INTO users VALUES ('ana', ''), ('bo', '');
         CREATE TABLE projects (id, name, description, created);
         INSERT INTO projects VALUES (1, '{}', 'First.', '2024-01-01'), (2, '{}', '第二个', '2024-02-01');
         CREATE TABLE project_members (project_id, user_login, privileges); INSERT INTO project_members VALUES (1, 'ana', 'ADMIN'), (2, 'bo', 'ADMIN'), (2, 'ana', 'TAG');
         CREATE TABLE documents (id, name, description, filename, created, project_id, contents);
         INSERT INTO documents VALUES (1, 'Visit', '', 'visit.txt', '', 1, '<p>I can 😀.</p>'), (2, 'Visit', '', 'visit.txt', '', 2, '<p>在𠮷祥面馆。</p>');
         CREATE TABLE tags (id, project_id, path, description);
         INSERT INTO tags VALUES (1, 1, 'theme', 'of the first'), (2, 2, 'theme', '属于第二个'), (3, 2, 'theme.店', '');
         CREATE TABLE highlights (id, document_id, start_offset, end_offset, snippet);
         INSERT INTO highlights VALUES (1, 1, 0, 5, 'I can'), (2, 2, 3, 10, '𠮷祥'), (3, 2, 10, 16, '面馆');
         CREATE TABLE highlight_tags (highlight_id, tag_id); INSERT INTO highlight_tags VALUES (1, 1), (2, 2), (2, 3), (3, 2);
         CREATE TABLE commands (id, date, user_login, project_id, document_id, payload);
         INSERT INTO commands VALUES (1, '2024-02-03 10:00:00', 'ana', 2, 2, '{{\"type\": \"highlight_add\", \"highlight_id\": 2, \"tags\": [2, 3]}}');",
        names[0], names[1]
    ))
}

#[test]
fn several_projects_of_a_taguette_file_come_in_unmixed() {
    let study = read_taguette("two.sqlite3", &two_projects(["Spring", "秋"])).unwrap();
    assert_eq!(study.title, "Spring + 秋");
    let path = |id| {
        let mut names = Vec::new();
        let mut next = Some(id);
        while let Some(code) = next.and_then(|id| study.codes.iter().find(|code| code.id == id)) {
            names.insert(0, code.name.text.as_str());
            next = code.place.parent;
        }
        names.join("/")
    };
    let codes: BTreeMap<String, &str> = study
        .codes
        .iter()
        .map(|code| (path(code.id), code.definition.text.as_str()))
        .collect();
    let expected = [
        ("Spring", ""),
        ("Spring/theme", "of the first"),
        ("秋", ""),
        ("秋/theme", "属于第二个"),
        ("秋/theme/店", ""),
    ];
    assert_eq!(
        codes,
        expected.map(|(path, rule)| (path.to_owned(), rule)).into()
    );
    // Who made what: by the commands, else the administrator of the project.
    assert_eq!(
        by_coder(&study),
        [
            "ana: theme: I can",
            "ana: theme: 𠮷祥",
            "ana: 店: 𠮷祥",
            "bo: theme: 面馆"
        ]
        .map(str::to_owned)
        .into()
    );
    let sets: Vec<_> = study
        .sets
        .iter()
        .map(|set| {
            (
                set.name.as_str(),
                set.description.as_str(),
                set.members.len(),
            )
        })
        .collect();
    assert_eq!(sets, [("Spring", "First.", 1), ("秋", "第二个", 1)]);
    assert!(study.sets[0].members.is_disjoint(&study.sets[1].members));
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 4);
    // Projects of one name stay two.
    let same = read_taguette("two.sqlite3", &two_projects(["Spring", "Spring"])).unwrap();
    assert_eq!(
        same.sets
            .iter()
            .map(|set| set.name.as_str())
            .collect::<Vec<_>>(),
        ["Spring", "Spring (2)"]
    );
    assert_eq!(same.codes.len(), 5);
}

const PAGE: &str = r#"<!DOCTYPE html>
<html>
  <head>
    <meta charset="UTF-8">
    <title>Taguette highlights</title>
  </head>
  <body>
    <h1>Taguette highlights</h1>

    I can 😀 &amp; I &lt;will&gt;
    <p>
      <strong>Document:</strong> F01 &amp; child
      <strong>Tags:</strong>
        Needs, urgent,
        Needs.Belonging
    </p>
    <hr>

    <p>在𠮷祥面馆。</p>
<p><strong>妈妈：</strong> 笑了。</p>
    <p>
      <strong>Document:</strong> F02 孩子
      <strong>Tags:</strong>
        笑
    </p>
    <hr>

    <p>untagged</p>
    <p>
      <strong>Document:</strong> F02 孩子
      <strong>Tags:</strong>
        
    </p>
    <hr>

  </body>
</html>
"#;

#[test]
fn a_page_of_highlights_gives_what_the_sheet_gives() {
    assert!(is_taguette_page(PAGE.as_bytes()) && !is_taguette_page(b"<html><title>Visit</title>"));
    let study = read_taguette_page("h.html", PAGE.as_bytes().to_vec(), &[]).unwrap();
    let found = coded(&study);
    assert_eq!(
        found,
        [
            ("Needs, urgent", "I can 😀 & I <will>"),
            ("Belonging", "I can 😀 & I <will>"),
            ("笑", "在𠮷祥面馆。\n妈妈： 笑了。"),
        ]
    );
    assert_eq!(
        (
            study.documents.len(),
            study.losses.count(Lost::OnlyHighlights),
            study.losses.count(Lost::CodingWithoutCode)
        ),
        (2, 2, 1)
    );
    assert_eq!(study.documents[0].imported.title, "F01 & child");
    // In a text that is there, the quotes stand where they were said.
    let text = "妈妈：在家。\n她说：在𠮷祥面馆。妈妈： 笑了。\n";
    let known =
        read_taguette_page("h.html", PAGE.as_bytes().to_vec(), &[("F02 孩子", text)]).unwrap();
    assert_eq!(known.documents[1].imported.text.as_str(), text);
    assert_eq!(coded(&known)[2], ("笑", "在𠮷祥面馆。妈妈： 笑了。"));
    for bad in [
        "",
        "<title>Taguette Codebook</title><h2>theme</h2>",
        &"<div>".repeat(5_000),
        "<p><strong>a:</strong><strong>b</strong></p>",
    ] {
        let error = read_taguette_page("h.html", bad.as_bytes().to_vec(), &[])
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("h.html") && error.lines().count() == 1,
            "{error}"
        );
    }
}

#[test]
fn the_page_and_the_sheet_of_a_real_project_agree() {
    let Some(folder) = data("qda/taguette-1.5.2") else {
        return;
    };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let page = read_taguette_page("h.html", read("highlights_all.html"), &[]).unwrap();
    let sheet = read_taguette_highlights("h.csv", read("highlights_all.csv"), &[]).unwrap();
    let solid = |study: &Study| {
        let words = |words: &str| {
            words
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
        };
        let mut all: Vec<(String, String)> = coded(study)
            .into_iter()
            .map(|(code, said)| (code.to_owned(), words(said)))
            .collect();
        all.sort();
        all
    };
    assert_eq!((page.documents.len(), codings(&page)), (4, 118));
    assert_eq!(solid(&page), solid(&sheet));
    let workbook = read_taguette_highlights("h.xlsx", read("highlights_all.xlsx"), &[]).unwrap();
    assert_eq!(coded(&workbook), coded(&sheet));
    assert!(
        is_study(&folder.join("highlights_all.xlsx")) && !is_study(&folder.join("codebook.xlsx"))
    );
    let error = read_taguette_page("b.html", read("codebook.html"), &[])
        .unwrap_err()
        .to_string();
    assert!(error.contains("import its codebook as .qdc"), "{error}");
}

#[test]
fn highlights_land_in_the_documents_that_are_there() {
    let cli = Cli::new();
    cli.write(
        "in/F02 孩子.txt",
        "妈妈：在家。\n她说：在𠮷祥面馆。妈妈： 笑了。\n".as_bytes(),
    );
    cli.write("h.html", PAGE.as_bytes());
    cli.write(
        "h.csv",
        "id,document,tag,content\n1,F02 孩子,店,在𠮷祥面馆\n1,F02 孩子,笑,在𠮷祥面馆\n".as_bytes(),
    );
    cli.write(
        "codebook.html",
        b"<html><title>Taguette Codebook</title><h2>theme</h2></html>",
    );
    cli.ok("new p.tain --title Study --coder An");
    cli.ok("import p.tain in");
    cli.okay(&["import", "p.tain", "h.csv"]);
    let rows = cli.ok("codings export p.tain --format csv");
    assert_eq!(
        rows.lines()
            .filter(|row| row.contains("F02 孩子") && row.ends_with("在𠮷祥面馆"))
            .count(),
        2,
        "{rows}"
    );
    cli.okay(&["import", "p.tain", "h.html"]);
    let info: serde_json::Value =
        serde_json::from_str(&cli.ok("info p.tain --format json")).unwrap();
    assert_eq!(
        (info["documents"].as_u64(), info["codings"].as_u64()),
        (Some(2), Some(5))
    );
    let (status, message) = cli.fails(&["import", "p.tain", "codebook.html"]);
    assert_eq!((status, message.lines().count()), (1, 1), "{message}");
}
