//! Sets: codes, documents, cases or memos that belong together for some purpose, beside the tree.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Project,
    ids::{CodeId, SetId},
    memo::Anchor,
};

/// Things that belong together, such as the interviews of one school or the codes of one round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Set {
    /// Identity.
    pub id: SetId,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Codes, documents, cases and memos.
    pub members: BTreeSet<Anchor>,
}

impl Set {
    /// Returns true if a thing can be in a set: a code, a document, a case or a memo.
    pub const fn takes(anchor: Anchor) -> bool {
        matches!(
            anchor,
            Anchor::Code(_) | Anchor::Document(_) | Anchor::Case(_) | Anchor::Memo(_)
        )
    }

    /// The codes in it.
    pub fn codes(&self) -> impl Iterator<Item = CodeId> {
        self.members.iter().filter_map(|member| {
            if let Anchor::Code(id) = member {
                Some(*id)
            } else {
                None
            }
        })
    }

    /// Returns true if every member can be in a set and is in the project.
    pub fn stands_in(&self, project: &Project) -> bool {
        self.members
            .iter()
            .all(|member| Self::takes(*member) && project.has(*member))
    }
}
