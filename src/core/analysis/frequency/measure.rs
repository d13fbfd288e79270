//! What a figure in a table of frequencies says: everything that a measure is.
//!
//! To add a measure, add it to [`Measure`], [`Measure::ALL`], [`Measure::facts`] and [`Measure::value`];
//! the window, the command line and all tables read it from here.

use crate::{analysis::merging::CoderCount, message::text::Text, statistics::Undefined};

use super::{
    sums::{Amount, Spread, Whole},
    table::Measured,
};

/// What a cell says of the codings behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// The number of codings.
    #[default]
    Codings,
    /// The number of documents with a coding.
    Documents,
    /// The number of topmost cases (families) with a coding.
    Cases,
    /// The number of characters that codings cover; one covered twice counts once.
    Characters,
    /// The number of words that codings cover: Chinese characters, each of which counts as one, and words of other scripts.
    Words,
    /// The characters covered as a share (0 to 1) of all characters of the row's documents.
    Share,
    /// Whether there is any coding.
    Presence,
    /// The number of codings per 1,000 characters of the row's documents.
    Per1000,
    /// The number of codings per 1,000 words that the row's people say themselves.
    Per1000Words,
    /// The number of codings as a share of the row's, each coding counted once in the row.
    RowShare,
    /// The number of codings as a share of the column's.
    ColumnShare,
}

/// The names of a measure.
#[derive(Debug, Clone, Copy)]
pub struct MeasureFacts {
    /// Its value in JSON.
    pub key: &'static str,
    /// Its value on the command line.
    pub argument: &'static str,
    /// Its name in a list.
    pub name: Text,
    /// What it counts, within a sentence.
    pub counted: Text,
}

impl Measure {
    /// All measures, in the order of lists.
    pub const ALL: [Self; 11] = [
        Self::Codings,
        Self::Documents,
        Self::Cases,
        Self::Characters,
        Self::Words,
        Self::Share,
        Self::Presence,
        Self::Per1000Words,
        Self::Per1000,
        Self::RowShare,
        Self::ColumnShare,
    ];

    /// The names of the measure.
    pub const fn facts(self) -> MeasureFacts {
        match self {
            Self::Codings => MeasureFacts {
                key: "codings",
                argument: "codings",
                name: Text::new("Codings", "编码片段"),
                counted: Text::new("codings", "编码片段数"),
            },
            Self::Documents => MeasureFacts {
                key: "documents",
                argument: "documents",
                name: Text::new("Documents", "文档数"),
                counted: Text::new("documents with a coding", "有编码的文档数"),
            },
            Self::Cases => MeasureFacts {
                key: "cases",
                argument: "cases",
                name: Text::new("Families", "家庭数"),
                counted: Text::new("families with a coding", "有编码的家庭数"),
            },
            Self::Characters => MeasureFacts {
                key: "characters",
                argument: "characters",
                name: Text::new("Characters", "字数"),
                counted: Text::new("characters coded", "编码的字数"),
            },
            Self::Words => MeasureFacts {
                key: "words",
                argument: "words",
                name: Text::new("Words", "词数"),
                counted: Text::new(
                    "words coded (Chinese characters and words of other scripts)",
                    "编码的词数（汉字和其他文字的词）",
                ),
            },
            Self::Share => MeasureFacts {
                key: "share",
                argument: "share",
                name: Text::new("Share of text", "占文本比例"),
                counted: Text::new(
                    "share of all characters that is coded",
                    "编码字数占全部字数的比例",
                ),
            },
            Self::Presence => MeasureFacts {
                key: "presence",
                argument: "presence",
                name: Text::new("Present", "是否出现"),
                counted: Text::new("whether there is a coding", "是否有编码"),
            },
            Self::Per1000 => MeasureFacts {
                key: "per1000",
                argument: "per1000",
                name: Text::new("Per 1,000 characters", "每千字"),
                counted: Text::new("codings per 1,000 characters", "每千字编码片段数"),
            },
            Self::Per1000Words => MeasureFacts {
                key: "per1000_words",
                argument: "per1000-words",
                name: Text::new("Per 1,000 words", "每千词"),
                counted: Text::new(
                    "codings per 1,000 words of participants' own",
                    "受访者自己每千词的编码片段数",
                ),
            },
            Self::RowShare => MeasureFacts {
                key: "row_share",
                argument: "row-share",
                name: Text::new("% of row", "行百分比"),
                counted: Text::new("share of the row's codings", "占本行编码片段的比例"),
            },
            Self::ColumnShare => MeasureFacts {
                key: "column_share",
                argument: "column-share",
                name: Text::new("% of column", "列百分比"),
                counted: Text::new("share of the column's codings", "占本列编码片段的比例"),
            },
        }
    }

