//! Opening a file: the project is the checkpoint with the entries after it folded in.
//!
//! The checkpoint is a cache that saves folding the whole log. It is used only if all later entries come
//! after it in the log's order, and is never the truth.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, Weak},
};

use super::{AppError, Identities, Session};
use crate::{
    app::{refusal::Refusal, texts::Texts},
    log::{self, Entry},
    message::{Message, explain::Explain as _},
    model::{
        Project,
        clock::Stamp,
        ids::{DeviceId, EntryId},
    },
    store::{Access, Checkpoint, EntryHead, LogDamage, ProjectFile, Salvage, Source, StoreError},
};

/// Entries or changes after which closing stores a new checkpoint; fewer are folded in quickly enough at
/// the next opening.
const WORTH_ENTRIES: usize = 200;
const WORTH_CHANGES: usize = 500;

/// How many entries and changes there are since the checkpoint.
#[derive(Debug, Default)]
pub(super) struct SinceCheckpoint {
    entries: usize,
    changes: usize,
}

impl SinceCheckpoint {
    /// Counts an entry.
    pub(super) fn note(&mut self, entry: &Entry) {
        self.entries += 1;
        self.changes += entry.changes.len();
    }

    fn is_worth_it(&self) -> bool {
        self.entries >= WORTH_ENTRIES || self.changes >= WORTH_CHANGES
    }
}

/// The order of the last entry in a fold.
type LastOrder = (Stamp, DeviceId, EntryId);

/// What is read of a file before there is a session.
#[derive(Debug)]
pub(super) struct Loaded {
    file: ProjectFile,
    project: Project,
    unsaved: SinceCheckpoint,
    heads: Vec<EntryHead>,
    damage: Vec<Message>,
}

/// Reads the log of an open file.
pub(super) fn load(file: ProjectFile) -> Result<Loaded, StoreError> {
    let (project, unsaved) = fold(&file)?;
    let heads = file.heads()?;
    Ok(Loaded {
        damage: file.damage().into_iter().map(LogDamage::message).collect(),
        file,
        project,
        unsaved,
        heads,
    })
}

/// Reads all that can be found in a file that couldn't be opened.
///
/// # Errors
/// The error it couldn't be opened with, if it isn't the file that is to blame or nothing can be found in it.
pub(super) fn load_damaged(source: &Source, error: StoreError) -> Result<Loaded, StoreError> {
    let is_of_file = matches!(
        error,
        StoreError::Damaged(_)
            | StoreError::NotAProject(_)
            | StoreError::Foreign { .. }
            | StoreError::Newer { .. }
            | StoreError::Database(_)
    );
    if !is_of_file {
        return Err(error);
    }
    let Ok(salvage) = Salvage::of(source) else {
        return Err(error);
    };
    let mut loaded = load(ProjectFile::salvaged(source, &salvage)?)?;
    let mut damage = vec![error.explain().what];
    damage.extend(salvage.report.lost());
    loaded.damage = damage;
    Ok(loaded)
}

/// Starts a session on an open file.
pub(crate) fn start(file: ProjectFile, ids: Identities) -> Result<Session, AppError> {
    started(load(file)?, ids)
}

/// Starts a session on the project as it was right after an entry, for reading.
pub(super) fn start_as_of(
    file: ProjectFile,
    ids: Identities,
    entry: EntryId,
) -> Result<Session, AppError> {
    let entry = file.entry(entry)?.ok_or(Refusal::NoEntry)?;
    let (project, _) = until(&file, |other| other.order() <= entry.order())?;
    let heads = file.heads()?.into_iter();
    let loaded = Loaded {
        heads: heads.filter(|head| head.order() <= entry.order()).collect(),
        damage: file.damage().into_iter().map(LogDamage::message).collect(),
        file,
        project,
        unsaved: SinceCheckpoint::default(),
    };
    Ok(Session {
        as_of: Some(entry.stamp),
        ..started(loaded, ids)?
    })
}

pub(super) fn started(loaded: Loaded, mut ids: Identities) -> Result<Session, AppError> {
    let Loaded {
        mut file,
        project,
        unsaved,
        heads,
        damage,
    } = loaded;
    let mut stamps = BTreeMap::<DeviceId, Stamp>::new();
    for head in &heads {
        let last = stamps.entry(head.device).or_default();
        *last = (*last).max(head.stamp);
        ids.observe(head.stamp);
    }
    // What is lost might be what the next entry builds on.
    let access = if damage.is_empty() {
        file.access()
    } else {
        Access::Read
    };
    let device = match access {
        Access::Write => own_device(&mut file, &mut ids)?,
        Access::Read => ids.id(),
    };
    let path = file.path().to_owned();
    let reader = file.reader()?.map(|reader| Arc::new(Mutex::new(reader)));
    let file = Arc::new(Mutex::new(file));
    let texts = Arc::new(Texts::new(reader.unwrap_or_else(|| Arc::clone(&file))));
    Ok(Session {
        path,
        access,
        damage,
        file,
        project: Arc::new(project),
        revision: 0,
        texts,
        ids,
        device,
        coder: None,
        steps: heads.into_iter().map(|head| head.step).collect(),
        stamps,
        unsaved,
        storing: Weak::new(),
        as_of: None,
    })
}

