//! The looking-glass table: whose eyes, which judgement, which feeling, for each child before and after, from the facets of the codings.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    chart::shares,
    frequency::{cell, row_name},
    wording,
};
use crate::table::CellRef;
use crate::table::{Cell, Head, Row, Table};
use crate::{
    analysis::{
        frequency::{
            Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
            table::{FrequencyRow, FrequencyTable, RowKey, Segment},
        },
        recast,
    },
    message::language::UiLanguage,
    model::{
        Project,
        ids::{CodeId, PhaseId},
    },
    picture::Picture,
};

/// Two tables over the same columns: appraisers, and below each the judgements and feelings.
#[derive(Debug, Clone, PartialEq)]
pub struct LookingGlass {
    /// A copy in which values of facets stand for codes.
    project: Arc<Project>,
    before: (PhaseId, FrequencyTable),
    after: (PhaseId, FrequencyTable),
    /// The columns shown: appraisers with judgements.
    columns: Vec<usize>,
    /// For each line, whether it is after, and its row.
    lines: Vec<(bool, usize)>,
    filter: Filter,
    /// The names under which facets were found; none where the codebook doesn't ask for them.
    found: Vec<String>,
}

/// Sets the looking-glass facets of two phases side by side, a line for each person.
pub(super) fn looking_glass(
    project: &Arc<Project>,
    (from, to): (PhaseId, PhaseId),
    filter: &Filter,
    load: &Loader<'_>,
) -> LookingGlass {
    let facets = recast::facets(&project.codebook, None);
    let named = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| recast::facet_named(&facets, name))
    };
    let levels: Vec<&recast::SharedFacet> = [
        named(&["appraiser", "评价者"]),
        named(&["judgement", "judgment", "评判"]),
        named(&["feeling", "感受"]),
    ]
    .into_iter()
    .flatten()
    .collect();
    let recast = Arc::new(recast::by_facets(project, &levels));
    let table = |phase: PhaseId| {
        let filter = Filter {
            phases: [phase].into(),
            codes: std::collections::BTreeSet::new(),
            ..filter.clone()
        };
        let options = FrequencyOptions {
            rows: Rows::Person,
            columns: Columns::Codes,
            measure: Measure::Codings,
            roll_up: true,
            filter,
        };
        frequency(&recast, &options, load)
    };
    let (before, after) = (table(from), table(to));
    let has = |table: &FrequencyTable, row: &FrequencyRow| {
        table
            .rows
            .iter()
            .position(|other| other.key == row.key && other.documents > 0)
    };
    let mut lines = Vec::new();
    for row in before.rows.iter().filter(|row| row.key != RowKey::None) {
        let counted = |table: &FrequencyTable, at: usize| {
            (0..table.columns.len()).any(|column| {
                table
                    .cell(at, column)
                    .is_some_and(|cell| !cell.segments.is_empty())
            })
        };
        let (first, second) = (has(&before, row), has(&after, row));
        if first.is_some_and(|at| counted(&before, at))
            || second.is_some_and(|at| counted(&after, at))
        {
            lines.extend(first.map(|at| (false, at)));
            lines.extend(second.map(|at| (true, at)));
        }
    }
    let used = |column: &usize| {
        let counts = |&(after_it, row): &(bool, usize)| {
            if after_it { &after } else { &before }
                .cell(row, *column)
                .is_some_and(|cell| !cell.segments.is_empty())
        };
        before.columns[*column].depth == 1 && lines.iter().any(counts)
    };
    let columns = (0..before.columns.len()).filter(used).collect();
    let found = levels.iter().map(|level| level.name.text.clone()).collect();
    LookingGlass {
        project: recast,
        before: (from, before),
        after: (to, after),
        columns,
        lines,
        filter: filter.clone(),
        found,
    }
}

impl LookingGlass {
    fn table(&self, after: bool) -> &(PhaseId, FrequencyTable) {
        if after { &self.after } else { &self.before }
    }

    fn names(&self, column: usize, language: UiLanguage) -> (String, String) {
        let code = self.before.1.columns.get(column).map(|column| column.code);
        let appraiser = code
            .and_then(|code| self.project.codebook.ancestors(code).next())
            .map(|code| code.id);
        let name = |id: Option<CodeId>| {
            id.map(|id| wording::code(&self.project, id, language))
                .unwrap_or_default()
        };
        (name(appraiser), name(code))
    }

