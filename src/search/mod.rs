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
pub mod fields;
pub mod index;
mod lex;
pub mod matcher;
pub mod parse;
pub mod query;
mod scan;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use regex::Regex;

pub use context::{KeywordInContext, context};
pub use error::QueryError;
pub use index::Index;

use crate::model::{
    Project,
    document::{Content, Document},
    ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
    natural_key,
    text::TextRange,
};

use error::Problem;
use fields::{Fields, FilterSet};
use index::Candidates;
use matcher::Matcher;
use query::{Query, Term};
use scan::{DocumentHits, HitLocation, Task};

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
pub struct Outcome {
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
) -> Result<Outcome, QueryError> {
    let filters = FilterSet::new(&request.filters, corpus.project);
    if request.mode != Mode::Words && request.text.is_empty() {
        return Err(QueryError {
            at: request.whole_text(),
            problem: Problem::Empty,
        });
    }
    match request.pattern()? {
        Some(pattern) => Ok(search_pattern(corpus, &filters, &pattern, request.limit)),
        None => search_words(corpus, index, &filters, request),
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

/// Searches for a regular expression; the index has no use here, because it knows only words.
fn search_pattern(
    corpus: &Corpus<'_>,
    filters: &FilterSet<'_>,
    pattern: &Regex,
    limit: usize,
) -> Outcome {
    let tasks = tasks(corpus.project, filters, |_| true);
    let all: Vec<&Task<'_>> = tasks.iter().collect();
    let hits = scan::run(corpus, &all, &|| (), &|(), task, content| {
        scan::pattern_in(pattern, task, content, limit)
    });
    gather(corpus, &tasks, hits, limit)
}

fn search_words(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    filters: &FilterSet<'_>,
    request: &Request,
) -> Result<Outcome, QueryError> {
    let query = parse_request(corpus.project, request, false)?;
    let outcome = search_query(corpus, index, filters, &query, request.limit)?;
    let has_han = query.terms.iter().any(|term| matches!(term, Term::Han(_)));
    if outcome.total > 0 || has_han {
        return Ok(outcome);
    }
    // Nothing was found and the query is in Latin letters only: it may be pinyin.
    let query = parse_request(corpus.project, request, true)?;
    if !query
        .terms
        .iter()
        .any(|term| matches!(term, Term::Sound(_)))
    {
        return Ok(outcome);
    }
    let as_pinyin = search_query(corpus, index, filters, &query, request.limit)?;
    if as_pinyin.total == 0 {
        return Ok(outcome);
    }
    Ok(Outcome {
        as_pinyin: true,
        ..as_pinyin
    })
}

fn search_query(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    filters: &FilterSet<'_>,
    query: &Query,
    limit: usize,
) -> Result<Outcome, QueryError> {
    let search = WordSearch {
        corpus,
        query,
        fields: Fields::resolve(&query.fields, corpus.project)?,
        limit,
    };
    // A damaged index must not make searching fail: without candidates, all texts are read.
    let candidates = index
        .and_then(|index| index.candidates(query, corpus.project).ok())
        .unwrap_or_default();
    let mut tasks = tasks(corpus.project, filters, |document| {
        candidates.may_have_hits(document.id)
    });
    // The index can count the hits itself only if words alone decide, in the query and in the filters.
    let is_counted = candidates.exact && filters.are_of_documents();
    let counts: Vec<Option<usize>> = tasks
        .iter()
        .map(|task| candidates.hits_in(task.document.id).filter(|_| is_counted))
        .collect();

    let uncounted: Vec<usize> = (0..tasks.len())
        .filter(|&at| counts[at].is_none())
        .collect();
    // A NEAR over turns can match a turn because of another one, so it needs all turns of a document.
    if query.arounds.is_empty() {
        restrict_to_candidates(&mut tasks, &candidates, &uncounted);
    }
    let mut hits = search.read(&tasks, &uncounted);

    // Of the counted documents, only those whose hits are shown have to be read.
    let shown = counted_within_limit(&counts, &hits, limit);
    restrict_to_candidates(&mut tasks, &candidates, &shown);
    hits.extend(search.read(&tasks, &shown));
    for (at, count) in counts.iter().enumerate() {
        if let Some(count) = count {
            hits.entry(at).or_default().total = *count;
        }
    }
    Ok(gather(corpus, &tasks, hits.into_values(), limit))
}

/// A query being searched for by reading texts.
struct WordSearch<'a> {
    corpus: &'a Corpus<'a>,
    query: &'a Query,
    fields: Fields<'a>,
    limit: usize,
}

impl WordSearch<'_> {
    /// The hits of the tasks with these indexes.
    fn read(&self, tasks: &[Task<'_>], indexes: &[usize]) -> BTreeMap<usize, DocumentHits> {
        let chosen: Vec<&Task<'_>> = indexes.iter().map(|&at| &tasks[at]).collect();
        let hits = scan::run(
            self.corpus,
            &chosen,
            &|| Matcher::new(self.query),
            &|matcher, task, content| {
                let fields = self.fields.within(task.document);
                scan::words_in(matcher, &fields, task, content, self.limit)
            },
        );
        indexes.iter().copied().zip(hits).collect()
    }
}

/// The documents that can have hits, in reading order, with what the filters say about each.
fn tasks<'a>(
    project: &'a Project,
    filters: &FilterSet<'_>,
    may_have_hits: impl Fn(&Document) -> bool,
) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'_>> = Vec::new();
    for document in project.documents.values() {
        if may_have_hits(document)
            && let Some(filter) = filters.within(document)
        {
            tasks.push(Task {
                document,
                filter,
                units: None,
            });
        }
    }
    // Sorted only now, because the keys of titles are expensive and most documents may be gone.
    tasks.sort_by_cached_key(|task| (natural_key(&task.document.title), task.document.id));
    tasks
}

