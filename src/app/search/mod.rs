//! A question of the search page and its answer, made away from the window: hits in groups, and whichever picture of them is asked for.

pub mod autocode;
pub mod index_cache;
pub mod similar;
pub mod smart_codes;
pub mod suggestions;

use std::sync::Arc;

use crate::app::{
    jobs::JobControl,
    search::autocode::{Proposal, Unit, proposals_in},
    texts::Texts,
};
use crate::{
    analysis::code_query::{CodeQuery, CodeQueryError, Extent},
    language::segment::Segmenter,
    message::explain::{Explain, Explanation},
    model::{
        Project,
        document::Document,
        ids::{CodeId, CoderId},
    },
    search::{
        Corpus, Hit, Index, Outcome, QueryError, Request,
        collocates::{Branch, Collocate, collocates, word_tree},
        concordance::{ConcordanceGroup, GroupBy, SortBy, concordance},
        dispersion::{DispersionStrip, dispersion},
        elsewhere::{Elsewhere, search_elsewhere},
        search,
    },
};

/// How the answer is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sight {
    /// Every hit with the words around it.
    #[default]
    Hits,
    /// What comes after the hits, or before them, as a tree of words.
    Tree {
        /// Whether it is what comes before.
        before: bool,
    },
    /// The words that keep company with the hits.
    Collocates,
    /// Where the hits are in the documents.
    Spread,
    /// Memos, codes and cases.
    Elsewhere,
}

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What is looked for.
    pub request: Request,
    /// Whether it is a query over codes; its mode and filters then say nothing.
    pub of_codes: Option<Extent>,
    /// What the hits are put together by.
    pub group: GroupBy,
    /// What they are sorted by.
    pub sort: SortBy,
    /// How they are looked at.
    pub sight: Sight,
    /// Words on each side that count as company.
    pub window: usize,
    /// What of the hits is to be coded, with which code by whom.
    pub coding: Option<(Unit, Option<CodeId>, Option<CoderId>)>,
}

/// An answer.
#[derive(Debug, Default)]
pub struct Answer {
    /// What was found.
    pub outcome: Outcome,
    /// The hits in groups.
    pub groups: Vec<ConcordanceGroup>,
    /// Passages to be coded.
    pub proposals: Vec<Proposal>,
    /// What comes before or after.
    pub tree: Vec<Branch>,
    /// The company of the hits, the closest first.
    pub collocates: Vec<Collocate>,
    /// Where the hits are.
    pub strips: Vec<DispersionStrip>,
    /// How evenly they are spread over the documents; see [`dispersion`].
    pub dp: Option<f64>,
    /// What was found in memos, codes and cases.
    pub elsewhere: Vec<Elsewhere>,
}

/// A question that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum AskError {
    /// One of texts.
    Texts(#[from] QueryError),
    /// One of codings.
    Codes(#[from] CodeQueryError),
}

impl Explain for AskError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Texts(error) => error.explain(),
            Self::Codes(error) => error.explain(),
        }
    }
}

/// What a question is asked of.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The project.
    pub project: Arc<Project>,
    /// Its texts.
    pub texts: Arc<Texts>,
    /// Its index, as far as there is one.
    pub index: Option<Arc<Index>>,
}

/// Answers a question; a cancelled job gives what it has.
///
/// # Errors
/// When the query can't be understood.
pub fn answer(
    asked: &Asked,
    question: &Question,
    control: &JobControl,
) -> Result<Answer, AskError> {
    let Asked {
        project,
        texts,
        index,
    } = asked;
    let load = |document: &Document| texts.content(document).ok();
    let project = &crate::app::search::smart_codes::for_search(
        project,
        if question.of_codes.is_some() {
            ""
        } else {
            &question.request.text
        },
        &load,
    );
    let corpus = Corpus {
        project,
        load: &load,
    };
    let mut answer = Answer::default();
    if question.sight == Sight::Elsewhere && question.of_codes.is_none() {
        answer.elsewhere = search_elsewhere(project, &question.request)?;
        return Ok(answer);
    }
    answer.outcome = match question.of_codes {
        Some(extent) => passages(&corpus, &question.request.text, extent)?,
        None => search(&corpus, index.as_deref(), &question.request)?,
    };
    let hits = &answer.outcome.hits;
    match question.sight {
        Sight::Hits | Sight::Elsewhere => {
            answer.groups = concordance(&corpus, hits, question.group, question.sort)
        }
        Sight::Tree { before } => {
            answer.tree = word_tree(&corpus, hits, before, &Segmenter::of_project(project))
        }
        Sight::Collocates => {
            let segmenter = Segmenter::of_project(project);
            let total = answer.outcome.documents as u64;
            let mut goes_on = |done: usize| control.progress(done as u64, total).is_ok();
            answer.collocates =
                collocates(&corpus, hits, question.window, &segmenter, &mut goes_on)
                    .unwrap_or_default();
        }
        Sight::Spread => (answer.strips, answer.dp) = dispersion(project, hits),
    }
    if let Some((unit, code, coder)) = question.coding {
        answer.proposals = proposals_in(&corpus, hits, unit, code.zip(coder));
    }
    Ok(answer)
}

/// The passages of a query over codes, as hits.
fn passages(corpus: &Corpus<'_>, text: &str, extent: Extent) -> Result<Outcome, CodeQueryError> {
    let query = CodeQuery::parse(text, corpus.project)?;
    let found = query.passages(corpus.project, corpus.load, extent);
    let mut outcome = Outcome {
        total: found.len(),
        ..Outcome::default()
    };
    for of_document in found.chunk_by(|a, b| a.document == b.document) {
        outcome.documents += 1;
        let document = of_document
            .first()
            .and_then(|passage| corpus.project.documents.get(&passage.document));
        let content = document.and_then(|document| (corpus.load)(document));
        let turn = |at| {
            content
                .as_ref()
                .and_then(|content| content.turn_at(at))
                .map(|(turn, _)| turn)
        };
        let hit = |passage: &crate::analysis::code_query::QueryPassage| Hit {
            document: passage.document,
            turn: turn(passage.range.start()),
            range: passage.range,
        };
        outcome.hits.extend(of_document.iter().map(hit));
    }
    Ok(outcome)
}
