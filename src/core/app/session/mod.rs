//! The open project: what it contains, who is working on it, and the only way to change it.

pub mod checkpoint;
mod commit;
pub mod commit_job;
mod run;
mod undo;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use super::{
    action_names, edit,
    history::moment::day_and_time,
    identity::{Host, Identities},
    names,
    refusal::Refusal,
    texts::Texts,
};
use crate::{
    log::undo::UndoableStep,
    message::{
        Message,
        explain::{Explain, Explanation},
        text::Text,
    },
    model::{
        Project,
        clock::Stamp,
        conflict::SkipReason,
        document::{Content, Document},
        ids::{CoderId, DeviceId, EntryId},
    },
    store::{
        Access, BackingUp, Opening, ProjectFile, Secret, Source, StoreError, is_due, remove_project,
    },
};

/// An open project.
#[derive(Debug)]
pub struct Session {
    // Fields are dropped in order. The reading connection of `texts` closes first, so that the last
    // one is the writer, which folds the write-ahead log into the file and leaves one file behind.
    texts: Arc<Texts>,
    file: Arc<Mutex<ProjectFile>>,
    path: PathBuf,
    access: Access,
    /// What was damaged in the log at the opening.
    damage: Vec<Message>,
    project: Arc<Project>,
    revision: u64,
    ids: Identities,
    device: DeviceId,
    coder: Option<CoderId>,
    steps: Vec<UndoableStep>,
    stamps: BTreeMap<DeviceId, Stamp>,
    unsaved: checkpoint::SinceCheckpoint,
    /// Alive while a job stores an entry.
    storing: Weak<()>,
    /// The moment that the project is shown as of; `None` for now.
    as_of: Option<Stamp>,
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum AppError {
    /// The request is refused.
    Refused(#[from] Refusal),
    /// The project file or the disk failed.
    Store(#[from] StoreError),
    /// The user cancelled it.
    Cancelled,
    /// An edit recorded a change that the log refuses, which is a bug in the edit.
    Inconsistent {
        /// The action's name.
        action: String,
        /// Why the log refuses it.
        reason: SkipReason,
    },
}

impl Explain for AppError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Refused(refusal) => refusal.explain(),
            Self::Store(error) => error.explain(),
            Self::Cancelled => Explanation::io(Text::new(
                "cancelled; the project is unchanged",
                "已取消；项目保持原样",
            )),
            Self::Inconsistent { action, reason } => Explanation::io(
                Text::new(
                    "“{action}” could not be done ({reason}); the project is unchanged",
                    "“{action}”未能完成（{reason}）；项目保持原样",
                )
                .with("action", action_names::action_argument(action))
                .with("reason", reason.text()),
            ),
        }
    }
}

/// What an action did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Done {
    /// The entry that was stored; `None` when nothing changed.
    pub entry: Option<EntryId>,
    /// The name of the action, or of the one that was undone or redone.
    pub action: String,
    /// Number of changes in the entry.
    pub changes: usize,
    /// Cases and phases that were added because documents named them.
    pub named: edit::find_or_add::AddedNames,
    /// Files left out because the project has their content, with the title it has there.
    pub known: Vec<(String, String)>,
    /// Files left out because another document has their title.
    pub left_out: Vec<(String, String)>,
    /// Files whose document got another title than the file's name.
    pub retitled: Vec<(String, String)>,
    /// Files whose comments were left out because no coder is acting, with their number.
    pub unwritten: Vec<(String, usize)>,
}

impl Session {
    /// Creates a new project with its first coder.
    ///
    /// # Errors
    /// When the file exists, or title or coder is empty.
    pub fn create(path: &Path, title: &str, coder: &str, host: Host) -> Result<Self, AppError> {
        Self::create_with(path, title, coder, None, host)
    }

