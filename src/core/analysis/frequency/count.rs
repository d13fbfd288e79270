//! The one pass over all codings, and the sort that brings the codings of each cell together.
//!
//! With a [`Ledger`], only figures are counted: documents that are in the same rows as a whole are counted from its columns, and no coding is kept.
//! Codings of one document that are in the same rows are one [`Run`]. In most tables a whole document is one, so its rows are looked up once.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    analysis::{
        ledger::{Ledger, Page},
        numbering::Numbering,
    },
    language::words::word_starts,
    model::{
        coding::Coding,
        ids::{CoderId, DocumentId, OfCoder},
        text::TextRange,
    },
};

use super::{
    FrequencyOptions, Loader, Measure,
    columns::Layout,
    placing::Placing,
    rows::{Picked, Place, Plan},
    sums::{Present, Sums, Whole},
    table::{FrequencyCell, FrequencyRow, FrequencyTable, OfN, RowKey, SegmentRef},
};

/// The state of the pass over all codings.
pub(super) struct Counting<'a> {
    options: &'a FrequencyOptions,
    layout: &'a Layout,
    /// Where the codings are counted from if only figures are needed.
    ledger: Option<&'a Ledger>,
    /// The coders that the filter names.
    coders: Numbering<OfCoder>,
    runs: Vec<Run>,
    /// The rows of all runs.
    run_rows: Vec<u32>,
    /// The codings of all runs, under each column they count in.
    hits: Vec<Hit>,
    cells: Sums,
    rows: Sums,
    columns: Sums,
    total: Sums,
    /// The codings of the present run under each column.
    here: Vec<u32>,
    /// The last document that was added to each row, so that none is added twice.
    touched: Vec<Option<u32>>,
    /// Where the words of the present document begin; read only when words are measured.
    words: Vec<u32>,
    /// The families of each row; collected only if cases are measured.
    families: Vec<BTreeSet<u32>>,
    /// The passage of the present coding, and the columns and coders counted for it; used when rolled up.
    passage: (TextRange, Vec<(u32, CoderId)>),
}

/// Codings of one document that are in the same rows.
#[derive(Debug)]
struct Run {
    document: u32,
    /// In `run_rows`.
    rows: Range<usize>,
    /// In `hits`.
    hits: Range<usize>,
}

/// A coding under a column.
#[derive(Debug, Clone, Copy)]
struct Hit {
    column: u32,
    coding: u32,
}

impl<'a> Counting<'a> {
    /// Prepares the sums of a table.
    pub(super) fn new(
        options: &'a FrequencyOptions,
        layout: &'a Layout,
        n_rows: usize,
        ledger: Option<&'a Ledger>,
    ) -> Self {
        let n_columns = layout.columns.len();
        let sums = |len| Sums::new(len, options.measure);
        Self {
            options,
            layout,
            ledger,
            coders: Numbering::new(options.filter.coders.iter().copied()),
            runs: Vec::new(),
            run_rows: Vec::new(),
            hits: Vec::new(),
            cells: sums(n_rows * n_columns),
            rows: sums(n_rows),
            columns: sums(n_columns),
            total: sums(1),
            here: vec![0; n_columns],
            touched: vec![None; n_rows],
            words: Vec::new(),
            families: vec![
                BTreeSet::new();
                if options.measure == Measure::Cases {
                    n_rows
                } else {
                    0
                }
            ],
            passage: (TextRange::between(0, 0), Vec::new()),
        }
    }

