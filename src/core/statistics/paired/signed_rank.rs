//! Wilcoxon's signed-rank test.

use super::{Differences, is_change};
use crate::statistics::{Undefined, count, rank::doubled_mid_ranks, tails};

/// Most pairs for which the distribution of the signed ranks is computed exactly.
///
/// Its time grows with the cube of the number of pairs; beyond, the normal approximation is accurate.
pub(super) const MOST_EXACT: usize = 400;

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

/// The probability of each sum of ranks from 0 to `largest`, when every rank is added with probability 1/2.
///
/// The distribution is built rank by rank, which takes time proportional to the number of ranks times the sums.
pub(super) fn rank_sum_distribution(ranks: &[usize], largest: usize) -> Vec<f64> {
    let mut chances = vec![0.0_f64; largest + 1];
    chances[0] = 1.0;
    let mut reached = 0;
    for &rank in ranks {
        reached = largest.min(reached + rank);
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
    let chances = rank_sum_distribution(ranks, ranks.iter().sum());
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
}
