//! Import of another program's project.
//!
//! What the project has already is recognised by identity, name or text, and stays as it is; the
//! rest is added. Everything is compared with the project as it was before the import, never with
//! what the study itself has added: two things of the study remain two.

mod documents;
mod names;
mod notes;

use std::{collections::BTreeMap, sync::Arc};

use super::transaction::{Bytes, Transaction};
use crate::{
    import::{
        loss::{Losses, Lost},
        study::Study,
    },
    log::change::{Change, Edit, ProjectEdit},
    model::{
        Project,
        attachment::Attachment,
        ids::{
            AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, MemoId, PhaseId,
        },
        memo::Anchor,
        text::ContentHash,
    },
};

/// How many things of a kind were added, and how many the project had already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// New.
    pub added: usize,
    /// Known.
    pub known: usize,
}

/// How many things of each kind a study contained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Coders.
    pub coders: Count,
    /// Codes.
    pub codes: Count,
    /// Attributes.
    pub attributes: Count,
    /// Cases.
    pub cases: Count,
    /// Documents.
    pub documents: Count,
    /// Codings.
    pub codings: Count,
    /// Memos.
    pub memos: Count,
    /// Links.
    pub links: Count,
    /// Sets.
    pub sets: Count,
    /// Attached files.
    pub attachments: Count,
}

/// What importing a study did beside recording changes.
#[derive(Debug, Default)]
pub struct StudyReport {
    /// How many things of each kind it contained.
    pub counts: Counts,
    /// What the file has and the project hasn't.
    pub losses: Losses,
}

/// Imports a study.
pub(crate) fn import_study(tx: &mut Transaction<'_>, study: Study) -> StudyReport {
    let mut importer = StudyImporter {
        base: Arc::clone(tx.base()),
        tx,
        counts: Counts::default(),
        losses: study.losses,
        map: IdMap::default(),
    };
    // In this order each thing comes after those it refers to.
    importer.phases(study.phases);
    importer.attributes(study.attributes);
    for coder in study.coders {
        importer.coder(coder);
    }
    importer.cases(study.cases);
    importer.codes(study.codes);
    importer.documents(study.documents);
    importer.memos(study.memos);
    for link in study.links {
        importer.link(link);
    }
    for set in study.sets {
        importer.set(set);
    }
    for (attachment, bytes) in study.attachments {
        importer.attachment(attachment, bytes);
    }
    importer.description(study.description);
    StudyReport {
        counts: importer.counts,
        losses: importer.losses,
    }
}

/// Which identities of the project those of the study have become.
#[derive(Default)]
struct IdMap {
    coders: BTreeMap<CoderId, CoderId>,
    phases: BTreeMap<PhaseId, PhaseId>,
    attributes: BTreeMap<AttributeId, AttributeId>,
    cases: BTreeMap<CaseId, CaseId>,
    codes: BTreeMap<CodeId, CodeId>,
    facets: BTreeMap<FacetId, FacetId>,
    documents: BTreeMap<DocumentId, DocumentId>,
    codings: BTreeMap<(DocumentId, CodingId), CodingId>,
    memos: BTreeMap<MemoId, MemoId>,
}

impl IdMap {
    /// An anchor of the study in the project; `None` if what it names was not imported.
    fn anchor(&self, anchor: Anchor) -> Option<Anchor> {
        Some(match anchor {
            Anchor::Project => Anchor::Project,
            Anchor::Document(id) => Anchor::Document(*self.documents.get(&id)?),
            Anchor::Segment(id, range) => Anchor::Segment(*self.documents.get(&id)?, range),
            Anchor::Case(id) => Anchor::Case(*self.cases.get(&id)?),
            Anchor::Code(id) => Anchor::Code(*self.codes.get(&id)?),
            Anchor::Coding(document, id) => Anchor::Coding(
                *self.documents.get(&document)?,
                *self.codings.get(&(document, id))?,
            ),
            Anchor::Memo(id) => Anchor::Memo(*self.memos.get(&id)?),
            Anchor::Cell(case, code) => {
                Anchor::Cell(*self.cases.get(&case)?, *self.codes.get(&code)?)
            }
        })
    }
}

/// An import of a study in progress.
struct StudyImporter<'t, 'a> {
    tx: &'t mut Transaction<'a>,
    /// The project before the import.
    base: Arc<Project>,
    counts: Counts,
    losses: Losses,
    map: IdMap,
}

impl StudyImporter<'_, '_> {
    /// Returns the name, or the name with a number if it is taken; a change of name is noted.
    fn free_name(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let trimmed = name.trim();
        // Other programs allow names without letters; ours have to show something.
        let name = if trimmed.is_empty() { "–" } else { trimmed };
        let free = super::numbered(name, is_taken);
        if free != name {
            self.losses.note(Lost::Renamed, format!("{name} → {free}"));
        }
        free
    }

    fn attachment(&mut self, mut attachment: Attachment, bytes: Option<Vec<u8>>) {
        if self.base.attachments.contains_key(&attachment.id) {
            self.counts.attachments.known += 1;
            return;
        }
        attachment.content = bytes.as_ref().map(|bytes| ContentHash::of(bytes));
        attachment.len_bytes = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        if let Some((hash, bytes)) = attachment.content.zip(bytes) {
            self.tx.store(hash, Bytes::Other(bytes));
        }
        self.counts.attachments.added += 1;
        self.tx.record(Change::AttachmentAdded(attachment));
    }

    /// A project without a description takes over that of the study.
    fn description(&mut self, description: String) {
        if self.base.description.is_empty() && !description.trim().is_empty() {
            let edit = Edit::new(String::new(), description);
            self.tx
                .record(Change::ProjectEdited(ProjectEdit::Description(edit)));
        }
    }
}
