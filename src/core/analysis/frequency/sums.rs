//! Sums over codings, from which the figures of a table are made.

use crate::model::text::TextRange;

use super::{Measure, table::Measured};

/// Sums for each cell, row or column: numbers of codings and, if the measure needs it, what they cover.
#[derive(Debug)]
pub(super) struct CodingSums {
    /// Codings.
    pub(super) counts: Vec<u32>,
    /// Empty if the measure is made of numbers of codings alone, which saves most of the memory.
    spreads: Vec<Spread>,
}

/// What codings cover.
///
/// They are added in the order of their documents and starts, so that overlaps can be left out in one pass.
#[derive(Debug, Clone, Default)]
pub(super) struct Spread {
    /// Documents with a coding.
    pub(super) documents: u64,
    /// Characters covered, each once.
    pub(super) chars: u64,
    /// Words covered, each once.
    pub(super) words: u64,
    /// Numbers of topmost cases, one for each document with a coding; duplicates are removed at the end.
    cases: Vec<u32>,
    /// The document added last, and the end of what is covered in it.
    reach: Option<(u32, u32)>,
}

impl CodingSums {
    /// Sums of nothing.
    pub(super) fn new(len: usize, measure: Measure) -> Self {
        let spreads = if measure.is_of_counts() {
            Vec::new()
        } else {
            vec![Spread::default(); len]
        };
        Self {
            counts: vec![0; len],
            spreads,
        }
    }

    /// Adds what a coding covers; codings must come in the order of their documents and starts.
    pub(super) fn spread(&mut self, at: usize, document: &CurrentDocument<'_>, range: TextRange) {
        if let Some(spread) = self.spreads.get_mut(at) {
            spread.add(document, range);
        }
    }

    /// The figure of a cell, as a part of `whole`.
    pub(super) fn value(&self, at: usize, measure: Measure, whole: &Whole) -> Measured {
        // Measures that count codings keep no spreads and don't look at this one.
        let nothing = Spread::default();
        let spread = self.spreads.get(at).unwrap_or(&nothing);
        measure.value(self.counts[at], spread, whole)
    }
}

/// The document whose codings are being added.
#[derive(Debug, Clone, Copy)]
pub(super) struct CurrentDocument<'a> {
    /// The number of the document.
    pub(super) number: u32,
    /// The positions where its words begin; empty unless words are measured.
    pub(super) words: &'a [u32],
    /// The numbers of its topmost cases; empty unless cases are measured.
    pub(super) cases: &'a [u32],
}

/// What a figure is a part of or a rate over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    /// Documents.
    pub(super) documents: usize,
    /// Their characters.
    pub(super) chars: u64,
    /// Codings of the row.
    pub(super) row: u32,
    /// Codings of the column.
    pub(super) column: u32,
}

impl Spread {
    /// How many different topmost cases have a document with a coding.
    pub(super) fn n_cases(&self) -> u64 {
        let mut cases = self.cases.clone();
        cases.sort_unstable();
        cases.dedup();
        cases.len() as u64
    }

    fn add(&mut self, document: &CurrentDocument<'_>, range: TextRange) {
        let covered = match self.reach {
            Some((last, reach)) if last == document.number => reach,
            _ => {
                self.documents += 1;
                self.cases.extend(document.cases);
                0
            }
        };
        let fresh = range.start().max(covered)..range.end();
        self.chars += u64::from(fresh.end.saturating_sub(fresh.start));
        let words_before_end = document.words.partition_point(|&word| word < fresh.end);
        let words_before_start = document.words.partition_point(|&word| word < fresh.start);
        // A coding inside what is covered already has its end before its fresh start, and adds nothing.
        self.words += words_before_end.saturating_sub(words_before_start) as u64;
        self.reach = Some((document.number, range.end().max(covered)));
    }
}
