//! The keys of the tree: walking, folding, choosing, and commands for the chosen codes.

use egui::{Context, EventFilter, Key, Modifiers, Ui};

use super::{
    super::{
        command::Command,
        view::{self, CodeRow},
    },
    Tree, Wish, row_id,
};
use crate::{gui::widgets::keys::take_key, model::ids::CodeId};

impl Tree {
    /// Keys, while a row has the keyboard.
    pub(super) fn keys(&mut self, ui: &Ui, wishes: &mut Vec<Wish>) {
        let Some(keyboard) = ui.memory(|memory| memory.focused()) else {
            return;
        };
        let Some(focused) = view::codes(&self.rows)
            .map(|row| row.id)
            .find(|id| row_id(*id) == keyboard)
        else {
            return;
        };
        if self.cursor != Some(focused) {
            (self.cursor, self.anchor) = (Some(focused), Some(focused));
        }
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row_id(focused), filter));
        let ctx = ui.ctx();
        if take_key(ctx, Modifiers::SHIFT, Key::F10) || take_key(ctx, Modifiers::NONE, Key::Menu) {
            self.menu_of = Some((focused, true));
        } else if let Some(command) = Command::pressed(ui) {
            wishes.push(Wish::Command(command));
        } else if take_key(ctx, Modifiers::COMMAND, Key::A) {
            self.chosen = view::codes(&self.rows).map(|row| row.id).collect();
        } else if let Some(to) = self.walk(focused, ctx) {
            let extends = ui.input(|input| input.modifiers.shift);
            if extends {
                self.extend_to(to);
            } else {
                self.choose(to);
            }
            self.reveal = true;
        }
    }

    /// The code that an arrow leads to; left and right fold first.
    fn walk(&mut self, from: CodeId, ctx: &Context) -> Option<CodeId> {
        let rows: Vec<&CodeRow> = view::codes(&self.rows).collect();
        let at = rows.iter().position(|row| row.id == from)?;
        let row = rows.get(at)?;
        let next = if take_key(ctx, Modifiers::NONE, Key::ArrowDown) {
            rows.get(at + 1).map(|row| row.id)
        } else if take_key(ctx, Modifiers::NONE, Key::ArrowUp) {
            rows.get(at.checked_sub(1)?).map(|row| row.id)
        } else if take_key(ctx, Modifiers::NONE, Key::Home) {
            rows.first().map(|row| row.id)
        } else if take_key(ctx, Modifiers::NONE, Key::End) {
            rows.last().map(|row| row.id)
        } else if take_key(ctx, Modifiers::NONE, Key::ArrowLeft) {
            if row.has_subcodes && !row.folded {
                self.fold(from);
                return None;
            }
            row.parent
        } else if take_key(ctx, Modifiers::NONE, Key::ArrowRight) {
            if row.folded {
                self.fold(from);
                return None;
            }
            rows.get(at + 1)
                .filter(|below| below.parent == Some(from))
                .map(|row| row.id)
        } else {
            None
        };
        next.filter(|next| *next != from)
    }
}
