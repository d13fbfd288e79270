//! Sources: texts with the passages in them, and files that aren't texts.

mod attachments;
mod losses;

use std::{collections::BTreeMap, sync::Arc};

use super::{
    archive::{Absent, Archive, file_name},
    positions::MarkedPassage,
    reader::ProjectReader,
    values,
    xml::Element,
};
use crate::{
    import::{self, DocumentOptions, SourceFile, loss::Lost},
    model::{attachment::AttachmentKind, ids::DocumentId, memo::Anchor},
};

/// A text of the project, before it is known how the file counts its positions.
pub(super) struct SourceText<'t> {
    /// The identity of the document.
    pub(super) id: DocumentId,
    /// The title of the document.
    pub(super) title: String,
    /// The name of the file it came from.
    pub(super) file: String,
    /// The text with its own line ends, without a byte-order mark.
    pub(super) raw: Arc<str>,
    /// The name of its encoding.
    pub(super) encoding: String,
    /// The bytes of the file it came from, unless they are just those of the text.
    pub(super) original: Option<Vec<u8>>,
    /// The element that contains the passages.
    pub(super) holder: Element<'t>,
    /// The source, if it is another element than `holder`.
    pub(super) source: Option<Element<'t>>,
    /// The areas of a PDF's pages.
    pub(super) areas: Vec<Element<'t>>,
    /// The passages that notes on the text contain.
    pub(super) annotations: Vec<AnnotatedPassage<'t>>,
    /// Whether the positions are those of this text; false for a text that the file only has as a formatted document.
    pub(super) placed: bool,
}

/// A passage that a note contains.
pub(super) struct AnnotatedPassage<'t> {
    /// The GUID of the note.
    pub(super) note: u128,
    pub(super) selection: Element<'t>,
}

impl<'t> SourceText<'t> {
    /// The elements that describe the whole text.
    pub(super) fn wholes(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        std::iter::once(self.holder).chain(self.source)
    }

    /// The passages whose positions can be read.
    pub(super) fn marked(&self) -> Vec<MarkedPassage<'t>> {
        if !self.placed {
            return Vec::new();
        }
        let annotations = self.annotations.iter().map(|own| own.selection);
        self.holder
            .each("PlainTextSelection")
            .chain(annotations)
            .filter_map(|selection| {
                Some(MarkedPassage {
                    start: values::number(selection, "startPosition")?,
                    end: values::number(selection, "endPosition")?,
                    quotes: [selection.get_or_empty("name"), selection.description()],
                })
            })
            .collect()
    }
}

/// Collects all texts; files that aren't texts become attachments.
pub(super) fn collect<'t>(
    reader: &mut ProjectReader<'t>,
    archive: &mut Archive<'_>,
    notes: &BTreeMap<u128, Element<'t>>,
) -> Vec<SourceText<'t>> {
    let root = reader.root;
    let mut sources = SourceReader {
        reader,
        archive,
        notes,
        texts: Vec::new(),
    };
    for source in root.each("Sources").flat_map(Element::children) {
        match source.name() {
            "TextSource" => sources.text(source, None),
            "PDFSource" => sources.pdf(source),
            "PictureSource" => {
                sources.attachment(source, AttachmentKind::Picture);
                if let Some(description) = source.child("TextDescription") {
                    sources.text(description, source.some("name"));
                }
            }
            "AudioSource" | "VideoSource" => {
                let kind = if source.name() == "AudioSource" {
                    AttachmentKind::Audio
                } else {
                    AttachmentKind::Video
                };
                sources.attachment(source, kind);
                for transcript in source.each("Transcript") {
                    sources.text(transcript, source.some("name"));
                }
            }
            _ => {}
        }
    }
    sources.texts
}

/// A text from a file or from the XML itself.
struct RawText {
    raw: Arc<str>,
    encoding: String,
    /// The bytes of a plain file, unless they are just those of the text.
    bytes: Option<Vec<u8>>,
}

/// A text with what else is known of its document.
struct TextOfFile {
    title: String,
    /// The ending of the file it came from.
    ending: String,
    text: RawText,
    original: Option<Vec<u8>>,
    placed: bool,
}

struct SourceReader<'a, 't, 'f> {
    reader: &'a mut ProjectReader<'t>,
    archive: &'a mut Archive<'f>,
    notes: &'a BTreeMap<u128, Element<'t>>,
    texts: Vec<SourceText<'t>>,
}

impl<'t> SourceReader<'_, 't, '_> {
    /// Reads a text; `name` is that of the recording or picture it belongs to, for a text without its own.
    fn text(&mut self, source: Element<'t>, name: Option<&str>) {
        let rich = source.some("richTextPath");
        let title = source
            .some("name")
            .or(name)
            .or_else(|| source.some("plainTextPath").or(rich).map(file_name))
            .unwrap_or("–")
            .to_owned();
        let rich_bytes = rich.and_then(|path| self.file(path, &title));
        // Positions count the plain text; without it the formatted file still has the words, but not the passages.
        let mut placed = true;
        let mut text = self.plain(source, &title);
        if text.is_none() {
            placed = false;
            text = rich
                .zip(rich_bytes.as_deref())
                .and_then(|(path, bytes)| formatted_text(path, bytes));
        }
        let Some(mut text) = text else {
            return self.report_without_text(&title, source);
        };
        let ending = match rich {
            Some(path) if rich_bytes.is_some() => import::ending_of(path),
            _ => "txt".to_owned(),
        };
        let original = rich_bytes.or(text.bytes.take());
        let text = TextOfFile {
            title,
            ending,
            text,
            original,
            placed,
        };
        self.add(source, source, text);
    }

