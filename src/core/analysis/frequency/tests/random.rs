//! Random projects and questions for the comparison with the reference.

use std::collections::BTreeSet;

use proptest::{collection::vec, option, prelude::*};

use crate::{
    analysis::{
        attribution::Attribution,
        frequency::{Columns, Filter, FrequencyOptions, Measure, Rows},
        merging::CoderCount,
        sample::{SampleProject, coding},
    },
    model::{
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        case::CaseKind,
        document::SpeakerRole,
        ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
    },
};

/// Characters of a document that isn't empty.
pub(super) const LEN: u32 = 24;
pub(super) const ROLE: AttributeId = AttributeId::from_u128(1);
pub(super) const INCOME: AttributeId = AttributeId::from_u128(2);
pub(super) const LABELS: [&str; 4] = ["Mother", "妈妈", "Child 10", "Child 9"];
pub(super) const ALL_ROWS: [Rows; 9] = [
    Rows::Case,
    Rows::Family,
    Rows::Person,
    Rows::Role,
    Rows::Document,
    Rows::Speaker,
    Rows::Phase,
    Rows::Coder,
    Rows::Attribute(INCOME),
];
pub(super) const ALL_MEASURES: [Measure; 11] = [
    Measure::Codings,
    Measure::Documents,
    Measure::Characters,
    Measure::Share,
    Measure::Presence,
    Measure::Per1000,
    Measure::Per1000Words,
    Measure::Cases,
    Measure::Words,
    Measure::RowShare,
    Measure::ColumnShare,
];

/// Cases, phase, speakers (label, case), turns (gap, length, speaker), codings (start, length, code, coder, case named).
pub(super) type AnyDocument = (
    BTreeSet<u128>,
    Option<u128>,
    Vec<(usize, Option<u128>)>,
    Vec<(u32, u32, Option<u16>)>,
    Vec<(u32, u32, u128, u128, Option<u128>)>,
);

pub(super) fn any_document() -> impl Strategy<Value = AnyDocument> {
    (
        proptest::collection::btree_set(0..6u128, 0..3),
        option::of(0..2u128),
        vec((0..4usize, option::of(0..6u128)), 0..4),
        vec((0..3u32, 1..7u32, option::of(0..5u16)), 0..5),
        vec(any_coding(), 0..9),
    )
}

fn any_coding() -> impl Strategy<Value = (u32, u32, u128, u128, Option<u128>)> {
    // Few starts, so that passages coincide; most codings name nobody.
    let about = prop_oneof![3 => Just(None), 1 => (0..6u128).prop_map(Some)];
    (0..LEN / 4, 1..9u32, 0..6u128, 0..2u128, about)
}

/// Codes' and cases' parents; of each case whether it is a person, its role, its income; documents.
pub(super) type AnyStudy = (
    Vec<Option<u128>>,
    Vec<Option<u128>>,
    Vec<(bool, usize, usize)>,
    Vec<AnyDocument>,
);

pub(super) fn any_study() -> impl Strategy<Value = SampleProject> {
    let parents = || vec(option::of(0..6u128), 6);
    (
        parents(),
        parents(),
        vec((any::<bool>(), 0..4usize, 0..4usize), 6),
        vec(any_document(), 0..5),
    )
        .prop_map(build)
}

