//! Student's t test for pairs, with effect sizes.

use statrs::function::gamma::ln_gamma;

use super::Differences;
use crate::statistics::{Figure, Undefined, count, interval, mean, squares, tails};

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
