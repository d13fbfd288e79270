//! Finding text: query language, index, scan, exact hits.
//!
//! [`search`] answers a [`Request`] with hits in reading order and their exact number.
//! It asks the [`index::Index`] where there is one, and reads the texts the index doesn't know yet; both ways cut texts by the same analyser and match by the same code, so that the hits are the same.

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
use scan::{DocumentHits, HitLocation, Task};

/// What is searched: a project, and a way to its texts.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The project.
    pub project: &'a Project,
    /// Gives a document's current content, `None` when it is missing or damaged; it may read it only now.
    pub load: &'a (dyn Fn(&Document) -> Option<Arc<Content>> + Sync),
}

impl std::fmt::Debug for Corpus<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Corpus({} documents)", self.project.documents.len())
    }
}

/// How a request is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The query language, on what is said.
    #[default]
    Words,
    /// These very characters in any case, anywhere in the text.
    Literal,
    /// A regular expression in any case, anywhere in the text.
    Regex,
}

/// What a hit must lie in. An empty set asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// It overlaps a coding with one of these codes or one below.
    pub in_codes: BTreeSet<CodeId>,
    /// It overlaps no coding with any of these codes or one below.
    pub not_in_codes: BTreeSet<CodeId>,
    /// Its document or its speaker belongs to one of these cases or one below.
    pub cases: BTreeSet<CaseId>,
    /// For each attribute named: its speaker's case (failing that, its document or the document's cases) has one of the values given, as sheets write them.
    pub attributes: Vec<(AttributeId, String)>,
    /// Its document belongs to one of these phases.
    pub phases: BTreeSet<PhaseId>,
    /// It is said by one of these, by label.
    pub speakers: BTreeSet<String>,
    /// It stands in one of these documents.
    pub documents: BTreeSet<DocumentId>,
    /// Only codings by these coders count above; without codes, it overlaps a coding by one of them.
    pub coders: BTreeSet<CoderId>,
}

/// A search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The query, words or pattern.
    pub text: String,
    /// How it is meant.
    pub mode: Mode,
    /// Whether words are meant in the very form in which they are written; otherwise in all forms of an English word.
    pub exact_forms: bool,
    /// What the hits must lie in.
    pub filters: Filters,
    /// How many hits are wanted; they are counted beyond it.
    pub limit: usize,
}

/// A place that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The turn in which it begins, `None` outside all turns.
    pub turn: Option<usize>,
    /// The words found, in code points of the document's text; never empty.
    pub range: TextRange,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The first hits, by title of the document, then position.
    pub hits: Vec<Hit>,
    /// How many there are in all, exactly.
    pub total: usize,
    /// How many documents have some.
    pub documents: usize,
    /// Documents that had to be read and couldn't.
    pub unreadable: Vec<DocumentId>,
    /// Whether the words stand nowhere as they were written, and were read as pinyin.
    pub as_pinyin: bool,
}

/// Finds what a request asks for.
///
/// # Errors
/// When the query can't be understood.
pub fn search(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    request: &Request,
) -> Result<Outcome, QueryError> {
    let filters = FilterSet::new(&request.filters, corpus.project);
    let whole = TextRange::between(
        0,
        u32::try_from(request.text.chars().count()).unwrap_or(u32::MAX),
    );
    if request.mode != Mode::Words && request.text.is_empty() {
        return Err(QueryError {
            at: whole,
            problem: Problem::Empty,
        });
    }
    match request.mode {
        Mode::Words => search_words(corpus, index, &filters, request),
        Mode::Literal => Ok(search_pattern(
            corpus,
            &filters,
            &parse::pattern(&regex::escape(&request.text), whole)?,
            request.limit,
        )),
        Mode::Regex => Ok(search_pattern(
            corpus,
            &filters,
            &parse::pattern(&request.text, whole)?,
            request.limit,
        )),
    }
}

fn search_pattern(
    corpus: &Corpus<'_>,
    filters: &FilterSet<'_>,
    pattern: &regex::Regex,
    limit: usize,
) -> Outcome {
    let documents = corpus.project.documents_in_order();
    let tasks = documents.into_iter().filter_map(|document| {
        Some(Task {
            document,
            filter: filters.within(document)?,
            units: None,
        })
    });
    let tasks: Vec<Task<'_>> = tasks.collect();
    let all: Vec<&Task<'_>> = tasks.iter().collect();
    let found = scan::run(corpus, &all, &|| (), &|(), task, content| {
        scan::pattern_in(pattern, task, content, limit)
    });
    gather(
        corpus,
        tasks.iter().map(|task| task.document).zip(found),
        limit,
    )
}

/// Understands the words of a request.
///
/// # Errors
/// When the query can't be understood.
pub fn understand(
    project: &Project,
    request: &Request,
    pinyin: bool,
) -> Result<query::Query, QueryError> {
    let expansions = |field, name: &str| concept::expansions(project, field, name);
    parse::parse_as(
        &request.text,
        &parse::ParseOptions {
            exact_forms: request.exact_forms,
            pinyin,
            expansions: &expansions,
        },
    )
}

