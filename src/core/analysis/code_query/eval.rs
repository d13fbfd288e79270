//! Evaluation of queries over codes, one document at a time.
//!
//! Operators look up the passages of their right operand in sorted lists and in a tree, and never compare all pairs: in a
//! long interview both operands can have thousands of passages.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    CodeQuery, CodeTerm, Condition, Distance, Expression, Extent, FacetTest, Operator,
    QueryPassage, Shared, Test,
    right_operand::{FoundPassages, RightOperand, RightPassage},
};
use crate::{
    analysis::{Loader, attribution::People},
    language::{fold::fold, values::AttributeLookup},
    model::{
        Project,
        coding::Coding,
        document::{Content, Document},
        facet::FacetValue,
        ids::{CaseId, CoderId, CodingId},
        text::TextRange,
    },
};

/// A query that is ready to be evaluated document by document.
pub struct PreparedQuery<'a> {
    query: &'a CodeQuery,
    project: &'a Project,
    load: &'a Loader<'a>,
    extent: Extent,
    /// For each `SAME case`, identified by its address: the cases in whose documents the right operand has a passage.
    cases: BTreeMap<usize, BTreeSet<CaseId>>,
}

/// A document in which a query is evaluated; its content is loaded only if distances or turns are needed.
pub(super) struct DocumentScope<'a> {
    prepared: &'a PreparedQuery<'a>,
    pub(super) document: &'a Document,
    content: OnceCell<Option<Arc<Content>>>,
}

impl std::fmt::Debug for PreparedQuery<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PreparedQuery({})", self.query)
    }
}

impl<'a> PreparedQuery<'a> {
    /// Prepares a query, which evaluates the right operands of `SAME case` in all documents.
    pub fn new(
        query: &'a CodeQuery,
        project: &'a Project,
        load: &'a Loader<'a>,
        extent: Extent,
    ) -> Self {
        let mut prepared = Self {
            query,
            project,
            load,
            extent,
            cases: BTreeMap::new(),
        };
        let mut nodes = Vec::new();
        collect_same_case(&query.root, None, &mut nodes);
        // Inner ones come first, because evaluating the outer ones needs their results.
        for (place, right, coders) in nodes {
            let mut cases = BTreeSet::new();
            for document in project.documents.values() {
                // A document whose cases are all known already can't add any.
                if !document.cases.is_subset(&cases)
                    && !prepared
                        .scene(document)
                        .found(right, coders.as_ref())
                        .is_empty()
                {
                    cases.extend(&document.cases);
                }
            }
            prepared.cases.insert(place, cases);
        }
        prepared
    }

    /// The passages that the query finds in a document, in order.
    pub fn in_document(&self, document: &Document) -> Vec<QueryPassage> {
        let found = self.scene(document).found(&self.query.root, None);
        found
            .into_iter()
            .map(|(range, codings)| QueryPassage {
                document: document.id,
                range,
                codings,
            })
            .collect()
    }

    fn scene<'s>(&'s self, document: &'s Document) -> DocumentScope<'s> {
        DocumentScope {
            prepared: self,
            document,
            content: OnceCell::new(),
        }
    }
}

/// The address of a node, which identifies it while the query is borrowed and doesn't move.
fn place_of(node: &Expression) -> usize {
    std::ptr::from_ref(node).addr()
}

/// The only coders whose codings count; `None` for all coders.
type CoderFilter = Option<BTreeSet<CoderId>>;

/// Collects the right operands of `SAME case`, each with the node's address and the coders who count there; inner ones first.
fn collect_same_case<'a>(
    node: &'a Expression,
    coders: Option<&BTreeSet<CoderId>>,
    out: &mut Vec<(usize, &'a Expression, CoderFilter)>,
) {
    match node {
        Expression::Codes(_) => {}
        Expression::Or(one, other) => {
            collect_same_case(one, coders, out);
            collect_same_case(other, coders, out);
        }
        Expression::Pair(operator, one, other) => {
            collect_same_case(one, coders, out);
            collect_same_case(other, coders, out);
            if *operator == Operator::Same(Shared::Case) {
                out.push((place_of(node), other, coders.cloned()));
            }
        }
        Expression::Where(inner, conditions) => {
            collect_same_case(inner, narrowed(coders, conditions).as_ref(), out);
        }
    }
}

/// Restricts the coders who count by the conditions `coder=`.
fn narrowed(coders: Option<&BTreeSet<CoderId>>, conditions: &[Condition]) -> CoderFilter {
    conditions
        .iter()
        .fold(coders.cloned(), |own, condition| match condition {
            Condition::Coders(asked, _) => Some(own.map_or_else(
                || asked.clone(),
                |own| own.intersection(asked).copied().collect(),
            )),
            _ => own,
        })
}

