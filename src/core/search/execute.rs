//! The steps of a search: which documents can have hits, which of them must be read, and the hits in reading order.

use std::collections::BTreeMap;

use regex::Regex;

use crate::model::{Project, document::Document, natural_key};

use super::{
    Corpus, Hit, Index, QueryError, Request, SearchOutcome,
    fields::Fields,
    filters::FilterSet,
    index::Candidates,
    matcher::Matcher,
    parse_request,
    query::{Query, Term},
    scan::{self, DocumentHits, HitLocation, SearchTask},
};

/// Searches for a regular expression; the index has no use here, because it knows only words.
pub(super) fn search_pattern(
    corpus: &Corpus<'_>,
    filters: &FilterSet<'_>,
    pattern: &Regex,
    limit: usize,
) -> SearchOutcome {
    let tasks = tasks(corpus.project, filters, |_| true);
    let all: Vec<&SearchTask<'_>> = tasks.iter().collect();
    let hits = scan::run(corpus, &all, &|| (), &|(), task, content| {
        scan::pattern_in(pattern, task, content, limit)
    });
    gather(corpus, &tasks, hits, limit)
}

/// Searches for the words of a query, and failing that, for the words read as pinyin.
pub(super) fn search_words(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    filters: &FilterSet<'_>,
    request: &Request,
) -> Result<SearchOutcome, QueryError> {
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
    Ok(SearchOutcome {
        as_pinyin: true,
        ..as_pinyin
    })
}

/// Searches for a query, reading as few texts as the index allows.
fn search_query(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    filters: &FilterSet<'_>,
    query: &Query,
    limit: usize,
) -> Result<SearchOutcome, QueryError> {
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
    fn read(&self, tasks: &[SearchTask<'_>], indexes: &[usize]) -> BTreeMap<usize, DocumentHits> {
        let chosen: Vec<&SearchTask<'_>> = indexes.iter().map(|&at| &tasks[at]).collect();
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
) -> Vec<SearchTask<'a>> {
    let mut tasks: Vec<SearchTask<'_>> = Vec::new();
    for document in project.documents.values() {
        if may_have_hits(document)
            && let Some(filter) = filters.within(document)
        {
            tasks.push(SearchTask {
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
fn restrict_to_candidates(
    tasks: &mut [SearchTask<'_>],
    candidates: &Candidates,
    indexes: &[usize],
) {
    let documents = indexes.iter().map(|&at| tasks[at].document.id).collect();
    let mut units = candidates.units_in(&documents);
    for &at in indexes {
        let document = tasks[at].document.id;
        // A document that the index doesn't know is read as a whole.
        if candidates.hits_in(document).is_some() {
            // Without any turn that may match, there is nothing to read in it.
            tasks[at].units = Some(units.remove(&document).unwrap_or_default());
        }
    }
}

/// Collects the hits of all documents, which come in the order of the tasks.
fn gather(
    corpus: &Corpus<'_>,
    tasks: &[SearchTask<'_>],
    hits: impl IntoIterator<Item = DocumentHits>,
    limit: usize,
) -> SearchOutcome {
    let mut outcome = SearchOutcome::default();
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
