//! Tables of small projects, as the command line prints them.

use expect_test::expect;

use crate::fixture;

const STUDY: &str = "
//- codebook 自信 > 表达 | 家庭支持
//- document 家庭1-前测 case=小明 phase=前测
访谈者：最近怎么样？

小明：[自信:我敢举手了]，[家庭支持:妈妈陪我练]。
//- document F02 child case=Reed phase=follow-up
Interviewer: And then?

Child: [自信/表达:I said it], and [自信/表达:I said it] again.
";

#[test]
fn codes_are_counted_by_family() {
    expect![[r"
        row,自信,自信/表达,家庭支持,total
        Reed,0,2,0,2
        小明,1,0,1,2
        total,1,2,1,4
        rows with it,1 of 2,1 of 2,1 of 2,
    "]]
    .assert_eq(&fixture::project(STUDY).ok("summary p.tain --format csv"));
}

#[test]
fn a_theme_includes_its_subcodes() {
    expect![[r"
        row,自信,家庭支持,total
        Reed,2,0,2
        小明,1,1,2
        total,3,1,4
        rows with it,2 of 2,1 of 2,
    "]]
    .assert_eq(
        &fixture::project(STUDY).ok("summary p.tain --columns themes --rollup --format csv"),
    );
}

#[test]
fn codings_are_listed_with_their_words() {
    expect![[r"
        coder,document,start,end,code,memo,text
        An,F02 child,31,40,自信/表达,,I said it
        An,F02 child,46,55,自信/表达,,I said it
        An,家庭1-前测,15,20,自信,,我敢举手了
        An,家庭1-前测,21,26,家庭支持,,妈妈陪我练
    "]]
    .assert_eq(&fixture::project(STUDY).ok("codings export p.tain --format csv"));
}

#[test]
fn a_test_names_what_it_leaves_out() {
    let study = STUDY.replace(" | 家庭支持", " | 家庭支持 | 未用")
        + "//- document F03 child case=Sam phase=follow-up\nInterviewer: Well?\n\nChild: No.\n";
    let cli = fixture::project(&study);
    for test in ["chi2", "fisher"] {
        let command = format!("summary p.tain --measure cases --test {test} --format json");
        let printed: serde_json::Value = serde_json::from_str(&cli.ok(&command)).unwrap();
        assert_eq!(
            printed["test"]["empty"],
            serde_json::json!({ "rows": ["Sam"], "columns": ["未用"] }),
            "{printed}"
        );
        let warning = printed["test"]["warning"].as_str().unwrap();
        assert!(warning.contains("left out: Sam, 未用"), "{warning}");
    }
    for (language, note) in [
        ("en", "leaves out rows and columns with nothing in them: "),
        ("zh", "检验不计没有内容的行和列："),
    ] {
        let file = format!("{language}.html");
        let path = cli.path(&file);
        cli.ok(&format!("report p.tain -o {file} --language {language}"));
        let report = std::fs::read_to_string(path).unwrap();
        assert!(report.contains(note), "{report}");
    }
}
