//! Rows by case: the tree of cases, which of them a filter lets through, and the rows of cases, families and persons.

use std::{collections::BTreeSet, sync::Arc};

use super::{DocumentRows, KindOfRows, row};
use crate::{
    analysis::{
        frequency::{
            Filter,
            table::{FrequencyRow, RowKey},
        },
        numbering::{Numbering, dense},
    },
    model::{
        Project,
        case::{Case, CaseKind},
        document::{Document, Speaker},
        ids::{CaseId, OfCase},
    },
};

/// The cases in the order of their tree.
pub(super) struct CaseTree<'a> {
    pub(super) cases: Vec<&'a Arc<Case>>,
    pub(super) numbers: Numbering<OfCase>,
    /// The number of the topmost case above each.
    tops: Vec<u32>,
    /// Whether the filter lets the case through: it names no case, this one, or one above it.
    within: Vec<bool>,
}

/// Rows for some of the cases.
struct CaseRows {
    rows: Vec<FrequencyRow>,
    /// The row of each case, by the number of the case.
    of_case: Vec<Option<u32>>,
}

impl<'a> CaseTree<'a> {
    pub(super) fn new(project: &'a Project, filter: &Filter) -> Self {
        let ordered = project.cases_in_order();
        let mut tree = Self {
            cases: Vec::new(),
            numbers: Numbering::new(ordered.iter().map(|(_, case)| case.id)),
            tops: Vec::new(),
            within: Vec::new(),
        };
        for (number, (_, case)) in (0u32..).zip(ordered) {
            // In the order of the tree, the case above a case comes before it.
            let above = case.parent.and_then(|parent| tree.numbers.get(parent));
            let above = above.map(|above| above as usize);
            let below_named = above.is_some_and(|above| tree.within[above]);
            tree.tops
                .push(above.map_or(number, |above| tree.tops[above]));
            tree.within
                .push(below_named || filter.cases.is_empty() || filter.cases.contains(&case.id));
            tree.cases.push(case);
        }
        tree
    }

    /// The numbers of a document's cases that the filter lets through.
    pub(super) fn of(&self, document: &Document) -> impl Iterator<Item = usize> {
        document
            .cases
            .iter()
            .filter_map(|&case| self.numbers.get(case))
            .map(|number| number as usize)
            .filter(|&number| self.within[number])
    }

    /// The topmost cases of a document by number, each once.
    pub(super) fn families(&self, document: &Document) -> Vec<u32> {
        let families: BTreeSet<u32> = self.of(document).map(|number| self.tops[number]).collect();
        families.into_iter().collect()
    }

    /// Makes a row for each case that `is_row` is true for.
    fn rows(&self, is_row: impl Fn(usize) -> bool) -> CaseRows {
        let mut rows = Vec::new();
        let mut of_case = vec![None; self.cases.len()];
        for (number, case) in self.cases.iter().enumerate() {
            if is_row(number) {
                of_case[number] = Some(dense(rows.len()));
                rows.push(row(RowKey::Case(case.id), &case.name));
            }
        }
        CaseRows { rows, of_case }
    }

    /// The number of a case if it is a person.
    fn person(&self, case: CaseId) -> Option<usize> {
        let number = self.numbers.get(case)? as usize;
        (self.cases[number].kind == CaseKind::person()).then_some(number)
    }

    /// The person that a speaker is, if the filter lets the speaker's turns through.
    fn heard_person(&self, speaker: &Speaker, filter: &Filter) -> Option<usize> {
        if filter.admits_speaker(&speaker.label) {
            self.person(speaker.case?)
        } else {
            None
        }
    }

    /// The person who is a document's only case.
    fn only_person(&self, document: &Document) -> Option<usize> {
        let mut cases = document.cases.iter();
        match (cases.next(), cases.next()) {
            (Some(only), None) => self.person(*only),
            _ => None,
        }
    }
}

pub(super) fn by_case(tree: &CaseTree<'_>, documents: &[&Document]) -> KindOfRows {
    let CaseRows { rows, of_case } = tree.rows(|number| tree.within[number]);
    KindOfRows {
        rows,
        of_documents: documents
            .iter()
            .map(|document| {
                DocumentRows::whole(tree.of(document).filter_map(|number| of_case[number]))
            })
            .collect(),
    }
}

pub(super) fn by_family(tree: &CaseTree<'_>, documents: &[&Document]) -> KindOfRows {
    let families: BTreeSet<usize> = (0..tree.cases.len())
        .filter(|&number| tree.within[number])
        .map(|number| tree.tops[number] as usize)
        .collect();
    let CaseRows { rows, of_case } = tree.rows(|number| families.contains(&number));
    KindOfRows {
        rows,
        of_documents: documents
            .iter()
            .map(|document| {
                let families = tree.families(document).into_iter();
                DocumentRows::whole(families.filter_map(|family| of_case[family as usize]))
            })
            .collect(),
    }
}

pub(super) fn by_person(
    tree: &CaseTree<'_>,
    documents: &[&Document],
    filter: &Filter,
) -> KindOfRows {
    // Persons who speak or own a document get a row even if the filter names other cases, since their codings count.
    let present: BTreeSet<usize> = documents
        .iter()
        .flat_map(|document| {
            let speakers = document.speakers.iter();
            speakers
                .filter_map(|speaker| tree.heard_person(speaker, filter))
                .chain(tree.only_person(document))
        })
        .collect();
    let CaseRows { rows, of_case } = tree.rows(|number| {
        present.contains(&number)
            || tree.within[number] && tree.person(tree.cases[number].id).is_some()
    });
    KindOfRows {
        rows,
        of_documents: documents
            .iter()
            .map(|document| DocumentRows::Turns {
                speakers: document
                    .speakers
                    .iter()
                    .map(|speaker| of_case[tree.heard_person(speaker, filter)?])
                    .collect(),
                everywhere: tree
                    .only_person(document)
                    .and_then(|number| of_case[number]),
            })
            .collect(),
    }
}
