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
        assert_eq!(std::fs::read(cli.path(name)).unwrap(), bytes, "{name}");
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
