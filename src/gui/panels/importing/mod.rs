//! The page on which a batch of transcripts is checked before it is imported: its files, speakers and persons, and a sample.
//!
//! Nothing is imported until it is confirmed. A job reads the files; after a change of a choice another job
//! prepares the page again, while the earlier result stays on screen.

mod choices;
mod controls;
mod sample;
mod tables;
mod view;

pub(super) use self::{
    choices::pattern,
    controls::{fault_text, pattern_ui},
};

use std::{path::PathBuf, sync::Arc};

use egui::{
    CentralPanel, Context, Frame, Key, Margin, Modifiers, Panel, ProgressBar, RichText, ScrollArea,
    Ui,
};

use choices::{Choices, PathChoice, Persons, ReadKey};
use view::{PreparedImport, ReadFiles, Sample};

use crate::{
    app::{
        Done, Session,
        import::labels::survey,
        import::plan::PlanOptions,
        import::tiers::tiers_of,
        import::{Batch, find_files, labels_of, read_files},
        jobs::{Cancelled, JobControl, JobFailed, JobKind, Jobs, Task},
        session::commit_job::{Stored, Unstored},
    },
    gui::{
        cached::Cached,
        context::Cx,
        request::Request,
        strings::{self, UiLanguage, grouped},
        theme::{self, palette, small},
        widgets::{aside::Aside, buttons, outline},
    },
    import::{DocumentOptions, ImportedDocument, Tier},
    model::{Project, ids::CaseId},
};

/// The width for tables and sample below which the tables have it all.
const WITH_SAMPLE: f32 = 640.0;

/// Seconds between the last change of a choice and the start of a job, since a job for each letter typed would be cancelled at once.
const PAUSE: f64 = 0.25;

/// How an import has ended.
#[derive(Debug)]
pub(in crate::gui) enum ImportEnd {
    /// Reading was cancelled or has failed; nothing was imported.
    Left,
    /// Storing has ended.
    Stored {
        /// What was stored, to be made part of the session.
        stored: Box<Result<Stored, Unstored>>,
        /// What the import did, if it was stored.
        done: Box<Done>,
        /// The number of imported documents.
        documents: usize,
    },
}

/// The page of an import.
#[derive(Debug, Default)]
pub(in crate::gui) struct ImportPanel {
    paths: Vec<PathBuf>,
    choices: Choices,
    /// The choices of the last frame, and the time since when they are the same.
    seen: Option<(Choices, f64)>,
    /// The choices of the last job.
    asked: Option<Choices>,
    /// The job that reads the files and prepares the page.
    reading: Option<Task<Result<PreparedImport, Cancelled>>>,
    /// Counts the jobs, so that a sample knows which one's result it was prepared from.
    serial: u64,
    shown: Option<PreparedImport>,
    /// The tiers to choose from.
    tiers: Vec<Tier>,
    /// The row of the file that is shown as a sample.
    chosen: usize,
    sample: Option<(SampleKey, Sample)>,
    /// The cases of the project by name.
    cases: Cached<u64, Vec<(CaseId, String)>>,
    filter: String,
    /// The import while a job stores it.
    storing: Option<StoringBatch>,
    /// True if a field or a list had the keys in the last frame, so that Esc was theirs.
    busy: bool,
}

/// Documents that a job stores.
#[derive(Debug)]
struct StoringBatch {
    task: Task<Result<Stored, Unstored>>,
    done: Done,
    documents: usize,
}

/// What a sample was prepared from.
#[derive(Debug, Clone, Copy)]
struct SampleKey {
    /// The number of the job.
    serial: u64,
    row: usize,
}

/// Everything that a job needs to read files and prepare the page.
struct ReadOrder {
    paths: Vec<PathBuf>,
    read: Option<Arc<ReadFiles>>,
    key: ReadKey,
    /// Options for reading the files.
    reading: DocumentOptions,
    /// Options for planning the import.
    options: PlanOptions,
    project: Arc<Project>,
}

