//! Turns, documents and cases that have two codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    analysis::frequency::{Loader, table::Segment},
    model::{Project, document::Document, natural_key},
};

use super::{
    CoOccurrence, CooccurrenceOptions, CooccurrenceUnit, Groups, documents, marked, segment,
};

/// Counts the units of each code and of each pair of codes.
pub(super) fn count(
    project: &Project,
    groups: &Groups,
    load: &Loader<'_>,
    table: &mut CoOccurrence,
) {
    let options = table.options.clone();
    for codes in units(project, groups, &options, load).values() {
        let codes: Vec<usize> = codes.keys().copied().collect();
        for (number, &a) in codes.iter().enumerate() {
            table.own[a] += 1;
            codes[..number].iter().for_each(|&b| table.add(a, b));
        }
    }
}

/// The codings of two codes in units that have both.
pub(super) fn segments(
    project: &Project,
    groups: &Groups,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
    pair: (usize, usize),
) -> Vec<Segment> {
    let mut found = BTreeSet::new();
    for codes in units(project, groups, options, load).values() {
        if let (Some(a), Some(b)) = (codes.get(&pair.0), codes.get(&pair.1)) {
            found.extend(a.iter().chain(b).copied());
        }
    }
    let mut picked: Vec<(&Arc<Document>, Vec<usize>)> = Vec::new();
    for (document, at) in found {
        match picked.last_mut() {
            Some((last, places)) if last.id == document => places.push(at),
            _ => picked.extend(
                project
                    .documents
                    .get(&document)
                    .map(|document| (document, vec![at])),
            ),
        }
    }
    picked.sort_by_cached_key(|(document, _)| (natural_key(&document.title), document.id));
    let of_document = |(document, places): (&Arc<Document>, Vec<usize>)| {
        let of_one = move |at: usize| segment(document, at, document.codings.get(at)?.range);
        places.into_iter().filter_map(of_one).collect::<Vec<_>>()
    };
    picked.into_iter().flat_map(of_document).collect()
}

/// A turn of a document, a document, or a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Turn(crate::model::ids::DocumentId, usize),
    Document(crate::model::ids::DocumentId),
    Case(crate::model::ids::CaseId),
}

/// The codings of each code in a unit: document, and place in its list.
type Codes = BTreeMap<usize, Vec<(crate::model::ids::DocumentId, usize)>>;

/// The units that have any code.
fn units(
    project: &Project,
    groups: &Groups,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
) -> BTreeMap<Unit, Codes> {
    let mut units: BTreeMap<Unit, Codes> = BTreeMap::new();
    for document in documents(project, options) {
        let content = if options.by == CooccurrenceUnit::Turn && !document.codings.is_empty() {
            load(document)
        } else {
            None
        };
        let turns = content.as_deref().map_or(&[][..], |content| &content.turns);
        for mark in marked(document, groups, options) {
            let mut put = |unit: Unit| {
                units
                    .entry(unit)
                    .or_default()
                    .entry(mark.group)
                    .or_default()
                    .push((document.id, mark.at));
            };
            match options.by {
                CooccurrenceUnit::Turn => {
                    let first =
                        turns.partition_point(|turn| turn.range.end() <= mark.range.start());
                    let within = turns
                        .iter()
                        .enumerate()
                        .skip(first)
                        .take_while(|(_, turn)| turn.range.start() < mark.range.end());
                    within
                        .filter(|(_, turn)| turn.range.overlaps(mark.range))
                        .for_each(|(number, _)| put(Unit::Turn(document.id, number)));
                }
                CooccurrenceUnit::Case => document
                    .cases
                    .iter()
                    .for_each(|&case| put(Unit::Case(case))),
                CooccurrenceUnit::Document | CooccurrenceUnit::Overlap => {
                    put(Unit::Document(document.id));
                }
            }
        }
    }
    units
}
