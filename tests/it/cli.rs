//! The command line: what it prints, the statuses it ends with, and that bad input leaves a project as it was.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// A folder in which `tain` is run as users run it.
pub(crate) struct Cli {
    pub(crate) folder: TempDir,
}

impl Cli {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A project with one document, two codes and one coder.
    pub(crate) fn with_project() -> Self {
        let cli = Self::new();
        cli.write("in/F01 child.txt", "Interviewer: How?\n\nChild: 他没有自信心吗 I can 😀.\n\nInterviewer: So?\n\nChild: I believe it.\n\nInterviewer: Hm.\n\nChild: Yes.\n".as_bytes());
        cli.write("codes.csv", b"code,parent\nNeeds,\nBelonging,Needs\n");
        cli.ok("new p.tain --title Study --coder An");
        cli.ok("import p.tain in");
        cli.ok("codebook import p.tain codes.csv");
        cli
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// The command in this folder, in the C locale so that messages are English wherever the tests run.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tain"));
        command
            .current_dir(self.folder.path())
            .args(words)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("LC_ALL", "C")
            .env_remove("TAIN_LANGUAGE")
            .env("TAIN_CONFIG_DIR", self.path("config"))
            .env("TAIN_CACHE_DIR", self.path("cache"));
        command
    }

    /// Runs a line whose words have no spaces; gives what it prints.
    pub(crate) fn ok(&self, line: &str) -> String {
        self.okay(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn okay(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{words:?} ended with {:?}: {error}",
            output.status.code()
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what must fail; gives the status and the message.
    pub(crate) fn fails(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        (output.status.code().unwrap(), message)
    }

    fn info(&self) -> serde_json::Value {
        serde_json::from_str(&self.ok("info p.tain --format json")).unwrap()
    }
}

#[test]
fn info_has_the_shape_scripts_rely_on() {
    let info = Cli::with_project().info();
    let keys: Vec<&str> = info
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let expected = "title documents words characters turns cases codes codings memos coders entries file_bytes";
    assert_eq!(keys, expected.split(' ').collect::<Vec<_>>());
    assert_eq!(
        (
            info["documents"].as_u64(),
            info["codes"].as_u64(),
            info["turns"].as_u64()
        ),
        (Some(1), Some(2), Some(6))
    );
}

#[test]
fn a_passage_is_coded_undone_redone_and_uncoded() {
    let cli = Cli::with_project();
    let hits: serde_json::Value =
        serde_json::from_str(&cli.okay(&["search", "p.tain", "自信", "--format", "json"])).unwrap();
    assert_eq!(
        (hits["total"].as_u64(), hits["hits"][0]["hit"].as_str()),
        (Some(1), Some("自信"))
    );
    let range = format!("{}..{}", hits["hits"][0]["start"], hits["hits"][0]["end"]);
    cli.okay(&["code", "p.tain", "F01 child", &range, "Needs/Belonging"]);
    assert_eq!(cli.info()["codings"], 1);
    let rows = cli.ok("codings export p.tain --format csv");
    assert!(
        rows.lines()
            .nth(1)
            .unwrap()
            .ends_with(",Needs/Belonging,,自信"),
        "{rows}"
    );
    cli.ok("undo p.tain");
    assert_eq!(cli.info()["codings"], 0);
    cli.ok("redo p.tain");
    assert_eq!(cli.info()["codings"], 1);
    cli.okay(&["uncode", "p.tain", "F01 child", &range, "Belonging"]);
    assert_eq!(cli.info()["codings"], 0);
    cli.okay(&[
        "memo",
        "add",
        "p.tain",
        "--title",
        "First",
        "--body",
        "备忘",
        "--code",
        "Belonging",
    ]);
    assert!(cli.ok("memo list p.tain --format csv").contains("First"));
    assert_eq!(cli.ok("history p.tain --format csv").lines().count(), 9);
    cli.ok("check p.tain");
}

#[test]
fn sheets_add_what_they_name_and_list_it() {
    let cli = Cli::with_project();
    cli.write(
        "documents.csv",
        "document,case,phase,speakers\nF01 child,F01 林家,baseline,Child=小远\n".as_bytes(),
    );
    cli.write("cases.csv", "case,parent,kind,income,esteem@baseline\nF01 林家,,family,low,\n小远,F01 林家,person,,18\n".as_bytes());
    cli.write(
        "codings.csv",
        b"coder,document,start,end,code\nAn,F01 child,0,5,Needs\nBo,F01 child,0,5,Needs\n",
    );
    let said = cli.run(&["documents", "import", "p.tain", "documents.csv"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        said.contains("added case F01 林家") && said.contains("added phase baseline"),
        "{said}"
    );
    cli.ok("cases import p.tain cases.csv");
    cli.ok("codings import p.tain codings.csv");
    cli.ok("codings import p.tain codings.csv");
    assert_eq!(
        (
            cli.info()["codings"].as_u64(),
            cli.info()["coders"].as_u64(),
            cli.info()["cases"].as_u64()
        ),
        (Some(2), Some(2), Some(2))
    );
    cli.okay(&["cases", "set", "p.tain", "小远", "esteem@baseline=21"]);
    assert!(
        cli.ok("cases list p.tain --format csv")
            .contains("小远,person,F01 林家,,21.0")
    );
    let (status, message) = cli.fails(&["undo", "p.tain"]);
    assert_eq!(
        (status, message.as_str()),
        (2, "who codes? name one of: An, Bo")
    );
}

#[test]
fn every_failure_has_its_status_and_one_line() {
    let cli = Cli::with_project();
    cli.write("notes.tain", b"not a database at all, only a text that is long enough to have a header of its own .............");
    for (status, words) in [
        (2, &["frobnicate"][..]),
        (2, &["new", "p.tain"]),
        (3, &["info", "missing.tain"]),
        (3, &["info", "notes.tain"]),
        (4, &["code", "p.tain", "No such", "0..3", "Needs"]),
        (4, &["code", "p.tain", "F01 child", "0..3", "No such"]),
        (1, &["code", "p.tain", "F01 child", "0..9999", "Needs"]),
        (2, &["code", "p.tain", "F01 child", "0-3", "Needs"]),
        (2, &["search", "p.tain", "\"open"]),
        (4, &["undo", "p.tain", "--coder", "Nobody"]),
    ] {
        let (found, message) = cli.fails(words);
        assert_eq!(found, status, "{words:?}: {message}");
        assert!(
            words[0] == "frobnicate" || message.lines().count() == 1,
            "{words:?}: {message}"
        );
    }
}

#[test]
fn a_name_that_fits_two_codes_is_refused_with_both_paths() {
    let cli = Cli::with_project();
    cli.write(
        "more.csv",
        b"code,parent\nStrengths,\nBelonging,Strengths\n",
    );
    cli.ok("codebook import p.tain more.csv");
    let (status, message) = cli.fails(&["code", "p.tain", "F01 child", "0..3", "Belonging"]);
    assert_eq!(status, 2);
    assert!(
        message.contains("Needs/Belonging") && message.contains("Strengths/Belonging"),
        "{message}"
    );
}

#[test]
fn bad_input_is_named_and_leaves_the_project_as_it_was() {
    let cli = Cli::with_project();
    cli.write("bad/empty.txt", b"");
    cli.write(
        "bad/picture.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10",
    );
    cli.write("bad/cut.docx", b"PK\x03\x04 cut off in the middle");
    cli.write("bad/latin.txt", b"caf\xe9 and more words of an interview");
    cli.write(
        "far.csv",
        b"coder,document,start,end,code\nAn,F01 child,0,5,Needs\nAn,F01 child,3,99999,Needs\n",
    );
    cli.write(
        "wrong.csv",
        b"coder,document,start,end,code\nAn,F01 child,zero,5,Needs\n",
    );
    let before =
        cli.ok("codings export p.tain --format csv") + &cli.ok("history p.tain --format csv");
    let (status, message) = cli.fails(&[
        "import",
        "p.tain",
        "bad/empty.txt",
        "bad/picture.txt",
        "bad/cut.docx",
        "bad/none.txt",
    ]);
    assert_eq!(status, 1);
    for part in [
        "empty.txt: the file is empty",
        "picture.txt: this looks like a binary file",
        "cut.docx: the file is damaged or cut off",
        "none.txt: no such file or folder",
    ] {
        assert_eq!(message.matches(part).count(), 1, "{part}: {message}");
    }
    let (status, message) =
        cli.fails(&["import", "p.tain", "bad/latin.txt", "--encoding", "utf-8"]);
    assert_eq!(status, 1);
    assert!(
        message.contains("latin.txt, line 1: the text isn't UTF-8"),
        "{message}"
    );
    let (status, message) = cli.fails(&["codings", "import", "p.tain", "far.csv"]);
    assert_eq!(status, 1);
    assert!(
        message
            .starts_with("far.csv, row 3: the range 3..99999 is outside the document “F01 child”"),
        "{message}"
    );
    let (_, message) = cli.fails(&["codings", "import", "p.tain", "wrong.csv"]);
    assert_eq!(
        message,
        "wrong.csv, row 2: “zero” in the column “start” is not a position"
    );
    assert_eq!(
        cli.ok("codings export p.tain --format csv") + &cli.ok("history p.tain --format csv"),
        before
    );
}

#[test]
fn the_same_text_twice_is_left_out_and_a_second_title_gets_its_folder() {
    let cli = Cli::with_project();
    cli.write("b/F01 child.txt", b"Another text. It has two sentences.");
    cli.write(
        "c/copy.txt",
        &fs::read(cli.path("in/F01 child.txt")).unwrap(),
    );
    cli.write("d/x/b/F01 child.txt", b"A third text.");
    cli.ok("import p.tain c");
    assert_eq!(cli.info()["documents"], 1);
    cli.ok("import p.tain d/x");
    let list = cli.ok("documents list p.tain --format csv");
    assert!(list.contains("\nb F01 child,"), "{list}");
}

#[test]
fn history_knows_the_project_as_it_was() {
    let cli = Cli::with_project();
    let then: serde_json::Value =
        serde_json::from_str(&cli.ok("history p.tain --at 2020-01-01 --format json")).unwrap();
    assert_eq!(
        (then["entries"].as_u64(), then["documents"].as_u64()),
        (Some(0), Some(0))
    );
    let now: serde_json::Value =
        serde_json::from_str(&cli.ok("history p.tain --at 2999-01-01 --format json")).unwrap();
    assert_eq!(now, cli.info());
}

#[test]
fn every_command_that_a_manual_page_names_has_a_page() {
    let cli = Cli::new();
    let mut waiting = vec![Vec::new()];
    let mut titles = Vec::new();
    while let Some(command) = waiting.pop() {
        let page = cli.ok(&format!("man {}", command.join(" ")));
        let title = format!("tain {}", command.join(" "))
            .trim()
            .replace(' ', "-");
        assert!(page.contains(&format!(".TH {title} 1")), "{title}: {page}");
        for line in page.lines() {
            let named = line
                .strip_suffix("(1)")
                .map(|name| name.replace("\\-", "-"));
            if let Some(last) = named
                .as_ref()
                .and_then(|name| name.strip_prefix(&format!("{title}-")))
            {
                waiting.push([command.as_slice(), &[last.to_owned()]].concat());
            }
        }
        titles.push(title);
    }
    for known in ["tain", "tain-import", "tain-codebook-import"] {
        assert!(titles.iter().any(|title| title == known), "{titles:?}");
    }
    assert_eq!(cli.fails(&["man", "no-such"]).0, 2);
}

#[test]
fn completions_know_the_commands() {
    let cli = Cli::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(cli.ok(&format!("completions {shell}")).contains("codebook"));
    }
}

#[test]
fn patterns_place_documents_in_the_one_step_that_imports_them() {
    let cli = Cli::with_project();
    cli.write("study/F07/baseline.txt", b"One text.");
    cli.write("study/F07/follow-up.txt", b"Another text.");
    cli.okay(&[
        "import",
        "p.tain",
        "study",
        "--case-pattern",
        "(?<case>F\\d+)",
        "--phase-pattern",
        "(?<phase>baseline|follow-up)",
    ]);
    let list = cli.ok("documents list p.tain --format csv");
    assert!(
        list.contains("\nbaseline,F07,baseline,") && list.contains("\nfollow-up,F07,follow-up,"),
        "{list}"
    );
    cli.ok("undo p.tain");
    assert_eq!(
        (
            cli.info()["documents"].as_u64(),
            cli.info()["cases"].as_u64()
        ),
        (Some(1), Some(0))
    );
}

#[test]
fn one_writer_at_a_time_and_readers_beside_it() {
    let cli = Cli::with_project();
    let path = cli.path("p.tain");
    let writer =
        tain::store::ProjectFile::open(Path::new(&path), tain::store::Access::Write).unwrap();
    let (status, message) = cli.fails(&["undo", "p.tain"]);
    assert_eq!(status, 3);
    assert!(message.contains("is open in another window"), "{message}");
    cli.ok("info p.tain");
    drop(writer);
    cli.ok("undo p.tain");
    cli.ok("documents list p.tain");
    let left: Vec<String> = fs::read_dir(cli.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        left.iter()
            .all(|name| name == "p.tain-lock" || !name.starts_with("p.tain-")),
        "a closed project is one file and its lock: {left:?}"
    );
}

#[test]
fn a_set_is_made_widened_used_as_a_filter_and_removed() {
    let cli = Cli::with_project();
    cli.okay(&[
        "sets",
        "add",
        "p.tain",
        "Round 1 第一轮",
        "--document",
        "F01 child",
        "--description",
        "first",
    ]);
    cli.okay(&["sets", "add", "p.tain", "Round 1 第一轮", "--code", "Needs"]);
    let listed = cli.ok("sets list p.tain --format csv");
    assert!(
        listed.contains("Round 1 第一轮,2,document F01 child; code Needs,first")
            || listed.contains("code Needs; document F01 child"),
        "{listed}"
    );
    let count = |query: &str| {
        cli.okay(&["search", "p.tain", query, "--count"])
            .trim()
            .to_owned()
    };
    assert_eq!(count("I set:\"Round 1 第一轮\""), count("I"));
    let (status, message) = cli.fails(&["summary", "p.tain", "--set", "none"]);
    assert_eq!((status, message.as_str()), (4, "there is no set “none”"));
    cli.okay(&["sets", "remove", "p.tain", "Round 1 第一轮"]);
    assert_eq!(cli.ok("sets list p.tain --format csv").lines().count(), 1);
    assert_eq!(
        cli.ok("attachments list p.tain --format csv")
            .lines()
            .count(),
        1
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_ends_every_command_quietly() {
    use std::process::Stdio;
    let cli = Cli::with_project();
    for words in [
        &["help"][..],
        &["--help"],
        &["--version"],
        &["man"],
        &["completions", "bash"],
        &["search", "p.tain", "I"],
        &["search", "p.tain", "I", "--count"],
        &["search", "p.tain", "I", "--format", "json"],
        &["search", "p.tain", "NEAR/"],
        &["no-such-command"],
        &["history", "p.tain"],
        &["info", "p.tain", "--timings"],
        &["codebook", "export", "p.tain", "-o", "out.csv"],
        &["import", "p.tain", "nothing", "--json-errors"],
        &["new", "p.tain"],
    ] {
        let whole = cli.run(words).status.code();
        // Both pipes have no reader any more when the command writes.
        let (out, said) = (std::io::pipe().unwrap(), std::io::pipe().unwrap());
        drop((out.0, said.0));
        std::fs::remove_file(cli.path("out.csv")).ok();
        let status = cli
            .command(words)
            .stdout(Stdio::from(out.1))
            .stderr(Stdio::from(said.1))
            .status()
            .unwrap();
        assert_eq!(status.code(), whole, "{words:?}");
    }
}

#[test]
fn nothing_that_comes_from_a_file_steers_the_terminal() {
    let cli = Cli::with_project();
    let title = "Red\u{1b}[31m\u{9b}2J\u{202e}";
    cli.okay(&[
        "memo",
        "add",
        "p.tain",
        "--title",
        title,
        "--body",
        "a\u{1b}]0;owned\u{7}\nb",
    ]);
    cli.okay(&["documents", "rename", "p.tain", "F01 child", title]);
    cli.okay(&["coders", "add", "p.tain", title]);
    let steers = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t' || c == '\u{202e}')
    };
    for words in [
        &["memo", "list", "p.tain"][..],
        &["memo", "show", "p.tain", title],
        &["memo", "show", "p.tain", "Blue\u{1b}[34m"],
        &["documents", "list", "p.tain"],
        &["documents", "rename", "p.tain", title, ""],
        &["documents", "remove", "p.tain", "x\u{1b}c"],
        &["coders", "list", "p.tain"],
        &["history", "p.tain"],
        &["search", "p.tain", "believe"],
        &["info", "no\u{1b}[5m.tain"],
        &["no-such\u{1b}[5m-command"],
        &["info", "p.tain", "--format", "\u{1b}[5m"],
    ] {
        let output = cli.run(words);
        assert!(
            !steers(&output.stdout),
            "{words:?}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
        assert!(
            !steers(&output.stderr),
            "{words:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    // For programs, a text is what it is.
    let json = cli.okay(&["memo", "list", "p.tain", "--format", "json"]);
    let memos: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(memos[0]["title"], title);
}

#[test]
fn what_is_wrong_with_a_file_or_a_query_is_said() {
    let cli = Cli::with_project();
    let (status, said) = cli.fails(&["new", "nofolder/p.tain"]);
    assert_eq!((status, said.contains("nofolder:")), (5, true), "{said}");
    assert!(
        !said.contains("lock") && !cli.path("nofolder").exists(),
        "{said}"
    );
    cli.write("a.srt", b"Only words.\nAnd more.\n");
    cli.write("b.lrc", b"Only words.\n");
    for file in ["a.srt", "b.lrc"] {
        let said = cli.fails(&["import", "p.tain", file]).1;
        assert!(said.contains("there are no subtitles in it"), "{said}");
    }
    cli.ok("attributes add p.tain day --kind date --of documents");
    for value in [
        "2025-13",
        "2025-02-30",
        "soon",
        "2025-13..2025-14",
        ">=2025-13",
        "2025-01..x",
        "..",
    ] {
        let (status, said) = cli.fails(&["search", "p.tain", &format!("date:{value} believe")]);
        assert_eq!(status, 2, "{value}: {said}");
        assert!(said.contains("is no date; write 2025"), "{value}: {said}");
    }
    for value in [
        "2025",
        "2025-12",
        "2025-02-28",
        "2025..",
        ">=2025-01",
        "<=2025-01-31",
        "2025-01..2025-03-02",
    ] {
        cli.okay(&["search", "p.tain", &format!("date:{value} believe")]);
    }
}

#[cfg(unix)]
#[test]
fn a_sample_that_does_not_fit_on_the_disk_leaves_nothing() {
    let cli = Cli::new();
    let mut whole = false;
    // Files may not grow beyond a size, in blocks of 512 bytes: the same error as that of a full disk, at other moments.
    for blocks in [
        0, 8, 40, 160, 400, 800, 1200, 1600, 2000, 2400, 4000, 40_000,
    ] {
        let program = env!("CARGO_BIN_EXE_tain");
        let line =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' demo --dir d --headless");
        let output = cli.command(&[]);
        let mut shell = Command::new("sh");
        shell.current_dir(cli.folder.path()).args(["-c", &line]);
        for (name, value) in output.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let output = shell.output().unwrap();
        whole = output.status.success();
        let left: Vec<String> = fs::read_dir(cli.path("d"))
            .map(|files| {
                files
                    .map(|file| file.unwrap().file_name().into_string().unwrap())
                    .collect()
            })
            .unwrap_or_default();
        if whole {
            assert_eq!(left, ["i-believe-i-can.tain"]);
            cli.ok("check d/i-believe-i-can.tain");
        } else {
            assert_eq!(left, [""; 0], "{blocks}");
        }
    }
    assert!(whole);
}
