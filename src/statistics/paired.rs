//! Before and after: exact tests for pairs, with the sizes of effects.
//!
//! Differences are after less before, over pairs that have both, rounded to 10 decimals: 0.4 - 0.3 and 0.2 - 0.1 are one difference.

use statrs::function::gamma::ln_gamma;

use super::{
    Figure, Undefined, count, interval, mean, rank::doubled_mid_ranks, ratio, squares, tails,
};

/// Most pairs whose signed ranks are added up one by one; beyond, the normal distribution serves, with ties accounted for.
const MOST_EXACT: usize = 400;

/// Differences of complete pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// After less before.
    pub values: Vec<f64>,
    /// Pairs of which a value is missing.
    pub dropped: usize,
}

/// Takes differences of the pairs that have both values.
pub fn differences(pairs: &[(Option<f64>, Option<f64>)]) -> Differences {
    let both = |&(before, after): &(Option<f64>, Option<f64>)| {
        Some((((after? - before?) * 1e10).round() / 1e10) + 0.0)
    };
    let values: Vec<f64> = pairs
        .iter()
        .filter_map(both)
        .filter(|value| value.is_finite())
        .collect();
    Differences {
        dropped: pairs.len() - values.len(),
        values,
    }
}

/// What becomes of pairs that haven't changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zeros {
    /// They are left out before ranking (Wilcoxon 1945).
    #[default]
    Dropped,
    /// They are ranked, and then left out (Pratt 1959).
    Ranked,
}

/// Wilcoxon's signed-rank test.
#[derive(Debug, Clone, PartialEq)]
pub struct Wilcoxon {
    /// Complete pairs.
    pub n_pairs: usize,
    /// Pairs without change.
    pub n_zero: usize,
    /// Pairs that count.
    pub n_used: usize,
    /// Sum of the ranks of rises.
    pub w_plus: f64,
    /// Sum of the ranks of falls.
    pub w_minus: f64,
    /// Whether changes of the same size share ranks.
    pub ties: bool,
    /// Whether probabilities are exact; beyond 400 changes they are those of the normal distribution.
    pub exact: bool,
    /// min(1, 2 min(P(W+ <= w), P(W+ >= w))).
    pub p_two_sided: f64,
    /// P(W+ >= w): values rose.
    pub p_greater: f64,
    /// P(W+ <= w): values fell.
    pub p_less: f64,
    /// (W+ - W-) / (W+ + W-), -1 to 1 (Kerby, Comprehensive Psychology 3, 2014).
    pub rank_biserial: f64,
}

/// Tests whether changes are symmetric about 0 (Wilcoxon, Biometrics Bulletin 1, 1945), by the distribution that these very ranks have when each
/// sign is a coin's; ties need no correction.
///
/// # Errors
/// There are no complete pairs, or none has changed.
pub fn wilcoxon(differences: &Differences, zeros: Zeros) -> Result<Wilcoxon, Undefined> {
    let all = &differences.values;
    if all.is_empty() {
        return Err(Undefined::NoCompletePairs);
    }
    let changed = |value: &&f64| value.abs() > 0.0;
    let ranked: Vec<f64> = match zeros {
        Zeros::Dropped => all.iter().filter(changed).copied().collect(),
        Zeros::Ranked => all.clone(),
    };
    let sizes: Vec<f64> = ranked.iter().map(|value| value.abs()).collect();
    let signed: Vec<(bool, usize)> = ranked
        .iter()
        .zip(doubled_mid_ranks(&sizes))
        .filter(|(value, _)| changed(value))
        .map(|(value, rank)| (*value > 0.0, rank))
        .collect();
    if signed.is_empty() {
        return Err(Undefined::AllDifferencesZero);
    }
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

/// P(W <= plus) and P(W >= plus), where each rank is added with probability 1/2: the distribution grows by one rank at a time.
fn exact_tails(ranks: &[usize], plus: usize) -> (f64, f64) {
    let mut chances = vec![0.0_f64; ranks.iter().sum::<usize>() + 1];
    chances[0] = 1.0;
    let mut reached = 0;
    for &rank in ranks {
        reached += rank;
        for sum in (0..=reached).rev() {
            let with = if sum >= rank {
                chances[sum - rank]
            } else {
                0.0
            };
            chances[sum] = f64::midpoint(chances[sum], with);
        }
    }
    let part = |range: &[f64]| range.iter().sum::<f64>().min(1.0);
    (part(&chances[..=plus]), part(&chances[plus..]))
}

/// The same by the normal distribution with the ranks' own variance, which accounts for ties, and a correction of half a step.
fn normal_tails(ranks: &[usize], plus: usize) -> (f64, f64) {
    let middle = count(ranks.iter().sum::<usize>()) / 2.0;
    let deviation = (ranks.iter().map(|&rank| count(rank).powi(2)).sum::<f64>() / 4.0).sqrt();
    let at_most = |sum: f64| {
        let z = (sum + 0.5 - middle) / deviation;
        let beyond = tails::normal_two_sided(z) / 2.0;
        if z > 0.0 { 1.0 - beyond } else { beyond }
    };
    (at_most(count(plus)), 1.0 - at_most(count(plus) - 1.0))
}

/// The middle change and where it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MiddleChange {
    /// The median of all means of two changes, a change with itself included.
    pub estimate: f64,
    /// An interval that covers the true middle with at least 95 %, when changes are symmetric about it.
    ///
    /// # Errors
    /// Five pairs or fewer have none: even all of one sign have a probability of 0.0625.
    pub interval: Result<interval::Interval, Undefined>,
}

