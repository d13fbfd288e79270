//! What can be dragged in an open project: codes onto text or other codes, and the selected passage onto a code.

use egui::{Area, Context, Frame, Id, Order, vec2};

use super::theme::small;
use crate::model::ids::CodeId;

/// What is being dragged.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Dragged {
    /// Codes of the codebook.
    Codes(Vec<CodeId>),
    /// The selected passage.
    Passage,
}

/// Words that follow the pointer while something is dragged.
pub(super) fn ghost_ui(ctx: &Context, words: &str) {
    let Some(pointer) = ctx.pointer_interact_pos() else {
        return;
    };
    let area = Area::new(Id::unique("dragged"))
        .order(Order::Tooltip)
        // The pointer has to reach what is below the words, where the drop will be.
        .interactable(false)
        .fixed_pos(pointer + vec2(14.0, 10.0));
    area.show(ctx, |ui| {
        Frame::popup(ui.style())
            .inner_margin(6)
            .show(ui, |ui| ui.label(small(ui, words)))
    });
}
