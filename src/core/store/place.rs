//! Which file a project is, and what opens it: its path may come to lead to another file while it is open.

use std::{
    fs::Metadata,
    path::{Path, PathBuf},
};

use super::{StoreError, cipher::CipherKey};

/// A file on its device; elsewhere than on Unix the standard library doesn't tell it.
type FileId = Option<(u64, u64)>;

/// The path of a project, and the file that it led to when the project was opened.
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: PathBuf,
    id: FileId,
    /// What opens an encrypted file.
    key: Option<CipherKey>,
}

impl Place {
    /// The place of an existing file; symbolic links are followed once and for all.
    pub(super) fn of(path: &Path) -> Result<Self, StoreError> {
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        let path = path.canonicalize().map_err(io)?;
        let metadata = path.metadata().map_err(io)?;
        Ok(Self {
            id: id(&metadata),
            path,
            key: None,
        })
    }

    /// The same place, with what opens the file.
    pub(super) fn with_key(self, key: Option<CipherKey>) -> Self {
        Self { key, ..self }
    }

    /// What opens the file, if it is encrypted.
    pub(super) fn key(&self) -> Option<&CipherKey> {
        self.key.as_ref()
    }

    /// The path without symbolic links.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns an error if the path leads to another file now, to none, or the file has another name besides.
    ///
    /// SQLite finds the write-ahead log by the file's name: under two names there would be two logs of one file.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let metadata = match self.path.metadata() {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Gone(self.path.clone()));
            }
            Err(source) => {
                return Err(StoreError::Io {
                    path: self.path.clone(),
                    source,
                });
            }
        };
        if id(&metadata) != self.id {
            return Err(StoreError::Replaced(self.path.clone()));
        }
        if names(&metadata) > 1 {
            return Err(StoreError::SeveralNames(self.path.clone()));
        }
        Ok(())
    }

    /// Returns true if the path leads to the file that it led to when the project was opened.
    pub(super) fn is_same(&self) -> bool {
        self.path
            .metadata()
            .is_ok_and(|metadata| id(&metadata) == self.id)
    }

    /// Returns true if the file belongs to the user, or if that can't be told.
    ///
    /// Files that SQLite puts beside the project of somebody else would keep its owner from opening it.
    pub(super) fn is_own(&self) -> bool {
        is_own(&self.path)
    }
}

#[cfg(unix)]
fn id(metadata: &Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn id(_metadata: &Metadata) -> FileId {
    None
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.nlink()
}

#[cfg(not(unix))]
fn names(_metadata: &Metadata) -> u64 {
    1
}

#[cfg(unix)]
fn is_own(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let user = rustix::process::geteuid();
    // Root's files of this kind are given to the owner by SQLite itself.
    user.is_root()
        || path
            .metadata()
            .map_or(true, |file| file.uid() == user.as_raw())
}

#[cfg(not(unix))]
fn is_own(_path: &Path) -> bool {
    true
}
