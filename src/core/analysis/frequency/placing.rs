//! The rows that a coding is in, by its document, its coder or the turns it overlaps.

use std::sync::Arc;

use crate::{
    analysis::numbering::Numbering,
    model::{coding::Coding, document::Content, ids::OfCoder, text::TextRange},
};

use super::{
    Loader,
    rows::{CountedDocument, DocumentRows},
};

/// Finds the rows of one document's codings.
pub(super) struct Placing<'a> {
    /// The document.
    pub(super) counted: &'a CountedDocument<'a>,
    coders: &'a Numbering<OfCoder>,
    load: &'a Loader<'a>,
    /// The row for whatever belongs to no other.
    pub(super) nowhere: u32,
    /// The text and turns, or `None` if they can't be read, once they were needed.
    content: Option<Option<Arc<Content>>>,
    found: Vec<u32>,
}

impl<'a> Placing<'a> {
    /// Begins a document; its turns are read when a coding needs them.
    pub(super) fn new(
        counted: &'a CountedDocument<'a>,
        coders: &'a Numbering<OfCoder>,
        nowhere: u32,
        load: &'a Loader<'a>,
    ) -> Self {
        Self {
            counted,
            coders,
            load,
            nowhere,
            content: None,
            found: Vec::new(),
        }
    }

    /// The rows that a coding is in, each once; none if the filter by speakers leaves it out.
    pub(super) fn rows_of(&mut self, coding: &Coding) -> &[u32] {
        if let (DocumentRows::Whole(rows), None) = (&self.counted.rows, &self.counted.heard) {
            return rows;
        }
        self.found.clear();
        if !self.is_heard(coding.range) {
            return &self.found;
        }
        match &self.counted.rows {
            DocumentRows::Whole(rows) => return rows,
            DocumentRows::Coder => self.found.push(self.row_of_coder(coding)),
            DocumentRows::Turns {
                speakers,
                everywhere,
            } => {
                self.found.extend(everywhere);
                // Without a row for any speaker, the turns needn't be read.
                if speakers.iter().any(Option::is_some) {
                    let mut found = std::mem::take(&mut self.found);
                    found.extend(
                        self.speakers_in(coding.range)
                            .filter_map(|speaker| *speakers.get(speaker)?),
                    );
                    found.sort_unstable();
                    found.dedup();
                    self.found = found;
                }
                if self.found.is_empty() {
                    self.found.push(self.nowhere);
                }
            }
        }
        &self.found
    }

    /// The row of a coding's coder, in rows by coder; a coder that the project doesn't have has none of its own.
    pub(super) fn row_of_coder(&self, coding: &Coding) -> u32 {
        self.coders.get(coding.coder).unwrap_or(self.nowhere)
    }

    /// Returns true if the document's turns were needed and couldn't be read.
    pub(super) fn is_unread(&self) -> bool {
        matches!(self.content, Some(None))
    }

    fn is_heard(&mut self, range: TextRange) -> bool {
        let Some(heard) = &self.counted.heard else {
            return true;
        };
        self.speakers_in(range)
            .any(|speaker| heard.get(speaker).is_some_and(|&heard| heard))
    }

    /// The speakers of the turns that share a character with a range.
    fn speakers_in(&mut self, range: TextRange) -> impl Iterator<Item = usize> {
        let content = self
            .content
            .get_or_insert_with(|| (self.load)(self.counted.document));
        let turns = content.as_deref().map_or(&[][..], |content| &content.turns);
        // Turns do not overlap and are in order, so those of a range are next to one another.
        let first = turns.partition_point(|turn| turn.range.end() <= range.start());
        turns[first..]
            .iter()
            .take_while(move |turn| turn.range.start() < range.end())
            .filter(move |turn| turn.range.overlaps(range))
            .filter_map(|turn| turn.speaker)
            .map(usize::from)
    }
}
