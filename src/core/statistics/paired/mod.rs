//! Tests for paired values, before and after: Wilcoxon's signed ranks, the sign test, Student's t and McNemar's test, with effect sizes.
//!
//! Differences are "after" minus "before", over the pairs that have both values.
//! They are rounded to 10 decimals so that 0.4 - 0.3 ties with 0.2 - 0.1, as it would on paper.
//! P values are exact up to a few hundred pairs, because a programme's groups are too small for approximations.

use statrs::function::gamma::ln_gamma;

use super::{
    Figure, Undefined, count, interval, mean, rank::doubled_mid_ranks, ratio, squares, tails,
};

/// Most pairs for which the distribution of the signed ranks is computed exactly.
///
/// Its time grows with the cube of the number of pairs; beyond, the normal approximation is accurate.
const MOST_EXACT: usize = 400;

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

/// How the signed-rank test treats pairs without change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zeros {
    /// Dropped before ranking (Wilcoxon 1945).
    #[default]
    Dropped,
    /// Ranked with the others, then dropped (Pratt 1959).
    Ranked,
}

/// Results of Wilcoxon's signed-rank test.
#[derive(Debug, Clone, PartialEq)]
pub struct Wilcoxon {
    /// Number of complete pairs.
    pub n_pairs: usize,
    /// Number of pairs without change.
    pub n_zero: usize,
    /// Number of pairs with a change, which the test uses.
    pub n_used: usize,
    /// W+, the sum of the ranks of increases.
    pub w_plus: f64,
    /// W-, the sum of the ranks of decreases.
    pub w_minus: f64,
    /// True if changes of the same size share ranks.
    pub ties: bool,
    /// True if p values are exact, false if they come from the normal approximation (more than 400 changes).
    pub exact: bool,
    /// min(1, 2 min(P(W+ <= w), P(W+ >= w))).
    pub p_two_sided: f64,
    /// P(W+ >= w); small if values increased.
    pub p_greater: f64,
    /// P(W+ <= w); small if values decreased.
    pub p_less: f64,
    /// Effect size (W+ - W-) / (W+ + W-), -1 to 1 (Kerby, Comprehensive Psychology 3, 2014).
    pub rank_biserial: f64,
}

/// Tests whether differences are symmetric about 0 (Wilcoxon, Biometrics Bulletin 1, 1945).
///
/// The p values come from the distribution of the observed ranks when every sign is equally likely, so ties need no
/// correction.
///
/// # Errors
/// There are no complete pairs, or none has changed.
pub fn wilcoxon(differences: &Differences, zeros: Zeros) -> Result<Wilcoxon, Undefined> {
    let all = &differences.values;
    if all.is_empty() {
        return Err(Undefined::NoCompletePairs);
    }
    let ranked: Vec<f64> = match zeros {
        Zeros::Dropped => all
            .iter()
            .copied()
            .filter(|value| is_change(*value))
            .collect(),
        Zeros::Ranked => all.clone(),
    };
    let sizes: Vec<f64> = ranked.iter().map(|value| value.abs()).collect();
    let signed: Vec<(bool, usize)> = ranked
        .iter()
        .zip(doubled_mid_ranks(&sizes))
        .filter(|(value, _)| is_change(**value))
        .map(|(value, rank)| (*value > 0.0, rank))
        .collect();
    if signed.is_empty() {
        return Err(Undefined::AllDifferencesZero);
    }
    // Ranks are doubled, so sums are halved for display; p values and effect size don't depend on the scale.
    let ranks: Vec<usize> = signed.iter().map(|(_, rank)| *rank).collect();
    let total: usize = ranks.iter().sum();
    let plus: usize = signed
        .iter()
        .filter(|(up, _)| *up)
        .map(|(_, rank)| rank)
        .sum();
    let exact = ranks.len() <= MOST_EXACT;
    let (p_less, p_greater) = if exact {
        exact_tails(&ranks, plus)
    } else {
        normal_tails(&ranks, plus)
    };
    let mut sorted = ranks.clone();
    sorted.sort_unstable();
    Ok(Wilcoxon {
        n_pairs: all.len(),
        n_zero: all.len() - ranks.len(),
        n_used: ranks.len(),
        w_plus: count(plus) / 2.0,
        w_minus: count(total - plus) / 2.0,
        ties: sorted.windows(2).any(|pair| pair[0] == pair[1]),
        exact,
        p_two_sided: (2.0 * p_less.min(p_greater)).min(1.0),
        p_greater,
        p_less,
        rank_biserial: (2.0 * count(plus) - count(total)) / count(total),
    })
}

