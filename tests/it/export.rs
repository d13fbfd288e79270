//! Everything out: what sheets, pages and the relational database hold, that they come back, and that nothing in them can do harm.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
    path::Path,
};

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};
use quick_xml::events::Event;
use tain::{
    app::{
        Session,
        edit::find_or_add::CreateCodes,
        export::{ExportContent, ExportError, ExportOptions},
        jobs::JobControl,
        output_file::write,
    },
    import::table::InputTable,
    message::language::UiLanguage,
    model::{attribute::AttributeOf, text::TextRange},
};
use tempfile::TempDir;

use crate::world;

const CASES: &str = "case,kind,parent,age,born,takes_part,income,note,esteem@baseline,esteem@follow-up\n\
    Reed,family,,,,,low,'=1+1,,\n\
    林家,family,,,,,middle,\"两行,\n第二行 𠮷\",,\n\
    Zoé <b>,person,Reed,11,2014-05-01,yes,low,'@home,18,missing\n\
    小远,person,林家,12,2013-12-31,no,middle,''-x,20.5,not asked\n";

/// A project with overlapping codings across turns, hostile names, memos, facets and values of every kind.
pub(crate) fn session(folder: &TempDir) -> Session {
    let mut session = world::project(&folder.path().join("p.tain"), 77);
    session
        .import_cases("cases.csv", CASES.as_bytes().to_vec(), None, None, None)
        .unwrap();
    let documents = "document,case,phase,speakers,source\nF01 child,Reed,baseline,Child=Zoé <b>,field\nF02 孩子,林家,follow-up,小远=小远,field\n";
    session
        .import_document_sheet("documents.csv", documents.as_bytes().to_vec())
        .unwrap();
    let book = r#"(format: 1, language: "en", codes: [(name: (text: "=Judged <i>", translations: {"zh": "被评价"}), hue: 3,
        definition: (text: "ExportContent others think.", translations: {"zh": "别人怎么看。"}), apply_when: (text: "Somebody judges."), not_when: (text: "Self-talk & <co>."),
        examples: [(text: "They laugh."), (text: "They think I can't.", translations: {"zh": "他们觉得我不行。"})],
        indicators: [(language: "zh", expression: "觉得|笑")],
        facets: [(name: (text: "judgement"), kind: Category([(text: "mixed"), (text: "good")])), (name: (text: "strength"), kind: Intensity)])])"#;
    session
        .import_codebook("judged.ron", book.as_bytes().to_vec())
        .unwrap();
    let codings = "coder,document,start,end,code,memo,judgement,strength\n\
        An,F01 child,0,60,Belonging,,,\n\
        <script>alert(1)</script>,F01 child,30,110,=Judged <i>,\"'=SUM(A1)\n</w:t> & <b>\",mixed,70\n\
        An,F01 child,40,50,Being heard,,,\n\
        An,F02 孩子,14,30,=Judged <i>,,good,\n\
        <script>alert(1)</script>,F02 孩子,14,30,Belonging,+1,,\n\
        An,F02 孩子,25,60,Speaking up,,,\n";
    session
        .import_codings(
            "codings.csv",
            codings.replace(",=Judged", ",'=Judged").into_bytes(),
            CreateCodes::No,
        )
        .unwrap();
    session
}

fn bytes_of(session: &Session, name: &str, wanted: &ExportOptions) -> Vec<u8> {
    session
        .exporter()
        .bytes(Path::new(name), wanted, &JobControl::default())
        .unwrap()
        .bytes
}

fn of(session: &Session, name: &str, what: ExportContent) -> Vec<u8> {
    bytes_of(
        session,
        name,
        &ExportOptions {
            content: Some(what),
            ..ExportOptions::default()
        },
    )
}

