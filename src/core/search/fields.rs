//! Conditions on the context of a text: the fields of a query, resolved in the project.
//!
//! They are evaluated when a query runs instead of being indexed, so that a new coding never changes the index.

use std::collections::BTreeSet;

use crate::{
    language::{
        fold::matching_names,
        values::{AttributeLookup, ValueCondition, is_of_dates},
    },
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeValue},
        coding::Coding,
        document::{Document, Speaker, SpeakerIndex},
        ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId, SetId},
        localized::Language,
        text::TextRange,
    },
};

use super::{
    error::{Problem, QueryError},
    query::{FieldTerm, QueryField},
};

/// Sorted ranges of a document that neither overlap nor touch each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretches(Vec<TextRange>);

impl Stretches {
    /// Merges ranges, which must be sorted by their start.
    pub fn of(ranges: impl Iterator<Item = TextRange>) -> Self {
        let mut merged: Vec<TextRange> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start() <= last.end() => {
                    *last = TextRange::between(last.start(), last.end().max(range.end()));
                }
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// Returns true if there are no stretches.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns true if a stretch overlaps the range.
    pub fn overlaps(&self, range: TextRange) -> bool {
        let next = self
            .0
            .partition_point(|stretch| stretch.end() <= range.start());
        self.0
            .get(next)
            .is_some_and(|stretch| stretch.overlaps(range))
    }
}

/// The fields of a query, with what their values name in the project.
#[derive(Debug)]
pub struct Fields<'a> {
    project: &'a Project,
    resolved: Vec<ResolvedField>,
}

/// The things that the value of a field names.
#[derive(Debug)]
pub(super) enum ResolvedField {
    Speakers(BTreeSet<String>),
    Cases(BTreeSet<CaseId>),
    Phases(BTreeSet<PhaseId>),
    Codes(BTreeSet<CodeId>),
    Coders(BTreeSet<CoderId>),
    Documents(BTreeSet<DocumentId>),
    /// The documents and codes of sets.
    Sets(BTreeSet<DocumentId>, BTreeSet<CodeId>),
    /// Any of these attributes, with the values that match.
    Values(BTreeSet<AttributeId>, ValueCondition),
}

/// Where a condition holds within one document.
#[derive(Debug, Default)]
pub(super) struct DocumentCondition {
    /// True if the condition holds everywhere in the document.
    pub everywhere: bool,
    /// The condition holds where one of these speaks.
    pub speakers: BTreeSet<SpeakerIndex>,
    /// The condition holds where text overlaps one of these.
    stretches: Stretches,
}

impl DocumentCondition {
    /// Returns true if the condition holds wherever a speaker speaks.
    pub(super) fn holds_for(&self, speaker: Option<SpeakerIndex>) -> bool {
        self.everywhere || speaker.is_some_and(|speaker| self.speakers.contains(&speaker))
    }
}

/// Where the fields of a query hold within one document, in the order of the fields.
#[derive(Debug)]
pub struct DocumentFields(Vec<DocumentCondition>);

