//! The framework matrix: cases by themes, with a written summary in each cell (Ritchie & Spencer 1994).
//!
//! A summary is a memo on the cell, so it has an author, undo and history like any other.

use std::sync::Arc;

use super::{
    cells::row_name,
    control::{Control, ControlContext},
    finding::Finding,
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::frequency::{
        Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
        table::{FrequencyTable, RowKey, Segment},
    },
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        ids::{CaseId, CodeId},
        memo::{Anchor, Memo},
    },
    table::{Cell, CellKind, CellRef, Head, Row, Table},
};

/// The view of the framework matrix.
#[derive(Debug)]
pub struct FrameworkView;

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
struct Framework {
    table: FrequencyTable,
}

const NAME: Text = Text::new("Framework matrix", "框架矩阵");
const RULE: Text = Text::new(
    "A summary of what each case says to each theme, written by you; click a cell to write it with its passages beside it.",
    "每个个案关于每个主题说了什么，由您写成摘要；点一个单元格，对着片段书写。",
);

impl AnalysisView for FrameworkView {
    fn id(&self) -> &'static str {
        "framework"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let mut controls = context.filters(&settings.question);
        controls.push(context.attribution_choice(&settings.question));
        controls
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        Some(framework(&question.filter(), source))
    }
}

/// Makes the matrix: families by themes, or by the codes that the filter names.
pub fn framework(filter: &Filter, source: &Source<'_>) -> Arc<dyn Finding> {
    let options = FrequencyOptions {
        rows: Rows::Family,
        columns: if filter.codes.is_empty() {
            Columns::Themes
        } else {
            Columns::Codes
        },
        measure: Measure::Codings,
        roll_up: true,
        filter: filter.clone(),
    };
    let table = frequency(source.project, &options, source.load);
    Arc::new(Framework { table })
}

/// The summaries of a case and a theme, oldest first: one, unless two coders wrote theirs without seeing the other's.
pub fn summaries(project: &Project, case: CaseId, code: CodeId) -> impl Iterator<Item = &Memo> {
    project
        .memos_on(Anchor::Cell(case, code))
        .map(AsRef::as_ref)
}

impl Framework {
    /// The case and the theme of a cell.
    fn case_and_theme(&self, row: usize, column: usize) -> Option<(CaseId, CodeId)> {
        let (row, column) = (self.table.rows.get(row)?, self.table.columns.get(column)?);
        match row.key {
            RowKey::Case(case) => Some((case, column.code)),
            _ => None,
        }
    }

    /// The summary of a cell; where none is written, how many passages wait for one.
    fn cell(&self, row: usize, column: usize, project: &Project, language: UiLanguage) -> Cell {
        let counted = self.table.cell(row, column);
        let n = counted.map_or(0, |counted| counted.segments.len());
        let passages = Text::new("{n} {n|passage|passages}", "{n} 个片段")
            .with("n", n)
            .say(language);
        // Passages that are not attributed have no case that a summary could be of.
        let Some((case, code)) = self.case_and_theme(row, column) else {
            return match n {
                0 => Cell {
                    kind: CellKind::Zero,
                    ..Cell::words(passages)
                },
                _ => Cell::words(passages),
            };
        };
        let written: Vec<&str> = summaries(project, case, code)
            .map(|memo| memo.body.trim())
            .filter(|body| !body.is_empty())
            .collect();
        if written.is_empty() {
            Cell {
                text: passages,
                kind: if n == 0 {
                    CellKind::Zero
                } else {
                    CellKind::Absent
                },
                why: language
                    .say(Text::new("no summary yet", "还没有摘要"))
                    .to_owned(),
                ..Cell::default()
            }
        } else {
            Cell {
                why: passages,
                ..Cell::words(written.join("\n"))
            }
        }
    }
}

impl Finding for Framework {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let (rows, columns) = (&self.table.rows, &self.table.columns);
        Table {
            title: language.say(NAME).to_owned(),
            rule: language.say(RULE).to_owned(),
            corner: language.say(Text::new("Case", "个案")).to_owned(),
            columns: columns
                .iter()
                .map(|column| Head {
                    text: wording::code(project, column.code, language),
                    depth: column.depth,
                    hue: Some(column.hue),
                })
                .collect(),
            rows: rows
                .iter()
                .enumerate()
                .map(|(at, row)| {
                    let cells = (0..columns.len())
                        .map(|column| self.cell(at, column, project, language))
                        .collect();
                    Row::new(row_name(row, Rows::Family, project, language), cells)
                })
                .collect(),
            ..Table::default()
        }
    }

    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        match at {
            CellRef::Cell(row, column) => self.table.segments(project, row, column),
            CellRef::Row(row) => self.table.row_segments(project, row),
            CellRef::Column(column) => self.table.column_segments(project, column),
        }
    }

    fn is_unattributed(&self, at: CellRef) -> bool {
        let row = at.row().and_then(|row| self.table.rows.get(row));
        row.is_some_and(|row| row.key == RowKey::None)
    }

    fn memo_anchor(&self, at: CellRef) -> Option<Anchor> {
        let (case, code) = self.case_and_theme(at.row()?, at.column()?)?;
        Some(Anchor::Cell(case, code))
    }
}