/// A sheet as text, header first.
fn rows_of(name: &str, bytes: Vec<u8>) -> Vec<Vec<String>> {
    let table = InputTable::read(name, bytes).unwrap();
    let mut rows = vec![table.header.clone()];
    table
        .for_each(|row| {
            rows.push(row.cells.iter().map(|cell| (*cell).to_owned()).collect());
            Ok(())
        })
        .unwrap();
    rows
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0]
        .iter()
        .position(|head| head == name)
        .unwrap_or_else(|| panic!("no column {name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn every_quotation_is_the_slice_of_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    for name in ["a.csv", "a.tsv", "a.xlsx", "a.ods"] {
        let rows = rows_of(name, of(&session, name, ExportContent::Codings));
        assert_eq!(rows.len() - 1, session.project().coding_count());
        let [titles, starts, ends, quotes] =
            ["document", "start", "end", "quote"].map(|head| column(&rows, head));
        for (at, quote) in quotes.iter().enumerate() {
            let document = session.project().document_by_title(&titles[at]).unwrap();
            let range = TextRange::between(starts[at].parse().unwrap(), ends[at].parse().unwrap());
            let content = session.content(document).unwrap();
            assert_eq!(
                quote,
                content.text.slice(range).unwrap().trim(),
                "{name}, row {at}"
            );
        }
        assert_eq!(
            column(&rows, "judgement")
                .iter()
                .filter(|value| *value == "mixed")
                .count(),
            1
        );
        assert_eq!(column(&rows, "strength"), ["", "70", "", "", "", ""]);
        // The speaker's own attributes, and above them those of the family.
        assert_eq!(column(&rows, "age")[3], "12");
        assert_eq!(column(&rows, "esteem@follow-up")[3], "not asked");
        assert_eq!(column(&rows, "family")[0], "Reed");
        assert_eq!(column(&rows, "code_zh")[1], "被评价");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&of(&session, "a.json", ExportContent::Codings)).unwrap();
    assert_eq!(json[0]["start"], 0);
    assert_eq!(json[1]["code"], "=Judged <i>");
}

#[test]
fn numbers_are_numbers_days_are_days_and_nothing_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    let bytes = of(&session, "a.xlsx", ExportContent::Project);
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "codings",
            "codebook",
            "themes by family",
            "codes by case",
            "case x code",
            "cases",
            "documents"
        ]
    );
    for name in book.sheet_names() {
        assert!(
            book.worksheet_formula(&name)
                .unwrap()
                .cells()
                .all(|(_, _, formula)| formula.is_empty()),
            "{name} has a formula"
        );
    }
    let cases = book.worksheet_range("cases").unwrap();
    assert_eq!(cases.get((0, 0)), Some(&Data::String("case".to_owned())));
    let zoe = (1..5)
        .find(|row| cases.get((*row, 0)) == Some(&Data::String("Zoé <b>".to_owned())))
        .unwrap();
    assert_eq!(cases.get((zoe, 3)), Some(&Data::Float(11.0)));
    assert!(matches!(cases.get((zoe, 4)), Some(Data::DateTime(_))));
    assert_eq!(cases.get((zoe, 5)), Some(&Data::Bool(true)));
    assert_eq!(cases.get((zoe, 7)), Some(&Data::String("@home".to_owned())));
    let codings = book.worksheet_range("codings").unwrap();
    assert!(
        codings
            .cells()
            .any(|(_, _, cell)| *cell == Data::String("=SUM(A1)\n</w:t> & <b>".to_owned()))
    );
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"),
        "{sheet}"
    );
    let csv = String::from_utf8(of(&session, "a.csv", ExportContent::Codings)).unwrap();
    assert!(
        csv.contains("\"'=SUM(A1)") && csv.contains("'=Judged <i>") && csv.contains(",+1,"),
        "{csv}"
    );
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    for (name, what) in [
        ("a.xlsx", ExportContent::Project),
        ("a.sqlite", ExportContent::Project),
        ("a.ods", ExportContent::Cases),
        ("a.docx", ExportContent::Transcripts),
        ("a.docx", ExportContent::Quotations),
        ("a.docx", ExportContent::Codebook),
        ("a.html", ExportContent::Transcripts),
    ] {
        let once = of(&session, name, what);
        std::thread::sleep(std::time::Duration::from_millis(if name == "a.xlsx" {
            2_100
        } else {
            0
        }));
        assert!(once == of(&session, name, what), "{name} {}", what.name());
    }
}

