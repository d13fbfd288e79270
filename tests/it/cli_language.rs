//! The language of the command line: which one is chosen, what changes with it, and what scripts can rely on.

use std::process::Output;

use serde_json::Value;
use tain::{app::Session, message::language::UiLanguage, store::Access};

use crate::{
    cli::Cli,
    fixture::{self, STUDY},
    world::world,
};

fn lines(output: &Output) -> (String, String, i32) {
    (
        String::from_utf8(output.stdout.clone()).unwrap(),
        String::from_utf8(output.stderr.clone())
            .unwrap()
            .trim()
            .to_owned(),
        output.status.code().unwrap(),
    )
}

fn chinese(cli: &Cli, line: &str) -> (String, String, i32) {
    let words: Vec<&str> = line
        .split_whitespace()
        .chain(["--language", "zh"])
        .collect();
    lines(&cli.run(&words))
}

fn with_variables(cli: &Cli, variables: &[(&str, &str)]) -> String {
    let mut command = cli.command(&["undo", "nowhere.tain"]);
    command.env_remove("LC_ALL").envs(variables.iter().copied());
    lines(&command.output().unwrap()).1
}

#[test]
fn tables_for_people_are_chinese_and_tables_for_scripts_are_not() {
    let cli = Cli::with_project();
    let (table, _, status) = chinese(&cli, "documents list p.tain");
    assert!(table.starts_with("文档"), "{table}");
    assert_eq!(status, 0);
    for format in ["csv", "json"] {
        let list = format!("documents list p.tain --format {format}");
        assert_eq!(chinese(&cli, &list).0, cli.ok(&list));
    }
}

#[test]
fn codes_of_tables_have_their_chinese_names() {
    let cli = Cli::new();
    cli.ok("demo --dir . --headless");
    let path = std::fs::read_dir(cli.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "tain"))
        .unwrap();
    let line = [
        "summary",
        path.to_str().unwrap(),
        "--columns",
        "themes",
        "--language",
        "zh",
    ];
    let (table, ..) = lines(&cli.run(&line));
    let (heads, last) = (table.lines().next().unwrap(), table.lines().last().unwrap());
    assert!(
        heads.starts_with("行") && heads.ends_with("合计"),
        "{heads}"
    );
    assert!(heads.contains("需要"), "{heads}");
    assert!(last.starts_with("出现的行数"), "{last}");
}

#[test]
fn what_is_not_known_of_a_case_is_said_in_chinese() {
    let cli = Cli::with_project();
    cli.write(
        "cases.csv",
        b"case,kind,age\nLin,family,not asked\nWu,family,missing\nReed,family,7\n",
    );
    cli.ok("cases import p.tain cases.csv");
    let (table, _, status) = chinese(&cli, "cases list p.tain");
    assert_eq!(status, 0);
    for word in ["家庭", "未询问", "缺失"] {
        assert!(table.contains(word), "{word}: {table}");
    }
    for format in ["csv", "json"] {
        let list = format!("cases list p.tain --format {format}");
        let written = cli.ok(&list);
        assert!(written.contains("not asked"), "{written}");
        assert_eq!(chinese(&cli, &list).0, written);
    }
}

#[test]
fn errors_are_chinese_with_the_same_status() {
    let cli = Cli::with_project();
    for (line, status, message) in [
        ("undo p.tain --coder Zoe", 4, "没有编码员“Zoe”"),
        (
            "undo nowhere.tain",
            3,
            "nowhere.tain 处没有项目；请检查路径，或新建一个",
        ),
        ("redo p.tain --coder An", 1, "没有可重做的步骤"),
        (
            "cases import p.tain nowhere.csv",
            5,
            "nowhere.csv：没有这个文件或文件夹",
        ),
        (
            "summary p.tain --rows none",
            2,
            "没有“none”这种行；见 tain summary --help",
        ),
    ] {
        let (_, said, found) = chinese(&cli, line);
        assert_eq!((said.as_str(), found), (message, status), "{line}");
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cli.fails(&words).0, status, "{line}");
    }
}

#[test]
fn notices_are_chinese() {
    let cli = Cli::with_project();
    let (_, said, status) = chinese(&cli, "undo p.tain --coder An");
    assert_eq!((said.as_str(), status), ("已撤销：导入编码本", 0));
    let (_, said, _) = chinese(&cli, "search p.tain believe");
    assert_eq!(said, "1 份文档中的 1 处命中");
}