impl DocumentScope<'_> {
    pub(super) fn content(&self) -> Option<&Content> {
        self.content
            .get_or_init(|| (self.prepared.load)(self.document))
            .as_deref()
    }

    /// The passages of a node, from the codings of the coders who count.
    fn found(&self, node: &Expression, coders: Option<&BTreeSet<CoderId>>) -> FoundPassages {
        match node {
            Expression::Codes(term) => self.coded(term, coders),
            Expression::Or(one, other) => {
                let mut all = self.found(one, coders);
                for (range, codings) in self.found(other, coders) {
                    all.entry(range).or_default().extend(codings);
                }
                all
            }
            Expression::Pair(operator, one, other) => {
                let one = self.found(one, coders);
                // Without passages on the left, no operator finds any, and the right operand needn't be evaluated.
                if one.is_empty() {
                    return one;
                }
                if *operator == Operator::Same(Shared::Case) {
                    let cases = self.prepared.cases.get(&place_of(node));
                    let shares = cases.is_some_and(|cases| !self.document.cases.is_disjoint(cases));
                    return if shares { one } else { FoundPassages::new() };
                }
                let other = self.found(other, coders);
                self.pair(*operator, &one, &other)
            }
            Expression::Where(inner, conditions) => {
                let own = narrowed(coders, conditions);
                let mut found = self.found(inner, own.as_ref());
                for condition in conditions {
                    if let Condition::About(cases, _) = condition {
                        self.retain_about(&mut found, cases.as_ref());
                    }
                }
                found.retain(|range, _| {
                    conditions
                        .iter()
                        .all(|condition| self.holds(condition, *range))
                });
                found
            }
        }
    }

    /// Keeps codings that are about some of these cases, or about nobody.
    fn retain_about(&self, found: &mut FoundPassages, cases: Option<&BTreeSet<CaseId>>) {
        let people = People::of(self.prepared.project, self.document);
        let turns = self.content().map_or(&[][..], |content| &content.turns);
        let is_about = |id: &CodingId| {
            let Some(coding) = self.document.coding(*id) else {
                return false;
            };
            let (concerned, _) = people.concerned(&coding.about, turns, coding.range);
            match cases {
                Some(cases) => !concerned.is_disjoint(cases),
                None => concerned.is_empty(),
            }
        };
        found.retain(|_, codings| {
            codings.retain(is_about);
            !codings.is_empty()
        });
    }

    /// The codings with one of the codes that pass the tests of facets.
    fn coded(&self, term: &CodeTerm, coders: Option<&BTreeSet<CoderId>>) -> FoundPassages {
        let mut found = FoundPassages::new();
        for coding in &self.document.codings {
            if term.codes.contains(&coding.code)
                && coders.is_none_or(|coders| coders.contains(&coding.coder))
                && term.facets.iter().all(|test| passes(test, coding))
            {
                found.entry(coding.range).or_default().insert(coding.id);
            }
        }
        found
    }

    fn pair(
        &self,
        operator: Operator,
        one: &FoundPassages,
        other: &FoundPassages,
    ) -> FoundPassages {
        let right = RightOperand::new(other);
        // The labels on the right are collected once, not for each passage on the left.
        let labels: BTreeSet<&str> = if operator == Operator::Same(Shared::Speaker) {
            let speakers = other.keys().filter_map(|range| self.speaker(*range));
            speakers.map(|(label, _)| label).collect()
        } else {
            BTreeSet::new()
        };
        let mut found = FoundPassages::new();
        for (range, evidence) in one {
            for (result, more) in self.matches(operator, *range, &right, &labels) {
                let codings = found.entry(result).or_default();
                codings.extend(evidence.iter().chain(more));
            }
        }
        found
    }

    /// The passages that an operator makes of one passage on its left, each with the evidence from its right.
    fn matches<'p>(
        &self,
        operator: Operator,
        range: TextRange,
        right: &RightOperand<'p>,
        labels: &BTreeSet<&str>,
    ) -> Vec<RightPassage<'p>> {
        match operator {
            Operator::And => right
                .overlapping(range)
                .map(|(with, evidence)| match self.prepared.extent {
                    Extent::Union => (hull(range, with), evidence),
                    Extent::Intersection => (common(range, with), evidence),
                })
                .collect(),
            Operator::Overlaps => right
                .overlapping(range)
                .map(|(_, evidence)| (range, evidence))
                .collect(),
            Operator::Within => right
                .overlapping(range)
                .filter(|(with, _)| with.contains(range))
                .map(|(_, evidence)| (range, evidence))
                .collect(),
            Operator::Contains => right
                .overlapping(range)
                .filter(|(with, _)| range.contains(*with))
                .map(|(_, evidence)| (range, evidence))
                .collect(),
            Operator::Near(distance) => right
                .overlapping(self.around(range, distance))
                .filter(|(with, _)| self.is_near(range, *with, distance))
                .map(|(with, evidence)| (hull(range, with), evidence))
                .collect(),
            Operator::Before(distance) => right
                .first_after(range.end())
                .filter(|(with, _)| self.is_in_reach(range, *with, distance))
                .map(|(with, evidence)| (hull(range, with), evidence))
                .collect(),
            Operator::After(distance) => right
                .last_before(range.start())
                .filter(|(with, _)| self.is_in_reach(range, *with, distance))
                .map(|(with, evidence)| (hull(range, with), evidence))
                .collect(),
            Operator::Not => unchanged_if(right.overlapping(range).next().is_none(), range),
            Operator::Same(shared) => {
                let shares = match shared {
                    Shared::Document | Shared::Case => !right.is_empty(),
                    Shared::Speaker => self
                        .speaker(range)
                        .is_some_and(|(label, _)| labels.contains(label)),
                    Shared::Turn => right
                        .overlapping(self.around(range, Distance::Turns(0)))
                        .any(|(with, _)| self.is_near(range, with, Distance::Turns(0))),
                };
                unchanged_if(shares, range)
            }
        }
    }

    /// The label and the case of the speaker of the turn in which a passage begins.
    fn speaker(&self, range: TextRange) -> Option<(&str, Option<CaseId>)> {
        let (_, turn) = self.content()?.turn_at(range.start())?;
        let speaker = self.document.speakers.get(usize::from(turn.speaker?))?;
        Some((speaker.label.as_str(), speaker.case))
    }

    fn holds(&self, condition: &Condition, range: TextRange) -> bool {
        match condition {
            Condition::Phases(phases, _) => self
                .document
                .phase
                .is_some_and(|phase| phases.contains(&phase)),
            Condition::Cases(cases, _) => {
                !self.document.cases.is_disjoint(cases)
                    || self
                        .speaker(range)
                        .and_then(|(_, case)| case)
                        .is_some_and(|case| cases.contains(&case))
            }
            // Applied to the codings themselves, by `retain_about`.
            Condition::About(..) => true,
            Condition::Documents(documents, _) => documents.contains(&self.document.id),
            Condition::Speakers(label) => self
                .speaker(range)
                .is_some_and(|(own, _)| fold(own) == *label),
            // Applied to the codings themselves, by `narrowed`.
            Condition::Coders(..) => true,
            Condition::Attribute(attributes, values, _) => {
                let case = self.speaker(range).and_then(|(_, case)| case);
                attributes.iter().any(|&attribute| {
                    let lookup = AttributeLookup {
                        project: self.prepared.project,
                        document: self.document,
                        attribute,
                        matches: &|of, value| values.matches(of, value),
                    };
                    lookup.matches_for(case)
                })
            }
        }
    }
}

