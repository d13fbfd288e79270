//! Codes that a sentence may deserve, learnt from the coder's own codings; nothing is ever applied here.
//!
//! For every code a linear model says how likely a sentence is to carry it: logistic regression over the words of the sentence, with an L2
//! penalty (Hoerl & Kennard 1970; le Cessie & van Houwelingen, *Applied Statistics* 41, 1992), fitted by a fixed number of passes of `AdaGrad`
//! (Duchi, Hazan & Singer, *JMLR* 12, 2011) in a fixed order, so that the same codings give the same model. A word's weight is its share in the
//! score, which is why every suggestion can name its reasons.
//!
//! Words are cut by the project's dictionary, folded, and weighed by their rarity (idf), each sentence to length 1; words of grammar are left
//! out. What the codebook says of a code (names, definition, rules, examples, indicators) counts as sentences that carry it. A sentence counts as coded when a coding covers at least half of it, or lies within it. Learnt from are the documents in which the
//! coder has coded anything: there, what carries no code was left so on purpose.

mod model;
mod quality;
#[cfg(test)]
mod tests;
mod units;

use std::sync::Arc;

pub use model::{Model, Suggestion};
pub use quality::{CodeQuality, Quality, evaluate};
pub use units::{CodedSentence, coded_sentences};

use crate::model::document::{Content, Document};

/// Sentences that a code must have before it is suggested.
pub const FEWEST_EXAMPLES: usize = 5;
/// Likelihood from which a suggestion is made.
pub const THRESHOLD: f32 = 0.25;

/// Gives a document's content, `None` when it can't be read.
pub type Load<'a> = &'a dyn Fn(&Document) -> Option<Arc<Content>>;
