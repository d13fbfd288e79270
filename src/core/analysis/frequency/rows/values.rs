//! Rows by the values of an attribute, and the order of values.

use std::{cmp::Ordering, sync::Arc};

use super::{Place, RowsAndPlaces, cases::CaseTree, row, whole};
use crate::{
    analysis::frequency::{
        Filter,
        table::{FrequencyRow, RowKey},
    },
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue, Values},
        document::Document,
        ids::{AttributeId, DocumentId},
    },
};

pub(super) fn by_value(
    project: &Project,
    tree: &CaseTree<'_>,
    documents: &[&Document],
    attribute: AttributeId,
) -> RowsAndPlaces {
    let described = project.attributes.get(&attribute);
    let kind = described.map(|attribute| &attribute.kind);
    let of_documents = described.is_some_and(|attribute| attribute.of == AttributeOf::Documents);
    let found: Vec<Vec<&AttributeValue>> = documents
        .iter()
        .map(|document| {
            if of_documents {
                value_of(&document.values, attribute, document)
                    .into_iter()
                    .collect()
            } else {
                tree.of(document)
                    .filter_map(|number| inherited(tree, number, attribute, document))
                    .collect()
            }
        })
        .collect();
    let mut values: Vec<&AttributeValue> = found.iter().flatten().copied().collect();
    values.sort_by(|a, b| compare(kind, a, b));
    values.dedup_by(|a, b| compare(kind, a, b).is_eq());
    let number = |value: &&AttributeValue| {
        values
            .binary_search_by(|other| compare(kind, other, value))
            .ok()
    };
    let places = found.iter().map(|values| {
        whole(
            values
                .iter()
                .filter_map(number)
                .filter_map(|number| u32::try_from(number).ok()),
        )
    });
    let places = places.collect();
    (
        values
            .iter()
            .map(|value| row(RowKey::Value((*value).clone()), &value.to_text()))
            .collect(),
        places,
    )
}

/// The values of an attribute that documents have, in order, and for each document the numbers of its own.
pub(crate) fn values_of_documents(
    project: &Project,
    attribute: AttributeId,
) -> (Vec<AttributeValue>, Vec<(DocumentId, Vec<u32>)>) {
    let tree = CaseTree::new(project, &Filter::default());
    let documents: Vec<&Document> = project.documents.values().map(Arc::as_ref).collect();
    let (rows, places) = by_value(project, &tree, &documents, attribute);
    let value = |row: FrequencyRow| {
        if let RowKey::Value(value) = row.key {
            Some(value)
        } else {
            None
        }
    };
    let numbers = |place: Place| {
        if let Place::Whole(numbers) = place {
            numbers
        } else {
            Vec::new()
        }
    };
    let of_documents = documents
        .iter()
        .map(|document| document.id)
        .zip(places.into_iter().map(numbers));
    (
        rows.into_iter().filter_map(value).collect(),
        of_documents.collect(),
    )
}

/// A case's value in a document's phase, or that of the nearest case above it that has one.
fn inherited<'a>(
    tree: &CaseTree<'a>,
    number: usize,
    attribute: AttributeId,
    document: &Document,
) -> Option<&'a AttributeValue> {
    let mut next = tree.cases.get(number).copied();
    for _ in 0..tree.cases.len() {
        let case = next?;
        if let Some(value) = value_of(&case.values, attribute, document) {
            return Some(value);
        }
        next = case
            .parent
            .and_then(|parent| tree.numbers.get(parent))
            .and_then(|parent| tree.cases.get(parent as usize))
            .copied();
    }
    None
}

/// The value in the document's phase, or the one for all phases.
pub(super) fn value_of<'a>(
    values: &'a Values,
    attribute: AttributeId,
    document: &Document,
) -> Option<&'a AttributeValue> {
    values
        .get(&(attribute, document.phase))
        .or_else(|| values.get(&(attribute, None)))
}

/// The order in which an attribute's values are listed.
fn compare(kind: Option<&AttributeKind>, a: &AttributeValue, b: &AttributeValue) -> Ordering {
    a.compare(b, kind.map_or(&[][..], AttributeKind::categories))
}
