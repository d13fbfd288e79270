//! The filters of a request, resolved in the project.
//!
//! They restrict hits like the fields of a query do, but are chosen in the window instead of typed.

use std::collections::BTreeSet;

use crate::{
    language::{fold::fold, values::names_of_value},
    model::{
        Project,
        coding::Coding,
        document::{Document, SpeakerIndex},
        ids::{AttributeId, CaseId, CodeId},
        text::TextRange,
    },
};

use super::{
    Filters,
    fields::{
        DocumentCondition, ResolvedField, Stretches, attribute_condition, cases_within, coded,
        codes_within,
    },
};

/// The filters of a request, with their codes and cases extended to all descendants.
#[derive(Debug)]
pub struct FilterSet<'a> {
    filters: &'a Filters,
    project: &'a Project,
    cases: BTreeSet<CaseId>,
    in_codes: BTreeSet<CodeId>,
    not_in_codes: BTreeSet<CodeId>,
}

/// The filters within one document.
#[derive(Debug)]
pub struct DocumentFilter {
    /// Conditions that must all hold.
    conditions: Vec<DocumentCondition>,
    /// A hit must overlap one of these; `None` for no such requirement.
    inside: Option<Stretches>,
    /// A hit must not overlap any of these.
    outside: Stretches,
}

impl<'a> FilterSet<'a> {
    /// Prepares the filters of a request.
    pub fn new(filters: &'a Filters, project: &'a Project) -> Self {
        Self {
            filters,
            project,
            cases: cases_within(project, &filters.cases),
            in_codes: codes_within(project, filters.in_codes.iter().copied()),
            not_in_codes: codes_within(project, filters.not_in_codes.iter().copied()),
        }
    }

    /// Returns true if the filters accept or reject whole documents, never parts of one.
    pub fn are_of_documents(&self) -> bool {
        let Filters {
            in_codes,
            not_in_codes,
            cases,
            attributes,
            phases: _,
            speakers,
            documents: _,
            coders,
        } = self.filters;
        in_codes.is_empty()
            && not_in_codes.is_empty()
            && cases.is_empty()
            && attributes.is_empty()
            && speakers.is_empty()
            && coders.is_empty()
    }

    /// The filters within a document, or `None` if no hit in it can pass.
    pub fn within(&self, document: &Document) -> Option<DocumentFilter> {
        let Filters {
            in_codes,
            not_in_codes,
            cases,
            attributes,
            phases,
            speakers,
            documents,
            coders,
        } = self.filters;
        let of_phase =
            phases.is_empty() || document.phase.is_some_and(|phase| phases.contains(&phase));
        // Whole documents are rejected first, without looking at speakers and codings.
        if !of_phase || !(documents.is_empty() || documents.contains(&document.id)) {
            return None;
        }
        let mut conditions = Vec::new();
        if !speakers.is_empty() {
            conditions
                .push(ResolvedField::Speakers(speakers.clone()).within(self.project, document));
        }
        if !cases.is_empty() {
            conditions
                .push(ResolvedField::Cases(self.cases.clone()).within(self.project, document));
        }
        // Several values of one attribute are alternatives, so each attribute is one condition.
        let ids: BTreeSet<AttributeId> =
            attributes.iter().map(|(attribute, _)| *attribute).collect();
        conditions.extend(ids.into_iter().map(|id| self.attribute(id, document)));
        if conditions
            .iter()
            .any(|condition| !condition.everywhere && condition.speakers.is_empty())
        {
            return None;
        }
        let inside = if !in_codes.is_empty() {
            Some(coded(document, |coding| {
                self.counts(coding) && self.in_codes.contains(&coding.code)
            }))
        } else if !coders.is_empty() && not_in_codes.is_empty() {
            // Without codes, the coders themselves are the condition.
            Some(coded(document, |coding| self.counts(coding)))
        } else {
            None
        };
        let outside = coded(document, |coding| {
            self.counts(coding) && self.not_in_codes.contains(&coding.code)
        });
        Some(DocumentFilter {
            conditions,
            inside,
            outside,
        })
    }

    /// Returns true if a coding counts for the conditions on codes.
    fn counts(&self, coding: &Coding) -> bool {
        let coders = &self.filters.coders;
        coders.is_empty() || coders.contains(&coding.coder)
    }

    fn attribute(&self, attribute: AttributeId, document: &Document) -> DocumentCondition {
        let filters = self.filters.attributes.iter();
        let values: BTreeSet<String> = filters
            .filter(|(id, _)| *id == attribute)
            .map(|(_, text)| fold(text))
            .collect();
        attribute_condition(self.project, attribute, document, &|of, value| {
            names_of_value(of, value).any(|name| values.contains(&name))
        })
    }
}

impl DocumentFilter {
    /// Returns true if every hit in the document passes.
    pub fn is_open(&self) -> bool {
        self.inside.is_none()
            && self.outside.is_empty()
            && self.conditions.iter().all(|condition| condition.everywhere)
    }

    /// Returns true if a hit passes; `speaker` is who says it.
    pub fn passes(&self, hit: TextRange, speaker: Option<SpeakerIndex>) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.all(|condition| condition.holds_for(speaker))
            && self
                .inside
                .as_ref()
                .is_none_or(|inside| inside.overlaps(hit))
            && !self.outside.overlaps(hit)
    }
}
