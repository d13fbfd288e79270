//! Co-occurrence: which codes come up together in the same words, turn, document or case.
//!
//! By overlap, codings are compared: n1 and n2 are the codings of each code and n12 the pairs of codings, one of each, that share at least one character;
//! touching is not sharing. By turn, document or case, those units are compared: n1 and n2 have a coding of each code, n12 have both.
//! If themes are compared, each includes the codes below it, and codings of two subcodes of one theme are not a pair.

mod sweep;
#[cfg(test)]
mod tests;
mod units;

use std::sync::Arc;

use crate::{
    model::{
        Project,
        document::Document,
        ids::{CodeId, OfCode},
        text::TextRange,
    },
    statistics::{Figure, association},
};

use super::{
    frequency::{
        Filter, Loader, picked,
        table::{CodeColumn, Segment},
    },
    numbering::Numbering,
};

/// Where two codes must both be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CooccurrenceUnit {
    /// On a shared character.
    #[default]
    Overlap,
    /// In the same turn.
    Turn,
    /// In the same document.
    Document,
    /// In documents of the same case.
    Case,
}

/// Which codes are compared, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CooccurrenceOptions {
    /// Where two codes must both be.
    pub by: CooccurrenceUnit,
    /// Whether themes, each with all codes below it, are compared in place of codes.
    pub themes: bool,
    /// Whether two codings must be one coder's; otherwise one coder's coding meets another's too. For overlaps only.
    pub within_coder: bool,
    /// Whether shared characters are measured too. For overlaps only.
    pub characters: bool,
    /// What counts.
    pub filter: Filter,
}

/// How often codes come up together.
#[derive(Debug, Clone, PartialEq)]
pub struct CoOccurrence {
    /// The codes or themes, in the order of the tree.
    pub codes: Vec<CodeColumn>,
    /// What was compared.
    pub options: CooccurrenceOptions,
    /// Codings, or units, of each code.
    own: Vec<usize>,
    /// Pairs, or units with both; the row's number is above the column's.
    both: Vec<usize>,
    /// Characters that each code covers, and each pair.
    own_chars: Vec<usize>,
    both_chars: Vec<usize>,
}

/// Counts how often codes come up together; turns that `load` can't read have no codes.
pub fn cooccurrence(
    project: &Project,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
) -> CoOccurrence {
    let groups = Groups::new(project, options);
    let n = groups.columns.len();
    let mut table = CoOccurrence {
        codes: groups.columns.clone(),
        options: options.clone(),
        own: vec![0; n],
        both: vec![0; n * n],
        own_chars: vec![0; n],
        both_chars: vec![0; n * n],
    };
    match options.by {
        CooccurrenceUnit::Overlap => sweep::count(project, &groups, &mut table),
        CooccurrenceUnit::Turn | CooccurrenceUnit::Document | CooccurrenceUnit::Case => {
            units::count(project, &groups, load, &mut table);
        }
    }
    table
}

impl CoOccurrence {
    /// Codings, or units, of a code.
    pub fn own(&self, code: usize) -> usize {
        self.own.get(code).copied().unwrap_or(0)
    }

    /// Pairs of codings, or units with both codes.
    pub fn both(&self, a: usize, b: usize) -> usize {
        self.both.get(self.at(a, b)).copied().unwrap_or(0)
    }

    /// The share of what either has that both have: of characters by overlap, else of units.
    ///
    /// # Errors
    /// Neither code is used.
    pub fn jaccard(&self, a: usize, b: usize) -> Figure {
        let (own, both) = match self.options.by {
            CooccurrenceUnit::Overlap => (&self.own_chars, &self.both_chars),
            CooccurrenceUnit::Turn | CooccurrenceUnit::Document | CooccurrenceUnit::Case => {
                (&self.own, &self.both)
            }
        };
        let of = |code: usize| own.get(code).copied().unwrap_or(0);
        let both = both.get(self.at(a, b)).copied().unwrap_or(0);
        association::jaccard(both, of(a) + of(b) - both)
    }

