//! Projects of other programs: read, and taken in as one step; attached files written to places of their own.

use std::path::{Path, PathBuf};

use super::{AppError, Session, edit::study, importing::ReadFailure, refusal::Refusal};
use crate::{
    import::{ImportError, loss::Losses, study::Study},
    model::ids::AttachmentId,
};

/// Endings of files that may be another program's project.
pub const ENDINGS: &[&str] = &["qdpx", "qde", "qdc", "qda", "sqlite3", "sqlite", "db", "rqda", "ann", "tsv", "docx"];

/// How to read another program's project.
#[derive(Debug, Clone, Default)]
pub struct StudyOptions {
    /// Who coded, where the file doesn't say; the file's name by default.
    pub coder: Option<String>,
}

/// Why another program's project can't be read.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// It is nothing that is known.
    #[error(
        "{0}: no project of a program that is known; REFI-QDA (.qdpx), Taguette, QualCoder, RQDA, brat, WebAnno and commented Word files are"
    )]
    Unknown(String),
    /// It can't be read or taken apart.
    #[error(transparent)]
    Read(#[from] ReadFailure),
}

impl From<ImportError> for StudyError {
    fn from(error: ImportError) -> Self {
        Self::Read(error.into())
    }
}

/// Reads another program's project: a file, or a folder such as QualCoder's and brat's.
///
/// # Errors
/// When it isn't there, isn't known, or can't be taken apart.
pub fn read_study(path: &Path, _options: &StudyOptions) -> Result<Study, StudyError> {
    let shown = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    if !path.exists() {
        return Err(ReadFailure::Missing(path.to_owned()).into());
    }
    Err(StudyError::Unknown(shown))
}

/// What taking in another program's project did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyDone {
    /// The program that wrote the file, as far as it says so.
    pub program: String,
    /// How many of what.
    pub counts: study::Counts,
    /// How positions in the texts were read, where the file leaves it open.
    pub positions: Option<String>,
    /// What the file had that the project hasn't.
    pub losses: Losses,
}

impl Session {
    /// Takes another program's project in, as one entry; what is there already stays as it is.
    ///
    /// # Errors
    /// When it can't be stored; nothing of it is in then.
    pub fn import_study(&mut self, study: Study) -> Result<StudyDone, AppError> {
        let (program, positions) = (study.program.clone(), study.positions.clone());
        let (project, ids) = self.drafting();
        let study::TakenStudy { changes, contents, counts, losses } = study::take_study(&project, ids, study);
        if !changes.is_empty() {
            self.commit("import project", None, changes, &contents)?;
        }
        Ok(StudyDone { program, counts, positions, losses })
    }

    /// Writes an attached file to a place of its own; a file that is there already stays.
    ///
    /// # Errors
    /// When it isn't there, or can't be written.
    pub fn save_attachment(&self, id: AttachmentId, path: &Path) -> Result<(), AttachmentError> {
        let attachment = self.project().attachments.get(&id);
        let content = attachment.and_then(|attachment| attachment.content);
        let name = || attachment.map_or_else(|| id.to_string(), |attachment| attachment.name.clone());
        let hash = content.ok_or_else(|| Refusal::NoAttachment(name())).map_err(AppError::from)?;
        let bytes = self.file().content(hash).map_err(AppError::from)?;
        let fail = |source| AttachmentError::Io { file: path.to_owned(), source };
        let mut file = std::fs::File::create_new(path).map_err(fail)?;
        std::io::Write::write_all(&mut file, &bytes).map_err(fail)
    }
}

/// Why an attached file can't be written.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentError {
    /// It isn't in the project.
    #[error(transparent)]
    App(#[from] AppError),
    /// The system refused.
    #[error("{}: {source}", .file.display())]
    Io {
        /// Where.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}
