//! The dialog before a participant is erased: what goes, what can't be reached, and the name to be typed.

use std::path::{Path, PathBuf};

use egui::{Align2, Context, RichText, ScrollArea, TextEdit, Ui, Window};

use super::Dialog;
use crate::{
    app::{
        AppError, Session,
        erasure::{Erased, ErasurePreview, ErasureRequest, certificate, erase, preview},
        jobs::{JobKind, Task},
        output_file::write_new,
        surroundings::Surroundings,
    },
    gui::{
        Gui,
        notice::{Notice, saved},
        request::{ErasureOrder, Request, SafetyRequest},
        strings::{self, UiLanguage},
        theme,
        widgets::{buttons, dialog},
    },
    message::Message,
    model::ids::{CaseId, CoderId},
    store::Source,
};

/// What is to be erased, and what the user has typed so far.
#[derive(Debug)]
pub(super) struct ErasureDialog {
    request: ErasureRequest,
    name: String,
    preview: ErasurePreview,
    typed: String,
    certificate: String,
    wipes_copies: bool,
    is_fresh: bool,
}

/// An erasure that goes on while no project is open.
#[derive(Debug)]
pub(super) struct Erasing {
    order: ErasureOrder,
    source: Source,
    by: CoderId,
    /// None while jobs still run that could write what is to go.
    task: Option<Task<Result<(Source, Erased), AppError>>>,
}

impl ErasureDialog {
    /// The dialog for a case; an error if there is nothing to erase, or something can't be read.
    fn new(session: &Session, case: CaseId) -> Result<Self, AppError> {
        let request = ErasureRequest {
            cases: [case].into(),
            ..ErasureRequest::default()
        };
        let preview = preview(session, &request)?;
        let name = session.project().cases.get(&case);
        Ok(Self {
            name: name.map(|case| case.name.clone()).unwrap_or_default(),
            certificate: free_page(session.path()).display().to_string(),
            request,
            preview,
            typed: String::new(),
            wipes_copies: true,
            is_fresh: true,
        })
    }

    /// Shows the dialog; returns false once it is closed.
    pub(super) fn ui(
        &mut self,
        ctx: &Context,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) -> bool {
        let title = strings::erase_title(language, &self.name);
        let window = Window::new(&title)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let mut closes = false;
        let stays = dialog::show(ctx, &title, window, |ui| {
            ui.set_width(600.0);
            self.preview_ui(ui, language);
            ui.add_space(8.0);
            self.fields_ui(ui, language);
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                let can = self.typed.trim() == self.name.trim();
                let verb = language.say(strings::ERASE_FOR_GOOD);
                let button = ui.add_enabled_ui(can, |ui| buttons::primary(ui, verb));
                if button.inner.clicked() {
                    requests.push(Request::Safety(SafetyRequest::Erase(Box::new(
                        self.order(),
                    ))));
                }
                closes =
                    ui.button(language.say(strings::CANCEL)).clicked() || dialog::escaped(ui.ctx());
            });
        });
        stays && !closes
    }

    fn order(&self) -> ErasureOrder {
        let page = self.certificate.trim();
        ErasureOrder {
            request: self.request.clone(),
            certificate: (!page.is_empty()).then(|| PathBuf::from(page)),
            wipes_copies: self.wipes_copies,
        }
    }

    fn preview_ui(&self, ui: &mut Ui, language: UiLanguage) {
        let colors = theme::palette(ui.visuals());
        ui.label(RichText::new(language.say(strings::ERASE_WARNING)).color(colors.bad));
        ui.add_space(6.0);
        let height = (ui.ctx().content_rect().height() - 420.0).clamp(120.0, 360.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                lines_ui(ui, language, strings::GOES, &self.preview.goes());
                for loss in &self.preview.documents {
                    ui.label(theme::small(ui, strings::text_loss(language, loss)));
                }
                ui.add_space(6.0);
                lines_ui(ui, language, strings::STAYS, &self.preview.stays());
            });
    }

    fn fields_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        if !self.preview.copies.is_empty() {
            let says = language.say(strings::WIPE_COPIES);
            buttons::check(ui, &mut self.wipes_copies, says);
        }
        field(
            ui,
            language.say(strings::CERTIFICATE),
            &mut self.certificate,
        );
        ui.label(theme::small(ui, language.say(strings::CERTIFICATE_HINT)));
        ui.add_space(6.0);
        let says = strings::type_the_name(language, &self.name);
        let name = field(ui, &says, &mut self.typed);
        if std::mem::take(&mut self.is_fresh) {
            name.request_focus();
        }
    }
}

