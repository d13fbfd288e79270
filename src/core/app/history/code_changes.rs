//! When each code was changed last, and by whom.

use std::collections::BTreeMap;

use super::names::Names;
use crate::{
    app::AppError,
    log::change::Change,
    model::{clock::Stamp, ids::CodeId},
    store::{ProjectFile, Source, StoreError},
};

/// The last change of a code: its addition, or one of its name, rules, facets, colour, key or place.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeChange {
    /// When it was made.
    pub stamp: Stamp,
    /// The name of the coder at the time; empty if there was none.
    pub by: String,
}

/// Reads the last changes of the codes of a project, for a job: it opens the file once more.
///
/// # Errors
/// When the file can't be opened or read.
pub fn code_changes_at(source: &Source) -> Result<BTreeMap<CodeId, CodeChange>, AppError> {
    Ok(code_changes(&source.read()?)?)
}

/// Reads the last changes of all codes, those of removed ones included.
///
/// # Errors
/// When the file can't be read.
pub fn code_changes(file: &ProjectFile) -> Result<BTreeMap<CodeId, CodeChange>, StoreError> {
    let mut names = Names::default();
    let mut last: BTreeMap<CodeId, CodeChange> = BTreeMap::new();
    file.for_each_entry(0, |_, entry| {
        let by = entry.coder.map(|coder| names.coder(coder));
        let change = CodeChange {
            stamp: entry.stamp,
            by: by.unwrap_or_default(),
        };
        for made in &entry.changes {
            names.see(made);
            let code = match made {
                Change::CodeAdded(code) => code.id,
                Change::CodeEdited { code, .. } => *code,
                _ => continue,
            };
            let known = last.entry(code).or_insert_with(|| change.clone());
            // Entries come as they arrived, which may not be the order in which they were made.
            if known.stamp <= change.stamp {
                *known = change.clone();
            }
        }
    })?;
    Ok(last)
}
