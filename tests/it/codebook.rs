//! Edits of the codebook: what merges, what is split off, what goes along, and in which order codes stand.

use std::{collections::BTreeMap, sync::Arc};

use tain::{
    app::{
        AppError, Session,
        action::Action,
        edit::{
            code_removal::{RemovalPreview, removal_preview},
            codebook_merge::{MergePreview, merge_preview},
        },
        refusal::Refusal,
    },
    model::{
        Project,
        code::{Code, Indicator},
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, CodingId, DocumentId, FacetId},
        invariants::violations,
        localized::{Language, Localized},
        memo::{Anchor, MemoKind},
        text::TextRange,
    },
};

use crate::world::project;

/// A coding: identity, passage, path of its code, facet values as text.
type Plain = (CodingId, (u32, u32), String, BTreeMap<FacetId, String>);

/// A project with what it takes to test an edit.
struct Fixture {
    session: Session,
    _folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            session: project(&folder.path().join("p.tain"), 7),
            _folder: folder,
        }
    }

    fn project(&self) -> Arc<Project> {
        Arc::clone(self.session.project())
    }

    fn run(&mut self, action: Action) {
        self.session.run(action).unwrap();
        assert_eq!(violations(self.session.project()), vec![]);
    }

    fn refused(&mut self, action: Action) -> Refusal {
        match self.session.run(action) {
            Err(AppError::Refused(refusal)) => refusal,
            other => panic!("{other:?} should be refused"),
        }
    }

    fn code(&self, name: &str) -> CodeId {
        self.session.project().codebook.find(name).unwrap()
    }

    fn document(&self) -> DocumentId {
        self.session
            .project()
            .document_by_title("F01 child")
            .unwrap()
            .id
    }

    /// Edits a code by hand.
    fn edit(&mut self, name: &str, change: impl FnOnce(&mut Code)) {
        let mut code = Code::clone(
            self.session
                .project()
                .codebook
                .get(self.code(name))
                .unwrap(),
        );
        change(&mut code);
        self.run(Action::SetCode(Box::new(code)));
    }

    /// Codes a passage; gives the coding.
    fn apply(
        &mut self,
        (start, end): (u32, u32),
        code: &str,
        facets: &[(FacetId, FacetValue)],
    ) -> CodingId {
        let (document, code) = (self.document(), self.code(code));
        let before: Vec<CodingId> = self.codings().iter().map(|(id, ..)| *id).collect();
        let range = TextRange::between(start, end);
        self.run(Action::ApplyCode {
            document,
            range,
            code,
            facets: facets.iter().cloned().collect(),
            about: Default::default(),
        });
        self.codings()
            .into_iter()
            .map(|(id, ..)| id)
            .find(|id| !before.contains(id))
            .unwrap()
    }

    /// Codings of the first document.
    fn codings(&self) -> Vec<Plain> {
        let project = self.project();
        let codings = &project.documents[&self.document()].codings;
        let facets = |facets: &BTreeMap<FacetId, FacetValue>| {
            facets
                .iter()
                .map(|(id, value)| (*id, value.to_text()))
                .collect()
        };
        let plain = |coding: &tain::model::coding::Coding| {
            let range = (coding.range.start(), coding.range.end());
            (
                coding.id,
                range,
                project.codebook.path(coding.code),
                facets(&coding.facets),
            )
        };
        codings.iter().map(plain).collect()
    }

    /// The codebook as indented names.
    fn outline(&self) -> Vec<String> {
        let project = self.project();
        project
            .codebook
            .in_order()
            .iter()
            .map(|(depth, code)| format!("{}{}", "-".repeat(*depth), code.name.text))
            .collect()
    }

    /// Undo gives the project before, redo the one after.
    fn back_and_forth(&mut self, before: &Project) {
        let after = self.project();
        let bare = |project: &Project| Project {
            seen: BTreeMap::new(),
            ..project.clone()
        };
        self.run(Action::Undo);
        assert_eq!(bare(self.session.project()), bare(before));
        self.run(Action::Redo);
        assert_eq!(bare(self.session.project()), bare(&after));
    }
}

fn facet(id: u128, name: &str, kind: FacetKind) -> Facet {
    Facet {
        id: FacetId::from_u128(id),
        name: Localized::plain(name),
        kind,
    }
}

fn categories(names: &[&str]) -> FacetKind {
    FacetKind::Category(names.iter().map(|name| Localized::plain(*name)).collect())
}

fn category(id: u128, value: &str) -> (FacetId, FacetValue) {
    (
        FacetId::from_u128(id),
        FacetValue::Category(value.to_owned()),
    )
}