    /// Returns true if the figure is made of numbers of codings alone, without what they cover or where they are.
    pub const fn is_of_counts(self) -> bool {
        match self {
            Self::Codings
            | Self::Presence
            | Self::Per1000
            | Self::Per1000Words
            | Self::RowShare
            | Self::ColumnShare => true,
            Self::Documents | Self::Characters | Self::Share | Self::Cases | Self::Words => false,
        }
    }

    /// How codings of several coders usually count: a mean for rates, and otherwise each passage once.
    pub const fn usual_count(self) -> CoderCount {
        match self {
            Self::Per1000 | Self::Per1000Words => CoderCount::Average,
            _ => CoderCount::Merged,
        }
    }

    /// Returns true if a mean over coders can be taken of it: of what they cover there is none here, and what is
    /// present for one of them is present.
    pub const fn has_average(self) -> bool {
        self.is_of_counts() && !matches!(self, Self::Presence)
    }

    /// How codings of several coders count for it, if this was asked.
    ///
    /// What codings cover is measured once in any case, whoever marked it.
    pub fn counting(self, asked: Option<CoderCount>) -> CoderCount {
        match asked {
            Some(CoderCount::Average) if !self.has_average() => CoderCount::Merged,
            Some(asked) => asked,
            None => self.usual_count(),
        }
    }

    /// The figure of a cell with so many codings that cover `spread`, as a part of `whole`.
    ///
    /// It is [`Measured::NoDocument`] where there is no document, and undefined where a share or a rate would divide by 0.
    pub(super) fn value(self, codings: Amount, spread: &Spread, whole: &Whole) -> Measured {
        if whole.documents == 0 && codings.number == 0 {
            return Measured::NoDocument;
        }
        let amount = codings.amount();
        match self {
            Self::Codings => codings.measured(),
            Self::Documents => Measured::Count(spread.documents),
            Self::Cases => Measured::Count(spread.n_cases()),
            Self::Characters => Measured::Count(spread.chars),
            Self::Words => Measured::Count(spread.words),
            Self::Presence => Measured::Present(codings.number > 0),
            Self::Share => share(spread.chars as f64, whole.chars as f64, Undefined::NoText),
            Self::Per1000 => per_1000(amount, whole.chars),
            Self::Per1000Words => per_1000(amount, whole.words),
            Self::RowShare => share(amount, whole.row, Undefined::ZeroRowTotal),
            Self::ColumnShare => share(amount, whole.column, Undefined::ZeroColumnTotal),
        }
    }
}

fn per_1000(amount: f64, whole: u64) -> Measured {
    if whole == 0 {
        Measured::Undefined(Undefined::NoText)
    } else {
        Measured::Rate(amount * 1000.0 / whole as f64)
    }
}

fn share(part: f64, whole: f64, if_zero: Undefined) -> Measured {
    // Sums of means can be a little above 0 only where there is a coding.
    if whole <= 0.0 {
        Measured::Undefined(if_zero)
    } else {
        Measured::Share(part / whole)
    }
}
