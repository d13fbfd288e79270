//! The passphrase of the table: asked for, or chosen.

use std::path::Path;

use egui::{Key, TextEdit, Ui};

use crate::{
    gui::{strings, theme::small, widgets::buttons},
    message::language::UiLanguage,
    seal::Passphrase,
};

/// What is typed until the table is open.
#[derive(Default)]
pub(super) struct Lock {
    /// Whether there is no table yet.
    is_new: bool,
    typed: String,
    again: String,
    /// The passphrase that is to be tried.
    wanted: Option<Passphrase>,
    begun: bool,
}

impl std::fmt::Debug for Lock {
    /// Writes nothing of what is typed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lock(new: {})", self.is_new)
    }
}

impl Lock {
    pub(super) fn new(is_new: bool) -> Self {
        Self {
            is_new,
            ..Self::default()
        }
    }

    pub(super) const fn is_new(&self) -> bool {
        self.is_new
    }

    /// The passphrase that was entered since the last call.
    pub(super) fn take(&mut self) -> Option<Passphrase> {
        self.wanted.take()
    }

    /// Asks; returns true to close.
    pub(super) fn ui(&mut self, ui: &mut Ui, file: &Path, language: UiLanguage) -> bool {
        let says = if self.is_new {
            strings::TABLE_IS_NEW
        } else {
            strings::TABLE_IS_LOCKED
        };
        ui.label(language.say(says));
        ui.label(small(ui, file.display().to_string()));
        ui.add_space(8.0);
        let entered = self.field_ui(ui, language, false);
        let again = self.is_new && self.field_ui(ui, language, true);
        let differs = self.is_new && self.typed != self.again;
        if differs && !self.again.is_empty() {
            ui.label(small(ui, language.say(strings::TABLE_PASSPHRASES_DIFFER)));
        }
        ui.add_space(8.0);
        let mut closes = false;
        ui.horizontal(|ui| {
            let name = if self.is_new {
                strings::CREATE_TABLE
            } else {
                strings::OPEN_TABLE
            };
            let can = !self.typed.is_empty() && !differs;
            let clicked = ui
                .add_enabled_ui(can, |ui| buttons::primary(ui, language.say(name)).clicked())
                .inner;
            let enter = if self.is_new { again } else { entered };
            if can && (clicked || enter) {
                self.wanted = Passphrase::new(std::mem::take(&mut self.typed)).ok();
                self.again.clear();
            }
            closes = ui.button(language.say(strings::CANCEL)).clicked();
        });
        closes
    }

    /// One field; returns true if Enter was pressed in it.
    fn field_ui(&mut self, ui: &mut Ui, language: UiLanguage, again: bool) -> bool {
        let (name, text) = if again {
            (strings::TABLE_PASSPHRASE_AGAIN, &mut self.again)
        } else {
            (strings::TABLE_PASSPHRASE, &mut self.typed)
        };
        let label = ui.label(small(ui, language.say(name)));
        let field = TextEdit::singleline(text)
            .password(true)
            .desired_width(f32::INFINITY);
        let field = ui.add(field).labelled_by(label.id);
        if !again && !std::mem::replace(&mut self.begun, true) {
            field.request_focus();
        }
        field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }
}
