//! Turns that take the place of others; the text and the codings stay as they are.

use std::collections::BTreeSet;

use super::{
    document::record_edit,
    lookup,
    transaction::{Bytes, Transaction},
};
use crate::{
    app::refusal::Refusal,
    log::change::{DocumentEdit, Edit},
    model::{
        clock::Stamp,
        document::{Document, Speaker, Turn, TurnRevision, TurnState, turn_table},
        ids::{DeviceId, DocumentId},
        text::ContentHash,
    },
};

/// Turns that shall take the place of the present ones.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTurns {
    /// The document.
    pub document: DocumentId,
    /// The turns, in order.
    pub turns: Vec<Turn>,
    /// The speakers that they name.
    pub speakers: Vec<Speaker>,
    /// The corrections that the positions of the turns take into account.
    pub known: Vec<(DeviceId, Stamp)>,
    /// The turns and speakers that they were made from.
    pub from: TurnState,
}

/// The corrections of a document's text so far.
pub fn corrections_of(document: &Document) -> Vec<(DeviceId, Stamp)> {
    let edits = document.history.edits().iter();
    let known: BTreeSet<_> = edits.map(|edit| (edit.device, edit.stamp)).collect();
    known.into_iter().collect()
}

/// Puts turns that were read again in place of the present ones.
///
/// # Errors
/// When a document doesn't exist, or has other turns by now than those that were read again.
pub(crate) fn put_turns(tx: &mut Transaction<'_>, all: Vec<NewTurns>) -> Result<(), Refusal> {
    for new in all {
        let document = lookup::document(tx.project(), new.document)?;
        if document.turn_state() != new.from {
            return Err(Refusal::TurnsChanged(document.title.clone()));
        }
        put(tx, new);
    }
    Ok(())
}

/// Makes a turn table of turns.
pub(super) fn put(tx: &mut Transaction<'_>, new: NewTurns) {
    let table = turn_table::encode(&new.turns);
    let turns = ContentHash::of(&table);
    let revision = TurnRevision {
        id: tx.id(),
        turns,
        n_turns: u32::try_from(new.turns.len())
            .expect("turns are ranges of a text, whose positions are 32 bits wide"),
        known: new.known,
    };
    tx.store(turns, Bytes::Other(table));
    let to = TurnState {
        revision: Some(revision),
        speakers: new.speakers,
        edits: Vec::new(),
    };
    let edit = Edit::new(new.from, to);
    record_edit(tx, new.document, Some(DocumentEdit::Turns(Box::new(edit))));
}
