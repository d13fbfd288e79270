//! Overlaps, by going once through each document's codings in the order of their starts with those that haven't ended yet at hand.

use crate::model::{Project, document::Document, natural_key, text::TextRange};

use super::{CoOccurrence, CooccurrenceOptions, Groups, Marked, documents, marked, segment};
use crate::analysis::frequency::table::Segment;

/// Counts codings, pairs and, where asked for, characters.
pub(super) fn count(project: &Project, groups: &Groups, table: &mut CoOccurrence) {
    let options = table.options.clone();
    let mut spans = Spans::new(table.codes.len());
    for document in documents(project, &options) {
        let mut open: Vec<Marked> = Vec::new();
        for mark in marked(document, groups, &options) {
            table.own[mark.group] += 1;
            open.retain(|before| before.range.end() > mark.range.start());
            for before in &open {
                if is_pair(document, &options, before, &mark) {
                    table.add(before.group, mark.group);
                }
            }
            open.push(mark);
        }
        if options.characters {
            spans.add(document, groups, table);
        }
    }
}

/// Whether two codings that share a character are a pair.
fn is_pair(document: &Document, options: &CooccurrenceOptions, a: &Marked, b: &Marked) -> bool {
    let coder = |mark: &Marked| document.codings.get(mark.at).map(|coding| coding.coder);
    a.group != b.group && (!options.within_coder || coder(a) == coder(b))
}

/// The characters that codes cover in one document.
struct Spans {
    /// How many codings of each code cover the present place.
    depth: Vec<u32>,
    /// Where codings of a code start (+1) and end (-1).
    edges: Vec<(u32, bool, usize)>,
    /// The codes that cover the present place.
    active: Vec<usize>,
}

impl Spans {
    fn new(codes: usize) -> Self {
        Self {
            depth: vec![0; codes],
            edges: Vec::new(),
            active: Vec::new(),
        }
    }

    /// Adds the lengths of all stretches between two edges to the codes and pairs of codes that cover them.
    fn add(&mut self, document: &Document, groups: &Groups, table: &mut CoOccurrence) {
        let options = table.options.clone();
        self.edges.clear();
        for mark in marked(document, groups, &options) {
            self.edges.push((mark.range.start(), true, mark.group));
            self.edges.push((mark.range.end(), false, mark.group));
        }
        self.edges.sort_unstable();
        let mut from = 0;
        for &(at, starts, group) in &self.edges {
            let length = (at - from) as usize;
            if length > 0 {
                for (number, &a) in self.active.iter().enumerate() {
                    table.own_chars[a] += length;
                    for &b in &self.active[..number] {
                        let pair = table.at(a, b);
                        table.both_chars[pair] += length;
                    }
                }
            }
            from = at;
            self.depth[group] = if starts {
                self.depth[group] + 1
            } else {
                self.depth[group].saturating_sub(1)
            };
            match (starts, self.depth[group]) {
                (true, 1) => self.active.push(group),
                (false, 0) => self.active.retain(|active| *active != group),
                _ => {}
            }
        }
    }
}

/// The codings of two codes that share a character, each with what is shared.
pub(super) fn segments(
    project: &Project,
    groups: &Groups,
    options: &CooccurrenceOptions,
    pair: (usize, usize),
) -> Vec<Segment> {
    let mut picked = documents(project, options);
    picked.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    let mut found = Vec::new();
    for document in picked {
        let mut open: Vec<Marked> = Vec::new();
        for mark in marked(document, groups, options)
            .filter(|mark| mark.group == pair.0 || mark.group == pair.1)
        {
            open.retain(|before| before.range.end() > mark.range.start());
            let others = open
                .iter()
                .filter(|before| is_pair(document, options, before, &mark));
            let shared = others.filter_map(|before| {
                before
                    .range
                    .intersection(mark.range)
                    .filter(|shared: &TextRange| !shared.is_empty())
            });
            found.extend(shared.filter_map(|shared| segment(document, mark.at, shared)));
            open.push(mark);
        }
    }
    found
}
