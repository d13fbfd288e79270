//! Sources: texts with what is marked in them, and the files that aren't texts.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Reading,
    archive::{Absent, Archive, file_name},
    positions::Marked,
    values,
    xml::Element,
};
use crate::{
    import::{self, DocumentOptions, SourceFile, loss::Lost},
    model::{
        attachment::{Attachment, AttachmentKind},
        ids::{AttachmentId, DocumentId},
        memo::Anchor,
    },
};

/// A text of the project, before it is settled how its positions are counted.
pub(super) struct Text<'t> {
    /// Identity.
    pub(super) id: DocumentId,
    /// Title.
    pub(super) title: String,
    /// Name of the file it came from.
    pub(super) file: String,
    /// The text as it is written, without byte-order mark.
    pub(super) raw: Arc<str>,
    /// Name of its encoding.
    pub(super) encoding: String,
    /// Bytes of the file it came from, where they aren't the text's own.
    pub(super) original: Option<Vec<u8>>,
    /// The element with the passages.
    pub(super) holder: Element<'t>,
    /// The source: what stands on the whole, when it isn't `holder`.
    pub(super) source: Option<Element<'t>>,
    /// Areas of its pages.
    pub(super) areas: Vec<Element<'t>>,
    /// Passages of the text that stand in notes on it.
    pub(super) annotations: Vec<(u128, Element<'t>)>,
    /// Whether positions are those of this text.
    pub(super) placed: bool,
}

impl<'t> Text<'t> {
    /// The elements that say something of the whole.
    pub(super) fn wholes(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        std::iter::once(self.holder).chain(self.source)
    }

    /// The passages, as far as their positions can be read.
    pub(super) fn marked(&self) -> Vec<Marked<'t>> {
        if !self.placed {
            return Vec::new();
        }
        let annotations = self.annotations.iter().map(|(_, element)| *element);
        let marked = |element: Element<'t>| {
            let (start, end) = (
                values::number(element, "startPosition")?,
                values::number(element, "endPosition")?,
            );
            Some(Marked {
                start,
                end,
                quotes: [
                    element.get("name").unwrap_or_default(),
                    element.description(),
                ],
            })
        };
        self.holder
            .each("PlainTextSelection")
            .chain(annotations)
            .filter_map(marked)
            .collect()
    }
}

/// Gathers all texts; files that aren't texts become attachments.
pub(super) fn gather<'t>(
    reading: &mut Reading<'t>,
    archive: &mut Archive<'_>,
    notes: &BTreeMap<u128, Element<'t>>,
) -> Vec<Text<'t>> {
    let mut texts = Vec::new();
    for source in reading.root.each("Sources").flat_map(Element::children) {
        let mut gathering = Gathering {
            reading,
            archive,
            notes,
            texts: &mut texts,
        };
        match source.name() {
            "TextSource" => gathering.text(source, source, None, None),
            "PDFSource" => gathering.pdf(source),
            "PictureSource" => {
                gathering.attachment(source, AttachmentKind::Picture);
                if let Some(description) = source.child("TextDescription") {
                    gathering.text(description, description, None, source.some("name"));
                }
            }
            "AudioSource" | "VideoSource" => {
                let kind = if source.name() == "AudioSource" {
                    AttachmentKind::Audio
                } else {
                    AttachmentKind::Video
                };
                gathering.attachment(source, kind);
                for transcript in source.each("Transcript") {
                    gathering.text(transcript, transcript, None, source.some("name"));
                }
            }
            _ => {}
        }
    }
    texts
}

/// A text read from a file or the XML itself.
struct Found {
    raw: Arc<str>,
    encoding: String,
    /// Bytes of a plain file that aren't just the text's own.
    bytes: Option<Vec<u8>>,
}

struct Gathering<'a, 't, 'f> {
    reading: &'a mut Reading<'t>,
    archive: &'a mut Archive<'f>,
    notes: &'a BTreeMap<u128, Element<'t>>,
    texts: &'a mut Vec<Text<'t>>,
}

impl<'t> Gathering<'_, 't, '_> {
    /// Takes in the text of `holder` as the document that `source` is.
    fn text(
        &mut self,
        source: Element<'t>,
        holder: Element<'t>,
        original: Option<Vec<u8>>,
        named: Option<&str>,
    ) {
        let name = source
            .some("name")
            .or(named)
            .or_else(|| holder.some("name"));
        let path = holder
            .some("plainTextPath")
            .or_else(|| holder.some("richTextPath"));
        let title = name
            .or_else(|| path.map(file_name))
            .unwrap_or("–")
            .to_owned();
        let rich = holder.some("richTextPath");
        let rich_bytes = rich.and_then(|path| self.file(path, &title));
        let ending = rich.filter(|_| rich_bytes.is_some()).map(import::ending_of);
        let (found, placed) = match self.plain(holder, &title) {
            Some(found) => (found, true),
            None => match rich_bytes
                .as_ref()
                .zip(rich)
                .and_then(|(bytes, path)| whole(path, bytes))
            {
                Some(found) => (found, false),
                None => return self.without_text(&title, source, holder),
            },
        };
        let is_pdf = original.is_some();
        let original = original.or(rich_bytes).or(found.bytes);
        let ending = if is_pdf {
            Some("pdf".to_owned())
        } else {
            ending
        };
        let file = file_of(&title, ending.as_deref().unwrap_or("txt"));
        self.add(
            source,
            holder,
            (title, file),
            (found.raw, found.encoding, original),
            placed,
        );
    }

