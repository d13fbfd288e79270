//! A table of frequencies, with the way back from each figure to the segments that were counted.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    analysis::merging::CoderCount,
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

/// Figures by row and column, with the codings behind them.
///
/// The table belongs to the state of the project it was counted from: in a later state it finds only codings that are still at the same place in their document.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyTable {
    /// The rows, in order.
    pub rows: Vec<FrequencyRow>,
    /// The columns, in order.
    pub columns: Vec<CodeColumn>,
    /// The cells, row by row.
    pub cells: Vec<FrequencyCell>,
    /// The figure of all codings of each row, each counted once.
    pub row_totals: Vec<Measured>,
    /// The figure of all codings of each column, each counted once.
    pub column_totals: Vec<Measured>,
    /// The figure of all codings together.
    pub total: Measured,
    /// For each column, in how many rows it is present; the row of [`RowKey::None`] is left out.
    pub with_it: Vec<OfN>,
    /// For each column, how many codings are in several rows, in each of which they count.
    pub several: Vec<u64>,
    /// For each cell, how many of its codings are in other rows too.
    pub shared: Vec<u32>,
    /// How codings of several coders were counted.
    pub counting: CoderCount,
    /// Those who coded the documents, of those who count.
    pub coders: BTreeSet<CoderId>,
    /// Those who coded the documents of each row.
    pub coders_of_rows: Vec<BTreeSet<CoderId>>,
    /// Whether rates are over words of Chinese in some documents and of another language in others.
    pub mixes_languages: bool,
    /// The number of documents that the filter lets through.
    pub documents: usize,
    /// The number of characters of these documents.
    pub chars: u64,
    /// Documents whose turns couldn't be read; their codings count for no speaker.
    pub unread: Vec<DocumentId>,
    /// The codings that [`FrequencyCell::segments`] points to; empty if the table was counted from a ledger.
    pub behind: Vec<SegmentRef>,
    /// The documents that [`SegmentRef::document`] points to.
    pub sources: Vec<DocumentId>,
}

/// A row of a table of frequencies.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyRow {
    /// What the row stands for.
    pub key: RowKey,
    /// The name of the row; empty for [`RowKey::None`].
    pub label: String,
    /// The number of the row's documents that the filter lets through.
    pub documents: usize,
    /// The number of characters of these documents.
    pub chars: u64,
    /// The number of words that the row's people say in them; counted for [`Measure::Per1000Words`](super::Measure::Per1000Words) only.
    pub words: u64,
    /// The number of topmost cases (families) that took part in these documents; counted for [`Measure::Cases`](super::Measure::Cases) only.
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
    /// Whatever belongs to no other row, since it has no case, speaker, phase or value.
    None,
}

/// A column, which stands for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeColumn {
    /// The code.
    pub code: CodeId,
    /// The main names of the code and those above it, from the top down.
    pub path: String,
    /// The depth of the code in the tree, 0 at the top.
    pub depth: usize,
    /// The colour of the code.
    pub hue: Hue,
    /// Whether no other column includes this one; a row's total is over these columns.
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

/// A figure and the codings behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyCell {
    /// The figure.
    pub value: Measured,
    /// The codings counted, in [`FrequencyTable::behind`]; the length is right even if they were not kept there.
    pub segments: Range<usize>,
}

/// The figure of a cell; never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measured {
    /// The row has no document that the filter lets through, so nothing is known.
    NoDocument,
    /// A number of codings, documents, cases, characters or words.
    Count(u64),
    /// A mean number of codings over those who coded.
    Mean(f64),
    /// A share from 0 to 1.
    Share(f64),
    /// Codings per 1,000 characters or words.
    Rate(f64),
    /// Whether there is any coding.
    Present(bool),
    /// The figure does not exist, for this reason.
    Undefined(Undefined),
}

impl Measured {
    /// The value as a number, 1 or 0 for presence; `None` if nothing is known or it is undefined.
    pub fn number(self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of codings and characters"
            )]
            Self::Count(count) => Some(count as f64),
            Self::Share(figure) | Self::Rate(figure) | Self::Mean(figure) => Some(figure),
            Self::Present(present) => Some(f64::from(u8::from(present))),
            Self::NoDocument | Self::Undefined(_) => None,
        }
    }
}

/// A number of rows out of all rows.
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
    /// The number of the document in [`FrequencyTable::sources`].
    pub document: u32,
    /// The number of the coding in the document's list.
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
    /// The cell of a row and a column; `None` beyond the table.
    pub fn cell(&self, row: usize, column: usize) -> Option<&FrequencyCell> {
        let within = row < self.rows.len() && column < self.columns.len();
        within.then(|| self.cells.get(row * self.columns.len() + column))?
    }

    /// How many codings of a cell are in other rows too; 0 beyond the table.
    pub fn shared_in(&self, row: usize, column: usize) -> u64 {
        let at = row * self.columns.len() + column;
        self.shared.get(at).copied().unwrap_or(0).into()
    }

    /// The number of the row with a key.
    pub fn row_of(&self, key: &RowKey) -> Option<usize> {
        self.rows.iter().position(|row| row.key == *key)
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

    /// The codings behind a cell, by document id and place in the text; none if they weren't kept.
    fn refs(&self, row: usize, column: usize) -> &[SegmentRef] {
        self.cell(row, column)
            .and_then(|cell| self.behind.get(cell.segments.clone()))
            .unwrap_or_default()
    }

    /// The segments by document title and place in the text, each once.
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