fn lines_ui(ui: &mut Ui, language: UiLanguage, head: strings::Text, lines: &[Message]) {
    ui.label(RichText::new(language.say(head)).strong());
    for line in lines {
        ui.label(line.say(language));
    }
}

fn field(ui: &mut Ui, label: &str, text: &mut String) -> egui::Response {
    let label = ui.label(theme::small(ui, label));
    ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY))
        .labelled_by(label.id)
}

/// A page beside a project that isn't there yet.
fn free_page(project: &Path) -> PathBuf {
    let mut page = project.with_extension("erasure.html");
    for number in 2.. {
        if !page.exists() {
            break;
        }
        page = project.with_extension(format!("erasure-{number}.html"));
    }
    page
}

impl Gui {
    /// Asks before a participant is erased.
    pub(in crate::gui) fn ask_to_erase(&mut self, case: CaseId) {
        let Some(session) = self.session() else {
            return;
        };
        match ErasureDialog::new(session, case) {
            Ok(dialog) => self.safety.dialog = Some(Dialog::Erasure(Box::new(dialog))),
            Err(error) => self.notices.push(Notice::error(error)),
        }
    }

    /// Asks before the participant of a name is erased, for pictures of the window.
    pub(in crate::gui) fn show_erasure(&mut self, name: &str) {
        let case = self.session().and_then(|session| {
            let case = session.project().case_by_name(name)?;
            Some(case.id)
        });
        if let Some(case) = case {
            self.ask_to_erase(case);
        }
    }

    /// Closes the project, and erases once nothing is being written any more.
    pub(super) fn erase(&mut self, order: ErasureOrder) {
        let by = self.session().map(Session::acting);
        let by = match by {
            None => return,
            Some(Ok(by)) => by,
            Some(Err(error)) => return self.notices.push(Notice::error(error)),
        };
        let Some(source) = self.open_source() else {
            return;
        };
        self.safety.dialog = None;
        self.close_project();
        for job in self.jobs.running() {
            job.control.cancel();
        }
        self.safety.erasing = Some(Erasing {
            order,
            source,
            by,
            task: None,
        });
    }

    /// Goes on with an erasure; opens the project anew once it is done.
    pub(super) fn go_on_erasing(&mut self) {
        let Some(mut erasing) = self.safety.erasing.take() else {
            return;
        };
        let Some(task) = &erasing.task else {
            // An index or a backup that is being made has the words still.
            if self.jobs.running().is_empty() {
                erasing.task = Some(self.start_erasing(&erasing));
            }
            self.safety.erasing = Some(erasing);
            return;
        };
        match task.poll() {
            None => self.safety.erasing = Some(erasing),
            Some(Ok(Ok((source, done)))) => {
                self.open_again(&source);
                self.say_erased(&done, source.path(), erasing.order.certificate.as_deref());
            }
            Some(result) => {
                // It may be the new file already, where something beside it could not be overwritten.
                self.open_new_file(&erasing.source);
                // The panic of a job is said where all jobs are followed.
                if let Ok(Err(error)) = result {
                    self.notices.push(Notice::error(error));
                }
            }
        }
    }

    fn start_erasing(&mut self, erasing: &Erasing) -> Task<Result<(Source, Erased), AppError>> {
        let cache = self.cache.clone();
        let settings = self.settings.folder().map(Path::to_owned);
        let (source, order, by) = (erasing.source.clone(), erasing.order.clone(), erasing.by);
        let host = (self.world)();
        self.jobs.start(JobKind::Erase, move |_| {
            let surroundings = Surroundings {
                cache: cache.as_deref(),
                settings: settings.as_deref(),
            };
            erase(
                &source,
                &order.request,
                by,
                surroundings,
                order.wipes_copies,
                host,
            )
        })
    }

    fn say_erased(&mut self, done: &Erased, project: &Path, page: Option<&Path>) {
        let characters = done.preview.characters();
        self.notices.push(Notice::done(move |language| {
            strings::erased(language, characters)
        }));
        for copy in done.left.clone() {
            self.notices.push(Notice::problem(move |language| {
                let copy = copy.display().to_string();
                strings::labelled(language, language.say(strings::COPY_STAYS), &copy)
            }));
        }
        if let Some(page) = page {
            let html = certificate(done, project, self.language);
            self.notices.push(match write_new(page, html.as_bytes()) {
                Ok(()) => saved(page.to_owned()),
                Err(error) => Notice::error(error),
            });
        }
    }
}
