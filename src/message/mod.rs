//! What the program says to people: every text once, in English and in Chinese.
//!
//! Texts live beside what says them; this module only holds their type and the choice of language.
//! It knows nothing else of the program, so that every layer can speak.

pub mod language;
pub mod text;
