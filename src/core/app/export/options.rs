//! The choices of an export.

use std::{collections::BTreeSet, sync::Arc};

use super::format::ExportContent;
use crate::{
    message::language::UiLanguage, model::ids::DocumentId, names::table::PseudonymTable,
    refi::write::Variant,
};

/// What to export, and how.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// What the file is to contain; `None` for the format's usual content.
    pub content: Option<ExportContent>,
    /// The language of headings.
    pub language: UiLanguage,
    /// Whether the names that the project knows are replaced by references.
    pub pseudonymise: bool,
    /// The table of pseudonyms that is used then; without one, references stand for the names that the project knows.
    pub table: Option<Arc<PseudonymTable>>,
    /// The documents whose transcripts are written; all if it is empty.
    pub documents: BTreeSet<DocumentId>,
    /// The program that a REFI-QDA project is written for.
    pub variant: Variant,
}
