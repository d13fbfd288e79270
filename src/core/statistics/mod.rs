//! Statistical tests, effect sizes and measures, computed from plain numbers.
//!
//! Nothing here knows of projects: `analysis` and `search` pass in counts, and every formula names its source.
//! Where a statistic is undefined, the result is an [`Undefined`] that says why, never NaN, infinity, or a 0 or 1 in its place.
//! p values are two-sided, confidence levels are 95 % and logarithms are natural, unless a name says otherwise.
//!
//! Ranks, intervals and exact tests are written here rather than taken from a crate, so that ties, zero counts and
//! undefined cases are treated as the cited sources treat them. Only the special functions come from `statrs`.

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

/// A statistic, or the reason why it is undefined; never NaN or infinite.
pub type Figure = Result<f64, Undefined>;

/// Why a statistic is undefined for these data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Undefined {
    /// There are no values.
    #[error("there are no data")]
    NoData,
    /// The documents contain no text.
    #[error("the documents hold no text")]
    NoText,
    /// The table has fewer than two rows or columns that aren't empty.
    #[error("there are fewer than two rows or columns with anything in them")]
    FewerThanTwoRowsOrColumns,
    /// An exact test would have to enumerate too many tables.
    #[error("there are too many possible tables for an exact test")]
    TooLargeForExact,
    /// The row total that shares are taken of is 0.
    #[error("there is nothing in the row")]
    ZeroRowTotal,
    /// The column total that shares are taken of is 0.
    #[error("there is nothing in the column")]
    ZeroColumnTotal,
    /// No pair has both values.
    #[error("no pair has both values")]
    NoCompletePairs,
    /// There are fewer than two complete pairs, so differences don't vary.
    #[error("there are fewer than two complete pairs")]
    FewerThanTwoPairs,
    /// All differences are 0.
    #[error("no pair has changed")]
    AllDifferencesZero,
    /// All differences are equal.
    #[error("all pairs differ by the same amount")]
    ZeroVarianceOfDifferences,
    /// No pair is discordant: nobody gained or lost the property.
    #[error("no pair has gained or lost it")]
    NoDiscordantPairs,
    /// There are too few pairs for an interval of this confidence.
    #[error("there are too few pairs for a 95 % interval")]
    TooFewPairsForInterval,
    /// The divisor is 0.
    #[error("it would be a division by zero")]
    DivisionByZero,
    /// The scale has fewer than two items.
    #[error("there are fewer than two items")]
    FewerThanTwoItems,
    /// There are fewer than two complete respondents, so answers don't vary.
    #[error("there are fewer than two respondents with all answers")]
    FewerThanTwoRespondents,
    /// All respondents have the same total.
    #[error("all respondents have the same total")]
    ZeroVarianceOfTotal,
    /// All respondents gave an item the same answer.
    #[error("all respondents answered an item alike")]
    ItemWithoutVariance,
    /// Answers are missing.
    #[error("answers are missing")]
    MissingItems,
    /// An answer is outside the scale.
    #[error("an answer lies outside the scale")]
    ResponseOutOfRange,
    /// There are fewer interviews than a base and one run.
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
    /// There are at least as many co-occurrences as codings.
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
    /// A stable identifier for JSON output and scripts.
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

/// A quotient, or `otherwise` if it isn't finite.
fn ratio(dividend: f64, divisor: f64, otherwise: Undefined) -> Figure {
    let quotient = dividend / divisor;
    if quotient.is_finite() {
        Ok(quotient)
    } else {
        Err(otherwise)
    }
}

/// Converts a count to a floating-point number; exact below 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of codings and words are far below 2^53"
)]
const fn count(n: usize) -> f64 {
    n as f64
}

/// The sum of squared deviations from the mean; 0 without values.
fn squares(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The arithmetic mean.
///
/// # Errors
/// There are no values.
pub fn mean_of(values: &[f64]) -> Figure {
    if values.is_empty() {
        Err(Undefined::NoData)
    } else {
        Ok(mean(values))
    }
}

/// The standard deviation of a sample, with n - 1 in the denominator.
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

/// The arithmetic mean; 0 without values.
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / count(values.len().max(1))
}
