//! How often codes come up: in families, cases, persons, phases or any other rows.

mod charts;
mod table;

use std::sync::Arc;

use super::{
    control::{CODES, Control, ControlContext, MEASURE, THEMES},
    finding::Finding,
    settings::{FrequencyHeads, QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        frequency::{
            Columns, FrequencyOptions, Loader, Measure, Rows, figures, frequency,
            table::{FrequencyTable, Measured, RowKey, Segment},
        },
        merging::CoderCount,
        recast,
    },
    message::{labelled, language::UiLanguage, text::Text},
    model::{
        Project,
        ids::{AttributeId, CaseId},
        query::QueryKind,
    },
    picture::Picture,
    statistics::{
        Undefined,
        contingency::{ChiSquare, chi_square},
    },
    table::{CellRef, RowOrder, Table},
};

/// The view of frequencies.
#[derive(Debug)]
pub struct FrequencyView;

/// What the columns are: codes, or what takes their place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Across {
    /// The codes themselves.
    #[default]
    Codes,
    /// Values of the facet of this name.
    Facet(String),
    /// Values of an attribute.
    Attribute(AttributeId),
}

/// A table of frequencies, with the project that was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct FrequencyFinding {
    /// What was asked.
    pub options: FrequencyOptions,
    /// What the columns are: codes, or what takes their place.
    pub across: Across,
    /// What was counted: a copy where facets or attributes stand for codes.
    pub project: Arc<Project>,
    /// The figures.
    pub table: FrequencyTable,
}

const NAME: Text = Text::new("Frequencies", "频次");
const ROWS: Text = Text::new("Rows", "行");
const COLUMNS: Text = Text::new("Columns", "列");
const FACET: Text = Text::new("Facet", "维度");
const ATTRIBUTE: Text = Text::new("Attribute", "属性");
const ROLL_UP: Text = Text::new("Include subcodes", "含下级编码");
const ROLL_UP_HINT: Text = Text::new("Count subcodes with their theme", "下级编码计入主题");
const SMART_CODES: Text = Text::new("Smart codes", "智能编码");
const HIDE_EMPTY: Text = Text::new("Hide empty", "隐藏空行空列");
const BY_SUM: Text = Text::new("Most frequent first", "按总数排序");
const HOW_MANY_ROWS: Text = Text::new("How many rows", "行数");
const ALL_ROWS: Text = Text::new("All rows", "全部行");
const TOP: Text = Text::new("First", "前");

impl AnalysisView for FrequencyView {
    fn id(&self) -> &'static str {
        "frequencies"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let own = &settings.question.frequency;
        let mut controls = vec![
            Control::list(
                context.say(ROWS),
                &own.rows,
                row_choices(context),
                |settings, rows| settings.question.frequency.rows = rows,
            ),
            Control::list(
                context.say(COLUMNS),
                &own.heads,
                head_choices(context),
                |settings, heads| settings.question.frequency.heads = heads,
            ),
            Control::list(
                context.say(MEASURE),
                &own.measure,
                Measure::ALL.map(|measure| (measure, context.say(measure.facts().name))),
                |settings, measure| settings.question.frequency.measure = measure,
            ),
            Control::Check {
                name: context.say(ROLL_UP),
                hint: Some(context.say(ROLL_UP_HINT)),
                on: own.roll_up,
                set: Box::new(|settings, on| settings.question.frequency.roll_up = on),
            },
        ];
        // Without a kept query over codes there is no smart code to count; one that was removed can still be switched off.
        let queries = &context.project.queries;
        if settings.question.smart || queries.values().any(|query| query.kind == QueryKind::Codes) {
            controls.push(Control::Check {
                name: context.say(SMART_CODES),
                hint: None,
                on: settings.question.smart,
                set: Box::new(|settings, on| settings.question.smart = on),
            });
        }
        controls.extend(arrangement_controls(settings, context));
        controls.extend(context.filters(&settings.question));
        if own.rows.are_of_people() {
            controls.push(context.attribution_choice(&settings.question));
        }
        controls
    }

    // Words of Chinese are found with a dictionary, which takes longer than a frame.
    fn is_slow(&self, question: &QuestionSettings) -> bool {
        question.frequency.measure == Measure::Per1000Words
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let (columns, across) = columns_and_across(&question.frequency.heads);
        let options = FrequencyOptions {
            rows: question.frequency.rows,
            columns,
            measure: question.frequency.measure,
            // Values of facets and attributes have no values below them.
            roll_up: question.frequency.roll_up && across == Across::Codes,
            filter: question.filter(),
        };
        Some(Arc::new(count_frequencies(source, &options, &across)))
    }

    fn is_counted_by_ledger(&self, question: &QuestionSettings) -> bool {
        let rows = matches!(
            question.frequency.rows,
            Rows::Case | Rows::Family | Rows::Document | Rows::Phase | Rows::Attribute(_)
        );
        // A ledger knows codings, and which documents they are in, but neither passages nor turns.
        rows && question.frequency.measure.is_of_counts()
            && question.frequency.measure != Measure::Per1000Words
            && matches!(question.frequency.heads, FrequencyHeads::Codebook(_))
    }
}

