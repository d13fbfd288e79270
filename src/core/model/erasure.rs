//! Erasures: what was taken out of a project for good because a participant has withdrawn.
//!
//! The words are gone from the log and the texts. What stays is the fact: whose they were, by identity and never by name,
//! where they were, and how many.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    ids::{CaseId, DocumentId, EntryId},
    text::TextRange,
};

/// What stands in the place of a character that was erased.
pub const BLANK: char = '□';

/// The bytes that stand in the place of a file that was erased.
pub const ERASED_FILE: &[u8] = b"erased\n";

/// A participant's words, or whole documents, that were erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The participant, and the cases below.
    pub cases: BTreeSet<CaseId>,
    /// The documents that had words of theirs.
    pub documents: BTreeMap<DocumentId, ErasedText>,
    /// How much it was.
    pub counts: ErasedCounts,
}

/// What was erased in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedText {
    /// Whether nothing of its words is left.
    pub is_whole: bool,
    /// How many words the text has after it.
    pub words_left: u32,
    /// Where the words were in the imported text, in code points; empty for a whole document.
    pub passages: Vec<TextRange>,
}

/// How much was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedCounts {
    /// Code points of texts.
    pub characters: u64,
    /// Turns.
    pub turns: u64,
    /// Codings that lay within what was erased.
    pub codings: u64,
    /// Memos.
    pub memos: u64,
    /// Values of attributes.
    pub values: u64,
    /// Entries of the log whose words were overwritten.
    pub entries: u64,
}

/// An erasure, and the entry that records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedErasure {
    /// The entry.
    pub entry: EntryId,
    /// What was erased.
    pub erasure: Erasure,
}

/// A text with a blank in the place of every character but line ends, so that positions and paragraphs stay.
pub fn blanked(text: &str) -> String {
    text.chars().map(blank).collect()
}

/// A text with blanks in some ranges.
pub fn blanked_in(text: &str, ranges: &[TextRange]) -> String {
    (0..)
        .zip(text.chars())
        .map(|(at, c)| {
            let is_within = |range: &TextRange| range.start() <= at && at < range.end();
            if ranges.iter().any(is_within) {
                blank(c)
            } else {
                c
            }
        })
        .collect()
}

fn blank(c: char) -> char {
    if c == '\n' { c } else { BLANK }
}
