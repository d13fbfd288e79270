//! The dialog that asks for the passphrase of an encrypted project.

use std::path::PathBuf;

use egui::{Align2, Context, Key, RichText, TextEdit, Window};
use zeroize::Zeroizing;

use crate::{
    gui::{
        request::{Request, SafetyRequest},
        strings::{self, UiLanguage},
        theme,
        widgets::{buttons, dialog},
    },
    seal::Passphrase,
};

/// What is typed so far.
#[derive(Debug)]
pub(super) struct UnlockDialog {
    path: PathBuf,
    typed: Zeroizing<String>,
    shows: bool,
    is_wrong: bool,
    is_fresh: bool,
}

impl UnlockDialog {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            typed: Zeroizing::default(),
            shows: false,
            is_wrong: false,
            is_fresh: true,
        }
    }

    /// Says that the passphrase was wrong; what was typed stays, to be mended.
    pub(super) fn refuse(&mut self) {
        self.is_wrong = true;
    }

    /// Shows the dialog; returns false once it is closed.
    pub(super) fn ui(
        &mut self,
        ctx: &Context,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) -> bool {
        let title = language.say(strings::UNLOCK);
        let window = Window::new(title)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -60.0]);
        let mut closes = false;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(420.0);
            let name = self.path.file_name().unwrap_or_default().to_string_lossy();
            ui.label(strings::labelled(
                language,
                language.say(strings::ENCRYPTED_PROJECT),
                &name,
            ));
            ui.add_space(6.0);
            let label = ui.label(theme::small(ui, language.say(strings::PASSPHRASE)));
            let field = TextEdit::singleline(&mut *self.typed)
                .password(!self.shows)
                .desired_width(f32::INFINITY);
            let field = ui.add(field).labelled_by(label.id);
            if std::mem::take(&mut self.is_fresh) {
                field.request_focus();
            }
            if field.changed() {
                self.is_wrong = false;
            }
            buttons::check(ui, &mut self.shows, language.say(strings::SHOW_PASSPHRASE));
            let colors = theme::palette(ui.visuals());
            if self.is_wrong {
                ui.label(RichText::new(language.say(strings::WRONG_PASSPHRASE)).color(colors.bad));
            } else {
                ui.label(theme::small(ui, language.say(strings::OR_RECOVERY_KEY)));
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                let opens = buttons::primary(ui, language.say(strings::OPEN)).clicked() || entered;
                if opens && let Ok(passphrase) = Passphrase::new(self.typed.to_string()) {
                    let unlock = SafetyRequest::Unlock(self.path.clone(), passphrase);
                    requests.push(Request::Safety(unlock));
                    field.request_focus();
                }
                closes =
                    ui.button(language.say(strings::CANCEL)).clicked() || dialog::escaped(ui.ctx());
            });
        });
        stays && !closes
    }
}
