//! Tail probabilities and quantiles of the common distributions.
//!
//! They are computed from the incomplete gamma and beta functions of `statrs`, which keep their digits far out in the
//! tails, where 1 minus a cumulative probability has none left.

use statrs::function::{beta::beta_reg, gamma::gamma_ur};

/// P(X >= x) of a chi-square distribution.
pub(super) fn chi_square(x: f64, df: f64) -> f64 {
    if x <= 0.0 || df <= 0.0 {
        1.0
    } else {
        gamma_ur(df / 2.0, x / 2.0)
    }
}

/// P(|T| >= |t|) of Student's distribution.
pub(super) fn student_two_sided(t: f64, df: f64) -> f64 {
    beta_reg(df / 2.0, 0.5, df / (df + t * t))
}

/// The two-sided quantile of Student's distribution: |T| exceeds it with probability `p`.
pub(super) fn student_quantile(p: f64, df: f64) -> f64 {
    let x = beta_quantile(p, df / 2.0, 0.5);
    (df * (1.0 / x - 1.0)).max(0.0).sqrt()
}

/// The quantile of Fisher's F distribution at probability `p`.
pub(super) fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    // d1 F / (d1 F + d2) has a beta distribution. Its complement is computed, because values near 1 lose their digits.
    let rest = beta_quantile(1.0 - p, df2 / 2.0, df1 / 2.0);
    df2 * (1.0 - rest) / (df1 * rest)
}

/// The quantile of a beta distribution at probability `p`, by bisection.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    // Bisection ends when no number lies between the bounds, after at most about 1,100 steps; Newton's method would be
    // faster but fails where the density is 0 or infinite.
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if beta_reg(a, b, middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// P(|Z| >= |z|) of the normal distribution.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    statrs::function::erf::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// P(X = k) of a binomial distribution at 1/2.
pub(super) fn fair_coin(k: usize, n: usize) -> f64 {
    let choose = statrs::function::factorial::ln_binomial(n as u64, k as u64);
    (choose - super::count(n) * std::f64::consts::LN_2).exp()
}

/// P(X <= k) of a binomial distribution at 1/2.
pub(super) fn fair_coin_at_most(k: usize, n: usize) -> f64 {
    (0..=k.min(n))
        .map(|k| fair_coin(k, n))
        .sum::<f64>()
        .min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_printed_tables() {
        for (figure, printed) in [
            (student_quantile(0.05, 9.0), 2.262_157),
            (student_quantile(0.05, 1.0), 12.706_205),
            (student_quantile(0.05, 1e6), 1.959_966),
            (f_quantile(0.95, 3.0, 10.0), 3.708_265),
            (chi_square(3.841_459, 1.0), 0.05),
            (normal_two_sided(1.959_964), 0.05),
            (fair_coin_at_most(2, 10), 0.054_687_5),
        ] {
            assert!((figure - printed).abs() < 2e-4, "{figure} for {printed}");
        }
    }
}
