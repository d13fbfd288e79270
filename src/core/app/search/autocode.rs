//! The hits of a search as passages to code: the hits themselves, their sentences or their turns.
//!
//! Nothing is coded here; what the user confirms goes through the ordinary edit.

use crate::app::Session;
use crate::{
    language::sentence::sentence_at,
    model::{
        document::{Content, Document, Turn},
        ids::{CodeId, CoderId, DocumentId},
        text::TextRange,
    },
    search::{Corpus, Hit},
};

/// How much of the text around a hit is coded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PassageUnit {
    /// The hit itself.
    Hit,
    /// The sentence in which the hit begins.
    #[default]
    Sentence,
    /// The turn in which the hit begins.
    Turn,
}

/// A passage that could be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The document of the passage.
    pub document: DocumentId,
    /// The range of the passage.
    pub range: TextRange,
    /// The hits in it.
    pub hits: Vec<Hit>,
    /// Whether the coder has already coded all of it with the code.
    pub is_coded: bool,
}

/// The codings that make a passage one that is coded already.
#[derive(Debug, Clone, Copy)]
pub struct ExistingCoding {
    /// The code.
    pub code: CodeId,
    /// The coder.
    pub coder: CoderId,
}

/// The passages of hits; those in the same sentence or turn share one.
///
/// The hits are sorted by document and position.
pub fn proposals_in(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    unit: PassageUnit,
    existing: Option<ExistingCoding>,
) -> Vec<Proposal> {
    let mut all: Vec<Proposal> = Vec::new();
    for of_document in hits.chunk_by(|a, b| a.document == b.document) {
        let Some(document) = corpus.project.documents.get(&of_document[0].document) else {
            continue;
        };
        let Some(content) = (corpus.load)(document) else {
            continue;
        };
        for hit in of_document {
            let range = passage(&content, hit, unit);
            match all.last_mut() {
                Some(last) if last.document == hit.document && last.range == range => {
                    last.hits.push(*hit);
                }
                _ => all.push(Proposal {
                    document: hit.document,
                    range,
                    hits: vec![*hit],
                    is_coded: existing.is_some_and(|existing| existing.covers(document, range)),
                }),
            }
        }
    }
    all
}

/// The passages of hits in an open project, marked if the acting coder has already coded them with the code.
pub fn proposals(
    session: &Session,
    hits: &[Hit],
    unit: PassageUnit,
    code: CodeId,
) -> Vec<Proposal> {
    let texts = session.texts();
    let corpus = Corpus {
        project: session.project(),
        load: &|document| texts.content(document).ok(),
    };
    let existing = session.coder().map(|coder| ExistingCoding { code, coder });
    proposals_in(&corpus, hits, unit, existing)
}

/// The passage of a hit.
fn passage(content: &Content, hit: &Hit, unit: PassageUnit) -> TextRange {
    let turn = hit.turn.and_then(|turn| content.turns.get(turn));
    match (unit, turn) {
        (PassageUnit::Hit, _) => hit.range,
        (PassageUnit::Turn, Some(turn)) => turn.said(),
        // A whole document without turns is too much for a passage, so its sentences are taken.
        (PassageUnit::Sentence | PassageUnit::Turn, _) => {
            sentence_of(content, hit, turn.map_or(content.text.range(), Turn::said))
        }
    }
}

/// The sentence in which a hit begins, extended to the end of the hit.
fn sentence_of(content: &Content, hit: &Hit, within: TextRange) -> TextRange {
    let Some(text) = content.text.slice(within) else {
        return hit.range;
    };
    let offset = within.start();
    // A hit in the speaker's label begins before what is said.
    let sentence = sentence_at(text, hit.range.start().saturating_sub(offset));
    if sentence.is_empty() {
        return hit.range;
    }
    TextRange::between(
        (offset + sentence.start()).min(hit.range.start()),
        (offset + sentence.end()).max(hit.range.end()),
    )
}

impl ExistingCoding {
    /// Returns true if one of the codings covers a passage.
    fn covers(self, document: &Document, range: TextRange) -> bool {
        document.codings.iter().any(|coding| {
            coding.code == self.code && coding.coder == self.coder && coding.range.contains(range)
        })
    }
}
