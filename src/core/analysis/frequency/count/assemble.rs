//! From sums to a table: the figures of all cells and totals, and the sort that brings the codings of each cell together.

use crate::{
    analysis::frequency::{
        rows::CountedDocument,
        sums::Whole,
        table::{FrequencyCell, FrequencyTable, OfN, RowKey, SegmentRef},
    },
    model::ids::DocumentId,
};

use super::{CodingRun, Counting};

impl Counting<'_> {
    /// Makes the table; `unread` are the documents whose content was needed and couldn't be read.
    pub(super) fn finish(
        mut self,
        documents: &[CountedDocument<'_>],
        unread: Vec<DocumentId>,
    ) -> FrequencyTable {
        // In most tables every coding belongs to a named row, and the row for the others is empty.
        if self.rows.last().is_some_and(|row| row.documents == 0) {
            self.rows.pop();
        }
        if let Some(said) = &self.said {
            for (row, &words) in self.rows.iter_mut().zip(&said.rows) {
                row.words = words;
            }
        }
        let measure = self.options.measure;
        let (n_rows, n_columns) = (self.rows.len(), self.layout.columns.len());
        let whole_table = Whole {
            documents: documents.len(),
            chars: documents
                .iter()
                .map(|counted| u64::from(counted.document.len_chars()))
                .sum(),
            words: self.said.as_ref().map_or(0, |said| said.total),
            row: self.total.amount(0).amount(),
            column: self.total.amount(0).amount(),
        };
        let (behind, ends) = self.sorted();
        let mut row_totals = Vec::with_capacity(n_rows);
        let mut cells = Vec::with_capacity(n_rows * n_columns);
        for row in 0..n_rows {
            let whole_row = Whole {
                documents: self.rows[row].documents,
                chars: self.rows[row].chars,
                words: self.rows[row].words,
                row: self.row_sums.amount(row).amount(),
                ..whole_table
            };
            row_totals.push(self.row_sums.value(row, measure, &whole_row));
            for column in 0..n_columns {
                let at = row * n_columns + column;
                cells.push(FrequencyCell {
                    value: self
                        .cell_sums
                        .value(at, measure, &self.of_column(column, whole_row)),
                    segments: ends[at] - self.cell_sums.counts[at] as usize..ends[at],
                });
            }
        }
        let column_totals = (0..n_columns).map(|column| {
            let whole = self.of_column(column, whole_table);
            self.column_sums.value(column, measure, &whole)
        });
        FrequencyTable {
            column_totals: column_totals.collect(),
            row_totals,
            total: self.total.value(0, measure, &whole_table),
            with_it: (0..n_columns)
                .map(|column| self.rows_with(column))
                .collect(),
            columns: self.layout.columns.clone(),
            several: std::mem::take(&mut self.several),
            shared: {
                let mut shared = std::mem::take(&mut self.shared);
                shared.truncate(n_rows * n_columns);
                shared
            },
            counting: self.counting,
            coders: std::mem::take(&mut self.seen_coders),
            coders_of_rows: {
                let mut coders = std::mem::take(&mut self.coders_of_rows);
                coders.truncate(n_rows);
                coders
            },
            mixes_languages: self.said.as_ref().is_some_and(super::Said::mixes_languages),
            documents: documents.len(),
            chars: whole_table.chars,
            unread,
            behind,
            sources: documents
                .iter()
                .map(|counted| counted.document.id)
                .collect(),
            rows: self.rows,
            cells,
        }
    }

    /// The same whole, with the codings of one column.
    fn of_column(&self, column: usize, whole: Whole) -> Whole {
        Whole {
            column: self.column_sums.amount(column).amount(),
            ..whole
        }
    }

    /// In how many rows a column is present, of the named rows that have documents or codings.
    fn rows_with(&self, column: usize) -> OfN {
        let mut found = OfN::default();
        for (number, row) in self.rows.iter().enumerate() {
            let has_codings = self.row_sums.counts[number] > 0;
            if row.key != RowKey::None && (row.documents > 0 || has_codings) {
                found.of += 1;
                let count = self.cell_sums.counts[number * self.layout.columns.len() + column];
                found.with += usize::from(count > 0);
            }
        }
        found
    }

    /// The codings cell by cell, in the order in which they came, and where each cell ends.
    ///
    /// A counting sort: the number of codings of each cell is known, so each coding is moved once.
    fn sorted(&self) -> (Vec<SegmentRef>, Vec<usize>) {
        let width = self.layout.columns.len();
        let mut next = Vec::with_capacity(self.cell_sums.counts.len());
        let mut start = 0;
        for &count in &self.cell_sums.counts {
            next.push(start);
            start += count as usize;
        }
        // With a ledger no coding was kept; only the numbers of each cell are known.
        if self.ledger.is_some() {
            for (end, &count) in next.iter_mut().zip(&self.cell_sums.counts) {
                *end += count as usize;
            }
            return (Vec::new(), next);
        }
        let mut behind = vec![SegmentRef::default(); start];
        for CodingRun {
            document,
            rows,
            hits,
        } in &self.runs
        {
            for &row in &self.run_rows[rows.clone()] {
                let cells = &mut next[row as usize * width..(row as usize + 1) * width];
                for hit in &self.hits[hits.clone()] {
                    let at = &mut cells[hit.column as usize];
                    behind[*at] = SegmentRef {
                        document: *document,
                        coding: hit.coding,
                    };
                    *at += 1;
                }
            }
        }
        // Each cell's next place is now the end of the cell.
        (behind, next)
    }
}
