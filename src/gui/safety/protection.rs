//! The dialog of the passphrase: encrypting, another passphrase, the recovery sheet, taking the encryption away.

use egui::{Align2, Context, Response, RichText, TextEdit, Ui, Window};
use zeroize::Zeroizing;

use crate::{
    gui::{
        request::{FilePurpose, Request, SafetyRequest},
        strings::{self, UiLanguage},
        theme,
        widgets::{buttons, dialog},
    },
    seal::Passphrase,
};

/// The fewest characters of a passphrase that the window takes without a warning.
const FEWEST_CHARS: usize = 12;

/// What is typed so far.
#[derive(Debug)]
pub(super) struct ProtectionDialog {
    is_encrypted: bool,
    typed: Zeroizing<String>,
    again: Zeroizing<String>,
    shows: bool,
    is_fresh: bool,
    /// Whether taking the encryption away is being asked about.
    decrypts: bool,
}

impl ProtectionDialog {
    pub(super) fn new(is_encrypted: bool) -> Self {
        Self {
            is_encrypted,
            typed: Zeroizing::default(),
            again: Zeroizing::default(),
            shows: false,
            is_fresh: true,
            decrypts: false,
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
        let title = language.say(strings::PROTECTION).trim_end_matches('…');
        let window = Window::new(title)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -40.0]);
        let mut closes = false;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(480.0);
            let state = if self.is_encrypted {
                strings::IS_ENCRYPTED
            } else {
                strings::IS_NOT_ENCRYPTED
            };
            ui.label(language.say(state));
            ui.add_space(8.0);
            self.fields_ui(ui, language);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let verb = if self.is_encrypted {
                    strings::CHANGE_PASSPHRASE
                } else {
                    strings::ENCRYPT
                };
                let can = !self.typed.is_empty() && *self.typed == *self.again;
                let button = ui.add_enabled_ui(can, |ui| buttons::primary(ui, language.say(verb)));
                if button.inner.clicked()
                    && let Ok(passphrase) = Passphrase::new(self.typed.to_string())
                {
                    let recrypt = SafetyRequest::Recrypt(Some(passphrase));
                    requests.push(Request::Safety(recrypt));
                }
                closes =
                    ui.button(language.say(strings::CANCEL)).clicked() || dialog::escaped(ui.ctx());
            });
            if self.is_encrypted {
                ui.add_space(12.0);
                ui.separator();
                self.others_ui(ui, language, requests);
            }
        });
        stays && !closes
    }

    fn fields_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let shows = self.shows;
        let first = field(
            ui,
            language.say(strings::NEW_PASSPHRASE),
            &mut self.typed,
            shows,
        );
        if std::mem::take(&mut self.is_fresh) {
            first.request_focus();
        }
        field(
            ui,
            language.say(strings::PASSPHRASE_AGAIN),
            &mut self.again,
            shows,
        );
        buttons::check(ui, &mut self.shows, language.say(strings::SHOW_PASSPHRASE));
        let colors = theme::palette(ui.visuals());
        let warning = if !self.again.is_empty() && *self.typed != *self.again {
            Some(strings::PASSPHRASES_DIFFER)
        } else if !self.typed.is_empty() && self.typed.chars().count() < FEWEST_CHARS {
            Some(strings::PASSPHRASE_SHORT)
        } else {
            None
        };
        match warning {
            Some(warning) => ui.label(RichText::new(language.say(warning)).color(colors.bad)),
            None => ui.label(theme::small(ui, language.say(strings::PASSPHRASE_HINT))),
        };
    }

    /// The recovery sheet, and the way back to a file that everybody can read.
    fn others_ui(&mut self, ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
        ui.add_space(8.0);
        if ui.button(language.say(strings::RECOVERY_SHEET)).clicked() {
            requests.push(Request::Safety(SafetyRequest::Close));
            requests.push(Request::OpenDialog(FilePurpose::RecoverySheet));
        }
        ui.label(theme::small(ui, language.say(strings::RECOVERY_SHEET_HINT)));
        ui.add_space(8.0);
        if !self.decrypts {
            if ui.button(language.say(strings::DECRYPT)).clicked() {
                self.decrypts = true;
            }
            return;
        }
        let colors = theme::palette(ui.visuals());
        ui.label(RichText::new(language.say(strings::DECRYPT_WARNING)).color(colors.bad));
        ui.horizontal(|ui| {
            if ui.button(language.say(strings::DECRYPT_ANYWAY)).clicked() {
                requests.push(Request::Safety(SafetyRequest::Recrypt(None)));
            }
            if ui.button(language.say(strings::CANCEL)).clicked() {
                self.decrypts = false;
            }
        });
    }
}

fn field(ui: &mut Ui, label: &str, text: &mut String, shows: bool) -> Response {
    let label = ui.label(theme::small(ui, label));
    let field = TextEdit::singleline(text)
        .password(!shows)
        .desired_width(f32::INFINITY);
    ui.add(field).labelled_by(label.id)
}
