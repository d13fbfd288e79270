//! Edits of sets and attachments.

use std::collections::BTreeSet;

use super::{lookup, required_name, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, Edit},
    model::{
        Project,
        ids::{AttachmentId, SetId},
        memo::Anchor,
        set::Set,
    },
};

/// What a set is to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetDraft {
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Codes, documents, cases and memos.
    pub members: BTreeSet<Anchor>,
}

impl SetDraft {
    fn set(self, project: &Project, id: SetId) -> Result<Set, Refusal> {
        let name = required_name(&self.name)?;
        if project
            .sets
            .values()
            .any(|other| other.id != id && other.name == name)
        {
            return Err(Refusal::NameTaken(name));
        }
        let set = Set {
            id,
            name,
            description: self.description,
            members: self.members,
        };
        if set.stands_in(project) {
            Ok(set)
        } else {
            Err(Refusal::BadMember)
        }
    }
}

/// Adds a set.
///
/// # Errors
/// When the name is empty or taken, or a member can't be in a set.
pub(crate) fn add_set(tx: &mut Transaction<'_>, draft: SetDraft) -> Result<(), Refusal> {
    let id = tx.id();
    let set = draft.set(tx.project(), id)?;
    tx.record(Change::SetAdded(set));
    Ok(())
}

/// Sets name, description and members of a set.
///
/// # Errors
/// As [`add_set`], and when it doesn't exist.
pub(crate) fn set_set(tx: &mut Transaction<'_>, id: SetId, draft: SetDraft) -> Result<(), Refusal> {
    let set = lookup::set(tx.project(), id)?;
    let edit = Edit::if_different(set, draft.set(tx.project(), id)?);
    tx.record_all(edit.map(|edit| Change::SetEdited { set: id, edit }));
    Ok(())
}

/// Removes a set; its members stay.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_set(tx: &mut Transaction<'_>, id: SetId) -> Result<(), Refusal> {
    let removed = lookup::set(tx.project(), id)?.clone();
    tx.record(Change::SetRemoved(removed));
    Ok(())
}

/// Removes an attached file.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_attachment(tx: &mut Transaction<'_>, id: AttachmentId) -> Result<(), Refusal> {
    let removed = lookup::attachment(tx.project(), id)?.clone();
    tx.record(Change::AttachmentRemoved(removed));
    Ok(())
}
