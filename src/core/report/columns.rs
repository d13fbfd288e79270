//! The widths of the columns of a printed table, by the words in them. A table that is too wide for the page is cut into parts.

use std::ops::Range;

use crate::table::{CellKind, Row, Table};
use crate::{
    language::lines::pieces,
    picture::{TextStyle, face::Faces},
};

/// The widest column of words, in points.
const WORDS: f32 = 150.0;
/// The widest column of names, in points.
const NAMES: f32 = 170.0;
/// The largest number of columns of a part; more are hard to read across.
const MOST: usize = 10;

/// How a table is set; all lengths are in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The type.
    pub(super) face: TextStyle,
    /// The space at either side of a cell.
    pub(super) pad: f32,
    /// How far a name is indented for each step of its depth.
    pub(super) step: f32,
    /// The width of the text on the page.
    pub(super) width: f32,
}

impl Setting {
    /// The parts of a table that fit the page, each with the widths of its columns, that of the names first.
    ///
    /// There are as few parts as possible, each about as wide as the others, so that none is a leftover.
    pub(super) fn fitting(&self, faces: &Faces, sheet: &Table) -> Vec<(Table, Vec<f32>)> {
        let names = self.names(faces, sheet);
        let columns: Vec<f32> = (0..sheet.columns.len())
            .map(|at| self.column(faces, sheet, at))
            .collect();
        // As many parts as are needed; then the narrowest page that needs no more of them, which makes them about equal.
        let mut cuts = packed(&columns, self.width - names);
        for percent in (5..100).rev().step_by(5) {
            let closer = packed(&columns, (self.width - names) * percent as f32 / 100.0);
            if closer.len() > cuts.len() {
                break;
            }
            cuts = closer;
        }
        cuts.into_iter()
            .map(|range| {
                let widths = std::iter::once(names).chain(columns[range.clone()].iter().copied());
                let widths = self.filled(widths.collect());
                (part(sheet, range), widths)
            })
            .collect()
    }

    /// How far the name of a row is indented.
    pub(super) fn indent(&self, line: &Row) -> f32 {
        line.head.depth as f32 * self.step
    }

    fn names(&self, faces: &Faces, sheet: &Table) -> f32 {
        let lines = sheet.rows.iter().chain(&sheet.foot);
        let names = lines.map(|line| self.longest(faces, &line.head.text) + self.indent(line));
        names
            .fold(self.longest(faces, &sheet.corner), f32::max)
            .min(NAMES)
            + 2.0 * self.pad
    }

    fn column(&self, faces: &Faces, sheet: &Table, at: usize) -> f32 {
        let lines = sheet.rows.iter().chain(&sheet.foot);
        let cells = lines
            .filter_map(|line| line.cells.get(at))
            .map(|cell| self.longest(faces, &cell.text))
            .fold(0.0, f32::max);
        // A head may take several lines, but none narrower than its longest word.
        let word = |piece: &str| faces.width(piece.trim_end(), self.face.size, self.face.weight);
        let head = sheet.columns.get(at).map_or(0.0, |head| {
            pieces(&head.text).into_iter().map(word).fold(0.0, f32::max)
        });
        cells.min(WORDS).max(head).max(24.0) + 2.0 * self.pad
    }

    /// The width of the longest line of a text.
    fn longest(&self, faces: &Faces, text: &str) -> f32 {
        text.split('\n')
            .map(|line| faces.width(line, self.face.size, self.face.weight))
            .fold(0.0, f32::max)
    }

    /// Widths that fill the page: space that is left over is shared equally, and columns that are too wide are narrowed in proportion.
    fn filled(&self, mut widths: Vec<f32>) -> Vec<f32> {
        let sum: f32 = widths.iter().sum();
        if sum > self.width {
            widths
                .iter_mut()
                .for_each(|width| *width *= self.width / sum);
        } else {
            let spare = (self.width - sum) / widths.len().max(1) as f32;
            widths.iter_mut().for_each(|width| *width += spare);
        }
        widths
    }
}

/// Ranges of columns in order, as many columns in each as fit, but at least one.
fn packed(columns: &[f32], room: f32) -> Vec<Range<usize>> {
    let (mut ranges, mut start, mut sum) = (Vec::new(), 0, 0.0);
    for (at, width) in columns.iter().enumerate() {
        if at > start && (sum + width > room + 0.5 || at - start == MOST) {
            ranges.push(start..at);
            (start, sum) = (at, 0.0);
        }
        sum += width;
    }
    ranges.push(start..columns.len());
    ranges
}