    /// As [`Self::create`], encrypted with a secret if there is one.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn create_with(
        path: &Path,
        title: &str,
        coder: &str,
        secret: Option<&Secret>,
        host: Host,
    ) -> Result<Self, AppError> {
        // Checked before the file is created, so that a refused project leaves no file behind.
        let (title, coder) = (edit::required_name(title)?, edit::required_name(coder)?);
        let file = ProjectFile::create(path, secret)?;
        let created = Self::found(file, title, coder, host);
        if created.is_err() {
            // It was made a moment ago, and there is nothing in it.
            remove_project(path);
        }
        created
    }

    fn found(
        file: ProjectFile,
        title: String,
        coder: String,
        host: Host,
    ) -> Result<Self, AppError> {
        let ids = Identities::new(host, Stamp::default());
        let mut session = checkpoint::start(file, ids)?;
        let mut tx = session.transaction(action_names::FOUNDING);
        let coder = edit::project::create(&mut tx, title, coder);
        let entry = tx.finish()?;
        session.commit(entry)?;
        session.coder = Some(coder);
        Ok(session)
    }

    /// Opens a project.
    ///
    /// A damaged file is opened for reading with all that can be found in it: see [`Self::damage`].
    ///
    /// # Errors
    /// When the file can't be opened, or nothing can be found in it.
    pub fn open(path: &Path, opening: impl Into<Opening>, host: Host) -> Result<Self, AppError> {
        let opening = opening.into();
        let source = Source::of(path, opening.passphrase.as_ref())?;
        Self::open_source(&source, opening, host)
    }

    /// Opens a project once more: an encrypted one without its passphrase.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_source(
        source: &Source,
        opening: impl Into<Opening>,
        host: Host,
    ) -> Result<Self, AppError> {
        let ids = Identities::new(host, Stamp::default());
        let opening = Opening {
            now_millis: ids.now_millis(),
            ..opening.into()
        };
        let loaded = source
            .open(&opening)
            .and_then(checkpoint::load)
            .or_else(|error| checkpoint::load_damaged(source, error))?;
        let mut session = checkpoint::started(loaded, ids)?;
        if let [coder] = session.project.coders.keys().copied().collect::<Vec<_>>()[..] {
            session.coder = Some(coder);
        }
        Ok(session)
    }

    /// Opens a project as it was right after an entry, for reading.
    ///
    /// # Errors
    /// When the file can't be opened, its log can't be read, or there is no such entry.
    pub fn open_as_of(source: &Source, entry: EntryId, host: Host) -> Result<Self, AppError> {
        let file = source.read()?;
        checkpoint::start_as_of(file, Identities::new(host, Stamp::default()), entry)
    }

    /// The moment that the project is shown as of; `None` for now.
    pub fn as_of(&self) -> Option<Stamp> {
        self.as_of
    }

    /// The project as it is now, cheap to clone and keep.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// A number that grows with every commit.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The texts, to share with jobs.
    pub fn texts(&self) -> &Arc<Texts> {
        &self.texts
    }

    /// A document's current text and turns.
    ///
    /// # Errors
    /// When they are missing or damaged.
    pub fn content(&self, document: &Document) -> Result<Arc<Content>, StoreError> {
        self.texts.content(document)
    }

    /// The file; blocks while a job stores an entry.
    pub fn file(&self) -> MutexGuard<'_, ProjectFile> {
        // A panic in a job that held the lock has not left the file half written: SQLite rolls
        // back what was not committed.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes that nobody can guess; `None` where the system has none.
    pub fn random(&self) -> Option<[u8; 64]> {
        self.ids.random()
    }

    /// What opens the project once more, on any thread.
    pub fn source(&self) -> Source {
        self.file().source()
    }

    /// What opens a copy or a backup of the project.
    ///
    /// # Errors
    /// When there is none at the path.
    pub fn source_of_copy(&self, path: &Path) -> Result<Source, StoreError> {
        self.source().beside(path)
    }

    /// Returns true if the project is encrypted: nothing of it may lie about in clear.
    pub fn is_encrypted(&self) -> bool {
        self.file().is_encrypted()
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the project can be changed.
    pub fn access(&self) -> Access {
        self.access
    }

    /// The acting coder.
    pub fn coder(&self) -> Option<CoderId> {
        self.coder
    }

    /// Sets the acting coder by name.
    ///
    /// # Errors
    /// When there is no such coder.
    pub fn act_as(&mut self, name: &str) -> Result<CoderId, Refusal> {
        let coder =
            names::coder(&self.project, name).ok_or_else(|| Refusal::NoCoder(name.to_owned()))?;
        self.coder = Some(coder.id);
        Ok(coder.id)
    }

    /// Makes the first coder act if no coder does; a window shows who it is.
    pub fn act_as_first(&mut self) {
        self.coder = self
            .coder
            .or_else(|| self.project.coders.keys().next().copied());
    }

    /// The acting coder, or a refusal that lists the coders.
    ///
    /// # Errors
    /// When no coder is acting.
    pub fn acting(&self) -> Result<CoderId, Refusal> {
        self.coder.ok_or_else(|| edit::who_codes(&self.project))
    }

    /// What is damaged, in one line each: of the log, and of the contents that were to be read so far.
    ///
    /// Every figure lacks it, so nobody may see one without seeing this.
    pub fn damage(&self) -> Vec<Message> {
        self.damage
            .iter()
            .cloned()
            .chain(self.texts.unread())
            .collect()
    }

    /// Says that the last step bears a later time than the clock shows, so that the next ones will, too.
    pub fn clock_warning(&self) -> Option<Message> {
        let ahead = self.ids.ahead_of_clock()?;
        let when = day_and_time(ahead);
        Some(
            Text::new(
                "the last step of the project is of {when}, later than this computer’s clock: one of the two clocks was wrong, and the next steps will bear that date, too",
                "项目最后一步的日期是 {when}，晚于本机时钟：其中一方的时钟有误，之后的步骤也会记为该日期",
            )
            .with("when", when),
        )
    }

    /// What was damaged when the project was opened.
    pub fn opening_damage(&self) -> &[Message] {
        &self.damage
    }

    /// Folds what is acknowledged into the one file, so that a copy of it is whole.
    ///
    /// # Errors
    /// When the file can't be written; nothing is lost then.
    pub fn fold_in(&self) -> Result<(), StoreError> {
        self.file().fold_in()
    }

    /// Saves the project as it is to a new file: all that is acknowledged, even if its own file is gone.
    ///
    /// # Errors
    /// When there is a file of this name already, or it can't be written; nothing is left then.
    pub fn save_copy(&self, path: &Path) -> Result<(), StoreError> {
        self.file().save_copy(path)
    }

    /// What makes a backup of the project, on any thread, and the time to give it; `None` while none is due.
    pub fn due_backup(&self) -> Option<(BackingUp, u64)> {
        let now = self.ids.now_millis();
        let is_due = self.access == Access::Write && is_due(&self.path, now);
        is_due.then(|| (self.file().backing_up(), now))
    }

    /// What makes a backup of the project now, and the time to give it.
    pub fn backup(&self) -> (BackingUp, u64) {
        (self.file().backing_up(), self.ids.now_millis())
    }

    /// The heads of the log's entries, in order of arrival.
    pub fn steps(&self) -> &[UndoableStep] {
        &self.steps
    }
}
