//! A tally: numbers of codings by code, document and coder, kept up to date as a project changes.
//!
//! Side lists show these numbers in every frame, so they must not be counted again each time. A [`Tally`] keeps what it counted for each document,
//! and [`Tally::follow`] counts only documents again that have changed: after one coding among 300,000, that is one document.

use std::{collections::BTreeMap, sync::Arc};

use crate::model::{
    Project,
    document::Document,
    ids::{CodeId, CoderId, DocumentId},
};

/// The coders of a document that is not in the tally.
static NOBODY: BTreeMap<CoderId, usize> = BTreeMap::new();

/// Counts of codings by code, document and coder.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    documents: BTreeMap<DocumentId, DocumentTally>,
    totals: BTreeMap<CodeId, CodeTotal>,
    with_subcodes: BTreeMap<CodeId, usize>,
}

/// The numbers of a document, with the state of the document that was counted.
#[derive(Debug, Clone)]
struct DocumentTally {
    document: Arc<Document>,
    by_code: BTreeMap<CodeId, usize>,
    by_coder: BTreeMap<CoderId, usize>,
    percent: u32,
}

/// The numbers of a code over all documents.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct CodeTotal {
    codings: usize,
    documents: usize,
}

impl Tally {
    /// Updates the tally to a project. Only documents that have changed are counted again.
    pub fn follow(&mut self, project: &Project) {
        let gone: Vec<DocumentId> = self
            .documents
            .keys()
            .copied()
            .filter(|id| !project.documents.contains_key(id))
            .collect();
        for id in gone {
            self.forget(id);
        }
        for (id, document) in &project.documents {
            if self
                .documents
                .get(id)
                .is_none_or(|counted| !Arc::ptr_eq(&counted.document, document))
            {
                self.forget(*id);
                self.count(document);
            }
        }
        self.roll_up(project);
    }

    /// The number of codings of a code, without its subcodes.
    pub fn own(&self, code: CodeId) -> usize {
        self.totals.get(&code).map_or(0, |total| total.codings)
    }

    /// The number of codings of a code and of all codes below it.
    pub fn with_subcodes(&self, code: CodeId) -> usize {
        self.with_subcodes.get(&code).copied().unwrap_or(0)
    }

    /// The number of documents in which a code is used, without its subcodes.
    pub fn documents_of(&self, code: CodeId) -> usize {
        self.totals.get(&code).map_or(0, |total| total.documents)
    }

    /// How much of a document's characters is in at least one coding, in percent (0 to 100).
    pub fn percent_coded(&self, document: DocumentId) -> u32 {
        self.documents
            .get(&document)
            .map_or(0, |counted| counted.percent)
    }

    /// The number of codings of each coder in a document.
    pub fn by_coder(&self, document: DocumentId) -> &BTreeMap<CoderId, usize> {
        self.documents
            .get(&document)
            .map_or(&NOBODY, |counted| &counted.by_coder)
    }

    fn forget(&mut self, id: DocumentId) {
        let Some(counted) = self.documents.remove(&id) else {
            return;
        };
        for (code, n) in counted.by_code {
            if let Some(total) = self.totals.get_mut(&code) {
                total.codings -= n;
                total.documents -= 1;
                if total.documents == 0 {
                    self.totals.remove(&code);
                }
            }
        }
    }

    fn count(&mut self, document: &Arc<Document>) {
        let counted = DocumentTally::new(document);
        for (code, n) in &counted.by_code {
            let total = self.totals.entry(*code).or_default();
            total.codings += n;
            total.documents += 1;
        }
        self.documents.insert(document.id, counted);
    }

    fn roll_up(&mut self, project: &Project) {
        self.with_subcodes.clear();
        for (code, total) in &self.totals {
            let above = project.codebook.ancestors(*code).map(|above| above.id);
            for id in std::iter::once(*code).chain(above) {
                *self.with_subcodes.entry(id).or_default() += total.codings;
            }
        }
    }
}

impl DocumentTally {
    fn new(document: &Arc<Document>) -> Self {
        let mut by_code: BTreeMap<CodeId, usize> = BTreeMap::new();
        let mut by_coder: BTreeMap<CoderId, usize> = BTreeMap::new();
        // Codings are in the order of their start, so overlaps are left out by remembering how far they reach.
        let (mut covered, mut end) = (0u64, 0u32);
        for coding in &document.codings {
            *by_code.entry(coding.code).or_default() += 1;
            *by_coder.entry(coding.coder).or_default() += 1;
            covered += u64::from(
                coding
                    .range
                    .end()
                    .saturating_sub(coding.range.start().max(end)),
            );
            end = end.max(coding.range.end());
        }
        let chars = u64::from(document.len_chars()).max(1);
        let percent = u32::try_from((covered * 100 + chars / 2) / chars).unwrap_or(100);
        Self {
            document: Arc::clone(document),
            by_code,
            by_coder,
            percent,
        }
    }
}