/// Some columns of a table with the names of its rows; the last columns have its notes.
fn part(sheet: &Table, range: Range<usize>) -> Table {
    let last = range.end == sheet.columns.len();
    Table {
        columns: sheet.columns[range.clone()].to_vec(),
        rows: sheet.rows.iter().map(|row| cut(row, &range)).collect(),
        foot: sheet.foot.iter().map(|row| cut(row, &range)).collect(),
        notes: if last {
            sheet.notes.clone()
        } else {
            Vec::new()
        },
        rule: if last {
            sheet.rule.clone()
        } else {
            String::new()
        },
        ..sheet.clone()
    }
}

/// A row with these of its cells; a row can have fewer cells than the table has columns.
fn cut(row: &Row, range: &Range<usize>) -> Row {
    let cells = row.cells.iter().take(range.end).skip(range.start);
    Row {
        head: row.head.clone(),
        cells: cells.cloned().collect(),
    }
}

/// Returns true if a column holds words, which are set flush left; figures are set flush right.
pub(super) fn is_words(sheet: &Table, column: usize) -> bool {
    sheet.rows.iter().any(|row| {
        row.cells
            .get(column)
            .is_some_and(|cell| cell.kind == CellKind::Words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        picture::Paint,
        table::{Cell, Head},
    };

    #[test]
    fn no_word_is_wider_than_its_column_and_the_page_is_filled() {
        let setting = Setting {
            face: TextStyle::new(9.0, Paint::Ink),
            pad: 5.0,
            step: 9.0,
            width: 451.0,
        };
        let faces = Faces::new();
        let heads = [
            "household",
            "minimum allowance",
            "years_on_allowance",
            "self_esteem · follow-up",
            "家庭结构",
            "n",
            "carer",
            "takes_part",
        ];
        let line = Row {
            head: Head::plain("Family 2 grandmother"),
            cells: heads.iter().map(|_| Cell::words("grandmother")).collect(),
        };
        let sheet = Table {
            columns: heads.iter().map(|head| Head::plain(*head)).collect(),
            rows: vec![line],
            ..Table::default()
        };
        let parts = setting.fitting(&faces, &sheet);
        assert!(parts.len() > 1);
        assert_eq!(
            parts
                .iter()
                .map(|(part, _)| part.columns.len())
                .sum::<usize>(),
            heads.len()
        );
        for (part, widths) in &parts {
            assert!((widths.iter().sum::<f32>() - 451.0).abs() < 1.0);
            for (head, width) in part.columns.iter().zip(widths.iter().skip(1)) {
                let longest = head
                    .text
                    .split(' ')
                    .map(|word| faces.width(word, 9.0, setting.face.weight))
                    .fold(0.0, f32::max);
                assert!(longest <= width - 10.0 + 0.1, "{} in {width}", head.text);
            }
        }
    }

    #[test]
    fn parts_are_few_and_about_as_wide_as_one_another() {
        assert_eq!(packed(&[40.0; 11], 400.0), [0..10, 10..11]);
        let setting = Setting {
            face: TextStyle::new(9.0, Paint::Ink),
            pad: 5.0,
            step: 9.0,
            width: 451.0,
        };
        let line = Row {
            head: Head::plain("F1"),
            cells: (0..13).map(Cell::count).collect(),
        };
        let sheet = Table {
            columns: (0..13).map(|n| Head::plain(format!("column{n}"))).collect(),
            rows: vec![line],
            notes: vec!["a note".to_owned()],
            ..Table::default()
        };
        let parts = setting.fitting(&Faces::new(), &sheet);
        assert_eq!(
            parts
                .iter()
                .map(|(part, _)| part.columns.len())
                .collect::<Vec<_>>(),
            [7, 6]
        );
        assert_eq!(
            parts
                .iter()
                .map(|(part, _)| part.notes.len())
                .collect::<Vec<_>>(),
            [0, 1]
        );
        assert_eq!(
            parts[1].0.rows[0]
                .cells
                .last()
                .map(|cell| cell.text.as_str()),
            Some("12")
        );
    }

    #[test]
    fn what_can_not_fit_is_narrowed() {
        let setting = Setting {
            face: TextStyle::new(9.0, Paint::Ink),
            pad: 5.0,
            step: 9.0,
            width: 120.0,
        };
        let sheet = Table {
            corner: "x".repeat(60),
            columns: vec![Head::plain("y".repeat(60)), Head::plain("z")],
            ..Table::default()
        };
        for (_, widths) in setting.fitting(&Faces::new(), &sheet) {
            assert!(widths.iter().sum::<f32>() <= 120.5);
        }
    }
}
