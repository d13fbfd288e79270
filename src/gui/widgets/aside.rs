//! Panels that come after the page beside them in the order of the keyboard; egui wants them painted before what they leave room for.

use egui::{Id, Panel, Rangef, Rect, Ui, UiBuilder};

/// The width of a page for which a panel at its right gives way, down to its least width.
const LEAST_PAGE: f32 = 420.0;

/// A panel at the right of a page, or below it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aside {
    name: &'static str,
    size: f32,
    range: Rangef,
    /// The width that it leaves to the page, down to its own least width.
    page: f32,
    below: bool,
}

impl Aside {
    /// One at the right, so wide at first, and between a least and a greatest width.
    pub(crate) const fn right(name: &'static str, size: f32, least: f32, most: f32) -> Self {
        Self {
            name,
            size,
            range: Rangef {
                min: least,
                max: most,
            },
            page: LEAST_PAGE,
            below: false,
        }
    }

    /// A second page at the right, of one of these widths.
    pub(crate) const fn second(name: &'static str, widths: Rangef) -> Self {
        Self {
            name,
            size: widths.min,
            range: widths,
            page: 0.0,
            below: false,
        }
    }

    /// One below, so high.
    pub(crate) const fn below(name: &'static str, size: f32) -> Self {
        Self {
            name,
            size,
            range: Rangef {
                min: size,
                max: size,
            },
            page: 0.0,
            below: true,
        }
    }

    fn memory(self) -> Id {
        Id::unique(("aside", self.name))
    }

    /// The widths that it can have where there is so much room for it and its page.
    fn widths(self, room: f32) -> Rangef {
        let most = (room - self.page).max(self.range.min);
        Rangef::new(self.range.min, self.range.max.min(most))
    }

    /// The name of the space for the page, for a page that is shown without the panel too.
    pub(crate) fn page_salt(self) -> impl std::hash::Hash + std::fmt::Debug {
        ("page beside", self.name)
    }

    /// The space for the page, which the panel leaves free.
    pub(crate) fn page(self, ui: &mut Ui) -> Ui {
        let size = ui
            .data(|data| data.get_temp(self.memory()))
            .unwrap_or(self.size);
        let mut rect = ui.available_rect_before_wrap();
        if self.below {
            rect.max.y = (rect.max.y - size).max(rect.min.y);
        } else {
            let size = self.widths(rect.width()).clamp(size);
            rect.max.x = (rect.max.x - size).max(rect.min.x);
        }
        let mut page = ui.new_child(UiBuilder::new().id_salt(self.page_salt()).max_rect(rect));
        page.shrink_clip_rect(rect);
        page
    }

    /// Paints the panel, once the page is; the next frame's page leaves room for what it took.
    ///
    /// Returns its width, or its height below.
    pub(crate) fn show(
        self,
        ui: &mut Ui,
        dress: impl FnOnce(Panel) -> Panel,
        contents: impl FnOnce(&mut Ui),
    ) -> f32 {
        let panel = if self.below {
            Panel::bottom(self.name).exact_size(self.size)
        } else {
            let widths = self.widths(ui.available_width());
            Panel::right(self.name)
                .default_size(self.size)
                .size_range(widths)
        };
        let taken: Rect = dress(panel).show(ui, contents).response.rect;
        let size = if self.below {
            taken.height()
        } else {
            taken.width()
        };
        let before: Option<f32> = ui.data(|data| data.get_temp(self.memory()));
        ui.data_mut(|data| data.insert_temp(self.memory(), size));
        if before.is_none_or(|before| (before - size).abs() > 0.5) {
            ui.ctx().request_repaint();
        }
        size
    }
}

/// What share of a space a panel has, which it keeps when the space gets another size.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Share {
    space: f32,
}

impl Share {
    /// The sizes that the panel can have, so that it and what is beside it have at least `least`.
    pub(crate) fn sizes(&mut self, space: f32, share: f32, least: f32) -> Rangef {
        let most = (space - least).max(least + 1.0);
        let before = std::mem::replace(&mut self.space, space);
        if (before - space).abs() > 0.5 {
            return Rangef::point((space * share).clamp(least, most));
        }
        Rangef::new(least, most)
    }
}

/// Controls at the right end of a line, which the keyboard reaches from left to right after what precedes them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AtRight(pub(crate) &'static str);

impl AtRight {
    fn memory(self, ui: &Ui) -> Id {
        ui.unique_id().with(self.0)
    }

    /// The width that is left of them.
    pub(crate) fn room(self, ui: &Ui) -> f32 {
        let taken = ui
            .data(|data| data.get_temp(self.memory(ui)))
            .unwrap_or(0.0_f32);
        (ui.available_width() - taken - ui.spacing().item_spacing.x).max(0.0)
    }

    /// Shows them at the end of what is left of the line; the next frame leaves room for what they took.
    pub(crate) fn show<R>(self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        let memory = self.memory(ui);
        let before: Option<f32> = ui.data(|data| data.get_temp(memory));
        // Nothing may stick out, even for the one pass in which its width is new: a panel would grow by it.
        let room = ui.available_rect_before_wrap();
        let mut line = ui.new_child(
            UiBuilder::new()
                .id_salt(self.0)
                .max_rect(room)
                .layout(*ui.layout()),
        );
        line.add_space(before.map_or(0.0, |before| room.width() - before).max(0.0));
        let shown = line.scope(contents);
        let width = shown.response.rect.width();
        ui.advance_cursor_after_rect(line.min_rect().intersect(room));
        ui.data_mut(|data| data.insert_temp(memory, width));
        if before.is_none_or(|before| (before - width).abs() > 0.5) {
            ui.ctx().request_discard("the width of a line's end is new");
        }
        shown.inner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_keeps_its_share_when_its_space_changes_and_its_freedom_when_not() {
        let mut share = Share::default();
        assert_eq!(share.sizes(1000.0, 0.4, 80.0), Rangef::point(400.0));
        assert_eq!(share.sizes(1000.0, 0.4, 80.0), Rangef::new(80.0, 920.0));
        assert_eq!(share.sizes(500.0, 0.4, 80.0), Rangef::point(200.0));
        assert_eq!(share.sizes(100.0, 0.4, 80.0), Rangef::point(80.0));
    }

    #[test]
    fn a_panel_at_the_right_gives_way_to_its_page_down_to_its_least_width() {
        let aside = Aside::right("test", 300.0, 220.0, 460.0);
        assert_eq!(aside.widths(1000.0), Rangef::new(220.0, 460.0));
        assert_eq!(aside.widths(700.0), Rangef::new(220.0, 280.0));
        assert_eq!(aside.widths(500.0), Rangef::new(220.0, 220.0));
    }
}
