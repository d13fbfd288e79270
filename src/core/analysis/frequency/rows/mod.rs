//! The rows of a table, the documents that the filter lets through, and the rows that each document's codings are in.

mod cases;
mod labels;
mod values;

use std::sync::Arc;

use cases::CaseTree;
pub use labels::{name_of_role, name_of_value};
pub(in crate::analysis) use values::{ValuesOfDocuments, values_of_documents};

use crate::{
    analysis::numbering::{Numbering, dense},
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
    /// For each speaker, whether the turns count; `None` if all text does.
    pub(super) heard: Option<Vec<bool>>,
    /// The numbers of its topmost cases that the filter lets through; for [`Measure::Cases`] only.
    pub(super) families: Vec<u32>,
}

/// The rows that a document's codings are in.
#[derive(Debug)]
pub(super) enum DocumentRows {
    /// All codings are in these rows.
    Whole(Vec<u32>),
    /// Each coding is in the row of its coder.
    Coder,
    /// Each coding is in the rows of the speakers whose turns it overlaps.
    Turns {
        /// The row of each speaker.
        speakers: Vec<Option<u32>>,
        /// A row that all codings are in as well.
        everywhere: Option<u32>,
    },
}

/// One kind of rows, with the rows that the codings of each document are in.
struct KindOfRows {
    rows: Vec<FrequencyRow>,
    of_documents: Vec<DocumentRows>,
}

impl<'a> RowPlan<'a> {
    /// Finds rows and documents.
    pub(super) fn new(project: &'a Project, options: &FrequencyOptions) -> Self {
        let filter = &options.filter;
        let tree = CaseTree::new(project, filter);
        let (numbers, documents): (Vec<usize>, Vec<&Document>) = project
            .documents
            .values()
            .map(Arc::as_ref)
            .enumerate()
            .filter(|(_, document)| passes(document, filter, &tree))
            .unzip();
        let mut coders = Numbering::new([]);
        let KindOfRows {
            mut rows,
            of_documents,
        } = match options.rows {
            Rows::Case => cases::by_case(&tree, &documents),
            Rows::Family => cases::by_family(&tree, &documents),
            Rows::Person => cases::by_person(&tree, &documents, filter),
            Rows::Role => labels::by_role(project, &documents, filter),
            Rows::Speaker => labels::by_speaker(&documents, filter),
            Rows::Document => by_document(project, &documents),
            Rows::Phase => by_phase(project, &documents, filter),
            Rows::Coder => {
                let listed = coders_in_order(project, filter);
                coders = Numbering::new(listed.iter().map(|coder| coder.id));
                by_coder(&listed, documents.len())
            }
            Rows::Attribute(attribute) => values::by_value(project, &tree, &documents, attribute),
        };
        let nowhere = dense(rows.len());
        rows.push(row(RowKey::None, ""));
        let documents = documents.into_iter().zip(numbers).zip(of_documents).map(
            |((document, number), rows)| CountedDocument {
                document,
                number,
                rows: rows.or_row(nowhere),
                heard: heard_speakers(document, filter),
                families: if options.measure == Measure::Cases {
                    tree.families(document)
                } else {
                    Vec::new()
                },
            },
        );
        Self {
            documents: documents.collect(),
            rows,
            coders,
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

    /// These rows, or one row for a document that has none.
    fn or_row(self, row: u32) -> Self {
        match self {
            Self::Whole(rows) if rows.is_empty() => Self::Whole(vec![row]),
            _ => self,
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
    } = filter;
    (phases.is_empty() || document.phase.is_some_and(|phase| phases.contains(&phase)))
        && (documents.is_empty() || documents.contains(&document.id))
        && (!looked_at
            || coders.is_empty()
            || document
                .codings
                .iter()
                .any(|coding| coders.contains(&coding.coder)))
        && (cases.is_empty() || tree.of(document).next().is_some())
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
