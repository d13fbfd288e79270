//! The one pass over all codings, which adds them up in the cells, rows and columns of a table.
//!
//! Codings of one document that are in the same rows are one [`CodingRun`]. In most tables a whole document is one, so its
//! rows are looked up once. With a [`Ledger`], only figures are counted: documents that are in the same rows as a whole are
//! counted from its columns, and no coding is kept.

mod assemble;
mod page;
mod said;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    analysis::{
        ledger::Ledger,
        merging::{CoderCount, Merged, coders_of, merged},
        numbering::{Numbering, dense},
    },
    language::words::word_starts,
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CoderId, OfCoder},
        text::TextRange,
    },
};

use super::{
    FrequencyOptions, Loader, Measure, Rows,
    columns::Layout,
    placing::{Placed, Placing},
    rows::{CaseTree, CountedDocument, DocumentRows},
    sums::{CodingSums, CurrentDocument, Spreading},
    table::{FrequencyRow, FrequencyTable},
};
use said::Said;

/// The state of the pass over all codings.
pub(super) struct Counting<'a> {
    options: &'a FrequencyOptions,
    layout: &'a Layout,
    tree: &'a CaseTree<'a>,
    /// How codings of several coders count.
    counting: CoderCount,
    /// How much a coding of the current document counts in a mean over coders.
    weight: f64,
    /// Those who coded any document, of those who count.
    seen_coders: BTreeSet<CoderId>,
    /// Those who coded the current document.
    coders_here: BTreeSet<CoderId>,
    /// Those who coded the documents of each row.
    coders_of_rows: Vec<BTreeSet<CoderId>>,
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
    /// For each cell, its codings that are in other rows too.
    shared: Vec<u32>,
    /// For each column, its codings that are in several rows.
    several: Vec<u64>,
    /// The codings of the current document under each column, while they are counted from the ledger.
    in_columns: Vec<u32>,
    /// The last document that was added to each row, so that none is added twice.
    touched: Vec<Option<u32>>,
    /// The positions where the words of the current document begin; empty unless words are measured.
    words: Vec<u32>,
    /// The families of each row; empty unless cases are measured.
    families: Vec<BTreeSet<u32>>,
    /// The families of the current document's codings, by their index; empty unless cases are measured.
    families_of_codings: Vec<Vec<u32>>,
    /// What participants say; `None` unless rates over their words are measured.
    said: Option<Said>,
    passage: CountedPassages,
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

/// The columns, coders and rows that are already counted for passages.
///
/// Rolled up, codings on the very same passage that are in the same rows count once under each column: those of one coder,
/// or merged, of any. Codings are in the order of their passages, so it is enough to remember those of the current one;
/// merged passages aren't, so then all of a document are remembered.
#[derive(Debug, Default)]
struct CountedPassages {
    /// The current passage; `None` at the beginning of a document.
    range: Option<TextRange>,
    /// Whether passages of the current document are merged.
    are_merged: bool,
    /// Lists of rows in which a coding was.
    rows: Vec<Vec<u32>>,
    /// Passages, columns and coders, with the number of the list of rows, and the coding that counts.
    seen: BTreeMap<(TextRange, u32, CoderId, usize), u32>,
}

impl CountedPassages {
    /// Begins a document.
    fn begin(&mut self, are_merged: bool) {
        (self.range, self.are_merged) = (None, are_merged);
        self.rows.clear();
        self.seen.clear();
    }

    /// Begins another passage unless it is still the same; returns the number of a list of rows.
    fn enter(&mut self, range: TextRange, rows: &[u32]) -> usize {
        if self.range != Some(range) {
            self.range = Some(range);
            if !self.are_merged {
                self.rows.clear();
                self.seen.clear();
            }
        }
        let known = self.rows.iter().position(|own| own == rows);
        known.unwrap_or_else(|| {
            self.rows.push(rows.to_vec());
            self.rows.len() - 1
        })
    }

    /// The coding that counts for a passage, a column, a coder and a list of rows: this one the first time that it is asked.
    fn that_counts(&mut self, of: (TextRange, u32, CoderId, usize), coding: u32) -> u32 {
        *self.seen.entry(of).or_insert(coding)
    }
}

