//! What a checkpoint knows that the log has lost, as changes.
//!
//! The checkpoint is the fold of the whole log, so it still has what an entry did that can't be read any more.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    app::edit::transaction::Transaction,
    log::change::Change,
    message::{Message, text::Text},
    model::{Project, coding::Coding, document::Document, ids::CodingId},
};

/// Records what brings the project of a transaction nearest to another, and returns what it could not bring back.
///
/// Things that are missing are added, codings, memos and links that differ or were removed are set right. Fields of codes,
/// cases and documents that were edited by a lost entry stay as the log has them, and are named.
pub(super) fn restore(tx: &mut Transaction<'_>, wanted: &Project) -> Vec<Message> {
    let now = tx.base().clone();
    removed(tx, &now, wanted);
    added(tx, &now, wanted);
    different(tx.project(), wanted)
}

/// Removes what a lost entry removed, and what it changed and is added again below.
fn removed(tx: &mut Transaction<'_>, now: &Project, wanted: &Project) {
    for (id, link) in &now.links {
        if wanted.links.get(id) != Some(link) {
            tx.record_if_possible(Change::LinkRemoved(link.clone()));
        }
    }
    for (id, memo) in &now.memos {
        if wanted.memos.get(id) != Some(memo) {
            tx.record_if_possible(Change::MemoRemoved(Box::new(Arc::unwrap_or_clone(
                Arc::clone(memo),
            ))));
        }
    }
    for document in now.documents.values() {
        let other = wanted.documents.get(&document.id);
        let theirs = other.map(|other| by_id(other)).unwrap_or_default();
        for coding in &document.codings {
            if theirs.get(&coding.id) != Some(coding) {
                tx.record_if_possible(Change::CodingRemoved {
                    document: document.id,
                    coding: coding.clone(),
                });
            }
        }
    }
    for (id, query) in &now.queries {
        if wanted.queries.get(id) != Some(query) {
            tx.record_if_possible(Change::QueryRemoved(query.clone()));
        }
    }
    for (id, scale) in &now.scales {
        if wanted.scales.get(id) != Some(scale) {
            tx.record_if_possible(Change::ScaleRemoved(scale.clone()));
        }
    }
    for (id, set) in &now.sets {
        if wanted.sets.get(id) != Some(set) {
            tx.record_if_possible(Change::SetRemoved(set.clone()));
        }
    }
}

/// Adds what is missing, in the order in which one thing needs another.
fn added(tx: &mut Transaction<'_>, now: &Project, wanted: &Project) {
    let mut changes = Vec::new();
    let coders = missing(&now.coders, &wanted.coders).into_iter();
    changes.extend(coders.map(Change::CoderAdded));
    let phases = missing(&now.phases, &wanted.phases).into_iter();
    changes.extend(phases.map(Change::PhaseAdded));
    let attributes = missing(&now.attributes, &wanted.attributes).into_iter();
    changes.extend(attributes.map(Change::AttributeAdded));
    let codes = missing(&now.codebook.codes, &wanted.codebook.codes).into_iter();
    changes.extend(codes.map(|code| Change::CodeAdded(Box::new(Arc::unwrap_or_clone(code)))));
    let cases = missing(&now.cases, &wanted.cases).into_iter();
    changes.extend(cases.map(|case| Change::CaseAdded(Box::new(Arc::unwrap_or_clone(case)))));
    let documents = missing(&now.documents, &wanted.documents).into_iter();
    changes.extend(
        documents.map(|document| Change::DocumentAdded(Box::new(Arc::unwrap_or_clone(document)))),
    );
    let attachments = missing(&now.attachments, &wanted.attachments).into_iter();
    changes.extend(attachments.map(Change::AttachmentAdded));
    // A code or a case may have its parent only after it in this order: what is refused now is tried once more.
    for _round in 0..2 {
        changes.retain(|change| !tx.record_if_possible(change.clone()));
    }
    for document in wanted.documents.values() {
        codings(tx, document);
    }
    let now = tx.project();
    let memos = missing(&now.memos, &wanted.memos).into_iter();
    let links = missing(&now.links, &wanted.links).into_iter();
    let queries = missing(&now.queries, &wanted.queries).into_iter();
    let scales = missing(&now.scales, &wanted.scales).into_iter();
    let sets = missing(&now.sets, &wanted.sets).into_iter();
    let rest = memos
        .map(|memo| Change::MemoAdded(Box::new(Arc::unwrap_or_clone(memo))))
        .chain(links.map(Change::LinkAdded))
        .chain(queries.map(Change::QueryAdded))
        .chain(scales.map(Change::ScaleAdded))
        .chain(sets.map(Change::SetAdded));
    for change in rest {
        tx.record_if_possible(change);
    }
}

fn codings(tx: &mut Transaction<'_>, wanted: &Document) {
    let Some(now) = tx.project().documents.get(&wanted.id).map(Arc::clone) else {
        return;
    };
    for coding in missing(&by_id(&now), &by_id(wanted)) {
        tx.record_if_possible(Change::CodingAdded {
            document: wanted.id,
            coding,
        });
    }
}

fn by_id(document: &Document) -> BTreeMap<CodingId, Coding> {
    let codings = document.codings.iter();
    codings.map(|coding| (coding.id, coding.clone())).collect()
}

/// The values of one map that another lacks.
fn missing<K: Ord, V: Clone>(now: &BTreeMap<K, V>, wanted: &BTreeMap<K, V>) -> Vec<V> {
    let missing = wanted.iter().filter(|(key, _)| !now.contains_key(key));
    missing.map(|(_, value)| value.clone()).collect()
}

/// What still differs from the state that is wanted, in one line each.
fn different(now: &Project, wanted: &Project) -> Vec<Message> {
    const EDITED: Text = Text::new(
        "“{name}”: its last edits are lost",
        "“{name}”：最近的修改已丢失",
    );
    const MISSING: Text = Text::new("“{name}” is lost", "“{name}”已丢失");
    let mut lines = Vec::new();
    let mut compare = |name: &str, is_there: bool, is_equal: bool| {
        if !is_there {
            lines.push(MISSING.with("name", name));
        } else if !is_equal {
            lines.push(EDITED.with("name", name));
        }
    };
    if (&now.title, &now.description) != (&wanted.title, &wanted.description) {
        compare(&wanted.title, true, false);
    }
    for (id, code) in &wanted.codebook.codes {
        let found = now.codebook.codes.get(id);
        compare(&code.name.text, found.is_some(), found == Some(code));
    }
    for (id, case) in &wanted.cases {
        let found = now.cases.get(id);
        compare(&case.name, found.is_some(), found == Some(case));
    }
    for (id, document) in &wanted.documents {
        let found = now.documents.get(id);
        compare(&document.title, found.is_some(), found == Some(document));
    }
    for (id, memo) in &wanted.memos {
        let found = now.memos.get(id);
        compare(&memo.title, found.is_some(), found == Some(memo));
    }
    for (id, attribute) in &wanted.attributes {
        let found = now.attributes.get(id);
        compare(&attribute.name, found.is_some(), found == Some(attribute));
    }
    lines
}
