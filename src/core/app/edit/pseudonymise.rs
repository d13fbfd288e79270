//! Pseudonyms put into the texts for good: all names of a table in one step, which can be undone.

use std::sync::Arc;

use super::{
    correcting::relabel,
    text::{Replacement, replacing},
    transaction::Transaction,
};
use crate::{
    app::{AppError, refusal::Refusal, texts::Texts},
    model::{
        document::{Content, SpeakerIndex},
        text::TextRange,
    },
    names::Substitutes,
};

/// The places of a text where names are replaced, in order.
///
/// A name that reaches from a speaker's label into what is said stays: what separates the two is what tells them apart.
pub(in crate::app) fn replacements(
    content: &Content,
    substitutes: &Substitutes,
) -> Vec<Replacement> {
    let found = substitutes.found(content.text.as_str()).into_iter();
    let places = found.map(|place| Replacement {
        range: content.text.range_of_bytes(place.range),
        to: place.stand_in,
    });
    places
        .filter(|place| is_within_part(content, place.range))
        .collect()
}

/// Returns true if a range is all in a label, all in what is said, or all outside of turns.
fn is_within_part(content: &Content, range: TextRange) -> bool {
    let at = content.turn_at(range.start());
    let next = at.map_or(0, |(index, _)| index + 1);
    let next = content.turns.get(next).map(|turn| turn.range.start());
    match at.map(|(_, turn)| turn) {
        Some(turn) if range.start() < turn.range.end() && range.start() < turn.body => {
            range.end() < turn.body
        }
        Some(turn) if range.start() < turn.range.end() => range.end() <= turn.range.end(),
        _ => next.is_none_or(|next| range.end() <= next),
    }
}

/// Replaces names in all texts and in the labels of speakers.
///
/// # Errors
/// When there is nothing to replace, or a text can't be read.
pub(crate) fn pseudonymise(
    tx: &mut Transaction<'_>,
    texts: &Texts,
    substitutes: &Substitutes,
) -> Result<(), AppError> {
    let base = Arc::clone(tx.base());
    for document in base.documents_in_order() {
        let content = texts.content_once(document)?;
        let places = replacements(&content, substitutes);
        let labels: Vec<(SpeakerIndex, String)> = (0..)
            .zip(&document.speakers)
            .map(|(index, speaker)| (index, substitutes.text(&speaker.label)))
            .filter(|(index, label)| *label != document.speakers[usize::from(*index)].label)
            .collect();
        let changes = replacing(tx.project(), document.id, &content, &places)?;
        tx.record_all(changes);
        relabel(tx, document.id, &labels, || Some(Arc::clone(&content)))?;
    }
    if tx.changes().is_empty() {
        return Err(Refusal::NoNames.into());
    }
    Ok(())
}
