//! Codes dragged to another place in the tree, and the selected passage dropped on a code.

use egui::{Rect, Response, Ui, vec2};

use super::{
    super::{
        row,
        view::{self, CodeRow, TreeSlot, Zone},
    },
    Tree, Wish,
};
use crate::gui::{
    context::Cx,
    dragging::{Dragged, ghost_ui},
    theme::size,
};

impl Tree {
    /// Drags a row, and shows where what is dragged over it would go.
    pub(super) fn dragged_ui(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        rect: Rect,
        row: &CodeRow,
        response: &Response,
        wishes: &mut Vec<Wish>,
    ) {
        if response.drag_started() {
            let codes = if self.chosen.contains(&row.id) {
                self.targets(cx.project)
            } else {
                vec![row.id]
            };
            egui::DragAndDrop::set_payload(ui.ctx(), Dragged::Codes(codes));
        }
        if response.dragged()
            && let Some(Dragged::Codes(codes)) =
                egui::DragAndDrop::payload::<Dragged>(ui.ctx()).as_deref()
        {
            ghost_ui(ui.ctx(), &cx.code_names(codes));
        }
        let Some(payload) = response.dnd_hover_payload::<Dragged>() else {
            return;
        };
        match &*payload {
            Dragged::Passage if cx.selection.is_some() => {
                row::outline(ui, rect);
                if response.dnd_release_payload::<Dragged>().is_some() {
                    wishes.push(Wish::Apply(row.id));
                }
            }
            Dragged::Passage => {}
            Dragged::Codes(codes) => {
                let height = ui
                    .ctx()
                    .pointer_interact_pos()
                    .map_or(0.5, |at| (at.y - rect.top()) / rect.height());
                let zone = Zone::at(height, self.sorting);
                let slot = view::drop_slot(cx.project, row, zone);
                if !view::admits(cx.project, codes, slot) {
                    return;
                }
                match zone {
                    Zone::Onto => row::outline(ui, rect),
                    Zone::Before => {
                        row::line(ui, row::left_of(rect, row), rect.right(), rect.top());
                    }
                    Zone::After => {
                        row::line(ui, row::left_of(rect, row), rect.right(), rect.bottom());
                    }
                }
                if response.dnd_release_payload::<Dragged>().is_some() {
                    wishes.push(Wish::Move(codes.clone(), slot));
                }
            }
        }
    }

    /// Codes dropped below the last row go to the top level, last.
    pub(super) fn drop_below(&self, ui: &Ui, inside: Rect, wishes: &mut Vec<Wish>) {
        #[expect(clippy::cast_precision_loss, reason = "rows of a list on screen")]
        let end = inside.top() + self.rows.len() as f32 * size::ROW - self.viewport.0;
        if !ui
            .ctx()
            .pointer_interact_pos()
            .is_some_and(|at| inside.contains(at) && at.y > end)
        {
            return;
        }
        if let Some(Dragged::Codes(codes)) =
            egui::DragAndDrop::payload::<Dragged>(ui.ctx()).as_deref()
        {
            row::line(ui, inside.left() + 14.0, inside.right(), end);
            if ui.input(|input| input.pointer.any_released()) {
                egui::DragAndDrop::clear_payload(ui.ctx());
                wishes.push(Wish::Move(
                    codes.clone(),
                    TreeSlot {
                        parent: None,
                        before: None,
                    },
                ));
            }
        }
    }
}

/// Scrolls the list while something is dragged near its upper or lower edge.
pub(super) fn scroll_while_dragging(ui: &Ui, inside: Rect) {
    let Some(at) = ui
        .ctx()
        .pointer_interact_pos()
        .filter(|at| inside.contains(*at))
    else {
        return;
    };
    if !egui::DragAndDrop::has_payload_of_type::<Dragged>(ui.ctx()) {
        return;
    }
    let edge = 20.0;
    let by = (inside.top() + edge - at.y).max(0.0) - (at.y - inside.bottom() + edge).max(0.0);
    if by.abs() > 0.0 {
        ui.scroll_with_delta(vec2(0.0, by * 0.4));
        ui.ctx().request_repaint();
    }
}
