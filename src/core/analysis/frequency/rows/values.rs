//! Rows by the values of an attribute, and the order of values.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

use super::{DocumentRows, KindOfRows, Placement, cases::CaseTree, people::RowsOfCases, row};
use crate::{
    analysis::{
        attribution::People,
        frequency::{Filter, table::RowKey},
        numbering::dense,
    },
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue, Values},
        coding::Coding,
        document::{Document, SpeakerRole, Turn},
        ids::{AttributeId, CaseId, PhaseId},
    },
};

pub(super) fn by_value(
    placement: &Placement<'_, '_>,
    documents: &[&Document],
    attribute: AttributeId,
) -> KindOfRows {
    let (project, tree) = (placement.project, placement.tree);
    let values = AttributeValues::new(project, tree, documents, attribute);
    let rows = values
        .values
        .iter()
        .map(|value| row(RowKey::Value(value.clone()), &value.to_text()))
        .collect();
    let mut of_phases: BTreeMap<Option<PhaseId>, RowsOfCases> = BTreeMap::new();
    let of_documents = documents
        .iter()
        .map(|document| {
            if values.is_of_documents {
                return DocumentRows::whole(values.of_document(document));
            }
            let of_cases = of_phases.entry(document.phase).or_insert_with(|| {
                let rows = |number| values.of_case(tree, number, document.phase);
                Rc::new(tree.of_each(|number| rows(number).into_iter().collect()))
            });
            DocumentRows::People(placement.people(document, of_cases))
        })
        .collect();
    KindOfRows { rows, of_documents }
}

/// The values of an attribute, in order.
struct AttributeValues<'a> {
    attribute: AttributeId,
    described: Option<&'a Attribute>,
    is_of_documents: bool,
    values: Vec<AttributeValue>,
}

impl<'a> AttributeValues<'a> {
    /// The values that documents have, or those who take part in them or are named in a coding.
    fn new(
        project: &'a Project,
        tree: &CaseTree<'_>,
        documents: &[&Document],
        attribute: AttributeId,
    ) -> Self {
        let described = project.attributes.get(&attribute);
        let is_of_documents = described.is_some_and(|own| own.of == AttributeOf::Documents);
        let mut found = Self {
            attribute,
            described,
            is_of_documents,
            values: Vec::new(),
        };
        let mut values: Vec<&AttributeValue> = Vec::new();
        let mut seen = BTreeSet::new();
        for document in documents {
            if is_of_documents {
                values.extend(value_of(&document.values, attribute, document.phase));
                continue;
            }
            let answering = document
                .speakers
                .iter()
                .filter(|own| own.role == SpeakerRole::Participant);
            let speakers = answering.filter_map(|own| own.case);
            let named = document.codings.iter().flat_map(|coding| &coding.about);
            let people = document.cases.iter().chain(named).copied().chain(speakers);
            for case in people {
                if !seen.insert((case, document.phase)) {
                    continue;
                }
                if let Some(number) = tree.number_within(case) {
                    values.extend(inherited(tree, number, attribute, document.phase));
                }
            }
        }
        values.sort_by(|a, b| a.compare(b, found.categories()));
        values.dedup_by(|a, b| a.compare(b, found.categories()).is_eq());
        found.values = values.into_iter().cloned().collect();
        found
    }

    fn categories(&self) -> &'a [String] {
        self.described.map_or(&[], |own| own.kind.categories())
    }

    fn number(&self, value: &AttributeValue) -> Option<u32> {
        let found = self
            .values
            .binary_search_by(|other| other.compare(value, self.categories()));
        found.ok().map(dense)
    }

    fn of_document(&self, document: &Document) -> Option<u32> {
        self.number(value_of(&document.values, self.attribute, document.phase)?)
    }

    fn of_case(&self, tree: &CaseTree<'_>, number: usize, phase: Option<PhaseId>) -> Option<u32> {
        self.number(inherited(tree, number, self.attribute, phase)?)
    }
}

/// The values of an attribute by which codings are told apart.
pub(in crate::analysis) struct ValuesOfCodings<'a> {
    project: &'a Project,
    tree: CaseTree<'a>,
    values: AttributeValues<'a>,
}

impl<'a> ValuesOfCodings<'a> {
    /// The values that there are in all documents of a project.
    pub(in crate::analysis) fn new(project: &'a Project, attribute: AttributeId) -> Self {
        let tree = CaseTree::new(project, &Filter::default());
        let documents: Vec<&Document> = project.documents.values().map(Arc::as_ref).collect();
        Self {
            values: AttributeValues::new(project, &tree, &documents, attribute),
            project,
            tree,
        }
    }

    /// The values, in order.
    pub(in crate::analysis) fn values(&self) -> &[AttributeValue] {
        &self.values.values
    }

    /// Returns true if codings have the value of their document, whoever speaks in it.
    pub(in crate::analysis) fn are_of_documents(&self) -> bool {
        self.values.is_of_documents
    }

    /// The numbers of the values of each coding of a document, each once: those of the document, or of the cases that
    /// the coding is given to.
    pub(in crate::analysis) fn of_codings(
        &self,
        document: &Document,
        turns: &[Turn],
        filter: &Filter,
    ) -> Vec<BTreeSet<usize>> {
        let people = People::of(self.project, document);
        let of_case = |case: CaseId| {
            let number = self.tree.numbers.get(case)? as usize;
            self.values.of_case(&self.tree, number, document.phase)
        };
        let of_coding = |coding: &Coding| -> BTreeSet<usize> {
            let cases = people.cases_of(coding, turns, filter.by);
            cases
                .into_iter()
                .filter_map(of_case)
                .map(|own| own as usize)
                .collect()
        };
        if self.values.is_of_documents {
            let own: BTreeSet<usize> = self
                .values
                .of_document(document)
                .into_iter()
                .map(|own| own as usize)
                .collect();
            return vec![own; document.codings.len()];
        }
        document.codings.iter().map(of_coding).collect()
    }
}

/// A case's value in a phase, or that of the nearest case above it that has one.
fn inherited<'a>(
    tree: &CaseTree<'a>,
    number: usize,
    attribute: AttributeId,
    phase: Option<PhaseId>,
) -> Option<&'a AttributeValue> {
    tree.with_above(number)
        .find_map(|number| value_of(&tree.cases[number].values, attribute, phase))
}

/// The value in a phase, or the one for all phases.
pub(super) fn value_of(
    values: &Values,
    attribute: AttributeId,
    phase: Option<PhaseId>,
) -> Option<&AttributeValue> {
    values
        .get(&(attribute, phase))
        .or_else(|| values.get(&(attribute, None)))
}