/// Folds the checkpoint and the entries after it, or the whole log if the checkpoint can't be used.
fn fold(file: &ProjectFile) -> Result<(Project, SinceCheckpoint), StoreError> {
    let mut since = SinceCheckpoint::default();
    let stored = file.checkpoint()?;
    let decoded = stored.and_then(|stored| {
        Some((
            stored.seq,
            postcard::from_bytes::<(LastOrder, Project)>(&stored.body).ok()?,
        ))
    });
    if let Some((seq, (mut last, mut project))) = decoded {
        let mut fits = true;
        file.for_each_entry(seq, |_, entry| {
            // An entry of another device can belong between entries that are folded in already.
            fits &= entry.order() > last;
            if fits {
                last = entry.order();
                since.note(&entry);
                log::fold_entry(&mut project, &entry);
            }
        })?;
        if fits {
            return Ok((project, since));
        }
    }
    let mut entries = Vec::new();
    file.for_each_entry(0, |_, entry| {
        since.note(&entry);
        entries.push(entry);
    })?;
    Ok((log::fold(&entries), since))
}

/// The project as it is opened: from the checkpoint, if that can be used.
///
/// # Errors
/// When the log can't be read.
pub fn opened(file: &ProjectFile) -> Result<Project, StoreError> {
    Ok(fold(file)?.0)
}

/// Folds the whole log, without the checkpoint.
///
/// # Errors
/// When the log can't be read.
pub fn refold(file: &ProjectFile) -> Result<Project, StoreError> {
    let mut entries = Vec::new();
    file.for_each_entry(0, |_, entry| entries.push(entry))?;
    Ok(log::fold(&entries))
}

/// The project as it was at a moment, and the number of its entries.
///
/// # Errors
/// When the log can't be read.
pub fn as_of(file: &ProjectFile, at: Stamp) -> Result<(Project, usize), StoreError> {
    until(file, |entry| entry.stamp <= at)
}

/// The project of the entries that are wanted, and their number.
fn until(
    file: &ProjectFile,
    is_wanted: impl Fn(&Entry) -> bool,
) -> Result<(Project, usize), StoreError> {
    let mut entries = Vec::new();
    file.for_each_entry(0, |_, entry| {
        if is_wanted(&entry) {
            entries.push(entry);
        }
    })?;
    Ok((log::fold(&entries), entries.len()))
}

/// The device of this copy: a file that was copied or moved is a device of its own, so that two copies
/// never continue the same sequence of stamps.
fn own_device(file: &mut ProjectFile, ids: &mut Identities) -> Result<DeviceId, StoreError> {
    let path = file.path().to_owned();
    device_at(file, &path, ids)
}

/// The device of a file that is to be at a path.
pub(in crate::app) fn device_at(
    file: &mut ProjectFile,
    path: &Path,
    ids: &mut Identities,
) -> Result<DeviceId, StoreError> {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let home = format!("{} {}", ids.installation(), place.display());
    let home = crate::model::text::ContentHash::of(home.as_bytes()).to_string();
    let known = file.meta("device")?.and_then(|device| device.parse().ok());
    if let Some(device) = known
        && file.meta("home")?.as_deref() == Some(&home)
    {
        return Ok(device);
    }
    let device: DeviceId = ids.id();
    file.set_meta("device", &device.to_string())?;
    file.set_meta("home", &home)?;
    Ok(device)
}

impl Session {
    /// Stores a checkpoint if there is enough since the last one.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn save_checkpoint(&mut self) -> Result<(), StoreError> {
        if self.access == Access::Read || !self.unsaved.is_worth_it() {
            return Ok(());
        }
        let mut last = None;
        let heads = self.file().heads()?;
        for head in &heads {
            last = last.max(Some((head.stamp, head.device, head.step.id)));
        }
        // The fold is of the entries that this session knows: were there others, they would count as folded in.
        if heads.len() != self.steps.len() {
            return Err(StoreError::WrittenElsewhere(self.path.clone()));
        }
        let seq = heads.last().map_or(0, |head| head.seq);
        let Some(last) = last else { return Ok(()) };
        let body = postcard::to_stdvec(&(last, &*self.project))
            .map_err(|error| StoreError::Damaged(error.to_string()))?;
        self.file().set_checkpoint(&Checkpoint { seq, body })?;
        self.unsaved = SinceCheckpoint::default();
        Ok(())
    }

    /// Deletes the checkpoint and folds the log again.
    ///
    /// # Errors
    /// When the file can't be read or written.
    pub fn rebuild_checkpoint(&mut self) -> Result<(), StoreError> {
        self.file().drop_checkpoint()?;
        let project = refold(&self.file())?;
        self.project = Arc::new(project);
        self.revision += 1;
        self.unsaved = SinceCheckpoint {
            entries: WORTH_ENTRIES,
            changes: 0,
        };
        self.save_checkpoint()
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        coder::Coder,
        ids::{AttributeId, CoderId, PhaseId},
        phase::Phase,
        rank::Rank,
    };

    #[test]
    fn a_checkpoint_has_the_fields_that_the_log_leaves_out() {
        let mut project = Project::default();
        // Two of each, since what follows a missing field would be misread.
        for number in 1..=2 {
            let (coder, phase) = (CoderId::from_u128(number), PhaseId::from_u128(number));
            let rank = Rank::between(None, None);
            project
                .coders
                .insert(coder, Coder::new(coder, "An".to_owned()));
            project.phases.insert(
                phase,
                Phase::new(phase, "baseline".to_owned(), rank.clone()),
            );
            let attribute = Attribute::new(
                AttributeId::from_u128(number),
                "age".to_owned(),
                AttributeOf::Coders,
                AttributeKind::Number,
                false,
                rank,
            );
            // One coder has a value, and one has none.
            let first = project.coders.get_mut(&CoderId::from_u128(1)).unwrap();
            first
                .values
                .insert((attribute.id, None), AttributeValue::Number(31.0));
            project.attributes.insert(attribute.id, attribute);
        }
        let bytes = postcard::to_stdvec(&project).unwrap();
        assert_eq!(postcard::from_bytes::<Project>(&bytes).unwrap(), project);
    }
}