#[test]
fn a_sheet_of_cases_comes_back_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(&folder);
    type Value = (String, Option<String>, String);
    type Row = (String, String, Option<String>, Vec<Value>);
    let shape = |session: &Session| -> Vec<Row> {
        let project = session.project();
        let cases = project.cases_in_order().into_iter().map(|(_, case)| {
            let values = case.values.iter().map(|((attribute, phase), value)| {
                let phase = phase.map(|phase| project.phases[&phase].name.clone());
                (
                    project.attributes[attribute].name.clone(),
                    phase,
                    format!("{value:?}"),
                )
            });
            let mut values: Vec<_> = values.collect();
            values.sort();
            (
                case.name.clone(),
                case.kind.0.clone(),
                case.parent.map(|id| project.cases[&id].name.clone()),
                values,
            )
        });
        cases.collect()
    };
    let kinds = |session: &Session| -> BTreeMap<String, String> {
        let attributes = session
            .project()
            .attributes
            .values()
            .filter(|attribute| attribute.of == AttributeOf::Cases);
        attributes
            .map(|attribute| {
                (
                    attribute.name.clone(),
                    format!("{:?} {}", attribute.kind, attribute.per_phase),
                )
            })
            .collect()
    };
    for name in ["c.csv", "c.tsv", "c.xlsx", "c.ods"] {
        let bytes = of(&session, name, ExportContent::Cases);
        // Into the same project: nothing new.
        let found = session
            .preview_cases(name, bytes.clone(), None, None, None)
            .unwrap();
        assert!(
            found
                .rows
                .iter()
                .all(|row| !row.new && row.fields.is_empty()),
            "{name}: {:?}",
            found.rows
        );
        // Into an empty one: all of it.
        let mut other = Session::create(
            &folder.path().join(format!("{name}.tain")),
            "Other",
            "Bo",
            world::world(5),
        )
        .unwrap();
        other.import_cases(name, bytes, None, None, None).unwrap();
        assert_eq!(shape(&other), shape(&session), "{name}");
        assert_eq!(kinds(&other), kinds(&session), "{name}");
    }
}

#[test]
fn a_dry_run_names_types_and_what_would_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(&folder);
    let before = session.project().clone();
    let sheet = "case,kind,parent,age,school\n小远,person,林家,13,一小\nZoé <b>,person,Reed,11,\nNeu,person,Reed,9,一小\n";
    let found = session
        .preview_cases("c.csv", sheet.as_bytes().to_vec(), None, None, None)
        .unwrap();
    let columns: Vec<_> = found
        .columns
        .iter()
        .map(|column| {
            let inferred = column.inferred.say(UiLanguage::English);
            (column.name.as_str(), inferred, column.known.is_some())
        })
        .collect();
    assert_eq!(columns[0].1, "number");
    assert_eq!(columns[1], ("school", "category: 一小".to_owned(), false));
    let of = |at: usize| {
        let row = &found.rows[at];
        let fields: Vec<_> = row
            .fields
            .iter()
            .map(|field| {
                (
                    field.field.as_str(),
                    field.from.as_ref().map(|value| value.text.as_str()),
                    field.to.as_ref().map(|value| value.text.as_str()),
                )
            })
            .collect();
        (row.new, fields)
    };
    assert_eq!(
        of(0),
        (
            false,
            vec![
                ("age", Some("12"), Some("13")),
                ("school", None, Some("一小"))
            ]
        )
    );
    assert_eq!(of(1), (false, vec![]));
    assert_eq!(
        of(2).1[1..],
        [
            ("parent", None, Some("Reed")),
            ("age", None, Some("9")),
            ("school", None, Some("一小"))
        ]
    );
    assert!(of(2).0);
    assert_eq!(**session.project(), *before);
}

