//! The turns that may match a query according to the index, and their numbers of hits where words alone decide.
//!
//! The index knows words and positions, but neither stops, patterns nor the context of a turn. For every node of a query
//! it therefore computes two sets: the turns that certainly match, and those that possibly match. NOT swaps them.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{InvertedIndexReader, SegmentReader, postings::TermInfo};

use crate::{
    model::{Project, ids::DocumentId},
    search::query::{Around, HitLeaves, Near, Query, QueryNode, Spanned},
};

use super::{Index, IndexError, PLACE, Snapshot, bits::Bits, postings, stems::Stems, unpack_place};

/// What the index knows about the hits of a query.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// True if the counts are exactly those of the hits; otherwise every hit is in one of the turns, but not every turn has one.
    pub exact: bool,
    /// The documents that the index knows, with their counts; all others must be read.
    hits: BTreeMap<DocumentId, usize>,
    /// Indexes of `documents` with the units that may match; a unit can occur twice.
    units: Vec<(u32, u32)>,
    documents: Vec<DocumentId>,
}

impl Candidates {
    /// Returns true if a document may have hits, according to the index or because the index doesn't know it.
    pub fn may_have_hits(&self, document: DocumentId) -> bool {
        self.hits.get(&document).is_none_or(|&hits| hits > 0)
    }

    /// The number of hits in a document, or of turns that may have some; `None` if the index doesn't know the document.
    pub fn hits_in(&self, document: DocumentId) -> Option<usize> {
        self.hits.get(&document).copied()
    }

    /// The units of some documents that may match, in order.
    pub fn units_in(&self, documents: &BTreeSet<DocumentId>) -> BTreeMap<DocumentId, Vec<u32>> {
        let chosen: Vec<bool> = self
            .documents
            .iter()
            .map(|document| documents.contains(document))
            .collect();
        let mut units: BTreeMap<DocumentId, Vec<u32>> = BTreeMap::new();
        if documents.is_empty() {
            return units;
        }
        // Distributed by index instead of by map: a frequent word has hundreds of thousands of units.
        let mut by_document: Vec<Vec<u32>> = vec![Vec::new(); self.documents.len()];
        for &(document, unit) in self
            .units
            .iter()
            .filter(|(document, _)| chosen[*document as usize])
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

/// Returns true if positions alone decide whether a turn matches, and count its hits.
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
    /// Finds the turns that may match a query.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn candidates(&self, query: &Query, project: &Project) -> Result<Candidates, IndexError> {
        self.reading(|| self.candidates_uncaught(query, project))
    }

    fn candidates_uncaught(
        &self,
        query: &Query,
        project: &Project,
    ) -> Result<Candidates, IndexError> {
        let snapshot = self.snapshot();
        let mut counts = CandidateCounts::new(&snapshot, project);
        let mut stems = self
            .stems
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if query
            .terms
            .iter()
            .any(|term| matches!(term, crate::search::query::Term::Stem(_)))
        {
            stems.read_new_segments(&snapshot.searcher, self.fields.text)?;
        }
        for segment in snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.text)?;
            let segment = SegmentMatcher::new(segment, &index, query, &stems)?;
            segment.count(query, &mut counts)?;
        }
        Ok(counts.finish(is_exact(query)))
    }
}

/// Collects turns and counts by document.
struct CandidateCounts {
    /// The index in `documents` of each document number; `u32::MAX` for a document whose text has changed since.
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
                places[entry.number as usize] =
                    u32::try_from(documents.len()).expect("documents are numbered in 32 bits");
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
        let (number, unit) = unpack_place(place);
        let document = self.places.get(number as usize);
        let Some(&document) = document.filter(|&&document| document != u32::MAX) else {
            return;
        };
        self.hits[document as usize] += hits as usize;
        self.units.push((document, unit));
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

/// Matches a query against a segment of the index.
struct SegmentMatcher<'a> {
    reader: &'a SegmentReader,
    index: &'a InvertedIndexReader,
    /// The words that match each term of the query.
    words: Vec<Vec<TermInfo>>,
    /// The location of each turn.
    places: std::sync::Arc<dyn tantivy::columnar::ColumnValues<u64>>,
}

/// A match: its turn, its first and its last position.
type Match = (u32, u32, u32);

/// The turns that certainly match, and those that possibly match.
struct Bounds {
    sure: Bits,
    possible: Bits,
}

