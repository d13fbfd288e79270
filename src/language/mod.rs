//! Chinese and English text: folding, sentences, words.