/// The probability of each sum of ranks from 0 on, when every rank is added with probability 1/2.
///
/// The distribution is built rank by rank, which takes time proportional to the number of ranks times their sum.
fn rank_sum_distribution(ranks: &[usize]) -> Vec<f64> {
    let mut chances = vec![0.0_f64; ranks.iter().sum::<usize>() + 1];
    chances[0] = 1.0;
    let mut reached = 0;
    for &rank in ranks {
        reached += rank;
        // From the largest sum down, so that the smaller sums still hold the distribution without this rank.
        for sum in (0..=reached).rev() {
            let with = if sum >= rank {
                chances[sum - rank]
            } else {
                0.0
            };
            chances[sum] = f64::midpoint(chances[sum], with);
        }
    }
    chances
}

/// P(W <= plus) and P(W >= plus), exactly.
fn exact_tails(ranks: &[usize], plus: usize) -> (f64, f64) {
    let chances = rank_sum_distribution(ranks);
    let (less, greater): (f64, f64) = (chances[..=plus].iter().sum(), chances[plus..].iter().sum());
    // Rounding errors can carry a sum past 1.
    (less.min(1.0), greater.min(1.0))
}

/// P(W <= plus) and P(W >= plus) by the normal approximation, with a continuity correction.
///
/// The variance is that of the observed ranks, which accounts for ties.
fn normal_tails(ranks: &[usize], plus: usize) -> (f64, f64) {
    let middle = count(ranks.iter().sum::<usize>()) / 2.0;
    let deviation = (ranks.iter().map(|&rank| count(rank).powi(2)).sum::<f64>() / 4.0).sqrt();
    let less = normal_at_most((count(plus) + 0.5 - middle) / deviation);
    let below = normal_at_most((count(plus) - 0.5 - middle) / deviation);
    (less, 1.0 - below)
}

/// P(Z <= z) of the normal distribution.
fn normal_at_most(z: f64) -> f64 {
    let beyond = tails::normal_two_sided(z) / 2.0;
    if z > 0.0 { 1.0 - beyond } else { beyond }
}

/// The median difference with its confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MiddleChange {
    /// The Hodges-Lehmann estimate: the median of the means of all pairs of differences, each with itself included.
    pub estimate: f64,
    /// An interval that covers the true median with at least 95 %, if differences are symmetric about it.
    ///
    /// # Errors
    /// There are five pairs or fewer: even if all have the same sign, the probability of that is 0.0625.
    pub interval: Result<interval::Interval, Undefined>,
}

/// The Hodges-Lehmann estimate of the median difference, with the interval that inverts Wilcoxon's test
/// (Hollander, Wolfe & Chicken 2014, 3.2 and 3.3).
///
/// Pairs without change count as differences of 0. Returns `None` without pairs.
pub fn middle_change(differences: &Differences) -> Option<MiddleChange> {
    let all = &differences.values;
    let mut means: Vec<f64> = all
        .iter()
        .enumerate()
        .flat_map(|(at, &a)| all[at..].iter().map(move |&b| f64::midpoint(a, b)))
        .collect();
    means.sort_by(f64::total_cmp);
    let middle = means.len().checked_sub(1)? / 2;
    let estimate = f64::midpoint(*means.get(middle)?, *means.get(means.len() / 2)?);
    let left_out = if all.len() <= MOST_EXACT {
        means_beyond_interval(all.len(), middle + 1)
    } else {
        0
    };
    let interval = if left_out == 0 {
        Err(Undefined::TooFewPairsForInterval)
    } else {
        Ok(interval::Interval {
            low: means[left_out - 1],
            high: means[means.len() - left_out],
        })
    };
    Some(MiddleChange { estimate, interval })
}

/// How many rank sums of `n` pairs, from 0 up, have a lower tail of at most 2.5 %; at most `most` are counted.
fn means_beyond_interval(n: usize, most: usize) -> usize {
    let ranks: Vec<usize> = (1..=n).collect();
    let mut tail = 0.0;
    rank_sum_distribution(&ranks)
        .into_iter()
        .take(most)
        .take_while(|chance| {
            tail += chance;
            tail <= 0.025
        })
        .count()
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

/// Results of Student's t test for pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedT {
    /// Number of complete pairs.
    pub n_pairs: usize,
    /// Mean difference.
    pub mean_difference: f64,
    /// Standard deviation of the differences, with n - 1.
    ///
    /// # Errors
    /// There is a single pair.
    pub sd_difference: Figure,
    /// Degrees of freedom.
    pub df: usize,
    /// The test itself.
    ///
    /// # Errors
    /// There is a single pair, or all differences are equal.
    pub test: Result<TTest, Undefined>,
}

/// The statistics that need differences with variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// Mean over its standard error.
    pub t: f64,
    /// P(|T| >= |t|).
    pub p_two_sided: f64,
    /// 95 % interval of the mean difference.
    pub interval: interval::Interval,
    /// Effect size `d_z`: mean over standard deviation of the differences (Lakens, Frontiers in Psychology 4, 2013).
    pub cohen_dz: f64,
    /// `d_z` corrected for its bias in small samples (Hedges 1981).
    pub hedges_gz: Figure,
}

