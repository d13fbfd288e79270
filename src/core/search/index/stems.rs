//! The words of the index by their stem.
//!
//! The index contains words as they are spelled, so that prefixes and exact forms can be searched. A search by stem looks
//! up its words here.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{Searcher, index::SegmentId, schema::Field, termdict::TermMerger};

use crate::{
    language::words::is_han,
    search::{analyser::Stemmer, matcher::may_stem_to},
};

/// Words by stem, from the segments read so far.
#[derive(Debug, Default)]
pub(super) struct Stems {
    words: BTreeMap<Box<str>, Vec<Box<str>>>,
    segments: BTreeSet<SegmentId>,
}

impl Stems {
    /// Reads the words of the segments that are new.
    ///
    /// Words of deleted segments are kept: looking them up finds nothing, and removing them would mean reading all segments.
    pub(super) fn read_new_segments(
        &mut self,
        searcher: &Searcher,
        text: Field,
    ) -> tantivy::Result<()> {
        let new: Vec<_> = searcher
            .segment_readers()
            .iter()
            .filter(|segment| !self.segments.contains(&segment.segment_id()))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let inverted = new
            .iter()
            .map(|segment| segment.inverted_index(text))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let streams = inverted
            .iter()
            .map(|index| index.terms().stream())
            .collect::<std::io::Result<Vec<_>>>()?;
        // Merging the dictionaries stems a word once that occurs in several segments.
        let mut merger = TermMerger::new(streams);
        let mut stemmer = Stemmer::default();
        while merger.advance() {
            let Ok(word) = std::str::from_utf8(merger.key()) else {
                continue;
            };
            if word.chars().next().is_none_or(is_han) {
                continue;
            }
            let stem = stemmer.stem(word);
            if may_stem_to(word, &stem) {
                let words = self.words.entry(stem.into()).or_default();
                if !words.iter().any(|known| **known == *word) {
                    words.push(word.into());
                }
            }
        }
        self.segments = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.segment_id())
            .collect();
        Ok(())
    }

    /// The words with a stem.
    pub(super) fn words(&self, stem: &str) -> &[Box<str>] {
        self.words.get(stem).map_or(&[], Vec::as_slice)
    }
}
