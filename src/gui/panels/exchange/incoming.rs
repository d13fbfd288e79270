//! The dialog for importing another program's project: its contents and what can't be imported, and afterwards what was.

use egui::{Align2, Context, Grid, Key, ScrollArea, Ui, Window};

use crate::{
    app::{
        import::study::{StudyDone, StudyError},
        jobs::{JobControl, JobFailed, Task},
        session::commit_job::{Stored, Unstored},
    },
    gui::{
        context::Cx,
        key_names::with_keys,
        request::Request,
        strings::{self, Text, UiLanguage, grouped},
        theme::{self, palette, small},
        widgets::{buttons, dialog, outline},
    },
    import::{loss::Losses, study::Study},
};

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct Incoming {
    file: String,
    state: IncomingState,
}

/// The study that a job has read; `None` if reading was cancelled.
pub(in crate::gui) type ReadStudy = Option<Result<Study, StudyError>>;

/// How an import has ended, or that it was stored.
#[derive(Debug)]
pub(in crate::gui) enum StudyEnd {
    /// The job was cancelled or has failed.
    Failed,
    /// The file can't be read.
    Unreadable(StudyError),
    /// Storing has ended; the dialog shows what was imported.
    Stored(Box<Result<Stored, Unstored>>),
}

/// How far the import has got.
#[derive(Debug)]
enum IncomingState {
    /// A job reads the file.
    Reading(Task<ReadStudy>),
    /// It was read, and waits for confirmation.
    Read(Box<Study>),
    /// A job stores it.
    Storing(Task<Result<Stored, Unstored>>, Box<StudyDone>),
    /// It is imported.
    Imported(Box<StudyDone>),
}

impl Incoming {
    /// Opens the dialog for a file that a job reads.
    pub(in crate::gui) fn reading(file: String, task: Task<ReadStudy>) -> Self {
        Self {
            file,
            state: IncomingState::Reading(task),
        }
    }

    /// Shows the progress of the job that stores it.
    pub(in crate::gui) fn store(&mut self, task: Task<Result<Stored, Unstored>>, done: StudyDone) {
        self.state = IncomingState::Storing(task, Box::new(done));
    }

    /// Shows what was imported when nothing is left to store.
    pub(in crate::gui) fn show_done(&mut self, done: StudyDone) {
        self.state = IncomingState::Imported(Box::new(done));
    }

    /// Follows the job of the dialog; returns how it has ended, if that concerns the workspace.
    pub(in crate::gui) fn poll(&mut self) -> Option<StudyEnd> {
        match &mut self.state {
            IncomingState::Reading(task) => match task.poll()? {
                Ok(Some(Ok(study))) => {
                    self.state = IncomingState::Read(Box::new(study));
                    None
                }
                Ok(Some(Err(error))) => Some(StudyEnd::Unreadable(error)),
                Ok(None) | Err(JobFailed) => Some(StudyEnd::Failed),
            },
            IncomingState::Storing(task, done) => {
                let result = task.poll()?;
                self.state = IncomingState::Imported(std::mem::take(done));
                Some(match result {
                    Ok(stored) => StudyEnd::Stored(Box::new(stored)),
                    Err(JobFailed) => StudyEnd::Failed,
                })
            }
            IncomingState::Read(_) | IncomingState::Imported(_) => None,
        }
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let mut closes = false;
        let title = cx.language.say(strings::OTHER_PROJECT);
        let window = Window::new(title).id(egui::Id::unique("another program's project"));
        let window = window
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -40.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(480.0);
            ui.label(egui::RichText::new(&self.file).font(theme::semibold(14.0)));
            closes = match &self.state {
                IncomingState::Reading(_) => reading_ui(ui, cx.language),
                IncomingState::Read(study) => read_ui(ui, cx, study),
                IncomingState::Storing(task, _) => storing_ui(ui, task.control(), cx.language),
                IncomingState::Imported(done) => imported_ui(ui, done, &self.file, cx.language),
            };
        });
        // The request is run after this frame, and needs the dialog to be there still.
        if let IncomingState::Read(_) = &self.state
            && cx
                .requests
                .iter()
                .any(|request| matches!(request, Request::ConfirmStudy))
        {
            return stays;
        }
        let left = !stays || closes || dialog::escaped(ctx);
        if let (IncomingState::Reading(job), true) = (&self.state, left) {
            job.cancel();
        }
        if let IncomingState::Storing(job, _) = &self.state {
            // The job may still finish storing, so the dialog stays until it has ended.
            if left {
                job.cancel();
            }
            return true;
        }
        !left
    }

    /// Takes the study that waits for confirmation out of the dialog.
    pub(in crate::gui) fn hand_over(&mut self) -> Option<Study> {
        match &mut self.state {
            IncomingState::Read(study) => Some(std::mem::take(&mut **study)),
            _ => None,
        }
    }
}

fn reading_ui(ui: &mut Ui, language: UiLanguage) -> bool {
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.spinner();
        ui.label(small(ui, language.say(strings::READING)));
    });
    ui.add_space(12.0);
    ui.button(language.say(strings::CANCEL)).clicked()
}

fn storing_ui(ui: &mut Ui, job: &JobControl, language: UiLanguage) -> bool {
    let (done, total) = job.so_far();
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.spinner();
        ui.label(small(
            ui,
            format!(
                "{} {} / {}",
                language.say(strings::STORING),
                grouped(done),
                grouped(total)
            ),
        ));
    });
    ui.add_space(12.0);
    ui.button(language.say(strings::CANCEL)).clicked()
}

