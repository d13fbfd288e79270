//! Positions of terms and phrases in one segment of the index.
//!
//! Tantivy's own phrase queries aren't used: they know neither slop as it is defined here nor several forms of a word, and
//! don't report the positions that counting hits needs.

use std::io;

use tantivy::{
    DocSet as _, InvertedIndexReader, TERMINATED,
    postings::{Postings as _, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use crate::{
    language::{pinyin::characters_of, words::is_han},
    search::{
        matcher::{WordSpan, is_within, spans},
        query::{Phrase, Query, Term},
    },
};

use super::stems::Stems;

/// The words in a segment that match a term.
pub(super) fn words_of(
    index: &InvertedIndexReader,
    term: &Term,
    stems: &Stems,
) -> io::Result<Vec<TermInfo>> {
    let dictionary = index.terms();
    match term {
        Term::Han(word) => Ok(dictionary.get(word)?.into_iter().collect()),
        Term::Stem(stem) => {
            let found = stems
                .words(stem)
                .iter()
                .map(|word| dictionary.get(word.as_bytes()))
                .collect::<io::Result<Vec<_>>>()?;
            Ok(found.into_iter().flatten().collect())
        }
        Term::Exact(word) => Ok(dictionary.get(word)?.into_iter().collect()),
        Term::Sound(syllable) => {
            let read = characters_of(syllable)
                .iter()
                .map(|c| dictionary.get(c.to_string()))
                .collect::<io::Result<Vec<_>>>()?;
            Ok(read.into_iter().flatten().collect())
        }
        Term::Fuzzy(similar, letters) => {
            // All words are compared: the first letter may differ, so no range of the dictionary can be skipped.
            let (mut stream, mut found) = (dictionary.stream()?, Vec::new());
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                if !word.chars().next().is_none_or(is_han) && is_within(word, similar, *letters) {
                    found.push(stream.value().clone());
                }
            }
            Ok(found)
        }
        Term::Prefix(prefix) => {
            let mut stream = dictionary.range().ge(prefix).into_stream()?;
            let mut found = Vec::new();
            // The dictionary is sorted, so all words with the prefix follow one another.
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                found.push(stream.value().clone());
            }
            Ok(found)
        }
    }
}

/// Calls `each` with every turn that contains one of the words, and its frequency there; once for each word in a turn.
pub(super) fn count(
    index: &InvertedIndexReader,
    words: &[TermInfo],
    each: &mut impl FnMut(u32, u32),
) -> io::Result<()> {
    for word in words {
        let mut postings = index.read_postings_from_terminfo(word, IndexRecordOption::WithFreqs)?;
        while postings.doc() != TERMINATED {
            each(postings.doc(), postings.term_freq());
            postings.advance();
        }
    }
    Ok(())
}

/// A cursor over the turns and positions of a term, in order.
enum Cursor {
    /// The postings of a single word, decoded as needed.
    Word(Box<SegmentPostings>),
    /// The merged postings of several words.
    Flat {
        /// Turns and positions.
        entries: Vec<(u32, u32)>,
        /// The index of the entry reached.
        at: usize,
    },
}

impl Cursor {
    fn new(index: &InvertedIndexReader, words: &[TermInfo]) -> io::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        if let [word] = words {
            let postings = index.read_postings_from_terminfo(word, option)?;
            return Ok(Self::Word(Box::new(postings)));
        }
        let (mut entries, mut positions) = (Vec::new(), Vec::new());
        for word in words {
            let mut postings = index.read_postings_from_terminfo(word, option)?;
            while postings.doc() != TERMINATED {
                postings.positions(&mut positions);
                entries.extend(positions.iter().map(|&position| (postings.doc(), position)));
                postings.advance();
            }
        }
        // The entries are one sorted run for each word, which the stable sort merges in linear time.
        entries.sort();
        Ok(Self::Flat { entries, at: 0 })
    }

    fn turn(&self) -> u32 {
        match self {
            Self::Word(postings) => postings.doc(),
            Self::Flat { entries, at } => entries.get(*at).map_or(TERMINATED, |entry| entry.0),
        }
    }

    /// Advances to the first turn that isn't below `turn`, and returns it.
    fn seek(&mut self, turn: u32) -> u32 {
        if self.turn() < turn {
            match self {
                Self::Word(postings) => {
                    postings.seek(turn);
                }
                Self::Flat { entries, at } => {
                    *at += entries[*at..].partition_point(|entry| entry.0 < turn);
                }
            }
        }
        self.turn()
    }

    fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            Self::Word(postings) => postings.positions(out),
            Self::Flat { entries, at } => {
                out.clear();
                let turn = entries.get(*at).map(|entry| entry.0);
                out.extend(
                    entries[*at..]
                        .iter()
                        .take_while(|entry| Some(entry.0) == turn)
                        .map(|entry| entry.1),
                );
            }
        }
    }

    /// Roughly how many turns the term occurs in.
    fn size(&self) -> usize {
        match self {
            Self::Word(postings) => postings.doc_freq() as usize,
            Self::Flat { entries, .. } => entries.len(),
        }
    }
}

/// Calls `each` with every turn that contains a phrase, and its matches; `words` has the words of each term.
pub(super) fn phrase(
    index: &InvertedIndexReader,
    query: &Query,
    phrase: &Phrase,
    words: &[Vec<TermInfo>],
    each: &mut impl FnMut(u32, &[WordSpan]),
) -> io::Result<()> {
    // A word that occurs twice in the phrase is read once.
    let mut terms: Vec<usize> = phrase.slots.iter().map(|slot| slot.term).collect();
    terms.sort_unstable();
    terms.dedup();
    let mut cursors = terms
        .iter()
        .map(|&term| Cursor::new(index, &words[term]))
        .collect::<io::Result<Vec<_>>>()?;
    let mut by_size: Vec<usize> = (0..cursors.len()).collect();
    by_size.sort_by_key(|&number| cursors[number].size());
    let mut positions = vec![Vec::new(); query.terms.len()];
    let mut found = Vec::new();
    let mut turn = 0;
    while let Some(common) = meet(&mut cursors, &by_size, turn) {
        for (cursor, &term) in cursors.iter_mut().zip(&terms) {
            cursor.positions(&mut positions[term]);
        }
        spans(
            phrase,
            |slot| positions[phrase.slots[slot].term].as_slice(),
            &mut found,
        );
        if !found.is_empty() {
            each(common, &found);
        }
        turn = common + 1;
    }
    Ok(())
}

/// The first turn from `turn` on that contains all terms.
fn meet(cursors: &mut [Cursor], by_size: &[usize], mut turn: u32) -> Option<u32> {
    // The rarest term is asked first, since it skips the most turns; after every skip all are asked again.
    'again: loop {
        for &number in by_size {
            let at = cursors[number].seek(turn);
            if at == TERMINATED {
                return None;
            }
            if at > turn {
                turn = at;
                continue 'again;
            }
        }
        return Some(turn);
    }
}
