//! The ring around what has the keyboard: one for every control, painted when the frame is.

use egui::{Context, LayerId, Order, Rect, Response, Stroke, StrokeKind};

use super::transcript::TranscriptView;
use crate::gui::theme::palette;

/// Width of the ring in points.
pub(crate) const WIDTH: f32 = 2.0;

/// Paints the ring around the control that has the keyboard; texts and fields show a cursor instead.
pub(crate) fn show(ctx: &Context) {
    let focused = ctx
        .memory(egui::Memory::focused)
        .filter(|_| !ctx.text_edit_focused());
    let Some(response) = focused
        .filter(|id| !TranscriptView::has_id(*id))
        .and_then(|id| ctx.read_response(id))
    else {
        return;
    };
    if let Some(rect) = place(ctx, &response) {
        let painter = ctx.layer_painter(LayerId::new(
            Order::Tooltip,
            egui::Id::unique("keyboard ring"),
        ));
        painter.rect_stroke(
            rect,
            5.0,
            Stroke::new(WIDTH, palette(&ctx.global_style().visuals).accent),
            StrokeKind::Inside,
        );
    }
}

/// Where the ring goes: a little outside the control, as far as that can be seen.
fn place(ctx: &Context, response: &Response) -> Option<Rect> {
    let seen = response
        .interact_rect
        .is_positive()
        .then_some(response.interact_rect)?;
    let around = response
        .rect
        .intersect(seen)
        .expand(WIDTH + 1.0)
        .intersect(ctx.content_rect());
    around.is_positive().then_some(around)
}
