//! Suggested codes for the open document, learnt and made away from the window.

use std::sync::Arc;

use crate::app::{jobs::JobControl, texts::Texts};
use crate::{
    analysis::suggestion::{Model, Quality, Suggestion, evaluate},
    language::segment::Segmenter,
    model::{
        Project,
        document::Document,
        ids::{CodeId, CoderId, DocumentId},
        text::TextRange,
    },
};

/// Parts in which the documents are dealt to measure how good suggestions are.
pub const FOLDS: usize = 5;

/// What was learnt from a coder's codings, and how good it is.
#[derive(Debug)]
pub struct Learnt {
    /// From whose codings.
    pub coder: Option<CoderId>,
    /// The models of the codes.
    pub model: Model,
    /// How good they are on documents they haven't seen.
    pub quality: Quality,
}

/// Suggestions for a document.
#[derive(Debug)]
pub struct Suggested {
    /// What they were made with.
    pub learnt: Arc<Learnt>,
    /// For which document.
    pub document: DocumentId,
    /// The sentences with the codes they may deserve, by position.
    pub list: Vec<(TextRange, Suggestion)>,
}

/// Learns, where nothing was learnt yet, and makes the suggestions for a document; `None` when it was cancelled or the document is gone.
pub fn suggest(
    project: &Project,
    texts: &Texts,
    learnt: Option<Arc<Learnt>>,
    (coder, document): (Option<CoderId>, DocumentId),
    control: &JobControl,
) -> Option<Suggested> {
    let load = |document: &Document| texts.content(document).ok();
    let mut goes_on =
        |done: usize, total: usize| control.progress(done as u64, total as u64).is_ok();
    let learnt = match learnt {
        Some(learnt) => learnt,
        None => {
            let model = Model::train(project, coder, &load, &mut goes_on)?;
            let quality = evaluate(project, coder, &load, FOLDS, &mut goes_on)?;
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

/// Whether a sentence carries a code of the coder's already.
pub fn is_coded(
    document: &Document,
    range: TextRange,
    code: CodeId,
    coder: Option<CoderId>,
) -> bool {
    let own = document
        .codings
        .iter()
        .filter(|coding| coding.code == code && coder.is_none_or(|coder| coding.coder == coder));
    own.into_iter().any(|coding| coding.range.overlaps(range))
}
