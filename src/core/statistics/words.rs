//! Corpus statistics of words: keyness, dispersion and lexical diversity.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, Undefined, count, mean, ratio, squares, tails};

/// How the frequencies of a word in two corpora differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// Expected frequency in the first corpus if both used the word at the same rate.
    pub expected_1: f64,
    /// Expected frequency in the second corpus.
    pub expected_2: f64,
    /// Log-likelihood over the two cells of the word (Rayson & Garside 2000), as most corpus tools report it.
    pub ll: f64,
    /// Dunning's G² over all four cells (Computational Linguistics 19, 1993).
    pub g2: f64,
    /// p value of `ll` with one degree of freedom.
    pub p: f64,
    /// log2 of the ratio of the rates, with a frequency of 0 replaced by 0.5 (Hardie 2014); 1 means twice as frequent.
    pub log_ratio: f64,
    /// The corpus in which the word is more frequent.
    pub direction: Direction,
}

/// In which corpus a word is more frequent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In the first corpus.
    Over,
    /// In the second corpus.
    Under,
    /// In neither.
    Equal,
}

impl Direction {
    /// A stable identifier for JSON output and scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Under => "under",
            Self::Equal => "equal",
        }
    }
}

/// Compares a word with frequency `a` in a corpus of `c` words to its frequency `b` in a corpus of `d` words.
///
/// # Errors
/// The word occurs in neither corpus, or a corpus has no words.
pub fn keyness(a: usize, b: usize, c: usize, d: usize) -> Result<Keyness, Undefined> {
    if c == 0 || d == 0 {
        return Err(Undefined::EmptyCorpus);
    }
    if a + b == 0 {
        return Err(Undefined::WordInNeitherCorpus);
    }
    // Compared as whole numbers: rates that are equal must not differ by a rounding error.
    let direction = match (a as u128 * d as u128).cmp(&(b as u128 * c as u128)) {
        std::cmp::Ordering::Greater => Direction::Over,
        std::cmp::Ordering::Less => Direction::Under,
        std::cmp::Ordering::Equal => Direction::Equal,
    };
    let (a, b, c, d) = (count(a), count(b), count(c), count(d));
    let share = (a + b) / (c + d);
    let (expected_1, expected_2) = (c * share, d * share);
    let ll = 2.0 * (part(a, expected_1) + part(b, expected_2));
    Ok(Keyness {
        expected_1,
        expected_2,
        ll: ll.max(0.0),
        g2: g2(a, c, b, d),
        p: tails::chi_square(ll, 1.0),
        log_ratio: (half_if_zero(a) / c / (half_if_zero(b) / d)).log2(),
        direction,
    })
}

/// A frequency, with 0 replaced by 0.5 so that its logarithm is finite.
fn half_if_zero(frequency: f64) -> f64 {
    if frequency > 0.0 { frequency } else { 0.5 }
}

/// Dunning's G² of a word with frequency `a` among `c` words and `b` among `d`, over the table of this word and all others.
///
/// Returns 0 if there are no words.
pub fn g2(a: f64, c: f64, b: f64, d: f64) -> f64 {
    let all = c + d;
    if all <= 0.0 {
        return 0.0;
    }
    let (word, rest) = ((a + b) / all, (all - a - b) / all);
    let g2 = 2.0
        * (part(a, c * word) + part(b, d * word) + part(c - a, c * rest) + part(d - b, d * rest));
    g2.max(0.0)
}

/// The term o ln(o / e) of a log-likelihood, which is 0 if o is 0.
fn part(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 {
        observed * (observed / expected).ln()
    } else {
        0.0
    }
}

/// How evenly a word is dispersed over parts of different sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Number of parts that contain the word.
    pub parts_with_word: usize,
    /// Frequency of the word in all parts.
    pub frequency: usize,
    /// Deviation of proportions: half the sum of the absolute differences between each part's share of the word and its
    /// share of the text (Gries, International Journal of Corpus Linguistics 13, 2008).
    ///
    /// 0 if the word is spread as evenly as the text; near 1 if it occurs only in a small part.
    pub dp: f64,
    /// `dp` over 1 - the share of the smallest part, so that 1 can be reached (Lijffijt & Gries 2012).
    ///
    /// # Errors
    /// There are fewer than two parts.
    pub dp_norm: Figure,
    /// 1 - coefficient of variation of the rates / sqrt(parts - 1) (Juilland 1964): 1 if even, near 0 if all in one part.
    ///
    /// # Errors
    /// There are fewer than two parts.
    pub juilland_d: Figure,
}

