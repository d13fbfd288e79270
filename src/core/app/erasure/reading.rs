//! Reading the whole log once, with what isn't in the project any more: the log has its words all the same.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    app::AppError,
    log::{Entry, apply, change::Change, note_seen},
    model::{
        Project,
        case::Case,
        coding::Coding,
        conflict::Skipped,
        document::Document,
        ids::{CaseId, DocumentId, EntryId},
        memo::{Anchor, Memo},
    },
    store::{ProjectFile, StoreError},
};

/// A log, its fold, and what the fold has lost on the way.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The entries in order of arrival.
    pub(super) entries: Vec<Entry>,
    /// The fold.
    pub(super) project: Project,
    /// Documents that were removed, as they were last.
    pub(super) gone_documents: BTreeMap<DocumentId, Arc<Document>>,
    /// Cases that were removed, as they were last.
    pub(super) gone_cases: BTreeMap<CaseId, Arc<Case>>,
    /// Memos that were removed, each with the document that it was in as that was then.
    pub(super) gone_memos: Vec<(Memo, Option<Arc<Document>>)>,
    /// Codings that were removed or moved, each with its document as that was then.
    pub(super) gone_codings: Vec<(Arc<Document>, Coding)>,
    /// The number that a replacement has among the corrections of its document; none if it was skipped.
    pub(super) corrections: BTreeMap<(EntryId, usize), u32>,
}

impl Reading {
    /// Reads the log of a file.
    ///
    /// # Errors
    /// When the file can't be read, or is damaged: what can't be read can't be erased.
    pub(super) fn of(file: &ProjectFile) -> Result<Self, AppError> {
        let mut entries = Vec::new();
        file.for_each_entry(0, |_, entry| entries.push(entry))?;
        file.heads()?;
        if !file.damage().is_empty() {
            return Err(StoreError::NeedsRepair(file.path().to_owned()).into());
        }
        let mut reading = Self::default();
        let mut in_order: Vec<&Entry> = entries.iter().collect();
        in_order.sort_by_key(|entry| entry.order());
        for entry in in_order {
            reading.fold(entry);
        }
        reading.entries = entries;
        Ok(reading)
    }

    fn fold(&mut self, entry: &Entry) {
        let author = note_seen(&mut self.project, entry);
        for (number, change) in entry.changes.iter().enumerate() {
            self.note(change);
            match apply::apply(&mut self.project, &author, change) {
                Ok(()) => self.number(entry.id, number, change),
                Err(reason) => self.project.skipped.push(Skipped {
                    entry: entry.id,
                    change: u32::try_from(number).unwrap_or(u32::MAX),
                    reason,
                }),
            }
        }
    }

    /// Keeps what a change may take away.
    fn note(&mut self, change: &Change) {
        let project = &self.project;
        match change {
            Change::DocumentRemoved(document) => {
                let now = project.documents.get(&document.id).map(Arc::clone);
                self.gone_documents
                    .extend(now.map(|document| (document.id, document)));
            }
            Change::CaseRemoved(case) => {
                let now = project.cases.get(&case.id).map(Arc::clone);
                self.gone_cases.extend(now.map(|case| (case.id, case)));
            }
            Change::MemoRemoved(memo) => {
                if let Some(memo) = project.memos.get(&memo.id) {
                    let document = memo.anchor.document();
                    let document = document.and_then(|id| project.documents.get(&id));
                    let gone = (Memo::clone(memo), document.map(Arc::clone));
                    self.gone_memos.push(gone);
                }
            }
            Change::CodingRemoved {
                document,
                coding: Coding { id, .. },
            }
            | Change::CodingEdited {
                document,
                coding: id,
                ..
            } => {
                if let Some(document) = project.documents.get(document)
                    && let Some(coding) = document.coding(*id)
                {
                    self.gone_codings
                        .push((Arc::clone(document), coding.clone()));
                }
            }
            _ => {}
        }
    }

    fn number(&mut self, entry: EntryId, number: usize, change: &Change) {
        if let Change::TextReplaced { document, .. } = change {
            let document = self.project.documents.get(document);
            let last = document.and_then(|document| document.history.edits().len().checked_sub(1));
            let last = last.and_then(|last| u32::try_from(last).ok());
            self.corrections
                .extend(last.map(|last| ((entry, number), last)));
        }
    }

    /// All documents that the log has words of, as they were last.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        let gone = self.gone_documents.values();
        let gone = gone.filter(|document| !self.project.documents.contains_key(&document.id));
        self.project.documents.values().chain(gone)
    }

    /// All cases that the log has names of.
    pub(super) fn cases(&self) -> impl Iterator<Item = &Arc<Case>> {
        let gone = self.gone_cases.values();
        let gone = gone.filter(|case| !self.project.cases.contains_key(&case.id));
        self.project.cases.values().chain(gone)
    }

    /// Every anchor that memos have had, each with its document as that was then.
    pub(super) fn memos(&self) -> impl Iterator<Item = (&Memo, Anchor, Option<&Document>)> {
        let now = self.project.memos.values().map(|memo| {
            let document = memo.anchor.document();
            let document = document.and_then(|id| self.project.documents.get(&id));
            (&**memo, memo.anchor, document.map(AsRef::as_ref))
        });
        let gone = self.gone_memos.iter();
        now.chain(gone.map(|(memo, document)| (memo, memo.anchor, document.as_deref())))
    }
}
