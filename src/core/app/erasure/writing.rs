//! Writing the file anew, and overwriting everything that had the words.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    plan::ErasurePlan,
    preview::ErasurePreview,
    request::{ERASE, ErasureRequest},
};
use crate::{
    app::{
        AppError,
        edit::transaction::Transaction,
        encryption::copies,
        identity::{Host, Identities},
        refusal::Refusal,
        session::checkpoint::device_at,
        surroundings::Surroundings,
    },
    log::{Entry, merge},
    model::{
        clock::Stamp,
        erasure::Erasure,
        ids::{CoderId, DeviceId, EntryId},
        text::ContentHash,
    },
    store::{ProjectFile, Rebuild, Source, StoreError, backups_of, wipe},
};

/// How many bytes of contents are written in one go.
const BATCH: usize = 16 << 20;

/// What an erasure has done.
#[derive(Debug, Clone, PartialEq)]
pub struct Erased {
    /// The entry that records it.
    pub entry: EntryId,
    /// When, in milliseconds since 1970 in UTC.
    pub at_millis: u64,
    /// The title of the project.
    pub title: String,
    /// Who did it.
    pub by: String,
    /// What was planned, which is what was done.
    pub preview: ErasurePreview,
    /// What the log records.
    pub erasure: Erasure,
    /// Backups that were overwritten and removed.
    pub backups: usize,
    /// Copies that were overwritten and removed.
    pub wiped: Vec<PathBuf>,
    /// Copies that are still there.
    pub left: Vec<PathBuf>,
    /// Whether there was an index, which was overwritten and removed.
    pub had_index: bool,
    /// Whether there were drafts, which were overwritten and removed.
    pub had_drafts: bool,
}

/// Erases what a request names; nobody may have the project open. Returns what opens the new file, and what was done.
///
/// Until the new file is whole and on the disk, the project is as it was. Once it is in its place, an error means that
/// something beside it could not be overwritten.
///
/// # Errors
/// When another window has the project open, there is nothing to erase, the file is damaged, or the disk is full.
pub fn erase(
    project: &Source,
    request: &ErasureRequest,
    by: CoderId,
    surroundings: Surroundings<'_>,
    wipes_copies: bool,
    host: Host,
) -> Result<(Source, Erased), AppError> {
    let rebuild = Rebuild::begin(project)?;
    let path = rebuild.path().to_owned();
    let old = rebuild.source().read()?;
    let plan = ErasurePlan::of(&old, request)?;
    let coder = plan.project.coders.get(&by);
    let coder = coder
        .ok_or_else(|| Refusal::NoCoder(by.to_string()))?
        .name
        .clone();
    let mut ids = Identities::new(host, Stamp::default());
    let mut new = rebuild.empty()?;
    write_contents(&old, &mut new, &plan)?;
    let entry = write_log(&old, &mut new, &plan, by, &path, &mut ids)?;
    drop((old, new));
    let backups = backups_of(&path);
    let source = rebuild.finish_wiping()?;
    let now = ids.now_millis();
    for backup in &backups {
        wipe(&backup.path).map_err(|error| io(&backup.path, error))?;
    }
    source.read()?.backing_up().run(now)?;
    let (mut wiped, mut left) = (Vec::new(), copies(&path));
    if wipes_copies {
        for copy in &left {
            wipe(copy).map_err(|error| io(copy, error))?;
        }
        std::mem::swap(&mut wiped, &mut left);
    }
    let traces = surroundings.wipe(&path).map_err(|error| io(&path, error))?;
    let erased = Erased {
        entry,
        at_millis: now,
        title: plan.project.title.clone(),
        by: coder,
        preview: plan.preview,
        erasure: plan.erasure,
        backups: backups.len(),
        wiped,
        left,
        had_index: traces.index,
        had_drafts: traces.drafts,
    };
    Ok((source, erased))
}

fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Copies the contents that the new log names; what it names no more stays behind.
fn write_contents(
    old: &ProjectFile,
    new: &mut ProjectFile,
    plan: &ErasurePlan,
) -> Result<(), StoreError> {
    let mut batch: Vec<(ContentHash, Vec<u8>)> = Vec::new();
    let mut bytes = 0;
    for hash in plan.named() {
        let content = match plan.contents.get(&hash) {
            Some(content) => content.clone(),
            None => old.content(hash)?,
        };
        bytes += content.len();
        batch.push((hash, content));
        if bytes > BATCH {
            new.append(&[], std::mem::take(&mut batch))?;
            bytes = 0;
        }
    }
    new.append(&[], batch)
}

/// Writes the log, and the entry that records the erasure, which is returned.
fn write_log(
    old: &ProjectFile,
    new: &mut ProjectFile,
    plan: &ErasurePlan,
    by: CoderId,
    path: &Path,
    ids: &mut Identities,
) -> Result<EntryId, AppError> {
    for key in ["device", "home"] {
        if let Some(value) = old.meta(key)? {
            new.set_meta(key, &value)?;
        }
    }
    let mut stamps = BTreeMap::<DeviceId, Stamp>::new();
    for entry in &plan.entries {
        let last = stamps.entry(entry.device).or_default();
        *last = (*last).max(entry.stamp);
        ids.observe(entry.stamp);
    }
    let device = device_at(new, path, ids)?;
    let entry = Entry {
        id: ids.id(),
        stamp: ids.stamp(),
        device,
        coder: Some(by),
        action: ERASE.to_owned(),
        undoes: None,
        seen: merge::newly_seen(&stamps, device, plan.project.seen.get(&device)),
        changes: Vec::new(),
    };
    let project = Arc::new(plan.project.clone());
    let mut tx = Transaction::new(&project, entry, ids);
    plan.record(&mut tx);
    let entry = tx.finish()?.entry;
    new.append::<Vec<u8>>(&plan.entries, Vec::new())?;
    new.append::<Vec<u8>>(std::slice::from_ref(&entry), Vec::new())?;
    Ok(entry.id)
}