    /// Counts the documents of a plan.
    pub(super) fn run(mut self, plan: Plan<'_>, load: &Loader<'_>) -> FrequencyTable {
        let Plan {
            mut rows,
            picked,
            coders,
        } = plan;
        let nowhere = u32::try_from(rows.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let mut unread = Vec::new();
        let mut codes = Vec::new();
        if self.ledger.is_none() {
            self.hits.reserve(
                picked
                    .iter()
                    .map(|picked| picked.document.codings.len())
                    .sum(),
            );
        }
        for (number, picked) in (0u32..).zip(&picked) {
            self.enter(number, picked, nowhere, &mut rows);
            if self.options.measure == Measure::Words && !picked.document.codings.is_empty() {
                let content = load(picked.document);
                self.words = content
                    .as_deref()
                    .map_or_else(Vec::new, |content| word_starts(content.text.as_str()));
                unread.extend(content.is_none().then_some(picked.document.id));
            }
            if let (Some(ledger), Place::Whole(whole), None, false) = (
                self.ledger,
                &picked.place,
                &picked.heard,
                !self.options.measure.is_of_counts(),
            ) {
                self.count_page(ledger.page(picked.at), ledger, whole);
                continue;
            }
            // In a loop of its own, which lets the processor overlap the look-ups and is measurably faster.
            codes.clear();
            codes.extend(
                picked
                    .document
                    .codings
                    .iter()
                    .map(|coding| self.layout.number(coding.code)),
            );
            self.passage = (
                TextRange::between(0, 0),
                std::mem::take(&mut self.passage.1),
            );
            if let (Place::Whole(whole), None) = (&picked.place, &picked.heard) {
                self.begin(number, whole);
                for (at, (coding, &code)) in
                    (0u32..).zip(picked.document.codings.iter().zip(&codes))
                {
                    self.hit(at, coding, code);
                }
                self.settle(picked);
                continue;
            }
            let mut placing = Placing::new(picked, &coders, nowhere, load);
            self.place_each(number, &mut placing, &codes, &mut rows);
            if placing.is_unread() && unread.last() != Some(&picked.document.id) {
                unread.push(picked.document.id);
            }
        }
        self.finish(rows, &picked, unread)
    }

    /// Counts a document whose codings all go into the same rows, by its columns in the ledger.
    fn count_page(&mut self, page: Page<'_>, ledger: &Ledger, rows: &[u32]) {
        let layout = self.layout;
        let all_coders = self.coders.len() == 0;
        self.here.fill(0);
        let seen = &mut self.passage.1;
        let (mut passage, mut first) = (None, true);
        for ((&code, &coder), &range) in page.codes.iter().zip(page.coders).zip(page.passages) {
            let coder = ledger.coder(coder);
            if !all_coders && self.coders.get(coder).is_none() {
                continue;
            }
            let chain = layout.chain(layout.of_ledger(code));
            if !self.options.roll_up {
                if let &[column] = chain {
                    self.here[column as usize] += 1;
                }
                continue;
            }
            if passage != Some(range) {
                (passage, first) = (Some(range), true);
                seen.clear();
            }
            for &column in chain {
                if first || !seen.contains(&(column, coder)) {
                    seen.push((column, coder));
                    self.here[column as usize] += 1;
                }
            }
            first = false;
        }
        let width = self.here.len();
        let in_total =
            |(&n, column): (&u32, &super::table::CodeColumn)| if column.topmost { n } else { 0 };
        let n_total: u32 = self.here.iter().zip(&layout.columns).map(in_total).sum();
        let add = |to: &mut [u32]| to.iter_mut().zip(&self.here).for_each(|(to, n)| *to += n);
        add(&mut self.columns.counts);
        self.total.counts[0] += n_total;
        for &row in rows {
            self.rows.counts[row as usize] += n_total;
            add(&mut self.cells.counts[row as usize * width..(row as usize + 1) * width]);
        }
    }

    /// Counts a document's codings, each in rows of its own.
    fn place_each(
        &mut self,
        number: u32,
        placing: &mut Placing<'_>,
        codes: &[u32],
        rows: &mut [FrequencyRow],
    ) {
        let (picked, nowhere) = (placing.picked, placing.nowhere);
        let codings = &picked.document.codings;
        self.begin(number, &[]);
        for (at, (coding, &code)) in (0u32..).zip(codings.iter().zip(codes)) {
            if !self.is_by_wanted_coder(coding) {
                continue;
            }
            if matches!(picked.place, Place::Coder) {
                self.touch(number, placing.row_of_coder(coding), picked, rows);
            }
            if self.layout.chain(code).is_empty() {
                continue;
            }
            let of_coding = placing.rows_of(coding);
            if of_coding.is_empty() {
                continue;
            }
            if of_coding.contains(&nowhere) {
                self.touch(number, nowhere, picked, rows);
            }
            if self
                .runs
                .last()
                .is_none_or(|run| self.run_rows.get(run.rows.clone()) != Some(of_coding))
            {
                self.settle(picked);
                self.begin(number, of_coding);
            }
            self.hit(at, coding, code);
        }
        self.settle(picked);
    }

    fn is_by_wanted_coder(&self, coding: &Coding) -> bool {
        self.coders.len() == 0 || self.coders.get(coding.coder).is_some()
    }

    /// Adds a document to the rows it belongs to as a whole.
    fn enter(&mut self, number: u32, picked: &Picked<'_>, nowhere: u32, rows: &mut [FrequencyRow]) {
        match &picked.place {
            Place::Whole(whole) => whole
                .iter()
                .for_each(|&row| self.touch(number, row, picked, rows)),
            Place::Coder => {}
            Place::Turns {
                speakers,
                everywhere,
            } => {
                let named = speakers.iter().chain(std::iter::once(everywhere)).flatten();
                named
                    .clone()
                    .for_each(|&row| self.touch(number, row, picked, rows));
                if named.clone().next().is_none() {
                    self.touch(number, nowhere, picked, rows);
                }
            }
        }
    }

    /// Adds a document to a row, once; documents come one after the other.
    fn touch(&mut self, number: u32, row: u32, picked: &Picked<'_>, rows: &mut [FrequencyRow]) {
        let families = self.families.get_mut(row as usize);
        let (Some(touched), Some(row)) = (
            self.touched.get_mut(row as usize),
            rows.get_mut(row as usize),
        ) else {
            return;
        };
        if touched.replace(number) != Some(number) {
            row.documents += 1;
            row.chars += u64::from(picked.document.len_chars());
            if let Some(families) = families {
                families.extend(&picked.families);
                row.cases = families.len();
            }
        }
    }

    /// Begins a run.
    fn begin(&mut self, document: u32, rows: &[u32]) {
        let (first_row, first_hit) = (self.run_rows.len(), self.hits.len());
        self.run_rows.extend(rows);
        self.runs.push(Run {
            document,
            rows: first_row..self.run_rows.len(),
            hits: first_hit..first_hit,
        });
    }

    /// Adds a coding to the present run, under each column in which its code counts.
    fn hit(&mut self, at: u32, coding: &Coding, code: u32) {
        if !self.is_by_wanted_coder(coding) {
            return;
        }
        let chain = self.layout.chain(code);
        if !self.options.roll_up {
            if let &[column] = chain {
                self.hits.push(Hit { column, coding: at });
            }
            return;
        }
        let (passage, seen) = &mut self.passage;
        if *passage != coding.range {
            *passage = coding.range;
            seen.clear();
        }
        for &column in chain {
            if !seen.contains(&(column, coding.coder)) {
                seen.push((column, coding.coder));
                self.hits.push(Hit { column, coding: at });
            }
        }
    }

    /// Ends the present run and adds it to the sums.
    fn settle(&mut self, picked: &Picked<'_>) {
        let Some(run) = self.runs.last_mut() else {
            return;
        };
        run.hits.end = self.hits.len();
        let (rows, hits) = (
            &self.run_rows[run.rows.clone()],
            &self.hits[run.hits.clone()],
        );
        let width = self.layout.columns.len();
        let in_total = |hit: &&Hit| self.layout.columns[hit.column as usize].topmost;
        let n_total = u32::try_from(hits.iter().filter(in_total).count()).unwrap_or(u32::MAX);
        self.total.counts[0] += n_total;
        hits.iter()
            .for_each(|hit| self.columns.counts[hit.column as usize] += 1);
        for &row in rows {
            self.rows.counts[row as usize] += n_total;
            let cells = &mut self.cells.counts[row as usize * width..(row as usize + 1) * width];
            hits.iter().for_each(|hit| cells[hit.column as usize] += 1);
        }
        if !self.options.measure.is_of_counts() {
            self.spread(picked);
        }
        if self.ledger.is_some() {
            self.runs.clear();
            self.run_rows.clear();
            self.hits.clear();
        }
    }

    /// Adds what the codings of the present run cover to the sums.
    fn spread(&mut self, picked: &Picked<'_>) {
        let Some(run) = self.runs.last() else { return };
        let codings = &picked.document.codings;
        let (rows, hits) = (
            &self.run_rows[run.rows.clone()],
            &self.hits[run.hits.clone()],
        );
        let width = self.layout.columns.len();
        let in_total = |hit: &&Hit| self.layout.columns[hit.column as usize].topmost;
        let cases = if self.options.measure == Measure::Cases {
            picked.families.as_slice()
        } else {
            &[]
        };
        let present = Present {
            number: run.document,
            words: &self.words,
            cases,
        };
        for hit in hits {
            let (column, range) = (hit.column as usize, codings[hit.coding as usize].range);
            self.columns.spread(column, &present, range);
            rows.iter().for_each(|&row| {
                self.cells
                    .spread(row as usize * width + column, &present, range);
            });
            if in_total(&hit) {
                self.total.spread(0, &present, range);
                rows.iter()
                    .for_each(|&row| self.rows.spread(row as usize, &present, range));
            }
        }
    }

    fn finish(
        self,
        mut rows: Vec<FrequencyRow>,
        picked: &[Picked<'_>],
        unread: Vec<DocumentId>,
    ) -> FrequencyTable {
        // In most tables every coding belongs to a named row, and the row for the others is empty.
        if rows.last().is_some_and(|row| row.documents == 0) {
            rows.pop();
        }
        let measure = self.options.measure;
        let (behind, ends) = self.sorted();
        let all = Whole {
            documents: picked.len(),
            chars: picked
                .iter()
                .map(|picked| u64::from(picked.document.len_chars()))
                .sum(),
            row: self.total.counts[0],
            column: self.total.counts[0],
        };
        let (mut cells, mut row_totals) = (Vec::new(), Vec::new());
        for (number, row) in rows.iter().enumerate() {
            let whole = Whole {
                documents: row.documents,
                chars: row.chars,
                row: self.rows.counts[number],
                column: all.column,
            };
            row_totals.push(self.rows.value(number, measure, &whole));
            cells.extend((0..self.width()).map(|column| {
                let whole = Whole {
                    column: self.columns.counts[column],
                    ..whole
                };
                let at = number * self.width() + column;
                FrequencyCell {
                    value: self.cells.value(at, measure, &whole),
                    segments: ends[at] - self.cells.counts[at] as usize..ends[at],
                }
            }));
        }
        let column_totals = (0..self.width()).map(|column| {
            let whole = Whole {
                column: self.columns.counts[column],
                ..all
            };
            self.columns.value(column, measure, &whole)
        });
        FrequencyTable {
            row_totals,
            column_totals: column_totals.collect(),
            total: self.total.value(0, measure, &all),
            with_it: (0..self.width())
                .map(|column| self.rows_with(column, &rows))
                .collect(),
            columns: self.layout.columns.clone(),
            documents: picked.len(),
            chars: all.chars,
            unread,
            behind,
            sources: picked.iter().map(|picked| picked.document.id).collect(),
            rows,
            cells,
        }
    }

    /// The number of columns.
    fn width(&self) -> usize {
        self.layout.columns.len()
    }

    /// In how many rows a column is present, of those that stand for something and have documents.
    fn rows_with(&self, column: usize, rows: &[FrequencyRow]) -> OfN {
        let mut found = OfN::default();
        for (number, row) in rows.iter().enumerate() {
            if row.key != RowKey::None && row.documents > 0 {
                found.of += 1;
                let count = self.cells.counts[number * self.width() + column];
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
        let mut next = Vec::with_capacity(self.cells.counts.len());
        let mut start = 0;
        for &count in &self.cells.counts {
            next.push(start);
            start += count as usize;
        }
        if self.ledger.is_some() {
            let ends = next
                .iter()
                .zip(&self.cells.counts)
                .map(|(start, &count)| start + count as usize);
            return (Vec::new(), ends.collect());
        }
        let mut behind = vec![SegmentRef::default(); start];
        for Run {
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
        (behind, next)
    }
}
