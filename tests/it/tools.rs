//! Projects of other programs come in whole: every coding keeps its words, whoever made it, and a second time brings nothing.

use std::{collections::BTreeMap, path::Path};

use tain::{
    app::{Session, import::PathPatterns},
    import::{
        ImportError, SourceFile,
        loss::Lost,
        study::{Study, StudyDocument},
        tools::{
            Tool, WordFile, is_webanno, read_brat, read_qualcoder, read_rqda, read_taguette,
            read_taguette_codebook, read_taguette_highlights, read_webanno, read_word_comments,
            tool_of_sqlite,
        },
    },
    model::{attribute::AttributeValue, facet::FacetValue, invariants::violations, memo::Anchor},
};

use crate::{formats::data, world};

pub(crate) fn words(document: &StudyDocument, range: tain::model::text::TextRange) -> &str {
    document.imported.text.slice(range).unwrap()
}

pub(crate) fn codings(study: &Study) -> usize {
    study
        .documents
        .iter()
        .map(|document| document.codings.len())
        .sum()
}

/// The words of each coding with its code's name.
pub(crate) fn coded(study: &Study) -> Vec<(&str, &str)> {
    let name = |code| {
        study
            .codes
            .iter()
            .find(|own| own.id == code)
            .unwrap()
            .name
            .text
            .as_str()
    };
    let of = |document| {
        move |coding: &tain::model::coding::Coding| {
            (name(coding.code), words(document, coding.range))
        }
    };
    study
        .documents
        .iter()
        .flat_map(|document| document.codings.iter().map(of(document)))
        .collect()
}

/// Takes a study into a new project; gives it back with the codings that it has there.
pub(crate) fn taken(study: &Study, folder: &Path) -> usize {
    let mut session =
        Session::create(&folder.join("taken.tain"), "Taken", "An", world::world(7)).unwrap();
    // Texts are stored as those of files are; the study then knows its documents by their texts.
    let documents = study
        .documents
        .iter()
        .map(|document| document.imported.clone())
        .collect();
    session
        .add_documents(documents, &PathPatterns::default())
        .unwrap();
    let counts = session.import_study(study.clone()).unwrap().counts;
    assert_eq!(counts.codes.added, study.codes.len());
    assert_eq!(counts.cases.added, study.cases.len());
    assert_eq!(counts.attributes.added, study.attributes.len());
    assert_eq!(counts.memos.added, study.memos.len());
    assert_eq!(counts.links.added, study.links.len());
    let revision = session.revision();
    session.import_study(study.clone()).unwrap();
    assert_eq!(
        session.revision(),
        revision,
        "a second time brings something"
    );
    let project = session.project();
    assert_eq!(violations(project), []);
    assert!(project.skipped.is_empty(), "{:?}", project.skipped);
    assert_eq!(project.codebook.codes.len(), study.codes.len());
    project.coding_count()
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn taguette_projects_keep_the_words_of_every_highlight() {
    let Some(folder) = data("qda/taguette-1.5.2") else {
        return;
    };
    let bytes = read(&folder.join("mixed_scripts.sqlite3"));
    assert_eq!(tool_of_sqlite(&bytes), Some(Tool::Taguette));
    let study = read_taguette("mixed_scripts.sqlite3", &bytes).unwrap();
    assert_eq!(
        (study.documents.len(), study.codes.len(), codings(&study)),
        (4, 8, 118)
    );
    let depth: Vec<&str> = study
        .codes
        .iter()
        .filter(|code| code.place.parent.is_some())
        .map(|code| code.name.text.as_str())
        .collect();
    assert_eq!(depth, ["trust", "privacy", "积极", "消极"]);
    assert_eq!(
        study
            .codes
            .iter()
            .find(|code| code.name.text == "trust")
            .unwrap()
            .definition
            .text,
        "Trust & <risk>; \"quoted\""
    );
    assert_eq!(
        study
            .coders
            .iter()
            .map(|coder| coder.name.as_str())
            .collect::<Vec<_>>(),
        ["admin"]
    );
    assert_eq!(
        study.losses.count(Lost::OutsideText) + study.losses.count(Lost::CodingWithoutCode),
        0
    );

    // The sheet of highlights has the same words, one row for each highlight and tag.
    let solid = |words: &str| words.split_whitespace().collect::<String>();
    let mut sheet = csv::Reader::from_path(folder.join("highlights_all.csv")).unwrap();
    let row = |row: csv::StringRecord| {
        (
            row[2].rsplit('.').next().unwrap().to_owned(),
            solid(&row[3]),
        )
    };
    let mut theirs: Vec<(String, String)> =
        sheet.records().map(|record| row(record.unwrap())).collect();
    let mut own: Vec<(String, String)> = coded(&study)
        .into_iter()
        .map(|(code, words)| (code.to_owned(), solid(words)))
        .collect();
    own.sort();
    theirs.sort();
    assert_eq!(own.len(), 118);
    assert_eq!(own, theirs);
    let selections: std::collections::BTreeSet<_> = study
        .documents
        .iter()
        .flat_map(|d| d.codings.iter().map(|c| c.origin.clone()))
        .map(|origin| format!("{origin:?}"))
        .collect();
    assert_eq!(selections.len(), 76);
    assert!(study.documents.iter().all(|document| {
        document
            .codings
            .iter()
            .all(|coding| coding.made_millis().is_some())
    }));
    let again = read_taguette("mixed_scripts.sqlite3", &bytes).unwrap();
    assert_eq!(again.documents[3].codings, study.documents[3].codings);
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 118);
}

