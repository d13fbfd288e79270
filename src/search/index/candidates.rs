//! The turns that may match a query, and where the index knows it all, how many hits they have.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{InvertedIndexReader, SegmentReader, postings::TermInfo};

use crate::{
    model::{Project, ids::DocumentId},
    search::query::{Around, HitLeaves, Near, Query, QueryNode, Spanned},
};

use super::{Index, IndexError, PLACE, Snapshot, bits::Bits, postings, stems::Stems};

/// What the index knows about a query.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Whether the numbers are those of the hits; otherwise every hit lies in a turn named here, but not every turn has one.
    pub exact: bool,
    /// Documents the index answers for, with their number of hits; what isn't here must be read.
    hits: BTreeMap<DocumentId, usize>,
    /// Turns by the place of their document in `documents`; some may come twice.
    units: Vec<(u32, u32)>,
    documents: Vec<DocumentId>,
}

impl Candidates {
    /// Whether a document may have hits: because the index says so, or because it doesn't know the document.
    pub fn may_hold(&self, document: DocumentId) -> bool {
        self.hits.get(&document).is_none_or(|&hits| hits > 0)
    }

    /// How many hits, or at least turns that may have some, a document has; `None` when the index doesn't know it.
    pub fn hits_in(&self, document: DocumentId) -> Option<usize> {
        self.hits.get(&document).copied()
    }

    /// The units (turns) of these documents that may match, in order.
    pub fn units_in(&self, documents: &BTreeSet<DocumentId>) -> BTreeMap<DocumentId, Vec<u32>> {
        let wanted: Vec<bool> = self
            .documents
            .iter()
            .map(|document| documents.contains(document))
            .collect();
        let mut units: BTreeMap<DocumentId, Vec<u32>> = BTreeMap::new();
        if documents.is_empty() {
            return units;
        }
        let mut by_document: Vec<Vec<u32>> = vec![Vec::new(); self.documents.len()];
        for &(document, unit) in self
            .units
            .iter()
            .filter(|(document, _)| wanted[*document as usize])
        {
            by_document[document as usize].push(unit);
        }
        for (&document, mut numbers) in self
            .documents
            .iter()
            .zip(by_document)
            .filter(|(_, numbers)| !numbers.is_empty())
        {
            numbers.sort_unstable();
            numbers.dedup();
            units.insert(document, numbers);
        }
        units
    }
}

/// Whether positions alone decide a query, and count its hits.
fn is_exact(query: &Query) -> bool {
    let apart = query.nears.is_empty() && query.arounds.is_empty();
    apart
        && query.patterns.is_empty()
        && query.fields.is_empty()
        && !query
            .phrases
            .iter()
            .any(crate::search::query::Phrase::has_stop)
}

impl Index {
    /// The turns that may match a query.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn candidates(&self, query: &Query, project: &Project) -> Result<Candidates, IndexError> {
        let snapshot = self.snapshot();
        let mut tally = CandidateCounts::new(&snapshot, project);
        let mut stems = self
            .stems
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if query
            .terms
            .iter()
            .any(|term| matches!(term, crate::search::query::Term::Stem(_)))
        {
            stems.see(&snapshot.searcher, self.fields.text)?;
        }
        for segment in snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.text)?;
            let segment = SegmentMatcher::new(segment, &index, query, &stems)?;
            segment.tally(query, &mut tally)?;
        }
        Ok(tally.finish(is_exact(query)))
    }
}

/// Counts by document.
struct CandidateCounts {
    /// Place of a document in `documents` by its number in the index; `u32::MAX` for one that doesn't fit.
    places: Vec<u32>,
    documents: Vec<DocumentId>,
    hits: Vec<usize>,
    units: Vec<(u32, u32)>,
}

