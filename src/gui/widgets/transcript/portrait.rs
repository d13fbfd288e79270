//! The portrait of a document: a strip that shows the whole of it, with a mark for each coding and uncoded stretches left bare.
//!
//! A click goes to the passage at that height.

use egui::{Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use super::marks::Marks;
use crate::{gui::theme::palette, model::text::TextRange};

/// Width of the strip.
pub(crate) const WIDTH: f32 = 18.0;

/// What the strip shows, prepared again when the codings or its height change.
#[derive(Debug, Default)]
pub(crate) struct Portrait {
    /// One row for each point of height: the colours there, and whether anything is coded.
    rows: Vec<Vec<Color32>>,
    key: Option<(u64, u32, usize)>,
}

/// The most colours side by side in a row: with more, each would be too narrow to see.
const MOST: usize = 4;

impl Portrait {
    /// Shows the strip in the space that is left, with what is `seen` on screen; returns the position that was clicked.
    ///
    /// `version` is another one whenever the marks are.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        marks: &Marks,
        version: u64,
        chars: u32,
        seen: TextRange,
        name: &str,
    ) -> Option<u32> {
        let colors = palette(ui.visuals());
        let (rect, response) = ui.allocate_exact_size(
            Vec2::new(WIDTH, ui.available_height()),
            Sense::click_and_drag(),
        );
        ui.painter().rect_filled(rect, 0.0, colors.panel);
        ui.painter().vline(
            rect.left(),
            rect.y_range(),
            egui::Stroke::new(1.0, colors.line),
        );
        let height = whole(rect.height());
        let key = Some((version, chars, height));
        if self.key != key {
            self.rows = rows(marks, chars, height);
            self.key = key;
        }
        for (row, shades) in self.rows.iter().enumerate() {
            let y = rect.top() + fraction(row);
            let width = (WIDTH - 7.0) / fraction(shades.len().max(1));
            for (index, color) in shades.iter().enumerate() {
                let left = rect.left() + 4.0 + fraction(index) * width;
                ui.painter().rect_filled(
                    Rect::from_min_max(pos2(left, y), pos2(left + width, y + 1.0)),
                    0.0,
                    *color,
                );
            }
        }
        let length = f64::from(chars.max(1));
        let at = |position: u32| rect.top() + rect.height() * share(f64::from(position) / length);
        let window = Rect::from_min_max(
            pos2(rect.left() + 1.0, at(seen.start())),
            pos2(rect.right(), at(seen.end()).max(at(seen.start()) + 3.0)),
        );
        ui.painter()
            .rect_filled(window, 2.0, colors.accent.gamma_multiply(0.16));
        if response.hovered() {
            ui.painter().rect_stroke(
                window,
                2.0,
                egui::Stroke::new(1.0, colors.accent),
                egui::StrokeKind::Inside,
            );
        }
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, name));
        let pointer = response
            .interact_pointer_pos()
            .filter(|_| response.clicked() || response.dragged())?;
        Some(position(
            f64::from((pointer.y - rect.top()) / rect.height().max(1.0)) * length,
            chars,
        ))
    }
}

/// The colours of each row of a strip: those of the first codings that reach into it.
fn rows(marks: &Marks, chars: u32, height: usize) -> Vec<Vec<Color32>> {
    let mut rows: Vec<Vec<Color32>> = vec![Vec::new(); height];
    for mark in marks.all() {
        let first = row_of(mark.range.start(), chars, height);
        let last = row_of(mark.range.end().saturating_sub(1), chars, height);
        for shades in rows.get_mut(first..=last).into_iter().flatten() {
            if shades.len() < MOST && !shades.contains(&mark.color) {
                shades.push(mark.color);
            }
        }
    }
    rows
}

/// The row of a strip that shows a position.
fn row_of(position: u32, chars: u32, height: usize) -> usize {
    let row = u64::from(position) * height as u64 / u64::from(chars.max(1));
    usize::try_from(row)
        .unwrap_or(usize::MAX)
        .min(height.saturating_sub(1))
}

#[expect(clippy::cast_possible_truncation, reason = "a share on screen")]
const fn share(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_precision_loss, reason = "a row on screen")]
const fn fraction(row: usize) -> f32 {
    row as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height on screen, never negative"
)]
fn whole(height: f32) -> usize {
    height.max(0.0) as usize
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the text"
)]
fn position(value: f64, length: u32) -> u32 {
    value.clamp(0.0, f64::from(length)) as u32
}

#[cfg(test)]
mod tests {
    use super::{super::marks::tests::marks, *};

    #[test]
    fn a_click_beyond_the_strip_stays_in_the_text() {
        assert_eq!(position(-3.0, 10), 0);
        assert_eq!(position(7.9, 10), 7);
        assert_eq!(position(99.0, 10), 10);
    }

    #[test]
    fn every_coding_leaves_a_mark_and_uncoded_stretches_stay_bare() {
        let rows = rows(&marks(&[(0, 10), (500, 600), (999, 1000)]), 1000, 100);
        let marked: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, shades)| !shades.is_empty())
            .map(|(row, _)| row)
            .collect();
        assert_eq!(marked, [vec![0], (50..60).collect(), vec![99]].concat());
    }
}
