//! Tiers of a recording's annotations, of which some are what was said and others are translations, glosses or comments.

use std::collections::BTreeMap;

/// The longest example of a tier, in characters.
const EXAMPLE_CHARS: usize = 120;

/// A tier that has annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its name.
    pub name: String,
    /// The number of its annotations that aren't empty.
    pub annotations: usize,
    /// The first of them.
    pub example: String,
    /// True if it was guessed to be words.
    pub guessed: bool,
    /// True if it was taken for words.
    pub taken: bool,
}

impl Tier {
    /// A tier of these annotations; `None` if there are none.
    pub(super) fn of<'a>(
        name: &str,
        mut annotations: impl Iterator<Item = &'a str>,
        guessed: bool,
        taken: bool,
    ) -> Option<Self> {
        let words: Vec<&str> = annotations.next()?.split_whitespace().collect();
        Some(Self {
            name: name.to_owned(),
            annotations: annotations.count() + 1,
            example: words.join(" ").chars().take(EXAMPLE_CHARS).collect(),
            guessed,
            taken,
        })
    }
}

/// Which tiers are taken for words; by default those that are guessed to be words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TierChoice {
    /// Whether the tiers of these names are words.
    pub named: BTreeMap<String, bool>,
    /// True if no others are. A file that has none of them is read as guessed.
    pub only: bool,
}

impl TierChoice {
    /// The choice of the tiers with these names, and of no others; none at all leaves it to the guess.
    pub fn only(names: &[String]) -> Self {
        Self {
            named: names
                .iter()
                .map(|name| (name.trim().to_owned(), true))
                .collect(),
            only: !names.is_empty(),
        }
    }

    /// Whether a tier is taken that is guessed to be words or not; `names` are those of all tiers of its file.
    pub(super) fn takes(&self, name: Option<&str>, guessed: bool, names: &[&str]) -> bool {
        let chosen = name.and_then(|name| self.named.get(name)).copied();
        let leaves_out = || self.only && names.iter().any(|name| self.named.contains_key(*name));
        chosen.unwrap_or_else(|| guessed && !leaves_out())
    }
}
