//! Gold cases by hand, and random queries over random projects against a reference that looks at every pair, as the table of the module's words says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use proptest::prelude::*;

use super::{CodeQuery, Extent, QueryProblem};
use crate::{
    analysis::sample::{SampleProject, by_hand, coding, range},
    model::{
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        case::CaseKind,
        coding::Coding,
        document::{Content, Document},
        facet::{Facet, FacetKind, FacetValue},
        ids::{AttributeId, CaseId, CodingId, FacetId, PhaseId, QueryId},
        localized::{Language, Localized},
        query::{QueryKind, SavedQuery},
        text::TextRange,
    },
};

/// Passages as `title start..end: codings`.
fn found(study: &SampleProject, query: &str, extent: Extent) -> Vec<String> {
    let query =
        CodeQuery::parse(query, &study.project).unwrap_or_else(|error| panic!("{query}: {error}"));
    let passages = query.passages(
        &study.project,
        &|document| study.contents.get(&document.id).cloned(),
        extent,
    );
    let line = |passage: &super::QueryPassage| {
        let title = &study.project.documents[&passage.document].title;
        let codings: Vec<String> = passage
            .codings
            .iter()
            .map(|coding| coding.as_u128().to_string())
            .collect();
        format!("{title} {:?}: {}", passage.range, codings.join("+"))
    };
    passages.iter().map(line).collect()
}

