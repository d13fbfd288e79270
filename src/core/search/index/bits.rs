//! Bit sets, which represent the turns of a segment.
//!
//! Written here because they are small, and sets with a fixed bound are needed so that NOT is the complement.

/// A set of numbers below a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    bound: u32,
}

impl Bits {
    /// The empty set.
    pub(super) fn none(bound: u32) -> Self {
        Self {
            words: vec![0; bound.div_ceil(64) as usize],
            bound,
        }
    }

    /// The set of all numbers below the bound.
    pub(super) fn all(bound: u32) -> Self {
        Self::none(bound).not()
    }

    /// The set of some numbers.
    pub(super) fn of(bound: u32, numbers: impl Iterator<Item = u32>) -> Self {
        let mut bits = Self::none(bound);
        numbers.for_each(|number| bits.words[(number / 64) as usize] |= 1 << (number % 64));
        bits
    }

    /// The complement.
    pub(super) fn not(mut self) -> Self {
        self.words.iter_mut().for_each(|word| *word = !*word);
        // The bits beyond the bound stay 0, so that sets compare and iterate correctly.
        if let Some(last) = self.words.last_mut()
            && !self.bound.is_multiple_of(64)
        {
            *last &= (1 << (self.bound % 64)) - 1;
        }
        self
    }

    /// The intersection.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.words
            .iter_mut()
            .zip(&other.words)
            .for_each(|(word, other)| *word &= other);
        self
    }

    /// The union.
    pub(super) fn or(mut self, other: &Self) -> Self {
        self.words
            .iter_mut()
            .zip(&other.words)
            .for_each(|(word, other)| *word |= other);
        self
    }

    /// Returns true if a number is in the set.
    pub(super) fn has(&self, number: u32) -> bool {
        self.words
            .get((number / 64) as usize)
            .is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// The numbers in the set, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.bound)
            .step_by(64)
            .zip(&self.words)
            .flat_map(|(base, &word)| {
                let mut left = word;
                std::iter::from_fn(move || {
                    let bit = (left != 0).then(|| left.trailing_zeros())?;
                    // Clears the lowest bit that is set.
                    left &= left - 1;
                    Some(base + bit)
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_behave_at_the_borders_of_words() {
        for bound in [0, 1, 63, 64, 65, 130] {
            let odd = Bits::of(bound, (0..bound).filter(|n| n % 2 == 1));
            assert_eq!(Bits::all(bound).iter().count(), bound as usize);
            assert_eq!(
                odd.clone().not().iter().collect::<Vec<_>>(),
                (0..bound).filter(|n| n % 2 == 0).collect::<Vec<_>>()
            );
            assert_eq!(odd.clone().or(&odd.clone().not()), Bits::all(bound));
            assert_eq!(odd.clone().and(&odd.clone().not()), Bits::none(bound));
            assert!(!odd.has(bound) && odd.iter().all(|n| odd.has(n)));
        }
    }
}
