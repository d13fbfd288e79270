//! Replacing a file by one that is made of what was found in it, or by a backup.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempPath;

use super::{
    Access, ProjectFile, Salvage, Secret, StoreError, backups, beside, lock::WriterLock, opening,
    place::Place, sync_folder, unlocked,
};
use crate::seal::Passphrase;

/// Why a file is kept although another takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is damaged.
    Damaged,
    /// A backup was restored.
    BeforeRestore,
}

/// A file that is being made in place of a damaged one; nobody else writes to either meanwhile.
#[derive(Debug)]
pub struct Rebuild {
    place: Place,
    new: TempPath,
    _lock: WriterLock,
}

impl Rebuild {
    /// Begins a new file beside a damaged one.
    ///
    /// # Errors
    /// When another process has the project open for writing, or the folder can't be written to.
    pub fn begin(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        let place = unlocked(path, passphrase)?;
        let lock = WriterLock::take(place.path(), Duration::ZERO)?;
        let folder = place.path().parent().unwrap_or(Path::new("."));
        let new = tempfile::Builder::new()
            .prefix(".repair-")
            .suffix(".tain")
            .tempfile_in(folder)
            .map_err(|source| StoreError::Io {
                path: folder.to_owned(),
                source,
            })?;
        Ok(Self {
            place,
            new: new.into_temp_path(),
            _lock: lock,
        })
    }

    /// The path of the damaged file.
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// The backups of the project, the newest first.
    pub fn backups(&self) -> Vec<PathBuf> {
        backups::paths(self.place.path())
    }

    /// Fills the new file with the whole project, encrypted with another secret or with none.
    ///
    /// # Errors
    /// When the project can't be read, or the disk is full.
    pub fn encrypt(&self, secret: Option<&Secret>) -> Result<(), StoreError> {
        let source = opening::for_reading(&self.place)?;
        ProjectFile::of(source, self.place.clone(), Access::Read, None)?
            .copy_rows(&Place::of(&self.new)?.with_key(secret.map(Secret::key).transpose()?))
    }

    /// The new file with what was found, to be written to.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn file(&self, salvage: &Salvage) -> Result<ProjectFile, StoreError> {
        let place = Place::of(&self.new)?.with_key(self.place.key().cloned());
        let mut connection = opening::new(&place)?;
        salvage.store(&mut connection)?;
        opening::configure(&connection, Access::Write)?;
        ProjectFile::of(connection, place, Access::Write, None)
    }

    /// Fills the new file with a copy of a backup.
    ///
    /// # Errors
    /// When the backup can't be read, or the disk is full.
    pub fn copy(&self, backup: &Path) -> Result<(), StoreError> {
        // Whatever it is, only a project that can be read takes the place of one.
        let place = Place::of(backup)?.with_key(self.place.key().cloned());
        let connection = opening::for_reading(&place)?;
        drop(ProjectFile::of(connection, place, Access::Read, None)?);
        std::fs::copy(backup, &self.new)
            .map(drop)
            .map_err(|source| StoreError::Io {
                path: backup.to_owned(),
                source,
            })
    }

    /// Keeps the old file under another name, which is returned, and puts the new one in its place.
    ///
    /// # Errors
    /// When the disk is full; the old file is then where it was.
    pub fn finish(self, why: Kept, now_millis: u64) -> Result<PathBuf, StoreError> {
        let path = self.place.path();
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        File::open(&self.new)
            .and_then(|new| new.sync_all())
            .map_err(io)?;
        let kept = keep(path, why, now_millis).map_err(io)?;
        // SQLite would take the steps beside the damaged file for those of the new one.
        for ending in ["-wal", "-shm"] {
            match std::fs::remove_file(beside(path, ending)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(io(error));
                }
                _ => {}
            }
        }
        self.new.persist(path).map_err(|error| StoreError::Io {
            path: path.to_owned(),
            source: error.error,
        })?;
        sync_folder(path);
        Ok(kept)
    }
}

/// Copies a file, and the steps beside it, to a name that says why and when.
fn keep(path: &Path, why: Kept, now_millis: u64) -> std::io::Result<PathBuf> {
    let date = backups::date(now_millis);
    let why = match why {
        Kept::Damaged => "damaged",
        Kept::BeforeRestore => "before-restore",
    };
    let mut kept = path.with_extension(format!("{why}-{date}.tain"));
    for number in 2.. {
        if !kept.exists() {
            break;
        }
        kept = path.with_extension(format!("{why}-{date}-{number}.tain"));
    }
    for ending in ["", "-wal"] {
        let from = beside(path, ending);
        if from.is_file() {
            let to = beside(&kept, ending);
            std::fs::copy(&from, &to)?;
            File::open(&to)?.sync_all()?;
        }
    }
    sync_folder(&kept);
    Ok(kept)
}
