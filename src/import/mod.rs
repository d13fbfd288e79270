//! Bytes to plain values: documents, sheets and codebooks. Never panics, never writes.

mod annotation;
pub mod cases;
pub mod codebook;
pub mod codings;
pub mod documents;
mod encoding;
mod error;
mod head;
pub mod loss;
mod note;
pub mod positions;
pub mod study;
pub mod survey;
pub mod table;
pub mod text;
pub mod tools;
mod turns;
mod workbook;

pub use annotation::{Annotation, AnnotationKind};
pub use error::ImportError;
pub use note::Note;
pub use text::TranscriptFormat;

use crate::model::{
    document::{Speaker, Turn},
    text::{DocumentText, TextRange},
};

/// A file as it was found.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path as shown, relative to what the user named.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How to read documents.
#[derive(Debug, Clone, Default)]
pub struct DocumentOptions {
    /// Name of the encoding; `None` finds it.
    pub encoding: Option<String>,
    /// The format, whatever the file's ending.
    pub format: Option<TranscriptFormat>,
    /// How to find speakers.
    pub speakers: SpeakerOption,
}

/// How to find speakers.
#[derive(Debug, Clone, Default)]
pub enum SpeakerOption {
    /// By the layout of the lines.
    #[default]
    Auto,
    /// Not at all: every paragraph is a turn.
    None,
    /// By a pattern at the start of a line; its group `speaker` is the label, its group `time` (if any) the time stamp.
    Pattern(regex::Regex),
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
    pub notes: Vec<Note>,
    /// Comments and notes on passages, in the order of the text.
    pub annotations: Vec<Annotation>,
    /// Whether it may say the same as another document, as two answers to one question do.
    pub repeats: bool,
}

/// Reads a transcript.
///
/// # Errors
/// One clear line that names the file.
pub fn read_document(
    file: SourceFile,
    options: &DocumentOptions,
) -> Result<ImportedDocument, ImportError> {
    let path = file.path.clone();
    let format = options
        .format
        .map_or_else(|| text::detect(&path, &file.bytes), Ok)?;
    let text::TranscriptText {
        text,
        found,
        read_as,
        original,
        mut notes,
        annotations,
    } = text::read(file, format, options)?;
    let words = crate::language::words::count_words(&text);
    if matches!(options.speakers, SpeakerOption::Pattern(_)) && found.speakers.is_empty() {
        notes.push(Note::NoSpeaker);
    }
    let (title, turns, speakers) = (title_of(&path), found.turns, found.speakers);
    let text = DocumentText::new(text);
    let annotations = annotations
        .into_iter()
        .map(|own| Annotation {
            range: trimmed(own.range, &text),
            ..own
        })
        .collect();
    Ok(ImportedDocument {
        title,
        file: path,
        read_as,
        original,
        text,
        turns,
        speakers,
        words,
        notes,
        annotations,
        repeats: false,
    })
}

/// A passage inside a text, without white space at its ends; empty where nothing is left.
fn trimmed(range: TextRange, text: &DocumentText) -> TextRange {
    let inside = TextRange::between(
        range.start().min(text.len_chars()),
        range.end().min(text.len_chars()),
    );
    let words = text.slice(inside).unwrap_or_default();
    let count = |part: &str| u32::try_from(part.chars().count()).unwrap_or(0);
    let before = count(words) - count(words.trim_start());
    let start = inside.start() + before;
    TextRange::between(start, start + count(words.trim()))
}

/// A document from a text that another program's project has: line feeds only, its turns found as in a file.
pub fn document_of_text(
    title: String,
    file: String,
    read_as: String,
    text: impl Into<std::sync::Arc<str>>,
    original: Option<Vec<u8>>,
) -> ImportedDocument {
    let text = text.into();
    let found = turns::find(&text, &SpeakerOption::Auto);
    let words = crate::language::words::count_words(&text);
    let (turns, speakers) = (found.turns, found.speakers);
    let (text, notes, annotations) = (DocumentText::new(text), Vec::new(), Vec::new());
    ImportedDocument {
        title,
        file,
        read_as,
        original,
        text,
        turns,
        speakers,
        words,
        notes,
        annotations,
        repeats: false,
    }
}

/// The text of a plain text file in another program's project, without byte-order mark, line ends as they are, and the name of its encoding.
///
/// UTF-8 is taken as it is, even where there is nothing but space in it.
///
/// # Errors
/// When it is too large, binary or in no known encoding.
pub fn plain_text(file: &str, bytes: Vec<u8>) -> Result<(String, &'static str), ImportError> {
    encoding::check_size(file, bytes.len())?;
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok((
            text.strip_prefix('\u{feff}')
                .map(str::to_owned)
                .unwrap_or(text),
            "UTF-8",
        )),
        Ok(text) => encoding::decode(file, text.into_bytes(), None)
            .map(|decoded| (decoded.text, decoded.encoding)),
        Err(error) => encoding::decode(file, error.into_bytes(), None)
            .map(|decoded| (decoded.text, decoded.encoding)),
    }
}

/// The ending of a file's name, in small letters.
pub fn ending_of(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// A file's name without folder and ending.
pub fn title_of(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
        .trim()
        .to_owned()
}
