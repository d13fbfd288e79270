//! Values to bytes for other programs: tables, pages, transcripts and a relational database. Neither reads nor writes files.
//!
//! An export is first a plain value: an [`DataTable`](crate::table::data::DataTable) of raw values, a [`ReportDocument`](crate::report::document::ReportDocument)
//! of blocks, or a [`CodedTranscript`](transcript::CodedTranscript) with margin notes.
//! Each of them is written in several formats, one file for each.
//! An export depends on nothing but the project and its texts, so the same project gives the same bytes.

pub mod cases;
pub mod codebook;
pub mod codings;
pub mod counts;
pub mod masked;
pub mod ods;
pub mod quotations;
pub mod relational;
pub(crate) mod scripts;
pub mod separated;
pub mod transcript;
pub mod xlsx;

use std::sync::Arc;

use crate::{
    analysis::frequency::Loader,
    message::language::UiLanguage,
    model::{
        Project,
        document::{Content, Document},
        text::DocumentText,
    },
};

/// What every export is made from.
#[derive(Clone, Copy)]
pub struct ExportMaterial<'a> {
    /// The project.
    pub project: &'a Arc<Project>,
    /// Loads the text of a document.
    pub load: &'a Loader<'a>,
    /// The language of headings and captions.
    pub language: UiLanguage,
}

impl ExportMaterial<'_> {
    /// The text and turns of a document.
    ///
    /// A text that can't be read is empty here; [`Exporter`](crate::app::export::Exporter) turns it into an error.
    fn content(&self, document: &Document) -> Arc<Content> {
        (self.load)(document).unwrap_or_else(|| {
            Arc::new(Content {
                text: DocumentText::new(""),
                turns: Vec::new(),
            })
        })
    }
}
