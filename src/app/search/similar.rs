//! Passages like another one, with the words they share.

use std::collections::BTreeSet;

use crate::app::Session;
use crate::{
    language::{fold::fold, segment::Segmenter, words::is_function_word},
    model::{ids::DocumentId, text::TextRange},
    search::{Index, index::IndexError},
};

/// A turn that is like a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// In which document.
    pub document: DocumentId,
    /// What is said in it.
    pub range: TextRange,
    /// The words it shares with the passage, the longest first; never empty.
    pub shared: Vec<String>,
}

/// The turns of other places most like a passage, the likest first.
///
/// # Errors
/// When the index can't be read.
pub fn similar(
    session: &Session,
    index: &Index,
    document: DocumentId,
    range: TextRange,
    limit: usize,
) -> Result<Vec<Similar>, IndexError> {
    let project = session.project();
    let content = project
        .documents
        .get(&document)
        .and_then(|document| session.content(document).ok());
    let Some(text) = content
        .as_ref()
        .and_then(|content| content.text.slice(range))
    else {
        return Ok(Vec::new());
    };
    let segmenter = Segmenter::of_project(project);
    let own = words(text, &segmenter);
    let mut found = Vec::new();
    for (id, turn, _) in index.similar(project, text, limit * 3)? {
        let Some(content) = project
            .documents
            .get(&id)
            .and_then(|document| session.content(document).ok())
        else {
            continue;
        };
        let Some(said) = content
            .turns
            .get(turn)
            .map(crate::model::document::Turn::said)
        else {
            continue;
        };
        if id == document && said.overlaps(range) {
            continue;
        }
        let theirs = words(content.text.slice(said).unwrap_or_default(), &segmenter);
        let mut shared: Vec<String> = own.intersection(&theirs).cloned().collect();
        shared.sort_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
        if !shared.is_empty() {
            found.push(Similar {
                document: id,
                range: said,
                shared,
            });
        }
    }
    found.truncate(limit);
    Ok(found)
}

fn words(text: &str, segmenter: &Segmenter) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let word = |range: TextRange| -> String {
        chars
            .get(range.start() as usize..range.end() as usize)
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let all = segmenter
        .words(text)
        .into_iter()
        .map(|range| fold(&word(range)));
    all.filter(|word| word.chars().any(char::is_alphabetic) && !is_function_word(word))
        .collect()
}
