//! The portrait of a document: the whole of it as a strip, each coding a mark at its place; a click goes there.

use std::collections::BTreeMap;

use egui::{Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::{
    gui::theme::palette,
    model::{document::Document, ids::CodeId},
};

/// Width of the strip.
pub(crate) const WIDTH: f32 = 14.0;

/// Shows the strip in the space that is left; gives the position that was clicked.
pub(crate) fn ui(ui: &mut Ui, document: &Document, codes: &BTreeMap<CodeId, (Color32, Color32, String)>, name: &str) -> Option<u32> {
    let colors = palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(WIDTH, ui.available_height()), Sense::click_and_drag());
    ui.painter().rect_filled(rect, 0.0, colors.panel);
    ui.painter().vline(rect.left(), rect.y_range(), egui::Stroke::new(1.0, colors.line));
    let length = f64::from(document.len_chars().max(1));
    let y = |position: u32| rect.top() + rect.height() * share(f64::from(position) / length);
    for coding in &document.codings {
        let Some((color, ..)) = codes.get(&coding.code) else { continue };
        let (top, bottom) = (y(coding.range.start()), y(coding.range.end()));
        let mark = Rect::from_min_max(pos2(rect.left() + 4.0, top), pos2(rect.right() - 3.0, bottom.max(top + 2.0)));
        ui.painter().rect_filled(mark, 1.0, color.gamma_multiply(0.7));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, name));
    let at = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged())?;
    Some(position(f64::from((at.y - rect.top()) / rect.height().max(1.0)) * length, document.len_chars()))
}

#[expect(clippy::cast_possible_truncation, reason = "a share on screen")]
const fn share(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the text")]
fn position(value: f64, length: u32) -> u32 {
    value.clamp(0.0, f64::from(length)) as u32
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_click_beyond_the_strip_stays_in_the_text() {
        assert_eq!(super::position(-3.0, 10), 0);
        assert_eq!(super::position(7.9, 10), 7);
        assert_eq!(super::position(99.0, 10), 10);
    }
}