/// The passage itself, without further evidence, or nothing.
fn unchanged_if(is_kept: bool, range: TextRange) -> Vec<RightPassage<'static>> {
    static NO_CODINGS: BTreeSet<CodingId> = BTreeSet::new();
    if is_kept {
        vec![(range, &NO_CODINGS)]
    } else {
        Vec::new()
    }
}

/// The text that two overlapping passages share.
fn common(one: TextRange, other: TextRange) -> TextRange {
    TextRange::between(one.start().max(other.start()), one.end().min(other.end()))
}

/// The text from the start of the first of two passages to the end of the last.
fn hull(one: TextRange, other: TextRange) -> TextRange {
    TextRange::between(one.start().min(other.start()), one.end().max(other.end()))
}

/// Returns true if a coding passes a test of a facet.
fn passes(test: &FacetTest, coding: &Coding) -> bool {
    let mut values = coding
        .facets
        .iter()
        .filter(|(facet, _)| test.facets.contains(facet))
        .map(|(_, value)| value);
    match &test.test {
        Test::Is(accepted) => values.any(|value| accepted.contains(value)),
        // Also passed by a coding that has no value for the facet.
        Test::IsNot(rejected) => !values.any(|value| rejected.contains(value)),
        Test::AtLeast(least) => {
            values.any(|value| matches!(value, FacetValue::Intensity(value) if value >= least))
        }
        Test::AtMost(most) => {
            values.any(|value| matches!(value, FacetValue::Intensity(value) if value <= most))
        }
    }
}
