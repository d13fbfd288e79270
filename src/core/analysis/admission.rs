//! Which codings of a document a filter lets through, for figures that look at codings one by one.

use std::sync::Arc;

use super::{
    Loader,
    attribution::{People, speakers_in},
    frequency::Filter,
};
use crate::model::{
    Project,
    coding::Coding,
    document::{Content, Document},
    ids::CaseId,
};

/// Decides which codings count, by coder, speaker, and the cases they are given to.
pub struct Admission<'a> {
    project: &'a Project,
    filter: &'a Filter,
    load: &'a Loader<'a>,
}

impl<'a> Admission<'a> {
    /// Takes the filter of a question.
    pub fn new(project: &'a Project, filter: &'a Filter, load: &'a Loader<'a>) -> Self {
        Self {
            project,
            filter,
            load,
        }
    }

    /// The numbers of a document's codings that count, whatever their code.
    pub fn admitted(&self, document: &Document) -> Vec<usize> {
        let Filter {
            cases, speakers, ..
        } = self.filter;
        let content = if (cases.is_empty() && speakers.is_empty()) || document.codings.is_empty() {
            None
        } else {
            (self.load)(document)
        };
        let people = People::of(self.project, document);
        (0..document.codings.len())
            .filter(|&at| {
                let coding = &document.codings[at];
                self.filter.admits_coder(coding.coder)
                    && self.is_heard(document, coding, content.as_ref())
                    && self.is_within(&people, coding, content.as_ref())
            })
            .collect()
    }

    fn is_heard(
        &self,
        document: &Document,
        coding: &Coding,
        content: Option<&Arc<Content>>,
    ) -> bool {
        if self.filter.speakers.is_empty() {
            return true;
        }
        let turns = content.map_or(&[][..], |content| &content.turns);
        speakers_in(turns, coding.range).any(|speaker| {
            let speaker = document.speakers.get(speaker);
            speaker.is_some_and(|speaker| self.filter.admits_speaker(&speaker.label))
        })
    }

    fn is_within(&self, people: &People, coding: &Coding, content: Option<&Arc<Content>>) -> bool {
        if self.filter.cases.is_empty() {
            return true;
        }
        let turns = content.map_or(&[][..], |content| &content.turns);
        let given = people.cases_of(coding, turns, self.filter.by);
        given.into_iter().any(|case| self.names(case))
    }

    /// Returns true if the filter names a case, or one above it.
    fn names(&self, case: CaseId) -> bool {
        let mut named = self.filter.cases.iter();
        named.any(|&above| self.project.case_is_within(case, above))
    }
}
