//! What has been read of a project so far, by GUID.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    coders::CoderList,
    values::{self, with_line_feeds},
    xml::Element,
};
use crate::{
    import::{
        loss::Lost,
        study::{Study, derived},
    },
    model::{
        attribute::Attribute,
        ids::{CaseId, CodeId, DocumentId, Id, MemoId},
        memo::{Anchor, Memo, MemoKind},
    },
};

/// The state of reading a project.
pub(super) struct ProjectReader<'t> {
    pub(super) root: Element<'t>,
    pub(super) study: Study,
    pub(super) coders: CoderList,
    /// What GUIDs refer to; passages and codings only if something refers to them.
    pub(super) things: BTreeMap<u128, Anchor>,
    /// The GUIDs that links and cases refer to.
    referred: BTreeSet<u128>,
    /// The codes that stand for cases, as NVivo writes them.
    pub(super) case_codes: BTreeMap<CodeId, CaseId>,
    pub(super) codes: BTreeSet<CodeId>,
    /// The GUIDs of codings, each used once.
    pub(super) codings: BTreeSet<u128>,
    /// The index of each document in the study.
    pub(super) documents: BTreeMap<DocumentId, usize>,
    /// What refers to each note, in the order of the file.
    pub(super) referrers: BTreeMap<u128, Vec<Anchor>>,
    /// The passages that notes themselves contain, as annotations of a document.
    pub(super) annotated: BTreeMap<u128, Anchor>,
    /// The passages that cases and links refer to.
    pub(super) named: BTreeSet<u128>,
    /// The passages with neither coding nor memo.
    pub(super) bare: Vec<BarePassage>,
}

/// A passage with neither coding nor memo.
pub(super) struct BarePassage {
    pub(super) guid: u128,
    /// Its document and range, for the report.
    pub(super) place: String,
}

impl<'t> ProjectReader<'t> {
    pub(super) fn new(file: &str, root: Element<'t>) -> Self {
        let mut study = Study {
            file: file.to_owned(),
            program: root.get_or_empty("origin").trim().to_owned(),
            title: root.title().to_owned(),
            description: with_line_feeds(root.description()),
            ..Study::default()
        };
        let coders = CoderList::read(root, &mut study.losses);
        let mut referrers: BTreeMap<u128, Vec<Anchor>> = BTreeMap::new();
        for note in root.each("NoteRef").filter_map(values::target) {
            referrers.entry(note).or_default().push(Anchor::Project);
        }
        // A project has many more passages than references to them: only those that are referred to are kept by GUID.
        let referred = ["SelectionRef", "Link"]
            .into_iter()
            .flat_map(|name| root.everywhere(name))
            .flat_map(|element| {
                ["targetGUID", "originGUID", "guid"].map(|name| values::reference(element, name))
            })
            .flatten()
            .collect();
        Self {
            root,
            study,
            coders,
            referred,
            things: BTreeMap::new(),
            case_codes: BTreeMap::new(),
            codes: BTreeSet::new(),
            codings: BTreeSet::new(),
            documents: BTreeMap::new(),
            referrers,
            annotated: BTreeMap::new(),
            named: BTreeSet::new(),
            bare: Vec::new(),
        }
    }

    /// Returns the identity for a GUID; if it is taken by a thing of the same kind, another one, which is reported.
    pub(super) fn claim<K>(
        &mut self,
        guid: u128,
        kind: &str,
        is_taken: impl Fn(&Self, u128) -> bool,
    ) -> Id<K> {
        let written: Id<K> = Id::from_u128(guid);
        if !is_taken(self, guid) {
            return written;
        }
        self.study
            .losses
            .note(Lost::SameIdentity, written.to_string());
        // The other identity depends only on the file, so that a second import of it finds the same things.
        let mut number = 2;
        loop {
            let other: Id<K> = derived(&["refi", kind, &written.to_string(), &number.to_string()]);
            if !is_taken(self, other.as_u128()) {
                return other;
            }
            number += 1;
        }
    }

    /// Returns the thing that a reference element points to.
    pub(super) fn target(&self, reference: Element<'_>) -> Option<Anchor> {
        self.things.get(&values::target(reference)?).copied()
    }

    /// Remembers what the GUID of a passage or coding refers to, if something refers to it.
    pub(super) fn know(&mut self, guid: u128, anchor: Anchor) {
        if self.referred.contains(&guid) {
            self.things.entry(guid).or_insert(anchor);
        }
    }

    /// Remembers the notes that an element refers to.
    pub(super) fn refer(&mut self, element: Element<'_>, anchor: Anchor) {
        for note in element.each("NoteRef").filter_map(values::target) {
            self.referrers.entry(note).or_default().push(anchor);
        }
    }

    /// Makes a memo of the description of an element, if it has one.
    pub(super) fn describe(&mut self, element: Element<'_>, title: &str, anchor: Anchor) {
        let body = with_line_feeds(element.description());
        if body.is_empty() {
            return;
        }
        let coder = self.coders.writer(&[element.get("creatingUser")]);
        let id: MemoId = derived(&[
            "refi",
            "description",
            &format!("{:032x}", values::identity(element)),
            &format!("{anchor:?}"),
        ]);
        self.study.memos.push(Memo {
            id,
            title: title.trim().to_owned(),
            body,
            kind: MemoKind::Analytic,
            anchor,
            coder,
        });
    }

    /// Reports the passages that nothing in the project needs.
    pub(super) fn report_unused_passages(&mut self) {
        for passage in std::mem::take(&mut self.bare) {
            if !self.named.contains(&passage.guid) {
                self.study.losses.note(Lost::BarePassage, passage.place);
            }
        }
    }

    pub(super) fn finish(self, attributes: Vec<Attribute>) -> Study {
        let mut study = self.study;
        study.coders = self.coders.all();
        study.attributes = attributes;
        // Derived identities coincide where a file says the same thing twice.
        let mut links = BTreeSet::new();
        study.links.retain(|link| links.insert(link.id));
        let mut memos = BTreeSet::new();
        study.memos.retain(|memo| memos.insert(memo.id));
        study
    }
}
