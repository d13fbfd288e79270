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

use crate::message::{language::UiLanguage, text::Text};

/// A statistic, or the reason why it is undefined; never NaN or infinite.
pub type Figure = Result<f64, Undefined>;

/// Why a statistic is undefined for these data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}", UiLanguage::English.say(self.text()))]
pub enum Undefined {
    /// There are no values.
    NoData,
    /// The documents contain no text.
    NoText,
    /// Some rows include others, so that a coding would count twice.
    RowsIncludeOthers,
    /// The table has fewer than two rows or columns that aren't empty.
    FewerThanTwoRowsOrColumns,
    /// An exact test would have to enumerate too many tables.
    TooLargeForExact,
    /// The row total that shares are taken of is 0.
    ZeroRowTotal,
    /// The column total that shares are taken of is 0.
    ZeroColumnTotal,
    /// No pair has both values.
    NoCompletePairs,
    /// There are fewer than two complete pairs, so differences don't vary.
    FewerThanTwoPairs,
    /// All differences are 0.
    AllDifferencesZero,
    /// All differences are equal.
    ZeroVarianceOfDifferences,
    /// No pair is discordant: nobody gained or lost the property.
    NoDiscordantPairs,
    /// There are too few pairs for an interval of this confidence.
    TooFewPairsForInterval,
    /// The divisor is 0.
    DivisionByZero,
    /// The scale has fewer than two items.
    FewerThanTwoItems,
    /// There are fewer than two complete respondents, so answers don't vary.
    FewerThanTwoRespondents,
    /// All respondents have the same total.
    ZeroVarianceOfTotal,
    /// All respondents gave an item the same answer.
    ItemWithoutVariance,
    /// Answers are missing.
    MissingItems,
    /// An answer is outside the scale.
    ResponseOutOfRange,
    /// There are fewer interviews than a base and one run.
    TooFewInterviews,
    /// Nothing was coded in the base.
    NoCodesInBase,
    /// The threshold was not reached.
    NotReached,
    /// The code is not used.
    CodeNeverUsed,
    /// There are at least as many co-occurrences as codings.
    DenominatorNotPositive,
    /// The word doesn't occur.
    WordAbsent,
    /// The word occurs in neither group.
    WordInNeitherCorpus,
    /// A group has no words.
    EmptyCorpus,
    /// A part has no words.
    EmptyPart,
    /// Evenness needs two parts.
    FewerThanTwoParts,
    /// The window is longer than the text.
    WindowLongerThanText,
}

