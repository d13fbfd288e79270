//! Which words of the index have a stem: the index holds words as they are spelled, so that prefixes are exact, and stems are looked up here.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{Searcher, index::SegmentId, schema::Field, termdict::TermMerger};

use crate::{
    language::words::is_han,
    search::{analyser::Stemmer, matcher::may_stem_to},
};

/// Words by stem, of the segments seen so far.
#[derive(Debug, Default)]
pub(super) struct Stems {
    words: BTreeMap<Box<str>, Vec<Box<str>>>,
    segments: BTreeSet<SegmentId>,
}

impl Stems {
    /// Takes in the words of segments that are new.
    pub(super) fn see(&mut self, searcher: &Searcher, text: Field) -> tantivy::Result<()> {
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

    /// The words of a stem.
    pub(super) fn words(&self, stem: &str) -> &[Box<str>] {
        self.words.get(stem).map_or(&[], Vec::as_slice)
    }
}
