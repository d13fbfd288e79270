//! Exports as users run them: what `tain export` writes is opened by readers of other programs' forms, and what came out goes in again.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use crate::{
    cli::Cli,
    export::{part, session},
};

/// A folder with the project that `tests/it/export.rs` makes: two transcripts, four cases, six codes, six codings of two coders.
fn exported() -> Cli {
    let cli = Cli::new();
    drop(session(&cli.folder));
    cli
}

impl Cli {
    /// Exports to a file; gives its bytes.
    fn export(&self, file: &str, more: &[&str]) -> Vec<u8> {
        self.okay(&[&["export", "p.tain", "-o", file, "--force"], more].concat());
        self.bytes(file)
    }

    fn bytes(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.path(file)).unwrap()
    }

    /// Counts of a project by `tain info`, as (documents, cases, codes, codings, coders).
    fn counts(&self, project: &str) -> [u64; 5] {
        let info: serde_json::Value =
            serde_json::from_str(&self.okay(&["info", project, "--format", "json"])).unwrap();
        ["documents", "cases", "codes", "codings", "coders"].map(|key| info[key].as_u64().unwrap())
    }
}

/// The rows of a table, header first, by a reader that isn't the project's own.
fn table(file: &str, bytes: Vec<u8>) -> Vec<Vec<String>> {
    let ending = file.rsplit('.').next().unwrap();
    match ending {
        "csv" | "tsv" => {
            let text = String::from_utf8(bytes).unwrap();
            let delimiter = if ending == "csv" { b',' } else { b'\t' };
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .delimiter(delimiter)
                .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            reader
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect()
        }
        "json" => {
            let rows: Vec<serde_json::Map<String, serde_json::Value>> =
                serde_json::from_slice(&bytes).unwrap();
            let header: Vec<String> = rows
                .first()
                .map(|row| row.keys().cloned().collect())
                .unwrap_or_default();
            let cell = |value: &serde_json::Value| match value {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            std::iter::once(header)
                .chain(rows.iter().map(|row| row.values().map(cell).collect()))
                .collect()
        }
        _ => sheet(bytes, 0),
    }
}

/// A sheet of a workbook.
fn sheet(bytes: Vec<u8>, at: usize) -> Vec<Vec<String>> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[at].clone();
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    };
    book.worksheet_range(&name)
        .unwrap()
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

fn column<'a>(rows: &'a [Vec<String>], name: &str) -> Vec<&'a str> {
    let at = rows[0]
        .iter()
        .position(|head| head == name)
        .unwrap_or_else(|| panic!("no column {name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].as_str()).collect()
}

/// All words of a file: of a package, those of its parts.
fn words(file: &str, bytes: &[u8]) -> String {
    if !bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = (0..archive.len())
        .map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned())
        .collect();
    let parts = names.iter().map(|name| {
        let mut inner = Vec::new();
        std::io::copy(&mut archive.by_name(name).unwrap(), &mut inner).unwrap();
        format!("{name}\n{}", String::from_utf8_lossy(&inner))
    });
    let words: Vec<String> = parts.collect();
    assert!(!words.is_empty(), "{file} has parts");
    words.concat()
}

#[test]
fn every_table_in_every_form_has_its_rows() {
    let cli = exported();
    for (what, key, keys) in [
        (
            "codings",
            "document",
            vec![
                "F01 child",
                "F01 child",
                "F01 child",
                "F02 孩子",
                "F02 孩子",
                "F02 孩子",
            ],
        ),
        (
            "codebook",
            "code",
            vec![
                "Needs",
                "Needs/Belonging",
                "Needs/Being heard",
                "Strengths",
                "Strengths/Speaking up",
                "=Judged <i>",
            ],
        ),
        ("frequencies", "family", vec!["Reed", "林家"]),
        ("matrix", "case", vec!["Reed", "Zoé <b>", "林家", "小远"]),
        ("cases", "case", vec!["Reed", "Zoé <b>", "林家", "小远"]),
        ("documents", "document", vec!["F01 child", "F02 孩子"]),
    ] {
        for ending in ["csv", "tsv", "json", "xlsx", "ods"] {
            let file = format!("{what}.{ending}");
            let rows = table(&file, cli.export(&file, &["--what", what]));
            let found: Vec<&str> = column(&rows, key)
                .into_iter()
                .map(|cell| cell.trim_start_matches('\''))
                .collect();
            assert_eq!(found, keys, "{file}");
        }
    }
}

