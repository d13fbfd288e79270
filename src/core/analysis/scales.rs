//! Scores of cases: numbers given per phase, scales that add several of them up, and the reliability of scales.

use std::collections::BTreeSet;

use crate::{
    model::{
        Project,
        attribute::AttributeValue,
        case::Case,
        ids::{AttributeId, CaseId, PhaseId, ScaleId},
        localized::Localized,
        scale::Scale,
    },
    statistics::{
        Figure, mean_of,
        scale::{Cronbach, MissingItems, Scoring, cronbach},
    },
};

/// A number that a case has in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// The value of an attribute.
    Number(AttributeId),
    /// The score of a scale.
    Scale(ScaleId),
}

/// The scores of a project: its scales, then the attributes with numbers per phase that are not items of a scale.
pub fn scores(project: &Project) -> Vec<Score> {
    let items: BTreeSet<AttributeId> = project
        .scales
        .values()
        .flat_map(Scale::attributes)
        .collect();
    let scales = project
        .scales_in_order()
        .into_iter()
        .map(|(_, scale)| Score::Scale(scale.id));
    let numbers = project
        .attributes_in_order()
        .into_iter()
        .filter(|own| Scale::takes(own) && !items.contains(&own.id));
    scales
        .chain(numbers.map(|attribute| Score::Number(attribute.id)))
        .collect()
}

/// The name of a score; empty for one that was removed.
pub fn name_of(project: &Project, score: Score) -> Localized {
    match score {
        Score::Number(id) => project
            .attributes
            .get(&id)
            .map(|attribute| attribute.localized()),
        Score::Scale(id) => project
            .scales
            .get(&id)
            .map(|scale| Localized::plain(&*scale.name)),
    }
    .unwrap_or_default()
}

/// The score of a case in a phase: its own, or the mean of the scores of the cases below it.
pub fn score_of(project: &Project, case: CaseId, score: Score, phase: PhaseId) -> Option<f64> {
    let own = own_score(project, project.cases.get(&case)?, score, phase);
    own.or_else(|| {
        let below: Vec<f64> = project
            .cases
            .values()
            .filter(|other| project.case_is_within(other.id, case))
            .filter_map(|other| own_score(project, other, score, phase))
            .collect();
        mean_of(&below).ok()
    })
}

fn own_score(project: &Project, case: &Case, score: Score, phase: PhaseId) -> Option<f64> {
    match score {
        Score::Number(id) => number(case, id, phase),
        Score::Scale(id) => total(project.scales.get(&id)?, case, phase).ok(),
    }
}

/// The score of a case on a scale.
///
/// # Errors
/// It answered nothing or too little, or an answer is outside the scale's range.
pub fn total(scale: &Scale, case: &Case, phase: PhaseId) -> Figure {
    scoring(scale).total(&answers(scale, case, phase))
}

/// The score of a case on a scale, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// The case.
    pub case: CaseId,
    /// The sum over all items, in the unit of the answers; a missing answer counts as the mean of those given, if
    /// there are as many as the scale asks for.
    ///
    /// # Errors
    /// It answered too little, or an answer is outside the scale's range.
    pub score: Figure,
    /// How many items it answered.
    pub answered: usize,
}

/// The reliability of a scale in a phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// The scale.
    pub scale: ScaleId,
    /// Scores of the cases that answered anything.
    pub totals: Vec<Total>,
    /// The answers to each item, as given.
    pub given: Vec<Vec<f64>>,
    /// Cronbach's alpha of the answers within the range, with reversed items turned.
    pub cronbach: Cronbach,
}

impl Reliability {
    /// The scores that there are.
    pub fn scores(&self) -> Vec<f64> {
        let scores = self.totals.iter().filter_map(|total| total.score.ok());
        scores.collect()
    }

    /// How many of the scores stand for answers that are missing.
    pub fn prorated(&self) -> usize {
        let incomplete = |total: &&Total| total.answered < self.given.len();
        let scored = self.totals.iter().filter(|total| total.score.is_ok());
        scored.filter(incomplete).count()
    }
}