impl CandidateCounts {
    fn new(snapshot: &Snapshot, project: &Project) -> Self {
        let known = &snapshot.manifest.documents;
        let bound = known
            .values()
            .map(|entry| entry.number as usize + 1)
            .max()
            .unwrap_or(0);
        let (mut places, mut documents) = (vec![u32::MAX; bound], Vec::new());
        for (id, entry) in known {
            if project
                .documents
                .get(id)
                .is_some_and(|document| snapshot.manifest.fits(document))
            {
                places[entry.number as usize] = u32::try_from(documents.len()).unwrap_or(u32::MAX);
                documents.push(*id);
            }
        }
        Self {
            places,
            hits: vec![0; documents.len()],
            documents,
            units: Vec::new(),
        }
    }

    fn add(&mut self, place: u64, hits: u32) {
        let number = (place >> 32) as usize;
        let Some(&document) = self.places.get(number).filter(|&&place| place != u32::MAX) else {
            return;
        };
        self.hits[document as usize] += hits as usize;
        self.units.push((
            document,
            u32::try_from(place & u64::from(u32::MAX)).unwrap_or(u32::MAX),
        ));
    }

    fn finish(self, exact: bool) -> Candidates {
        let Self {
            places: _,
            documents,
            hits,
            units,
        } = self;
        Candidates {
            exact,
            hits: documents.iter().copied().zip(hits).collect(),
            units,
            documents,
        }
    }
}

/// A segment with the words of the query's terms.
struct SegmentMatcher<'a> {
    reader: &'a SegmentReader,
    index: &'a InvertedIndexReader,
    words: Vec<Vec<TermInfo>>,
    places: std::sync::Arc<dyn tantivy::columnar::ColumnValues<u64>>,
}

/// Turn, first and last position of a match.
type Match = (u32, u32, u32);

/// The turns that match surely, and those that may.
struct Bounds {
    sure: Bits,
    possible: Bits,
}

impl<'a> SegmentMatcher<'a> {
    fn new(
        reader: &'a SegmentReader,
        index: &'a InvertedIndexReader,
        query: &Query,
        stems: &Stems,
    ) -> Result<Self, IndexError> {
        let words = query
            .terms
            .iter()
            .map(|term| postings::words_of(index, term, stems))
            .collect::<std::io::Result<_>>()?;
        let places = reader.fast_fields().column_first_or_default(PLACE)?;
        Ok(Self {
            reader,
            index,
            words,
            places,
        })
    }

    fn tally(&self, query: &Query, tally: &mut CandidateCounts) -> Result<(), IndexError> {
        let alive = |turn: u32| !self.reader.is_deleted(turn);
        let mut add = |turn: u32, hits: u32| {
            if alive(turn) {
                tally.add(self.places.get_val(turn), hits);
            }
        };
        if let QueryNode::Phrase(number) = query.root {
            let phrase = &query.phrases[number];
            if let [slot] = phrase.slots[..] {
                postings::count(self.index, &self.words[slot.term], &mut add)?;
            } else {
                let n = |found: &[(u32, u32)]| u32::try_from(found.len()).unwrap_or(u32::MAX);
                postings::phrase(
                    self.index,
                    query,
                    phrase,
                    &self.words,
                    &mut |turn, found| add(turn, n(found)),
                )?;
            }
            return Ok(());
        }
        let matches = query
            .phrases
            .iter()
            .map(|phrase| self.matches(query, phrase))
            .collect::<Result<Vec<_>, _>>()?;
        let Bounds { sure: _, possible } = self.bounds(&query.root, query, &matches);
        let counts = counts(&query.hit_leaves(), &matches, &possible);
        let mut counts = counts.iter().peekable();
        for turn in possible.iter() {
            let hits = counts
                .next_if(|(counted, _)| *counted == turn)
                .map_or(1, |(_, hits)| *hits);
            add(turn, hits);
        }
        Ok(())
    }

    fn matches(
        &self,
        query: &Query,
        phrase: &crate::search::query::Phrase,
    ) -> Result<Vec<Match>, IndexError> {
        let mut matches = Vec::new();
        postings::phrase(
            self.index,
            query,
            phrase,
            &self.words,
            &mut |turn, found| {
                matches.extend(found.iter().map(|&(first, last)| (turn, first, last)));
            },
        )?;
        Ok(matches)
    }

