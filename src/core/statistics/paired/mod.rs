//! Tests for paired values, before and after: Wilcoxon's signed ranks, the sign test, Student's t and McNemar's test, with effect sizes.
//!
//! Differences are "after" minus "before", over the pairs that have both values.
//! They are rounded to 10 decimals so that 0.4 - 0.3 ties with 0.2 - 0.1, as it would on paper.
//! P values are exact up to a few hundred pairs, because a programme's groups are too small for approximations.

mod hodges_lehmann;
mod signed_rank;
mod student;

pub use hodges_lehmann::{MiddleChange, middle_change};
pub use signed_rank::{Wilcoxon, Zeros, wilcoxon};
pub use student::{PairedT, TTest, paired_t};

use super::{Figure, Undefined, count, ratio, tails};

/// The differences of the complete pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// After minus before.
    pub values: Vec<f64>,
    /// Number of pairs that lack a value.
    pub dropped: usize,
}

/// Computes the differences of the pairs that have both values.
pub fn differences(pairs: &[(Option<f64>, Option<f64>)]) -> Differences {
    let values: Vec<f64> = pairs
        .iter()
        .filter_map(|&(before, after)| Some(rounded(after? - before?)))
        .filter(|value| value.is_finite())
        .collect();
    Differences {
        dropped: pairs.len() - values.len(),
        values,
    }
}

/// Rounds a difference to 10 decimals.
fn rounded(difference: f64) -> f64 {
    // Adding 0 turns -0.0 into 0.0, so that both compare as equal in total order.
    (difference * 1e10).round() / 1e10 + 0.0
}

fn is_change(difference: f64) -> bool {
    difference.abs() > 0.0
}

/// Results of the sign test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// Number of increases.
    pub n_positive: usize,
    /// Number of decreases.
    pub n_negative: usize,
    /// Number of pairs without change.
    pub n_zero: usize,
    /// The probability of a split at least as uneven as this, if increases and decreases are equally likely.
    ///
    /// # Errors
    /// There are no complete pairs, or none has changed.
    pub p_two_sided: Figure,
}

/// Compares the numbers of increases and decreases with a fair coin (Dixon & Mood 1946); pairs without change are dropped.
pub fn signs(differences: &Differences) -> Signs {
    let all = &differences.values;
    let n_positive = all.iter().filter(|value| **value > 0.0).count();
    let n_negative = all.iter().filter(|value| **value < 0.0).count();
    let p_two_sided = match (all.len(), n_positive + n_negative) {
        (0, _) => Err(Undefined::NoCompletePairs),
        (_, 0) => Err(Undefined::AllDifferencesZero),
        (_, n) => Ok((2.0 * tails::fair_coin_at_most(n_positive.min(n_negative), n)).min(1.0)),
    };
    Signs {
        n_positive,
        n_negative,
        n_zero: all.len() - n_positive - n_negative,
        p_two_sided,
    }
}

/// Results of McNemar's test, with b pairs that lost a property and c that gained it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// b: number of pairs that had the property only before.
    pub lost: usize,
    /// c: number of pairs that have the property only after.
    pub gained: usize,
    /// Exact two-sided p value.
    ///
    /// # Errors
    /// No pair gained or lost the property; the same holds for the next three.
    pub p_exact: Figure,
    /// Mid-p value, which is less conservative: the exact p minus half the probability of the observed outcome on each side
    /// (Fagerland, Lydersen & Laake, BMC Medical Research Methodology 13, 2013).
    pub p_mid: Figure,
    /// (b - c)² / (b + c).
    pub chi2: Figure,
    /// (|b - c| - 1)² / (b + c).
    pub chi2_corrected: Figure,
    /// b / c.
    ///
    /// # Errors
    /// c is 0.
    pub odds_ratio: Figure,
}

/// Compares the pairs that lost a property with those that gained it (McNemar, Psychometrika 12, 1947).
pub fn mcnemar(lost: usize, gained: usize) -> McNemar {
    let n = lost + gained;
    if n == 0 {
        let undefined = Err(Undefined::NoDiscordantPairs);
        return McNemar {
            lost,
            gained,
            p_exact: undefined,
            p_mid: undefined,
            chi2: undefined,
            chi2_corrected: undefined,
            odds_ratio: undefined,
        };
    }
    let (b, c, k) = (count(lost), count(gained), lost.min(gained));
    let p_exact = (2.0 * tails::fair_coin_at_most(k, n)).min(1.0);
    // With b = c the observed outcome belongs to both tails, and subtracting it once takes half of it from each.
    let p_mid = p_exact - tails::fair_coin(k, n);
    // The continuity correction must not make a difference of 0 positive.
    let corrected = if lost == gained {
        0.0
    } else {
        (b - c).abs() - 1.0
    };
    McNemar {
        lost,
        gained,
        p_exact: Ok(p_exact),
        p_mid: Ok(p_mid),
        chi2: Ok((b - c).powi(2) / count(n)),
        chi2_corrected: Ok(corrected.powi(2) / count(n)),
        odds_ratio: ratio(b, c, Undefined::DivisionByZero),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Differences {
        Differences {
            values: values.to_vec(),
            dropped: 0,
        }
    }

    #[test]
    #[expect(
        clippy::approx_constant,
        reason = "a patient's score happens to be 3.14"
    )]
    fn middle_changes_have_the_intervals_of_the_test() {
        // Hollander, Wolfe & Chicken 2014, examples 3.1, 3.3 and 3.4: depression of nine patients before and after; -0.46, (-0.786, -0.010).
        let x = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        let y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        let pairs: Vec<_> = x
            .iter()
            .zip(&y)
            .map(|(&x, &y)| (Some(x), Some(y)))
            .collect();
        let found = middle_change(&differences(&pairs)).unwrap();
        let interval = found.interval.unwrap();
        assert!((found.estimate + 0.46).abs() < 1e-9, "{found:?}");
        assert!(
            (interval.low + 0.786).abs() < 1e-9 && (interval.high + 0.010).abs() < 1e-9,
            "{found:?}"
        );
        assert_eq!(
            middle_change(&of(&[1.0, 2.0, 3.0, 4.0, 5.0]))
                .unwrap()
                .interval,
            Err(Undefined::TooFewPairsForInterval)
        );
        assert_eq!(middle_change(&of(&[])), None);
    }

    #[test]
    fn what_does_not_vary_is_undefined() {
        assert_eq!(
            paired_t(&of(&[1.0, 1.0])).unwrap().test,
            Err(Undefined::ZeroVarianceOfDifferences)
        );
        assert_eq!(
            paired_t(&of(&[1.0])).unwrap().test,
            Err(Undefined::FewerThanTwoPairs)
        );
        assert_eq!(paired_t(&of(&[])).unwrap_err(), Undefined::NoCompletePairs);
        assert_eq!(mcnemar(0, 0).p_exact, Err(Undefined::NoDiscordantPairs));
        assert_eq!(mcnemar(3, 0).odds_ratio, Err(Undefined::DivisionByZero));
    }

    #[test]
    fn decimal_ties_tie() {
        let found = differences(&[
            (Some(0.3), Some(0.4)),
            (Some(0.1), Some(0.2)),
            (None, Some(1.0)),
        ]);
        assert_eq!(found.dropped, 1);
        assert!(wilcoxon(&found, Zeros::Dropped).unwrap().ties);
    }
}
