//! A ledger: all codings of a project as columns, from which tables of counts are made.
//!
//! Counting needs four bytes of a coding, its code, and reads them ten times as fast from a column as from whole codings.
//! [`Ledger::follow`] reads only documents again that have changed, so a table is counted again after one coding among 300,000
//! without reading the others.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use super::{
    merging::{coders_of, merged},
    numbering::Numbering,
};
use crate::model::{
    Project,
    coding::Coding,
    document::Document,
    ids::{CodeId, CoderId, OfCode, OfCoder},
    text::TextRange,
};

/// The codings of all documents, by document id and position in the text.
#[derive(Debug, Default)]
pub struct Ledger {
    documents: Vec<Arc<Document>>,
    /// Where each document's codings end.
    ends: Vec<usize>,
    codes: Vec<CodeId>,
    coders: Vec<CoderId>,
    columns: CodingColumns,
    /// For each document, whether any of its codings names whom it is about.
    names_anyone: Vec<bool>,
    /// Those who coded each document.
    coders_of: Vec<BTreeSet<CoderId>>,
}

/// Columns of codings.
#[derive(Debug, Default)]
pub(super) struct CodingColumns {
    /// The number of the code, in the order of ids; one beyond the last for a code that the codebook doesn't have.
    pub(super) codes: Vec<u32>,
    /// The number of the coder, in the order of ids; one beyond the last for a coder that the project doesn't have.
    pub(super) coders: Vec<u32>,
    /// The passage.
    pub(super) passages: Vec<TextRange>,
    /// The passage that the coding stands for if overlapping ones of one code are merged; `None` if another stands for it.
    pub(super) merged: Vec<Option<TextRange>>,
}

/// The codings of one document in a [`Ledger`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) codes: &'a [u32],
    pub(super) coders: &'a [u32],
    pub(super) passages: &'a [TextRange],
    pub(super) merged: &'a [Option<TextRange>],
}

impl Ledger {
    /// Updates the ledger to a project. Only documents that have changed are read again, unless a document, code or coder was added or removed.
    pub fn follow(&mut self, project: &Project) {
        // Codes and coders are stored by number, so every number may be another one when one of them was added or removed.
        let same = self
            .documents
            .iter()
            .map(|document| document.id)
            .eq(project.documents.keys().copied())
            && self.codes.iter().eq(project.codebook.codes.keys())
            && self.coders.iter().eq(project.coders.keys());
        if !same {
            *self = Self::default();
            self.codes = project.codebook.codes.keys().copied().collect();
            self.coders = project.coders.keys().copied().collect();
        }
        let numbers = Numbers {
            codes: Numbering::new(self.codes.iter().copied()),
            coders: Numbering::new(self.coders.iter().copied()),
        };
        if !same {
            for document in project.documents.values() {
                let end = self.columns.codes.len();
                self.columns.splice(end..end, &document.codings, &numbers);
                self.ends.push(self.columns.codes.len());
                self.names_anyone.push(names_anyone(document));
                self.coders_of.push(coders_of(&document.codings, |_| true));
                self.documents.push(Arc::clone(document));
            }
            return;
        }
        for (at, document) in project.documents.values().enumerate() {
            if !Arc::ptr_eq(&self.documents[at], document) {
                self.read_again(at, document, &numbers);
            }
        }
    }

    /// Returns true if the ledger has the codings of this very state of the project.
    pub fn is_of(&self, project: &Project) -> bool {
        self.documents.len() == project.documents.len()
            && self
                .documents
                .iter()
                .zip(project.documents.values())
                .all(|(known, document)| Arc::ptr_eq(known, document))
            && self.codes.iter().eq(project.codebook.codes.keys())
            && self.coders.iter().eq(project.coders.keys())
    }

    /// The codings of a document, by its number in the order of ids.
    pub(super) fn page(&self, at: usize) -> Page<'_> {
        self.columns.page(self.range(at))
    }

    /// Returns true if any coding of a document names whom it is about; the document is given by its number.
    pub(super) fn names_anyone(&self, at: usize) -> bool {
        self.names_anyone[at]
    }

    /// Those who coded a document, which is given by its number.
    pub(super) fn coders_of(&self, at: usize) -> &BTreeSet<CoderId> {
        &self.coders_of[at]
    }

    /// The coder of a number.
    pub(super) fn coder(&self, number: u32) -> CoderId {
        // Coders that the project doesn't have share one number, and an id that no coder has.
        let nobody = CoderId::from_u128(0);
        self.coders.get(number as usize).map_or(nobody, |&id| id)
    }

    fn range(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[at]
    }

    fn read_again(&mut self, at: usize, document: &Arc<Document>, numbers: &Numbers) {
        let old = self.range(at);
        let (before, now) = (old.len(), document.codings.len());
        self.columns.splice(old, &document.codings, numbers);
        for end in &mut self.ends[at..] {
            *end = *end - before + now;
        }
        self.names_anyone[at] = names_anyone(document);
        self.coders_of[at] = coders_of(&document.codings, |_| true);
        self.documents[at] = Arc::clone(document);
    }
}

fn names_anyone(document: &Document) -> bool {
    document
        .codings
        .iter()
        .any(|coding| !coding.about.is_empty())
}

/// The numbers of codes and coders.
struct Numbers {
    codes: Numbering<OfCode>,
    coders: Numbering<OfCoder>,
}

impl CodingColumns {
    /// Replaces a range of codings by others.
    fn splice(&mut self, old: Range<usize>, codings: &[Coding], numbers: &Numbers) {
        let codes = codings
            .iter()
            .map(|coding| numbers.codes.get_or_len(coding.code));
        let coders = codings
            .iter()
            .map(|coding| numbers.coders.get_or_len(coding.coder));
        let joined = merged(codings, |_| true);
        let passages = codings.iter().map(|coding| coding.range);
        let merged = codings
            .iter()
            .enumerate()
            .map(|(at, coding)| match &joined {
                Some(merged) => merged.passage(at, coding),
                None => Some(coding.range),
            });
        // A splice takes effect when it is dropped.
        drop(self.codes.splice(old.clone(), codes));
        drop(self.coders.splice(old.clone(), coders));
        drop(self.passages.splice(old.clone(), passages));
        drop(self.merged.splice(old, merged));
    }

    fn page(&self, range: Range<usize>) -> Page<'_> {
        Page {
            codes: &self.codes[range.clone()],
            coders: &self.coders[range.clone()],
            passages: &self.passages[range.clone()],
            merged: &self.merged[range],
        }
    }
}
