//! Undo and redo of the acting coder's entries.

use super::{AppError, Done, Session};
use crate::{
    app::{
        edit::take_back::{self, Reversal},
        refusal::Refusal,
    },
    log::undo::{self, BACK_TO, TAKE_BACK, UndoableStep},
    model::ids::EntryId,
};

impl Session {
    /// The name of the action that undo would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.action_of(*undo::stacks(&self.steps, self.coder?).undo.last()?)
    }

    /// The name of an entry's action; for an undo or redo, of the action it took back.
    fn action_of(&self, id: EntryId) -> Option<&str> {
        let mut step = self.step(id)?;
        while let Some(undone) = step.reverses() {
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

    /// Takes back one chosen entry, as a step of its own.
    pub(super) fn take_back_step(&mut self, id: EntryId) -> Result<Done, AppError> {
        self.acting()?;
        let reversal = take_back::plan_step(&self.file(), &self.project, self.coder, id)?;
        self.commit_reversal(TAKE_BACK, id, reversal)
    }

    /// Takes back all entries after one that can be, as one step.
    pub(super) fn back_to(&mut self, id: EntryId) -> Result<Done, AppError> {
        self.acting()?;
        // Whoever asked may have seen a plan already, but the project can have moved on since, by an import that was
        // being stored. To plan 1,500 steps anew takes about as long as a frame or two.
        let reversal = take_back::plan_back_to(&self.file(), &self.project, self.coder, id)?;
        self.commit_reversal(BACK_TO, id, reversal)
    }

    fn commit_reversal(
        &mut self,
        how: &str,
        id: EntryId,
        reversal: Reversal,
    ) -> Result<Done, AppError> {
        if reversal.changes.is_empty() {
            return Err(Refusal::NothingToDo.into());
        }
        let mut tx = self.transaction_undoing(how, Some(id));
        tx.record_all(reversal.changes);
        let prepared = tx.finish()?;
        let action = self.action_of(id).unwrap_or(how).to_owned();
        Ok(Done {
            action,
            ..self.commit(prepared)?
        })
    }

    /// Commits the inverse of an entry.
    fn take_back(&mut self, how: &str, id: EntryId) -> Result<Done, AppError> {
        let entry = self.file().entry(id)?.ok_or(Refusal::NothingToUndo)?;
        let action = self.action_of(id).unwrap_or(how).to_owned();
        let changes = take_back::inverse(&self.file(), &self.project, entry)?;
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
