//! Undo and redo of the acting coder's entries.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{AppError, Done, Session};
use crate::{
    app::refusal::Refusal,
    log::{
        Entry,
        change::Change,
        undo::{self, UndoableStep},
    },
    model::{
        Project,
        ids::{DocumentId, EntryId},
    },
};

impl Session {
    /// The name of the action that undo would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.action_of(*undo::stacks(&self.steps, self.coder?).undo.last()?)
    }

    /// The name of an entry's action; for an undo or redo, of the action it took back.
    fn action_of(&self, id: EntryId) -> Option<&str> {
        let mut step = self.step(id)?;
        while let Some(undone) = step.undoes {
            step = self.step(undone)?;
        }
        Some(&step.action)
    }

    fn step(&self, id: EntryId) -> Option<&UndoableStep> {
        // What is undone is nearly always recent.
        self.steps.iter().rev().find(|step| step.id == id)
    }

    pub(super) fn undo(&mut self) -> Result<Done, AppError> {
        let next = undo::stacks(&self.steps, self.acting()?)
            .undo
            .pop()
            .ok_or(Refusal::NothingToUndo)?;
        self.take_back("undo", next)
    }

    pub(super) fn redo(&mut self) -> Result<Done, AppError> {
        let next = undo::stacks(&self.steps, self.acting()?)
            .redo
            .pop()
            .ok_or(Refusal::NothingToRedo)?;
        self.take_back("redo", next)
    }

    /// Takes back a step of the acting coder's, where nothing since has set the same or depends on it.
    pub(super) fn take_back_step(&mut self, id: EntryId) -> Result<Done, AppError> {
        let coder = self.acting()?;
        let step = self
            .step(id)
            .ok_or_else(|| Refusal::NoStep(id.to_string()))?;
        if step.coder != Some(coder) {
            let name = step.coder.and_then(|id| self.project.coders.get(&id));
            let name = name.map_or_else(String::new, |coder| coder.name.clone());
            return Err(Refusal::OthersStep(name).into());
        }
        if !undo::stacks(&self.steps, coder).undo.contains(&id) {
            return Err(Refusal::TakenBack.into());
        }
        if !self.stands_as_it_left_it(id)? {
            return Err(Refusal::SetSince.into());
        }
        self.take_back("take back", id)
    }

    /// Returns true if doing a step again, after it was taken back, gives the project as it is.
    fn stands_as_it_left_it(&mut self, id: EntryId) -> Result<bool, AppError> {
        let entry = self.file().entry(id)?.ok_or(Refusal::NothingToUndo)?;
        if self.text_was_corrected_since(&entry)? {
            return Ok(false);
        }
        let again = entry.changes.clone();
        let back = undo::take_back(&self.project, entry);
        let now = Arc::clone(&self.project);
        let mut tx = self.transaction("take back");
        tx.record_all(back);
        // What can't be taken back at all is refused with its reason where it is tried.
        if tx.is_inconsistent() {
            return Ok(true);
        }
        tx.record_all(again);
        let after = tx.project();
        let content = |project: &Project| Project {
            seen: BTreeMap::default(),
            conflicts: BTreeMap::default(),
            skipped: Vec::new(),
            ..project.clone()
        };
        Ok(content(after) == content(&now))
    }

    /// Returns true if a text that a step has positions in was corrected after it, so that they mean other words by now.
    fn text_was_corrected_since(&self, step: &Entry) -> Result<bool, AppError> {
        let with_positions: BTreeSet<DocumentId> = step
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::CodingAdded { document, .. }
                | Change::CodingRemoved { document, .. }
                | Change::CodingEdited { document, .. }
                | Change::TextReplaced { document, .. } => Some(*document),
                Change::MemoAdded(memo) | Change::MemoRemoved(memo) => memo.anchor.document(),
                _ => None,
            })
            .collect();
        let mut corrected = false;
        self.file().for_each_entry(0, |_, entry| {
            let is_later = entry.order() > step.order();
            corrected |= is_later
                && entry.changes.iter().any(|change| {
                    matches!(change, Change::TextReplaced { document, .. } if with_positions.contains(document))
                });
        })?;
        Ok(corrected)
    }

    /// Commits the inverse of an entry.
    fn take_back(&mut self, how: &str, id: EntryId) -> Result<Done, AppError> {
        let entry = self.file().entry(id)?.ok_or(Refusal::NothingToUndo)?;
        let action = self.action_of(id).unwrap_or(how).to_owned();
        let changes = undo::take_back(&self.project, entry);
        let mut tx = self.transaction_undoing(how, Some(id));
        tx.record_all(changes);
        match tx.finish() {
            Ok(inverse) => Ok(Done {
                action,
                ..self.commit(inverse)?
            }),
            // Unlike an edit, an inverse has no rule that checks it first: the log itself says
            // whether something later depends on what would be taken back.
            Err(AppError::Inconsistent { reason, .. }) => {
                Err(Refusal::CannotTakeBack(reason).into())
            }
            Err(other) => Err(other),
        }
    }
}
