//! Importing transcripts: files and folders to documents, with progress, cancel and an error for each file that can't be read.

pub mod case_preview;
pub mod plan;
pub mod speaker_mapping;
pub mod study;
pub mod survey;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

pub use crate::app::import::plan::PathPatterns;
use crate::app::{
    AppError, Done, Session,
    edit::{
        codebook_file, coding_sheet,
        document::{self, Placed},
        sheets,
        transaction::Prepared,
    },
    import::plan::{Fate, NameTaken, Placing},
    import::speaker_mapping::People,
    jobs::{Cancelled, JobControl},
    refusal::Refusal,
    session::commit_job::Storing,
};
use crate::{
    import::{self, DocumentOptions, ImportError, ImportedDocument, SourceFile, table::InputTable},
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::ContentHash,
};

/// Files larger than this aren't read at all.
const LIMIT_BYTES: u64 = 256 << 20;

/// How much the texts and files of one import may hold in memory.
const LIMIT_BATCH_BYTES: u64 = 1 << 30;

/// Most threads that read.
const MOST_READERS: usize = 8;

/// How deep folders are looked into.
const MOST_FOLDERS: usize = 64;

/// A file to be imported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its path relative to what the user named.
    pub shown: String,
}

/// What reading files gave.
#[derive(Debug, Default)]
pub struct Batch {
    /// Documents, in the order of their files.
    pub documents: Vec<ImportedDocument>,
    /// The hashes of their texts.
    pub texts: Vec<ContentHash>,
    /// Files that can't be read.
    pub failures: Vec<ReadFailure>,
}

/// A file that can't be imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum ReadFailure {
    /// There is no such file.
    Missing(PathBuf),
    /// The system can't read it.
    Io {
        /// The file, as shown.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It isn't a transcript.
    Import {
        /// The file, as shown.
        file: String,
        /// Why.
        source: ImportError,
    },
    /// Its reader panicked.
    Broken(String),
    /// The files before it already fill the memory that one import may use.
    Full {
        /// The file, as shown.
        file: String,
        /// What one import may hold.
        megabytes: u64,
    },
}

impl Explain for ReadFailure {
    fn explain(&self) -> Explanation {
        match self {
            Self::Missing(path) => Explanation::refused(
                Text::new(
                    "{file}: no such file or folder",
                    "{file}：没有这个文件或文件夹",
                )
                .with("file", path.as_path()),
            ),
            Self::Io { file, source } => Explanation::of_file(file, source),
            Self::Import { source, .. } => source.explain(),
            Self::Broken(file) => Explanation::refused(
                Text::new(
                    "{file}: the file can't be read and may be damaged",
                    "{file}：读取时出错，文件可能已损坏",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "open it in the program that wrote it and save it again",
                "请用生成它的程序打开后重新保存",
            )),
            Self::Full { file, megabytes } => Explanation::refused(
                Text::new(
                    "{file}: the files before it have more than {megabytes} MB",
                    "{file}：一次导入的文件已超过 {megabytes} MB",
                )
                .with("file", file)
                .with("megabytes", *megabytes),
            )
            .hint(Text::new(
                "import those first, then this one",
                "请先导入其余文件，再导入此文件",
            )),
        }
    }
}

impl ReadFailure {
    /// The file, as shown.
    pub fn file(&self) -> String {
        match self {
            Self::Missing(path) => path.display().to_string(),
            Self::Io { file, .. }
            | Self::Import { file, .. }
            | Self::Broken(file)
            | Self::Full { file, .. } => file.clone(),
        }
    }
}

/// The files below the paths that users name: a file as it is, of a folder those whose ending is a transcript's.
///
/// # Errors
/// One line for each path that isn't there or can't be read.
pub fn find_files(paths: &[PathBuf]) -> (Vec<Found>, Vec<ReadFailure>) {
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        if path.is_dir() {
            walk(path, ("", MOST_FOLDERS), &mut found, &mut failures);
        } else if path.is_file() {
            found.push(Found {
                path: path.clone(),
                shown: name,
            });
        } else {
            failures.push(ReadFailure::Missing(path.clone()));
        }
    }
    (found, failures)
}

fn walk(
    folder: &Path,
    (shown, depth): (&str, usize),
    found: &mut Vec<Found>,
    failures: &mut Vec<ReadFailure>,
) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) => {
            failures.push(ReadFailure::Io {
                file: folder.display().to_string(),
                source,
            });
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        let Some(name) = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
        else {
            continue;
        };
        let below = if shown.is_empty() {
            name.clone()
        } else {
            format!("{shown}/{name}")
        };
        let ending = import::ending_of(&name);
        if name.starts_with('.') {
            continue;
        } else if path.is_dir() {
            // A folder that is only linked may hold the one it lies in.
            if depth > 0 && !path.is_symlink() {
                walk(&path, (&below, depth - 1), found, failures);
            }
        } else if import::text::endings().any(|own| own == ending) {
            found.push(Found { path, shown: below });
        }
    }
}

