//! The arrangement of a table: which rows and columns are shown, and in which order.

use std::cmp::Ordering;

use super::{Cell, CellKind, Row, Table};

/// How a table is arranged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Whether rows and columns without any figure are left out.
    pub hides_empty: bool,
    /// The order of the rows.
    pub rows: RowOrder,
    /// Whether columns come by their sums, the largest first.
    pub columns_by_sum: bool,
    /// The largest number of rows that is shown.
    pub most: Option<usize>,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// As they are in the table.
    #[default]
    Given,
    /// By the sum of their figures, the largest first.
    Sum,
    /// By a column, the largest (or last in the alphabet) first.
    Down(usize),
    /// By a column, the smallest (or first in the alphabet) first.
    Up(usize),
}

/// An arranged table, with where each of its rows and columns was before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArrangedTable {
    /// The table.
    pub table: Table,
    /// For each row, its number before.
    pub rows: Vec<usize>,
    /// For each column, its number before.
    pub columns: Vec<usize>,
}

impl Table {
    /// Hides, sorts and cuts rows and columns.
    pub fn arranged(&self, arrangement: Arrangement) -> ArrangedTable {
        let rows = self.arranged_rows(arrangement);
        let columns = self.arranged_columns(arrangement);
        let table = Self {
            columns: columns
                .iter()
                .map(|&column| self.columns[column].clone())
                .collect(),
            rows: rows
                .iter()
                .map(|&row| self.rows[row].with_columns(&columns))
                .collect(),
            foot: self
                .foot
                .iter()
                .map(|row| row.with_columns(&columns))
                .collect(),
            title: self.title.clone(),
            rule: self.rule.clone(),
            corner: self.corner.clone(),
            notes: self.notes.clone(),
            heat: self.heat,
        };
        ArrangedTable {
            table,
            rows,
            columns,
        }
    }

    fn arranged_rows(&self, arrangement: Arrangement) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.rows.len())
            .filter(|&row| !arrangement.hides_empty || self.row_has_content(row))
            .collect();
        match arrangement.rows {
            RowOrder::Given => {}
            RowOrder::Sum => {
                rows.sort_by(|&a, &b| self.sum_of_row(b).total_cmp(&self.sum_of_row(a)));
            }
            RowOrder::Down(column) => rows.sort_by(|&a, &b| self.compare_in(column, b, a)),
            RowOrder::Up(column) => rows.sort_by(|&a, &b| self.compare_in(column, a, b)),
        }
        if let Some(most) = arrangement.most {
            rows.truncate(most);
        }
        rows
    }

    /// Columns without a colour are totals and the like: they stay, behind the others.
    fn arranged_columns(&self, arrangement: Arrangement) -> Vec<usize> {
        let is_code = |column: usize| self.columns[column].hue.is_some();
        let mut columns: Vec<usize> = (0..self.columns.len())
            .filter(|&column| {
                let can_hide = arrangement.hides_empty && self.heat && is_code(column);
                !can_hide || self.sum_of_column(column) > 0.0
            })
            .collect();
        if arrangement.columns_by_sum {
            columns.sort_by(|&a, &b| {
                is_code(b)
                    .cmp(&is_code(a))
                    .then_with(|| self.sum_of_column(b).total_cmp(&self.sum_of_column(a)))
            });
        }
        columns
    }

    /// Returns true if a row has a figure or, in a plain table, words.
    fn row_has_content(&self, row: usize) -> bool {
        let has_words = |cell: &Cell| cell.kind == CellKind::Words && !cell.text.is_empty();
        self.sum_of_row(row) > 0.0 || !self.heat && self.rows[row].cells.iter().any(has_words)
    }

    /// The sum of a row's figures; in a tinted table without its totals, which would count them twice.
    fn sum_of_row(&self, row: usize) -> f64 {
        self.rows[row]
            .cells
            .iter()
            .zip(&self.columns)
            .filter(|(_, head)| !self.heat || head.hue.is_some())
            .map(|(cell, _)| cell.amount())
            .sum()
    }

    fn sum_of_column(&self, column: usize) -> f64 {
        self.rows
            .iter()
            .filter_map(|row| row.cells.get(column))
            .map(Cell::amount)
            .sum()
    }

    /// Compares two rows by a column: by number, those without one first, then by text.
    fn compare_in(&self, column: usize, a: usize, b: usize) -> Ordering {
        let (a, b) = (
            self.rows[a].cells.get(column),
            self.rows[b].cells.get(column),
        );
        number_in_order(a)
            .total_cmp(&number_in_order(b))
            .then_with(|| a.map(|cell| &cell.text).cmp(&b.map(|cell| &cell.text)))
    }
}

fn number_in_order(cell: Option<&Cell>) -> f64 {
    cell.and_then(|cell| cell.value)
        .unwrap_or(f64::NEG_INFINITY)
}

impl Row {
    /// The row with these of its columns, in this order.
    fn with_columns(&self, columns: &[usize]) -> Self {
        Self {
            head: self.head.clone(),
            cells: columns
                .iter()
                .filter_map(|&column| self.cells.get(column).cloned())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::code::Hue, table::Head};

    #[test]
    fn tables_are_sorted_and_what_is_empty_goes() {
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
        let table = Table {
            columns: vec![head("a", hue), head("b", hue), head("All", None)],
            rows: vec![
                line("x", [1, 0, 1]),
                line("y", [0, 0, 0]),
                line("z", [4, 0, 4]),
            ],
            heat: true,
            ..Table::default()
        };
        let found = table.arranged(Arrangement {
            hides_empty: true,
            rows: RowOrder::Sum,
            ..Arrangement::default()
        });
        assert_eq!((found.rows, found.columns), (vec![2, 0], vec![0, 2]));
        let up = table.arranged(Arrangement {
            rows: RowOrder::Up(0),
            most: Some(2),
            columns_by_sum: true,
            ..Arrangement::default()
        });
        assert_eq!((up.rows, up.columns), (vec![1, 0], vec![0, 1, 2]));
        assert_eq!(table.arranged(Arrangement::default()).table, table);
        assert_eq!(table.plain()[1], ["x", "1", "0", "1"]);
    }
}
