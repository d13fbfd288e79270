//! Files of transcripts to their text, one reader a format.

mod codepage;
mod cues;
mod docx;
mod elan;
mod elements;
mod epub;
mod flow;
pub(crate) mod html;
mod layout;
mod odt;
pub(crate) mod package;
mod pdf;
mod praat;
mod rtf;
mod segments;
mod sheet;
mod speech;

pub(crate) use pdf::words_under;

use super::{
    DocumentOptions, ImportError, Note, SourceFile, SpeakerOption, annotation::Annotation,
    encoding, table::InputTable, turns,
};

/// A format of transcripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranscriptFormat {
    /// Plain text, Markdown included: it is taken as it stands.
    Text,
    /// Word.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich text.
    Rtf,
    /// A PDF with text.
    Pdf,
    /// A web page.
    Html,
    /// A book.
    Epub,
    /// Subtitles: SubRip or WebVTT.
    Subtitles,
    /// Timed lyrics.
    Lyrics,
    /// JSON of segments.
    Speech,
    /// ELAN's annotations.
    Elan,
    /// Praat's text grid.
    Praat,
    /// A sheet with a row for each thing said.
    Sheet,
}

/// The formats with the names they are asked for by and the endings of their files.
pub const FORMATS: &[(TranscriptFormat, &str, &[&str])] = &[
    (
        TranscriptFormat::Text,
        "txt",
        &["txt", "md", "markdown", "text"],
    ),
    (TranscriptFormat::Docx, "docx", &["docx", "docm", "doc"]),
    (TranscriptFormat::Odt, "odt", &["odt", "fodt"]),
    (TranscriptFormat::Rtf, "rtf", &["rtf"]),
    (TranscriptFormat::Pdf, "pdf", &["pdf"]),
    (TranscriptFormat::Html, "html", &["html", "htm", "xhtml"]),
    (TranscriptFormat::Epub, "epub", &["epub"]),
    (TranscriptFormat::Subtitles, "subtitles", &["srt", "vtt"]),
    (TranscriptFormat::Lyrics, "lrc", &["lrc"]),
    (TranscriptFormat::Speech, "json", &["json", "otr"]),
    (TranscriptFormat::Elan, "eaf", &["eaf"]),
    (TranscriptFormat::Praat, "textgrid", &["textgrid"]),
    (
        TranscriptFormat::Sheet,
        "sheet",
        &["csv", "tsv", "xlsx", "xls", "ods"],
    ),
];

/// The endings of files that are transcripts.
pub fn endings() -> impl Iterator<Item = &'static str> {
    FORMATS
        .iter()
        .flat_map(|(.., endings)| endings.iter().copied())
}

/// The format that a file's ending stands for.
///
/// # Errors
/// When nobody reads such files.
pub fn format_of(path: &str) -> Result<TranscriptFormat, ImportError> {
    let ending = super::ending_of(path);
    let format = FORMATS
        .iter()
        .find(|(.., endings)| endings.contains(&ending.as_str()))
        .map(|(format, ..)| *format);
    format.ok_or_else(|| ImportError::UnknownFormat {
        file: path.to_owned(),
        ending,
    })
}

/// The format of a file: what its first bytes say where its ending is wrong, as with rich text that is called `.doc`.
///
/// # Errors
/// When nobody reads such files.
pub(super) fn detect(path: &str, bytes: &[u8]) -> Result<TranscriptFormat, ImportError> {
    let named = format_of(path)?;
    let words = matches!(
        named,
        TranscriptFormat::Text
            | TranscriptFormat::Docx
            | TranscriptFormat::Odt
            | TranscriptFormat::Rtf
            | TranscriptFormat::Html
    );
    let begins = |with: &[u8]| bytes.starts_with(with);
    Ok(match named {
        _ if words && begins(b"{\\rtf") => TranscriptFormat::Rtf,
        _ if words && begins(b"%PDF-") => TranscriptFormat::Pdf,
        TranscriptFormat::Docx if begins(b"<") || begins(b"\xef\xbb\xbf<") => {
            TranscriptFormat::Html
        }
        TranscriptFormat::Text | TranscriptFormat::Rtf if begins(b"PK\x03\x04") => {
            TranscriptFormat::Docx
        }
        named => named,
    })
}

