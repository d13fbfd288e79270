//! Projects of other programs: read, and taken in as one step; attached files written to places of their own.

use std::path::{Path, PathBuf};

use crate::app::{
    AppError, Session, edit::study, import::ReadFailure, jobs::JobControl, refusal::Refusal,
    session::commit_job::Storing,
};
use crate::{
    import::{
        ImportError, SourceFile, ending_of,
        loss::Losses,
        positions::PositionReading,
        study::Study,
        table::InputTable,
        title_of,
        tools::{
            Tool, WordFile, is_taguette_highlights, is_taguette_page, is_webanno, read_brat,
            read_qualcoder, read_rqda, read_taguette, read_taguette_highlights, read_taguette_page,
            read_webanno, read_word_comments, tool_of_sqlite,
        },
    },
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::ids::AttachmentId,
    refi::read::{read_codebook, read_project},
};

/// Endings of files that may be another program's project.
pub const ENDINGS: &[&str] = &[
    "qdpx", "qde", "qdc", "qda", "sqlite3", "sqlite", "db", "rqda", "ann", "tsv", "csv", "xlsx",
    "html", "docx",
];

/// How Taguette's sheet of highlights begins.
const HIGHLIGHTS: &[u8] = b"id,document,tag,content";

/// Files larger than this aren't read.
const LIMIT_BYTES: u64 = 1 << 30;

/// How to read another program's project.
#[derive(Debug, Clone, Default)]
pub struct StudyOptions {
    /// Who coded, where the file doesn't say; the file's name by default.
    pub coder: Option<String>,
    /// Titles and texts of documents that are there, in which quotes without a place are looked for; see [`Session::texts_for`].
    pub known: Vec<(String, String)>,
}

/// Why another program's project can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum StudyError {
    /// It isn't a project of a known program.
    Unknown(String),
    /// It can't be read.
    Read(#[from] ReadFailure),
    /// Its contents can't be read.
    Import(#[from] ImportError),
}

impl Explain for StudyError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Unknown(file) => Explanation::refused(
                Text::new(
                    "{file}: not a project of a known program",
                    "{file}：不是已知软件的项目",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "REFI-QDA (.qdpx), Taguette, QualCoder, RQDA, brat, WebAnno and Word files with comments can be read",
                "可读取 REFI-QDA（.qdpx）、Taguette、QualCoder、RQDA、brat、WebAnno 与带批注的 Word 文件",
            )),
            Self::Read(failure) => failure.explain(),
            Self::Import(error) => error.explain(),
        }
    }
}

/// Whether a path is, by its name, a project of another program and no transcript.
pub fn is_study(path: &Path) -> bool {
    let ending = ending_of(&path.to_string_lossy());
    let named = matches!(
        ending.as_str(),
        "qdpx" | "qde" | "qdc" | "qda" | "sqlite3" | "sqlite" | "db" | "rqda" | "ann"
    );
    let annotated = || ending == "tsv" && beginning(path).is_some_and(|bytes| is_webanno(&bytes));
    let sheet = || {
        ending == "csv"
            && beginning(path).is_some_and(|bytes| {
                bytes
                    .strip_prefix(b"\xef\xbb\xbf")
                    .unwrap_or(&bytes)
                    .starts_with(HIGHLIGHTS)
            })
    };
    let workbook = || {
        let table = || InputTable::read(&shown(path), bytes_of(path, "").ok()?).ok();
        ending == "xlsx" && table().is_some_and(|table| is_taguette_highlights(&table))
    };
    let page = || {
        matches!(ending.as_str(), "html" | "htm")
            && beginning(path).is_some_and(|bytes| is_taguette_page(&bytes))
    };
    if path.is_dir() {
        named || folder_of(path).is_some()
    } else {
        named || annotated() || sheet() || workbook() || page()
    }
}

