//! Edits of sets and attachments.

use std::collections::BTreeSet;

use super::{Edited, name_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
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
        let name = name_of(&self.name)?;
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

/// Makes a set.
///
/// # Errors
/// When the name is empty or taken, or a member can't be in a set.
pub fn add_set(project: &Project, ids: &mut Identities, draft: SetDraft) -> Edited {
    Ok(vec![Change::SetAdded(draft.set(project, ids.id())?)])
}

/// Gives a set another name, description or other members.
///
/// # Errors
/// As [`add_set`], and when it isn't there or nothing changes.
pub fn edit_set(project: &Project, id: SetId, draft: SetDraft) -> Edited {
    let from = set_of(project, id)?.clone();
    let to = draft.set(project, id)?;
    some(if from == to {
        Vec::new()
    } else {
        vec![Change::SetEdited {
            set: id,
            edit: Edit::new(from, to),
        }]
    })
}

/// Removes a set; its members stay.
///
/// # Errors
/// When it isn't there.
pub fn remove_set(project: &Project, id: SetId) -> Edited {
    Ok(vec![Change::SetRemoved(set_of(project, id)?.clone())])
}

/// Removes an attached file.
///
/// # Errors
/// When it isn't there.
pub fn remove_attachment(project: &Project, id: AttachmentId) -> Edited {
    let attachment = project
        .attachments
        .get(&id)
        .ok_or_else(|| Refusal::NoAttachment(id.to_string()))?;
    Ok(vec![Change::AttachmentRemoved(attachment.clone())])
}

fn set_of(project: &Project, id: SetId) -> Result<&Set, Refusal> {
    project
        .sets
        .get(&id)
        .ok_or_else(|| Refusal::NoSet(id.to_string()))
}
