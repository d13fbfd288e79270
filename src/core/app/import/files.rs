//! Reading the files of an import: which files they are, and their documents, on several threads.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};

use crate::app::{
    input_file,
    jobs::{Cancelled, JobControl},
};
use crate::{
    import::{self, DocumentOptions, ImportError, ImportedDocument, SourceFile, label_key},
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::{Project, text::ContentHash},
};

/// The limit for a file, in bytes; a larger one isn't read at all.
const LIMIT_BYTES: u64 = 256 << 20;

/// The limit for the texts and files of an import, in bytes, because all of them are in memory at once.
const LIMIT_BATCH_BYTES: u64 = 1 << 30;

/// The limit for threads that read files.
const MOST_READERS: usize = 8;

/// The limit for nested folders.
const MOST_FOLDERS: usize = 64;

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourcePath {
    /// The path of the file.
    pub path: PathBuf,
    /// The path relative to the folder that the user named.
    pub shown: String,
}

/// The documents of the files that were read.
#[derive(Debug, Default)]
pub struct Batch {
    /// The documents, in the order of their files.
    pub documents: Vec<ImportedDocument>,
    /// The hash of the text of each document.
    pub texts: Vec<ContentHash>,
    /// The files that can't be read.
    pub failures: Vec<ReadFailure>,
}

/// Why a file can't be imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum ReadFailure {
    /// The file or folder doesn't exist.
    Missing(PathBuf),
    /// The file can't be read.
    Io {
        /// The file, as shown.
        file: String,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// The file isn't a transcript.
    Import {
        /// The file, as shown.
        file: String,
        /// The error of the reader; boxed, as it is far larger than the other errors.
        source: Box<ImportError>,
    },
    /// The reader of the format panicked.
    Broken(String),
    /// The files before it have reached the limit of an import.
    Full {
        /// The file, as shown.
        file: String,
        /// The limit.
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

    fn io(file: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io {
            file: file.into(),
            source,
        }
    }
}

/// Finds the files at some paths: a file itself, and in a folder all files with the ending of a transcript.
///
/// Paths that don't exist or can't be read are returned as failures.
pub fn find_files(paths: &[PathBuf]) -> (Vec<SourcePath>, Vec<ReadFailure>) {
    let mut search = FileSearch::default();
    for path in paths {
        if path.is_dir() {
            search.folder(path, "", MOST_FOLDERS);
        } else if path.is_file() {
            search.found.push(SourcePath {
                path: path.clone(),
                shown: name_of(path),
            });
        } else {
            search.failures.push(ReadFailure::Missing(path.clone()));
        }
    }
    (search.found, search.failures)
}

/// The name of a file without its folders.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

#[derive(Default)]
struct FileSearch {
    found: Vec<SourcePath>,
    failures: Vec<ReadFailure>,
}

impl FileSearch {
    /// Searches a folder, and those in it down to a depth; `shown` is its path relative to the one that the user named.
    fn folder(&mut self, folder: &Path, shown: &str, depth: usize) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(source) => {
                let file = folder.display().to_string();
                self.failures.push(ReadFailure::io(file, source));
                return;
            }
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        // The file system gives them in any order, which would be that of the documents.
        paths.sort();
        for path in paths {
            let name = name_of(&path);
            if name.starts_with('.') {
                continue;
            }
            let ending = import::ending_of(&name);
            let shown = if shown.is_empty() {
                name
            } else {
                format!("{shown}/{name}")
            };
            if path.is_dir() {
                // A link to a folder may lead back to one that contains it.
                if depth > 0 && !path.is_symlink() {
                    self.folder(&path, &shown, depth - 1);
                }
            } else if import::text::endings().any(|own| own == ending) {
                self.found.push(SourcePath { path, shown });
            }
        }
    }
}

/// Reads files into documents on several threads.
///
/// # Errors
/// [`Cancelled`] if the user cancels; nothing has happened then.
pub fn read_files(
    files: &[SourcePath],
    options: &DocumentOptions,
    control: &JobControl,
) -> Result<Batch, Cancelled> {
    read_within(files, options, control, LIMIT_BATCH_BYTES)
}

fn read_within(
    files: &[SourcePath],
    options: &DocumentOptions,
    control: &JobControl,
    limit_bytes: u64,
) -> Result<Batch, Cancelled> {
    control.progress(0, files.len() as u64)?;
    let queue = ReadQueue {
        files,
        options,
        control,
        limit_bytes,
        next: AtomicUsize::new(0),
        done: AtomicU64::new(0),
        held_bytes: AtomicU64::new(0),
    };
    let readers = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .clamp(1, MOST_READERS)
        .min(files.len().max(1));
    let queue = &queue;
    let results: Result<Vec<Vec<FileResult>>, Cancelled> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..readers)
            .map(|_| scope.spawn(move || queue.work()))
            .collect();
        // This thread is one of the readers.
        let own = queue.work();
        let others = others
            .into_iter()
            .map(|other| other.join().unwrap_or(Err(Cancelled)));
        std::iter::once(own).chain(others).collect()
    });
    let mut results: Vec<FileResult> = results?.into_iter().flatten().collect();
    results.sort_by_key(|result| result.index);
    look_again(&mut results, files, options);
    let mut batch = Batch::default();
    for FileResult { read, .. } in results {
        match read {
            Ok(document) => {
                batch.texts.push(document.text);
                batch.documents.push(document.document);
            }
            Err(failure) => batch.failures.push(failure),
        }
    }
    Ok(batch)
}

