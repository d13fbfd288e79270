//! What keys are called: as on the keyboard of the machine, and always the same where they are stored.

use egui::{Key, KeyboardShortcut};

use super::strings::{Text, UiLanguage};

/// The names of the keys that are held while another one is pressed.
#[derive(Debug, Clone, Copy)]
struct HeldKeys {
    command: &'static str,
    alt: &'static str,
}

/// What texts and stored keys say.
const USUAL: HeldKeys = HeldKeys {
    command: "Ctrl",
    alt: "Alt",
};

/// What is printed on the keys of a Mac.
const MAC: HeldKeys = HeldKeys {
    command: "⌘",
    alt: "Option",
};

/// The names on this machine.
const HERE: HeldKeys = if cfg!(target_os = "macos") {
    MAC
} else {
    USUAL
};

/// Returns a key with its modifiers as people read it, such as `Ctrl Shift Z`.
pub(super) fn key_name(shortcut: KeyboardShortcut) -> String {
    named(shortcut, HERE)
}

/// Returns a key with its modifiers as it is stored, on whatever machine.
pub(super) fn stored_key_name(shortcut: KeyboardShortcut) -> String {
    let bare = KeyboardShortcut::new(shortcut.modifiers, Key::F35);
    named(bare, USUAL).replace(Key::F35.name(), shortcut.logical_key.name())
}

/// A text that names keys, with their names on this machine.
pub(super) fn with_keys(language: UiLanguage, text: Text) -> String {
    renamed(language.say(text), HERE)
}

/// Keys that texts name, such as `Ctrl N`, as they are called on this machine.
pub(super) fn keys(text: &str) -> String {
    renamed(text, HERE)
}

fn renamed(text: &str, held: HeldKeys) -> String {
    text.replace(USUAL.command, held.command)
        .replace(USUAL.alt, held.alt)
}

fn named(shortcut: KeyboardShortcut, names: HeldKeys) -> String {
    let KeyboardShortcut {
        modifiers,
        logical_key,
    } = shortcut;
    let held = [
        (modifiers.command, names.command),
        (modifiers.alt, names.alt),
        (modifiers.shift, "Shift"),
    ];
    let held = held.into_iter().filter(|(on, _)| *on).map(|(_, name)| name);
    let key = match logical_key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Slash => "/",
        Key::Backslash => "\\",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        other => other.name(),
    };
    held.chain([key]).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;
    use crate::gui::strings;

    #[test]
    fn a_mac_has_other_names_on_its_keys_but_stores_the_same() {
        let undo = KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
        assert_eq!(named(undo, USUAL), "Ctrl Shift Z");
        assert_eq!(named(undo, MAC), "⌘ Shift Z");
        let back = KeyboardShortcut::new(Modifiers::ALT, Key::ArrowLeft);
        assert_eq!(named(back, MAC), "Option ←");
        let stored = format!("Alt {}", Key::ArrowLeft.name());
        assert_eq!(stored_key_name(back), stored);
        let hint = UiLanguage::Chinese.say(strings::SAVE_HINT);
        assert_eq!(renamed(hint, MAC), "⌘ Enter 保存");
    }
}