#[test]
fn taguette_sheets_find_their_quotes_in_known_documents() {
    let Some(folder) = data("qda/taguette-1.5.2") else {
        return;
    };
    let whole = read_taguette("a.sqlite3", &read(&folder.join("mixed_scripts.sqlite3"))).unwrap();
    let known: Vec<(&str, &str)> = whole
        .documents
        .iter()
        .map(|d| (d.imported.title.as_str(), d.imported.text.as_str()))
        .collect();
    let found = read_taguette_highlights(
        "highlights.csv",
        read(&folder.join("highlights_all.csv")),
        &known,
    )
    .unwrap();
    assert_eq!((found.documents.len(), codings(&found)), (4, 118));
    assert!(found.losses.is_empty(), "{:?}", found.losses);
    let alone = read_taguette_highlights(
        "highlights.csv",
        read(&folder.join("highlights_all.csv")),
        &[],
    )
    .unwrap();
    assert_eq!(
        (
            alone.documents.len(),
            codings(&alone),
            alone.losses.count(Lost::OnlyHighlights)
        ),
        (4, 118, 4)
    );
    let book = read_taguette_codebook("codebook.csv", read(&folder.join("codebook.csv"))).unwrap();
    assert_eq!(book.codes.len(), 8);
    assert_eq!(book.codes[0].definition.text, "Further review required");
}

#[test]
fn qualcoder_projects_bring_two_coders_cases_and_notes() {
    let Some(folder) = data("qda/qualcoder-4.0/two_coders_zh_en.qda") else {
        return;
    };
    let bytes = read(&folder.join("data.qda"));
    assert_eq!(tool_of_sqlite(&bytes), Some(Tool::QualCoder));
    let files = |path: &str| std::fs::read(folder.join(path)).ok();
    let study = read_qualcoder("two_coders_zh_en.qda/data.qda", &bytes, &files).unwrap();
    assert_eq!(
        (study.title.as_str(), study.program.as_str()),
        ("two_coders_zh_en", "QualCoder 4.0")
    );
    assert_eq!(
        (study.documents.len(), study.codes.len(), codings(&study)),
        (3, 11, 97)
    );
    let mut of_coder: BTreeMap<&str, usize> = BTreeMap::new();
    for coding in study
        .documents
        .iter()
        .flat_map(|document| &document.codings)
    {
        *of_coder
            .entry(
                &study
                    .coders
                    .iter()
                    .find(|coder| coder.id == coding.coder)
                    .unwrap()
                    .name,
            )
            .or_default() += 1;
    }
    assert_eq!(
        of_coder,
        BTreeMap::from([("coder_li", 57), ("coder_sun", 40)])
    );
    let first = coded(&study)
        .into_iter()
        .find(|(_, words)| words.starts_with("Well when the"))
        .unwrap();
    assert_eq!(
        first,
        (
            "parents' work",
            "Well when the - my three sisters were in service, my brother worked in office and - then I started work - 1892."
        )
    );
    let important = study
        .documents
        .iter()
        .flat_map(|document| &document.codings)
        .filter(|coding| !coding.facets.is_empty());
    assert!(
        important
            .clone()
            .all(|coding| coding.facets.values().eq([&FacetValue::YesNo(true)]))
    );
    assert_eq!(important.count(), 5);
    let sub = study
        .codes
        .iter()
        .find(|code| code.name.text == "school: teachers")
        .unwrap();
    let above = study
        .codes
        .iter()
        .find(|code| Some(code.id) == sub.place.parent)
        .unwrap();
    assert_eq!(above.name.text, "school");
    assert_eq!(study.cases.len(), 2);
    assert_eq!(
        study
            .documents
            .iter()
            .map(|document| document.cases.len())
            .collect::<Vec<_>>(),
        [1, 0, 1]
    );
    let values =
        |values: &tain::model::attribute::Values| values.values().cloned().collect::<Vec<_>>();
    assert!(values(&study.cases[0].values).contains(&AttributeValue::Number(1890.0)));
    assert_eq!(
        values(&study.cases[1].values),
        [AttributeValue::Text("臺北".to_owned())]
    );
    assert_eq!(
        values(&study.documents[1].values),
        [AttributeValue::Text("zh-Hant".to_owned())]
    );
    let segments = study.memos.iter().filter_map(|memo| match memo.anchor {
        Anchor::Segment(document, range) => {
            let document = study
                .documents
                .iter()
                .find(|own| own.id == document)
                .unwrap();
            Some((memo.body.as_str(), words(document, range)))
        }
        _ => None,
    });
    assert_eq!(segments.collect::<Vec<_>>()[1], ("注释 🙂", "大家好 🙂"));
    assert!(
        study
            .memos
            .iter()
            .any(|memo| memo.anchor == Anchor::Project && memo.title == "Reflection 1")
    );
    assert_eq!(
        study
            .memos
            .iter()
            .filter(|memo| matches!(memo.anchor, Anchor::Coding(..)))
            .count(),
        6
    );
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 97);
}

