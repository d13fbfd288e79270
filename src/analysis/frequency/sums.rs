//! Sums of codings, documents and characters, and the figures made of them.

use crate::{model::text::TextRange, statistics::Undefined};

use super::{Measure, table::Measured};

/// Whether a measure needs to know documents and characters, not only how many codings there are.
pub(super) fn spreads(measure: Measure) -> bool {
    match measure {
        Measure::Documents
        | Measure::Characters
        | Measure::Share
        | Measure::Cases
        | Measure::Words => true,
        Measure::Codings
        | Measure::Presence
        | Measure::Per1000
        | Measure::RowShare
        | Measure::ColumnShare => false,
    }
}

/// Counts of codings and, where the measure asks for it, how far they spread.
#[derive(Debug)]
pub(super) struct Sums {
    /// Codings.
    pub(super) counts: Vec<u32>,
    /// Empty when the measure needs none.
    spreads: Vec<Spread>,
}

/// Documents and characters that codings cover, added by document and start.
#[derive(Debug, Clone, Default)]
struct Spread {
    documents: u64,
    chars: u64,
    words: u64,
    /// Numbers of topmost cases, each as often as a document of it has a coding.
    cases: Vec<u32>,
    /// The document added last, and where what is covered in it ends.
    reach: Option<(u32, u32)>,
}

impl Sums {
    /// Sums of nothing.
    pub(super) fn new(len: usize, measure: Measure) -> Self {
        let spreads = if spreads(measure) {
            vec![Spread::default(); len]
        } else {
            Vec::new()
        };
        Self {
            counts: vec![0; len],
            spreads,
        }
    }

    /// Adds what a coding covers; codings come by document and start.
    pub(super) fn spread(&mut self, at: usize, document: &Present<'_>, range: TextRange) {
        if let Some(spread) = self.spreads.get_mut(at) {
            spread.add(document, range);
        }
    }

    /// The figure over documents with so many characters; `whole` is the number of codings that shares are of.
    pub(super) fn value(&self, at: usize, measure: Measure, whole: &Whole) -> Measured {
        let &Whole {
            documents,
            chars,
            row,
            column,
        } = whole;
        if documents == 0 {
            return Measured::NoDocument;
        }
        let count = u64::from(self.counts[at]);
        let nothing = Spread::default();
        let spread = self.spreads.get(at).unwrap_or(&nothing);
        let share = |of: u32, otherwise| {
            if of == 0 {
                Measured::Undefined(otherwise)
            } else {
                Measured::Share(count as f64 / f64::from(of))
            }
        };
        match measure {
            Measure::RowShare => share(row, Undefined::ZeroRowTotal),
            Measure::ColumnShare => share(column, Undefined::ZeroColumnTotal),
            Measure::Cases => Measured::Count(spread.n_cases()),
            Measure::Words => Measured::Count(spread.words),
            Measure::Codings => Measured::Count(count),
            Measure::Documents => Measured::Count(spread.documents),
            Measure::Characters => Measured::Count(spread.chars),
            Measure::Presence => Measured::Present(count > 0),
            Measure::Share | Measure::Per1000 if chars == 0 => {
                Measured::Undefined(Undefined::NoText)
            }
            Measure::Share => Measured::Share(spread.chars as f64 / chars as f64),
            Measure::Per1000 => Measured::Rate(count as f64 * 1000.0 / chars as f64),
        }
    }
}

/// The document whose codings go by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Present<'a> {
    /// Its number.
    pub(super) number: u32,
    /// Where its words begin; empty unless words are measured.
    pub(super) words: &'a [u32],
    /// Its topmost cases by number; empty unless cases are measured.
    pub(super) cases: &'a [u32],
}

/// What a figure is a part of.
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
    /// How many different cases there are.
    fn n_cases(&self) -> u64 {
        let mut cases = self.cases.clone();
        cases.sort_unstable();
        cases.dedup();
        cases.len() as u64
    }

    fn add(&mut self, document: &Present<'_>, range: TextRange) {
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
        let before = |position: u32| document.words.partition_point(|&word| word < position);
        self.words += before(fresh.end).saturating_sub(before(fresh.start)) as u64;
        self.reach = Some((document.number, range.end().max(covered)));
    }
}