/// Reads files again whose doubtful labels are speakers in other files of the batch.
fn look_again(results: &mut [FileResult], files: &[SourcePath], options: &DocumentOptions) {
    let mut usual = options.believed.usual.clone();
    let read = results
        .iter()
        .filter_map(|result| result.read.as_ref().ok());
    for document in read {
        let labels = document.document.speakers.iter();
        usual.extend(labels.map(|speaker| label_key(&speaker.label)));
    }
    let mut again = options.clone();
    again.believed.usual = usual;
    for FileResult { index, read } in results {
        let Ok(own) = read else { continue };
        let mut doubts = own.document.doubts.iter();
        if !doubts.any(|doubt| again.believed.usual.contains(&label_key(&doubt.label))) {
            continue;
        }
        // What was read once is kept if the file has gone meanwhile.
        if let Some(Ok(document)) = files.get(*index).map(|file| read_file(file, &again)) {
            own.text = ContentHash::of(document.text.as_str().as_bytes());
            own.document = document;
        }
    }
}

/// The folded labels of all speakers of a project, and the names of its cases.
pub fn labels_of(project: &Project) -> BTreeSet<String> {
    let speakers = project.documents.values().flat_map(|own| &own.speakers);
    let labels = speakers.map(|speaker| speaker.label.as_str());
    let cases = project.cases.values().map(|case| case.name.as_str());
    labels.chain(cases).map(label_key).collect()
}

/// A document with the hash of its text.
struct HashedDocument {
    document: ImportedDocument,
    text: ContentHash,
}

/// What came of the file at an index.
struct FileResult {
    index: usize,
    read: Result<HashedDocument, ReadFailure>,
}

/// The files that are read, from which each thread takes the next.
struct ReadQueue<'a> {
    files: &'a [SourcePath],
    options: &'a DocumentOptions,
    control: &'a JobControl,
    limit_bytes: u64,
    next: AtomicUsize,
    done: AtomicU64,
    /// The size of all documents so far.
    held_bytes: AtomicU64,
}

impl ReadQueue<'_> {
    /// Reads files until none is left.
    fn work(&self) -> Result<Vec<FileResult>, Cancelled> {
        let mut results = Vec::new();
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = self.files.get(index) else {
                return Ok(results);
            };
            // A reader that panics on a hostile file costs this file, not the import.
            let read = catch_unwind(AssertUnwindSafe(|| self.read(file)))
                .unwrap_or_else(|_panic| Err(ReadFailure::Broken(file.shown.clone())));
            results.push(FileResult { index, read });
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            self.control.progress(done, self.files.len() as u64)?;
        }
    }

    fn read(&self, file: &SourcePath) -> Result<HashedDocument, ReadFailure> {
        let document = read_file(file, self.options)?;
        let text = document.text.as_str().as_bytes();
        let size = (text.len() + document.original.as_ref().map_or(0, Vec::len)) as u64;
        if self.held_bytes.fetch_add(size, Ordering::Relaxed) + size > self.limit_bytes {
            // A smaller file may still fit.
            self.held_bytes.fetch_sub(size, Ordering::Relaxed);
            return Err(ReadFailure::Full {
                file: file.shown.clone(),
                megabytes: self.limit_bytes >> 20,
            });
        }
        let text = ContentHash::of(text);
        Ok(HashedDocument { document, text })
    }
}

fn read_file(
    file: &SourcePath,
    options: &DocumentOptions,
) -> Result<ImportedDocument, ReadFailure> {
    let shown = &file.shown;
    let bytes = read_up_to(&file.path, shown, LIMIT_BYTES)?;
    let source = SourceFile {
        path: shown.clone(),
        bytes,
    };
    import::read_document(source, options).map_err(|source| ReadFailure::Import {
        file: shown.clone(),
        source: Box::new(source),
    })
}

/// Reads a file, unless it is larger than a limit.
pub(super) fn read_up_to(
    path: &Path,
    shown: &str,
    limit_bytes: u64,
) -> Result<Vec<u8>, ReadFailure> {
    let metadata = path.metadata();
    let size = metadata
        .map_err(|source| ReadFailure::io(shown, source))?
        .len();
    if size > limit_bytes {
        return Err(ReadFailure::Import {
            file: shown.to_owned(),
            source: Box::new(ImportError::TooLarge {
                file: shown.to_owned(),
                megabytes: in_megabytes(size),
                limit: in_megabytes(limit_bytes),
            }),
        });
    }
    input_file::read_up_to(path, limit_bytes).map_err(|source| ReadFailure::io(shown, source))
}

fn in_megabytes(bytes: u64) -> usize {
    usize::try_from(bytes >> 20).expect("no file has 2^52 bytes")
}