fn row_choices(context: &ControlContext<'_>) -> Vec<(Rows, String)> {
    let attributes = context.project.attributes_of_passages();
    [
        Rows::Family,
        Rows::Case,
        Rows::Person,
        Rows::Role,
        Rows::Document,
        Rows::Speaker,
        Rows::Phase,
        Rows::Coder,
    ]
    .into_iter()
    .chain(attributes.map(|attribute| Rows::Attribute(attribute.id)))
    .map(|rows| (rows, wording::rows(rows, context.project, context.language)))
    .collect()
}

fn head_choices(context: &ControlContext<'_>) -> Vec<(FrequencyHeads, String)> {
    let mut choices = vec![
        (
            FrequencyHeads::Codebook(Columns::Codes),
            context.say(CODES).to_owned(),
        ),
        (
            FrequencyHeads::Codebook(Columns::Themes),
            context.say(THEMES).to_owned(),
        ),
    ];
    for facet in recast::facets(&context.project.codebook, None) {
        let name = facet.name.get(&context.language.tag());
        let text = labelled(context.language, context.say(FACET), name);
        choices.push((FrequencyHeads::Facet(facet.name.text), text));
    }
    for attribute in context.project.attributes_of_passages() {
        let text = labelled(
            context.language,
            context.say(ATTRIBUTE),
            attribute.name_in(&context.language.tag()),
        );
        choices.push((FrequencyHeads::Attribute(attribute.id), text));
    }
    choices
}

/// How the table is arranged, which needs no new count.
fn arrangement_controls(settings: &ViewSettings, context: &ControlContext<'_>) -> [Control; 3] {
    let arrangement = &settings.arrangement;
    let tops = [5, 10, 25, 100].map(|most| (Some(most), format!("{} {most}", context.say(TOP))));
    [
        Control::Check {
            name: context.say(HIDE_EMPTY),
            hint: None,
            on: arrangement.hides_empty,
            set: Box::new(|settings, on| settings.arrangement.hides_empty = on),
        },
        Control::Check {
            name: context.say(BY_SUM),
            hint: None,
            on: arrangement.columns_by_sum,
            set: Box::new(|settings, on| {
                settings.arrangement.columns_by_sum = on;
                settings.arrangement.rows = if on { RowOrder::Sum } else { RowOrder::Given };
            }),
        },
        Control::list(
            context.say(HOW_MANY_ROWS),
            &arrangement.most,
            std::iter::once((None, context.say(ALL_ROWS).to_owned())).chain(tops),
            |settings, most| settings.arrangement.most = most,
        ),
    ]
}

fn columns_and_across(heads: &FrequencyHeads) -> (Columns, Across) {
    match heads {
        FrequencyHeads::Codebook(columns) => (*columns, Across::Codes),
        FrequencyHeads::Facet(name) => (Columns::Codes, Across::Facet(name.clone())),
        FrequencyHeads::Attribute(id) => (Columns::Codes, Across::Attribute(*id)),
    }
}

/// Counts codes, or what takes their place; from the source's ledger if it has one.
pub fn count_frequencies(
    source: &Source<'_>,
    options: &FrequencyOptions,
    across: &Across,
) -> FrequencyFinding {
    let filter = &options.filter;
    let counting = options.measure.counting(filter.counting);
    let project = match across {
        Across::Codes => Arc::clone(source.project),
        Across::Facet(name) => {
            let facets = recast::facets(&source.project.codebook, None);
            let named: Vec<_> = recast::facet_named(&facets, name).into_iter().collect();
            Arc::new(recast::by_facets(source.project, &named, filter, counting))
        }
        Across::Attribute(id) => {
            let (project, load) = (source.project, source.load);
            Arc::new(recast::by_attribute(project, *id, filter, counting, load))
        }
    };
    let mut counted = options.clone();
    if *across != Across::Codes {
        counted.filter.counting = recast::counting_of_copy(options.measure, filter);
    }
    let mut table = match source.ledger {
        Some(ledger) => figures(&project, ledger, &counted, source.load),
        None => frequency(&project, &counted, source.load),
    };
    if table.counting == CoderCount::All && options.rows != Rows::Coder {
        table.counting = counting;
    }
    FrequencyFinding {
        options: options.clone(),
        across: across.clone(),
        project,
        table,
    }
}