/// Files of Office before 2007, and those of today that a password protects, have one container.
fn old_office(path: &str, bytes: &[u8]) -> Option<ImportError> {
    if !bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return None;
    }
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let protected = memchr::memmem::find(bytes, &name).is_some();
    Some(if protected {
        ImportError::Protected(path.to_owned())
    } else {
        ImportError::OldWord(path.to_owned())
    })
}

/// What a reader finds in a file.
#[derive(Debug)]
pub(super) struct Extracted {
    pub(super) body: Body,
    /// What was dropped.
    pub(super) notes: Vec<Note>,
    /// Remarks on passages of a text whose turns are still to be found.
    pub(super) annotations: Vec<Annotation>,
}

/// Words, with or without known turns.
#[derive(Debug)]
pub(super) enum Body {
    /// Text whose turns are still to be found.
    Text(String),
    /// What was said, piece after piece.
    Segments(Vec<Utterance>),
}

/// A piece of a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Utterance {
    /// When it begins.
    pub(super) at_millis: Option<u32>,
    /// Who speaks.
    pub(super) speaker: Option<String>,
    /// What is said.
    pub(super) text: String,
}

impl Extracted {
    fn text(text: String, notes: Vec<Note>) -> Self {
        Self {
            body: Body::Text(text),
            notes,
            annotations: Vec::new(),
        }
    }

    /// Whether there are words in it, not only numbers.
    fn has_letters(&self) -> bool {
        matches!(&self.body, Body::Text(text) if text.contains(char::is_alphabetic))
    }

    fn segments(segments: Vec<Utterance>) -> Self {
        Self {
            body: Body::Segments(segments),
            notes: Vec::new(),
            annotations: Vec::new(),
        }
    }
}

/// A transcript's text with its turns.
pub(super) struct TranscriptText {
    pub(super) text: String,
    pub(super) found: turns::DetectedTurns,
    pub(super) read_as: String,
    /// The file's bytes, where they aren't the text's own.
    pub(super) original: Option<Vec<u8>>,
    pub(super) notes: Vec<Note>,
    pub(super) annotations: Vec<Annotation>,
}

/// Reads a transcript of a format.
///
/// # Errors
/// One clear line that names the file.
pub(super) fn read(
    file: SourceFile,
    format: TranscriptFormat,
    options: &DocumentOptions,
) -> Result<TranscriptText, ImportError> {
    let SourceFile { path, bytes } = file;
    if let Some(error) = old_office(&path, &bytes).filter(|error| {
        format != TranscriptFormat::Sheet || matches!(error, ImportError::Protected(_))
    }) {
        return Err(error);
    }
    if format == TranscriptFormat::Text {
        return read_plain(&path, bytes, options);
    }
    let name = FORMATS
        .iter()
        .find(|(own, ..)| *own == format)
        .map_or("", |(_, name, _)| *name);
    let (read, read_as) = read_format(&path, &bytes, format, options)?;
    let read_as = read_as.map_or_else(|| name.to_owned(), |encoding| format!("{name}, {encoding}"));
    let (text, found) = match &read.body {
        Body::Text(text) => {
            let text = encoding::unify_line_ends(text.clone());
            let found = turns::find(&text, &options.speakers);
            (text, found)
        }
        Body::Segments(segments) if matches!(options.speakers, SpeakerOption::None) => {
            let nobodys: Vec<Utterance> = segments
                .iter()
                .map(|own| Utterance {
                    speaker: None,
                    ..own.clone()
                })
                .collect();
            segments::assemble(&nobodys)
        }
        Body::Segments(segments) => segments::assemble(segments),
    };
    if text.trim().is_empty() {
        return Err(ImportError::Empty(path));
    }
    encoding::check_size(&path, text.len())?;
    Ok(TranscriptText {
        text,
        found,
        read_as,
        original: Some(bytes),
        notes: read.notes,
        annotations: read.annotations,
    })
}

