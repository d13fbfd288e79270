//! Processing of Chinese and English text: characters, words, sentences, folding, scripts and pinyin.

pub mod fold;
pub mod grapheme;
pub mod kinship;
pub mod lines;
pub mod marks;
#[cfg(test)]
mod mixed;
pub mod occurrences;
pub mod pinyin;
mod position;
pub mod script;
pub mod segment;
pub mod sentence;
pub mod values;
pub mod words;
