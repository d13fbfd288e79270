//! The files in `sources/`: texts, originals, attachments and memos.

use std::{
    io::{Seek, Write},
    sync::Arc,
};

use super::{
    context::WriteContext, guids::GuidKind, package::ArchiveWriter, passages::WrittenPassage,
    positions::file_text, xml::guid_text,
};
use crate::{
    import::{ending_of, loss::Lost, study::derived},
    message::{
        explain::{Explain, Explanation, system},
        text::Text,
    },
    model::{
        Project,
        attachment::Attachment,
        document::{Content, Document},
        ids::Id,
        memo::Memo,
        text::ContentHash,
    },
};

/// A project, and how to read its texts and files.
pub struct QdpxSource<'a> {
    /// The project.
    pub project: &'a Project,
    /// Loads the present text and turns of a document; `None` if they can't be read.
    pub content: &'a dyn Fn(&Document) -> Option<Arc<Content>>,
    /// Loads an original file or attachment; `None` if it is missing.
    pub bytes: &'a dyn Fn(ContentHash) -> Option<Vec<u8>>,
}

impl std::fmt::Debug for QdpxSource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("QdpxSource")
    }
}

/// Why a project can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum QdpxError {
    /// The file can't be written.
    File(#[from] std::io::Error),
    /// The archive can't be written.
    Archive(#[from] zip::result::ZipError),
    /// A text is missing or damaged.
    NoText(String),
    /// The work was cancelled.
    Cancelled,
}

impl Explain for QdpxError {
    fn explain(&self) -> Explanation {
        match self {
            Self::File(error) => Explanation::io(
                Text::new(
                    "the file can't be written: {reason}",
                    "无法写入文件：{reason}",
                )
                .with("reason", system(error)),
            ),
            Self::Archive(error) => Explanation::io(
                Text::new(
                    "the archive can't be written: {reason}",
                    "无法写入压缩包：{reason}",
                )
                .with("reason", error.to_string()),
            ),
            Self::NoText(title) => Explanation::io(
                Text::new(
                    "the text of “{title}” can't be read",
                    "无法读取“{title}”的文本",
                )
                .with("title", title),
            )
            .hint(Text::new(
                "run tain check on the project",
                "请用 tain check 检查项目",
            )),
            Self::Cancelled => Explanation::io(Text::new("cancelled", "已取消")),
        }
    }
}

/// A document whose files are written.
#[derive(Debug)]
pub(super) struct WrittenDocument<'a> {
    pub(super) document: &'a Document,
    pub(super) form: SourceForm,
    pub(super) passages: Vec<WrittenPassage<'a>>,
}

/// The files of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceForm {
    /// The text alone.
    Plain,
    /// The text, and the Word file that it came from.
    Word,
    /// The PDF that it came from, with the text as a representation that has this GUID.
    Pdf(u128),
}

/// Writes the files of a document.
pub(super) fn document<'a, W: Write + Seek>(
    package: &mut ArchiveWriter<W>,
    sources: &QdpxSource<'_>,
    context: &mut WriteContext<'a>,
    document: &'a Document,
) -> Result<WrittenDocument<'a>, QdpxError> {
    let content =
        (sources.content)(document).ok_or_else(|| QdpxError::NoText(document.title.clone()))?;
    if !document.speakers.is_empty() || content.turns.iter().any(|turn| turn.at_millis.is_some()) {
        context.losses.note(Lost::Turns, document.title.clone());
    }
    let guid = context.guids.of(GuidKind::Document, document.id);
    let mut form = SourceForm::Plain;
    if let Some((ending, bytes)) = original(sources, context, document) {
        package.packed(&path_of(guid, ending), &bytes)?;
        form = match ending {
            "pdf" => {
                let id: Id<()> = derived(&["representation", &document.id.to_string()]);
                SourceForm::Pdf(context.guids.claim(
                    GuidKind::Representation,
                    id.as_u128(),
                    &mut context.losses,
                ))
            }
            _ => SourceForm::Word,
        };
    }
    let text_guid = if let SourceForm::Pdf(representation) = form {
        representation
    } else {
        guid
    };
    package.text(
        &path_of(text_guid, "txt"),
        file_text(context.variant, content.text.as_str()).as_bytes(),
    )?;
    let passages = context.named.passages(
        document,
        &content.text,
        context.variant,
        &mut context.guids,
        &mut context.losses,
    );
    Ok(WrittenDocument {
        document,
        form,
        passages,
    })
}

/// The Word or PDF file that a document came from.
///
/// It is left out if the text has been corrected since: it would contradict the text, and could contain names that were removed.
fn original(
    sources: &QdpxSource<'_>,
    context: &mut WriteContext<'_>,
    document: &Document,
) -> Option<(&'static str, Vec<u8>)> {
    let source = &document.source;
    let (ending, begins): (_, &[u8]) = match ending_of(&source.file).as_str() {
        "docx" => ("docx", b"PK\x03\x04"),
        "pdf" => ("pdf", b"%PDF-"),
        _ => return None,
    };
    // A plain text is its own original.
    if source.original == source.text {
        return None;
    }
    if !document.history.is_untouched() {
        context
            .losses
            .note(Lost::Formatting, document.title.clone());
        return None;
    }
    let bytes = (sources.bytes)(source.original).filter(|bytes| bytes.starts_with(begins));
    if bytes.is_none() {
        context
            .losses
            .note(Lost::Formatting, document.title.clone());
    }
    bytes.map(|bytes| (ending, bytes))
}

/// Writes the file of an attachment, and returns the path for its element; `None` if the file is missing.
pub(super) fn attachment<W: Write + Seek>(
    package: &mut ArchiveWriter<W>,
    sources: &QdpxSource<'_>,
    context: &mut WriteContext<'_>,
    attachment: &Attachment,
) -> Result<Option<String>, QdpxError> {
    let Some(bytes) = attachment.content.and_then(sources.bytes) else {
        context
            .losses
            .note(Lost::MissingFile, attachment.name.clone());
        return Ok(None);
    };
    // The ending comes from another program's file; nothing in it may change the path.
    let mut ending: String = ending_of(&attachment.file)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    if ending.is_empty() {
        ending.push_str("bin");
    }
    let guid = context.guids.of(GuidKind::Attachment, attachment.id);
    package.packed(&path_of(guid, &ending), &bytes)?;
    Ok(Some(link_to(guid, &ending)))
}

/// Writes the file of a memo.
pub(super) fn memo<W: Write + Seek>(
    package: &mut ArchiveWriter<W>,
    context: &WriteContext<'_>,
    memo: &Memo,
) -> Result<(), QdpxError> {
    let name = path_of(context.guids.of(GuidKind::Memo, memo.id), "txt");
    Ok(package.text(&name, file_text(context.variant, &memo.body).as_bytes())?)
}

/// The path of a file in the archive.
fn path_of(guid: u128, ending: &str) -> String {
    format!("sources/{}.{ending}", guid_text(guid))
}

/// The path of a file as elements refer to it.
pub(super) fn link_to(guid: u128, ending: &str) -> String {
    format!("internal://{}.{ending}", guid_text(guid))
}
