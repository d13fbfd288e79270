//! What the program keeps of a project outside its file: the search index and the drafts.

use std::{io, path::Path};

use super::{drafts::Drafts, search::index_cache::remove_index, settings::Settings};

/// Where it is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surroundings<'a> {
    /// The folder for caches, which has the index.
    pub cache: Option<&'a Path>,
    /// The folder of the settings, which has the drafts.
    pub settings: Option<&'a Path>,
}

/// What there was of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traces {
    /// An index, which is overwritten and removed.
    pub index: bool,
    /// Drafts, which are overwritten and removed.
    pub drafts: bool,
}

impl Surroundings<'_> {
    /// Overwrites and removes what is kept of a project.
    ///
    /// # Errors
    /// As the file system's.
    pub fn wipe(self, project: &Path) -> io::Result<Traces> {
        Ok(Traces {
            index: remove_index(self.cache, project)?,
            drafts: match self.settings {
                Some(folder) => Drafts::wipe(folder, project)?,
                None => false,
            },
        })
    }

    /// Forgets the title of a project in the list of recent ones.
    pub fn forget_title(self, project: &Path) {
        if let Some(folder) = self.settings {
            Settings::load(Some(folder.to_owned())).forget_title(project);
        }
    }
}
