//! Sums of codings, documents and characters, and the figures made of them.

use crate::model::text::TextRange;

use super::{
    Measure,
    table::{UndefinedReason, Value},
};

/// Whether a measure needs to know documents and characters, not only how many codings there are.
pub(super) fn spreads(measure: Measure) -> bool {
    match measure {
        Measure::Documents | Measure::Characters | Measure::Share => true,
        Measure::Codings | Measure::Presence | Measure::Per1000 => false,
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
    /// The document added last, and where what is covered in it ends.
    reach: Option<(u32, u32)>,
}

impl Sums {
    /// Sums of nothing.
    pub(super) fn new(len: usize, measure: Measure) -> Self {
        let spreads = if spreads(measure) { vec![Spread::default(); len] } else { Vec::new() };
        Self { counts: vec![0; len], spreads }
    }

    /// Adds what a coding covers; codings come by document and start.
    pub(super) fn spread(&mut self, at: usize, document: u32, range: TextRange) {
        if let Some(spread) = self.spreads.get_mut(at) {
            spread.add(document, range);
        }
    }

    /// The figure over documents with so many characters.
    pub(super) fn value(&self, at: usize, measure: Measure, documents: usize, chars: u64) -> Value {
        if documents == 0 {
            return Value::NoDocument;
        }
        let count = u64::from(self.counts[at]);
        let spread = self.spreads.get(at).cloned().unwrap_or_default();
        match measure {
            Measure::Codings => Value::Count(count),
            Measure::Documents => Value::Count(spread.documents),
            Measure::Characters => Value::Count(spread.chars),
            Measure::Presence => Value::Present(count > 0),
            Measure::Share | Measure::Per1000 if chars == 0 => Value::Undefined(UndefinedReason::NoText),
            Measure::Share => Value::Share(spread.chars as f64 / chars as f64),
            Measure::Per1000 => Value::Rate(count as f64 * 1000.0 / chars as f64),
        }
    }
}

impl Spread {
    fn add(&mut self, document: u32, range: TextRange) {
        let covered = match self.reach {
            Some((last, reach)) if last == document => reach,
            _ => {
                self.documents += 1;
                0
            }
        };
        self.chars += u64::from(range.end().saturating_sub(range.start().max(covered)));
        self.reach = Some((document, range.end().max(covered)));
    }
}
