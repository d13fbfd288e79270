//! Informants: which themes the members of a family bring up in their own words, and whether they agree.
//!
//! Each member is a row of a table by person, and a coding counts for those who say it.
//! Whether two members contradict each other is read from the facet *judgement* of their codings.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Project,
    ids::{CaseId, CodeId, FacetId},
};

use super::{
    attribution::Attribution,
    frequency::{
        Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
        table::{CodeColumn, FrequencyTable, RowKey, Segment},
    },
    recast::{facet_named, facets},
};

/// A member of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct Informant {
    /// The person.
    pub person: CaseId,
    /// The person's name.
    pub name: String,
    /// The number of documents in which the person speaks, or that belong to the person; 0 if never interviewed.
    pub documents: usize,
    /// The person's row in the table.
    row: usize,
}

/// Whether the members of a family agree on a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Accord {
    /// No member brings the theme up.
    Silent,
    /// Only one member was interviewed, and brings the theme up.
    OneAsked,
    /// Some of the members who were interviewed bring the theme up, and others don't.
    Partial,
    /// All members who were interviewed bring the theme up.
    All,
    /// Members who bring the theme up judge it in opposite ways (facet *judgement*).
    Contradiction,
}

/// A theme in a family.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyTheme {
    /// The column of the theme.
    pub column: usize,
    /// The number of codings in each informant's words; `None` for one who was never interviewed.
    pub codings: Vec<Option<usize>>,
    /// Whether the informants agree.
    pub accord: Accord,
}

/// A family with its informants.
#[derive(Debug, Clone, PartialEq)]
pub struct InformantFamily {
    /// The case of the family.
    pub case: CaseId,
    /// The family's name.
    pub name: String,
    /// The members of the family, in the order of the tree of cases.
    pub informants: Vec<Informant>,
    /// The themes, in the order of the columns.
    pub entries: Vec<FamilyTheme>,
}

/// The families that have two members or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Informants {
    /// The themes.
    pub columns: Vec<CodeColumn>,
    /// The families, in the order of the tree of cases.
    pub families: Vec<InformantFamily>,
    table: FrequencyTable,
}

/// Compares what the members of each family bring up; a theme includes its subcodes.
pub fn informants(
    project: &Project,
    columns: Columns,
    filter: &Filter,
    load: &Loader<'_>,
) -> Informants {
    let options = FrequencyOptions {
        rows: Rows::Person,
        columns,
        measure: Measure::Codings,
        roll_up: true,
        filter: Filter {
            by: Attribution::Informant,
            ..filter.clone()
        },
    };
    let table = frequency(project, &options, load);
    let judgements = judgement_facets(project);
    let mut by_family = members_by_family(project, &table);
    let families = project
        .cases_in_order()
        .into_iter()
        .filter_map(|(_, family)| {
            // Agreement needs two people.
            let informants = by_family.remove(&family.id).filter(|all| all.len() > 1)?;
            let entries = (0..table.columns.len())
                .map(|column| family_theme(project, &table, &informants, column, &judgements))
                .collect();
            Some(InformantFamily {
                case: family.id,
                name: family.name.clone(),
                informants,
                entries,
            })
        })
        .collect();
    Informants {
        columns: table.columns.clone(),
        families,
        table,
    }
}

/// The facets with which a coding can be judged; each code has facets of its own.
fn judgement_facets(project: &Project) -> BTreeSet<FacetId> {
    let facets = facets(&project.codebook, None);
    let judgement = ["judgement", "评判"]
        .iter()
        .find_map(|name| facet_named(&facets, name));
    judgement.map_or_else(BTreeSet::new, |facet| facet.ids.clone())
}

/// The persons of a table by the topmost case above each; a person at the top belongs to no family.
fn members_by_family(
    project: &Project,
    table: &FrequencyTable,
) -> BTreeMap<CaseId, Vec<Informant>> {
    let mut by_family: BTreeMap<CaseId, Vec<Informant>> = BTreeMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        let RowKey::Case(person) = row.key else {
            continue;
        };
        let family = project.family_of(person);
        if family != person {
            by_family.entry(family).or_default().push(Informant {
                person,
                name: row.label.clone(),
                documents: row.documents,
                row: number,
            });
        }
    }
    by_family
}

impl Informants {
    /// The segments of a theme in the words of one informant, or of all of a family if `informant` is `None`.
    pub fn theme_segments(
        &self,
        project: &Project,
        family: usize,
        entry: usize,
        informant: Option<usize>,
    ) -> Vec<Segment> {
        let Some(family) = self.families.get(family) else {
            return Vec::new();
        };
        let Some(column) = family.entries.get(entry).map(|entry| entry.column) else {
            return Vec::new();
        };
        // A coding over the turns of two members counts for both, but is shown once.
        let mut seen = BTreeSet::new();
        family
            .informants
            .iter()
            .enumerate()
            .filter(|(at, _)| informant.is_none_or(|informant| informant == *at))
            .flat_map(|(_, informant)| self.table.segments(project, informant.row, column))
            .filter(|segment| seen.insert((segment.document, segment.coding)))
            .collect()
    }
}

