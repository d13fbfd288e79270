//! The one pass over all codings, which adds them up in the cells, rows and columns of a table.
//!
//! Codings of one document that are in the same rows are one [`CodingRun`]. In most tables a whole document is one, so its
//! rows are looked up once. With a [`Ledger`], only figures are counted: documents that are in the same rows as a whole are
//! counted from its columns, and no coding is kept.

mod assemble;
mod page;

use std::{collections::BTreeSet, ops::Range};

use crate::{
    analysis::{
        ledger::Ledger,
        numbering::{Numbering, dense},
    },
    language::words::word_starts,
    model::{
        coding::Coding,
        document::Document,
        ids::{CoderId, OfCoder},
        text::TextRange,
    },
};

use super::{
    FrequencyOptions, Loader, Measure,
    columns::Layout,
    placing::Placing,
    rows::{CountedDocument, DocumentRows},
    sums::{CodingSums, CurrentDocument},
    table::{FrequencyRow, FrequencyTable},
};

/// The state of the pass over all codings.
pub(super) struct Counting<'a> {
    options: &'a FrequencyOptions,
    layout: &'a Layout,
    /// Where the codings are counted from if only figures are needed.
    ledger: Option<&'a Ledger>,
    /// The coders that the filter names.
    coders: Numbering<OfCoder>,
    /// The rows, with the documents found so far.
    rows: Vec<FrequencyRow>,
    /// The last of the rows, for whatever belongs to no other.
    nowhere: u32,
    runs: Vec<CodingRun>,
    /// The rows of all runs.
    run_rows: Vec<u32>,
    /// The codings of all runs, under each column they count in.
    hits: Vec<Hit>,
    cell_sums: CodingSums,
    row_sums: CodingSums,
    column_sums: CodingSums,
    total: CodingSums,
    /// The codings of the current document under each column, while they are counted from the ledger.
    in_columns: Vec<u32>,
    /// The last document that was added to each row, so that none is added twice.
    touched: Vec<Option<u32>>,
    /// The positions where the words of the current document begin; empty unless words are measured.
    words: Vec<u32>,
    /// The families of each row; empty unless cases are measured.
    families: Vec<BTreeSet<u32>>,
    passage: CountedPassage,
}

/// Codings of one document that are in the same rows.
#[derive(Debug)]
struct CodingRun {
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

/// The columns and coders that are already counted for a passage.
///
/// Rolled up, codings of one coder on the very same passage count once under each column.
/// Codings are in the order of their passages, so it is enough to remember those of the current one.
#[derive(Debug, Default)]
struct CountedPassage {
    /// The current passage; `None` at the beginning of a document.
    range: Option<TextRange>,
    seen: Vec<(u32, CoderId)>,
}

impl CountedPassage {
    fn enter(&mut self, range: TextRange) {
        if self.range != Some(range) {
            self.range = Some(range);
            self.seen.clear();
        }
    }

    /// Returns true the first time that a column and a coder are counted for the passage.
    fn is_first(&mut self, column: u32, coder: CoderId) -> bool {
        let is_first = !self.seen.contains(&(column, coder));
        if is_first {
            self.seen.push((column, coder));
        }
        is_first
    }
}

impl<'a> Counting<'a> {
    /// Prepares the sums of a table; the last of the rows is for whatever belongs to no other.
    pub(super) fn new(
        options: &'a FrequencyOptions,
        layout: &'a Layout,
        rows: Vec<FrequencyRow>,
        ledger: Option<&'a Ledger>,
    ) -> Self {
        let (n_rows, n_columns) = (rows.len(), layout.columns.len());
        let n_families = if options.measure == Measure::Cases {
            n_rows
        } else {
            0
        };
        Self {
            options,
            layout,
            ledger,
            coders: Numbering::new(options.filter.coders.iter().copied()),
            nowhere: dense(n_rows - 1),
            rows,
            runs: Vec::new(),
            run_rows: Vec::new(),
            hits: Vec::new(),
            cell_sums: CodingSums::new(n_rows * n_columns, options.measure),
            row_sums: CodingSums::new(n_rows, options.measure),
            column_sums: CodingSums::new(n_columns, options.measure),
            total: CodingSums::new(1, options.measure),
            in_columns: vec![0; n_columns],
            touched: vec![None; n_rows],
            words: Vec::new(),
            families: vec![BTreeSet::new(); n_families],
            passage: CountedPassage::default(),
        }
    }

