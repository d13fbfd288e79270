//! Full-text search: the query language, exact matching, an index that makes it fast, and what is shown of the hits.
//!
//! [`search`] answers a [`Request`] with hits in reading order and their exact number.
//! It asks the [`Index`] which turns can match, and reads the texts that the index doesn't know yet.
//! Both ways tokenize with the same analyser and match with the same code, so the index changes the speed but never the hits.

pub mod analyser;
pub mod collocates;
pub mod concept;
pub mod concordance;
pub mod context;
pub mod dispersion;
pub mod elsewhere;
pub mod error;
mod execute;
pub mod fields;
pub mod filters;
pub mod index;
mod lex;
pub mod matcher;
pub mod parse;
mod phrases;
pub mod query;
mod scan;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc};

use regex::Regex;

pub use context::{KeywordInContext, context};
pub use error::QueryError;
pub use index::Index;

use crate::model::{
    Project,
    document::{Content, Document},
    ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
    text::TextRange,
};

use error::Problem;
use filters::FilterSet;
use query::Query;

/// What is searched: a project, and a way to load its texts.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The project.
    pub project: &'a Project,
    /// Loads the current content of a document, possibly from disk; returns `None` if it is missing or damaged.
    pub load: &'a (dyn Fn(&Document) -> Option<Arc<Content>> + Sync),
}

impl std::fmt::Debug for Corpus<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Corpus({} documents)", self.project.documents.len())
    }
}

/// How the text of a request is interpreted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// As a query, matched against what is said.
    #[default]
    Words,
    /// As a literal string in any case, matched anywhere in the text.
    Literal,
    /// As a regular expression in any case, matched anywhere in the text.
    Regex,
}

/// Conditions that every hit must meet; an empty set is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// The hit overlaps a coding with one of these codes or their descendants.
    pub in_codes: BTreeSet<CodeId>,
    /// The hit overlaps no coding with any of these codes or their descendants.
    pub not_in_codes: BTreeSet<CodeId>,
    /// The document or the speaker belongs to one of these cases or their descendants.
    pub cases: BTreeSet<CaseId>,
    /// Each attribute listed has one of the values given with it, as sheets write them.
    ///
    /// The speaker's case decides; if it has no value, the document or its cases do.
    pub attributes: Vec<(AttributeId, String)>,
    /// The document belongs to one of these phases.
    pub phases: BTreeSet<PhaseId>,
    /// The speaker has one of these labels.
    pub speakers: BTreeSet<String>,
    /// The hit is in one of these documents.
    pub documents: BTreeSet<DocumentId>,
    /// Only codings by these coders count for the codes above; without codes, the hit overlaps any coding by one of them.
    pub coders: BTreeSet<CoderId>,
}

/// A search request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The query, literal string or regular expression.
    pub text: String,
    /// How the text is interpreted.
    pub mode: Mode,
    /// True to match words only in the form in which they are written; false to match all forms of an English word.
    pub exact_forms: bool,
    /// Conditions on the hits.
    pub filters: Filters,
    /// Most hits to return; all hits are counted.
    pub limit: usize,
}

impl Request {
    /// The range of the whole text, for errors that concern all of it.
    fn whole_text(&self) -> TextRange {
        let length = self.text.chars().count();
        TextRange::between(0, u32::try_from(length).unwrap_or(u32::MAX))
    }

    /// The regular expression of a literal or pattern search; `None` for a query.
    fn pattern(&self) -> Result<Option<Regex>, QueryError> {
        match self.mode {
            Mode::Words => Ok(None),
            Mode::Literal => {
                parse::pattern(&regex::escape(&self.text), self.whole_text()).map(Some)
            }
            Mode::Regex => parse::pattern(&self.text, self.whole_text()).map(Some),
        }
    }
}

/// A hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The index of the turn in which the hit begins; `None` outside all turns.
    pub turn: Option<usize>,
    /// The matched text, in code points of the document; never empty.
    pub range: TextRange,
}

/// The result of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchOutcome {
    /// The first hits, by title of the document, then position.
    pub hits: Vec<Hit>,
    /// The exact number of all hits.
    pub total: usize,
    /// The number of documents that have hits.
    pub documents: usize,
    /// Documents that had to be read and couldn't be.
    pub unreadable: Vec<DocumentId>,
    /// True if there was no match for the words as written, and these are the hits of the words read as pinyin.
    pub as_pinyin: bool,
}

/// Finds the hits of a request; uses the index if there is one.
///
/// # Errors
/// The query is invalid.
pub fn search(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    request: &Request,
) -> Result<SearchOutcome, QueryError> {
    let filters = FilterSet::new(&request.filters, corpus.project);
    if request.mode != Mode::Words && request.text.is_empty() {
        return Err(QueryError {
            at: request.whole_text(),
            problem: Problem::Empty,
        });
    }
    match request.pattern()? {
        Some(pattern) => Ok(execute::search_pattern(
            corpus,
            &filters,
            &pattern,
            request.limit,
        )),
        None => execute::search_words(corpus, index, &filters, request),
    }
}

/// Parses the text of a request as a query; with `pinyin`, words in Latin letters are read as pinyin.
///
/// # Errors
/// The query is invalid.
pub fn parse_request(
    project: &Project,
    request: &Request,
    pinyin: bool,
) -> Result<Query, QueryError> {
    parse::parse_as(
        &request.text,
        &parse::ParseOptions {
            exact_forms: request.exact_forms,
            pinyin,
            expansions: &|field, name| concept::expansions(project, field, name),
        },
    )
}
