//! The looking-glass: in whose eyes each person sees which judgement, with which feeling, before and after.
//!
//! It is read off facets of the codings (appraiser, judgement, feeling), whose values stand for codes in a copy of the project,
//! each judgement below its appraiser and each feeling below its judgement.

mod charts;
mod table;

use std::{collections::BTreeSet, sync::Arc};

use super::{
    control::{Control, ControlContext},
    finding::Finding,
    programme::NO_PHASES,
    settings::{PhasePair, QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        frequency::{
            Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
            table::{FrequencyTable, RowKey, Segment},
        },
        recast,
    },
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        ids::{CodeId, PhaseId},
        localized::Localized,
    },
    picture::Picture,
    table::{CellRef, Table},
};

/// The looking-glass view.
#[derive(Debug)]
pub struct LookingGlassView;

/// The facets of one phase, counted for each person.
#[derive(Debug, Clone, PartialEq)]
struct CountedPhase {
    phase: PhaseId,
    table: FrequencyTable,
}

/// A line of the table: a person in one of the two phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PersonLine {
    /// Whether it is of the later phase.
    is_after: bool,
    /// The person's row in the table of that phase.
    row: usize,
}

/// The two phases side by side.
#[derive(Debug, Clone, PartialEq)]
struct LookingGlass {
    /// A copy of the project in which values of facets stand for codes.
    project: Arc<Project>,
    before: CountedPhase,
    after: CountedPhase,
    /// The columns shown, in either table: judgements, each below its appraiser, that somebody sees.
    columns: Vec<usize>,
    lines: Vec<PersonLine>,
    filter: Filter,
    /// The facets that the codebook asks for, of the three.
    facets: Vec<Localized>,
}

const NAME: Text = Text::new("Looking-glass", "镜中自我");
/// Depths in the tree of values.
const JUDGEMENT: usize = 1;
const FEELING: usize = 2;

impl AnalysisView for LookingGlassView {
    fn id(&self) -> &'static str {
        "mirror"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let mut controls = context.compared_phases(&settings.question);
        controls.extend(context.filters_within_phases(&settings.question));
        controls
    }

    fn missing(&self, project: &Project, question: &QuestionSettings) -> Option<Text> {
        question
            .compared_phases(project)
            .is_none()
            .then_some(NO_PHASES)
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let phases = question.compared_phases(source.project)?;
        Some(looking_glass(
            phases,
            &question.filter_over_phases(),
            source,
        ))
    }
}

/// Counts the looking-glass facets of two phases, for each person.
pub fn looking_glass(phases: PhasePair, filter: &Filter, source: &Source<'_>) -> Arc<dyn Finding> {
    let facets = recast::facets(&source.project.codebook, None);
    let levels: Vec<&recast::SharedFacet> = [
        &["appraiser", "评价者"][..],
        &["judgement", "judgment", "评判"],
        &["feeling", "感受"],
    ]
    .into_iter()
    .filter_map(|names| {
        names
            .iter()
            .find_map(|name| recast::facet_named(&facets, name))
    })
    .collect();
    let project = Arc::new(recast::by_facets(
        source.project,
        &levels,
        filter,
        Measure::Codings.counting(filter.counting),
    ));
    let before = count_phase(&project, phases.before, filter, source.load);
    let after = count_phase(&project, phases.after, filter, source.load);
    let lines = person_lines(&before.table, &after.table);
    let mut found = LookingGlass {
        project,
        before,
        after,
        columns: Vec::new(),
        lines,
        filter: filter.clone(),
        facets: levels.iter().map(|level| level.name.clone()).collect(),
    };
    found.columns = found.used_judgements();
    Arc::new(found)
}

fn count_phase(
    project: &Project,
    phase: PhaseId,
    filter: &Filter,
    load: &Loader<'_>,
) -> CountedPhase {
    let options = FrequencyOptions {
        rows: Rows::Person,
        columns: Columns::Codes,
        measure: Measure::Codings,
        roll_up: true,
        filter: Filter {
            phases: [phase].into(),
            // The codes of the copy are values of facets, which no filter names.
            codes: BTreeSet::new(),
            // The copy is merged already.
            counting: recast::counting_of_copy(Measure::Codings, filter),
            ..filter.clone()
        },
    };
    CountedPhase {
        phase,
        table: frequency(project, &options, load),
    }
}

/// The persons who see a judgement in either phase, a line for each phase in which they have a document.
fn person_lines(before: &FrequencyTable, after: &FrequencyTable) -> Vec<PersonLine> {
    let mut lines = Vec::new();
    for person in before.rows.iter().filter(|row| row.key != RowKey::None) {
        let rows = [(false, before), (true, after)].map(|(is_after, table)| {
            let row = table
                .rows
                .iter()
                .position(|row| row.key == person.key && row.documents > 0)?;
            Some((PersonLine { is_after, row }, has_codings(table, row)))
        });
        if rows.iter().flatten().any(|(_, counts)| *counts) {
            lines.extend(rows.into_iter().flatten().map(|(line, _)| line));
        }
    }
    lines
}

fn has_codings(table: &FrequencyTable, row: usize) -> bool {
    (0..table.columns.len()).any(|column| codings_in(table, row, column) > 0)
}

fn codings_in(table: &FrequencyTable, row: usize, column: usize) -> usize {
    table
        .cell(row, column)
        .map_or(0, |cell| cell.segments.len())
}

impl LookingGlass {
    fn phase_of(&self, line: PersonLine) -> &CountedPhase {
        if line.is_after {
            &self.after
        } else {
            &self.before
        }
    }

    /// The columns of judgements that a line has. Both tables have the same columns, those of the whole codebook.
    fn used_judgements(&self) -> Vec<usize> {
        let columns = self.before.table.columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.depth == JUDGEMENT)
            .map(|(at, _)| at)
            .filter(|&column| {
                self.lines
                    .iter()
                    .any(|line| codings_in(&self.phase_of(*line).table, line.row, column) > 0)
            })
            .collect()
    }

    fn judgement(&self, column: usize, language: UiLanguage) -> String {
        self.value_name(self.before.table.columns[column].code, language)
    }

    fn appraiser(&self, column: usize, language: UiLanguage) -> String {
        let judgement = self.before.table.columns[column].code;
        match self.project.codebook.ancestors(judgement).next() {
            Some(appraiser) => self.value_name(appraiser.id, language),
            None => String::new(),
        }
    }

    fn value_name(&self, value: CodeId, language: UiLanguage) -> String {
        wording::code(&self.project, value, language)
    }

    /// The segments of a line, in one column or in all.
    fn line_segments(&self, line: PersonLine, column: Option<usize>) -> Vec<Segment> {
        let table = &self.phase_of(line).table;
        match column {
            Some(column) => table.segments(&self.project, line.row, column),
            None => table.row_segments(&self.project, line.row),
        }
    }
}

impl Finding for LookingGlass {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        table::table(self, project, language)
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, _row: Option<usize>) -> Vec<Picture> {
        vec![charts::judgements(self, project, language)]
    }

    fn segments(&self, _project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        // The column after those of judgements names feelings, which are of the whole line.
        let column = at
            .column()
            .and_then(|column| self.columns.get(column).copied());
        match at.row() {
            Some(row) => match self.lines.get(row) {
                Some(line) => self.line_segments(*line, column),
                None => Vec::new(),
            },
            None => self
                .lines
                .iter()
                .flat_map(|line| self.line_segments(*line, column))
                .collect(),
        }
    }
}
