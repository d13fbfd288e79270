//! Input in the order in which it was made, one key or click a frame.
//!
//! A panel reads a key as it is when the frame ends: with the modifiers, the focus and the dialogs of that moment.
//! When the machine is busy, a frame brings several keys at once, and those of the moment are wrong for all but the last:
//! Ctrl Z that was pressed and released within a frame looked like a plain Z to the text field, and like an undo of the
//! project to whoever read the event.
//! So a frame ends at its first key or click, and what came after it waits for the next; after a key, for the one after
//! that, since a dialog takes the keyboard only in the frame in which it is first painted.

use std::collections::VecDeque;

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput, Ui};

use super::{command::CommandScope, own_keys::OwnKeys};

/// The events that wait for a frame of their own.
#[derive(Debug, Default)]
pub(super) struct InputQueue {
    waiting: VecDeque<Event>,
    /// Whether the next frame brings nothing, so that what a key has opened can take the keyboard first.
    pauses: bool,
}

impl Plugin for InputQueue {
    fn debug_name(&self) -> &'static str {
        "input queue"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.waiting.extend(std::mem::take(&mut input.events));
        if std::mem::take(&mut self.pauses) {
            return;
        }
        input.events = next_frame(
            &mut self.waiting,
            ctx.text_edit_focused(),
            &OwnKeys::of(ctx),
        );
        let ends_with_key = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
        self.pauses = !self.waiting.is_empty() && input.events.iter().any(ends_with_key);
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        if !self.waiting.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

/// Takes the events of one frame out of those that wait.
fn next_frame(waiting: &mut VecDeque<Event>, is_typing: bool, own: &OwnKeys) -> Vec<Event> {
    let mut frame = Vec::new();
    while let Some(event) = waiting.pop_front() {
        let ends = ends_frame(&event, is_typing);
        let shortcut = is_shortcut_with_alt(&event, own);
        frame.push(event);
        if ends {
            // The text of a key belongs to the key; that of a shortcut is nobody's.
            while let Some(text) = waiting.pop_front_if(|event| matches!(event, Event::Text(_))) {
                if !shortcut {
                    frame.push(text);
                }
            }
            break;
        }
    }
    frame
}

/// Returns true if what follows an event may mean something else once the event has been answered.
///
/// In a text field plain keys only type, so that fast typing on a slow machine doesn't need a frame for each letter.
fn ends_frame(event: &Event, is_typing: bool) -> bool {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => !(is_typing && only_types(*key, *modifiers)),
        Event::PointerButton { .. } | Event::Cut | Event::Copy | Event::Paste(_) => true,
        _ => false,
    }
}

/// Returns true if all that a key does in a text field is to type its letter or digit.
fn only_types(key: Key, modifiers: Modifiers) -> bool {
    let is_letter_or_digit =
        (Key::Num0..=Key::Num9).contains(&key) || (Key::A..=Key::Z).contains(&key);
    is_letter_or_digit && !modifiers.ctrl && !modifiers.command && !modifiers.alt
}

/// Returns true for the keys of a command with Alt, of which the system says that they also type their digit.
fn is_shortcut_with_alt(event: &Event, own: &OwnKeys) -> bool {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    modifiers.alt
        && own
            .command(CommandScope::Everywhere, *key, *modifiers)
            .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        }
    }

    fn frames(events: &[Event], is_typing: bool) -> Vec<usize> {
        let mut waiting: VecDeque<Event> = events.iter().cloned().collect();
        let mut lengths = Vec::new();
        while !waiting.is_empty() {
            lengths.push(next_frame(&mut waiting, is_typing, &OwnKeys::default()).len());
        }
        lengths
    }

    #[test]
    fn a_frame_ends_with_its_first_key_and_the_text_of_it() {
        let m = key(Key::M, Modifiers::NONE, true);
        let text = Event::Text("m".to_owned());
        let released = key(Key::M, Modifiers::NONE, false);
        let events = [m.clone(), text.clone(), released, m, text];
        assert_eq!(frames(&events, false), [2, 3]);
        assert_eq!(
            frames(&events, true),
            [5],
            "letters in a field come together"
        );
    }

    #[test]
    fn the_modifiers_of_a_shortcut_are_still_held_when_its_frame_ends() {
        let events = [
            Event::ModifiersChanged(Modifiers::COMMAND),
            key(Key::Z, Modifiers::COMMAND, true),
            key(Key::Z, Modifiers::COMMAND, false),
            Event::ModifiersChanged(Modifiers::NONE),
        ];
        assert_eq!(frames(&events, true), [2, 2]);
    }

    #[test]
    fn a_shortcut_with_alt_types_nothing() {
        let mut waiting: VecDeque<Event> = [
            key(Key::Num3, Modifiers::ALT, true),
            Event::Text("3".to_owned()),
        ]
        .into();
        assert_eq!(next_frame(&mut waiting, true, &OwnKeys::default()).len(), 1);
        assert!(waiting.is_empty());
    }
}