#[test]
fn codings_without_what_are_the_words_of_their_passages() {
    let cli = exported();
    let csv = table("a.csv", cli.export("a.csv", &[]));
    for file in ["a.json", "a.ods", "a.tsv"] {
        let rows = table(file, cli.export(file, &[]));
        for name in ["document", "start", "end", "quote", "coder"] {
            assert_eq!(column(&rows, name), column(&csv, name), "{file}: {name}");
        }
    }
    let texts = BTreeMap::from([
        ("F01 child", crate::world::ENGLISH.replace("\r\n", "\n")),
        ("F02 孩子", crate::world::CHINESE.to_owned()),
    ]);
    for row in 0..6 {
        let [document, start, end, quote] =
            ["document", "start", "end", "quote"].map(|name| column(&csv, name)[row]);
        let (start, end) = (
            start.parse::<usize>().unwrap(),
            end.parse::<usize>().unwrap(),
        );
        let words: String = texts[document]
            .chars()
            .skip(start)
            .take(end - start)
            .collect();
        assert_eq!(words, quote, "row {row}");
    }
    assert_eq!(
        column(&csv, "coder")
            .iter()
            .filter(|coder| **coder == "An")
            .count(),
        4
    );
}

#[test]
fn the_workbook_has_all_tables() {
    let cli = exported();
    let bytes = cli.export("a.xlsx", &["--language", "zh"]);
    let book = open_workbook_auto_from_rs(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "编码片段",
            "编码本",
            "主题与家庭",
            "编码与个案",
            "个案编码矩阵",
            "个案",
            "文档"
        ]
    );
    let rows: Vec<usize> = (0..7)
        .map(|at| sheet(bytes.clone(), at).len() - 1)
        .collect();
    assert_eq!(rows, [6, 6, 2, 4, 4, 4, 2]);
    let matrix = sheet(bytes, 4);
    assert_eq!(column(&matrix, "Needs"), ["1", "1", "1", "1"]);
}

#[test]
fn pages_and_word_files_hold_quotations_rules_and_transcripts() {
    let cli = exported();
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    for ending in ["docx", "html"] {
        let read = |what: &str| {
            let file = format!("{what}.{ending}");
            let bytes = cli.export(&file, &["--what", what]);
            if ending == "html" {
                String::from_utf8(bytes).unwrap()
            } else {
                part(&bytes, "word/document.xml")
            }
        };
        let bare = |page: &str| tags.replace_all(page, "").into_owned();
        let quotations = bare(&read("quotations"));
        for quote in [
            "I keep my hand down 😀",
            "觉得我家没钱，在𠮷祥",
            "Speaking up",
        ] {
            assert!(quotations.contains(quote), "{ending}: {quote}");
        }
        let codebook = bare(&read("codebook"));
        for rule in [
            "Somebody judges.",
            "Self-talk &amp; &lt;co&gt;.",
            "=Judged &lt;i&gt;",
        ] {
            assert!(codebook.contains(rule), "{ending}: {rule}");
        }
        let transcripts = read("transcripts");
        assert!(
            bare(&transcripts).contains("How is school") && bare(&transcripts).contains("就这样。"),
            "{ending}"
        );
        let one = read("transcripts").len();
        let file = format!("one.{ending}");
        let less = cli.export(&file, &["--what", "transcripts", "--document", "F02 孩子"]);
        let less = words(&file, &less);
        assert!(
            !less.contains("hand down") && less.contains("就这样") && one > 0,
            "{ending}"
        );
    }
    let usual = cli.export("usual.html", &[]);
    assert_eq!(usual, cli.bytes("quotations.html"));
}

#[test]
fn a_transcript_with_margins_comes_back_as_codings_by_its_comments() {
    let cli = exported();
    cli.export(
        "one.docx",
        &["--what", "transcripts", "--document", "F01 child"],
    );
    cli.okay(&["new", "back.tain", "--title", "Back", "--coder", "An"]);
    cli.okay(&["import", "back.tain", "one.docx"]);
    let list = cli.okay(&["memo", "list", "back.tain", "--format", "csv"]);
    assert_eq!(
        list.lines()
            .filter(|line| line.contains("Belonging")
                || line.contains("Judged")
                || line.contains("Being heard"))
            .count(),
        3,
        "{list}"
    );
}

