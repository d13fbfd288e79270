//! What panels ask for; it is done when the frame is painted.

use std::path::PathBuf;

use super::{
    View,
    command::Command,
    dialogs::Purpose,
    panels::{importing::Previewed, search::Answered, themes::ThemesAnswer},
};
use crate::{
    app::{
        action::Action,
        export::{ExportError, Exported},
        import::study::StudyError,
        search::suggestions::Suggested,
        session::commit_job::{Stored, Unstored},
        settings::Reading,
    },
    import::study::Study,
    model::{
        ids::{CaseId, CodeId, DocumentId, MemoId, QueryId},
        memo::Anchor,
        text::TextRange,
    },
    search::Index,
};

/// A request to the window.
#[derive(Debug)]
pub(super) enum Request {
    /// Open a project.
    Open(PathBuf),
    /// Build the sample project if need be, and open it.
    OpenSample,
    /// Make a project.
    Create {
        /// Where.
        path: PathBuf,
        /// Its title.
        title: String,
        /// Its first coder.
        coder: String,
        /// What comes into it then.
        then: Option<(Purpose, Vec<PathBuf>)>,
    },
    /// Back to the welcome page.
    CloseProject,
    /// The other language.
    SwitchTongue,
    /// Light or dark.
    SwitchTheme,
    /// Show the dialog for something.
    Ask(Purpose),
    /// Show the system's file dialog for it.
    Browse(Purpose),
    /// Files were chosen for it.
    Chosen(Purpose, Vec<PathBuf>),
    /// Take the messages away.
    Dismiss,
    /// End a job.
    Cancel(u64),
    /// Do what a command says.
    Command(Command),
    /// How transcripts are set from now on.
    SetReading(Reading),
    /// Take in what the page of an import shows.
    TakeImport,
    /// Leave that page; nothing comes in.
    LeaveImport,
    /// Take in the project of another program that was read.
    TakeStudy,
    /// Something in the open project.
    Desk(DeskRequest),
}

/// A request to the open project.
#[derive(Debug)]
pub(super) enum DeskRequest {
    /// An edit.
    Act(Box<Action>),
    /// Another page.
    Go(View),
    /// A document, at a passage.
    OpenDocument(DocumentId, Option<TextRange>),
    /// The page of a code, with all its passages.
    CodePage(CodeId),
    /// Apply a code to what is selected, or show its page.
    UseCode(CodeId),
    /// The cases, at this one.
    OpenCase(CaseId),
    /// A memo, on the page of memos.
    OpenMemo(MemoId),
    /// The fields of a memo.
    EditMemo(MemoId),
    /// A new memo on something.
    WriteMemo(Anchor),
    /// What something stands on.
    OpenAnchor(Anchor),
    /// Ask a kept query again.
    AskKept(QueryId),
    /// The starter codebook of this file name.
    TakeStarter(&'static str),
    /// Write the project as the dialog says, to this file.
    Export(PathBuf),
    /// Who acts from now on.
    ActAs(String),
}

impl Request {
    /// An edit.
    pub(super) fn act(action: Action) -> Self {
        Self::Desk(DeskRequest::Act(Box::new(action)))
    }
}

/// What a job brings home.
#[derive(Debug)]
pub(super) enum Brought {
    /// Files chosen in the system's dialog; none when it was cancelled, or isn't there.
    Picked(Purpose, Vec<PathBuf>),
    /// Another program's project that was read; none where it was given up meanwhile.
    Study(Option<Box<Result<Study, StudyError>>>),
    /// A batch of transcripts as the page of the import shows it.
    Previewed(Box<Previewed>),
    /// What came of storing an import.
    Stored(Box<Result<Stored, Unstored>>),
    /// Suggestions for a document; none when they were cancelled.
    Suggested(Option<Box<Suggested>>),
    /// The answer to a question of the search page.
    Answered(Box<Answered>),
    /// An answer for the page of themes.
    Found(Box<ThemesAnswer>),
    /// What came of an export.
    Exported(Box<Result<Exported, ExportError>>),
    /// What came of writing a report, in a line.
    Reported(String),
    /// The index, unless it can't be written; searching then goes on by scan.
    Indexed(Option<Box<Index>>),
}
