//! Copies of a project in which values of facets or of an attribute take the place of codes.
//!
//! Every table of codes can so be a table of values too.
//! Facets of several codes with the same name are one facet: each code of the looking-glass self asks for its own *judgement*.
//! The copy is only counted, never stored; its codings keep their ids and positions, so that figures lead back to them.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use super::{
    Loader,
    frequency::{Filter, Measure, ValuesOfCodings},
    merging::{CoderCount, merged_by},
};
use crate::{
    language::fold::fold,
    model::{
        Project,
        attribute::AttributeValue,
        code::{Code, Hue},
        codebook::Codebook,
        coding::Coding,
        facet::FacetKind,
        ids::{AttributeId, CodeId, FacetId},
        localized::{Language, Localized},
    },
};

/// A facet that one or several codes ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedFacet {
    /// The name of the facet, as the first code of the tree has it.
    pub name: Localized,
    /// The listed values, in order.
    pub values: Vec<Localized>,
    /// The ids of the facet in the codes that ask for it.
    pub ids: BTreeSet<FacetId>,
    /// The codes that ask for it.
    pub codes: BTreeSet<CodeId>,
}

impl SharedFacet {
    /// The name of a value in both languages; a value that is not listed is its own name.
    fn named(&self, text: &str) -> Localized {
        self.values
            .iter()
            .find(|value| value.text == text)
            .cloned()
            .unwrap_or_else(|| Localized::plain(text))
    }

    /// The position of a value in order; those that aren't listed come last.
    fn position(&self, text: &str) -> usize {
        let listed = self.values.iter().position(|value| value.text == text);
        listed.unwrap_or(usize::MAX)
    }

    /// Adds a facet of the same name that another code asks for, with the values that are new.
    fn extend(&mut self, code: CodeId, facet: FacetId, values: Vec<Localized>) {
        self.ids.insert(facet);
        self.codes.insert(code);
        for value in values {
            if self.values.iter().all(|known| known.text != value.text) {
                self.values.push(value);
            }
        }
    }
}

/// The facets of a codebook, or of the codes from one down, in the order in which the tree names them.
pub fn facets(book: &Codebook, from: Option<CodeId>) -> Vec<SharedFacet> {
    let within = from.map(|code| book.with_descendants(code));
    let mut found: Vec<SharedFacet> = Vec::new();
    let mut position_of: BTreeMap<String, usize> = BTreeMap::new();
    for (_, code) in book.in_order() {
        if within
            .as_ref()
            .is_some_and(|within| !within.contains(&code.id))
        {
            continue;
        }
        for facet in &code.facets {
            let values = match &facet.kind {
                FacetKind::Category(values) => values.clone(),
                FacetKind::YesNo => [false, true].map(yes_or_no).to_vec(),
                FacetKind::Intensity | FacetKind::Text => Vec::new(),
            };
            match position_of.entry(fold(&facet.name.text)) {
                Entry::Occupied(position) => {
                    found[*position.get()].extend(code.id, facet.id, values);
                }
                Entry::Vacant(position) => {
                    position.insert(found.len());
                    found.push(SharedFacet {
                        name: facet.name.clone(),
                        values,
                        ids: [facet.id].into(),
                        codes: [code.id].into(),
                    });
                }
            }
        }
    }
    found
}

/// The facet of a name, in any language.
pub fn facet_named<'a>(facets: &'a [SharedFacet], name: &str) -> Option<&'a SharedFacet> {
    facets
        .iter()
        .find(|facet| facet.name.all().any(|own| fold(own) == fold(name)))
}

/// Replaces codes by values of facets: those of the first facet are themes, those of the next one are below them, and so on.
///
/// Only codings with a code that asks for the first facet are kept. A value that the coder left open is "not given".
/// Merged, overlapping codings of one code are one here already, as far as they have the same values.
pub fn by_facets(
    project: &Project,
    levels: &[&SharedFacet],
    filter: &Filter,
    counting: CoderCount,
) -> Project {
    let mut copy = project.clone();
    copy.codebook = Codebook::default();
    let Some(first) = levels.first() else {
        return without_codings(copy);
    };
    let mut tree = ValueTree::default();
    for document in project.documents.values() {
        for coding in &document.codings {
            if first.codes.contains(&coding.code) {
                tree.insert(&value_path(coding, levels), levels);
            }
        }
    }
    tree.fill(&mut copy.codebook, levels);
    for document in copy.documents.values_mut() {
        // A document without codings is the same in the copy and needn't be cloned.
        if document.codings.is_empty() {
            continue;
        }
        let document = Arc::make_mut(document);
        let recoded = std::mem::take(&mut document.codings)
            .into_iter()
            .filter(|coding| first.codes.contains(&coding.code))
            .map(|coding| {
                let code = tree.codes[&value_path(&coding, levels)];
                (coding.code, Coding { code, ..coding })
            });
        document.codings = counted_once(recoded.collect(), filter, counting);
    }
    copy
}

