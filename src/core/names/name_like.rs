//! What looks like a name and may be none: for the list of what nothing replaces.

use super::{
    Letters, english,
    tagger::{Tagger, WordKind},
};
use crate::{
    language::{kinship::is_kinship_or_role, words::is_han},
    model::text::TextRange,
};

/// Finds what looks like a name: capitals within sentences, unknown words that open one, and what the tagger takes for a person,
/// a place or an organisation.
#[derive(Debug, Default)]
pub struct NameLike {
    tagger: Option<Tagger>,
}

impl NameLike {
    /// The places of a text, in order.
    pub fn in_text(&mut self, text: &str) -> Vec<TextRange> {
        let letters = Letters::new(text);
        let mut found = english::capitals(&letters);
        if letters.plain.iter().any(|c| is_han(*c)) {
            let words = self.tagger.get_or_insert_default().words(&letters.plain);
            let named = words.into_iter().filter(|word| {
                matches!(
                    word.kind,
                    WordKind::Person | WordKind::Place | WordKind::Organisation
                ) && word.end - word.start > 1
                    && !is_kinship_or_role(&letters.text(word.start, word.end))
                    && letters.plain.get(word.start).is_some_and(|c| is_han(*c))
            });
            found.extend(named.map(|word| (word.start, word.end)));
        }
        found.sort_unstable();
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        found
            .into_iter()
            .map(|(start, end)| TextRange::between(position(start), position(end)))
            .collect()
    }
}
