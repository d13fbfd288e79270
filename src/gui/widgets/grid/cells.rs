//! The rows of a grid: names, figures and words, each cell a control that tells what it says.

use std::ops::Range;

use egui::{
    Align2, Color32, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2,
};

use super::{BETWEEN, GAP, INDENT, TableGrid, estimate, times};
use crate::{
    gui::{
        theme::{self, palette},
        typeset,
    },
    table::{Cell, CellKind, CellRef, Row},
};

/// How far the words of a row for reading are below its upper edge.
const READING_PAD: f32 = 6.0;
/// Lines of words in a row for reading.
const READING_LINES: usize = 4;

impl TableGrid {
    /// A row; returns the place that was clicked.
    pub(super) fn row_ui(
        &self,
        ui: &Ui,
        number: usize,
        at: Pos2,
        names: f32,
        columns: Range<usize>,
        chosen: Option<CellRef>,
    ) -> Option<CellRef> {
        let row = &self.table.rows[number];
        let mut clicked = None;
        if !self.table.heat {
            self.rule_ui(ui, at);
        }
        let size = self.tinted_size(row);
        for column in columns {
            let Some(cell) = row.cells.get(column) else {
                continue;
            };
            let rect = self.cell_rect(column, at);
            let cell_ref = CellRef::Cell(number, column);
            let mut is_hovered = false;
            // An empty cell has nothing behind it.
            if !cell.text.is_empty() {
                let id = ui
                    .scope_id()
                    .with(("cell", Some(number), &row.head.text, column));
                let response = ui.interact(rect.shrink(1.0), id, Sense::click());
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Button, true, self.cell_name(row, column))
                });
                if response.clicked() {
                    clicked = Some(cell_ref);
                }
                is_hovered = response.hovered();
                if !cell.why.is_empty() {
                    response.on_hover_text(&cell.why);
                }
            }
            let is_on = is_hovered || chosen == Some(cell_ref);
            if self.is_tinted(column) {
                let ink = tinted(ui, cell, rect.shrink(1.0));
                self.tinted_cell_ui(ui, cell, rect, (ink, size), is_on);
            } else {
                self.plain_cell_ui(ui, cell, column, rect, is_on);
            }
        }
        let font = if row.head.depth == 0 && !self.table.heat {
            theme::medium(12.5)
        } else {
            theme::regular(12.5)
        };
        // Last, as it lies over the cells that are scrolled away below it.
        let name = self.name_ui(ui, row, pos2(names, at.y), font, palette(ui.visuals()).ink);
        let response = ui.interact(name, ui.scope_id().with(("row", number)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &row.head.text));
        if response.clicked() {
            clicked = Some(CellRef::Row(number));
        }
        clicked
    }

    /// A row of the foot, which has no ground and can't be clicked.
    pub(super) fn foot_ui(&self, ui: &Ui, row: &Row, at: Pos2, names: f32, columns: Range<usize>) {
        let ink = palette(ui.visuals()).ink_2;
        let size = self.tinted_size(row);
        for column in columns {
            let Some(cell) = row.cells.get(column) else {
                continue;
            };
            let rect = self.cell_rect(column, at);
            if !cell.text.is_empty() {
                let id = ui
                    .scope_id()
                    .with(("cell", None::<usize>, &row.head.text, column));
                let response = ui.interact(rect.shrink(1.0), id, Sense::hover());
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Label, true, self.cell_name(row, column))
                });
                if !cell.why.is_empty() {
                    response.on_hover_text(&cell.why);
                }
            }
            if self.is_tinted(column) {
                self.tinted_cell_ui(ui, cell, rect, (ink, size), false);
            } else {
                self.plain_cell_ui(ui, cell, column, rect, false);
            }
        }
        self.name_ui(ui, row, pos2(names, at.y), theme::medium(12.5), ink);
    }

    fn cell_rect(&self, column: usize, at: Pos2) -> Rect {
        Rect::from_min_size(
            pos2(at.x + self.left_of(column), at.y),
            Vec2::new(self.widths[column], self.row_height),
        )
    }

    /// What a screen reader says of a cell: its row, its column and its text.
    fn cell_name(&self, row: &Row, column: usize) -> String {
        let head = &self.table.columns[column].text;
        format!("{} {head} {}", row.head.text, row.cells[column].text)
    }

    /// Paints the name of a row; returns where it is.
    fn name_ui(&self, ui: &Ui, row: &Row, at: Pos2, font: FontId, ink: Color32) -> Rect {
        let name = Rect::from_min_size(at, Vec2::new(self.names - GAP, self.row_height));
        // The line below the row above stays.
        let ground = name
            .with_max_x(name.right() + GAP / 2.0)
            .with_min_y(name.top() + 1.0)
            .with_max_y(name.bottom() - 1.0);
        ui.painter()
            .rect_filled(ground, 0.0, palette(ui.visuals()).page);
        let indent = times(row.head.depth) * INDENT;
        let galley = one_line(ui, &row.head.text, font, ink, name.width() - indent);
        // Under leaning heads names are next to the figures.
        let x = if self.table.heat {
            name.right() - galley.size().x
        } else {
            name.left() + indent
        };
        let y = if self.is_for_reading {
            name.top() + READING_PAD
        } else {
            name.center().y - galley.size().y / 2.0
        };
        ui.painter().galley(pos2(x, y), galley, ink);
        name
    }

    /// The line below a plain row.
    fn rule_ui(&self, ui: &Ui, at: Pos2) {
        ui.painter().hline(
            at.x..=at.x + self.left_of(self.widths.len()),
            at.y + self.row_height,
            Stroke::new(0.6, palette(ui.visuals()).line),
        );
    }

    /// The size of the figures of tinted columns, one for a whole row: small where one of them has little room.
    fn tinted_size(&self, row: &Row) -> f32 {
        let mut cells = row.cells.iter().enumerate();
        let is_narrow = cells.any(|(column, cell)| {
            let room = self.widths.get(column).map_or(0.0, |width| width - 2.0);
            self.is_tinted(column) && estimate(&cell.text) + BETWEEN > room
        });
        if is_narrow { 11.0 } else { 12.5 }
    }

    /// Paints the figure of a tinted column.
    fn tinted_cell_ui(
        &self,
        ui: &Ui,
        cell: &Cell,
        rect: Rect,
        (ink, size): (Color32, f32),
        is_on: bool,
    ) {
        let rect = rect.shrink(1.0);
        let painter = ui.painter();
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            &cell.text,
            theme::regular(size),
            ink,
        );
        if let Some(is_above) = cell.stands_out {
            // A triangle in the corner, which tells up from down without colour.
            let (x, y) = (rect.right() - 6.0, rect.top() + 6.0);
            let tip = if is_above { -2.6 } else { 2.6 };
            let corners = vec![
                pos2(x - 2.8, y - tip / 2.0),
                pos2(x + 2.8, y - tip / 2.0),
                pos2(x, y + tip),
            ];
            painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
        }
        if is_on {
            painter.rect_stroke(
                rect,
                4.0,
                Stroke::new(1.6, palette(ui.visuals()).accent),
                egui::StrokeKind::Inside,
            );
        }
    }

    /// Paints the figure or the words of a plain column.
    fn plain_cell_ui(&self, ui: &Ui, cell: &Cell, column: usize, rect: Rect, is_on: bool) {
        let colors = palette(ui.visuals());
        let painter = ui.painter();
        if is_on {
            painter.rect_filled(rect.shrink2(Vec2::new(2.0, 1.0)), 4.0, colors.accent_soft);
        }
        let ink = match cell.kind {
            CellKind::Absent | CellKind::Undefined | CellKind::Zero => colors.ink_2,
            CellKind::Figure | CellKind::Words if cell.stands_out == Some(false) => colors.bad,
            CellKind::Figure | CellKind::Words => colors.ink,
        };
        let font = if cell.stands_out.is_some() {
            theme::medium(12.5)
        } else {
            theme::regular(12.5)
        };
        let inner = rect.shrink2(Vec2::new(GAP / 2.0, 0.0));
        if self.is_for_reading {
            let mut job = typeset::job(ui.ctx(), &cell.text, font, ink, inner.width());
            job.wrap.max_rows = READING_LINES;
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            painter.galley(inner.left_top() + Vec2::new(0.0, READING_PAD), galley, ink);
            return;
        }
        let width = inner.width() - self.leads[column];
        let galley = one_line(ui, &cell.text, font, ink, width);
        let x = if self.flush_right[column] {
            inner.right() - galley.size().x
        } else {
            inner.left() + self.leads[column]
        };
        let y = inner.center().y - galley.size().y / 2.0;
        painter.galley(pos2(x, y), galley, ink);
    }
}

