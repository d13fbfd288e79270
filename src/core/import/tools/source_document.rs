//! A document of a study beside its original text: codings and cases by the positions that QualCoder and RQDA store.

use super::{builder::StudyBuilder, database::DatabaseRow, normalized::NormalizedText};
use crate::{
    import::{loss::Lost, study::StudyDocument},
    model::{case::Case, memo::Anchor, text::TextRange},
};

/// The name of a link from a case to a passage of its own in a document that belongs to several.
const SPEAKS_IN: &str = "speaks in";

/// A document of a study, with its text as the program stores it.
#[derive(Debug)]
pub(super) struct SourceDocument {
    pub(super) document: StudyDocument,
    pub(super) source: NormalizedText,
}

/// The passage that a row of a database names by two columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoredSpan {
    pub(super) start: i64,
    pub(super) end: i64,
}

impl StoredSpan {
    /// Reads the passage of a row.
    pub(super) fn of_row(row: &DatabaseRow, start: &str, end: &str) -> Self {
        Self {
            start: row.position(start),
            end: row.position(end),
        }
    }
}

impl SourceDocument {
    /// Converts the passage of a coding, and records it as lost if it isn't wholly inside the text.
    ///
    /// What is inside is coded all the same, so only a passage wholly outside is `None`.
    pub(super) fn coded_range(
        &self,
        builder: &mut StudyBuilder,
        span: StoredSpan,
        quoted: &str,
    ) -> Option<TextRange> {
        if !self.source.contains(span.start, span.end) {
            builder.lost(
                Lost::OutsideText,
                format!("{}: {quoted}", self.document.imported.title),
            );
        }
        self.source.range(span.start, span.end)
    }

    /// The anchor of a passage, or the whole document if nothing of the passage is in the text.
    pub(super) fn anchor(&self, span: StoredSpan) -> Anchor {
        match self.source.range(span.start, span.end) {
            Some(range) => Anchor::Segment(self.document.id, range),
            None => Anchor::Document(self.document.id),
        }
    }

    /// Assigns a passage to a case: a link for a part of the document, else the document belongs to the case.
    pub(super) fn assign(
        &mut self,
        builder: &mut StudyBuilder,
        case: &Case,
        span: StoredSpan,
    ) -> Anchor {
        // Up to the last character or the one before it, which often is the final line end, a passage is the whole document.
        let is_whole = span.start <= 0 && !self.source.contains(0, span.end.saturating_add(2));
        match self.anchor(span) {
            passage @ Anchor::Segment(..) if !is_whole => {
                builder.link(SPEAKS_IN, Anchor::Case(case.id), passage);
                passage
            }
            _ => {
                self.document.cases.insert(case.id);
                Anchor::Document(self.document.id)
            }
        }
    }
}
