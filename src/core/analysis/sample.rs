//! Small projects for the tests: one by hand, and parts to make any.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    analysis::frequency::{FrequencyOptions, frequency, table::FrequencyTable},
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        code::{Code, CodePlace, Hue},
        coder::Coder,
        coding::{Coding, Origin},
        document::{Content, Document, DocumentSource, Speaker, SpeakerIndex, SpeakerRole, Turn},
        ids::{AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, PhaseId},
        localized::{Language, Localized},
        phase::Phase,
        rank::Rank,
        revision::TextHistory,
        text::{ContentHash, DocumentText, TextRange},
    },
};

/// A project with the turns of its documents.
#[derive(Debug, Default)]
pub(super) struct SampleProject {
    pub(super) project: Project,
    pub(super) contents: BTreeMap<DocumentId, Arc<Content>>,
    /// How often turns were asked for.
    pub(super) asked: Cell<usize>,
}

impl SampleProject {
    pub(super) fn table(&self, options: &FrequencyOptions) -> FrequencyTable {
        frequency(&self.project, options, &|document| {
            self.asked.set(self.asked.get() + 1);
            self.contents.get(&document.id).cloned()
        })
    }

    pub(super) fn code(&mut self, number: u128, parent: Option<u128>, name: &str, chinese: &str) {
        let parent = parent.map(CodeId::from_u128);
        let place = self.project.codebook.last_place(parent);
        let name = Localized {
            text: name.to_owned(),
            translations: BTreeMap::from([(Language::ZH, chinese.to_owned())]),
        };
        let code = Code::new(
            CodeId::from_u128(number),
            place as CodePlace,
            name,
            Hue::new(3),
        );
        self.project.codebook.codes.insert(code.id, Arc::new(code));
    }

    pub(super) fn case(
        &mut self,
        number: u128,
        parent: Option<u128>,
        kind: CaseKind,
        name: &str,
    ) -> &mut Case {
        let id = CaseId::from_u128(number);
        let case = Case {
            id,
            name: name.to_owned(),
            kind,
            parent: parent.map(CaseId::from_u128),
            values: BTreeMap::new(),
        };
        Arc::make_mut(
            self.project
                .cases
                .entry(id)
                .insert_entry(Arc::new(case))
                .into_mut(),
        )
    }

    pub(super) fn phase(&mut self, number: u128, name: &str) {
        let rank = Rank::after(self.project.phases.values().map(|phase| &phase.rank));
        let phase = Phase::new(PhaseId::from_u128(number), name.to_owned(), rank);
        self.project.phases.insert(phase.id, phase);
    }

    pub(super) fn coder(&mut self, number: u128, name: &str) {
        let coder = Coder::new(CoderId::from_u128(number), name.to_owned());
        self.project.coders.insert(coder.id, coder);
    }

    pub(super) fn attribute(
        &mut self,
        number: u128,
        name: &str,
        of: AttributeOf,
        kind: AttributeKind,
        per_phase: bool,
    ) {
        let rank = Rank::after(
            self.project
                .attributes
                .values()
                .map(|attribute| &attribute.rank),
        );
        let id = AttributeId::from_u128(number);
        let attribute = Attribute::new(id, name.to_owned(), of, kind, per_phase, rank);
        self.project.attributes.insert(attribute.id, attribute);
    }

    /// A document of so many characters; turns are (start, end, speaker), speakers (label, case).
    pub(super) fn document(
        &mut self,
        number: u128,
        title: &str,
        chars: u32,
        speakers: &[(&str, Option<u128>)],
        turns: &[(u32, u32, Option<SpeakerIndex>)],
    ) -> &mut Document {
        let id = DocumentId::from_u128(number);
        let text = "我".repeat(chars as usize);
        let hash = ContentHash::of(text.as_bytes());
        let turn = |&(start, end, speaker)| Turn {
            range: range(start, end),
            body: start,
            speaker,
            at_millis: None,
        };
        let turns: Vec<Turn> = turns.iter().map(turn).collect();
        let n_turns = u32::try_from(turns.len()).unwrap();
        let source = DocumentSource {
            file: title.to_owned(),
            read_as: "text".to_owned(),
            original: hash,
            text: hash,
            chars,
            turns: hash,
            n_turns,
        };
        let speaker = |&(label, case): &(&str, Option<u128>)| {
            let case: Option<u128> = case;
            Speaker {
                label: label.to_owned(),
                role: SpeakerRole::Participant,
                case: case.map(CaseId::from_u128),
            }
        };
        let document = Document {
            id,
            title: title.to_owned(),
            source,
            history: TextHistory::default(),
            words: 0,
            speakers: speakers.iter().map(speaker).collect(),
            turn_edits: Vec::new(),
            revision: None,
            phase: None,
            cases: std::collections::BTreeSet::new(),
            values: BTreeMap::new(),
            codings: Vec::new(),
        };
        self.contents.insert(
            id,
            Arc::new(Content {
                text: DocumentText::new(text),
                turns,
            }),
        );
        Arc::make_mut(
            self.project
                .documents
                .entry(id)
                .insert_entry(Arc::new(document))
                .into_mut(),
        )
    }
}