/// Reads another program's project: a file, or a folder such as QualCoder's and brat's.
///
/// # Errors
/// When it isn't there, isn't known, or can't be taken apart.
pub fn read_study(path: &Path, options: &StudyOptions) -> Result<Study, StudyError> {
    let shown = shown(path);
    if path.is_dir() {
        return match folder_of(path) {
            Some(Tool::QualCoder) => qualcoder(path, &shown),
            Some(_) => Ok(read_brat(
                &shown,
                &texts_of(path)?,
                &options.coder_or(&shown),
            )?),
            None => Err(StudyError::Unknown(shown)),
        };
    }
    let parent = path.parent().unwrap_or(Path::new(""));
    match ending_of(&shown).as_str() {
        "ann" => {
            // Identities come from the folder's name, so that a file and its whole folder agree; in the folder itself it isn't in the path.
            let whole = path.canonicalize().unwrap_or_else(|_gone| path.to_owned());
            let folder = whole.parent().map(self::shown).unwrap_or_default();
            let study = read_brat(&folder, &pair_of(path)?, &options.coder_or(&shown))?;
            Ok(Study {
                file: shown,
                ..study
            })
        }
        "qdpx" | "qde" => Ok(read_project(&shown, &bytes_of(path, &shown)?)?),
        "qdc" => Ok(read_codebook(&shown, &bytes_of(path, &shown)?)?),
        "qda" => qualcoder(parent, &shown),
        "docx" => {
            let bytes = bytes_of(path, &shown)?;
            Ok(read_word_comments(&[WordFile {
                file: &shown,
                bytes: &bytes,
                coder: options.coder.as_deref(),
            }])?)
        }
        "tsv" => Ok(read_webanno(
            &shown,
            &bytes_of(path, &shown)?,
            &options.coder_or(&shown),
        )?),
        "csv" | "xlsx" => Ok(read_taguette_highlights(
            &shown,
            bytes_of(path, &shown)?,
            &options.known(),
        )?),
        "html" | "htm" => Ok(read_taguette_page(
            &shown,
            bytes_of(path, &shown)?,
            &options.known(),
        )?),
        _ => {
            let bytes = bytes_of(path, &shown)?;
            match tool_of_sqlite(&bytes) {
                Some(Tool::Taguette) => Ok(read_taguette(&shown, &bytes)?),
                Some(Tool::QualCoder) => qualcoder(parent, &shown),
                Some(Tool::Rqda) => Ok(read_rqda(&shown, &bytes)?),
                _ => Err(StudyError::Unknown(shown)),
            }
        }
    }
}

/// Reads Word files in whose comments codes stand, as one project: a text that several have coded is one document.
///
/// # Errors
/// When one isn't there or can't be taken apart.
pub fn read_commented(paths: &[PathBuf], options: &StudyOptions) -> Result<Study, StudyError> {
    let files = paths
        .iter()
        .map(|path| Ok((shown(path), bytes_of(path, &shown(path))?)))
        .collect::<Result<Vec<_>, StudyError>>()?;
    let files: Vec<WordFile<'_>> = files
        .iter()
        .map(|(file, bytes)| WordFile {
            file,
            bytes,
            coder: options.coder.as_deref().filter(|_| paths.len() == 1),
        })
        .collect();
    Ok(read_word_comments(&files)?)
}

impl StudyOptions {
    /// Who coded; the file's name where nobody is named.
    fn coder_or(&self, shown: &str) -> String {
        self.coder.clone().unwrap_or_else(|| title_of(shown))
    }

    fn known(&self) -> Vec<(&str, &str)> {
        self.known
            .iter()
            .map(|(title, text)| (title.as_str(), text.as_str()))
            .collect()
    }
}

fn shown(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Whose project a folder is.
fn folder_of(path: &Path) -> Option<Tool> {
    if path.join("data.qda").is_file() {
        return Some(Tool::QualCoder);
    }
    let mut names = std::fs::read_dir(path)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.file_name()));
    names
        .any(|name| {
            Path::new(&name)
                .extension()
                .is_some_and(|ending| ending == "ann")
        })
        .then_some(Tool::Brat)
}

/// A file's first bytes.
fn beginning(path: &Path) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .ok()?
        .take(1024)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

fn bytes_of(path: &Path, shown: &str) -> Result<Vec<u8>, StudyError> {
    let fail = |source| ReadFailure::Io {
        file: shown.to_owned(),
        source,
    };
    if !path.exists() {
        return Err(ReadFailure::Missing(path.to_owned()).into());
    }
    let size = path.metadata().map_err(fail)?.len();
    if size > LIMIT_BYTES {
        let megabytes = |bytes: u64| usize::try_from(bytes >> 20).unwrap_or(usize::MAX);
        return Err(ImportError::TooLarge {
            file: shown.to_owned(),
            megabytes: megabytes(size),
            limit: megabytes(LIMIT_BYTES),
        }
        .into());
    }
    Ok(std::fs::read(path).map_err(fail)?)
}

/// A QualCoder project: its database, and the files of its folder when they are asked for.
fn qualcoder(folder: &Path, shown: &str) -> Result<Study, StudyError> {
    let bytes = bytes_of(&folder.join("data.qda"), shown)?;
    let files = |name: &str| {
        // Names come from the database: none may lead out of the folder.
        let inside = Path::new(name)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        if inside {
            bytes_of(&folder.join(name), name).ok()
        } else {
            None
        }
    };
    Ok(read_qualcoder(shown, &bytes, &files)?)
}