#[test]
fn rqda_projects_leave_deleted_codings_out_and_say_so() {
    let Some(path) = data("qda/rqda/OPCW-CSP-DG.rqda") else {
        return;
    };
    let bytes = read(&path);
    assert_eq!(tool_of_sqlite(&bytes), Some(Tool::Rqda));
    let study = read_rqda("OPCW-CSP-DG.rqda", &bytes).unwrap();
    assert_eq!(
        (
            study.documents.len(),
            study.codes.len(),
            codings(&study),
            study.losses.count(Lost::Deleted)
        ),
        (13, 2, 21, 1)
    );
    assert_eq!(study.losses.count(Lost::OutsideText), 0);
    let found = coded(&study);
    assert!(
        found[0]
            .1
            .starts_with("11. \t\nClearly, during this first two hundred days"),
        "{:?}",
        found[0]
    );
    assert!(found.iter().any(
        |(code, words)| *code == "transparency" && words.ends_with("no budgetary implications")
    ));
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 21);
}

/// Every coding of a real file has the words that the file quotes.
#[test]
fn words_are_those_that_the_files_quote() {
    for (path, program) in [
        (
            "qda/qualcoder-4.0/two_coders_zh_en.qda/data.qda",
            "code_text",
        ),
        ("qda/rqda/OPCW-CSP-DG.rqda", "coding"),
    ] {
        let Some(path) = data(path) else { return };
        let bytes = read(&path);
        let study = match program {
            "coding" => read_rqda("a.rqda", &bytes).unwrap(),
            _ => read_qualcoder("data.qda", &bytes, &|_| None).unwrap(),
        };
        let database = rusqlite::Connection::open_with_flags(
            &path,
            rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
        )
        .unwrap();
        let wanted = if program == "coding" {
            "SELECT seltext FROM coding WHERE status = 1"
        } else {
            "SELECT seltext FROM code_text"
        };
        let mut statement = database.prepare(wanted).unwrap();
        let mut quoted: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut own: Vec<String> = coded(&study)
            .into_iter()
            .map(|(_, words)| words.to_owned())
            .collect();
        quoted.sort();
        own.sort();
        assert_eq!(own, quoted, "{}", path.display());
    }
}

#[test]
fn word_files_of_one_text_are_one_document_of_three_coders() {
    let Some(folder) = data("coded/word-comments") else {
        return;
    };
    let names = ["coder_a.docx", "coder_b.docx", "coder_c.docx"];
    let bytes = names.map(|name| read(&folder.join(name)));
    let files: Vec<WordFile<'_>> = names
        .iter()
        .zip(&bytes)
        .map(|(file, bytes)| WordFile {
            file,
            bytes,
            coder: None,
        })
        .collect();
    let study = read_word_comments(&files).unwrap();
    assert_eq!(
        (
            study.documents.len(),
            study.coders.len(),
            study.codes.len(),
            codings(&study)
        ),
        (1, 3, 6, 16)
    );
    assert_eq!(
        study
            .coders
            .iter()
            .map(|coder| coder.name.as_str())
            .collect::<Vec<_>>(),
        ["coder_a", "coder_b", "coder_c"]
    );
    let first = coded(&study)[0];
    assert_eq!(first.0, "Policy views");
    assert!(
        first.1.starts_with("Participant: Honestly") && first.1.ends_with("money behind them."),
        "{first:?}"
    );
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 16);
}

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