#[test]
fn the_database_counts_as_the_project_does() {
    let cli = exported();
    for file in ["p.sqlite", "p.db"] {
        cli.export(file, &[]);
        let database = rusqlite::Connection::open(cli.path(file)).unwrap();
        let count = |table: &str| {
            database
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                    row.get::<_, i64>(0)
                })
                .unwrap()
                .unsigned_abs()
        };
        assert_eq!(
            ["documents", "cases", "codes", "codings", "coders"].map(count),
            cli.counts("p.tain")
        );
        let off = "codings c JOIN documents d ON d.id = c.document_id WHERE c.quote <> substr(d.text, c.start_char + 1, c.end_char - c.start_char)";
        assert_eq!(
            (
                count(off),
                count("v_codings"),
                count("turns"),
                count("v_case_values")
            ),
            (0, 6, 12, 18)
        );
    }
}

#[test]
fn refi_projects_and_codebooks_come_back_by_the_command_line() {
    let cli = exported();
    for reader in ["standard", "nvivo", "atlasti", "maxqda"] {
        let file = format!("{reader}.qdpx");
        let bytes = cli.export(&file, &["--for", reader]);
        assert_eq!(
            part(&bytes, "project.qde")
                .matches("<PlainTextSelection ")
                .count(),
            6,
            "{reader}"
        );
        let back = format!("{reader}.tain");
        cli.okay(&["new", &back, "--title", "Back", "--coder", "Cy"]);
        cli.okay(&["import", &back, &file]);
        let [documents, cases, codes, codings, coders] = cli.counts("p.tain");
        assert_eq!(
            cli.counts(&back),
            [documents, cases, codes, codings, coders + 1],
            "{reader}"
        );
        let quotes = |project: &str| {
            let rows = table(
                "a.csv",
                cli.okay(&["codings", "export", project, "--format", "csv"])
                    .into_bytes(),
            );
            let [document, start, end, code] =
                ["document", "start", "end", "code"].map(|name| column(&rows, name));
            let all = (0..6).map(|at| [document[at], start[at], end[at], code[at]].join("|"));
            all.collect::<BTreeSet<String>>()
        };
        assert_eq!(quotes(&back), quotes("p.tain"), "{reader}");
    }
    let qdc = cli.export("book.qdc", &[]);
    assert_eq!(String::from_utf8(qdc).unwrap().matches("<Code ").count(), 6);
    cli.okay(&["new", "book.tain", "--title", "Book", "--coder", "Cy"]);
    cli.okay(&["codebook", "import", "book.tain", "book.qdc"]);
    assert_eq!(cli.counts("book.tain")[2], 6);
}

#[test]
fn programs_in_r_and_python_name_their_database_and_ask_what_it_has() {
    let cli = exported();
    cli.export("study.sqlite", &[]);
    let database = rusqlite::Connection::open(cli.path("study.sqlite")).unwrap();
    let asked = regex::Regex::new("SELECT [^\"]*").unwrap();
    for (what, file) in [("r", "study.R"), ("python", "study.py")] {
        let printed = cli.okay(&["export", "p.tain", "-o", "study.sqlite", "--what", what]);
        assert_eq!(printed, "", "results of an export are files");
        let program = String::from_utf8(cli.bytes(file)).unwrap();
        assert!(program.contains("\"study.sqlite\""), "{program}");
        let queries: Vec<&str> = asked
            .find_iter(&program)
            .map(|found| found.as_str())
            .collect();
        assert!(queries.len() >= 3, "{program}");
        queries
            .iter()
            .for_each(|query| drop(database.prepare(query).unwrap()));
        // The ending of a program is enough, and a folder gets it under the project's title.
        let other = file.replace("study", "other");
        cli.export(&other, &[]);
        std::fs::create_dir_all(cli.path("folder")).unwrap();
        cli.okay(&["export", "p.tain", "-o", "folder", "--what", what]);
        let named = format!("folder/Study 研究.{}", file.rsplit('.').next().unwrap());
        assert!(
            String::from_utf8(cli.bytes(&named))
                .unwrap()
                .contains("\"Study 研究.sqlite\"")
        );
    }
    let checked = std::process::Command::new("python3")
        .args(["-m", "py_compile", "study.py"])
        .current_dir(cli.folder.path())
        .output();
    assert!(checked.is_err() || checked.is_ok_and(|output| output.status.success()));
}