impl ReadOrder {
    /// Reads the files, unless they were read in the same way before, and prepares the rows.
    fn work(self, control: &JobControl) -> Result<PreparedImport, Cancelled> {
        let read = match self.read {
            Some(read) if read.key == self.key => read,
            earlier => {
                let (files, mut failures) = find_files(&self.paths);
                // The texts of a large batch needn't be in memory twice.
                drop(earlier);
                let Batch {
                    documents,
                    texts,
                    failures: unread,
                } = read_files(&files, &self.reading, control)?;
                failures.extend(unread);
                let labels = survey(&documents);
                let tiers = tiers_of(&documents);
                Arc::new(ReadFiles {
                    key: self.key,
                    documents,
                    texts,
                    failures,
                    labels,
                    tiers,
                })
            }
        };
        let plan = self
            .options
            .plan(&self.project, &read.documents, &read.texts, control)?;
        let (rows, persons) = (
            view::files(&read, &plan),
            view::persons(&self.project, &plan),
        );
        let totals = view::totals(&self.project, &read, &plan);
        Ok(PreparedImport {
            read,
            options: self.options,
            rows,
            persons,
            totals,
        })
    }
}

/// The first of the patterns that are offered, switched on.
fn first_pattern(ready: &[choices::Ready]) -> PathChoice {
    let text = ready.first().map_or("", |(_, text)| *text).to_owned();
    PathChoice { on: true, text }
}

impl Drop for ImportPanel {
    /// Cancels the job, since nothing uses its result any more.
    fn drop(&mut self) {
        self.leave();
    }
}

impl ImportPanel {
    /// Opens the page for files and folders.
    pub(in crate::gui) fn new(paths: Vec<PathBuf>) -> Self {
        Self::with(paths, Choices::default())
    }

    /// Opens the page with patterns for cases, phases and persons switched on.
    pub(in crate::gui) fn placed(paths: Vec<PathBuf>) -> Self {
        let choices = Choices {
            case: first_pattern(choices::CASES),
            phase: first_pattern(choices::PHASES),
            persons: Persons::ByFamily,
            ..Choices::default()
        };
        Self::with(paths, choices)
    }

    fn with(paths: Vec<PathBuf>, choices: Choices) -> Self {
        let mut panel = Self::default();
        (panel.paths, panel.choices) = (paths, choices);
        panel
    }

    /// Adds files to the import.
    pub(in crate::gui) fn add(&mut self, paths: Vec<PathBuf>) {
        self.paths.extend(paths);
        (self.asked, self.shown) = (None, None);
    }

    /// Cancels the job that runs for the page; nothing of it is imported.
    pub(in crate::gui) fn leave(&self) {
        if let Some(control) = self.control() {
            control.cancel();
        }
    }

    /// The job that runs for the page.
    fn control(&self) -> Option<&JobControl> {
        match &self.storing {
            Some(storing) => Some(storing.task.control()),
            None => self.reading.as_ref().map(Task::control),
        }
    }

    /// Starts a job for the choices once they haven't changed for a moment.
    pub(in crate::gui) fn keep(&mut self, ctx: &Context, session: &Session, jobs: &mut Jobs) {
        let now = ctx.input(|input| input.time);
        if self
            .seen
            .as_ref()
            .is_none_or(|(seen, _)| *seen != self.choices)
        {
            self.seen = Some((self.choices.clone(), now));
        }
        if self.asked.as_ref() == Some(&self.choices) {
            return;
        }
        // A pattern that is invalid is shown as such beside its field; the page keeps its earlier result.
        let Ok((mut reading, options)) = self.choices.options() else {
            return;
        };
        let since = self.seen.as_ref().map_or(now, |(_, since)| *since);
        if self.asked.is_some() && now - since < PAUSE {
            ctx.request_repaint_after_secs(0.1);
            return;
        }
        reading.believed.usual = labels_of(session.project());
        self.leave();
        self.asked = Some(self.choices.clone());
        self.serial += 1;
        let order = ReadOrder {
            paths: self.paths.clone(),
            read: self.shown.as_ref().map(|shown| Arc::clone(&shown.read)),
            key: self.choices.read_key(),
            reading,
            options,
            project: Arc::clone(session.project()),
        };
        // The result of a job for earlier choices is dropped with its task.
        self.reading = Some(jobs.start(JobKind::Import, move |control| order.work(control)));
    }