#[test]
fn brat_files_bring_spans_facets_relations_and_notes() {
    let text = "😀 Mum: the 𠮷野 stall opens early.\r\n妈妈说我是她的骄傲。\r\n";
    let ann = "T1\tPlace 11 13\t𠮷野\nT2\tPride 34 36;39 41\t妈妈 她的\nA1\tSure T2\nA2\tWho T2 mother\nR1\tHelps Arg1:T1 Arg2:T2\n\
        E1\tOpens:T1 Who:T2\n#1\tAnnotatorNotes T2\t她很骄傲\nT3\tPlace 90 99\tgone\n";
    let study = read_brat(
        "study",
        &[
            source("a.ann", ann),
            source("a.txt", text),
            source("b.ann", ""),
        ],
        "Wen",
    )
    .unwrap();
    assert_eq!(
        coded(&study),
        [("Place", "𠮷野"), ("Pride", "妈妈"), ("Pride", "她的")]
    );
    let pride = &study.codes[1];
    assert_eq!(
        pride
            .facets
            .iter()
            .map(|facet| facet.name.text.as_str())
            .collect::<Vec<_>>(),
        ["Sure", "Who"]
    );
    assert_eq!(study.documents[0].codings[2].facets.len(), 2);
    assert_eq!(
        (
            study.links.len(),
            study.memos.len(),
            study.coders[0].name.as_str()
        ),
        (1, 1, "Wen")
    );
    let lost =
        [Lost::MissingFile, Lost::OutsideText, Lost::Other].map(|kind| study.losses.count(kind));
    assert_eq!(lost, [1, 1, 1]);
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 3);

    // The same places counted in UTF-16 are told by the quoted words.
    let java = read_brat(
        "study",
        &[
            source("a.ann", "T1\tPlace 12 15\t𠮷野\n"),
            source("a.txt", text),
        ],
        "Wen",
    )
    .unwrap();
    assert_eq!(coded(&java), [("Place", "𠮷野")]);
    let error = read_brat(
        "study",
        &[source("a.ann", "T1 Place\n"), source("a.txt", text)],
        "Wen",
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.ann, row 1: “T1 Place” is not an annotation as brat writes it"
    );
}

#[test]
fn webanno_sheets_bring_layers_features_and_relations() {
    let sheet = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Need|kind|strength\n#T_SP=webanno.custom.Mark\n\
        #T_RL=webanno.custom.Leads|how|BT_webanno.custom.Need\n\n\n#Text=😀 I need 𠮷祥 .\n\
        1-1\t0-2\t😀\t_\t_\t_\t_\t_\t\n1-2\t3-4\tI\t_\t_\t*\t_\t_\t\n1-3\t5-9\tneed\tfood\\|rest[1]|play\t*[1]|3\t_\t_\t_\t\n\
        1-4\t10-13\t𠮷祥\tfood\\|rest[1]\t*[1]\t_\tto\t1-3[1_0]\t\n1-5\t14-15\t.\t_\t_\t_\t_\t_\t\n\n#Text=妈妈说\n2-1\t16-18\t妈妈\t_\t_\t*\t_\t_\t\n2-2\t18-19\t说\t_\t_\t_\t_\t_\t\n";
    assert!(is_webanno(sheet.as_bytes()) && !is_webanno(b"word\ttag\n"));
    let study = read_webanno("a.tsv", sheet.as_bytes(), "Wen").unwrap();
    assert_eq!(
        study.documents[0].imported.text.as_str(),
        "😀 I need 𠮷祥 .\n妈妈说"
    );
    let mut found = coded(&study);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("Mark", "I"),
            ("Mark", "妈妈"),
            ("kind=food|rest", "need 𠮷祥"),
            ("kind=play", "need"),
            ("strength=3", "need")
        ]
    );
    assert_eq!((study.links.len(), study.links[0].name.as_str()), (1, "to"));
    let Anchor::Segment(_, range) = study.links[0].to else {
        panic!("a passage")
    };
    assert_eq!(words(&study.documents[0], range), "𠮷祥");
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 5);
    for bad in [
        "#FORMAT=WebAnno TSV 3.3\n#Text=a\n1-1\t9-999999999999\ta\t\n",
        "#FORMAT=WebAnno TSV 3.3\n#Text=a\n1-1\n",
        "#FORMAT=WebAnno TSV 3.3\n",
        "a\tb\n",
    ] {
        let error = read_webanno("a.tsv", bad.as_bytes(), "Wen")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("a.tsv") && !error.contains('\n'),
            "{error}"
        );
    }
}