/// How the codings of a copy are to be counted: those of one that is merged already, each.
pub fn counting_of_copy(measure: Measure, filter: &Filter) -> Option<CoderCount> {
    match measure.counting(filter.counting) {
        CoderCount::Merged => Some(CoderCount::All),
        other => Some(other),
    }
}

/// The codings of a copy, each with the code that it had; merged if those of several coders are to be.
fn counted_once(
    codings: Vec<(CodeId, Coding)>,
    filter: &Filter,
    counting: CoderCount,
) -> Vec<Coding> {
    match counting {
        CoderCount::Merged => merged_by(&codings, |coder| filter.admits_coder(coder)),
        CoderCount::Average | CoderCount::All => {
            codings.into_iter().map(|(_, coding)| coding).collect()
        }
    }
}

/// Replaces codes by values of an attribute; a coding is copied under each value that it has: that of its document, or
/// those of the cases that it is given to. One without any is "not given".
pub fn by_attribute(
    project: &Project,
    attribute: AttributeId,
    filter: &Filter,
    counting: CoderCount,
    load: &Loader<'_>,
) -> Project {
    let mut copy = project.clone();
    copy.codebook = Codebook::default();
    let values = ValuesOfCodings::new(project, attribute);
    let mut hues = ValueHues::default();
    let described = project.attributes.get(&attribute);
    let name = |value: &AttributeValue| match described {
        Some(attribute) => attribute.localized_value(value),
        None => value.localized(),
    };
    let codes: Vec<CodeId> = values
        .values()
        .iter()
        .map(|value| add_code(&mut copy.codebook, &mut hues, None, name(value)))
        .collect();
    let mut without = None;
    for (id, document) in &project.documents {
        if document.codings.is_empty() {
            continue;
        }
        let content = load(document).filter(|_| !values.are_of_documents());
        let turns = content.as_deref().map_or(&[][..], |content| &content.turns);
        let mut copies = Vec::new();
        for (coding, numbers) in document
            .codings
            .iter()
            .zip(values.of_codings(document, turns, filter))
        {
            let mut own: Vec<CodeId> = numbers.into_iter().map(|number| codes[number]).collect();
            if own.is_empty() {
                own.push(*without.get_or_insert_with(|| {
                    add_code(&mut copy.codebook, &mut hues, None, not_given())
                }));
            }
            copies.extend(own.into_iter().map(|code| {
                let recoded = Coding {
                    code,
                    ..coding.clone()
                };
                (coding.code, recoded)
            }));
        }
        let document = copy.documents.get_mut(id).map(Arc::make_mut);
        if let Some(document) = document {
            document.codings = counted_once(copies, filter, counting);
        }
    }
    copy
}

fn without_codings(mut project: Project) -> Project {
    project
        .documents
        .values_mut()
        .for_each(|document| Arc::make_mut(document).codings.clear());
    project
}

/// The values of a coding, level by level; `None` for one that was not given.
type ValuePath = Vec<Option<String>>;

fn value_path(coding: &Coding, levels: &[&SharedFacet]) -> ValuePath {
    levels
        .iter()
        .map(|level| {
            let mut values = coding.facets.iter();
            let (_, value) = values.find(|(facet, _)| level.ids.contains(*facet))?;
            Some(value.to_text())
        })
        .collect()
}

/// Paths of values with the codes that replace them.
#[derive(Debug, Default)]
struct ValueTree {
    /// The key has each value after its position among those of its level, so that the order of the map is that of the tree.
    paths: BTreeMap<Vec<(usize, Option<String>)>, ValuePath>,
    codes: BTreeMap<ValuePath, CodeId>,
}

impl ValueTree {
    /// Adds a path and all paths above it.
    fn insert(&mut self, path: &[Option<String>], levels: &[&SharedFacet]) {
        let mut key = Vec::with_capacity(path.len());
        for (depth, (value, level)) in path.iter().zip(levels).enumerate() {
            // "Not given" comes after the listed values.
            let position = value
                .as_deref()
                .map_or(usize::MAX, |value| level.position(value));
            key.push((position, value.clone()));
            self.paths
                .entry(key.clone())
                .or_insert_with(|| path[..=depth].to_vec());
        }
    }

    /// Adds a code for each path to a codebook.
    fn fill(&mut self, book: &mut Codebook, levels: &[&SharedFacet]) {
        let mut hues = ValueHues::default();
        for path in self.paths.values() {
            let Some((value, above)) = path.split_last() else {
                continue;
            };
            let name = match value {
                Some(text) => levels[above.len()].named(text),
                None => not_given(),
            };
            // A path above comes before those below it, so its code exists already.
            let parent = self.codes.get(above).copied();
            self.codes
                .insert(path.clone(), add_code(book, &mut hues, parent, name));
        }
    }
}

/// The name of an answer to yes or no, as it is stored and in Chinese.
fn yes_or_no(answer: bool) -> Localized {
    AttributeValue::YesNo(answer).localized()
}

/// The name of a value that was not given.
fn not_given() -> Localized {
    Localized {
        text: "not given".to_owned(),
        translations: BTreeMap::from([(Language::ZH, "未填".to_owned())]),
    }
}

