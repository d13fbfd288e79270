//! Before and after: themes and scales in two phases, compared case by case with exact tests.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        Project,
        ids::{CodeId, CoderId, PhaseId},
    },
    statistics::{
        Undefined, mean_of,
        paired::{self, Differences, McNemar, MiddleChange, PairedT, Signs, Wilcoxon, Zeros},
    },
};

use super::frequency::{
    Columns, Filter, FrequencyOptions, Loader, Measure, Rows, frequency,
    table::{FrequencyRow, FrequencyTable, RowKey, Segment},
};
use super::{
    merging::CoderCount,
    scales::{Score, score_of},
};

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeQuestion {
    /// The phase before.
    pub from: PhaseId,
    /// The phase after.
    pub to: PhaseId,
    /// Whose values are paired: those of a case, family or person.
    pub rows: Rows,
    /// What is measured of themes.
    pub measure: Measure,
    /// Codes or themes, each with the codes below it.
    pub columns: Columns,
    /// The scores that are compared.
    pub scores: Vec<Score>,
    /// Which documents and codings count. Its phases are ignored, and so are documents in which its coders coded nothing.
    pub filter: Filter,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeSubject {
    /// A code or theme, by its column in the tables.
    Code(usize, CodeId),
    /// A score.
    Score(Score),
}

/// A value before and after; `None` where there is no document, or no answer.
pub type Pair = (Option<f64>, Option<f64>);

/// How one thing changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeLine {
    /// What the line is about.
    pub subject: ChangeSubject,
    /// A pair for each case.
    pub pairs: Vec<Pair>,
    /// The differences of the complete pairs.
    pub differences: Differences,
    /// Mean of the complete pairs before.
    pub mean_before: Option<f64>,
    /// Mean of the complete pairs after.
    pub mean_after: Option<f64>,
    /// Wilcoxon's test, unchanged pairs left out.
    pub wilcoxon: Result<Wilcoxon, Undefined>,
    /// The sign test.
    pub signs: Signs,
    /// The middle change with its interval.
    pub middle: Option<MiddleChange>,
    /// Student's test.
    pub t: Result<PairedT, Undefined>,
    /// For codes, how many had it before only and after only.
    pub mcnemar: Option<McNemar>,
}

/// Lines of change over the same cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The question.
    pub question: ChangeQuestion,
    /// The cases: those that have a document or an answer in either phase.
    pub cases: Vec<FrequencyRow>,
    /// The lines, codes first.
    pub lines: Vec<ChangeLine>,
    before: FrequencyTable,
    after: FrequencyTable,
}

/// Compares two phases.
pub fn changes(project: &Project, question: &ChangeQuestion, load: &Loader<'_>) -> Changes {
    let before = count_phase(project, question, question.from, load);
    let after = count_phase(project, question, question.to, load);
    let cases: Vec<FrequencyRow> = before
        .rows
        .iter()
        .filter(|row| row.key != RowKey::None)
        .filter(|row| {
            has_documents(&before, row)
                || has_documents(&after, row)
                || has_score(project, question, row)
        })
        .cloned()
        .collect();
    let mut lines = Vec::new();
    for (column, code) in before.columns.iter().enumerate() {
        let pairs = cases
            .iter()
            .map(|row| (figure(&before, row, column), figure(&after, row, column)))
            .collect();
        lines.push(ChangeLine::new(
            ChangeSubject::Code(column, code.code),
            pairs,
        ));
    }
    for &score in &question.scores {
        let pairs = cases
            .iter()
            .map(|row| {
                (
                    score_in(project, row, score, question.from),
                    score_in(project, row, score, question.to),
                )
            })
            .collect();
        lines.push(ChangeLine::new(ChangeSubject::Score(score), pairs));
    }
    Changes {
        question: question.clone(),
        cases,
        lines,
        before,
        after,
    }
}

fn count_phase(
    project: &Project,
    question: &ChangeQuestion,
    phase: PhaseId,
    load: &Loader<'_>,
) -> FrequencyTable {
    let options = FrequencyOptions {
        rows: question.rows,
        columns: question.columns,
        measure: question.measure,
        roll_up: true,
        filter: Filter {
            phases: [phase].into(),
            // A document that these coders never opened must not count as one without the code.
            looked_at: true,
            ..question.filter.clone()
        },
    };
    frequency(project, &options, load)
}

fn has_documents(table: &FrequencyTable, row: &FrequencyRow) -> bool {
    table
        .row_of(&row.key)
        .is_some_and(|at| table.rows[at].documents > 0)
}

fn figure(table: &FrequencyTable, row: &FrequencyRow, column: usize) -> Option<f64> {
    let at = table.row_of(&row.key)?;
    table.cell(at, column)?.value.number()
}

