//! Entries as stored text, and its version.

use super::{Entry, change::Change};
use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};

/// Version of the stored form of changes; newer ones are refused, older ones upgraded here.
pub const FORMAT: u32 = 1;

/// An entry whose stored text can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub struct UnreadableEntry(#[from] serde_json::Error);

impl Explain for UnreadableEntry {
    fn explain(&self) -> Explanation {
        Explanation::project(
            Text::new(
                "an entry of the log can't be read ({reason})",
                "日志中有一条无法读取（{reason}）",
            )
            .with("reason", self.0.to_string()),
        )
        .hint(Text::new(
            "the file may be damaged, or written by a newer Tain",
            "文件可能已损坏，或由更新的版本写成",
        ))
    }
}

/// The changes of an entry as JSON.
///
/// # Errors
/// Only when a number isn't finite, which the model refuses before.
pub fn encode_changes(changes: &[Change]) -> Result<String, UnreadableEntry> {
    Ok(serde_json::to_string(changes)?)
}

/// The changes of stored JSON.
///
/// # Errors
/// When the text isn't the changes of this format.
pub fn decode_changes(json: &str) -> Result<Vec<Change>, UnreadableEntry> {
    Ok(serde_json::from_str(json)?)
}

/// A whole entry as one line of JSON, as exchange between copies writes it.
///
/// # Errors
/// As [`encode_changes`].
pub fn encode(entry: &Entry) -> Result<String, UnreadableEntry> {
    Ok(serde_json::to_string(entry)?)
}

/// An entry from one line of JSON.
///
/// # Errors
/// As [`decode_changes`].
pub fn decode(json: &str) -> Result<Entry, UnreadableEntry> {
    Ok(serde_json::from_str(json)?)
}
