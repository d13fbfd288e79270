//! Co-occurrence by overlap, in one pass over each document.
//!
//! Codings come in the order of their starts; those that haven't ended yet are kept at hand, so that each is compared only
//! with codings that it can overlap.

use std::collections::BTreeSet;

use crate::{
    analysis::{
        Loader,
        admission::Admission,
        frequency::{picked, table::Segment},
        merging::{CoderCount, clusters, remaining},
    },
    model::{
        Project,
        document::Document,
        ids::{CodeId, CoderId},
        natural_key,
        text::TextRange,
    },
};

use super::{
    CoOccurrence, CodeGroups, CooccurrenceOptions, CooccurrenceUnit, GroupedCoding,
    grouped_codings, segment,
};

/// Counts codings, pairs and, where options ask for it, characters.
pub(super) fn count(
    project: &Project,
    groups: &CodeGroups,
    load: &Loader<'_>,
    table: &mut CoOccurrence,
) {
    let options = table.options.clone();
    let admission = Admission::new(project, &options.filter, load);
    let mut spans = Spans::default();
    for document in picked(project, &options.filter) {
        let codings = grouped_codings(document, groups, &admission);
        for coding in counted_once(&codings, &options, |own| (own.code, own.range, own.coder)) {
            table.own[coding.group] += 1;
        }
        for pair in pairs(&codings, &options) {
            table.add(pair.groups.0, pair.groups.1);
        }
        if options.characters {
            spans.add(&codings, table, &options);
        }
    }
}

/// Two codings of one coder that share words.
#[derive(Debug, Clone, Copy)]
struct PairOfCodings {
    groups: (usize, usize),
    /// The codes, so that each two codes are one pair if coders are merged.
    codes: (CodeId, CodeId),
    shared: TextRange,
    /// Whose they are; the later one's, if they are of two.
    coder: CoderId,
    /// The later one's index in the document's list.
    at: usize,
}

/// The pairs of a document's codings that count.
fn pairs(codings: &[GroupedCoding], options: &CooccurrenceOptions) -> Vec<PairOfCodings> {
    let mut found = Vec::new();
    let mut open: Vec<GroupedCoding> = Vec::new();
    for &later in codings {
        open.retain(|before| before.range.end() > later.range.start());
        for before in &open {
            let one_coder = options.between_coders || before.coder == later.coder;
            let shared = before.range.intersection(later.range);
            if let Some(shared) = shared.filter(|shared| !shared.is_empty())
                && before.group != later.group
                && one_coder
            {
                found.push(PairOfCodings {
                    groups: (before.group, later.group),
                    codes: (before.code.min(later.code), before.code.max(later.code)),
                    shared,
                    coder: later.coder,
                    at: later.at,
                });
            }
        }
        open.push(later);
    }
    found.sort_by_key(|pair| (pair.shared.start(), pair.at));
    counted_once(&found, options, |pair| {
        (pair.codes, pair.shared, pair.coder)
    })
}

/// Those that count once overlapping ones of one key are merged over coders, or all where each coder counts.
fn counted_once<T: Copy, K: Copy + Ord>(
    all: &[T],
    options: &CooccurrenceOptions,
    of: impl Fn(&T) -> (K, TextRange, CoderId),
) -> Vec<T> {
    if options.counting() == CoderCount::All {
        return all.to_vec();
    }
    let numbers: Vec<usize> = (0..all.len()).collect();
    let clusters = clusters(&numbers, |at| {
        let (key, range, _) = of(&all[at]);
        (key, range)
    });
    let mut kept: Vec<usize> = clusters
        .iter()
        .flat_map(|cluster| remaining(cluster, |at| of(&all[at]).2))
        .collect();
    kept.sort_unstable();
    kept.into_iter().map(|at| all[at]).collect()
}

