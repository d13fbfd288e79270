//! An open project and all that can be done to it. Knows no window.
//!
//! [`Session`] is the only writer: a request becomes changes by a rule of [`edit`], changes become an entry, the entry is stored, then shown.

pub mod action;
pub mod action_names;
pub mod checkpoint;
pub mod commit_job;
pub mod edit;
pub mod export;
pub mod fuzzy;
pub mod identity;
pub mod import;
pub mod integrity;
pub mod jobs;
pub mod refusal;
pub mod sample;
pub mod search;
pub mod settings;
pub mod texts;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use action::Action;
use commit_job::Prepared;
use edit::document::Bytes;
use identity::{Identities, World};
use refusal::Refusal;
use texts::Texts;

use crate::{
    log::{
        Entry, apply,
        change::Change,
        merge, note_seen,
        undo::{self, Step},
    },
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::{
        Project,
        clock::Stamp,
        conflict::SkipReason,
        document::{Content, Document},
        ids::{CoderId, DeviceId, DocumentId, EntryId},
        text::ContentHash,
    },
    store::{Access, ProjectFile, StoreError},
};

/// An open project.
#[derive(Debug)]
pub struct Session {
    /// Closed before the file, so that the writer is the last and leaves one file behind.
    texts: Arc<Texts>,
    file: Arc<Mutex<ProjectFile>>,
    path: PathBuf,
    access: Access,
    project: Arc<Project>,
    revision: u64,
    ids: Identities,
    device: DeviceId,
    coder: Option<CoderId>,
    steps: Vec<Step>,
    stamps: BTreeMap<DeviceId, Stamp>,
    unsaved: checkpoint::SinceCheckpoint,
    /// Alive while an entry is being stored.
    held: Weak<()>,
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
    /// An edit made a change that the log doesn't accept, which is a mistake in the program.
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

/// What running an action did, beyond the change itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Done {
    /// The entry that was made.
    pub entry: Option<EntryId>,
    /// The name of the action, or of the one taken back.
    pub action: String,
    /// How many changes it made.
    pub changes: usize,
    /// Cases and phases that were named for the first time.
    pub named: Vec<(edit::sheets::Thing, String)>,
    /// Files left out since their content is there already, with the title it has.
    pub known: Vec<(String, String)>,
    /// Files left out since another document has their title.
    pub left_out: Vec<(String, String)>,
    /// Files that got another title than their name.
    pub retitled: Vec<(String, String)>,
    /// Files whose comments and notes were left out since nobody acts, with how many.
    pub unwritten: Vec<(String, usize)>,
}

impl Session {
    /// Makes a new project with its first coder.
    ///
    /// # Errors
    /// When a file is there already, or title or coder is empty.
    pub fn create(path: &Path, title: &str, coder: &str, world: World) -> Result<Self, AppError> {
        let mut ids = Identities::new(world, Stamp::default());
        let changes = edit::project::found(&mut ids, title, coder)?;
        let file = ProjectFile::create(path)?;
        let mut session = checkpoint::start(file, ids)?;
        session.commit("found project", None, changes, Vec::new())?;
        session.coder = session.project.coders.keys().next().copied();
        Ok(session)
    }

    /// Opens a project.
    ///
    /// # Errors
    /// When the file can't be opened, or its log can't be read.
    pub fn open(path: &Path, access: Access, world: World) -> Result<Self, AppError> {
        let file = ProjectFile::open(path, access)?;
        let mut session = checkpoint::start(file, Identities::new(world, Stamp::default()))?;
        if let [coder] = session.project.coders.keys().copied().collect::<Vec<_>>()[..] {
            session.coder = Some(coder);
        }
        Ok(session)
    }

    /// The project as it is now; cheap to keep while the session goes on.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// Rises with every commit.
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

    /// The file; waits while an entry is being stored.
    pub fn file(&self) -> MutexGuard<'_, ProjectFile> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the project can be changed.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Who acts.
    pub fn coder(&self) -> Option<CoderId> {
        self.coder
    }

