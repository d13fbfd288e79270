//! What a search found, as passages to be coded: the hits themselves, their sentences or their turns. Nothing is coded here.

use std::sync::Arc;

use crate::app::Session;
use crate::{
    language::sentence::sentence_at,
    model::{
        document::{Content, Document},
        ids::{CodeId, CoderId, DocumentId},
        text::TextRange,
    },
    search::{Corpus, Hit},
};

/// What of the text around a hit is coded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// The words found.
    Hit,
    /// The sentence in which they begin.
    #[default]
    Sentence,
    /// The turn in which they begin.
    Turn,
}

/// A passage that could be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// In which document.
    pub document: DocumentId,
    /// The passage.
    pub range: TextRange,
    /// The hits in it.
    pub hits: Vec<Hit>,
    /// Whether the coder has coded all of it with the code already.
    pub is_coded: bool,
}

/// The passages of hits, which come by document and position; hits in the same sentence or turn share one.
///
/// `code` says which codings, and by whom, make a passage one that is coded already.
pub fn proposals_in(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    unit: Unit,
    code: Option<(CodeId, CoderId)>,
) -> Vec<Proposal> {
    let mut all: Vec<Proposal> = Vec::new();
    let mut open: Option<(DocumentId, &Document, Arc<Content>)> = None;
    for hit in hits {
        if open.as_ref().is_none_or(|(id, ..)| *id != hit.document) {
            let document = corpus.project.documents.get(&hit.document);
            open = document
                .and_then(|document| Some((hit.document, &**document, (corpus.load)(document)?)));
        }
        let Some((_, document, content)) = &open else {
            continue;
        };
        let range = passage(content, hit, unit);
        match all
            .last_mut()
            .filter(|last| last.document == hit.document && last.range == range)
        {
            Some(last) => last.hits.push(*hit),
            None => {
                let is_coded =
                    code.is_some_and(|(code, coder)| is_coded(document, range, code, coder));
                all.push(Proposal {
                    document: hit.document,
                    range,
                    hits: vec![*hit],
                    is_coded,
                });
            }
        }
    }
    all
}

/// The passages of hits in an open project; those that the acting coder has coded with the code are marked.
pub fn proposals(session: &Session, hits: &[Hit], unit: Unit, code: CodeId) -> Vec<Proposal> {
    let texts = session.texts();
    let load = |document: &Document| texts.content(document).ok();
    let corpus = Corpus {
        project: session.project(),
        load: &load,
    };
    proposals_in(
        &corpus,
        hits,
        unit,
        session.coder().map(|coder| (code, coder)),
    )
}

/// The passage of a hit.
fn passage(content: &Content, hit: &Hit, unit: Unit) -> TextRange {
    let turn = hit.turn.and_then(|turn| content.turns.get(turn));
    let said = turn.map_or(content.text.range(), crate::model::document::Turn::said);
    match unit {
        Unit::Hit => hit.range,
        Unit::Turn if turn.is_some() => said,
        // A document without turns is no passage: its sentences are.
        Unit::Sentence | Unit::Turn => {
            let within = content
                .text
                .slice(said)
                .map(|text| sentence_at(text, hit.range.start().saturating_sub(said.start())));
            let sentence = within.map(|range| {
                TextRange::between(said.start() + range.start(), said.start() + range.end())
            });
            sentence
                .filter(|sentence| !sentence.is_empty())
                .map_or(hit.range, |sentence| {
                    TextRange::between(
                        sentence.start().min(hit.range.start()),
                        sentence.end().max(hit.range.end()),
                    )
                })
        }
    }
}

/// Whether a coding of the coder with the code covers a passage.
fn is_coded(document: &Document, range: TextRange, code: CodeId, coder: CoderId) -> bool {
    let own = document
        .codings
        .iter()
        .filter(|coding| coding.code == code && coding.coder == coder);
    own.into_iter()
        .any(|coding| coding.range.start() <= range.start() && range.end() <= coding.range.end())
}
