//! The answer of a view: a table, charts, and the way back to the segments behind each figure.

use std::fmt::Debug;

use crate::{
    analysis::frequency::{Loader, table::Segment},
    message::{
        language::UiLanguage,
        text::{COLON, Text},
    },
    model::{Project, memo::Anchor},
    picture::Picture,
    table::{CellRef, Table},
};

/// Two groups of a finding that are compared, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupPair {
    /// The group that is described.
    pub of: usize,
    /// The group it is compared with.
    pub against: usize,
}

/// The answer to the question of a view.
///
/// It knows no language: tables and charts are made from it in either.
pub trait Finding: Debug + Send + Sync {
    /// The answer as a table.
    fn table(&self, project: &Project, language: UiLanguage) -> Table;

    /// Returns true if [`Self::charts`] can have any; unlike them, this costs nothing.
    fn has_charts(&self) -> bool {
        false
    }

    /// The charts, the most telling first; `row` is the row that was chosen in the table, for charts that show one row.
    fn charts(
        &self,
        _project: &Project,
        _language: UiLanguage,
        _row: Option<usize>,
    ) -> Vec<Picture> {
        Vec::new()
    }

    /// The segments behind a place of the table; none where figures are not made of codings.
    fn segments(&self, _project: &Project, _load: &Loader<'_>, _at: CellRef) -> Vec<Segment> {
        Vec::new()
    }

    /// Names of the groups that can be compared with one another.
    fn groups(&self, _language: UiLanguage) -> Vec<String> {
        Vec::new()
    }

    /// What is typical of one group in comparison with another; `None` if the finding has no groups.
    fn comparison(&self, _groups: GroupPair, _language: UiLanguage) -> Option<Table> {
        None
    }

    /// Returns true if the codings behind a place are given to nobody.
    fn is_unattributed(&self, _at: CellRef) -> bool {
        false
    }

    /// Where the memo that summarises a cell is attached; `None` if its cells have no summaries.
    fn memo_anchor(&self, _at: CellRef) -> Option<Anchor> {
        None
    }
}

/// Describes the figure at a place of a table in a sentence: what it is of, how many segments are behind it, and what is counted.
pub fn explained(table: &Table, at: CellRef, segments: usize, language: UiLanguage) -> String {
    let mut sentence = table.name_of(at);
    let cell = at
        .row()
        .zip(at.column())
        .and_then(|(row, column)| table.rows.get(row)?.cells.get(column));
    if let Some(cell) = cell {
        if !cell.text.is_empty() {
            sentence.push_str(language.say(COLON));
            sentence.push_str(&cell.text);
        }
        if !cell.why.is_empty() {
            sentence.push_str(&format!(" ({})", cell.why));
        }
    }
    let listed = Text::new(
        "{n} {n|passage is|passages are} behind it.",
        "背后有 {n} 个片段。",
    )
    .with("n", segments)
    .say(language);
    format!(
        "{sentence}{} {listed} {}",
        language.say(Text::new(".", "。")),
        table.rule
    )
}
