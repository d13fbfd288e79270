//! The files and folders of other programs' projects.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use super::StudyError;
use crate::{
    app::import::{ReadFailure, files::read_up_to},
    import::{SourceFile, tools::Tool},
};

/// The limit for a file, in bytes; a larger one isn't read.
const LIMIT_BYTES: u64 = 1 << 30;

/// The name of a file without its folders.
pub(super) fn shown(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The program whose project a folder is.
pub(super) fn folder_of(path: &Path) -> Option<Tool> {
    if path.join("data.qda").is_file() {
        return Some(Tool::QualCoder);
    }
    let has_annotations = std::fs::read_dir(path).ok()?.flatten().any(|entry| {
        Path::new(&entry.file_name())
            .extension()
            .is_some_and(|ending| ending == "ann")
    });
    has_annotations.then_some(Tool::Brat)
}

/// The first bytes of a file, enough to recognize its kind.
pub(super) fn beginning(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).ok()?;
    file.take(1024).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

pub(super) fn bytes_of(path: &Path, shown: &str) -> Result<Vec<u8>, StudyError> {
    if !path.exists() {
        return Err(ReadFailure::Missing(path.to_owned()).into());
    }
    match read_up_to(path, shown, LIMIT_BYTES) {
        // A file that is too large has the same error as one that can't be understood.
        Err(ReadFailure::Import { source, .. }) => Err((*source).into()),
        read => Ok(read?),
    }
}

/// A file with its bytes.
pub(super) fn source_of(path: &Path) -> Result<SourceFile, StudyError> {
    let name = shown(path);
    let bytes = bytes_of(path, &name)?;
    Ok(SourceFile { path: name, bytes })
}

/// The texts and annotations of a folder, sorted by name.
pub(super) fn texts_of(folder: &Path) -> Result<Vec<SourceFile>, StudyError> {
    let entries = std::fs::read_dir(folder).map_err(|source| ReadFailure::Io {
        file: shown(folder),
        source,
    })?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| ending == "ann" || ending == "txt")
        })
        .collect();
    paths.sort();
    paths.iter().map(|path| source_of(path)).collect()
}
