//! Conditions on what surrounds the text: fields of a query and filters of a request, looked up in the project.
//!
//! They are evaluated when a query runs, so that a new coding never touches the index.

use std::collections::BTreeSet;

use crate::{
    language::{fold::fold, values::ValueCondition},
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        document::{Document, SpeakerIndex},
        ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
        localized::Language,
        text::TextRange,
    },
};

use super::{
    Filters,
    error::{Problem, QueryError},
    query::{FieldTerm, QueryField},
};

/// Disjoint stretches of a document, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretches(Vec<TextRange>);

impl Stretches {
    /// What the ranges cover together; they come in order of their start.
    pub fn of(ranges: impl Iterator<Item = TextRange>) -> Self {
        let mut merged: Vec<TextRange> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start() <= last.end() => {
                    *last = TextRange::between(last.start(), last.end().max(range.end()))
                }
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// Whether some of it lies in the range.
    pub fn overlaps(&self, range: TextRange) -> bool {
        let next = self
            .0
            .partition_point(|stretch| stretch.end() <= range.start());
        self.0
            .get(next)
            .is_some_and(|stretch| stretch.overlaps(range))
    }
}

/// The fields of a query, each with the things its value names.
#[derive(Debug)]
pub struct Fields<'a> {
    project: &'a Project,
    named: Vec<ResolvedField>,
}

#[derive(Debug)]
enum ResolvedField {
    Speakers(BTreeSet<String>),
    Cases(BTreeSet<CaseId>),
    Phases(BTreeSet<PhaseId>),
    Codes(BTreeSet<CodeId>),
    Coders(BTreeSet<CoderId>),
    Documents(BTreeSet<DocumentId>),
    /// Documents, and codes.
    Sets(BTreeSet<DocumentId>, BTreeSet<CodeId>),
    /// Values of any of these attributes.
    Values(BTreeSet<AttributeId>, ValueCondition),
}

/// A condition within one document.
#[derive(Debug)]
struct DocumentCondition {
    /// It holds everywhere in the document.
    everywhere: bool,
    /// It holds where one of these speaks.
    speakers: BTreeSet<SpeakerIndex>,
    /// It holds where one of these lies.
    stretches: Stretches,
}

/// The fields of a query within one document.
#[derive(Debug)]
pub struct DocumentFields(Vec<DocumentCondition>);

