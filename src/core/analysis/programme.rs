//! A theme over the phases of a programme, for each case and for all together.

use std::collections::BTreeSet;

use crate::model::{
    Project,
    ids::{CodeId, CoderId, PhaseId},
};

use super::frequency::{
    Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
    table::{FrequencyRow, FrequencyTable, Measured, Segment},
};
use super::merging::CoderCount;

/// Which theme is followed, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeQuestion {
    /// The code or theme, its subcodes included.
    pub code: CodeId,
    /// What a line stands for: a case, family or person.
    pub rows: Rows,
    /// What is measured.
    pub measure: Measure,
    /// Which documents and codings count. Its phases and codes are ignored, and so are documents in which its coders coded nothing.
    pub filter: Filter,
}

/// A theme over the phases.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// The question.
    pub question: ProgrammeQuestion,
    /// The phases, in order.
    pub phases: Vec<PhaseId>,
    /// The lines: rows that have a document in any phase.
    pub rows: Vec<FrequencyRow>,
    /// The figures of each line in each phase, line by line; [`Measured::NoDocument`] where it has no document there.
    pub values: Vec<Vec<Measured>>,
    /// The figure of all documents of each phase.
    pub all: Vec<Measured>,
    /// The table of each phase.
    tables: Vec<FrequencyTable>,
}

/// The first and the last phase; `None` if there are fewer than two.
pub fn first_and_last_phase(project: &Project) -> Option<(PhaseId, PhaseId)> {
    let phases = project.phases_in_order();
    let (first, last) = (phases.first()?.id, phases.last()?.id);
    (first != last).then_some((first, last))
}

/// Follows a theme through the phases.
pub fn programme(project: &Project, question: &ProgrammeQuestion, load: &Loader<'_>) -> Programme {
    let phases: Vec<PhaseId> = project
        .phases_in_order()
        .into_iter()
        .map(|phase| phase.id)
        .collect();
    let tables: Vec<FrequencyTable> = phases
        .iter()
        .map(|&phase| count_phase(project, question, phase, load))
        .collect();
    let mut rows: Vec<FrequencyRow> = Vec::new();
    for row in tables
        .iter()
        .flat_map(|table| &table.rows)
        .filter(|row| row.documents > 0)
    {
        if rows.iter().all(|known| known.key != row.key) {
            rows.push(row.clone());
        }
    }
    // The table of any phase lists all cases in the order of their tree, so a place in it is a place in that order.
    rows.sort_by_key(|row| tables.iter().find_map(|table| table.row_of(&row.key)));
    let values = rows
        .iter()
        .map(|row| tables.iter().map(|table| value(table, row)).collect())
        .collect();
    let all = tables
        .iter()
        .map(|table| match table.column_totals.as_slice() {
            [theme, ..] => *theme,
            // The theme is not in the codebook.
            [] => Measured::NoDocument,
        })
        .collect();
    Programme {
        question: question.clone(),
        phases,
        rows,
        values,
        all,
        tables,
    }
}

/// The table of a phase; its first column is the theme, its subcodes included.
fn count_phase(
    project: &Project,
    question: &ProgrammeQuestion,
    phase: PhaseId,
    load: &Loader<'_>,
) -> FrequencyTable {
    let options = FrequencyOptions {
        rows: question.rows,
        columns: Columns::Codes,
        measure: question.measure,
        roll_up: true,
        filter: Filter {
            phases: [phase].into(),
            codes: [question.code].into(),
            // A document that these coders never opened must not count as one without the theme.
            looked_at: true,
            ..question.filter.clone()
        },
    };
    frequency(project, &options, load)
}

/// The figure of a line in the table of a phase.
fn value(table: &FrequencyTable, row: &FrequencyRow) -> Measured {
    let cell = table.row_of(&row.key).and_then(|at| table.cell(at, 0));
    cell.map_or(Measured::NoDocument, |cell| cell.value)
}

impl Programme {
    /// How codings of several coders were counted; `None` in a project without phases.
    pub fn counting(&self) -> Option<CoderCount> {
        self.tables.first().map(|table| table.counting)
    }

    /// Those who coded each phase.
    pub fn coders(&self) -> Vec<&BTreeSet<CoderId>> {
        self.tables.iter().map(|table| &table.coders).collect()
    }

    /// Whether rates are over words of Chinese in some documents and of another language in others.
    pub fn mixes_languages(&self) -> bool {
        self.tables.iter().any(|table| table.mixes_languages)
    }

    /// The segments behind the figure of a line in a phase.
    pub fn row_segments(&self, project: &Project, row: usize, phase: usize) -> Vec<Segment> {
        let (Some(row), Some(table)) = (self.rows.get(row), self.tables.get(phase)) else {
            return Vec::new();
        };
        let at = table.row_of(&row.key);
        at.map_or_else(Vec::new, |at| table.segments(project, at, 0))
    }

    /// The segments behind the figure of all documents of a phase.
    pub fn phase_segments(&self, project: &Project, phase: usize) -> Vec<Segment> {
        self.tables
            .get(phase)
            .map_or_else(Vec::new, |table| table.column_segments(project, 0))
    }
}
