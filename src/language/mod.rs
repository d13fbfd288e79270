//! Chinese and English text: words, sentences, folding.

pub mod fold;
pub mod words;