fn family_theme(
    project: &Project,
    table: &FrequencyTable,
    informants: &[Informant],
    column: usize,
    judgements: &BTreeSet<FacetId>,
) -> FamilyTheme {
    let segments: Vec<Option<Vec<Segment>>> = informants
        .iter()
        .map(|informant| {
            (informant.documents > 0).then(|| table.segments(project, informant.row, column))
        })
        .collect();
    let interviewed: Vec<&Vec<Segment>> = segments.iter().flatten().collect();
    let n_with_theme = interviewed.iter().filter(|own| !own.is_empty()).count();
    let judgements: BTreeSet<Judgement> = interviewed
        .iter()
        .filter_map(|own| one_judgement(project, own, judgements))
        .collect();
    let accord = match (interviewed.len(), n_with_theme) {
        (_, 0) => Accord::Silent,
        _ if judgements.len() > 1 => Accord::Contradiction,
        (1, _) => Accord::OneAsked,
        (all, with_theme) if all == with_theme => Accord::All,
        _ => Accord::Partial,
    };
    FamilyTheme {
        column,
        codings: segments
            .iter()
            .map(|own| own.as_ref().map(Vec::len))
            .collect(),
        accord,
    }
}

/// How a passage judges what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Judgement {
    Favourable,
    Unfavourable,
}

/// The judgement that all of somebody's passages share; `None` if there is none, or both occur.
fn one_judgement(
    project: &Project,
    segments: &[Segment],
    facets: &BTreeSet<FacetId>,
) -> Option<Judgement> {
    let found: BTreeSet<Judgement> = segments
        .iter()
        .filter_map(|segment| judgement(project, segment, facets))
        .collect();
    // Who judges both ways contradicts nobody else.
    if found.len() == 1 {
        found.first().copied()
    } else {
        None
    }
}

fn judgement(
    project: &Project,
    segment: &Segment,
    facets: &BTreeSet<FacetId>,
) -> Option<Judgement> {
    let document = project.documents.get(&segment.document)?;
    let mut values = document.coding(segment.coding)?.facets.iter();
    let (_, value) = values.find(|(facet, _)| facets.contains(*facet))?;
    match value.to_text().as_str() {
        "favourable" | "肯定" => Some(Judgement::Favourable),
        "unfavourable" | "否定" => Some(Judgement::Unfavourable),
        _ => None,
    }
}

/// The themes for strengths and for problems, by their usual names in both languages.
pub fn strengths_and_problems(project: &Project) -> (Option<CodeId>, Option<CodeId>) {
    let strengths = ["strengths", "strength", "优势", "资源"];
    let problems = [
        "influencing factors",
        "problems",
        "risks",
        "影响因素",
        "问题",
        "困境",
    ];
    (
        theme_named(project, &strengths),
        theme_named(project, &problems),
    )
}

/// The first theme that has one of these names in any language.
fn theme_named(project: &Project, names: &[&str]) -> Option<CodeId> {
    let themes = project.codebook.children(None);
    themes
        .into_iter()
        .find(|theme| {
            let mut own = theme.name.all();
            own.any(|name| names.contains(&name.to_lowercase().as_str()))
        })
        .map(|theme| theme.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::by_hand;

    #[test]
    fn members_of_a_family_are_compared() {
        let study = by_hand();
        let load =
            |document: &crate::model::document::Document| study.contents.get(&document.id).cloned();
        let found = informants(&study.project, Columns::Themes, &Filter::default(), &load);
        let [lin] = found.families.as_slice() else {
            panic!("one family has two members: {:?}", found.families)
        };
        assert_eq!(
            lin.informants
                .iter()
                .map(|informant| informant.name.as_str())
                .collect::<Vec<_>>(),
            ["小远", "林妈妈"]
        );
        // Judgement (shame and pride on one passage by one coder, and one more by the other): the child's alone; peers: on both turns.
        assert_eq!(lin.entries[0].codings, [Some(2), Some(0)]);
        assert_eq!(
            (lin.entries[0].accord, lin.entries[1].accord),
            (Accord::Partial, Accord::All)
        );
        assert_eq!(
            found.theme_segments(&study.project, 0, 1, None).len(),
            1,
            "one coding over both turns"
        );
        assert_eq!(found.theme_segments(&study.project, 0, 0, Some(1)), []);
    }
}
