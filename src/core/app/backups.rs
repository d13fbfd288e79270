//! Backups of a project: which there are, making one, and putting one in the project's place.

use std::path::{Path, PathBuf};

pub use crate::store::{BackingUp, Backup, backups_of};

use super::{AppError, identity::Host, refusal::Refusal};
use crate::store::{Kept, Rebuild, Source};

/// The backup that is called by a name: the moment it was made, as its file is named.
///
/// # Errors
/// [`Refusal::NoBackup`].
pub fn named(project: &Path, name: &str) -> Result<Backup, Refusal> {
    let stem = name.strip_suffix(".tain").unwrap_or(name);
    backups_of(project)
        .into_iter()
        .find(|backup| backup.path.file_stem().is_some_and(|own| own == stem))
        .ok_or_else(|| Refusal::NoBackup(name.to_owned()))
}

/// Puts a backup in the place of the project, and keeps the project as it is now beside it; returns where.
///
/// # Errors
/// When another window has the project open, the backup can't be read, or the disk is full; the project is as it was then.
pub fn restore(project: &Source, backup: &Path, host: &Host) -> Result<PathBuf, AppError> {
    let rebuild = Rebuild::begin(project)?;
    rebuild.copy(backup)?;
    Ok(rebuild.finish(Kept::BeforeRestore, (host.now_millis)())?)
}
