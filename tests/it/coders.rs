//! Coders have attributes, as cases and documents do: set, cleared, converted, removed, exported.

use expect_test::expect;
use tain::{
    app::{Session, action::Action, export::ExportOptions, jobs::JobControl, output_file::write},
    log::change::Holder,
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf},
        ids::{AttributeId, CoderId},
    },
    store::Access,
};

use crate::{
    cli::Cli,
    fixture::{self, STUDY},
    world::{project, world},
};

/// A study with a second coder and what is known of both.
fn described() -> Cli {
    let cli = fixture::project(STUDY);
    cli.ok("coders add p.tain Bo");
    cli.ok("attributes add p.tain role --of coders --kind category --categories lead,student");
    cli.ok("attributes add p.tain trained --of coders --kind yes-no");
    cli.ok("attributes translate p.tain trained zh 培训");
    cli.ok("coders set p.tain An role=lead trained=yes");
    cli.ok("coders set p.tain Bo role=assistant 培训=missing");
    cli
}

fn refused(cli: &Cli, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (status, message) = cli.fails(&words);
    format!("{message} [{status}]")
}

#[test]
fn values_of_coders_are_set_listed_and_cleared() {
    let cli = described();
    expect![[r#"
        coder  colour  codings  memos  role       trained
        An                   4      0  lead       true
        Bo                   0      0  assistant  missing
    "#]]
    .assert_eq(&cli.ok("coders list p.tain"));
    expect![[r#"
        [
          {
            "coder": "An",
            "colour": null,
            "codings": 4,
            "memos": 0,
            "role": "lead",
            "trained": true
          },
          {
            "coder": "Bo",
            "colour": null,
            "codings": 0,
            "memos": 0,
            "role": "assistant",
            "trained": "missing"
          }
        ]
    "#]]
    .assert_eq(&cli.ok("coders list p.tain --format json"));
    expect![[r#"
        编码员  颜色  编码片段  备忘  role       培训
        An                   4     0  lead       是
        Bo                   0     0  assistant  缺失
    "#]]
    .assert_eq(&cli.ok("coders list p.tain --language zh"));
    expect![[r#"
        attribute  translations  of      kind      categories                per_phase  values  definition
        role                     coders  category  lead; student; assistant  no              2
        trained    培训          coders  yes/no                              no              2
    "#]].assert_eq(&cli.ok("attributes list p.tain"));
    cli.okay(&["coders", "set", "p.tain", "Bo", "role=", "trained="]);
    expect![[r#"
        coder,colour,codings,memos,role,trained
        An,,4,0,lead,true
        Bo,,0,0,,
    "#]]
    .assert_eq(&cli.ok("coders list p.tain --format csv"));
    expect!["“perhaps” doesn't fit “trained”; it accepts yes or no [1]"]
        .assert_eq(&refused(&cli, "coders set p.tain Bo trained=perhaps"));
    expect!["there is no coder “Cai” [4]"]
        .assert_eq(&refused(&cli, "coders set p.tain Cai role=lead"));
    expect!["“role” isn't given per phase [1]"]
        .assert_eq(&refused(&cli, "coders set p.tain Bo role@前测=lead"));
    expect!["“hours” can't be given per phase: coders have no phases [1]"].assert_eq(&refused(
        &cli,
        "attributes add p.tain hours --of coders --per-phase",
    ));
}

#[test]
fn an_attribute_of_coders_is_renamed_converted_and_removed_with_its_values() {
    let cli = described();
    cli.ok("attributes rename-category p.tain role lead principal");
    cli.ok("attributes rename p.tain trained training");
    expect![[r#"
        what  phase  from       to
        An           principal
        Bo           assistant
    "#]]
    .assert_eq(&cli.ok("attributes kind p.tain role number --dry-run"));
    expect!["2 values of “role” are lost as number: assistant, principal; correct them first, or give --lose [1]"].assert_eq(&refused(&cli, "attributes kind p.tain role number"));
    cli.ok("attributes kind p.tain training text");
    expect![[r#"
        coder,colour,codings,memos,role,training
        An,,4,0,principal,yes
        Bo,,0,0,assistant,missing
    "#]]
    .assert_eq(&cli.ok("coders list p.tain --format csv"));
    cli.ok("attributes remove p.tain role");
    cli.ok("attributes remove p.tain training");
    expect![[r#"
        coder,colour,codings,memos
        An,,4,0
        Bo,,0,0
    "#]]
    .assert_eq(&cli.ok("coders list p.tain --format csv"));
    cli.ok("check p.tain");
}

#[test]
fn the_history_says_whose_value_was_set() {
    let cli = described();
    cli.ok("coders set p.tain Bo trained=yes");
    let history: serde_json::Value =
        serde_json::from_str(&cli.ok("history p.tain --format json")).unwrap();
    let steps = history.as_array().unwrap();
    let last = steps.last().unwrap();
    assert_eq!(
        (&last["action"], &last["what"]),
        (&"set value".into(), &"Bo".into())
    );
    let entry = last["entry"].as_str().unwrap();
    let changes = ["history", "p.tain", "--format", "csv", "--entry", entry];
    expect![[r#"
        what,where,start,end,from,to
        Bo,,,,trained = missing,trained = yes
    "#]]
    .assert_eq(&cli.okay(&changes));
    // A value set twice can't be taken back past the second time.
    cli.ok("coders set p.tain Bo trained=no");
    expect!["this step can't be taken back: “trained” of “Bo” was changed later [1]"].assert_eq(
        &refused(&cli, &format!("take-back p.tain {entry} --coder An")),
    );
}

#[test]
fn searches_and_tables_know_no_attributes_of_coders() {
    let cli = described();
    expect!["at character 1 of the query: there is no attr “role”; check the spelling, or write only the beginning [2]"].assert_eq(&refused(&cli, "search p.tain attr.role:lead"));
    expect!["there is no attribute “trained” [4]"]
        .assert_eq(&refused(&cli, "summary p.tain --rows attr:trained"));
}

#[test]
fn a_database_has_the_values_of_coders() {
    let cli = described();
    cli.ok("export p.tain -o p.sqlite");
    let database = rusqlite::Connection::open(cli.path("p.sqlite")).unwrap();
    let mut rows = database
        .prepare("SELECT coder || ' ' || attribute || ' ' || state || ' ' || ifnull(value, '') FROM v_coder_values")
        .unwrap();
    let rows: Vec<String> = rows
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        rows,
        [
            "An role value lead",
            "An trained value yes",
            "Bo role value assistant",
            "Bo trained missing "
        ]
    );
}

#[test]
fn a_refi_project_names_the_attributes_of_coders_that_it_loses() {
    let cli = described();
    cli.ok("export p.tain -o p.qdpx --losses lost.md");
    let lost = std::fs::read_to_string(cli.path("lost.md")).unwrap();
    let lost = lost.split("\n## ").find(|part| part.contains("of coders"));
    expect![[r#"
        2 attributes of coders, with their values

        - role (An, Bo)
        - trained (An, Bo)
    "#]]
    .assert_eq(lost.unwrap_or_default());
}

/// A session with an attribute of coders and a second coder.
struct Fixture {
    session: Session,
    attribute: AttributeId,
    coder: CoderId,
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = project(&folder.path().join("p.tain"), 7);
        session.run(Action::AddCoder("Bo".to_owned())).unwrap();
        let adds = Action::AddAttribute {
            name: "language".to_owned(),
            of: AttributeOf::Coders,
            kind: AttributeKind::Text,
            per_phase: false,
        };
        session.run(adds).unwrap();
        let project = session.project();
        let attribute = project.attributes_of(AttributeOf::Coders)[0].id;
        let coder = project.coder_by_name("Bo").unwrap().id;
        Self {
            session,
            attribute,
            coder,
            folder,
        }
    }

    fn run(&mut self, action: Action) {
        self.session.run(action).unwrap();
    }

    fn set(&mut self, text: &str) {
        self.run(Action::SetValue {
            holder: Holder::Coder(self.coder),
            attribute: self.attribute,
            phase: None,
            text: text.to_owned(),
        });
    }

    fn project(&self) -> Project {
        Project::clone(self.session.project())
    }

    fn value(&self) -> Option<String> {
        let coder = self.session.project().coders.get(&self.coder)?;
        let value = coder.values.get(&(self.attribute, None))?;
        Some(value.to_text())
    }
}

#[test]
fn a_coder_is_removed_with_values_and_comes_back_with_them() {
    let mut f = Fixture::new();
    f.set("Mandarin");
    let before = f.project();
    f.run(Action::RemoveCoder(f.coder));
    assert_eq!(f.value(), None);
    f.run(Action::Undo);
    assert_eq!(f.project(), before);
    f.run(Action::RemoveAttribute(f.attribute));
    assert!(f.project().coders[&f.coder].values.is_empty());
    f.run(Action::Undo);
    assert_eq!(f.project(), before);
    f.run(Action::Undo);
    assert_eq!(f.value(), None);
    f.run(Action::Redo);
    assert_eq!(f.project(), before);
}

#[test]
fn values_of_coders_survive_a_checkpoint_and_a_fold_of_the_log() {
    let mut f = Fixture::new();
    f.set("Cantonese");
    let expected = f.project();
    f.session.rebuild_checkpoint().unwrap();
    assert_eq!(f.project(), expected);
    let path = f.folder.path().join("p.tain");
    drop(f.session);
    let session = Session::open(&path, Access::Read, world(8)).unwrap();
    assert_eq!(**session.project(), expected);
}

#[test]
fn names_of_cases_in_values_of_coders_are_replaced_in_a_copy_for_others() {
    let mut f = Fixture::new();
    f.set("knows Reed");
    let database = f.folder.path().join("p.sqlite");
    let options = ExportOptions {
        pseudonymise: true,
        ..ExportOptions::default()
    };
    f.session
        .exporter()
        .write(&database, &options, &JobControl::default(), write)
        .unwrap();
    let value: String = rusqlite::Connection::open(&database)
        .unwrap()
        .query_row("SELECT value FROM coder_values", [], |row| row.get(0))
        .unwrap();
    assert_eq!(value, "knows [Family 1]");
}