    fn bounds(&self, node: &QueryNode, query: &Query, matches: &[Vec<Match>]) -> Bounds {
        let bound = self.reader.max_doc();
        match node {
            QueryNode::And(parts) => {
                let all = Bounds {
                    sure: Bits::all(bound),
                    possible: Bits::all(bound),
                };
                parts
                    .iter()
                    .map(|part| self.bounds(part, query, matches))
                    .fold(all, |a, b| Bounds {
                        sure: a.sure.and(&b.sure),
                        possible: a.possible.and(&b.possible),
                    })
            }
            QueryNode::Or(parts) => {
                let none = Bounds {
                    sure: Bits::none(bound),
                    possible: Bits::none(bound),
                };
                parts
                    .iter()
                    .map(|part| self.bounds(part, query, matches))
                    .fold(none, |a, b| Bounds {
                        sure: a.sure.or(&b.sure),
                        possible: a.possible.or(&b.possible),
                    })
            }
            QueryNode::Not(part) => {
                let Bounds { sure, possible } = self.bounds(part, query, matches);
                Bounds {
                    sure: possible.not(),
                    possible: sure.not(),
                }
            }
            QueryNode::Phrase(number) => {
                let possible = Bits::of(bound, matches[*number].iter().map(|found| found.0));
                let sure = if query.phrases[*number].has_stop() {
                    Bits::none(bound)
                } else {
                    possible.clone()
                };
                Bounds { sure, possible }
            }
            // A turn that matches holds words of both; that they are near is seen by reading it.
            QueryNode::Near(number) => Bounds {
                sure: Bits::none(bound),
                possible: self.possible_near(&Spanned::Near(*number), query, matches),
            },
            // It holds one of the two; the other may be in another turn.
            QueryNode::Around(number) => {
                let Around {
                    one,
                    other,
                    turns: _,
                } = &query.arounds[*number];
                let (one, other) = (
                    self.bounds(one, query, matches),
                    self.bounds(other, query, matches),
                );
                Bounds {
                    sure: Bits::none(bound),
                    possible: one.possible.or(&other.possible),
                }
            }
            QueryNode::Pattern(_) | QueryNode::Field(_) => Bounds {
                sure: Bits::none(bound),
                possible: Bits::all(bound),
            },
        }
    }
}

impl SegmentMatcher<'_> {
    /// The turns that hold all the words of something near something else.
    fn possible_near(&self, spanned: &Spanned, query: &Query, matches: &[Vec<Match>]) -> Bits {
        let bound = self.reader.max_doc();
        match spanned {
            Spanned::Phrase(number) => {
                Bits::of(bound, matches[*number].iter().map(|found| found.0))
            }
            Spanned::Any(parts) => parts
                .iter()
                .map(|part| self.possible_near(part, query, matches))
                .fold(Bits::none(bound), |all, part| all.or(&part)),
            Spanned::Near(number) => {
                let Near {
                    one,
                    other,
                    words: _,
                } = &query.nears[*number];
                self.possible_near(one, query, matches)
                    .and(&self.possible_near(other, query, matches))
            }
        }
    }
}

/// How many different matches of shown phrases each of these turns has; turns without any are left out.
fn counts(shown: &HitLeaves, matches: &[Vec<Match>], turns: &Bits) -> Vec<(u32, u32)> {
    let shown = shown
        .phrases
        .iter()
        .flat_map(|&number| matches[number].iter().copied());
    let mut all: Vec<Match> = shown.filter(|found| turns.has(found.0)).collect();
    all.sort();
    all.dedup();
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for (turn, _, _) in all {
        match counts.last_mut() {
            Some((last, hits)) if *last == turn => *hits += 1,
            _ => counts.push((turn, 1)),
        }
    }
    counts
}
