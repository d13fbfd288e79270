//! Readers: bytes of a file in, plain values out, for documents, sheets, codebooks and projects of other programs.
//!
//! Nothing here panics on any input, and nothing writes: `app::import` decides what enters a project.

mod annotation;
pub mod cases;
pub mod codebook;
pub mod codings;
pub mod colour;
pub mod documents;
mod encoding;
mod error;
pub mod loss;
mod note;
pub mod positions;
mod speakers;
mod stamp;
pub mod study;
pub mod survey;
pub mod table;
pub mod text;
mod tiers;
pub mod tools;
mod workbook;

pub use annotation::{Annotation, AnnotationKind};
pub use error::ImportError;
pub use note::Note;
pub use speakers::{BelievedLabels, DoubtfulLabel, label_key};
pub use text::TranscriptFormat;
pub use tiers::{Tier, TierChoice};

use crate::model::{
    document::{Speaker, Turn},
    text::{DocumentText, TextRange, chars_of},
};

/// A file to be imported.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path as shown, relative to the folder that the user named.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How to read documents.
#[derive(Debug, Clone, Default)]
pub struct DocumentOptions {
    /// Name of the encoding; `None` detects it.
    pub encoding: Option<String>,
    /// The format; `None` detects it from ending and contents.
    pub format: Option<TranscriptFormat>,
    /// How to detect speakers.
    pub speakers: SpeakerOption,
    /// What is known of labels beforehand.
    pub believed: BelievedLabels,
    /// Which tiers of ELAN's files are words.
    pub tiers: TierChoice,
}

/// How to detect speakers.
#[derive(Debug, Clone, Default)]
pub enum SpeakerOption {
    /// By labels that recur at the beginning of lines.
    #[default]
    Auto,
    /// Don't: every paragraph is a turn of nobody.
    None,
    /// By a pattern at the beginning of a line, whose group `speaker` is the label and whose optional group `time` is the time stamp.
    Pattern(regex::Regex),
}

/// A document ready to be added to a project.
#[derive(Debug, Clone)]
pub struct ImportedDocument {
    /// The file's name without its ending.
    pub title: String,
    /// The file's path, relative to the folder that the user named.
    pub file: String,
    /// The format, or the encoding of plain text.
    pub read_as: String,
    /// The file's bytes, unless they are the text's own.
    pub original: Option<Vec<u8>>,
    /// The text.
    pub text: DocumentText,
    /// Its turns, in order.
    pub turns: Vec<Turn>,
    /// Its speakers, not yet linked to cases.
    pub speakers: Vec<Speaker>,
    /// Labels that may name speakers and weren't believed.
    pub doubts: Vec<DoubtfulLabel>,
    /// The tiers of a file of ELAN.
    pub tiers: Vec<Tier>,
    /// Number of Latin words and Han characters.
    pub words: u32,
    /// What was left out or guessed.
    pub notes: Vec<Note>,
    /// Comments, footnotes and endnotes, in the order of the text.
    pub annotations: Vec<Annotation>,
    /// True if it may have the same text as another document, as two answers to one question do.
    pub repeats: bool,
}

/// Reads a transcript.
///
/// # Errors
/// When it can't be read; one line that names the file.
pub fn read_document(
    file: SourceFile,
    options: &DocumentOptions,
) -> Result<ImportedDocument, ImportError> {
    let path = file.path.clone();
    let format = match options.format {
        Some(format) => format,
        None => text::detect(&path, &file.bytes)?,
    };
    let text::TranscriptText {
        text,
        detected,
        read_as,
        original,
        mut notes,
        annotations,
        tiers,
    } = text::read(file, format, options)?;
    // Without a pattern, a text without speakers is common; with one, the user expected some.
    if matches!(options.speakers, SpeakerOption::Pattern(_)) && detected.speakers.is_empty() {
        notes.push(Note::NoSpeaker);
    }
    let words = crate::language::words::count_words(&text);
    let text = DocumentText::new(text);
    let annotations = annotations
        .into_iter()
        .map(|remark| Annotation {
            range: trimmed(remark.range, &text),
            ..remark
        })
        .collect();
    Ok(ImportedDocument {
        title: title_of(&path),
        file: path,
        read_as,
        original,
        text,
        turns: detected.turns,
        speakers: detected.speakers,
        doubts: detected.doubts,
        tiers,
        words,
        notes,
        annotations,
        repeats: false,
    })
}

/// The part of a passage that is inside a text, without white space at its ends.
///
/// Word processors let a comment begin or end on the space beside a word.
fn trimmed(range: TextRange, text: &DocumentText) -> TextRange {
    let inside = TextRange::between(
        range.start().min(text.len_chars()),
        range.end().min(text.len_chars()),
    );
    let words = text
        .slice(inside)
        .expect("both ends were moved into the text");
    let before = chars_of(words) - chars_of(words.trim_start());
    let start = inside.start() + before;
    TextRange::between(start, start + chars_of(words.trim()))
}

/// Returns a document of a text in another program's project: the text has `\n` line ends, and its turns are detected as in a file.
pub fn document_of_text(
    title: String,
    file: String,
    read_as: String,
    text: impl Into<std::sync::Arc<str>>,
    original: Option<Vec<u8>>,
) -> ImportedDocument {
    let text = text.into();
    let detected = speakers::find(&text, &SpeakerOption::Auto, &BelievedLabels::default());
    let words = crate::language::words::count_words(&text);
    ImportedDocument {
        title,
        file,
        read_as,
        original,
        text: DocumentText::new(text),
        turns: detected.turns,
        speakers: detected.speakers,
        doubts: detected.doubts,
        tiers: Vec::new(),
        words,
        notes: Vec::new(),
        annotations: Vec::new(),
        repeats: false,
    }
}

/// The turns of a text, its speakers, and the labels that weren't believed.
pub fn speakers_of_text(
    text: &str,
    options: &DocumentOptions,
) -> (Vec<Turn>, Vec<Speaker>, Vec<DoubtfulLabel>) {
    let found = speakers::find(text, &options.speakers, &options.believed);
    (found.turns, found.speakers, found.doubts)
}

/// Decodes a plain text file of another program's project; returns the text and the name of its encoding.
///
/// A byte-order mark is removed, but line ends stay as they are, since the project's positions may count them.
/// For the same reason UTF-8 is accepted even if it contains nothing but white space.
///
/// # Errors
/// When it is too large, binary or in an unknown encoding.
pub fn plain_text(file: &str, bytes: Vec<u8>) -> Result<(String, &'static str), ImportError> {
    encoding::check_size(file, bytes.len())?;
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => return Ok((encoding::without_mark(text), "UTF-8")),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let decoded = encoding::decode(file, bytes, None)?;
    Ok((decoded.text, decoded.encoding))
}

/// The ending of a file's name, in lower case; empty if there is none.
pub fn ending_of(path: &str) -> String {
    match file_name(path).rsplit_once('.') {
        Some((_, ending)) => ending.to_lowercase(),
        None => String::new(),
    }
}

/// A file's name without folder and ending.
pub fn title_of(path: &str) -> String {
    let name = file_name(path);
    let stem = match name.rsplit_once('.') {
        // A name such as `.hidden` is no ending without a name.
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    stem.trim().to_owned()
}

/// A file's name without its folder. Paths inside other programs' projects use the separators of the system that wrote them.
fn file_name(path: &str) -> &str {
    match path.rsplit_once(['/', '\\']) {
        Some((_, name)) => name,
        None => path,
    }
}
