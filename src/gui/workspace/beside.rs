//! The panels beside the text: documents and codebook at the left, the inspector at the right.
//!
//! Both can be hidden. Where a window is too narrow for both, the one that was asked for last is shown.

use egui::{CentralPanel, Frame, Panel, Ui};

use crate::{app::settings::Panels, gui::widgets::aside::Share};

/// The width that the text keeps before a panel is hidden.
const LEAST_TEXT: f32 = 400.0;

/// A side of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Side {
    #[default]
    Lists,
    Inspector,
}

/// A list of the left panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    Documents,
    Codebook,
}

/// Which panels are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) lists: bool,
    pub(super) inspector: bool,
}

/// The panels, and which of them the window has room for.
#[derive(Debug, Default)]
pub(in crate::gui) struct Beside {
    pub(in crate::gui) panels: Panels,
    /// What was asked for last, which a narrow window shows.
    last: Side,
    /// What was shown in the last frame.
    shown: Shown,
    /// The documents' share of the left panel.
    share: Share,
}

impl Beside {
    pub(super) fn new(panels: Panels) -> Self {
        Self {
            panels,
            ..Self::default()
        }
    }

    /// Shows a panel that isn't on screen, or hides one that is.
    pub(super) fn toggle(&mut self, side: Side) {
        let shows = match side {
            Side::Lists => !self.shown.lists,
            Side::Inspector => !self.shown.inspector,
        };
        match side {
            Side::Lists => self.panels.lists = shows,
            Side::Inspector => self.panels.inspector = shows,
        }
        if shows {
            self.last = side;
        }
    }

    /// What is shown on a page of this width.
    pub(super) fn fit(&mut self, width: f32) -> Shown {
        let Panels {
            lists,
            inspector,
            lists_width,
            inspector_width,
            ..
        } = self.panels;
        let fits_both = lists_width + inspector_width + LEAST_TEXT <= width;
        self.shown = Shown {
            lists: lists && (fits_both || !inspector || self.last == Side::Lists),
            inspector: inspector && (fits_both || !lists || self.last == Side::Inspector),
        };
        self.shown
    }

    /// Shows the left panel with its two lists, and keeps what size they were given.
    pub(super) fn lists_ui(
        &mut self,
        ui: &mut Ui,
        side: Frame,
        mut list: impl FnMut(&mut Ui, Lists),
    ) {
        let Self { panels, share, .. } = self;
        let left = Panel::left("left")
            .default_size(panels.lists_width)
            .size_range(200.0..=420.0)
            .frame(side)
            .show(ui, |ui| {
                let height = ui.available_height();
                let sizes = share.sizes(height, panels.documents_percent / 100.0, 80.0);
                let documents = Panel::top("documents")
                    .resizable(true)
                    .default_size(sizes.min)
                    .size_range(sizes)
                    .frame(side)
                    .show(ui, |ui| {
                        list(ui, Lists::Documents);
                        // A list of few documents, or none, doesn't shrink its panel for good.
                        ui.take_available_space();
                    });
                panels.documents_percent = documents.response.rect.height() / height * 100.0;
                CentralPanel::default()
                    .frame(side)
                    .show(ui, |ui| list(ui, Lists::Codebook));
            });
        panels.lists_width = left.response.rect.width();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_window_shows_what_was_asked_for_last() {
        let mut beside = Beside::default();
        let shown = |lists, inspector| Shown { lists, inspector };
        assert_eq!(beside.fit(1440.0), shown(true, true));
        assert_eq!(beside.fit(800.0), shown(true, false));
        beside.toggle(Side::Inspector);
        assert_eq!(beside.fit(800.0), shown(false, true));
        beside.toggle(Side::Inspector);
        assert_eq!(beside.fit(800.0), shown(true, false));
        beside.toggle(Side::Lists);
        assert_eq!(beside.fit(800.0), shown(false, false));
        beside.toggle(Side::Lists);
        assert_eq!(beside.fit(1440.0), shown(true, false));
    }
}