/// A text in one line, cut with an ellipsis at a width.
fn one_line(
    ui: &Ui,
    text: &str,
    font: FontId,
    ink: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = typeset::job(ui.ctx(), text, font, ink, f32::INFINITY);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Paints the ground of a tinted cell; returns the ink to write on it.
fn tinted(ui: &Ui, cell: &Cell, rect: Rect) -> Color32 {
    let colors = palette(ui.visuals());
    match (cell.kind, cell.tone) {
        (CellKind::Absent, _) => {
            hatch(ui, rect);
            colors.ink_2
        }
        (CellKind::Figure, Some(tone)) => {
            let (fill, ink) = colors.heat(tone);
            ui.painter().rect_filled(rect, 4.0, fill);
            ink
        }
        (CellKind::Words, _) => {
            ui.painter().rect_stroke(
                rect,
                4.0,
                Stroke::new(1.0, colors.line),
                egui::StrokeKind::Inside,
            );
            colors.ink_2
        }
        _ => {
            ui.painter().rect_filled(rect, 4.0, colors.panel);
            colors.ink_2
        }
    }
}

/// Slanted lines, which say that there is no document, so that nothing is known.
fn hatch(ui: &Ui, rect: Rect) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let stroke = Stroke::new(1.0, palette(ui.visuals()).line);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.add(Shape::line_segment(
            [pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())],
            stroke,
        ));
        x += 7.0;
    }
}
