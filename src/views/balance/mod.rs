//! Strengths against problems, family by family.

use super::{
    chart::balance as chart,
    frequency::{cell, row_name},
    wording,
};
use crate::table::CellRef;
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::{
        change::number,
        frequency::{
            Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
            table::{FrequencyTable, Measured, Segment},
        },
    },
    message::language::UiLanguage,
    model::{Project, ids::CodeId},
    picture::Picture,
};

/// What is weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceQuestion {
    /// One theme.
    pub strengths: CodeId,
    /// The other.
    pub problems: CodeId,
    /// What a line is.
    pub rows: Rows,
    /// What counts; its codes say nothing.
    pub filter: Filter,
}

/// Two themes in each row.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    question: BalanceQuestion,
    strengths: FrequencyTable,
    problems: FrequencyTable,
}

/// Weighs two themes.
pub(super) fn balance(project: &Project, question: &BalanceQuestion, load: &Loader<'_>) -> Balance {
    let table = |code: CodeId| {
        let filter = Filter {
            codes: [code].into(),
            ..question.filter.clone()
        };
        frequency(
            project,
            &FrequencyOptions {
                rows: question.rows,
                columns: Columns::Codes,
                measure: Measure::Codings,
                roll_up: true,
                filter,
            },
            load,
        )
    };
    Balance {
        question: question.clone(),
        strengths: table(question.strengths),
        problems: table(question.problems),
    }
}

impl Balance {
    /// Figures of a row: strengths, problems. The column of the theme itself is the first.
    fn pair(&self, row: usize) -> (Measured, Measured) {
        let of = |table: &FrequencyTable| {
            table
                .cell(row, 0)
                .map_or(Measured::NoDocument, |cell| cell.value)
        };
        (of(&self.strengths), of(&self.problems))
    }

    /// The table.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        let name = |id: CodeId| wording::code(project, id, language);
        let hue = |id: CodeId| project.codebook.get(id).map(|code| code.hue);
        let (strengths, problems) = (self.question.strengths, self.question.problems);
        let line = |(at, row): (usize, &crate::analysis::frequency::table::FrequencyRow)| {
            let (s, p) = self.pair(at);
            let share = match (number(s), number(p)) {
                (Some(s), Some(p)) if s + p > 0.0 => Cell {
                    kind: CellKind::Figure,
                    ..Cell::number(s / (s + p), wording::percent(s / (s + p)))
                },
                (Some(_), Some(_)) => {
                    Cell::undefined(language.pick("neither is coded", "两者都没有编码"))
                }
                _ => Cell::absent(language.pick("no document", "没有文档")),
            };
            Row {
                head: Head::plain(row_name(row, language)),
                cells: vec![cell(s, language), cell(p, language), share],
            }
        };
        let filter = wording::filter(project, &self.question.filter, language);
        Table {
            title: format!("{} · {}", name(strengths), name(problems)),
            rule: match language {
                UiLanguage::English => format!(
                    "Counted: codings with \"{}\" and with \"{}\" or codes below them ({filter}); the share is of the two together.",
                    name(strengths),
                    name(problems)
                ),
                UiLanguage::Chinese => {
                    format!("统计的是：“{}”与“{}”及其下级的编码片段（{filter}）；比例以两者之和为分母。", name(strengths), name(problems))
                }
            },
            corner: wording::rows(self.question.rows, project, language),
            columns: vec![
                Head { text: name(strengths), depth: 0, hue: hue(strengths) },
                Head { text: name(problems), depth: 0, hue: hue(problems) },
                Head::plain(match language {
                    UiLanguage::English => format!("share of {}", name(strengths).to_lowercase()),
                    UiLanguage::Chinese => format!("{}所占比例", name(strengths)),
                }),
            ],
            rows: self.strengths.rows.iter().enumerate().map(line).collect(),
            foot: Vec::new(),
            notes: vec![
                language
                    .pick(
                        "How often something is told is not how strong it is: the questions of the interview steer what is talked about.",
                        "说得多并不等于程度强：访谈的问题会引导谈话内容。",
                    )
                    .to_owned(),
            ],
            heat: false,
        }
    }

    /// Bars to both sides of a middle.
    pub fn picture(&self, project: &Project, language: UiLanguage) -> Picture {
        let bars: Vec<(String, f64, f64)> = self
            .strengths
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                let (s, p) = self.pair(at);
                Some((row_name(row, language), number(s)?, number(p)?))
            })
            .collect();
        let side = |id: CodeId| {
            (
                wording::code(project, id, language),
                project
                    .codebook
                    .get(id)
                    .map(|code| code.hue)
                    .unwrap_or_default(),
            )
        };
        chart::picture(
            &side(self.question.problems),
            &side(self.question.strengths),
            &bars,
        )
    }

    /// The segments behind a place.
    pub fn segments(&self, project: &Project, spot: CellRef) -> Vec<Segment> {
        let of = |table: &FrequencyTable| {
            spot.row().map_or_else(
                || table.column_segments(project, 0),
                |row| table.segments(project, row, 0),
            )
        };
        match spot.column() {
            Some(0) => of(&self.strengths),
            Some(1) => of(&self.problems),
            _ => [of(&self.strengths), of(&self.problems)].concat(),
        }
    }
}
