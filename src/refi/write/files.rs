//! The files in `sources/`: texts, originals, attachments and memos.

use std::io::{Seek, Write};

use super::{
    QdpxError, QdpxSource, guids::Kind, package::Package, passages::Passage, plan::Plan,
    positions::file_text, xml::guid_text,
};
use crate::{
    import::{ending_of, loss::Lost, study::derived},
    model::{attachment::Attachment, document::Document, ids::Id, memo::Memo},
};

/// What of a document is in `sources/`.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) document: &'a Document,
    pub(super) form: Form,
    pub(super) passages: Vec<Passage<'a>>,
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As its text alone.
    Plain,
    /// As its text and the Word file that it was read from.
    Word,
    /// As the PDF that it was read from, with its text as a representation of this GUID.
    Pdf(u128),
}

/// Writes a document's files.
pub(super) fn document<'a, W: Write + Seek>(
    package: &mut Package<W>,
    sources: &QdpxSource<'_>,
    plan: &mut Plan<'a>,
    document: &'a Document,
) -> Result<Written<'a>, QdpxError> {
    let content =
        (sources.content)(document).ok_or_else(|| QdpxError::NoText(document.title.clone()))?;
    if !document.speakers.is_empty() || content.turns.iter().any(|turn| turn.at_millis.is_some()) {
        plan.losses.note(Lost::Turns, document.title.clone());
    }
    let guid = plan.guids.of(Kind::Document, document.id);
    let mut form = Form::Plain;
    if let Some((ending, bytes)) = original(sources, plan, document) {
        package.packed(&path_of(guid, ending), &bytes)?;
        form = match ending {
            "pdf" => {
                let id: Id<()> = derived(&["representation", &document.id.to_string()]);
                Form::Pdf(
                    plan.guids
                        .claim((Kind::Representation, 0, id.as_u128()), &mut plan.losses),
                )
            }
            _ => Form::Word,
        };
    }
    let text_guid = if let Form::Pdf(representation) = form {
        representation
    } else {
        guid
    };
    package.text(
        &path_of(text_guid, "txt"),
        file_text(plan.variant, content.text.as_str()).as_bytes(),
    )?;
    let passages = plan.named.passages(
        document,
        &content.text,
        plan.variant,
        &mut plan.guids,
        &mut plan.losses,
    );
    Ok(Written {
        document,
        form,
        passages,
    })
}

/// The Word or PDF file that a document was read from.
///
/// Where the text has been corrected since, it stays behind: it would say something else, and perhaps names that were taken out.
fn original(
    sources: &QdpxSource<'_>,
    plan: &mut Plan<'_>,
    document: &Document,
) -> Option<(&'static str, Vec<u8>)> {
    let source = &document.source;
    let (ending, begins): (_, &[u8]) = match ending_of(&source.file).as_str() {
        "docx" => ("docx", b"PK\x03\x04"),
        "pdf" => ("pdf", b"%PDF-"),
        _ => return None,
    };
    if source.original == source.text {
        return None;
    }
    if !document.history.is_untouched() {
        plan.losses.note(Lost::Formatting, document.title.clone());
        return None;
    }
    let bytes = (sources.bytes)(source.original).filter(|bytes| bytes.starts_with(begins));
    if bytes.is_none() {
        plan.losses.note(Lost::Formatting, document.title.clone());
    }
    bytes.map(|bytes| (ending, bytes))
}

/// Writes an attachment's file, where its bytes are there; gives what its source says of it as its path.
pub(super) fn attachment<W: Write + Seek>(
    package: &mut Package<W>,
    sources: &QdpxSource<'_>,
    plan: &mut Plan<'_>,
    attachment: &Attachment,
) -> Result<Option<String>, QdpxError> {
    let Some(bytes) = attachment.content.and_then(sources.bytes) else {
        plan.losses.note(Lost::MissingFile, attachment.name.clone());
        return Ok(None);
    };
    let mut ending: String = ending_of(&attachment.file)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    if ending.is_empty() {
        ending.push_str("bin");
    }
    let guid = plan.guids.of(Kind::Attachment, attachment.id);
    package.packed(&path_of(guid, &ending), &bytes)?;
    Ok(Some(link_to(guid, &ending)))
}

/// Writes a memo's file.
pub(super) fn memo<W: Write + Seek>(
    package: &mut Package<W>,
    plan: &Plan<'_>,
    memo: &Memo,
) -> Result<(), QdpxError> {
    let name = path_of(plan.guids.of(Kind::Memo, memo.id), "txt");
    Ok(package.text(&name, file_text(plan.variant, &memo.body).as_bytes())?)
}

/// The name of a file in the archive.
fn path_of(guid: u128, ending: &str) -> String {
    format!("sources/{}.{ending}", guid_text(guid))
}

/// The name of a file as elements say it.
pub(super) fn link_to(guid: u128, ending: &str) -> String {
    format!("internal://{}.{ending}", guid_text(guid))
}
