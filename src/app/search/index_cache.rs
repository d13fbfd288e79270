//! Searching an open project, and keeping its index: a cache in the user's cache folder that can be thrown away at any time.

use std::path::{Path, PathBuf};

use crate::app::{Session, jobs::JobControl, texts::Texts};
use crate::{
    model::{Project, text::ContentHash},
    search::{Corpus, Index, Outcome, QueryError, Request, index::IndexError, search},
};

/// The user's folder for caches.
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

/// The folder of a project's index, below the folder for caches.
fn index_folder(cache: Option<&Path>, project: &Path) -> Option<PathBuf> {
    let cache = cache?;
    let place = project
        .canonicalize()
        .unwrap_or_else(|_| project.to_owned());
    Some(
        cache
            .join("index")
            .join(ContentHash::of(place.to_string_lossy().as_bytes()).to_string()),
    )
}

/// The index of a project, if there is one that can be read; it may be behind the texts.
pub fn open_index(cache: Option<&Path>, project: &Path) -> Option<Index> {
    Index::open(&index_folder(cache, project)?).ok()
}

/// Brings the index of a project up to its texts, making it where there is none.
///
/// # Errors
/// When the cache folder can't be written; searching goes on by scan.
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
    let load = |document: &crate::model::document::Document| texts.content(document).ok();
    let corpus = Corpus {
        project,
        load: &load,
    };
    index.update(&corpus, &mut |so_far| {
        control
            .progress(so_far.done as u64, so_far.total as u64)
            .is_ok()
    })?;
    Ok(index)
}

impl Session {
    /// Finds what is asked for; with an index faster, with the same hits.
    ///
    /// # Errors
    /// When the query can't be understood.
    pub fn search(&self, index: Option<&Index>, request: &Request) -> Result<Outcome, QueryError> {
        let texts = &**self.texts();
        let load = |document: &crate::model::document::Document| texts.content(document).ok();
        let project =
            crate::app::search::smart_codes::for_search(self.project(), &request.text, &load);
        search(
            &Corpus {
                project: &project,
                load: &load,
            },
            index,
            request,
        )
    }
}
