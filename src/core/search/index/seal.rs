//! The seal of an index folder: which project it is for, and a hash of every file that a search reads.
//!
//! Tantivy trusts its files: a flipped bit gives wrong hits or a panic. So nothing is looked up in a folder whose files
//! don't have the hashes of its seal; such an index is built anew.

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::IndexError;

/// The name of the seal in its folder.
pub(super) const SEAL: &str = "seal.json";

/// The project of an index and the hashes of its files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// The path of the project; `None` for one that can't be written as text.
    pub(super) project: Option<PathBuf>,
    /// The BLAKE3 hash of each file by its name; empty while the index is being built.
    files: BTreeMap<String, String>,
}

impl Seal {
    /// The seal of an index of a project that has no files yet.
    pub(super) fn of(project: Option<&Path>) -> Self {
        Self {
            project: project.and_then(Path::to_str).map(PathBuf::from),
            files: BTreeMap::new(),
        }
    }

    /// Reads the seal of a folder.
    ///
    /// # Errors
    /// There is none, or it is damaged.
    pub(super) fn read(folder: &Path) -> Result<Self, IndexError> {
        let text = std::fs::read(folder.join(SEAL))?;
        serde_json::from_slice(&text).map_err(|_other_form| IndexError::Damaged)
    }

    /// Seals a folder with the files that it has.
    ///
    /// # Errors
    /// A file can't be read, or the seal can't be written.
    pub(super) fn put(mut self, folder: &Path) -> io::Result<()> {
        self.files = sealed(folder)?
            .into_iter()
            .map(|name| {
                let hash = hash(&folder.join(&name))?;
                Ok((name, hash))
            })
            .collect::<io::Result<_>>()?;
        self.write(folder)
    }

    /// Writes the seal as it is.
    ///
    /// # Errors
    /// The folder can't be written.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        // A seal cut off by a crash is no JSON, and then the index is built anew.
        std::fs::write(folder.join(SEAL), serde_json::to_vec(self)?)
    }

    /// Removes the seal, so that the index is built anew when it is next opened.
    pub(super) fn remove(folder: &Path) {
        // If it can't be removed, the hashes of the files are compared again and show the same damage.
        std::fs::remove_file(folder.join(SEAL)).ok();
    }

    /// Compares the files with their hashes.
    ///
    /// Files that an unfinished update has added are no part of the index and don't matter.
    ///
    /// # Errors
    /// A file is missing or changed, or the index was never finished.
    pub(super) fn check(&self, folder: &Path) -> Result<(), IndexError> {
        if self.files.is_empty() {
            return Err(IndexError::Damaged);
        }
        for (name, known) in &self.files {
            if hash(&folder.join(name))? != *known {
                return Err(IndexError::Damaged);
            }
        }
        Ok(())
    }
}

/// The names of the files that belong to an index.
fn sealed(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for file in std::fs::read_dir(folder)? {
        // Tantivy's names are ASCII; its list of files to remove and its locks change without the index.
        if let Ok(name) = file?.file_name().into_string()
            && !name.starts_with('.')
            && name != SEAL
            && name != super::LOCK
        {
            names.push(name);
        }
    }
    Ok(names)
}

fn hash(file: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    // Read in pieces: an index can be larger than memory.
    let mut reader = io::BufReader::with_capacity(1 << 20, File::open(file)?);
    io::copy(&mut reader, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}
