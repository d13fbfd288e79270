//! Which steps were taken back, and when.

use std::collections::BTreeMap;

use super::HistoryStep;
use crate::{
    log::{
        Entry,
        change::{Change, CodingEdit, MemoEdit},
        undo::BACK_TO,
    },
    model::{clock::Stamp, ids::EntryId},
    store::{ProjectFile, StoreError},
};

/// Marks the steps that were taken back; one that was taken back and done again isn't.
///
/// # Errors
/// When the file can't be read.
pub(super) fn mark(file: &ProjectFile, steps: &mut [HistoryStep]) -> Result<(), StoreError> {
    let by_going_back = taken_by_going_back(file, steps)?;
    let mut undone: BTreeMap<EntryId, Stamp> = BTreeMap::new();
    // From the end: a step that is itself taken back takes nothing back.
    for step in steps.iter_mut().rev() {
        step.undone = undone.get(&step.id).copied();
        if step.undone.is_some() {
            continue;
        }
        match by_going_back.get(&step.id) {
            Some(taken) => undone.extend(taken.iter().map(|id| (*id, step.stamp))),
            None => undone.extend(step.undoes.map(|target| (target, step.stamp))),
        }
    }
    Ok(())
}

/// The steps that each going back took back.
///
/// The log only names the step that was gone back to. What was taken back is seen from the changes: those of each step
/// were inverted as a whole, from the last step to the first, and steps in whose way something stood were left out.
fn taken_by_going_back(
    file: &ProjectFile,
    steps: &[HistoryStep],
) -> Result<BTreeMap<EntryId, Vec<EntryId>>, StoreError> {
    let went_back = steps.iter().filter(|step| step.action == BACK_TO);
    let targets: Vec<EntryId> = went_back.filter_map(|step| step.undoes).collect();
    if targets.is_empty() {
        return Ok(BTreeMap::new());
    }
    let reached = steps.iter().filter(|step| targets.contains(&step.id));
    let first = reached.map(|step| step.stamp).min().unwrap_or_default();
    let mut entries: Vec<Entry> = Vec::new();
    file.for_each_entry(0, |_, entry| {
        if entry.stamp >= first {
            entries.push(entry);
        }
    })?;
    entries.sort_by_key(Entry::order);
    let place = |id: EntryId| entries.iter().position(|entry| entry.id == id);
    let mut taken = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.action == BACK_TO {
            let target = entry.undoes.and_then(place);
            let between = target.and_then(|target| entries.get(target + 1..at));
            taken.insert(entry.id, undone_by(entry, between.unwrap_or_default()));
        }
    }
    Ok(taken)
}

/// The entries of some whose inverses an entry consists of.
fn undone_by(going_back: &Entry, between: &[Entry]) -> Vec<EntryId> {
    let mut rest = going_back.changes.as_slice();
    let mut taken = Vec::new();
    for entry in between.iter().rev() {
        let Some((own, later)) = rest.split_at_checked(entry.changes.len()) else {
            continue;
        };
        let pairs = own.iter().zip(entry.changes.iter().rev());
        if pairs
            .into_iter()
            .all(|(own, change)| takes_back(own, change))
        {
            taken.push(entry.id);
            rest = later;
        }
    }
    taken
}

/// Returns true if a change takes another one back, wherever its passages are in the texts of now.
fn takes_back(own: &Change, change: &Change) -> bool {
    use Change as C;
    match (own, &change.clone().inverse()) {
        (C::CodingAdded { coding: a, .. }, C::CodingAdded { coding: b, .. })
        | (C::CodingRemoved { coding: a, .. }, C::CodingRemoved { coding: b, .. }) => a.id == b.id,
        (
            C::CodingEdited {
                coding: a,
                edit: CodingEdit::Range(_),
                ..
            },
            C::CodingEdited {
                coding: b,
                edit: CodingEdit::Range(_),
                ..
            },
        ) => a == b,
        (
            C::TextReplaced {
                document: a,
                words: own,
                ..
            },
            C::TextReplaced {
                document: b, words, ..
            },
        ) => a == b && own == words,
        // A document keeps the history of its text when the corrections are taken back.
        (C::DocumentAdded(a), C::DocumentAdded(b))
        | (C::DocumentRemoved(a), C::DocumentRemoved(b)) => a.id == b.id,
        (C::MemoAdded(a), C::MemoAdded(b)) | (C::MemoRemoved(a), C::MemoRemoved(b)) => a.id == b.id,
        (
            C::MemoEdited {
                memo: a,
                edit: MemoEdit::Anchor(_),
            },
            C::MemoEdited {
                memo: b,
                edit: MemoEdit::Anchor(_),
            },
        ) => a == b,
        (C::LinkAdded(a), C::LinkAdded(b)) | (C::LinkRemoved(a), C::LinkRemoved(b)) => a.id == b.id,
        (own, inverse) => own == inverse,
    }
}
