//! Whose words are to go.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{names, refusal::Refusal},
    model::{
        Project,
        erasure::RecordedErasure,
        ids::{CaseId, DocumentId},
        text::TextRange,
    },
};

/// The action of the entry that records an erasure.
pub const ERASE: &str = "erase participant";

/// Whose words are to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Participants; with them those below them.
    pub cases: BTreeSet<CaseId>,
    /// Documents that go whole, whoever speaks in them.
    pub documents: BTreeSet<DocumentId>,
    /// Passages of imported texts, as an erasure in another copy of the project has recorded them.
    pub passages: BTreeMap<DocumentId, Vec<TextRange>>,
}

impl ErasureRequest {
    /// The request for the case of a name and the documents of some titles.
    ///
    /// # Errors
    /// When there is no such case or document, or nothing is named.
    pub fn named(
        project: &Project,
        case: Option<&str>,
        titles: &[String],
    ) -> Result<Self, Refusal> {
        let mut request = Self::default();
        if let Some(name) = case {
            let case =
                names::case(project, name).ok_or_else(|| Refusal::NoCase(name.to_owned()))?;
            request.cases.insert(case.id);
        }
        for title in titles {
            let document = project.document_by_title(title);
            let document = document.ok_or_else(|| Refusal::NoDocument(title.clone()))?;
            request.documents.insert(document.id);
        }
        if request == Self::default() {
            return Err(Refusal::NothingToErase);
        }
        Ok(request)
    }

    /// The request for what was erased in another copy of the project, as far as this copy has it still.
    pub fn of_other_copy(erasures: &[RecordedErasure]) -> Self {
        let mut request = Self::default();
        for erasure in erasures.iter().map(|recorded| &recorded.erasure) {
            request.cases.extend(&erasure.cases);
            for (id, text) in &erasure.documents {
                if text.is_whole {
                    request.documents.insert(*id);
                } else {
                    let passages = request.passages.entry(*id).or_default();
                    passages.extend(&text.passages);
                }
            }
        }
        request
    }
}