/// Measures how evenly a word with these `frequencies` is dispersed over parts of these `sizes`.
///
/// # Errors
/// The word doesn't occur, there are no parts, or one has no words.
pub fn dispersion(frequencies: &[usize], sizes: &[usize]) -> Result<Dispersion, Undefined> {
    let frequency: usize = frequencies.iter().sum();
    if sizes.is_empty() {
        return Err(Undefined::NoData);
    }
    if sizes.contains(&0) {
        return Err(Undefined::EmptyPart);
    }
    if frequency == 0 {
        return Err(Undefined::WordAbsent);
    }
    let size = count(sizes.iter().sum());
    let parts: Vec<(f64, f64)> = frequencies
        .iter()
        .zip(sizes)
        .map(|(&v, &s)| (count(v), count(s)))
        .collect();
    let dp = parts
        .iter()
        .map(|(v, s)| (v / count(frequency) - s / size).abs())
        .sum::<f64>()
        / 2.0;
    let (dp_norm, juilland_d) = if parts.len() < 2 {
        (
            Err(Undefined::FewerThanTwoParts),
            Err(Undefined::FewerThanTwoParts),
        )
    } else {
        let rates: Vec<f64> = parts.iter().map(|(v, s)| v / s).collect();
        let k = count(rates.len());
        let smallest = sizes.iter().copied().min().map_or(0.0, count) / size;
        (
            Ok(dp / (1.0 - smallest)),
            Ok(1.0 - (squares(&rates) / k).sqrt() / mean(&rates) / (k - 1.0).sqrt()),
        )
    };
    Ok(Dispersion {
        parts_with_word: frequencies
            .iter()
            .filter(|frequency| **frequency > 0)
            .count(),
        frequency,
        dp,
        dp_norm,
        juilland_d,
    })
}

/// Lexical diversity of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diversity {
    /// Number of words.
    pub tokens: usize,
    /// Number of different words.
    pub types: usize,
    /// Type-token ratio; it falls as texts grow, so texts of different lengths are compared by `mattr`.
    ///
    /// # Errors
    /// There are no words.
    pub ttr: Figure,
    /// Moving-average type-token ratio: the mean of the ratios of all windows of one length
    /// (Covington & McFall, Journal of Quantitative Linguistics 17, 2010).
    ///
    /// # Errors
    /// There are no words, or fewer than a window has.
    pub mattr: Figure,
}

/// Measures the lexical diversity of a text, with windows of `window` words.
pub fn lexical_diversity<T: Ord>(tokens: &[T], window: usize) -> Diversity {
    let types = tokens.iter().collect::<BTreeSet<_>>().len();
    let mattr = match tokens.len() {
        0 => Err(Undefined::NoData),
        n if window == 0 || window > n => Err(Undefined::WindowLongerThanText),
        n => Ok(count(types_in_windows(tokens, window)) / count(window) / count(n - window + 1)),
    };
    Diversity {
        tokens: tokens.len(),
        types,
        ttr: ratio(count(types), count(tokens.len()), Undefined::NoData),
        mattr,
    }
}

/// The number of different words in each window, summed over all windows.
fn types_in_windows<T: Ord>(tokens: &[T], window: usize) -> usize {
    // The frequencies in the present window, updated as it moves, instead of counting every window anew.
    let mut frequencies: BTreeMap<&T, usize> = BTreeMap::new();
    let mut sum = 0;
    for (at, token) in tokens.iter().enumerate() {
        *frequencies.entry(token).or_default() += 1;
        if at >= window {
            let leaving = &tokens[at - window];
            let frequency = frequencies
                .get_mut(leaving)
                .expect("a word that leaves the window was counted when it entered");
            *frequency -= 1;
            if *frequency == 0 {
                frequencies.remove(leaving);
            }
        }
        if at + 1 >= window {
            sum += frequencies.len();
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_likelihood_is_dunnings() {
        // Dunning 1993, table 2: "the swiss" in his corpus of 31,777 words: k(AB) 110, k(A ~B) 2442, k(~A B) 111, k(~A ~B) 29114: 270.72.
        let g2 = g2(110.0, 110.0 + 2442.0, 111.0, 111.0 + 29114.0);
        assert!((g2 - 270.72).abs() < 0.01, "{g2}");
        assert_eq!(keyness(0, 3, 0, 9).unwrap_err(), Undefined::EmptyCorpus);
    }

    #[test]
    fn spread_and_variety_have_their_edges() {
        assert_eq!(
            dispersion(&[1, 0], &[5, 0]).unwrap_err(),
            Undefined::EmptyPart
        );
        assert_eq!(
            dispersion(&[1], &[5]).unwrap().dp_norm,
            Err(Undefined::FewerThanTwoParts)
        );
        let varied = lexical_diversity(&["a", "b", "a"], 2);
        assert_eq!((varied.types, varied.mattr), (2, Ok(1.0)));
        assert_eq!(
            lexical_diversity(&["a"], 2).mattr,
            Err(Undefined::WindowLongerThanText)
        );
    }
}