    fn add(
        &mut self,
        source: Element<'t>,
        holder: Element<'t>,
        (title, file): (String, String),
        (raw, encoding, original): (Arc<str>, String, Option<Vec<u8>>),
        placed: bool,
    ) {
        let taken =
            |own: &Reading<'_>, guid| matches!(own.things.get(&guid), Some(Anchor::Document(_)));
        let guid = values::identity(source);
        let id: DocumentId = self.reading.claim(guid, "document", taken);
        for guid in [id.as_u128(), values::identity(holder)] {
            self.reading
                .things
                .entry(guid)
                .or_insert(Anchor::Document(id));
        }
        let different = source.index() != holder.index();
        let wholes = [Some(holder), different.then_some(source)];
        let refs = wholes
            .into_iter()
            .flatten()
            .flat_map(|whole| whole.each("NoteRef"))
            .filter_map(values::target);
        let mut annotations = Vec::new();
        for guid in refs {
            let selections = self
                .notes
                .get(&guid)
                .into_iter()
                .flat_map(|note| note.each("PlainTextSelection"));
            annotations.extend(selections.map(|selection| (guid, selection)));
        }
        let areas = source.each("PDFSelection").collect();
        let source = different.then_some(source);
        self.texts.push(Text {
            id,
            title,
            file,
            raw,
            encoding,
            original,
            holder,
            source,
            areas,
            annotations,
            placed,
        });
    }

