//! A seeded random number generator: the same seed gives the same results on every machine and in every version.
//!
//! It is written out here because the generators of the usual crates may change their sequence between versions,
//! which would change published Monte Carlo p values.

/// A generator of random numbers (`SplitMix64`; Steele, Lea & Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Creates a generator whose sequence the seed determines.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below `n`, or 0 if `n` is 0.
    ///
    /// Multiplies and shifts (Lemire, *Fast Random Integer Generation in an Interval*, 2019) without his rejection step:
    /// the bias is below n / 2^64.
    pub fn below(&mut self, n: usize) -> usize {
        let scaled = u128::from(self.bits()) * n as u128;
        usize::try_from(scaled >> 64).expect("the upper half of a product with n is below n")
    }

    /// Shuffles items in place (Fisher & Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_published_numbers() {
        let mut chance = Chance::new(1_234_567);
        assert_eq!(
            [chance.bits(), chance.bits()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
    }

    #[test]
    fn orders_are_equally_likely() {
        let mut chance = Chance::new(7);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..6_000 {
            let mut items = [0, 1, 2];
            chance.shuffle(&mut items);
            *seen.entry(items).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|&n| (900..1100).contains(&n)), "{seen:?}");
    }
}
