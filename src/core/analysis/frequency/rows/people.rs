//! Rows that a coding is in by the people it is given to: those whom it is about, or who say it.

use std::{collections::BTreeSet, rc::Rc};

use super::cases::CaseTree;
use crate::{
    analysis::{
        attribution::{Attribution, People, speakers_in},
        frequency::Filter,
    },
    model::{
        Project,
        document::{Document, Speaker, Turn},
        ids::CaseId,
        text::TextRange,
    },
};

/// The rows of each case by its number in the tree; `None` for one that the filter leaves out.
pub(super) type RowsOfCases = Rc<Vec<Option<Vec<u32>>>>;

/// The rows of the people of one document.
#[derive(Debug)]
pub(in crate::analysis::frequency) struct PeopleRows {
    /// The number of the person that each speaker is, of those who answer.
    persons: Vec<Option<usize>>,
    /// The number of the case that codings which nobody speaks are given to.
    otherwise: Option<usize>,
    attribution: Attribution,
    rows: RowsOfCases,
    /// Whether codings of nobody count, in the last row.
    keeps_unattributed: bool,
}

impl PeopleRows {
    pub(super) fn new(
        project: &Project,
        tree: &CaseTree<'_>,
        document: &Document,
        filter: &Filter,
        rows: &RowsOfCases,
    ) -> Self {
        let people = People::of(project, document);
        let number = |case: CaseId| Some(tree.numbers.get(case)? as usize);
        let heard = |speaker: &Speaker| filter.admits_speaker(&speaker.label);
        Self {
            otherwise: people.otherwise(filter.by).and_then(number),
            persons: people
                .persons
                .into_iter()
                .zip(&document.speakers)
                .map(|(person, speaker)| person.filter(|_| heard(speaker)).and_then(number))
                .collect(),
            attribution: filter.by,
            rows: Rc::clone(rows),
            keeps_unattributed: filter.cases.is_empty(),
        }
    }

    /// The rows that all codings of the document are in, whoever speaks, as long as no coder names anybody.
    pub(super) fn uniform(&self) -> Option<Vec<u32>> {
        let rows_of = |number: usize| self.rows.get(number).and_then(Option::as_ref);
        let Some(otherwise) = self.otherwise else {
            let nobody = self.persons.iter().all(Option::is_none);
            return (nobody && self.keeps_unattributed).then(Vec::new);
        };
        let rows = rows_of(otherwise)?;
        let mut persons = self.persons.iter().flatten();
        persons
            .all(|person| rows_of(*person) == Some(rows))
            .then(|| rows.clone())
    }

    /// Returns true if a coding is given to people by who speaks, or to nobody, rather than by whom a coder names.
    fn names_nobody(&self, about: &BTreeSet<CaseId>) -> bool {
        about.is_empty() || self.attribution == Attribution::Informant
    }

    /// Returns true if the document's turns are needed to know whose a coding is.
    pub(in crate::analysis::frequency) fn needs_turns(&self, about: &BTreeSet<CaseId>) -> bool {
        self.names_nobody(about) && self.persons.iter().any(Option::is_some)
    }

    /// Adds the rows of a coding, each once; returns false if the filter leaves it out.
    pub(in crate::analysis::frequency) fn add_rows(
        &self,
        tree: &CaseTree<'_>,
        about: &BTreeSet<CaseId>,
        turns: &[Turn],
        passage: TextRange,
        found: &mut Vec<u32>,
    ) -> bool {
        let (mut is_given, mut counts) = (false, false);
        let mut add = |number: usize| {
            is_given = true;
            if let Some(rows) = self.rows.get(number).and_then(Option::as_ref) {
                counts = true;
                found.extend(rows);
            }
        };
        if self.names_nobody(about) {
            let mut speaking = speakers_in(turns, passage)
                .filter_map(|speaker| *self.persons.get(speaker)?)
                .peekable();
            match (speaking.peek(), self.otherwise) {
                (None, Some(otherwise)) => add(otherwise),
                _ => speaking.for_each(add),
            }
        } else {
            let named = about.iter().filter_map(|case| tree.numbers.get(*case));
            named.for_each(|number| add(number as usize));
        }
        found.sort_unstable();
        found.dedup();
        counts || (!is_given && self.keeps_unattributed)
    }

    /// The rows of a speaker's own words: of the person, or else of the document's only person or family.
    pub(in crate::analysis::frequency) fn rows_of_speaker(&self, speaker: usize) -> &[u32] {
        let person = self.persons.get(speaker).copied().flatten();
        self.rows_of_number(person.or(self.otherwise))
    }

    /// The rows of words in a document that names no speaker.
    pub(in crate::analysis::frequency) fn rows_of_unlabelled(&self) -> &[u32] {
        self.rows_of_number(self.otherwise)
    }

    fn rows_of_number(&self, number: Option<usize>) -> &[u32] {
        let rows = number.and_then(|number| self.rows.get(number)?.as_ref());
        rows.map_or(&[], Vec::as_slice)
    }

    /// The rows of those who took part: the document's cases, and the persons who speak in it.
    pub(super) fn took_part(&self, tree: &CaseTree<'_>, document: &Document) -> Vec<u32> {
        let cases = document.cases.iter();
        let cases = cases.filter_map(|case| tree.numbers.get(*case));
        let numbers = cases
            .map(|number| number as usize)
            .chain(self.persons.iter().copied().flatten());
        let mut rows: Vec<u32> = numbers
            .filter_map(|number| self.rows.get(number)?.as_ref())
            .flatten()
            .copied()
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}
