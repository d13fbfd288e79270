//! The rules of every edit.
//!
//! An edit is a function of a [`transaction::Transaction`]: it checks the request, refuses what the
//! user has to mend, and records the changes.

pub mod attributes;
pub mod cases;
pub mod code_removal;
pub mod codebook;
pub mod codebook_file;
pub mod codebook_merge;
pub mod coding;
pub mod coding_sheet;
pub mod correcting;
pub mod document;
pub mod document_import;
pub mod find_or_add;
pub(crate) mod lookup;
pub mod memo;
pub mod project;
pub mod query;
pub mod recode;
pub mod reshape;
pub mod scale;
pub mod set;
pub mod sheets;
pub mod study;
pub mod text;
pub mod transaction;

use super::refusal::Refusal;
use crate::model::Project;

/// Returns a trimmed name, or a refusal of an empty one.
pub(super) fn required_name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() {
        Err(Refusal::NameMissing)
    } else {
        Ok(name.to_owned())
    }
}

/// The refusal of an edit that needs a coder when none is acting.
pub(super) fn who_codes(project: &Project) -> Refusal {
    let coders = project.coders.values();
    Refusal::WhoCodes(coders.map(|coder| coder.name.clone()).collect())
}

/// Returns the name, or the name with the first number in brackets that makes it free.
fn numbered(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while is_taken(&free) {
        free = format!("{name} ({number})");
        number += 1;
    }
    free
}
