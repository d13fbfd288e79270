//! Chinese and English text: words, sentences, folding.

pub mod fold;
pub mod segment;
pub mod words;
