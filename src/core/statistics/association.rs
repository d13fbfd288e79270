//! Measures of how often two codes occur together, from counts.

use super::{Figure, Undefined, count, ratio};

/// ATLAS.ti's c-coefficient, n12 / (n1 + n2 - n12), of two codes with n1 and n2 codings and n12 co-occurring pairs.
///
/// A coding can be part of several pairs, so n12 can exceed n1 and n2.
/// The coefficient is then above 1 or undefined, unlike Jaccard's ([`is_out_of_range`] tells).
///
/// # Errors
/// Neither code is used, or the denominator isn't positive.
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

/// Returns true if codings were counted in more than one pair, so that the coefficient isn't a share.
pub fn is_out_of_range(n1: usize, n2: usize, n12: usize) -> bool {
    n12 > n1.min(n2)
}

/// Jaccard's coefficient: the size of the intersection over the size of the union, 0 to 1.
///
/// # Errors
/// The union is empty.
pub fn jaccard(both: usize, either: usize) -> Figure {
    ratio(count(both), count(either), Undefined::CodeNeverUsed)
}
