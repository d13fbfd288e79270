//! The median difference of pairs, with the interval that goes with Wilcoxon's test.

use super::{
    Differences,
    signed_rank::{MOST_EXACT, rank_sum_distribution},
};
use crate::statistics::{Undefined, count, interval};

/// The probability that may lie beyond either end of an interval.
const TAIL: f64 = 0.025;
/// What a normal variable is above with that probability, in standard deviations.
const NORMAL_QUANTILE: f64 = 1.959_963_984_540_054;

/// The median difference with its confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MiddleChange {
    /// The Hodges-Lehmann estimate: the median of the means of all pairs of differences, each with itself included.
    pub estimate: f64,
    /// An interval that covers the true median with at least 95 %, if differences are symmetric about it.
    ///
    /// Its ends are means of two differences too. Which ones follows from the exact distribution of Wilcoxon's rank sum
    /// up to 400 pairs, and from the normal approximation beyond.
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
    let mut sorted = differences.values.clone();
    sorted.sort_by(f64::total_cmp);
    let means = sorted.len() * (sorted.len() + 1) / 2;
    let last = means.checked_sub(1)?;
    let estimate = f64::midpoint(mean_at(&sorted, last / 2), mean_at(&sorted, means / 2));
    let interval = match means_beyond_interval(sorted.len()).checked_sub(1) {
        None => Err(Undefined::TooFewPairsForInterval),
        Some(outermost) => Ok(interval::Interval {
            low: mean_at(&sorted, outermost),
            high: mean_at(&sorted, last - outermost),
        }),
    };
    Some(MiddleChange { estimate, interval })
}

/// The mean of two of the sorted values, or of one with itself, below which there are `place` others.
///
/// It is found by bisecting the numbers themselves, and the means up to a number are counted in one pass; so the means,
/// which grow with the square of the values, are never written down.
fn mean_at(sorted: &[f64], place: usize) -> f64 {
    let mut low = sorted.first().copied().map_or(0, rank_of_number);
    let mut high = sorted.last().copied().map_or(0, rank_of_number);
    while low < high {
        let middle = low + (high - low) / 2;
        if means_up_to(sorted, number_of_rank(middle)) > place {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    // -0.0 comes before 0.0 among numbers, and is the same mean.
    number_of_rank(low) + 0.0
}

/// How many means of two of the sorted values, each with itself included, are at most `limit`.
fn means_up_to(sorted: &[f64], limit: f64) -> usize {
    // Of each value, those from itself on count up to an end that falls as the value rises.
    let mut end = sorted.len();
    let mut found = 0;
    for (at, &value) in sorted.iter().enumerate() {
        while end > at && f64::midpoint(value, sorted[end - 1]) > limit {
            end -= 1;
        }
        found += end.saturating_sub(at);
    }
    found
}

const SIGN: u64 = 1 << 63;

/// A number's place among all finite ones: ordered as they are, without gaps.
const fn rank_of_number(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// The number at a place among all.
const fn number_of_rank(rank: u64) -> f64 {
    f64::from_bits(if rank & SIGN == 0 { !rank } else { rank ^ SIGN })
}

/// How many rank sums of `n` pairs, from 0 up, have a lower tail of at most 2.5 %: so many means are on either side of
/// the interval, or, with the last of them, at its end.
fn means_beyond_interval(n: usize) -> usize {
    if n <= MOST_EXACT {
        exact_beyond(n)
    } else {
        normal_beyond(n)
    }
}

fn exact_beyond(n: usize) -> usize {
    let ranks: Vec<usize> = (1..=n).collect();
    let mut tail = 0.0;
    // The tail is less than half of the distribution, which is symmetric.
    rank_sum_distribution(&ranks, n * (n + 1) / 4)
        .into_iter()
        .take_while(|chance| {
            tail += chance;
            tail <= TAIL
        })
        .count()
}

/// The same with a normal distribution in place of the rank sum's, and a continuity correction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of rank sums, rounded down; one below 0 becomes 0"
)]
fn normal_beyond(n: usize) -> usize {
    let n = count(n);
    let middle = n * (n + 1.0) / 4.0;
    let deviation = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0).sqrt();
    (middle + 0.5 - NORMAL_QUANTILE * deviation).floor() as usize
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

    /// The means of all pairs, sorted.
    fn means(values: &[f64]) -> Vec<f64> {
        let numbered = values.iter().enumerate();
        let mut means: Vec<f64> = numbered
            .flat_map(|(at, &a)| values[at..].iter().map(move |&b| f64::midpoint(a, b)))
            .collect();
        means.sort_by(f64::total_cmp);
        means
    }

    proptest! {
        #[test]
        fn means_are_found_as_in_a_sorted_list(values in prop::collection::vec(-40i8..=40, 1..40)) {
            let values: Vec<f64> = values.into_iter().map(|value| f64::from(value) / 10.0).collect();
            let means = means(&values);
            let found = middle_change(&of(&values)).unwrap();
            let estimate = f64::midpoint(means[(means.len() - 1) / 2], means[means.len() / 2]);
            prop_assert!((found.estimate - estimate).abs() < 1e-15);
            let beyond = exact_beyond(values.len());
            match found.interval {
                Err(_) => prop_assert!(values.len() < 6 && beyond == 0),
                Ok(interval) => {
                    prop_assert!((interval.low - means[beyond - 1]).abs() < 1e-15);
                    prop_assert!((interval.high - means[means.len() - beyond]).abs() < 1e-15);
                }
            }
        }
    }

    #[test]
    fn the_rank_sums_beyond_are_those_of_all_signs() {
        for n in 1..=12 {
            let sum = |signs: usize| {
                (1..=n)
                    .filter(|rank| signs >> (rank - 1) & 1 == 1)
                    .sum::<usize>()
            };
            let mut sums: Vec<usize> = (0..1usize << n).map(sum).collect();
            sums.sort_unstable();
            let tail = |sum: usize| sums.partition_point(|&other| other <= sum);
            let beyond = (0..).find(|&sum| tail(sum) * 40 > sums.len());
            assert_eq!(Some(exact_beyond(n)), beyond, "{n}");
        }
    }

    #[test]
    fn many_pairs_have_an_interval_like_the_exact_one() {
        for n in [60, 200, 400] {
            assert!(
                exact_beyond(n).abs_diff(normal_beyond(n)) <= 3,
                "{n} {} {}",
                exact_beyond(n),
                normal_beyond(n)
            );
        }
        let many: Vec<f64> = (0..MOST_EXACT + 100)
            .map(|at| count(at * 37 % 101) - 45.0)
            .collect();
        let found = middle_change(&of(&many)).unwrap();
        let interval = found.interval.unwrap();
        assert!(interval.low < found.estimate && found.estimate < interval.high);
        assert!(
            (found.estimate - 5.0).abs() < 1.0 && interval.high - interval.low < 6.0,
            "{found:?}"
        );
    }
}
