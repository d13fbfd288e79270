//! Transcript files as text, one reader per format.
//!
//! [`FORMATS`] lists the formats. To add one, write its reader in a file of its own, add a variant to [`TranscriptFormat`]
//! and an entry to the list; the command line, the file dialogs and the sniffing of files follow the list.

mod chat;
mod clock;
mod codepage;
mod cues;
pub(super) mod docx;
mod docx_numbers;
mod elan;
mod elements;
mod epub;
mod exmaralda;
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
mod voices;

pub(crate) use pdf::words_under;

use std::collections::BTreeMap;

use super::{
    DocumentOptions, ImportError, Note, SourceFile, Tier, TierChoice,
    annotation::Annotation,
    encoding,
    speakers::{self, DetectedTurns},
};

/// A format of transcripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranscriptFormat {
    /// Plain text, including Markdown, which is kept as it is.
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
    /// An e-book.
    Epub,
    /// Subtitles: SubRip or WebVTT.
    Subtitles,
    /// Timed lyrics.
    Lyrics,
    /// JSON of segments.
    Speech,
    /// ELAN's annotations.
    Elan,
    /// CHAT, the transcripts of CHILDES and TalkBank.
    Chat,
    /// EXMARaLDA's basic transcription.
    Exmaralda,
    /// Praat's text grid.
    Praat,
    /// A sheet with one row per utterance.
    Sheet,
}

/// What the program knows about a format.
#[derive(Debug)]
pub struct FormatInfo {
    /// The format.
    pub format: TranscriptFormat,
    /// Its name on the command line and in reports.
    pub name: &'static str,
    /// The endings of its files, in lower case.
    pub endings: &'static [&'static str],
    /// First bytes that identify it, of which one is enough. Zip archives aren't listed: Word, OpenDocument, EPUB and Excel all are.
    signatures: &'static [&'static [u8]],
    reader: FormatReader,
}

/// Arguments: file name, text, and the tiers that are words.
type TextReader = fn(&str, String, &TierChoice) -> Result<Extracted, ImportError>;
type EncodedReader = fn(&str, &[u8], Option<&str>) -> Result<Extracted, ImportError>;

/// The function that reads a format.
#[derive(Debug, Clone, Copy)]
enum FormatReader {
    /// Reads the file's bytes: the format says itself how its text is encoded. Arguments: file name, bytes.
    Bytes(fn(&str, &[u8]) -> Result<Extracted, ImportError>),
    /// Reads the file's bytes, with the encoding that the user chose. Arguments: file name, bytes, encoding.
    EncodedBytes(EncodedReader),
    /// Reads decoded text with `\n` line ends: the format leaves the encoding open.
    Text(TextReader),
}

impl FormatInfo {
    const fn new(
        format: TranscriptFormat,
        name: &'static str,
        endings: &'static [&'static str],
        reader: FormatReader,
    ) -> Self {
        Self {
            format,
            name,
            endings,
            signatures: &[],
            reader,
        }
    }

    const fn with_signatures(self, signatures: &'static [&'static [u8]]) -> Self {
        Self { signatures, ..self }
    }
}

/// The formats of transcripts.
pub const FORMATS: &[FormatInfo] = {
    use FormatReader::{Bytes, EncodedBytes, Text};
    use TranscriptFormat as Format;
    &[
        FormatInfo::new(
            Format::Text,
            "txt",
            &["txt", "md", "markdown", "text"],
            Text(|_, text, _| Ok(Extracted::text(text, Vec::new()))),
        ),
        FormatInfo::new(
            Format::Docx,
            "docx",
            &["docx", "docm", "doc"],
            Bytes(docx::read),
        ),
        FormatInfo::new(Format::Odt, "odt", &["odt", "fodt"], Bytes(odt::read)),
        FormatInfo::new(Format::Rtf, "rtf", &["rtf"], Bytes(rtf::read))
            .with_signatures(&[b"{\\rtf"]),
        FormatInfo::new(Format::Pdf, "pdf", &["pdf"], Bytes(pdf::read))
            .with_signatures(&[b"%PDF-"]),
        FormatInfo::new(
            Format::Html,
            "html",
            &["html", "htm", "xhtml"],
            EncodedBytes(html::read),
        ),
        FormatInfo::new(Format::Epub, "epub", &["epub"], Bytes(epub::read)),
        FormatInfo::new(
            Format::Subtitles,
            "subtitles",
            &["srt", "vtt"],
            Text(|_, text, _| Ok(cues::subtitles(&text))),
        ),
        FormatInfo::new(
            Format::Lyrics,
            "lrc",
            &["lrc"],
            Text(|_, text, _| Ok(cues::lyrics(&text))),
        ),
        FormatInfo::new(
            Format::Speech,
            "json",
            &["json", "jsonl", "otr"],
            Text(|file, text, _| speech::read(file, &text)),
        ),
        FormatInfo::new(
            Format::Elan,
            "eaf",
            &["eaf"],
            Text(|file, text, tiers| elan::read(file, &text, tiers)),
        ),
        FormatInfo::new(
            Format::Chat,
            "cha",
            &["cha"],
            Text(|file, text, _| chat::read(file, &text)),
        )
        .with_signatures(&[b"@UTF8", b"@Begin"]),
        FormatInfo::new(
            Format::Exmaralda,
            "exb",
            &["exb"],
            Text(|file, text, _| exmaralda::read(file, &text)),
        ),
        FormatInfo::new(
            Format::Praat,
            "textgrid",
            &["textgrid"],
            Text(|file, text, _| praat::read(file, &text)),
        ),
        FormatInfo::new(
            Format::Sheet,
            "sheet",
            &["csv", "tsv", "xlsx", "xls", "ods"],
            Bytes(sheet::read),
        ),
    ]
};