    /// Shows the answer of a job that has read files; returns how the import has ended, if it has.
    pub(in crate::gui) fn poll(&mut self) -> Option<ImportEnd> {
        if let Some(StoringBatch { task, .. }) = &self.storing {
            let result = task.poll()?;
            let StoringBatch {
                done, documents, ..
            } = self.storing.take()?;
            return Some(match result {
                Ok(stored) => ImportEnd::Stored {
                    stored: Box::new(stored),
                    done: Box::new(done),
                    documents,
                },
                Err(JobFailed) => ImportEnd::Left,
            });
        }
        match Task::take_finished(&mut self.reading)? {
            Ok(Ok(shown)) => {
                self.show_answer(shown);
                None
            }
            Ok(Err(Cancelled)) | Err(JobFailed) => Some(ImportEnd::Left),
        }
    }

    fn show_answer(&mut self, shown: PreparedImport) {
        self.chosen = shown
            .rows
            .iter()
            .position(|row| row.state.document().is_some())
            .unwrap_or(0)
            .max(self.chosen)
            .min(shown.rows.len().saturating_sub(1));
        // A file of which no tier is left can't be read; its tiers have to be there to be ticked again.
        let before = std::mem::replace(&mut self.tiers, shown.read.tiers.clone());
        if !self.choices.tiers.is_empty() {
            let is_gone = |tier: &Tier| !shown.read.tiers.iter().any(|own| own.name == tier.name);
            self.tiers.extend(before.into_iter().filter(is_gone));
        }
        self.shown = Some(shown);
    }

    /// Returns true if the page shows what would be imported with the present choices, and that is something.
    fn is_ready(&self) -> bool {
        let answered = self.control().is_none() && self.asked.as_ref() == Some(&self.choices);
        answered
            && self
                .shown
                .as_ref()
                .is_some_and(|shown| shown.totals.imported > 0)
    }

    /// Returns true while a job stores the import.
    pub(in crate::gui) fn is_storing(&self) -> bool {
        self.storing.is_some()
    }

    /// Shows the progress of the job that stores the import.
    pub(in crate::gui) fn store(
        &mut self,
        task: Task<Result<Stored, Unstored>>,
        done: Done,
        documents: usize,
    ) {
        self.storing = Some(StoringBatch {
            task,
            done,
            documents,
        });
    }

    /// Takes the documents and the options of the plan, if the page is ready.
    pub(in crate::gui) fn confirmed(&mut self) -> Option<(Vec<ImportedDocument>, PlanOptions)> {
        let PreparedImport { read, options, .. } = if self.is_ready() {
            self.shown.take()?
        } else {
            return None;
        };
        // Only a cancelled job that hasn't ended yet can share them, and then they are copied.
        let documents =
            Arc::try_unwrap(read).map_or_else(|read| read.documents.clone(), |read| read.documents);
        Some((documents, options))
    }

