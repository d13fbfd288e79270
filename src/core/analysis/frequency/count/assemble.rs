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
        let measure = self.options.measure;
        let (n_rows, n_columns) = (self.rows.len(), self.layout.columns.len());
        let whole_table = Whole {
            documents: documents.len(),
            chars: documents
                .iter()
                .map(|counted| u64::from(counted.document.len_chars()))
                .sum(),
            row: self.total.counts[0],
            column: self.total.counts[0],
        };
        let (behind, ends) = self.sorted();
        let mut row_totals = Vec::with_capacity(n_rows);
        let mut cells = Vec::with_capacity(n_rows * n_columns);
        for row in 0..n_rows {
            let whole_row = Whole {
                documents: self.rows[row].documents,
                chars: self.rows[row].chars,
                row: self.row_sums.counts[row],
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
            column: self.column_sums.counts[column],
            ..whole
        }
    }

    /// In how many rows a column is present, of the named rows that have documents.
    fn rows_with(&self, column: usize) -> OfN {
        let mut found = OfN::default();
        for (number, row) in self.rows.iter().enumerate() {
            if row.key != RowKey::None && row.documents > 0 {
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
