//! A sheet as a grid: tinted under leaning heads, or with plain columns. Only what is on screen is painted.

use std::ops::Range;

use egui::{
    Align2, Color32, Pos2, Rect, Role, ScrollArea, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2,
};

use crate::{
    gui::theme::{self, palette},
    language::{lines::pieces, words::is_han},
    table::{Cell, CellKind, CellRef, Row, Table},
};

/// A cell under leaning heads.
const CELL: Vec2 = Vec2::new(66.0, 30.0);
/// Height of leaning heads.
const LEANING: f32 = 128.0;
/// Height of plain heads.
const HEADS: f32 = 44.0;
/// Height of a plain row.
const ROW: f32 = 28.0;
/// Height of a row with words to be read.
const READING_ROW: f32 = 92.0;
/// Width of a column with words to be read.
const READING: f32 = 220.0;
/// Room between columns.
const GAP: f32 = 14.0;

/// A sheet with the measures of its columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Grid {
    /// What is shown.
    pub(crate) sheet: Table,
    labels: f32,
    widths: Vec<f32>,
    row: f32,
    heads: f32,
    /// Whether the figures of a column stand at its right end.
    right: Vec<bool>,
}

/// How wide a text is, roughly: enough to lay columns out without setting every cell.
fn estimate(text: &str) -> f32 {
    text.chars()
        .map(|c| {
            if is_han(c) || u32::from(c) > 0x2E80 {
                13.0
            } else {
                7.3
            }
        })
        .sum::<f32>()
        + 3.0
}

impl Grid {
    /// Measures a sheet.
    pub(crate) fn new(sheet: Table) -> Self {
        let labels = sheet
            .rows
            .iter()
            .chain(&sheet.foot)
            .map(|line| estimate(&line.head.text) + times(line.head.depth) * 12.0);
        let labels = labels
            .fold(estimate(&sheet.corner), f32::max)
            .clamp(70.0, 210.0)
            + GAP;
        let cells = |column: usize| {
            sheet
                .rows
                .iter()
                .chain(&sheet.foot)
                .filter_map(move |line| line.cells.get(column))
        };
        let longest = (0..sheet.columns.len())
            .flat_map(cells)
            .filter(|cell| cell.kind == CellKind::Words)
            .map(|cell| estimate(&cell.text))
            .fold(0.0, f32::max);
        let reading = !sheet.heat && longest > 330.0;
        let width = |(column, head): (usize, &crate::table::Head)| {
            if sheet.heat && head.hue.is_some() {
                return CELL.x;
            }
            let own = cells(column)
                .map(|cell| estimate(&cell.text))
                .fold(0.0, f32::max);
            if reading {
                return own.clamp(90.0, READING) + GAP;
            }
            // A head may take two lines.
            let word = pieces(&head.text)
                .into_iter()
                .map(|piece| estimate(piece.trim_end()))
                .fold(0.0, f32::max);
            let head =
                estimate(&head.text).min((estimate(&head.text) / 2.0 + 20.0).max(word + 2.0));
            own.max(if sheet.heat { 40.0 } else { head }).min(330.0) + GAP
        };
        let widths = sheet.columns.iter().enumerate().map(width).collect();
        let right = (0..sheet.columns.len())
            .map(|column| !cells(column).any(|cell| cell.kind == CellKind::Words))
            .collect();
        let (row, heads) = match (sheet.heat, reading) {
            (true, _) => (CELL.y, LEANING),
            (false, true) => (READING_ROW, HEADS),
            (false, false) => (ROW, HEADS),
        };
        Self {
            sheet,
            labels,
            widths,
            row,
            heads,
            right,
        }
    }

    fn x(&self, column: usize) -> f32 {
        self.labels + self.widths.iter().take(column).sum::<f32>()
    }

