//! A report as a row of blocks, which HTML, Word and PDF lay out each in its way.

use crate::table::Table;
use crate::{message::language::UiLanguage, picture::Picture};

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
    Table(Table),
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
pub struct ReportDocument {
    /// Its title.
    pub title: String,
    /// What stands under the title.
    pub subtitle: String,
    /// The language it is written in.
    pub language: UiLanguage,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// A part with the number and title that a table or chart bears.
pub(super) fn numbered(report: &ReportDocument) -> impl Iterator<Item = (Option<String>, &Block)> {
    let (mut tables, mut charts) = (0, 0);
    let language = report.language;
    report.blocks.iter().map(move |block| {
        let label = match block {
            Block::Table(sheet) => {
                tables += 1;
                Some(format!(
                    "{} {tables}  {}",
                    language.pick("Table", "表"),
                    sheet.title
                ))
            }
            Block::Chart(picture) => {
                charts += 1;
                Some(format!(
                    "{} {charts}  {}",
                    language.pick("Figure", "图"),
                    picture.says
                ))
            }
            _ => None,
        };
        (label, block)
    })
}
