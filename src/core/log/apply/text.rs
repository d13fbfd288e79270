//! Replaced words of a text, and the ranges that follow them.

use std::sync::Arc;

use super::{ApplyResult, Author, ensure, is_referred_to};
use crate::{
    log::change::Edit,
    model::{
        Project,
        coding::Coding,
        conflict::SkipReason,
        document::Document,
        ids::DocumentId,
        memo::Anchor,
        revision::{EditClash, TextEdit, follow},
        text::TextRange,
    },
};

/// Replaces words of a text; `range` is in the text that the author saw.
pub(super) fn text_replaced(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    range: TextRange,
    words: &Edit<String>,
    count: &Edit<u32>,
) -> ApplyResult {
    let document = project.documents.get(&id).ok_or(SkipReason::Gone)?;
    let range = document
        .history
        .target_of(document.source.chars, range, author.device, &author.seen)
        .map_err(skip_reason)?;
    let new_chars =
        u32::try_from(words.to.chars().count()).map_err(|_too_long| SkipReason::BadValue)?;
    let replaced = Replaced {
        document: id,
        range,
        new_chars,
    };
    // The author's edit has moved what it knew of out of the way. What would still lose all its
    // words was written by a colleague whom the author had not seen.
    let mut codings = document.codings.iter();
    let codings_survive = codings.all(|coding| replaced.follow(coding.range).is_some());
    let loses_anchor = is_referred_to(project, |anchor| replaced.follow_anchor(anchor).is_none());
    ensure(codings_survive && !loses_anchor, SkipReason::InUse)?;
    let document = corrected(document, author, &replaced, words, count)?;
    project.documents.insert(id, Arc::new(document));
    for memo in project.memos.values_mut() {
        let anchor = replaced.follow_anchor(memo.anchor).unwrap_or(memo.anchor);
        // Memos are shared with earlier projects; only those that move are copied.
        if anchor != memo.anchor {
            Arc::make_mut(memo).anchor = anchor;
        }
    }
    for link in project.links.values_mut() {
        link.from = replaced.follow_anchor(link.from).unwrap_or(link.from);
        link.to = replaced.follow_anchor(link.to).unwrap_or(link.to);
    }
    Ok(())
}

/// A replaced passage, in the current text, and how long it is afterwards.
struct Replaced {
    document: DocumentId,
    range: TextRange,
    new_chars: u32,
}

impl Replaced {
    /// A range after the replacement; `None` if nothing of it is left.
    fn follow(&self, range: TextRange) -> Option<TextRange> {
        follow(range, self.range, self.new_chars)
    }

    fn follow_anchor(&self, anchor: Anchor) -> Option<Anchor> {
        match anchor {
            Anchor::Segment(document, range) if document == self.document => self
                .follow(range)
                .map(|range| Anchor::Segment(document, range)),
            other => Some(other),
        }
    }
}

/// The document after a replacement that leaves something of every coding.
fn corrected(
    document: &Document,
    author: &Author,
    replaced: &Replaced,
    words: &Edit<String>,
    count: &Edit<u32>,
) -> Result<Document, SkipReason> {
    let mut document = document.clone();
    let edit = TextEdit {
        device: author.device,
        stamp: author.stamp,
        words: words.to.clone(),
    };
    document
        .history
        .replace(document.source.chars, replaced.range, edit)
        .map_err(skip_reason)?;
    // The difference, not the count itself: a colleague may have changed the count elsewhere.
    document.words = (document.words + count.to).saturating_sub(count.from);
    for coding in &mut document.codings {
        coding.range = replaced.follow(coding.range).unwrap_or(coding.range);
    }
    document.codings.sort_by_key(Coding::order);
    Ok(document)
}

fn skip_reason(clash: EditClash) -> SkipReason {
    match clash {
        EditClash::Overlap => SkipReason::TextClash,
        EditClash::OutOfRange => SkipReason::BadValue,
    }
}