    /// Says who acts from now on.
    ///
    /// # Errors
    /// When there is no such coder.
    pub fn act_as(&mut self, name: &str) -> Result<CoderId, Refusal> {
        let coder = self
            .project
            .coder_by_name(name)
            .ok_or_else(|| Refusal::NoCoder(name.to_owned()))?;
        self.coder = Some(coder.id);
        Ok(coder.id)
    }

    /// Says that the first coder acts, where nobody is named; a window shows who it is.
    pub fn act_as_first(&mut self) {
        self.coder = self
            .coder
            .or_else(|| self.project.coders.keys().next().copied());
    }

    /// Who acts, or a refusal that lists who could.
    ///
    /// # Errors
    /// When nobody is named and there are several coders.
    pub fn acting(&self) -> Result<CoderId, Refusal> {
        let names = || {
            self.project
                .coders
                .values()
                .map(|coder| coder.name.clone())
                .collect()
        };
        self.coder.ok_or_else(|| Refusal::WhoCodes(names()))
    }

    /// The heads of the log's entries, in order of arrival.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step that undo would take back, by its action's name.
    pub fn next_undo(&self) -> Option<&str> {
        self.action_of(*undo::stacks(&self.steps, self.coder?).undo.last()?)
    }

    /// The step that redo would bring back, by its action's name.
    pub fn next_redo(&self) -> Option<&str> {
        let undone = *undo::stacks(&self.steps, self.coder?).redo.last()?;
        let step = self.steps.iter().rev().find(|step| step.id == undone)?;
        self.action_of(step.undoes?)
    }

    /// The name of the action that an entry stands for: for an undo or redo, of what it took back.
    fn action_of(&self, id: EntryId) -> Option<&str> {
        let mut step = self.steps.iter().rev().find(|step| step.id == id)?;
        while let Some(undone) = step.undoes {
            step = self.steps.iter().rev().find(|step| step.id == undone)?;
        }
        Some(&step.action)
    }

    /// Does what was asked for, as one entry of the log.
    ///
    /// # Errors
    /// When it is refused or can't be stored; nothing has changed then.
    pub fn run(&mut self, action: Action) -> Result<Done, AppError> {
        let name = action.name();
        match action {
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            other => {
                let changes = self.changes_of(other)?;
                self.commit_changes(name, changes)
            }
        }
    }

    /// Commits changes that an edit with several results has made (sheets, codebooks).
    ///
    /// # Errors
    /// As [`Session::run`].
    pub fn commit_changes(&mut self, action: &str, changes: Vec<Change>) -> Result<Done, AppError> {
        let count = changes.len();
        let entry = self.commit(action, None, changes, Vec::new())?;
        Ok(Done {
            entry: Some(entry),
            action: action.to_owned(),
            changes: count,
            ..Done::default()
        })
    }

    /// The project and the source of new ids, for edits with several results.
    pub fn drafting(&mut self) -> (Arc<Project>, &mut Identities) {
        (Arc::clone(&self.project), &mut self.ids)
    }