#[test]
fn a_merge_brings_codings_rules_subcodes_memos_and_links_together() {
    let mut fixture = Fixture::new();
    for (parent, name) in [
        ("Being heard", "By peers"),
        ("Belonging", "By peers"),
        ("Being heard", "At home"),
    ] {
        fixture.run(Action::AddCode {
            parent: Some(fixture.code(parent)),
            name: name.to_owned(),
        });
    }
    fixture.edit("Belonging", |code| {
        code.definition = Localized {
            text: "To be part of it.".to_owned(),
            translations: [(Language::ZH, "归属".to_owned())].into(),
        };
        code.indicators = vec![indicator("together")];
    });
    fixture.edit("Being heard", |code| {
        code.definition = Localized {
            text: "Somebody listens.".to_owned(),
            translations: [(Language::ZH, "倾听".to_owned())].into(),
        };
        code.apply_when = Localized::plain("He is asked.");
        code.indicators = vec![indicator("together"), indicator("listen")];
        code.examples = vec![Localized::plain("She asked me.")];
        code.key = Some('4');
    });
    let stays = fixture.apply((40, 60), "Belonging", &[]);
    let twin = fixture.apply((40, 60), "Being heard", &[]);
    fixture.apply((70, 80), "Being heard", &[]);
    let (document, heard, belonging) = (
        fixture.document(),
        fixture.code("Being heard"),
        fixture.code("Belonging"),
    );
    for anchor in [Anchor::Coding(document, twin), Anchor::Code(heard)] {
        fixture.run(Action::AddMemo {
            anchor,
            kind: MemoKind::Analytic,
            title: "t".to_owned(),
            body: String::new(),
        });
    }
    fixture.run(Action::AddLink {
        name: "follows from".to_owned(),
        from: Anchor::Coding(document, twin),
        to: Anchor::Document(document),
    });
    let expected = MergePreview {
        codings: 2,
        documents: 1,
        duplicates: 1,
        subcodes: 2,
        memos: 2,
        links: 1,
        indicators: 1,
        examples: 1,
    };
    assert_eq!(
        merge_preview(&fixture.project(), &[heard], belonging),
        Ok(expected)
    );
    let before = fixture.project();
    fixture.run(Action::MergeCodes {
        codes: vec![heard],
        into: belonging,
    });
    assert_eq!(
        fixture.outline(),
        [
            "Needs",
            "-Belonging",
            "--By peers",
            "--By peers (2)",
            "--At home",
            "Strengths",
            "-Speaking up"
        ]
    );
    let codings: Vec<_> = fixture
        .codings()
        .into_iter()
        .map(|(_, range, code, _)| (range, code))
        .collect();
    assert_eq!(
        codings,
        [
            ((40, 60), "Needs/Belonging".to_owned()),
            ((70, 80), "Needs/Belonging".to_owned())
        ]
    );
    let project = fixture.project();
    let mut anchors: Vec<Anchor> = project.memos.values().map(|memo| memo.anchor).collect();
    anchors.sort();
    assert_eq!(
        anchors,
        [Anchor::Code(belonging), Anchor::Coding(document, stays)]
    );
    assert_eq!(
        project.links.values().next().unwrap().from,
        Anchor::Coding(document, stays)
    );
    let code = project.codebook.get(belonging).unwrap();
    assert_eq!(code.definition.text, "To be part of it.\nSomebody listens.");
    assert_eq!(code.definition.get(&Language::ZH), "归属\n倾听");
    assert_eq!(
        (code.apply_when.text.as_str(), code.examples.len(), code.key),
        ("He is asked.", 1, Some('4'))
    );
    assert_eq!(
        code.indicators,
        [indicator("together"), indicator("listen")]
    );
    fixture.back_and_forth(&before);
}

fn indicator(expression: &str) -> Indicator {
    Indicator {
        language: Language::EN,
        expression: expression.to_owned(),
    }
}

