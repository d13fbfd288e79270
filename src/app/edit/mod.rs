//! The rules of every edit: pure functions from a project and a request to the changes it makes, or to a refusal.

pub mod cases;
pub mod codebook;
pub mod codebook_merge;
pub mod coding;
pub mod correcting;
pub mod document;
pub mod memo;
pub mod project;
pub mod query;
pub mod recode;
pub mod reshape;
pub mod scale;
pub mod set;
pub mod sheets;
pub mod study;

use super::refusal::Refusal;
use crate::{log::change::Change, model::Project};

/// What an edit gives.
pub type Edited = Result<Vec<Change>, Refusal>;

/// A trimmed name, or a refusal of an empty one.
fn name_of(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() {
        Err(Refusal::NameMissing)
    } else {
        Ok(name.to_owned())
    }
}

/// The document of this id, or a refusal.
fn document_of(
    project: &Project,
    id: crate::model::ids::DocumentId,
) -> Result<&crate::model::document::Document, Refusal> {
    project
        .documents
        .get(&id)
        .map(AsRef::as_ref)
        .ok_or_else(|| Refusal::NoDocument(id.to_string()))
}

/// Refuses an edit that changes nothing.
fn some(changes: Vec<Change>) -> Edited {
    if changes.is_empty() {
        Err(Refusal::NothingToDo)
    } else {
        Ok(changes)
    }
}
