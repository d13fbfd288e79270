//! Replacing a file by one that is made of what was found in it, or by a backup.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempPath;

use super::{
    Access, ProjectFile, Salvage, Secret, Source, StoreError, backups, beside, cipher::CipherKey,
    lock::WriterLock, migration, opening, place::Place, sync_folder,
};

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
    /// The key of the new file.
    key: Option<CipherKey>,
    new: TempPath,
    _lock: WriterLock,
}

impl Rebuild {
    /// Begins a new file beside a damaged one.
    ///
    /// # Errors
    /// When another process has the project open for writing, or the folder can't be written to.
    pub fn begin(source: &Source) -> Result<Self, StoreError> {
        let place = source.0.clone();
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
            key: place.key().cloned(),
            place,
            new: new.into_temp_path(),
            _lock: lock,
        })
    }

    /// The file that is replaced.
    pub fn source(&self) -> Source {
        Source(self.place.clone())
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
    pub fn encrypt(&mut self, secret: Option<&Secret>) -> Result<(), StoreError> {
        self.key = secret.map(Secret::key).transpose()?;
        let new = Place::of(&self.new)?.with_key(self.key.clone());
        self.source().read()?.copy_rows(&new)
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

    /// The new file, which has nothing in it yet, to be written to.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn empty(&self) -> Result<ProjectFile, StoreError> {
        let place = Place::of(&self.new)?.with_key(self.place.key().cloned());
        let mut connection = opening::new(&place)?;
        opening::configure(&connection, Access::Write)?;
        migration::migrate(&mut connection, 0)?;
        ProjectFile::of(connection, place, Access::Write, None)
    }

    /// Another file with the same key: a backup.
    ///
    /// # Errors
    /// When there is none.
    pub fn beside(&self, path: &Path) -> Result<Source, StoreError> {
        self.source().beside(path)
    }

    /// Fills the new file with a copy of a backup.
    ///
    /// # Errors
    /// When the backup can't be read, or the disk is full.
    pub fn copy(&self, backup: &Path) -> Result<(), StoreError> {
        // Whatever it is, only a project that can be read takes the place of one.
        drop(self.beside(backup)?.read()?);
        std::fs::copy(backup, &self.new)
            .map(drop)
            .map_err(|source| StoreError::Io {
                path: backup.to_owned(),
                source,
            })
    }

    /// Overwrites the old file with zeros, as far as its disk lets that be done, and puts the new one in its place, which
    /// is returned.
    ///
    /// # Errors
    /// When the disk is full; the old file is then where it was.
    pub fn finish_wiping(self) -> Result<Source, StoreError> {
        let path = self.place.path().to_owned();
        let key = self.key.clone();
        let io = |source| StoreError::Io {
            path: path.clone(),
            source,
        };
        // Second names, by which it and the steps beside it can be reached once the first are the new file's.
        let mut old = Vec::new();
        for file in [path.clone(), beside(&path, "-wal")] {
            let second = beside(&file, "-old");
            std::fs::remove_file(&second).ok();
            if file.is_file() {
                std::fs::hard_link(&file, &second).map_err(io)?;
                old.push(second);
            }
        }
        if let Err(error) = self.put() {
            for second in &old {
                std::fs::remove_file(second).ok();
            }
            return Err(error);
        }
        for second in &old {
            wipe(second).map_err(io)?;
        }
        Ok(Source(Place::of(&path)?.with_key(key)))
    }

    /// Keeps the old file under another name, which is returned, and puts the new one in its place.
    ///
    /// # Errors
    /// When the disk is full; the old file is then where it was.
    pub fn finish(self, why: Kept, now_millis: u64) -> Result<PathBuf, StoreError> {
        let path = self.place.path();
        let kept = keep(path, why, now_millis).map_err(|source| StoreError::Io {
            path: path.to_owned(),
            source,
        })?;
        self.put()?;
        Ok(kept)
    }

    /// Puts the new file in the place of the old one.
    fn put(self) -> Result<(), StoreError> {
        let path = self.place.path();
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        File::open(&self.new)
            .and_then(|new| new.sync_all())
            .map_err(io)?;
        // SQLite would take the steps beside the old file for those of the new one.
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
        Ok(())
    }
}

/// Overwrites a file with zeros and removes it.
///
/// # Errors
/// As the file system's.
pub fn wipe(path: &Path) -> std::io::Result<()> {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let mut file = File::options().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let zeros = vec![0; 1 << 20];
    while left > 0 {
        let piece = usize::try_from(left).map_or(zeros.len(), |left| left.min(zeros.len()));
        file.write_all(&zeros[..piece])?;
        left -= piece as u64;
    }
    file.sync_all()?;
    std::fs::remove_file(path)
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
