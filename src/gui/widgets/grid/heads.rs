//! The heads of a grid's columns: leaning ones over tinted columns, plain ones over the others.

use std::ops::Range;

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2};

use super::{CELL, GAP, TableGrid, at_bracket, estimate};
use crate::{
    gui::{
        theme::{self, palette},
        typeset,
    },
    table::{CellRef, Head},
};

/// The slope of leaning heads, in radians.
pub(super) const SLOPE: f32 = -0.72;
/// The longest leaning head; longer ones would leave the space above the grid.
pub(super) const LONGEST: f32 = 150.0;

impl TableGrid {
    /// The heads; returns the column that was clicked.
    pub(super) fn heads_ui(
        &self,
        ui: &Ui,
        origin: Pos2,
        names: f32,
        columns: Range<usize>,
    ) -> Option<CellRef> {
        let mut clicked = None;
        let page = palette(ui.visuals()).page;
        let bar = Rect::from_min_max(
            pos2(names, origin.y),
            pos2(ui.clip_rect().right(), origin.y + self.heads_height - 1.0),
        );
        ui.painter().rect_filled(bar, 0.0, page);
        for column in columns {
            let head = &self.table.columns[column];
            let at = pos2(origin.x + self.left_of(column), origin.y);
            let rect = if self.is_tinted(column) {
                self.leaning_head_ui(ui, head, at);
                // The upper part of a leaning head is above its neighbours.
                Rect::from_min_max(
                    pos2(at.x, at.y + 34.0),
                    pos2(at.x + self.widths[column], at.y + self.heads_height),
                )
            } else {
                self.plain_head_ui(ui, column, at)
            };
            let id = ui.scope_id().with(("column", column));
            let response = ui.interact(rect, id, Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &head.text));
            if response.clicked() {
                clicked = Some(CellRef::Column(column));
            }
            response.on_hover_text(&head.text);
        }
        let corner = bar.with_max_x(names + self.names - GAP / 2.0);
        ui.painter().rect_filled(corner, 0.0, page);
        if !self.table.heat {
            self.corner_ui(ui, pos2(names, origin.y), origin.x);
        }
        clicked
    }

    /// The head of the names, and the line below all heads.
    fn corner_ui(&self, ui: &Ui, origin: Pos2, left: f32) {
        let colors = palette(ui.visuals());
        let painter = ui.painter();
        painter.hline(
            origin.x..=left + self.left_of(self.widths.len()),
            origin.y + self.heads_height - 1.0,
            Stroke::new(1.0, colors.strong_line),
        );
        painter.text(
            pos2(origin.x, origin.y + self.heads_height - 6.0),
            Align2::LEFT_BOTTOM,
            &self.table.corner,
            theme::medium(12.0),
            colors.ink_2,
        );
    }

    /// Paints a plain head in at most two lines; returns where it is.
    fn plain_head_ui(&self, ui: &Ui, column: usize, at: Pos2) -> Rect {
        let rect = Rect::from_min_size(
            pos2(at.x + GAP / 2.0, at.y),
            Vec2::new(self.widths[column] - GAP, self.heads_height - 6.0),
        );
        let ink = palette(ui.visuals()).ink_2;
        let text = &self.table.columns[column].text;
        let lead = self.leads[column];
        let width = rect.width() - lead;
        let text = match at_bracket(text) {
            Some((before, after)) if estimate(text) > width => format!("{before}\n{after}"),
            _ => text.clone(),
        };
        let mut job = typeset::job(ui.ctx(), &text, theme::medium(12.0), ink, width);
        job.wrap.max_rows = 2;
        let flush_right = self.flush_right[column] || self.table.heat;
        job.halign = if flush_right {
            egui::Align::RIGHT
        } else {
            egui::Align::LEFT
        };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let x = if flush_right {
            rect.right()
        } else {
            rect.left() + lead
        };
        ui.painter()
            .galley(pos2(x, rect.bottom() - galley.size().y), galley, ink);
        rect
    }

    /// Paints a leaning head, with the colour of its code below it.
    fn leaning_head_ui(&self, ui: &Ui, head: &Head, at: Pos2) {
        let colors = palette(ui.visuals());
        let x = at.x + CELL.x / 2.0;
        let font = if head.depth == 0 {
            theme::semibold(12.5)
        } else {
            theme::regular(12.5)
        };
        let mut job = egui::text::LayoutJob::simple_singleline(head.text.clone(), font, colors.ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(LONGEST);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let foot = pos2(x - 8.0, at.y + self.heads_height - 22.0);
        ui.painter()
            .add(egui::epaint::TextShape::new(foot, galley, colors.ink).with_angle(SLOPE));
        if let Some(hue) = head.hue {
            let chip = Rect::from_center_size(
                pos2(x, at.y + self.heads_height - 6.0),
                Vec2::new(CELL.x - 2.0, 3.0),
            );
            ui.painter().rect_filled(chip, 1.5, colors.code(hue));
        }
    }
}
