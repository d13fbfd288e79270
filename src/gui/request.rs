//! Requests: what panels ask of the window, which runs them when the frame is painted.

use std::path::{Path, PathBuf};

use super::{command::Command, own_keys::OwnKeys, strings::UiLanguage};
use crate::{
    app::{
        action::{Action, WordReplacement},
        erasure::ErasureRequest,
        export::quotation::Quotation,
        import::sheet_kind::SheetKind,
        output_file::with_ending,
        settings::{Reading, View},
    },
    model::{
        ids::{
            AttachmentId, AttributeId, CaseId, CodeId, CodingId, DocumentId, EntryId, MemoId,
            QueryId,
        },
        memo::Anchor,
        text::TextRange,
    },
    seal::Passphrase,
};

/// A request of a panel.
#[derive(Debug)]
pub(super) enum Request {
    /// Opens a project.
    Open(PathBuf),
    /// Opens a backup of the open project for reading.
    LookInto(PathBuf),
    /// Something about the safety of the open project.
    Safety(SafetyRequest),
    /// Shows the open project as it was after a step, for reading.
    OpenAsOf(EntryId),
    /// Shows the open project as it is now again.
    OpenNow,
    /// Opens the sample project, which is built the first time.
    OpenSample,
    /// Creates a project.
    Create {
        /// The project's file.
        path: PathBuf,
        /// The project's title.
        title: String,
        /// The name of its first coder.
        coder: String,
        /// Files to import once the project is there.
        then: Option<(FilePurpose, Vec<PathBuf>)>,
    },
    /// Gives commands these keys in place of the usual ones.
    SetKeys(OwnKeys),
    /// Sets after how many minutes without work an encrypted project is locked.
    SetLockMinutes(u16),
    /// Switches the window to the other language.
    SwitchLanguage,
    /// Switches between light and dark.
    SwitchTheme,
    /// Opens the dialog that asks for a path.
    OpenDialog(FilePurpose),
    /// Opens the system's file dialog.
    Browse(FilePurpose),
    /// Uses the files that the user chose.
    PathsChosen(FilePurpose, Vec<PathBuf>),
    /// Removes the notice with this number.
    CloseNotice(usize),
    /// Shows what is known of documents, to be changed.
    ShowProperties(Vec<DocumentId>),
    /// Asks whom codings are about, those of one list together.
    AskAbout(Vec<Vec<(DocumentId, CodingId)>>),
    /// Asks who speaks in a turn.
    AskWhoSpeaks {
        /// The document.
        document: DocumentId,
        /// A position in the turn.
        at: u32,
        /// Whether a turn shall begin there.
        begins: bool,
        /// The selection, which may be a label.
        selected: Option<TextRange>,
    },
    /// Reads the speakers of documents again.
    ReadSpeakersAgain(Vec<DocumentId>),
    /// Opens the settings of an attribute, or what adds one.
    ShowAttribute(Option<AttributeId>),
    /// Imports a sheet whose rows are these.
    ImportSheet {
        /// What its rows are.
        kind: SheetKind,
        /// The name of its file.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// Asks before words are replaced in all places.
    AskToReplace(Box<WordReplacement>),
    /// Asks before something is removed.
    AskToRemove(Removed),
    /// Shows the drafts that were kept.
    ShowDrafts,
    /// Cancels the job with this number.
    CancelJob(u64),
    /// Puts a passage and its reference on the clipboard.
    Copy(Quotation),
    /// Runs a command, as its key would.
    Command(Command),
    /// Sets the name that the coder of a new project has.
    SetUsualCoder(String),
    /// Sets the folder of new projects; an empty one is the usual folder.
    SetProjectsFolder(PathBuf),
    /// Remembers the projects that are opened, or forgets them.
    RememberProjects(bool),
    /// Changes how transcripts are typeset.
    SetReading(Reading),
    /// Imports the transcripts on the page of an import.
    ConfirmImport,
    /// Leaves the page of an import without importing.
    CancelImport,
    /// Imports the other program's project that was read.
    ConfirmStudy,
    /// Edits the open project.
    Edit(Box<Action>),
    /// Shows a page.
    Go(View),
    /// Opens a document, at a passage.
    OpenDocument(DocumentId, Option<TextRange>),
    /// Opens the page of a code, with all its passages.
    OpenCode(CodeId),
    /// Applies a code to the selection; without one, opens the code's page.
    UseCode(CodeId),
    /// Shows a case on the page of cases.
    OpenCase(CaseId),
    /// Shows a memo on the page of memos.
    OpenMemo(MemoId),
    /// Opens the editor of a memo.
    EditMemo(MemoId),
    /// Opens the window for a new memo.
    WriteMemo(Anchor),
    /// Shows what a memo or a link is about.
    OpenAnchor(Anchor),
    /// Looks for these very words in all documents, on the search page.
    SearchFor(String),
    /// Runs a saved query on the search page.
    OpenQuery(QueryId),
    /// Imports the starter codebook of this file name.
    ImportStarterCodebook(&'static str),
    /// Writes the export that the dialog describes to this file.
    Export(PathBuf),
    /// Makes a coder the one who acts.
    ActAs(String),
}

impl Request {
    /// Edits the open project.
    pub(super) fn edit(action: Action) -> Self {
        Self::Edit(Box::new(action))
    }
}

/// What is asked for the safety of a project.
#[derive(Debug)]
pub(super) enum SafetyRequest {
    /// Opens an encrypted project.
    Unlock(PathBuf, Passphrase),
    /// Makes a backup now.
    BackUp,
    /// Puts a backup in the project's place.
    Restore(PathBuf),
    /// Repairs the project.
    Repair,
    /// Encrypts the project, or takes the encryption away.
    Recrypt(Option<Passphrase>),
    /// Asks before a participant is erased.
    AskToErase(CaseId),
    /// Erases a participant.
    Erase(Box<ErasureOrder>),
    /// Closes the dialog.
    Close,
}

/// An erasure that is confirmed.
#[derive(Debug, Clone)]
pub(super) struct ErasureOrder {
    /// Whose words go.
    pub(super) request: ErasureRequest,
    /// Where the certificate is written; `None` for none.
    pub(super) certificate: Option<PathBuf>,
    /// Whether copies beside the project are overwritten, too.
    pub(super) wipes_copies: bool,
}

/// What is to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Removed {
    Codes(Vec<CodeId>),
    Documents(Vec<DocumentId>),
    Cases(Vec<CaseId>),
    Attribute(AttributeId),
}

/// What a file is for that the user chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FilePurpose {
    /// A project to open.
    OpenProject,
    /// A project to create.
    NewProject,
    /// Transcripts to import.
    Transcripts,
    /// A codebook to import.
    Codebook,
    /// A sheet of cases, documents, codings or codes to import.
    Sheet,
    /// Another program's project to import.
    OtherProject,
    /// An export with this file ending.
    Export(&'static str),
    /// A copy of an attached file.
    SaveAttachment(AttachmentId),
    /// An export of the memos.
    ExportMemos,
    /// An export of the history, or of the steps that are listed.
    ExportHistory,
    /// A table or a chart of the page of themes, in a language.
    ExportFinding(FindingFormat, UiLanguage),
    /// A report.
    Report,
    /// A page to be printed.
    Print,
    /// A copy of the project.
    SaveCopy,
    /// The sheet with the key of an encrypted project.
    RecoverySheet,
}

/// The endings of the formats of a report, the usual one first.
pub(super) const REPORT_ENDINGS: &[&str] = &["html", "docx", "pdf"];

/// The endings of the formats of the history, the usual one first.
pub(super) const HISTORY_ENDINGS: &[&str] = &["html", "csv"];

impl FilePurpose {
    /// Returns true if a file is written.
    pub(super) const fn writes(self) -> bool {
        match self {
            Self::Export(_)
            | Self::SaveAttachment(_)
            | Self::ExportMemos
            | Self::ExportHistory
            | Self::ExportFinding(..)
            | Self::Report
            | Self::Print
            | Self::SaveCopy
            | Self::RecoverySheet => true,
            Self::OpenProject
            | Self::NewProject
            | Self::Transcripts
            | Self::Codebook
            | Self::Sheet
            | Self::OtherProject => false,
        }
    }