/// Reads files into documents on several threads; whichever is free takes the next file.
///
/// # Errors
/// [`Cancelled`] when the user wants it to end; nothing has happened then.
pub fn read_files(
    files: &[Found],
    options: &DocumentOptions,
    control: &JobControl,
) -> Result<Batch, Cancelled> {
    read_within(files, options, control, LIMIT_BATCH_BYTES)
}

/// What became of the file of a number.
type Outcome = (usize, Result<(ImportedDocument, ContentHash), ReadFailure>);

fn read_within(
    files: &[Found],
    options: &DocumentOptions,
    control: &JobControl,
    limit: u64,
) -> Result<Batch, Cancelled> {
    let (next, done, held) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let total = files.len() as u64;
    control.progress(0, total)?;
    let work = || -> Result<Vec<Outcome>, Cancelled> {
        let mut outcomes = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(found) = files.get(at) else {
                return Ok(outcomes);
            };
            // A reader that panics on a hostile file loses this file, not the import.
            let read = catch_unwind(AssertUnwindSafe(|| read_file(found, options)));
            let mut outcome =
                read.unwrap_or_else(|_| Err(ReadFailure::Broken(found.shown.clone())));
            if let Ok(document) = &outcome {
                let size = size_of(document);
                if held.fetch_add(size, Ordering::Relaxed) + size > limit {
                    held.fetch_sub(size, Ordering::Relaxed);
                    outcome = Err(ReadFailure::Full {
                        file: found.shown.clone(),
                        megabytes: limit >> 20,
                    });
                }
            }
            let hashed = |document: ImportedDocument| {
                let text = ContentHash::of(document.text.as_str().as_bytes());
                (document, text)
            };
            outcomes.push((at, outcome.map(hashed)));
            control.progress(done.fetch_add(1, Ordering::Relaxed) + 1, total)?;
        }
    };
    let readers = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .clamp(1, MOST_READERS)
        .min(files.len().max(1));
    let outcomes: Result<Vec<Vec<Outcome>>, Cancelled> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..readers).map(|_| scope.spawn(work)).collect();
        let own = work();
        let others = others
            .into_iter()
            .map(|other| other.join().unwrap_or(Err(Cancelled)));
        std::iter::once(own).chain(others).collect()
    });
    let mut outcomes: Vec<Outcome> = outcomes?.into_iter().flatten().collect();
    outcomes.sort_by_key(|(at, _)| *at);
    let mut batch = Batch::default();
    for (_, outcome) in outcomes {
        match outcome {
            Ok((document, text)) => {
                batch.documents.push(document);
                batch.texts.push(text);
            }
            Err(failure) => batch.failures.push(failure),
        }
    }
    Ok(batch)
}

/// What a document holds in memory, in bytes.
fn size_of(document: &ImportedDocument) -> u64 {
    (document.text.as_str().len() + document.original.as_ref().map_or(0, Vec::len)) as u64
}

fn read_file(found: &Found, options: &DocumentOptions) -> Result<ImportedDocument, ReadFailure> {
    let fail = |source| ReadFailure::Io {
        file: found.shown.clone(),
        source,
    };
    let unreadable = |source| ReadFailure::Import {
        file: found.shown.clone(),
        source,
    };
    let size = found.path.metadata().map_err(fail)?.len();
    if size > LIMIT_BYTES {
        let megabytes = usize::try_from(size >> 20).unwrap_or(usize::MAX);
        let limit = usize::try_from(LIMIT_BYTES >> 20).unwrap_or(usize::MAX);
        return Err(unreadable(ImportError::TooLarge {
            file: found.shown.clone(),
            megabytes,
            limit,
        }));
    }
    let bytes = std::fs::read(&found.path).map_err(fail)?;
    import::read_document(
        SourceFile {
            path: found.shown.clone(),
            bytes,
        },
        options,
    )
    .map_err(unreadable)
}

/// What taking in a sheet or a codebook did.
#[derive(Debug, Default)]
pub struct SheetDone {
    /// Rows that are new, or changed something.
    pub rows: usize,
    /// Rows that said nothing new.
    pub unchanged: usize,
    /// What was named for the first time.
    pub added: Vec<(sheets::Thing, String)>,
}

/// Why a sheet or a codebook can't be imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum SheetError {
    /// It can't be read.
    Import(#[from] ImportError),
    /// It doesn't fit the project, or can't be stored.
    App(#[from] AppError),
}

impl Explain for SheetError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Import(error) => error.explain(),
            Self::App(error) => error.explain(),
        }
    }
}

impl From<Refusal> for SheetError {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

impl Session {
    /// Adds documents that were read from files, with the cases and phases that patterns find in their paths, as one entry.
    ///
    /// # Errors
    /// When they can't be stored.
    pub fn add_documents(
        &mut self,
        documents: Vec<ImportedDocument>,
        patterns: &PathPatterns,
    ) -> Result<Done, AppError> {
        self.place_documents(
            documents,
            &Placing {
                patterns: patterns.clone(),
                ..Placing::default()
            },
        )
    }

