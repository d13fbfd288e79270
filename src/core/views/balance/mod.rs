//! Strengths and problems: two themes weighed against each other, family by family.

use std::sync::Arc;

use super::{
    cells::{code_head, frequency_cell, no_document, row_name},
    chart::balance::{BalanceRow, picture},
    control::{Control, ControlContext},
    finding::Finding,
    settings::{BalanceSettings, QuestionSettings, ViewSettings, known_code},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        frequency::{
            Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
            table::{FrequencyTable, Measured, RowKey, Segment},
        },
        informants::strengths_and_problems,
    },
    message::{language::UiLanguage, text::Text},
    model::{Project, ids::CodeId},
    picture::Picture,
    table::{Cell, CellRef, Head, Row, Table},
};

/// The view of strengths and problems.
#[derive(Debug)]
pub struct BalanceView;

/// Which themes are weighed, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceQuestion {
    /// One theme.
    pub strengths: CodeId,
    /// The other.
    pub problems: CodeId,
    /// What a row stands for.
    pub rows: Rows,
    /// What counts; its codes are ignored.
    pub filter: Filter,
}

/// Two themes counted in the same rows.
#[derive(Debug, Clone, PartialEq)]
struct Balance {
    question: BalanceQuestion,
    strengths: FrequencyTable,
    problems: FrequencyTable,
}

const NAME: Text = Text::new("Strengths and problems", "优势与问题");
const STRENGTHS: Text = Text::new("Strengths", "优势");
const PROBLEMS: Text = Text::new("Problems", "问题");
const NO_THEMES: Text = Text::new(
    "Choose two themes from the codebook.",
    "请选择编码本中的两个主题。",
);
const RULE: Text = Text::new(
    "Counted: codings with \"{strengths}\" and with \"{problems}\" or codes below them ({filter}); the share is of the two together.",
    "统计的是：“{strengths}”与“{problems}”及其下级的编码片段（{filter}）；比例以两者之和为分母。",
);
const SHARE: Text = Text::new("share of {theme}", "{theme}所占比例");
const OFTEN_IS_NOT_STRONG: Text = Text::new(
    "How often something is told is not how strong it is: the questions of the interview steer what is talked about.",
    "说得多并不等于程度强：访谈的问题会引导谈话内容。",
);

impl BalanceSettings {
    /// The two themes: those chosen, or those that the codebook names so.
    fn themes(&self, project: &Project) -> [Option<CodeId>; 2] {
        let (strengths, problems) = strengths_and_problems(project);
        [
            known_code(project, self.strengths).or(strengths),
            known_code(project, self.problems).or(problems),
        ]
    }
}

impl AnalysisView for BalanceView {
    fn id(&self) -> &'static str {
        "balance"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let [strengths, problems] = settings.question.balance.themes(context.project);
        let mut controls = vec![
            context.code_list(STRENGTHS, strengths, |settings, code| {
                settings.question.balance.strengths = code;
            }),
            context.code_list(PROBLEMS, problems, |settings, code| {
                settings.question.balance.problems = code;
            }),
        ];
        controls.extend(context.filters(&settings.question));
        controls.push(context.attribution_choice(&settings.question));
        controls
    }

    fn missing(&self, project: &Project, question: &QuestionSettings) -> Option<Text> {
        let themes = question.balance.themes(project);
        themes.contains(&None).then_some(NO_THEMES)
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let [strengths, problems] = question.balance.themes(source.project);
        let question = BalanceQuestion {
            strengths: strengths?,
            problems: problems?,
            rows: Rows::Family,
            filter: question.filter(),
        };
        Some(weigh(&question, source))
    }
}

/// Weighs two themes.
pub fn weigh(question: &BalanceQuestion, source: &Source<'_>) -> Arc<dyn Finding> {
    Arc::new(Balance {
        question: question.clone(),
        strengths: count_theme(question, question.strengths, source),
        problems: count_theme(question, question.problems, source),
    })
}

/// Counts a theme, which is the first column of the table, before the codes below it.
fn count_theme(question: &BalanceQuestion, theme: CodeId, source: &Source<'_>) -> FrequencyTable {
    let options = FrequencyOptions {
        rows: question.rows,
        columns: Columns::Codes,
        measure: Measure::Codings,
        roll_up: true,
        filter: Filter {
            codes: [theme].into(),
            ..question.filter.clone()
        },
    };
    frequency(source.project, &options, source.load)
}

fn theme_value(table: &FrequencyTable, row: usize) -> Measured {
    table
        .cell(row, 0)
        .map_or(Measured::NoDocument, |cell| cell.value)
}

fn theme_segments(table: &FrequencyTable, project: &Project, row: Option<usize>) -> Vec<Segment> {
    match row {
        Some(row) => table.segments(project, row, 0),
        None => table.column_segments(project, 0),
    }
}

impl Balance {
    fn cells(&self, row: usize, language: UiLanguage) -> Vec<Cell> {
        let strengths = theme_value(&self.strengths, row);
        let problems = theme_value(&self.problems, row);
        let share = match (strengths.number(), problems.number()) {
            (Some(s), Some(p)) if s + p > 0.0 => {
                Cell::number(s / (s + p), wording::percent(s / (s + p)))
            }
            (Some(_), Some(_)) => {
                Cell::undefined(language.say(Text::new("neither is coded", "两者都没有编码")))
            }
            _ => no_document(language),
        };
        vec![
            frequency_cell(strengths, language),
            frequency_cell(problems, language),
            share,
        ]
    }
}

impl Finding for Balance {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let strengths = code_head(project, self.question.strengths, language);
        let problems = code_head(project, self.question.problems, language);
        let filter = wording::filter(project, &self.question.filter, language);
        let share = SHARE.with("theme", &strengths.text).say(language);
        Table {
            title: format!("{} · {}", strengths.text, problems.text),
            rule: RULE
                .with("strengths", &strengths.text)
                .with("problems", &problems.text)
                .with("filter", filter)
                .say(language),
            corner: wording::rows(self.question.rows, project, language),
            rows: self
                .strengths
                .rows
                .iter()
                .enumerate()
                .map(|(at, row)| {
                    Row::new(
                        row_name(row, self.question.rows, project, language),
                        self.cells(at, language),
                    )
                })
                .collect(),
            columns: vec![strengths, problems, Head::plain(share)],
            notes: vec![language.say(OFTEN_IS_NOT_STRONG).to_owned()],
            ..Table::default()
        }
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, _row: Option<usize>) -> Vec<Picture> {
        let rows: Vec<BalanceRow> = self
            .strengths
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                Some(BalanceRow {
                    name: row_name(row, self.question.rows, project, language),
                    left: theme_value(&self.problems, at).number()?,
                    right: theme_value(&self.strengths, at).number()?,
                })
            })
            .collect();
        vec![picture(
            &code_head(project, self.question.problems, language),
            &code_head(project, self.question.strengths, language),
            &rows,
        )]
    }

    fn is_unattributed(&self, at: CellRef) -> bool {
        let row = at.row().and_then(|row| self.strengths.rows.get(row));
        row.is_some_and(|row| row.key == RowKey::None)
    }

    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let strengths = || theme_segments(&self.strengths, project, at.row());
        let problems = || theme_segments(&self.problems, project, at.row());
        match at.column() {
            Some(0) => strengths(),
            Some(1) => problems(),
            // The share is of both.
            _ => [strengths(), problems()].concat(),
        }
    }
}