fn has_score(project: &Project, question: &ChangeQuestion, row: &FrequencyRow) -> bool {
    question.scores.iter().any(|&score| {
        [question.from, question.to]
            .into_iter()
            .any(|phase| score_in(project, row, score, phase).is_some())
    })
}

fn score_in(project: &Project, row: &FrequencyRow, score: Score, phase: PhaseId) -> Option<f64> {
    match row.key {
        RowKey::Case(case) => score_of(project, case, score, phase),
        _ => None,
    }
}

impl ChangeLine {
    fn new(subject: ChangeSubject, pairs: Vec<Pair>) -> Self {
        let differences = paired::differences(&pairs);
        let (before, after): (Vec<f64>, Vec<f64>) = pairs
            .iter()
            .filter_map(|&(before, after)| Some((before?, after?)))
            .unzip();
        Self {
            mean_before: mean_of(&before).ok(),
            mean_after: mean_of(&after).ok(),
            wilcoxon: paired::wilcoxon(&differences, Zeros::Dropped),
            signs: paired::signs(&differences),
            middle: paired::middle_change(&differences),
            t: paired::paired_t(&differences),
            mcnemar: matches!(subject, ChangeSubject::Code(..))
                .then(|| paired::mcnemar(lost(&before, &after), lost(&after, &before))),
            subject,
            pairs,
            differences,
        }
    }

    /// The number of complete pairs.
    pub fn n(&self) -> usize {
        self.differences.values.len()
    }
}

/// The number of pairs whose value is above 0 in the first list only.
fn lost(first: &[f64], second: &[f64]) -> usize {
    first
        .iter()
        .zip(second)
        .filter(|(first, second)| **first > 0.0 && **second <= 0.0)
        .count()
}

/// Who coded the two sides of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedCoders {
    /// Those who coded what comes before.
    pub before: BTreeSet<CoderId>,
    /// Those who coded what comes after.
    pub after: BTreeSet<CoderId>,
    /// Who coded the two sides of pairs where they are other people, with the number of such pairs; the most frequent first.
    pub different: Vec<DifferentCoders>,
    /// In how many pairs both sides are coded.
    pub pairs: usize,
}

/// Who coded the two sides of some pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferentCoders {
    /// Those who coded what comes before.
    pub before: BTreeSet<CoderId>,
    /// Those who coded what comes after.
    pub after: BTreeSet<CoderId>,
    /// In how many pairs.
    pub pairs: usize,
}

impl ComparedCoders {
    /// In how many pairs other people coded one side than the other.
    pub fn differing(&self) -> usize {
        self.different.iter().map(|coders| coders.pairs).sum()
    }
}

impl Changes {
    /// How codings of several coders were counted.
    pub const fn counting(&self) -> CoderCount {
        self.before.counting
    }

    /// Whether rates are over words of Chinese in some documents and of another language in others.
    pub const fn mixes_languages(&self) -> bool {
        self.before.mixes_languages || self.after.mixes_languages
    }

    /// Who coded the two sides, and in how many pairs they differ.
    pub fn coders(&self) -> ComparedCoders {
        let of_row = |table: &FrequencyTable, case: &FrequencyRow| {
            let row = table.row_of(&case.key)?;
            let coders = table.coders_of_rows.get(row)?;
            (!coders.is_empty()).then(|| coders.clone())
        };
        let pairs: Vec<_> = self
            .cases
            .iter()
            .filter_map(|case| Some((of_row(&self.before, case)?, of_row(&self.after, case)?)))
            .collect();
        let mut different: BTreeMap<(BTreeSet<CoderId>, BTreeSet<CoderId>), usize> =
            BTreeMap::new();
        for (before, after) in pairs.iter().filter(|(before, after)| before != after) {
            *different
                .entry((before.clone(), after.clone()))
                .or_default() += 1;
        }
        let mut different: Vec<DifferentCoders> = different
            .into_iter()
            .map(|((before, after), pairs)| DifferentCoders {
                before,
                after,
                pairs,
            })
            .collect();
        different.sort_by_key(|coders| std::cmp::Reverse(coders.pairs));
        ComparedCoders {
            before: self.before.coders.clone(),
            after: self.after.coders.clone(),
            different,
            pairs: pairs.len(),
        }
    }

    /// A copy with the lines of scores only.
    #[must_use]
    pub fn of_scores(&self) -> Self {
        let lines = self
            .lines
            .iter()
            .filter(|line| matches!(line.subject, ChangeSubject::Score(_)))
            .cloned()
            .collect();
        Self {
            lines,
            ..self.clone()
        }
    }