#[test]
fn codes_are_asked_together_in_both_languages() {
    let study = by_hand();
    for (query, expected) in [
        ("Pride", &["F2 家访 0..10: 2"][..]),
        ("自豪", &["F2 家访 0..10: 2"]),
        ("judgement/pride", &["F2 家访 0..10: 2"]),
        ("Judgement!", &["F10 group 20..30: 6"]),
        (
            "Shame AND Pride",
            &["F2 家访 0..10: 1+2", "F2 家访 5..10: 2+3"],
        ),
        (
            "羞愧 且 自豪",
            &["F2 家访 0..10: 1+2", "F2 家访 5..10: 2+3"],
        ),
        ("Shame NOT Pride", &["F10 Tom 0..500: 7"]),
        ("Shame OR Pride WHERE coder=Bo", &["F2 家访 5..15: 3"]),
        ("Shame WITHIN Pride", &["F2 家访 0..10: 1+2"]),
        ("Pride CONTAINS Shame", &["F2 家访 0..10: 1+2"]),
        ("Pride OVERLAPS Shame", &["F2 家访 0..10: 1+2+3"]),
        (
            "Judgement/* NEAR/1turns Peers",
            &["F2 家访 0..45: 1+2+4", "F2 家访 5..45: 3+4"],
        ),
        (
            "Judgement/* NEAR/0turns Peers",
            &["F2 家访 0..45: 1+2+4", "F2 家访 5..45: 3+4"],
        ),
        ("Shame NEAR/20words Peers", &["F2 家访 5..45: 3+4"]),
        (
            "Shame BEFORE Peers",
            &["F2 家访 0..45: 1+4", "F2 家访 5..45: 3+4"],
        ),
        ("Peers 后于 Shame", &["F2 家访 5..45: 3+4"]),
        ("Peers BEFORE/1turns Judgement", &["F10 group 0..30: 5+6"]),
        ("Peers BEFORE/0turns Judgement", &[]),
        ("Pride SAME turn Peers", &["F2 家访 0..10: 2"]),
        (
            "Judgement SAME document Peers",
            &[
                "F2 家访 0..10: 1+2",
                "F2 家访 5..15: 3",
                "F10 group 20..30: 6",
            ],
        ),
        (
            "Judgement SAME case Pride",
            &[
                "F2 家访 0..10: 1+2",
                "F2 家访 5..15: 3",
                "F10 group 20..30: 6",
            ],
        ),
        ("Peers SAME speaker Pride", &["F2 家访 35..45: 4"]),
        (
            "Judgement WHERE phase=\"session 3\", speaker=小远",
            &["F2 家访 0..10: 1+2", "F2 家访 5..15: 3"],
        ),
        ("Peers WHERE case=\"F10 Reed\"", &["F10 group 0..5: 5"]),
        (
            "Judgement WHERE attr.角色=child",
            &["F2 家访 0..10: 1+2", "F2 家访 5..15: 3"],
        ),
        ("Peers WHERE attr.income=900", &[]),
        (
            "（羞愧 或 自豪） 其中 阶段＝“session 3”",
            &["F2 家访 0..10: 1+2", "F2 家访 5..15: 3"],
        ),
    ] {
        let mut expected: Vec<String> = expected.iter().map(|&line| line.to_owned()).collect();
        let mut found = found(&study, query, Extent::Intersection);
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(
        found(&study, "Shame AND Pride", Extent::Union),
        ["F2 家访 0..10: 1+2", "F2 家访 0..15: 2+3"]
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let mut study = by_hand();
    let id = QueryId::from_u128(1);
    let smart = SavedQuery {
        id,
        name: "round".to_owned(),
        kind: QueryKind::Codes,
        text: "Pride AND @round".to_owned(),
    };
    study.project.queries.insert(id, smart);
    for (query, expected) in [
        ("", "at character 1 of the query: the query is empty"),
        (
            "Pried",
            "at character 1 of the query: there is no code “Pried”; there are Judgement/Pride",
        ),
        (
            "Pride AND",
            "at character 7 of the query: a code is missing here",
        ),
        (
            "AND Pride",
            "at character 1 of the query: a code is missing here",
        ),
        ("(Pride", "at character 1 of the query: “(” is not closed"),
        (
            "Pride \"Sha",
            "at character 7 of the query: “\"” is not closed",
        ),
        (
            "Pride Shame",
            "at character 7 of the query: “Shame” is not understood here",
        ),
        (
            "Pride NEAR/x Shame",
            "at character 7 of the query: “x” is not a distance",
        ),
        (
            "Pride SAME Shame",
            "at character 12 of the query: SAME lacks",
        ),
        (
            "Pride[tone=low]",
            "at character 6 of the query: this code has no facet “tone”",
        ),
        (
            "Pride WHERE colour=red",
            "at character 13 of the query: “colour=red” is not a condition",
        ),
        (
            "Pride WHERE phase=later",
            "at character 13 of the query: there is no phase “later”",
        ),
        (
            "@none",
            "at character 1 of the query: there is no smart code “none”",
        ),
        (
            "@round",
            "at character 1 of the query: the smart code “round” uses itself",
        ),
    ] {
        let said = CodeQuery::parse(query, &study.project)
            .map(|query| query.to_string())
            .unwrap_err()
            .to_string();
        assert!(said.starts_with(expected), "{query}: {said}");
    }
    let deep = CodeQuery::parse(&"(".repeat(5000), &study.project).unwrap_err();
    assert_eq!(deep.problem, QueryProblem::TooDeep);
}

#[test]
fn a_smart_code_stands_like_a_code() {
    let mut study = by_hand();
    let id = QueryId::from_u128(1);
    let smart = SavedQuery {
        id,
        name: "both at once".to_owned(),
        kind: QueryKind::Codes,
        text: "Shame AND Pride".to_owned(),
    };
    study.project.queries.insert(id, smart);
    assert_eq!(
        found(
            &study,
            "@\"both at once\" BEFORE Peers",
            Extent::Intersection
        ),
        found(
            &study,
            "(Shame AND Pride) BEFORE Peers",
            Extent::Intersection
        )
    );
    let understood = CodeQuery::parse("@\"both at once\" WHERE coder=安", &study.project)
        .unwrap()
        .to_string();
    assert_eq!(understood, "((\"Shame\" AND \"Pride\") WHERE coder=\"安\")");
}

/// A query as its parts, to be written and to be answered pair by pair.
#[derive(Debug, Clone)]
enum Ask {
    Code(u8),
    Or(Box<Self>, Box<Self>),
    Pair(&'static str, Box<Self>, Box<Self>),
    Where(Box<Self>, &'static str),
}

/// Codes as they are written: with subcodes, alone, subcodes only, and with facets.
const CODES: [&str; 7] = [
    "A",
    "A!",
    "A/*",
    "B",
    "C",
    "A[judgement=bad]",
    "C[judgement!=bad, strength>=40]",
];
const OPERATORS: [&str; 16] = [
    "AND",
    "NOT",
    "OVERLAPS",
    "WITHIN",
    "CONTAINS",
    "NEAR/0turns",
    "NEAR/1turns",
    "NEAR/3words",
    "BEFORE",
    "BEFORE/1turns",
    "AFTER",
    "AFTER/5words",
    "SAME turn",
    "SAME speaker",
    "SAME document",
    "SAME case",
];
const CONDITIONS: [&str; 7] = [
    "coder=An",
    "coder=Bo",
    "phase=before",
    "case=F1",
    "speaker=Child",
    "attr.income=low",
    "attr.age>=9",
];

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => f.write_str(CODES[usize::from(*code)]),
            Self::Or(one, other) => write!(f, "({one} OR {other})"),
            Self::Pair(operator, one, other) => write!(f, "({one} {operator} {other})"),
            Self::Where(inner, condition) => write!(f, "({inner} WHERE {condition})"),
        }
    }
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let code = (0..u8::try_from(CODES.len()).unwrap()).prop_map(Ask::Code);
    code.prop_recursive(3, 10, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone())
                .prop_map(|(one, other)| Ask::Or(Box::new(one), Box::new(other))),
            (
                prop::sample::select(&OPERATORS[..]),
                inner.clone(),
                inner.clone()
            )
                .prop_map(|(operator, one, other)| Ask::Pair(
                    operator,
                    Box::new(one),
                    Box::new(other)
                )),
            (inner, prop::sample::select(&CONDITIONS[..]))
                .prop_map(|(inner, condition)| Ask::Where(Box::new(inner), condition)),
        ]
    })
}