    /// Adds a text; `holder` is the element with its passages, `source` the document.
    fn add(&mut self, source: Element<'t>, holder: Element<'t>, text: TextOfFile) {
        let guid = values::identity(source);
        let id: DocumentId = self.reader.claim(guid, "document", |own, guid| {
            matches!(own.things.get(&guid), Some(Anchor::Document(_)))
        });
        for guid in [id.as_u128(), values::identity(holder)] {
            let document = Anchor::Document(id);
            self.reader.things.entry(guid).or_insert(document);
        }
        let file = file_name_for(&text.title, &text.ending);
        let mut text = SourceText {
            id,
            title: text.title,
            file,
            raw: text.text.raw,
            encoding: text.text.encoding,
            original: text.original,
            holder,
            source: (source.index() != holder.index()).then_some(source),
            areas: source.each("PDFSelection").collect(),
            annotations: Vec::new(),
            placed: text.placed,
        };
        for reference in text.wholes().flat_map(|whole| whole.each("NoteRef")) {
            let Some(note) = values::target(reference) else {
                continue;
            };
            let selections = self
                .notes
                .get(&note)
                .into_iter()
                .flat_map(|element| element.each("PlainTextSelection"));
            text.annotations
                .extend(selections.map(|selection| AnnotatedPassage { note, selection }));
        }
        self.texts.push(text);
    }

    fn pdf(&mut self, source: Element<'t>) {
        let name = name_of(source);
        let bytes = path_of(source).and_then(|path| self.file(path, &name));
        let representation = source.child("Representation");
        let with_text = representation.filter(|element| {
            element.child("PlainTextContent").is_some() || element.some("plainTextPath").is_some()
        });
        if let Some(holder) = with_text
            && let Some(mut text) = self.plain(holder, &name)
        {
            let ending = if bytes.is_some() { "pdf" } else { "txt" };
            let original = bytes.or(text.bytes.take());
            let text = TextOfFile {
                title: name,
                ending: ending.to_owned(),
                text,
                original,
                placed: true,
            };
            return self.add(source, holder, text);
        }
        // The positions of a text that is missing mean nothing in one extracted anew.
        if let Some(representation) = representation {
            self.report_passages(&name, representation);
        }
        let extracted = bytes
            .as_deref()
            .and_then(|bytes| formatted_text("document.pdf", bytes));
        if let Some(text) = extracted {
            let text = TextOfFile {
                title: name,
                ending: "pdf".to_owned(),
                text,
                original: bytes,
                placed: false,
            };
            return self.add(source, source, text);
        }
        for area in source.each("PDFSelection") {
            self.report_codings(area, Lost::PageArea, &name);
        }
        self.report_codings(source, Lost::PageArea, &name);
        self.attach(source, AttachmentKind::Pdf, &name, bytes);
    }

    /// The plain text of an element, from the XML or from a file.
    fn plain(&mut self, holder: Element<'_>, title: &str) -> Option<RawText> {
        if let Some(content) = holder.child("PlainTextContent") {
            return Some(RawText {
                raw: content.words().into(),
                encoding: "UTF-8".to_owned(),
                bytes: None,
            });
        }
        let path = holder.some("plainTextPath")?;
        let bytes = self.file(path, title)?;
        // UTF-8 with line feeds is the text itself; of any other encoding the file is kept as well.
        let is_text_itself = !bytes.starts_with(b"\xef\xbb\xbf")
            && memchr::memchr2(b'\r', 0, &bytes).is_none()
            && std::str::from_utf8(&bytes).is_ok();
        let kept = (!is_text_itself).then(|| bytes.clone());
        match import::plain_text(file_name(path), bytes) {
            Ok((raw, encoding)) => Some(RawText {
                raw: raw.into(),
                encoding: encoding.to_owned(),
                bytes: kept,
            }),
            Err(error) => {
                let place = format!("{title} ({error})");
                self.reader.study.losses.note(Lost::MissingFile, place);
                None
            }
        }
    }

    /// The bytes of a file; one that doesn't exist is reported.
    fn file(&mut self, path: &str, of: &str) -> Option<Vec<u8>> {
        let place = match self.archive.bytes(path) {
            Ok(bytes) => return Some(bytes),
            Err(Absent::Missing) => format!("{of} ({})", file_name(path)),
            Err(Absent::Unreadable(why)) => format!("{of} ({why})"),
        };
        self.reader.study.losses.note(Lost::MissingFile, place);
        None
    }
}

/// The name of a source, or that of its file.
fn name_of(source: Element<'_>) -> String {
    source
        .some("name")
        .or_else(|| source.some("path").map(file_name))
        .unwrap_or("–")
        .to_owned()
}

fn path_of(source: Element<'_>) -> Option<&str> {
    source.some("path").or_else(|| source.some("currentPath"))
}

/// The text of a formatted file, as the import reads it.
fn formatted_text(path: &str, bytes: &[u8]) -> Option<RawText> {
    let file = SourceFile {
        path: file_name(path).to_owned(),
        bytes: bytes.to_vec(),
    };
    let read = import::read_document(file, &DocumentOptions::default()).ok()?;
    Some(RawText {
        raw: read.text.shared(),
        encoding: read.read_as,
        bytes: None,
    })
}

/// A file name for a title, with an ending unless the title has it.
fn file_name_for(title: &str, ending: &str) -> String {
    if import::ending_of(title) == ending {
        title.to_owned()
    } else {
        format!("{title}.{ending}")
    }
}
