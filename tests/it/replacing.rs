//! Find and replace in transcripts: what is replaced and what isn't, as one step, in the core and on the command line.

use expect_test::expect;
use tain::{
    app::{
        Session,
        action::{Action, WordReplacement},
        edit::replace::replacement_preview,
        jobs::JobControl,
    },
    language::occurrences::Comparison,
    model::{
        ids::DocumentId,
        memo::{Anchor, MemoKind},
        text::TextRange,
    },
};

use crate::{
    cli::Cli,
    fixture::{self, STUDY},
    world::{apply_code, project},
};

fn words(from: &str, to: &str) -> WordReplacement {
    WordReplacement {
        from: from.to_owned(),
        to: to.to_owned(),
        how: Comparison::default(),
        labels: false,
        documents: None,
    }
}

fn text(session: &Session, id: DocumentId) -> String {
    let document = &session.project().documents[&id];
    session.content(document).unwrap().text.as_str().to_owned()
}

fn id_of(session: &Session, title: &str) -> DocumentId {
    session.project().document_by_title(title).unwrap().id
}

#[test]
fn codings_memos_and_links_follow_and_one_undo_brings_all_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let child = id_of(&session, "F01 child");
    let before_text = text(&session, child);
    let (front, _) = before_text.split_once("I do know").unwrap();
    let at = u32::try_from(front.chars().count()).unwrap();
    // Around a place, inside it, and beside it.
    for (start, end) in [(at, at + 9), (at + 6, at + 9), (at, at + 4)] {
        apply_code(&mut session, "F01 child", "Belonging", start, end);
    }
    session
        .run(Action::AddMemo {
            anchor: Anchor::Segment(child, TextRange::between(at, at + 9)),
            kind: MemoKind::Analytic,
            title: "why".to_owned(),
            body: String::new(),
        })
        .unwrap();
    let before = session.project().as_ref().clone();
    let what = words("know", "understand");
    let control = JobControl::default();
    let found = replacement_preview(session.project(), session.texts(), &what, &control).unwrap();
    assert_eq!((found.counts(), found.documents), ((2, 0), 1));
    assert_eq!((found.codings.resized, found.codings.removed), (1, 0));
    session.run(Action::ReplaceWords(Box::new(what))).unwrap();
    assert_eq!(
        text(&session, child),
        before_text.replace("know", "understand")
    );
    let document = &session.project().documents[&child];
    let content = session.content(document).unwrap();
    let mut coded: Vec<&str> = document
        .codings
        .iter()
        .map(|coding| content.text.slice(coding.range).unwrap())
        .collect();
    coded.sort_unstable();
    assert_eq!(coded, ["I do", "I do understand", "understand"]);
    let steps = session.steps().len();
    session.run(Action::Undo).unwrap();
    assert_eq!(session.steps().len(), steps + 1);
    let mut after = session.project().as_ref().clone();
    after.seen = before.seen.clone();
    for (id, document) in &mut after.documents {
        // The history of a text keeps what was undone.
        std::sync::Arc::make_mut(document).history = before.documents[id].history.clone();
    }
    assert_eq!(after, before);
    assert_eq!(text(&session, child), before_text);
}

