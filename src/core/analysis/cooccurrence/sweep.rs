//! Co-occurrence by overlap, in one pass over each document.
//!
//! Codings come in the order of their starts; those that haven't ended yet are kept at hand, so that each is compared only
//! with codings that it can overlap.

use crate::{
    analysis::frequency::{picked, table::Segment},
    model::{Project, document::Document, natural_key},
};

use super::{
    CoOccurrence, CodeGroups, CooccurrenceOptions, GroupedCoding, grouped_codings, segment,
};

/// Counts codings, pairs and, where options ask for it, characters.
pub(super) fn count(project: &Project, groups: &CodeGroups, table: &mut CoOccurrence) {
    let options = table.options.clone();
    let mut spans = Spans::new(table.codes.len());
    for document in picked(project, &options.filter) {
        let mut open: Vec<GroupedCoding> = Vec::new();
        for coding in grouped_codings(document, groups, &options) {
            table.own[coding.group] += 1;
            open.retain(|before| before.range.end() > coding.range.start());
            for before in &open {
                if is_pair(document, &options, before, &coding) {
                    table.add(before.group, coding.group);
                }
            }
            open.push(coding);
        }
        if options.characters {
            spans.add(document, groups, table, &options);
        }
    }
}

/// Returns true if two codings that share a character are a pair.
fn is_pair(
    document: &Document,
    options: &CooccurrenceOptions,
    a: &GroupedCoding,
    b: &GroupedCoding,
) -> bool {
    let (coding_a, coding_b) = (&document.codings[a.at], &document.codings[b.at]);
    a.group != b.group && (!options.within_coder || coding_a.coder == coding_b.coder)
}

/// The characters that codes cover in one document.
struct Spans {
    /// How many codings of each code cover the current position.
    depth: Vec<u32>,
    edges: Vec<Edge>,
    /// The codes that cover the current position.
    active: Vec<usize>,
}

/// A position where a coding of a code ends or starts.
///
/// The order puts ends before starts at one position, so that codings that only touch share nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    at: u32,
    is_start: bool,
    group: usize,
}

impl Spans {
    fn new(codes: usize) -> Self {
        Self {
            depth: vec![0; codes],
            edges: Vec::new(),
            active: Vec::new(),
        }
    }

    /// Adds the length of the text between each two edges to the codes that cover it, and to their pairs.
    fn add(
        &mut self,
        document: &Document,
        groups: &CodeGroups,
        table: &mut CoOccurrence,
        options: &CooccurrenceOptions,
    ) {
        self.edges.clear();
        for GroupedCoding { range, group, .. } in grouped_codings(document, groups, options) {
            let edges = [(range.start(), true), (range.end(), false)];
            let edges = edges.map(|(at, is_start)| Edge {
                at,
                is_start,
                group,
            });
            self.edges.extend(edges);
        }
        self.edges.sort_unstable();
        let mut from = 0;
        for &Edge {
            at,
            is_start,
            group,
        } in &self.edges
        {
            let length = (at - from) as usize;
            if length > 0 {
                table.add_characters(&self.active, length);
            }
            from = at;
            // Codings of one code can overlap one another; their characters count once.
            let depth = &mut self.depth[group];
            if is_start {
                *depth += 1;
                if *depth == 1 {
                    self.active.push(group);
                }
            } else {
                *depth -= 1;
                if *depth == 0 {
                    self.active.retain(|active| *active != group);
                }
            }
        }
    }
}

/// The codings of two codes that share a character, each with what is shared.
pub(super) fn segments(
    project: &Project,
    groups: &CodeGroups,
    options: &CooccurrenceOptions,
    a: usize,
    b: usize,
) -> Vec<Segment> {
    let mut documents = picked(project, &options.filter);
    documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    let mut found = Vec::new();
    for document in documents {
        let mut open: Vec<GroupedCoding> = Vec::new();
        for later in grouped_codings(document, groups, options)
            .filter(|coding| coding.group == a || coding.group == b)
        {
            open.retain(|before| before.range.end() > later.range.start());
            for before in &open {
                let shared = before.range.intersection(later.range);
                if let Some(shared) = shared.filter(|shared| !shared.is_empty())
                    && is_pair(document, options, before, &later)
                {
                    found.push(segment(document, &document.codings[later.at], shared));
                }
            }
            open.push(later);
        }
    }
    found
}