#[test]
fn a_codebook_comes_back_from_its_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    for name in ["b.xlsx", "b.ods", "b.csv"] {
        let mut other = Session::create(
            &folder.path().join(format!("{name}.tain")),
            "Other",
            "Bo",
            world::world(5),
        )
        .unwrap();
        other
            .import_codebook(name, of(&session, name, ExportContent::Codebook))
            .unwrap();
        let plain = |session: &Session| -> Vec<_> {
            let book = &session.project().codebook;
            let code = |id| (**book.get(id).unwrap()).clone();
            let all = book.in_order().into_iter().map(|(depth, found)| {
                let code: tain::model::code::Code = code(found.id);
                (
                    depth,
                    code.name,
                    code.hue,
                    code.definition,
                    code.apply_when,
                    code.not_when,
                    code.examples,
                    code.indicators,
                )
            });
            all.collect()
        };
        assert_eq!(plain(&other), plain(&session), "{name}");
    }
}

#[test]
fn hostile_names_stay_words_in_html() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    for what in [
        ExportContent::Transcripts,
        ExportContent::Quotations,
        ExportContent::Codebook,
    ] {
        let page = String::from_utf8(of(&session, "a.html", what)).unwrap();
        assert!(
            !page.contains("<script") && !page.contains("<b>\n") && !page.contains("Judged <i>"),
            "{page}"
        );
        assert!(page.contains("Judged &lt;i&gt;"), "{}", what.name());
    }
    let page = String::from_utf8(of(&session, "a.html", ExportContent::Transcripts)).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("𠮷"));
    // The words of the page without its margin are the words of the text.
    let words: String = page
        .split("<p>")
        .skip(1)
        .map(|line| line.split("</p>").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n");
    let plain = regex::Regex::new("<sup>.*?</sup>|<[^>]*>")
        .unwrap()
        .replace_all(&words, "")
        .replace("&quot;", "\"");
    let texts = session
        .project()
        .documents_in_order()
        .into_iter()
        .map(|document| session.content(document).unwrap().text.as_str().to_owned());
    let texts = texts.collect::<Vec<_>>().join("\n");
    assert_eq!(
        plain
            .lines()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>(),
        texts
            .lines()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
    );
}

/// The ids of elements of a name; panics where the part isn't well formed.
fn ids(xml: &str, name: &str) -> Vec<u32> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                depth += 1;
                take(&element, name, &mut found);
            }
            Event::Empty(element) => take(&element, name, &mut found),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    found
}

fn take(element: &quick_xml::events::BytesStart<'_>, name: &str, found: &mut Vec<u32>) {
    let wanted = format!("<{name} ").into_bytes();
    let raw = format!(
        "<{} ",
        String::from_utf8_lossy(element.name().as_ref().as_bytes())
    )
    .into_bytes();
    if raw == wanted {
        let id = element
            .attributes()
            .map(Result::unwrap)
            .find(|attribute| attribute.key.as_ref() == "w:id")
            .unwrap();
        found.push(
            String::from_utf8_lossy(id.value.as_bytes())
                .parse()
                .unwrap(),
        );
    }
}

#[test]
fn overlapping_codings_are_comments_that_word_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    let bytes = of(&session, "a.docx", ExportContent::Transcripts);
    let (document, comments) = (
        part(&bytes, "word/document.xml"),
        part(&bytes, "word/comments.xml"),
    );
    let n = u32::try_from(session.project().coding_count()).unwrap();
    let all: BTreeSet<u32> = (0..n).collect();
    for (xml, name) in [
        (&document, "w:commentRangeStart"),
        (&document, "w:commentRangeEnd"),
        (&document, "w:commentReference"),
        (&comments, "w:comment"),
    ] {
        let found = ids(xml, name);
        assert_eq!(found.len(), all.len(), "{name}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), all, "{name}");
    }
    assert!(
        document.contains("𠮷") && comments.contains("w:author=\"&lt;script&gt;"),
        "{comments}"
    );
    for what in [ExportContent::Quotations, ExportContent::Codebook] {
        ids(
            &part(&of(&session, "a.docx", what), "word/document.xml"),
            "w:commentReference",
        );
    }
}

