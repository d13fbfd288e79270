//! Rows by the values of an attribute, and the order of values.

use std::{collections::BTreeMap, sync::Arc};

use super::{DocumentRows, KindOfRows, cases::CaseTree, row};
use crate::{
    analysis::{
        frequency::{Filter, table::RowKey},
        numbering::dense,
    },
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue, Values},
        document::Document,
        ids::{AttributeId, DocumentId},
    },
};

/// The values of an attribute that documents have.
pub(in crate::analysis) struct ValuesOfDocuments {
    /// The values, in order.
    pub(in crate::analysis) values: Vec<AttributeValue>,
    /// The numbers of each document's values, each once.
    pub(in crate::analysis) numbers: BTreeMap<DocumentId, Vec<usize>>,
}

pub(super) fn by_value(
    project: &Project,
    tree: &CaseTree<'_>,
    documents: &[&Document],
    attribute: AttributeId,
) -> KindOfRows {
    let ValuesOfDocuments { values, numbers } = values(project, tree, documents, attribute);
    KindOfRows {
        rows: values
            .iter()
            .map(|value| row(RowKey::Value(value.clone()), &value.to_text()))
            .collect(),
        of_documents: documents
            .iter()
            .map(|document| {
                DocumentRows::whole(numbers[&document.id].iter().map(|&number| dense(number)))
            })
            .collect(),
    }
}

/// The values of an attribute that all documents of a project have.
pub(in crate::analysis) fn values_of_documents(
    project: &Project,
    attribute: AttributeId,
) -> ValuesOfDocuments {
    let tree = CaseTree::new(project, &Filter::default());
    let documents: Vec<&Document> = project.documents.values().map(Arc::as_ref).collect();
    values(project, &tree, &documents, attribute)
}

fn values(
    project: &Project,
    tree: &CaseTree<'_>,
    documents: &[&Document],
    attribute: AttributeId,
) -> ValuesOfDocuments {
    let described = project.attributes.get(&attribute);
    let categories = described.map_or(&[][..], |attribute| attribute.kind.categories());
    let given: Vec<Vec<&AttributeValue>> = documents
        .iter()
        .map(|document| match described {
            Some(Attribute {
                of: AttributeOf::Documents,
                ..
            }) => value_of(&document.values, attribute, document)
                .into_iter()
                .collect(),
            _ => tree
                .of(document)
                .filter_map(|number| inherited(tree, number, attribute, document))
                .collect(),
        })
        .collect();
    let mut values: Vec<&AttributeValue> = given.iter().flatten().copied().collect();
    values.sort_by(|a, b| a.compare(b, categories));
    values.dedup_by(|a, b| a.compare(b, categories).is_eq());
    let numbers = documents.iter().zip(&given).map(|(document, given)| {
        let mut numbers: Vec<usize> = given
            .iter()
            .filter_map(|value| {
                values
                    .binary_search_by(|other| other.compare(value, categories))
                    .ok()
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        (document.id, numbers)
    });
    ValuesOfDocuments {
        numbers: numbers.collect(),
        values: values.into_iter().cloned().collect(),
    }
}

/// A case's value in a document's phase, or that of the nearest case above it that has one.
fn inherited<'a>(
    tree: &CaseTree<'a>,
    number: usize,
    attribute: AttributeId,
    document: &Document,
) -> Option<&'a AttributeValue> {
    // The tree holds only cases that a root leads to, so the way up ends even in a damaged file.
    std::iter::successors(Some(number), |&number| {
        let above = tree.numbers.get(tree.cases[number].parent?)?;
        Some(above as usize)
    })
    .find_map(|number| value_of(&tree.cases[number].values, attribute, document))
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