/// Tests whether the mean difference is 0 (Student, Biometrika 6, 1908), assuming normally distributed differences.
///
/// # Errors
/// There are no complete pairs.
pub fn paired_t(differences: &Differences) -> Result<PairedT, Undefined> {
    let all = &differences.values;
    if all.is_empty() {
        return Err(Undefined::NoCompletePairs);
    }
    let mean = mean(all);
    let df = all.len() - 1;
    // Equal differences are compared as such: their computed deviation need not be exactly 0.
    let same = all.iter().all(|value| value.total_cmp(&all[0]).is_eq());
    let sd = match df {
        0 => Err(Undefined::FewerThanTwoPairs),
        _ if same => Ok(0.0),
        _ => Ok((squares(all) / count(df)).sqrt()),
    };
    Ok(PairedT {
        n_pairs: all.len(),
        mean_difference: mean,
        sd_difference: sd,
        df,
        test: sd.and_then(|sd| t_test(mean, sd, df)),
    })
}

/// The t test of a mean difference with its standard deviation and degrees of freedom.
fn t_test(mean: f64, sd: f64, df: usize) -> Result<TTest, Undefined> {
    if sd <= 0.0 {
        return Err(Undefined::ZeroVarianceOfDifferences);
    }
    let (n, df_number) = (count(df + 1), count(df));
    let error = sd / n.sqrt();
    let t = mean / error;
    let reach = tails::student_quantile(0.05, df_number) * error;
    let dz = mean / sd;
    // Hedges's exact correction; its gamma function of (df - 1) / 2 needs two degrees of freedom.
    let correction =
        (ln_gamma(df_number / 2.0) - ln_gamma((n - 2.0) / 2.0)).exp() / (df_number / 2.0).sqrt();
    Ok(TTest {
        t,
        p_two_sided: tails::student_two_sided(t, df_number),
        interval: interval::Interval {
            low: mean - reach,
            high: mean + reach,
        },
        cohen_dz: dz,
        hedges_gz: if df < 2 {
            Err(Undefined::FewerThanTwoPairs)
        } else {
            Ok(dz * correction)
        },
    })
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
    use proptest::prelude::*;

    use super::*;

    fn of(values: &[f64]) -> Differences {
        Differences {
            values: values.to_vec(),
            dropped: 0,
        }
    }

    /// All 2^n ways of giving signs to the ranks.
    fn by_hand(ranks: &[usize], plus: usize) -> (f64, f64) {
        let sum = |signs: usize| {
            ranks
                .iter()
                .enumerate()
                .filter(|(at, _)| signs >> at & 1 == 1)
                .map(|(_, rank)| rank)
                .sum::<usize>()
        };
        let ways = 1usize << ranks.len();
        let share = |holds: &dyn Fn(usize) -> bool| {
            count((0..ways).filter(|&signs| holds(sum(signs))).count()) / count(ways)
        };
        (share(&|sum| sum <= plus), share(&|sum| sum >= plus))
    }

    proptest! {
        #[test]
        fn signed_ranks_are_counted_as_by_hand(values in prop::collection::vec(-4i8..=4, 1..11)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            for zeros in [Zeros::Dropped, Zeros::Ranked] {
                let Ok(found) = wilcoxon(&of(&values), zeros) else { continue };
                let kept: Vec<f64> = values.iter().copied().filter(|value| zeros == Zeros::Ranked || value.abs() > 0.0).collect();
                let ranks = doubled_mid_ranks(&kept.iter().map(|value| value.abs()).collect::<Vec<_>>());
                let used: Vec<(f64, usize)> = kept.into_iter().zip(ranks).filter(|(value, _)| value.abs() > 0.0).collect();
                let plus = used.iter().filter(|(value, _)| *value > 0.0).map(|(_, rank)| rank).sum();
                let (less, greater) = by_hand(&used.iter().map(|(_, rank)| *rank).collect::<Vec<_>>(), plus);
                prop_assert!((found.p_less - less).abs() < 1e-12 && (found.p_greater - greater).abs() < 1e-12);
            }
        }

        #[test]
        fn the_normal_tails_come_near_the_exact_ones(values in prop::collection::vec(-30i8..=30, 60..90)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).filter(|value| value.abs() > 0.0).collect();
            let ranks = doubled_mid_ranks(&values.iter().map(|value| value.abs()).collect::<Vec<_>>());
            let plus = values.iter().zip(&ranks).filter(|(value, _)| **value > 0.0).map(|(_, rank)| rank).sum();
            let (exact, normal) = (exact_tails(&ranks, plus), normal_tails(&ranks, plus));
            prop_assert!((exact.0 - normal.0).abs() < 0.01 && (exact.1 - normal.1).abs() < 0.01);
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
