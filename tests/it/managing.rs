//! Edits of what surrounds the texts: cases are merged, attributes take another kind, names are told apart. Each is
//! one step that can be taken back exactly.

use std::sync::Arc;

use tain::{
    app::{
        AppError, Session,
        action::Action,
        edit::attributes::{ConvertedValue, conversion},
        refusal::Refusal,
    },
    log::change::Holder,
    message::language::UiLanguage,
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        case::CaseKind,
        code::Hue,
        ids::{AttributeId, CaseId},
        invariants::violations,
        localized::Language,
        memo::{Anchor, MemoKind},
        text::TextRange,
    },
    store::Access,
};

use crate::world::{project, world};

struct Fixture {
    session: Session,
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            session: project(&folder.path().join("p.tain"), 7),
            folder,
        }
    }

    fn project(&self) -> Arc<Project> {
        Arc::clone(self.session.project())
    }

    fn run(&mut self, action: Action) {
        self.session.run(action).unwrap();
        assert_eq!(violations(self.session.project()), vec![]);
    }

    /// Runs an action, checks that undo and redo are exact, and leaves it done.
    fn run_and_back(&mut self, action: Action) {
        let before = self.project();
        self.run(action);
        let after = self.project();
        self.run(Action::Undo);
        assert_eq!(self.project(), before, "undo");
        self.run(Action::Redo);
        assert_eq!(self.project(), after, "redo");
    }

    fn refused(&mut self, action: Action) -> String {
        match self.session.run(action) {
            Err(AppError::Refused(refusal)) => refusal.to_string(),
            other => panic!("{other:?} should be refused"),
        }
    }

    fn case(&self, name: &str) -> CaseId {
        self.session.project().case_by_name(name).unwrap().id
    }

    fn add_case(&mut self, name: &str, parent: Option<&str>) -> CaseId {
        let parent = parent.map(|name| self.case(name));
        self.run(Action::AddCase {
            name: name.to_owned(),
            kind: CaseKind::person(),
            parent,
        });
        self.case(name)
    }

    fn add_attribute(&mut self, name: &str, kind: AttributeKind) -> AttributeId {
        self.run(Action::AddAttribute {
            name: name.to_owned(),
            of: AttributeOf::Cases,
            kind,
            per_phase: false,
        });
        let project = self.session.project();
        project
            .attribute_by_name(AttributeOf::Cases, name)
            .unwrap()
            .id
    }

    fn set(&mut self, case: &str, attribute: AttributeId, text: &str) {
        let holder = Holder::Case(self.case(case));
        self.run(Action::SetValue {
            holder,
            attribute,
            phase: None,
            text: text.to_owned(),
        });
    }

    fn value(&self, case: &str, attribute: AttributeId) -> Option<String> {
        let case = self.session.project().case_by_name(case).unwrap();
        let value = case.values.get(&(attribute, None));
        value.map(AttributeValue::to_text)
    }

    fn kind(&self, attribute: AttributeId) -> AttributeKind {
        self.session.project().attributes[&attribute].kind.clone()
    }
}

