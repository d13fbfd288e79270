//! Chinese and English text: words, sentences, folding.

pub mod words;
