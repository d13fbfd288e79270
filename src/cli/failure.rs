//! What ends a command, and the exit status it ends with.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        AppError,
        import::study::{AttachmentError, StudyError},
        import::{ReadFailure, SheetError},
        refusal::Refusal,
    },
    import::ImportError,
    model::codebook::CodeNotFound,
    store::StoreError,
};

/// Why a command can't be done, in one line.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The project or the app refuses.
    #[error(transparent)]
    App(#[from] AppError),
    /// A file can't be read as what it should be.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A file can't be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that is refused.
    #[error("{0}")]
    Refused(String),
    /// An argument that can't be.
    #[error("{0}")]
    Usage(String),
    /// Something that should be written can't be.
    #[error("{0}")]
    Unwritable(String),
}

impl Failure {
    /// A file that can't be read or written.
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// The exit status: 1 refused, 2 usage, 3 the project can't be opened, 4 not found, 5 input or output.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Io { .. } | Self::Unwritable(_) => 5,
            Self::Import(_) | Self::Refused(_) => 1,
            Self::App(AppError::Store(error)) => store_status(error),
            Self::App(AppError::Refused(refusal)) => refusal_status(refusal),
            Self::App(AppError::Inconsistent { .. } | AppError::Cancelled) => 5,
        }
    }
}

fn store_status(error: &StoreError) -> u8 {
    match error {
        StoreError::NotFound(_)
        | StoreError::NotAProject(_)
        | StoreError::Newer { .. }
        | StoreError::Locked(_)
        | StoreError::Entry(_)
        | StoreError::Content(_)
        | StoreError::Damaged(_) => 3,
        StoreError::Exists(_) => 2,
        StoreError::ReadOnly
        | StoreError::Full
        | StoreError::Database(_)
        | StoreError::Io { .. } => 5,
    }
}

fn refusal_status(refusal: &Refusal) -> u8 {
    match refusal {
        Refusal::Code(CodeNotFound::Unknown(_))
        | Refusal::NoDocument(_)
        | Refusal::NoCase(_)
        | Refusal::NoPhase(_)
        | Refusal::NoAttribute(_)
        | Refusal::NoCoder(_)
        | Refusal::NoMemo(_)
        | Refusal::NoFacet { .. }
        | Refusal::NoQuery
        | Refusal::NoScale(_)
        | Refusal::NoSet(_)
        | Refusal::NoAttachment(_)
        | Refusal::NoCoding => 4,
        Refusal::WhoCodes(_) | Refusal::Code(CodeNotFound::Ambiguous { .. }) => 2,
        _ => 1,
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<AttachmentError> for Failure {
    fn from(error: AttachmentError) -> Self {
        match error {
            AttachmentError::App(error) => Self::App(error),
            AttachmentError::Io { file, source } => Self::Io { path: file, source },
        }
    }
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::Import(error) => Self::Import(error),
            StudyError::Read(ReadFailure::Io { file, source }) => Self::Io {
                path: file.into(),
                source,
            },
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<SheetError> for Failure {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Import(error) => Self::Import(error),
            SheetError::App(error) => Self::App(error),
        }
    }
}