    /// Shows the grid; gives the place that was clicked.
    pub(crate) fn ui(&self, ui: &mut Ui, chosen: Option<CellRef>) -> Option<CellRef> {
        let lines = self.sheet.rows.len() + self.sheet.foot.len();
        let lean = if self.sheet.heat { 90.0 } else { 0.0 };
        let size = Vec2::new(
            self.x(self.widths.len()) + lean,
            self.heads + times(lines) * self.row + 10.0,
        );
        let mut clicked = None;
        ScrollArea::both()
            .auto_shrink([false, false])
            .show_viewport(ui, |ui, viewport| {
                ui.set_min_size(size);
                let origin = ui.min_rect().min;
                let columns = self.columns_in(viewport);
                let rows = self.rows_in(viewport, self.sheet.rows.len());
                for row in rows {
                    let y = origin.y + self.heads + times(row) * self.row;
                    let line = &self.sheet.rows[row];
                    clicked = self
                        .line_ui(
                            ui,
                            line,
                            Some(row),
                            pos2(origin.x, y),
                            columns.clone(),
                            chosen,
                        )
                        .or(clicked);
                }
                for (number, line) in self.sheet.foot.iter().enumerate() {
                    let y = origin.y
                        + self.heads
                        + times(self.sheet.rows.len() + number) * self.row
                        + 4.0;
                    self.line_ui(ui, line, None, pos2(origin.x, y), columns.clone(), None);
                }
                clicked = self.heads_ui(ui, origin, columns).or(clicked);
            });
        clicked
    }

    /// The columns in sight; leaning heads reach to the right, so three more at the left.
    fn columns_in(&self, viewport: Rect) -> Range<usize> {
        let first = (0..self.widths.len())
            .find(|&column| self.x(column + 1) > viewport.min.x)
            .unwrap_or(0);
        let last = (first..self.widths.len())
            .find(|&column| self.x(column) > viewport.max.x)
            .unwrap_or(self.widths.len());
        first.saturating_sub(3)..last
    }

