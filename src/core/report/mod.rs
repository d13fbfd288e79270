//! Whole reports: a project's views, quotations and codebook as one document, written as HTML, Word and PDF.

mod columns;
pub mod compose;
pub mod document;
pub mod docx;
pub mod html;
pub mod pages;
pub mod pseudonyms;
