//! The tree of cases: which of them a filter lets through, and which rows they are.

use std::{collections::BTreeSet, sync::Arc};

use super::row;
use crate::{
    analysis::{
        frequency::{
            Filter,
            table::{FrequencyRow, RowKey},
        },
        numbering::Numbering,
    },
    model::{
        Project,
        case::{Case, CaseKind},
        document::Document,
        ids::{CaseId, OfCase},
    },
};

/// The cases in the order of their tree.
pub(super) struct CaseTree<'a> {
    pub(super) cases: Vec<&'a Arc<Case>>,
    pub(super) numbers: Numbering<OfCase>,
    /// The topmost case above each.
    pub(super) tops: Vec<u32>,
    /// Whether the filter lets the case through: it names no case, this one, or one above it.
    pub(super) within: Vec<bool>,
}

impl<'a> CaseTree<'a> {
    pub(super) fn new(project: &'a Project, filter: &Filter) -> Self {
        let ordered = project.cases_in_order();
        let numbers = Numbering::new(ordered.iter().map(|(_, case)| case.id));
        let mut tree = Self {
            cases: Vec::new(),
            numbers,
            tops: Vec::new(),
            within: Vec::new(),
        };
        for (number, (_, case)) in (0u32..).zip(ordered) {
            let parent = case
                .parent
                .and_then(|parent| tree.numbers.get(parent))
                .map(|parent| parent as usize);
            let below = parent
                .and_then(|parent| tree.within.get(parent))
                .is_some_and(|&within| within);
            tree.tops.push(
                parent
                    .and_then(|parent| tree.tops.get(parent))
                    .copied()
                    .unwrap_or(number),
            );
            tree.within
                .push(below || filter.cases.is_empty() || filter.cases.contains(&case.id));
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
        let families: BTreeSet<u32> = self
            .of(document)
            .filter_map(|number| self.tops.get(number).copied())
            .collect();
        families.into_iter().collect()
    }

    /// Rows for some of the cases, and the numbers of those rows by case.
    pub(super) fn rows(
        &self,
        wanted: impl Fn(usize) -> bool,
    ) -> (Vec<FrequencyRow>, Vec<Option<u32>>) {
        let mut rows = Vec::new();
        let mut of_case = Vec::with_capacity(self.cases.len());
        for (number, case) in self.cases.iter().enumerate() {
            of_case.push(wanted(number).then(|| u32::try_from(rows.len()).unwrap_or(u32::MAX)));
            if wanted(number) {
                rows.push(row(RowKey::Case(case.id), &case.name));
            }
        }
        (rows, of_case)
    }

    pub(super) fn person(&self, case: CaseId) -> Option<usize> {
        let number = self.numbers.get(case)? as usize;
        self.cases
            .get(number)
            .is_some_and(|case| case.kind == CaseKind::person())
            .then_some(number)
    }

    /// The person who is a document's only case.
    pub(super) fn only_person(&self, document: &Document) -> Option<usize> {
        let mut cases = document.cases.iter();
        let first = cases.next()?;
        if cases.next().is_some() {
            None
        } else {
            self.person(*first)
        }
    }
}
