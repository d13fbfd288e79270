//! The one pass over all codings, and the sort that puts each cell's codings side by side.

use crate::model::{coding::Coding, ids::CoderId, text::TextRange};

use super::{
    Loader, Measure, Options,
    columns::Layout,
    numbering::Numbering,
    placing::Placing,
    rows::{Picked, Place, Plan},
    table::{Cell, OfN, Row, RowKey, SegmentRef, Table, UndefinedReason, Value},
};

/// What is summed up while codings go by.
pub(super) struct Counting<'a> {
    options: &'a Options,
    layout: &'a Layout,
    /// Cell and coding of everything counted, as it came.
    entries: Vec<(u32, SegmentRef)>,
    cells: Sums,
    rows: Sums,
    columns: Sums,
    total: Sums,
    /// The last document that was added to each row.
    touched: Vec<Option<u32>>,
    /// Columns and coders counted for the present passage, when rolled up.
    seen: Vec<(u32, CoderId)>,
}

impl<'a> Counting<'a> {
    /// Makes room for a table.
    pub(super) fn new(options: &'a Options, layout: &'a Layout, n_rows: usize, n_documents: usize) -> Self {
        let n_columns = layout.columns.len();
        let sums = |len| Sums::new(len, options.measure);
        Self {
            options,
            layout,
            entries: Vec::with_capacity(n_documents * 64),
            cells: sums(n_rows * n_columns),
            rows: sums(n_rows),
            columns: sums(n_columns),
            total: sums(1),
            touched: vec![None; n_rows],
            seen: Vec::new(),
        }
    }

