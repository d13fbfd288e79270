//! The keyboard in the sheet: it goes from cell to cell, edits and clears.

use egui::{EventFilter, Key, Modifiers, Rect, Ui, pos2, vec2};

use super::{
    CasesPanel,
    cell::Editing,
    place::{CellPlace, Column},
    sheet::{HEADS, ROW, SheetRow, cell_id, edit, times, words},
};
use crate::{
    gui::{
        context::Cx,
        request::{Removed, Request},
        widgets::keys::take_key,
    },
    model::Project,
};

impl CasesPanel {
    /// Moves the cursor by rows and columns, as far as there are any.
    pub(super) fn step(
        &mut self,
        rows: &[SheetRow],
        columns: &[Column],
        (down, right): (isize, isize),
    ) {
        let Some(CellPlace { case, column }) = self.cursor else {
            return;
        };
        let row = rows.iter().position(|(_, id)| *id == case).unwrap_or(0);
        // The name is the column before the first.
        let at = column.map_or(0, |column| {
            columns
                .iter()
                .position(|other| *other == column)
                .map_or(0, |at| at + 1)
        });
        let row = row
            .saturating_add_signed(down)
            .min(rows.len().saturating_sub(1));
        let at = at.saturating_add_signed(right).min(columns.len());
        if let Some((_, case)) = rows.get(row) {
            self.cursor = Some(CellPlace {
                case: *case,
                column: at.checked_sub(1).and_then(|at| columns.get(at)).copied(),
            });
        }
    }

    pub(super) fn take_keyboard(&self, ui: &Ui) {
        if let Some(cursor) = self.cursor {
            ui.memory_mut(|memory| memory.request_focus(cell_id(cursor)));
        }
    }

    /// Keys of the cell that has the keyboard: arrows move, Enter, F2 or typing edit, Delete clears or removes.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        rows: &[SheetRow],
        columns: &[Column],
    ) {
        let focused = ui.memory(egui::Memory::focused);
        let Some(cursor) = self
            .cursor
            .filter(|cursor| focused == Some(cell_id(*cursor)))
        else {
            return;
        };
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(cell_id(cursor), arrows));
        let pressed = |key| take_key(ui.ctx(), Modifiers::NONE, key);
        let steps = [
            (Key::ArrowDown, (1, 0)),
            (Key::ArrowUp, (-1, 0)),
            (Key::ArrowRight, (0, 1)),
            (Key::ArrowLeft, (0, -1)),
        ];
        if let Some((_, step)) = steps.into_iter().find(|(key, _)| pressed(*key)) {
            self.step(rows, columns, step);
            self.take_keyboard(ui);
            self.reveal_cursor(ui, rows);
            return;
        }
        if pressed(Key::Delete) || pressed(Key::Backspace) {
            match cursor.column {
                Some(_) => cx.requests.extend(edit(project, cursor, String::new())),
                None => cx.ask(Request::AskToRemove(Removed::Cases(
                    self.meant(cursor.case),
                ))),
            }
            return;
        }
        let typed = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                egui::Event::Text(text) if !text.trim().is_empty() => Some(text.clone()),
                _ => None,
            })
        });
        if pressed(Key::Enter) || pressed(Key::F2) {
            let text = words(project, cursor, cx.language);
            self.editing = Some(Editing::new(cursor, text));
        } else if let Some(typed) = typed.filter(|_| cursor.column.is_some()) {
            self.editing = Some(Editing::new(cursor, typed));
        }
    }

    /// Scrolls the row of the cursor on screen.
    fn reveal_cursor(&self, ui: &Ui, rows: &[SheetRow]) {
        let Some(cursor) = self.cursor else { return };
        if let Some(response) = ui.ctx().read_response(cell_id(cursor)) {
            response.scroll_to_me(None);
        } else if let Some(row) = rows.iter().position(|(_, id)| *id == cursor.case) {
            let top = ui.min_rect().top() + HEADS + times(row) * ROW;
            let rect = Rect::from_min_size(pos2(ui.min_rect().left(), top), vec2(1.0, ROW));
            ui.scroll_to_rect(rect, None);
        }
    }
}
