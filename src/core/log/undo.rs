//! Undo and redo: which entry is undone next, and the changes that undo it.
//!
//! Nothing is erased: an undo is a new entry that names the one it undoes, and a redo is an entry that
//! undoes an undo. Each coder undoes their own entries.
//!
//! ```text
//! a  b  c  undo(c)  undo(b)  redo(undo(b))        the next undo undoes b, the next redo undoes undo(c)
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, change::Change};
use crate::model::{
    Project,
    ids::{CoderId, EntryId},
};

/// The action of an entry that takes back one chosen entry.
pub const TAKE_BACK: &str = "take back";
/// The action of an entry that takes back all that came after one.
pub const BACK_TO: &str = "back to";

/// What undo needs to know of an entry without reading its changes.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoableStep {
    /// Identity.
    pub id: EntryId,
    /// The coder.
    pub coder: Option<CoderId>,
    /// The entry that it undoes, or the one that it goes back to.
    pub undoes: Option<EntryId>,
    /// The name of its action.
    pub action: String,
}

impl UndoableStep {
    /// The entry that an undo or redo takes back.
    ///
    /// To take back a chosen entry, or all after one, is a step of its own, which is undone in its turn.
    pub fn reverses(&self) -> Option<EntryId> {
        self.undoes
            .filter(|_| self.action != TAKE_BACK && self.action != BACK_TO)
    }

    /// The one entry that this one takes back, in whatever way.
    pub fn takes_back(&self) -> Option<EntryId> {
        self.undoes.filter(|_| self.action != BACK_TO)
    }
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
    match step.reverses() {
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

/// The entries that are taken back, each with the entry that does it; an undo that was redone takes nothing back.
///
/// Entries that a [`BACK_TO`] takes back are not among them: which those are depends on its changes.
pub fn taken_back<'a>(
    steps: impl IntoIterator<Item = &'a UndoableStep>,
) -> BTreeMap<EntryId, EntryId> {
    let mut targets = BTreeMap::new();
    let mut taken = BTreeMap::new();
    for step in steps {
        let Some(target) = step.takes_back() else {
            continue;
        };
        targets.insert(step.id, target);
        // What an undo took back holds again once the undo is taken back itself, and so on.
        let (mut by, mut next, mut holds) = (step.id, Some(target), false);
        while let Some(target) = next {
            if holds {
                taken.remove(&target);
            } else {
                taken.insert(target, by);
            }
            (by, next, holds) = (target, targets.get(&target).copied(), !holds);
        }
    }
    taken
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

    #[test]
    fn what_was_taken_back_holds_again_after_a_redo() {
        let mut steps = vec![step(1, None), step(2, None), step(3, Some(2))];
        let of = |steps: &[UndoableStep]| -> Vec<(u128, u128)> {
            let taken = taken_back(steps);
            taken
                .iter()
                .map(|(a, b)| (a.as_u128(), b.as_u128()))
                .collect()
        };
        assert_eq!(of(&steps), [(2, 3)]);
        steps.push(step(4, Some(3)));
        assert_eq!(of(&steps), [(3, 4)]);
        steps.push(step(5, Some(4)));
        assert_eq!(of(&steps), [(2, 3), (4, 5)]);
    }

    #[test]
    fn taking_back_a_chosen_entry_is_a_step_of_its_own() {
        let mut chosen = step(3, Some(1));
        chosen.action = TAKE_BACK.to_owned();
        let steps = [step(1, None), step(2, None), chosen];
        let now = stacks(&steps, CoderId::from_u128(1));
        assert_eq!((ids(&now.undo), ids(&now.redo)), (vec![1, 2, 3], vec![]));
    }
}