#[test]
fn the_relational_database_holds_the_project_and_every_reference_leads_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    let path = folder.path().join("p.sqlite");
    session
        .exporter()
        .write(
            &path,
            &ExportOptions::default(),
            &JobControl::default(),
            write,
        )
        .unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let project = session.project();
    assert!(
        !db.prepare("PRAGMA foreign_key_check")
            .unwrap()
            .exists([])
            .unwrap()
    );
    assert_eq!(
        count("SELECT count(*) FROM codings"),
        i64::try_from(project.coding_count()).unwrap()
    );
    assert_eq!(
        count("SELECT count(*) FROM v_codings"),
        i64::try_from(project.coding_count()).unwrap()
    );
    assert_eq!(
        count(
            "SELECT count(*) FROM codings c JOIN documents d ON d.id = c.document_id WHERE c.quote <> substr(d.text, c.start_char + 1, c.end_char - c.start_char)"
        ),
        0
    );
    // Each coding counts for the child and for the family.
    assert_eq!(count("SELECT sum(n_codings) FROM v_code_case"), 12);
    assert_eq!(
        count("SELECT count(*) FROM v_code_case WHERE case_name = 'Reed'"),
        i64::try_from(project.codebook.codes.len()).unwrap()
    );
    assert_eq!(count("SELECT count(*) FROM case_values"), 18);
    assert_eq!(
        count("SELECT count(*) FROM case_values WHERE state = 'missing' AND number IS NULL"),
        1
    );
    assert_eq!(
        count(
            "SELECT count(*) FROM memos m JOIN anchors a ON a.id = m.anchor_id JOIN codings c ON c.id = a.coding_id"
        ),
        2
    );
    let row = db.query_row(
        "SELECT family, phase, person, code_path, memo FROM v_codings WHERE code = '=Judged <i>' AND coder LIKE '<script%'",
        [],
        |row| Ok([0, 1, 2, 3].map(|at| row.get::<_, Option<String>>(at).unwrap())),
    );
    assert_eq!(
        row.unwrap().map(Option::unwrap_or_default)[..2],
        ["Reed", "baseline"]
    );
    assert_eq!(
        count("SELECT count(*) FROM meta WHERE key = 'format' AND value = '3'"),
        1
    );
}

#[test]
fn the_program_in_python_reads_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    let database = folder.path().join("p.sqlite");
    session
        .exporter()
        .write(
            &database,
            &ExportOptions::default(),
            &JobControl::default(),
            write,
        )
        .unwrap();
    let wanted = ExportOptions {
        content: Some(ExportContent::R),
        ..ExportOptions::default()
    };
    let r = session
        .exporter()
        .write(&database, &wanted, &JobControl::default(), write)
        .unwrap()
        .path;
    assert_eq!(r, folder.path().join("p.R"));
    assert!(
        std::fs::read_to_string(&r)
            .unwrap()
            .contains("dbConnect(RSQLite::SQLite(), \"p.sqlite\")")
    );
    let script = "import sqlite3\ncon = sqlite3.connect('p.sqlite')\nrows = con.execute('SELECT quote, document FROM v_codings').fetchall()\ntexts = dict(con.execute('SELECT title, text FROM documents'))\nspans = con.execute('SELECT document, start_char, end_char, quote FROM v_codings').fetchall()\nassert all(texts[d][s:e] == q for d, s, e, q in spans)\nprint(len(rows))";
    let Ok(output) = std::process::Command::new("python3")
        .args(["-c", script])
        .current_dir(folder.path())
        .output()
    else {
        return;
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "6");
}

