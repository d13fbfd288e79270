//! Projects and codebooks, written as REFI-QDA 1.5 (schema 1.0).
//!
//! Everything keeps its identity as its GUID, so that a file that comes back is recognized.
//! The same project always gives the same bytes.
//! Texts and memos are files in `sources/` and are written first; `project.qde` comes last, element by element.
//! What REFI-QDA can't express is reported, never dropped silently.

mod cases;
mod codes;
mod context;
mod files;
mod guids;
mod notes;
mod package;
mod passages;
mod positions;
mod sources;
mod variables;
mod xml;

use std::io::{Seek, Write};

pub use self::{
    codes::write_codebook,
    files::{QdpxError, QdpxSource},
    positions::Variant,
};
use self::{
    codes::{description, note_refs, report_replaced},
    context::WriteContext,
    guids::GuidKind,
    package::ArchiveWriter,
    xml::{XmlWriter, origin},
};
use crate::{
    import::loss::Losses,
    model::{attachment::Attachment, memo::Anchor},
};

/// Counts steps, and ends the work when it is cancelled.
struct WritingProgress<'a> {
    done: usize,
    total: usize,
    progress: &'a mut dyn FnMut(usize, usize) -> bool,
}

impl WritingProgress<'_> {
    fn step(&mut self) -> Result<(), QdpxError> {
        self.done += 1;
        if (self.progress)(self.done, self.total) {
            Ok(())
        } else {
            Err(QdpxError::Cancelled)
        }
    }
}

/// Writes a project as a `.qdpx`, and returns what REFI-QDA can't hold.
///
/// `progress` receives the number of steps that are done and of all steps.
/// If it returns false, the work ends, and what has been written so far is no archive.
///
/// # Errors
/// A text can't be read, the file can't be written, or the work was cancelled.
pub fn write_project(
    sources: &QdpxSource<'_>,
    variant: Variant,
    to: impl Write + Seek,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Losses, QdpxError> {
    let project = sources.project;
    let documents = project.documents_in_order();
    let mut progress = WritingProgress {
        done: 0,
        total: 2 * documents.len() + project.attachments.len() + 1,
        progress,
    };
    let mut context = WriteContext::new(project, variant);
    let mut package = ArchiveWriter::new(to);
    let mut written = Vec::with_capacity(documents.len());
    for document in documents {
        let document = files::document(&mut package, sources, &mut context, document)?;
        written.push(document);
        progress.step()?;
    }
    let mut attachments: Vec<(&Attachment, Option<String>)> = Vec::new();
    for attachment in project.attachments.values() {
        let path = files::attachment(&mut package, sources, &mut context, attachment)?;
        attachments.push((attachment, path));
        progress.step()?;
    }
    for memo in project.memos.values() {
        files::memo(&mut package, &context, memo)?;
    }
    // A coding takes some 500 bytes; twice as much is a safe estimate of whether the file exceeds 4 GiB.
    let to = package.begin("project.qde", project.coding_count() as u64 * 1000)?;
    let mut xml = XmlWriter::new();
    head(&mut xml, &mut context);
    xml.pour(to)?;
    if !written.is_empty() || !attachments.is_empty() {
        xml.start("Sources");
        for document in &written {
            sources::document(&mut xml, &mut context, document, to)?;
            progress.step()?;
        }
        for (attachment, path) in &attachments {
            sources::attachment(&mut xml, &context, attachment, path.as_deref());
        }
        xml.end();
    }
    notes::notes(&mut xml, &context);
    notes::links(&mut xml, &mut context);
    notes::sets(&mut xml, &mut context);
    description(&mut xml, &project.description);
    note_refs(&mut xml, &context.notes, Anchor::Project);
    xml.end();
    let (rest, replaced) = xml.finish();
    to.write_all(rest.as_bytes())?;
    report_replaced(&mut context.losses, replaced);
    package.finish()?;
    progress.step()?;
    Ok(context.losses)
}

/// Writes the beginning of the project: users, codes, variables and cases.
fn head(xml: &mut XmlWriter, context: &mut WriteContext<'_>) {
    let project = context.project;
    xml.start("Project")
        .attribute("xmlns", "urn:QDA-XML:project:1.0")
        .attribute("name", &project.title)
        .attribute("origin", &origin());
    // The creator of the project is its oldest coder; identities from other files have no time and come last.
    let first = project
        .coders
        .keys()
        .min_by_key(|id| (id.made_millis().unwrap_or(u64::MAX), **id));
    if let Some(coder) = first {
        xml.guid(
            "creatingUserGUID",
            context.guids.of(GuidKind::Coder, *coder),
        );
        xml.start("Users");
        for coder in project.coders.values() {
            xml.start("User")
                .guid("guid", context.guids.of(GuidKind::Coder, coder.id))
                .attribute("name", &coder.name);
            xml.end();
        }
        xml.end();
    }
    if !project.codebook.codes.is_empty() {
        xml.start("CodeBook");
        codes::codes(
            xml,
            project,
            &context.guids,
            &context.notes,
            &mut context.losses,
        );
        xml.end();
    }
    context.variables.declare(xml);
    cases::cases(xml, context);
}
