//! Who says what about whom: the themes that a family's members bring up, each in his or her own words, and where they agree or contradict.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Project,
    ids::{CaseId, CodeId, FacetId},
};

use super::{
    frequency::{
        Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
        table::{CodeColumn, FrequencyTable, RowKey, Segment},
    },
    recast::{facet_named, facets},
};

/// A member of a family who was interviewed or is spoken of.
#[derive(Debug, Clone, PartialEq)]
pub struct Informant {
    /// The person.
    pub person: CaseId,
    /// The name.
    pub name: String,
    /// The number of documents in which the person speaks, or that belong to the person.
    pub documents: usize,
    /// The row of the person in the table.
    row: usize,
}

/// Whether the members of a family agree on a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Accord {
    /// Nobody brings it up.
    Silent,
    /// Only one member was interviewed.
    OneAsked,
    /// Some do, some don't.
    Partial,
    /// All do.
    All,
    /// Two bring it up, and judge it in opposite ways (facet *judgement*).
    Contradiction,
}

/// A theme in a family.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyTheme {
    /// The column of the theme.
    pub column: usize,
    /// Codings in each informant's words; `None` when the person was never interviewed.
    pub codings: Vec<Option<usize>>,
    /// Whether they agree.
    pub accord: Accord,
}

/// A family.
#[derive(Debug, Clone, PartialEq)]
pub struct InformantFamily {
    /// The case of the family.
    pub case: CaseId,
    /// The name.
    pub name: String,
    /// The members of the family.
    pub informants: Vec<Informant>,
    /// What the members say to each theme.
    pub entries: Vec<FamilyTheme>,
}

/// All families that have two members or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Informants {
    /// The themes.
    pub columns: Vec<CodeColumn>,
    /// The families, in order.
    pub families: Vec<InformantFamily>,
    table: FrequencyTable,
}

/// Sets the words of a family's members side by side; `codes` counts subcodes with their themes.
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
        filter: filter.clone(),
    };
    let table = frequency(project, &options, load);
    let judgements: BTreeSet<FacetId> = ["judgement", "评判"]
        .iter()
        .find_map(|name| {
            facet_named(&facets(&project.codebook, None), name).map(|facet| facet.ids.clone())
        })
        .unwrap_or_default();
    let mut by_family: BTreeMap<CaseId, Vec<Informant>> = BTreeMap::new();
    let mut order = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let RowKey::Case(person) = row.key else {
            continue;
        };
        let family = project.family_of(person);
        if family == person {
            continue;
        }
        if !by_family.contains_key(&family) {
            order.push(family);
        }
        let informant = Informant {
            person,
            name: row.label.clone(),
            documents: row.documents,
            row: at,
        };
        by_family.entry(family).or_default().push(informant);
    }
    let family = |case: CaseId| {
        let informants = by_family
            .remove(&case)
            .filter(|informants| informants.len() > 1)?;
        let name = project
            .cases
            .get(&case)
            .map(|case| case.name.clone())
            .unwrap_or_default();
        let entries = (0..table.columns.len())
            .map(|column| entry(project, &table, &informants, column, &judgements))
            .collect();
        Some(InformantFamily {
            case,
            name,
            informants,
            entries,
        })
    };
    let families = order.into_iter().filter_map(family).collect();
    Informants {
        columns: table.columns.clone(),
        families,
        table,
    }
}

impl Informants {
    /// The segments of a theme in the words of one informant, or of all of a family.
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
        let wanted = family
            .informants
            .iter()
            .enumerate()
            .filter(|(at, _)| informant.is_none_or(|informant| informant == *at));
        let found: Vec<Segment> = wanted
            .flat_map(|(_, informant)| self.table.segments(project, informant.row, column))
            .collect();
        let mut seen = BTreeSet::new();
        found
            .into_iter()
            .filter(|segment| seen.insert((segment.document, segment.coding)))
            .collect()
    }
}

fn entry(
    project: &Project,
    table: &FrequencyTable,
    informants: &[Informant],
    column: usize,
    judgements: &BTreeSet<FacetId>,
) -> FamilyTheme {
    let segments = |informant: &Informant| table.segments(project, informant.row, column);
    let found: Vec<Option<Vec<Segment>>> = informants
        .iter()
        .map(|informant| (informant.documents > 0).then(|| segments(informant)))
        .collect();
    let asked: Vec<&Vec<Segment>> = found.iter().flatten().collect();
    let with = asked.iter().filter(|segments| !segments.is_empty()).count();
    let verdicts: BTreeSet<Verdict> = asked
        .iter()
        .filter_map(|segments| verdict(project, segments, judgements))
        .collect();
    let accord = match (asked.len(), with) {
        (_, 0) => Accord::Silent,
        _ if verdicts.len() > 1 => Accord::Contradiction,
        (1, _) => Accord::OneAsked,
        (asked, with) if asked == with => Accord::All,
        _ => Accord::Partial,
    };
    FamilyTheme {
        column,
        codings: found
            .iter()
            .map(|segments| segments.as_ref().map(Vec::len))
            .collect(),
        accord,
    }
}

/// Which way all of somebody's judgements go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Favourable,
    Unfavourable,
}

/// The one way in which somebody's passages judge; `None` without a judgement, or with both.
fn verdict(
    project: &Project,
    segments: &[Segment],
    judgements: &BTreeSet<FacetId>,
) -> Option<Verdict> {
    let of = |segment: &Segment| {
        let coding = project
            .documents
            .get(&segment.document)?
            .coding(segment.coding)?;
        let value = coding
            .facets
            .iter()
            .find(|(facet, _)| judgements.contains(*facet))?
            .1
            .to_text();
        match value.as_str() {
            "favourable" | "肯定" => Some(Verdict::Favourable),
            "unfavourable" | "否定" => Some(Verdict::Unfavourable),
            _ => None,
        }
    };
    let found: BTreeSet<Verdict> = segments.iter().filter_map(of).collect();
    let first = found.first().copied();
    first.filter(|_| found.len() == 1)
}

/// The themes that stand for strengths and for problems, by their usual names.
pub fn strengths_and_problems(project: &Project) -> (Option<CodeId>, Option<CodeId>) {
    let named = |names: &[&str]| {
        let top = project.codebook.children(None).into_iter();
        let fits = |name: &str| names.contains(&name.to_lowercase().as_str());
        top.into_iter()
            .find(|code| code.name.all().any(fits))
            .map(|code| code.id)
    };
    (
        named(&["strengths", "strength", "优势", "资源"]),
        named(&[
            "influencing factors",
            "problems",
            "risks",
            "影响因素",
            "问题",
            "困境",
        ]),
    )
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
