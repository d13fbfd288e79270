//! Counting a document from its columns in a ledger, which reads a tenth of the memory.

use super::Counting;
use crate::analysis::ledger::{Ledger, Page};

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
        self.total.counts[0] += n_total;
        add(&mut self.column_sums.counts, &self.in_columns);
        for &row in rows {
            let row = row as usize;
            self.row_sums.counts[row] += n_total;
            let cells = &mut self.cell_sums.counts[row * width..(row + 1) * width];
            add(cells, &self.in_columns);
        }
    }

    /// Counts the codings of a document under each column.
    fn count_columns(&mut self, page: Page<'_>, ledger: &Ledger) {
        let layout = self.layout;
        let all_coders = self.coders.len() == 0;
        self.in_columns.fill(0);
        let seen = &mut self.passage.seen;
        let (mut passage, mut is_first) = (None, true);
        for ((&code, &coder), &range) in page.codes.iter().zip(page.coders).zip(page.passages) {
            let coder = ledger.coder(coder);
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

fn add(sums: &mut [u32], more: &[u32]) {
    sums.iter_mut().zip(more).for_each(|(sum, n)| *sum += n);
}
