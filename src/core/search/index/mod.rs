//! The full-text index: a disposable cache beside the project, never the source of truth.
//!
//! Every turn is a document of the index, and only what is said is indexed.
//! The index records which version of each text it contains; a text that has changed since is read instead, until
//! [`Index::update`] has run.

mod bits;
mod candidates;
mod postings;
mod similar;
mod stems;
mod stream;
mod update;

use std::{
    collections::BTreeMap,
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
pub use update::{IndexProgress, Updated};

/// The name under which the analyser is registered with tantivy.
const TOKENIZER: &str = "tain";

/// Why an index can't be used; in every case it can be deleted and rebuilt.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum IndexError {
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
    /// Creates an empty index in a folder, replacing an index that is there.
    ///
    /// # Errors
    /// The folder contains other files or can't be written.
    pub fn create_in_dir(folder: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(folder)?;
        clear(folder)?;
        Self::with(tantivy::Index::create(
            MmapDirectory::open(folder).map_err(TantivyError::from)?,
            schema(),
            settings(),
        )?)
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    /// There is none, it is damaged, or it was made by another version.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let engine =
            tantivy::Index::open(MmapDirectory::open(folder).map_err(TantivyError::from)?)?;
        if engine.schema() != schema() {
            return Err(IndexError::OtherVersion);
        }
        let index = Self::with(engine)?;
        let fits = index.snapshot().manifest.analyser == ANALYSER_VERSION;
        if fits {
            Ok(index)
        } else {
            Err(IndexError::OtherVersion)
        }
    }

    /// Creates an empty index in memory, which leaves no trace on disk, for encrypted projects.
    ///
    /// # Errors
    /// The index can't be created; no cause is known.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::with(tantivy::Index::create(
            RamDirectory::create(),
            schema(),
            settings(),
        )?)
    }

    fn with(engine: tantivy::Index) -> Result<Self, IndexError> {
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
        })
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
    let files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    // One of tantivy's own files shows that the folder was made for an index; without it, these may be a user's files.
    let is_index = files.iter().any(|file| {
        file.file_name()
            .is_some_and(|name| name == "meta.json" || name == ".managed.json")
    });
    if !is_index && !files.is_empty() || files.iter().any(|file| file.is_dir()) {
        return Err(IndexError::NotAnIndex(folder.to_owned()));
    }
    files.iter().try_for_each(std::fs::remove_file)?;
    Ok(())
}
