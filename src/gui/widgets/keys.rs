//! Keys that a control takes for itself, so that nothing else acts on them in the same frame.

use egui::{Context, Key, Modifiers};

/// Returns true if a key was pressed with these modifiers, and removes the event from the input.
pub(crate) fn take_key(ctx: &Context, modifiers: Modifiers, key: Key) -> bool {
    ctx.input_mut(|input| input.consume_key(modifiers, key))
}

/// The digits from 1, in order.
pub(crate) const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];
