//! How much participants say: the words of their own turns, which rates are computed over.
//!
//! Labels, headings, notes and the words of those who ask are nobody's own words. Chinese is cut into words with a
//! dictionary, so that a rate over Chinese and one over English are of the same kind, though a Chinese word still says
//! more or less than an English one.

use crate::{
    language::{segment::Segmenter, words::is_han},
    model::document::{Content, Document, SpeakerRole},
};

/// The words that participants say in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// The words of each speaker; 0 for those who ask.
    pub by_speaker: Vec<u64>,
    /// The words of a document that names no speaker at all, such as a diary; 0 in any other.
    pub unlabelled: u64,
    /// How many of them all are Chinese (or another language that is written without spaces).
    pub han: u64,
}

impl OwnWords {
    /// Counts the words of a document.
    pub fn of(document: &Document, content: &Content, segmenter: &Segmenter) -> Self {
        let mut found = Self {
            by_speaker: vec![0; document.speakers.len()],
            ..Self::default()
        };
        for turn in &content.turns {
            let counted = match turn.speaker.map(usize::from) {
                Some(speaker) => {
                    let answers = document
                        .speakers
                        .get(speaker)
                        .is_some_and(|own| own.role == SpeakerRole::Participant);
                    let slot = found.by_speaker.get_mut(speaker);
                    slot.filter(|_| answers)
                }
                None if document.speakers.is_empty() => Some(&mut found.unlabelled),
                None => None,
            };
            let said = content.text.slice(turn.said()).unwrap_or_default();
            if let Some(counted) = counted {
                let words = segmenter.words(said);
                *counted += words.len() as u64;
                found.han += han_words(said, &words);
            }
        }
        found
    }

    /// The words of all participants.
    pub fn total(&self) -> u64 {
        self.by_speaker.iter().sum::<u64>() + self.unlabelled
    }

    /// Whether most words are Chinese; `None` where nobody says anything.
    pub fn is_chinese(&self) -> Option<bool> {
        (self.total() > 0).then(|| self.han * 2 > self.total())
    }
}

/// The number of words that begin with a character of Chinese.
fn han_words(said: &str, words: &[crate::model::text::TextRange]) -> u64 {
    let mut starts = words.iter().map(|word| word.start()).peekable();
    let mut han = 0;
    for (at, c) in (0u32..).zip(said.chars()) {
        if starts.peek() == Some(&at) {
            starts.next();
            han += u64::from(is_han(c));
        }
    }
    han
}
