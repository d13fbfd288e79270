//! Finds the passages of a query, one document at a time: ranges in the order of their starts, trees for what overlaps, never all pairs.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    CodeQuery, CodeTerm, Condition, Distance, Expression, Extent, FacetTest, Load, Operator,
    QueryPassage, Shared, Test,
};
use crate::{
    language::{fold::fold, values::AttributeLookup, words::word_starts},
    model::{
        Project,
        coding::Coding,
        document::{Content, Document},
        facet::FacetValue,
        ids::{CaseId, CoderId, CodingId},
        intervals::Intervals,
        text::TextRange,
    },
};

/// A query ready to be asked of documents one by one.
pub struct PreparedQuery<'a> {
    query: &'a CodeQuery,
    project: &'a Project,
    load: Load<'a>,
    extent: Extent,
    /// For each `SAME case`, by its place in the tree: the cases in whose documents the right side has a passage.
    cases: BTreeMap<usize, BTreeSet<CaseId>>,
}

/// Passages of one document: ranges in order, each once, with their evidence.
type Passages = BTreeMap<TextRange, BTreeSet<CodingId>>;

/// A document being looked at, with what is read of it when it is needed.
struct DocumentScope<'a> {
    prepared: &'a PreparedQuery<'a>,
    document: &'a Document,
    content: OnceCell<Option<Arc<Content>>>,
}

impl std::fmt::Debug for PreparedQuery<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PreparedQuery({})", self.query)
    }
}

impl<'a> PreparedQuery<'a> {
    /// Makes a query ready.
    pub fn new(query: &'a CodeQuery, project: &'a Project, load: Load<'a>, extent: Extent) -> Self {
        let mut prepared = Self {
            query,
            project,
            load,
            extent,
            cases: BTreeMap::new(),
        };
        let mut nodes = Vec::new();
        collect_same_case(&query.root, None, &mut nodes);
        // The inner ones stand first, so that the outer ones can ask them.
        for (place, right, coders) in nodes {
            let mut cases = BTreeSet::new();
            for document in project.documents.values() {
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

    /// The passages of a document, in order.
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

/// A node's place, by which it is known while the query lives.
fn place_of(node: &Expression) -> usize {
    std::ptr::from_ref(node).addr()
}

/// CoderFilter whose codings alone count; `None` for all.
type CoderFilter = Option<BTreeSet<CoderId>>;

/// The right sides of `SAME case`, each with its place and the coders who count there; inner ones first.
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
            collect_same_case(inner, narrowed(coders, conditions).as_ref(), out)
        }
    }
}

/// The coders who count under conditions.
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
    fn content(&self) -> Option<&Content> {
        self.content
            .get_or_init(|| (self.prepared.load)(self.document))
            .as_deref()
    }

    /// Where the words begin that begin in a stretch of text; one that began before it doesn't.
    fn words_in(&self, range: TextRange) -> Vec<u32> {
        let from = range.start().saturating_sub(1);
        let text = self
            .content()
            .and_then(|content| content.text.slice(TextRange::between(from, range.end())))
            .unwrap_or_default();
        word_starts(text)
            .into_iter()
            .map(|start| start + from)
            .filter(|start| *start >= range.start())
            .collect()
    }