#[test]
fn no_name_that_the_project_knows_is_in_a_pseudonymised_file() {
    let cli = exported();
    for (file, what) in [
        ("a.xlsx", "project"),
        ("a.csv", "codings"),
        ("a.json", "cases"),
        ("a.ods", "documents"),
        ("a.docx", "transcripts"),
        ("b.docx", "quotations"),
        ("a.html", "transcripts"),
        ("a.sqlite", "project"),
        ("a.qdpx", "project"),
    ] {
        let open = words(file, &cli.export(file, &["--what", what]));
        let masked = words(file, &cli.export(file, &["--what", what, "--pseudonymise"]));
        assert!(
            ["小远", "林家", "Reed"]
                .iter()
                .any(|name| open.contains(name)),
            "{file} {what} has names to hide"
        );
        for name in ["小远", "林家", "Reed"] {
            assert!(!masked.contains(name), "{file} {what}: {name}");
        }
    }
}

#[test]
fn the_same_project_twice_gives_the_same_bytes() {
    let cli = exported();
    for (file, more) in [
        ("a.xlsx", vec![]),
        ("a.csv", vec![]),
        ("a.json", vec!["--what", "matrix"]),
        ("a.ods", vec!["--what", "cases"]),
        ("a.docx", vec!["--what", "transcripts"]),
        ("b.docx", vec![]),
        ("a.html", vec!["--what", "codebook"]),
        ("a.sqlite", vec![]),
        ("a.qdpx", vec![]),
        ("a.qdc", vec![]),
        ("b.qdpx", vec!["--pseudonymise"]),
    ] {
        let first = cli.export(file, &more);
        if file == "a.xlsx" {
            // Packages count time in steps of two seconds.
            std::thread::sleep(std::time::Duration::from_millis(2_100));
        }
        let again = cli.export(&format!("again-{file}"), &more);
        assert!(first == again, "{file} {more:?}");
    }
}

#[test]
fn a_sheet_of_cases_comes_back_without_a_change() {
    let cli = exported();
    let entries = |cli: &Cli| cli.ok("history p.tain --format csv").lines().count();
    let (before, list) = (entries(&cli), cli.ok("cases list p.tain --format csv"));
    for file in ["cases.csv", "cases.tsv", "cases.xlsx", "cases.ods"] {
        cli.okay(&["cases", "export", "p.tain", "-o", file]);
        assert_eq!(
            column(&table(file, cli.bytes(file)), "case"),
            ["Reed", "Zoé <b>", "林家", "小远"],
            "{file}"
        );
        let seen = cli.okay(&[
            "cases",
            "import",
            "p.tain",
            file,
            "--dry-run",
            "--format",
            "csv",
        ]);
        let rows = table("a.csv", seen.into_bytes());
        let states: BTreeSet<&str> = column(&rows, "state").into_iter().collect();
        assert_eq!(states, BTreeSet::from(["known", "same"]), "{file}");
        cli.okay(&["cases", "import", "p.tain", file, "--coder", "An"]);
        assert_eq!(
            (entries(&cli), cli.ok("cases list p.tain --format csv")),
            (before, list.clone()),
            "{file}"
        );
    }
}

#[test]
fn a_dry_run_of_cases_changes_nothing() {
    let cli = exported();
    cli.write(
        "cases.csv",
        "case,kind,parent,age,school\n小远,person,林家,13,一小\nNeu 新,person,Reed,9,\n".as_bytes(),
    );
    let before = cli.bytes("p.tain");
    let seen = cli.okay(&[
        "cases",
        "import",
        "p.tain",
        "cases.csv",
        "--dry-run",
        "--format",
        "csv",
    ]);
    let rows = table("a.csv", seen.into_bytes());
    let of = |state: &str| {
        rows.iter()
            .filter(|row| row[2] == state)
            .map(|row| row[1].clone())
            .collect::<BTreeSet<String>>()
    };
    assert_eq!(
        (of("new"), of("changed")),
        (
            BTreeSet::from(["school".to_owned(), "Neu 新".to_owned()]),
            BTreeSet::from(["小远".to_owned()])
        )
    );
    let age = rows
        .iter()
        .find(|row| row[1] == "小远" && row[3] == "age")
        .unwrap();
    assert_eq!(age[4..], ["12", "13"]);
    assert!(cli.bytes("p.tain") == before, "the file is as it was");
    cli.okay(&["cases", "import", "p.tain", "cases.csv", "--coder", "An"]);
    assert_eq!(cli.counts("p.tain")[1], 5);
}

