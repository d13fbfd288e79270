//! Bytes to plain values: documents, sheets and codebooks. Never panics, never writes.

use crate::model::{
    document::{Speaker, Turn},
    text::DocumentText,
};

/// A file as it was found.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path as shown, relative to what the user named.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A document ready to be added to a project.
#[derive(Debug, Clone)]
pub struct ImportedDocument {
    /// The file's name without its ending.
    pub title: String,
    /// The file's path, relative to what the user named.
    pub file: String,
    /// Encoding or format it was read as.
    pub read_as: String,
    /// The file's bytes, where they aren't the text's own.
    pub original: Option<Vec<u8>>,
    /// The text.
    pub text: DocumentText,
    /// Its turns, in order.
    pub turns: Vec<Turn>,
    /// Who speaks; not yet linked to cases.
    pub speakers: Vec<Speaker>,
    /// Latin words and Han characters.
    pub words: u32,
    /// What was dropped or guessed.
    pub notes: Vec<String>,
}