#[test]
fn words_that_are_deleted_take_codings_of_nothing_else_with_them() {
    let cli = fixture::project(STUDY);
    let dry = [
        "replace",
        "p.tain",
        "I said it",
        "",
        "--dry-run",
        "--format",
        "csv",
    ];
    expect![[r#"
        document,part,start,end,before,text,after
        F02 child,text,31,40,Child: ,I said it,", and I said it again."
        F02 child,text,46,55,"Child: I said it, and ",I said it, again.
    "#]]
    .assert_eq(&cli.okay(&dry));
    let output = cli.run(&["replace", "p.tain", "I said it", ""]);
    expect![[r#"
        replaced: 2 places in 1 document
        1 coding gets new bounds, 1 coding and 0 memos without words removed
    "#]]
    .assert_eq(&String::from_utf8(output.stderr).unwrap());
    let codings = || cli.ok("codings export p.tain --format csv").lines().count() - 1;
    assert_eq!(codings(), 3);
    cli.ok("undo p.tain");
    assert_eq!(codings(), 4);
}

#[test]
fn labels_are_replaced_only_if_asked_in_the_text_and_the_list_alike() {
    let cli = fixture::project(
        "
//- document 一
访谈者：小明来了吗？

小明：我是小明。

小明妈妈：小明在这里。
//- document 二
访谈者：好。

小红：小明：他没来。
",
    );
    let speakers = || cli.ok("speakers list p.tain --format csv");
    let found = |words: &str| {
        let found = cli.okay(&["search", "p.tain", words, "--format", "csv"]);
        found.lines().count() - 1
    };
    let before = speakers();
    let (all, new) = (found("小明"), found("小红"));
    cli.ok("replace p.tain 小明 小红 --document 一");
    assert_eq!(speakers(), before);
    assert_eq!(found("小红"), new + 3);
    assert_eq!(found("小明"), all - 3);
    cli.ok("undo p.tain");
    expect![[r#"
        document  part     start  end  before      text                 after
        一        text         4    6  访谈者：    小明                 来了吗？
        一        label       12   14              小明                 ：我是小明。
        一        text        17   19  小明：我是  小明                 。
        一        label       22   24              小明                 妈妈：小明在这里。
        一        text        27   29  小明妈妈：  小明                 在这里。
        二        text        11   13  小红：      小明                 ：他没来。
        一        speaker                          小明 → 小红
        一        speaker                          小明妈妈 → 小红妈妈
    "#]]
    .assert_eq(&cli.ok("replace p.tain 小明 小红 --labels"));
    expect![[r#"
        document,speaker,role,person,turns
        一,访谈者,interviewer,,1
        一,小红,participant,,1
        一,小红妈妈,participant,,1
        二,访谈者,interviewer,,1
        二,小红,participant,,1
    "#]]
    .assert_eq(&speakers());
    assert_eq!(found("小明"), 0);
    let steps = cli.ok("history p.tain --format csv").lines().count();
    cli.ok("undo p.tain");
    assert_eq!(
        cli.ok("history p.tain --format csv").lines().count(),
        steps + 1
    );
    assert_eq!((speakers(), found("小明")), (before, all));
}

#[test]
fn speakers_who_get_one_label_become_one() {
    let cli = fixture::project(
        "
//- document one
Interviewer: And you?

Maria: Yes, I do.

Interviewer: And you?

Mari: No, I don't.

Interviewer: And you?

Mariana: Well, I think so.

Interviewer: And you?

Maria: Yes, I said so.

Interviewer: And you?

Mari: No, never.

Interviewer: And you?

Mariana: Well, maybe.
",
    );
    expect![[r#"
        document,part,start,end,before,text,after
        one,label,23,28,,Maria,": Yes, I do."
        one,label,108,113,,Maria,"na: Well, I think so."
        one,label,159,164,,Maria,": Yes, I said so."
        one,label,247,252,,Maria,"na: Well, maybe."
        one,"speaker, merged",,,,Maria → Mari,
        one,speaker,,,,Mariana → Marina,
    "#]]
    .assert_eq(&cli.ok("replace p.tain Maria Mari --labels --format csv"));
    expect![[r#"
        document,speaker,role,person,turns
        one,Interviewer,interviewer,,6
        one,Maria,participant,,0
        one,Mari,participant,,4
        one,Marina,participant,,2
    "#]]
    .assert_eq(&cli.ok("speakers list p.tain --format csv"));
    cli.ok("undo p.tain");
    // Each label is replaced once, though the new one of one is the old one of another.
    cli.ok("replace p.tain Mari Maria --labels");
    expect![[r#"
        document,speaker,role,person,turns
        one,Interviewer,interviewer,,6
        one,Mariaa,participant,,2
        one,Maria,participant,,2
        one,Mariaana,participant,,2
    "#]]
    .assert_eq(&cli.ok("speakers list p.tain --format csv"));
}

#[test]
fn whole_words_and_case() {
    let cli = fixture::project("\n//- document one\nChild: Ada and ada, Adam, 小Ada。\n");
    let said = |options: &str| {
        let line = format!("replace p.tain ada Eve --dry-run --format csv {options}");
        cli.ok(&line).lines().count() - 1
    };
    assert_eq!(said(""), 1);
    assert_eq!(said("--ignore-case"), 4);
    assert_eq!(said("--ignore-case --whole-words"), 3);
}

#[test]
fn what_cannot_be_replaced_is_said_and_changes_nothing() {
    let cli = fixture::project(STUDY);
    let refused = |words: &[&str]| {
        let (status, message) = cli.fails(&[&["replace", "p.tain"], words].concat());
        format!("{message} [{status}]")
    };
    let before = cli.ok("history p.tain --format csv");
    expect!["which words are to be replaced? [2]"].assert_eq(&refused(&["", "x"]));
    expect!["the new words are the old ones [1]"].assert_eq(&refused(&["said", "said"]));
    expect!["“nowhere” is nowhere in the texts [4]"].assert_eq(&refused(&["nowhere", "x"]));
    expect!["nothing would be left of the speaker's label “Child”; replace it by another name [1]"]
        .assert_eq(&refused(&["Child", "", "--labels"]));
    expect!["there is no document “none” [4]"].assert_eq(&refused(&[
        "said",
        "x",
        "--document",
        "none",
    ]));
    assert_eq!(cli.ok("history p.tain --format csv"), before);
}

#[test]
fn a_separator_of_labels_stays() {
    let cli = Cli::with_project();
    let (status, _) = cli.fails(&["replace", "p.tain", ": ", "：", "--labels"]);
    assert_eq!(status, 4, "it tells a label from what is said");
}
