//! The rows of a table, the documents that the filter lets through, and the rows that each document's codings are in.

mod cases;
mod labels;
mod people;
mod values;

use std::{rc::Rc, sync::Arc};

pub(in crate::analysis::frequency) use cases::CaseTree;
pub use labels::{name_of_role, name_of_value};
pub(super) use people::PeopleRows;
pub(in crate::analysis) use values::ValuesOfCodings;

use crate::{
    analysis::{
        attribution::Attribution,
        ledger::Ledger,
        numbering::{Numbering, dense},
    },
    model::{
        Project,
        coder::Coder,
        document::Document,
        ids::{OfCoder, OfDocument, OfPhase},
        natural_key,
        phase::Phase,
    },
};

use super::{
    Filter, FrequencyOptions, Measure, Rows,
    table::{FrequencyRow, RowKey},
};

/// The rows and the documents of a table to be counted.
pub(super) struct RowPlan<'a> {
    /// The rows; the last is for whatever belongs to no other.
    pub(super) rows: Vec<FrequencyRow>,
    /// The documents that the filter lets through, by id.
    pub(super) documents: Vec<CountedDocument<'a>>,
    /// In rows by coder, the row of each coder.
    pub(super) coders: Numbering<OfCoder>,
    /// The cases.
    pub(super) tree: CaseTree<'a>,
}

/// A document that the filter lets through.
#[derive(Debug)]
pub(super) struct CountedDocument<'a> {
    /// The document.
    pub(super) document: &'a Document,
    /// The number of the document among all documents of the project, by id.
    pub(super) number: usize,
    /// The rows that its codings are in.
    pub(super) rows: DocumentRows,
    /// The rows that the document itself counts for: those of who took part.
    pub(super) part: Vec<u32>,
    /// For each speaker, whether the turns count; `None` if all text does.
    pub(super) heard: Option<Vec<bool>>,
    /// Whom codings must be given to, if the filter names cases and doesn't let all codings of the document through.
    pub(super) within: Option<PeopleRows>,
    /// The numbers of the topmost cases that codings are given to, as rows; for [`Measure::Cases`] only.
    pub(super) families: Option<PeopleRows>,
    /// The numbers of the topmost cases that took part; for [`Measure::Cases`] only.
    pub(super) families_there: Vec<u32>,
}

/// The rows that a document's codings are in.
#[derive(Debug)]
pub(super) enum DocumentRows {
    /// All codings are in these rows.
    Whole(Vec<u32>),
    /// Each coding is in the row of its coder.
    Coder,
    /// Each coding is in the rows of the people it is given to.
    People(PeopleRows),
    /// Each coding is in the rows of the speakers whose turns it overlaps.
    Turns {
        /// The row of each speaker.
        speakers: Vec<Option<u32>>,
    },
}

/// One kind of rows, with the rows that the codings of each document are in.
struct KindOfRows {
    rows: Vec<FrequencyRow>,
    of_documents: Vec<DocumentRows>,
}

/// Makes the rows of people for documents of a project.
struct Placement<'a, 'b> {
    project: &'a Project,
    tree: &'b CaseTree<'a>,
    filter: &'b Filter,
}

impl Placement<'_, '_> {
    /// The rows of a document's codings, by the rows of cases.
    fn people(&self, document: &Document, rows: &people::RowsOfCases) -> PeopleRows {
        PeopleRows::new(self.project, self.tree, document, self.filter, rows)
    }

    /// The numbers of topmost cases as rows.
    fn families(&self) -> people::RowsOfCases {
        Rc::new(self.tree.of_each(|number| vec![self.tree.top(number)]))
    }

    /// No rows at all, but for each case whether the filter lets it through.
    fn admission(&self) -> people::RowsOfCases {
        Rc::new(self.tree.of_each(|_| Vec::new()))
    }
}