    /// The rule for every request that is nothing but changes: one line each.
    fn changes_of(&mut self, action: Action) -> Result<Vec<Change>, AppError> {
        let project = Arc::clone(&self.project);
        let (project, ids) = (&*project, &mut self.ids);
        let coder = self.coder;
        let acting = || {
            coder.ok_or_else(|| {
                Refusal::WhoCodes(
                    project
                        .coders
                        .values()
                        .map(|coder| coder.name.clone())
                        .collect(),
                )
            })
        };
        Ok(match action {
            Action::SetTitle(title) => edit::project::set_title(project, &title)?,
            Action::SetDescription(text) => edit::project::set_description(project, &text)?,
            Action::SetLanguage(language) => edit::project::set_language(project, language)?,
            Action::AddCoder(name) => edit::project::add_coder(project, ids, &name)?,
            Action::RenameCoder(coder, name) => edit::project::rename_coder(project, coder, &name)?,
            Action::AddPhase(name) => edit::project::add_phase(project, ids, &name)?,
            Action::RenamePhase(phase, name) => edit::project::rename_phase(project, phase, &name)?,
            Action::MovePhase(phase, before) => edit::project::move_phase(project, phase, before)?,
            Action::RemovePhase(phase) => edit::project::remove_phase(project, phase)?,
            Action::RemoveCoder(removed) if Some(removed) == coder => {
                let name = project
                    .coders
                    .get(&removed)
                    .map_or(String::new(), |coder| coder.name.clone());
                return Err(Refusal::InUse {
                    name,
                    by: Text::new("this coder is the one who acts", "当前操作的正是此编码员")
                        .into(),
                }
                .into());
            }
            Action::RemoveCoder(coder) => edit::project::remove_coder(project, coder)?,
            Action::RemoveDocuments(documents) => {
                edit::document::remove_documents(project, &documents)?
            }
            Action::RenameDocument(document, title) => {
                edit::document::set_title(project, document, &title)?
            }
            Action::SetDocumentPhase(document, phase) => {
                edit::document::set_phase(project, document, phase)?
            }
            Action::SetDocumentCase {
                document,
                case,
                belongs,
            } => edit::document::set_case(project, document, case, belongs)?,
            Action::SetSpeakerCase(document, speaker, case) => {
                edit::document::set_speaker_case(project, document, speaker, case)?
            }
            Action::RenameSpeaker(document, speaker, label) => {
                edit::document::set_speaker_label(project, document, speaker, &label)?
            }
            Action::SetSpeakerRole(document, speaker, role) => {
                edit::document::set_speaker_role(project, document, speaker, role)?
            }
            Action::SetTurn(document, turn, to) => {
                edit::document::set_turn(project, document, turn, to)?
            }
            of_text @ (Action::ReplaceText { .. }
            | Action::CorrectTurn { .. }
            | Action::RenameSpeakers { .. }) => text_changes(project, &self.texts, of_text)?,
            Action::AddCode { parent, name } => {
                edit::codebook::add_code(project, ids, parent, &name)?
            }
            Action::SetCode(code) => edit::codebook::set_code(project, ids, *code)?,
            Action::MoveCodes {
                codes,
                parent,
                before,
            } => edit::codebook::move_codes(project, &codes, parent, before)?,
            Action::SetHues(codes, hue) => edit::codebook::set_hues(project, &codes, hue)?,
            Action::SortCodes { parent } => edit::codebook::sort_codes(project, parent)?,
            Action::MergeCodes { codes, into } => {
                edit::codebook_merge::merge_codes(project, ids, &codes, into)?
            }
            Action::SplitCode {
                code,
                name,
                codings,
            } => edit::codebook_merge::split_code(project, ids, code, &name, &codings)?,
            Action::RemoveCodes(codes) => edit::codebook::remove_codes(project, &codes)?,
            Action::ApplyCode {
                document,
                range,
                code,
                facets,
            } => {
                edit::coding::apply_code(project, ids, acting()?, (document, range), code, &facets)?
            }
            Action::ApplyCodes {
                passages,
                codes,
                origin,
            } => edit::coding::apply_codes(project, ids, acting()?, &passages, &codes, &origin)?,
            Action::AddQuery { kind, name, text } => {
                edit::query::add_query(project, ids, kind, &name, &text)?
            }
            Action::SetQuery { query, name, text } => {
                edit::query::set_query(project, query, &name, &text)?
            }
            Action::RemoveQuery(query) => edit::query::remove_query(project, query)?,
            Action::SetScale(None, scale) => edit::scale::add_scale(project, ids, scale)?,
            Action::SetScale(Some(id), scale) => edit::scale::set_scale(project, id, scale)?,
            Action::RemoveScale(id) => edit::scale::remove_scale(project, id)?,
            Action::SetSet(None, draft) => edit::set::add_set(project, ids, draft)?,
            Action::SetSet(Some(id), draft) => edit::set::edit_set(project, id, draft)?,
            Action::RemoveSet(id) => edit::set::remove_set(project, id)?,
            Action::RemoveAttachment(id) => edit::set::remove_attachment(project, id)?,
            Action::ApplyNewCode {
                document,
                range,
                parent,
                name,
                definition,
            } => edit::coding::apply_new_code(
                project,
                ids,
                acting()?,
                (document, range),
                parent,
                (&name, &definition),
            )?,
            Action::RemoveCodings(codings) => edit::coding::remove_codings(project, &codings)?,
            Action::SetCodingRange(document, coding, range) => {
                edit::coding::set_range(project, document, coding, range)?
            }
            Action::RecodeCodings(codings, code) => edit::recode::recode(project, &codings, code)?,
            Action::CopyCodings(codings, code) => {
                edit::reshape::copy(project, ids, acting()?, &codings, code)?
            }
            Action::SplitCoding(document, coding, at) => {
                edit::reshape::split(project, ids, document, coding, at)?
            }
            Action::JoinCodings(document, codings) => {
                edit::reshape::join(project, document, &codings)?
            }
            Action::SetFacet {
                codings,
                facet,
                value,
            } => edit::coding::set_facet(project, &codings, facet, value.as_ref())?,
            Action::AddCase { name, kind, parent } => {
                edit::cases::add_case(project, ids, &name, kind, parent)?
            }
            Action::SetCase {
                case,
                name,
                kind,
                parent,
            } => edit::cases::set_case(project, case, &name, &kind, parent)?,
            Action::RemoveCase(case) => edit::cases::remove_case(project, case)?,
            Action::AddAttribute {
                name,
                of,
                kind,
                per_phase,
            } => edit::cases::add_attribute(project, ids, &name, of, kind, per_phase)?,
            Action::SetAttribute {
                attribute,
                name,
                definition,
            } => edit::cases::set_attribute(project, attribute, &name, &definition)?,
            Action::RemoveAttribute(attribute) => {
                edit::cases::remove_attribute(project, attribute)?
            }
            Action::SetValue {
                holder,
                attribute,
                phase,
                text,
            } => edit::cases::set_value(project, holder, attribute, phase, &text)?,
            Action::AddMemo {
                anchor,
                kind,
                title,
                body,
            } => edit::memo::add_memo(project, ids, acting()?, anchor, kind, &title, &body)?,
            Action::SetMemo {
                memo,
                kind,
                title,
                body,
            } => edit::memo::edit_memo(project, memo, &title, &body, kind)?,
            Action::RemoveMemo(memo) => edit::memo::remove_memo(project, memo)?,
            Action::RemoveLink(link) => edit::memo::remove_link(project, link)?,
            Action::AddLink { name, from, to } => {
                edit::memo::add_link(project, ids, &name, from, to)?
            }
            Action::Undo | Action::Redo => Vec::new(),
        })
    }

