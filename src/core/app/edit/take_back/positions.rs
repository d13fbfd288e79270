//! Where the passages of an old entry are in the texts of now.

use std::collections::BTreeMap;

use super::obstacle;
use crate::{
    log::{
        Entry,
        change::{Change, CodingEdit, MemoEdit},
    },
    message::Message,
    model::{
        Project,
        document::Document,
        ids::{DeviceId, DocumentId},
        memo::{Anchor, Link},
        revision::Seen,
        text::TextRange,
    },
};

/// Nobody's device: what is known of a text is what [`Seen`] says, and nothing else.
const NOBODY: DeviceId = DeviceId::from_u128(0);

/// How an entry's positions in one text become positions of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The text is as it was after the entry.
    AsWritten,
    /// The words are looked for one by one.
    Followed,
    /// The entry corrected the text; what it touched has been moved as one piece by later corrections.
    Shifted(i64),
    /// The words that the entry touched were corrected again.
    Lost,
}

/// How the positions of one entry are found, for each text that has been corrected since.
pub(super) struct Positions<'a> {
    places: BTreeMap<DocumentId, Place>,
    known: &'a Seen,
}

impl<'a> Positions<'a> {
    /// Finds out where the passages of an entry are; `known` is what its author had seen right after it.
    ///
    /// Texts for which `may_have_moved` is false are as they were.
    pub(super) fn of(
        project: &Project,
        entry: &Entry,
        known: &'a Seen,
        may_have_moved: impl Fn(DocumentId) -> bool,
    ) -> Self {
        let mut places = BTreeMap::new();
        for (id, ranges) in ranges(entry) {
            let document = project.documents.get(&id);
            if let Some(document) = document.filter(|_| may_have_moved(id)) {
                places.insert(id, place(document, entry, &ranges, known));
            }
        }
        Self { places, known }
    }

    /// Gives the passages of a change their places in the texts of now.
    ///
    /// # Errors
    /// When a passage is gone.
    pub(super) fn adapt(&self, project: &Project, change: &mut Change) -> Result<(), Message> {
        match change {
            Change::CodingAdded { document, coding }
            | Change::CodingRemoved { document, coding } => {
                coding.range = self.range(project, *document, coding.range)?;
            }
            Change::CodingEdited {
                document,
                edit: CodingEdit::Range(edit),
                ..
            } => {
                edit.from = self.range(project, *document, edit.from)?;
                edit.to = self.range(project, *document, edit.to)?;
            }
            Change::TextReplaced {
                document, range, ..
            } => *range = self.range(project, *document, *range)?,
            Change::MemoAdded(memo) | Change::MemoRemoved(memo) => {
                memo.anchor = self.anchor(project, memo.anchor)?;
            }
            Change::MemoEdited {
                edit: MemoEdit::Anchor(edit),
                ..
            } => {
                edit.from = self.anchor(project, edit.from)?;
                edit.to = self.anchor(project, edit.to)?;
            }
            Change::LinkAdded(Link { from, to, .. })
            | Change::LinkRemoved(Link { from, to, .. }) => {
                *from = self.anchor(project, *from)?;
                *to = self.anchor(project, *to)?;
            }
            // Nothing else names a passage.
            _ => {}
        }
        Ok(())
    }

    fn anchor(&self, project: &Project, anchor: Anchor) -> Result<Anchor, Message> {
        Ok(match anchor {
            Anchor::Segment(document, range) => {
                Anchor::Segment(document, self.range(project, document, range)?)
            }
            other => other,
        })
    }

    fn range(
        &self,
        project: &Project,
        id: DocumentId,
        range: TextRange,
    ) -> Result<TextRange, Message> {
        let place = self.places.get(&id).copied().unwrap_or(Place::AsWritten);
        let document = project.documents.get(&id);
        let shifted = |by: i64| {
            let moved = |at: u32| u32::try_from(i64::from(at) + by).ok();
            Some(TextRange::between(
                moved(range.start())?,
                moved(range.end())?,
            ))
        };
        match place {
            Place::AsWritten => Some(range),
            Place::Followed => document.and_then(|document| {
                let chars = document.source.chars;
                document
                    .history
                    .to_current(chars, range, NOBODY, self.known)
            }),
            Place::Shifted(by) => shifted(by),
            Place::Lost => return Err(obstacle::TEXT_CHANGED.into()),
        }
        .ok_or_else(|| obstacle::PASSAGE_GONE.into())
    }
}