#[expect(
    clippy::too_many_lines,
    reason = "the study in one place, to be read beside the reference"
)]
pub(super) fn build((codes, cases, traits, documents): AnyStudy) -> SampleProject {
    let mut study = SampleProject::default();
    study.attribute(
        1,
        "Role",
        AttributeOf::Cases,
        AttributeKind::Category(vec!["teacher".to_owned(), "child".to_owned()]),
        false,
    );
    study.attribute(2, "income", AttributeOf::Cases, AttributeKind::Number, true);
    for number in 0..2 {
        study.phase(number, ["follow-up", "baseline"][number as usize]);
        study.coder(number, ["安", "Bo"][number as usize]);
    }
    let lower = |parent: Option<u128>, number: u128| parent.filter(|&parent| parent < number);
    for (number, parent) in (0..).zip(codes) {
        study.code(
            number,
            lower(parent, number),
            &format!("code {number}"),
            &format!("主题{number}"),
        );
    }
    for (number, (parent, (person, role, income))) in (0..).zip(cases.into_iter().zip(traits)) {
        let kind = if person {
            CaseKind::person()
        } else {
            CaseKind::family()
        };
        let case = study.case(
            number,
            lower(parent, number),
            kind,
            &format!("家庭 {}", 20 - number * 3),
        );
        let category = |name: &str| Some(AttributeValue::Category(name.to_owned()));
        let role = [
            None,
            category("child"),
            category("teacher"),
            Some(AttributeValue::NotAsked),
        ][role]
            .clone();
        case.values.extend(role.map(|value| ((ROLE, None), value)));
        let amount = [
            None,
            Some(AttributeValue::Number(900.0)),
            Some(AttributeValue::Number(1e4)),
            Some(AttributeValue::Missing),
        ][income]
            .clone();
        case.values
            .extend(amount.map(|value| ((INCOME, Some(PhaseId::from_u128(number % 2))), value)));
    }
    let mut next = 0;
    for (number, (cases, phase, speakers, turns, codings)) in (0u128..).zip(documents) {
        let chars = if codings.is_empty() { 0 } else { LEN };
        let speakers: Vec<_> = speakers
            .iter()
            .map(|&(label, case)| (LABELS[label], case))
            .collect();
        let mut end = 0;
        let mut placed = Vec::new();
        for (gap, len, speaker) in turns {
            let start = end + gap;
            end = start + len;
            placed.extend((end <= chars).then_some((start, end, speaker)));
        }
        let document = study.document(
            7 * number % 5,
            &format!("访谈 {}", 12 - number),
            chars,
            &speakers,
            &placed,
        );
        document.cases = cases.into_iter().map(CaseId::from_u128).collect();
        document.phase = phase.map(PhaseId::from_u128);
        for speaker in &mut document.speakers {
            if speaker.label == LABELS[3] {
                speaker.role = SpeakerRole::Interviewer;
            }
        }
        for (start, len, code, coder, about) in codings {
            next += 1;
            let mut coding = coding(next, start * 3, (start * 3 + len).min(LEN), code, coder);
            coding.about.extend(about.map(CaseId::from_u128));
            document.insert_coding(coding);
        }
    }
    study
}

pub(super) fn any_options() -> impl Strategy<Value = FrequencyOptions> {
    let some = |below: u128| prop_oneof![3 => Just(BTreeSet::new()), 1 => proptest::collection::btree_set(0..below, 1..3)];
    let filter = (
        some(2),
        some(2),
        some(6),
        some(5),
        some(6),
        some(4),
        any::<bool>(),
        (0..2usize, 0..4usize),
    )
        .prop_map(
            |(phases, coders, cases, documents, codes, speakers, looked_at, (by, counting))| {
                Filter {
                    by: [Attribution::Concerned, Attribution::Informant][by],
                    counting: [
                        None,
                        Some(CoderCount::Merged),
                        Some(CoderCount::Average),
                        Some(CoderCount::All),
                    ][counting],
                    phases: phases.into_iter().map(PhaseId::from_u128).collect(),
                    coders: coders.into_iter().map(CoderId::from_u128).collect(),
                    cases: cases.into_iter().map(CaseId::from_u128).collect(),
                    documents: documents.into_iter().map(DocumentId::from_u128).collect(),
                    codes: codes.into_iter().map(CodeId::from_u128).collect(),
                    speakers: speakers
                        .into_iter()
                        .map(|label| LABELS[label as usize].to_owned())
                        .collect(),
                    looked_at,
                }
            },
        );
    let columns = prop_oneof![Just(Columns::Codes), Just(Columns::Themes)];
    (
        0..ALL_ROWS.len(),
        columns,
        0..ALL_MEASURES.len(),
        any::<bool>(),
        filter,
    )
        .prop_map(
            |(rows, columns, measure, roll_up, filter)| FrequencyOptions {
                rows: ALL_ROWS[rows],
                columns,
                measure: ALL_MEASURES[measure],
                roll_up,
                filter,
            },
        )
}
