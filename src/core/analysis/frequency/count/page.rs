//! Counting a document from its columns in a ledger, which reads a tenth of the memory.

use std::collections::BTreeSet;

use super::{CoderCount, CodingSums, Counting};
use crate::{
    analysis::ledger::{Ledger, Page},
    model::{ids::CoderId, text::TextRange},
};

impl Counting<'_> {
    /// Counts a document whose codings are all in the same rows.
    pub(super) fn count_page(&mut self, page: Page<'_>, ledger: &Ledger, rows: &[u32]) {
        self.count_columns(page, ledger);
        let layout = self.layout;
        let width = self.in_columns.len();
        let n_total: u32 = (0u32..)
            .zip(&self.in_columns)
            .filter(|(column, _)| layout.is_topmost(*column))
            .map(|(_, n)| n)
            .sum();
        let weight = self.weight;
        self.total.add(0, n_total, weight);
        add(&mut self.column_sums, 0, &self.in_columns, weight);
        for &row in rows {
            let row = row as usize;
            self.row_sums.add(row, n_total, weight);
            add(&mut self.cell_sums, row * width, &self.in_columns, weight);
            if rows.len() > 1 {
                let shared = &mut self.shared[row * width..(row + 1) * width];
                shared
                    .iter_mut()
                    .zip(&self.in_columns)
                    .for_each(|(sum, n)| *sum += n);
            }
        }
        if rows.len() > 1 {
            let several = self.several.iter_mut().zip(&self.in_columns);
            several.for_each(|(sum, n)| *sum += u64::from(*n));
        }
    }

    /// Counts the codings of a document under each column.
    fn count_columns(&mut self, page: Page<'_>, ledger: &Ledger) {
        let layout = self.layout;
        let all_coders = self.coders.len() == 0;
        self.in_columns.fill(0);
        let mut seen: Vec<(u32, CoderId)> = Vec::new();
        let (mut passage, mut is_first) = (None, true);
        let merges = self.counting == CoderCount::Merged;
        let mut own = page.merged.iter().zip(page.passages);
        let is_merged =
            merges && own.any(|(merged, own)| merged.is_some_and(|merged| merged != *own));
        let mut merged_seen: BTreeSet<(TextRange, u32)> = BTreeSet::new();
        let codings = page.codes.iter().zip(page.coders).zip(page.passages);
        for (((&code, &coder), &own), &merged) in codings.zip(page.merged) {
            // Merged, it doesn't matter who coded.
            let (range, coder) = if merges {
                let Some(merged) = merged else { continue };
                (merged, CoderId::from_u128(0))
            } else {
                (own, ledger.coder(coder))
            };
            if !all_coders && self.coders.get(coder).is_none() {
                continue;
            }
            let chain = layout.chain(layout.of_ledger(code));
            if !self.options.roll_up {
                if let &[column] = chain {
                    self.in_columns[column as usize] += 1;
                }
                continue;
            }
            if is_merged {
                // Merged passages are in no order, so all of the document are remembered.
                for &column in chain {
                    if merged_seen.insert((range, column)) {
                        self.in_columns[column as usize] += 1;
                    }
                }
                continue;
            }
            if passage != Some(range) {
                (passage, is_first) = (Some(range), true);
                seen.clear();
            }
            for &column in chain {
                // Nearly all passages have one coding, whose columns all differ and needn't be compared.
                if is_first || !seen.contains(&(column, coder)) {
                    seen.push((column, coder));
                    self.in_columns[column as usize] += 1;
                }
            }
            is_first = false;
        }
    }
}

/// Adds numbers of codings to a stretch of sums.
fn add(sums: &mut CodingSums, from: usize, more: &[u32], weight: f64) {
    for (at, &number) in (from..).zip(more) {
        sums.add(at, number, weight);
    }
}