    /// Adds documents that were read from files as [`Placing::plan`] says, with their cases, phases, persons and roles, as one entry.
    ///
    /// # Errors
    /// When they can't be stored.
    pub fn place_documents(
        &mut self,
        documents: Vec<ImportedDocument>,
        placing: &Placing,
    ) -> Result<Done, AppError> {
        let (mut done, storing) = self.begin_documents(documents, placing)?;
        if let Some(storing) = storing {
            done.entry = Some(self.finish(storing.store(&JobControl::default())?));
        }
        Ok(done)
    }

    /// The same up to the storing, which a job can do; there is nothing to store where nothing comes in.
    ///
    /// # Errors
    /// When the project can't be changed.
    pub fn begin_documents(
        &mut self,
        mut documents: Vec<ImportedDocument>,
        placing: &Placing,
    ) -> Result<(Done, Option<Storing>), AppError> {
        let project = Arc::clone(self.project());
        let mut left_out = Vec::new();
        if placing.taken == NameTaken::LeaveOut {
            let texts: Vec<ContentHash> = documents
                .iter()
                .map(|document| ContentHash::of(document.text.as_str().as_bytes()))
                .collect();
            let plan = placing
                .plan(&project, (&documents, &texts), &JobControl::default())
                .unwrap_or_default();
            let mut fates = plan.into_iter().map(|planned| planned.fate);
            documents.retain(|document| match fates.next() {
                Some(Fate::NameTaken(title)) => {
                    left_out.push((document.file.clone(), title));
                    false
                }
                _ => true,
            });
        }
        let people = People::of(&project);
        let placed = documents
            .into_iter()
            .map(|document| placing.place(&people, document))
            .collect();
        let (done, storing) = self.begin_placed(placed)?;
        Ok((Done { left_out, ..done }, storing))
    }

    /// Adds documents in a transaction, as one entry that waits to be stored.
    pub(super) fn begin_placed(
        &mut self,
        placed: Vec<Placed>,
    ) -> Result<(Done, Option<Storing>), AppError> {
        let mut tx = self.transaction("import documents");
        let added = document::add_documents(&mut tx, placed);
        let prepared = tx.finish()?;
        self.begin_storing(prepared, added)
    }

    /// Hands the entry of added documents over to a job, unless nothing was added.
    pub(super) fn begin_storing(
        &mut self,
        prepared: Prepared,
        added: document::Added,
    ) -> Result<(Done, Option<Storing>), AppError> {
        let done = Done {
            action: prepared.action().to_owned(),
            changes: prepared.changes().len(),
            named: added.named,
            known: added.known,
            retitled: added.retitled,
            unwritten: added.unwritten,
            ..Done::default()
        };
        if prepared.is_empty() {
            return Ok((done, None));
        }
        Ok((done, Some(self.commit_in_job(prepared)?)))
    }

    /// Imports a sheet of cases.
    ///
    /// # Errors
    /// With file and row.
    pub fn import_cases(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        key: Option<&str>,
        parent: Option<&str>,
        kind: Option<&str>,
    ) -> Result<SheetDone, SheetError> {
        let sheet = import::cases::read_cases(&InputTable::read(file, bytes)?, key, parent, kind)?;
        let mut tx = self.transaction("import cases");
        let report = sheets::import_cases(&mut tx, &sheet)?;
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a sheet of documents that the project has already.
    ///
    /// # Errors
    /// With file and row.
    pub fn import_document_sheet(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
    ) -> Result<SheetDone, SheetError> {
        let sheet = import::documents::read_documents(&InputTable::read(file, bytes)?)?;
        let mut tx = self.transaction("import document sheet");
        let report = sheets::import_documents(&mut tx, &sheet)?;
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a sheet of codings.
    ///
    /// # Errors
    /// With file and row.
    pub fn import_codings(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        create: sheets::CreateCodes,
    ) -> Result<SheetDone, SheetError> {
        let sheet = import::codings::read_codings(&InputTable::read(file, bytes)?)?;
        let mut tx = self.transaction("import codings");
        let report = coding_sheet::import_codings(&mut tx, &sheet, create)?;
        // A large sheet takes as much memory as its entry, which is encoded next.
        drop(sheet);
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a codebook: `.ron`, or a sheet such as `.csv` or `.xlsx`.
    ///
    /// # Errors
    /// With file and line.
    pub fn import_codebook(&mut self, file: &str, bytes: Vec<u8>) -> Result<SheetDone, SheetError> {
        let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        let book = match ending.as_str() {
            "ron" => import::codebook::read_ron(file, bytes)?,
            "csv" | "tsv" | "txt" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => {
                import::codebook::read_csv(&InputTable::read(file, bytes)?)?
            }
            _ => {
                return Err(ImportError::UnknownFormat {
                    file: file.to_owned(),
                    ending,
                }
                .into());
            }
        };
        let mut tx = self.transaction("import codebook");
        let report = codebook_file::import_codebook(&mut tx, &book)?;
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Stores what a sheet changed; a sheet that changes nothing makes no entry.
    fn commit_sheet(
        &mut self,
        prepared: Prepared,
        report: sheets::SheetReport,
    ) -> Result<SheetDone, SheetError> {
        if !prepared.is_empty() {
            self.commit(prepared)?;
        }
        Ok(SheetDone {
            rows: report.rows,
            unchanged: report.unchanged,
            added: report.added,
        })
    }
}
