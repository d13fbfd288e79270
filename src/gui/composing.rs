//! Composition with an input method: its keys choose among candidates, and mean nothing to the window.

use egui::{Context, Event, Id, ImeEvent};

/// Removes the keys of a composition from the events of this frame; called at its beginning.
pub(super) fn keep_keys_out(ctx: &Context) {
    let id = Id::unique("composing");
    let mut under_way: bool = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    ctx.input_mut(|input| {
        // The key that begins or ends a composition may be in the same frame as the event that does.
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
