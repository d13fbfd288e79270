//! Values to bytes for other programs: sheets, documents, pages, a relational database. Never reads a file, never writes one.
//!
//! What goes out is first a plain value: a [`Grid`](grid::Grid) of typed cells, a [`Story`](crate::report::story::Story) of blocks, or a
//! [`Transcript`](transcript::Transcript) with its margin. Each of them has its forms in files of their own.
//! Every form is a function of the project and its texts alone, so the same project gives the same bytes.

pub mod cases;
pub mod codebook;
pub mod codings;
pub mod counts;
pub mod grid;
pub mod masked;
pub mod ods;
pub mod quotations;
pub mod relational;
pub mod scripts;
pub mod separated;
pub mod transcript;
pub mod xlsx;

use std::sync::Arc;

use crate::{
    analysis::frequency::Loader,
    message::language::UiLanguage,
    model::{Project, document::Content, document::Document},
};

/// What everything here is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The project.
    pub project: &'a Arc<Project>,
    /// Its texts.
    pub load: &'a Loader<'a>,
    /// The language of heads and captions where a form has any.
    pub language: UiLanguage,
}

impl Material<'_> {
    /// A document's text and turns; without text where it can't be read.
    fn content(&self, document: &Document) -> Arc<Content> {
        (self.load)(document).unwrap_or_else(|| {
            Arc::new(Content {
                text: crate::model::text::DocumentText::new(""),
                turns: Vec::new(),
            })
        })
    }
}
