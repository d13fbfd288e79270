//! Rows by case: the tree of cases, which of them a filter lets through, and the rows of cases, families and persons.

use std::{collections::BTreeSet, rc::Rc, sync::Arc};

use super::{DocumentRows, KindOfRows, Placement, row};
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
        document::Document,
        ids::{CaseId, OfCase},
    },
};

/// The cases in the order of their tree.
pub(in crate::analysis::frequency) struct CaseTree<'a> {
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

    /// The number of a case that the filter lets through.
    pub(super) fn number_within(&self, case: CaseId) -> Option<usize> {
        let number = self.numbers.get(case)? as usize;
        self.within[number].then_some(number)
    }

    /// Returns true if the filter lets a document through by who took part in it, or by whom a coding is about.
    pub(super) fn lets_through(&self, document: &Document) -> bool {
        let is_within = |case: CaseId| self.number_within(case).is_some();
        let mut speakers = document.speakers.iter();
        let mut codings = document.codings.iter();
        self.of(document).next().is_some()
            || speakers.any(|speaker| speaker.case.is_some_and(is_within))
            || codings.any(|coding| coding.about.iter().copied().any(is_within))
    }

    /// The numbers of a case and of all above it.
    pub(super) fn with_above(&self, number: usize) -> impl Iterator<Item = usize> {
        // The tree holds only cases that a root leads to, so the way up ends even in a damaged file.
        std::iter::successors(Some(number), |&number| {
            let above = self.numbers.get(self.cases[number].parent?)?;
            Some(above as usize)
        })
    }

    /// The number of the topmost case above a case.
    pub(super) fn top(&self, number: usize) -> u32 {
        self.tops[number]
    }

    /// Something for each case, by its number; `None` for one that the filter leaves out.
    pub(super) fn of_each<T>(&self, make: impl Fn(usize) -> T) -> Vec<Option<T>> {
        (0..self.cases.len())
            .map(|number| self.within[number].then(|| make(number)))
            .collect()
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
}

pub(super) fn by_case(placement: &Placement<'_, '_>, documents: &[&Document]) -> KindOfRows {
    let tree = placement.tree;
    let CaseRows { rows, of_case } = tree.rows(|number| tree.within[number]);
    let with_above = tree.of_each(|number| {
        let mut rows: Vec<u32> = tree
            .with_above(number)
            .filter_map(|case| of_case[case])
            .collect();
        rows.sort_unstable();
        rows
    });
    of_people(placement, documents, rows, with_above)
}

pub(super) fn by_family(placement: &Placement<'_, '_>, documents: &[&Document]) -> KindOfRows {
    let tree = placement.tree;
    let families: BTreeSet<usize> = (0..tree.cases.len())
        .filter(|&number| tree.within[number])
        .map(|number| tree.tops[number] as usize)
        .collect();
    let CaseRows { rows, of_case } = tree.rows(|number| families.contains(&number));
    let of_top = |number: usize| of_case[tree.tops[number] as usize];
    let tops = tree.of_each(|number| of_top(number).into_iter().collect());
    of_people(placement, documents, rows, tops)
}

pub(super) fn by_person(placement: &Placement<'_, '_>, documents: &[&Document]) -> KindOfRows {
    let tree = placement.tree;
    let CaseRows { rows, of_case } =
        tree.rows(|number| tree.within[number] && tree.person(tree.cases[number].id).is_some());
    let persons = tree.of_each(|number| of_case[number].into_iter().collect());
    of_people(placement, documents, rows, persons)
}

fn of_people(
    placement: &Placement<'_, '_>,
    documents: &[&Document],
    rows: Vec<FrequencyRow>,
    of_cases: Vec<Option<Vec<u32>>>,
) -> KindOfRows {
    let of_cases = Rc::new(of_cases);
    let of_documents = documents
        .iter()
        .map(|document| DocumentRows::People(placement.people(document, &of_cases)));
    KindOfRows {
        rows,
        of_documents: of_documents.collect(),
    }
}
