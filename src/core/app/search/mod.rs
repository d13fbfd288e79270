//! Answers to the questions of the search page, computed by a job: hits in groups, and the view of them that is shown.

pub mod autocode;
pub mod index_cache;
pub mod similar;
pub mod smart_codes;
pub mod suggestions;

use std::sync::Arc;

use crate::app::{
    jobs::JobControl,
    search::{
        autocode::{ExistingCoding, PassageUnit, Proposal, proposals_in},
        smart_codes::for_search,
    },
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
        Corpus, Hit, Index, QueryError, Request, SearchOutcome,
        collocates::{Branch, Collocate, collocates, word_tree},
        concordance::{ConcordanceGroup, GroupBy, SortBy, concordance},
        dispersion::{DispersionStrip, dispersion},
        elsewhere::{Elsewhere, search_elsewhere},
        search,
    },
};

/// The view of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ResultView {
    /// Every hit with the words around it.
    #[default]
    Hits,
    /// The words after the hits, or before them, as a tree.
    Tree {
        /// Whether it shows the words before.
        before: bool,
    },
    /// The words that often occur near the hits.
    Collocates,
    /// Where the hits are in the documents.
    Spread,
    /// Memos, codes and cases.
    Elsewhere,
}

/// A question of the search page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuestion {
    /// The query with its mode and filters.
    pub request: Request,
    /// For a query over codes, how its passages are cut; mode and filters are then ignored.
    pub of_codes: Option<Extent>,
    /// How hits are grouped.
    pub group: GroupBy,
    /// How hits are sorted.
    pub sort: SortBy,
    /// How hits are shown.
    pub view: ResultView,
    /// The number of words on each side in which collocates are counted.
    pub window: usize,
    /// How hits become passages to code; `None` if nothing is to be coded.
    pub coding: Option<ProposalOptions>,
}

/// How hits become passages to code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProposalOptions {
    /// How much of the text is coded.
    pub unit: PassageUnit,
    /// The code, once it is chosen.
    pub code: Option<CodeId>,
    /// The acting coder.
    pub coder: Option<CoderId>,
}

/// The answer to a question; only the parts that its view needs are filled.
#[derive(Debug, Default)]
pub struct SearchAnswer {
    /// The hits.
    pub outcome: SearchOutcome,
    /// The hits in groups.
    pub groups: Vec<ConcordanceGroup>,
    /// The passages to code.
    pub proposals: Vec<Proposal>,
    /// The words before or after.
    pub tree: Vec<Branch>,
    /// The collocates of the hits, the strongest first.
    pub collocates: Vec<Collocate>,
    /// Where the hits are in each document.
    pub strips: Vec<DispersionStrip>,
    /// How evenly they are dispersed over the documents; see [`dispersion`].
    pub dp: Option<f64>,
    /// The hits in memos, codes and cases.
    pub elsewhere: Vec<Elsewhere>,
}

/// A question that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum SearchError {
    /// One of texts.
    Texts(#[from] QueryError),
    /// One of codings.
    Codes(#[from] CodeQueryError),
}

impl Explain for SearchError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Texts(error) => error.explain(),
            Self::Codes(error) => error.explain(),
        }
    }
}

/// What a question is asked of.
#[derive(Debug, Clone)]
pub struct SearchSource {
    /// The project.
    pub project: Arc<Project>,
    /// Its texts.
    pub texts: Arc<Texts>,
    /// Its index, if there is one.
    pub index: Option<Arc<Index>>,
}

/// Answers a question; a cancelled job returns what it has.
///
/// # Errors
/// The query can't be understood.
pub fn answer(
    source: &SearchSource,
    question: &SearchQuestion,
    control: &JobControl,
) -> Result<SearchAnswer, SearchError> {
    let load = |document: &Document| source.texts.content(document).ok();
    // A query over codes names smart codes in its own language, which needs no copy of the project.
    let project = &match question.of_codes {
        Some(_) => Arc::clone(&source.project),
        None => for_search(&source.project, &question.request.text, &load),
    };
    let corpus = Corpus {
        project,
        load: &load,
    };
    let mut answer = SearchAnswer::default();
    if question.view == ResultView::Elsewhere && question.of_codes.is_none() {
        answer.elsewhere = search_elsewhere(project, &question.request)?;
        return Ok(answer);
    }
    answer.outcome = match question.of_codes {
        Some(extent) => passages(&corpus, &question.request.text, extent)?,
        None => search(&corpus, source.index.as_deref(), &question.request)?,
    };
    let hits = &answer.outcome.hits;
    match question.view {
        ResultView::Hits | ResultView::Elsewhere => {
            answer.groups = concordance(&corpus, hits, question.group, question.sort);
        }
        ResultView::Tree { before } => {
            answer.tree = word_tree(&corpus, hits, before, &Segmenter::of_project(project));
        }
        ResultView::Collocates => {
            let segmenter = Segmenter::of_project(project);
            let total = answer.outcome.documents as u64;
            let counted = collocates(&corpus, hits, question.window, &segmenter, &mut |done| {
                control.progress(done as u64, total).is_ok()
            });
            // Half the collocates would be wrong figures, so a cancelled job has none.
            answer.collocates = counted.unwrap_or_default();
        }
        ResultView::Spread => (answer.strips, answer.dp) = dispersion(project, hits),
    }
    if let Some(ProposalOptions { unit, code, coder }) = question.coding {
        let existing = code
            .zip(coder)
            .map(|(code, coder)| ExistingCoding { code, coder });
        answer.proposals = proposals_in(&corpus, hits, unit, existing);
    }
    Ok(answer)
}

/// The passages of a query over codes, as hits.
fn passages(
    corpus: &Corpus<'_>,
    text: &str,
    extent: Extent,
) -> Result<SearchOutcome, CodeQueryError> {
    let query = CodeQuery::parse(text, corpus.project)?;
    let passages = query.passages(corpus.project, corpus.load, extent);
    let mut outcome = SearchOutcome {
        total: passages.len(),
        ..SearchOutcome::default()
    };
    for of_document in passages.chunk_by(|a, b| a.document == b.document) {
        outcome.documents += 1;
        let document = corpus.project.documents.get(&of_document[0].document);
        let content = document.and_then(|document| (corpus.load)(document));
        for passage in of_document {
            let turn = content
                .as_ref()
                .and_then(|content| content.turn_at(passage.range.start()));
            outcome.hits.push(Hit {
                document: passage.document,
                turn: turn.map(|(index, _)| index),
                range: passage.range,
            });
        }
    }
    Ok(outcome)
}