impl TranscriptFormat {
    fn info(self) -> &'static FormatInfo {
        FORMATS
            .iter()
            .find(|info| info.format == self)
            .expect("every format is listed")
    }

    /// Returns true for formats that say who speaks by something else than the words of the text.
    pub const fn names_speakers(self) -> bool {
        match self {
            Self::Subtitles
            | Self::Lyrics
            | Self::Speech
            | Self::Elan
            | Self::Chat
            | Self::Exmaralda
            | Self::Praat
            | Self::Sheet => true,
            Self::Text
            | Self::Docx
            | Self::Odt
            | Self::Rtf
            | Self::Pdf
            | Self::Html
            | Self::Epub => false,
        }
    }

    /// Returns true for formats whose files people rename into one another: a page of text with the wrong ending.
    const fn is_page_of_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Docx | Self::Odt | Self::Rtf | Self::Html
        )
    }
}

/// The endings of files that are transcripts.
pub fn endings() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|info| info.endings.iter().copied())
}

/// Returns the format that a file's ending stands for.
///
/// # Errors
/// When no format has the ending.
pub fn format_of(path: &str) -> Result<TranscriptFormat, ImportError> {
    let ending = super::ending_of(path);
    match FORMATS
        .iter()
        .find(|info| info.endings.contains(&ending.as_str()))
    {
        Some(info) => Ok(info.format),
        None => Err(ImportError::UnknownFormat {
            file: path.to_owned(),
            ending,
        }),
    }
}

/// Returns the format of a file: what its first bytes say if its ending is wrong, else what its ending says.
///
/// # Errors
/// When no format has the ending.
pub(super) fn detect(path: &str, bytes: &[u8]) -> Result<TranscriptFormat, ImportError> {
    let named = format_of(path)?;
    if !named.is_page_of_text() {
        return Ok(named);
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let signed = FORMATS.iter().find(|info| {
        let mut signatures = info.signatures.iter();
        signatures.any(|signature| unmarked.starts_with(signature))
    });
    Ok(match (signed, named) {
        (Some(info), _) => info.format,
        // Mail programs and content systems save web pages as `.doc`, which Word opens like any other.
        (None, TranscriptFormat::Docx) if unmarked.starts_with(b"<") => TranscriptFormat::Html,
        (None, TranscriptFormat::Text | TranscriptFormat::Rtf)
            if bytes.starts_with(b"PK\x03\x04") =>
        {
            TranscriptFormat::Docx
        }
        (None, named) => named,
    })
}

/// Returns the error for a file of Office before 2007, or for one that a password protects: both have the same container (OLE).
fn old_office(path: &str, bytes: &[u8]) -> Option<ImportError> {
    if !bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return None;
    }
    // Names of streams in the container are UTF-16; an encrypted document is a stream of this name.
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

/// The contents of a file, as its reader extracts them.
#[derive(Debug)]
pub(super) struct Extracted {
    pub(super) body: Body,
    /// What was left out.
    pub(super) notes: Vec<Note>,
    /// Remarks on passages of a text whose turns aren't known yet.
    pub(super) annotations: Vec<Annotation>,
    /// The tiers that have annotations, if the format has tiers to choose.
    pub(super) tiers: Vec<Tier>,
    /// What speakers are, by their labels, if the format declares it: `Investigator`, `target child`.
    pub(super) roles: BTreeMap<String, String>,
}

/// Text, with or without known turns.
#[derive(Debug)]
pub(super) enum Body {
    /// Text whose turns are still to be detected.
    Text(String),
    /// Utterances in order.
    Segments(Vec<Utterance>),
    /// Utterances in order, whose lines are those of a screen.
    Cues(Vec<Utterance>),
}

/// A piece of a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Utterance {
    /// When it begins.
    pub(super) at_millis: Option<u32>,
    /// The speaker's label.
    pub(super) speaker: Option<String>,
    /// The words.
    pub(super) text: String,
}

