//! Taking back a step that isn't the last one, or all steps after one.
//!
//! An undo is the inverse of the last entry, so nothing can depend on what it takes back. A chosen entry has others
//! after it: its inverse is taken only if each of its changes can be undone without undoing anything later. Whatever
//! stands in the way is said. All steps after an entry are taken back from the last to the first, each as a whole or
//! not at all.

mod obstacle;
mod positions;
mod present;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use self::positions::Positions;
use crate::{
    app::{AppError, action_names::FOUNDING, refusal::Refusal},
    log::{
        Entry,
        apply::{self, Author},
        change::Change,
        undo::{self, UndoableStep},
    },
    message::Message,
    model::{
        Project,
        clock::Stamp,
        ids::{CoderId, DeviceId, DocumentId, EntryId},
        revision::{Seen, TextHistory},
    },
    store::ProjectFile,
};

/// What taking back comes to, before anything is stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reversal {
    /// The changes that do it.
    pub(in crate::app) changes: Vec<Change>,
    /// How many steps are taken back.
    pub taken: usize,
    /// The steps that stay, the latest first.
    pub stays: Vec<Staying>,
}

/// A step that can't be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Staying {
    /// The step.
    pub entry: EntryId,
    /// What stands in the way.
    pub reason: Message,
}

/// What an entry may take back: everything, or only what stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The entry alone; others after it stay.
    Alone,
    /// After all later ones, so that texts and names are as they were.
    InTurn,
}

/// Works out how to take back one entry.
///
/// # Errors
/// When there is no such entry, something stands in the way, or the log can't be read.
pub fn plan_step(
    file: &ProjectFile,
    project: &Project,
    coder: Option<CoderId>,
    id: EntryId,
) -> Result<Reversal, AppError> {
    let entry = file.entry(id)?.ok_or(Refusal::NoEntry)?;
    let steps: Vec<_> = file.heads()?.into_iter().map(|head| head.step).collect();
    if undo::taken_back(&steps).contains_key(&id) {
        return Err(Refusal::InTheWay(obstacle::TAKEN_BACK.into()).into());
    }
    let mut attempt = Attempt::new(project, coder);
    let known = file.seen_until(&entry)?;
    let texts = BTreeSet::new();
    attempt
        .take_back(entry, &known, Order::Alone, &texts)
        .map_err(Refusal::InTheWay)?;
    Ok(Reversal {
        changes: attempt.changes,
        taken: 1,
        stays: Vec::new(),
    })
}

/// Works out how to take back all entries after one, as far as that is possible.
///
/// # Errors
/// When there is no such entry, or the log can't be read.
pub fn plan_back_to(
    file: &ProjectFile,
    project: &Project,
    coder: Option<CoderId>,
    id: EntryId,
) -> Result<Reversal, AppError> {
    let mut attempt = Attempt::new(project, coder);
    let mut reversal = Reversal::default();
    // Texts in which a correction stays: there, older positions have to be looked for.
    let mut moved = BTreeSet::new();
    for (entry, known) in later(file, id)?.into_iter().rev() {
        let (id, corrects) = (entry.id, corrected(&entry));
        let (project, so_far) = (attempt.project.clone(), attempt.changes.len());
        match attempt.take_back(entry, &known, Order::InTurn, &moved) {
            Ok(()) => reversal.taken += 1,
            Err(reason) => {
                attempt.project = project;
                attempt.changes.truncate(so_far);
                moved.extend(corrects);
                reversal.stays.push(Staying { entry: id, reason });
            }
        }
    }
    reversal.changes = attempt.changes;
    Ok(reversal)
}

/// The changes that undo an entry, with its passages where the texts of now have them.
///
/// # Errors
/// When a passage is gone, or the log can't be read.
pub fn inverse(
    file: &ProjectFile,
    project: &Project,
    entry: Entry,
) -> Result<Vec<Change>, AppError> {
    if is_erasure(&entry) {
        return Err(Refusal::Erased.into());
    }
    let known = file.seen_until(&entry)?;
    // Nearly always nothing has been corrected since, and the log needn't be read.
    let moved = if positions::may_have_moved(project, &entry, &known) {
        corrected_since(file, &entry)?
    } else {
        BTreeSet::new()
    };
    let positions = Positions::of(project, &entry, &known, |document| {
        moved.contains(&document)
    });
    let mut changes = undo::take_back(project, entry);
    for change in &mut changes {
        positions
            .adapt(project, change)
            .map_err(Refusal::InTheWay)?;
    }
    Ok(changes)
}

/// The documents whose texts were corrected after an entry, but for corrections that were undone since.
fn corrected_since(file: &ProjectFile, entry: &Entry) -> Result<BTreeSet<DocumentId>, AppError> {
    let mut later = Vec::new();
    file.for_each_entry(0, |_, other| {
        if other.order() > entry.order() {
            let documents = corrected(&other);
            later.push((other.order(), UndoableStep::from(&other), documents));
        }
    })?;
    later.sort_by_key(|(order, ..)| *order);
    let mut in_force: BTreeMap<EntryId, BTreeSet<DocumentId>> = BTreeMap::new();
    for (_, step, documents) in later {
        // What an undo took back stands as it stood before, and so does the text.
        let undone = step.reverses();
        if undone.is_some_and(|undone| in_force.remove(&undone).is_some()) {
            continue;
        }
        in_force.insert(step.id, documents);
    }
    Ok(in_force.into_values().flatten().collect())
}