    /// Paints the page.
    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        let bar = Frame::new()
            .fill(colors.panel)
            .inner_margin(Margin::symmetric(20, 0));
        Panel::top("import head")
            .exact_size(52.0)
            .frame(bar)
            .show(ui, |ui| self.head_ui(ui, cx.language));
        let foot = Aside::below("import foot", 56.0);
        self.middle_ui(&mut foot.page(ui), cx);
        foot.show(ui, |panel| panel.frame(bar), |ui| self.foot_ui(ui, cx));
        self.keys(ui.ctx(), cx);
    }

    /// Enter imports if nothing has the keyboard, Ctrl Enter always; Esc first closes a list or leaves a field, and then cancels.
    fn keys(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let busy = std::mem::replace(
            &mut self.busy,
            ctx.text_edit_focused() || egui::Popup::is_any_open(ctx),
        );
        let free = ctx.memory(|memory| memory.focused().is_none());
        // A focused button takes Enter as a click, so without Ctrl the key is only ours when nothing has the focus.
        let ready = self.is_ready();
        let entered = ctx.input_mut(|input| {
            (ready && free && input.consume_key(Modifiers::NONE, Key::Enter))
                || (ready && input.consume_key(Modifiers::COMMAND, Key::Enter))
        });
        if entered {
            cx.ask(Request::ConfirmImport);
        } else if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) && !busy {
            cx.ask(Request::CancelImport);
        }
    }

    fn head_ui(&self, ui: &mut Ui, language: UiLanguage) {
        ui.horizontal_centered(|ui| {
            outline::title(ui, language.say(strings::TITLE));
            ui.add_space(8.0);
            if let Some(shown) = &self.shown {
                let totals = shown.totals;
                ui.label(small(
                    ui,
                    strings::files_read(language, totals.files, totals.left_out, totals.failed),
                ));
            }
            if let Some(running) = self.control().filter(|_| self.shown.is_some()) {
                ui.add(egui::Spinner::new().size(14.0));
                let (done, total) = running.so_far();
                if done < total {
                    ui.label(small(ui, self.progress(done, total, language)));
                }
            }
        });
    }

    fn foot_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let totals = self
            .shown
            .as_ref()
            .map(|shown| shown.totals)
            .unwrap_or_default();
        ui.horizontal_centered(|ui| {
            let fault = self.choices.options().err();
            match &fault {
                Some(fault) => {
                    let bad = palette(ui.visuals()).bad;
                    ui.label(small(ui, controls::fault_text(fault, cx.language)).color(bad));
                }
                None => {
                    ui.label(small(
                        ui,
                        strings::comes_along(
                            cx.language,
                            totals.new_cases,
                            totals.new_phases,
                            totals.new_persons,
                        ),
                    ));
                }
            }
            crate::gui::widgets::aside::AtRight("import buttons").show(ui, |ui| {
                ui.label(small(ui, cx.language.say(strings::KEYS)));
                ui.add_space(8.0);
                if ui.button(cx.language.say(strings::CANCEL)).clicked() {
                    cx.ask(Request::CancelImport);
                }
                if self.is_storing() {
                    return;
                }
                let verb = match totals.imported {
                    0 if self.reading.is_some() => {
                        cx.language.say(strings::READING_FILES).to_owned()
                    }
                    0 => cx.language.say(strings::NOTHING_TO_TAKE).to_owned(),
                    imported => strings::import_documents(cx.language, imported),
                };
                if ui
                    .add_enabled_ui(self.is_ready(), |ui| buttons::primary(ui, &verb).clicked())
                    .inner
                {
                    cx.ask(Request::ConfirmImport);
                }
            });
        });
    }

    fn middle_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let colors = palette(ui.visuals());
        let side = Frame::new().fill(colors.panel);
        let page = Frame::new().fill(colors.page);
        let Some(shown) = self.shown.as_ref() else {
            CentralPanel::default()
                .frame(page)
                .show(ui, |ui| self.reading_ui(ui, cx.language));
            return;
        };
        if shown.rows.is_empty() {
            CentralPanel::default().frame(page).show(ui, |ui| {
                in_the_middle(ui, |ui| {
                    ui.label(
                        RichText::new(cx.language.say(strings::IMPORT_NOTHING_FOUND))
                            .font(theme::semibold(15.0)),
                    );
                    ui.label(small(ui, cx.language.say(strings::NOTHING_FOUND_HINT)));
                });
            });
            return;
        }
        let inner = side.inner_margin(Margin {
            left: 20,
            right: 12,
            top: 14,
            bottom: 14,
        });
        Panel::left("import choices")
            .default_size(300.0)
            .size_range(260.0..=420.0)
            .frame(inner)
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        ui.set_max_width(ui.available_width() - 8.0);
                        controls::ui(ui, &mut self.choices, &self.tiers, cx.language);
                    });
            });
        let aside = Aside::right("import sample", 400.0, 200.0, 560.0);
        let tables = CentralPanel::default().frame(page);
        if ui.available_width() < WITH_SAMPLE {
            tables.show(ui, |ui| self.tables_ui(ui, cx));
            return;
        }
        tables.show(&mut aside.page(ui), |ui| self.tables_ui(ui, cx));
        aside.show(
            ui,
            |panel| panel.frame(side.inner_margin(Margin::symmetric(16, 14))),
            |ui| self.sample_ui(ui, cx.language),
        );
    }

    fn reading_ui(&self, ui: &mut Ui, language: UiLanguage) {
        let (done, total) = self.control().map(JobControl::so_far).unwrap_or_default();
        in_the_middle(ui, |ui| {
            if total == 0 {
                ui.label(small(ui, language.say(strings::LOOKING)));
                return;
            }
            ui.label(small(ui, self.progress(done, total, language)));
            #[expect(
                clippy::cast_precision_loss,
                reason = "a share on a bar 240 points wide"
            )]
            let share = done as f32 / total as f32;
            ui.add(
                ProgressBar::new(share)
                    .desired_width(240.0)
                    .desired_height(4.0),
            );
        });
        // A job wakes the window only when it has ended, so the bar asks for its own frames.
        ui.ctx().request_repaint_after_secs(0.1);
    }

    /// "Reading files 120 / 3,000".
    fn progress(&self, done: u64, total: u64, language: UiLanguage) -> String {
        let what = if self.is_storing() {
            strings::STORING
        } else {
            strings::IMPORT_READING
        };
        format!(
            "{} {} / {}",
            language.say(what),
            grouped(done),
            grouped(total)
        )
    }

    fn tables_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let cases = self.cases.get(cx.revision, |_| {
            let cases = cx.project.cases_in_order().into_iter();
            cases
                .map(|(_, case)| (case.id, case.name.clone()))
                .collect()
        });
        let Some(shown) = &self.shown else { return };
        let height = ui.available_height();
        #[expect(clippy::cast_precision_loss, reason = "as many rows as fit on a page")]
        let needed = 108.0 + shown.read.labels.len().min(12) as f32 * 30.0;
        let labels = needed.clamp(120.0, height * 0.45);
        let frame = Frame::new().fill(palette(ui.visuals()).page);
        let files = Panel::top("import files")
            .resizable(true)
            .default_size(height - labels)
            .size_range(100.0..=height - 100.0);
        files.frame(frame).show(ui, |ui| {
            tables::files_ui(ui, shown, &mut self.chosen, cx.language);
        });
        let mut labels = tables::Labels {
            seen: &shown.read.labels,
            persons: &shown.persons,
            cases,
            filter: &mut self.filter,
        };
        CentralPanel::default().frame(frame).show(ui, |ui| {
            tables::labels_ui(ui, &mut labels, &mut self.choices, cx.language);
        });
    }

    fn sample_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let Some(shown) = &self.shown else { return };
        let Some(row) = shown.rows.get(self.chosen) else {
            return;
        };
        let Some(document) = row
            .state
            .document()
            .and_then(|at| shown.read.documents.get(at))
        else {
            return;
        };
        let key = SampleKey {
            serial: self.serial,
            row: self.chosen,
        };
        // While a job runs, `serial` is already its number but the rows are still those of the job before,
        // so until it has ended only another row needs another sample.
        let running = self.control().is_some();
        if self
            .sample
            .as_ref()
            .is_none_or(|(of, _)| of.row != key.row || (of.serial != key.serial && !running))
        {
            self.sample = Some((key, view::sample(document, &shown.options)));
        }
        if let Some((_, sample)) = &self.sample {
            sample::ui(ui, row, sample, language);
        }
    }
}

/// A few lines in the middle of an empty page.
fn in_the_middle(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.4);
        contents(ui);
    });
}