impl<'a> Counting<'a> {
    /// Prepares the sums of a table; the last of the rows is for whatever belongs to no other.
    pub(super) fn new(
        project: &Project,
        options: &'a FrequencyOptions,
        layout: &'a Layout,
        rows: Vec<FrequencyRow>,
        tree: &'a CaseTree<'a>,
        ledger: Option<&'a Ledger>,
    ) -> Self {
        let (n_rows, n_columns) = (rows.len(), layout.columns.len());
        let n_families = if options.measure == Measure::Cases {
            n_rows
        } else {
            0
        };
        let measure = options.measure;
        // Each row of a coder has the coder's own codings.
        let counting = match options.rows {
            Rows::Coder => CoderCount::All,
            _ => measure.counting(options.filter.counting),
        };
        Self {
            options,
            layout,
            tree,
            counting,
            weight: 1.0,
            seen_coders: BTreeSet::new(),
            coders_here: BTreeSet::new(),
            coders_of_rows: vec![BTreeSet::new(); n_rows],
            shared: vec![0; n_rows * n_columns],
            several: vec![0; n_columns],
            families_of_codings: Vec::new(),
            said: (measure == Measure::Per1000Words).then(|| Said::new(project, n_rows)),
            ledger,
            coders: Numbering::new(options.filter.coders.iter().copied()),
            nowhere: dense(n_rows - 1),
            rows,
            runs: Vec::new(),
            run_rows: Vec::new(),
            hits: Vec::new(),
            cell_sums: CodingSums::new(n_rows * n_columns, measure, counting),
            row_sums: CodingSums::new(n_rows, measure, counting),
            column_sums: CodingSums::new(n_columns, measure, counting),
            total: CodingSums::new(1, measure, counting),
            in_columns: vec![0; n_columns],
            touched: vec![None; n_rows],
            words: Vec::new(),
            families: vec![BTreeSet::new(); n_families],
            passage: CountedPassages::default(),
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
            is_read &= self.read_said(counted, &self.rows_of_coders(counted, coder_rows), load);
            let is_whole = counted.heard.is_none() && counted.within.is_none();
            match (&counted.rows, self.ledger) {
                (DocumentRows::Whole(rows), Some(ledger))
                    if is_whole && self.is_of_ledger(counted) =>
                {
                    self.count_page(ledger.page(counted.number), ledger, rows);
                }
                (DocumentRows::Whole(rows), _) if is_whole && counted.families.is_none() => {
                    self.count_whole(number, counted, rows);
                }
                _ => {
                    let mut placing =
                        Placing::new(counted, self.tree, coder_rows, self.nowhere, load);
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

    /// The rows of those who coded a document, in rows by coder.
    fn rows_of_coders(
        &self,
        counted: &CountedDocument<'_>,
        coder_rows: &Numbering<OfCoder>,
    ) -> Vec<u32> {
        if self.options.rows != Rows::Coder {
            return Vec::new();
        }
        let admits = |coder| self.is_by_admitted_coder(coder);
        coders_of(&counted.document.codings, admits)
            .into_iter()
            .filter_map(|coder| coder_rows.get(coder))
            .collect()
    }

    /// Returns true if a document's figures can be counted from the ledger.
    fn is_of_ledger(&self, counted: &CountedDocument<'_>) -> bool {
        // The ledger knows which codings remain if those of all coders are merged.
        counted.families.is_none()
            && self.options.measure.is_of_counts()
            && (self.counting != CoderCount::Merged || self.coders.len() == 0)
    }

    /// The codings of a document that remain once those who count are merged; `None` if all do.
    fn merged(&self, document: &Document) -> Option<Merged> {
        // What codings cover is measured once in any case.
        let merges = self.counting == CoderCount::Merged && self.options.measure.is_of_counts();
        merges.then(|| merged(&document.codings, |coder| self.is_by_admitted_coder(coder)))?
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
        let document = counted.document;
        let codes = self.code_numbers(document);
        let merged = self.merged(document);
        let are_merged = merged.as_ref().is_some_and(|own| !own.joined.is_empty());
        self.passage.begin(are_merged);
        self.begin(number, rows);
        for (at, (coding, &code)) in (0u32..).zip(document.codings.iter().zip(&codes)) {
            if let Some(passage) = self.counted_passage(coding, merged.as_ref(), at) {
                self.hit(at, coding.coder, passage, code);
            }
        }
        self.settle(counted);
    }

    /// Counts a document's codings, each in rows of its own.
    fn count_each(&mut self, number: u32, placing: &mut Placing<'_>) {
        let counted = placing.counted;
        let document = counted.document;
        let codes = self.code_numbers(document);
        let merged = self.merged(document);
        let are_merged = merged.as_ref().is_some_and(|own| !own.joined.is_empty());
        self.passage.begin(are_merged);
        self.families_of_codings.clear();
        if counted.families.is_some() {
            self.families_of_codings
                .resize(document.codings.len(), Vec::new());
        }
        self.begin(number, &[]);
        for (at, (coding, &code)) in (0u32..).zip(document.codings.iter().zip(&codes)) {
            let Some(range) = self.counted_passage(coding, merged.as_ref(), at) else {
                continue;
            };
            // A coder's documents are those with any coding by the coder, even with a code that isn't counted.
            if matches!(counted.rows, DocumentRows::Coder) {
                self.touch(number, placing.row_of_coder(coding.coder), counted);
            }
            if self.layout.chain(code).is_empty() {
                continue;
            }
            let joined = merged
                .as_ref()
                .and_then(|merged| merged.joined.get(&(at as usize)));
            let placed = Placed {
                coder: coding.coder,
                range,
                about: joined.map_or(&coding.about, |joined| &joined.about),
            };
            let rows = placing.rows_of(placed).to_vec();
            if rows.is_empty() {
                continue;
            }
            if let Some(slot) = self.families_of_codings.get_mut(at as usize) {
                slot.extend(placing.families_of(placed));
            }
            if rows.contains(&self.nowhere) {
                self.touch(number, self.nowhere, counted);
            }
            let run = self.runs.last();
            if run.is_none_or(|run| self.run_rows[run.rows.clone()] != rows) {
                self.settle(counted);
                self.begin(number, &rows);
            }
            self.hit(at, coding.coder, range, code);
        }
        self.settle(counted);
    }

    /// The passage that a coding counts for; `None` if it doesn't, by its coder or since another one stands for it.
    fn counted_passage(
        &self,
        coding: &Coding,
        merged: Option<&Merged>,
        at: u32,
    ) -> Option<TextRange> {
        if !self.is_by_admitted_coder(coding.coder) {
            return None;
        }
        match merged {
            Some(merged) => merged.passage(at as usize, coding),
            None => Some(coding.range),
        }
    }

    fn is_by_admitted_coder(&self, coder: CoderId) -> bool {
        self.coders.len() == 0 || self.coders.get(coder).is_some()
    }

    /// Begins a document: adds it to the rows it counts for, whatever is coded in it.
    fn enter(&mut self, number: u32, counted: &CountedDocument<'_>) {
        let admits = |coder: &CoderId| self.is_by_admitted_coder(*coder);
        let coders: BTreeSet<CoderId> = match self.ledger {
            Some(ledger) => {
                let coders = ledger.coders_of(counted.number).iter();
                coders.copied().filter(admits).collect()
            }
            None => coders_of(&counted.document.codings, |coder| admits(&coder)),
        };
        self.weight = match self.counting {
            CoderCount::Average if !coders.is_empty() => 1.0 / f64::from(dense(coders.len())),
            _ => 1.0,
        };
        self.seen_coders.extend(&coders);
        self.coders_here = coders;
        for &row in &counted.part {
            self.touch(number, row, counted);
        }
        // A coder's documents are found coding by coding.
        if counted.part.is_empty() && !matches!(counted.rows, DocumentRows::Coder) {
            self.touch(number, self.nowhere, counted);
        }
    }

    /// Adds a document to a row, once; documents come one after the other.
    fn touch(&mut self, number: u32, row: u32, counted: &CountedDocument<'_>) {
        let at = row as usize;
        if self.touched[at].replace(number) == Some(number) {
            return;
        }
        self.coders_of_rows[at].extend(&self.coders_here);
        let row = &mut self.rows[at];
        row.documents += 1;
        row.chars += u64::from(counted.document.len_chars());
        if let Some(families) = self.families.get_mut(at) {
            families.extend(&counted.families_there);
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
    fn hit(&mut self, at: u32, coder: CoderId, passage: TextRange, code: u32) {
        let chain = self.layout.chain(code);
        if !self.options.roll_up {
            if let &[column] = chain {
                self.hits.push(Hit { column, coding: at });
            }
            return;
        }
        let rows = self.runs.last().map_or(0..0, |run| run.rows.clone());
        let rows = self.passage.enter(passage, &self.run_rows[rows]);
        let coder = self.one_or_merged(coder);
        for &column in chain {
            let counts = self.passage.that_counts((passage, column, coder, rows), at);
            if counts == at {
                self.hits.push(Hit { column, coding: at });
            } else if let Some(more) = self.families_of_codings.get(at as usize).cloned() {
                // The one that counts is given to the people of both.
                self.families_of_codings[counts as usize].extend(more);
            }
        }
    }

    /// A coder, or nobody in particular where it doesn't matter who coded.
    fn one_or_merged(&self, coder: CoderId) -> CoderId {
        if self.counting == CoderCount::Merged {
            CoderId::from_u128(0)
        } else {
            coder
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
        let weight = self.weight;
        self.total.add(0, n_total, weight);
        for hit in hits {
            self.column_sums.add(hit.column as usize, 1, weight);
            self.several[hit.column as usize] += u64::from(rows.len() > 1);
        }
        for &row in rows {
            let row = row as usize;
            self.row_sums.add(row, n_total, weight);
            for hit in hits {
                let cell = row * width + hit.column as usize;
                self.cell_sums.add(cell, 1, weight);
                self.shared[cell] += u32::from(rows.len() > 1);
            }
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
        };
        for hit in &self.hits[run.hits.clone()] {
            let column = hit.column as usize;
            let families = self.families_of_codings.get(hit.coding as usize);
            let range = &Spreading {
                range: codings[hit.coding as usize].range,
                families: families.map_or(&[], Vec::as_slice),
            };
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
