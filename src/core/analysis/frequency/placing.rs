//! The rows that a coding is in: by its document, its coder, the turns it overlaps, or the people it is given to.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    analysis::{attribution::speakers_in, numbering::Numbering},
    model::{
        document::{Content, Turn},
        ids::{CaseId, CoderId, OfCoder},
        text::TextRange,
    },
};

use super::{
    Loader,
    rows::{CaseTree, CountedDocument, DocumentRows},
};

/// What decides where a coding is placed; merged ones are placed as one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) coder: CoderId,
    pub(super) range: TextRange,
    /// Whom it is about by a coder's word.
    pub(super) about: &'a BTreeSet<CaseId>,
}

/// Finds the rows of one document's codings.
pub(super) struct Placing<'a> {
    /// The document.
    pub(super) counted: &'a CountedDocument<'a>,
    tree: &'a CaseTree<'a>,
    coders: &'a Numbering<OfCoder>,
    load: &'a Loader<'a>,
    /// The row for whatever belongs to no other.
    pub(super) nowhere: u32,
    /// The text and turns, or `None` if they can't be read, once they were needed.
    content: Option<Option<Arc<Content>>>,
    found: Vec<u32>,
    families: Vec<u32>,
}

impl<'a> Placing<'a> {
    /// Begins a document; its turns are read when a coding needs them.
    pub(super) fn new(
        counted: &'a CountedDocument<'a>,
        tree: &'a CaseTree<'a>,
        coders: &'a Numbering<OfCoder>,
        nowhere: u32,
        load: &'a Loader<'a>,
    ) -> Self {
        Self {
            counted,
            tree,
            coders,
            load,
            nowhere,
            content: None,
            found: Vec::new(),
            families: Vec::new(),
        }
    }

    /// The rows that a coding is in, each once; none if the filter leaves it out.
    pub(super) fn rows_of(&mut self, coding: Placed<'_>) -> &[u32] {
        self.found.clear();
        if !self.is_heard(coding.range) || !self.is_within(coding) {
            return &self.found;
        }
        let counted = self.counted;
        match &counted.rows {
            DocumentRows::Whole(rows) => return rows,
            DocumentRows::Coder => {
                let row = self.row_of_coder(coding.coder);
                self.found.push(row);
            }
            DocumentRows::People(people) => {
                let mut found = std::mem::take(&mut self.found);
                let (tree, about) = (self.tree, coding.about);
                let turns = self.turns_if(people.needs_turns(about));
                let counts = people.add_rows(tree, about, turns, coding.range, &mut found);
                if counts && found.is_empty() {
                    found.push(self.nowhere);
                }
                self.found = found;
            }
            DocumentRows::Turns { speakers } => {
                // Without a row for any speaker, the turns needn't be read.
                if speakers.iter().any(Option::is_some) {
                    let mut found = std::mem::take(&mut self.found);
                    let speaking = speakers_in(self.turns_if(true), coding.range);
                    found.extend(speaking.filter_map(|speaker| *speakers.get(speaker)?));
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

    /// The numbers of the families that a coding is given to; none unless cases are measured.
    pub(super) fn families_of(&mut self, coding: Placed<'_>) -> &[u32] {
        self.families.clear();
        if let Some(people) = &self.counted.families {
            let mut found = std::mem::take(&mut self.families);
            let (tree, about) = (self.tree, coding.about);
            let turns = self.turns_if(people.needs_turns(about));
            people.add_rows(tree, about, turns, coding.range, &mut found);
            self.families = found;
        }
        &self.families
    }

    /// The row of a coder, in rows by coder; one that the project doesn't have has none of its own.
    pub(super) fn row_of_coder(&self, coder: CoderId) -> u32 {
        self.coders.get(coder).unwrap_or(self.nowhere)
    }

    /// Returns true if the document's turns were needed and couldn't be read.
    pub(super) fn is_unread(&self) -> bool {
        matches!(self.content, Some(None))
    }

    fn is_heard(&mut self, range: TextRange) -> bool {
        let Some(heard) = &self.counted.heard else {
            return true;
        };
        speakers_in(self.turns_if(true), range)
            .any(|speaker| heard.get(speaker).is_some_and(|&heard| heard))
    }

    /// Returns true if the filter's cases let a coding through.
    fn is_within(&mut self, coding: Placed<'_>) -> bool {
        let Some(people) = &self.counted.within else {
            return true;
        };
        let (tree, about) = (self.tree, coding.about);
        let turns = self.turns_if(people.needs_turns(about));
        people.add_rows(tree, about, turns, coding.range, &mut Vec::new())
    }

    /// The document's turns if they are needed.
    fn turns_if(&mut self, needed: bool) -> &[Turn] {
        if !needed {
            return &[];
        }
        let content = self
            .content
            .get_or_insert_with(|| (self.load)(self.counted.document));
        content.as_deref().map_or(&[], |content| &content.turns)
    }
}
