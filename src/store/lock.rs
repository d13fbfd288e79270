//! One writer at a time: an advisory lock on a small file beside the project, which the system frees when a process dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use super::StoreError;

/// Held while a project is open for writing.
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
        // The lock goes with the file handle in any case; a lock file left behind does no harm.
        std::fs::remove_file(&self.path).ok();
        self.file.unlock().ok();
    }
}