/// The Hodges-Lehmann estimate of the change with the interval that belongs to Wilcoxon's test (Hollander, Wolfe & Chicken 2014, 3.2 and 3.3);
/// `None` without pairs. Unchanged pairs count as changes of 0.
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
    let ranks: Vec<usize> = (1..=all.len()).map(|rank| 2 * rank).collect();
    let within = |sum: usize| all.len() <= MOST_EXACT && exact_tails(&ranks, 2 * sum).0 <= 0.025;
    // The largest sum of ranks that is as rare as 2.5 %: so many means are left out at each end.
    let left_out = (0..=middle).take_while(|&sum| within(sum)).count();
    let bounds = || {
        Some(interval::Interval {
            low: *means.get(left_out - 1)?,
            high: *means.get(means.len() - left_out)?,
        })
    };
    let interval = if left_out == 0 { None } else { bounds() };
    Some(MiddleChange {
        estimate,
        interval: interval.ok_or(Undefined::TooFewPairsForInterval),
    })
}

/// The sign test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// Pairs that rose.
    pub n_positive: usize,
    /// Pairs that fell.
    pub n_negative: usize,
    /// Pairs without change.
    pub n_zero: usize,
    /// How probable a split as uneven as this is when rises and falls are equally likely.
    ///
    /// # Errors
    /// There are no complete pairs, or none has changed.
    pub p_two_sided: Figure,
}

/// Compares rises and falls with a coin's (Dixon & Mood 1946); unchanged pairs are left out.
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

/// Student's test for pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedT {
    /// Complete pairs.
    pub n_pairs: usize,
    /// Mean change.
    pub mean_difference: f64,
    /// Standard deviation of the changes (n - 1).
    ///
    /// # Errors
    /// There is a single pair.
    pub sd_difference: Figure,
    /// Degrees of freedom.
    pub df: usize,
    /// What follows from the deviation.
    ///
    /// # Errors
    /// There is a single pair, or all changes are alike.
    pub test: Result<TTest, Undefined>,
}

/// The figures that need changes of different sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// Mean over its standard error.
    pub t: f64,
    /// P(|T| >= |t|).
    pub p_two_sided: f64,
    /// 95 % interval of the mean change.
    pub interval: interval::Interval,
    /// Mean over standard deviation of the changes, `d_z` (Lakens, Frontiers in Psychology 4, 2013).
    pub cohen_dz: f64,
    /// `d_z` less its bias in small samples (Hedges 1981).
    pub hedges_gz: Figure,
}

/// Tests whether the mean change is 0 (Student, Biometrika 6, 1908), taking changes as normally distributed.
///
/// # Errors
/// There are no complete pairs.
pub fn paired_t(differences: &Differences) -> Result<PairedT, Undefined> {
    let all = &differences.values;
    let n = count(all.len());
    if all.is_empty() {
        return Err(Undefined::NoCompletePairs);
    }
    let mean = mean(all);
    let df = all.len() - 1;
    let sd = if df == 0 {
        Err(Undefined::FewerThanTwoPairs)
    } else {
        Ok((squares(all) / count(df)).sqrt())
    };
    let same = all.iter().all(|value| value.total_cmp(&all[0]).is_eq());
    let test = sd.and_then(|sd| {
        if same || sd <= 0.0 {
            return Err(Undefined::ZeroVarianceOfDifferences);
        }
        let error = sd / n.sqrt();
        let t = mean / error;
        let reach = tails::student_quantile(0.05, count(df)) * error;
        let dz = mean / sd;
        let bias = (ln_gamma(count(df) / 2.0) - ln_gamma((n - 2.0) / 2.0)).exp()
            / (count(df) / 2.0).sqrt();
        Ok(TTest {
            t,
            p_two_sided: tails::student_two_sided(t, count(df)),
            interval: interval::Interval {
                low: mean - reach,
                high: mean + reach,
            },
            cohen_dz: dz,
            hedges_gz: if df < 2 {
                Err(Undefined::FewerThanTwoPairs)
            } else {
                Ok(dz * bias)
            },
        })
    });
    Ok(PairedT {
        n_pairs: all.len(),
        mean_difference: mean,
        sd_difference: if same { sd.map(|_| 0.0) } else { sd },
        df,
        test,
    })
}

/// McNemar's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// Pairs that had it before only.
    pub lost: usize,
    /// Pairs that have it after only.
    pub gained: usize,
    /// Exact, two-sided.
    ///
    /// # Errors
    /// Nobody gained or lost it; so for the next three.
    pub p_exact: Figure,
    /// Less half the probability of the outcome itself (Fagerland, Lydersen & Laake, BMC Medical Research Methodology 13, 2013): less cautious.
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

/// Compares those who have lost something (b) with those who have gained it (c) (McNemar, Psychometrika 12, 1947).
pub fn mcnemar(lost: usize, gained: usize) -> McNemar {
    let n = lost + gained;
    let (b, c, k) = (count(lost), count(gained), lost.min(gained));
    let among = |figure: f64| {
        if n == 0 {
            Err(Undefined::NoDiscordantPairs)
        } else {
            Ok(figure)
        }
    };
    let p_exact = (2.0 * tails::fair_coin_at_most(k, n)).min(1.0);
    // Where both are equal, the two halves meet in the outcome itself.
    let p_mid = p_exact - tails::fair_coin(k, n);
    McNemar {
        lost,
        gained,
        p_exact: among(p_exact),
        p_mid: among(p_mid),
        chi2: among((b - c).powi(2) / count(n.max(1))),
        chi2_corrected: among(if lost == gained {
            0.0
        } else {
            ((b - c).abs() - 1.0).powi(2) / count(n.max(1))
        }),
        odds_ratio: if n == 0 {
            Err(Undefined::NoDiscordantPairs)
        } else {
            ratio(b, c, Undefined::DivisionByZero)
        },
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
