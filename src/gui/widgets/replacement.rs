//! The question before a file is replaced, asked beside the field that its path is typed into.

use std::path::{Path, PathBuf};

use egui::{RichText, Ui};

use crate::gui::{
    strings::{self, Text, UiLanguage},
    theme::{self, palette},
};

/// Whether the user was told that a file exists; what is pressed then replaces it.
#[derive(Debug, Default)]
pub(crate) struct Replacement {
    told: Option<PathBuf>,
}

impl Replacement {
    /// Says that the file exists, if the user was told; returns the label of the button that writes it.
    pub(crate) fn ui(&mut self, ui: &mut Ui, path: &Path, language: UiLanguage) -> Text {
        // Another path is another question.
        self.told.take_if(|told| told != path);
        if self.told.is_none() {
            return strings::SAVE;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        ui.label(
            RichText::new(strings::file_exists(language, &name))
                .font(theme::regular(13.0))
                .color(palette(ui.visuals()).bad),
        );
        strings::REPLACE
    }

    /// Returns true if the file may be written: it doesn't exist, or the user was told that it does.
    pub(crate) fn allows(&mut self, path: &Path) -> bool {
        if !path.exists() || self.told.as_deref() == Some(path) {
            return true;
        }
        self.told = Some(path.to_owned());
        false
    }
}
