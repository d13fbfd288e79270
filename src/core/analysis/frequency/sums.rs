//! Sums over codings, from which the figures of a table are made.

use crate::{analysis::merging::CoderCount, model::text::TextRange};

use super::{Measure, table::Measured};

/// Sums for each cell, row or column: numbers of codings and, if the measure needs it, what they cover.
#[derive(Debug)]
pub(super) struct CodingSums {
    /// Codings.
    pub(super) counts: Vec<u32>,
    /// Their means over coders; empty unless those are taken.
    means: Vec<f64>,
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
    /// Numbers of the topmost cases that codings are given to; duplicates are removed at the end.
    cases: Vec<u32>,
    /// The document added last, and the end of what is covered in it.
    reach: Option<(u32, u32)>,
}

impl CodingSums {
    /// Sums of nothing.
    pub(super) fn new(len: usize, measure: Measure, counting: CoderCount) -> Self {
        let spreads = if measure.is_of_counts() {
            Vec::new()
        } else {
            vec![Spread::default(); len]
        };
        Self {
            counts: vec![0; len],
            means: if counting == CoderCount::Average {
                vec![0.0; len]
            } else {
                Vec::new()
            },
            spreads,
        }
    }

    /// Adds codings, each of which counts as much as `weight` in a mean over coders.
    pub(super) fn add(&mut self, at: usize, number: u32, weight: f64) {
        self.counts[at] += number;
        if let Some(mean) = self.means.get_mut(at) {
            *mean += f64::from(number) * weight;
        }
    }

    /// How many codings there are.
    pub(super) fn amount(&self, at: usize) -> Amount {
        Amount {
            number: self.counts[at],
            mean: self.means.get(at).copied(),
        }
    }

    /// Adds what a coding covers; codings must come in the order of their documents and starts.
    pub(super) fn spread(
        &mut self,
        at: usize,
        document: &CurrentDocument<'_>,
        coding: &Spreading<'_>,
    ) {
        if let Some(spread) = self.spreads.get_mut(at) {
            spread.add(document, coding);
        }
    }

    /// The figure of a cell, as a part of `whole`.
    pub(super) fn value(&self, at: usize, measure: Measure, whole: &Whole) -> Measured {
        // Measures that count codings keep no spreads and don't look at this one.
        let nothing = Spread::default();
        let spread = self.spreads.get(at).unwrap_or(&nothing);
        measure.value(self.amount(at), spread, whole)
    }
}

/// How many codings there are, and how many in the mean over coders if that is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    /// The codings.
    pub(super) number: u32,
    /// Their mean.
    pub(super) mean: Option<f64>,
}

impl Amount {
    /// The number that counts.
    pub(super) fn amount(self) -> f64 {
        self.mean.unwrap_or_else(|| f64::from(self.number))
    }

    /// The number that counts, as a figure.
    pub(super) fn measured(self) -> Measured {
        let whole = Measured::Count(self.number.into());
        self.mean.map_or(whole, Measured::Mean)
    }
}

/// The document whose codings are being added.
#[derive(Debug, Clone, Copy)]
pub(super) struct CurrentDocument<'a> {
    /// The number of the document.
    pub(super) number: u32,
    /// The positions where its words begin; empty unless words are measured.
    pub(super) words: &'a [u32],
}

/// A coding whose extent is added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spreading<'a> {
    /// The passage.
    pub(super) range: TextRange,
    /// The numbers of the topmost cases that it is given to; empty unless cases are measured.
    pub(super) families: &'a [u32],
}

/// What a figure is a part of or a rate over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    /// Documents.
    pub(super) documents: usize,
    /// Their characters.
    pub(super) chars: u64,
    /// The words that the row's people say in them.
    pub(super) words: u64,
    /// Codings of the row.
    pub(super) row: f64,
    /// Codings of the column.
    pub(super) column: f64,
}

impl Spread {
    /// How many different topmost cases have a document with a coding.
    pub(super) fn n_cases(&self) -> u64 {
        let mut cases = self.cases.clone();
        cases.sort_unstable();
        cases.dedup();
        cases.len() as u64
    }

    fn add(&mut self, document: &CurrentDocument<'_>, coding: &Spreading<'_>) {
        let range = coding.range;
        // A theme that a family has a hundred times is still listed a few times only.
        if !self.cases.ends_with(coding.families) {
            self.cases.extend(coding.families);
        }
        let covered = match self.reach {
            Some((last, reach)) if last == document.number => reach,
            _ => {
                self.documents += 1;
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
