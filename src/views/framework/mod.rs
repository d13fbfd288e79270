//! The framework matrix: cases by themes, a written summary in each cell and its passages beside it (Ritchie & Spencer 1994).
//!
//! A summary is a memo on the cell, so it has an author, undo and history like any other.

use super::wording;
use crate::table::CellRef;
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::frequency::{
        Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
        table::{FrequencyTable, RowKey, Segment},
    },
    message::language::UiLanguage,
    model::{
        Project,
        ids::{CaseId, CodeId},
        memo::{Anchor, Memo},
    },
};

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    table: FrequencyTable,
}

/// Lays the matrix out: families by themes, or by the codes that the filter names.
pub(super) fn framework(project: &Project, filter: &Filter, load: &Loader<'_>) -> Framework {
    let columns = if filter.codes.is_empty() {
        Columns::Themes
    } else {
        Columns::Codes
    };
    let options = FrequencyOptions {
        rows: Rows::Family,
        columns,
        measure: Measure::Codings,
        roll_up: true,
        filter: filter.clone(),
    };
    let mut table = frequency(project, &options, load);
    // What belongs to no case has no cell to write in.
    if table.rows.last().is_some_and(|row| row.key == RowKey::None) {
        table.rows.pop();
        table.cells.truncate(table.rows.len() * table.columns.len());
    }
    Framework { table }
}

/// The summaries of a case and a theme, oldest first: one, unless two were written apart from one another.
pub fn summaries(project: &Project, case: CaseId, code: CodeId) -> impl Iterator<Item = &Memo> {
    project
        .memos_on(Anchor::Cell(case, code))
        .map(AsRef::as_ref)
}

impl Framework {
    /// The case and the theme of a cell.
    pub fn cell(&self, row: usize, column: usize) -> Option<(CaseId, CodeId)> {
        match (
            self.table.rows.get(row).map(|row| &row.key),
            self.table.columns.get(column),
        ) {
            (Some(RowKey::Case(case)), Some(column)) => Some((*case, column.code)),
            _ => None,
        }
    }

    /// The matrix with its summaries; where none is written, how many passages wait for one.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        let table = &self.table;
        let cell = |row: usize, column: usize| {
            let (case, code) = self.cell(row, column)?;
            let n = table
                .cell(row, column)
                .map_or(0, |cell| cell.segments.len());
            let passages = match language {
                UiLanguage::English => {
                    format!("{n} {}", if n == 1 { "passage" } else { "passages" })
                }
                UiLanguage::Chinese => format!("{n} 个片段"),
            };
            let written: Vec<&str> = summaries(project, case, code)
                .map(|memo| memo.body.trim())
                .filter(|body| !body.is_empty())
                .collect();
            Some(match (!written.is_empty()).then(|| written.join("\n")) {
                Some(body) => Cell {
                    why: passages,
                    ..Cell::words(body)
                },
                None => Cell {
                    text: passages,
                    kind: if n == 0 {
                        CellKind::Zero
                    } else {
                        CellKind::Absent
                    },
                    why: language.pick("no summary yet", "还没有摘要").to_owned(),
                    ..Cell::default()
                },
            })
        };
        let line = |(row, head): (usize, &crate::analysis::frequency::table::FrequencyRow)| Row {
            head: Head::plain(&head.label),
            cells: (0..table.columns.len())
                .map(|column| cell(row, column).unwrap_or_default())
                .collect(),
        };
        Table {
            title: language.pick("Framework matrix", "框架矩阵").to_owned(),
            rule: language
                .pick(
                    "A summary of what each case says to each theme, written by you; click a cell to write it with its passages beside it.",
                    "每个个案关于每个主题说了什么，由您写成摘要；点一个单元格，对着片段书写。",
                )
                .to_owned(),
            corner: language.pick("Case", "个案").to_owned(),
            columns: table
                .columns
                .iter()
                .map(|column| Head { text: wording::code(project, column.code, language), depth: column.depth, hue: Some(column.hue) })
                .collect(),
            rows: table.rows.iter().enumerate().map(line).collect(),
            foot: Vec::new(),
            notes: Vec::new(),
            heat: false,
        }
    }

    /// The segments of a cell, a case or a theme.
    pub fn segments(&self, project: &Project, spot: CellRef) -> Vec<Segment> {
        match spot {
            CellRef::Cell(row, column) => self.table.segments(project, row, column),
            CellRef::Row(row) => self.table.row_segments(project, row),
            CellRef::Column(column) => self.table.column_segments(project, column),
        }
    }
}
