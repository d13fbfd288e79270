//! The commands that manage a study: project, coders, phases, attributes, cases, documents, speakers, queries.

use expect_test::expect;

use crate::{
    cli::Cli,
    fixture::{self, STUDY},
};

/// What a command that fails says, with its status.
fn refused(cli: &Cli, words: &[&str]) -> String {
    let (status, message) = cli.fails(words);
    format!("{message} [{status}]")
}

#[test]
fn a_project_is_shown_and_described() {
    let cli = fixture::project(STUDY);
    cli.okay(&[
        "project",
        "p.tain",
        "--title",
        "I believe",
        "--description",
        "Two families",
        "--language",
        "zh",
    ]);
    expect![[r#"
        what         value
        title        I believe
        description  Two families
        language     zh
    "#]]
    .assert_eq(&cli.ok("project p.tain"));
    expect!["nothing was changed [1]"].assert_eq(&refused(
        &cli,
        &["project", "p.tain", "--title", "I believe"],
    ));
}

#[test]
fn coders_are_managed() {
    let cli = fixture::project(STUDY);
    cli.ok("coders add p.tain Bo");
    cli.ok("coders rename p.tain Bo Bea");
    cli.ok("coders colour p.tain An #2E7D6B");
    expect![[r#"
        coder  colour   codings  memos
        An     #2E7D6B        4      0
        Bea                   0      0
    "#]]
    .assert_eq(&cli.ok("coders list p.tain"));
    expect!["“Bea” already exists; choose another name [1]"]
        .assert_eq(&refused(&cli, &["coders", "add", "p.tain", "BEA"]));
    expect!["“An” is in use: 4 codings, 0 memos; remove that first [1]"]
        .assert_eq(&refused(&cli, &["coders", "remove", "p.tain", "An"]));
    cli.ok("coders remove p.tain Bea");
    cli.ok("coders colour p.tain An none");
    expect!["“teal” is not a colour; write #RRGGBB or none [2]"].assert_eq(&refused(
        &cli,
        &["coders", "colour", "p.tain", "An", "teal"],
    ));
}

#[test]
fn phases_are_managed_and_have_names_in_both_languages() {
    let cli = fixture::project(STUDY);
    cli.ok("phase add p.tain later");
    cli.ok("phase rename p.tain later sessions");
    cli.ok("phase move p.tain sessions --before 前测");
    cli.ok("phase translate p.tain Follow-Up zh 后测");
    expect![[r#"
        phase      translations  documents
        sessions                         0
        前测                             1
        follow-up  后测                  1
    "#]]
    .assert_eq(&cli.ok("phase list p.tain"));
    expect![[r#"
        阶段      译名  文档
        sessions           0
        前测               1
        后测      后测     1
    "#]]
    .assert_eq(&cli.ok("phase list p.tain --language zh"));
    // Either name finds the phase.
    let hits = cli.okay(&["search", "p.tain", "said 阶段:后测", "--format", "csv"]);
    assert_eq!(hits.lines().count(), 3, "{hits}");
    let found = cli.okay(&[
        "retrieve",
        "p.tain",
        "自信 WHERE 阶段=后测",
        "--format",
        "csv",
    ]);
    assert_eq!(found.lines().count(), 3, "{found}");
    cli.ok("summary p.tain --phase 后测");
    expect!["“前测” is in use: 1 document, values of 0 cases; remove that first [1]"]
        .assert_eq(&refused(&cli, &["phase", "remove", "p.tain", "前测"]));
    cli.ok("phase remove p.tain sessions");
}

#[test]
fn one_command_is_one_step_whatever_it_sets() {
    let cli = fixture::project(STUDY);
    for line in [
        "attributes add p.tain age --kind number",
        "attributes add p.tain income",
        "attributes add p.tain place --of documents",
        "attributes add p.tain mood --of documents",
    ] {
        cli.ok(line);
    }
    let steps = || cli.ok("history p.tain --format csv").lines().count();
    let state = || {
        let mut state = cli.ok("project p.tain --format json");
        for list in ["cases", "documents", "attributes"] {
            state += &cli.ok(&format!("{list} list p.tain --format csv"));
        }
        state
    };
    let document = "F02 child";
    for command in [
        &[
            "project",
            "p.tain",
            "--title",
            "Second",
            "--description",
            "Two",
        ][..],
        &["cases", "set", "p.tain", "Reed", "age=41", "income=low"],
        &[
            "documents",
            "set",
            "p.tain",
            document,
            "place=home",
            "mood=calm",
        ],
        &[
            "documents",
            "case",
            "p.tain",
            document,
            "--take",
            "Reed",
            "--add",
            "小明",
        ],
    ] {
        let (before, n) = (state(), steps());
        cli.okay(command);
        assert_ne!(state(), before, "{command:?}");
        assert_eq!(steps(), n + 1, "{command:?}");
        cli.ok("undo p.tain");
        assert_eq!(state(), before, "{command:?}");
        cli.ok("redo p.tain");
    }
    // What is refused in one of them is not done in the others.
    let before = state();
    let refused = ["cases", "set", "p.tain", "Reed", "income=high", "age=old"];
    assert_eq!(cli.fails(&refused).0, 1);
    assert_eq!(state(), before);
}

#[test]
fn attributes_are_managed() {
    let cli = fixture::project(STUDY);
    cli.ok("attributes add p.tain age");
    cli.ok("attributes add p.tain income --kind category --categories low,high");
    cli.ok("attributes add p.tain place --of documents");
    cli.ok("attributes add p.tain score --kind number --per-phase");
    cli.ok("cases set p.tain Reed age=41 income=low score@前测=3");
    cli.ok("cases set p.tain 小明 age=about income=middle");
    cli.okay(&["attributes", "define", "p.tain", "age", "In whole years"]);
    cli.ok("attributes translate p.tain age zh 年龄");
    cli.ok("attributes rename-category p.tain income middle medium");
    cli.ok("attributes categories p.tain income low medium high");
    cli.ok("attributes move p.tain income --before age");
    cli.ok("attributes rename p.tain place venue --of documents");
    expect![[r#"
        attribute  translations  of         kind      categories         per_phase  values  definition
        income                   cases      category  low; medium; high  no              2
        age        年龄          cases      text                         no              2  In whole years
        venue                    documents  text                         no              0
        score                    cases      number                       yes             1
    "#]]
    .assert_eq(&cli.ok("attributes list p.tain"));
    expect!["“low” is in use: 1 value; remove that first [1]"].assert_eq(&refused(
        &cli,
        &["attributes", "categories", "p.tain", "income", "high"],
    ));
    expect![[r#"
        what  phase  from   to
        小明         about
        Reed         41     41
    "#]]
    .assert_eq(&cli.ok("attributes kind p.tain 年龄 number --dry-run"));
    expect!["1 value of “age” is lost as number: about; correct them first, or give --lose [1]"]
        .assert_eq(&refused(
            &cli,
            &["attributes", "kind", "p.tain", "age", "number"],
        ));
    cli.ok("attributes kind p.tain age number --lose");
    cli.ok("attributes translate p.tain income zh 低 --category low");
    expect!["“tiny” doesn't fit “income”; it accepts low, medium, high [1]"].assert_eq(&refused(
        &cli,
        &[
            "attributes",
            "translate",
            "p.tain",
            "income",
            "zh",
            "x",
            "--category",
            "tiny",
        ],
    ));
    cli.ok("attributes remove p.tain score");
    expect![[r#"
        个案  类型  上级  income  年龄
        Reed  家庭        低      41.0
        小明  家庭        medium
    "#]]
    .assert_eq(&cli.ok("cases list p.tain --language zh"));
    // A sheet in Chinese means the same categories.
    cli.write(
        "cases.csv",
        "case,income,x\nReed,high,1\n小明,低,2\n阿梅,低,3\n".as_bytes(),
    );
    cli.ok("cases import p.tain cases.csv");
    expect![[r#"
        attribute,translations,of,kind,categories,per_phase,values,definition
        income,,cases,category,low; medium; high,no,3,
        age,年龄,cases,number,,no,1,In whole years
        venue,,documents,text,,no,0,
        x,,cases,number,,no,3,
    "#]]
    .assert_eq(&cli.ok("attributes list p.tain --format csv"));
    expect![[r#"
        case,kind,parent,income,age,x
        Reed,family,,high,41.0,1.0
        小明,family,,low,,2.0
        阿梅,family,,low,,3.0
    "#]]
    .assert_eq(&cli.ok("cases list p.tain --format csv"));
}

#[test]
fn cases_are_managed() {
    let cli = fixture::project(STUDY);
    cli.ok("cases add p.tain Reeds");
    cli.ok("cases add p.tain Ann --kind person --parent Reeds");
    cli.ok("cases rename p.tain Ann Anne");
    cli.ok("cases kind p.tain Reed person");
    cli.ok("cases move p.tain Reed --parent Reeds");
    expect![[r#"
        case   kind    parent
        Reeds  family
        Anne   person  Reeds
        Reed   person  Reeds
        小明   family
    "#]]
    .assert_eq(&cli.ok("cases list p.tain"));
    expect!["“Reeds” can't be put below itself [1]"].assert_eq(&refused(
        &cli,
        &["cases", "move", "p.tain", "Reeds", "--parent", "Anne"],
    ));
    cli.ok("cases merge p.tain Reed Anne --into Reeds");
    let documents = cli.ok("documents list p.tain --format csv");
    assert!(documents.contains("F02 child,Reeds,"), "{documents}");
    cli.ok("cases remove p.tain Reeds 小明");
    assert_eq!(cli.ok("cases list p.tain --format csv").lines().count(), 1);
    cli.ok("undo p.tain");
    assert_eq!(cli.ok("cases list p.tain --format csv").lines().count(), 3);
}

#[test]
fn documents_are_managed() {
    let cli = fixture::project(STUDY);
    cli.okay(&["documents", "rename", "p.tain", "F02 child", "F02"]);
    cli.ok("documents phase p.tain F02 家庭1-前测 --to 前测");
    cli.ok("documents case p.tain F02 --add 小明 --take Reed");
    cli.ok("attributes add p.tain place --of documents");
    cli.ok("documents set p.tain F02 place=school");
    expect![[r#"
        document,case,phase,characters,words,turns,speakers,codings,read_as
        F02,小明,前测,62,12,2,Interviewer; Child,2,UTF-8
        家庭1-前测,小明,前测,27,20,2,访谈者; 小明,2,UTF-8
    "#]]
    .assert_eq(&cli.ok("documents list p.tain --format csv"));
    cli.ok("documents phase p.tain F02 --none");
    expect!["what is removed too: 4 codings, 0 memos and 0 links or sets; add --yes to remove it all [1]"]
        .assert_eq(&refused(
            &cli,
            &["documents", "remove", "p.tain", "F02", "家庭1-前测"],
        ));
    let output = cli.run(&["documents", "remove", "p.tain", "F02", "--yes"]);
    expect!["removed too: 2 codings, 0 memos and 0 links or sets\n"]
        .assert_eq(&String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        cli.ok("documents list p.tain --format csv").lines().count(),
        2
    );
}

#[test]
fn speakers_are_managed_in_one_document_or_in_all() {
    let cli = Cli::new();
    cli.ok("new p.tain --title Study --coder An");
    for name in ["A", "B"] {
        let text = "Interviewer: How?\n\nMum: Well.\n\nMother: Well.\n\nInterviewer: So?\n\nMum: Yes.\n\nMother: No.\n";
        cli.write(
            &format!("in/{name}.txt"),
            format!("{text}\n{name}\n").as_bytes(),
        );
    }
    cli.ok("import p.tain in");
    cli.ok("cases add p.tain Ann --kind person");
    cli.ok("speakers role p.tain Interviewer participant");
    cli.ok("speakers role p.tain Interviewer interviewer --document A");
    cli.ok("speakers link p.tain Mum --to Ann");
    cli.ok("speakers link p.tain Mum --nobody --document B");
    cli.ok("speakers rename p.tain Interviewer I --document A");
    expect![
        "there is a speaker “Mum” beside this one; to make them one, use tain speakers merge [1]"
    ]
    .assert_eq(&refused(
        &cli,
        &["speakers", "rename", "p.tain", "Mother", "Mum"],
    ));
    cli.ok("speakers merge p.tain Mother --into Mum --document A");
    expect![[r#"
        document  speaker      role         person  turns
        A         I            interviewer              2
        A         Mum          participant  Ann         4
        A         Mother       participant              0
        B         Interviewer  participant              2
        B         Mum          participant              2
        B         Mother       participant              2
    "#]]
    .assert_eq(&cli.ok("speakers list p.tain"));
    cli.ok("speakers merge p.tain Mother --into Mum");
    expect![[r#"
        document,speaker,role,person,turns
        B,Interviewer,participant,,2
        B,Mum,participant,,4
        B,Mother,participant,,0
    "#]]
    .assert_eq(&cli.ok("speakers list p.tain --document B --format csv"));
    expect!["there is no speaker “Nobody” [4]"].assert_eq(&refused(
        &cli,
        &["speakers", "role", "p.tain", "Nobody", "participant"],
    ));
    expect!["there is no speaker “Nobody” [4]"].assert_eq(&refused(
        &cli,
        &["speakers", "merge", "p.tain", "Mum", "--into", "Nobody"],
    ));
}

#[test]
fn queries_are_saved_and_managed() {
    let cli = fixture::project(STUDY);
    cli.okay(&["query", "add", "p.tain", "Said", "said NEAR/3 again"]);
    cli.okay(&[
        "query",
        "add",
        "p.tain",
        "Both",
        "自信 OR 家庭支持",
        "--kind",
        "codes",
    ]);
    cli.ok("query rename p.tain Said Told");
    cli.ok("query set p.tain Told said");
    expect![[r#"
        name  kind   query
        Both  codes  自信 OR 家庭支持
        Told  words  said
    "#]]
    .assert_eq(&cli.ok("query list p.tain"));
    assert!(cli.ok("search p.tain query:Told").contains("said"));
    let (status, message) = cli.fails(&["query", "add", "p.tain", "Bad", "a(b"]);
    assert_eq!(status, 2, "{message}");
    expect!["there is no saved query “None” [4]"]
        .assert_eq(&refused(&cli, &["query", "remove", "p.tain", "None"]));
    cli.ok("query remove p.tain Both");
}

#[test]
fn starter_codebooks_are_listed_and_imported() {
    let cli = fixture::project(STUDY);
    expect![[r#"
        name                 title                language  codes
        looking-glass-self   Looking-glass self   en            6
        influencing-factors  Influencing factors  en            8
        needs                Needs                en            8
        strengths            Strengths            en            9
        group-work-process   Group process        en            9
    "#]]
    .assert_eq(&cli.ok("codebook starters"));
    cli.ok("codebook import p.tain --starter needs");
    assert!(cli.ok("codebook list p.tain").contains("Needs/"));
    expect!["there is no starter codebook “need”; tain codebook starters lists them [4]"]
        .assert_eq(&refused(
            &cli,
            &["codebook", "import", "p.tain", "--starter", "need"],
        ));
}

#[test]
fn a_file_that_exists_is_replaced_only_with_force() {
    let cli = fixture::project(STUDY);
    for command in [
        "export p.tain -o FILE.xlsx",
        "export p.tain -o FILE.csv",
        "report p.tain -o FILE.html",
        "cases export p.tain -o FILE.csv",
        "codebook export p.tain -o FILE.ron",
        "codebook export p.tain -o FILE.xlsx",
        "documents list p.tain -o FILE.csv",
        "summary p.tain -o FILE.xlsx",
        "memo export p.tain FILE.md",
    ] {
        let words: Vec<&str> = command.split(' ').collect();
        let (at, name) = words
            .iter()
            .enumerate()
            .find(|(_, word)| word.starts_with("FILE"))
            .unwrap();
        cli.write(name, b"mine");
        let (status, message) = cli.fails(&words);
        let expected = format!("{} exists; give another name or --force", words[at]);
        assert_eq!((status, message), (5, expected), "{command}");
        assert_eq!(std::fs::read(cli.path(name)).unwrap(), b"mine", "{command}");
        cli.ok(&format!("{command} --force"));
        assert_ne!(std::fs::read(cli.path(name)).unwrap(), b"mine", "{command}");
        std::fs::remove_file(cli.path(name)).unwrap();
    }
    // Not even then over a project; and a list of losses is looked at before anything is written.
    let (_, message) = cli.fails(&["memo", "export", "p.tain", "p.tain", "--force"]);
    assert!(
        message.contains("a project, which nothing else may replace"),
        "{message}"
    );
    cli.write("losses.md", b"mine");
    let words = "export p.tain -o new.qdpx --losses losses.md";
    let (status, _) = cli.fails(&words.split(' ').collect::<Vec<_>>());
    assert_eq!((status, cli.path("new.qdpx").exists()), (5, false));
    cli.ok(&format!("{words} --force"));
    assert_ne!(std::fs::read(cli.path("losses.md")).unwrap(), b"mine");
}

#[test]
fn imports_take_names_that_differ_only_in_case_for_one() {
    let cli = fixture::project(STUDY);
    cli.write("cases.csv", "case,age\nＲＥＥＤ,41\n".as_bytes());
    cli.ok("cases import p.tain cases.csv");
    assert!(
        cli.ok("cases list p.tain")
            .contains("Reed  family          41")
    );
    cli.write("twice.csv", b"case,age\nAnn,4\nann,5\n");
    expect!["twice.csv, row 3: “ann” already is in row 2 [1]"]
        .assert_eq(&refused(&cli, &["cases", "import", "p.tain", "twice.csv"]));
    cli.write("codes.csv", b"code,parent\nWar,\nwar,\n");
    let (status, message) = cli.fails(&["codebook", "import", "p.tain", "codes.csv"]);
    assert!(
        status == 1 && message.contains("“war” occurs twice"),
        "{message}"
    );
    // The coder who acts, too.
    cli.ok("memo add p.tain --title Note --coder AN");
}

#[test]
fn a_sheet_of_another_kind_names_its_command() {
    let cli = fixture::project(STUDY);
    cli.write(
        "documents.csv",
        b"document,case,phase\nF02 child,Reed,later\n",
    );
    cli.write(
        "codings.csv",
        b"document,start,end,code\nF02 child,0,4,Needs\n",
    );
    cli.write("cases.csv", b"case,kind,age\nReed,family,4\n");
    cli.write("codes.csv", b"code,parent\nNeeds,\n");
    let before = cli.ok("history p.tain --format csv");
    let commands = [
        ("cases", "tain cases import"),
        ("documents", "tain documents import"),
        ("codings", "tain codings import"),
        ("codebook", "tain codebook import"),
    ];
    let files = ["cases.csv", "documents.csv", "codings.csv", "codes.csv"];
    for (command, own) in commands {
        for (file, (_, right)) in files.into_iter().zip(commands) {
            if right == own {
                continue;
            }
            let (status, message) = cli.fails(&[command, "import", "p.tain", file]);
            assert_eq!(status, 1, "{message}");
            assert!(message.ends_with(&format!("; use {right}")), "{message}");
        }
    }
    expect!["documents.csv: a sheet of documents, not of cases; use tain documents import [1]"]
        .assert_eq(&refused(
            &cli,
            &["cases", "import", "p.tain", "documents.csv"],
        ));
    expect!["documents.csv：这是文档表，不是个案表；请用 tain documents import [1]"].assert_eq(
        &refused(
            &cli,
            &[
                "cases",
                "import",
                "p.tain",
                "documents.csv",
                "--language",
                "zh",
            ],
        ),
    );
    assert_eq!(cli.ok("history p.tain --format csv"), before);
    // Whoever names the column of the cases knows better.
    cli.ok("cases import p.tain documents.csv --key case");
}

#[test]
fn the_history_says_what_was_done_where() {
    let cli = Cli::new();
    cli.ok("new p.tain --title T --coder An");
    cli.write("A.txt", b"Mia: I sang and they heard it.\n");
    cli.ok("import p.tain A.txt");
    cli.write("c.csv", b"code,parent,colour,definition\nBelonging,,,\n");
    cli.ok("codebook import p.tain c.csv");
    cli.ok("code p.tain A 5..11 Belonging");
    cli.ok("documents rename p.tain A B");
    cli.ok("undo p.tain");
    let history: serde_json::Value =
        serde_json::from_str(&cli.ok("history p.tain --format json")).unwrap();
    let told: Vec<String> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!("{} | {} | {}", row["action"], row["what"], row["where"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        told[1..],
        [
            "import documents | A | ",
            "import codebook | Belonging | ",
            "apply code | Belonging | A",
            "rename document |  | B",
            "undo |  | A",
        ]
    );
}

#[test]
fn a_step_is_taken_back_unless_something_since_changed_the_same() {
    let cli = Cli::with_project();
    cli.ok("codebook list p.tain");
    cli.ok("project p.tain --title Second");
    cli.ok("project p.tain --description About");
    cli.ok("project p.tain --title Third");
    let history: serde_json::Value =
        serde_json::from_str(&cli.ok("history p.tain --format json")).unwrap();
    let entry = |at: usize| {
        let rows = history.as_array().unwrap();
        rows[rows.len() - 1 - at]["entry"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (second, about) = (entry(2), entry(1));
    assert!(refused(&cli, &["take-back", "p.tain", &second]).contains("changed later"));
    cli.okay(&["take-back", "p.tain", &about]);
    let shown = cli.ok("project p.tain");
    assert!(
        shown.contains("Third") && !shown.contains("About"),
        "{shown}"
    );
    assert!(refused(&cli, &["take-back", "p.tain", &about]).contains("taken back already"));
    assert!(refused(&cli, &["take-back", "p.tain", "x"]).contains("not the id of an entry"));
}

#[test]
fn steps_of_a_renamed_coder_are_found_by_the_new_name() {
    let cli = Cli::with_project();
    let count = |cli: &Cli, coder: &str| {
        let listed = cli.ok(&format!("history p.tain --format csv --coder {coder}"));
        listed.lines().count()
    };
    let before = count(&cli, "An");
    cli.okay(&["coders", "rename", "p.tain", "An", "Anna"]);
    assert_eq!(count(&cli, "Anna"), before + 1);
}

#[test]
fn going_back_is_tried_first_and_then_done_as_one_step() {
    let cli = Cli::with_project();
    cli.ok("codebook list p.tain");
    cli.ok("project p.tain --title Second");
    cli.ok("phase add p.tain before");
    cli.ok("project p.tain --title Third");
    let history: serde_json::Value =
        serde_json::from_str(&cli.ok("history p.tain --format json")).unwrap();
    let rows = history.as_array().unwrap();
    let entry = rows[rows.len() - 3]["entry"].as_str().unwrap().to_owned();
    let changes = cli.ok(&format!("history p.tain --entry {entry} --format csv"));
    assert!(
        changes.lines().nth(1).unwrap().ends_with(",Second"),
        "{changes}"
    );
    let tried = cli.run(&["back-to", "p.tain", &entry, "--dry-run"]);
    let said = String::from_utf8_lossy(&tried.stderr);
    assert!(said.contains("2 steps can be taken back"), "{said}");
    assert!(
        cli.ok("project p.tain").contains("Third"),
        "nothing is done yet"
    );
    cli.okay(&["back-to", "p.tain", &entry]);
    let shown = cli.ok("project p.tain");
    assert!(
        shown.contains("Second") && !shown.contains("Third"),
        "{shown}"
    );
    assert!(!cli.ok("phase list p.tain").contains("before"));
    cli.ok("undo p.tain");
    assert!(cli.ok("project p.tain").contains("Third"));
    cli.ok("history p.tain -o history.html --language zh");
    let page = std::fs::read_to_string(cli.path("history.html")).unwrap();
    assert!(
        page.contains("添加阶段：before") && page.contains("</html>"),
        "{page}"
    );
}

#[test]
fn documents_get_an_order_of_their_own_and_lose_it() {
    let cli = Cli::with_project();
    for name in ["G1", "G2", "G3"] {
        cli.write(
            &format!("{name}.txt"),
            format!("A: {name}?\nB: Yes.\n").as_bytes(),
        );
    }
    cli.ok("import p.tain G1.txt G2.txt G3.txt");
    let order = |cli: &Cli| {
        let listed = cli.ok("documents list p.tain --format csv");
        let titles = listed.lines().filter_map(|line| line.split(',').next());
        let own = titles.filter(|title| title.starts_with('G'));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    cli.ok("documents order p.tain G3 G1 G2");
    assert_eq!(order(&cli), ["G3", "G1", "G2"]);
    cli.ok("undo p.tain");
    assert_eq!(order(&cli), ["G1", "G2", "G3"]);
    cli.ok("redo p.tain");
    cli.ok("documents order p.tain --usual G1 G2 G3");
    assert_eq!(order(&cli), ["G1", "G2", "G3"]);
}

#[test]
fn the_codebook_says_when_and_by_whom_a_code_was_changed() {
    let cli = Cli::with_project();
    let rows = |cli: &Cli| -> Vec<serde_json::Value> {
        let listed = cli.ok("codebook list p.tain --changed --format json");
        serde_json::from_str(&listed).unwrap()
    };
    let before = rows(&cli);
    cli.ok("coders add p.tain Bo");
    cli.write("new.csv", b"code,definition\nBrand new,What is new\n");
    cli.ok("codebook import p.tain new.csv --coder Bo");
    let after = rows(&cli);
    assert_eq!(after[..before.len()], before, "the others are as they were");
    let new = &after[before.len()];
    assert_eq!(
        (new["code"].as_str(), new["coder"].as_str()),
        (Some("Brand new"), Some("Bo"))
    );
    assert!(new["changed"].as_str() > before[0]["changed"].as_str());
}