    fn rows_in(&self, viewport: Rect, rows: usize) -> Range<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a row on screen, not below 0"
        )]
        let at = |y: f32| ((y - self.heads) / self.row).max(0.0) as usize;
        at(viewport.min.y).min(rows)..(at(viewport.max.y) + 1).min(rows)
    }

    fn line_ui(
        &self,
        ui: &Ui,
        line: &Row,
        row: Option<usize>,
        at: Pos2,
        columns: Range<usize>,
        chosen: Option<CellRef>,
    ) -> Option<CellRef> {
        let colors = palette(ui.visuals());
        let mut clicked = None;
        let indent = times(line.head.depth) * 12.0;
        let name = Rect::from_min_size(at, Vec2::new(self.labels - GAP, self.row));
        let font = if row.is_none() || line.head.depth == 0 && !self.sheet.heat {
            theme::medium(12.5)
        } else {
            theme::regular(12.5)
        };
        let leaning = self.sheet.heat;
        let text = egui::RichText::new(&line.head.text)
            .font(font)
            .color(if row.is_some() {
                colors.ink
            } else {
                colors.ink_2
            });
        let galley = egui::WidgetText::from(text).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            name.width() - indent,
            egui::TextStyle::Body,
        );
        let x = if leaning {
            name.right() - galley.size().x
        } else {
            name.left() + indent
        };
        let y = if self.row > ROW + 4.0 && !leaning {
            name.top() + 6.0
        } else {
            name.center().y - galley.size().y / 2.0
        };
        ui.painter().galley(pos2(x, y), galley, colors.ink);
        if let Some(row) = row {
            let response = ui.interact(name, ui.scope_id().with(("row", row)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &line.head.text));
            if response.clicked() {
                clicked = Some(CellRef::Row(row));
            }
            if !leaning {
                let foot = pos2(at.x, at.y + self.row);
                ui.painter().hline(
                    foot.x..=foot.x + self.x(self.widths.len()),
                    foot.y,
                    Stroke::new(0.6, colors.line),
                );
            }
        }
        for column in columns {
            let Some(cell) = line.cells.get(column) else {
                continue;
            };
            let rect = Rect::from_min_size(
                pos2(at.x + self.x(column), at.y),
                Vec2::new(self.widths[column], self.row),
            );
            let spot = row.map(|row| CellRef::Cell(row, column));
            let hovered = if cell.text.is_empty() {
                false
            } else {
                self.sense(ui, line, cell, (column, rect), spot, &mut clicked)
            };
            self.cell_ui(
                ui,
                (cell, row.is_some()),
                (column, rect),
                hovered && row.is_some() || spot.is_some() && chosen == spot,
            );
        }
        clicked
    }

    /// Makes a cell clickable and tells what it says; gives whether the pointer is on it.
    fn sense(
        &self,
        ui: &Ui,
        line: &Row,
        cell: &Cell,
        (column, rect): (usize, Rect),
        spot: Option<CellRef>,
        clicked: &mut Option<CellRef>,
    ) -> bool {
        let head = self
            .sheet
            .columns
            .get(column)
            .map_or("", |head| head.text.as_str());
        let id = ui
            .scope_id()
            .with(("cell", spot.and_then(CellRef::row), &line.head.text, column));
        let response = ui.interact(
            rect.shrink(1.0),
            id,
            if spot.is_some() {
                Sense::click()
            } else {
                Sense::hover()
            },
        );
        let role = if spot.is_some() {
            Role::Button
        } else {
            Role::Label
        };
        response.widget_info(|| {
            WidgetInfo::labeled(
                role,
                true,
                format!("{} {head} {}", line.head.text, cell.text),
            )
        });
        if response.clicked() {
            *clicked = spot;
        }
        let hovered = response.hovered();
        if !cell.why.is_empty() {
            response.on_hover_text(&cell.why);
        }
        hovered
    }

    /// Paints a cell; those of the foot have no ground.
    fn cell_ui(
        &self,
        ui: &Ui,
        (cell, has_ground): (&Cell, bool),
        (column, rect): (usize, Rect),
        on: bool,
    ) {
        let colors = palette(ui.visuals());
        let painter = ui.painter();
        if self.sheet.heat
            && self
                .sheet
                .columns
                .get(column)
                .is_some_and(|head| head.hue.is_some())
        {
            let rect = rect.shrink(1.0);
            let ink = if has_ground {
                tinted(ui, cell, rect)
            } else {
                colors.ink_2
            };
            let size = if estimate(&cell.text) > rect.width() {
                11.0
            } else {
                12.5
            };
            painter.text(
                rect.center(),
                Align2::CENTER_CENTER,
                &cell.text,
                theme::regular(size),
                ink,
            );
            if let Some(above) = cell.stands_out {
                let (x, y) = (rect.right() - 6.0, rect.top() + 6.0);
                let tip = if above { -2.6 } else { 2.6 };
                painter.add(Shape::convex_polygon(
                    vec![
                        pos2(x - 2.8, y - tip / 2.0),
                        pos2(x + 2.8, y - tip / 2.0),
                        pos2(x, y + tip),
                    ],
                    ink,
                    Stroke::NONE,
                ));
            }
            if on {
                painter.rect_stroke(
                    rect,
                    4.0,
                    Stroke::new(1.6, colors.accent),
                    egui::StrokeKind::Inside,
                );
            }
            return;
        }
        if on {
            painter.rect_filled(rect.shrink2(Vec2::new(2.0, 1.0)), 4.0, colors.accent_soft);
        }
        let ink = match cell.kind {
            CellKind::Absent | CellKind::Undefined | CellKind::Zero => colors.ink_2,
            CellKind::Figure | CellKind::Words => {
                if cell.stands_out == Some(false) {
                    colors.bad
                } else {
                    colors.ink
                }
            }
        };
        let font = if cell.stands_out.is_some() {
            theme::medium(12.5)
        } else {
            theme::regular(12.5)
        };
        let inner = rect.shrink2(Vec2::new(GAP / 2.0, 0.0));
        if self.row > ROW + 4.0 && !self.sheet.heat {
            let mut job =
                egui::text::LayoutJob::simple(cell.text.clone(), font, ink, inner.width());
            job.wrap.max_rows = 4;
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            painter.galley(inner.left_top() + Vec2::new(0.0, 6.0), galley, ink);
            return;
        }
        let text = egui::RichText::new(&cell.text).font(font).color(ink);
        let galley = egui::WidgetText::from(text).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            inner.width(),
            egui::TextStyle::Body,
        );
        let x = if self.right.get(column).copied().unwrap_or(false) {
            inner.right() - galley.size().x
        } else {
            inner.left()
        };
        painter.galley(
            pos2(x, inner.center().y - galley.size().y / 2.0),
            galley,
            ink,
        );
    }

    fn heads_ui(&self, ui: &Ui, origin: Pos2, columns: Range<usize>) -> Option<CellRef> {
        let colors = palette(ui.visuals());
        let mut clicked = None;
        for column in columns {
            let Some(head) = self.sheet.columns.get(column) else {
                continue;
            };
            let left = origin.x + self.x(column);
            let width = self.widths[column];
            let hit = if self.sheet.heat && head.hue.is_some() {
                self.leaning_head_ui(ui, column, pos2(left, origin.y));
                Rect::from_min_max(
                    pos2(left, origin.y + 34.0),
                    pos2(left + width, origin.y + self.heads),
                )
            } else {
                let inner = Rect::from_min_size(
                    pos2(left + GAP / 2.0, origin.y),
                    Vec2::new(width - GAP, self.heads - 6.0),
                );
                let font = theme::medium(12.0);
                let mut job = egui::text::LayoutJob::simple(
                    head.text.clone(),
                    font,
                    colors.ink_2,
                    inner.width(),
                );
                job.wrap.max_rows = 2;
                let right = self.right.get(column).copied().unwrap_or(false) || self.sheet.heat;
                job.halign = if right {
                    egui::Align::RIGHT
                } else {
                    egui::Align::LEFT
                };
                let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                let x = if right { inner.right() } else { inner.left() };
                ui.painter().galley(
                    pos2(x, inner.bottom() - galley.size().y),
                    galley,
                    colors.ink_2,
                );
                inner
            };
            let response = ui.interact(hit, ui.scope_id().with(("column", column)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &head.text));
            if response.clicked() {
                clicked = Some(CellRef::Column(column));
            }
            response.on_hover_text(&head.text);
        }
        if !self.sheet.heat {
            let y = origin.y + self.heads - 1.0;
            ui.painter().hline(
                origin.x..=origin.x + self.x(self.widths.len()),
                y,
                Stroke::new(1.0, colors.strong_line),
            );
            let at = pos2(origin.x, origin.y + self.heads - 8.0);
            ui.painter().text(
                at,
                Align2::LEFT_BOTTOM,
                &self.sheet.corner,
                theme::medium(12.0),
                colors.ink_2,
            );
        }
        clicked
    }

    fn leaning_head_ui(&self, ui: &Ui, column: usize, at: Pos2) {
        let colors = palette(ui.visuals());
        let Some(head) = self.sheet.columns.get(column) else {
            return;
        };
        let x = at.x + CELL.x / 2.0;
        let font = if head.depth == 0 {
            theme::semibold(12.5)
        } else {
            theme::regular(12.5)
        };
        let mut job = egui::text::LayoutJob::simple_singleline(head.text.clone(), font, colors.ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(150.0);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let foot = pos2(x - 8.0, at.y + self.heads - 22.0);
        ui.painter()
            .add(egui::epaint::TextShape::new(foot, galley, colors.ink).with_angle(-0.72));
        if let Some(hue) = head.hue {
            let chip = Rect::from_center_size(
                pos2(x, at.y + self.heads - 6.0),
                Vec2::new(CELL.x - 2.0, 3.0),
            );
            ui.painter().rect_filled(chip, 1.5, colors.code(hue));
        }
    }
}

/// Paints a tinted cell's ground; gives the ink to write on it.
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

/// Slanted lines: there is no document, so nothing is known.
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

#[expect(clippy::cast_precision_loss, reason = "a few thousand rows at most")]
const fn times(n: usize) -> f32 {
    n as f32
}