impl Finding for FrequencyFinding {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        table::table(self, project, language)
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, _row: Option<usize>) -> Vec<Picture> {
        charts::charts(self, project, language)
    }

    fn is_unattributed(&self, at: CellRef) -> bool {
        let rows = &self.table.rows;
        self.options.rows.are_of_people()
            && self.across == Across::Codes
            && at
                .row()
                .and_then(|row| rows.get(row))
                .is_some_and(|row| row.key == RowKey::None)
    }

    fn segments(&self, _project: &Project, load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let project = &self.project;
        // Figures from a ledger keep no way back to segments, so the question is counted once more, from the codings.
        let recounted = self
            .table
            .behind
            .is_empty()
            .then(|| frequency(project, &self.options, load));
        let table = recounted.as_ref().unwrap_or(&self.table);
        let is_code = |column: usize| column < table.columns.len();
        // The column after those of the codes is the total.
        match at {
            CellRef::Cell(row, column) if is_code(column) => table.segments(project, row, column),
            CellRef::Cell(row, _) | CellRef::Row(row) => table.row_segments(project, row),
            CellRef::Column(column) if is_code(column) => table.column_segments(project, column),
            CellRef::Column(_) => (0..table.rows.len())
                .flat_map(|row| table.row_segments(project, row))
                .collect(),
        }
    }
}

/// The counts of a table that can be tested, with the rows and columns of the table that they are from.
pub(super) struct TestedCounts {
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<usize>,
    pub(super) counts: Vec<Vec<u64>>,
}

impl FrequencyFinding {
    /// Tests whether rows and columns are associated.
    ///
    /// # Errors
    /// [`Undefined::NoData`] if the figures are not counts, or what [`chi_square`] returns.
    pub fn test(&self) -> Result<ChiSquare, Undefined> {
        match self.options.measure {
            _ if self.rows_include_others() => Err(Undefined::RowsIncludeOthers),
            // A mean is no count of anything.
            Measure::Codings if self.table.counting == CoderCount::Average => {
                Err(Undefined::NoData)
            }
            Measure::Codings | Measure::Documents | Measure::Cases => chi_square(&self.counts()),
            _ => Err(Undefined::NoData),
        }
    }

    /// Returns true if there is a row of a case below that of another row.
    fn rows_include_others(&self) -> bool {
        let parent = |case: CaseId| self.project.cases.get(&case).and_then(|own| own.parent);
        self.options.rows == Rows::Case
            && self.table.rows.iter().any(|row| match row.key {
                RowKey::Case(case) => parent(case)
                    .is_some_and(|above| self.table.row_of(&RowKey::Case(above)).is_some()),
                _ => false,
            })
    }

    /// The counts that [`Self::test`] is of.
    pub fn counts(&self) -> Vec<Vec<u64>> {
        self.tested().counts
    }

    /// The rows and the columns of the table that the test leaves out because nothing is counted in them.
    pub fn empty_in_test(&self) -> (Vec<usize>, Vec<usize>) {
        let Ok(test) = self.test() else {
            return (Vec::new(), Vec::new());
        };
        let tested = self.tested();
        let of = |all: &[usize], dropped: &[usize]| dropped.iter().map(|&at| all[at]).collect();
        (
            of(&tested.rows, &test.dropped_rows),
            of(&tested.columns, &test.dropped_columns),
        )
    }

    /// The counts that can be tested: of rows that stand for something and have documents or codings, and of columns that
    /// share no coding. A coding that is in several rows is left out, so that none counts twice.
    pub(super) fn tested(&self) -> TestedCounts {
        let table = &self.table;
        let rows: Vec<usize> = (0..table.rows.len())
            .filter(|&row| table.rows[row].key != RowKey::None)
            .filter(|&row| {
                let has_codings = table.row_totals[row].number().is_some_and(|sum| sum > 0.0);
                table.rows[row].documents > 0 || has_codings
            })
            .collect();
        let columns: Vec<usize> = (0..table.columns.len())
            .filter(|&column| table.columns[column].topmost || !self.options.roll_up)
            .collect();
        let counts = rows
            .iter()
            .map(|&row| {
                columns
                    .iter()
                    .filter_map(|&column| {
                        let count = count_of(table.cell(row, column)?.value);
                        let shared = match self.options.measure {
                            Measure::Codings => table.shared_in(row, column),
                            _ => 0,
                        };
                        Some(count.saturating_sub(shared))
                    })
                    .collect()
            })
            .collect();
        TestedCounts {
            rows,
            columns,
            counts,
        }
    }
}

/// Codings that a test leaves out, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Those that are in several rows.
    pub several: u64,
    /// Those that are in no named row.
    pub unattributed: u64,
}

impl FrequencyFinding {
    /// The codings that [`Self::test`] leaves out, of those that the table counts.
    pub fn left_out_of_test(&self) -> LeftOut {
        let table = &self.table;
        let columns = || (0..table.columns.len()).filter(|&at| table.columns[at].topmost);
        let nowhere = table.row_of(&RowKey::None);
        LeftOut {
            several: columns().map(|column| table.several[column]).sum(),
            unattributed: nowhere.map_or(0, |row| {
                columns()
                    .filter_map(|column| table.cell(row, column))
                    .map(|cell| cell.segments.len() as u64)
                    .sum()
            }),
        }
    }
}

fn count_of(value: Measured) -> u64 {
    match value {
        Measured::Count(count) => count,
        Measured::Present(present) => u64::from(present),
        _ => 0,
    }
}
