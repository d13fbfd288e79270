//! Corrections of a text: replaced words, and what becomes of the codings, memos and links on them.

use std::{collections::BTreeSet, ops::Range};

use super::{lookup, memo, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    language::words::count_words,
    log::change::{Change, CodingEdit, Edit, MemoEdit},
    model::{
        Project,
        document::{Content, Document},
        ids::{DocumentId, LinkId},
        memo::{Anchor, Link},
        text::TextRange,
    },
};

/// A passage of a text and the words that replace it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Replacement {
    pub(in crate::app) range: TextRange,
    pub(in crate::app) to: String,
}

/// Replaces words of a text, and moves or trims what is on them so that undo restores it exactly.
///
/// Only the words that differ are replaced. A coding that reaches partly into them then covers all of
/// the new words; one of which nothing is left is removed.
///
/// # Errors
/// When the passage isn't in the text.
pub(crate) fn replace_text(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    content: &Content,
    range: TextRange,
    to: String,
) -> Result<(), Refusal> {
    let changes = replacing(tx.project(), id, content, &[Replacement { range, to }])?;
    tx.record_all(changes);
    Ok(())
}

/// The changes that replace several passages of a text at once.
///
/// The passages are in order and don't overlap, in positions of the text as it is.
///
/// # Errors
/// When a passage isn't in the text.
pub(super) fn replacing(
    project: &Project,
    id: DocumentId,
    content: &Content,
    replacements: &[Replacement],
) -> Result<Vec<Change>, Refusal> {
    let document = lookup::document(project, id)?;
    let mut hunks = Vec::new();
    for Replacement { range, to } in replacements {
        let from = content
            .text
            .slice(*range)
            .ok_or_else(|| Refusal::OutOfText {
                document: document.title.clone(),
                start: range.start(),
                end: range.end(),
                chars: document.len_chars(),
            })?;
        hunks.extend(Hunk::minimal(*range, from, to));
    }
    if hunks.is_empty() {
        return Ok(Vec::new());
    }
    let mut changes = make_room(project, document, &hunks);
    let mut text = content.text.as_str().to_owned();
    let mut count = count_words(&text);
    // The last first, so that those before it keep their positions.
    for Hunk { range, from, to } in hunks.into_iter().rev() {
        let bytes = content.text.byte_of(range.start())..content.text.byte_of(range.end());
        // Counted from space to space: a correction can join or part words at its edges.
        let around = between_spaces(&text, &bytes);
        let words = |text: &str, end: usize| {
            text.get(around.start..end)
                .map_or(0, |part| i64::from(count_words(part)))
        };
        let before = words(&text, around.end);
        let rest = text.len() - around.end;
        text.replace_range(bytes, &to);
        let difference = words(&text, text.len() - rest) - before;
        let next = u32::try_from(i64::from(count) + difference).unwrap_or_default();
        changes.push(Change::TextReplaced {
            document: id,
            range,
            words: Edit::new(from, to),
            count: Edit::new(count, next),
        });
        count = next;
    }
    Ok(changes)
}

/// A stretch of a text, in bytes, as far as the spaces around it.
fn between_spaces(text: &str, part: &Range<usize>) -> Range<usize> {
    let before = text.get(..part.start).unwrap_or_default();
    let after = text.get(part.end..).unwrap_or_default();
    let start = before.rfind(char::is_whitespace).unwrap_or_default();
    let len = after.find(char::is_whitespace).unwrap_or(after.len());
    start..part.end + len
}

/// A passage of a text with its words and the words that replace them.
struct Hunk {
    range: TextRange,
    from: String,
    to: String,
}

impl Hunk {
    /// A replacement without the beginning and end that are the same; `None` if nothing differs.
    fn minimal(range: TextRange, from: &str, to: &str) -> Option<Self> {
        let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
        let head = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let (old, new) = (&from[head..], &to[head..]);
        let both = old.iter().rev().zip(new.iter().rev());
        let tail = both.take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
        if old.is_empty() && new.is_empty() {
            return None;
        }
        let start = range.start() + to_position(head);
        Some(Self {
            range: TextRange::between(start, start + to_position(old.len())),
            from: old.iter().collect(),
            to: new.iter().collect(),
        })
    }
}

/// A number of characters of a text as a position.
pub(super) fn to_position(chars: usize) -> u32 {
    u32::try_from(chars).expect("positions in a text are 32 bits wide")
}

