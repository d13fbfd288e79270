//! How often two things go together, from counts.

use super::{Figure, Undefined, count, ratio};

/// ATLAS.ti's c-coefficient, n12 / (n1 + n2 - n12), of two codes with n1 and n2 codings, n12 pairs of which meet.
///
/// Pairs can be more than codings: above 1, or with a divisor that isn't above 0, it is no Jaccard coefficient ([`is_out_of_range`]).
///
/// # Errors
/// Neither code is used, or the divisor isn't above 0.
pub fn c_coefficient(n1: usize, n2: usize, n12: usize) -> Figure {
    if n1 + n2 == 0 {
        return Err(Undefined::CodeNeverUsed);
    }
    let divisor = count(n1) + count(n2) - count(n12);
    if divisor > 0.0 {
        Ok(count(n12) / divisor)
    } else {
        Err(Undefined::DenominatorNotPositive)
    }
}

/// Whether pairs were counted more than once.
pub fn is_out_of_range(n1: usize, n2: usize, n12: usize) -> bool {
    n12 > n1.min(n2)
}

/// Jaccard's coefficient: what both have as a share of what either has, from 0 to 1.
///
/// # Errors
/// Neither has anything.
pub fn jaccard(both: usize, either: usize) -> Figure {
    ratio(count(both), count(either), Undefined::CodeNeverUsed)
}