pub(crate) fn database(sql: &str) -> Vec<u8> {
    let mut connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize("main").unwrap().to_vec()
}

fn line(error: &ImportError) {
    let text = error.to_string();
    assert!(
        text.starts_with("x.db") && !text.contains('\n') && text.len() < 300,
        "{text}"
    );
}

#[test]
fn hostile_files_end_in_one_line() {
    let read_all = |bytes: &[u8]| {
        let read = [
            read_taguette("x.db", bytes),
            read_rqda("x.db", bytes),
            read_qualcoder("x.db", bytes, &|_| None),
        ];
        read.into_iter()
            .filter_map(Result::err)
            .inspect(line)
            .count()
    };
    assert_eq!(read_all(b""), 3);
    assert_eq!(read_all(b"SQLite format 3\0"), 3);
    assert_eq!(
        read_all(&database(
            "CREATE TABLE other (a); INSERT INTO other VALUES (1);"
        )),
        3
    );
    // Views and endless queries in the place of tables are never asked.
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS name, i AS file FROM n";
    let views: String = ["tags", "source", "highlights", "documents"]
        .map(|name| format!("CREATE VIEW {name} AS {endless};"))
        .concat();
    assert_eq!(read_all(&database(&views)), 3);
    // Odd types, circles of codes, places outside the text.
    let odd = database(
        "CREATE TABLE source (id, name, file, status); INSERT INTO source VALUES ('1', x'ff41', '妈妈🙂b', 1), (NULL, NULL, NULL, 1), (2, 2, 3.5, 1);
         CREATE TABLE freecode (id, name, status); INSERT INTO freecode VALUES (1, NULL, 1), (1, 'twice', 1), (2, 'b', 1);
         CREATE TABLE coding (cid, fid, selfirst, selend, status, seltext, owner);
         INSERT INTO coding VALUES (1, 1, -9e99, 9e99, 1, 'x', NULL), (2, 1, 2.0, 3.0, 1, '🙂', 'An'), (2, 1, 7, 3, 1, '', ''), (9, 1, 0, 1, 1, '', '');",
    );
    let study = read_rqda("x.db", &odd).unwrap();
    assert_eq!(
        coded(&study)
            .iter()
            .map(|(_, words)| *words)
            .collect::<Vec<_>>(),
        ["妈妈🙂b", "🙂"]
    );
    assert_eq!(
        (
            study.losses.count(Lost::OutsideText),
            study.losses.count(Lost::CodingWithoutCode)
        ),
        (2, 1)
    );
    let circle = database(
        "CREATE TABLE source (id, name, fulltext); CREATE TABLE code_text (ctid); CREATE TABLE code_name (cid, name, supercid);
         INSERT INTO code_name VALUES (1, 'a', 2), (2, 'b', 1), (3, 'c', 3), (4, 'd', 99);",
    );
    let study = read_qualcoder("x.db", &circle, &|_| None).unwrap();
    assert_eq!(study.codes.len(), 4);
    let place = tempfile::tempdir().unwrap();
    assert_eq!(taken(&study, place.path()), 0);

    for (path, reader) in [
        ("qda/taguette-1.5.2/mixed_scripts.sqlite3", 0),
        ("qda/rqda/OPCW-CSP-DG.rqda", 1),
    ] {
        let Some(path) = data(path) else { return };
        let whole = read(&path);
        let read = |bytes: &[u8]| {
            if reader == 0 {
                read_taguette("x.db", bytes)
            } else {
                read_rqda("x.db", bytes)
            }
        };
        for part in 1..12 {
            let cut = &whole[..whole.len() * part / 12];
            line(&read(cut).unwrap_err());
        }
        // Bytes overwritten anywhere give a study or one line.
        for at in (100..whole.len()).step_by(whole.len() / 12) {
            let mut bent = whole.clone();
            bent[at..(at + 64).min(whole.len())].fill(0xff);
            read(&bent).as_ref().err().into_iter().for_each(line);
        }
        let mut logged = whole.clone();
        logged[18..20].fill(2);
        assert_eq!(
            codings(&read(&logged).unwrap()),
            codings(&read(&whole).unwrap())
        );
    }
}
