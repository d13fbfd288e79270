//! A table as it is shown: heads, figures and words, what may be opened, and what is said of it.

use crate::model::code::Hue;

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// What is counted, and in what: the rule and the filter in a sentence.
    pub rule: String,
    /// What stands over the names of the rows.
    pub corner: String,
    /// Heads of the columns.
    pub columns: Vec<Head>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Lines below: totals, intervals.
    pub foot: Vec<Row>,
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
        Self {
            text: text.into(),
            depth: 0,
            hue: None,
        }
    }
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Its head.
    pub head: Head,
    /// Its cells, as many as there are columns.
    pub cells: Vec<Cell>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellKind {
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
    pub kind: CellKind,
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
        Self {
            text: text.into(),
            kind: CellKind::Words,
            ..Self::default()
        }
    }

    /// A count.
    pub fn count(n: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a count of codings")]
        let value = n as f64;
        let kind = if n == 0 {
            CellKind::Zero
        } else {
            CellKind::Figure
        };
        Self {
            text: grouped(n),
            value: Some(value),
            kind,
            ..Self::default()
        }
    }

    /// A number, written in some way.
    pub fn number(value: f64, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: Some(value),
            kind: CellKind::Figure,
            ..Self::default()
        }
    }

    /// Nothing known, with what isn't.
    pub fn absent(why: impl Into<String>) -> Self {
        Self {
            text: "–".to_owned(),
            kind: CellKind::Absent,
            why: why.into(),
            ..Self::default()
        }
    }

    /// No such figure, with the reason.
    pub fn undefined(why: impl Into<String>) -> Self {
        Self {
            text: "·".to_owned(),
            kind: CellKind::Undefined,
            why: why.into(),
            ..Self::default()
        }
    }
}

/// A place in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellRef {
    /// A cell: row and column.
    Cell(usize, usize),
    /// A row.
    Row(usize),
    /// A column.
    Column(usize),
}

impl CellRef {
    /// Its row, if it has one.
    pub const fn row(self) -> Option<usize> {
        match self {
            Self::Cell(row, _) | Self::Row(row) => Some(row),
            Self::Column(_) => None,
        }
    }

    /// Its column, if it has one.
    pub const fn column(self) -> Option<usize> {
        match self {
            Self::Cell(_, column) | Self::Column(column) => Some(column),
            Self::Row(_) => None,
        }
    }
}

/// How a sheet is arranged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Whether rows and columns without any figure are left out.
    pub hides_empty: bool,
    /// What rows are sorted by.
    pub rows: RowOrder,
    /// Whether columns come by their sums, the largest first.
    pub columns_by_sum: bool,
    /// At most so many rows.
    pub most: Option<usize>,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// As they come.
    #[default]
    Given,
    /// By the sum of their figures, the largest first.
    Sum,
    /// By a column, the largest (or last) first.
    Down(usize),
    /// By a column, the smallest (or first) first.
    Up(usize),
}

/// A sheet arranged, with where each of its rows and columns was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArrangedTable {
    /// The sheet.
    pub sheet: Table,
    /// For each row, its number before.
    pub rows: Vec<usize>,
    /// For each column, its number before.
    pub columns: Vec<usize>,
}