    fn pdf(&mut self, source: Element<'t>) {
        let name = source
            .some("name")
            .or_else(|| source.some("path").map(file_name))
            .unwrap_or("–")
            .to_owned();
        let path = source.some("path").or_else(|| source.some("currentPath"));
        let bytes = path.and_then(|path| self.file(path, &name));
        let representation = source.child("Representation");
        let has_text = |element: &Element<'_>| {
            element.child("PlainTextContent").is_some() || element.some("plainTextPath").is_some()
        };
        if let Some(holder) = representation.filter(has_text)
            && let Some(found) = self.plain(holder, &name)
        {
            let file = file_of(&name, if bytes.is_some() { "pdf" } else { "txt" });
            let original = bytes.or(found.bytes);
            return self.add(
                source,
                holder,
                (name, file),
                (found.raw, found.encoding, original),
                true,
            );
        }
        let read = bytes
            .as_ref()
            .and_then(|bytes| whole("document.pdf", bytes));
        match read {
            Some(found) => {
                let file = file_of(&name, "pdf");
                // Passages of a missing text can't be placed in one that was made anew.
                self.without_passages(&name, representation);
                self.add(
                    source,
                    source,
                    (name, file),
                    (found.raw, found.encoding, bytes),
                    false,
                );
            }
            None => {
                self.without_passages(&name, representation);
                for area in source.each("PDFSelection") {
                    self.lost_codings(area, Lost::PageArea, &name);
                }
                self.lost_codings(source, Lost::PageArea, &name);
                self.attach(source, AttachmentKind::Pdf, &name, bytes);
            }
        }
    }

    /// A picture or recording: kept with its bytes, where they are there; what is coded in it can't be.
    fn attachment(&mut self, source: Element<'t>, kind: AttachmentKind) {
        let name = source
            .some("name")
            .or_else(|| source.some("path").map(file_name))
            .unwrap_or("–")
            .to_owned();
        let path = source.some("path").or_else(|| source.some("currentPath"));
        let bytes = path.and_then(|path| self.file(path, &name));
        let lost = if kind == AttachmentKind::Picture {
            Lost::PictureCoding
        } else {
            Lost::MediaCoding
        };
        for selection in source
            .children()
            .filter(|child| child.name().ends_with("Selection"))
        {
            self.lost_codings(selection, lost, &name);
        }
        self.lost_codings(source, lost, &name);
        self.attach(source, kind, &name, bytes);
    }

    fn attach(
        &mut self,
        source: Element<'t>,
        kind: AttachmentKind,
        name: &str,
        bytes: Option<Vec<u8>>,
    ) {
        let taken = |own: &Reading<'_>, guid: u128| {
            own.study
                .attachments
                .iter()
                .any(|(other, _)| other.id.as_u128() == guid)
        };
        let id: AttachmentId = self
            .reading
            .claim(values::identity(source), "attachment", taken);
        let path = source
            .some("path")
            .or_else(|| source.some("currentPath"))
            .map_or(name, file_name);
        let file = if import::ending_of(name).is_empty() {
            format!("{name}.{}", import::ending_of(path))
        } else {
            name.to_owned()
        };
        let file = file.trim_end_matches('.').to_owned();
        let attachment = Attachment {
            id,
            name: name.to_owned(),
            kind,
            file,
            content: None,
            len_bytes: 0,
        };
        self.reading.study.attachments.push((attachment, bytes));
        for _ in source.each("VariableValue") {
            self.reading.study.losses.note(Lost::Value, name);
        }
        self.reading.describe(source, name, Anchor::Project);
    }

    /// Notes codings that nothing can stand for; a passage without any is named, too.
    fn lost_codings(&mut self, element: Element<'_>, kind: Lost, of: &str) {
        let passage = element.name().ends_with("Selection");
        let title = element
            .some("name")
            .filter(|_| passage)
            .map(|name| format!(": {name}"))
            .unwrap_or_default();
        let losses = &mut self.reading.study.losses;
        let codings = element.each("Coding").count();
        for _ in 0..codings {
            losses.note(kind, format!("{of}{title}"));
        }
        if passage && codings == 0 {
            losses.note(kind, format!("{of}{title}"));
        }
        if passage && !element.description().is_empty() {
            losses.note(kind, format!("{of}{title} ({})", element.description()));
        }
    }

    /// Notes a text that isn't there, with how many codings go with it.
    fn without_text(&mut self, title: &str, source: Element<'_>, holder: Element<'_>) {
        if holder.some("plainTextPath").is_none() && holder.some("richTextPath").is_none() {
            self.reading.study.losses.note(Lost::MissingFile, title);
        }
        self.without_passages(title, Some(holder));
        if source.index() != holder.index() {
            self.without_passages(title, Some(source));
        }
    }

    fn without_passages(&mut self, title: &str, holder: Option<Element<'_>>) {
        let Some(holder) = holder else { return };
        let selections = holder
            .children()
            .filter(|child| matches!(child.name(), "PlainTextSelection" | "TranscriptSelection"));
        for element in selections.chain(std::iter::once(holder)) {
            let own = if element.index() == holder.index() {
                String::new()
            } else {
                element.get("name").unwrap_or_default().to_owned()
            };
            for _ in element.each("Coding") {
                self.reading.study.losses.note(
                    Lost::OutsideText,
                    format!("{title}: {own}")
                        .trim_end_matches([':', ' '])
                        .to_owned(),
                );
            }
        }
    }

    /// The plain text of an element: inline, or in a file.
    fn plain(&mut self, holder: Element<'_>, title: &str) -> Option<Found> {
        if let Some(content) = holder.child("PlainTextContent") {
            return Some(Found {
                raw: content.words().into(),
                encoding: "UTF-8".to_owned(),
                bytes: None,
            });
        }
        let path = holder.some("plainTextPath")?;
        let bytes = self.file(path, title)?;
        // What is UTF-8 with line feeds is the text itself; of anything else the file is kept, too.
        let own = !bytes.starts_with(b"\xef\xbb\xbf")
            && memchr::memchr2(b'\r', 0, &bytes).is_none()
            && std::str::from_utf8(&bytes).is_ok();
        let kept = (!own).then(|| bytes.clone());
        match import::plain_text(file_name(path), bytes) {
            Ok((raw, encoding)) => Some(Found {
                raw: raw.into(),
                encoding: encoding.to_owned(),
                bytes: kept,
            }),
            Err(error) => {
                self.reading
                    .study
                    .losses
                    .note(Lost::MissingFile, format!("{title} ({error})"));
                None
            }
        }
    }

    /// The bytes of a file; one that isn't there is noted.
    fn file(&mut self, path: &str, of: &str) -> Option<Vec<u8>> {
        let name = file_name(path);
        let says = match self.archive.bytes(path) {
            Ok(bytes) => return Some(bytes),
            Err(Absent::Missing) => format!("{of} ({name})"),
            Err(Absent::Unreadable(why)) => format!("{of} ({why})"),
        };
        self.reading.study.losses.note(Lost::MissingFile, says);
        None
    }
}

/// The text of a formatted file, as import reads it.
fn whole(path: &str, bytes: &[u8]) -> Option<Found> {
    let file = SourceFile {
        path: file_name(path).to_owned(),
        bytes: bytes.to_vec(),
    };
    let read = import::read_document(file, &DocumentOptions::default()).ok()?;
    Some(Found {
        raw: read.text.shared(),
        encoding: read.read_as,
        bytes: None,
    })
}

/// A file's name for a title: with an ending, if it has none that says so.
fn file_of(title: &str, ending: &str) -> String {
    if import::ending_of(title) == ending {
        title.to_owned()
    } else {
        format!("{title}.{ending}")
    }
}
