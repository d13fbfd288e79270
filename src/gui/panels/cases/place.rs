//! Places in the sheet of cases.

use crate::model::ids::{AttributeId, CaseId, PhaseId};

/// A column: an attribute, in a phase for those given per phase.
pub(super) type Column = (AttributeId, Option<PhaseId>);

/// A cell; the name of the case has no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellPlace {
    pub(super) case: CaseId,
    pub(super) column: Option<Column>,
}
