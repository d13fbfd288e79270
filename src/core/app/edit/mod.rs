//! The rules of every edit.
//!
//! An edit is a function of a [`transaction::Transaction`]: it checks the request, refuses what the
//! user has to mend, and records the changes.

pub mod attributes;
pub mod case_merge;
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
pub mod new_turns;
pub mod project;
pub mod pseudonymise;
pub mod query;
pub mod recode;
pub mod replace;
pub mod reshape;
pub mod scale;
pub mod set;
pub mod sheets;
pub mod study;
pub mod take_back;
pub mod text;
pub mod transaction;
pub mod translation;
pub mod turns;

use super::{names::is_same_name, refusal::Refusal};
use crate::model::{Project, rank::Rank};

/// Returns a trimmed name, or a refusal of an empty one.
pub(super) fn required_name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() {
        Err(Refusal::NameMissing)
    } else {
        Ok(name.to_owned())
    }
}

/// Returns a trimmed name that nothing else of its kind has, given all names of that kind.
///
/// A name that stays as it is passes, since older projects can have names that differ only in case.
fn free_name<'a, I: PartialEq + Copy>(
    name: &str,
    own: Option<I>,
    names: impl IntoIterator<Item = (I, &'a str)>,
) -> Result<String, Refusal> {
    let name = required_name(name)?;
    let mut taken = None;
    for (id, other) in names {
        if own == Some(id) {
            if other == name {
                return Ok(name);
            }
        } else if is_same_name(other, &name) {
            taken = Some(other);
        }
    }
    match taken {
        Some(other) => Err(Refusal::NameTaken(other.to_owned())),
        None => Ok(name),
    }
}

/// The rank before one of the others, which are in order, or after them.
fn rank_before<I: PartialEq + Copy>(others: &[(I, &Rank)], before: Option<I>) -> Rank {
    let at = others
        .iter()
        .position(|(other, _)| before == Some(*other))
        .unwrap_or(others.len());
    let (earlier, later) = others.split_at(at);
    Rank::between(
        earlier.last().map(|(_, rank)| *rank),
        later.first().map(|(_, rank)| *rank),
    )
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
