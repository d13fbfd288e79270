//! A code: what passages are coded with, and the rules for doing so.

use serde::{Deserialize, Serialize};

use super::{
    facet::Facet,
    ids::CodeId,
    localized::{Language, Localized},
    rank::Rank,
};

/// How many hues the palette has.
pub const HUES: u8 = 16;

/// The palette's hues as red, green and blue on paper, by number.
pub const PALETTE: [[u8; 3]; 16] = [
    [0xC2, 0x57, 0x1A],
    [0x2E, 0x7D, 0x6B],
    [0x6C, 0x55, 0xB8],
    [0xB0, 0x89, 0x2A],
    [0xB2, 0x3A, 0x63],
    [0x3A, 0x6F, 0xB7],
    [0x6F, 0x8F, 0x2F],
    [0x8A, 0x5A, 0x44],
    [0x2A, 0x8A, 0x93],
    [0xB5, 0x42, 0x3A],
    [0x4B, 0x5F, 0xB0],
    [0x9C, 0x8A, 0x1E],
    [0xA2, 0x47, 0x8F],
    [0x7F, 0x4E, 0x93],
    [0x3F, 0x86, 0xA8],
    [0x4E, 0x87, 0x46],
];

/// One of the palette's hues of equal lightness; the theme picks the tone.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Hue(u8);

impl Hue {
    /// The hue of this number; numbers beyond the palette start over.
    pub const fn new(number: u8) -> Self {
        Self(number % HUES)
    }

    /// Its number, below [`HUES`].
    pub const fn number(self) -> u8 {
        self.0 % HUES
    }
}

/// A place in the code tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePlace {
    /// The code above, `None` at the top.
    pub parent: Option<CodeId>,
    /// Order among the siblings.
    pub rank: Rank,
}

/// A search expression that suggests a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Language of the expression.
    pub language: Language,
    /// Words, a phrase, or an alternation such as `believe in (him|her)self`.
    pub expression: String,
}

/// A code; one with subcodes is called a theme, nothing else differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// Identity.
    pub id: CodeId,
    /// Its place in the tree.
    pub place: CodePlace,
    /// Name.
    pub name: Localized,
    /// Colour.
    pub hue: Hue,
    /// What it means.
    pub definition: Localized,
    /// When to apply it.
    pub apply_when: Localized,
    /// When not to apply it.
    pub not_when: Localized,
    /// Typical passages.
    pub examples: Vec<Localized>,
    /// Expressions that suggest it.
    pub indicators: Vec<Indicator>,
    /// What it asks of its codings.
    pub facets: Vec<Facet>,
    /// The key that applies it.
    pub key: Option<char>,
}

impl Code {
    /// A code with a name and nothing else.
    pub fn new(id: CodeId, place: CodePlace, name: Localized, hue: Hue) -> Self {
        Self {
            id,
            place,
            name,
            hue,
            definition: Localized::default(),
            apply_when: Localized::default(),
            not_when: Localized::default(),
            examples: Vec::new(),
            indicators: Vec::new(),
            facets: Vec::new(),
            key: None,
        }
    }
}
