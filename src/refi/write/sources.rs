//! Documents and attachments as sources, with their passages and codings.

use std::io::Write;

use super::{
    QdpxError,
    codes::note_refs,
    files::{Form, Written, link_to},
    guids::Kind,
    passages::Passage,
    plan::Plan,
    xml::Xml,
};
use crate::model::{
    attachment::{Attachment, AttachmentKind},
    document::Document,
    ids::{CoderId, Id},
    memo::Anchor,
};

/// Writes a document.
pub(super) fn document(
    xml: &mut Xml,
    plan: &mut Plan<'_>,
    written: &Written<'_>,
    to: &mut impl Write,
) -> Result<(), QdpxError> {
    let Written {
        document,
        form,
        passages,
    } = written;
    let guid = plan.guids.of(Kind::Document, document.id);
    let begin = |xml: &mut Xml, element, guid| {
        xml.start(element)
            .guid("guid", guid)
            .attribute("name", &document.title);
    };
    match form {
        Form::Plain | Form::Word => {
            begin(xml, "TextSource", guid);
            if *form == Form::Word {
                xml.attribute("richTextPath", &link_to(guid, "docx"));
            }
            xml.attribute("plainTextPath", &link_to(guid, "txt"))
                .moment("creationDateTime", made(document.id));
            selections(xml, plan, document, passages, to)?;
        }
        Form::Pdf(representation) => {
            begin(xml, "PDFSource", guid);
            xml.attribute("path", &link_to(guid, "pdf"))
                .moment("creationDateTime", made(document.id));
            begin(xml, "Representation", *representation);
            xml.attribute("plainTextPath", &link_to(*representation, "txt"));
            selections(xml, plan, document, passages, to)?;
            xml.end();
        }
    }
    note_refs(xml, &plan.notes, Anchor::Document(document.id));
    plan.variables
        .values(xml, &document.values, &document.title, &mut plan.losses);
    plan.variables.phase(xml, document.phase);
    xml.end();
    Ok(xml.pour(to)?)
}

/// Passages that are made into XML before it is poured out.
const ENOUGH_PASSAGES: usize = 1000;

fn selections(
    xml: &mut Xml,
    plan: &Plan<'_>,
    document: &Document,
    passages: &[Passage<'_>],
    to: &mut impl Write,
) -> Result<(), QdpxError> {
    for some in passages.chunks(ENOUGH_PASSAGES) {
        for passage in some {
            selection(xml, plan, document, passage);
        }
        xml.pour(to)?;
    }
    Ok(())
}

fn selection(xml: &mut Xml, plan: &Plan<'_>, document: &Document, passage: &Passage<'_>) {
    let Passage {
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
        by(xml, plan, coder, millis);
    }
    for coding in codings {
        xml.start("Coding")
            .guid("guid", plan.guids.of_coding(document.id, coding.id));
        by(xml, plan, coding.coder, coding.made_millis());
        xml.reference("CodeRef", plan.guids.of(Kind::Code, coding.code));
        note_refs(xml, &plan.notes, Anchor::Coding(document.id, coding.id));
        xml.end();
    }
    for memo in memos {
        xml.reference("NoteRef", plan.guids.of(Kind::Memo, memo.id));
    }
    xml.end();
}

/// Who made it, and when.
pub(super) fn by(xml: &mut Xml, plan: &Plan<'_>, coder: CoderId, millis: Option<i64>) {
    xml.guid("creatingUser", plan.guids.of(Kind::Coder, coder))
        .moment("creationDateTime", millis);
}

/// When a thing was made, as far as its identity tells.
pub(super) fn made<K>(id: Id<K>) -> Option<i64> {
    id.made_millis()
        .and_then(|millis| i64::try_from(millis).ok())
}

/// Writes an attachment; `path` is that of its file, where there is one.
pub(super) fn attachment(
    xml: &mut Xml,
    plan: &Plan<'_>,
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
        .guid("guid", plan.guids.of(Kind::Attachment, attachment.id))
        .attribute("name", &attachment.name);
    if let Some(path) = path {
        xml.attribute("path", path);
    }
    xml.moment("creationDateTime", made(attachment.id));
    xml.end();
}
