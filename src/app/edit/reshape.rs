//! Edits that make other codings of codings: a copy, two of one, one of several.
//!
//! Memos and links stay with what remains of the passage they stood on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Edited,
    coding::{code_of, coding_of, has},
    document_of,
    memo::rehang,
};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, CodingEdit, Edit},
    model::{
        Project,
        coding::{Coding, Origin},
        facet::FacetValue,
        ids::{CodeId, CoderId, CodingId, DocumentId, FacetId},
        memo::Anchor,
        text::TextRange,
    },
};

/// Tags the passages of codings with another code as well; values of facets that both codes ask for come along.
///
/// # Errors
/// When a coding or the code isn't there, or the coder has tagged all so already.
pub fn copy(
    project: &Project,
    ids: &mut Identities,
    coder: CoderId,
    codings: &[(DocumentId, CodingId)],
    code: CodeId,
) -> Edited {
    let rules = code_of(project, code)?;
    let mut changes = Vec::new();
    let mut taken: BTreeSet<(DocumentId, TextRange)> = BTreeSet::new();
    for &(id, coding) in codings {
        let document = document_of(project, id)?;
        let from = coding_of(project, id, coding)?;
        if has(document, from.range, code, coder).is_some() || !taken.insert((id, from.range)) {
            continue;
        }
        let shared = from
            .facets
            .iter()
            .filter(|(facet, _)| rules.facets.iter().any(|own| own.id == **facet));
        let facets: BTreeMap<FacetId, FacetValue> = shared
            .map(|(facet, value)| (*facet, value.clone()))
            .collect();
        changes.push(Change::CodingAdded {
            document: id,
            coding: Coding {
                id: ids.id(),
                range: from.range,
                code,
                coder,
                facets,
                origin: Origin::Hand,
            },
        });
    }
    if changes.is_empty() {
        Err(Refusal::AlreadyCoded)
    } else {
        Ok(changes)
    }
}

/// Makes two codings of one; the first keeps memos and links.
///
/// # Errors
/// When the coding isn't there, or the position isn't inside it.
pub fn split(
    project: &Project,
    ids: &mut Identities,
    document: DocumentId,
    coding: CodingId,
    at: u32,
) -> Edited {
    let present = coding_of(project, document, coding)?;
    let range = present.range;
    if at <= range.start() || at >= range.end() {
        return Err(Refusal::NoSplit);
    }
    let edit = CodingEdit::Range(Edit::new(range, TextRange::between(range.start(), at)));
    let rest = Coding {
        id: ids.id(),
        range: TextRange::between(at, range.end()),
        ..present.clone()
    };
    Ok(vec![
        Change::CodingEdited {
            document,
            coding,
            edit,
        },
        Change::CodingAdded {
            document,
            coding: rest,
        },
    ])
}

/// Makes one coding of several, from the first character of the first to the last of the last; values of facets that the first lacks come from the others.
///
/// # Errors
/// When one isn't there, there is but one, or they differ in code or coder.
pub fn join(project: &Project, document: DocumentId, codings: &[CodingId]) -> Edited {
    let wanted: BTreeSet<CodingId> = codings.iter().copied().collect();
    let mut parts = wanted
        .iter()
        .map(|id| coding_of(project, document, *id))
        .collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.order());
    let [first, others @ ..] = &parts[..] else {
        return Err(Refusal::NoJoin);
    };
    if others.is_empty()
        || others
            .iter()
            .any(|other| (other.code, other.coder) != (first.code, first.coder))
    {
        return Err(Refusal::NoJoin);
    }
    let end = parts
        .iter()
        .map(|part| part.range.end())
        .max()
        .unwrap_or(first.range.end());
    let range = TextRange::between(first.range.start(), end);
    let (mut changes, mut moves) = (Vec::new(), BTreeMap::new());
    let mut facets = first.facets.clone();
    for other in others {
        for (facet, value) in &other.facets {
            if !facets.contains_key(facet) {
                facets.insert(*facet, value.clone());
                let edit = CodingEdit::Facet {
                    facet: *facet,
                    value: Edit::new(None, Some(value.clone())),
                };
                changes.push(Change::CodingEdited {
                    document,
                    coding: first.id,
                    edit,
                });
            }
        }
        moves.insert(
            Anchor::Coding(document, other.id),
            Anchor::Coding(document, first.id),
        );
    }
    changes.extend(rehang(project, &moves));
    changes.extend(others.iter().map(|other| Change::CodingRemoved {
        document,
        coding: (*other).clone(),
    }));
    if range != first.range {
        changes.push(Change::CodingEdited {
            document,
            coding: first.id,
            edit: CodingEdit::Range(Edit::new(first.range, range)),
        });
    }
    Ok(changes)
}
