//! Projects of other programs: recognized, read, and imported as one entry; attached files, saved elsewhere.

mod files;

use std::path::{Component, Path, PathBuf};

use self::files::{beginning, bytes_of, folder_of, shown, source_of, texts_of};

use crate::app::{
    AppError, Session,
    edit::study,
    import::ReadFailure,
    jobs::JobControl,
    output_file::{WriteError, WriteFile},
    refusal::Refusal,
    session::commit_job::Storing,
};
use crate::{
    import::{
        ImportError, ending_of,
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

/// The endings of files that may be another program's project.
pub const ENDINGS: &[&str] = &[
    "qdpx", "qde", "qdc", "qda", "sqlite3", "sqlite", "db", "rqda", "ann", "tsv", "csv", "xlsx",
    "html", "docx",
];

/// The beginning of a table of highlights from Taguette.
const HIGHLIGHTS: &[u8] = b"id,document,tag,content";

/// How to read another program's project.
#[derive(Debug, Clone, Default)]
pub struct StudyOptions {
    /// The name of the coder, for files that don't say; `None` for the name of the file.
    pub coder: Option<String>,
    /// The titles and texts of known documents, in which quotes without a position are found; see [`Session::texts_for`].
    pub known: Vec<(String, String)>,
}

/// Why another program's project can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum StudyError {
    /// The file is from no known program.
    Unknown(String),
    /// The file can't be read.
    Read(#[from] ReadFailure),
    /// The file can't be understood.
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

/// Returns true if a file or folder is another program's project rather than a transcript.
///
/// Tables, pages and annotations share their endings with other files, so their content decides.
pub fn is_study(path: &Path) -> bool {
    match ending_of(&path.to_string_lossy()).as_str() {
        "qdpx" | "qde" | "qdc" | "qda" | "sqlite3" | "sqlite" | "db" | "rqda" | "ann" => true,
        _ if path.is_dir() => folder_of(path).is_some(),
        "tsv" => beginning(path).is_some_and(|bytes| is_webanno(&bytes)),
        "csv" => beginning(path).is_some_and(|bytes| {
            // Excel writes a byte-order mark.
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            text.starts_with(HIGHLIGHTS)
        }),
        "xlsx" => bytes_of(path, "")
            .ok()
            .and_then(|bytes| InputTable::read(&shown(path), bytes).ok())
            .is_some_and(|table| is_taguette_highlights(&table)),
        "html" | "htm" => beginning(path).is_some_and(|bytes| is_taguette_page(&bytes)),
        _ => false,
    }
}

/// Reads another program's project: a file, or a folder such as those of QualCoder and brat.
///
/// # Errors
/// The file is missing, from no known program, or can't be understood.
pub fn read_study(path: &Path, options: &StudyOptions) -> Result<Study, StudyError> {
    let shown = shown(path);
    if path.is_dir() {
        return match folder_of(path) {
            Some(Tool::QualCoder) => qualcoder(path, &shown),
            Some(_) => {
                let texts = texts_of(path)?;
                Ok(read_brat(&shown, &texts, &options.coder_or(&shown))?)
            }
            None => Err(StudyError::Unknown(shown)),
        };
    }
    let parent = path.parent().unwrap_or(Path::new(""));
    match ending_of(&shown).as_str() {
        "ann" => annotation(path, shown, options),
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
        "tsv" => {
            let bytes = bytes_of(path, &shown)?;
            Ok(read_webanno(&shown, &bytes, &options.coder_or(&shown))?)
        }
        "csv" | "xlsx" => {
            let bytes = bytes_of(path, &shown)?;
            Ok(read_taguette_highlights(&shown, bytes, &options.known())?)
        }
        "html" | "htm" => {
            let bytes = bytes_of(path, &shown)?;
            Ok(read_taguette_page(&shown, bytes, &options.known())?)
        }
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

/// Reads Word files with codes in their comments as one project; a text that several people coded is one document.
///
/// # Errors
/// A file is missing or can't be understood.
pub fn read_commented(paths: &[PathBuf], options: &StudyOptions) -> Result<Study, StudyError> {
    let sources = paths
        .iter()
        .map(|path| source_of(path))
        .collect::<Result<Vec<_>, _>>()?;
    // The comments of several files are from several people, whom one name can't stand for.
    let coder = match paths {
        [_] => options.coder.as_deref(),
        _ => None,
    };
    let files: Vec<WordFile<'_>> = sources
        .iter()
        .map(|source| WordFile {
            file: &source.path,
            bytes: &source.bytes,
            coder,
        })
        .collect();
    Ok(read_word_comments(&files)?)
}

impl StudyOptions {
    /// The name of the coder; that of the file if none is given.
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

/// Reads a QualCoder project: its database, and those files of its folder that the database names.
fn qualcoder(folder: &Path, shown: &str) -> Result<Study, StudyError> {
    let bytes = bytes_of(&folder.join("data.qda"), shown)?;
    Ok(read_qualcoder(shown, &bytes, &|name| {
        // The names come from the database; none may lead out of the folder.
        let is_inside = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if is_inside {
            bytes_of(&folder.join(name), name).ok()
        } else {
            None
        }
    })?)
}

/// Reads an annotation of brat, and the text with the same name.
fn annotation(path: &Path, shown: String, options: &StudyOptions) -> Result<Study, StudyError> {
    // Identities are derived from the name of the folder, so that a file agrees with its whole folder.
    // A path inside the present folder doesn't contain the name.
    let whole = path.canonicalize().unwrap_or_else(|_gone| path.to_owned());
    let folder = whole.parent().map(self::shown).unwrap_or_default();
    let pair = [source_of(path)?, source_of(&path.with_extension("txt"))?];
    let study = read_brat(&folder, &pair, &options.coder_or(&shown))?;
    Ok(Study {
        file: shown,
        ..study
    })
}

/// The result of importing another program's project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyDone {
    /// The program that wrote the file, if the file says so.
    pub program: String,
    /// How many things of each kind were imported.
    pub counts: study::Counts,
    /// How positions in the texts were counted; `None` if there are none.
    pub positions: Option<PositionReading>,
    /// What the project could not hold.
    pub losses: Losses,
}

impl Session {
    /// The titles and texts of the documents, for a file whose quotes have no positions; empty for other files.
    pub fn texts_for(&self, path: &Path) -> Vec<(String, String)> {
        let ending = ending_of(&path.to_string_lossy());
        if !matches!(ending.as_str(), "csv" | "xlsx" | "html" | "htm") {
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

    /// Imports another program's project as one entry; what is in the project already doesn't change.
    ///
    /// # Errors
    /// The entry can't be stored; the project is unchanged then.
    pub fn import_study(&mut self, study: Study) -> Result<StudyDone, AppError> {
        let (done, storing) = self.begin_study(study)?;
        if let Some(storing) = storing {
            self.finish(storing.store(&JobControl::default())?);
        }
        Ok(done)
    }

    /// Prepares what [`Self::import_study`] does, so that a job can store it; `None` if nothing is new.
    ///
    /// # Errors
    /// The project can't be changed.
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

    /// Saves an attached file.
    ///
    /// # Errors
    /// The attachment or its content is missing, or the file can't be written.
    pub fn save_attachment(
        &self,
        id: AttachmentId,
        path: &Path,
        write: WriteFile,
    ) -> Result<(), AttachmentError> {
        let attachment = self.project().attachments.get(&id);
        let content = attachment.and_then(|attachment| attachment.content);
        let Some(hash) = content else {
            let name =
                attachment.map_or_else(|| id.to_string(), |attachment| attachment.name.clone());
            return Err(AppError::from(Refusal::NoAttachment(name)).into());
        };
        let bytes = self.file().content(hash).map_err(AppError::from)?;
        Ok(write(path, &bytes)?)
    }
}

/// Why an attached file can't be saved.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum AttachmentError {
    /// The attachment is missing or can't be read.
    App(#[from] AppError),
    /// The file can't be written.
    Write(#[from] WriteError),
}

impl Explain for AttachmentError {
    fn explain(&self) -> Explanation {
        match self {
            Self::App(error) => error.explain(),
            Self::Write(error) => error.explain(),
        }
    }
}