/// The indexes of the counted documents whose hits are among the first `limit`.
fn counted_within_limit(
    counts: &[Option<usize>],
    hits: &BTreeMap<usize, DocumentHits>,
    limit: usize,
) -> Vec<usize> {
    let mut left = limit;
    let mut counted = Vec::new();
    for (at, count) in counts.iter().enumerate() {
        if left == 0 {
            break;
        }
        let total = match count {
            Some(count) => {
                counted.push(at);
                *count
            }
            None => hits[&at].total,
        };
        left = left.saturating_sub(total);
    }
    counted
}

/// Restricts the tasks with these indexes to the turns that the index names.
fn restrict_to_candidates(tasks: &mut [Task<'_>], candidates: &Candidates, indexes: &[usize]) {
    let documents = indexes.iter().map(|&at| tasks[at].document.id).collect();
    let mut units = candidates.units_in(&documents);
    for &at in indexes {
        let document = tasks[at].document.id;
        // A document that the index doesn't know is read as a whole.
        if candidates.hits_in(document).is_some() {
            tasks[at].units = Some(units.remove(&document).unwrap_or_default());
        }
    }
}

/// Collects the hits of all documents, which come in the order of the tasks.
fn gather(
    corpus: &Corpus<'_>,
    tasks: &[Task<'_>],
    hits: impl IntoIterator<Item = DocumentHits>,
    limit: usize,
) -> Outcome {
    let mut outcome = Outcome::default();
    for (task, hits) in tasks.iter().zip(hits) {
        let document = task.document;
        outcome.total += hits.total;
        outcome.documents += usize::from(hits.total > 0);
        if hits.unreadable {
            outcome.unreadable.push(document.id);
        }
        let left = limit.saturating_sub(outcome.hits.len());
        if left == 0 || hits.first.is_empty() {
            continue;
        }
        let Some(content) = (corpus.load)(document) else {
            continue;
        };
        for location in hits.first.into_iter().take(left) {
            let (turn, range) = match location {
                HitLocation::Chars(turn, range) => (turn, range),
                HitLocation::Bytes(bytes) => {
                    let range = content.text.range_of_bytes(bytes);
                    (scan::turn_of(&content, range), range)
                }
            };
            outcome.hits.push(Hit {
                document: document.id,
                turn,
                range,
            });
        }
    }
    outcome
}