impl<'a> RowPlan<'a> {
    /// Finds rows and documents; a ledger of the project saves looking through its codings.
    pub(super) fn new(
        project: &'a Project,
        options: &FrequencyOptions,
        ledger: Option<&Ledger>,
    ) -> Self {
        let filter = &options.filter;
        let tree = CaseTree::new(project, filter);
        let (numbers, documents): (Vec<usize>, Vec<&Document>) = project
            .documents
            .values()
            .map(Arc::as_ref)
            .enumerate()
            .filter(|(_, document)| passes(document, filter, &tree))
            .unzip();
        let placement = Placement {
            project,
            tree: &tree,
            filter,
        };
        let mut coders = Numbering::new([]);
        let KindOfRows {
            mut rows,
            of_documents,
        } = match options.rows {
            Rows::Case => cases::by_case(&placement, &documents),
            Rows::Family => cases::by_family(&placement, &documents),
            Rows::Person => cases::by_person(&placement, &documents),
            Rows::Role => labels::by_role(project, &documents, filter),
            Rows::Speaker => labels::by_speaker(&documents, filter),
            Rows::Document => by_document(project, &documents),
            Rows::Phase => by_phase(project, &documents, filter),
            Rows::Coder => {
                let listed = coders_in_order(project, filter);
                coders = Numbering::new(listed.iter().map(|coder| coder.id));
                by_coder(&listed, documents.len())
            }
            Rows::Attribute(attribute) => values::by_value(&placement, &documents, attribute),
        };
        let nowhere = dense(rows.len());
        rows.push(row(RowKey::None, ""));
        let families = (options.measure == Measure::Cases).then(|| placement.families());
        let admission = placement.admission();
        let documents = documents
            .into_iter()
            .zip(numbers)
            .zip(of_documents)
            .map(|((document, number), rows)| {
                let names_anyone = filter.by == Attribution::Concerned
                    && ledger.map_or_else(
                        || document.codings.iter().any(|own| !own.about.is_empty()),
                        |ledger| ledger.names_anyone(number),
                    );
                let within = (!filter.cases.is_empty())
                    .then(|| placement.people(document, &admission))
                    .filter(|people| names_anyone || people.uniform().is_none());
                let families = families
                    .as_ref()
                    .map(|families| placement.people(document, families));
                let part = rows.part(&tree, document);
                CountedDocument {
                    document,
                    number,
                    rows: rows.settled(names_anyone, &part, nowhere),
                    part,
                    heard: heard_speakers(document, filter),
                    within,
                    families_there: families
                        .as_ref()
                        .map_or_else(Vec::new, |families| families.took_part(&tree, document)),
                    families,
                }
            })
            .collect();
        Self {
            documents,
            rows,
            coders,
            tree,
        }
    }
}

impl DocumentRows {
    /// Some rows, each once.
    fn whole(rows: impl IntoIterator<Item = u32>) -> Self {
        let mut rows: Vec<u32> = rows.into_iter().collect();
        rows.sort_unstable();
        rows.dedup();
        Self::Whole(rows)
    }

    /// These rows, or one row for a document that has none; of people, one list for all codings where that is the same.
    fn settled(self, names_anyone: bool, part: &[u32], nowhere: u32) -> Self {
        let rows = match self {
            Self::People(people) => {
                let uniform = people.uniform().filter(|_| !names_anyone);
                // A document that counts for somebody isn't one of nobody's before a coding in it is.
                match uniform.filter(|rows| !rows.is_empty() || part.is_empty()) {
                    Some(rows) => Self::Whole(rows),
                    None => Self::People(people),
                }
            }
            other => other,
        };
        match rows {
            Self::Whole(rows) if rows.is_empty() => Self::Whole(vec![nowhere]),
            other => other,
        }
    }