#[test]
fn facets_of_merged_codes_meet_by_name_and_nothing_said_is_lost() {
    let mut fixture = Fixture::new();
    fixture.edit("Belonging", |code| {
        code.facets = vec![
            facet(1, "feeling", categories(&["pride", "shame"])),
            facet(2, "strength", FacetKind::Intensity),
        ];
    });
    fixture.edit("Being heard", |code| {
        code.facets = vec![
            facet(11, "Feeling", categories(&["pride", "joy"])),
            facet(12, "strength", FacetKind::Text),
            facet(13, "who", FacetKind::Text),
        ];
    });
    let text = |id: u128, words: &str| (FacetId::from_u128(id), FacetValue::Text(words.to_owned()));
    fixture.apply((40, 60), "Belonging", &[category(1, "shame")]);
    fixture.apply(
        (40, 60),
        "Being heard",
        &[category(11, "joy"), text(13, "aunt")],
    );
    fixture.apply(
        (70, 80),
        "Being heard",
        &[category(11, "joy"), text(12, "much")],
    );
    let before = fixture.project();
    fixture.run(Action::MergeCodes {
        codes: vec![fixture.code("Being heard")],
        into: fixture.code("Belonging"),
    });
    let project = fixture.project();
    let code = project.codebook.get(fixture.code("Belonging")).unwrap();
    let names: Vec<&str> = code
        .facets
        .iter()
        .map(|facet| facet.name.text.as_str())
        .collect();
    assert_eq!(names, ["feeling", "strength", "strength (2)", "who"]);
    assert_eq!(code.facets[0].kind, categories(&["pride", "shame", "joy"]));
    let values: Vec<Vec<String>> = fixture
        .codings()
        .into_iter()
        .map(|(_, _, _, facets)| facets.into_values().collect())
        .collect();
    assert_eq!(
        values,
        [
            vec!["shame".to_owned(), "aunt".to_owned()],
            vec!["joy".to_owned(), "much".to_owned()]
        ]
    );
    fixture.back_and_forth(&before);
}

#[test]
fn a_child_merges_into_its_parent_but_not_the_other_way_round() {
    let mut fixture = Fixture::new();
    let (needs, belonging, heard) = (
        fixture.code("Needs"),
        fixture.code("Belonging"),
        fixture.code("Being heard"),
    );
    for (codes, into) in [(vec![needs], belonging), (vec![belonging, heard], heard)] {
        assert!(merge_preview(&fixture.project(), &codes, into).is_err());
        assert!(matches!(
            fixture.refused(Action::MergeCodes { codes, into }),
            Refusal::MergeIntoItself(_)
        ));
    }
    fixture.apply((40, 60), "Belonging", &[]);
    fixture.apply((40, 60), "Being heard", &[]);
    fixture.run(Action::MergeCodes {
        codes: vec![belonging, heard],
        into: needs,
    });
    assert_eq!(fixture.outline(), ["Needs", "Strengths", "-Speaking up"]);
    assert_eq!(fixture.codings().len(), 1);
}

#[test]
fn codings_are_split_off_with_their_facets() {
    let mut fixture = Fixture::new();
    fixture.edit("Belonging", |code| {
        code.facets = vec![facet(1, "feeling", categories(&["pride"]))];
    });
    fixture.apply((40, 60), "Belonging", &[]);
    let second = fixture.apply((70, 80), "Belonging", &[category(1, "pride")]);
    let (code, document) = (fixture.code("Belonging"), fixture.document());
    let split = |name: &str, codings: Vec<CodingId>| Action::SplitCode {
        code,
        name: name.to_owned(),
        codings: codings
            .into_iter()
            .map(|coding| (document, coding))
            .collect(),
    };
    assert_eq!(
        fixture.refused(split("Family", vec![])),
        Refusal::NothingToDo
    );
    assert!(matches!(
        fixture.refused(split("Being heard", vec![second])),
        Refusal::NameTaken(_)
    ));
    let before = fixture.project();
    fixture.run(split("Family", vec![second]));
    assert_eq!(
        fixture.outline(),
        [
            "Needs",
            "-Belonging",
            "-Family",
            "-Being heard",
            "Strengths",
            "-Speaking up"
        ]
    );
    let (_, range, path, facets) = fixture.codings().pop().unwrap();
    assert_eq!((range, path.as_str()), ((70, 80), "Needs/Family"));
    assert_eq!(facets.values().collect::<Vec<_>>(), ["pride"]);
    fixture.back_and_forth(&before);
}

#[test]
fn codes_move_together_in_their_order_and_subcodes_stay_below() {
    let mut fixture = Fixture::new();
    let (needs, belonging, heard) = (
        fixture.code("Needs"),
        fixture.code("Belonging"),
        fixture.code("Being heard"),
    );
    let (strengths, speaking) = (fixture.code("Strengths"), fixture.code("Speaking up"));
    let before = fixture.project();
    let codes = vec![belonging, needs];
    fixture.run(Action::MoveCodes {
        codes,
        parent: Some(strengths),
        before: Some(speaking),
    });
    assert_eq!(
        fixture.outline(),
        [
            "Strengths",
            "-Needs",
            "--Belonging",
            "--Being heard",
            "-Speaking up"
        ]
    );
    fixture.back_and_forth(&before);
    fixture.run(Action::MoveCodes {
        codes: vec![heard, belonging],
        parent: None,
        before: Some(strengths),
    });
    assert_eq!(
        fixture.outline(),
        [
            "Belonging",
            "Being heard",
            "Strengths",
            "-Needs",
            "-Speaking up"
        ]
    );
    let stays = Action::MoveCodes {
        codes: vec![belonging],
        parent: None,
        before: Some(heard),
    };
    assert_eq!(fixture.refused(stays), Refusal::NothingToDo);
    fixture.run(Action::MoveCodes {
        codes: vec![belonging],
        parent: None,
        before: None,
    });
    assert_eq!(
        fixture.outline(),
        [
            "Being heard",
            "Strengths",
            "-Needs",
            "-Speaking up",
            "Belonging"
        ]
    );
    let below_itself = Action::MoveCodes {
        codes: vec![strengths],
        parent: Some(needs),
        before: None,
    };
    assert!(matches!(fixture.refused(below_itself), Refusal::Cycle(_)));
    fixture.run(Action::AddCode {
        parent: None,
        name: "Needs".to_owned(),
    });
    let clash = Action::MoveCodes {
        codes: vec![needs],
        parent: None,
        before: None,
    };
    assert!(matches!(fixture.refused(clash), Refusal::NameTaken(_)));
}