/// The reliability of a scale in a phase, over the cases that answered any of its items.
pub fn reliability(project: &Project, scale: &Scale, phase: PhaseId) -> Reliability {
    let cases: Vec<(CaseId, Vec<Option<f64>>)> = project
        .cases_in_order()
        .into_iter()
        .map(|(_, case)| (case.id, answers(scale, case, phase)))
        .filter(|(_, answers)| answers.iter().any(Option::is_some))
        .collect();
    let scoring = scoring(scale);
    let turned: Vec<Vec<Option<f64>>> = cases
        .iter()
        .map(|(_, answers)| turned(&scoring, answers))
        .collect();
    Reliability {
        scale: scale.id,
        totals: cases
            .iter()
            .map(|(id, answers)| Total {
                case: *id,
                score: scoring.total(answers),
                answered: answers.iter().flatten().count(),
            })
            .collect(),
        given: (0..scale.items.len())
            .map(|at| {
                cases
                    .iter()
                    .filter_map(|(_, answers)| answers[at])
                    .collect()
            })
            .collect(),
        cronbach: cronbach(&turned),
    }
}

/// A case's answers, with those to reversed items turned; `None` for one outside the scale's range.
fn turned(scoring: &Scoring, answers: &[Option<f64>]) -> Vec<Option<f64>> {
    let answers = answers.iter().enumerate();
    answers
        .map(|(at, answer)| scoring.turned(at, (*answer)?))
        .collect()
}

/// The first phase in which somebody answered an item of a scale; else the first of all.
pub fn first_phase(project: &Project) -> Option<PhaseId> {
    let phases = project.phases_in_order();
    let items: BTreeSet<AttributeId> = project
        .scales
        .values()
        .flat_map(Scale::attributes)
        .collect();
    let answered = phases.iter().find(|phase| {
        let mut cases = project.cases.values();
        cases.any(|case| items.iter().any(|id| number(case, *id, phase.id).is_some()))
    });
    answered.or(phases.first()).map(|phase| phase.id)
}

fn number(case: &Case, attribute: AttributeId, phase: PhaseId) -> Option<f64> {
    match case.values.get(&(attribute, Some(phase))) {
        Some(AttributeValue::Number(value)) => Some(*value),
        _ => None,
    }
}

fn answers(scale: &Scale, case: &Case, phase: PhaseId) -> Vec<Option<f64>> {
    scale
        .attributes()
        .map(|item| number(case, item, phase))
        .collect()
}

