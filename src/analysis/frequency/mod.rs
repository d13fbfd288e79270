//! How often themes come up across families, phases, speakers or any other rows.
//!
//! [`frequency`] looks at each coding once: `columns` says under which codes it counts, `rows` in which rows, `count` sums up.
//!
//! What is counted:
//! - A document with several cases, as a group session has, counts for each of them in rows by case or family, and a coding across two speakers' turns for both.
//!   Totals count each coding once, so a column's total can be less than the sum above it.
//! - Whatever belongs to no row (a document without a case, a turn without a speaker) stands in a last row of its own with [`RowKey::None`](table::RowKey::None).
//! - Rolled up, a code's figure includes its subcodes', and codings of one coder on the very same passage count once under each theme.
//! - A row without a document that the filter lets through says so ([`Measured::NoDocument`](table::Value::NoDocument)) and is never 0.

pub mod table;

mod columns;
mod count;
mod placing;
mod rows;
mod sums;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc};

use crate::model::{
    Project,
    attribute::AttributeValue,
    document::{Content, Document},
    ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
};

use super::ledger::Ledger;
use table::FrequencyTable;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// Cases that documents belong to, in the order of their tree.
    #[default]
    Case,
    /// The topmost cases above those of a document.
    Family,
    /// Cases of kind `person`: a coding counts for those whose turns it overlaps, and for the person who is a document's only case.
    Person,
    /// The attribute `role` (`角色`) of a speaker's case, or the speaker's label where it has none, by the turns that a coding overlaps.
    Role,
    /// Documents, by title.
    Document,
    /// Labels of speakers, by the turns that a coding overlaps.
    Speaker,
    /// Phases, in order.
    Phase,
    /// Coders, by name; a coder's documents are those in which they coded anything.
    Coder,
    /// Values of an attribute: of the document, or of its cases, each with those above it where it has no value of its own.
    Attribute(AttributeId),
}

/// What the columns are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Columns {
    /// All codes, in the order of the tree.
    #[default]
    Codes,
    /// Codes at the top of the tree; without rolling up, only codings directly with them count.
    Themes,
}

/// What a cell says of the codings behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// How many there are.
    #[default]
    Codings,
    /// In how many documents.
    Documents,
    /// How many characters they cover; one covered twice counts once.
    Characters,
    /// Those characters as a share (0 to 1) of all characters of the row's documents.
    Share,
    /// Whether there is any.
    Presence,
    /// How many there are per 1,000 characters of the row's documents.
    Per1000,
    /// In how many topmost cases (families).
    Cases,
    /// How many words they cover: Chinese characters and words of other scripts, each of which is one; one covered twice counts once.
    Words,
    /// How many there are as a share of the row's, each coding counted once in the row.
    RowShare,
    /// How many there are as a share of the column's.
    ColumnShare,
}

/// What counts; an empty set lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Documents of these phases.
    pub phases: BTreeSet<PhaseId>,
    /// Codings by these coders.
    pub coders: BTreeSet<CoderId>,
    /// Documents that belong to one of these cases or to one below; rows by case or family are only these.
    pub cases: BTreeSet<CaseId>,
    /// These documents.
    pub documents: BTreeSet<DocumentId>,
    /// Codings with these codes; rolled up, also with the codes below them.
    pub codes: BTreeSet<CodeId>,
    /// Documents with a speaker of these labels, and in them codings that overlap a turn of one; other speakers count as silent.
    pub speakers: BTreeSet<String>,
    /// Only documents in which one of the coders coded something: what nobody looked at is not 0.
    pub looked_at: bool,
}

/// What table is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrequencyOptions {
    /// What the rows are.
    pub rows: Rows,
    /// What the columns are.
    pub columns: Columns,
    /// What a cell says.
    pub measure: Measure,
    /// Whether a code's figure includes its subcodes'.
    pub roll_up: bool,
    /// What counts.
    pub filter: Filter,
}

/// Finds a document's turns; `None` when they can't be read.
///
/// It is asked only for rows by person, role or speaker, for words and for a filter by speakers, and only for documents with codings.
pub type Loader<'a> = dyn Fn(&Document) -> Option<Arc<Content>> + 'a;

/// How often codes come up, row by row.
pub fn frequency(
    project: &Project,
    options: &FrequencyOptions,
    load: &Loader<'_>,
) -> FrequencyTable {
    counted(project, None, options, load)
}

/// The same table without the way back to its segments, from a ledger that follows the project: [`FrequencyTable::behind`] is empty.
///
/// A ledger of another project is left aside.
pub fn figures(
    project: &Project,
    ledger: &Ledger,
    options: &FrequencyOptions,
    load: &Loader<'_>,
) -> FrequencyTable {
    if !ledger.is_of(project) {
        return counted(project, None, options, load);
    }
    counted(project, Some(ledger), options, load)
}

fn counted(
    project: &Project,
    ledger: Option<&Ledger>,
    options: &FrequencyOptions,
    load: &Loader<'_>,
) -> FrequencyTable {
    let columns = columns::Layout::new(&project.codebook, options);
    let plan = rows::Plan::new(project, options);
    count::Counting::new(options, &columns, plan.rows.len(), ledger).run(plan, load)
}

/// The documents that a filter lets through, by id; what it says of coders, codes and speakers' turns is left to the codings.
pub fn picked<'a>(project: &'a Project, filter: &Filter) -> Vec<&'a Arc<Document>> {
    rows::documents(project, filter)
}

/// The values of an attribute that documents have, in order, and for each document the numbers of its own.
pub(super) fn values_of_documents(
    project: &Project,
    attribute: AttributeId,
) -> (Vec<AttributeValue>, Vec<(DocumentId, Vec<u32>)>) {
    rows::values_of_documents(project, attribute)
}