impl Undefined {
    /// A stable identifier for JSON output and scripts.
    pub const fn code(self) -> &'static str {
        self.facts().0
    }

    /// The reason in both languages.
    pub const fn text(self) -> Text {
        self.facts().1
    }

    /// Identifier and text of each reason.
    #[expect(clippy::too_many_lines, reason = "a table, one row for each reason")]
    const fn facts(self) -> (&'static str, Text) {
        match self {
            Self::NoData => ("no_data", Text::new("there are no data", "没有数据")),
            Self::NoText => (
                "no_text",
                Text::new("the documents have no text", "文档没有文字"),
            ),
            Self::RowsIncludeOthers => (
                "rows_include_others",
                Text::new(
                    "cases include those below them: test families or persons",
                    "个案包含其下级：请检验家庭或个人",
                ),
            ),
            Self::FewerThanTwoRowsOrColumns => (
                "fewer_than_two_rows_or_columns",
                Text::new(
                    "there are fewer than two rows or columns with anything in them",
                    "有内容的行或列少于两个",
                ),
            ),
            Self::TooLargeForExact => (
                "too_large_for_exact",
                Text::new(
                    "there are too many possible tables for an exact test",
                    "可能的表太多，无法精确检验",
                ),
            ),
            Self::ZeroRowTotal => (
                "zero_row_total",
                Text::new("there is nothing in the row", "这一行没有编码片段"),
            ),
            Self::ZeroColumnTotal => (
                "zero_column_total",
                Text::new("there is nothing in the column", "这一列没有编码片段"),
            ),
            Self::NoCompletePairs => (
                "no_complete_pairs",
                Text::new("no pair has both values", "没有前后都有值的配对"),
            ),
            Self::FewerThanTwoPairs => (
                "fewer_than_two_pairs",
                Text::new(
                    "there are fewer than two complete pairs",
                    "完整的配对少于两个",
                ),
            ),
            Self::AllDifferencesZero => (
                "all_differences_zero",
                Text::new("no pair has changed", "所有配对都没有变化"),
            ),
            Self::ZeroVarianceOfDifferences => (
                "zero_variance_of_differences",
                Text::new("all pairs differ by the same amount", "所有配对的变化相同"),
            ),
            Self::NoDiscordantPairs => (
                "no_discordant_pairs",
                Text::new(
                    "no pair has gained or lost it",
                    "没有配对由有变无或由无变有",
                ),
            ),
            Self::TooFewPairsForInterval => (
                "too_few_pairs_for_interval",
                Text::new(
                    "there are too few pairs for a 95 % interval",
                    "配对太少，没有 95 % 区间",
                ),
            ),
            Self::DivisionByZero => (
                "division_by_zero",
                Text::new("it would be a division by zero", "除数为零"),
            ),
            Self::FewerThanTwoItems => (
                "fewer_than_two_items",
                Text::new("there are fewer than two items", "题目少于两个"),
            ),
            Self::FewerThanTwoRespondents => (
                "fewer_than_two_respondents",
                Text::new(
                    "there are fewer than two respondents with all answers",
                    "答完的人少于两个",
                ),
            ),
            Self::ZeroVarianceOfTotal => (
                "zero_variance_of_total",
                Text::new("all respondents have the same total", "所有人的总分相同"),
            ),
            Self::ItemWithoutVariance => (
                "item_without_variance",
                Text::new(
                    "all respondents answered an item alike",
                    "有一题所有人的回答相同",
                ),
            ),
            Self::MissingItems => (
                "missing_items",
                Text::new("answers are missing", "有题目未答"),
            ),
            Self::ResponseOutOfRange => (
                "response_out_of_range",
                Text::new("an answer is outside the scale", "有回答超出量表范围"),
            ),
            Self::TooFewInterviews => (
                "too_few_interviews",
                Text::new(
                    "there are too few interviews for a base and a run",
                    "访谈太少，不够一个基数加一轮",
                ),
            ),
            Self::NoCodesInBase => (
                "no_codes_in_base",
                Text::new(
                    "the interviews of the base have no codes",
                    "基数中的访谈没有编码",
                ),
            ),
            Self::NotReached => (
                "not_reached",
                Text::new("the threshold has not been reached", "尚未达到阈值"),
            ),
            Self::CodeNeverUsed => (
                "code_never_used",
                Text::new("the code is not used", "编码没有使用"),
            ),
            Self::DenominatorNotPositive => (
                "denominator_not_positive",
                Text::new(
                    "there are more pairs than codings: n1 + n2 - n12 is not above zero",
                    "配对多于编码片段，分母不为正",
                ),
            ),
            Self::WordAbsent => (
                "word_absent",
                Text::new("the word does not occur", "没有这个词"),
            ),
            Self::WordInNeitherCorpus => (
                "word_in_neither_corpus",
                Text::new("the word occurs in neither group", "两组都没有这个词"),
            ),
            Self::EmptyCorpus => (
                "empty_corpus",
                Text::new("a group has no words", "有一组没有词"),
            ),
            Self::EmptyPart => (
                "empty_part",
                Text::new("a part has no words", "有一部分没有词"),
            ),
            Self::FewerThanTwoParts => (
                "fewer_than_two_parts",
                Text::new("there are fewer than two parts", "部分少于两个"),
            ),
            Self::WindowLongerThanText => (
                "window_longer_than_text",
                Text::new("the window is longer than the text", "窗口比文字还长"),
            ),
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
