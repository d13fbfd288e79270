//! What commands write: never over a project, whatever the name, and readable by its owner alone.

use crate::{cli::Cli, fixture};

fn study() -> Cli {
    fixture::project(
        "
//- codebook 自信 > 表达
//- document 家庭1 case=小明 phase=前测
小明：[自信:我敢举手了]。
",
    )
}

#[test]
fn no_output_replaces_a_project() {
    let cli = study();
    cli.ok("new other.tain --title Other --coder Li");
    std::fs::copy(cli.path("other.tain"), cli.path("copy.csv")).unwrap();
    let before = ["p.tain", "other.tain", "copy.csv"].map(|name| {
        let bytes = std::fs::read(cli.path(name)).unwrap();
        (name, bytes)
    });
    for line in [
        "summary p.tain -o p.tain",
        "summary p.tain -o other.tain",
        "summary p.tain -o copy.csv",
        "summary p.tain -o p.tain-wal",
        "export p.tain -o copy.csv --what codings",
        "codebook export p.tain -o copy.csv",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let (status, said) = cli.fails(&words);
        assert_eq!(status, 1, "{line}: {said}");
        assert!(said.contains("a project"), "{line}: {said}");
    }
    for (name, bytes) in before {
        let is_same = std::fs::read(cli.path(name)).unwrap() == bytes;
        assert!(is_same, "{name} has changed");
    }
}

#[cfg(unix)]
#[test]
fn an_output_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let cli = study();
    cli.ok("summary p.tain -o t.csv");
    cli.ok("export p.tain -o c.xlsx");
    for name in ["t.csv", "c.xlsx"] {
        let mode = cli.path(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

/// Every command that writes a file, with `FILE` in its place; the last word names a project's own file.
const WRITERS: &[&str] = &[
    "info p.tain -o FILE --force",
    "project p.tain -o FILE --force",
    "coders list p.tain -o FILE --force",
    "phase list p.tain -o FILE --force",
    "import p.tain more --preview -o FILE --force",
    "import p.tain study.qdpx --losses FILE --force",
    "documents list p.tain -o FILE --force",
    "codebook starters -o FILE --force",
    "codebook export p.tain -o FILE --force",
    "codebook list p.tain -o FILE --force",
    "codebook check p.tain -o FILE --force",
    "cases import p.tain cases.csv --preview -o FILE --force",
    "cases export p.tain -o FILE --force",
    "cases list p.tain -o FILE --force",
    "attributes list p.tain -o FILE --force",
    "speakers list p.tain -o FILE --force",
    "turns p.tain -o FILE --force",
    "codings export p.tain -o FILE --force",
    "about p.tain -o FILE --force",
    "memo list p.tain -o FILE --force",
    "memo export p.tain FILE --force",
    "sets list p.tain -o FILE --force",
    "attachments list p.tain -o FILE --force",
    "history p.tain -o FILE --force",
    "search p.tain 举手 -o FILE --force",
    "query list p.tain -o FILE --force",
    "autocode p.tain 举手 --code 表达 --dry-run -o FILE --force",
    "retrieve p.tain 表达 -o FILE --force",
    "suggest p.tain -o FILE --force",
    "summary p.tain -o FILE --force",
    "cooccurrence p.tain -o FILE --force",
    "scale list p.tain -o FILE --force",
    "saturation p.tain -o FILE --force",
    "words p.tain -o FILE --force",
    "report p.tain -o FILE --force",
    "export p.tain -o FILE --force",
    "export p.tain -o out.qdpx --losses FILE --force",
];

#[cfg(unix)]
#[test]
fn no_command_writes_over_a_project_by_any_name_of_it() {
    let cli = study();
    cli.ok("export p.tain -o study.qdpx");
    cli.write("cases.csv", "case,age\n小明,9\n".as_bytes());
    cli.write("more/a.txt", "Ann: Hi.\n\nBen: Oh.\n".as_bytes());
    cli.ok("new q.tain --title Other --coder Li");
    std::fs::create_dir(cli.path("else")).unwrap();
    // Endings that say nothing, so that the bytes have to.
    std::fs::hard_link(cli.path("q.tain"), cli.path("hard.csv")).unwrap();
    std::os::unix::fs::symlink(cli.path("q.tain"), cli.path("soft.csv")).unwrap();
    std::os::unix::fs::symlink(cli.path("p.tain"), cli.path("else/own.csv")).unwrap();
    let before = ["p.tain", "q.tain", "hard.csv", "soft.csv"]
        .map(|name| (name, std::fs::read(cli.path(name)).unwrap()));
    for writer in WRITERS {
        for name in ["p.tain", "hard.csv", "soft.csv", "else/own.csv"] {
            let line = writer.replace("FILE", name);
            let words: Vec<&str> = line.split(' ').collect();
            let output = cli.run(&words);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success(), "{line}: {said}");
            // What isn't a format for a file of this name, or has nothing to write, is refused before.
            assert!(output.status.code() != Some(101), "{line}: {said}");
            assert!(cli.path("else/own.csv").is_symlink() && cli.path("soft.csv").is_symlink());
        }
    }
    for (name, bytes) in before {
        let is_same = std::fs::read(cli.path(name)).unwrap() == bytes;
        assert!(is_same, "{name} has changed");
    }
}

#[test]
fn a_project_that_is_open_is_known_by_the_files_beside_it() {
    let cli = study();
    // As an encrypted project would be: nothing in its bytes or its name tells what it is.
    cli.write("secret.csv", &[7; 4096]);
    cli.write("secret.csv-lock", b"");
    let (status, said) = cli.fails(&["summary", "p.tain", "-o", "secret.csv", "--force"]);
    assert_eq!((status, said.contains("a project")), (1, true), "{said}");
    assert_eq!(std::fs::read(cli.path("secret.csv")).unwrap(), [7; 4096]);
}