impl<'a> Fields<'a> {
    /// Resolves the values of all fields.
    ///
    /// # Errors
    /// A value names nothing in the project.
    pub fn resolve(terms: &[FieldTerm], project: &'a Project) -> Result<Self, QueryError> {
        Ok(Self {
            project,
            resolved: terms
                .iter()
                .map(|term| ResolvedField::resolve(term, project))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The conditions within a document.
    pub fn within(&self, document: &Document) -> DocumentFields {
        DocumentFields(
            self.resolved
                .iter()
                .map(|field| field.within(self.project, document))
                .collect(),
        )
    }
}

impl DocumentFields {
    /// Returns true if the field with this number holds in a turn.
    pub fn hold(&self, number: usize, turn: TextRange, speaker: Option<SpeakerIndex>) -> bool {
        let condition = &self.0[number];
        condition.holds_for(speaker) || condition.stretches.overlaps(turn)
    }
}

/// The error for a value that names nothing.
fn unknown(term: &FieldTerm, value: &str) -> QueryError {
    QueryError {
        at: term.at,
        problem: Problem::Unknown {
            field: term.field,
            value: value.to_owned(),
        },
    }
}

/// What a name names; `None` if it is nothing.
fn named<K: Ord>(
    name: &str,
    names: impl Iterator<Item = (K, impl AsRef<str>)>,
) -> Option<BTreeSet<K>> {
    non_empty(matching_names(name, names))
}

fn non_empty<T>(set: BTreeSet<T>) -> Option<BTreeSet<T>> {
    (!set.is_empty()).then_some(set)
}

impl ResolvedField {
    fn resolve(term: &FieldTerm, project: &Project) -> Result<Self, QueryError> {
        let value = term.value.as_str();
        let resolved = match term.field {
            QueryField::Attribute => {
                let attributes = project.attributes_of_passages();
                let names = attributes.flat_map(|own| own.names().map(|name| (own.id, name)));
                // It is the attribute that isn't known, not the value, which may be anything.
                let Some(attributes) = named(&term.attribute, names) else {
                    return Err(unknown(term, &term.attribute));
                };
                Some(Self::Values(attributes, ValueCondition::read(value)))
            }
            QueryField::Date => {
                if !is_of_dates(value) {
                    return Err(QueryError {
                        at: term.at,
                        problem: Problem::NoDate(value.to_owned()),
                    });
                }
                let attributes = project.attributes_of_passages();
                let dates = attributes.filter(|attribute| attribute.kind == AttributeKind::Date);
                non_empty(dates.map(|attribute| attribute.id).collect())
                    .map(|dates| Self::Values(dates, ValueCondition::read(value)))
            }
            // The parser has replaced concepts and saved queries by their alternatives.
            QueryField::Concept | QueryField::Kept => None,
            QueryField::Speaker => {
                let labels = speaker_labels(project).into_iter();
                named(value, labels.map(|label| (label.to_owned(), label))).map(Self::Speakers)
            }
            QueryField::Case => {
                let cases = project.cases.values();
                named(value, cases.map(|case| (case.id, &case.name)))
                    .map(|above| Self::Cases(cases_within(project, &above)))
            }
            QueryField::Phase => {
                let phases = project.phases.values();
                let names = phases.flat_map(|phase| phase.names().map(|name| (phase.id, name)));
                named(value, names).map(Self::Phases)
            }
            QueryField::Code => non_empty(codes_named(value, project))
                .map(|above| Self::Codes(codes_within(project, above))),
            QueryField::Coder => {
                let coders = project.coders.values();
                named(value, coders.map(|coder| (coder.id, &coder.name))).map(Self::Coders)
            }
            QueryField::Document => {
                let documents = project.documents.values();
                named(
                    value,
                    documents.map(|document| (document.id, &document.title)),
                )
                .map(Self::Documents)
            }
            QueryField::Set => {
                let sets = project.sets.values();
                named(value, sets.map(|set| (set.id, &set.name)))
                    .map(|sets| Self::of_sets(project, &sets))
            }
        };
        resolved.ok_or_else(|| unknown(term, value))
    }

    /// The documents and the codes of sets.
    fn of_sets(project: &Project, ids: &BTreeSet<SetId>) -> Self {
        let sets: Vec<_> = ids.iter().filter_map(|id| project.sets.get(id)).collect();
        let documents = sets.iter().flat_map(|set| project.documents_of_set(set));
        let codes = sets.iter().flat_map(|set| set.codes());
        Self::Sets(documents.collect(), codes_within(project, codes))
    }

    /// Where the field holds in a document.
    pub(super) fn within(&self, project: &Project, document: &Document) -> DocumentCondition {
        let mut condition = DocumentCondition::default();
        match self {
            Self::Speakers(labels) => {
                condition.speakers =
                    speakers_where(document, |speaker| labels.contains(&speaker.label));
            }
            Self::Cases(cases) => {
                condition.everywhere = !document.cases.is_disjoint(cases);
                condition.speakers = speakers_where(document, |speaker| {
                    speaker.case.is_some_and(|case| cases.contains(&case))
                });
            }
            Self::Phases(phases) => {
                condition.everywhere = document.phase.is_some_and(|phase| phases.contains(&phase));
            }
            Self::Codes(codes) => {
                condition.stretches = coded(document, |coding| codes.contains(&coding.code));
            }
            Self::Coders(coders) => {
                condition.stretches = coded(document, |coding| coders.contains(&coding.coder));
            }
            Self::Documents(documents) => condition.everywhere = documents.contains(&document.id),
            Self::Sets(documents, codes) => {
                condition.everywhere = documents.contains(&document.id);
                condition.stretches = coded(document, |coding| codes.contains(&coding.code));
            }
            Self::Values(attributes, values) => {
                for attribute in attributes {
                    let one = attribute_condition(project, *attribute, document, &|of, value| {
                        values.matches(of, value)
                    });
                    condition.everywhere |= one.everywhere;
                    condition.speakers.extend(one.speakers);
                }
            }
        }
        condition
    }
}

/// The labels of all speakers.
fn speaker_labels(project: &Project) -> BTreeSet<&str> {
    let documents = project.documents.values();
    let speakers = documents.flat_map(|document| &document.speakers);
    speakers.map(|speaker| speaker.label.as_str()).collect()
}

/// The codes with a name or path in any language; if there are none, those whose name or path begins with it.
pub fn codes_named(name: &str, project: &Project) -> BTreeSet<CodeId> {
    matching_names(name, code_names(project))
}

/// Pairs every code with its names and its paths, in all languages.
fn code_names(project: &Project) -> impl Iterator<Item = (CodeId, String)> {
    let book = &project.codebook;
    // No code has a translation into the empty language, so the path in it is that of the main names.
    book.codes.values().flat_map(move |code| {
        let languages = code
            .name
            .translations
            .keys()
            .cloned()
            .chain([Language(std::borrow::Cow::Borrowed(""))]);
        let paths = languages.map(move |language| book.path_in(code.id, &language));
        paths
            .chain(code.name.all().map(str::to_owned))
            .map(move |name| (code.id, name))
    })
}

/// The codes and their descendants.
pub(super) fn codes_within(
    project: &Project,
    codes: impl IntoIterator<Item = CodeId>,
) -> BTreeSet<CodeId> {
    let codes = codes.into_iter();
    codes
        .flat_map(|id| project.codebook.with_descendants(id))
        .collect()
}

/// The cases and all cases below them.
pub(super) fn cases_within(project: &Project, above: &BTreeSet<CaseId>) -> BTreeSet<CaseId> {
    project
        .cases
        .keys()
        .copied()
        .filter(|&case| above.iter().any(|&top| project.case_is_within(case, top)))
        .collect()
}

/// The speakers of a document that satisfy a condition.
fn speakers_where(
    document: &Document,
    condition: impl Fn(&Speaker) -> bool,
) -> BTreeSet<SpeakerIndex> {
    let numbered = (0..).zip(&document.speakers);
    numbered
        .filter(|(_, speaker)| condition(speaker))
        .map(|(number, _)| number)
        .collect()
}

/// The stretches of a document that are covered by the codings that satisfy a condition.
pub(super) fn coded(document: &Document, condition: impl Fn(&Coding) -> bool) -> Stretches {
    // The codings of a document are sorted by position, as merging their ranges requires.
    let codings = document.codings.iter();
    Stretches::of(
        codings
            .filter(|coding| condition(coding))
            .map(|coding| coding.range),
    )
}

/// Where in a document an attribute has a matching value.
pub(super) fn attribute_condition(
    project: &Project,
    attribute: AttributeId,
    document: &Document,
    matches: &dyn Fn(&Attribute, &AttributeValue) -> bool,
) -> DocumentCondition {
    let lookup = AttributeLookup {
        project,
        document,
        attribute,
        matches,
    };
    let speakers = speakers_where(document, |speaker| lookup.matches_for(speaker.case));
    // A speaker whose case has another value is an exception, so the document as a whole doesn't match.
    let everywhere = lookup.matches_for(None) && speakers.len() == document.speakers.len();
    DocumentCondition {
        everywhere,
        speakers,
        stretches: Stretches::default(),
    }
}