    /// Counts all that the plan names.
    pub(super) fn run(mut self, mut plan: Plan<'_>, load: &Loader<'_>) -> Table {
        let mut unread = Vec::new();
        let nowhere = u32::try_from(plan.rows.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let coders = Numbering::new(self.options.filter.coders.iter().copied());
        for (number, picked) in (0u32..).zip(&plan.picked) {
            self.enter(number, picked, nowhere, &mut plan.rows);
            let mut placing = Placing::new(picked, &plan.coders, nowhere, load);
            let mut passage = TextRange::between(0, 0);
            for (at, coding) in (0u32..).zip(&picked.document.codings) {
                if coders.len() > 0 && coders.get(coding.coder).is_none() {
                    continue;
                }
                if matches!(picked.place, Place::Coder) {
                    self.touch(number, plan.coders.get(coding.coder).unwrap_or(nowhere), picked, &mut plan.rows);
                }
                let chain = self.layout.chain(coding.code);
                if chain.is_empty() {
                    continue;
                }
                if coding.range != passage {
                    passage = coding.range;
                    self.seen.clear();
                }
                let rows = placing.rows_of(coding);
                if rows.contains(&nowhere) {
                    self.touch(number, nowhere, picked, &mut plan.rows);
                }
                self.add(chain, rows, SegmentRef { document: number, coding: at }, coding);
            }
            self.seen.clear();
            if placing.is_unread() {
                unread.push(picked.document.id);
            }
        }
        let mut table = self.finish(plan.rows, &plan.picked);
        table.unread = unread;
        table
    }

    /// Adds a document to the rows it belongs to as a whole.
    fn enter(&mut self, number: u32, picked: &Picked<'_>, nowhere: u32, rows: &mut [Row]) {
        match &picked.place {
            Place::Whole(whole) => whole.iter().for_each(|&row| self.touch(number, row, picked, rows)),
            Place::Coder => {}
            Place::Turns { speakers, everywhere } => {
                let named = speakers.iter().chain(std::iter::once(everywhere)).flatten();
                named.clone().for_each(|&row| self.touch(number, row, picked, rows));
                if named.clone().next().is_none() {
                    self.touch(number, nowhere, picked, rows);
                }
            }
        }
    }

    /// Adds a document to a row, once; documents come one after the other.
    fn touch(&mut self, number: u32, row: u32, picked: &Picked<'_>, rows: &mut [Row]) {
        let (Some(touched), Some(row)) = (self.touched.get_mut(row as usize), rows.get_mut(row as usize)) else { return };
        if touched.replace(number) != Some(number) {
            row.documents += 1;
            row.chars += u64::from(picked.document.len_chars());
        }
    }

    fn add(&mut self, chain: &[u32], rows: &[u32], segment: SegmentRef, coding: &Coding) {
        if rows.is_empty() {
            return;
        }
        let width = u32::try_from(self.layout.columns.len()).unwrap_or(u32::MAX);
        let (document, range) = (segment.document, coding.range);
        for &column in chain {
            if self.options.roll_up {
                if self.seen.contains(&(column, coding.coder)) {
                    continue;
                }
                self.seen.push((column, coding.coder));
            }
            let topmost = self.layout.columns[column as usize].topmost;
            self.columns.add(column, document, range);
            if topmost {
                self.total.add(0, document, range);
            }
            for &row in rows {
                let cell = row * width + column;
                self.entries.push((cell, segment));
                self.cells.add(cell, document, range);
                if topmost {
                    self.rows.add(row, document, range);
                }
            }
        }
    }

    fn finish(self, mut rows: Vec<Row>, picked: &[Picked<'_>]) -> Table {
        if rows.last().is_some_and(|row| row.documents == 0) {
            rows.pop();
        }
        let measure = self.options.measure;
        let width = self.layout.columns.len();
        let (behind, ends) = sorted(&self.entries, &self.cells.counts);
        let chars: u64 = picked.iter().map(|picked| u64::from(picked.document.len_chars())).sum();
        let value = |at: usize, sums: &Sums| sums.value(at, measure, picked.len(), chars);
        let cell = |row: &Row, at: usize| {
            let segments = ends[at] - self.cells.counts[at] as usize..ends[at];
            Cell { value: self.cells.value(at, measure, row.documents, row.chars), segments }
        };
        let cell = &cell;
        let of_row = |(number, row)| (0..width).map(move |column| cell(row, number * width + column));
        let cells = rows.iter().enumerate().flat_map(of_row).collect();
        let named = || rows.iter().enumerate().filter(|(_, row)| row.key != RowKey::None && row.documents > 0);
        let with = |column: usize| named().filter(|(row, _)| self.cells.counts[row * width + column] > 0).count();
        Table {
            row_totals: rows.iter().enumerate().map(|(at, row)| self.rows.value(at, measure, row.documents, row.chars)).collect(),
            column_totals: (0..width).map(|at| value(at, &self.columns)).collect(),
            total: value(0, &self.total),
            with_it: (0..width).map(|column| OfN { with: with(column), of: named().count() }).collect(),
            columns: self.layout.columns.clone(),
            documents: picked.len(),
            chars,
            unread: Vec::new(),
            behind,
            sources: picked.iter().map(|picked| picked.document.id).collect(),
            rows,
            cells,
        }
    }
}

/// The codings cell by cell, each cell's in the order in which they came, and where each cell ends (counting sort).
fn sorted(entries: &[(u32, SegmentRef)], counts: &[u32]) -> (Vec<SegmentRef>, Vec<usize>) {
    let mut next = Vec::with_capacity(counts.len());
    let mut start = 0;
    for &count in counts {
        next.push(start);
        start += count as usize;
    }
    let mut behind = vec![SegmentRef::default(); entries.len()];
    for &(cell, segment) in entries {
        let at = &mut next[cell as usize];
        behind[*at] = segment;
        *at += 1;
    }
    (behind, next)
}

/// Counts of codings and, where the measure asks for it, how far they spread.
#[derive(Debug)]
struct Sums {
    counts: Vec<u32>,
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
    fn new(len: usize, measure: Measure) -> Self {
        let spreads = match measure {
            Measure::Documents | Measure::Characters | Measure::Share => vec![Spread::default(); len],
            Measure::Codings | Measure::Presence | Measure::Per1000 => Vec::new(),
        };
        Self { counts: vec![0; len], spreads }
    }

    fn add(&mut self, at: u32, document: u32, range: TextRange) {
        self.counts[at as usize] += 1;
        if let Some(spread) = self.spreads.get_mut(at as usize) {
            spread.add(document, range);
        }
    }

    fn value(&self, at: usize, measure: Measure, documents: usize, chars: u64) -> Value {
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
