//! Figures about words: what is typical of a group, how evenly a word is spread, how varied a text is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figure, Undefined, count, mean, ratio, squares, tails};

/// How a word's frequencies in two groups differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// How often it would stand in the first if both used it alike.
    pub expected_1: f64,
    /// In the second.
    pub expected_2: f64,
    /// Log-likelihood over the two cells of the word (Rayson & Garside 2000), as most programs give it.
    pub ll: f64,
    /// Dunning's G² over all four cells (Computational Linguistics 19, 1993).
    pub g2: f64,
    /// P of `ll` with one degree of freedom.
    pub p: f64,
    /// log2 of the rates' ratio, a frequency of 0 counted as 0.5 (Hardie 2014): 1 is twice as frequent.
    pub log_ratio: f64,
    /// Where it is the more frequent.
    pub direction: Direction,
}

/// Where a word is the more frequent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More frequent in the first group.
    Over,
    /// Less frequent there.
    Under,
    /// Equally frequent.
    Equal,
}

impl Direction {
    /// As one word of a script.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Under => "under",
            Self::Equal => "equal",
        }
    }
}

/// Compares a word that stands `a` times among `c` words with one that stands `b` times among `d`.
///
/// # Errors
/// The word stands in neither group, or a group has no words.
pub fn keyness(a: usize, b: usize, c: usize, d: usize) -> Result<Keyness, Undefined> {
    if c == 0 || d == 0 {
        return Err(Undefined::EmptyCorpus);
    }
    if a + b == 0 {
        return Err(Undefined::WordInNeitherCorpus);
    }
    let direction = match (a as u128 * d as u128).cmp(&(b as u128 * c as u128)) {
        std::cmp::Ordering::Greater => Direction::Over,
        std::cmp::Ordering::Less => Direction::Under,
        std::cmp::Ordering::Equal => Direction::Equal,
    };
    let (a, b, c, d) = (count(a), count(b), count(c), count(d));
    let share = (a + b) / (c + d);
    let (expected_1, expected_2) = (c * share, d * share);
    let ll = 2.0 * (part(a, expected_1) + part(b, expected_2));
    let half = |n: f64| if n > 0.0 { n } else { 0.5 };
    Ok(Keyness {
        expected_1,
        expected_2,
        ll: ll.max(0.0),
        g2: g2(a, c, b, d),
        p: tails::chi_square(ll, 1.0),
        log_ratio: (half(a) / c / (half(b) / d)).log2(),
        direction,
    })
}

/// Dunning's G² of a word that stands `a` times among `c` words and `b` times among `d`, over the table of this word and all others; 0 of nothing.
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

/// o ln(o / e), 0 when o is.
fn part(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 {
        observed * (observed / expected).ln()
    } else {
        0.0
    }
}

/// How evenly a word is spread over parts of different sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Parts that have it.
    pub parts_with_word: usize,
    /// How often it stands there altogether.
    pub frequency: usize,
    /// Half the sum of the differences between each part's share of the word and of the text (Gries, International Journal of Corpus Linguistics 13,
    /// 2008): 0 as even as the text, towards 1 in a small part of it.
    pub dp: f64,
    /// The same, so that 1 can be reached: over 1 - the smallest part's share (Lijffijt & Gries 2012).
    ///
    /// # Errors
    /// There are fewer than two parts.
    pub dp_norm: Figure,
    /// 1 - coefficient of variation of the rates / sqrt(parts - 1) (Juilland 1964): 1 even, towards 0 in one part.
    ///
    /// # Errors
    /// There are fewer than two parts.
    pub juilland_d: Figure,
}

/// Measures how evenly `frequencies` are spread over parts of these `sizes`.
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
    let parts = || {
        frequencies
            .iter()
            .zip(sizes)
            .map(|(&v, &s)| (count(v), count(s)))
    };
    let dp = parts()
        .map(|(v, s)| (v / count(frequency) - s / size).abs())
        .sum::<f64>()
        / 2.0;
    let rates: Vec<f64> = parts().map(|(v, s)| v / s).collect();
    let k = count(rates.len());
    let smallest = sizes.iter().copied().min().map_or(0.0, count) / size;
    let several = |figure: f64| {
        if rates.len() < 2 {
            Err(Undefined::FewerThanTwoParts)
        } else {
            Ok(figure)
        }
    };
    Ok(Dispersion {
        parts_with_word: frequencies
            .iter()
            .filter(|frequency| **frequency > 0)
            .count(),
        frequency,
        dp,
        dp_norm: several(dp / (1.0 - smallest)),
        juilland_d: several(1.0 - (squares(&rates) / k).sqrt() / mean(&rates) / (k - 1.0).sqrt()),
    })
}

/// How varied the words of a text are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diversity {
    /// Words.
    pub tokens: usize,
    /// Different words.
    pub types: usize,
    /// Different words over words; it falls as texts grow, so compare `mattr`.
    ///
    /// # Errors
    /// There are no words.
    pub ttr: Figure,
    /// The mean of `ttr` over all windows of one length (Covington & McFall, Journal of Quantitative Linguistics 17, 2010).
    ///
    /// # Errors
    /// There are no words, or fewer than the window is long.
    pub mattr: Figure,
}

/// Measures how varied words are, in windows of so many.
pub fn lexical_diversity<T: Ord>(tokens: &[T], window: usize) -> Diversity {
    let types = tokens.iter().collect::<BTreeSet<_>>().len();
    let mattr = match tokens.len() {
        0 => Err(Undefined::NoData),
        n if window == 0 || window > n => Err(Undefined::WindowLongerThanText),
        n => {
            let mut within: BTreeMap<&T, usize> = BTreeMap::new();
            let mut sum = 0usize;
            for (at, token) in tokens.iter().enumerate() {
                *within.entry(token).or_default() += 1;
                if let Some(gone) = at.checked_sub(window).and_then(|at| tokens.get(at)) {
                    let left = within.get_mut(gone).map_or(0, |n| {
                        *n -= 1;
                        *n
                    });
                    if left == 0 {
                        within.remove(gone);
                    }
                }
                sum += if at + 1 >= window { within.len() } else { 0 };
            }
            Ok(count(sum) / count(window) / count(n - window + 1))
        }
    };
    Diversity {
        tokens: tokens.len(),
        types,
        ttr: ratio(count(types), count(tokens.len()), Undefined::NoData),
        mattr,
    }
}

/// How much a word marks a document among `documents`, `with` of which have it: count x ln(N / df) (Spärck Jones 1972, raw counts).
///
/// # Errors
/// No document has it.
pub fn tf_idf(in_document: usize, documents: usize, with: usize) -> Figure {
    if with == 0 {
        Err(Undefined::WordAbsent)
    } else {
        Ok(count(in_document) * (count(documents) / count(with)).ln())
    }
}

/// The same, smoothed, for all words of one document, scaled to length 1: count x (ln((1 + N) / (1 + df)) + 1). `words` has each word's count and in how
/// many documents it stands.
pub fn tf_idf_smooth(words: &[(usize, usize)], documents: usize) -> Vec<f64> {
    let weight = |&(n, with): &(usize, usize)| {
        count(n) * (((1.0 + count(documents)) / (1.0 + count(with))).ln() + 1.0)
    };
    let weights: Vec<f64> = words.iter().map(weight).collect();
    let length = weights
        .iter()
        .map(|weight| weight * weight)
        .sum::<f64>()
        .sqrt();
    if length > 0.0 {
        weights.into_iter().map(|weight| weight / length).collect()
    } else {
        weights
    }
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
        assert_eq!(tf_idf(3, 4, 0), Err(Undefined::WordAbsent));
    }
}
