//! The full-text index: a disposable cache beside the project, never the source of truth.
//!
//! Every turn is a document of the index, and only what is said is indexed.
//! The index records which version of each text it contains; a text that has changed since is read instead, until
//! [`Index::update`] has run.

mod bits;
mod candidates;
mod postings;
mod seal;
mod similar;
mod stems;
mod stream;
mod update;

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions, TryLockError},
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use tantivy::{
    IndexReader, ReloadPolicy, Searcher, TantivyError,
    directory::{MmapDirectory, RamDirectory},
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};

use crate::message::{
    explain::{Explain, Explanation, system},
    text::Text,
};
use crate::model::{Project, document::Document, ids::DocumentId, text::ContentHash};

use super::analyser::ANALYSER_VERSION;

pub use candidates::Candidates;
use seal::{SEAL, Seal};
pub use update::{IndexProgress, Updated};

/// The name under which the analyser is registered with tantivy.
const TOKENIZER: &str = "tain";

/// The name of the file that is locked while an index is built.
const LOCK: &str = "lock";

/// Why an index can't be used; in every case it can be deleted and rebuilt.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum IndexError {
    /// A file isn't as it was written, or the index was never finished.
    Damaged,
    /// Another process builds it.
    Busy,
    /// It was made by another version of the program.
    OtherVersion,
    /// The folder holds other files.
    NotAnIndex(PathBuf),
    /// A file can't be read or written.
    Io(#[from] std::io::Error),
    /// The index is damaged, or another window writes to it.
    Engine(#[from] TantivyError),
}

impl Explain for IndexError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Damaged => Explanation::io(Text::new(
                "the search index is damaged; it will be built anew",
                "检索索引已损坏，将重新建立",
            )),
            Self::Busy => Explanation::io(Text::new(
                "another window or command is building this search index",
                "另一窗口或命令正在建立此检索索引",
            ))
            .hint(Text::new("try again when it is done", "请待其完成后重试")),
            Self::OtherVersion => Explanation::io(Text::new(
                "the search index was built by another version; it will be built anew",
                "检索索引由另一版本建立，将重新建立",
            )),
            Self::NotAnIndex(folder) => Explanation::io(
                Text::new(
                    "the folder for the search index contains other files: {folder}",
                    "检索索引的文件夹里有其他文件：{folder}",
                )
                .with("folder", folder.as_path()),
            )
            .hint(Text::new("choose an empty one", "请选择空文件夹")),
            Self::Io(error) => Explanation::io(
                Text::new(
                    "the search index can't be read or written ({reason})",
                    "无法读写检索索引（{reason}）",
                )
                .with("reason", system(error)),
            )
            .hint(Text::new(
                "you can delete it; it is built anew then",
                "可以将其删除，程序会重新建立",
            )),
            Self::Engine(error) => Explanation::io(
                Text::new(
                    "the search index can't be used ({reason})",
                    "无法使用检索索引（{reason}）",
                )
                .with("reason", error.to_string()),
            )
            .hint(Text::new(
                "close other windows of this project, or delete the index; it is built anew then",
                "请关闭此项目的其他窗口，或删除索引，程序会重新建立",
            )),
        }
    }
}

/// A version of the text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Version {
    /// The imported text.
    text: ContentHash,
    /// The number of corrections.
    edits: usize,
    /// A hash of the stamps of the corrections, 0 without any: after a merge, other corrections can be as many.
    stamps: u64,
    /// The turn table, where it isn't the imported one.
    #[serde(default)]
    turns: Option<ContentHash>,
}

impl Version {
    fn of(document: &Document) -> Self {
        let edits = document.history.edits();
        let stamps = if edits.is_empty() {
            0
        } else {
            // Only 64 bits are kept, which is plenty for telling versions of one document apart.
            let bytes: Vec<u8> = edits
                .iter()
                .flat_map(|edit| format!("{} {:?};", edit.device, edit.stamp).into_bytes())
                .collect();
            ContentHash::of(&bytes)
                .as_bytes()
                .iter()
                .take(8)
                .fold(0, |sum, &byte| (sum << 8) | u64::from(byte))
        };
        Self {
            text: document.source.text,
            edits: edits.len(),
            stamps,
            turns: document.revision.as_ref().map(|revision| revision.turns),
        }
    }
}