fn scoring(scale: &Scale) -> Scoring {
    let min_answered = scale.fewest as usize;
    let missing = if min_answered >= scale.items.len() {
        MissingItems::Undefined
    } else {
        MissingItems::Prorated { min_answered }
    };
    let reversed = scale
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.reversed)
        .map(|(at, _)| at + 1)
        .collect();
    Scoring {
        min: scale.min,
        max: scale.max,
        reversed,
        missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::sample::SampleProject,
        model::{
            attribute::{AttributeKind, AttributeOf},
            case::CaseKind,
            scale::Item,
        },
        statistics::Undefined,
    };

    /// Three items from 1 to 4, the second reversed; four children.
    fn study() -> SampleProject {
        let mut study = SampleProject::default();
        study.phase(1, "baseline");
        for item in 1..=3 {
            study.attribute(
                item,
                &format!("item {item}"),
                AttributeOf::Cases,
                AttributeKind::Number,
                true,
            );
        }
        study.attribute(4, "mood", AttributeOf::Cases, AttributeKind::Number, true);
        study.case(9, None, CaseKind::family(), "Lin");
        let given = [
            [Some(4.0), Some(1.0), Some(3.0)],
            [Some(2.0), Some(4.0), Some(2.0)],
            [Some(3.0), None, Some(3.0)],
            [None, Some(7.0), None],
        ];
        for (child, row) in (1u128..).zip(given) {
            let case = study.case(
                child,
                Some(9),
                CaseKind::person(),
                &format!("child {child}"),
            );
            for (item, answer) in (1u128..).zip(row) {
                if let Some(answer) = answer {
                    case.values.insert(
                        (AttributeId::from_u128(item), Some(PhaseId::from_u128(1))),
                        AttributeValue::Number(answer),
                    );
                }
            }
        }
        let item = |attribute: u128| Item {
            attribute: AttributeId::from_u128(attribute),
            reversed: attribute == 2,
        };
        let scale = |id: u128, name: &str, items: std::ops::RangeInclusive<u128>, fewest| Scale {
            id: ScaleId::from_u128(id),
            name: name.to_owned(),
            items: items.map(item).collect(),
            min: 1.0,
            max: 4.0,
            fewest,
        };
        for scale in [scale(1, "esteem", 1..=3, 3), scale(2, "a part", 1..=2, 1)] {
            study.project.scales.insert(scale.id, scale);
        }
        study
    }

    #[test]
    fn scores_follow_the_scale() {
        let study = study();
        let project = &study.project;
        let phase = PhaseId::from_u128(1);
        let score = |scale: u128, case: u128| {
            score_of(
                project,
                CaseId::from_u128(case),
                Score::Scale(ScaleId::from_u128(scale)),
                phase,
            )
        };
        assert_eq!(
            [score(1, 1), score(1, 2), score(1, 3), score(1, 4)],
            [Some(11.0), Some(5.0), None, None]
        );
        assert_eq!(
            score(1, 9),
            Some(8.0),
            "a family has the mean of its children"
        );
        assert_eq!(
            [score(2, 1), score(2, 3)],
            [Some(8.0), Some(6.0)],
            "one answer stands for both"
        );
        let scale = &project.scales[&ScaleId::from_u128(1)];
        assert_eq!(
            total(scale, &project.cases[&CaseId::from_u128(4)], phase),
            Err(Undefined::ResponseOutOfRange)
        );
    }

    #[test]
    fn items_are_no_scores_of_their_own_and_parts_follow_their_whole() {
        let study = study();
        let names: Vec<String> = scores(&study.project)
            .into_iter()
            .map(|score| name_of(&study.project, score).text)
            .collect();
        assert_eq!(names, ["esteem", "a part", "mood"]);
        assert_eq!(
            study
                .project
                .scales_in_order()
                .iter()
                .map(|(depth, _)| *depth)
                .collect::<Vec<_>>(),
            [0, 1]
        );
    }

    #[test]
    fn reliability_leaves_out_whom_an_answer_is_missing_or_outside() {
        let study = study();
        let scale = &study.project.scales[&ScaleId::from_u128(1)];
        let found = reliability(&study.project, scale, PhaseId::from_u128(1));
        assert_eq!(
            (
                found.cronbach.n,
                found.cronbach.n_dropped,
                found.totals.len()
            ),
            (2, 2, 4)
        );
        assert_eq!(found.given[1], [1.0, 4.0, 7.0]);
        let answered: Vec<usize> = found.totals.iter().map(|total| total.answered).collect();
        assert_eq!((answered, found.prorated()), (vec![3, 3, 2, 1], 0));
        let part = &study.project.scales[&ScaleId::from_u128(2)];
        let of_part = reliability(&study.project, part, PhaseId::from_u128(1));
        assert_eq!(
            (of_part.scores(), of_part.prorated()),
            (vec![8.0, 3.0, 6.0], 1),
            "one answer of two, and one outside the range"
        );
        // Items 4 and 2, 4 and 1 (turned), 3 and 2: variances 2, 4.5 and 0.5, of the total 18.
        assert!((found.cronbach.alpha.unwrap() - 1.5 * (1.0 - 7.0 / 18.0)).abs() < 1e-12);
    }
}
