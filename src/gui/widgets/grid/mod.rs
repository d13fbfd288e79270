//! A table as a grid: tinted under leaning heads, or plain. Only what is on screen is painted.

mod cells;
mod heads;

use std::ops::Range;

use egui::{Pos2, Rect, ScrollArea, Ui, Vec2, pos2};

use crate::{
    language::{lines::pieces, words::is_han},
    table::{Cell, CellKind, CellRef, Head, Table},
};

/// The size of a cell under leaning heads.
const CELL: Vec2 = Vec2::new(66.0, 30.0);
/// The height of leaning heads.
const LEANING: f32 = 128.0;
/// The height of plain heads.
const HEADS: f32 = 44.0;
/// The height of a plain row.
const ROW: f32 = 28.0;
/// The height of a row with words to be read.
const READING_ROW: f32 = 92.0;
/// The widest column of words to be read.
const READING: f32 = 220.0;
/// A text that is wider than this is read in several lines, rather than at a glance.
const LONG_TEXT: f32 = 330.0;
/// The widest head with Han characters that stays in one line.
const SHORT_HEAD: f32 = 96.0;
/// The least space between the figures of tinted columns.
const BETWEEN: f32 = 8.0;
/// The space between columns.
const GAP: f32 = 14.0;
/// How far a name is indented for each step of its depth.
const INDENT: f32 = 12.0;

/// A table with the measures of its columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TableGrid {
    /// The table that is shown.
    pub(crate) table: Table,
    /// The width of the names of rows.
    names: f32,
    widths: Vec<f32>,
    row_height: f32,
    heads_height: f32,
    /// Whether each column is set flush right, as figures are.
    flush_right: Vec<bool>,
    /// How much farther the words of each column stand from the figures at their left, which end where they begin.
    leads: Vec<f32>,
    /// Whether cells hold words to be read, in several lines.
    is_for_reading: bool,
}

/// Estimates the width of a text: enough to lay columns out without setting every cell of a large table.
fn estimate(text: &str) -> f32 {
    // Han characters, and whatever is as wide, take a square of the letters' size.
    let is_wide = |c: char| is_han(c) || u32::from(c) > 0x2E80;
    text.chars()
        .map(|c| if is_wide(c) { 13.0 } else { 7.3 })
        .sum::<f32>()
        + 3.0
}

/// The height of the highest leaning head, with the colour of its code below it.
fn leaning_height(table: &Table) -> f32 {
    let leaning = table.columns.iter().filter(|head| head.hue.is_some());
    let longest = leaning.map(|head| estimate(&head.text)).fold(0.0, f32::max);
    (longest.min(heads::LONGEST) * heads::SLOPE.sin().abs() + 38.0).min(LEANING)
}

/// The rows that are seen below heads that stay where they are.
const LEAST_ROWS: f32 = 4.0;

/// The cells of a column, those of the foot included.
fn cells_of(table: &Table, column: usize) -> impl Iterator<Item = &Cell> {
    table
        .rows
        .iter()
        .chain(&table.foot)
        .filter_map(move |row| row.cells.get(column))
}

fn has_words(table: &Table, column: usize) -> bool {
    cells_of(table, column).any(|cell| cell.kind == CellKind::Words)
}

fn widest_cell(table: &Table, column: usize) -> f32 {
    cells_of(table, column)
        .map(|cell| estimate(&cell.text))
        .fold(0.0, f32::max)
}

/// The width of a plain head, which may take two lines but must not break a word.
fn head_width(head: &Head) -> f32 {
    let whole = estimate(&head.text);
    let longest_word = pieces(&head.text)
        .into_iter()
        .map(|piece| estimate(piece.trim_end()))
        .fold(0.0, f32::max);
    // A few Han characters are wider in two lines than the figures below them are narrow.
    if head.text.chars().any(is_han) && whole <= SHORT_HEAD {
        return whole;
    }
    if let Some((before, after)) = at_bracket(&head.text) {
        return whole.min(estimate(before).max(estimate(after)) + 2.0);
    }
    // Two lines are rarely equal, so half of the text is not enough.
    whole.min((whole / 2.0 + 20.0).max(longest_word + 2.0))
}

/// The two lines of a head that ends with a bracket in Han characters, between any two of which a line would else be broken.
fn at_bracket(text: &str) -> Option<(&str, &str)> {
    let at = text.find('（').filter(|at| *at > 0)?;
    Some(text.split_at(at))
}

fn column_width(table: &Table, column: usize, is_for_reading: bool) -> f32 {
    let head = &table.columns[column];
    if table.heat && head.hue.is_some() {
        return CELL.x;
    }
    let cells = widest_cell(table, column);
    if is_for_reading {
        // Room for a sentence, also where none is written yet.
        return cells.clamp(140.0, READING) + GAP;
    }
    // Beside leaning heads there is room for any head.
    let head = if table.heat { 40.0 } else { head_width(head) };
    cells.max(head).min(LONG_TEXT) + GAP
}