#[test]
fn references_stand_for_names_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    for (name, what) in [
        ("a.csv", ExportContent::Codings),
        ("a.csv", ExportContent::Cases),
        ("a.csv", ExportContent::Documents),
        ("a.html", ExportContent::Transcripts),
        ("a.html", ExportContent::Quotations),
        ("a.sqlite", ExportContent::Project),
    ] {
        let wanted = ExportOptions {
            content: Some(what),
            pseudonymise: true,
            language: UiLanguage::Chinese,
            ..ExportOptions::default()
        };
        let bytes = bytes_of(&session, name, &wanted);
        let text = String::from_utf8_lossy(&bytes);
        for hidden in ["小远", "林家", "Reed"] {
            assert!(!text.contains(hidden), "{name} {}: {hidden}", what.name());
        }
    }
    let wanted = ExportOptions {
        pseudonymise: true,
        ..ExportOptions::default()
    };
    let path = folder.path().join("masked.sqlite");
    session
        .exporter()
        .write(&path, &wanted, &JobControl::default(), write)
        .unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let wrong = "SELECT count(*) FROM codings c JOIN documents d ON d.id = c.document_id WHERE c.quote <> substr(d.text, c.start_char + 1, c.end_char - c.start_char)";
    assert_eq!(
        db.query_row(wrong, [], |row| row.get::<_, i64>(0)).unwrap(),
        0
    );
    let quote: String = db
        .query_row(
            "SELECT quote FROM codings WHERE document_id = 2 ORDER BY start_char LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(quote.contains("觉得"), "{quote}");
}

#[test]
fn what_a_form_does_not_hold_is_refused_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    let error = |name: &str, what: ExportContent| {
        let wanted = ExportOptions {
            content: Some(what),
            ..ExportOptions::default()
        };
        session
            .exporter()
            .bytes(Path::new(name), &wanted, &JobControl::default())
            .unwrap_err()
    };
    assert!(matches!(
        error("a.pdf", ExportContent::Codings),
        ExportError::Ending(_)
    ));
    assert_eq!(
        error("a.csv", ExportContent::Project).to_string(),
        "“project” can't be written as .csv; choose .qdpx, .xlsx or .sqlite"
    );
    let missing = folder.path().join("nowhere/a.xlsx");
    let new = Session::create(
        &folder.path().join("new.tain"),
        "Study",
        "An",
        crate::world::world(2),
    )
    .unwrap();
    let none = new
        .exporter()
        .bytes(
            Path::new("a.qdc"),
            &ExportOptions::default(),
            &JobControl::default(),
        )
        .unwrap_err();
    assert!(matches!(none, ExportError::NoCodes), "{none}");
    assert!(matches!(
        session.exporter().write(
            &missing,
            &ExportOptions::default(),
            &JobControl::default(),
            write
        ),
        Err(ExportError::File(_))
    ));
    assert!(!missing.exists());
}

#[test]
fn figures_agree_with_the_codings() {
    let folder = tempfile::tempdir().unwrap();
    let session = session(&folder);
    let rows = rows_of("a.csv", of(&session, "a.csv", ExportContent::Matrix));
    assert_eq!(column(&rows, "case"), ["Reed", "Zoé <b>", "林家", "小远"]);
    // A passage is about the child who speaks, and so about the family.
    assert_eq!(column(&rows, "Needs"), ["1", "1", "1", "1"]);
    assert_eq!(column(&rows, "Needs/Being heard"), ["1", "1", "0", "0"]);
    let rows = rows_of("a.xlsx", of(&session, "a.xlsx", ExportContent::Frequencies));
    assert_eq!(column(&rows, "Needs"), ["2", "1"]);
    assert_eq!(column(&rows, "=Judged <i>"), ["1", "1"]);
}
