//! One step of the history from close by: its changes, and what stands in the way of taking it back.

use super::{
    names::Names,
    told::{self, ToldChange},
};
use crate::{
    app::{
        AppError,
        edit::take_back::{Reversal, plan_back_to, plan_step},
        refusal::Refusal,
    },
    message::Message,
    model::{
        Project,
        ids::{CoderId, EntryId},
    },
    store::{ProjectFile, Source, StoreError},
};

/// A step from close by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StepDetails {
    /// Its changes, each with what it was before and after.
    pub changes: Vec<ToldChange>,
    /// What stands in the way of taking it back; `None` if it can be.
    pub in_the_way: Option<Message>,
}

/// Reads a step of a project, for a job: it opens the file once more, for reading.
///
/// `project` is the project as it is now, `coder` who would take the step back.
///
/// # Errors
/// When the file can't be opened or read.
pub fn step_at(
    source: &Source,
    project: &Project,
    coder: Option<CoderId>,
    id: EntryId,
) -> Result<StepDetails, AppError> {
    let file = source.read()?;
    let in_the_way = match plan_step(&file, project, coder, id) {
        Ok(_) => None,
        Err(AppError::Refused(Refusal::InTheWay(reason))) => Some(reason),
        Err(other) => return Err(other),
    };
    Ok(StepDetails {
        changes: changes_of(&file, id)?,
        in_the_way,
    })
}

/// Works out what going back to a step would come to, for a job.
///
/// # Errors
/// When the file can't be opened or read.
pub fn back_to_at(
    source: &Source,
    project: &Project,
    coder: Option<CoderId>,
    id: EntryId,
) -> Result<Reversal, AppError> {
    let file = source.read()?;
    plan_back_to(&file, project, coder, id)
}

/// The changes of one step.
///
/// # Errors
/// When the file can't be read.
pub fn changes_of(file: &ProjectFile, id: EntryId) -> Result<Vec<ToldChange>, StoreError> {
    let mut names = Names::default();
    let mut told = Vec::new();
    file.for_each_entry(0, |_, entry| {
        for change in &entry.changes {
            if entry.id == id {
                told.push(told::tell(change, &names));
            }
            names.see(change);
        }
    })?;
    Ok(told)
}
