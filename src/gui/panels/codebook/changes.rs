//! When codes were changed last, which a job reads from the history while the page of a code is shown.

use std::collections::BTreeMap;

use egui::Ui;

use crate::{
    app::{
        AppError, Session,
        history::{
            code_changes::{CodeChange, code_changes_at},
            moment::{day, time},
        },
        jobs::{JobKind, Jobs, Task},
    },
    gui::{
        strings::{self, UiLanguage},
        theme::small,
        widgets::outline,
    },
    model::ids::CodeId,
};

type Changes = BTreeMap<CodeId, CodeChange>;

/// The last changes of codes, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct CodeChanges {
    /// The revision that they are of, or will be.
    revision: Option<u64>,
    task: Option<Task<Result<Changes, AppError>>>,
    known: Changes,
}

impl CodeChanges {
    /// Reads them in a job where the project has changed.
    pub(super) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        // A history that can't be read is said where it is shown.
        if let Some(Ok(Ok(known))) = Task::take_finished(&mut self.task) {
            self.known = known;
        }
        let revision = session.revision();
        if self.revision == Some(revision) || self.task.is_some() {
            return;
        }
        self.revision = Some(revision);
        let source = session.source();
        self.task = Some(jobs.start(JobKind::History, move |_| code_changes_at(&source)));
    }

    /// Says when a code was changed.
    pub(super) fn ui(&self, ui: &mut Ui, code: CodeId, language: UiLanguage) {
        let Some(change) = self.known.get(&code) else {
            return;
        };
        outline::section(ui, language.say(strings::CHANGED));
        let when = [day(change.stamp, language), time(change.stamp)].join("  ");
        ui.label(small(ui, format!("{when}  ·  {}", change.by)));
        ui.add_space(12.0);
    }
}
