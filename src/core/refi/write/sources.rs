//! Documents and attachments as sources, with their passages and codings.

use std::io::Write;

use super::{
    codes::note_refs,
    context::WriteContext,
    files::{QdpxError, SourceForm, WrittenDocument, link_to},
    guids::GuidKind,
    passages::WrittenPassage,
    xml::XmlWriter,
};
use crate::model::{
    attachment::{Attachment, AttachmentKind},
    document::Document,
    ids::{CoderId, Id},
    memo::Anchor,
};

/// Writes a document.
pub(super) fn document(
    xml: &mut XmlWriter,
    context: &mut WriteContext<'_>,
    written: &WrittenDocument<'_>,
    to: &mut impl Write,
) -> Result<(), QdpxError> {
    let WrittenDocument {
        document,
        form,
        passages,
    } = written;
    let guid = context.guids.of(GuidKind::Document, document.id);
    match form {
        SourceForm::Plain | SourceForm::Word => {
            begin(xml, "TextSource", guid, &document.title);
            if *form == SourceForm::Word {
                xml.attribute("richTextPath", &link_to(guid, "docx"));
            }
            xml.attribute("plainTextPath", &link_to(guid, "txt"))
                .moment("creationDateTime", made(document.id));
            selections(xml, context, document, passages, to)?;
        }
        SourceForm::Pdf(representation) => {
            begin(xml, "PDFSource", guid, &document.title);
            xml.attribute("path", &link_to(guid, "pdf"))
                .moment("creationDateTime", made(document.id));
            begin(xml, "Representation", *representation, &document.title);
            xml.attribute("plainTextPath", &link_to(*representation, "txt"));
            selections(xml, context, document, passages, to)?;
            xml.end();
        }
    }
    note_refs(xml, &context.notes, Anchor::Document(document.id));
    context
        .variables
        .values(xml, &document.values, &document.title, &mut context.losses);
    context.variables.phase(xml, document.phase);
    xml.end();
    Ok(xml.pour(to)?)
}

fn begin(xml: &mut XmlWriter, element: &'static str, guid: u128, name: &str) {
    xml.start(element)
        .guid("guid", guid)
        .attribute("name", name);
}

/// The number of passages after which the XML is written out.
const ENOUGH_PASSAGES: usize = 1000;

fn selections(
    xml: &mut XmlWriter,
    context: &WriteContext<'_>,
    document: &Document,
    passages: &[WrittenPassage<'_>],
    to: &mut impl Write,
) -> Result<(), QdpxError> {
    for some in passages.chunks(ENOUGH_PASSAGES) {
        for passage in some {
            selection(xml, context, document, passage);
        }
        xml.pour(to)?;
    }
    Ok(())
}

fn selection(
    xml: &mut XmlWriter,
    context: &WriteContext<'_>,
    document: &Document,
    passage: &WrittenPassage<'_>,
) {
    let WrittenPassage {
        guid,
        start,
        end,
        name,
        codings,
        memos,
    } = passage;
    xml.start("PlainTextSelection")
        .guid("guid", *guid)
        .attribute("name", name);
    xml.number("startPosition", *start)
        .number("endPosition", *end);
    let coded = codings
        .first()
        .map(|coding| (coding.coder, coding.made_millis()));
    if let Some((coder, millis)) =
        coded.or_else(|| memos.first().map(|memo| (memo.coder, made(memo.id))))
    {
        by(xml, context, coder, millis);
    }
    for coding in codings {
        xml.start("Coding")
            .guid("guid", context.guids.of_coding(document.id, coding.id));
        by(xml, context, coding.coder, coding.made_millis());
        xml.reference("CodeRef", context.guids.of(GuidKind::Code, coding.code));
        note_refs(xml, &context.notes, Anchor::Coding(document.id, coding.id));
        xml.end();
    }
    for memo in memos {
        xml.reference("NoteRef", context.guids.of(GuidKind::Memo, memo.id));
    }
    xml.end();
}

/// Writes who made a thing, and when.
pub(super) fn by(
    xml: &mut XmlWriter,
    context: &WriteContext<'_>,
    coder: CoderId,
    millis: Option<i64>,
) {
    xml.guid("creatingUser", context.guids.of(GuidKind::Coder, coder))
        .moment("creationDateTime", millis);
}

/// When a thing was made, if its identity tells.
pub(super) fn made<K>(id: Id<K>) -> Option<i64> {
    id.made_millis()
        .and_then(|millis| i64::try_from(millis).ok())
}

/// Writes an attachment; `path` is that of its file, if there is one.
pub(super) fn attachment(
    xml: &mut XmlWriter,
    context: &WriteContext<'_>,
    attachment: &Attachment,
    path: Option<&str>,
) {
    let element = match attachment.kind {
        AttachmentKind::Picture => "PictureSource",
        AttachmentKind::Audio => "AudioSource",
        AttachmentKind::Video => "VideoSource",
        AttachmentKind::Pdf => "PDFSource",
    };
    xml.start(element)
        .guid(
            "guid",
            context.guids.of(GuidKind::Attachment, attachment.id),
        )
        .attribute("name", &attachment.name);
    if let Some(path) = path {
        xml.attribute("path", path);
    }
    xml.moment("creationDateTime", made(attachment.id));
    xml.end();
}