/// Returns true if a text that an entry has passages in was corrected after it, or by somebody who didn't know it.
pub(super) fn may_have_moved(project: &Project, entry: &Entry, known: &Seen) -> bool {
    let documents = ranges(entry).into_keys();
    let mut documents = documents.filter_map(|id| project.documents.get(&id));
    documents.any(|document| !is_as_known(document, known))
}

/// Returns true if all corrections of a text are among those that are known.
fn is_as_known(document: &Document, known: &Seen) -> bool {
    let mut edits = document.history.edits().iter();
    edits.all(|edit| {
        known
            .get(&edit.device)
            .is_some_and(|seen| edit.stamp <= *seen)
    })
}

/// The passages that an entry names, by document; a removed or added document brings its own text.
fn ranges(entry: &Entry) -> BTreeMap<DocumentId, Vec<TextRange>> {
    let mut found: BTreeMap<DocumentId, Vec<TextRange>> = BTreeMap::new();
    let mut note = |document: DocumentId, range: TextRange| {
        found.entry(document).or_default().push(range);
    };
    let anchors = |anchors: &[Anchor], note: &mut dyn FnMut(DocumentId, TextRange)| {
        for anchor in anchors {
            if let Anchor::Segment(document, range) = anchor {
                note(*document, *range);
            }
        }
    };
    for change in &entry.changes {
        match change {
            Change::CodingAdded { document, coding }
            | Change::CodingRemoved { document, coding } => note(*document, coding.range),
            Change::CodingEdited {
                document,
                edit: CodingEdit::Range(edit),
                ..
            } => {
                note(*document, edit.from);
                note(*document, edit.to);
            }
            Change::TextReplaced {
                document, range, ..
            } => note(*document, *range),
            Change::MemoAdded(memo) | Change::MemoRemoved(memo) => {
                anchors(&[memo.anchor], &mut note);
            }
            Change::MemoEdited {
                edit: MemoEdit::Anchor(edit),
                ..
            } => anchors(&[edit.from, edit.to], &mut note),
            Change::LinkAdded(link) | Change::LinkRemoved(link) => {
                anchors(&[link.from, link.to], &mut note);
            }
            _ => {}
        }
    }
    found
}

fn place(document: &Document, entry: &Entry, ranges: &[TextRange], known: &Seen) -> Place {
    if is_as_known(document, known) {
        return Place::AsWritten;
    }
    let Some(touched) = touched(document, entry, ranges) else {
        return Place::Followed;
    };
    let chars = document.source.chars;
    match document.history.target_of(chars, touched, NOBODY, known) {
        Ok(now) => Place::Shifted(i64::from(now.start()) - i64::from(touched.start())),
        Err(_) => Place::Lost,
    }
}

/// The stretch of the text after an entry in which it corrected words and moved codings; `None` if it corrected nothing.
fn touched(document: &Document, entry: &Entry, ranges: &[TextRange]) -> Option<TextRange> {
    let mut stretch: Option<(i64, i64)> = None;
    let (mut slack, mut corrections) = (0, 0);
    for change in &entry.changes {
        let Change::TextReplaced {
            document: id,
            range,
            words,
            ..
        } = change
        else {
            continue;
        };
        if *id != document.id {
            continue;
        }
        let (start, end) = (i64::from(range.start()), i64::from(range.end()));
        let new_chars = i64::try_from(words.to.chars().count()).unwrap_or(i64::MAX);
        let growth = new_chars - (end - start);
        let (from, to) = stretch.unwrap_or((start, start));
        let from = if end <= from { from + growth } else { from };
        let to = if start >= to {
            to
        } else {
            to.max(end) + growth
        };
        stretch = Some((from.min(start), to.max(start + new_chars)));
        slack += growth.abs();
        corrections += 1;
    }
    let (mut from, mut to) = stretch?;
    // Other passages of the entry are in the text between its corrections, so a margin keeps them in.
    if ranges.len() > corrections {
        for range in ranges {
            from = from.min(i64::from(range.start()) - slack);
            to = to.max(i64::from(range.end()) + slack);
        }
    }
    let at = |position: i64| u32::try_from(position.max(0)).ok();
    Some(TextRange::between(at(from)?, at(to)?))
}