/// Colours for values at the top of the tree.
#[derive(Debug, Default)]
struct ValueHues(u8);

impl ValueHues {
    fn next(&mut self) -> Hue {
        // Steps of 5 give neighbouring values colours that are far apart.
        self.0 = self.0.wrapping_add(5);
        Hue::new(self.0)
    }
}

fn add_code(
    book: &mut Codebook,
    hues: &mut ValueHues,
    parent: Option<CodeId>,
    name: Localized,
) -> CodeId {
    let id = CodeId::from_u128(book.codes.len() as u128 + 1);
    let above = parent.and_then(|parent| book.get(parent));
    let hue = above.map_or_else(|| hues.next(), |above| above.hue);
    let place = book.last_place(parent);
    book.codes
        .insert(id, Arc::new(Code::new(id, place, name, hue)));
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            frequency::{Columns, FrequencyOptions, Rows},
            sample::{SampleProject, by_hand},
        },
        model::{
            facet::{Facet, FacetValue},
            ids::{CodingId, DocumentId},
        },
    };

    /// Shame and pride ask for a judgement each, shame for a feeling too.
    fn asked() -> SampleProject {
        let mut study = by_hand();
        let facet = |id: u128, name: &str, values: &[&str]| Facet {
            id: FacetId::from_u128(id),
            name: Localized::plain(name),
            kind: FacetKind::Category(
                values
                    .iter()
                    .map(|value| Localized::plain(*value))
                    .collect(),
            ),
        };
        let mut ask = |code: u128, facets: Vec<Facet>| {
            let code = study
                .project
                .codebook
                .codes
                .get_mut(&CodeId::from_u128(code))
                .unwrap();
            Arc::make_mut(code).facets = facets;
        };
        ask(
            2,
            vec![
                facet(1, "judgement", &["good", "bad"]),
                facet(2, "feeling", &["joy", "fear"]),
            ],
        );
        ask(3, vec![facet(3, "Judgement", &["good", "mixed"])]);
        let mut set = |document: u128, coding: u128, facet: u128, value: &str| {
            let document = study
                .project
                .documents
                .get_mut(&DocumentId::from_u128(document))
                .unwrap();
            let coding = Arc::make_mut(document)
                .codings
                .iter_mut()
                .find(|other| other.id == CodingId::from_u128(coding))
                .unwrap();
            coding.facets.insert(
                FacetId::from_u128(facet),
                FacetValue::Category(value.to_owned()),
            );
        };
        set(30, 1, 1, "bad");
        set(30, 1, 2, "fear");
        set(30, 2, 3, "mixed");
        set(10, 7, 1, "bad");
        study
    }

    fn table(study: SampleProject, project: Project, rows: Rows) -> Vec<String> {
        let study = SampleProject { project, ..study };
        let table = study.table(&FrequencyOptions {
            rows,
            columns: Columns::Codes,
            roll_up: true,
            ..FrequencyOptions::default()
        });
        let cell = |row: usize, column: usize| table.segments(&study.project, row, column).len();
        let columns = table.columns.iter().enumerate();
        columns
            .map(|(column, head)| {
                format!(
                    "{} {:?}",
                    head.path,
                    (0..table.rows.len())
                        .map(|row| cell(row, column))
                        .collect::<Vec<_>>()
                )
            })
            .collect()
    }

    #[test]
    fn facets_of_one_name_are_one_and_their_values_stand_as_codes() {
        let study = asked();
        let facets = facets(&study.project.codebook, None);
        assert_eq!(
            facets
                .iter()
                .map(|facet| (facet.name.text.as_str(), facet.values.len()))
                .collect::<Vec<_>>(),
            [("judgement", 3), ("feeling", 2)]
        );
        let recast = by_facets(
            &study.project,
            &[&facets[0], &facets[1]],
            &Filter::default(),
            CoderCount::All,
        );
        // Rows: Lin, Wu, Reed and what belongs to no family.
        let expected = [
            "bad [1, 0, 1, 0]",
            "bad/fear [1, 0, 0, 0]",
            "bad/not given [0, 0, 1, 0]",
            "mixed [1, 0, 0, 0]",
        ];
        let rest = [
            "mixed/not given [1, 0, 0, 0]",
            "not given [1, 0, 0, 0]",
            "not given/not given [1, 0, 0, 0]",
        ];
        assert_eq!(
            table(study, recast, Rows::Family),
            expected.into_iter().chain(rest).collect::<Vec<_>>()
        );
    }

    #[test]
    fn values_of_an_attribute_stand_as_codes() {
        let study = by_hand();
        let recast = by_attribute(
            &study.project,
            AttributeId::from_u128(2),
            &Filter::default(),
            CoderCount::All,
            &|document| study.contents.get(&document.id).cloned(),
        );
        // Reed's interview has no phase, and income is given by phase; rolled up, two codings of one coder on one passage count once.
        assert_eq!(
            table(study, recast, Rows::Coder),
            ["10000 [1, 2]", "missing [0, 0]", "not given [2, 1]"]
        );
    }
}
