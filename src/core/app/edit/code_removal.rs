//! Removal of codes with everything that depends on them: subcodes, codings, memos, links, memberships of sets.
//!
//! Apart from [`codebook`](super::codebook), which knows nothing of codings: an edit of codings may add a code.

use std::collections::BTreeSet;

use super::{coding, lookup, memo, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::Change,
    model::{
        Project,
        code::Code,
        ids::{CodeId, CodingId, DocumentId},
        memo::Anchor,
    },
};

/// What is removed with codes.
struct Removal {
    codes: BTreeSet<CodeId>,
    codings: Vec<(DocumentId, CodingId)>,
    memos_and_links: Vec<Change>,
}

impl Removal {
    fn new(project: &Project, codes: &[CodeId]) -> Self {
        let codes: BTreeSet<CodeId> = codes
            .iter()
            .flat_map(|id| project.codebook.with_descendants(*id))
            .collect();
        let codings = codings_of(project, &codes);
        let coding_anchors: BTreeSet<Anchor> = codings
            .iter()
            .map(|(document, coding)| Anchor::Coding(*document, *coding))
            .collect();
        let memos_and_links = memo::removals_on(project, |anchor| {
            coding_anchors.contains(&anchor) || codes.iter().any(|code| anchor.is_of_code(*code))
        });
        Self {
            codes,
            codings,
            memos_and_links,
        }
    }
}

/// How much would be removed with codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemovalPreview {
    /// Codes below them.
    pub subcodes: usize,
    /// Codings of any of these codes.
    pub codings: usize,
    /// Documents that contain these codings.
    pub documents: usize,
    /// Memos on any of these.
    pub memos: usize,
    /// Links and memberships in sets of any of these.
    pub links: usize,
}

/// Counts what would be removed with codes.
pub fn removal_preview(project: &Project, codes: &[CodeId]) -> RemovalPreview {
    let removal = Removal::new(project, codes);
    let documents: BTreeSet<DocumentId> = removal
        .codings
        .iter()
        .map(|(document, _)| *document)
        .collect();
    let memos = removal
        .memos_and_links
        .iter()
        .filter(|change| matches!(change, Change::MemoRemoved(_)))
        .count();
    let subcodes = removal.codes.iter().filter(|id| !codes.contains(id));
    RemovalPreview {
        subcodes: subcodes.count(),
        codings: removal.codings.len(),
        documents: documents.len(),
        memos,
        links: removal.memos_and_links.len() - memos,
    }
}

/// Removes codes with their subcodes, all their codings, and the memos and links on any of these.
///
/// # Errors
/// When one of them doesn't exist.
pub(crate) fn remove_codes(tx: &mut Transaction<'_>, codes: &[CodeId]) -> Result<(), Refusal> {
    for id in codes {
        lookup::code(tx.project(), *id)?;
    }
    let Removal {
        codes,
        codings,
        memos_and_links,
    } = Removal::new(tx.project(), codes);
    tx.record_all(memos_and_links);
    for (document, id) in codings {
        coding::remove_coding(tx, document, id)?;
    }
    let mut removed = tx.project().codebook.in_order();
    removed.retain(|(_, code)| codes.contains(&code.id));
    // The log refuses to remove a code that has subcodes.
    removed.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    let removed: Vec<Change> = removed
        .into_iter()
        .map(|(_, code)| Change::CodeRemoved(Box::new(Code::clone(code))))
        .collect();
    tx.record_all(removed);
    Ok(())
}

/// The codings of any of these codes.
fn codings_of(project: &Project, codes: &BTreeSet<CodeId>) -> Vec<(DocumentId, CodingId)> {
    let mut found = Vec::new();
    for document in project.documents.values() {
        let codings = document.codings.iter();
        let codings = codings.filter(|coding| codes.contains(&coding.code));
        found.extend(codings.map(|coding| (document.id, coding.id)));
    }
    found
}
