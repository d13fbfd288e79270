//! A report as a sequence of blocks, which HTML, Word and PDF lay out each in its own way.

use crate::table::Table;
use crate::{
    message::{language::UiLanguage, text::Text},
    picture::Picture,
};

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, 1 the highest.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// A paragraph in smaller type.
    Note(String),
    /// A numbered table, with its title above and its notes below, as in theses.
    Table(Table),
    /// A numbered chart, with its title in the picture and below it.
    Chart(Picture),
    /// Words of a participant, with a reference.
    Quote {
        /// What the participant said.
        words: String,
        /// Who said it, when, and where it is in the document.
        reference: String,
    },
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportDocument {
    /// The title.
    pub title: String,
    /// The line below the title; empty for none.
    pub subtitle: String,
    /// The language it is written in.
    pub language: UiLanguage,
    /// The parts, in order.
    pub blocks: Vec<Block>,
}

/// The blocks, tables and charts with their numbers and titles.
pub(super) fn numbered(report: &ReportDocument) -> impl Iterator<Item = (Option<String>, &Block)> {
    let (mut tables, mut charts) = (0, 0);
    let language = report.language;
    report.blocks.iter().map(move |block| {
        let label = match block {
            Block::Table(sheet) => {
                tables += 1;
                Some(format!(
                    "{} {tables}  {}",
                    language.say(Text::new("Table", "表")),
                    sheet.title
                ))
            }
            Block::Chart(picture) => {
                charts += 1;
                Some(format!(
                    "{} {charts}  {}",
                    language.say(Text::new("Figure", "图")),
                    picture.says
                ))
            }
            _ => None,
        };
        (label, block)
    })
}
