//! The definitions of a table's figures, one function each, without any of the code under test.

use std::{collections::BTreeSet, sync::Arc};

use super::random::{INCOME, LABELS, ROLE};
use crate::analysis::{attribution::Attribution, merging::CoderCount, sample::SampleProject};
use crate::{
    analysis::frequency::{
        Columns, Filter, FrequencyOptions, Measure, Rows,
        table::{Measured, RowKey},
    },
    model::{
        attribute::AttributeValue,
        case::CaseKind,
        coding::Coding,
        document::{Document, Speaker, SpeakerRole},
        ids::{CaseId, CodeId, CoderId, DocumentId},
        natural_key,
        text::TextRange,
    },
    statistics::Undefined,
};

pub(super) fn lets<T: Ord>(set: &BTreeSet<T>, value: &T) -> bool {
    set.is_empty() || set.contains(value)
}

/// The definitions, one function each.
pub(super) struct Slow<'a> {
    pub(super) study: &'a SampleProject,
    pub(super) options: &'a FrequencyOptions,
}

/// What counts as one: column, document, passage, coder, coding and rows, as far as they matter.
pub(super) type OncePassage = (
    CodeId,
    DocumentId,
    TextRange,
    Option<CoderId>,
    Option<u128>,
    BTreeSet<String>,
);

/// A coding with its document, or the passage that several codings make up.
pub(super) type Found<'a> = (&'a Document, &'a Counted<'a>);

/// A coding that counts, with the passage and the people that it counts for.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    pub(super) coding: &'a Coding,
    pub(super) range: TextRange,
    pub(super) about: BTreeSet<CaseId>,
    /// How much it counts in a mean over coders.
    pub(super) weight: f64,
}

impl<'a> Slow<'a> {
    pub(super) fn case_passes(&self, case: CaseId) -> bool {
        let wanted = &self.options.filter.cases;
        wanted.is_empty()
            || wanted
                .iter()
                .any(|&above| self.study.project.case_is_within(case, above))
    }

    pub(super) fn is_person(&self, case: CaseId) -> bool {
        self.study.project.cases[&case].kind == CaseKind::person()
    }

