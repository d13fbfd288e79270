//! Edits that make other codings of codings: copy, split, join.
//!
//! Memos and links stay on what remains of the passage they were on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    coding::{is_coded, new_coding},
    lookup,
    memo::rehang,
    recode::asked_for,
    transaction::Transaction,
};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, CodingEdit, Edit},
    model::{
        coding::Coding,
        document::Document,
        ids::{CaseId, CodeId, CodingId, DocumentId},
        memo::Anchor,
        text::TextRange,
    },
};

/// Codes the passages of codings with another code as well; whom they are about and values of facets
/// that both codes ask for are copied.
///
/// # Errors
/// When a coding or the code doesn't exist, the coder has coded all so already, or no coder is acting.
pub(crate) fn copy(
    tx: &mut Transaction<'_>,
    codings: &[(DocumentId, CodingId)],
    code_id: CodeId,
) -> Result<(), Refusal> {
    let coder = tx.acting()?;
    lookup::code(tx.project(), code_id)?;
    let before = tx.changes().len();
    for &(document_id, id) in codings {
        // Looked up anew each time, since the transaction changes its project with every record.
        let code = lookup::code(tx.project(), code_id)?;
        let document = lookup::document(tx.project(), document_id)?;
        let original = lookup::coding(tx.project(), document_id, id)?;
        let range = original.range;
        if is_coded(document, range, code_id, coder) {
            continue;
        }
        let facets = asked_for(code, original);
        let coding = Coding {
            facets,
            about: original.about.clone(),
            ..new_coding(tx, range, code_id, coder)
        };
        tx.record(Change::CodingAdded {
            document: document_id,
            coding,
        });
    }
    if tx.changes().len() == before {
        return Err(Refusal::AlreadyCoded);
    }
    Ok(())
}

/// Splits a coding in two; the first keeps memos and links.
///
/// # Errors
/// When the coding doesn't exist, or the position isn't inside it.
pub(crate) fn split(
    tx: &mut Transaction<'_>,
    document: DocumentId,
    id: CodingId,
    at: u32,
) -> Result<(), Refusal> {
    let coding = lookup::coding(tx.project(), document, id)?.clone();
    let range = coding.range;
    if at <= range.start() || at >= range.end() {
        return Err(Refusal::NoSplit);
    }
    let shortened = Edit::new(range, TextRange::between(range.start(), at));
    tx.record(Change::CodingEdited {
        document,
        coding: id,
        edit: CodingEdit::Range(shortened),
    });
    let rest = Coding {
        id: tx.id(),
        range: TextRange::between(at, range.end()),
        ..coding
    };
    tx.record(Change::CodingAdded {
        document,
        coding: rest,
    });
    Ok(())
}

/// Joins codings into one, from the start of the first to the end of the last; it has the facet
/// values that the first lacks from the others, and is about all whom they are about.
///
/// # Errors
/// When one of them doesn't exist, there is only one, or they differ in code or coder.
pub(crate) fn join(
    tx: &mut Transaction<'_>,
    document_id: DocumentId,
    ids: &[CodingId],
) -> Result<(), Refusal> {
    let parts = parts_to_join(lookup::document(tx.project(), document_id)?, ids)?;
    let [first, others @ ..] = &parts[..] else {
        return Err(Refusal::NoJoin);
    };
    let differs = |other: &Coding| (other.code, other.coder) != (first.code, first.coder);
    if others.is_empty() || others.iter().any(differs) {
        return Err(Refusal::NoJoin);
    }
    let mut facets = first.facets.clone();
    let mut edits = Vec::new();
    for (facet, value) in others.iter().flat_map(|other| &other.facets) {
        if !facets.contains_key(facet) {
            facets.insert(*facet, value.clone());
            let value = Edit::new(None, Some(value.clone()));
            edits.push(CodingEdit::Facet {
                facet: *facet,
                value,
            });
        }
    }
    let named: BTreeSet<CaseId> = parts.iter().flat_map(|part| &part.about).copied().collect();
    edits.extend(
        named
            .difference(&first.about)
            .map(|case| CodingEdit::About {
                case: *case,
                is_about: Edit::new(false, true),
            }),
    );
    let start = first.range.start();
    let end = parts
        .iter()
        .fold(start, |end, part| end.max(part.range.end()));
    let range = Edit::if_different(&first.range, TextRange::between(start, end));
    edits.extend(range.map(CodingEdit::Range));
    let to = Anchor::Coding(document_id, first.id);
    let moves: BTreeMap<Anchor, Anchor> = others
        .iter()
        .map(|other| (Anchor::Coding(document_id, other.id), to))
        .collect();
    // Memos and links move first, since the log refuses to remove a coding that one is still on.
    tx.record_all(rehang(tx.project(), &moves));
    tx.record_all(others.iter().map(|other| Change::CodingRemoved {
        document: document_id,
        coding: other.clone(),
    }));
    tx.record_all(edits.into_iter().map(|edit| Change::CodingEdited {
        document: document_id,
        coding: first.id,
        edit,
    }));
    Ok(())
}

/// The codings to join, in order of their passages.
fn parts_to_join(document: &Document, ids: &[CodingId]) -> Result<Vec<Coding>, Refusal> {
    let ids: BTreeSet<CodingId> = ids.iter().copied().collect();
    // Codings are sorted by passage.
    let mut parts = document.codings.clone();
    parts.retain(|coding| ids.contains(&coding.id));
    if parts.len() == ids.len() {
        Ok(parts)
    } else {
        Err(Refusal::NoCoding)
    }
}

/// A coding and those of its code and coder that overlap or touch it, directly or through others.
pub fn touching(document: &Document, id: CodingId) -> Vec<CodingId> {
    let Some(coding) = document.coding(id) else {
        return Vec::new();
    };
    let same: Vec<&Coding> = document
        .codings
        .iter()
        .filter(|other| (other.code, other.coder) == (coding.code, coding.coder))
        .collect();
    let mut reach = coding.range;
    loop {
        let touching: Vec<&&Coding> = same
            .iter()
            .filter(|other| {
                other.range.start() <= reach.end() && reach.start() <= other.range.end()
            })
            .collect();
        let wider = touching.iter().fold(reach, |reach, other| {
            TextRange::between(
                reach.start().min(other.range.start()),
                reach.end().max(other.range.end()),
            )
        });
        if wider == reach {
            return touching.into_iter().map(|other| other.id).collect();
        }
        // A wider reach can touch further ones.
        reach = wider;
    }
}