/// The characters that codes cover in one document.
#[derive(Default)]
struct Spans {
    edges: Vec<Edge>,
    /// The coders' codings that cover the current position; one of a code by a coder can be there several times.
    active: Vec<(usize, CoderId)>,
}

/// A position where a coding of a code ends or starts.
///
/// The order puts ends before starts at one position, so that codings that only touch share nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    at: u32,
    is_start: bool,
    group: usize,
    coder: CoderId,
}

impl Spans {
    /// Adds the length of the text between each two edges to the codes that cover it, and to their pairs.
    fn add(
        &mut self,
        codings: &[GroupedCoding],
        table: &mut CoOccurrence,
        options: &CooccurrenceOptions,
    ) {
        self.edges.clear();
        for coding in codings {
            let edges = [(coding.range.start(), true), (coding.range.end(), false)];
            self.edges.extend(edges.map(|(at, is_start)| Edge {
                at,
                is_start,
                group: coding.group,
                coder: coding.coder,
            }));
        }
        self.edges.sort_unstable();
        let mut from = 0;
        for edge in std::mem::take(&mut self.edges) {
            let length = (edge.at - from) as usize;
            if length > 0 {
                self.add_stretch(table, options, length);
            }
            from = edge.at;
            let own = (edge.group, edge.coder);
            if edge.is_start {
                self.active.push(own);
            } else if let Some(at) = self.active.iter().position(|other| *other == own) {
                self.active.swap_remove(at);
            }
        }
    }

    /// Adds a stretch that the active codings cover; characters that several cover count once.
    fn add_stretch(&self, table: &mut CoOccurrence, options: &CooccurrenceOptions, length: usize) {
        let mut covered: BTreeSet<usize> = BTreeSet::new();
        let mut both: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut met: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (at, &(group, coder)) in self.active.iter().enumerate() {
            covered.insert(group);
            for &(other, by) in &self.active[..at] {
                let pair = (group.max(other), group.min(other));
                if other != group {
                    met.insert(pair);
                    if options.between_coders || coder == by {
                        both.insert(pair);
                    }
                }
            }
        }
        for group in covered {
            table.own_chars[group] += length;
        }
        for (a, b) in both {
            let at = table.at(a, b);
            table.both_chars[at] += length;
        }
        for (a, b) in met {
            let at = table.at(a, b);
            table.met[at] += length;
        }
    }
}

/// The codings of a code; where overlaps are counted, merged ones once.
pub(super) fn own_segments(
    project: &Project,
    groups: &CodeGroups,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
    code: usize,
) -> Vec<Segment> {
    let admission = Admission::new(project, &options.filter, load);
    let mut found = Vec::new();
    for document in by_title(project, options) {
        let mut codings = grouped_codings(document, groups, &admission);
        codings.retain(|coding| coding.group == code);
        if options.by == CooccurrenceUnit::Overlap {
            codings = counted_once(&codings, options, |own| (own.code, own.range, own.coder));
        }
        found.extend(
            codings
                .into_iter()
                .map(|own| segment(document, &document.codings[own.at], own.range)),
        );
    }
    found
}

fn by_title<'a>(project: &'a Project, options: &CooccurrenceOptions) -> Vec<&'a Document> {
    let mut documents = picked(project, &options.filter);
    documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    documents.into_iter().map(std::sync::Arc::as_ref).collect()
}

/// The codings of two codes that share a character, each with what is shared.
pub(super) fn segments(
    project: &Project,
    groups: &CodeGroups,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
    a: usize,
    b: usize,
) -> Vec<Segment> {
    let admission = Admission::new(project, &options.filter, load);
    let mut found = Vec::new();
    for document in by_title(project, options) {
        let mut codings = grouped_codings(document, groups, &admission);
        codings.retain(|coding| coding.group == a || coding.group == b);
        found.extend(
            pairs(&codings, options)
                .into_iter()
                .map(|pair| segment(document, &document.codings[pair.at], pair.shared)),
        );
    }
    found
}