/// The changes that resize or remove what is partly on words that will be replaced.
fn make_room(project: &Project, document: &Document, hunks: &[Hunk]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut removed_codings = Vec::new();
    for coding in &document.codings {
        match fitted_to(coding.range, hunks) {
            Some(range) => {
                let edit = Edit::if_different(&coding.range, range).map(CodingEdit::Range);
                changes.extend(edit.map(|edit| Change::CodingEdited {
                    document: document.id,
                    coding: coding.id,
                    edit,
                }));
            }
            None => removed_codings.push(coding),
        }
    }
    let removed: BTreeSet<Anchor> = removed_codings
        .iter()
        .map(|coding| Anchor::Coding(document.id, coding.id))
        .collect();
    changes.extend(memo::removals_on(project, |anchor| {
        removed.contains(&anchor) || fitted_anchor(anchor, document.id, hunks).is_none()
    }));
    changes.extend(moved_memos(project, document.id, hunks));
    changes.extend(moved_links(project, document.id, hunks, &changes));
    // Last, since the log refuses to remove a coding that a memo or link is still on.
    changes.extend(
        removed_codings
            .into_iter()
            .map(|coding| Change::CodingRemoved {
                document: document.id,
                coding: coding.clone(),
            }),
    );
    changes
}

/// The changes that resize the passages that memos are on.
fn moved_memos(project: &Project, id: DocumentId, hunks: &[Hunk]) -> Vec<Change> {
    let mut changes = Vec::new();
    for memo in project.memos.values() {
        if let Some(to) = fitted_anchor(memo.anchor, id, hunks) {
            let edit = Edit::if_different(&memo.anchor, to).map(MemoEdit::Anchor);
            changes.extend(edit.map(|edit| Change::MemoEdited {
                memo: memo.id,
                edit,
            }));
        }
    }
    changes
}

/// The changes that resize the passages that links begin or end on, unless the link is removed.
fn moved_links(
    project: &Project,
    id: DocumentId,
    hunks: &[Hunk],
    changes: &[Change],
) -> Vec<Change> {
    let removed: BTreeSet<LinkId> = changes
        .iter()
        .filter_map(|change| match change {
            Change::LinkRemoved(link) => Some(link.id),
            _ => None,
        })
        .collect();
    let mut moves = Vec::new();
    for link in project.links.values() {
        let ends = fitted_anchor(link.from, id, hunks).zip(fitted_anchor(link.to, id, hunks));
        let Some((from, to)) = ends.filter(|_| !removed.contains(&link.id)) else {
            continue;
        };
        let moved = Link {
            from,
            to,
            ..link.clone()
        };
        if moved != *link {
            moves.extend([Change::LinkRemoved(link.clone()), Change::LinkAdded(moved)]);
        }
    }
    moves
}

/// An anchor when room is made for all replacements in a document; `None` if nothing of its passage
/// would be left.
fn fitted_anchor(anchor: Anchor, id: DocumentId, hunks: &[Hunk]) -> Option<Anchor> {
    match anchor {
        Anchor::Segment(document, range) if document == id => {
            fitted_to(range, hunks).map(|range| Anchor::Segment(id, range))
        }
        other => Some(other),
    }
}

/// A range when room is made for all replacements; `None` if nothing of it would be left.
fn fitted_to(range: TextRange, hunks: &[Hunk]) -> Option<TextRange> {
    hunks.iter().rev().try_fold(range, |range, hunk| {
        fitted(range, hunk.range, hunk.to.is_empty())
    })
}

/// A range that has no edge inside the replaced words; `None` if nothing of it would be left.
///
/// The log follows a range exactly, there and back, only if the replaced words are all inside or all
/// outside. So an edge inside them moves to their edge first, as a change of its own that undo takes
/// back: outwards if words come in their place, inwards if they are deleted.
fn fitted(range: TextRange, replaced: TextRange, is_deletion: bool) -> Option<TextRange> {
    let (from, to) = (replaced.start(), replaced.end());
    if !range.overlaps(replaced) {
        return Some(range);
    }
    let start_inside = (from..to).contains(&range.start());
    let end_inside = (from + 1..=to).contains(&range.end());
    let start = match (start_inside, is_deletion) {
        (true, true) => to,
        (true, false) => from,
        (false, _) => range.start(),
    };
    let end = match (end_inside, is_deletion) {
        (true, true) => from,
        (true, false) => to,
        (false, _) => range.end(),
    };
    TextRange::new(start, end).filter(|range| !range.is_empty())
}