impl Bounds {
    /// For what the index can't confirm: no turn is certain.
    fn only_possible(possible: Bits, bound: u32) -> Self {
        Self {
            sure: Bits::none(bound),
            possible,
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            sure: self.sure.and(&other.sure),
            possible: self.possible.and(&other.possible),
        }
    }

    fn or(self, other: &Self) -> Self {
        Self {
            sure: self.sure.or(&other.sure),
            possible: self.possible.or(&other.possible),
        }
    }

    fn not(self) -> Self {
        Self {
            sure: self.possible.not(),
            possible: self.sure.not(),
        }
    }
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

    /// Adds the turns and hits of the segment to `counts`.
    fn count(&self, query: &Query, counts: &mut CandidateCounts) -> Result<(), IndexError> {
        // A single word or phrase, the most frequent query, is counted while its postings are read.
        if let QueryNode::Phrase(number) = query.root {
            let phrase = &query.phrases[number];
            if let [slot] = phrase.slots[..] {
                let words = &self.words[slot.term];
                postings::count(self.index, words, &mut |turn, hits| {
                    self.add(turn, hits, counts);
                })?;
            } else {
                let words = &self.words;
                postings::phrase(self.index, query, phrase, words, &mut |turn, found| {
                    let hits = u32::try_from(found.len()).expect("matches begin at u32 positions");
                    self.add(turn, hits, counts);
                })?;
            }
            return Ok(());
        }
        let matches = query
            .phrases
            .iter()
            .map(|phrase| self.matches(query, phrase))
            .collect::<Result<Vec<_>, _>>()?;
        let possible = self.bounds(&query.root, query, &matches).possible;
        let hits_by_turn = hits_by_turn(&query.hit_leaves(), &matches, &possible);
        let mut hits_by_turn = hits_by_turn.iter().peekable();
        for turn in possible.iter() {
            // A turn that matches without a hit leaf, by a NOT alone, is one hit as a whole.
            let hits = hits_by_turn
                .next_if(|(counted, _)| *counted == turn)
                .map_or(1, |(_, hits)| *hits);
            self.add(turn, hits, counts);
        }
        Ok(())
    }

    /// Adds a turn, unless it was deleted; deleted turns remain in the postings until segments are merged.
    fn add(&self, turn: u32, hits: u32, counts: &mut CandidateCounts) {
        if !self.reader.is_deleted(turn) {
            counts.add(self.places.get_val(turn), hits);
        }
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
                let parts = parts.iter().map(|part| self.bounds(part, query, matches));
                parts.fold(all, |all, part| all.and(&part))
            }
            QueryNode::Or(parts) => {
                let none = Bounds::only_possible(Bits::none(bound), bound);
                let parts = parts.iter().map(|part| self.bounds(part, query, matches));
                parts.fold(none, |all, part| all.or(&part))
            }
            QueryNode::Not(part) => self.bounds(part, query, matches).not(),
            QueryNode::Phrase(number) => {
                let possible = Bits::of(bound, matches[*number].iter().map(|found| found.0));
                if query.phrases[*number].has_stop() {
                    // A number that is skipped could be a word instead of a stop.
                    Bounds::only_possible(possible, bound)
                } else {
                    Bounds {
                        sure: possible.clone(),
                        possible,
                    }
                }
            }
            // A turn that matches contains the words of both operands; whether they are near is found by reading it.
            QueryNode::Near(number) => {
                let possible = self.possible_near(&Spanned::Near(*number), query, matches);
                Bounds::only_possible(possible, bound)
            }
            // A turn that matches contains one of the operands; the other can be in another turn.
            QueryNode::Around(number) => {
                let Around {
                    one,
                    other,
                    turns: _,
                } = &query.arounds[*number];
                let one = self.bounds(one, query, matches);
                let other = self.bounds(other, query, matches);
                Bounds::only_possible(one.possible.or(&other.possible), bound)
            }
            QueryNode::Pattern(_) | QueryNode::Field(_) => {
                Bounds::only_possible(Bits::all(bound), bound)
            }
        }
    }

    /// The turns that contain the words of both operands of a NEAR.
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

/// The number of different matches of hit leaves in each of some turns; turns without any are left out.
fn hits_by_turn(leaves: &HitLeaves, matches: &[Vec<Match>], turns: &Bits) -> Vec<(u32, u32)> {
    let phrases = leaves.phrases.iter();
    let mut all: Vec<Match> = phrases
        .flat_map(|&number| matches[number].iter().copied())
        .filter(|found| turns.has(found.0))
        .collect();
    // Sorted and deduplicated, because several phrases can match the same words, which is one hit.
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
