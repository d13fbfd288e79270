//! The lock that lets one process write at a time: an advisory lock on a small file beside the project.
//!
//! The system frees it when the process dies. SQLite's own locks would not do: they last only as long as
//! a transaction.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use super::StoreError;

/// The lock, held while a project is open for writing.
#[derive(Debug)]
pub(super) struct WriterLock {
    file: File,
    path: PathBuf,
}

impl WriterLock {
    /// Takes the lock of a project.
    pub(super) fn take(project: &Path) -> Result<Self, StoreError> {
        let mut path = project.to_owned().into_os_string();
        path.push("-lock");
        let path = PathBuf::from(path);
        let open = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let file = open.map_err(|source| StoreError::Io {
            path: path.clone(),
            source,
        })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file, path }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked(project.to_owned())),
            Err(TryLockError::Error(source)) => Err(StoreError::Io { path, source }),
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Closing the file frees the lock in any case, and a lock file that is left behind does no harm.
        std::fs::remove_file(&self.path).ok();
        self.file.unlock().ok();
    }
}