    /// The segments behind a case's figures of a code, before and after.
    pub fn segments(&self, project: &Project, line: usize, case: usize) -> Vec<Segment> {
        let Some(ChangeSubject::Code(column, _)) = self.lines.get(line).map(|line| line.subject)
        else {
            return Vec::new();
        };
        let Some(row) = self.cases.get(case) else {
            return Vec::new();
        };
        [&self.before, &self.after]
            .into_iter()
            .filter_map(|table| Some(table.segments(project, table.row_of(&row.key)?, column)))
            .flatten()
            .collect()
    }

    /// The segments behind a line: of a code, all of both phases.
    pub fn line_segments(&self, project: &Project, line: usize) -> Vec<Segment> {
        (0..self.cases.len())
            .flat_map(|case| self.segments(project, line, case))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            sample::{SampleProject, coding},
            scales::scores,
        },
        model::{
            attribute::{AttributeKind, AttributeOf, AttributeValue},
            case::CaseKind,
            ids::{AttributeId, CaseId},
        },
    };

    /// Four children before and after; the fourth has no document after. One code, and a scale.
    fn study() -> SampleProject {
        let mut study = SampleProject::default();
        study.attribute(
            1,
            "self_esteem",
            AttributeOf::Cases,
            AttributeKind::Number,
            true,
        );
        study.phase(1, "baseline");
        study.phase(2, "follow-up");
        study.coder(1, "An");
        study.code(1, None, "Pride", "自豪");
        for number in 1..=4u128 {
            let case = study.case(number, None, CaseKind::person(), &format!("child {number}"));
            let score = |phase: u128| (AttributeId::from_u128(1), Some(PhaseId::from_u128(phase)));
            case.values.insert(score(1), AttributeValue::Number(20.0));
            if number != 3 {
                case.values
                    .insert(score(2), AttributeValue::Number(20.0 + number as f64));
            }
            for phase in 1..=2u128 {
                if (number, phase) == (4, 2) {
                    continue;
                }
                let document = study.document(
                    number * 10 + phase,
                    &format!("{number} {phase}"),
                    100,
                    &[],
                    &[],
                );
                document.cases.insert(CaseId::from_u128(number));
                document.phase = Some(PhaseId::from_u128(phase));
                let n = if phase == 1 {
                    0
                } else {
                    u32::try_from(number).unwrap() - 1
                };
                document.codings = (0..n)
                    .map(|at| coding(number * 100 + phase * 10 + u128::from(at), at, at + 1, 1, 1))
                    .collect();
            }
        }
        study
    }

    #[test]
    fn a_coder_who_coded_nothing_gives_no_pairs() {
        let mut study = study();
        study.coder(2, "Bo");
        let question = ChangeQuestion {
            filter: Filter {
                coders: [CoderId::from_u128(2)].into(),
                ..Filter::default()
            },
            scores: Vec::new(),
            ..question(&study)
        };
        let found = changes(&study.project, &question, &|_| None);
        assert_eq!(
            (found.cases.len(), found.lines[0].n()),
            (0, 0),
            "what nobody looked at is not 0"
        );
    }

    fn question(study: &SampleProject) -> ChangeQuestion {
        ChangeQuestion {
            from: PhaseId::from_u128(1),
            to: PhaseId::from_u128(2),
            rows: Rows::Case,
            measure: Measure::Codings,
            columns: Columns::Codes,
            scores: scores(&study.project),
            filter: Filter::default(),
        }
    }

    #[test]
    fn pairs_are_of_cases_that_have_both() {
        let study = study();
        let question = question(&study);
        let found = changes(&study.project, &question, &|_| None);
        assert_eq!(found.cases.len(), 4);
        let [code, scale] = found.lines.as_slice() else {
            panic!("two lines")
        };
        assert_eq!(
            code.pairs,
            [
                (Some(0.0), Some(0.0)),
                (Some(0.0), Some(1.0)),
                (Some(0.0), Some(2.0)),
                (Some(0.0), None)
            ]
        );
        assert_eq!((code.n(), code.differences.dropped), (3, 1));
        assert_eq!(
            code.mcnemar.map(|test| (test.lost, test.gained)),
            Some((0, 2))
        );
        assert_eq!(scale.differences.values, [1.0, 2.0, 4.0]);
        assert!((scale.wilcoxon.as_ref().unwrap().p_two_sided - 0.25).abs() < 1e-12);
        assert!(scale.mcnemar.is_none());
        assert_eq!(found.segments(&study.project, 0, 2).len(), 2);
        assert_eq!(found.line_segments(&study.project, 0).len(), 3);
        assert!(
            found.segments(&study.project, 1, 0).is_empty(),
            "a score has no passage"
        );
    }
}
