//! GUIDs: a thing's own identity, and another one only where that stands in the file already.

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

/// What has a GUID. Where two things have the same, the kind that comes first keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
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

/// All GUIDs of a file.
#[derive(Debug, Default)]
pub(super) struct Guids {
    taken: BTreeSet<u128>,
    /// Things that couldn't keep their own; a coding is known by its document, too.
    moved: BTreeMap<(Kind, u128, u128), u128>,
}

impl Guids {
    /// GUIDs of everything but codings and passages.
    pub(super) fn of_project(project: &Project, losses: &mut Losses) -> Self {
        let mut guids = Self::default();
        let all = (project.coders.keys().map(|id| (Kind::Coder, id.as_u128())))
            .chain(
                project
                    .codebook
                    .codes
                    .keys()
                    .map(|id| (Kind::Code, id.as_u128())),
            )
            .chain(
                project
                    .documents
                    .keys()
                    .map(|id| (Kind::Document, id.as_u128())),
            )
            .chain(project.cases.keys().map(|id| (Kind::Case, id.as_u128())))
            .chain(
                project
                    .attributes
                    .keys()
                    .map(|id| (Kind::Variable, id.as_u128())),
            )
            .chain(
                project
                    .attachments
                    .keys()
                    .map(|id| (Kind::Attachment, id.as_u128())),
            )
            .chain(project.memos.keys().map(|id| (Kind::Memo, id.as_u128())))
            .chain(project.links.keys().map(|id| (Kind::Link, id.as_u128())))
            .chain(project.sets.keys().map(|id| (Kind::Set, id.as_u128())));
        for (kind, id) in all {
            guids.claim((kind, 0, id), losses);
        }
        guids
    }

    /// Takes the GUID of a thing, which is its own as long as nothing else has it.
    pub(super) fn claim(
        &mut self,
        (kind, within, id): (Kind, u128, u128),
        losses: &mut Losses,
    ) -> u128 {
        if self.taken.insert(id) {
            return id;
        }
        losses.note(Lost::SameIdentity, guid_text(id));
        let kind_name = format!("{kind:?}");
        let mut names = vec![kind_name, guid_text(within), guid_text(id)];
        loop {
            let words: Vec<&str> = names.iter().map(String::as_str).collect();
            let other: Id<()> = derived(&words);
            if self.taken.insert(other.as_u128()) {
                self.moved.insert((kind, within, id), other.as_u128());
                return other.as_u128();
            }
            names.push(String::new());
        }
    }

    /// The GUID of a thing with an identity of its own.
    pub(super) fn of<K>(&self, kind: Kind, id: Id<K>) -> u128 {
        self.within(kind, 0, id.as_u128())
    }

    /// The GUID of a coding.
    pub(super) fn of_coding<K>(&self, document: DocumentId, id: Id<K>) -> u128 {
        self.within(Kind::Coding, document.as_u128(), id.as_u128())
    }

    /// The GUID of what a memo, link or set names, except passages; `None` for what has none.
    pub(super) fn of_anchor(&self, anchor: Anchor) -> Option<u128> {
        match anchor {
            Anchor::Document(id) => Some(self.of(Kind::Document, id)),
            Anchor::Case(id) => Some(self.of(Kind::Case, id)),
            Anchor::Code(id) => Some(self.of(Kind::Code, id)),
            Anchor::Coding(document, id) => Some(self.of_coding(document, id)),
            Anchor::Memo(id) => Some(self.of(Kind::Memo, id)),
            Anchor::Project | Anchor::Segment(..) | Anchor::Cell(..) => None,
        }
    }

    fn within(&self, kind: Kind, within: u128, id: u128) -> u128 {
        if self.moved.is_empty() {
            return id;
        }
        self.moved.get(&(kind, within, id)).copied().unwrap_or(id)
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
            guids.claim((Kind::Code, 0, 7), &mut losses),
            guids.claim((Kind::Case, 0, 7), &mut losses),
        );
        assert_eq!(first, 7);
        assert_ne!(second, 7);
        assert_eq!(guids.of(Kind::Code, Id::<()>::from_u128(7)), 7);
        assert_eq!(guids.of(Kind::Case, Id::<()>::from_u128(7)), second);
        assert_eq!(losses.count(Lost::SameIdentity), 1);
    }
}
