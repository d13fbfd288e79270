//! A table as it is shown: heads, figures and words, what may be opened, and what is said of it.

use crate::model::code::Hue;

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// What is counted, and in what: the rule and the filter in a sentence.
    pub rule: String,
    /// What stands over the names of the rows.
    pub corner: String,
    /// Heads of the columns.
    pub columns: Vec<Head>,
    /// The rows.
    pub rows: Vec<Line>,
    /// Lines below: totals, intervals.
    pub foot: Vec<Line>,
    /// What must be said beside it: warnings, what was left out, sources.
    pub notes: Vec<String>,
    /// Whether columns are many and their figures alike, so that heads may lean and cells be tinted.
    pub heat: bool,
}

/// The head of a row or column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// Its name.
    pub text: String,
    /// How deep it lies below others.
    pub depth: usize,
    /// The colour of its code.
    pub hue: Option<Hue>,
}

impl Head {
    /// A plain name.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), depth: 0, hue: None }
    }
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Its head.
    pub head: Head,
    /// Its cells, as many as there are columns.
    pub cells: Vec<Cell>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// A figure.
    #[default]
    Figure,
    /// A figure that is 0, of no weight.
    Zero,
    /// Nothing is known: no document, not asked.
    Absent,
    /// There is no such figure, and why is said elsewhere.
    Undefined,
    /// Words.
    Words,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// As it is shown.
    pub text: String,
    /// As a number, where it is one.
    pub value: Option<f64>,
    /// What it holds.
    pub kind: Kind,
    /// How strong it is among its like, 0 to 1.
    pub tone: Option<f32>,
    /// Whether it stands out from what was expected: above (positive) or below.
    pub stands_out: Option<bool>,
    /// Why there is no figure, or what else is to be said.
    pub why: String,
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Words, ..Self::default() }
    }

    /// A count.
    pub fn count(n: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a count of codings")]
        let value = n as f64;
        let kind = if n == 0 { Kind::Zero } else { Kind::Figure };
        Self { text: super::wording::grouped(n), value: Some(value), kind, ..Self::default() }
    }

    /// A number, written in some way.
    pub fn number(value: f64, text: impl Into<String>) -> Self {
        Self { text: text.into(), value: Some(value), kind: Kind::Figure, ..Self::default() }
    }

    /// Nothing known, with what isn't.
    pub fn absent(why: impl Into<String>) -> Self {
        Self { text: "–".to_owned(), kind: Kind::Absent, why: why.into(), ..Self::default() }
    }

    /// No such figure, with the reason.
    pub fn undefined(why: impl Into<String>) -> Self {
        Self { text: "·".to_owned(), kind: Kind::Undefined, why: why.into(), ..Self::default() }
    }
}

impl Sheet {
    /// Tints figures by how strong they are among all of the sheet.
    pub fn tint(&mut self) {
        let strongest = self.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value).fold(0.0, f64::max);
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
            let tone = |value: f64| if strongest > 0.0 { (value / strongest).clamp(0.0, 1.0) as f32 } else { 0.0 };
            cell.tone = cell.value.map(tone);
        }
        self.heat = true;
    }

    /// Every cell as text, heads included, row by row: for sheets of other programs.
    pub fn plain(&self) -> Vec<Vec<String>> {
        let heads = std::iter::once(self.corner.clone()).chain(self.columns.iter().map(|head| head.text.clone())).collect();
        let line = |line: &Line| {
            let cell = |cell: &Cell| match (cell.kind, cell.value) {
                (Kind::Absent | Kind::Undefined, _) => String::new(),
                (Kind::Figure | Kind::Zero, Some(value)) if cell.text.chars().all(|c| c.is_ascii_digit() || c == ',') => value.to_string(),
                _ => cell.text.clone(),
            };
            std::iter::once(line.head.text.clone()).chain(line.cells.iter().map(cell)).collect()
        };
        std::iter::once(heads).chain(self.rows.iter().chain(&self.foot).map(line)).collect()
    }
}
