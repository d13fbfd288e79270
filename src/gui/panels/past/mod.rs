//! The history of the project: every step in words, by day; what a chosen one changed, and taking it back.

mod activity;
mod filter;
mod list;
mod step;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Ui};

use crate::{
    app::{
        AppError, Session,
        edit::take_back::Reversal,
        history::{
            HistoryStep, history_at,
            step::{StepDetails, back_to_at, step_at},
        },
        jobs::{JobFailed, JobKind, Jobs, Task},
    },
    gui::{
        cached::Cached,
        context::Cx,
        request::{FilePurpose, Request},
        strings::{self, UiLanguage},
        theme::{palette, small},
        widgets::{aside::Aside, buttons, outline},
    },
    message::explain::Explain as _,
    model::ids::{CoderId, EntryId},
};
use activity::Day;
use filter::Filter;
use list::PastRow;

/// The steps, or why they can't be read.
type Steps = Result<Arc<Vec<HistoryStep>>, Arc<AppError>>;

/// A step, the revision of the project, and who would take it back: what is known of a step depends on them.
type StepAt = (EntryId, u64, Option<CoderId>);

/// What a job reads, and the key of what it reads.
#[derive(Debug)]
struct Reading<K, T> {
    key: K,
    task: Option<Task<Result<T, AppError>>>,
    /// What the job has read; `None` while it runs.
    read: Option<Result<T, AppError>>,
}

impl<K, T> Reading<K, T> {
    fn poll(&mut self) {
        match Task::take_finished(&mut self.task) {
            Some(Ok(read)) => self.read = Some(read),
            // The window says that the job has failed.
            Some(Err(JobFailed)) => self.read = Some(Err(AppError::Cancelled)),
            None => {}
        }
    }
}

/// What the page remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct PastPanel {
    reading: Option<Reading<u64, Vec<HistoryStep>>>,
    /// The steps that were read last, and the revision that they are of.
    steps: Option<(u64, Steps)>,
    filter: Filter,
    rows: Cached<(u64, Filter, UiLanguage), Arc<Vec<PastRow>>>,
    days: Cached<(u64, UiLanguage), Vec<Day>>,
    chosen: Option<EntryId>,
    details: Option<Reading<StepAt, StepDetails>>,
    /// What going back to the chosen step would come to, once that is asked for.
    back: Option<Reading<StepAt, Reversal>>,
    wants_back: bool,
    reveal: bool,
}

impl PastPanel {
    /// Reads in jobs what is on the page, where the project has changed.
    pub(in crate::gui) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        let revision = session.revision();
        let source = session.source();
        // One job at a time: those for steps that were passed by arrows would only hold up the last.
        let reading = self.reading.as_ref();
        if reading.is_none_or(|it| it.key != revision && it.task.is_none()) {
            let source = source.clone();
            self.reading = Some(Reading {
                key: revision,
                task: Some(jobs.start(JobKind::History, move |_| history_at(&source))),
                read: None,
            });
        }
        let Some(id) = self.chosen else { return };
        let (project, coder) = (session.project(), session.coder());
        let key = (id, revision, coder);
        let details = self.details.as_ref();
        if details.is_none_or(|it| it.key != key && it.task.is_none()) {
            let (source, project) = (source.clone(), Arc::clone(project));
            let work = move |_: &_| step_at(&source, &project, coder, id);
            self.details = Some(Reading {
                key,
                task: Some(jobs.start(JobKind::History, work)),
                read: None,
            });
            self.wants_back = false;
            self.back = None;
        }
        if std::mem::take(&mut self.wants_back) {
            let project = Arc::clone(project);
            let work = move |_: &_| back_to_at(&source, &project, coder, id);
            self.back = Some(Reading {
                key,
                task: Some(jobs.start(JobKind::History, work)),
                read: None,
            });
        }
    }

    /// Takes over what the jobs have read.
    pub(in crate::gui) fn poll(&mut self) {
        if let Some(reading) = &mut self.reading {
            reading.poll();
            if let Some(read) = reading.read.take() {
                let steps = read.map(Arc::new).map_err(Arc::new);
                self.steps = Some((reading.key, steps));
            }
        }
        if let Some(details) = &mut self.details {
            details.poll();
        }
        if let Some(back) = &mut self.back {
            back.poll();
        }
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        let steps = self.steps.as_ref().map(|(_, steps)| steps.clone());
        let aside = Aside::right("history step", 340.0, 260.0, 520.0);
        let page = Frame::new()
            .fill(colors.page)
            .inner_margin(Margin::symmetric(28, 20));
        CentralPanel::default()
            .frame(page)
            .show(&mut aside.page(ui), |ui| {
                outline::title(ui, cx.language.say(strings::HISTORY));
                match &steps {
                    None => buttons::empty(ui, cx.language.say(strings::WORKING)),
                    Some(Err(why)) => {
                        ui.colored_label(colors.bad, why.say(cx.language));
                    }
                    Some(Ok(steps)) => {
                        let says = strings::n_steps(cx.language, steps.len());
                        ui.label(small(ui, says));
                        ui.add_space(10.0);
                        self.head_ui(ui, cx, steps);
                        ui.add_space(8.0);
                        self.list_ui(ui, cx, steps);
                    }
                }
            });
        let side = Frame::new()
            .fill(colors.panel)
            .inner_margin(Margin::same(18));
        let steps = steps.and_then(Result::ok);
        aside.show(
            ui,
            |panel| panel.frame(side),
            |ui| self.step_ui(ui, cx, steps.as_ref().map(|steps| steps.as_slice())),
        );
    }

    /// Filters, the days at a glance, and the export.
    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, steps: &[HistoryStep]) {
        ui.horizontal_wrapped(|ui| {
            self.filter.ui(ui, cx);
            if buttons::word_in_row(ui, cx.language.say(strings::EXPORT_HISTORY)).clicked() {
                cx.ask(Request::OpenDialog(FilePurpose::ExportHistory));
            }
        });
        let revision = self.steps.as_ref().map_or(0, |(revision, _)| *revision);
        let days = self.days.get((revision, cx.language), |(_, language)| {
            activity::days(steps, *language)
        });
        if let Some(id) = activity::ui(ui, cx.language, days) {
            self.filter = Filter::default();
            (self.chosen, self.reveal) = (Some(id), true);
        }
    }

    /// Returns true if the page lists a step.
    pub(in crate::gui) fn lists(&self, step: &HistoryStep, language: UiLanguage) -> bool {
        self.filter.keeps(step, language)
    }
}
