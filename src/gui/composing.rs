//! While an input method composes, its keys choose among candidates: they mean nothing to the window.

use egui::{Context, Event, Id, ImeEvent};

/// Takes the keys of a composition out of this frame's events; called at its beginning.
pub(super) fn keep_keys_out(ctx: &Context) {
    let id = Id::unique("composing");
    let mut under_way: bool = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    ctx.input_mut(|input| {
        let mut composing = under_way;
        for event in &input.events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => under_way = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => under_way = false,
                _ => continue,
            }
            composing = true;
        }
        if composing {
            input
                .events
                .retain(|event| !matches!(event, Event::Key { .. }));
        }
    });
    ctx.data_mut(|data| data.insert_temp(id, under_way));
}