impl<'a> Fields<'a> {
    /// Looks the values up.
    ///
    /// # Errors
    /// When a value names nothing in the project.
    pub fn resolve(terms: &[FieldTerm], project: &'a Project) -> Result<Self, QueryError> {
        Ok(Self {
            project,
            named: terms
                .iter()
                .map(|term| ResolvedField::resolve(term, project))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The conditions within a document.
    pub fn within(&self, document: &Document) -> DocumentFields {
        DocumentFields(
            self.named
                .iter()
                .map(|named| named.within(self.project, document))
                .collect(),
        )
    }
}

impl DocumentFields {
    /// Whether the field of this number holds in a turn.
    pub fn hold(&self, number: usize, turn: TextRange, speaker: Option<SpeakerIndex>) -> bool {
        let DocumentCondition {
            everywhere,
            speakers,
            stretches,
        } = &self.0[number];
        *everywhere
            || speaker.is_some_and(|speaker| speakers.contains(&speaker))
            || stretches.overlaps(turn)
    }
}

/// The keys whose name is the value, or failing that begins with it; both are folded.
fn named<K: Ord + Copy>(value: &str, names: impl Iterator<Item = (K, String)>) -> BTreeSet<K> {
    let value = fold(value);
    let (mut exact, mut beginning) = (BTreeSet::new(), BTreeSet::new());
    for (key, name) in names {
        let name = fold(&name);
        if name == value {
            exact.insert(key);
        } else if name.starts_with(&value) {
            beginning.insert(key);
        }
    }
    if exact.is_empty() { beginning } else { exact }
}

impl ResolvedField {
    fn resolve(term: &FieldTerm, project: &Project) -> Result<Self, QueryError> {
        let FieldTerm {
            field,
            attribute,
            value,
            at,
        } = term;
        let unknown = |value: &str| QueryError {
            at: *at,
            problem: Problem::Unknown {
                field: *field,
                value: value.to_owned(),
            },
        };
        let (found, empty) = match field {
            QueryField::Attribute => {
                let attributes = named(
                    attribute,
                    project
                        .attributes
                        .values()
                        .map(|attribute| (attribute.id, attribute.name.clone())),
                );
                if attributes.is_empty() {
                    return Err(unknown(attribute));
                }
                (Self::Values(attributes, ValueCondition::read(value)), false)
            }
            QueryField::Date => {
                let dates = project
                    .attributes
                    .values()
                    .filter(|attribute| attribute.kind == AttributeKind::Date);
                let dates: BTreeSet<AttributeId> = dates.map(|attribute| attribute.id).collect();
                let empty = dates.is_empty();
                (Self::Values(dates, ValueCondition::read(value)), empty)
            }
            // The parser puts what they stand for in their place.
            QueryField::Concept | QueryField::Kept => return Err(unknown(value)),
            QueryField::Speaker => {
                let labels: BTreeSet<&str> = speakers(project).collect();
                let labels: Vec<&str> = labels.into_iter().collect();
                let numbers = named(
                    value,
                    labels
                        .iter()
                        .enumerate()
                        .map(|(number, label)| (number, (*label).to_owned())),
                );
                (
                    Self::Speakers(
                        numbers
                            .iter()
                            .map(|&number| labels[number].to_owned())
                            .collect(),
                    ),
                    numbers.is_empty(),
                )
            }
            QueryField::Case => {
                let above = named(
                    value,
                    project
                        .cases
                        .values()
                        .map(|case| (case.id, case.name.clone())),
                );
                (Self::Cases(cases_within(project, &above)), above.is_empty())
            }
            QueryField::Phase => {
                let phases = named(
                    value,
                    project
                        .phases
                        .values()
                        .map(|phase| (phase.id, phase.name.clone())),
                );
                let empty = phases.is_empty();
                (Self::Phases(phases), empty)
            }
            QueryField::Code => {
                let above = codes_named(value, project);
                (
                    Self::Codes(
                        above
                            .iter()
                            .flat_map(|&id| project.codebook.with_descendants(id))
                            .collect(),
                    ),
                    above.is_empty(),
                )
            }
            QueryField::Coder => {
                let coders = named(
                    value,
                    project
                        .coders
                        .values()
                        .map(|coder| (coder.id, coder.name.clone())),
                );
                let empty = coders.is_empty();
                (Self::Coders(coders), empty)
            }
            QueryField::Document => {
                let documents = named(
                    value,
                    project
                        .documents
                        .values()
                        .map(|document| (document.id, document.title.clone())),
                );
                let empty = documents.is_empty();
                (Self::Documents(documents), empty)
            }
            QueryField::Set => {
                let sets = named(
                    value,
                    project.sets.values().map(|set| (set.id, set.name.clone())),
                );
                let found = || sets.iter().filter_map(|id| project.sets.get(id));
                let documents = found()
                    .flat_map(|set| project.documents_of_set(set))
                    .collect();
                let codes = found()
                    .flat_map(|set| set.codes())
                    .flat_map(|code| project.codebook.with_descendants(code))
                    .collect();
                (Self::Sets(documents, codes), sets.is_empty())
            }
        };
        if empty {
            Err(unknown(value))
        } else {
            Ok(found)
        }
    }

    fn within(&self, project: &Project, document: &Document) -> DocumentCondition {
        let mut condition = DocumentCondition {
            everywhere: false,
            speakers: BTreeSet::new(),
            stretches: Stretches::default(),
        };
        match self {
            Self::Speakers(labels) => {
                condition.speakers =
                    speakers_where(document, |speaker| labels.contains(&speaker.label))
            }
            Self::Cases(cases) => {
                condition.everywhere = !document.cases.is_disjoint(cases);
                condition.speakers = speakers_where(document, |speaker| {
                    speaker.case.is_some_and(|case| cases.contains(&case))
                });
            }
            Self::Phases(phases) => {
                condition.everywhere = document.phase.is_some_and(|phase| phases.contains(&phase))
            }
            Self::Codes(codes) => {
                condition.stretches = coded(document, |coding| codes.contains(&coding.code))
            }
            Self::Coders(coders) => {
                condition.stretches = coded(document, |coding| coders.contains(&coding.coder))
            }
            Self::Documents(documents) => condition.everywhere = documents.contains(&document.id),
            Self::Sets(documents, codes) => {
                condition.everywhere = documents.contains(&document.id);
                condition.stretches = coded(document, |coding| codes.contains(&coding.code));
            }
            Self::Values(attributes, wanted) => {
                for attribute in attributes {
                    let one = attribute_condition(project, *attribute, document, &|value| {
                        wanted.fits(value)
                    });
                    condition.everywhere |= one.everywhere;
                    condition.speakers.extend(one.speakers);
                }
            }
        }
        condition
    }
}

fn speakers(project: &Project) -> impl Iterator<Item = &str> {
    project.documents.values().flat_map(|document| {
        document
            .speakers
            .iter()
            .map(|speaker| speaker.label.as_str())
    })
}

/// The codes of a name or path in any language, or failing that those whose name begins so.
pub fn codes_named(name: &str, project: &Project) -> BTreeSet<CodeId> {
    named(name, code_names(project))
}

/// Every code under its names and its paths, in all languages.
fn code_names(project: &Project) -> impl Iterator<Item = (CodeId, String)> {
    let book = &project.codebook;
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

fn cases_within(project: &Project, above: &BTreeSet<CaseId>) -> BTreeSet<CaseId> {
    project
        .cases
        .keys()
        .copied()
        .filter(|&case| above.iter().any(|&top| project.case_is_within(case, top)))
        .collect()
}

fn speakers_where(
    document: &Document,
    wanted: impl Fn(&crate::model::document::Speaker) -> bool,
) -> BTreeSet<SpeakerIndex> {
    let numbered = document.speakers.iter().enumerate();
    numbered
        .filter(|(_, speaker)| wanted(speaker))
        .filter_map(|(number, _)| SpeakerIndex::try_from(number).ok())
        .collect()
}

fn coded(document: &Document, wanted: impl Fn(&crate::model::coding::Coding) -> bool) -> Stretches {
    Stretches::of(
        document
            .codings
            .iter()
            .filter(|coding| wanted(coding))
            .map(|coding| coding.range),
    )
}

/// The filters of a request, with the things below those named.
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
    /// Conditions that must hold all.
    conditions: Vec<DocumentCondition>,
    inside: Option<Stretches>,
    outside: Stretches,
}

impl<'a> FilterSet<'a> {
    /// Makes filters ready.
    pub fn new(filters: &'a Filters, project: &'a Project) -> Self {
        let below = |codes: &BTreeSet<CodeId>| {
            codes
                .iter()
                .flat_map(|&id| project.codebook.with_descendants(id))
                .collect()
        };
        Self {
            filters,
            project,
            cases: cases_within(project, &filters.cases),
            in_codes: below(&filters.in_codes),
            not_in_codes: below(&filters.not_in_codes),
        }
    }

    /// Whether they let whole documents through or not, and never parts of one.
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

    /// The filters within a document, or `None` when nothing of it can pass.
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
        let asked: BTreeSet<AttributeId> =
            attributes.iter().map(|(attribute, _)| *attribute).collect();
        conditions.extend(
            asked
                .into_iter()
                .map(|attribute| self.attribute(attribute, document)),
        );
        if conditions
            .iter()
            .any(|condition| !condition.everywhere && condition.speakers.is_empty())
        {
            return None;
        }
        let counts = |coding: &crate::model::coding::Coding| {
            coders.is_empty() || coders.contains(&coding.coder)
        };
        let inside = if !in_codes.is_empty() {
            Some(coded(document, |coding| {
                counts(coding) && self.in_codes.contains(&coding.code)
            }))
        } else if !coders.is_empty() && not_in_codes.is_empty() {
            Some(coded(document, counts))
        } else {
            None
        };
        let outside = coded(document, |coding| {
            counts(coding) && self.not_in_codes.contains(&coding.code)
        });
        Some(DocumentFilter {
            conditions,
            inside,
            outside,
        })
    }

    fn attribute(&self, attribute: AttributeId, document: &Document) -> DocumentCondition {
        let asked = self
            .filters
            .attributes
            .iter()
            .filter(|(id, _)| *id == attribute);
        let wanted: BTreeSet<String> = asked.map(|(_, text)| fold(text)).collect();
        attribute_condition(self.project, attribute, document, &|value| {
            wanted.contains(&fold(&value.to_text()))
        })
    }
}

/// Where an attribute of the speaker's case, or one above it, has a value that fits; where that says nothing, the document or its cases answer.
fn attribute_condition(
    project: &Project,
    attribute: AttributeId,
    document: &Document,
    fits: &dyn Fn(&AttributeValue) -> bool,
) -> DocumentCondition {
    let mut condition = DocumentCondition {
        everywhere: false,
        speakers: BTreeSet::new(),
        stretches: Stretches::default(),
    };
    // Whether a value there fits; `None` when there is no value.
    let has = |values: &crate::model::attribute::Values| {
        let in_phase = |phase: &Option<PhaseId>| {
            phase.is_none() || document.phase.is_none() || *phase == document.phase
        };
        let mut of_it = values
            .iter()
            .filter(|((id, phase), _)| *id == attribute && in_phase(phase))
            .peekable();
        of_it.peek()?;
        Some(of_it.any(|(_, value)| fits(value)))
    };
    if project
        .attributes
        .get(&attribute)
        .is_some_and(|attribute| attribute.of == AttributeOf::Documents)
    {
        condition.everywhere = has(&document.values).unwrap_or(false);
        return condition;
    }
    let of_case = |case: CaseId| {
        let mut next = Some(case);
        for _ in 0..=project.cases.len() {
            let case = project.cases.get(&next?)?;
            if let Some(fits) = has(&case.values) {
                return Some(fits);
            }
            next = case.parent;
        }
        None
    };
    let of_document = document
        .cases
        .iter()
        .any(|&case| of_case(case) == Some(true));
    let of_speaker = |case: Option<CaseId>| case.and_then(of_case).unwrap_or(of_document);
    condition.speakers = speakers_where(document, |speaker| of_speaker(speaker.case));
    condition.everywhere = of_document && condition.speakers.len() == document.speakers.len();
    condition
}

impl DocumentFilter {
    /// Whether everything in the document passes.
    pub fn is_open(&self) -> bool {
        self.inside.is_none()
            && self.outside.0.is_empty()
            && self.conditions.iter().all(|condition| condition.everywhere)
    }

    /// Whether a hit passes; `speaker` says it.
    pub fn passes(&self, hit: TextRange, speaker: Option<SpeakerIndex>) -> bool {
        let said = |condition: &DocumentCondition| {
            condition.everywhere
                || speaker.is_some_and(|speaker| condition.speakers.contains(&speaker))
        };
        self.conditions.iter().all(said)
            && self
                .inside
                .as_ref()
                .is_none_or(|inside| inside.overlaps(hit))
            && !self.outside.overlaps(hit)
    }
}
