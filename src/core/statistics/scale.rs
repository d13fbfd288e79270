//! Scales of several items: totals with reversed items and missing answers, and internal consistency.

use super::{Figure, Undefined, count, interval::Interval, mean, ratio, squares, tails};

/// How a total is computed for a respondent who left items out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingItems {
    /// The respondent gets no total.
    Undefined,
    /// The mean of the answered items replaces the missing ones.
    Prorated {
        /// Fewest answers for which that is done.
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
    /// Numbers of the reversed items, from 1.
    pub reversed: Vec<usize>,
    /// How missing answers are treated.
    pub missing: MissingItems,
}

impl Scoring {
    /// The reversed items of Rosenberg's Self-Esteem Scale (1965), in the order of his book and of the University of Maryland's page.
    pub const ROSENBERG: [usize; 5] = [3, 5, 8, 9, 10];
    /// The reversed items in the other order in circulation, whose item 2 is "At times I think I am no good at all".
    pub const ROSENBERG_OTHER_ORDER: [usize; 5] = [2, 5, 6, 8, 9];

    /// The score of an answer to the item with index `at`, or `None` if the answer is outside the scale.
    ///
    /// A reversed answer x scores min + max - x.
    pub fn turned(&self, at: usize, answer: f64) -> Option<f64> {
        let counts = if self.reversed.contains(&(at + 1)) {
            self.min + self.max - answer
        } else {
            answer
        };
        (self.min..=self.max).contains(&answer).then_some(counts)
    }

    /// The total of one respondent.
    ///
    /// # Errors
    /// There are no answers or too few, or one is outside the scale.
    pub fn total(&self, answers: &[Option<f64>]) -> Figure {
        let mut scored = Vec::new();
        for (at, answer) in answers.iter().enumerate() {
            if let Some(answer) = answer {
                scored.push(
                    self.turned(at, *answer)
                        .ok_or(Undefined::ResponseOutOfRange)?,
                );
            }
        }
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

/// Cronbach's alpha of a scale, with statistics of each item.
#[derive(Debug, Clone, PartialEq)]
pub struct Cronbach {
    /// Number of respondents who answered all items.
    pub n: usize,
    /// Number of respondents dropped for missing answers.
    pub n_dropped: usize,
    /// Number of items.
    pub k: usize,
    /// k / (k - 1) (1 - sum of the items' variances / variance of the total) (Cronbach, Psychometrika 16, 1951); can be negative.
    ///
    /// # Errors
    /// There are too few items or respondents, or all totals are equal.
    pub alpha: Figure,
    /// 95 % interval of alpha: 1 - (1 - alpha) F, with F at 0.975 and 0.025 and n - 1 and (n - 1)(k - 1) degrees of freedom
    /// (Feldt, Psychometrika 30, 1965).
    pub feldt: Result<Interval, Undefined>,
    /// Alpha from the mean correlation r between items: k r / (1 + (k - 1) r).
    ///
    /// # Errors
    /// As for alpha, or an item doesn't vary.
    pub standardized: Figure,
    /// Statistics of each item.
    pub items: Vec<ItemStatistics>,
}

/// How an item relates to the other items.
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
    /// As for alpha.
    pub alpha_if_dropped: Figure,
}

/// Computes alpha; `answers` has a row for each respondent, with reversed items already turned.
pub fn cronbach(answers: &[Vec<Option<f64>>]) -> Cronbach {
    let k = answers.iter().map(Vec::len).max().unwrap_or(0);
    // Variances and covariances must come from the same respondents, so incomplete ones are dropped.
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
        Interval {
            low: 1.0 - (1.0 - alpha) * tails::f_quantile(0.975, df1, df2),
            high: 1.0 - (1.0 - alpha) * tails::f_quantile(0.025, df1, df2),
        }
    });
    Cronbach {
        n,
        n_dropped: answers.len() - n,
        k,
        alpha,
        feldt,
        standardized: alpha.and(standardized(&items)),
        items: (0..k)
            .map(|item| item_statistics(&items, item, n))
            .collect(),
    }
}

/// Statistics of one of the items, over `n` respondents.
fn item_statistics(items: &[Vec<f64>], item: usize, n: usize) -> ItemStatistics {
    let numbered = items.iter().enumerate();
    let others: Vec<&Vec<f64>> = numbered
        .filter(|(at, _)| *at != item)
        .map(|(_, other)| other)
        .collect();
    ItemStatistics {
        corrected_item_total: if others.is_empty() {
            Err(Undefined::FewerThanTwoItems)
        } else {
            correlation(&items[item], &totals(&others, n))
        },
        alpha_if_dropped: alpha(&others, n),
    }
}

/// The total of each respondent over some items.
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
    let totals = totals(items, n);
    // Checked on the values: with rounding errors, the variance of equal totals need not be exactly 0.
    if is_constant(&totals) {
        return Err(Undefined::ZeroVarianceOfTotal);
    }
    let of_total = squares(&totals);
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
