//! Tables of frequencies: how often codes come up in families, phases, speakers or any other rows.
//!
//! [`frequency`] looks at each coding once: `columns` decides under which codes it counts, `rows` and `placing` in which rows, and `count` adds it up.
//! A [`Measure`] decides what a figure means.
//!
//! What is counted:
//! - In rows of cases, families, persons and their attributes, a coding counts for those whom it is about, or who say it ([`Attribution`]): for each
//!   of several, and once in totals, so a column's total can be less than the sum above it ([`FrequencyTable::several`]).
//! - A row's documents are those in which its people took part.
//! - Whatever belongs to no row (a coding that is about nobody known, a turn without a speaker) is in a last row of its own with [`RowKey::None`](table::RowKey::None).
//! - What several coders marked counts as [`CoderCount`] says.
//! - Rolled up, a code's figure includes its subcodes', and codings on the very same passage that are in the same rows count once under each theme.
//! - A row without a document that the filter lets through says so ([`Measured::NoDocument`](table::Measured::NoDocument)) and is never 0.

pub mod table;

mod columns;
mod count;
mod measure;
mod placing;
mod rows;
mod sums;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::model::{
    Project,
    ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
};

pub use super::Loader;
pub use measure::{Measure, MeasureFacts};
pub(super) use rows::ValuesOfCodings;
pub use rows::{name_of_role, name_of_value, picked};

use super::{attribution::Attribution, ledger::Ledger, merging::CoderCount};
use table::FrequencyTable;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rows {
    /// A case with those below it, in the order of the tree.
    #[default]
    Case,
    /// A topmost case, with the cases below it.
    Family,
    /// A case of kind `person`.
    Person,
    /// A role: the attribute `role` (`角色`) of a speaker's case, or the speaker's label where the case has none.
    Role,
    /// A document, by title.
    Document,
    /// The label of a speaker whose turns a coding overlaps.
    Speaker,
    /// A phase, in order.
    Phase,
    /// A coder, by name; a coder's documents are those in which the coder coded anything.
    Coder,
    /// A value of an attribute: of the document, or of a case, which inherits the value of the case above it where it has none.
    Attribute(AttributeId),
}

impl Rows {
    /// Returns true if codings are in these rows by the people they are given to.
    pub const fn are_of_people(self) -> bool {
        matches!(
            self,
            Self::Case | Self::Family | Self::Person | Self::Attribute(_)
        )
    }
}

/// What the columns of a table are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Columns {
    /// A code, in the order of the tree.
    #[default]
    Codes,
    /// A code at the top of the tree; unless rolled up, only codings with that very code count.
    Themes,
}

/// Which documents and codings count; an empty set restricts nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only documents of these phases.
    pub phases: BTreeSet<PhaseId>,
    /// Only codings by these coders.
    pub coders: BTreeSet<CoderId>,
    /// Only codings that are given to one of these cases or to one below; rows by case or family are restricted to them too.
    pub cases: BTreeSet<CaseId>,
    /// Only these documents.
    pub documents: BTreeSet<DocumentId>,
    /// Only codings with these codes; rolled up, also with the codes below them.
    pub codes: BTreeSet<CodeId>,
    /// Only codings that overlap a turn of a speaker with one of these labels; documents without such a speaker are left out.
    pub speakers: BTreeSet<String>,
    /// By which people codings are given to cases, and to the values of their attributes.
    pub by: Attribution,
    /// How codings of several coders count; `None` is as the measure usually has it.
    pub counting: Option<CoderCount>,
    /// Whether documents in which none of the coders coded anything are left out: what nobody looked at is not 0.
    pub looked_at: bool,
}

impl Filter {
    /// Returns true if codings by a coder count.
    pub fn admits_coder(&self, coder: CoderId) -> bool {
        self.coders.is_empty() || self.coders.contains(&coder)
    }

    /// Returns true if codings with a code count, apart from those that count through a code above it.
    pub(super) fn admits_code(&self, code: CodeId) -> bool {
        self.codes.is_empty() || self.codes.contains(&code)
    }

    /// Returns true if the turns of a speaker with this label count.
    pub(super) fn admits_speaker(&self, label: &str) -> bool {
        self.speakers.is_empty() || self.speakers.contains(label)
    }
}

/// Which table is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrequencyOptions {
    /// What the rows are.
    pub rows: Rows,
    /// What the columns are.
    pub columns: Columns,
    /// What is measured.
    pub measure: Measure,
    /// Whether a code's figure includes its subcodes'.
    pub roll_up: bool,
    /// Which documents and codings count.
    pub filter: Filter,
}

/// Counts how often codes come up, row by row.
///
/// `load` is called only for rows by person, role or speaker, for words and for a filter by speakers, and only for
/// documents with codings.
pub fn frequency(
    project: &Project,
    options: &FrequencyOptions,
    load: &Loader<'_>,
) -> FrequencyTable {
    count_table(project, None, options, load)
}

/// Counts the same table from a ledger, faster but without the way back to its segments: [`FrequencyTable::behind`] is empty.
///
/// A ledger that does not follow this very project is ignored, since its figures would be those of another state.
pub fn figures(
    project: &Project,
    ledger: &Ledger,
    options: &FrequencyOptions,
    load: &Loader<'_>,
) -> FrequencyTable {
    let ledger = Some(ledger).filter(|ledger| ledger.is_of(project));
    count_table(project, ledger, options, load)
}

fn count_table(
    project: &Project,
    ledger: Option<&Ledger>,
    options: &FrequencyOptions,
    load: &Loader<'_>,
) -> FrequencyTable {
    let columns = columns::Layout::new(&project.codebook, options);
    let plan = rows::RowPlan::new(project, options, ledger);
    let (rows, tree) = (plan.rows, &plan.tree);
    count::Counting::new(project, options, &columns, rows, tree, ledger).run(
        &plan.documents,
        &plan.coders,
        load,
    )
}
