//! Dialogs: while one is open, keys and clicks reach nothing behind it; when it closes, the keyboard goes back to where it was.

use egui::{
    Context, Frame, Id, Key, Modal, ModalResponse, Modifiers, Rect, Role, Sense, Ui, Vec2, Window,
};

use super::{keys::take_key, outline};

/// Where the keyboard was before the first of the open dialogs.
#[derive(Debug, Clone, Copy, Default)]
struct KeyboardBefore {
    widget: Option<Id>,
    /// Whether a dialog was shown in this frame.
    is_open: bool,
}

fn memory() -> Id {
    Id::unique("keyboard before dialogs")
}

/// Remembers where the keyboard is before a dialog takes it.
fn remember_keyboard(ctx: &Context) {
    let before: Option<KeyboardBefore> = ctx.data(|data| data.get_temp(memory()));
    let widget = match before {
        Some(before) => before.widget,
        None => ctx.memory(egui::Memory::focused),
    };
    let now = KeyboardBefore {
        widget,
        is_open: true,
    };
    ctx.data_mut(|data| data.insert_temp(memory(), now));
}

/// Says to screen readers that nothing but the dialog at a node can be reached.
fn mark_modal(ctx: &Context, node: Id) {
    ctx.accesskit_node_builder(node, |node| node.set_modal());
}

/// Shows a question of this title in the middle of the window, everything behind it dimmed.
pub(crate) fn question<R>(
    ctx: &Context,
    id: &'static str,
    title: &str,
    contents: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    remember_keyboard(ctx);
    let id = Id::unique(id);
    let area = Modal::default_area(id).accessible_name(title);
    let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
    let shown = Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
        outline::title(ui, title);
        ui.add_space(8.0);
        contents(ui)
    });
    // The contents of an area have its id.
    mark_modal(ctx, id);
    shown
}

/// Shows a window as a dialog of this title; returns false once it is closed by the button of its title.
pub(crate) fn show(
    ctx: &Context,
    title: &str,
    window: Window<'_>,
    contents: impl FnOnce(&mut Ui),
) -> bool {
    remember_keyboard(ctx);
    let mut stays = true;
    let shown = window.collapsible(false).open(&mut stays).show(ctx, |ui| {
        outline::landmark(ui, Role::Dialog, title);
        mark_modal(ctx, ui.unique_id());
        // A place for the keyboard where no control asks for it, from which Tab goes to the first.
        let start = Rect::from_min_size(ui.max_rect().min, Vec2::ZERO);
        let start = ui.interact(
            start,
            ui.unique_id().with("start"),
            Sense::focusable_noninteractive(),
        );
        outline::head(&start, title);
        contents(ui);
        if ctx.memory(|memory| {
            memory.focused().is_none() && memory.top_modal_layer() == Some(ui.layer_id())
        }) {
            start.request_focus();
        }
    });
    if let Some(shown) = shown {
        ctx.memory_mut(|memory| memory.set_modal_layer(shown.response.layer_id));
    }
    stays
}

/// Returns true if a dialog is to be left by Escape.
pub(crate) fn escaped(ctx: &Context) -> bool {
    take_key(ctx, Modifiers::NONE, Key::Escape)
}

/// Returns true if a dialog is open, so that keys of the page behind it have no meaning.
pub(crate) fn is_open(ctx: &Context) -> bool {
    ctx.memory(egui::Memory::top_modal_layer).is_some()
}

/// Gives the keyboard back once no dialog is open any more; called at the end of each frame.
pub(crate) fn give_keyboard_back(ctx: &Context) {
    let before: Option<KeyboardBefore> = ctx.data(|data| data.get_temp(memory()));
    let Some(before) = before else { return };
    if before.is_open {
        let closed = KeyboardBefore {
            is_open: false,
            ..before
        };
        ctx.data_mut(|data| data.insert_temp(memory(), closed));
        return;
    }
    ctx.data_mut(|data| data.remove::<KeyboardBefore>(memory()));
    // A widget that is gone, such as a field of an earlier dialog, would keep keys that nobody sees it take.
    let alive = |widget: &Id| ctx.read_response(*widget).is_some();
    if let Some(widget) = before.widget.filter(alive) {
        ctx.memory_mut(|memory| memory.request_focus(widget));
    }
}
