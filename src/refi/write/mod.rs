//! Projects and codebooks written as REFI-QDA 1.5 (schema 1.0).
//!
//! Everything keeps its identity as its GUID, so that a file that comes back is known; the same project always gives the same bytes.
//! Texts and memos are files in `sources/`, written first; `project.qde` comes last and is written as it is made.
//! What REFI-QDA can't say is listed, never dropped silently.

mod cases;
mod codes;
mod files;
mod guids;
mod notes;
mod package;
mod passages;
mod plan;
mod positions;
mod sources;
mod variables;
mod xml;

use std::{
    io::{Seek, Write},
    sync::Arc,
};

pub use codes::write_codebook;

use crate::{
    import::loss::Losses,
    message::{
        explain::{Explain, Explanation, system},
        text::Text,
    },
    model::{
        Project,
        document::{Content, Document},
        memo::Anchor,
        text::ContentHash,
    },
};
use codes::{description, note_refs, note_replaced};
use guids::Kind;
use package::Package;
use plan::Plan;
use xml::Xml;

/// For which program positions and line ends are written; the standard leaves them open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// Line feeds, positions in code points, no byte-order mark: the standard taken by its word, and most programs.
    #[default]
    Standard,
    /// NVivo: byte-order mark, CRLF that counts two, positions in UTF-16 units.
    NVivo,
    /// ATLAS.ti and MAXQDA: CRLF that counts one, positions in code points.
    AtlasTi,
}

/// A project and the ways to its texts and files.
pub struct QdpxSource<'a> {
    /// The project.
    pub project: &'a Project,
    /// A document's current text and turns; `None` when it can't be read.
    pub content: &'a dyn Fn(&Document) -> Option<Arc<Content>>,
    /// A stored original or attachment; `None` when it isn't there.
    pub bytes: &'a dyn Fn(ContentHash) -> Option<Vec<u8>>,
}

impl std::fmt::Debug for QdpxSource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sources")
    }
}

/// Why a project wasn't written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum QdpxError {
    /// The disk, or what stands for it.
    File(#[from] std::io::Error),
    /// The archive.
    Archive(#[from] zip::result::ZipError),
    /// A text that isn't there or is damaged.
    NoText(String),
    /// It was cancelled.
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

/// Writes a project (`.qdpx`); gives what of it REFI-QDA can't hold.
///
/// `goes_on` is told how many of how many steps are done, and ends the work by `false`; what has been written so far is then no archive.
///
/// # Errors
/// When a text can't be read, the file can't be written, or the work was ended.
pub fn write_project(
    sources: &QdpxSource<'_>,
    variant: Variant,
    to: impl Write + Seek,
    goes_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Losses, QdpxError> {
    let project = sources.project;
    let mut plan = Plan::new(project, variant);
    let mut package = Package::new(to);
    let documents = project.documents_in_order();
    let steps = 2 * documents.len() + project.attachments.len() + 1;
    let mut done = 0;
    let mut step = || {
        done += 1;
        if goes_on(done, steps) {
            Ok(())
        } else {
            Err(QdpxError::Cancelled)
        }
    };
    let mut written = Vec::with_capacity(documents.len());
    for document in documents {
        written.push(files::document(&mut package, sources, &mut plan, document)?);
        step()?;
    }
    let mut paths = Vec::with_capacity(project.attachments.len());
    for attachment in project.attachments.values() {
        paths.push((
            attachment,
            files::attachment(&mut package, sources, &mut plan, attachment)?,
        ));
        step()?;
    }
    for memo in project.memos.values() {
        files::memo(&mut package, &plan, memo)?;
    }
    // Some 500 bytes a coding: no coding count that fits into memory else comes near the 4 GiB of a plain archive.
    let to = package.begin("project.qde", project.coding_count() as u64 * 1000)?;
    let mut xml = Xml::new();
    head(&mut xml, &mut plan);
    xml.pour(to)?;
    if !written.is_empty() || !paths.is_empty() {
        xml.start("Sources");
        for document in &written {
            sources::document(&mut xml, &mut plan, document, to)?;
            step()?;
        }
        for (attachment, path) in &paths {
            sources::attachment(&mut xml, &plan, attachment, path.as_deref());
        }
        xml.end();
    }
    notes::notes(&mut xml, &plan);
    notes::links(&mut xml, &mut plan);
    notes::sets(&mut xml, &mut plan);
    description(&mut xml, &project.description);
    note_refs(&mut xml, &plan.notes, Anchor::Project);
    xml.end();
    let (rest, replaced) = xml.finish();
    to.write_all(rest.as_bytes())?;
    note_replaced(&mut plan.losses, replaced);
    package.finish()?;
    step()?;
    Ok(plan.losses)
}

/// The project's beginning: users, codes, variables and cases.
fn head(xml: &mut Xml, plan: &mut Plan<'_>) {
    let project = plan.project;
    xml.start("Project")
        .attribute("xmlns", "urn:QDA-XML:project:1.0")
        .attribute("name", &project.title)
        .attribute("origin", &origin());
    // The first coder is who made the project: coders are never older than it, and those of other files have no time of ours.
    let first = project
        .coders
        .keys()
        .min_by_key(|id| (id.made_millis().unwrap_or(u64::MAX), **id));
    if let Some(coder) = first {
        xml.guid("creatingUserGUID", plan.guids.of(Kind::Coder, *coder));
        xml.start("Users");
        for coder in project.coders.values() {
            xml.start("User")
                .guid("guid", plan.guids.of(Kind::Coder, coder.id))
                .attribute("name", &coder.name);
            xml.end();
        }
        xml.end();
    }
    if !project.codebook.codes.is_empty() {
        xml.start("CodeBook");
        codes::codes(xml, project, &plan.guids, &plan.notes, &mut plan.losses);
        xml.end();
    }
    plan.variables.declare(xml);
    cases::cases(xml, plan);
}

/// What the file says it was made by.
fn origin() -> String {
    format!("Tain {}", env!("CARGO_PKG_VERSION"))
}