    fn undo(&mut self) -> Result<Done, AppError> {
        let next = undo::stacks(&self.steps, self.acting()?)
            .undo
            .pop()
            .ok_or(Refusal::NothingToUndo)?;
        self.take_back("undo", next)
    }

    fn redo(&mut self) -> Result<Done, AppError> {
        let next = undo::stacks(&self.steps, self.acting()?)
            .redo
            .pop()
            .ok_or(Refusal::NothingToRedo)?;
        self.take_back("redo", next)
    }

    fn take_back(&mut self, how: &str, id: EntryId) -> Result<Done, AppError> {
        let entry = self.file().entry(id)?.ok_or(Refusal::NothingToUndo)?;
        let action = self.action_of(id).unwrap_or_default().to_owned();
        let changes = undo::take_back(&self.project, entry);
        let count = changes.len();
        match self.commit(how, Some(id), changes, Vec::new()) {
            Ok(entry) => Ok(Done {
                entry: Some(entry),
                action,
                changes: count,
                ..Done::default()
            }),
            Err(AppError::Inconsistent { reason, .. }) => {
                Err(Refusal::CannotTakeBack(reason).into())
            }
            Err(other) => Err(other),
        }
    }

    /// Makes an entry of changes: applied beside the present project, stored, and only then shown.
    fn commit(
        &mut self,
        action: &str,
        undoes: Option<EntryId>,
        changes: Vec<Change>,
        contents: Vec<(ContentHash, Bytes)>,
    ) -> Result<EntryId, AppError> {
        let Prepared {
            entry,
            next,
            contents,
        } = self.prepare(action, undoes, changes, contents)?;
        self.file().append(std::slice::from_ref(&entry), contents)?;
        Ok(self.adopt(&entry, next))
    }

