//! Importing transcripts: files and folders to documents, with progress, cancel and an error for each file that can't be read.

use std::path::{Path, PathBuf};

use regex::Regex;

use super::{
    AppError, Done, Session,
    action::Action,
    edit::{document::Placed, sheets},
    jobs::{Cancelled, JobControl},
    refusal::Refusal,
};
use crate::{
    import::{self, DocumentOptions, ImportError, ImportedDocument, SourceFile, table::Table},
    model::localized::Language,
};

/// Files larger than this aren't read at all.
const LIMIT_BYTES: u64 = 256 << 20;

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
    /// Files that can't be read.
    pub failures: Vec<ReadFailure>,
}

/// A file that can't be taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// Nothing there.
    #[error("{}: there is no such file or folder", .0.display())]
    Missing(PathBuf),
    /// The system refused.
    #[error("{file}: {source}")]
    Io {
        /// The file, as shown.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no transcript.
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// The files below the paths that users name: a file as it is, of a folder those whose ending is a transcript's.
///
/// # Errors
/// One line for each path that isn't there or can't be read.
pub fn find_files(paths: &[PathBuf]) -> (Vec<Found>, Vec<ReadFailure>) {
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        if path.is_dir() {
            walk(path, "", &mut found, &mut failures);
        } else if path.is_file() {
            found.push(Found { path: path.clone(), shown: name });
        } else {
            failures.push(ReadFailure::Missing(path.clone()));
        }
    }
    (found, failures)
}

fn walk(folder: &Path, shown: &str, found: &mut Vec<Found>, failures: &mut Vec<ReadFailure>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) => {
            failures.push(ReadFailure::Io { file: folder.display().to_string(), source });
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        let below = if shown.is_empty() { name.clone() } else { format!("{shown}/{name}") };
        let ending = import::ending_of(&name);
        if name.starts_with('.') {
            continue;
        } else if path.is_dir() {
            walk(&path, &below, found, failures);
        } else if import::text::endings().any(|own| own == ending) {
            found.push(Found { path, shown: below });
        }
    }
}

/// Reads files into documents, on two threads.
///
/// # Errors
/// [`Cancelled`] when the user wants it to end; nothing has happened then.
pub fn read_files(files: &[Found], options: &DocumentOptions, control: &JobControl) -> Result<Batch, Cancelled> {
    let done = std::sync::atomic::AtomicU64::new(0);
    let total = files.len() as u64;
    let read = |found: &Found| -> Result<Result<ImportedDocument, ReadFailure>, Cancelled> {
        let outcome = read_file(found, options);
        control.progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total)?;
        Ok(outcome)
    };
    let (left, right) = files.split_at(files.len() / 2);
    let (left, right) = std::thread::scope(|scope| {
        let right = scope.spawn(|| right.iter().map(&read).collect::<Result<Vec<_>, _>>());
        let left = left.iter().map(&read).collect::<Result<Vec<_>, _>>();
        (left, right.join().unwrap_or(Err(Cancelled)))
    });
    let mut batch = Batch::default();
    for outcome in left?.into_iter().chain(right?) {
        match outcome {
            Ok(document) => batch.documents.push(document),
            Err(failure) => batch.failures.push(failure),
        }
    }
    Ok(batch)
}

fn read_file(found: &Found, options: &DocumentOptions) -> Result<ImportedDocument, ReadFailure> {
    let fail = |source| ReadFailure::Io { file: found.shown.clone(), source };
    let size = found.path.metadata().map_err(fail)?.len();
    if size > LIMIT_BYTES {
        let megabytes = usize::try_from(size >> 20).unwrap_or(usize::MAX);
        let limit = usize::try_from(LIMIT_BYTES >> 20).unwrap_or(usize::MAX);
        return Err(ImportError::TooLarge { file: found.shown.clone(), megabytes, limit }.into());
    }
    let bytes = std::fs::read(&found.path).map_err(fail)?;
    Ok(import::read_document(SourceFile { path: found.shown.clone(), bytes }, options)?)
}