/// The entries after one, in the log's order, each with what its author had seen.
fn later(file: &ProjectFile, id: EntryId) -> Result<Vec<(Entry, Seen)>, AppError> {
    let heads = file.heads()?;
    let chosen = heads.iter().find(|head| head.step.id == id);
    let chosen = chosen.ok_or(Refusal::NoEntry)?.order();
    let first = heads.iter().filter(|head| head.order() > chosen);
    let Some(first) = first.map(|head| head.seq).min() else {
        return Ok(Vec::new());
    };
    let mut entries = Vec::new();
    file.for_each_entry(first - 1, |_, entry| {
        if entry.order() > chosen {
            entries.push(entry);
        }
    })?;
    entries.sort_by_key(Entry::order);
    let mut seen: BTreeMap<DeviceId, Seen> = BTreeMap::new();
    let mut known = Vec::new();
    for entry in entries {
        let own = match seen.remove(&entry.device) {
            Some(own) => own,
            None => file.seen_until(&entry)?,
        };
        let own = with(own, &entry);
        seen.insert(entry.device, own.clone());
        known.push((entry, own));
    }
    Ok(known)
}

/// What a device has seen after an entry of its own.
fn with(mut seen: Seen, entry: &Entry) -> Seen {
    for (device, stamp) in entry.seen.iter().chain([(&entry.device, &entry.stamp)]) {
        let known = seen.entry(*device).or_default();
        *known = (*known).max(*stamp);
    }
    seen
}

/// Returns true if an entry erases words, which nothing brings back.
fn is_erasure(entry: &Entry) -> bool {
    let mut changes = entry.changes.iter();
    changes.any(|change| matches!(change, Change::Erased(_)))
}

/// The documents whose texts an entry corrects.
fn corrected(entry: &Entry) -> BTreeSet<DocumentId> {
    let changes = entry.changes.iter();
    changes
        .filter_map(|change| match change {
            Change::TextReplaced { document, .. } => Some(*document),
            _ => None,
        })
        .collect()
}

/// A copy of the project in which steps are taken back.
struct Attempt {
    project: Project,
    author: Author,
    coder: Option<CoderId>,
    changes: Vec<Change>,
}

impl Attempt {
    fn new(project: &Project, coder: Option<CoderId>) -> Self {
        // Whoever takes back sees the texts as they are: all corrections are known.
        let documents = project.documents.values();
        let edits = documents.flat_map(|document| document.history.edits());
        let latest = Stamp::from_u64(u64::MAX);
        Self {
            author: Author {
                entry: EntryId::from_u128(0),
                device: DeviceId::from_u128(0),
                stamp: latest,
                seen: edits.map(|edit| (edit.device, latest)).collect(),
            },
            project: project.clone(),
            coder,
            changes: Vec::new(),
        }
    }

    /// Takes back an entry; what is left after an error is not to be used.
    fn take_back(
        &mut self,
        entry: Entry,
        known: &Seen,
        order: Order,
        moved: &BTreeSet<DocumentId>,
    ) -> Result<(), Message> {
        if entry.coder.is_none() && entry.action == FOUNDING {
            return Err(obstacle::FOUNDING.into());
        }
        if is_erasure(&entry) {
            return Err(obstacle::ERASED.into());
        }
        let before = &self.project.clone();
        let positions = Positions::of(before, &entry, known, |document| {
            order == Order::Alone || moved.contains(&document)
        });
        for mut change in undo::take_back(&self.project, entry) {
            positions.adapt(&self.project, &mut change)?;
            let change = present::as_it_is(&self.project, change, self.coder, order)?;
            self.record(change)?;
        }
        if order == Order::Alone {
            self.check_that_it_can_be_done_again(before)?;
        }
        Ok(())
    }

    /// Refuses to take back what was set again since, though to the value that it had before: doing the step
    /// again wouldn't give the project of now.
    fn check_that_it_can_be_done_again(&self, before: &Project) -> Result<(), Message> {
        let mut again = self.project.clone();
        for change in self.changes.iter().rev() {
            let change = change.clone().inverse();
            apply::apply(&mut again, &self.author, &change)
                .map_err(|_reason| obstacle::changed_later(before, &change))?;
        }
        if content(&again) == content(before) {
            return Ok(());
        }
        let first = self.changes.first();
        Err(first.map_or_else(
            || obstacle::TAKEN_BACK.into(),
            |first| obstacle::changed_later(before, first),
        ))
    }

    fn record(&mut self, change: Change) -> Result<(), Message> {
        apply::apply(&mut self.project, &self.author, &change)
            .map_err(|reason| obstacle::refused(&self.project, &change, reason))?;
        // The log keeps a later value beside the one that overwrites it; here it stays instead.
        let mut conflicts = self.project.conflicts.values();
        if conflicts.any(|conflict| conflict.entry == self.author.entry) {
            return Err(obstacle::changed_later(&self.project, &change));
        }
        self.changes.push(change);
        Ok(())
    }
}

/// A project without what taking a step back and doing it again leaves behind.
fn content(project: &Project) -> Project {
    let mut project = Project {
        seen: BTreeMap::default(),
        conflicts: BTreeMap::default(),
        skipped: Vec::new(),
        ..project.clone()
    };
    for document in project.documents.values_mut() {
        if !document.history.edits().is_empty() {
            Arc::make_mut(document).history = TextHistory::default();
        }
    }
    project
}