#[test]
fn figures_go_into_a_workbook() {
    let cli = exported();
    cli.okay(&[
        "summary",
        "p.tain",
        "--rows",
        "family",
        "--columns",
        "themes",
        "--rollup",
        "--format",
        "xlsx",
        "-o",
        "s.xlsx",
    ]);
    let rows = sheet(cli.bytes("s.xlsx"), 0);
    assert_eq!(
        rows[0],
        ["row", "Needs", "Strengths", "=Judged <i>", "total"]
    );
    assert_eq!(rows[1], ["Reed", "2", "0", "1", "3"]);
    assert_eq!(rows[2], ["林家", "1", "1", "1", "3"]);
    assert_eq!(rows[3], ["total", "3", "1", "2", "6"]);
    // The ending is enough, and a workbook isn't printed.
    cli.okay(&[
        "summary",
        "p.tain",
        "--rows",
        "family",
        "--columns",
        "themes",
        "--rollup",
        "-o",
        "t.xlsx",
    ]);
    assert_eq!(sheet(cli.bytes("t.xlsx"), 0), rows);
    let (status, message) = cli.fails(&["summary", "p.tain", "--format", "xlsx"]);
    assert_eq!(
        (status, message.as_str()),
        (
            2,
            "a workbook can't be printed; name a file with -o FILE.xlsx"
        )
    );
}

#[test]
fn what_cannot_be_written_says_so_in_one_line_and_leaves_no_file() {
    let cli = exported();
    for (status, words) in [
        (2, &["export", "p.tain", "-o", "a.pdf"][..]),
        (2, &["export", "p.tain", "-o", "a.csv", "--what", "project"]),
        (2, &["export", "p.tain", "-o", "a.qdc", "--what", "codings"]),
        (
            2,
            &["export", "p.tain", "-o", "a.xlsx", "--what", "transcripts"],
        ),
        (5, &["export", "p.tain", "-o", "nowhere/a.xlsx"]),
        (
            4,
            &[
                "export",
                "p.tain",
                "-o",
                "a.docx",
                "--what",
                "transcripts",
                "--document",
                "F99",
            ],
        ),
    ] {
        let (found, message) = cli.fails(words);
        assert_eq!(
            (found, message.lines().count()),
            (status, 1),
            "{words:?}: {message}"
        );
        assert!(!cli.path(words[3]).exists(), "{words:?}");
    }
}

#[test]
fn everything_that_is_lost_is_written_by_name() {
    let cli = exported();
    let (names, many) = (
        ["一", "two", "叁", "four", "五"],
        "T\tPride 90 95\tbeyond\n",
    );
    cli.write("talk.txt", "他没有自信 he can".as_bytes());
    let lines: String = names
        .iter()
        .enumerate()
        .map(|(n, name)| many.replace('T', &format!("T{n}")).replace("beyond", name))
        .collect();
    cli.write("talk.ann", lines.as_bytes());
    for dry in [&["--dry-run"][..], &[]] {
        cli.okay(
            &[
                &[
                    "import", "p.tain", "talk.ann", "--coder", "An", "--losses", "lost.md",
                    "--force",
                ],
                dry,
            ]
            .concat(),
        );
        let report = String::from_utf8(cli.bytes("lost.md")).unwrap();
        assert!(report.starts_with("# talk.ann\n\n## 5 "), "{report}");
        assert!(names.iter().all(|name| report.contains(name)), "{report}");
    }
    cli.export("out.qdpx", &["--losses", "out.md", "--language", "zh"]);
    let report = String::from_utf8(cli.bytes("out.md")).unwrap();
    assert!(
        report.starts_with("# out.qdpx\n\n## ") && report.contains("维度的值"),
        "{report}"
    );
    // The other forms are made for a purpose, and don't claim to hold everything.
    let (status, message) =
        cli.fails(&["export", "p.tain", "-o", "out.csv", "--losses", "other.md"]);
    assert!(
        status == 2 && message.contains(".qdpx and .qdc") && !cli.path("out.csv").exists(),
        "{message}"
    );
    // Of transcripts, what their readers left out or guessed.
    cli.write(
        "in/gb.txt",
        &[0xc4, 0xbe, 0xd3, 0xd0, 0xd7, 0xd4, 0xd0, 0xc5, 0xa1, 0xa3],
    );
    cli.write("in/plain.txt", b"He can.");
    cli.okay(&["import", "p.tain", "in", "--losses", "read.md"]);
    let report = String::from_utf8(cli.bytes("read.md")).unwrap();
    assert!(
        report.contains("GB18030") && report.ends_with("plain.txt\n\nNothing was left out.\n"),
        "{report}"
    );
}