/// A coding: document, start, length, code, coder, judgement, strength.
type RandomCoding = (u8, u32, u32, u8, u8, u8, u8);

#[expect(
    clippy::too_many_lines,
    reason = "the study in one place, to be read beside what is expected of it"
)]
fn study_of(drafts: &[RandomCoding]) -> SampleProject {
    let mut study = SampleProject::default();
    study.coder(1, "An");
    study.coder(2, "Bo");
    study.phase(1, "before");
    study.phase(2, "after");
    study.attribute(1, "income", AttributeOf::Cases, AttributeKind::Text, false);
    study.attribute(2, "age", AttributeOf::Cases, AttributeKind::Number, false);
    study.case(1, None, CaseKind::family(), "F1").values.insert(
        (AttributeId::from_u128(1), None),
        AttributeValue::Text("Low".to_owned()),
    );
    study.case(2, None, CaseKind::family(), "F2");
    study
        .case(3, Some(1), CaseKind::person(), "Lin")
        .values
        .insert(
            (AttributeId::from_u128(2), None),
            AttributeValue::Number(9.0),
        );
    for (number, parent, name) in [(1, None, "A"), (2, None, "B"), (3, Some(1), "C")] {
        study.code(number, parent, name, "");
        let judgement = Localized {
            text: "bad".to_owned(),
            translations: BTreeMap::from([(Language::ZH, "坏".to_owned())]),
        };
        let kind = FacetKind::Category(vec![judgement, Localized::plain("good")]);
        let code = Arc::make_mut(
            study
                .project
                .codebook
                .codes
                .get_mut(&crate::model::ids::CodeId::from_u128(number))
                .unwrap(),
        );
        code.facets.push(Facet {
            id: FacetId::from_u128(number),
            name: Localized::plain("judgement"),
            kind,
        });
        code.facets.push(Facet {
            id: FacetId::from_u128(number + 10),
            name: Localized::plain("strength"),
            kind: FacetKind::Intensity,
        });
    }
    let turns = [
        (0, 10, Some(0)),
        (10, 18, Some(1)),
        (18, 30, Some(0)),
        (30, 40, None),
    ];
    for (number, case, phase) in [(1, Some(1), 1), (2, Some(2), 2), (3, None, 1)] {
        let document = study.document(
            number,
            &format!("D{number}"),
            40,
            &[("Child", Some(3)), ("Mother", None)],
            &turns,
        );
        document.cases.extend(case.map(CaseId::from_u128));
        document.phase = Some(PhaseId::from_u128(phase));
        let own = drafts
            .iter()
            .enumerate()
            .filter(|(_, draft)| u128::from(draft.0) + 1 == number);
        document.codings = own
            .map(
                |(id, (_, start, length, code, coder, judgement, strength))| {
                    let mut coding = coding(
                        id as u128,
                        *start,
                        (start + length).min(40),
                        u128::from(*code) + 1,
                        u128::from(*coder) + 1,
                    );
                    let facet = |number: u128| FacetId::from_u128(u128::from(*code) + 1 + number);
                    if *judgement > 0 {
                        coding.facets.insert(
                            facet(0),
                            FacetValue::Category(
                                if *judgement == 1 { "bad" } else { "good" }.to_owned(),
                            ),
                        );
                    }
                    if *strength > 0 {
                        coding
                            .facets
                            .insert(facet(10), FacetValue::Intensity(*strength));
                    }
                    coding
                },
            )
            .collect();
        document.codings.sort_by_key(Coding::order);
    }
    study
}