    /// The passages of a node; `coders` are the only ones whose codings count, where that is asked.
    fn found(&self, node: &Expression, coders: Option<&BTreeSet<CoderId>>) -> Passages {
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
                if one.is_empty() {
                    return one;
                }
                if *operator == Operator::Same(Shared::Case) {
                    let cases = self.prepared.cases.get(&place_of(node));
                    let shares = cases.is_some_and(|cases| !self.document.cases.is_disjoint(cases));
                    return if shares { one } else { Passages::new() };
                }
                let other = self.found(other, coders);
                self.pair(*operator, &one, &other)
            }
            Expression::Where(inner, conditions) => {
                let own = narrowed(coders, conditions);
                let mut found = self.found(inner, own.as_ref());
                found.retain(|range, _| {
                    conditions
                        .iter()
                        .all(|condition| self.holds(condition, *range))
                });
                found
            }
        }
    }

    fn coded(&self, term: &CodeTerm, coders: Option<&BTreeSet<CoderId>>) -> Passages {
        let counts = |coding: &&Coding| {
            term.codes.contains(&coding.code)
                && coders.is_none_or(|coders| coders.contains(&coding.coder))
                && term.facets.iter().all(|test| fits(test, coding))
        };
        let mut found = Passages::new();
        for coding in self.document.codings.iter().filter(counts) {
            found.entry(coding.range).or_default().insert(coding.id);
        }
        found
    }

    fn pair(&self, operator: Operator, one: &Passages, other: &Passages) -> Passages {
        let others: Vec<(TextRange, &BTreeSet<CodingId>)> = other
            .iter()
            .map(|(range, codings)| (*range, codings))
            .collect();
        let tree = Intervals::new(others.iter().map(|(range, _)| *range));
        let overlapping = |range: TextRange| {
            tree.overlapping(range)
                .into_iter()
                .filter_map(|at| others.get(at))
                .copied()
        };
        let mut by_end = others.clone();
        by_end.sort_by_key(|(range, _)| range.end());
        let of_speakers = operator == Operator::Same(Shared::Speaker);
        let speakers = others
            .iter()
            .filter(|_| of_speakers)
            .filter_map(|(range, _)| self.speaker(*range));
        let labels: BTreeSet<&str> = speakers.map(|(label, _)| label).collect();
        let mut found = Passages::new();
        let mut add =
            |range: TextRange, evidence: &BTreeSet<CodingId>, more: Option<&BTreeSet<CodingId>>| {
                found
                    .entry(range)
                    .or_default()
                    .extend(evidence.iter().chain(more.into_iter().flatten()));
            };
        for (range, evidence) in one {
            let range = *range;
            match operator {
                Operator::And => {
                    for (with, more) in overlapping(range) {
                        let common = TextRange::between(
                            range.start().max(with.start()),
                            range.end().min(with.end()),
                        );
                        add(
                            if self.prepared.extent == Extent::Union {
                                hull(range, with)
                            } else {
                                common
                            },
                            evidence,
                            Some(more),
                        );
                    }
                }
                Operator::Not => {
                    if overlapping(range).next().is_none() {
                        add(range, evidence, None);
                    }
                }
                Operator::Overlaps => {
                    overlapping(range).for_each(|(_, more)| add(range, evidence, Some(more)))
                }
                Operator::Within => {
                    overlapping(range)
                        .filter(|(with, _)| with.contains(range))
                        .for_each(|(_, more)| add(range, evidence, Some(more)));
                }
                Operator::Contains => {
                    overlapping(range)
                        .filter(|(with, _)| range.contains(*with))
                        .for_each(|(_, more)| add(range, evidence, Some(more)));
                }
                Operator::Near(distance) => {
                    let near = overlapping(self.around(range, distance))
                        .filter(|(with, _)| self.is_near(range, *with, distance));
                    near.for_each(|(with, more)| add(hull(range, with), evidence, Some(more)));
                }
                Operator::Before(distance) => {
                    let after = others
                        .get(others.partition_point(|(with, _)| with.start() < range.end())..)
                        .unwrap_or_default();
                    let next = after.first().map(|(with, _)| with.start());
                    let first = after
                        .iter()
                        .take_while(|(with, _)| Some(with.start()) == next);
                    let near = first.filter(|(with, _)| self.is_in_reach(range, *with, distance));
                    near.for_each(|(with, more)| add(hull(range, *with), evidence, Some(more)));
                }
                Operator::After(distance) => {
                    let before = by_end
                        .get(..by_end.partition_point(|(with, _)| with.end() <= range.start()))
                        .unwrap_or_default();
                    let last = before.last().map(|(with, _)| with.end());
                    let last = before
                        .iter()
                        .rev()
                        .take_while(|(with, _)| Some(with.end()) == last);
                    let near = last.filter(|(with, _)| self.is_in_reach(range, *with, distance));
                    near.for_each(|(with, more)| add(hull(range, *with), evidence, Some(more)));
                }
                Operator::Same(shared) => {
                    let shares = match shared {
                        Shared::Document | Shared::Case => !others.is_empty(),
                        Shared::Speaker => self
                            .speaker(range)
                            .is_some_and(|(label, _)| labels.contains(label)),
                        Shared::Turn => overlapping(self.around(range, Distance::Turns(0)))
                            .any(|(with, _)| self.is_near(range, with, Distance::Turns(0))),
                    };
                    if shares {
                        add(range, evidence, None);
                    }
                }
            }
        }
        found
    }

    /// First and last turn of a passage.
    fn turns_of(&self, range: TextRange) -> Option<(usize, usize)> {
        let content = self.content()?;
        let (first, _) = content.turn_at(range.start())?;
        let (last, _) = content.turn_at(range.end().saturating_sub(1).max(range.start()))?;
        Some((first, last))
    }

    fn is_in_reach(&self, one: TextRange, other: TextRange, distance: Option<Distance>) -> bool {
        distance.is_none_or(|distance| self.is_near(one, other, distance))
    }

    /// Whether two passages are at most so far apart.
    fn is_near(&self, one: TextRange, other: TextRange, distance: Distance) -> bool {
        match distance {
            Distance::Turns(turns) => {
                let (Some((a, b)), Some((c, d))) = (self.turns_of(one), self.turns_of(other))
                else {
                    return false;
                };
                let apart = c.saturating_sub(b).max(a.saturating_sub(d));
                u32::try_from(apart).is_ok_and(|apart| apart <= turns)
            }
            Distance::Words(words) => {
                let (from, to) = if one.end() <= other.start() {
                    (one.end(), other.start())
                } else {
                    (other.end(), one.start())
                };
                from >= to
                    || u32::try_from(self.words_in(TextRange::between(from, to)).len())
                        .is_ok_and(|between| between <= words)
            }
        }
    }

    /// A stretch of text in which everything lies that is near a passage.
    fn around(&self, range: TextRange, distance: Distance) -> TextRange {
        let length = self.document.len_chars();
        match distance {
            Distance::Turns(turns) => {
                let Some(((first, last), content)) = self.turns_of(range).zip(self.content())
                else {
                    return range;
                };
                let turns = usize::try_from(turns).unwrap_or(usize::MAX);
                let start = content
                    .turns
                    .get(first.saturating_sub(turns))
                    .map_or(0, |turn| turn.range.start());
                let end = content
                    .turns
                    .get(last.saturating_add(turns).saturating_add(1))
                    .map_or(length, |turn| turn.range.start());
                TextRange::between(start.min(range.start()), end.max(range.end()))
            }
            Distance::Words(words) => {
                /// Code points in which so many words lie, but for very long ones.
                const USUAL: u32 = 16;
                let wanted = words.saturating_add(2);
                let many = usize::try_from(wanted).unwrap_or(usize::MAX);
                let reach = wanted.saturating_mul(USUAL);
                let after = self.words_in(TextRange::between(
                    range.end(),
                    range.end().saturating_add(reach).min(length),
                ));
                let before = self.words_in(TextRange::between(
                    range.start().saturating_sub(reach),
                    range.start(),
                ));
                let end = after.get(many.saturating_sub(1)).copied().unwrap_or(length);
                let start = before
                    .len()
                    .checked_sub(many)
                    .and_then(|at| before.get(at))
                    .copied()
                    .unwrap_or(0);
                TextRange::between(start.min(range.start()), end.max(range.end()))
            }
        }
    }

    /// Label and case of who speaks where a passage begins.
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
            Condition::Documents(documents, _) => documents.contains(&self.document.id),
            Condition::Speakers(label) => self
                .speaker(range)
                .is_some_and(|(own, _)| fold(own) == *label),
            // Counted where the codings are taken.
            Condition::Coders(..) => true,
            Condition::Attribute(attributes, values, _) => {
                let case = self.speaker(range).and_then(|(_, case)| case);
                attributes.iter().any(|&attribute| {
                    let lookup = AttributeLookup {
                        project: self.prepared.project,
                        document: self.document,
                        attribute,
                        matches: &|value| values.matches(value),
                    };
                    lookup.matches_for(case)
                })
            }
        }
    }
}

fn hull(one: TextRange, other: TextRange) -> TextRange {
    TextRange::between(one.start().min(other.start()), one.end().max(other.end()))
}

fn fits(test: &FacetTest, coding: &Coding) -> bool {
    let mut values = coding
        .facets
        .iter()
        .filter(|(facet, _)| test.facets.contains(facet))
        .map(|(_, value)| value);
    match &test.test {
        Test::Is(wanted) => values.any(|value| wanted.contains(value)),
        // A coding without the facet has no such value either.
        Test::IsNot(wanted) => !values.any(|value| wanted.contains(value)),
        Test::AtLeast(least) => {
            values.any(|value| matches!(value, FacetValue::Intensity(value) if value >= least))
        }
        Test::AtMost(most) => {
            values.any(|value| matches!(value, FacetValue::Intensity(value) if value <= most))
        }
    }
}
