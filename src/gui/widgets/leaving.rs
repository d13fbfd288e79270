//! Leaving a text that isn't saved: asked once, and kept as a draft unless it is discarded.

use egui::{Button, Key, Modifiers, Ui};

use super::{buttons, keys::take_key};
use crate::gui::{
    strings::{self, UiLanguage},
    theme,
};

/// How writing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WritingEnd {
    /// It is to be saved.
    Saved,
    /// It was left; what isn't saved is kept as a draft.
    Left,
    /// It was discarded.
    Discarded,
}

/// Whether the question was asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Leaving {
    is_asked: bool,
    /// Whether the safe answer has been given the keyboard.
    begun: bool,
}

impl Leaving {
    /// Shows Save and Cancel with a hint, or the question; returns how writing ended, once it has.
    pub(crate) fn buttons_ui(
        &mut self,
        ui: &mut Ui,
        language: UiLanguage,
        can_save: bool,
        is_changed: bool,
        hint: impl FnOnce(&mut Ui),
    ) -> Option<WritingEnd> {
        let saves = can_save && take_key(ui.ctx(), Modifiers::COMMAND, Key::Enter);
        let escaped = take_key(ui.ctx(), Modifiers::NONE, Key::Escape);
        if self.is_asked {
            return self.question_ui(ui, language, escaped);
        }
        let (mut pressed, mut leaves) = (false, false);
        ui.horizontal(|ui| {
            let save = |ui: &mut Ui| buttons::primary(ui, language.say(strings::SAVE)).clicked();
            pressed = ui.add_enabled_ui(can_save, save).inner;
            leaves = ui.button(language.say(strings::CANCEL)).clicked();
            hint(ui);
        });
        if saves || pressed {
            return Some(WritingEnd::Saved);
        }
        if !(leaves || escaped) {
            return None;
        }
        if is_changed {
            *self = Self {
                is_asked: true,
                begun: false,
            };
            return None;
        }
        Some(WritingEnd::Discarded)
    }

    /// The question; Escape and Enter keep the draft, which loses nothing.
    fn question_ui(
        &mut self,
        ui: &mut Ui,
        language: UiLanguage,
        escaped: bool,
    ) -> Option<WritingEnd> {
        let mut end = escaped.then_some(WritingEnd::Left);
        ui.horizontal(|ui| {
            ui.label(theme::strong(language.say(strings::NOT_SAVED)));
            let keep = ui.add(Button::new(language.say(strings::KEEP_DRAFT)));
            if !std::mem::replace(&mut self.begun, true) {
                keep.request_focus();
            }
            if keep.clicked() {
                end = Some(WritingEnd::Left);
            }
            if ui.button(language.say(strings::DISCARD)).clicked() {
                end = Some(WritingEnd::Discarded);
            }
            if ui.button(language.say(strings::GO_ON_WRITING)).clicked() {
                self.is_asked = false;
            }
        });
        end
    }
}
