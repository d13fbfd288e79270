//! What keeps the open project whole and private: backups, repair, passphrases, and the lock after a while without work.

mod backups;
mod damage;
mod erasure;
mod protection;
mod unlock;

use std::path::{Path, PathBuf};

use egui::Context;

pub(super) use self::damage::bar as damage_bar;
use self::{
    backups::BackupsDialog,
    erasure::{Erasing, ErasureDialog},
    protection::ProtectionDialog,
    unlock::UnlockDialog,
};
use super::{
    Gui,
    notice::{Notice, Offer, saved},
    request::{Request, SafetyRequest},
    strings::{self, UiLanguage},
};
use crate::{
    app::{
        AppError, Session,
        action::Action,
        backups::{BackingUp, Backup, restore},
        drafts::Drafts,
        encryption::{recovery_sheet, recrypt, secret},
        integrity::{Repaired, repair},
        jobs::{JobKind, Jobs, Task},
        output_file::write_new,
        surroundings::Surroundings,
    },
    message::explain::Explain as _,
    seal::Passphrase,
    store::{Source, StoreError},
};

/// Seconds without a change after which acknowledged work is folded into the one file.
const IDLE_SECONDS: f64 = 4.0;

/// The dialog that is open, and what goes on behind the work.
#[derive(Debug, Default)]
pub(super) struct Safety {
    dialog: Option<Dialog>,
    backing_up: Option<Task<Result<Backup, StoreError>>>,
    erasing: Option<Erasing>,
    repairing: Option<(Source, Task<Result<Repaired, AppError>>)>,
    /// The revision that was seen last, whether it is folded in, and since when nothing has changed.
    revision: u64,
    is_folded: bool,
    since: f64,
    /// When a key or the mouse was last used.
    used: f64,
    /// What could not be stored, to be done again in a copy.
    pending: Option<Action>,
    /// What was begun in an encrypted project that was closed or locked: it waits in memory, since the disk may not have it.
    drafts: Option<(PathBuf, Drafts)>,
}

#[derive(Debug)]
enum Dialog {
    Unlock(UnlockDialog),
    Backups(BackupsDialog),
    Protection(ProtectionDialog),
    Erasure(Box<ErasureDialog>),
}

impl Safety {
    /// Shows the open dialog.
    pub(super) fn ui(&mut self, ctx: &Context, language: UiLanguage, requests: &mut Vec<Request>) {
        let stays = match &mut self.dialog {
            None => return,
            Some(Dialog::Unlock(dialog)) => dialog.ui(ctx, language, requests),
            Some(Dialog::Backups(dialog)) => dialog.ui(ctx, language, requests),
            Some(Dialog::Protection(dialog)) => dialog.ui(ctx, language, requests),
            Some(Dialog::Erasure(dialog)) => dialog.ui(ctx, language, requests),
        };
        if !stays {
            self.dialog = None;
        }
    }

    /// Keeps what was begun in an encrypted project until that is opened again.
    pub(super) fn keep_drafts(&mut self, project: &Path, drafts: Drafts) {
        if drafts.has_texts() {
            self.drafts = Some((project.to_owned(), drafts));
        }
    }

    /// What was begun in an encrypted project when it was closed.
    pub(super) fn take_drafts(&mut self, project: &Path) -> Option<Drafts> {
        let (_, drafts) = self.drafts.take_if(|(path, _)| path == project)?;
        Some(drafts)
    }

    /// Keeps what could not be stored.
    pub(super) fn keep(&mut self, action: Action) {
        self.pending = Some(action);
    }

    /// Makes a backup in a job, where one is due.
    fn back_up(&mut self, jobs: &mut Jobs, due: Option<(BackingUp, u64)>) {
        if let (Some((backup, now)), None) = (due, &self.backing_up) {
            self.backing_up = Some(jobs.start(JobKind::Backup, move |_| backup.run(now)));
        }
    }
}

/// Returns true if the step isn't in the project although it was right: it can be done again elsewhere.
fn is_of_file(error: &AppError) -> bool {
    matches!(
        error,
        AppError::Store(
            StoreError::Gone(_)
                | StoreError::Replaced(_)
                | StoreError::SeveralNames(_)
                | StoreError::WrittenElsewhere(_)
                | StoreError::NotStored(_)
                | StoreError::MaybeStored(_)
        )
    )
}