impl Extracted {
    fn text(text: String, notes: Vec<Note>) -> Self {
        Self {
            body: Body::Text(text),
            notes,
            annotations: Vec::new(),
            tiers: Vec::new(),
            roles: BTreeMap::new(),
        }
    }

    fn segments(segments: Vec<Utterance>) -> Self {
        Self {
            body: Body::Segments(segments),
            notes: Vec::new(),
            annotations: Vec::new(),
            tiers: Vec::new(),
            roles: BTreeMap::new(),
        }
    }

    /// Returns true if the text contains letters, not only numbers and punctuation.
    fn has_letters(&self) -> bool {
        matches!(&self.body, Body::Text(text) if text.contains(char::is_alphabetic))
    }
}

/// A transcript's text with its turns.
pub(super) struct TranscriptText {
    pub(super) text: String,
    pub(super) detected: DetectedTurns,
    /// The format, or the encoding of plain text.
    pub(super) read_as: String,
    /// The file's bytes, unless they are the text's own.
    pub(super) original: Option<Vec<u8>>,
    pub(super) notes: Vec<Note>,
    pub(super) annotations: Vec<Annotation>,
    pub(super) tiers: Vec<Tier>,
}

/// Reads a transcript of a format.
///
/// # Errors
/// When it can't be read; one line that names the file.
pub(super) fn read(
    file: SourceFile,
    format: TranscriptFormat,
    options: &DocumentOptions,
) -> Result<TranscriptText, ImportError> {
    let SourceFile { path, bytes } = file;
    match old_office(&path, &bytes) {
        // Sheets of Excel before 2007 have the container, too, and can be read.
        Some(ImportError::OldWord(_)) if format == TranscriptFormat::Sheet => {}
        Some(error) => return Err(error),
        None => {}
    }
    let info = format.info();
    let chosen = options.encoding.as_deref();
    let (extracted, read_as) = match info.reader {
        FormatReader::Bytes(read) => (read(&path, &bytes)?, info.name.to_owned()),
        FormatReader::EncodedBytes(read) => (read(&path, &bytes, chosen)?, info.name.to_owned()),
        FormatReader::Text(read) => {
            let decoded = encoding::decode(&path, bytes.clone(), chosen)?;
            // Readers work line by line, and positions count line feeds only.
            let text = encoding::unify_line_ends(decoded.text);
            let mut extracted = read(&path, text, &options.tiers)?;
            if decoded.guessed {
                extracted.notes.push(Note::Guessed(decoded.encoding));
            }
            let read_as = match format {
                TranscriptFormat::Text => decoded.encoding.to_owned(),
                _ => format!("{}, {}", info.name, decoded.encoding),
            };
            (extracted, read_as)
        }
    };
    let (text, mut detected) = match extracted.body {
        Body::Text(text) => {
            let text = encoding::unify_line_ends(text);
            let detected = speakers::find(&text, &options.speakers, &options.believed);
            (text, detected)
        }
        Body::Segments(segments) => segments::assemble(voices::voiced(segments, "\n", options)),
        // Lines of a cue are broken to fit the screen, not by sentence.
        Body::Cues(cues) => segments::assemble(voices::voiced(cues, " ", options)),
    };
    speakers::assign_declared_roles(&extracted.roles, &mut detected.speakers);
    if text.trim().is_empty() {
        // A file without any text is refused before it is taken apart.
        return Err(match format {
            TranscriptFormat::Subtitles | TranscriptFormat::Lyrics => ImportError::NoCues(path),
            _ => ImportError::Empty(path),
        });
    }
    encoding::check_size(&path, text.len())?;
    Ok(TranscriptText {
        original: Some(bytes).filter(|bytes| bytes != text.as_bytes()),
        text,
        detected,
        read_as,
        notes: extracted.notes,
        annotations: extracted.annotations,
        tiers: extracted.tiers,
    })
}

/// Checks a file's text and remarks (passage, author, text, kind), and returns the document.
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