#[test]
fn siblings_are_sorted_by_name_and_numbers_count() {
    let mut fixture = Fixture::new();
    for name in ["Session 10", "Session 2", "a start"] {
        fixture.run(Action::AddCode {
            parent: None,
            name: name.to_owned(),
        });
    }
    let before = fixture.project();
    fixture.run(Action::SortCodes { parent: None });
    assert_eq!(
        fixture.outline(),
        [
            "a start",
            "Needs",
            "-Belonging",
            "-Being heard",
            "Session 2",
            "Session 10",
            "Strengths",
            "-Speaking up"
        ]
    );
    fixture.back_and_forth(&before);
    assert_eq!(
        fixture.refused(Action::SortCodes { parent: None }),
        Refusal::NothingToDo
    );
}

#[test]
fn a_removal_says_what_it_takes_along() {
    let mut fixture = Fixture::new();
    fixture.apply((40, 60), "Needs", &[]);
    let coding = fixture.apply((40, 60), "Belonging", &[]);
    fixture.apply((40, 60), "Speaking up", &[]);
    let anchor = Anchor::Coding(fixture.document(), coding);
    fixture.run(Action::AddMemo {
        anchor,
        kind: MemoKind::Analytic,
        title: "t".to_owned(),
        body: String::new(),
    });
    fixture.run(Action::AddLink {
        name: "l".to_owned(),
        from: anchor,
        to: Anchor::Code(fixture.code("Strengths")),
    });
    let codes = vec![fixture.code("Needs"), fixture.code("Belonging")];
    let expected = RemovalPreview {
        subcodes: 1,
        codings: 2,
        documents: 1,
        memos: 1,
        links: 1,
    };
    assert_eq!(removal_preview(&fixture.project(), &codes), expected);
    let before = fixture.project();
    fixture.run(Action::RemoveCodes(codes));
    assert_eq!(fixture.outline(), ["Strengths", "-Speaking up"]);
    assert_eq!(
        (
            fixture.codings().len(),
            fixture.project().memos.len(),
            fixture.project().links.len()
        ),
        (1, 0, 0)
    );
    fixture.back_and_forth(&before);
}

#[test]
fn a_new_code_at_a_passage_takes_its_definition() {
    let mut fixture = Fixture::new();
    let (document, range) = (fixture.document(), TextRange::between(40, 60));
    let (name, definition) = ("Hope".to_owned(), " That it gets better. ".to_owned());
    fixture.run(Action::ApplyNewCode {
        document,
        range,
        parent: None,
        about: Default::default(),
        name,
        definition,
    });
    let project = fixture.project();
    assert_eq!(
        project
            .codebook
            .get(fixture.code("Hope"))
            .unwrap()
            .definition,
        Localized::plain("That it gets better.")
    );
    assert_eq!(fixture.codings().len(), 1);
}

#[test]
fn several_codings_get_another_code_in_one_step() {
    let mut fixture = Fixture::new();
    let codings: Vec<_> = [(40, 60), (70, 80)]
        .map(|range| fixture.apply(range, "Belonging", &[]))
        .into();
    let document = fixture.document();
    let codings: Vec<_> = codings
        .into_iter()
        .map(|coding| (document, coding))
        .collect();
    let before = fixture.project();
    fixture.run(Action::RecodeCodings(
        codings.clone(),
        fixture.code("Speaking up"),
    ));
    assert!(
        fixture
            .codings()
            .iter()
            .all(|(_, _, code, _)| code == "Strengths/Speaking up")
    );
    fixture.back_and_forth(&before);
    assert_eq!(
        fixture.refused(Action::RecodeCodings(codings, fixture.code("Speaking up"))),
        Refusal::NothingToDo
    );
}
