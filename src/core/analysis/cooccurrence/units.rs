//! Co-occurrence by unit: the turns, documents or cases that have two codes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{
        Loader,
        admission::Admission,
        attribution::{People, turns_in},
        frequency::{picked, table::Segment},
    },
    model::{
        Project,
        document::Document,
        ids::{CaseId, CoderId, DocumentId},
        natural_key,
    },
};

use super::{
    CoOccurrence, CodeGroups, CooccurrenceOptions, CooccurrenceUnit, grouped_codings, segment,
};

/// Counts the units of each code and of each pair of codes.
pub(super) fn count(
    project: &Project,
    groups: &CodeGroups,
    load: &Loader<'_>,
    table: &mut CoOccurrence,
) {
    let units = units(project, groups, &table.options, load);
    let between_coders = table.options.between_coders;
    for codes in units.values() {
        let all: Vec<(&usize, &Vec<CodingAt>)> = codes.iter().collect();
        for (number, (a, of_a)) in all.iter().enumerate() {
            table.own[**a] += 1;
            for (b, of_b) in &all[..number] {
                let at = table.at(**a, **b);
                table.met[at] += 1;
                if !pair_of(of_a, of_b, between_coders).is_empty() {
                    table.add(**a, **b);
                }
            }
        }
    }
}

/// The codings of two codes in units that have both, by document title and place in the text.
pub(super) fn segments(
    project: &Project,
    groups: &CodeGroups,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
    a: usize,
    b: usize,
) -> Vec<Segment> {
    // A coding across two turns, or of a document with two cases, is in several units but is shown once.
    let mut by_document: BTreeMap<DocumentId, BTreeSet<usize>> = BTreeMap::new();
    for codes in units(project, groups, options, load).values() {
        if let (Some(of_a), Some(of_b)) = (codes.get(&a), codes.get(&b)) {
            for coding in pair_of(of_a, of_b, options.between_coders) {
                let codings = by_document.entry(coding.document).or_default();
                codings.insert(coding.at);
            }
        }
    }
    let mut documents: Vec<(&Document, BTreeSet<usize>)> = by_document
        .into_iter()
        .map(|(id, codings)| (project.documents[&id].as_ref(), codings))
        .collect();
    documents.sort_by_cached_key(|(document, _)| (natural_key(&document.title), document.id));
    documents
        .iter()
        .flat_map(|(document, codings)| {
            let codings = codings.iter().map(|&at| &document.codings[at]);
            codings.map(|coding| segment(document, coding, coding.range))
        })
        .collect()
}

/// The codings of two codes in a unit that make it one with both: of coders who gave both, or of all.
fn pair_of(of_a: &[CodingAt], of_b: &[CodingAt], between_coders: bool) -> Vec<CodingAt> {
    let has = |codings: &[CodingAt], coder: CoderId| codings.iter().any(|own| own.coder == coder);
    let counts = |own: &CodingAt| between_coders || (has(of_a, own.coder) && has(of_b, own.coder));
    of_a.iter()
        .chain(of_b)
        .filter(|own| counts(own))
        .copied()
        .collect()
}

/// A turn of a document, a document, or a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CodedUnit {
    Turn(DocumentId, usize),
    Document(DocumentId),
    Case(CaseId),
}

/// A coding, by its document and its index in the document's list.
#[derive(Debug, Clone, Copy)]
struct CodingAt {
    document: DocumentId,
    at: usize,
    coder: CoderId,
}

/// The codings of each code in a unit, by the code's column.
type CodingsByCode = BTreeMap<usize, Vec<CodingAt>>;

/// The units that have any code.
fn units(
    project: &Project,
    groups: &CodeGroups,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
) -> BTreeMap<CodedUnit, CodingsByCode> {
    let mut units: BTreeMap<CodedUnit, CodingsByCode> = BTreeMap::new();
    let admission = Admission::new(project, &options.filter, load);
    for document in picked(project, &options.filter) {
        let codings = grouped_codings(document, groups, &admission);
        let needs_turns = matches!(options.by, CooccurrenceUnit::Turn | CooccurrenceUnit::Case);
        let content = if needs_turns && !codings.is_empty() {
            load(document)
        } else {
            None
        };
        let turns = content.as_deref().map_or(&[][..], |content| &content.turns);
        let people = People::of(project, document);
        for coding in codings {
            let own = CodingAt {
                document: document.id,
                at: coding.at,
                coder: coding.coder,
            };
            let found: Vec<CodedUnit> = match options.by {
                CooccurrenceUnit::Turn => turns_in(turns, coding.range)
                    .map(|(number, _)| CodedUnit::Turn(document.id, number))
                    .collect(),
                CooccurrenceUnit::Case => people
                    .cases_of(&document.codings[coding.at], turns, options.filter.by)
                    .into_iter()
                    .map(CodedUnit::Case)
                    .collect(),
                // Overlaps are counted by `sweep`.
                CooccurrenceUnit::Document | CooccurrenceUnit::Overlap => {
                    vec![CodedUnit::Document(document.id)]
                }
            };
            for unit in found {
                let codes = units.entry(unit).or_default();
                codes.entry(coding.group).or_default().push(own);
            }
        }
    }
    units
}