impl Gui {
    /// Opens a project; asks for the passphrase of an encrypted one.
    pub(super) fn open(&mut self, path: &Path) {
        match Source::of(path, None) {
            Ok(source) => self.open_again(&source),
            Err(StoreError::Encrypted(path)) => {
                self.safety.dialog = Some(Dialog::Unlock(UnlockDialog::new(path)));
            }
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Shows the dialog of the backups, or that of the passphrase.
    pub(super) fn show_backups(&mut self) {
        if let Some(session) = self.session() {
            let dialog = BackupsDialog::new(session.path());
            self.safety.dialog = Some(Dialog::Backups(dialog));
        }
    }

    pub(super) fn show_protection(&mut self) {
        if let Some(session) = self.session() {
            let dialog = ProtectionDialog::new(session.is_encrypted());
            self.safety.dialog = Some(Dialog::Protection(dialog));
        }
    }

    /// Says what went wrong with an action; one that its file has kept from being stored can be done in a copy.
    pub(super) fn failed(&mut self, action: Action, error: AppError) {
        let is_of_file = is_of_file(&error);
        let notice = Notice::error(error);
        if is_of_file {
            self.safety.keep(action);
            self.notices.push(notice.offering(Offer::SaveCopy));
        } else {
            self.notices.push(notice);
        }
    }

    pub(super) fn run_safety(&mut self, request: SafetyRequest) {
        match request {
            SafetyRequest::Close => self.safety.dialog = None,
            SafetyRequest::Unlock(path, passphrase) => self.unlock(&path, &passphrase),
            SafetyRequest::BackUp => {
                let backup = self.session().map(Session::backup);
                self.safety.back_up(&mut self.jobs, backup);
            }
            SafetyRequest::Restore(backup) => self.restore(&backup),
            SafetyRequest::Repair => self.repair(),
            SafetyRequest::AskToErase(case) => self.ask_to_erase(case),
            SafetyRequest::Erase(order) => self.erase(*order),
            SafetyRequest::Recrypt(passphrase) => self.recrypt(passphrase),
        }
    }

    fn unlock(&mut self, path: &Path, passphrase: &Passphrase) {
        match Source::of(path, Some(passphrase)) {
            Ok(source) => match source.read() {
                Err(StoreError::WrongPassphrase(_)) => self.refuse_passphrase(),
                _ => {
                    self.safety.dialog = None;
                    self.open_again(&source);
                }
            },
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    fn refuse_passphrase(&mut self) {
        if let Some(Dialog::Unlock(dialog)) = &mut self.safety.dialog {
            dialog.refuse();
        }
    }

    fn restore(&mut self, backup: &Path) {
        let Some(source) = self.open_source() else {
            return;
        };
        self.safety.dialog = None;
        self.close_project();
        // What is said before the project is opened again would go with the old one.
        let notice = match restore(&source, backup, &(self.world)()) {
            Ok(kept) => Notice::done(move |language| {
                let kept = kept.display().to_string();
                strings::labelled(language, language.say(strings::RESTORED), &kept)
            }),
            Err(error) => Notice::error(error),
        };
        self.open_new_file(&source);
        self.notices.push(notice);
    }

    /// Opens what has taken the place of a file, with the same key.
    fn open_new_file(&mut self, old: &Source) {
        match old.beside(old.path()) {
            Ok(source) => self.open_again(&source),
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Repairs the project in a job; it is closed meanwhile, and opened again.
    fn repair(&mut self) {
        let Some(source) = self.open_source() else {
            return;
        };
        self.safety.dialog = None;
        self.close_project();
        let (damaged, host) = (source.clone(), (self.world)());
        let task = self
            .jobs
            .start(JobKind::Repair, move |_| repair(&damaged, host));
        self.safety.repairing = Some((source, task));
    }

    /// Waits for a backup that is being made: it would be of the file as it was, and come after that is overwritten.
    fn end_backup(&mut self) {
        if let Some(task) = self.safety.backing_up.take() {
            while task.poll().is_none() {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
    }

    fn recrypt(&mut self, passphrase: Option<Passphrase>) {
        let Some(source) = self.open_source() else {
            return;
        };
        self.safety.dialog = None;
        self.end_backup();
        let host = (self.world)();
        let secret = passphrase.map(|passphrase| secret(passphrase, &host));
        let secret = match secret.transpose() {
            Ok(secret) => secret,
            Err(error) => return self.notices.push(Notice::error(error)),
        };
        self.close_project();
        let cache = self.cache.clone();
        let settings = self.settings.folder().map(Path::to_owned);
        let surroundings = Surroundings {
            cache: cache.as_deref(),
            settings: settings.as_deref(),
        };
        match recrypt(&source, secret.as_ref(), surroundings, &host) {
            Ok((source, done)) => {
                self.settings.forget_title(source.path());
                self.open_again(&source);
                let text = if secret.is_some() {
                    strings::NOW_ENCRYPTED
                } else {
                    strings::NOW_DECRYPTED
                };
                self.notices
                    .push(Notice::done(move |language| language.say(text).to_owned()));
                for copy in done.copies {
                    self.notices.push(Notice::problem(move |language| {
                        let copy = copy.display().to_string();
                        strings::labelled(language, language.say(strings::COPY_STAYS), &copy)
                    }));
                }
            }
            Err(error) => {
                self.open_again(&source);
                self.notices.push(Notice::error(error));
            }
        }
    }

    /// Saves the project to a new file and goes on there, with what could not be stored here.
    pub(super) fn save_copy(&mut self, path: &Path) {
        let Some(workspace) = &self.workspace else {
            return;
        };
        if let Err(error) = workspace.session.save_copy(path) {
            return self.notices.push(Notice::error(error));
        }
        let copy = workspace.session.source_of_copy(path);
        self.notices.push(saved(path.to_owned()));
        let Some(action) = self.safety.pending.take() else {
            return;
        };
        match copy {
            Ok(copy) => {
                self.open_again(&copy);
                self.act(action);
            }
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Writes the sheet with the key of the open project.
    pub(super) fn save_sheet(&mut self, path: &Path) {
        let Some(session) = self.session() else {
            return;
        };
        let notice = match recovery_sheet(session, self.language) {
            Ok(sheet) => match write_new(path, sheet.as_bytes()) {
                Ok(()) => saved(path.to_owned()),
                Err(error) => Notice::error(error),
            },
            Err(error) => Notice::error(error),
        };
        self.notices.push(notice);
    }

    /// Does what is due behind the work: a backup, folding in, the lock.
    pub(super) fn keep_safe(&mut self, ctx: &Context) {
        self.go_on_erasing();
        if let Some((source, task)) = self.safety.repairing.take() {
            match task.poll() {
                None => self.safety.repairing = Some((source, task)),
                Some(result) => self.repaired(&source, result.ok()),
            }
        }
        if let Some(Ok(Err(error))) = Task::take_finished(&mut self.safety.backing_up) {
            self.notices.push(Notice::problem(move |language| {
                let error = error.say(language);
                strings::labelled(language, language.say(strings::NO_BACKUP), &error)
            }));
        }
        let now = ctx.input(|input| input.time);
        if ctx.input(|input| !input.events.is_empty()) {
            self.safety.used = now;
        }
        let Some(workspace) = &self.workspace else {
            return;
        };
        let session = &workspace.session;
        let revision = session.revision();
        if self.safety.revision != revision {
            self.safety.revision = revision;
            self.safety.is_folded = false;
            self.safety.since = now;
        }
        let is_quiet = now - self.safety.since > IDLE_SECONDS;
        if !self.safety.is_folded && !session.is_storing() {
            if is_quiet {
                // What can't be folded in now is in the write-ahead log, and is at the next opening.
                session.fold_in().ok();
                self.safety.is_folded = true;
            } else {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(IDLE_SECONDS));
            }
        }
        let minutes = f64::from(self.settings.lock_minutes.0);
        if session.is_encrypted() && minutes > 0.0 {
            let left = minutes * 60.0 - (now - self.safety.used);
            // What is being stored needs its project, and is done soon.
            if left <= 0.0 && !session.is_storing() {
                let path = session.path().to_owned();
                self.close_project();
                self.open(&path);
            } else {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
            }
        }
    }

    /// Begins what goes on behind the work of a project that has just been opened.
    pub(super) fn begin_safe(&mut self) {
        if let Some(warning) = self.session().and_then(Session::clock_warning) {
            self.notices
                .push(Notice::problem(move |language| warning.say(language)));
        }
        let due = self.session().and_then(Session::due_backup);
        self.safety.back_up(&mut self.jobs, due);
    }

    fn repaired(&mut self, source: &Source, result: Option<Result<Repaired, AppError>>) {
        // What is said before the project is opened again would go with the old one.
        self.open_new_file(source);
        let notice = match result {
            Some(Ok(repaired)) => {
                Notice::done(move |language| strings::repaired(language, &repaired))
            }
            Some(Err(error)) => Notice::error(error),
            // The panic of a job is said where all jobs are followed.
            None => return,
        };
        self.notices.push(notice);
    }
}