type PassageSet = BTreeMap<TextRange, BTreeSet<CodingId>>;

/// The reference: one line for each line of the table.
struct Reference<'a> {
    study: &'a SampleProject,
    extent: Extent,
}

impl Reference<'_> {
    fn content(&self, document: &Document) -> &Content {
        &self.study.contents[&document.id]
    }

    fn turn(&self, document: &Document, at: u32) -> usize {
        self.content(document)
            .turns
            .iter()
            .position(|turn| turn.range.start() <= at && at < turn.range.end())
            .unwrap()
    }

    fn speaker(&self, document: &Document, range: TextRange) -> Option<String> {
        let speaker = self.content(document).turns[self.turn(document, range.start())].speaker?;
        Some(document.speakers[usize::from(speaker)].label.clone())
    }

    fn turns_apart(&self, document: &Document, x: TextRange, y: TextRange) -> usize {
        let turns = |range: TextRange| {
            (
                self.turn(document, range.start()),
                self.turn(document, range.end() - 1),
            )
        };
        let ((a, b), (c, d)) = (turns(x), turns(y));
        if a <= d && c <= b {
            0
        } else {
            c.abs_diff(b).min(a.abs_diff(d))
        }
    }

    fn near(&self, document: &Document, x: TextRange, y: TextRange, distance: &str) -> bool {
        let number: usize = distance
            .trim_end_matches(char::is_alphabetic)
            .parse()
            .unwrap();
        if distance.ends_with("turns") {
            return self.turns_apart(document, x, y) <= number;
        }
        // Every character is a word here.
        let gap = if x.end() <= y.start() {
            y.start() - x.end()
        } else {
            x.start().saturating_sub(y.end())
        };
        gap as usize <= number
    }

    fn answer(&self, ask: &Ask, document: &Document, coder: Option<u128>) -> PassageSet {
        let mut out = PassageSet::new();
        match ask {
            Ask::Code(code) => {
                let written = CODES[usize::from(*code)];
                let codes: &[u128] = match written.split('[').next().unwrap() {
                    "A" => &[1, 3],
                    "A!" => &[1],
                    "A/*" | "C" => &[3],
                    _ => &[2],
                };
                for coding in &document.codings {
                    let value = |name: u128| {
                        coding
                            .facets
                            .iter()
                            .find(|(facet, _)| facet.as_u128() / 10 == name / 10)
                            .map(|(_, value)| value.to_text())
                    };
                    let facets = match written.split_once('[').map(|(_, facets)| facets) {
                        Some("judgement=bad]") => value(1).as_deref() == Some("bad"),
                        Some(_) => {
                            value(1).as_deref() != Some("bad")
                                && value(11).is_some_and(|value| value.parse::<u8>().unwrap() >= 40)
                        }
                        None => true,
                    };
                    if codes.contains(&coding.code.as_u128())
                        && facets
                        && coder.is_none_or(|coder| coding.coder.as_u128() == coder)
                    {
                        out.entry(coding.range).or_default().insert(coding.id);
                    }
                }
            }
            Ask::Or(one, other) => {
                for (range, ids) in self
                    .answer(one, document, coder)
                    .into_iter()
                    .chain(self.answer(other, document, coder))
                {
                    out.entry(range).or_default().extend(ids);
                }
            }
            Ask::Where(inner, condition) => {
                let (coder, dead) = match *condition {
                    "coder=An" => (Some(1), coder == Some(2)),
                    "coder=Bo" => (Some(2), coder == Some(1)),
                    _ => (coder, false),
                };
                if !dead {
                    out = self.answer(inner, document, coder);
                }
                let first = document.id.as_u128() == 1;
                out.retain(|range, _| {
                    let child = self.speaker(document, *range).as_deref() == Some("Child");
                    match *condition {
                        "phase=before" => document.phase == Some(PhaseId::from_u128(1)),
                        // The child is of family F1, wherever it speaks.
                        "case=F1" | "attr.income=low" => first || child,
                        "speaker=Child" => child,
                        "attr.age>=9" => child,
                        _ => true,
                    }
                });
            }
            Ask::Pair("SAME case", one, other) => {
                let shares = self.study.project.documents.values().any(|with| {
                    !with.cases.is_disjoint(&document.cases)
                        && !self.answer(other, with, coder).is_empty()
                });
                if shares {
                    out = self.answer(one, document, coder);
                }
            }
            Ask::Pair(operator, one, other) => {
                self.pair(
                    operator,
                    document,
                    &self.answer(one, document, coder),
                    &self.answer(other, document, coder),
                    &mut out,
                );
            }
        }
        out
    }

    fn pair(
        &self,
        operator: &str,
        document: &Document,
        xs: &PassageSet,
        ys: &PassageSet,
        out: &mut PassageSet,
    ) {
        let touch = |x: &TextRange, y: &TextRange| x.start() < y.end() && y.start() < x.end();
        let hull =
            |x: &TextRange, y: &TextRange| range(x.start().min(y.start()), x.end().max(y.end()));
        for (x, from_x) in xs {
            let first = ys
                .keys()
                .filter(|y| y.start() >= x.end())
                .map(|y| y.start())
                .min();
            let last = ys
                .keys()
                .filter(|y| y.end() <= x.start())
                .map(|y| y.end())
                .max();
            let mut pairs = 0;
            for (y, from_y) in ys {
                let (name, far) = operator
                    .split_once('/')
                    .map_or((operator, None), |(name, far)| (name, Some(far)));
                let close = far.is_none_or(|far| self.near(document, *x, *y, far));
                let common = || range(x.start().max(y.start()), x.end().min(y.end()));
                let passage = match name {
                    "AND" if touch(x, y) => Some(if self.extent == Extent::Union {
                        hull(x, y)
                    } else {
                        common()
                    }),
                    "OVERLAPS" if touch(x, y) => Some(*x),
                    "WITHIN" if y.start() <= x.start() && x.end() <= y.end() => Some(*x),
                    "CONTAINS" if x.start() <= y.start() && y.end() <= x.end() => Some(*x),
                    "NEAR" if close => Some(hull(x, y)),
                    "BEFORE" if Some(y.start()) == first && close => Some(hull(x, y)),
                    "AFTER" if Some(y.end()) == last && close => Some(hull(x, y)),
                    _ => None,
                };
                if let Some(passage) = passage {
                    out.entry(passage)
                        .or_default()
                        .extend(from_x.iter().chain(from_y));
                }
                pairs += usize::from(touch(x, y));
            }
            let same = match operator {
                "NOT" => pairs == 0,
                "SAME turn" => ys.keys().any(|y| self.turns_apart(document, *x, *y) == 0),
                "SAME speaker" => {
                    let own = self.speaker(document, *x);
                    own.is_some() && ys.keys().any(|y| self.speaker(document, *y) == own)
                }
                "SAME document" => !ys.is_empty(),
                _ => false,
            };
            if same {
                out.entry(*x).or_default().extend(from_x);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn queries_find_what_every_pair_says(
        drafts in prop::collection::vec((0u8..3, 0u32..38, 1u32..12, 0u8..3, 0u8..2, 0u8..3, 0u8..100), 0..14),
        ask in any_ask(),
        union in any::<bool>(),
    ) {
        let study = study_of(&drafts);
        let extent = if union { Extent::Union } else { Extent::Intersection };
        let written = ask.to_string();
        let query = CodeQuery::parse(&written, &study.project).map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
        let passages = query.passages(&study.project, &|document| study.contents.get(&document.id).cloned(), extent);
        let found: Vec<_> = passages.into_iter().map(|passage| (passage.document, passage.range, passage.codings)).collect();
        let reference = Reference { study: &study, extent };
        let mut expected = Vec::new();
        for document in study.project.documents_in_order() {
            expected.extend(reference.answer(&ask, document, None).into_iter().map(|(range, ids)| (document.id, range, ids)));
        }
        prop_assert_eq!(found, expected, "{}", written);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}", queryish in "[ABC \"()\\[\\]=,@/!*ANDORTWHESM0-9]{0,28}") {
        let study = study_of(&[]);
        for text in [text, queryish] {
            if let Err(error) = CodeQuery::parse(&text, &study.project) {
                prop_assert!(error.at.end() as usize <= text.chars().count());
            }
        }
    }
}
