//! The table and the way back from each of its figures to the segments.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    model::{
        Project,
        attribute::AttributeValue,
        code::{Code, Hue},
        codebook::Codebook,
        ids::{CaseId, CodeId, CoderId, CodingId, DocumentId, PhaseId},
        natural_key,
        text::TextRange,
    },
    statistics::{
        Undefined,
        interval::{Interval, clopper_pearson},
    },
};

/// Figures by row and column, with what is behind them.
///
/// It belongs to the project it was made from; of a later one it finds what is still in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyTable {
    /// The rows, in order.
    pub rows: Vec<FrequencyRow>,
    /// The columns, in order.
    pub columns: Vec<CodeColumn>,
    /// The cells, row by row.
    pub cells: Vec<FrequencyCell>,
    /// What each row says of all its codings, each counted once.
    pub row_totals: Vec<Measured>,
    /// What each column says of all its codings, each counted once.
    pub column_totals: Vec<Measured>,
    /// What all codings together say.
    pub total: Measured,
    /// For each column, in how many rows it is present; the row for what belongs nowhere isn't one.
    pub with_it: Vec<OfN>,
    /// Documents that the filter lets through.
    pub documents: usize,
    /// Their characters.
    pub chars: u64,
    /// Documents whose turns couldn't be read; their codings are nobody's.
    pub unread: Vec<DocumentId>,
    /// What [`FrequencyCell::segments`] points into; empty where only figures were asked for.
    pub behind: Vec<SegmentRef>,
    /// What [`SegmentRef::document`] points into.
    pub sources: Vec<DocumentId>,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyRow {
    /// What it stands for.
    pub key: RowKey,
    /// Its name; empty for [`RowKey::None`].
    pub label: String,
    /// Its documents, of those the filter lets through.
    pub documents: usize,
    /// Characters of these documents.
    pub chars: u64,
    /// The topmost cases (families) that these documents belong to; counted for [`Measure::Cases`](super::Measure::Cases) only.
    pub cases: usize,
}

/// What a row stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum RowKey {
    /// A case, in rows by case, family or person.
    Case(CaseId),
    /// A document.
    Document(DocumentId),
    /// A phase.
    Phase(PhaseId),
    /// A coder.
    Coder(CoderId),
    /// A speaker's label, or a role.
    Label(String),
    /// A value of an attribute.
    Value(AttributeValue),
    /// What belongs to none of the rows: no case, no speaker, no phase, no value.
    None,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeColumn {
    /// The code.
    pub code: CodeId,
    /// Its main names from the top down.
    pub path: String,
    /// Its depth in the tree, 0 at the top.
    pub depth: usize,
    /// Its colour.
    pub hue: Hue,
    /// Whether no other column includes it; a row's total is over these.
    pub topmost: bool,
}

impl OfN {
    /// The exact 95 % interval of the share; `None` where no row has a document.
    pub fn interval(self) -> Option<Interval> {
        clopper_pearson(self.with, self.of)
    }
}

impl CodeColumn {
    /// The column of a code.
    pub fn of_code(book: &Codebook, code: &Code, depth: usize, topmost: bool) -> Self {
        Self {
            code: code.id,
            path: book.path(code.id),
            depth,
            hue: code.hue,
            topmost,
        }
    }
}

/// A figure and what is behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyCell {
    /// The figure.
    pub value: Measured,
    /// The codings counted, in [`FrequencyTable::behind`]; its length is known also where nothing was kept there.
    pub segments: Range<usize>,
}

/// A figure; never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measured {
    /// The row has no document that the filter lets through: nothing is known.
    NoDocument,
    /// So many codings, documents or characters.
    Count(u64),
    /// A share from 0 to 1.
    Share(f64),
    /// So many codings per 1,000 characters.
    Rate(f64),
    /// Whether there is any.
    Present(bool),
    /// There is no such figure.
    Undefined(Undefined),
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfN {
    /// Rows where the code is present.
    pub with: usize,
    /// Rows that have a document.
    pub of: usize,
}

/// A coding behind a cell, by numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SegmentRef {
    /// The document, in [`FrequencyTable::sources`].
    pub document: u32,
    /// The coding, in the document's list.
    pub coding: u32,
}

/// A coded passage behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The document.
    pub document: DocumentId,
    /// The coding.
    pub coding: CodingId,
    /// The passage.
    pub range: TextRange,
}

impl FrequencyTable {
    /// The cell of a row and a column, if there are such.
    pub fn cell(&self, row: usize, column: usize) -> Option<&FrequencyCell> {
        let within = row < self.rows.len() && column < self.columns.len();
        within.then(|| self.cells.get(row * self.columns.len() + column))?
    }

    /// The segments counted in a cell, by document title and place in the text; none beyond the table.
    pub fn segments(&self, project: &Project, row: usize, column: usize) -> Vec<Segment> {
        self.resolve(project, self.refs(row, column).to_vec())
    }

    /// The segments counted in a row's total, each once.
    pub fn row_segments(&self, project: &Project, row: usize) -> Vec<Segment> {
        let topmost = (0..self.columns.len()).filter(|&column| self.columns[column].topmost);
        self.resolve(
            project,
            topmost
                .flat_map(|column| self.refs(row, column))
                .copied()
                .collect(),
        )
    }

    /// The segments counted in a column's total, each once.
    pub fn column_segments(&self, project: &Project, column: usize) -> Vec<Segment> {
        self.resolve(
            project,
            (0..self.rows.len())
                .flat_map(|row| self.refs(row, column))
                .copied()
                .collect(),
        )
    }

    /// The codings behind a cell, by document id and place in the text.
    fn refs(&self, row: usize, column: usize) -> &[SegmentRef] {
        self.cell(row, column)
            .and_then(|cell| self.behind.get(cell.segments.clone()))
            .unwrap_or_default()
    }

    fn resolve(&self, project: &Project, mut found: Vec<SegmentRef>) -> Vec<Segment> {
        found.sort_unstable();
        found.dedup();
        let mut by_document: BTreeMap<_, Vec<Segment>> = BTreeMap::new();
        for of_one in found.chunk_by(|a, b| a.document == b.document) {
            let id = of_one
                .first()
                .and_then(|first| self.sources.get(first.document as usize));
            let Some(document) = id.and_then(|id| project.documents.get(id)) else {
                continue;
            };
            let codings = of_one
                .iter()
                .filter_map(|segment| document.codings.get(segment.coding as usize));
            let segments = codings.map(|coding| Segment {
                document: document.id,
                coding: coding.id,
                range: coding.range,
            });
            by_document.insert(
                (natural_key(&document.title), document.id),
                segments.collect(),
            );
        }
        by_document.into_values().flatten().collect()
    }
}
