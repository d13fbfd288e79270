//! GUIDs: the identity of each thing, and another one only if that is in the file already.
//!
//! Identities from other files can coincide, such as NVivo's for a case and its code; the schema requires GUIDs to be unique.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::guid_text;
use crate::{
    import::{
        loss::{Losses, Lost},
        study::derived,
    },
    model::{
        Project,
        ids::{DocumentId, Id},
        memo::Anchor,
    },
};

/// What has a GUID; of two things with the same identity, the one of the earlier kind keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GuidKind {
    Coder,
    Code,
    Document,
    Case,
    Variable,
    Attachment,
    Memo,
    Link,
    Set,
    Representation,
    Coding,
    Passage,
}

/// A thing that has a GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct GuidOwner {
    kind: GuidKind,
    /// The document that it belongs to, for codings and passages, whose identities are unique only there; otherwise 0.
    within: u128,
    id: u128,
}

/// All GUIDs of a file.
#[derive(Debug, Default)]
pub(super) struct Guids {
    taken: BTreeSet<u128>,
    /// The GUIDs of things that couldn't keep their own.
    moved: BTreeMap<GuidOwner, u128>,
}

impl Guids {
    /// The GUIDs of everything except codings and passages, which are claimed document by document.
    pub(super) fn of_project(project: &Project, losses: &mut Losses) -> Self {
        let mut guids = Self::default();
        let all = (project
            .coders
            .keys()
            .map(|id| (GuidKind::Coder, id.as_u128())))
        .chain(
            project
                .codebook
                .codes
                .keys()
                .map(|id| (GuidKind::Code, id.as_u128())),
        )
        .chain(
            project
                .documents
                .keys()
                .map(|id| (GuidKind::Document, id.as_u128())),
        )
        .chain(
            project
                .cases
                .keys()
                .map(|id| (GuidKind::Case, id.as_u128())),
        )
        .chain(
            // Those of coders aren't written.
            project
                .attributes_of_passages()
                .map(|attribute| (GuidKind::Variable, attribute.id.as_u128())),
        )
        .chain(
            project
                .attachments
                .keys()
                .map(|id| (GuidKind::Attachment, id.as_u128())),
        )
        .chain(
            project
                .memos
                .keys()
                .map(|id| (GuidKind::Memo, id.as_u128())),
        )
        .chain(
            project
                .links
                .keys()
                .map(|id| (GuidKind::Link, id.as_u128())),
        )
        .chain(project.sets.keys().map(|id| (GuidKind::Set, id.as_u128())));
        for (kind, id) in all {
            guids.claim(kind, id, losses);
        }
        guids
    }

    /// Claims a GUID for a thing: its identity, unless another thing has it.
    pub(super) fn claim(&mut self, kind: GuidKind, id: u128, losses: &mut Losses) -> u128 {
        let within = 0;
        self.claim_for(GuidOwner { kind, within, id }, losses)
    }

    /// Claims a GUID for a coding or passage of a document.
    pub(super) fn claim_within(
        &mut self,
        document: DocumentId,
        kind: GuidKind,
        id: u128,
        losses: &mut Losses,
    ) -> u128 {
        let within = document.as_u128();
        self.claim_for(GuidOwner { kind, within, id }, losses)
    }

    fn claim_for(&mut self, owner: GuidOwner, losses: &mut Losses) -> u128 {
        let GuidOwner { kind, within, id } = owner;
        if self.taken.insert(id) {
            return id;
        }
        losses.note(Lost::SameIdentity, guid_text(id));
        // The names of kinds become part of identities, so they must never change.
        let kind_name = format!("{kind:?}");
        let mut names = vec![kind_name, guid_text(within), guid_text(id)];
        loop {
            let words: Vec<&str> = names.iter().map(String::as_str).collect();
            let other: Id<()> = derived(&words);
            if self.taken.insert(other.as_u128()) {
                self.moved.insert(owner, other.as_u128());
                return other.as_u128();
            }
            // Another name gives another identity, the same each time the project is written.
            names.push(String::new());
        }
    }

    /// The GUID of a thing with an identity of its own.
    pub(super) fn of<K>(&self, kind: GuidKind, id: Id<K>) -> u128 {
        let within = 0;
        let id = id.as_u128();
        self.of_owner(GuidOwner { kind, within, id })
    }

    /// The GUID of a coding.
    pub(super) fn of_coding<K>(&self, document: DocumentId, id: Id<K>) -> u128 {
        self.of_owner(GuidOwner {
            kind: GuidKind::Coding,
            within: document.as_u128(),
            id: id.as_u128(),
        })
    }

    /// The GUID of an anchor; `None` for the project and cells, which have none, and for passages, whose GUIDs
    /// [`NamedPassages`](super::passages::NamedPassages) knows.
    pub(super) fn of_anchor(&self, anchor: Anchor) -> Option<u128> {
        match anchor {
            Anchor::Document(id) => Some(self.of(GuidKind::Document, id)),
            Anchor::Case(id) => Some(self.of(GuidKind::Case, id)),
            Anchor::Code(id) => Some(self.of(GuidKind::Code, id)),
            Anchor::Coding(document, id) => Some(self.of_coding(document, id)),
            Anchor::Memo(id) => Some(self.of(GuidKind::Memo, id)),
            Anchor::Project | Anchor::Segment(..) | Anchor::Cell(..) => None,
        }
    }

    fn of_owner(&self, owner: GuidOwner) -> u128 {
        self.moved.get(&owner).copied().unwrap_or(owner.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_guid_is_given_out_twice() {
        let mut guids = Guids::default();
        let mut losses = Losses::default();
        let (first, second) = (
            guids.claim(GuidKind::Code, 7, &mut losses),
            guids.claim(GuidKind::Case, 7, &mut losses),
        );
        assert_eq!(first, 7);
        assert_ne!(second, 7);
        assert_eq!(guids.of(GuidKind::Code, Id::<()>::from_u128(7)), 7);
        assert_eq!(guids.of(GuidKind::Case, Id::<()>::from_u128(7)), second);
        assert_eq!(losses.count(Lost::SameIdentity), 1);
    }
}
