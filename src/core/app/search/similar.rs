//! Turns that are similar to a passage, with the words they share.

use std::{cmp::Reverse, collections::BTreeSet};

use crate::app::Session;
use crate::{
    language::{fold::fold, segment::Segmenter, words::is_function_word},
    model::{document::Turn, ids::DocumentId, text::TextRange},
    search::{Index, index::IndexError},
};

/// A turn that is similar to a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// The document of the turn.
    pub document: DocumentId,
    /// What is said in the turn.
    pub range: TextRange,
    /// The words that it shares with the passage, the longest first; never empty.
    pub shared: Vec<String>,
}

/// The turns elsewhere that are most similar to a passage, the most similar first.
///
/// # Errors
/// The index can't be read.
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
    let own = content_words(text, &segmenter);
    let mut found = Vec::new();
    // Turns of the passage itself and those that share only function words are left out, so more are asked for.
    for (id, turn, _score) in index.similar(project, text, limit * 3)? {
        // The index may be older than the project.
        let Some(content) = project
            .documents
            .get(&id)
            .and_then(|document| session.content(document).ok())
        else {
            continue;
        };
        let Some(said) = content.turns.get(turn).map(Turn::said) else {
            continue;
        };
        if id == document && said.overlaps(range) {
            continue;
        }
        let Some(text) = content.text.slice(said) else {
            continue;
        };
        let theirs = content_words(text, &segmenter);
        let mut shared: Vec<String> = own.intersection(&theirs).cloned().collect();
        if shared.is_empty() {
            continue;
        }
        shared.sort_by_key(|word| (Reverse(word.len()), word.clone()));
        found.push(Similar {
            document: id,
            range: said,
            shared,
        });
    }
    found.truncate(limit);
    Ok(found)
}

/// The words of a text, folded, without numbers and function words.
fn content_words(text: &str, segmenter: &Segmenter) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    segmenter
        .words(text)
        .into_iter()
        .map(|range| {
            let word = &chars[range.start() as usize..range.end() as usize];
            fold(&word.iter().collect::<String>())
        })
        .filter(|word| word.chars().any(char::is_alphabetic) && !is_function_word(word))
        .collect()
}