impl TableGrid {
    /// Measures a table.
    pub(crate) fn new(table: Table) -> Self {
        let names = table
            .rows
            .iter()
            .chain(&table.foot)
            .map(|row| estimate(&row.head.text) + times(row.head.depth) * INDENT)
            .fold(estimate(&table.corner), f32::max);
        let columns = 0..table.columns.len();
        let longest = columns
            .clone()
            .flat_map(|column| cells_of(&table, column))
            .filter(|cell| cell.kind == CellKind::Words)
            .map(|cell| estimate(&cell.text))
            .fold(0.0, f32::max);
        let is_for_reading = !table.heat && longest > LONG_TEXT;
        let (row_height, heads_height) = match (table.heat, is_for_reading) {
            (true, _) => (CELL.y, leaning_height(&table)),
            (false, true) => (READING_ROW, HEADS),
            (false, false) => (ROW, HEADS),
        };
        let flush_right: Vec<bool> = columns
            .clone()
            .map(|column| !has_words(&table, column))
            .collect();
        let after_figures =
            |column: usize| !flush_right[column] && column > 0 && flush_right[column - 1];
        let lead = |column: usize| if after_figures(column) { GAP } else { 0.0 };
        let leads: Vec<f32> = columns.clone().map(lead).collect();
        Self {
            names: names.clamp(70.0, 210.0) + GAP,
            widths: columns
                .map(|column| column_width(&table, column, is_for_reading) + leads[column])
                .collect(),
            flush_right,
            leads,
            row_height,
            heads_height,
            is_for_reading,
            table,
        }
    }

    /// The left edge of a column; for the number of columns, the right edge of the grid.
    fn left_of(&self, column: usize) -> f32 {
        self.names + self.widths.iter().take(column).sum::<f32>()
    }

    /// Whether a column is tinted under a leaning head.
    fn is_tinted(&self, column: usize) -> bool {
        self.table.heat && self.table.columns[column].hue.is_some()
    }

    /// Shows the grid; returns the place that was clicked.
    pub(crate) fn ui(&self, ui: &mut Ui, chosen: Option<CellRef>) -> Option<CellRef> {
        let n_rows = self.table.rows.len();
        let lines = times(n_rows + self.table.foot.len());
        let lean = if self.table.heat { 90.0 } else { 0.0 };
        let size = Vec2::new(
            self.left_of(self.widths.len()) + lean,
            self.heads_height + lines * self.row_height + 10.0,
        );
        let mut clicked = None;
        ScrollArea::both()
            .auto_shrink([false, false])
            .show_viewport(ui, |ui, viewport| {
                ui.set_min_size(size);
                let origin = ui.min_rect().min;
                let columns = self.columns_in(viewport);
                // Names stay at the left, and heads at the top where rows are left to see below them.
                let names = origin.x + viewport.min.x;
                for row in self.rows_in(viewport) {
                    let at = self.line_start(origin, row);
                    clicked = self
                        .row_ui(ui, row, at, names, columns.clone(), chosen)
                        .or(clicked);
                }
                for (number, row) in self.table.foot.iter().enumerate() {
                    let at = self.line_start(origin, n_rows + number) + Vec2::new(0.0, 4.0);
                    self.foot_ui(ui, row, at, names, columns.clone());
                }
                let has_room = viewport.height() > self.heads_height + LEAST_ROWS * self.row_height;
                let top = if has_room { viewport.min.y } else { 0.0 };
                let heads = pos2(origin.x, origin.y + top);
                clicked = self.heads_ui(ui, heads, names, columns).or(clicked);
            });
        clicked
    }

    /// The left upper corner of a line, rows and foot counted together.
    fn line_start(&self, origin: Pos2, line: usize) -> Pos2 {
        let y = self.heads_height + times(line) * self.row_height;
        pos2(origin.x, origin.y + y)
    }

    /// The columns on screen, and three more at the left, whose heads lean into sight.
    fn columns_in(&self, viewport: Rect) -> Range<usize> {
        let n = self.widths.len();
        let first = (0..n)
            .find(|&column| self.left_of(column + 1) > viewport.min.x)
            .unwrap_or(0);
        let end = (first..n)
            .find(|&column| self.left_of(column) > viewport.max.x)
            .unwrap_or(n);
        first.saturating_sub(3)..end
    }

    fn rows_in(&self, viewport: Rect) -> Range<usize> {
        let n = self.table.rows.len();
        self.row_at(viewport.min.y).min(n)..(self.row_at(viewport.max.y) + 1).min(n)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a row on screen, not below 0"
    )]
    fn row_at(&self, y: f32) -> usize {
        ((y - self.heads_height) / self.row_height).max(0.0) as usize
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand rows at most")]
const fn times(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_with_a_bracket_is_broken_before_it() {
        let text = "McNemar p（失去，获得）";
        assert_eq!(at_bracket(text), Some(("McNemar p", "（失去，获得）")));
        let head = Head {
            text: text.to_owned(),
            ..Head::default()
        };
        let width = head_width(&head);
        assert!(estimate("（失去，获得）") < width && width < estimate(text));
        assert_eq!(at_bracket("（备注）"), None);
    }
}