/// What a reader finds, and the encoding where the format leaves it open.
fn read_format(
    path: &str,
    bytes: &[u8],
    format: TranscriptFormat,
    options: &DocumentOptions,
) -> Result<(Extracted, Option<&'static str>), ImportError> {
    let decoded = || encoding::decode(path, bytes.to_vec(), options.encoding.as_deref());
    let with_encoding = |of: &dyn Fn(&str) -> Result<Extracted, ImportError>| {
        let decoded = decoded()?;
        let mut read = of(&encoding::unify_line_ends(decoded.text))?;
        if decoded.guessed {
            read.notes.push(Note::Guessed(decoded.encoding));
        }
        Ok((read, Some(decoded.encoding)))
    };
    match format {
        TranscriptFormat::Text => {
            with_encoding(&|text| Ok(Extracted::text(text.to_owned(), Vec::new())))
        }
        TranscriptFormat::Docx => Ok((docx::read(path, bytes)?, None)),
        TranscriptFormat::Odt => Ok((odt::read(path, bytes)?, None)),
        TranscriptFormat::Rtf => Ok((rtf::read(path, bytes)?, None)),
        TranscriptFormat::Pdf => Ok((pdf::read(path, bytes.to_vec())?, None)),
        TranscriptFormat::Html => Ok((
            html::read(path, bytes.to_vec(), options.encoding.as_deref())?,
            None,
        )),
        TranscriptFormat::Epub => Ok((epub::read(path, bytes)?, None)),
        TranscriptFormat::Subtitles => with_encoding(&|text| Ok(cues::subtitles(text))),
        TranscriptFormat::Lyrics => with_encoding(&|text| Ok(cues::lyrics(text))),
        TranscriptFormat::Speech => with_encoding(&|text| speech::read(path, text)),
        TranscriptFormat::Elan => with_encoding(&|text| elan::read(path, text)),
        TranscriptFormat::Praat => with_encoding(&|text| praat::read(path, text)),
        TranscriptFormat::Sheet => {
            Ok((sheet::read(&InputTable::read(path, bytes.to_vec())?)?, None))
        }
    }
}

fn read_plain(
    path: &str,
    bytes: Vec<u8>,
    options: &DocumentOptions,
) -> Result<TranscriptText, ImportError> {
    let forced = options.encoding.as_deref();
    let plain = forced.is_none()
        && std::str::from_utf8(&bytes).is_ok()
        && !bytes.starts_with(b"\xef\xbb\xbf");
    let unchanged = plain && memchr::memchr(b'\r', &bytes).is_none();
    let original = if unchanged { None } else { Some(bytes.clone()) };
    let decoded = encoding::decode(path, bytes, forced)?;
    let notes = if decoded.guessed {
        vec![Note::Guessed(decoded.encoding)]
    } else {
        vec![]
    };
    let text = encoding::unify_line_ends(decoded.text);
    let found = turns::find(&text, &options.speakers);
    Ok(TranscriptText {
        text,
        found,
        read_as: decoded.encoding.to_owned(),
        original,
        notes,
        annotations: Vec::new(),
    })
}

/// Holds a file's text and remarks (passage, author, words, kind) to what they should be; gives the document.
#[cfg(test)]
fn check_remarks(
    path: &str,
    bytes: Vec<u8>,
    text: &str,
    remarks: &[(&str, &str, &str, super::annotation::AnnotationKind)],
) -> super::ImportedDocument {
    let document = super::read_document(
        SourceFile {
            path: path.to_owned(),
            bytes,
        },
        &DocumentOptions::default(),
    )
    .unwrap();
    assert_eq!(document.text.as_str(), text);
    let passage = |own: &Annotation| document.text.slice(own.range).unwrap();
    let shown: Vec<_> = document
        .annotations
        .iter()
        .map(|own| {
            (
                passage(own),
                own.author.as_str(),
                own.text.as_str(),
                own.kind,
            )
        })
        .collect();
    assert_eq!(shown, remarks);
    document
}