    /// Counts documents; `coder_rows` are the rows of coders in a table by coder.
    pub(super) fn run(
        mut self,
        documents: &[CountedDocument<'_>],
        coder_rows: &Numbering<OfCoder>,
        load: &Loader<'_>,
    ) -> FrequencyTable {
        if self.ledger.is_none() {
            let codings = documents.iter().map(|counted| &counted.document.codings);
            self.hits.reserve(codings.map(Vec::len).sum());
        }
        let mut unread = Vec::new();
        for (number, counted) in (0u32..).zip(documents) {
            self.enter(number, counted);
            let mut is_read = self.read_words(counted.document, load);
            match (&counted.rows, &counted.heard, self.ledger) {
                (DocumentRows::Whole(rows), None, Some(ledger))
                    if self.options.measure.is_of_counts() =>
                {
                    self.count_page(ledger.page(counted.number), ledger, rows);
                }
                (DocumentRows::Whole(rows), None, _) => self.count_whole(number, counted, rows),
                _ => {
                    let mut placing = Placing::new(counted, coder_rows, self.nowhere, load);
                    self.count_each(number, &mut placing);
                    is_read &= !placing.is_unread();
                }
            }
            if !is_read {
                unread.push(counted.document.id);
            }
        }
        self.finish(documents, unread)
    }

    /// Reads the words of a document if they are measured; returns false if its text can't be read.
    fn read_words(&mut self, document: &Document, load: &Loader<'_>) -> bool {
        if self.options.measure != Measure::Words || document.codings.is_empty() {
            return true;
        }
        self.words.clear();
        let content = load(document);
        if let Some(content) = &content {
            self.words = word_starts(content.text.as_str());
        }
        content.is_some()
    }

    /// The numbers of the codes of a document's codings.
    fn code_numbers(&self, document: &Document) -> Vec<u32> {
        // In a loop of its own, which lets the processor overlap the look-ups and is measurably faster.
        let codings = document.codings.iter();
        codings
            .map(|coding| self.layout.number(coding.code))
            .collect()
    }

    /// Counts a document whose codings are all in the same rows.
    fn count_whole(&mut self, number: u32, counted: &CountedDocument<'_>, rows: &[u32]) {
        let codes = self.code_numbers(counted.document);
        self.begin(number, rows);
        for (at, (coding, &code)) in (0u32..).zip(counted.document.codings.iter().zip(&codes)) {
            self.hit(at, coding, code);
        }
        self.settle(counted);
    }

    /// Counts a document's codings, each in rows of its own.
    fn count_each(&mut self, number: u32, placing: &mut Placing<'_>) {
        let counted = placing.counted;
        let codes = self.code_numbers(counted.document);
        self.begin(number, &[]);
        for (at, (coding, &code)) in (0u32..).zip(counted.document.codings.iter().zip(&codes)) {
            if !self.is_by_admitted_coder(coding.coder) {
                continue;
            }
            // A coder's documents are those with any coding by the coder, even with a code that isn't counted.
            if matches!(counted.rows, DocumentRows::Coder) {
                self.touch(number, placing.row_of_coder(coding), counted);
            }
            if self.layout.chain(code).is_empty() {
                continue;
            }
            let rows = placing.rows_of(coding);
            if rows.is_empty() {
                continue;
            }
            if rows.contains(&self.nowhere) {
                self.touch(number, self.nowhere, counted);
            }
            let run = self.runs.last();
            if run.is_none_or(|run| &self.run_rows[run.rows.clone()] != rows) {
                self.settle(counted);
                self.begin(number, rows);
            }
            self.hit(at, coding, code);
        }
        self.settle(counted);
    }

    fn is_by_admitted_coder(&self, coder: CoderId) -> bool {
        self.coders.len() == 0 || self.coders.get(coder).is_some()
    }

    /// Begins a document: adds it to the rows it belongs to as a whole.
    fn enter(&mut self, number: u32, counted: &CountedDocument<'_>) {
        self.passage.range = None;
        match &counted.rows {
            DocumentRows::Whole(rows) => {
                rows.iter()
                    .for_each(|&row| self.touch(number, row, counted));
            }
            // A coder's documents are found coding by coding.
            DocumentRows::Coder => {}
            DocumentRows::Turns {
                speakers,
                everywhere,
            } => {
                let rows = speakers.iter().chain([everywhere]).flatten();
                rows.clone()
                    .for_each(|&row| self.touch(number, row, counted));
                if rows.count() == 0 {
                    self.touch(number, self.nowhere, counted);
                }
            }
        }
    }

    /// Adds a document to a row, once; documents come one after the other.
    fn touch(&mut self, number: u32, row: u32, counted: &CountedDocument<'_>) {
        let at = row as usize;
        if self.touched[at].replace(number) == Some(number) {
            return;
        }
        let row = &mut self.rows[at];
        row.documents += 1;
        row.chars += u64::from(counted.document.len_chars());
        if let Some(families) = self.families.get_mut(at) {
            families.extend(&counted.families);
            row.cases = families.len();
        }
    }

    /// Begins a run.
    fn begin(&mut self, document: u32, rows: &[u32]) {
        let (first_row, first_hit) = (self.run_rows.len(), self.hits.len());
        self.run_rows.extend(rows);
        self.runs.push(CodingRun {
            document,
            rows: first_row..self.run_rows.len(),
            hits: first_hit..first_hit,
        });
    }

    /// Adds a coding to the current run, under each column in which its code counts.
    fn hit(&mut self, at: u32, coding: &Coding, code: u32) {
        if !self.is_by_admitted_coder(coding.coder) {
            return;
        }
        let chain = self.layout.chain(code);
        if !self.options.roll_up {
            if let &[column] = chain {
                self.hits.push(Hit { column, coding: at });
            }
            return;
        }
        self.passage.enter(coding.range);
        for &column in chain {
            if self.passage.is_first(column, coding.coder) {
                self.hits.push(Hit { column, coding: at });
            }
        }
    }

    /// Ends the current run and adds it to the sums.
    fn settle(&mut self, counted: &CountedDocument<'_>) {
        let Some(run) = self.runs.last_mut() else {
            return;
        };
        run.hits.end = self.hits.len();
        let rows = &self.run_rows[run.rows.clone()];
        let hits = &self.hits[run.hits.clone()];
        let width = self.layout.columns.len();
        let in_total = hits.iter().filter(|hit| self.layout.is_topmost(hit.column));
        let n_total = dense(in_total.count());
        self.total.counts[0] += n_total;
        hits.iter()
            .for_each(|hit| self.column_sums.counts[hit.column as usize] += 1);
        for &row in rows {
            let row = row as usize;
            self.row_sums.counts[row] += n_total;
            let cells = &mut self.cell_sums.counts[row * width..(row + 1) * width];
            hits.iter().for_each(|hit| cells[hit.column as usize] += 1);
        }
        if !self.options.measure.is_of_counts() {
            self.spread(counted);
        }
        // A table from a ledger keeps no way back to its codings, so the memory is used again.
        if self.ledger.is_some() {
            self.runs.clear();
            self.run_rows.clear();
            self.hits.clear();
        }
    }

    /// Adds what the codings of the current run cover to the sums.
    fn spread(&mut self, counted: &CountedDocument<'_>) {
        let Some(run) = self.runs.last() else { return };
        let codings = &counted.document.codings;
        let rows = &self.run_rows[run.rows.clone()];
        let width = self.layout.columns.len();
        let document = CurrentDocument {
            number: run.document,
            words: &self.words,
            cases: &counted.families,
        };
        for hit in &self.hits[run.hits.clone()] {
            let (column, range) = (hit.column as usize, codings[hit.coding as usize].range);
            let is_topmost = self.layout.is_topmost(hit.column);
            self.column_sums.spread(column, &document, range);
            if is_topmost {
                self.total.spread(0, &document, range);
            }
            for &row in rows {
                let row = row as usize;
                self.cell_sums
                    .spread(row * width + column, &document, range);
                if is_topmost {
                    self.row_sums.spread(row, &document, range);
                }
            }
        }
    }
}
