//! Codings that get another code: their facets follow, and those that would say the same twice fall together.
//!
//! Two codings of one coder on the very same passage can't both have a code. The one that stands stays, takes the facet values it lacks, and whatever
//! was written on the other or linked to it:
//!
//! ```text
//! An  10..20  Belonging  feeling = pride  memo          An  10..20  Needs  judgement = good, feeling = pride  memo
//! An  10..20  Needs      judgement = good         ──▶
//! Cai 12..20  Belonging                                 Cai 12..20  Needs
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::{Edited, document_of, memo::rehang, some};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, CodingEdit, Edit},
    model::{
        Project,
        code::Code,
        codebook::CodeNotFound,
        coding::Coding,
        document::Document,
        facet::FacetValue,
        ids::{CodeId, CoderId, CodingId, DocumentId, FacetId},
        memo::Anchor,
        text::TextRange,
    },
};

/// Values of a coding's facets.
pub(super) type Values = BTreeMap<FacetId, FacetValue>;

/// What giving codings another code comes to.
#[derive(Debug, Default)]
pub(super) struct Recoding {
    /// The codings that get the code, with their facets; changes in order.
    pub(super) edits: Vec<Change>,
    /// Codings that fall together with another, and that other.
    pub(super) twins: BTreeMap<Anchor, Anchor>,
    /// The removals of those; to come after memos and links have moved over.
    pub(super) removals: Vec<Change>,
}

/// A coding that has the code afterwards.
struct Standing<'a> {
    coding: &'a Coding,
    facets: Values,
}

impl Recoding {
    /// Gives the codings of a document that `moves` knows the code `into`; `facets` says which values a coding has then.
    pub(super) fn add(
        &mut self,
        document: &Document,
        into: CodeId,
        moves: impl Fn(&Coding) -> bool,
        facets: impl Fn(&Coding) -> Values,
    ) {
        let mut standing: BTreeMap<(TextRange, CoderId), Standing<'_>> = BTreeMap::new();
        for coding in document.codings.iter().filter(|coding| coding.code == into) {
            standing
                .entry((coding.range, coding.coder))
                .or_insert_with(|| Standing {
                    coding,
                    facets: coding.facets.clone(),
                });
        }
        for coding in document
            .codings
            .iter()
            .filter(|coding| coding.code != into && moves(coding))
        {
            let facets = facets(coding);
            if let Some(stays) = standing.get_mut(&(coding.range, coding.coder)) {
                for (facet, value) in facets {
                    stays.facets.entry(facet).or_insert(value);
                }
                self.twins.insert(
                    Anchor::Coding(document.id, coding.id),
                    Anchor::Coding(document.id, stays.coding.id),
                );
                self.removals.push(Change::CodingRemoved {
                    document: document.id,
                    coding: coding.clone(),
                });
            } else {
                standing.insert((coding.range, coding.coder), Standing { coding, facets });
            }
        }
        for Standing { coding, facets } in standing.into_values() {
            self.edits.extend(edits(document.id, coding, into, &facets));
        }
    }

    /// The changes in an order in which each makes sense.
    pub(super) fn into_changes(self, project: &Project) -> Vec<Change> {
        let mut changes = self.edits;
        changes.extend(rehang(project, &self.twins));
        changes.extend(self.removals);
        changes
    }
}

/// What makes a coding one of `into` with these values.
fn edits(document: DocumentId, coding: &Coding, into: CodeId, facets: &Values) -> Vec<Change> {
    let edited = |edit| Change::CodingEdited {
        document,
        coding: coding.id,
        edit,
    };
    let keys: BTreeSet<FacetId> = coding.facets.keys().chain(facets.keys()).copied().collect();
    let mut changes = Vec::new();
    for facet in keys {
        let value = Edit::new(
            coding.facets.get(&facet).cloned(),
            facets.get(&facet).cloned(),
        );
        if value.from != value.to {
            changes.push(edited(CodingEdit::Facet { facet, value }));
        }
    }
    if coding.code != into {
        changes.push(edited(CodingEdit::Code(Edit::new(coding.code, into))));
    }
    changes
}

/// The values that a code asks for.
pub(super) fn asked_for(code: &Code, coding: &Coding) -> Values {
    let asks = |facet: &FacetId| code.facets.iter().any(|own| own.id == *facet);
    coding
        .facets
        .iter()
        .filter(|(facet, _)| asks(facet))
        .map(|(facet, value)| (*facet, value.clone()))
        .collect()
}

/// Codings by document, each checked to be there.
pub(super) fn by_document<'a>(
    project: &'a Project,
    codings: &[(DocumentId, CodingId)],
) -> Result<Vec<(&'a Document, BTreeSet<CodingId>)>, Refusal> {
    let mut by_document: BTreeMap<DocumentId, BTreeSet<CodingId>> = BTreeMap::new();
    for (document, coding) in codings {
        by_document.entry(*document).or_default().insert(*coding);
    }
    let check = |(id, wanted): (DocumentId, BTreeSet<CodingId>)| {
        let document = document_of(project, id)?;
        let found = document
            .codings
            .iter()
            .filter(|coding| wanted.contains(&coding.id))
            .count();
        if found == wanted.len() {
            Ok((document, wanted))
        } else {
            Err(Refusal::NoCoding)
        }
    };
    by_document.into_iter().map(check).collect()
}

/// Gives codings another code; facets that it doesn't ask for go.
///
/// # Errors
/// When a coding or the code isn't there, or all have the code already.
pub fn recode(project: &Project, codings: &[(DocumentId, CodingId)], code: CodeId) -> Edited {
    let gone = || Refusal::Code(CodeNotFound::Unknown(code.to_string()));
    let rules = project.codebook.get(code).ok_or_else(gone)?;
    let mut recoding = Recoding::default();
    for (document, wanted) in by_document(project, codings)? {
        recoding.add(
            document,
            code,
            |coding| wanted.contains(&coding.id),
            |coding| asked_for(rules, coding),
        );
    }
    some(recoding.into_changes(project))
}
