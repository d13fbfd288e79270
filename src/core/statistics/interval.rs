//! Confidence intervals of a proportion.
//!
//! The exact interval is used instead of an approximation, because the groups here have few members: with 5 of 5
//! families, an interval from the normal distribution would have no width.

use super::{count, tails};

/// A 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The exact 95 % interval of the proportion `with` / `n` (Clopper & Pearson, Biometrika 26, 1934).
///
/// It is computed from quantiles of the beta distribution, covers the true proportion with at least 95 %, and is defined
/// at 0 and at `n`. Returns `None` if `n` is 0 or below `with`.
pub fn clopper_pearson(with: usize, n: usize) -> Option<Interval> {
    if n == 0 || with > n {
        return None;
    }
    let (k, n) = (count(with), count(n));
    let low = if with == 0 {
        0.0
    } else {
        tails::beta_quantile(0.025, k, n - k + 1.0)
    };
    let high = if k >= n {
        1.0
    } else {
        tails::beta_quantile(0.975, k + 1.0, n - k)
    };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_exact() {
        // 9 of 12: R binom.test gives 0.4281 and 0.9451. At the ends: 1 - 0.025^(1/n).
        for (with, n, low, high) in [
            (9, 12, 0.4281, 0.9451),
            (0, 8, 0.0, 0.3694),
            (8, 8, 0.6306, 1.0),
            (1, 1, 0.025, 1.0),
        ] {
            let found = clopper_pearson(with, n).unwrap();
            assert!(
                (found.low - low).abs() < 1e-4 && (found.high - high).abs() < 1e-4,
                "{with} of {n}: {found:?}"
            );
        }
        assert_eq!(clopper_pearson(0, 0), None);
        assert_eq!(clopper_pearson(3, 2), None);
    }
}
