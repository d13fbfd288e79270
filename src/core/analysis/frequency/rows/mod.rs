//! The rows of a table, the documents that the filter lets through, and the rows that each document's codings are in.

mod cases;
mod values;

use std::{collections::BTreeSet, sync::Arc};

use cases::CaseTree;
pub(crate) use values::values_of_documents;

use crate::{
    analysis::numbering::Numbering,
    language::fold::fold,
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue, text_order},
        document::{Document, Speaker},
        ids::{AttributeId, CoderId, OfCoder},
        natural_key,
    },
};

use super::{
    Filter, FrequencyOptions, Measure, Rows,
    table::{FrequencyRow, RowKey},
};

/// The rows and the documents of a table to be counted.
pub(crate) struct Plan<'a> {
    /// The rows; the last is for whatever belongs to no other.
    pub(crate) rows: Vec<FrequencyRow>,
    /// The documents that the filter lets through, by id.
    pub(crate) picked: Vec<Picked<'a>>,
    /// In rows by coder, the row of each.
    pub(crate) coders: Numbering<OfCoder>,
}

/// A document that the filter lets through.
#[derive(Debug)]
pub(crate) struct Picked<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// The number of the document among all documents of the project, by id.
    pub(crate) at: usize,
    /// The rows that its codings are in.
    pub(crate) place: Place,
    /// Whether the turns of each speaker count, by number; `None` if all text does.
    pub(crate) heard: Option<Vec<bool>>,
    /// The numbers of its topmost cases that the filter lets through; for [`Measure::Cases`] only.
    pub(crate) families: Vec<u32>,
}

/// The rows that a document's codings are in.
#[derive(Debug)]
pub(crate) enum Place {
    /// All codings are in these rows.
    Whole(Vec<u32>),
    /// Each coding is in the row of its coder.
    Coder,
    /// Each coding is in the rows of the speakers whose turns it overlaps.
    Turns {
        /// The row of each speaker.
        speakers: Vec<Option<u32>>,
        /// A row that all codings are in besides.
        everywhere: Option<u32>,
    },
}

impl<'a> Plan<'a> {
    /// Finds rows and documents.
    pub(crate) fn new(project: &'a Project, options: &FrequencyOptions) -> Self {
        let tree = CaseTree::new(project, &options.filter);
        let all = project.documents.values().map(Arc::as_ref).enumerate();
        let (places_of, documents): (Vec<usize>, Vec<&Document>) = all
            .filter(|(_, document)| passes(document, &options.filter, &tree))
            .unzip();
        let mut coders = Numbering::new([]);
        let (mut rows, places) = match options.rows {
            Rows::Case => by_case(&tree, &documents),
            Rows::Family => by_family(&tree, &documents),
            Rows::Person => by_person(&tree, &documents, options),
            Rows::Role => by_label(&documents, options, &Roles::of(project)),
            Rows::Speaker => by_label(
                &documents,
                options,
                &Roles {
                    attribute: None,
                    ..Roles::of(project)
                },
            ),
            Rows::Document => by_document(project, &documents),
            Rows::Phase => by_phase(project, &documents, &options.filter),
            Rows::Coder => {
                let (rows, ids) = coder_rows(project, &options.filter);
                coders = Numbering::new(ids);
                (rows, documents.iter().map(|_| Place::Coder).collect())
            }
            Rows::Attribute(attribute) => values::by_value(project, &tree, &documents, attribute),
        };
        let nowhere = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        rows.push(row(RowKey::None, ""));
        let picked =
            documents
                .into_iter()
                .zip(places_of)
                .zip(places)
                .map(|((document, at), place)| {
                    let place = if matches!(&place, Place::Whole(rows) if rows.is_empty()) {
                        Place::Whole(vec![nowhere])
                    } else {
                        place
                    };
                    let labels = &options.filter.speakers;
                    let heard = (!labels.is_empty()).then(|| {
                        document
                            .speakers
                            .iter()
                            .map(|speaker| labels.contains(&speaker.label))
                            .collect()
                    });
                    let families = if options.measure == Measure::Cases {
                        tree.families(document)
                    } else {
                        Vec::new()
                    };
                    Picked {
                        document,
                        at,
                        place,
                        heard,
                        families,
                    }
                });
        Self {
            picked: picked.collect(),
            rows,
            coders,
        }
    }
}

