//! What can be dragged from one part of the window to another.

use crate::model::ids::CodeId;

/// Something under way with the mouse.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Dragged {
    /// Codes, towards a passage or another place in the tree.
    Codes(Vec<CodeId>),
    /// The selected passage, towards a code.
    Passage,
}