    /// n12 / (n1 + n2 - n12).
    ///
    /// # Errors
    /// See [`association::c_coefficient`].
    pub fn c_coefficient(&self, a: usize, b: usize) -> Figure {
        association::c_coefficient(self.own(a), self.own(b), self.both(a, b))
    }

    /// Whether there are more pairs than codings of one of the codes.
    pub fn is_out_of_range(&self, a: usize, b: usize) -> bool {
        association::is_out_of_range(self.own(a), self.own(b), self.both(a, b))
    }

    /// Characters that both codes cover; measured only where options ask for it.
    pub fn shared_characters(&self, a: usize, b: usize) -> usize {
        self.both_chars.get(self.at(a, b)).copied().unwrap_or(0)
    }

    /// The codings behind a pair of codes, by document title and place.
    pub fn pair_segments(
        &self,
        project: &Project,
        load: &Loader<'_>,
        a: usize,
        b: usize,
    ) -> Vec<Segment> {
        let groups = Groups::new(project, &self.options);
        match self.options.by {
            CooccurrenceUnit::Overlap => sweep::segments(project, &groups, &self.options, (a, b)),
            CooccurrenceUnit::Turn | CooccurrenceUnit::Document | CooccurrenceUnit::Case => {
                units::segments(project, &groups, &self.options, load, (a, b))
            }
        }
    }

    fn at(&self, a: usize, b: usize) -> usize {
        a.max(b) * self.codes.len() + a.min(b)
    }

    fn add(&mut self, a: usize, b: usize) {
        let at = self.at(a, b);
        self.both[at] += 1;
    }
}

/// Codes by the number of the column they stand in.
struct Groups {
    columns: Vec<CodeColumn>,
    codes: Numbering<OfCode>,
    /// The column of each numbered code, and of none last.
    of: Vec<Option<usize>>,
}

impl Groups {
    fn new(project: &Project, options: &CooccurrenceOptions) -> Self {
        let book = &project.codebook;
        let tree = book.in_order();
        let wanted = &options.filter.codes;
        let mut groups = Self {
            columns: Vec::new(),
            codes: Numbering::new(tree.iter().map(|(_, code)| code.id)),
            of: Vec::new(),
        };
        for (depth, code) in &tree {
            let shown = if options.themes {
                *depth == 0
            } else {
                wanted.is_empty() || wanted.contains(&code.id)
            };
            if shown {
                groups
                    .columns
                    .push(CodeColumn::of_code(book, code, *depth, true));
            }
            let own = shown || (options.themes && *depth > 0);
            groups.of.push(if own {
                groups.columns.len().checked_sub(1)
            } else {
                None
            });
        }
        groups.of.push(None);
        groups
    }

    fn of(&self, code: CodeId) -> Option<usize> {
        self.of.get(self.codes.get(code)? as usize).copied()?
    }
}

/// A coding that counts.
#[derive(Debug, Clone, Copy)]
struct Marked {
    range: TextRange,
    group: usize,
    /// Its place in the document's list.
    at: usize,
}

/// The codings of a document that count, by start.
fn marked<'a>(
    document: &'a Document,
    groups: &'a Groups,
    options: &'a CooccurrenceOptions,
) -> impl Iterator<Item = Marked> + 'a {
    let coders = &options.filter.coders;
    let of_coder = move |coding: &&crate::model::coding::Coding| {
        coders.is_empty() || coders.contains(&coding.coder)
    };
    let mark = |(at, coding): (usize, &crate::model::coding::Coding)| {
        Some(Marked {
            range: coding.range,
            group: groups.of(coding.code)?,
            at,
        })
    };
    document
        .codings
        .iter()
        .enumerate()
        .filter(move |(_, coding)| of_coder(coding))
        .filter_map(mark)
}

/// The documents that count.
fn documents<'a>(project: &'a Project, options: &CooccurrenceOptions) -> Vec<&'a Arc<Document>> {
    picked(project, &options.filter)
}

fn segment(document: &Document, at: usize, range: TextRange) -> Option<Segment> {
    Some(Segment {
        document: document.id,
        coding: document.codings.get(at)?.id,
        range,
    })
}