impl Table {
    /// Hides, sorts and cuts; columns without colour (totals and the like) keep their places behind the others.
    pub fn arranged(&self, how: Arrangement) -> ArrangedTable {
        let figures = |cell: &Cell| {
            if cell.kind == CellKind::Figure {
                cell.value.unwrap_or(0.0)
            } else {
                0.0
            }
        };
        let sum_of_row = |row: usize| -> f64 {
            self.rows[row]
                .cells
                .iter()
                .zip(&self.columns)
                .filter(|(_, head)| !self.heat || head.hue.is_some())
                .map(|(cell, _)| figures(cell))
                .sum()
        };
        let sum_of_column = |column: usize| -> f64 {
            self.rows
                .iter()
                .filter_map(|row| row.cells.get(column))
                .map(figures)
                .sum()
        };
        let words = |row: usize| {
            self.rows[row]
                .cells
                .iter()
                .any(|cell| cell.kind == CellKind::Words && !cell.text.is_empty())
        };
        let mut rows: Vec<usize> = (0..self.rows.len())
            .filter(|&row| !how.hides_empty || sum_of_row(row) > 0.0 || !self.heat && words(row))
            .collect();
        let colored = |column: &usize| self.columns[*column].hue.is_some();
        let shown = |column: &usize| {
            !how.hides_empty || !self.heat || !colored(column) || sum_of_column(*column) > 0.0
        };
        let mut columns: Vec<usize> = (0..self.columns.len()).filter(shown).collect();
        if how.columns_by_sum {
            columns.sort_by(|&a, &b| {
                colored(&b)
                    .cmp(&colored(&a))
                    .then_with(|| sum_of_column(b).total_cmp(&sum_of_column(a)))
            });
        }
        let by = |column: usize, a: usize, b: usize| {
            let cell = |row: usize| self.rows[row].cells.get(column);
            let value = |row: usize| {
                cell(row)
                    .and_then(|cell| cell.value)
                    .unwrap_or(f64::NEG_INFINITY)
            };
            let text = |row: usize| cell(row).map_or("", |cell| cell.text.as_str());
            value(a)
                .total_cmp(&value(b))
                .then_with(|| text(a).cmp(text(b)))
        };
        match how.rows {
            RowOrder::Given => {}
            RowOrder::Sum => rows.sort_by(|&a, &b| sum_of_row(b).total_cmp(&sum_of_row(a))),
            RowOrder::Down(column) => rows.sort_by(|&a, &b| by(column, b, a)),
            RowOrder::Up(column) => rows.sort_by(|&a, &b| by(column, a, b)),
        }
        rows.truncate(how.most.unwrap_or(usize::MAX));
        let cells = |line: &Row| Row {
            head: line.head.clone(),
            cells: columns
                .iter()
                .filter_map(|&column| line.cells.get(column).cloned())
                .collect(),
        };
        let sheet = Self {
            columns: columns
                .iter()
                .map(|&column| self.columns[column].clone())
                .collect(),
            rows: rows.iter().map(|&row| cells(&self.rows[row])).collect(),
            foot: self.foot.iter().map(cells).collect(),
            title: self.title.clone(),
            rule: self.rule.clone(),
            corner: self.corner.clone(),
            notes: self.notes.clone(),
            heat: self.heat,
        };
        ArrangedTable {
            sheet,
            rows,
            columns,
        }
    }

    /// Tints figures by how strong they are among all of the sheet.
    pub fn tint(&mut self) {
        let strongest = self
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter_map(|cell| cell.value)
            .fold(0.0, f64::max);
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
            let tone = |value: f64| {
                if strongest > 0.0 {
                    (value / strongest).clamp(0.0, 1.0) as f32
                } else {
                    0.0
                }
            };
            cell.tone = cell.value.map(tone);
        }
        self.heat = true;
    }

    /// Every cell as text, heads included, row by row: for sheets of other programs.
    pub fn plain(&self) -> Vec<Vec<String>> {
        let heads = std::iter::once(self.corner.clone())
            .chain(self.columns.iter().map(|head| head.text.clone()))
            .collect();
        let line = |line: &Row| {
            let cell = |cell: &Cell| match (cell.kind, cell.value) {
                (CellKind::Absent | CellKind::Undefined, _) => String::new(),
                (CellKind::Figure | CellKind::Zero, Some(value))
                    if cell.text.chars().all(|c| c.is_ascii_digit() || c == ',') =>
                {
                    value.to_string()
                }
                _ => cell.text.clone(),
            };
            std::iter::once(line.head.text.clone())
                .chain(line.cells.iter().map(cell))
                .collect()
        };
        std::iter::once(heads)
            .chain(self.rows.iter().chain(&self.foot).map(line))
            .collect()
    }
}

/// A whole number with its thousands apart.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_sorted_and_what_is_empty_goes() {
        let head = |text: &str, hue| Head {
            text: text.to_owned(),
            depth: 0,
            hue,
        };
        let line = |name: &str, counts: [usize; 3]| Row {
            head: Head::plain(name),
            cells: counts.map(Cell::count).to_vec(),
        };
        let hue = Some(Hue::new(1));
        let sheet = Table {
            columns: vec![head("a", hue), head("b", hue), head("All", None)],
            rows: vec![
                line("x", [1, 0, 1]),
                line("y", [0, 0, 0]),
                line("z", [4, 0, 4]),
            ],
            heat: true,
            ..Table::default()
        };
        let found = sheet.arranged(Arrangement {
            hides_empty: true,
            rows: RowOrder::Sum,
            ..Arrangement::default()
        });
        assert_eq!((found.rows, found.columns), (vec![2, 0], vec![0, 2]));
        let up = sheet.arranged(Arrangement {
            rows: RowOrder::Up(0),
            most: Some(2),
            columns_by_sum: true,
            ..Arrangement::default()
        });
        assert_eq!((up.rows, up.columns), (vec![1, 0], vec![0, 1, 2]));
        assert_eq!(sheet.arranged(Arrangement::default()).sheet, sheet);
        assert_eq!(sheet.plain()[1], ["x", "1", "0", "1"]);
    }
}