/// What the index contains; stored with each commit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Manifest {
    analyser: u32,
    documents: BTreeMap<DocumentId, IndexedDocument>,
}

/// A document in the index.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct IndexedDocument {
    /// Its number in the index, which is shorter than its id and can be combined with that of a turn.
    number: u32,
    version: Version,
}

impl Manifest {
    fn fits(&self, document: &Document) -> bool {
        self.documents
            .get(&document.id)
            .is_some_and(|entry| entry.version == Version::of(document))
    }
}

/// The index at one moment; readers keep their snapshot while an update is written.
struct Snapshot {
    searcher: Searcher,
    manifest: Manifest,
}

#[derive(Debug, Clone, Copy)]
struct IndexFields {
    /// What is said.
    text: Field,
    /// Number of the document.
    document: Field,
}

/// The fast field with the location of a turn: the number of the document in the upper 32 bits, that of the unit in the lower.
const PLACE: &str = "place";

/// Packs the numbers of a document and a unit for the field [`PLACE`].
fn pack_place(document: u32, unit: u32) -> u64 {
    (u64::from(document) << 32) | u64::from(unit)
}

/// Unpacks the numbers of a document and a unit.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the halves are taken apart"
)]
const fn unpack_place(place: u64) -> (u32, u32) {
    ((place >> 32) as u32, place as u32)
}

/// A full-text index of the turns of a project.
pub struct Index {
    engine: tantivy::Index,
    fields: IndexFields,
    reader: IndexReader,
    snapshot: Mutex<Arc<Snapshot>>,
    stems: Mutex<stems::Stems>,
    /// Held by an update, so that only one runs at a time.
    writing: Mutex<()>,
    /// Where it is on disk; `None` in memory.
    folder: Option<IndexFolder>,
}

/// The folder of an index on disk.
#[derive(Debug)]
struct IndexFolder {
    path: PathBuf,
    /// The project, as the seal names it.
    project: Option<PathBuf>,
}

/// The right to build the index in a folder; freed when it is dropped, or when the process ends.
#[derive(Debug)]
pub struct BuildLock {
    _file: File,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Index({} documents)",
            self.snapshot().manifest.documents.len()
        )
    }
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        // Hits are listed in reading order, so lengths for scoring would only take space.
        .set_fieldnorms(false);
    schema.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(indexing),
    );
    schema.add_u64_field("document", INDEXED);
    schema.add_u64_field(PLACE, FAST);
    schema.build()
}

impl Index {
    /// Takes the right to build the index in a folder, which exists.
    ///
    /// # Errors
    /// Another process has it, or the folder can't be written.
    pub fn lock(folder: &Path) -> Result<BuildLock, IndexError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(BuildLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Busy),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Creates an empty index of a project in a folder, replacing an index that is there.
    ///
    /// # Errors
    /// The folder contains other files or can't be written.
    pub fn create_in_dir(folder: &Path, project: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(folder)?;
        clear(folder)?;
        let seal = Seal::of(Some(project));
        // Before anything else, so that a folder always says whose it is.
        seal.write(folder)?;
        let engine = tantivy::Index::create(
            MmapDirectory::open(folder).map_err(TantivyError::from)?,
            schema(),
            settings(),
        )?;
        let place = IndexFolder {
            path: folder.to_owned(),
            project: seal.project.clone(),
        };
        seal.put(folder)?;
        Self::with(engine, Some(place))
    }