#[test]
fn the_environment_chooses_a_language_and_the_option_overrides_it() {
    let cli = Cli::new();
    for (variables, chinese) in [
        (&[("TAIN_LANGUAGE", "zh")][..], true),
        (&[("LANG", "zh_CN.UTF-8")], true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], false),
        (&[("LANG", "zh_CN.UTF-8"), ("TAIN_LANGUAGE", "en")], false),
        (&[("LC_MESSAGES", "zh_CN"), ("LANG", "en_GB")], true),
        (&[("LANG", "")], false),
    ] {
        let said = with_variables(&cli, variables);
        assert_eq!(said.contains("没有项目"), chinese, "{variables:?}: {said}");
    }
    let mut command = cli.command(&["undo", "nowhere.tain", "--language", "en"]);
    let output = command.env("TAIN_LANGUAGE", "zh").output().unwrap();
    assert!(lines(&output).1.starts_with("there is no project"));
}

#[test]
fn sheets_with_chinese_heads_are_read() {
    let cli = Cli::with_project();
    let import = |command: &str, text: &str| {
        cli.write("表.csv", text.as_bytes());
        cli.ok(&format!("{command} import p.tain 表.csv"));
    };
    import(
        "codebook",
        "编码,上级,定义\n自信,,相信自己\n表达,自信,敢说\n",
    );
    import(
        "cases",
        "个案,类型,上级,年龄\n林家,家庭,,\n小远,个人,林家,11\n",
    );
    import(
        "documents",
        "文档,个案,阶段,说话人\nF01 child,林家,前测,Child=小远\n",
    );
    import(
        "codings",
        "编码员,文档,起点,终点,编码,备忘\nAn,F01 child,0,5,自信/表达,开头\n",
    );
    let cases = cli.ok("cases list p.tain --format csv");
    assert!(cases.contains("小远,person,林家"), "{cases}");
    assert!(
        !cases.contains("类型") && !cases.contains("上级"),
        "{cases}"
    );
    let documents = cli.ok("documents list p.tain --format csv");
    assert!(
        documents.contains("林家") && documents.contains("前测"),
        "{documents}"
    );
    let codings = cli.ok("codings export p.tain --format csv");
    assert!(
        codings.contains("An,F01 child,0,5,自信/表达,开头"),
        "{codings}"
    );
}

#[test]
fn history_and_refusals_call_phases_and_attributes_by_their_chinese_names() {
    let cli = fixture::project(STUDY);
    for line in [
        "phase add p.tain baseline",
        "phase translate p.tain baseline zh 基线",
        "attributes add p.tain score --kind number --per-phase",
        "attributes translate p.tain score zh 得分",
        "cases set p.tain Reed score@baseline=missing",
        "phase add p.tain later",
        "phase translate p.tain later zh 后期",
        "phase rename p.tain later end",
        "phase remove p.tain end",
    ] {
        cli.ok(line);
    }
    let refused = |line: &str| chinese(&cli, line).1;
    assert_eq!(
        refused("cases set p.tain Reed score=4"),
        "“得分”按阶段记录；请写成“得分@阶段”"
    );
    assert!(refused("cases set p.tain Reed score@baseline=much").contains("不适合“得分”"));
    assert!(refused("phase remove p.tain baseline").starts_with("“基线”正在使用"));
    let history: Value = serde_json::from_str(&cli.ok("history p.tain --format json")).unwrap();
    let entry = |what: &str| {
        let steps = history.as_array().unwrap();
        let step = steps.iter().rev().find(|step| step["action"] == what);
        step.unwrap()["entry"].as_str().unwrap().to_owned()
    };
    let changes = chinese(
        &cli,
        &format!("history p.tain --entry {}", entry("set value")),
    );
    assert!(changes.0.contains("得分 · 基线 = 缺失"), "{}", changes.0);
    let steps = chinese(&cli, "history p.tain").0;
    assert!(steps.lines().last().unwrap().contains("后期"), "{steps}");
    // What stands in the way of taking a step back is said in the same words.
    let added = entry("add attribute");
    let reason = refused(&format!("take-back p.tain {added}"));
    assert!(reason.contains("“得分”"), "{reason}");
    // The window says the last step aloud.
    let session = Session::open(&cli.path("p.tain"), Access::Read, world(9)).unwrap();
    let said = session.say_last_step(UiLanguage::Chinese);
    assert_eq!(said.as_deref(), Some("已完成：删除阶段：后期"));
}
