//! Bytes to plain values: documents, sheets and codebooks. Never panics, never writes.

pub mod cases;
pub mod codebook;
pub mod codings;
pub mod documents;
mod docx;
mod encoding;
mod error;
mod head;
pub mod table;
mod turns;

pub use error::ImportError;

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

/// How to read documents.
#[derive(Debug, Clone, Default)]
pub struct DocumentOptions {
    /// Name of the encoding; `None` finds it.
    pub encoding: Option<String>,
    /// The format, whatever the file's ending.
    pub format: Option<Format>,
    /// How to find speakers.
    pub speakers: SpeakerOption,
}

/// A format of transcripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, Markdown included: it is taken as it stands.
    Text,
    /// Word.
    Docx,
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
    pub notes: Vec<String>,
}

/// The endings of files that are transcripts.
pub const ENDINGS: &[&str] = &["txt", "md", "markdown", "text", "docx"];

/// Reads a transcript.
///
/// # Errors
/// One clear line that names the file.
pub fn read_document(file: SourceFile, options: &DocumentOptions) -> Result<ImportedDocument, ImportError> {
    let SourceFile { path, bytes } = file;
    let format = options.format.map_or_else(|| format_of(&path), Ok)?;
    let (text, read_as, original, mut notes) = match format {
        Format::Text => read_text(&path, bytes, options.encoding.as_deref())?,
        Format::Docx => {
            let (text, notes) = docx::read(&path, &bytes)?;
            if text.trim().is_empty() {
                return Err(ImportError::Empty(path));
            }
            (text, "docx".to_owned(), Some(bytes), notes)
        }
    };
    let words = crate::language::words::count_words(&text);
    let found = turns::find(&text, &options.speakers);
    if matches!(options.speakers, SpeakerOption::Pattern(_)) && found.speakers.is_empty() {
        notes.push("the pattern found no speaker".to_owned());
    }
    let title = title_of(&path);
    let (turns, speakers) = (found.turns, found.speakers);
    Ok(ImportedDocument { title, file: path, read_as, original, text: DocumentText::new(text), turns, speakers, words, notes })
}

type ReadText = (String, String, Option<Vec<u8>>, Vec<String>);

fn read_text(path: &str, bytes: Vec<u8>, encoding: Option<&str>) -> Result<ReadText, ImportError> {
    let plain = encoding.is_none() && std::str::from_utf8(&bytes).is_ok() && !bytes.starts_with(b"\xef\xbb\xbf");
    let unchanged = plain && memchr::memchr(b'\r', &bytes).is_none();
    let original = if unchanged { None } else { Some(bytes.clone()) };
    let decoded = encoding::decode(path, bytes, encoding)?;
    let notes = if decoded.guessed { vec![format!("read as {}, which was found by guessing", decoded.encoding)] } else { vec![] };
    Ok((encoding::unify_line_ends(decoded.text), decoded.encoding.to_owned(), original, notes))
}

fn format_of(path: &str) -> Result<Format, ImportError> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    match ending.as_str() {
        "docx" => Ok(Format::Docx),
        "txt" | "md" | "markdown" | "text" => Ok(Format::Text),
        _ => Err(ImportError::UnknownFormat { file: path.to_owned(), ending }),
    }
}

/// A file's name without folder and ending.
pub fn title_of(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem }).trim().to_owned()
}