fn row(key: RowKey, label: &str) -> FrequencyRow {
    FrequencyRow {
        key,
        label: label.to_owned(),
        documents: 0,
        chars: 0,
        cases: 0,
    }
}

/// Rows and, for each document, the rows that its codings are in.
type RowsAndPlaces = (Vec<FrequencyRow>, Vec<Place>);

/// The documents that a filter lets through.
pub(crate) fn documents<'a>(project: &'a Project, filter: &Filter) -> Vec<&'a Arc<Document>> {
    let tree = CaseTree::new(project, filter);
    project
        .documents
        .values()
        .filter(|document| passes(document, filter, &tree))
        .collect()
}

fn passes(document: &Document, filter: &Filter, tree: &CaseTree<'_>) -> bool {
    let Filter {
        phases,
        coders,
        cases,
        documents,
        codes: _,
        speakers,
        looked_at,
    } = filter;
    let looked_at_it = || {
        document
            .codings
            .iter()
            .any(|coding| coders.contains(&coding.coder))
    };
    (phases.is_empty() || document.phase.is_some_and(|phase| phases.contains(&phase)))
        && (documents.is_empty() || documents.contains(&document.id))
        && (!looked_at || coders.is_empty() || looked_at_it())
        && (cases.is_empty() || tree.of(document).next().is_some())
        && (speakers.is_empty()
            || document
                .speakers
                .iter()
                .any(|speaker| speakers.contains(&speaker.label)))
}

/// A document's rows, each once.
fn whole(rows: impl Iterator<Item = u32>) -> Place {
    let mut rows: Vec<u32> = rows.collect();
    rows.sort_unstable();
    rows.dedup();
    Place::Whole(rows)
}

fn by_case(tree: &CaseTree<'_>, documents: &[&Document]) -> RowsAndPlaces {
    let (rows, of_case) = tree.rows(|number| tree.within[number]);
    let places = documents
        .iter()
        .map(|document| whole(tree.of(document).filter_map(|number| of_case[number])))
        .collect();
    (rows, places)
}

fn by_family(tree: &CaseTree<'_>, documents: &[&Document]) -> RowsAndPlaces {
    let wanted: BTreeSet<usize> = tree
        .within
        .iter()
        .zip(&tree.tops)
        .filter(|(within, _)| **within)
        .map(|(_, &top)| top as usize)
        .collect();
    let (rows, of_case) = tree.rows(|number| wanted.contains(&number));
    let row_of = |number: usize| of_case[tree.tops[number] as usize];
    let places = documents
        .iter()
        .map(|document| whole(tree.of(document).filter_map(row_of)))
        .collect();
    (rows, places)
}

fn by_person(
    tree: &CaseTree<'_>,
    documents: &[&Document],
    options: &FrequencyOptions,
) -> RowsAndPlaces {
    let heard = |speaker: &&Speaker| {
        options.filter.speakers.is_empty() || options.filter.speakers.contains(&speaker.label)
    };
    let person = |speaker: &Speaker| speaker.case.and_then(|case| tree.person(case));
    let here: BTreeSet<usize> = documents
        .iter()
        .flat_map(|document| {
            document
                .speakers
                .iter()
                .filter(heard)
                .filter_map(person)
                .chain(tree.only_person(document))
        })
        .collect();
    let (rows, of_case) = tree.rows(|number| {
        here.contains(&number)
            || tree.within[number] && tree.person(tree.cases[number].id).is_some()
    });
    let place = |document: &&Document| Place::Turns {
        speakers: document
            .speakers
            .iter()
            .map(|speaker| {
                Some(speaker)
                    .filter(heard)
                    .and_then(person)
                    .and_then(|number| of_case[number])
            })
            .collect(),
        everywhere: tree
            .only_person(document)
            .and_then(|number| of_case[number]),
    };
    (rows, documents.iter().map(place).collect())
}

/// Where the roles of speakers are looked up; without an attribute, the role is the label.
#[derive(Debug)]
struct Roles<'a> {
    project: &'a Project,
    attribute: Option<AttributeId>,
    kind: Option<&'a AttributeKind>,
}

