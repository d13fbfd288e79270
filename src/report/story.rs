//! A report as a row of blocks, which HTML, Word and PDF lay out each in its way.

use super::sheet::Sheet;
use crate::{language::tongue::Tongue, picture::Picture};

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, 1 the highest.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// A paragraph of less weight.
    Note(String),
    /// A numbered table, its title above it (as theses have it), what is to be said below.
    Table(Sheet),
    /// A numbered chart, its title in the picture and below it.
    Chart(Picture),
    /// Words of a participant, with a reference.
    Quote {
        /// The words.
        words: String,
        /// Who, when, where.
        reference: String,
    },
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its title.
    pub title: String,
    /// What stands under the title.
    pub subtitle: String,
    /// The language it is written in.
    pub tongue: Tongue,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// A part with the number and title that a table or chart bears.
pub(super) fn numbered(story: &Story) -> impl Iterator<Item = (Option<String>, &Block)> {
    let (mut tables, mut charts) = (0, 0);
    let tongue = story.tongue;
    story.blocks.iter().map(move |block| {
        let label = match block {
            Block::Table(sheet) => {
                tables += 1;
                Some(format!("{} {tables}  {}", tongue.pick("Table", "表"), sheet.title))
            }
            Block::Chart(picture) => {
                charts += 1;
                Some(format!("{} {charts}  {}", tongue.pick("Figure", "图"), picture.says))
            }
            _ => None,
        };
        (label, block)
    })
}

/// A wide sheet in parts of at most so many columns, each with the heads of its rows.
pub(super) fn parts(sheet: &Sheet, most: usize) -> Vec<Sheet> {
    if sheet.columns.len() <= most {
        return vec![sheet.clone()];
    }
    // As even as can be, so that no part is a leftover.
    let n = sheet.columns.len().div_ceil(most);
    let size = sheet.columns.len().div_ceil(n);
    let part = |number: usize| {
        let range = number * size..((number + 1) * size).min(sheet.columns.len());
        let cut = |line: &super::sheet::Line| super::sheet::Line {
            head: line.head.clone(),
            cells: line.cells.get(range.start.min(line.cells.len())..range.end.min(line.cells.len())).unwrap_or_default().to_vec(),
        };
        Sheet {
            columns: sheet.columns.get(range.clone()).unwrap_or_default().to_vec(),
            rows: sheet.rows.iter().map(cut).collect(),
            foot: sheet.foot.iter().map(cut).collect(),
            notes: if number + 1 == n { sheet.notes.clone() } else { Vec::new() },
            rule: if number + 1 == n { sheet.rule.clone() } else { String::new() },
            ..sheet.clone()
        }
    };
    (0..n).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::{Cell, Head, Line};

    #[test]
    fn wide_tables_are_cut_evenly() {
        let line = Line { head: Head::plain("F1"), cells: (0..11).map(Cell::count).collect() };
        let sheet = Sheet { columns: (0..11).map(|n| Head::plain(n.to_string())).collect(), rows: vec![line], ..Sheet::default() };
        let parts = parts(&sheet, 5);
        assert_eq!(parts.iter().map(|part| part.columns.len()).collect::<Vec<_>>(), [4, 4, 3]);
        assert_eq!(parts[2].rows[0].cells.last().map(|cell| cell.text.as_str()), Some("10"));
    }
}