/// Patterns that take a document's case and phase from its path, by the groups `case` and `phase`.
#[derive(Debug, Default)]
pub struct PathPatterns {
    /// Has a group `case`.
    pub case: Option<Regex>,
    /// Has a group `phase`.
    pub phase: Option<Regex>,
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

/// Why a sheet or a codebook can't be taken in.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It can't be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// It doesn't fit the project, or can't be stored.
    #[error(transparent)]
    App(#[from] AppError),
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
    pub fn add_documents(&mut self, documents: Vec<ImportedDocument>, patterns: &PathPatterns) -> Result<Done, AppError> {
        let find = |pattern: &Option<Regex>, group: &str, file: &str| {
            let captures = pattern.as_ref()?.captures(file)?;
            Some(captures.name(group)?.as_str().trim().to_owned()).filter(|name| !name.is_empty())
        };
        let place = |document: ImportedDocument| Placed {
            case: find(&patterns.case, "case", &document.file),
            phase: find(&patterns.phase, "phase", &document.file),
            document,
        };
        self.run(Action::AddDocuments(documents.into_iter().map(place).collect()))
    }

    /// Takes in a sheet of cases.
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
        let sheet = import::cases::read_cases(&Table::read(file, bytes)?, key, parent, kind)?;
        let (project, ids) = self.drafting();
        let taken = sheets::take_cases(&project, ids, &sheet)?;
        self.commit_sheet("import cases", taken)
    }

    /// Takes in a sheet of documents that are in already.
    ///
    /// # Errors
    /// With file and row.
    pub fn import_document_sheet(&mut self, file: &str, bytes: Vec<u8>) -> Result<SheetDone, SheetError> {
        let sheet = import::documents::read_documents(&Table::read(file, bytes)?)?;
        let (project, ids) = self.drafting();
        let taken = sheets::take_documents(&project, ids, &sheet)?;
        self.commit_sheet("import document sheet", taken)
    }

    /// Takes in a sheet of codings.
    ///
    /// # Errors
    /// With file and row.
    pub fn import_codings(&mut self, file: &str, bytes: Vec<u8>, create: sheets::CreateCodes) -> Result<SheetDone, SheetError> {
        let sheet = import::codings::read_codings(&Table::read(file, bytes)?)?;
        let (project, ids) = self.drafting();
        let taken = sheets::take_codings(&project, ids, &sheet, create)?;
        drop(sheet);
        self.commit_sheet("import codings", taken)
    }

    /// Takes in a codebook: `.ron`, or a sheet such as `.csv` or `.xlsx`.
    ///
    /// # Errors
    /// With file and line.
    pub fn import_codebook(&mut self, file: &str, bytes: Vec<u8>) -> Result<SheetDone, SheetError> {
        let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        let book = match ending.as_str() {
            "ron" => import::codebook::read_ron(file, bytes)?,
            "csv" | "tsv" | "txt" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => import::codebook::read_csv(&Table::read(file, bytes)?)?,
            _ => return Err(ImportError::UnknownFormat { file: file.to_owned(), ending }.into()),
        };
        let (project, ids) = self.drafting();
        let mut taken = sheets::take_codebook(&project, ids, file, &book)?;
        if project.codebook.codes.is_empty() && book.language != project.language && book.language != Language::default() {
            taken.changes.extend(super::edit::project::set_language(&project, book.language)?);
        }
        self.commit_sheet("import codebook", taken)
    }

    fn commit_sheet(&mut self, action: &str, taken: sheets::Taken) -> Result<SheetDone, SheetError> {
        let sheets::Taken { changes, added, unchanged, rows } = taken;
        if !changes.is_empty() {
            self.commit_changes(action, changes)?;
        }
        Ok(SheetDone { rows, unchanged, added })
    }
}