    /// The file meant by a typed path: a file that is written gets the ending of its format.
    pub(super) fn file(self, typed: &Path) -> PathBuf {
        match self {
            Self::NewProject | Self::SaveCopy => with_ending(typed, &["tain"]),
            Self::Export(ending) => with_ending(typed, &[ending]),
            Self::ExportMemos => with_ending(typed, &["md"]),
            Self::ExportHistory => with_ending(typed, HISTORY_ENDINGS),
            Self::ExportFinding(format, _) => with_ending(typed, &[format.ending()]),
            Self::Report => with_ending(typed, REPORT_ENDINGS),
            Self::Print | Self::RecoverySheet => with_ending(typed, &["html"]),
            Self::OpenProject
            | Self::Transcripts
            | Self::Codebook
            | Self::Sheet
            | Self::OtherProject
            | Self::SaveAttachment(_) => typed.to_owned(),
        }
    }
}

/// What is exported of a finding, and in which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindingFormat {
    /// The table, as comma-separated values.
    Csv,
    /// The chart of this number, as SVG.
    Svg(usize),
    /// The chart of this number, as PNG with 300 dots per inch.
    Png(usize),
}

impl FindingFormat {
    /// The ending of such a file.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Svg(_) => "svg",
            Self::Png(_) => "png",
        }
    }
}
