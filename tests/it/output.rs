//! What users read, as it is printed: help, tables and reports.
//!
//! After a change of wording that is meant, `UPDATE_EXPECT=1 cargo test --test it -- output` writes the new texts;
//! read them in the diff before they are committed.

use std::fmt::Write as _;

use expect_test::{expect, expect_file};

use crate::{
    cli::Cli,
    fixture::{self, STUDY},
};

#[test]
fn a_summary_is_a_table_csv_or_json() {
    let cli = fixture::project(STUDY);
    expect![[r#"
        row           自信    家庭支持  total
        Reed          2       0             2
        小明          1       1             2
        total         3       1             4
        rows with it  2 of 2  1 of 2
    "#]]
    .assert_eq(&cli.ok("summary p.tain --columns themes --rollup"));
    expect![[r#"
        row,自信,自信/表达,家庭支持,total
        Reed,0,2,0,2
        小明,1,0,1,2
        total,1,2,1,4
        rows with it,1 of 2,1 of 2,1 of 2,
    "#]]
    .assert_eq(&cli.ok("summary p.tain --format csv"));
    expect![[r#"
        {
          "measure": "codings",
          "rows": [
            "前测",
            "follow-up"
          ],
          "columns": [
            "自信",
            "家庭支持"
          ],
          "cells": [
            [
              1,
              1
            ],
            [
              0,
              0
            ]
          ],
          "row_totals": [
            2,
            0
          ],
          "column_totals": [
            1,
            1
          ],
          "total": 2,
          "rows_with_it": [
            {
              "with": 1,
              "of": 2
            },
            {
              "with": 1,
              "of": 2
            }
          ],
          "documents_in_rows": [
            1,
            1
          ],
          "coders": [
            "An"
          ],
          "counting": "merged",
          "attribution": "concerned",
          "in_several_rows": [
            0,
            0
          ],
          "why": []
        }
    "#]]
    .assert_eq(&cli.ok("summary p.tain --rows phase --columns themes --format json"));
}

#[test]
fn codings_and_documents_are_listed() {
    let cli = fixture::project(STUDY);
    expect![[r#"
        code,自信,自信/表达,家庭支持
        自信,1,0,0
        自信/表达,0,2,0
        家庭支持,0,0,1
    "#]]
    .assert_eq(&cli.ok("cooccurrence p.tain --format csv"));
    expect![[r#"
        document    case  phase      characters  words  turns  speakers            codings  read_as
        F02 child   Reed  follow-up          62     12      2  Interviewer; Child        2  UTF-8
        家庭1-前测  小明  前测               27     20      2  访谈者; 小明              2  UTF-8
    "#]]
    .assert_eq(&cli.ok("documents list p.tain"));
}

#[test]
fn refusals_say_what_to_do() {
    let cli = fixture::project(STUDY);
    let mut messages = String::new();
    for line in [
        "summary p.tain --rows house",
        "summary p.tain --code Nothing",
        "info q.tain",
        "code p.tain 家庭1-前测 900..901 自信",
        "code p.tain 家庭1-前测 3..4 信心",
        "search p.tain a(b",
        "export p.tain -o out.docm",
        "import p.tain missing.txt",
    ] {
        let (status, message) = cli.fails(&line.split(' ').collect::<Vec<_>>());
        writeln!(messages, "$ tain {line}\n{message}\n[{status}]\n").unwrap();
    }
    expect_file!["../data/output/refusals.txt"].assert_eq(&messages);
}

#[test]
fn help_of_every_command() {
    let cli = Cli::new();
    let mut help = String::new();
    print_help(&cli, &mut Vec::new(), &mut help);
    expect_file!["../data/output/help.txt"].assert_eq(&help);
}

/// Appends the help of a command, then that of the commands below it.
fn print_help(cli: &Cli, command: &mut Vec<String>, help: &mut String) {
    let mut words: Vec<&str> = command.iter().map(String::as_str).collect();
    words.push("--help");
    let text = cli.okay(&words);
    writeln!(help, "$ tain {}\n{text}", words.join(" ")).unwrap();
    let commands = text
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // Names are indented by two; what follows more spaces continues a description.
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split(' ').next())
        .filter(|name| *name != "help");
    for name in commands {
        command.push(name.to_owned());
        print_help(cli, command, help);
        command.pop();
    }
}

#[test]
fn the_report_of_the_sample_in_both_languages() {
    let cli = Cli::new();
    cli.ok("demo --dir . --headless");
    for (language, expected) in [
        ("en", expect_file!["../data/output/report-en.txt"]),
        ("zh", expect_file!["../data/output/report-zh.txt"]),
    ] {
        cli.ok(&format!(
            "report i-believe-i-can.tain -o report.html --language {language} --force"
        ));
        let page = std::fs::read_to_string(cli.path("report.html")).unwrap();
        expected.assert_eq(&text_of(&page));
    }
}

/// The text of a page, a block a line and cells apart; charts are left out, and days are alike.
fn text_of(page: &str) -> String {
    [
        (r"(?s)<(style|svg)\b.*?</(style|svg)>", ""),
        (r"</t[dh]>", " | "),
        (r"</(p|h[1-6]|tr|li|caption|blockquote|title)>", "\n"),
        (r"<[^>]*>", ""),
        (r"\d{4}-\d{2}-\d{2}", "YYYY-MM-DD"),
        (r"[ \t]+\n", "\n"),
        (r"\n{2,}", "\n"),
    ]
    .iter()
    .fold(page.to_owned(), |text, (pattern, with)| {
        let pattern = regex::Regex::new(pattern).unwrap();
        pattern.replace_all(&text, *with).into_owned()
    })
}
