//! The fact that words were erased.

use std::sync::Arc;

use super::{ApplyResult, Author, ensure};
use crate::model::{
    Project,
    conflict::SkipReason,
    erasure::{Erasure, RecordedErasure},
};

/// Notes an erasure; the words themselves are gone from the texts and the log.
pub(super) fn erased(project: &mut Project, author: &Author, erasure: &Erasure) -> ApplyResult {
    let mut known = project.erasures.iter();
    let is_known = known.any(|known| known.entry == author.entry);
    ensure(!is_known, SkipReason::AlreadyThere)?;
    for (id, text) in &erasure.documents {
        if let Some(document) = project.documents.get_mut(id) {
            // What is left to count; the imported document keeps the number of words it had.
            Arc::make_mut(document).words = text.words_left;
        }
    }
    project.erasures.push(RecordedErasure {
        entry: author.entry,
        erasure: erasure.clone(),
    });
    Ok(())
}