    /// Opens the index in a folder, after comparing its files with their hashes.
    ///
    /// # Errors
    /// There is none, it is damaged, or it was made by another version.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let seal = Seal::read(folder)?;
        seal.check(folder)?;
        let index = caught(|| {
            let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
            let engine = tantivy::Index::open(directory)?;
            if engine.schema() != schema() {
                return Err(IndexError::OtherVersion);
            }
            Self::with(
                engine,
                Some(IndexFolder {
                    path: folder.to_owned(),
                    project: seal.project,
                }),
            )
        })?;
        let fits = index.snapshot().manifest.analyser == ANALYSER_VERSION;
        if fits {
            Ok(index)
        } else {
            Err(IndexError::OtherVersion)
        }
    }

    /// The project whose index is in a folder; `None` if its path can't be written as text.
    ///
    /// # Errors
    /// The folder has no seal that can be read.
    pub fn project_of(folder: &Path) -> Result<Option<PathBuf>, IndexError> {
        Ok(Seal::read(folder)?.project)
    }

    /// Deletes the index in a folder, and the folder.
    ///
    /// # Errors
    /// The folder contains other files, or can't be written.
    pub fn remove(folder: &Path) -> Result<(), IndexError> {
        clear(folder)?;
        // Open files can't be removed everywhere, so the lock goes with the folder only where it can.
        std::fs::remove_file(folder.join(LOCK)).ok();
        std::fs::remove_dir(folder)?;
        Ok(())
    }

    /// Creates an empty index in memory, which leaves no trace on disk, for encrypted projects.
    ///
    /// # Errors
    /// The index can't be created; no cause is known.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::with(
            tantivy::Index::create(RamDirectory::create(), schema(), settings())?,
            None,
        )
    }

    fn with(engine: tantivy::Index, folder: Option<IndexFolder>) -> Result<Self, IndexError> {
        engine.tokenizers().register(TOKENIZER, stream::Analyser);
        let fields = IndexFields {
            text: engine.schema().get_field("text")?,
            document: engine.schema().get_field("document")?,
        };
        // Reloaded by hand: searcher and manifest must always belong to the same commit.
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let snapshot = Mutex::new(Arc::new(Snapshot::take(&engine, &reader)?));
        Ok(Self {
            engine,
            fields,
            reader,
            snapshot,
            stems: Mutex::default(),
            writing: Mutex::default(),
            folder,
        })
    }

    /// Returns true if a word is in a segment, whether or not its turns are deleted.
    #[cfg(test)]
    pub(super) fn has_word(&self, word: &str) -> bool {
        let snapshot = self.snapshot();
        let mut segments = snapshot.searcher.segment_readers().iter();
        segments.any(|segment| {
            let index = segment.inverted_index(self.fields.text).unwrap();
            index.terms().get(word).unwrap().is_some()
        })
    }

    /// Reads the index; where tantivy fails or panics, the index is damaged and will be built anew.
    fn reading<T>(&self, read: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
        let answer = caught(read);
        if let (Err(_), Some(folder)) = (&answer, &self.folder) {
            Seal::remove(&folder.path);
        }
        answer
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        // Only whole snapshots are put in place, so a panic elsewhere can't have left half of one.
        Arc::clone(&self.snapshot.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns true if it contains exactly the current texts of a project; otherwise searching is slower, but still correct.
    pub fn fits(&self, project: &Project) -> bool {
        let snapshot = self.snapshot();
        let documents = &snapshot.manifest.documents;
        documents.len() == project.documents.len()
            && project
                .documents
                .values()
                .all(|document| snapshot.manifest.fits(document))
    }
}

/// Turns a panic of tantivy, which trusts its files, into an error.
fn caught<T>(run: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(IndexError::Damaged))
}

impl Snapshot {
    fn take(engine: &tantivy::Index, reader: &IndexReader) -> Result<Self, IndexError> {
        reader.reload()?;
        let manifest = match engine.load_metas()?.payload {
            Some(payload) => {
                serde_json::from_str(&payload).map_err(|_other_form| IndexError::OtherVersion)?
            }
            None => Manifest {
                analyser: ANALYSER_VERSION,
                documents: BTreeMap::new(),
            },
        };
        Ok(Self {
            searcher: reader.searcher(),
            manifest,
        })
    }
}

fn settings() -> tantivy::IndexSettings {
    tantivy::IndexSettings::default()
}

/// Deletes the index in a folder, or refuses if the folder contains anything else.
fn clear(folder: &Path) -> Result<(), IndexError> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.retain(|file| file.file_name().is_some_and(|name| name != LOCK));
    // One of tantivy's own files shows that the folder was made for an index; without it, these may be a user's files.
    let is_index = files.iter().any(|file| {
        file.file_name()
            .is_some_and(|name| name == "meta.json" || name == ".managed.json" || name == SEAL)
    });
    if !is_index && !files.is_empty() || files.iter().any(|file| file.is_dir()) {
        return Err(IndexError::NotAnIndex(folder.to_owned()));
    }
    files.iter().try_for_each(std::fs::remove_file)?;
    Ok(())
}
