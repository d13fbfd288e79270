//! Searching an open project, and its index: a cache in the user's cache folder, which can be deleted at any time.

use std::path::{Path, PathBuf};

use crate::app::{Session, jobs::JobControl, search::smart_codes::for_search, texts::Texts};
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
    let path = project
        .canonicalize()
        .unwrap_or_else(|_unresolved| project.to_owned());
    let name = ContentHash::of(path.to_string_lossy().as_bytes());
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

/// Updates the index of a project, or creates it.
///
/// # Errors
/// The cache folder can't be written; searches then scan the texts.
pub fn build_index(
    cache: Option<&Path>,
    path: &Path,
    project: &Project,
    texts: &Texts,
    control: &JobControl,
) -> Result<Index, IndexError> {
    let index = match (open_index(cache, path), index_folder(cache, path)) {
        (Some(index), _) => index,
        (None, Some(folder)) => Index::create_in_dir(&folder)?,
        (None, None) => Index::in_memory()?,
    };
    let corpus = Corpus {
        project,
        load: &|document| texts.content(document).ok(),
    };
    index.update(&corpus, &mut |so_far| {
        control
            .progress(so_far.done as u64, so_far.total as u64)
            .is_ok()
    })?;
    Ok(index)
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
