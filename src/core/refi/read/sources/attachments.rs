//! Sources that aren't texts: pictures, recordings, and PDFs without text become attachments.

use super::{SourceReader, name_of, path_of};
use crate::{
    import::{self, loss::Lost},
    model::{
        attachment::{Attachment, AttachmentKind},
        ids::AttachmentId,
        memo::Anchor,
    },
    refi::read::{archive::file_name, values, xml::Element},
};

impl<'t> SourceReader<'_, 't, '_> {
    /// Keeps a picture or recording as an attachment; its codings, which have no text, are reported.
    pub(super) fn attachment(&mut self, source: Element<'t>, kind: AttachmentKind) {
        let name = name_of(source);
        let bytes = path_of(source).and_then(|path| self.file(path, &name));
        let lost = if kind == AttachmentKind::Picture {
            Lost::PictureCoding
        } else {
            Lost::MediaCoding
        };
        for selection in source.children() {
            if selection.name().ends_with("Selection") {
                self.report_codings(selection, lost, &name);
            }
        }
        self.report_codings(source, lost, &name);
        self.attach(source, kind, &name, bytes);
    }

    pub(super) fn attach(
        &mut self,
        source: Element<'t>,
        kind: AttachmentKind,
        name: &str,
        bytes: Option<Vec<u8>>,
    ) {
        let guid = values::identity(source);
        let id: AttachmentId = self.reader.claim(guid, "attachment", |own, guid| {
            own.study
                .attachments
                .iter()
                .any(|(other, _)| other.id.as_u128() == guid)
        });
        let path = path_of(source).map_or(name, file_name);
        let file = if import::ending_of(name).is_empty() {
            format!("{name}.{}", import::ending_of(path))
        } else {
            name.to_owned()
        };
        let attachment = Attachment {
            id,
            name: name.to_owned(),
            kind,
            // Neither name nor path may have an ending.
            file: file.trim_end_matches('.').to_owned(),
            content: None,
            len_bytes: 0,
        };
        self.reader.study.attachments.push((attachment, bytes));
        for _ in source.each("VariableValue") {
            self.reader.study.losses.note(Lost::Value, name);
        }
        self.reader.describe(source, name, Anchor::Project);
    }
}
