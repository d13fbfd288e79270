//! Texts of a project become documents, with their turns found and their words counted.

use std::sync::Arc;

use super::{sources::SourceText, values::with_line_feeds};
use crate::import::{ImportedDocument, document_of_text};

/// The number of texts for which a thread pays off.
const WORTH_A_THREAD: usize = 32;

/// Finds turns and counts words in all texts, distributed over the processors.
pub(super) fn import_texts(texts: &mut [SourceText<'_>]) -> Vec<ImportedDocument> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(texts.len() / WORTH_A_THREAD);
    if threads < 2 {
        return texts.iter_mut().map(import_text).collect();
    }
    let parts = texts.chunks_mut(texts.len().div_ceil(threads));
    std::thread::scope(|scope| {
        let workers: Vec<_> = parts
            .map(|part| scope.spawn(|| part.iter_mut().map(import_text).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                // A panic in a worker is one of the whole import.
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

fn import_text(text: &mut SourceText<'_>) -> ImportedDocument {
    let words = if memchr::memchr(b'\r', text.raw.as_bytes()).is_some() {
        with_line_feeds(&text.raw).into()
    } else {
        Arc::clone(&text.raw)
    };
    document_of_text(
        text.title.clone(),
        std::mem::take(&mut text.file),
        format!("REFI-QDA, {}", text.encoding),
        words,
        text.original.take(),
    )
}