    pub(super) fn documents(&self) -> Vec<&'a Document> {
        let Filter {
            phases,
            coders,
            cases,
            documents,
            speakers,
            looked_at,
            codes: _,
            by: _,
            counting: _,
        } = &self.options.filter;
        let passes = |document: &&Document| {
            (phases.is_empty() || document.phase.is_some_and(|phase| phases.contains(&phase)))
                && lets(documents, &document.id)
                && (!looked_at
                    || coders.is_empty()
                    || document
                        .codings
                        .iter()
                        .any(|coding| coders.contains(&coding.coder)))
                && (cases.is_empty() || {
                    let speakers = document.speakers.iter().filter_map(|own| own.case);
                    let named = document.codings.iter().flat_map(|own| own.about.clone());
                    let mut all = document.cases.iter().copied().chain(speakers).chain(named);
                    all.any(|case| self.case_passes(case))
                })
                && (speakers.is_empty()
                    || document
                        .speakers
                        .iter()
                        .any(|speaker| speakers.contains(&speaker.label)))
        };
        self.study
            .project
            .documents_in_order()
            .into_iter()
            .map(Arc::as_ref)
            .filter(passes)
            .collect()
    }

    pub(super) fn code_passes(&self, code: CodeId) -> bool {
        let wanted = &self.options.filter.codes;
        lets(wanted, &code)
            || self.options.roll_up
                && self
                    .study
                    .project
                    .codebook
                    .ancestors(code)
                    .any(|above| wanted.contains(&above.id))
    }

    pub(super) fn columns(&self) -> Vec<CodeId> {
        let book = &self.study.project.codebook;
        let in_order = book.in_order().into_iter().map(|(_, code)| code);
        let shown = |code: CodeId, top: bool| match self.options.columns {
            Columns::Codes => self.code_passes(code),
            Columns::Themes if self.options.roll_up => {
                top && book
                    .with_descendants(code)
                    .into_iter()
                    .any(|code| self.code_passes(code))
            }
            Columns::Themes => top && self.code_passes(code),
        };
        in_order
            .filter(|code| shown(code.id, code.place.parent.is_none()))
            .map(|code| code.id)
            .collect()
    }

    pub(super) fn is_in(&self, counted: &Counted<'_>, column: CodeId) -> bool {
        let coding = counted.coding;
        let below = || {
            self.study
                .project
                .codebook
                .ancestors(coding.code)
                .any(|above| above.id == column)
        };
        self.code_passes(coding.code) && (coding.code == column || self.options.roll_up && below())
    }

    /// The numbers of the speakers heard in a coding.
    pub(super) fn speakers(&self, (document, coding): Found<'_>) -> BTreeSet<usize> {
        let holds = |position: u32, start: u32, end: u32| start <= position && position < end;
        let turns = &self.study.contents[&document.id].turns;
        let mut found = BTreeSet::new();
        for position in coding.range.start()..coding.range.end() {
            let turn = turns
                .iter()
                .find(|turn| holds(position, turn.range.start(), turn.range.end()));
            found.extend(turn.and_then(|turn| turn.speaker).map(usize::from));
        }
        found.retain(|&number| {
            document
                .speakers
                .get(number)
                .is_some_and(|speaker| lets(&self.options.filter.speakers, &speaker.label))
        });
        found
    }

    pub(super) fn counting(&self) -> CoderCount {
        match self.options.rows {
            Rows::Coder => CoderCount::All,
            _ => self.options.measure.counting(self.options.filter.counting),
        }
    }

    /// The codings of a document by coders who count; merged, overlapping ones of several coders are one.
    pub(super) fn counted(&self, document: &'a Document) -> Vec<Counted<'a>> {
        let codings = document.codings.iter();
        let mut left: Vec<&Coding> = codings
            .filter(|coding| lets(&self.options.filter.coders, &coding.coder))
            .collect();
        let coders: BTreeSet<CoderId> = left.iter().map(|coding| coding.coder).collect();
        let merges = self.counting() == CoderCount::Merged && self.options.measure.is_of_counts();
        let mut found = Vec::new();
        while !left.is_empty() {
            let mut group = vec![left.remove(0)];
            while let Some(next) = left.iter().position(|other| {
                merges
                    && group
                        .iter()
                        .any(|own| own.code == other.code && own.range.overlaps(other.range))
            }) {
                group.push(left.remove(next));
            }
            let of = |coder: CoderId| -> Vec<&Coding> {
                group
                    .iter()
                    .copied()
                    .filter(|own| own.coder == coder)
                    .collect()
            };
            let here: BTreeSet<CoderId> = group.iter().map(|own| own.coder).collect();
            let remain = here.into_iter().map(of).min_by_key(Vec::len).unwrap();
            for own in &remain {
                let stands_for = |other: &&&Coding| {
                    other.id == own.id
                        || other.coder != own.coder
                            && (remain.len() == 1 || other.range == own.range)
                };
                let members: Vec<&&Coding> = group.iter().filter(stands_for).collect();
                let start = members.iter().map(|own| own.range.start()).min().unwrap();
                let end = members.iter().map(|own| own.range.end()).max().unwrap();
                found.push(Counted {
                    coding: own,
                    range: match remain.len() {
                        1 => TextRange::between(start, end),
                        _ => own.range,
                    },
                    about: members.iter().flat_map(|own| own.about.clone()).collect(),
                    weight: 1.0 / coders.len() as f64,
                });
            }
        }
        found
    }

    /// Whom a coding is given to.
    pub(super) fn given(&self, (document, counted): Found<'_>) -> BTreeSet<CaseId> {
        let concerned = self.options.filter.by == Attribution::Concerned;
        if concerned && !counted.about.is_empty() {
            return counted.about.clone();
        }
        let speaking = self.speakers((document, counted));
        let mut found: BTreeSet<CaseId> = speaking
            .into_iter()
            .filter_map(|number| Self::person(&document.speakers[number]))
            .collect();
        let only = self.only_case(document);
        let is_diary =
            document.speakers.is_empty() && only.is_some_and(|only| self.is_person(only));
        if found.is_empty() && (concerned || is_diary) {
            found.extend(only);
        }
        found
    }

    /// The person that a speaker is who answers.
    pub(super) fn person(speaker: &Speaker) -> Option<CaseId> {
        speaker
            .case
            .filter(|_| speaker.role == SpeakerRole::Participant)
    }

    /// The only case, the only person of the only family, or that family.
    pub(super) fn only_case(&self, document: &Document) -> Option<CaseId> {
        let project = &self.study.project;
        let cases: Vec<CaseId> = document.cases.iter().copied().collect();
        let families: BTreeSet<CaseId> =
            cases.iter().map(|case| project.family_of(*case)).collect();
        let persons: Vec<CaseId> = cases
            .iter()
            .copied()
            .filter(|case| self.is_person(*case))
            .collect();
        match (cases.as_slice(), families.len(), persons.as_slice()) {
            ([only], ..) => Some(*only),
            (_, 1, [person]) => Some(*person),
            (_, 1, _) => families.first().copied(),
            _ => None,
        }
    }

    pub(super) fn codings(&self, all: &'a [(&'a Document, Vec<Counted<'a>>)]) -> Vec<Found<'a>> {
        let columns = self.columns();
        let heard = |found: Found<'_>| {
            self.options.filter.speakers.is_empty() || !self.speakers(found).is_empty()
        };
        let within = |found: Found<'_>| {
            self.options.filter.cases.is_empty()
                || self
                    .given(found)
                    .into_iter()
                    .any(|case| self.case_passes(case))
        };
        all.iter()
            .flat_map(|(document, counted)| counted.iter().map(|own| (*document, own)))
            .filter(|(_, counted)| columns.iter().any(|&column| self.is_in(counted, column)))
            .filter(|&found| heard(found) && within(found))
            .collect()
    }

    pub(super) fn income(&self, case: CaseId, document: &Document) -> Option<AttributeValue> {
        let mut next = Some(case);
        while let Some(case) = next.and_then(|id| self.study.project.cases.get(&id)) {
            if let Some(value) = case.values.get(&(INCOME, document.phase)) {
                return Some(value.clone());
            }
            next = case.parent;
        }
        None
    }

    /// The key of one speaker in rows by turns.
    pub(super) fn speaker_key(&self, document: &Document, number: usize) -> Option<RowKey> {
        let speaker = &document.speakers[number];
        match self.options.rows {
            Rows::Speaker => Some(RowKey::Label(speaker.label.clone())),
            _ => {
                let role = speaker.case.and_then(|case| {
                    self.study.project.cases[&case]
                        .values
                        .get(&(ROLE, None))
                        .cloned()
                });
                let role = role
                    .filter(|role| *role != AttributeValue::NotAsked)
                    .map(|role| role.to_text());
                Some(RowKey::Label(role.unwrap_or_else(|| speaker.label.clone())))
            }
        }
    }

    /// The rows of a case, in rows of people.
    pub(super) fn case_keys(&self, document: &Document, case: CaseId) -> Vec<RowKey> {
        if !self.case_passes(case) {
            return Vec::new();
        }
        let project = &self.study.project;
        let key = match self.options.rows {
            Rows::Case => {
                let mut above = Vec::new();
                let mut next = Some(case);
                while let Some(id) = next {
                    above.extend(self.case_passes(id).then_some(RowKey::Case(id)));
                    next = project.cases[&id].parent;
                }
                return above;
            }
            Rows::Family => Some(RowKey::Case(project.family_of(case))),
            Rows::Person => self.is_person(case).then_some(RowKey::Case(case)),
            Rows::Attribute(_) => self.income(case, document).map(RowKey::Value),
            _ => None,
        };
        key.into_iter().collect()
    }

    /// Those who took part in a document: its cases, and the persons who speak.
    pub(super) fn there(&self, document: &Document) -> BTreeSet<CaseId> {
        let speakers = document.speakers.iter();
        let heard = speakers.filter(|own| lets(&self.options.filter.speakers, &own.label));
        document
            .cases
            .iter()
            .copied()
            .chain(heard.filter_map(Self::person))
            .collect()
    }

    /// The rows that a document is in, whatever is coded in it.
    pub(super) fn document_keys(&self, document: &Document) -> Vec<RowKey> {
        match self.options.rows {
            Rows::Document => vec![RowKey::Document(document.id)],
            Rows::Phase => document.phase.map(RowKey::Phase).into_iter().collect(),
            Rows::Coder => Vec::new(),
            Rows::Role | Rows::Speaker => (0..document.speakers.len())
                .filter(|&n| lets(&self.options.filter.speakers, &document.speakers[n].label))
                .filter_map(|number| self.speaker_key(document, number))
                .collect(),
            _ => self
                .there(document)
                .into_iter()
                .flat_map(|case| self.case_keys(document, case))
                .collect(),
        }
    }

    pub(super) fn keys(&self, (document, counted): Found<'_>) -> Vec<RowKey> {
        let mut keys = match self.options.rows {
            Rows::Document | Rows::Phase => self.document_keys(document),
            Rows::Coder => vec![RowKey::Coder(counted.coding.coder)],
            Rows::Role | Rows::Speaker => self
                .speakers((document, counted))
                .into_iter()
                .filter_map(|number| self.speaker_key(document, number))
                .collect(),
            _ => self
                .given((document, counted))
                .into_iter()
                .flat_map(|case| self.case_keys(document, case))
                .collect(),
        };
        if keys.is_empty() {
            keys.push(RowKey::None);
        }
        keys
    }

    /// Whether a document is one of a row's.
    pub(super) fn has(&self, document: &Document, key: &RowKey, codings: &[Found<'_>]) -> bool {
        if self.options.rows == Rows::Coder {
            let coders = document.codings.iter().map(|coding| coding.coder);
            let mut coders = coders.filter(|coder| lets(&self.options.filter.coders, coder));
            return coders.any(|coder| RowKey::Coder(coder) == *key);
        }
        let keys = self.document_keys(document);
        let stray = || {
            codings
                .iter()
                .any(|&found| found.0.id == document.id && self.keys(found).contains(&RowKey::None))
        };
        keys.contains(key) || *key == RowKey::None && (keys.is_empty() || stray())
    }

    /// How many words participants say in a row: all characters of the texts are words.
    pub(super) fn words(&self, key: Option<&RowKey>) -> u64 {
        let mut words = 0;
        for document in self.documents() {
            for turn in &self.study.contents[&document.id].turns {
                let speaker = turn.speaker.map(usize::from);
                let speaker =
                    speaker.and_then(|number| Some((number, document.speakers.get(number)?)));
                let counts = match speaker {
                    Some((_, own)) => {
                        own.role == SpeakerRole::Participant
                            && lets(&self.options.filter.speakers, &own.label)
                    }
                    None => document.speakers.is_empty() && turn.speaker.is_none(),
                };
                let concerned = self.options.filter.by == Attribution::Concerned;
                let only = self.only_case(document);
                let is_diary =
                    document.speakers.is_empty() && only.is_some_and(|only| self.is_person(only));
                let only = only.filter(|_| concerned || is_diary);
                let mut keys = match self.options.rows {
                    Rows::Document | Rows::Phase => self.document_keys(document),
                    Rows::Coder => {
                        let coders = document.codings.iter().map(|own| own.coder);
                        coders
                            .filter(|coder| lets(&self.options.filter.coders, coder))
                            .map(RowKey::Coder)
                            .collect()
                    }
                    Rows::Role | Rows::Speaker => speaker
                        .and_then(|(number, _)| self.speaker_key(document, number))
                        .into_iter()
                        .collect(),
                    _ => speaker
                        .and_then(|(_, own)| Self::person(own))
                        .or(only)
                        .map_or_else(Vec::new, |case| self.case_keys(document, case)),
                };
                if keys.is_empty() {
                    keys.push(RowKey::None);
                }
                let is_here = key.is_none_or(|key| keys.contains(key));
                words += u64::from(turn.range.len_chars()) * u64::from(counts && is_here);
            }
        }
        words
    }

    /// The keys of all rows, in order.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of row")]
    pub(super) fn rows(&self, codings: &[Found<'_>]) -> Vec<RowKey> {
        let project = &self.study.project;
        let in_order = || {
            project
                .cases_in_order()
                .into_iter()
                .map(|(_, case)| case.id)
        };
        let here = |key: &RowKey| {
            self.documents()
                .iter()
                .any(|document| self.has(document, key, codings))
        };
        let mut rows: Vec<RowKey> = match self.options.rows {
            Rows::Case => in_order()
                .filter(|&case| self.case_passes(case))
                .map(RowKey::Case)
                .collect(),
            Rows::Family => {
                let families: Vec<_> = in_order()
                    .filter(|&case| self.case_passes(case))
                    .map(|case| project.family_of(case))
                    .collect();
                in_order()
                    .filter(|case| families.contains(case))
                    .map(RowKey::Case)
                    .collect()
            }
            Rows::Person => {
                let persons = in_order().filter(|&case| self.is_person(case));
                persons
                    .filter(|&case| self.case_passes(case))
                    .map(RowKey::Case)
                    .collect()
            }
            Rows::Document => self
                .documents()
                .iter()
                .map(|document| RowKey::Document(document.id))
                .collect(),
            Rows::Phase => {
                let phases = project.phases_in_order().into_iter().map(|phase| phase.id);
                phases
                    .filter(|phase| lets(&self.options.filter.phases, phase))
                    .map(RowKey::Phase)
                    .collect()
            }
            Rows::Coder => {
                let coders = [1, 0].map(CoderId::from_u128).into_iter();
                coders
                    .filter(|coder| lets(&self.options.filter.coders, coder))
                    .map(RowKey::Coder)
                    .collect()
            }
            Rows::Role | Rows::Speaker => {
                let mut labels: Vec<&str> = ["teacher", "child"]
                    .into_iter()
                    .filter(|_| self.options.rows == Rows::Role)
                    .collect();
                let mut others = LABELS;
                others.sort_by_key(|label| natural_key(label));
                labels.extend(others);
                labels
                    .into_iter()
                    .map(|label| RowKey::Label(label.to_owned()))
                    .filter(here)
                    .collect()
            }
            Rows::Attribute(_) => {
                let values = [
                    AttributeValue::Number(900.0),
                    AttributeValue::Number(1e4),
                    AttributeValue::Missing,
                ];
                let given = |key: &RowKey| {
                    self.documents().iter().any(|document| {
                        let speakers = document.speakers.iter().filter_map(Self::person);
                        let named = document.codings.iter().flat_map(|own| own.about.clone());
                        let mut all = document.cases.iter().copied().chain(speakers).chain(named);
                        all.any(|case| self.case_keys(document, case).contains(key))
                    })
                };
                values
                    .into_iter()
                    .map(RowKey::Value)
                    .filter(given)
                    .collect()
            }
        };
        rows.extend(Some(RowKey::None).filter(here));
        rows
    }

    /// The figure for some codings, each under its column, in some documents.
    ///
    /// Shares are of the codings of a row and of a column.
    pub(super) fn value(
        &self,
        codings: &[(CodeId, Found<'_>)],
        documents: &[&Document],
        words: u64,
        (row, column): (f64, f64),
    ) -> Measured {
        let chars: u64 = documents
            .iter()
            .map(|document| u64::from(document.len_chars()))
            .sum();
        let amount = self.amount(codings);
        let covered: BTreeSet<(DocumentId, u32)> = codings
            .iter()
            .flat_map(|(_, (document, coding))| {
                let range = coding.coding.range;
                (range.start()..range.end()).map(|position| (document.id, position))
            })
            .collect();
        let in_documents: BTreeSet<DocumentId> = codings
            .iter()
            .map(|(_, (document, _))| document.id)
            .collect();
        match self.options.measure {
            _ if documents.is_empty() && codings.is_empty() => Measured::NoDocument,
            Measure::Codings if self.counting() == CoderCount::Average => Measured::Mean(amount),
            Measure::Codings => Measured::Count(self.passages(codings).len() as u64),
            Measure::Documents => Measured::Count(in_documents.len() as u64),
            Measure::Characters => Measured::Count(covered.len() as u64),
            Measure::Presence => Measured::Present(!codings.is_empty()),
            Measure::Share | Measure::Per1000 if chars == 0 => {
                Measured::Undefined(Undefined::NoText)
            }
            Measure::Per1000Words if words == 0 => Measured::Undefined(Undefined::NoText),
            // All characters of the texts are Han, each a word.
            Measure::Words => Measured::Count(covered.len() as u64),
            Measure::Cases => {
                let families: BTreeSet<CaseId> = codings
                    .iter()
                    .flat_map(|(_, found)| self.given(*found))
                    .filter(|&case| self.case_passes(case))
                    .map(|case| self.study.project.family_of(case))
                    .collect();
                Measured::Count(families.len() as u64)
            }
            Measure::RowShare if row == 0.0 => Measured::Undefined(Undefined::ZeroRowTotal),
            Measure::ColumnShare if column == 0.0 => {
                Measured::Undefined(Undefined::ZeroColumnTotal)
            }
            Measure::RowShare => Measured::Share(amount / row),
            Measure::ColumnShare => Measured::Share(amount / column),
            Measure::Share => Measured::Share(covered.len() as f64 / chars as f64),
            Measure::Per1000 => Measured::Rate(amount * 1000.0 / chars as f64),
            Measure::Per1000Words => Measured::Rate(amount * 1000.0 / words as f64),
        }
    }

    /// How much codings count together.
    pub(super) fn amount(&self, codings: &[(CodeId, Found<'_>)]) -> f64 {
        let mut seen = BTreeSet::new();
        let mut amount = 0.0;
        for coding in codings {
            if seen.insert(self.passage(coding)) {
                let weight = coding.1.1.weight;
                let is_mean = self.counting() == CoderCount::Average;
                amount += if is_mean { weight } else { 1.0 };
            }
        }
        amount
    }

    /// What counts as one: a coding, or rolled up a passage under one column, of one coder unless coders are merged.
    pub(super) fn passage(
        &self,
        (column, (document, counted)): &(CodeId, Found<'_>),
    ) -> OncePassage {
        let of_coder = self.counting() != CoderCount::Merged || !self.options.roll_up;
        (
            *column,
            document.id,
            counted.range,
            of_coder.then_some(counted.coding.coder),
            (!self.options.roll_up).then(|| counted.coding.id.as_u128()),
            self.row_numbers((document, counted)),
        )
    }

    /// The rows of a coding, as text that can be compared.
    pub(super) fn row_numbers(&self, found: Found<'_>) -> BTreeSet<String> {
        self.keys(found)
            .iter()
            .map(|key| format!("{key:?}"))
            .collect()
    }

    pub(super) fn passages(&self, codings: &[(CodeId, Found<'_>)]) -> BTreeSet<OncePassage> {
        codings.iter().map(|coding| self.passage(coding)).collect()
    }
}
