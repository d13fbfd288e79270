//! Scales of several items: totals with reversed items and missing answers, and how well the items hang together.

use super::{Figure, Undefined, count, interval::Interval, mean, ratio, squares, tails};

/// What becomes of a respondent who left items out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingItems {
    /// There is no total.
    Undefined,
    /// The mean of the answered items stands for the others, when at least so many are answered.
    Prorated {
        /// Fewest answers.
        min_answered: usize,
    },
}

/// How a scale is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoring {
    /// Lowest answer.
    pub min: f64,
    /// Highest answer.
    pub max: f64,
    /// Items that count backwards, from 1.
    pub reversed: Vec<usize>,
    /// What becomes of missing answers.
    pub missing: MissingItems,
}

impl Scoring {
    /// The items that count backwards in Rosenberg's Self-Esteem Scale (1965), in the order of his book and of the University of Maryland's page.
    pub const ROSENBERG: [usize; 5] = [3, 5, 8, 9, 10];
    /// The same in the other order in circulation, whose item 2 is "At times I think I am no good at all".
    pub const ROSENBERG_OTHER_ORDER: [usize; 5] = [2, 5, 6, 8, 9];

    /// An answer to the item at a place (from 0) as it counts; `None` when it lies outside the scale.
    pub fn turned(&self, at: usize, answer: f64) -> Option<f64> {
        let counts = if self.reversed.contains(&(at + 1)) {
            self.min + self.max - answer
        } else {
            answer
        };
        (self.min..=self.max).contains(&answer).then_some(counts)
    }

    /// The total of one respondent: a reversed answer x counts min + max - x.
    ///
    /// # Errors
    /// There are no answers or too few, or one lies outside the scale.
    pub fn total(&self, answers: &[Option<f64>]) -> Figure {
        let outside = |answer: &f64| !(self.min..=self.max).contains(answer);
        if answers.iter().flatten().any(outside) {
            return Err(Undefined::ResponseOutOfRange);
        }
        let scored = |(at, answer): (usize, &Option<f64>)| answer.and_then(|x| self.turned(at, x));
        let scored: Vec<f64> = answers.iter().enumerate().filter_map(scored).collect();
        if scored.is_empty() {
            return Err(Undefined::NoData);
        }
        match self.missing {
            _ if scored.len() == answers.len() => Ok(scored.iter().sum()),
            MissingItems::Prorated { min_answered } if scored.len() >= min_answered => {
                Ok(mean(&scored) * count(answers.len()))
            }
            MissingItems::Prorated { .. } | MissingItems::Undefined => Err(Undefined::MissingItems),
        }
    }
}

/// Cronbach's alpha with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Cronbach {
    /// Respondents with all answers.
    pub n: usize,
    /// Respondents left out for missing answers.
    pub n_dropped: usize,
    /// Items.
    pub k: usize,
    /// k / (k - 1) (1 - sum of the items' variances / variance of the total) (Cronbach, Psychometrika 16, 1951); may be below 0.
    ///
    /// # Errors
    /// There are too few items or respondents, or all totals are alike.
    pub alpha: Figure,
    /// 95 % (Feldt, Psychometrika 30, 1965): 1 - (1 - alpha) F at 0.975 and 0.025 with n - 1 and (n - 1)(k - 1) degrees of freedom.
    pub feldt: Result<Interval, Undefined>,
    /// From the mean correlation between items: k r / (1 + (k - 1) r).
    ///
    /// # Errors
    /// As alpha, or an item doesn't vary.
    pub standardized: Figure,
    /// Each item against the rest.
    pub items: Vec<ItemStatistics>,
}

/// How an item stands to the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemStatistics {
    /// Correlation with the sum of the other items.
    ///
    /// # Errors
    /// The item or the others don't vary.
    pub corrected_item_total: Figure,
    /// Alpha of the other items.
    ///
    /// # Errors
    /// As alpha.
    pub alpha_if_dropped: Figure,
}