    /// The rows that a document counts for, whatever is coded in it.
    fn part(&self, tree: &CaseTree<'_>, document: &Document) -> Vec<u32> {
        match self {
            Self::Whole(rows) => rows.clone(),
            Self::Coder => Vec::new(),
            Self::People(people) => people.took_part(tree, document),
            Self::Turns { speakers } => {
                let mut rows: Vec<u32> = speakers.iter().copied().flatten().collect();
                rows.sort_unstable();
                rows.dedup();
                rows
            }
        }
    }
}

fn row(key: RowKey, label: &str) -> FrequencyRow {
    FrequencyRow {
        key,
        label: label.to_owned(),
        documents: 0,
        chars: 0,
        words: 0,
        cases: 0,
    }
}

/// For each speaker, whether the filter lets the turns through; `None` without a filter by speakers.
fn heard_speakers(document: &Document, filter: &Filter) -> Option<Vec<bool>> {
    let speakers = document.speakers.iter();
    (!filter.speakers.is_empty()).then(|| {
        speakers
            .map(|speaker| filter.admits_speaker(&speaker.label))
            .collect()
    })
}

/// The documents that a filter lets through, by id.
///
/// Whether a coding counts by its coder, code or speaker is decided later.
pub fn picked<'a>(project: &'a Project, filter: &Filter) -> Vec<&'a Arc<Document>> {
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
        by: _,
        counting: _,
    } = filter;
    (phases.is_empty() || document.phase.is_some_and(|phase| phases.contains(&phase)))
        && (documents.is_empty() || documents.contains(&document.id))
        && (!looked_at
            || coders.is_empty()
            || document
                .codings
                .iter()
                .any(|coding| coders.contains(&coding.coder)))
        && (cases.is_empty() || tree.lets_through(document))
        && (speakers.is_empty()
            || document
                .speakers
                .iter()
                .any(|speaker| speakers.contains(&speaker.label)))
}

fn by_document(project: &Project, documents: &[&Document]) -> KindOfRows {
    let passing: Numbering<OfDocument> =
        Numbering::new(documents.iter().map(|document| document.id));
    let ordered: Vec<_> = project
        .documents_in_order()
        .into_iter()
        .filter(|document| passing.get(document.id).is_some())
        .collect();
    let numbers = Numbering::new(ordered.iter().map(|document| document.id));
    KindOfRows {
        rows: ordered
            .iter()
            .map(|document| row(RowKey::Document(document.id), &document.title))
            .collect(),
        of_documents: documents
            .iter()
            .map(|document| DocumentRows::whole(numbers.get(document.id)))
            .collect(),
    }
}

fn by_phase(project: &Project, documents: &[&Document], filter: &Filter) -> KindOfRows {
    let phases: Vec<&Phase> = project
        .phases_in_order()
        .into_iter()
        .filter(|phase| filter.phases.is_empty() || filter.phases.contains(&phase.id))
        .collect();
    let numbers: Numbering<OfPhase> = Numbering::new(phases.iter().map(|phase| phase.id));
    KindOfRows {
        rows: phases
            .iter()
            .map(|phase| row(RowKey::Phase(phase.id), &phase.name))
            .collect(),
        of_documents: documents
            .iter()
            .map(|document| {
                DocumentRows::whole(document.phase.and_then(|phase| numbers.get(phase)))
            })
            .collect(),
    }
}

/// The coders that the filter names, or all, by name.
fn coders_in_order<'a>(project: &'a Project, filter: &Filter) -> Vec<&'a Coder> {
    let mut coders: Vec<&Coder> = project
        .coders
        .values()
        .filter(|coder| filter.admits_coder(coder.id))
        .collect();
    coders.sort_by_cached_key(|coder| (natural_key(&coder.name), coder.id));
    coders
}

fn by_coder(coders: &[&Coder], n_documents: usize) -> KindOfRows {
    KindOfRows {
        rows: coders
            .iter()
            .map(|coder| row(RowKey::Coder(coder.id), &coder.name))
            .collect(),
        of_documents: (0..n_documents).map(|_| DocumentRows::Coder).collect(),
    }
}
