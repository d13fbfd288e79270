//! What the log itself tells of damage.

use crate::message::{Message, text::Text};

/// An entry of the log that isn't as it was written; entries are named by their number in order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogDamage {
    /// What leads to the entries is damaged; they were looked for one by one.
    Pages,
    /// The entry is missing, can't be read, or was changed.
    Entry(i64),
    /// The entry doesn't follow the one of its device before it: one is missing, or its links were changed.
    Chain(i64),
}

impl LogDamage {
    /// The damage in one line.
    pub fn message(self) -> Message {
        match self {
            Self::Pages => Text::new(
                "what leads to the entries of the log is damaged; they were looked for one by one",
                "指向日志记录的页面已损坏；记录是逐条找出的",
            )
            .into(),
            Self::Entry(seq) => Text::new(
                "entry {number} of the log is missing or damaged",
                "日志第 {number} 条记录缺失或已损坏",
            )
            .with("number", seq.to_string()),
            Self::Chain(seq) => Text::new(
                "entry {number} of the log doesn't follow the one before it",
                "日志第 {number} 条记录与前一条不衔接",
            )
            .with("number", seq.to_string()),
        }
    }
}