fn category(names: &[&str]) -> AttributeKind {
    AttributeKind::Category(names.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn what_belonged_to_merged_cases_belongs_to_the_one_that_remains() {
    let mut f = Fixture::new();
    let (reed, lin) = (f.case("Reed"), f.case("林家"));
    let ann = f.add_case("Ann", Some("林家"));
    let age = f.add_attribute("age", AttributeKind::Number);
    let town = f.add_attribute("town", AttributeKind::Text);
    f.set("Reed", age, "40");
    f.set("林家", age, "38");
    f.set("林家", town, "Xi'an");
    let project = f.project();
    let documents: Vec<_> = project.documents.keys().copied().collect();
    let code = project.codebook.find("Needs").unwrap();
    f.run(Action::SetDocumentsCase {
        documents: documents.clone(),
        case: lin,
        belongs: true,
    });
    f.run(Action::SetSpeakerCase(documents[1], 1, Some(lin)));
    for anchor in [Anchor::Case(lin), Anchor::Cell(lin, code)] {
        f.run(Action::AddMemo {
            anchor,
            kind: MemoKind::Analytic,
            title: "Note".to_owned(),
            body: String::new(),
        });
    }
    f.run(Action::AddLink {
        name: "knows".to_owned(),
        from: Anchor::Case(ann),
        to: Anchor::Cell(lin, code),
    });
    f.run_and_back(Action::MergeCases {
        cases: vec![lin],
        into: reed,
    });
    let project = f.project();
    assert!(project.case_by_name("林家").is_none());
    for document in project.documents.values() {
        assert_eq!(document.cases, [reed].into());
    }
    assert_eq!(
        project.documents[&documents[1]].speakers[1].case,
        Some(reed)
    );
    assert_eq!(project.cases[&ann].parent, Some(reed));
    let anchors: Vec<Anchor> = project.memos.values().map(|memo| memo.anchor).collect();
    assert_eq!(anchors, [Anchor::Case(reed), Anchor::Cell(reed, code)]);
    let link = project.links.values().next().unwrap();
    assert_eq!(link.to, Anchor::Cell(reed, code));
    assert_eq!(f.value("Reed", age).as_deref(), Some("40"));
    assert_eq!(f.value("Reed", town).as_deref(), Some("Xi'an"));
}

#[test]
fn a_case_is_not_merged_into_itself_or_what_is_below_it() {
    let mut f = Fixture::new();
    let reed = f.case("Reed");
    let ann = f.add_case("Ann", Some("Reed"));
    for into in [reed, ann] {
        let said = f.refused(Action::MergeCases {
            cases: vec![reed],
            into,
        });
        assert!(said.contains("can't be merged with itself"), "{said}");
    }
    // The other way about, and with a case below a merged one, it goes.
    let bo = f.add_case("Bo", Some("Ann"));
    f.run_and_back(Action::MergeCases {
        cases: vec![ann, bo],
        into: reed,
    });
    assert_eq!(f.project().cases.len(), 2);
}

#[test]
fn cases_and_documents_are_edited_together_in_one_step() {
    let mut f = Fixture::new();
    f.run(Action::AddPhase("baseline".to_owned()));
    let project = f.project();
    let documents: Vec<_> = project.documents.keys().copied().collect();
    let phase = project.phase_by_name("baseline").unwrap().id;
    f.run_and_back(Action::SetDocumentsPhase(documents.clone(), Some(phase)));
    let cases: Vec<CaseId> = project.cases.keys().copied().collect();
    f.run_and_back(Action::SetDocumentsCase {
        documents: documents.clone(),
        case: cases[0],
        belongs: true,
    });
    let project = f.project();
    let mut all = project.documents.values();
    assert!(all.all(|document| document.phase == Some(phase) && document.cases.len() == 1));
    f.add_case("Ann", Some("Reed"));
    let ann = f.case("Ann");
    let twice = [cases[0], cases[1], cases[0]].to_vec();
    f.run_and_back(Action::RemoveCases(twice));
    assert_eq!(f.project().cases.keys().collect::<Vec<_>>(), [&ann]);
}

#[test]
fn values_become_values_of_the_new_kind_and_none_is_lost_unasked() {
    let mut f = Fixture::new();
    f.add_case("Ann", None);
    f.add_case("Bo", None);
    let age = f.add_attribute("age", AttributeKind::Text);
    for (case, text) in [
        ("Reed", "４０"),
        ("林家", "about 38"),
        ("Ann", "n/a"),
        ("Bo", "7"),
    ] {
        f.set(case, age, text);
    }
    let preview = conversion(&f.project(), age, &AttributeKind::Number).unwrap();
    assert_eq!((preview.kept, preview.changed.len()), (1, 3));
    let lost: Vec<&ConvertedValue> = preview.lost().collect();
    assert_eq!(lost[0].from, AttributeValue::Text("about 38".to_owned()));
    assert_eq!(lost.len(), 1);
    let change = |lose| Action::SetAttributeKind {
        attribute: age,
        kind: AttributeKind::Number,
        lose,
    };
    let said = f.refused(change(false));
    assert_eq!(
        said,
        "1 value of “age” is lost as number: about 38; correct them first, or say that they may be lost"
    );
    f.run_and_back(change(true));
    assert_eq!(f.value("Reed", age).as_deref(), Some("40"));
    assert_eq!(f.value("林家", age), None);
    assert_eq!(f.value("Ann", age).as_deref(), Some("missing"));
    // Every value can be a category; the given ones come first.
    f.run_and_back(Action::SetAttributeKind {
        attribute: age,
        kind: category(&["young", "40"]),
        lose: false,
    });
    assert_eq!(f.kind(age), category(&["young", "40", "7"]));
    f.run_and_back(Action::SetAttributeKind {
        attribute: age,
        kind: AttributeKind::Text,
        lose: false,
    });
    assert_eq!(f.value("Bo", age).as_deref(), Some("7"));
}

#[test]
fn yes_and_no_are_one_and_zero() {
    let mut f = Fixture::new();
    let works = f.add_attribute("works", AttributeKind::Number);
    f.set("Reed", works, "1");
    f.set("林家", works, "0");
    let change = |kind| Action::SetAttributeKind {
        attribute: works,
        kind,
        lose: false,
    };
    f.run_and_back(change(AttributeKind::YesNo));
    assert_eq!(f.value("Reed", works).as_deref(), Some("yes"));
    f.run_and_back(change(AttributeKind::Number));
    assert_eq!(f.value("林家", works).as_deref(), Some("0"));
}

#[test]
fn categories_are_renamed_merged_and_put_in_order() {
    let mut f = Fixture::new();
    let income = f.add_attribute("income", category(&[]));
    f.set("Reed", income, "hgih");
    f.set("林家", income, "low");
    let rename = |from: &str, to: &str| Action::RenameCategory {
        attribute: income,
        from: from.to_owned(),
        to: to.to_owned(),
    };
    f.run_and_back(rename("hgih", "high"));
    assert_eq!(f.kind(income), category(&["high", "low"]));
    assert_eq!(f.value("Reed", income).as_deref(), Some("high"));
    let order = |names: &[&str]| Action::SetCategories {
        attribute: income,
        categories: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    f.run_and_back(order(&["low", "middle", "high"]));
    let said = f.refused(order(&["low", "middle"]));
    assert!(said.contains("“high” is in use: 1 value"), "{said}");
    f.run_and_back(rename("high", "low"));
    assert_eq!(f.kind(income), category(&["low", "middle"]));
    assert_eq!(f.value("Reed", income).as_deref(), Some("low"));
    assert!(matches!(
        f.session.run(rename("none of these", "x")),
        Err(AppError::Refused(Refusal::BadValue { .. }))
    ));
    let age = f.add_attribute("age", AttributeKind::Number);
    let said = f.refused(Action::SetCategories {
        attribute: age,
        categories: vec![],
    });
    assert_eq!(said, "“age” has no categories");
}

#[test]
fn names_of_categories_in_other_languages_go_with_them() {
    let mut f = Fixture::new();
    let income = f.add_attribute("income", category(&["low", "middle"]));
    f.set("林家", income, "low");
    let translate = |category: &str, name: &str| Action::TranslateCategory {
        attribute: income,
        category: category.to_owned(),
        language: Language::ZH,
        name: name.to_owned(),
    };
    let rename = |from: &str, to: &str| Action::RenameCategory {
        attribute: income,
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let chinese = |f: &Fixture| f.project().attributes[&income].categories_in(UiLanguage::Chinese);
    f.run_and_back(translate("low", "低"));
    assert_eq!(
        f.refused(translate("middle", "低")),
        "“低” already exists; choose another name"
    );
    assert_eq!(
        f.refused(translate("middle", "low")),
        "“low” already exists; choose another name"
    );
    // A value is read by its name in any language and stored by the main one.
    f.set("Reed", income, "低");
    assert_eq!(f.value("Reed", income).as_deref(), Some("low"));
    f.run_and_back(rename("low", "small"));
    assert_eq!(chinese(&f), ["低", "middle"]);
    f.run_and_back(translate("middle", "中"));
    f.run_and_back(rename("middle", "低"));
    assert_eq!(f.kind(income), category(&["small"]));
    assert_eq!(chinese(&f), ["低"]);
    f.run_and_back(Action::SetAttributeKind {
        attribute: income,
        kind: AttributeKind::Text,
        lose: false,
    });
    assert!(
        f.project().attributes[&income]
            .category_translations
            .is_empty()
    );
}

#[test]
fn attributes_and_phases_have_an_order_and_names_in_both_languages() {
    let mut f = Fixture::new();
    let age = f.add_attribute("age", AttributeKind::Number);
    let town = f.add_attribute("town", AttributeKind::Text);
    f.run_and_back(Action::MoveAttribute(town, Some(age)));
    let project = f.project();
    let order: Vec<_> = project.attributes_in_order();
    assert_eq!(order[0].id, town);
    f.run(Action::AddPhase("baseline".to_owned()));
    f.run(Action::AddPhase("after".to_owned()));
    let phase = |name: &str| f.session.project().phase_by_name(name).unwrap().id;
    let (baseline, after) = (phase("baseline"), phase("after"));
    let chinese = |name: &str| Action::TranslatePhase(baseline, Language::ZH, name.to_owned());
    f.run_and_back(chinese("前测"));
    f.run_and_back(Action::TranslateAttribute(
        age,
        Language::ZH,
        "年龄".to_owned(),
    ));
    let project = f.project();
    assert_eq!(project.phase_by_name("前测").unwrap().id, baseline);
    assert_eq!(project.phases[&baseline].name_in(&Language::ZH), "前测");
    assert_eq!(project.phases[&baseline].name_in(&Language::EN), "baseline");
    let attribute = project.attribute_by_name(AttributeOf::Cases, "年龄");
    assert_eq!(attribute.unwrap().id, age);
    let said = f.refused(Action::RenamePhase(after, "前测".to_owned()));
    assert!(said.contains("“前测” already exists"), "{said}");
    f.run_and_back(chinese(""));
    assert!(f.project().phase_by_name("前测").is_none());
}

#[test]
fn names_that_differ_only_in_writing_are_refused() {
    let mut f = Fixture::new();
    f.run(Action::AddPhase("Baseline".to_owned()));
    f.run(Action::AddCoder("Bo".to_owned()));
    f.add_attribute("Age", AttributeKind::Number);
    let needs = f.project().codebook.find("Needs").unwrap();
    let strengths = f.project().codebook.find("Strengths").unwrap();
    for (action, name) in [
        (Action::AddPhase("ＢＡＳＥＬＩＮＥ".to_owned()), "Baseline"),
        (Action::AddCoder("bo".to_owned()), "Bo"),
        (
            Action::AddAttribute {
                name: "age".to_owned(),
                of: AttributeOf::Cases,
                kind: AttributeKind::Text,
                per_phase: false,
            },
            "Age",
        ),
        (
            Action::AddCase {
                name: "reed".to_owned(),
                kind: CaseKind::family(),
                parent: None,
            },
            "Reed",
        ),
        (
            Action::AddCode {
                parent: None,
                name: "needs".to_owned(),
            },
            "Needs",
        ),
        (
            Action::AddCode {
                parent: Some(needs),
                name: "BELONGING".to_owned(),
            },
            "Needs/Belonging",
        ),
    ] {
        let said = f.refused(action);
        assert!(
            said.starts_with(&format!("“{name}” already exists")),
            "{said}"
        );
    }
    // A thing may get its own name written otherwise, and another parent has names of its own.
    let coder = f.project().coder_by_name("Bo").unwrap().id;
    f.run(Action::RenameCoder(coder, "BO".to_owned()));
    f.run(Action::AddCode {
        parent: Some(strengths),
        name: "belonging".to_owned(),
    });
    let moved = f.project().codebook.find("Strengths/belonging").unwrap();
    f.refused(Action::MoveCodes {
        codes: vec![moved],
        parent: Some(needs),
        before: None,
    });
}

#[test]
fn a_coder_has_a_colour_that_is_still_there_after_a_restart() {
    let mut f = Fixture::new();
    let coder = f.project().coder_by_name("An").unwrap().id;
    f.run(Action::AddPhase("baseline".to_owned()));
    let phase = f.project().phase_by_name("baseline").unwrap().id;
    f.run_and_back(Action::SetCoderHue(coder, Some(Hue::new(5))));
    f.run(Action::AddCoder("Bo, who has none".to_owned()));
    f.run(Action::TranslatePhase(
        phase,
        Language::ZH,
        "前测".to_owned(),
    ));
    f.session.save_checkpoint().unwrap();
    let before = f.project();
    let path = f.folder.path().join("p.tain");
    drop(f.session);
    let session = Session::open(&path, Access::Write, world(8)).unwrap();
    assert_eq!(**session.project(), *before);
    assert_eq!(session.project().coders[&coder].hue, Some(Hue::new(5)));
}

#[test]
fn one_passage_with_one_code_is_called_so_in_the_log() {
    let mut f = Fixture::new();
    let project = f.project();
    let document = *project.documents.keys().next().unwrap();
    let code = project.codebook.find("Needs").unwrap();
    let done = f
        .session
        .run(Action::ApplyCodes {
            passages: vec![(document, TextRange::between(0, 5))],
            codes: vec![code],
            about: Default::default(),
            origin: tain::model::coding::Origin::Hand,
        })
        .unwrap();
    assert_eq!(done.action, "apply code");
}
