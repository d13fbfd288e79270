//! A table as people read it: heads, cells that say what they hold, and what must be said beside it.
//!
//! Every view, report and file shows the same table, so a figure reads the same everywhere.
//! The window, CSV, HTML, Word and PDF only lay it out.
//! What other programs read is a [`DataTable`](data::DataTable) of raw values instead.

mod arrangement;
pub mod data;

pub use arrangement::{ArrangedTable, Arrangement, RowOrder};

use std::ops::Range;

use crate::{message::grouped, model::code::Hue};

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The title.
    pub title: String,
    /// What is counted, in what unit and by which filter, in a sentence.
    pub rule: String,
    /// The head of the column of row names.
    pub corner: String,
    /// The heads of the columns.
    pub columns: Vec<Head>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows below the others, such as totals and intervals; they are never sorted.
    pub foot: Vec<Row>,
    /// Warnings, omissions and sources.
    pub notes: Vec<String>,
    /// Whether there are many columns with figures of one kind, so that heads may lean and cells be tinted.
    pub heat: bool,
}

/// The head of a row or column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// The name.
    pub text: String,
    /// The depth in a tree of heads, 0 at the top.
    pub depth: usize,
    /// The colour, if it is the head of a code.
    pub hue: Option<Hue>,
}

impl Head {
    /// A head without depth or colour.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::at_depth(text, 0)
    }

    /// A head without colour at a depth of a tree.
    pub fn at_depth(text: impl Into<String>, depth: usize) -> Self {
        Self {
            text: text.into(),
            depth,
            hue: None,
        }
    }
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The head of the row.
    pub head: Head,
    /// The cells, one for each column.
    pub cells: Vec<Cell>,
}

impl Row {
    /// A row with a plain head.
    pub fn new(name: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self {
            head: Head::plain(name),
            cells,
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellKind {
    /// A figure.
    #[default]
    Figure,
    /// A figure that is 0, shown without weight.
    Zero,
    /// Nothing is known: there is no document, or nobody asked.
    Absent,
    /// The figure does not exist; [`Cell::why`] has the reason.
    Undefined,
    /// Words.
    Words,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// The text that is shown.
    pub text: String,
    /// The number behind the text, if there is one.
    pub value: Option<f64>,
    /// What the cell holds.
    pub kind: CellKind,
    /// How large the figure is among the others of the table, from 0 to 1.
    pub tone: Option<f32>,
    /// Whether the figure is above (`true`) or below what was expected; `None` if it is about as expected.
    pub stands_out: Option<bool>,
    /// Why there is no figure, or what else is to be said of it.
    pub why: String,
}

impl Cell {
    /// A cell of words.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            kind: CellKind::Words,
            ..Self::default()
        }
    }

    /// A cell with a count.
    pub fn count(n: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a count of codings")]
        let value = n as f64;
        Self {
            text: grouped(n),
            value: Some(value),
            kind: if n == 0 {
                CellKind::Zero
            } else {
                CellKind::Figure
            },
            ..Self::default()
        }
    }

    /// A cell with a number and how it is written.
    pub fn number(value: f64, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: Some(value),
            ..Self::default()
        }
    }

    /// A cell of which nothing is known, with what is missing.
    pub fn absent(why: impl Into<String>) -> Self {
        Self {
            text: "–".to_owned(),
            kind: CellKind::Absent,
            why: why.into(),
            ..Self::default()
        }
    }

    /// A cell whose figure does not exist, with the reason.
    pub fn undefined(why: impl Into<String>) -> Self {
        Self {
            text: "·".to_owned(),
            kind: CellKind::Undefined,
            why: why.into(),
            ..Self::default()
        }
    }

    /// What the cell adds to a sum: its figure, or 0 where it has none.
    pub fn amount(&self) -> f64 {
        match self.kind {
            CellKind::Figure => self.value.unwrap_or(0.0),
            // Words can have a number too, such as those of a diagonal, which must not be added to the figures around it.
            CellKind::Zero | CellKind::Absent | CellKind::Undefined | CellKind::Words => 0.0,
        }
    }

    /// The cell in a file for other programs: numbers bare, and empty where there is none.
    fn plain(&self) -> String {
        match (self.kind, self.value) {
            (CellKind::Absent | CellKind::Undefined, _) => String::new(),
            // A count is written without its separators; what has a unit or two figures in it stays as it is read.
            (CellKind::Figure | CellKind::Zero, Some(value))
                if self.text.chars().all(|c| c.is_ascii_digit() || c == ',') =>
            {
                value.to_string()
            }
            _ => self.text.clone(),
        }
    }
}

/// A place in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellRef {
    /// A cell, by row and column.
    Cell(usize, usize),
    /// A row as a whole.
    Row(usize),
    /// A column as a whole.
    Column(usize),
}

impl CellRef {
    /// The row, unless it is a column as a whole.
    pub const fn row(self) -> Option<usize> {
        match self {
            Self::Cell(row, _) | Self::Row(row) => Some(row),
            Self::Column(_) => None,
        }
    }

    /// The column, unless it is a row as a whole.
    pub const fn column(self) -> Option<usize> {
        match self {
            Self::Cell(_, column) | Self::Column(column) => Some(column),
            Self::Row(_) => None,
        }
    }
}

impl Table {
    /// The name of a place: the heads of its row and column.
    pub fn name_of(&self, at: CellRef) -> String {
        let row = at.row().and_then(|row| self.rows.get(row));
        let column = at.column().and_then(|column| self.columns.get(column));
        let heads = [row.map(|row| &row.head), column];
        heads
            .into_iter()
            .flatten()
            .map(|head| head.text.as_str())
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Tints figures by how large they are among all figures of the table.
    pub fn tint(&mut self) {
        self.tint_columns(0..self.columns.len());
    }

    /// Tints the figures of some columns by how large they are among one another.
    pub fn tint_columns(&mut self, columns: Range<usize>) {
        let largest = self
            .rows
            .iter()
            .filter_map(|row| row.cells.get(columns.clone()))
            .flatten()
            .map(Cell::amount)
            .fold(0.0, f64::max);
        for cell in self
            .rows
            .iter_mut()
            .filter_map(|row| row.cells.get_mut(columns.clone()))
            .flatten()
        {
            cell.tone = cell.value.map(|value| tone(value, largest));
        }
        self.heat = true;
    }

    /// Every cell as text, heads included, row by row, for files of other programs.
    pub fn plain(&self) -> Vec<Vec<String>> {
        let heads = self.columns.iter().map(|head| head.text.clone());
        let mut lines = vec![std::iter::once(self.corner.clone()).chain(heads).collect()];
        lines.extend(self.rows.iter().chain(&self.foot).map(|row| {
            std::iter::once(row.head.text.clone())
                .chain(row.cells.iter().map(Cell::plain))
                .collect()
        }));
        lines
    }
}

#[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
fn tone(value: f64, largest: f64) -> f32 {
    if largest > 0.0 {
        (value / largest).clamp(0.0, 1.0) as f32
    } else {
        0.0
    }
}