fn read_ui(ui: &mut Ui, cx: &mut Cx<'_>, study: &Study) -> bool {
    if !study.program.is_empty() {
        ui.label(small(
            ui,
            format!("{} {}", cx.language.say(strings::WRITTEN_BY), study.program),
        ));
    }
    ui.add_space(12.0);
    outline::section(ui, cx.language.say(strings::WHAT_IS_IN));
    ui.add_space(4.0);
    let codings = study
        .documents
        .iter()
        .map(|document| document.codings.len())
        .sum();
    counts_ui(
        ui,
        cx.language,
        &[
            (strings::EXCHANGE_DOCUMENTS, study.documents.len()),
            (strings::CODINGS_MOVE, codings),
            (strings::EXCHANGE_CODES, study.codes.len()),
            (strings::CODERS, study.coders.len()),
            (strings::EXCHANGE_CASES, study.cases.len()),
            (strings::ATTRIBUTES, study.attributes.len()),
            (strings::MEMOS_MOVE, study.memos.len()),
            (strings::LINKS_MOVE, study.links.len()),
            (strings::COUNT_SETS, study.sets.len()),
            (strings::COUNT_FILES, study.attachments.len()),
        ],
    );
    if let Some(positions) = &study.positions {
        ui.add_space(6.0);
        ui.label(small(ui, positions.message().say(cx.language)));
    }
    losses_ui(ui, &study.losses, &study.file, cx.language);
    ui.add_space(12.0);
    // Enter on a focused button, such as Cancel, is the button's.
    let entered = ui.input(|input| input.key_pressed(Key::Enter))
        && ui.ctx().memory(|memory| memory.focused().is_none());
    ui.horizontal(|ui| {
        if buttons::primary(ui, cx.language.say(strings::IMPORT)).clicked() || entered {
            cx.ask(Request::ConfirmStudy);
        }
        ui.button(cx.language.say(strings::CANCEL)).clicked()
    })
    .inner
}

fn imported_ui(ui: &mut Ui, done: &StudyDone, file: &str, language: UiLanguage) -> bool {
    ui.add_space(12.0);
    let counts = &done.counts;
    let rows = [
        (strings::EXCHANGE_DOCUMENTS, counts.documents),
        (strings::CODINGS_MOVE, counts.codings),
        (strings::EXCHANGE_CODES, counts.codes),
        (strings::CODERS, counts.coders),
        (strings::EXCHANGE_CASES, counts.cases),
        (strings::ATTRIBUTES, counts.attributes),
        (strings::MEMOS_MOVE, counts.memos),
        (strings::LINKS_MOVE, counts.links),
        (strings::COUNT_SETS, counts.sets),
        (strings::COUNT_FILES, counts.attachments),
    ];
    let added: Vec<(Text, usize)> = rows
        .iter()
        .map(|(what, count)| (*what, count.added))
        .collect();
    if added.iter().all(|(_, count)| *count == 0) {
        ui.label(language.say(strings::ALL_THERE));
    } else {
        outline::section(ui, with_keys(language, strings::TAKEN));
        ui.add_space(4.0);
        counts_ui(ui, language, &added);
    }
    losses_ui(ui, &done.losses, file, language);
    ui.add_space(12.0);
    buttons::primary(ui, language.say(strings::CLOSE)).clicked()
}

/// The counts that aren't 0, in two columns.
fn counts_ui(ui: &mut Ui, language: UiLanguage, counts: &[(Text, usize)]) {
    let present: Vec<&(Text, usize)> = counts.iter().filter(|(_, count)| *count > 0).collect();
    Grid::new("counts of a project")
        .num_columns(4)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            for two in present.chunks(2) {
                for (what, count) in two {
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        ui.label(egui::RichText::new(count.to_string()).font(theme::medium(13.0)));
                    });
                    ui.label(language.say(*what));
                }
                ui.end_row();
            }
        });
}

/// How many things of a kind are named while the pointer rests on it.
const HOVERED: usize = 12;

/// The losses of an import or export, one line for each kind, with a button that copies the whole list.
pub(super) fn losses_ui(ui: &mut Ui, losses: &Losses, file: &str, language: UiLanguage) {
    ui.add_space(12.0);
    if losses.is_empty() {
        ui.label(small(ui, language.say(strings::NOTHING_LOST)));
        return;
    }
    ui.horizontal(|ui| {
        outline::section(ui, language.say(strings::WHAT_IS_LOST));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if buttons::word(ui, language.say(strings::COPY_LOSSES))
                .on_hover_text(language.say(strings::COPY_LOSSES_HINT))
                .clicked()
            {
                ui.ctx().copy_text(losses.report(file, language));
            }
        });
    });
    ui.add_space(4.0);
    let ink = palette(ui.visuals()).ink_2;
    ScrollArea::vertical()
        .max_height(220.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for ((_, places), line) in losses.iter().zip(losses.lines(language)) {
                let response =
                    ui.add(egui::Label::new(egui::RichText::new(line).color(ink)).wrap());
                let dots = if places.len() > HOVERED { "\n…" } else { "" };
                response.on_hover_text(
                    places
                        .iter()
                        .take(HOVERED)
                        .map(String::as_str)
                        .collect::<Vec<_>>()
                        .join("\n")
                        + dots,
                );
            }
        });
}
