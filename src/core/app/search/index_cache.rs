//! Searching an open project, and its index: a cache in the user's cache folder, which can be deleted at any time.

use std::path::{Path, PathBuf};

use crate::app::{
    Session, jobs::JobControl, private_folder, search::smart_codes::for_search, settings::resolved,
    texts::Texts,
};
use crate::{
    model::{Project, document::Document, text::ContentHash},
    search::{Corpus, Index, QueryError, Request, SearchOutcome, index::IndexError, search},
    store::wipe,
};

/// The user's folder for caches; `TAIN_CACHE_DIR` replaces it.
pub fn cache_folder() -> Option<PathBuf> {
    let named = std::env::var_os("TAIN_CACHE_DIR")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from);
    named.or_else(|| {
        Some(
            directories::ProjectDirs::from("", "", "tain")?
                .cache_dir()
                .to_owned(),
        )
    })
}

/// The folder of a project's index in the folder for caches.
fn index_folder(cache: Option<&Path>, project: &Path) -> Option<PathBuf> {
    let cache = cache?;
    // A path that can't be resolved still names the project, only not in one way alone.
    let name = ContentHash::of(resolved(project).to_string_lossy().as_bytes());
    Some(cache.join("index").join(name.to_string()))
}

/// Opens the index of a project, if there is one that can be read; it may be older than the texts.
pub fn open_index(cache: Option<&Path>, project: &Path) -> Option<Index> {
    Index::open(&index_folder(cache, project)?).ok()
}

/// Overwrites the index of a project and removes it; returns false if there is none.
///
/// # Errors
/// As the file system's.
pub fn remove_index(cache: Option<&Path>, project: &Path) -> std::io::Result<bool> {
    let Some(folder) = index_folder(cache, project).filter(|folder| folder.is_dir()) else {
        return Ok(false);
    };
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.is_file() {
            wipe(&path)?;
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(true)
}

/// Updates the index of a project, or creates it; one that is damaged is built anew.
///
/// Indexes of projects that are gone are removed on this occasion.
///
/// # Errors
/// The cache folder can't be written, or another process builds the index; searches then scan the texts.
pub fn build_index(
    cache: Option<&Path>,
    path: &Path,
    project: &Project,
    texts: &Texts,
    control: &JobControl,
) -> Result<Index, IndexError> {
    let corpus = Corpus {
        project,
        load: &|document| texts.content(document).ok(),
    };
    let update = |index: Index| {
        index.update(&corpus, &mut |so_far| {
            control
                .progress(so_far.done as u64, so_far.total as u64)
                .is_ok()
        })?;
        Ok(index)
    };
    let Some(folder) = index_folder(cache, path) else {
        return update(Index::in_memory()?);
    };
    private_folder::create(&folder)?;
    let _alone = Index::lock(&folder)?;
    // The path that the folder is named after, so that it is found however the project is opened.
    let known = resolved(path);
    let index = Index::open(&folder)
        .and_then(update)
        .or_else(|_damaged| update(Index::create_in_dir(&folder, &known)?));
    if let Some(all) = folder.parent() {
        private_folder::close(all);
        private_folder::close(&folder);
        remove_orphans(all, &folder);
    }
    index
}

/// Removes the indexes of projects that were deleted or moved, and those of earlier versions, which don't say whose they are.
fn remove_orphans(all: &Path, own: &Path) {
    // Whatever can't be read or removed now is tried again at the next occasion.
    for folder in std::fs::read_dir(all).into_iter().flatten().flatten() {
        let folder = folder.path();
        if folder == own || !folder.is_dir() {
            continue;
        }
        let is_gone = match Index::project_of(&folder) {
            // A folder that can't be looked into may still have the project.
            Ok(Some(project)) => project.try_exists().is_ok_and(|exists| !exists),
            Ok(None) => false,
            Err(_) => true,
        };
        // An index that is being built has its lock before it says whose it is.
        if is_gone && let Ok(_alone) = Index::lock(&folder) {
            Index::remove(&folder).ok();
        }
    }
}

impl Session {
    /// Searches the project; with an index it is faster, with the same hits.
    ///
    /// # Errors
    /// The query can't be understood.
    pub fn search(
        &self,
        index: Option<&Index>,
        request: &Request,
    ) -> Result<SearchOutcome, QueryError> {
        let texts = &**self.texts();
        let load = |document: &Document| texts.content(document).ok();
        let project = for_search(self.project(), &request.text, &load);
        let corpus = Corpus {
            project: &project,
            load: &load,
        };
        search(&corpus, index, request)
    }
}