/// The texts and annotations of a folder.
fn texts_of(folder: &Path) -> Result<Vec<SourceFile>, StudyError> {
    let shown_folder = shown(folder);
    let entries = std::fs::read_dir(folder).map_err(|source| ReadFailure::Io {
        file: shown_folder,
        source,
    })?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|ending| ending == "ann" || ending == "txt")
    });
    paths.sort();
    paths
        .iter()
        .map(|path| {
            Ok(SourceFile {
                path: shown(path),
                bytes: bytes_of(path, &shown(path))?,
            })
        })
        .collect()
}

/// An annotation and the text of the same name.
fn pair_of(path: &Path) -> Result<Vec<SourceFile>, StudyError> {
    let files = [path.to_owned(), path.with_extension("txt")];
    files
        .iter()
        .map(|path| {
            Ok(SourceFile {
                path: shown(path),
                bytes: bytes_of(path, &shown(path))?,
            })
        })
        .collect()
}

/// What taking in another program's project did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyDone {
    /// The program that wrote the file, as far as it says so.
    pub program: String,
    /// How many of what.
    pub counts: study::Counts,
    /// How positions in the texts were read, where there are any.
    pub positions: Option<PositionReading>,
    /// What the file had that the project hasn't.
    pub losses: Losses,
}

impl Session {
    /// Titles and texts of the documents, where a file holds quotes without their place; none for other files.
    pub fn texts_for(&self, path: &Path) -> Vec<(String, String)> {
        if !matches!(
            ending_of(&path.to_string_lossy()).as_str(),
            "csv" | "xlsx" | "html" | "htm"
        ) {
            return Vec::new();
        }
        let documents = self.project().documents_in_order().into_iter();
        documents
            .filter_map(|document| {
                Some((
                    document.title.clone(),
                    self.content(document).ok()?.text.as_str().to_owned(),
                ))
            })
            .collect()
    }

    /// Takes another program's project in, as one entry; what is there already stays as it is.
    ///
    /// # Errors
    /// When it can't be stored; nothing of it is in then.
    pub fn import_study(&mut self, study: Study) -> Result<StudyDone, AppError> {
        let (done, storing) = self.begin_study(study)?;
        if let Some(storing) = storing {
            self.finish(storing.store(&JobControl::default())?);
        }
        Ok(done)
    }

    /// The same up to the storing, which a job can do; there is nothing to store where nothing comes in.
    ///
    /// # Errors
    /// When the project can't be changed.
    pub fn begin_study(&mut self, study: Study) -> Result<(StudyDone, Option<Storing>), AppError> {
        let (program, positions) = (study.program.clone(), study.positions.clone());
        let mut tx = self.transaction("import project");
        let report = study::import_study(&mut tx, study);
        let prepared = tx.finish()?;
        let done = StudyDone {
            program,
            counts: report.counts,
            positions,
            losses: report.losses,
        };
        if prepared.is_empty() {
            return Ok((done, None));
        }
        Ok((done, Some(self.commit_in_job(prepared)?)))
    }

    /// Writes an attached file to a place of its own; a file that is there already stays.
    ///
    /// # Errors
    /// When it isn't there, or can't be written.
    pub fn save_attachment(&self, id: AttachmentId, path: &Path) -> Result<(), AttachmentError> {
        let attachment = self.project().attachments.get(&id);
        let content = attachment.and_then(|attachment| attachment.content);
        let name =
            || attachment.map_or_else(|| id.to_string(), |attachment| attachment.name.clone());
        let hash = content
            .ok_or_else(|| Refusal::NoAttachment(name()))
            .map_err(AppError::from)?;
        let bytes = self.file().content(hash).map_err(AppError::from)?;
        let fail = |source| AttachmentError::Io {
            file: path.to_owned(),
            source,
        };
        let mut file = std::fs::File::create_new(path).map_err(fail)?;
        std::io::Write::write_all(&mut file, &bytes).map_err(fail)
    }
}

/// Why an attached file can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum AttachmentError {
    /// It isn't in the project, or its content is missing.
    App(#[from] AppError),
    /// The system can't write it.
    Io {
        /// Where.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Explain for AttachmentError {
    fn explain(&self) -> Explanation {
        match self {
            Self::App(error) => error.explain(),
            Self::Io { file, source } => Explanation::of_file(file.as_path(), source),
        }
    }
}
