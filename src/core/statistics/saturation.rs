//! Code saturation: how many new codes each further interview adds (Guest, Namey & Chen, PLoS ONE 15, 2020).
//!
//! The result depends on the order of the interviews and on how fine-grained the codebook is.
//! Reflexive thematic analysis rejects the concept (Braun & Clarke 2021).

use super::{Undefined, count};

/// The parameters by which saturation is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// How many interviews form the base; the authors recommend 4 to 6.
    pub base: usize,
    /// How many interviews form a run; the authors recommend 2 or 3.
    pub run: usize,
    /// The ratio of new codes at or below which saturation is reached: 0.05 or 0.
    pub threshold: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            base: 4,
            run: 2,
            threshold: 0.05,
        }
    }
}

/// The new codes of some successive interviews.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SaturationRun {
    /// First interview, from 1.
    pub from: usize,
    /// Last interview.
    pub to: usize,
    /// Number of codes that no earlier interview has.
    pub new: usize,
    /// That number over the number of codes in the base.
    pub ratio: f64,
    /// True if the ratio is at or below the threshold.
    pub at_or_below: bool,
}

/// Saturation of a series of interviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Saturation {
    /// Number of codes in the base.
    pub base_codes: usize,
    /// The runs, each starting one interview after the previous one.
    pub runs: Vec<SaturationRun>,
    /// The last interview before the first run at or below the threshold.
    ///
    /// # Errors
    /// There are too few interviews, no codes in the base, or no such run.
    pub saturated_at: Result<usize, Undefined>,
}

/// Computes saturation from the number of new codes in each interview.
pub fn saturation(new_codes: &[usize], rule: Rule) -> Saturation {
    let base_codes: usize = new_codes.iter().take(rule.base).sum();
    let enough = rule.base > 0 && rule.run > 0 && new_codes.len() >= rule.base + rule.run;
    let mut runs = Vec::new();
    if enough && base_codes > 0 {
        for (number, window) in new_codes[rule.base..].windows(rule.run).enumerate() {
            let first = rule.base + number;
            let new = window.iter().sum();
            let ratio = count(new) / count(base_codes);
            runs.push(SaturationRun {
                from: first + 1,
                to: first + rule.run,
                new,
                ratio,
                at_or_below: ratio <= rule.threshold,
            });
        }
    }
    let saturated_at = match runs.iter().find(|run| run.at_or_below) {
        Some(run) => Ok(run.from - 1),
        None if !enough => Err(Undefined::TooFewInterviews),
        None if base_codes == 0 => Err(Undefined::NoCodesInBase),
        None => Err(Undefined::NotReached),
    };
    Saturation {
        base_codes,
        runs,
        saturated_at,
    }
}

/// The number of codes in each interview that no earlier interview has.
pub fn new_codes<T: Ord + Copy>(interviews: &[Vec<T>]) -> Vec<usize> {
    let mut seen = std::collections::BTreeSet::new();
    interviews
        .iter()
        .map(|codes| codes.iter().filter(|code| seen.insert(**code)).count())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saturation_is_reached_or_it_is_said_why_not() {
        let of = |new: &[usize]| saturation(new, Rule::default()).saturated_at;
        assert_eq!(of(&[16, 9, 7, 5, 4, 3, 1, 0, 1]), Ok(6));
        assert_eq!(of(&[5, 4, 3, 2, 1]), Err(Undefined::TooFewInterviews));
        assert_eq!(of(&[0, 0, 0, 0, 1, 1]), Err(Undefined::NoCodesInBase));
        assert_eq!(of(&[1, 1, 1, 1, 1, 1]), Err(Undefined::NotReached));
        assert_eq!(
            new_codes(&[vec!["a", "b"], vec!["b"], vec!["c", "a"]]),
            [2, 0, 1]
        );
    }
}
