//! Code saturation: how many codes each further interview adds (Guest, Namey & Chen, PLoS ONE 15, 2020).
//!
//! It depends on the order of the interviews and on how fine the codebook is; reflexive thematic analysis does without it (Braun & Clarke 2021).

use super::{Undefined, count};

/// How saturation is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Interviews whose codes are the base (4 to 6).
    pub base: usize,
    /// Interviews of a run (2 or 3).
    pub run: usize,
    /// The ratio at which a run says enough: 0.05, or 0.
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

/// Some interviews in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SaturationRun {
    /// First interview, from 1.
    pub from: usize,
    /// Last interview.
    pub to: usize,
    /// Codes seen for the first time.
    pub new: usize,
    /// Their number over the codes of the base.
    pub ratio: f64,
    /// Whether that is at or below the threshold.
    pub at_or_below: bool,
}

/// What the runs after the base say.
#[derive(Debug, Clone, PartialEq)]
pub struct Saturation {
    /// Codes of the base.
    pub base_codes: usize,
    /// Runs, each an interview further than the one before.
    pub runs: Vec<SaturationRun>,
    /// The interview after which the first run at or below the threshold follows.
    ///
    /// # Errors
    /// There are too few interviews, no codes in the base, or no such run.
    pub saturated_at: Result<usize, Undefined>,
}

/// Judges saturation by how many codes each interview has seen for the first time.
pub fn saturation(new_codes: &[usize], rule: Rule) -> Saturation {
    let base_codes: usize = new_codes.iter().take(rule.base).sum();
    let run = |from: usize| {
        let new = new_codes[from..from + rule.run].iter().sum();
        let ratio = count(new) / count(base_codes);
        SaturationRun {
            from: from + 1,
            to: from + rule.run,
            new,
            ratio,
            at_or_below: ratio <= rule.threshold,
        }
    };
    let enough = rule.base > 0 && rule.run > 0 && new_codes.len() >= rule.base + rule.run;
    let runs: Vec<SaturationRun> = if enough && base_codes > 0 {
        (rule.base..=new_codes.len() - rule.run).map(run).collect()
    } else {
        Vec::new()
    };
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

/// How many codes each interview has that none before it had.
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