impl<'a> Roles<'a> {
    fn of(project: &'a Project) -> Self {
        let named = |name: &str| matches!(fold(name).as_str(), "role" | "角色");
        let found = project
            .attributes_in_order()
            .into_iter()
            .find(|attribute| attribute.of == AttributeOf::Cases && named(&attribute.name));
        Self {
            project,
            attribute: found.map(|attribute| attribute.id),
            kind: found.map(|attribute| &attribute.kind),
        }
    }

    fn role(&self, document: &Document, speaker: &Speaker) -> String {
        let case = speaker.case.and_then(|case| self.project.cases.get(&case));
        let value = case
            .zip(self.attribute)
            .and_then(|(case, attribute)| values::value_of(&case.values, attribute, document));
        match value {
            None | Some(AttributeValue::NotAsked | AttributeValue::Missing) => {
                speaker.label.clone()
            }
            Some(value) => value.to_text(),
        }
    }
}

fn by_label(
    documents: &[&Document],
    options: &FrequencyOptions,
    roles: &Roles<'_>,
) -> RowsAndPlaces {
    let wanted = &options.filter.speakers;
    let label = |document: &Document, speaker: &Speaker| {
        (wanted.is_empty() || wanted.contains(&speaker.label))
            .then(|| roles.role(document, speaker))
    };
    let labels: Vec<Vec<Option<String>>> = documents
        .iter()
        .map(|document| {
            document
                .speakers
                .iter()
                .map(|speaker| label(document, speaker))
                .collect()
        })
        .collect();
    let distinct: BTreeSet<&String> = labels.iter().flatten().flatten().collect();
    let kind = roles.attribute.and(roles.kind);
    let categories = kind.map_or(&[][..], AttributeKind::categories);
    let mut ordered: Vec<(&String, _)> = distinct
        .into_iter()
        .map(|label| (label, text_order(categories, label)))
        .collect();
    ordered.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    let numbers: std::collections::BTreeMap<&String, u32> =
        ordered.iter().map(|(label, _)| *label).zip(0..).collect();
    let place = |labels: &Vec<Option<String>>| Place::Turns {
        speakers: labels
            .iter()
            .map(|label| label.as_ref().and_then(|label| numbers.get(label).copied()))
            .collect(),
        everywhere: None,
    };
    (
        ordered
            .iter()
            .map(|(label, _)| row(RowKey::Label((*label).clone()), label))
            .collect(),
        labels.iter().map(place).collect(),
    )
}

fn by_document(project: &Project, documents: &[&Document]) -> RowsAndPlaces {
    let here: BTreeSet<_> = documents.iter().map(|document| document.id).collect();
    let ordered: Vec<_> = project
        .documents_in_order()
        .into_iter()
        .filter(|document| here.contains(&document.id))
        .collect();
    let numbers = Numbering::new(ordered.iter().map(|document| document.id));
    let rows = ordered
        .iter()
        .map(|document| row(RowKey::Document(document.id), &document.title))
        .collect();
    (
        rows,
        documents
            .iter()
            .map(|document| whole(numbers.get(document.id).into_iter()))
            .collect(),
    )
}

fn by_phase(project: &Project, documents: &[&Document], filter: &Filter) -> RowsAndPlaces {
    let wanted = |id| filter.phases.is_empty() || filter.phases.contains(&id);
    let phases: Vec<_> = project
        .phases_in_order()
        .into_iter()
        .filter(|phase| wanted(phase.id))
        .collect();
    let numbers = Numbering::new(phases.iter().map(|phase| phase.id));
    let place = |document: &&Document| {
        whole(
            document
                .phase
                .and_then(|phase| numbers.get(phase))
                .into_iter(),
        )
    };
    (
        phases
            .iter()
            .map(|phase| row(RowKey::Phase(phase.id), &phase.name))
            .collect(),
        documents.iter().map(place).collect(),
    )
}

fn coder_rows(project: &Project, filter: &Filter) -> (Vec<FrequencyRow>, Vec<CoderId>) {
    let wanted = |id: CoderId| filter.coders.is_empty() || filter.coders.contains(&id);
    let mut coders: Vec<_> = project
        .coders
        .values()
        .filter(|coder| wanted(coder.id))
        .collect();
    coders.sort_by_cached_key(|coder| (natural_key(&coder.name), coder.id));
    (
        coders
            .iter()
            .map(|coder| row(RowKey::Coder(coder.id), &coder.name))
            .collect(),
        coders.iter().map(|coder| coder.id).collect(),
    )
}
