//! Rows of lists: lit when chosen or under the pointer, with text that is cut to fit.
//!
//! Rows are painted rather than laid out with widgets, since lists have thousands of them
//! and a painted row costs one interaction and a few shapes.

use egui::{Rect, Response, RichText, Sense, Ui, Vec2};

use crate::gui::theme::{palette, size};

/// A row of a list at the side of the window, over its full width.
pub(crate) fn side_row(ui: &mut Ui, chosen: bool) -> (Rect, Response) {
    let row = Vec2::new(ui.available_width(), size::ROW);
    list_row(ui, row, chosen, 0.0)
}

/// A row of this size; `corner` is the radius of its corners when it is lit.
pub(crate) fn list_row(ui: &mut Ui, size: Vec2, chosen: bool, corner: f32) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    light(ui, rect, &response, chosen, corner);
    (rect, response)
}

/// Paints the ground of a row that is chosen, under the pointer or has the keyboard.
pub(crate) fn light(ui: &Ui, rect: Rect, response: &Response, chosen: bool, corner: f32) {
    let colors = palette(ui.visuals());
    if chosen {
        ui.painter().rect_filled(rect, corner, colors.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, corner, colors.window);
    }
}

/// Paints one line of text from `left` to `right`, cut with an ellipsis if it is longer.
pub(crate) fn elided(ui: &Ui, left: f32, right: f32, center_y: f32, text: RichText) {
    let galley = egui::WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Truncate),
        (right - left).max(8.0),
        egui::TextStyle::Body,
    );
    let ink = palette(ui.visuals()).ink;
    ui.painter().galley(
        egui::pos2(left, center_y - galley.size().y / 2.0),
        galley,
        ink,
    );
}
