//! Co-occurrence by unit: the turns, documents or cases that have two codes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{
        Loader,
        frequency::{picked, table::Segment},
    },
    model::{
        Project,
        document::{Document, Turn},
        ids::{CaseId, DocumentId},
        natural_key,
        text::TextRange,
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
    for codes in units.values() {
        let codes: Vec<usize> = codes.keys().copied().collect();
        for (number, &a) in codes.iter().enumerate() {
            table.own[a] += 1;
            codes[..number].iter().for_each(|&b| table.add(a, b));
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
            for coding in of_a.iter().chain(of_b) {
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
    for document in picked(project, &options.filter) {
        let content = if options.by == CooccurrenceUnit::Turn && !document.codings.is_empty() {
            load(document)
        } else {
            None
        };
        let turns = content.as_deref().map_or(&[][..], |content| &content.turns);
        for coding in grouped_codings(document, groups, options) {
            let at = CodingAt {
                document: document.id,
                at: coding.at,
            };
            for unit in units_of(document, turns, coding.range, options.by) {
                let codes = units.entry(unit).or_default();
                codes.entry(coding.group).or_default().push(at);
            }
        }
    }
    units
}

/// The units that a coding is in.
fn units_of(
    document: &Document,
    turns: &[Turn],
    range: TextRange,
    by: CooccurrenceUnit,
) -> Vec<CodedUnit> {
    match by {
        CooccurrenceUnit::Turn => {
            // Turns do not overlap and are in order, so those of a coding are next to one another.
            let first = turns.partition_point(|turn| turn.range.end() <= range.start());
            let turns = turns.iter().enumerate().skip(first);
            turns
                .take_while(|(_, turn)| turn.range.start() < range.end())
                .filter(|(_, turn)| turn.range.overlaps(range))
                .map(|(number, _)| CodedUnit::Turn(document.id, number))
                .collect()
        }
        CooccurrenceUnit::Case => document
            .cases
            .iter()
            .copied()
            .map(CodedUnit::Case)
            .collect(),
        // Overlaps are counted by `sweep`.
        CooccurrenceUnit::Document | CooccurrenceUnit::Overlap => {
            vec![CodedUnit::Document(document.id)]
        }
    }
}