    /// Persons before and after by appraiser and judgement; the last column names the feelings.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        let phase = |id: PhaseId| {
            project
                .phases
                .get(&id)
                .map(|phase| phase.name.clone())
                .unwrap_or_default()
        };
        let head = |&column: &usize| {
            let (appraiser, judgement) = self.names(column, language);
            Head {
                text: format!("{appraiser} · {judgement}"),
                depth: 0,
                hue: self.before.1.columns.get(column).map(|column| column.hue),
            }
        };
        let mut columns: Vec<Head> = self.columns.iter().map(head).collect();
        columns.push(Head::plain(language.pick("Feelings", "感受")));
        let line = |&(after, row): &(bool, usize)| {
            let (id, table) = self.table(after);
            let name = table
                .rows
                .get(row)
                .map(|row| row_name(row, language))
                .unwrap_or_default();
            let figure = |&column: &usize| {
                table
                    .cell(row, column)
                    .map_or_else(Cell::default, |found| cell(found.value, language))
            };
            let cells = self
                .columns
                .iter()
                .map(figure)
                .chain([Cell::words(self.feelings(after, row, language))])
                .collect();
            Row {
                head: Head::plain(format!("{name} · {}", phase(*id))),
                cells,
            }
        };
        let mut notes = Vec::new();
        if self.found.len() < 2 {
            notes.push(language.pick(
                "The codebook asks for no facets called appraiser and judgement (评价者, 评判), so there is nothing to set side by side.",
                "编码本没有名为“评价者”和“评判”（appraiser、judgement）的维度，没有可以并列的内容。",
            ).to_owned());
        }
        let filter = wording::filter(project, &self.filter, language);
        let mut sheet = Table {
            title: language
                .pick(
                    "Looking-glass: whose eyes, which judgement",
                    "镜中自我：谁的眼光，怎样的评判",
                )
                .to_owned(),
            rule: match language {
                UiLanguage::English => format!(
                    "Counted: codings that carry the facets {} on passages that the person speaks, at two phases ({filter}).",
                    self.found.join(", ")
                ),
                UiLanguage::Chinese => format!(
                    "统计的是：本人所说片段上带有维度“{}”的编码片段，两个阶段（{filter}）。",
                    self.found.join("、")
                ),
            },
            corner: language.pick("Person · phase", "个人 · 阶段").to_owned(),
            columns,
            rows: self.lines.iter().map(line).collect(),
            foot: Vec::new(),
            notes,
            heat: true,
        };
        sheet.tint();
        sheet
    }

    /// The feelings of a line, the most frequent first.
    fn feelings(&self, after: bool, row: usize, language: UiLanguage) -> String {
        let table = &self.table(after).1;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (at, column) in table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.depth == 2)
        {
            let n = table.cell(row, at).map_or(0, |cell| cell.segments.len());
            if n > 0
                && self
                    .project
                    .codebook
                    .get(column.code)
                    .is_some_and(|code| code.name.text != "not given")
            {
                *counts
                    .entry(wording::code(&self.project, column.code, language))
                    .or_default() += n;
            }
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
            .iter()
            .map(|(name, n)| format!("{name} {n}"))
            .collect::<Vec<_>>()
            .join(language.pick(", ", "，"))
    }

    /// Shares of judgements in each line.
    pub fn picture(&self, project: &Project, language: UiLanguage) -> Picture {
        let sheet = self.sheet(project, language);
        let mut judgements: Vec<String> = Vec::new();
        for &column in &self.columns {
            let (_, judgement) = self.names(column, language);
            if !judgements.contains(&judgement) {
                judgements.push(judgement);
            }
        }
        let sum = |line: &Row, wanted: &String| -> f64 {
            let of = self
                .columns
                .iter()
                .zip(&line.cells)
                .filter(|(column, _)| self.names(**column, language).1 == *wanted);
            of.filter_map(|(_, cell)| cell.value).sum()
        };
        let rows: Vec<(String, Vec<f64>)> = sheet
            .rows
            .iter()
            .map(|line| {
                (
                    line.head.text.clone(),
                    judgements
                        .iter()
                        .map(|judgement| sum(line, judgement))
                        .collect(),
                )
            })
            .collect();
        let hues = [1, 9, 3, 10];
        let heads: Vec<Head> = judgements
            .iter()
            .zip(hues)
            .map(|(name, hue)| Head {
                text: name.clone(),
                depth: 0,
                hue: Some(crate::model::code::Hue::new(hue)),
            })
            .collect();
        shares::picture(&sheet.title, &heads, &rows)
    }

    /// The segments behind a place.
    pub fn segments(&self, spot: CellRef) -> Vec<Segment> {
        let of = |line: usize, column: Option<usize>| {
            let Some(&(after, row)) = self.lines.get(line) else {
                return Vec::new();
            };
            let table = &self.table(after).1;
            match column {
                Some(column) => table.segments(&self.project, row, column),
                None => table.row_segments(&self.project, row),
            }
        };
        match spot {
            CellRef::Cell(line, column) => of(line, self.columns.get(column).copied()),
            CellRef::Row(line) => of(line, None),
            CellRef::Column(column) => {
                let column = self.columns.get(column).copied();
                (0..self.lines.len())
                    .flat_map(|line| of(line, column))
                    .collect()
            }
        }
    }
}
