//! Ranks with ties, as rank tests need them.
//!
//! Ranks are doubled so that they stay whole numbers: the exact distribution of a signed-rank sum is then an array
//! indexed by that sum.

/// Twice the mid-rank of each value, counted from 1; tied values share the mean of their ranks.
pub fn doubled_mid_ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
        // The tied values take up the ranks first + 1 to first + n, whose mean is first + (n + 1) / 2.
        tied.iter()
            .for_each(|&at| ranks[at] = 2 * first + tied.len() + 1);
        first += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(
            doubled_mid_ranks(&[3.0, 1.0, 3.0, 2.0, 3.0]),
            [8, 2, 8, 4, 8]
        );
        assert_eq!(doubled_mid_ranks(&[]), [0usize; 0]);
    }
}
