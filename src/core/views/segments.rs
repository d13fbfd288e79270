//! The segments of a code, for views whose figures are not cells of a table of frequencies.

use std::sync::Arc;

use crate::{
    analysis::frequency::{Filter, picked, table::Segment},
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CodeId, DocumentId},
        natural_key,
    },
};

/// The segment of a coding.
pub(super) fn segment(document: DocumentId, coding: &Coding) -> Segment {
    Segment {
        document,
        coding: coding.id,
        range: coding.range,
    }
}

/// The documents that a filter lets through, by title.
pub(super) fn documents_by_title<'a>(
    project: &'a Project,
    filter: &Filter,
) -> Vec<&'a Arc<Document>> {
    let mut documents = picked(project, filter);
    documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    documents
}

/// The segments of a code and of all codes below it.
pub(super) fn segments_below(project: &Project, filter: &Filter, code: CodeId) -> Vec<Segment> {
    let codes = project.codebook.with_descendants(code);
    segments_with(project, filter, |code| codes.contains(&code))
}

fn segments_with(
    project: &Project,
    filter: &Filter,
    counts: impl Fn(CodeId) -> bool,
) -> Vec<Segment> {
    let mut segments = Vec::new();
    for document in documents_by_title(project, filter) {
        segments.extend(
            document
                .codings
                .iter()
                .filter(|coding| counts(coding.code))
                .filter(|coding| filter.coders.is_empty() || filter.coders.contains(&coding.coder))
                .map(|coding| segment(document.id, coding)),
        );
    }
    segments
}
