//! Suggestions of codes for sentences, learnt from the coder's own codings; nothing is applied here.
//!
//! For every code, a linear model estimates how likely a sentence is to have it: logistic regression on the words of the
//! sentence with an L2 penalty (Hoerl & Kennard 1970; le Cessie & van Houwelingen, *Applied Statistics* 41, 1992), fitted by a
//! fixed number of passes of `AdaGrad` (Duchi, Hazan & Singer, *JMLR* 12, 2011) in a fixed order, so that the same codings
//! give the same model. A linear model is used because the weights of the words are the reasons for a suggestion.
//!
//! Words are segmented with the project's dictionary, folded and weighted by their rarity (idf), and each sentence is scaled
//! to length 1; function words are left out.
//! A sentence has a code if a coding covers at least half of it or is contained in it. What the codebook says of a code (names,
//! definition, rules, examples, indicators) counts as sentences that have it.
//! The model learns from the documents in which the coder has coded anything: in these, uncoded text was left so on purpose.

mod model;
mod quality;
#[cfg(test)]
mod tests;
mod units;

pub use model::{Model, Suggestion};
pub use quality::{CodeQuality, Quality, evaluate};
pub use units::{CodedSentence, coded_sentences};

/// How many sentences must have a code before it is suggested.
pub const FEWEST_EXAMPLES: usize = 5;
/// The likelihood at or above which a code is suggested.
///
/// It is below one half, because rejecting a wrong suggestion costs less than overlooking a passage.
pub const THRESHOLD: f32 = 0.25;
