//! Tables on pages: cut into parts that are as wide as the page, and between rows, with their heads repeated.

use super::{FOOT, MARGIN, PAGE, Press, SMALL, WIDTH};
use crate::{
    picture::{Paint, TextAnchor, TextStyle, Weight},
    report::columns::{Setting, is_words},
    table::{CellKind, Row, Table},
};

const TABLE: TextStyle = TextStyle::new(8.5, Paint::Ink);
/// Room at both sides of a cell.
const PAD: f32 = 4.0;
/// How tables are set.
const SETTING: Setting = Setting {
    face: TABLE,
    pad: PAD,
    step: 9.0,
    width: WIDTH,
};

impl Press {
    /// A table, in several parts if it is wider than the page.
    pub(super) fn table(&mut self, sheet: &Table, label: &str) {
        let cut = SETTING.fitting(&self.faces, sheet);
        for (number, (part, widths)) in cut.iter().enumerate() {
            let label = if cut.len() > 1 {
                format!("{label} ({}/{})", number + 1, cut.len())
            } else {
                label.to_owned()
            };
            self.part(part, widths, &label);
        }
        for note in std::iter::once(&sheet.rule)
            .chain(&sheet.notes)
            .filter(|note| !note.is_empty())
        {
            self.text(note, SMALL, 12.0, 0.0);
        }
        self.space(12.0);
    }

    /// A part of a table; where a page ends, the heads are repeated on the next one.
    fn part(&mut self, sheet: &Table, widths: &[f32], label: &str) {
        // Heads alone at the end of a page would be no use: some rows have to fit below them.
        self.need(110.0);
        self.text(
            label,
            TextStyle::new(9.5, Paint::Ink).weight(Weight::Semibold),
            15.0,
            0.0,
        );
        self.space(3.0);
        self.heads(sheet, widths);
        for (number, line) in sheet.rows.iter().chain(&sheet.foot).enumerate() {
            let cells = self.broken(line, widths);
            let height = row_height(&cells);
            if self.y + height > PAGE[1] - FOOT {
                self.rule(1.2);
                self.turn();
                self.heads(sheet, widths);
            }
            // A thin line sets totals apart.
            if number == sheet.rows.len() {
                self.rule(0.4);
            }
            self.row(line, sheet, &cells, widths, height);
        }
        self.rule(1.2);
        self.space(8.0);
    }

    /// The heads of the columns between two rules.
    fn heads(&mut self, sheet: &Table, widths: &[f32]) {
        self.rule(1.2);
        let face = TABLE.weight(Weight::Medium);
        let texts =
            std::iter::once(&sheet.corner).chain(sheet.columns.iter().map(|head| &head.text));
        let cells: Vec<Vec<String>> = texts
            .zip(widths)
            .map(|(text, width)| {
                self.faces
                    .lines(text, face.size, face.weight, width - 2.0 * PAD)
            })
            .collect();
        let height = row_height(&cells);
        let mut x = MARGIN;
        for (number, (lines, width)) in cells.iter().zip(widths).enumerate() {
            let left = number == 0 || is_words(sheet, number - 1);
            // Heads of several lines end at the same height, just above the rule.
            let top = self.y + height - 4.0 - lines.len() as f32 * 11.5;
            self.cell(lines, [x, top], *width, left, face);
            x += width;
        }
        self.y += height;
        self.rule(0.6);
        self.space(1.0);
    }

    /// The lines of each cell of a row, the name first.
    fn broken(&self, line: &Row, widths: &[f32]) -> Vec<Vec<String>> {
        let texts = std::iter::once((&line.head.text, SETTING.indent(line)))
            .chain(line.cells.iter().map(|cell| (&cell.text, 0.0)));
        texts
            .zip(widths)
            .map(|((text, indent), width)| {
                self.faces
                    .lines(text, TABLE.size, TABLE.weight, width - 2.0 * PAD - indent)
            })
            .collect()
    }

    fn row(
        &mut self,
        line: &Row,
        sheet: &Table,
        cells: &[Vec<String>],
        widths: &[f32],
        height: f32,
    ) {
        let mut x = MARGIN;
        for (number, (lines, width)) in cells.iter().zip(widths).enumerate() {
            let left = number == 0 || is_words(sheet, number - 1);
            let shift = if number == 0 {
                SETTING.indent(line)
            } else {
                0.0
            };
            let faint = number > 0
                && line.cells.get(number - 1).is_some_and(|cell| {
                    matches!(cell.kind, CellKind::Absent | CellKind::Undefined)
                });
            let face = if faint {
                TextStyle {
                    paint: Paint::Faint,
                    ..TABLE
                }
            } else {
                TABLE
            };
            self.cell(lines, [x + shift, self.y + 2.0], *width - shift, left, face);
            x += width;
        }
        self.y += height;
    }

    fn cell(
        &mut self,
        lines: &[String],
        [x, y]: [f32; 2],
        width: f32,
        left: bool,
        face: TextStyle,
    ) {
        let Some(page) = self.pages.last_mut() else {
            return;
        };
        for (number, line) in lines.iter().enumerate() {
            let y = y + 6.5 + number as f32 * 11.5;
            let (x, anchor) = if left {
                (x + PAD, TextAnchor::Start)
            } else {
                (x + width - PAD, TextAnchor::End)
            };
            page.text([x, y], line, face, anchor);
        }
    }
}

fn row_height(cells: &[Vec<String>]) -> f32 {
    lines_height_of(cells.iter().map(Vec::len).max().unwrap_or(1))
}

fn lines_height_of(lines: usize) -> f32 {
    lines.max(1) as f32 * 11.5 + 5.0
}
