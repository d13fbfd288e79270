//! Statistics: figures from plain numbers, each with its source.
//!
//! Nothing here knows a project; `analysis` and `search` bring the counts.
//! An undefined figure is an answer: it is an [`Undefined`] with its reason, never NaN, infinity, 0 or 1 in its place.
//! p values are two-sided unless a name says otherwise, confidence is 95 %, logarithms are natural unless a name says otherwise.

pub mod association;
pub mod chance;
pub mod contingency;
pub mod fisher;
pub mod interval;
pub mod paired;
pub mod rank;
pub mod saturation;
pub mod scale;
mod tails;
pub mod words;

/// A figure, or why there is none; never NaN or infinite.
pub type Figure = Result<f64, Undefined>;

/// Why a figure doesn't exist for these data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Undefined {
    /// There is nothing to compute with.
    #[error("there are no data")]
    NoData,
    /// The documents hold no text.
    #[error("the documents hold no text")]
    NoText,
    /// A table has a single row or column once empty ones are left out.
    #[error("there are fewer than two rows or columns with anything in them")]
    FewerThanTwoRowsOrColumns,
    /// An exact test would have to look at too many tables.
    #[error("there are too many possible tables for an exact test")]
    TooLargeForExact,
    /// A row has no codings, so nothing can be a share of them.
    #[error("there is nothing in the row")]
    ZeroRowTotal,
    /// A column has no codings, so nothing can be a share of them.
    #[error("there is nothing in the column")]
    ZeroColumnTotal,
    /// No pair has both values.
    #[error("no pair has both values")]
    NoCompletePairs,
    /// One pair doesn't vary.
    #[error("there are fewer than two complete pairs")]
    FewerThanTwoPairs,
    /// Nothing changed in any pair.
    #[error("no pair has changed")]
    AllDifferencesZero,
    /// All pairs changed by the same amount.
    #[error("all pairs differ by the same amount")]
    ZeroVarianceOfDifferences,
    /// Nobody gained or lost it.
    #[error("no pair has gained or lost it")]
    NoDiscordantPairs,
    /// Too few pairs for an interval of this confidence.
    #[error("there are too few pairs for a 95 % interval")]
    TooFewPairsForInterval,
    /// The divisor is 0.
    #[error("it would be a division by zero")]
    DivisionByZero,
    /// A scale needs two items for this.
    #[error("there are fewer than two items")]
    FewerThanTwoItems,
    /// One respondent doesn't vary.
    #[error("there are fewer than two respondents with all answers")]
    FewerThanTwoRespondents,
    /// All respondents have the same total.
    #[error("all respondents have the same total")]
    ZeroVarianceOfTotal,
    /// All respondents answered an item alike.
    #[error("all respondents answered an item alike")]
    ItemWithoutVariance,
    /// Answers are missing.
    #[error("answers are missing")]
    MissingItems,
    /// An answer lies outside the scale.
    #[error("an answer lies outside the scale")]
    ResponseOutOfRange,
    /// There are no interviews beyond the base and one run.
    #[error("there are too few interviews for a base and a run")]
    TooFewInterviews,
    /// Nothing was coded in the base.
    #[error("the interviews of the base have no codes")]
    NoCodesInBase,
    /// The threshold was not reached.
    #[error("the threshold has not been reached")]
    NotReached,
    /// The code is not used.
    #[error("the code is not used")]
    CodeNeverUsed,
    /// More pairs of codings than codings.
    #[error("there are more pairs than codings: n1 + n2 - n12 is not above zero")]
    DenominatorNotPositive,
    /// The word doesn't occur.
    #[error("the word does not occur")]
    WordAbsent,
    /// The word occurs in neither group.
    #[error("the word occurs in neither group")]
    WordInNeitherCorpus,
    /// A group has no words.
    #[error("a group has no words")]
    EmptyCorpus,
    /// A part has no words.
    #[error("a part has no words")]
    EmptyPart,
    /// Evenness needs two parts.
    #[error("there are fewer than two parts")]
    FewerThanTwoParts,
    /// The window is longer than the text.
    #[error("the window is longer than the text")]
    WindowLongerThanText,
}

impl Undefined {
    /// The reason as one word of a script.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::NoText => "no_text",
            Self::FewerThanTwoRowsOrColumns => "fewer_than_two_rows_or_columns",
            Self::TooLargeForExact => "too_large_for_exact",
            Self::ZeroRowTotal => "zero_row_total",
            Self::ZeroColumnTotal => "zero_column_total",
            Self::NoCompletePairs => "no_complete_pairs",
            Self::FewerThanTwoPairs => "fewer_than_two_pairs",
            Self::AllDifferencesZero => "all_differences_zero",
            Self::ZeroVarianceOfDifferences => "zero_variance_of_differences",
            Self::NoDiscordantPairs => "no_discordant_pairs",
            Self::TooFewPairsForInterval => "too_few_pairs_for_interval",
            Self::DivisionByZero => "division_by_zero",
            Self::FewerThanTwoItems => "fewer_than_two_items",
            Self::FewerThanTwoRespondents => "fewer_than_two_respondents",
            Self::ZeroVarianceOfTotal => "zero_variance_of_total",
            Self::ItemWithoutVariance => "item_without_variance",
            Self::MissingItems => "missing_items",
            Self::ResponseOutOfRange => "response_out_of_range",
            Self::TooFewInterviews => "too_few_interviews",
            Self::NoCodesInBase => "no_codes_in_base",
            Self::NotReached => "not_reached",
            Self::CodeNeverUsed => "code_never_used",
            Self::DenominatorNotPositive => "denominator_not_positive",
            Self::WordAbsent => "word_absent",
            Self::WordInNeitherCorpus => "word_in_neither_corpus",
            Self::EmptyCorpus => "empty_corpus",
            Self::EmptyPart => "empty_part",
            Self::FewerThanTwoParts => "fewer_than_two_parts",
            Self::WindowLongerThanText => "window_longer_than_text",
        }
    }
}

/// A quotient, or the reason when the divisor is 0.
fn ratio(dividend: f64, divisor: f64, otherwise: Undefined) -> Figure {
    let quotient = dividend / divisor;
    if quotient.is_finite() {
        Ok(quotient)
    } else {
        Err(otherwise)
    }
}

/// A count as a number; exact below 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of codings and words are far below 2^53"
)]
const fn count(n: usize) -> f64 {
    n as f64
}

/// The sum of squared deviations from the mean; 0 of nothing.
fn squares(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The arithmetic mean.
///
/// # Errors
/// There is nothing.
pub fn mean_of(values: &[f64]) -> Figure {
    if values.is_empty() {
        Err(Undefined::NoData)
    } else {
        Ok(mean(values))
    }
}

/// The standard deviation of a sample: the root of the squared deviations from the mean over n - 1.
///
/// # Errors
/// There are fewer than two values.
pub fn standard_deviation(values: &[f64]) -> Figure {
    match values.len() {
        0 => Err(Undefined::NoData),
        1 => Err(Undefined::FewerThanTwoRespondents),
        n => Ok((squares(values) / (count(n) - 1.0)).sqrt()),
    }
}

/// The arithmetic mean; 0 of nothing.
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / count(values.len().max(1))
}