pub(super) fn range(start: u32, end: u32) -> TextRange {
    TextRange::new(start, end).unwrap()
}

pub(super) fn coding(number: u128, start: u32, end: u32, code: u128, coder: u128) -> Coding {
    let (code, coder) = (CodeId::from_u128(code), CoderId::from_u128(coder));
    Coding {
        id: CodingId::from_u128(number),
        range: range(start, end),
        code,
        coder,
        facets: BTreeMap::new(),
        origin: Origin::Hand,
        about: BTreeSet::new(),
    }
}

/// Lin 林家 (child, mother), Reed (child), Wu 吴家 (no document); a group session of Lin and Reed; field notes without a case.
#[expect(
    clippy::too_many_lines,
    reason = "the study in one place, to be counted by hand"
)]
pub(super) fn by_hand() -> SampleProject {
    let mut study = SampleProject::default();
    study.attribute(
        1,
        "角色",
        AttributeOf::Cases,
        AttributeKind::Category(vec!["mother".to_owned(), "child".to_owned()]),
        false,
    );
    study.attribute(2, "income", AttributeOf::Cases, AttributeKind::Number, true);
    study.attribute(
        3,
        "setting",
        AttributeOf::Documents,
        AttributeKind::Text,
        false,
    );
    let role = (AttributeId::from_u128(1), None);
    study.phase(1, "session 3");
    study.phase(2, "follow-up");
    let income = |phase| (AttributeId::from_u128(2), Some(PhaseId::from_u128(phase)));
    study
        .case(1, None, CaseKind::family(), "F10 Reed")
        .values
        .insert(income(1), AttributeValue::Number(900.0));
    let lin = study.case(2, None, CaseKind::family(), "F2 Lin 林家");
    lin.values
        .insert(income(1), AttributeValue::Number(10_000.0));
    lin.values.insert(income(2), AttributeValue::Missing);
    study.case(3, None, CaseKind::family(), "F3 Wu 吴家");
    study
        .case(4, Some(2), CaseKind::person(), "小远")
        .values
        .insert(role, AttributeValue::Category("child".to_owned()));
    study
        .case(5, Some(2), CaseKind::person(), "林妈妈")
        .values
        .insert(role, AttributeValue::Category("mother".to_owned()));
    study
        .case(6, Some(1), CaseKind::person(), "Tom")
        .values
        .insert(role, AttributeValue::NotAsked);
    study.coder(1, "安");
    study.coder(2, "Bo");
    study.code(1, None, "Judgement", "想象中的评价");
    study.code(2, Some(1), "Shame", "羞愧");
    study.code(3, Some(1), "Pride", "自豪");
    study.code(4, None, "Peers", "同伴");
    // 小远 speaks in 0..40, the mother in 40..80; each has two codings, one is on both.
    let speakers = [("小远", Some(4)), ("妈妈", Some(5))];
    let first = study.document(
        30,
        "F2 家访",
        100,
        &speakers,
        &[(0, 40, Some(0)), (40, 80, Some(1))],
    );
    first.cases.insert(CaseId::from_u128(2));
    first.phase = Some(PhaseId::from_u128(1));
    first.codings = vec![
        coding(1, 0, 10, 2, 1),
        coding(2, 0, 10, 3, 1),
        coding(3, 5, 15, 2, 2),
        coding(4, 35, 45, 4, 1),
    ];
    let group = study.document(
        20,
        "F10 group",
        50,
        &[("Interviewer", None), ("Tom", Some(6))],
        &[(0, 10, Some(0)), (10, 50, Some(1))],
    );
    group
        .cases
        .extend([CaseId::from_u128(1), CaseId::from_u128(2)]);
    group.phase = Some(PhaseId::from_u128(2));
    group.codings = vec![coding(5, 0, 5, 4, 2), coding(6, 20, 30, 1, 2)];
    let alone = study.document(10, "F10 Tom", 1000, &[], &[(0, 1000, None)]);
    alone.cases.insert(CaseId::from_u128(6));
    alone.codings = vec![coding(7, 0, 500, 2, 1)];
    let notes = study.document(40, "field notes 田野笔记", 0, &[], &[]);
    notes.values.insert(
        (AttributeId::from_u128(3), None),
        AttributeValue::Text("学校".to_owned()),
    );
    study
}
