//! All that an erasure writes, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    mask::Mask,
    preview::{ErasurePreview, is_on},
    reading::Reading,
    request::ErasureRequest,
    rewriting::Rewriting,
    scope::Scope,
};
use crate::{
    app::{AppError, edit::transaction::Transaction, refusal::Refusal},
    language::words::count_words,
    log::{
        self, Entry,
        change::{Change, Edit},
    },
    model::{
        Project,
        document::Document,
        erasure::{ERASED_FILE, ErasedCounts, ErasedText, Erasure, blanked_in},
        ids::{CodingId, MemoId},
        memo::Anchor,
        set::Set,
        text::ContentHash,
    },
    store::ProjectFile,
};

/// What an erasure writes.
#[derive(Debug)]
pub struct ErasurePlan {
    /// What it comes to.
    pub preview: ErasurePreview,
    /// The log without the words, in order of arrival.
    pub(super) entries: Vec<Entry>,
    /// The fold of that log.
    pub(super) project: Project,
    /// Texts and files that take the place of others.
    pub(super) contents: BTreeMap<ContentHash, Vec<u8>>,
    /// What the log records.
    pub(super) erasure: Erasure,
    codings: BTreeSet<CodingId>,
    memos: BTreeSet<MemoId>,
    links: BTreeSet<crate::model::ids::LinkId>,
}

impl ErasurePlan {
    /// Plans an erasure.
    ///
    /// # Errors
    /// When there is nothing to erase, or the log or a text can't be read.
    pub fn of(file: &ProjectFile, request: &ErasureRequest) -> Result<Self, AppError> {
        let _moment = file.moment()?;
        let reading = Reading::of(file)?;
        let scope = Scope::of(file, &reading, request)?;
        let mut preview = ErasurePreview::of(file, &reading, &scope)?;
        let mut rewriting = Rewriting::new(&scope, &reading);
        let entries: Vec<Entry> = reading
            .entries
            .iter()
            .map(|entry| rewriting.entry(entry))
            .collect();
        let changed = entries.iter().zip(&reading.entries);
        preview.entries = changed.filter(|(new, old)| new != old).count();
        preview.quotes = rewriting.quoted;
        if preview.entries == 0 {
            return Err(Refusal::NothingToErase.into());
        }
        let inside = scope.codings.iter().filter(|(_, is_inside)| **is_inside);
        let links = reading.project.links.values().filter(|link| {
            is_on(&scope, &reading.project, link.from) || is_on(&scope, &reading.project, link.to)
        });
        Ok(Self {
            erasure: erasure(&scope, &reading, &preview),
            contents: contents(&scope),
            project: log::fold(&entries),
            codings: inside.map(|(id, _)| *id).collect(),
            memos: scope.memos.clone(),
            links: links.map(|link| link.id).collect(),
            entries,
            preview,
        })
    }

    /// Records that it is done, and takes out of the project what is on words that are gone.
    pub(super) fn record(&self, tx: &mut Transaction<'_>) {
        let project = self.project.clone();
        for link in project.links.values() {
            if self.links.contains(&link.id) {
                tx.record_if_possible(Change::LinkRemoved(link.clone()));
            }
        }
        for set in project.sets.values() {
            let goes =
                |member: &Anchor| matches!(member, Anchor::Memo(id) if self.memos.contains(id));
            if set.members.iter().any(goes) {
                let mut members = set.members.clone();
                members.retain(|member| !goes(member));
                let to = Set {
                    members,
                    ..set.clone()
                };
                tx.record_if_possible(Change::SetEdited {
                    set: set.id,
                    edit: Edit::new(set.clone(), to),
                });
            }
        }
        let mut memos: Vec<_> = project
            .memos
            .values()
            .filter(|memo| self.memos.contains(&memo.id))
            .collect();
        // A memo is removed after those on it.
        loop {
            let before = memos.len();
            memos.retain(|memo| {
                !tx.record_if_possible(Change::MemoRemoved(Box::new((***memo).clone())))
            });
            if memos.len() == before {
                break;
            }
        }
        for document in project.documents.values() {
            for coding in &document.codings {
                if self.codings.contains(&coding.id) {
                    tx.record_if_possible(Change::CodingRemoved {
                        document: document.id,
                        coding: coding.clone(),
                    });
                }
            }
        }
        tx.record(Change::Erased(Box::new(self.erasure.clone())));
    }

    /// The contents that the log names.
    pub(super) fn named(&self) -> BTreeSet<ContentHash> {
        let mut named = BTreeSet::new();
        let mut of_document = |document: &Document| {
            let source = &document.source;
            named.extend([source.text, source.turns, source.original]);
            named.insert(document.turn_table());
        };
        for document in self.project.documents.values() {
            of_document(document);
        }
        let changes = self.entries.iter().flat_map(|entry| &entry.changes);
        for change in changes {
            match change {
                Change::DocumentAdded(document) | Change::DocumentRemoved(document) => {
                    of_document(document);
                }
                _ => {}
            }
        }
        let changes = self.entries.iter().flat_map(|entry| &entry.changes);
        for change in changes {
            match change {
                Change::DocumentEdited {
                    edit: log::change::DocumentEdit::Turns(edit),
                    ..
                } => {
                    let both = [&edit.from, &edit.to].into_iter();
                    let revisions = both.filter_map(|state| state.revision.as_ref());
                    named.extend(revisions.map(|revision| revision.turns));
                }
                Change::AttachmentAdded(file) | Change::AttachmentRemoved(file) => {
                    named.extend(file.content);
                }
                _ => {}
            }
        }
        named
    }
}

fn contents(scope: &Scope) -> BTreeMap<ContentHash, Vec<u8>> {
    let texts = scope.documents.values().map(|touched| {
        let text = touched.mask.imported(touched.imported.as_str());
        text.into_bytes()
    });
    let all = texts.chain([ERASED_FILE.to_vec()]);
    all.map(|bytes| (ContentHash::of(&bytes), bytes)).collect()
}

fn erasure(scope: &Scope, reading: &Reading, preview: &ErasurePreview) -> Erasure {
    let documents = scope.documents.iter().map(|(id, touched)| {
        let left = match &touched.mask {
            Mask::Whole => ErasedText {
                is_whole: true,
                ..ErasedText::default()
            },
            Mask::Passages(passages) => ErasedText {
                is_whole: false,
                words_left: count_words(&blanked_in(
                    touched.content.text.as_str(),
                    &touched.ranges,
                )),
                passages: passages.base.clone(),
            },
        };
        (*id, left)
    });
    let known = reading.cases().map(|case| case.id);
    Erasure {
        cases: known.filter(|case| scope.cases.contains(case)).collect(),
        documents: documents.collect(),
        counts: ErasedCounts {
            characters: preview.characters(),
            turns: preview.turns(),
            codings: preview.codings as u64,
            memos: preview.memos as u64,
            values: preview.values as u64,
            entries: preview.entries as u64,
        },
    }
}
