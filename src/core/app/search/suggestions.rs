//! Suggestions of codes for a document, computed by a job.

use std::sync::Arc;

use crate::app::{jobs::JobControl, texts::Texts};
use crate::{
    analysis::{
        Loader,
        suggestion::{Model, Quality, Suggestion, evaluate},
    },
    language::segment::Segmenter,
    model::{
        Project,
        document::Document,
        ids::{CodeId, CoderId, DocumentId},
        text::TextRange,
    },
};

/// The number of parts into which the documents are divided to measure the quality of suggestions.
pub const FOLDS: usize = 5;

/// What was learnt from a coder's codings, and its quality.
#[derive(Debug)]
pub struct Learnt {
    /// The coder; `None` for all coders.
    pub coder: Option<CoderId>,
    /// The models of the codes.
    pub model: Model,
    /// The quality on documents that were not learnt from.
    pub quality: Quality,
}

/// Suggestions for a document.
#[derive(Debug)]
pub struct Suggested {
    /// What they are based on.
    pub learnt: Arc<Learnt>,
    /// The document.
    pub document: DocumentId,
    /// The sentences and the suggested codes, by position.
    pub list: Vec<(TextRange, Suggestion)>,
}

/// Suggests codes for a document, after learning from the coder's codings if `learnt` is `None`.
///
/// Returns `None` if the user cancels or the document is gone.
pub fn suggest(
    project: &Project,
    texts: &Texts,
    learnt: Option<Arc<Learnt>>,
    coder: Option<CoderId>,
    document: DocumentId,
    control: &JobControl,
) -> Option<Suggested> {
    let load: &Loader<'_> = &|document| texts.content(document).ok();
    let learnt = match learnt {
        Some(learnt) => learnt,
        None => {
            let progress = &mut |done: usize, total: usize| {
                control.progress(done as u64, total as u64).is_ok()
            };
            let model = Model::train(project, coder, load, progress)?;
            let quality = evaluate(project, coder, load, FOLDS, progress)?;
            Arc::new(Learnt {
                coder,
                model,
                quality,
            })
        }
    };
    let open = project.documents.get(&document)?;
    let content = load(open)?;
    let segmenter = Segmenter::of_project(project);
    let list = learnt
        .model
        .suggest_document(open, &content, coder, &segmenter);
    Some(Suggested {
        learnt,
        document,
        list,
    })
}

/// Returns true if a coding of the coder with this code overlaps a sentence.
pub fn is_coded(
    document: &Document,
    range: TextRange,
    code: CodeId,
    coder: Option<CoderId>,
) -> bool {
    document.codings.iter().any(|coding| {
        coding.code == code
            && coder.is_none_or(|coder| coding.coder == coder)
            && coding.range.overlaps(range)
    })
}
