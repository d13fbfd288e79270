//! The dialog of the backups: which there are, a look inside, and putting one in the project's place.

use std::path::{Path, PathBuf};

use egui::{Align, Align2, Context, Layout, RichText, ScrollArea, Ui, Window};

use crate::{
    app::{
        backups::{Backup, backups_of},
        history::moment::{day, time},
    },
    gui::{
        request::{Request, SafetyRequest},
        strings::{self, UiLanguage},
        theme,
        widgets::{buttons, dialog},
    },
    model::clock::Stamp,
};

/// The backups as they were when the dialog was opened, and the one that is to be restored.
#[derive(Debug)]
pub(super) struct BackupsDialog {
    backups: Vec<Backup>,
    chosen: Option<PathBuf>,
}

impl BackupsDialog {
    pub(super) fn new(project: &Path) -> Self {
        Self {
            backups: backups_of(project),
            chosen: None,
        }
    }

    /// Shows the dialog; returns false once it is closed.
    pub(super) fn ui(
        &mut self,
        ctx: &Context,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) -> bool {
        // In menus the three dots say that a dialog follows; its own title goes without them.
        let title = language.say(strings::BACKUPS).trim_end_matches('…');
        let window = Window::new(title)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let mut closes = false;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(520.0);
            ui.label(theme::small(ui, language.say(strings::BACKUPS_HINT)));
            ui.add_space(8.0);
            if self.backups.is_empty() {
                buttons::empty(ui, language.say(strings::NO_BACKUPS));
            }
            let height = (ui.ctx().content_rect().height() - 320.0).clamp(80.0, 320.0);
            ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for backup in &self.backups {
                        backup_ui(ui, language, backup, &mut self.chosen, requests);
                    }
                });
            if let Some(chosen) = self.chosen.clone() {
                ui.add_space(8.0);
                let colors = theme::palette(ui.visuals());
                ui.label(RichText::new(language.say(strings::RESTORE_WARNING)).color(colors.bad));
                ui.horizontal(|ui| {
                    if buttons::primary(ui, language.say(strings::RESTORE)).clicked() {
                        requests.push(Request::Safety(SafetyRequest::Restore(chosen)));
                    }
                    if ui.button(language.say(strings::CANCEL)).clicked() {
                        self.chosen = None;
                    }
                });
            }
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                if ui.button(language.say(strings::BACK_UP_NOW)).clicked() {
                    requests.push(Request::Safety(SafetyRequest::BackUp));
                    closes = true;
                }
                closes |=
                    ui.button(language.say(strings::CLOSE)).clicked() || dialog::escaped(ui.ctx());
            });
        });
        stays && !closes
    }
}

fn backup_ui(
    ui: &mut Ui,
    language: UiLanguage,
    backup: &Backup,
    chosen: &mut Option<PathBuf>,
    requests: &mut Vec<Request>,
) {
    let moment = Stamp::at_millis(backup.made_millis);
    let when = [day(moment, language), time(moment)].join("  ");
    ui.horizontal(|ui| {
        ui.label(&when);
        ui.label(theme::small(ui, strings::size(language, backup.bytes)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let restore = strings::labelled(language, language.say(strings::RESTORE), &when);
            let restores = buttons::word(ui, language.say(strings::RESTORE_THIS));
            if restores.on_hover_text(restore).clicked() {
                *chosen = Some(backup.path.clone());
            }
            if buttons::word(ui, language.say(strings::LOOK_INSIDE)).clicked() {
                requests.push(Request::Safety(SafetyRequest::Close));
                requests.push(Request::LookInto(backup.path.clone()));
            }
        });
    });
}
