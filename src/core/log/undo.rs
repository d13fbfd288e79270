//! Undo and redo: which entry is undone next, and the changes that undo it.
//!
//! Nothing is erased: an undo is a new entry that names the one it undoes, and a redo is an entry that
//! undoes an undo. Each coder undoes their own entries.
//!
//! ```text
//! a  b  c  undo(c)  undo(b)  redo(undo(b))        the next undo undoes b, the next redo undoes undo(c)
//! ```

use std::collections::BTreeSet;

use super::{Entry, change::Change};
use crate::model::{
    Project,
    ids::{CoderId, EntryId},
};

/// What undo needs to know of an entry without reading its changes.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoableStep {
    /// Identity.
    pub id: EntryId,
    /// The coder.
    pub coder: Option<CoderId>,
    /// The entry that it undoes.
    pub undoes: Option<EntryId>,
    /// The name of its action.
    pub action: String,
}

impl From<&Entry> for UndoableStep {
    fn from(entry: &Entry) -> Self {
        Self {
            id: entry.id,
            coder: entry.coder,
            undoes: entry.undoes,
            action: entry.action.clone(),
        }
    }
}

/// What one coder can undo and redo.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stacks {
    /// Entries that can be undone, the next one last.
    pub undo: Vec<EntryId>,
    /// Undo entries that can be redone, the next one last.
    pub redo: Vec<EntryId>,
}

/// Returns the stacks of a coder after all steps, which come in order.
pub fn stacks<'a>(steps: impl IntoIterator<Item = &'a UndoableStep>, coder: CoderId) -> Stacks {
    let mut stacks = Stacks::default();
    let mut undos = BTreeSet::new();
    for step in steps.into_iter().filter(|step| step.coder == Some(coder)) {
        push(&mut stacks, &mut undos, step);
    }
    stacks
}

fn push(stacks: &mut Stacks, undos: &mut BTreeSet<EntryId>, step: &UndoableStep) {
    match step.undoes {
        None => {
            stacks.undo.push(step.id);
            stacks.redo.clear();
        }
        Some(undone) if undos.contains(&undone) => {
            stacks.redo.retain(|id| *id != undone);
            stacks.undo.push(step.id);
        }
        Some(undone) => {
            stacks.undo.retain(|id| *id != undone);
            stacks.redo.push(step.id);
            undos.insert(step.id);
        }
    }
}

/// The changes that undo an entry: those that the project has not skipped, inverted, last first.
pub fn take_back(project: &Project, entry: Entry) -> Vec<Change> {
    let skipped: BTreeSet<u32> = project
        .skipped
        .iter()
        .filter(|skipped| skipped.entry == entry.id)
        .map(|skipped| skipped.change)
        .collect();
    let numbered = entry
        .changes
        .into_iter()
        .zip(0u32..)
        .filter(|(_, number)| !skipped.contains(number));
    let mut changes: Vec<Change> = numbered.map(|(change, _)| change.inverse()).collect();
    changes.reverse();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: u128, undoes: Option<u128>) -> UndoableStep {
        UndoableStep {
            id: EntryId::from_u128(id),
            coder: Some(CoderId::from_u128(1)),
            undoes: undoes.map(EntryId::from_u128),
            action: String::new(),
        }
    }

    fn ids(list: &[EntryId]) -> Vec<u128> {
        list.iter().map(EntryId::as_u128).collect()
    }

    #[test]
    fn undo_and_redo_walk_back_and_forth() {
        let mut steps = vec![
            step(1, None),
            step(2, None),
            step(3, None),
            step(4, Some(3)),
            step(5, Some(2)),
        ];
        let coder = CoderId::from_u128(1);
        let now = stacks(&steps, coder);
        assert_eq!((ids(&now.undo), ids(&now.redo)), (vec![1], vec![4, 5]));
        steps.push(step(6, Some(5)));
        let now = stacks(&steps, coder);
        assert_eq!((ids(&now.undo), ids(&now.redo)), (vec![1, 6], vec![4]));
        steps.push(step(7, Some(6)));
        let now = stacks(&steps, coder);
        assert_eq!((ids(&now.undo), ids(&now.redo)), (vec![1], vec![4, 7]));
        steps.push(step(8, None));
        let now = stacks(&steps, coder);
        assert_eq!((ids(&now.undo), ids(&now.redo)), (vec![1, 8], vec![]));
        assert_eq!(stacks(&steps, CoderId::from_u128(2)), Stacks::default());
    }
}