    /// Makes an entry of changes, applied beside the present project; nothing is stored or shown yet.
    fn prepare(
        &mut self,
        action: &str,
        undoes: Option<EntryId>,
        changes: Vec<Change>,
        contents: Vec<(ContentHash, Bytes)>,
    ) -> Result<Prepared, AppError> {
        if self.access == Access::Read {
            return Err(Refusal::ReadOnly.into());
        }
        if self.is_storing() {
            return Err(Refusal::Storing.into());
        }
        let noted = self
            .project
            .seen
            .get(&self.device)
            .cloned()
            .unwrap_or_default();
        let entry = Entry {
            id: self.ids.id(),
            stamp: self.ids.stamp(),
            device: self.device,
            coder: self.coder,
            action: action.to_owned(),
            undoes,
            seen: merge::newly_seen(&self.stamps, self.device, &noted),
            changes,
        };
        let mut next = Project::clone(&self.project);
        let author = note_seen(&mut next, &entry);
        for change in &entry.changes {
            let outcome = apply::apply(&mut next, &author, change);
            outcome.map_err(|reason| AppError::Inconsistent {
                action: action.to_owned(),
                reason,
            })?;
        }
        Ok(Prepared {
            entry,
            next,
            contents,
        })
    }

    /// The project as changes would make it.
    fn project_after(
        &mut self,
        action: &str,
        changes: &[Change],
    ) -> Result<Arc<Project>, AppError> {
        if changes.is_empty() {
            return Ok(Arc::clone(&self.project));
        }
        let mut next = Project::clone(&self.project);
        let author = apply::Author {
            entry: self.ids.id(),
            device: self.device,
            stamp: self.ids.stamp(),
            seen: BTreeMap::new(),
        };
        for change in changes {
            let outcome = apply::apply(&mut next, &author, change);
            outcome.map_err(|reason| AppError::Inconsistent {
                action: action.to_owned(),
                reason,
            })?;
        }
        Ok(Arc::new(next))
    }

    /// Shows the project after an entry that is stored.
    fn adopt(&mut self, entry: &Entry, next: Project) -> EntryId {
        self.project = Arc::new(next);
        self.revision += 1;
        self.stamps.insert(entry.device, entry.stamp);
        self.steps.push(Step::from(entry));
        self.unsaved.note(entry);
        entry.id
    }
}

/// The rule for requests that need the words of a text.
fn text_changes(project: &Project, texts: &Texts, action: Action) -> Result<Vec<Change>, AppError> {
    let known = |document: DocumentId| {
        project
            .documents
            .get(&document)
            .ok_or_else(|| Refusal::NoDocument(document.to_string()))
    };
    Ok(match action {
        Action::ReplaceText {
            document,
            range,
            to,
        } => edit::document::replace_text(
            project,
            document,
            &*texts.content(known(document)?)?,
            range,
            &to,
        )?,
        Action::CorrectTurn {
            document,
            turn,
            text,
            speaker,
            at_millis,
        } => {
            let content = texts.content(known(document)?)?;
            edit::correcting::correct_turn(
                project,
                document,
                &content,
                turn,
                &text,
                (speaker, at_millis),
            )?
        }
        Action::RenameSpeakers { from, to } => {
            edit::correcting::rename_speakers(project, &from, &to, |document| {
                texts.content(document).ok()
            })?
        }
        _ => Vec::new(),
    })
}
