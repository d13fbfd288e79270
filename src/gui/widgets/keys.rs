//! Keys that a control takes for itself, so that nothing else acts on them in the same frame.

use egui::{Context, Key, Modifiers};

/// Returns true if a key was pressed with these modifiers, and removes the event from the input.
pub(crate) fn take_key(ctx: &Context, modifiers: Modifiers, key: Key) -> bool {
    ctx.input_mut(|input| input.consume_key(modifiers, key))
}