fn search_words(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    filters: &FilterSet<'_>,
    request: &Request,
) -> Result<Outcome, QueryError> {
    let query = understand(corpus.project, request, false)?;
    let outcome = search_query(corpus, index, filters, (&query, request.limit))?;
    if outcome.total > 0
        || query
            .terms
            .iter()
            .any(|term| matches!(term, query::Term::Han(_)))
    {
        return Ok(outcome);
    }
    let read = understand(corpus.project, request, true)?;
    if !read
        .terms
        .iter()
        .any(|term| matches!(term, query::Term::Sound(_)))
    {
        return Ok(outcome);
    }
    let read = search_query(corpus, index, filters, (&read, request.limit))?;
    Ok(if read.total > 0 {
        Outcome {
            as_pinyin: true,
            ..read
        }
    } else {
        outcome
    })
}

fn search_query(
    corpus: &Corpus<'_>,
    index: Option<&Index>,
    filters: &FilterSet<'_>,
    (query, limit): (&query::Query, usize),
) -> Result<Outcome, QueryError> {
    let fields = Fields::resolve(&query.fields, corpus.project)?;
    // A damaged index is no reason to find nothing: the texts answer.
    let candidates = index
        .and_then(|index| index.candidates(query, corpus.project).ok())
        .unwrap_or_default();
    let counted = candidates.exact && filters.are_of_documents();
    let mut tasks: Vec<Task<'_>> = Vec::new();
    for document in corpus.project.documents.values() {
        if candidates.may_hold(document.id)
            && let Some(filter) = filters.within(document)
        {
            tasks.push(Task {
                document,
                filter,
                units: None,
            });
        }
    }
    tasks.sort_by_cached_key(|task| (natural_key(&task.document.title), task.document.id));
    let known: Vec<Option<usize>> = tasks
        .iter()
        .map(|task| candidates.hits_in(task.document.id).filter(|_| counted))
        .collect();
    let look = |tasks: &[&Task<'_>]| {
        scan::run(
            corpus,
            tasks,
            &|| Matcher::new(query),
            &|matcher, task, content| {
                scan::words_in(matcher, &fields.within(task.document), task, content, limit)
            },
        )
    };
    // Where turns near by count, all turns of a document are read.
    let by_turn = query.arounds.is_empty();
    give_units(&mut tasks, &candidates, |number| {
        by_turn && (!counted || known[number].is_none())
    });
    let unknown: Vec<usize> = (0..tasks.len())
        .filter(|&number| known[number].is_none())
        .collect();
    let mut found: BTreeMap<usize, DocumentHits> = unknown
        .iter()
        .copied()
        .zip(look(
            &unknown
                .iter()
                .map(|&number| &tasks[number])
                .collect::<Vec<_>>(),
        ))
        .collect();

    let mut wanted = limit;
    let mut shown = BTreeSet::new();
    for (number, total) in known.iter().enumerate() {
        if wanted > 0 && total.is_some() {
            shown.insert(number);
        }
        wanted = wanted.saturating_sub(
            total
                .or_else(|| found.get(&number).map(|found| found.total))
                .unwrap_or(0),
        );
    }
    give_units(&mut tasks, &candidates, |number| shown.contains(&number));
    let read = look(
        &shown
            .iter()
            .map(|&number| &tasks[number])
            .collect::<Vec<_>>(),
    );
    found.extend(shown.into_iter().zip(read));
    for (number, total) in known.iter().enumerate() {
        if let Some(total) = total {
            found.entry(number).or_default().total = *total;
        }
    }
    Ok(gather(
        corpus,
        tasks
            .iter()
            .map(|task| task.document)
            .zip(found.into_values()),
        limit,
    ))
}

/// Tells the chosen tasks which units the index names.
fn give_units(tasks: &mut [Task<'_>], candidates: &Candidates, chosen: impl Fn(usize) -> bool) {
    let documents = tasks
        .iter()
        .enumerate()
        .filter(|(number, _)| chosen(*number))
        .map(|(_, task)| task.document.id)
        .collect();
    let mut units = candidates.units_in(&documents);
    for (number, task) in tasks.iter_mut().enumerate() {
        if chosen(number) && candidates.hits_in(task.document.id).is_some() {
            task.units = Some(units.remove(&task.document.id).unwrap_or_default());
        }
    }
}

/// Puts what the documents hold together, in their order.
fn gather<'a>(
    corpus: &Corpus<'_>,
    found: impl Iterator<Item = (&'a Document, DocumentHits)>,
    limit: usize,
) -> Outcome {
    let mut outcome = Outcome::default();
    for (
        document,
        DocumentHits {
            total,
            places,
            unreadable,
        },
    ) in found
    {
        outcome.total += total;
        outcome.documents += usize::from(total > 0);
        if unreadable {
            outcome.unreadable.push(document.id);
        }
        let left = limit.saturating_sub(outcome.hits.len());
        if left == 0 || places.is_empty() {
            continue;
        }
        let Some(content) = (corpus.load)(document) else {
            continue;
        };
        outcome
            .hits
            .extend(places.into_iter().take(left).map(|place| {
                let (turn, range) = match place {
                    HitLocation::Chars(turn, range) => (turn, range),
                    HitLocation::Bytes(bytes) => {
                        let range = content.text.range_of_bytes(bytes);
                        (scan::turn_of(&content, range), range)
                    }
                };
                Hit {
                    document: document.id,
                    turn,
                    range,
                }
            }));
    }
    outcome
}
