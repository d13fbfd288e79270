//! Utterances and words as a file has them: their times have no unit yet.

use super::super::clock::RawTime;

/// An utterance or word.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    pub(super) speaker: Option<String>,
    /// The channel of the recording, which is a speaker's own in some recordings.
    pub(super) channel: Option<String>,
    pub(super) start: Option<RawTime>,
    pub(super) end: Option<RawTime>,
    pub(super) text: String,
}

impl Spoken {
    /// The number of characters, without spaces.
    pub(super) fn characters(&self) -> usize {
        self.text.chars().filter(|c| !c.is_whitespace()).count()
    }
}

/// A word, punctuation mark or space between words.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) spoken: Spoken,
    /// True if it follows the one before without a space.
    pub(super) is_attached: bool,
}
