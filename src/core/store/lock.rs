//! The lock that lets one process write at a time: an advisory lock on a small file beside the project.
//!
//! The system frees it when the process dies. SQLite's own locks would not do: they last only as long as
//! a transaction. The file stays: whoever removed it could remove the one that the next writer has just locked.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};

use super::StoreError;

/// How often a writer that waits asks again.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// The lock, held while a project is open for writing.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of a project, given its path without symbolic links; waits that long for another writer.
    pub(super) fn take(project: &Path, wait: Duration) -> Result<Self, StoreError> {
        let mut path = project.to_owned().into_os_string();
        path.push("-lock");
        let path = PathBuf::from(path);
        let file = open(&path).map_err(|source| StoreError::Io {
            path: path.clone(),
            source,
        })?;
        let mut left = wait;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if left.is_zero() => {
                    return Err(StoreError::Locked(project.to_owned()));
                }
                Err(TryLockError::WouldBlock) => {
                    let pause = left.min(ASK_AGAIN);
                    std::thread::sleep(pause);
                    left -= pause;
                }
                Err(TryLockError::Error(source)) => return Err(StoreError::Io { path, source }),
            }
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