/// Alpha of a scale; `answers` has a row for each respondent, reversed items already turned.
pub fn cronbach(answers: &[Vec<Option<f64>>]) -> Cronbach {
    let k = answers.iter().map(Vec::len).max().unwrap_or(0);
    let complete: Vec<Vec<f64>> = answers
        .iter()
        .filter(|row| row.len() == k)
        .filter_map(|row| row.iter().copied().collect::<Option<Vec<_>>>())
        .collect();
    let n = complete.len();
    let items: Vec<Vec<f64>> = (0..k)
        .map(|item| complete.iter().map(|row| row[item]).collect())
        .collect();
    let all: Vec<&Vec<f64>> = items.iter().collect();
    let alpha = alpha(&all, n);
    let feldt = alpha.map(|alpha| {
        let (df1, df2) = (count(n) - 1.0, (count(n) - 1.0) * (count(k) - 1.0));
        let bound = |p: f64| 1.0 - (1.0 - alpha) * tails::f_quantile(p, df1, df2);
        Interval {
            low: bound(0.975),
            high: bound(0.025),
        }
    });
    let of_item = |item: usize| {
        let others: Vec<&Vec<f64>> = items
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != item)
            .map(|(_, item)| item)
            .collect();
        ItemStatistics {
            corrected_item_total: if k < 2 {
                Err(Undefined::FewerThanTwoItems)
            } else {
                correlation(&items[item], &totals(&others, n))
            },
            alpha_if_dropped: self::alpha(&others, n),
        }
    };
    Cronbach {
        n,
        n_dropped: answers.len() - n,
        k,
        alpha,
        feldt,
        standardized: alpha.and(standardized(&items)),
        items: (0..k).map(of_item).collect(),
    }
}

fn totals(items: &[&Vec<f64>], n: usize) -> Vec<f64> {
    (0..n)
        .map(|respondent| items.iter().map(|item| item[respondent]).sum())
        .collect()
}

fn alpha(items: &[&Vec<f64>], n: usize) -> Figure {
    match (n, items.len()) {
        (0, _) => return Err(Undefined::NoData),
        (_, 0 | 1) => return Err(Undefined::FewerThanTwoItems),
        (1, _) => return Err(Undefined::FewerThanTwoRespondents),
        _ => {}
    }
    let of_total = squares(&totals(items, n));
    if is_constant(&totals(items, n)) {
        return Err(Undefined::ZeroVarianceOfTotal);
    }
    let of_items: f64 = items.iter().map(|item| squares(item)).sum();
    let k = count(items.len());
    ratio(
        k / (k - 1.0) * (of_total - of_items),
        of_total,
        Undefined::ZeroVarianceOfTotal,
    )
}

fn standardized(items: &[Vec<f64>]) -> Figure {
    let pairs = items
        .iter()
        .enumerate()
        .flat_map(|(at, a)| items[at + 1..].iter().map(move |b| correlation(a, b)));
    let correlations = pairs.collect::<Result<Vec<_>, _>>()?;
    let (k, r) = (count(items.len()), mean(&correlations));
    ratio(k * r, 1.0 + (k - 1.0) * r, Undefined::DivisionByZero)
}

fn is_constant(values: &[f64]) -> bool {
    values
        .iter()
        .all(|value| value.total_cmp(&values[0]).is_eq())
}

/// Pearson's r.
fn correlation(a: &[f64], b: &[f64]) -> Figure {
    if a.is_empty() {
        return Err(Undefined::NoData);
    }
    if is_constant(a) || is_constant(b) {
        return Err(Undefined::ItemWithoutVariance);
    }
    let (of_a, of_b) = (mean(a), mean(b));
    let both: f64 = a.iter().zip(b).map(|(a, b)| (a - of_a) * (b - of_b)).sum();
    ratio(
        both,
        (squares(a) * squares(b)).sqrt(),
        Undefined::ItemWithoutVariance,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_answers_follow_the_rule() {
        let mut scoring = Scoring {
            min: 1.0,
            max: 4.0,
            reversed: vec![2],
            missing: MissingItems::Undefined,
        };
        assert_eq!(scoring.total(&[Some(4.0), Some(1.0)]), Ok(8.0));
        assert_eq!(
            scoring.total(&[Some(4.0), None]),
            Err(Undefined::MissingItems)
        );
        assert_eq!(scoring.total(&[None, None]), Err(Undefined::NoData));
        assert_eq!(
            scoring.total(&[Some(5.0), None]),
            Err(Undefined::ResponseOutOfRange)
        );
        scoring.missing = MissingItems::Prorated { min_answered: 2 };
        assert_eq!(scoring.total(&[Some(4.0), Some(1.0), None]), Ok(12.0));
        assert_eq!(
            scoring.total(&[Some(4.0), None, None]),
            Err(Undefined::MissingItems)
        );
    }

    #[test]
    fn a_scale_of_equal_items_has_alpha_1() {
        let row = |x: f64| vec![Some(x), Some(x), Some(x)];
        assert_eq!(cronbach(&[row(1.0), row(2.0), row(4.0)]).alpha, Ok(1.0));
        assert_eq!(
            cronbach(&[row(1.0), row(1.0)]).alpha,
            Err(Undefined::ZeroVarianceOfTotal)
        );
        assert_eq!(
            cronbach(&[row(1.0)]).alpha,
            Err(Undefined::FewerThanTwoRespondents)
        );
    }
}
