//! What can be done to codes from the tree: one list for keys and context menu, so that the two can't drift apart.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::view::TreeStep;
use crate::{
    gui::{
        command::{means, taken},
        icons,
        key_names::key_name,
        strings,
        strings::Text,
    },
    model::code::Hue,
};

/// Something to do with the codes that are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// Open the editor.
    Edit,
    /// Name it anew, in place.
    Rename,
    /// Show its page with all passages.
    Page,
    /// Name a new code beside it.
    AddSibling,
    /// Name a new code below it.
    AddSubcode,
    /// Give them a colour.
    Recolour(Hue),
    /// Move them by a step.
    Move(TreeStep),
    /// Put the codes below it in the order of their names.
    SortSubcodes,
    /// Ask which code they are to become.
    Merge,
    /// Show its page, to tick what is to be split off.
    Split,
    /// Write a memo on it.
    Memo,
    /// Ask whether they are to go.
    Remove,
}

/// Keys.
const KEYS: &[(Modifiers, Key, Command)] = &[
    (Modifiers::ALT, Key::ArrowUp, Command::Move(TreeStep::Up)),
    (
        Modifiers::ALT,
        Key::ArrowDown,
        Command::Move(TreeStep::Down),
    ),
    (Modifiers::ALT, Key::ArrowLeft, Command::Move(TreeStep::Out)),
    (Modifiers::ALT, Key::ArrowRight, Command::Move(TreeStep::In)),
    (Modifiers::SHIFT, Key::N, Command::AddSubcode),
    (Modifiers::SHIFT, Key::Insert, Command::AddSubcode),
    (Modifiers::NONE, Key::N, Command::AddSibling),
    (Modifiers::NONE, Key::Insert, Command::AddSibling),
    (Modifiers::NONE, Key::Enter, Command::Edit),
    (Modifiers::NONE, Key::F2, Command::Rename),
    (Modifiers::NONE, Key::P, Command::Page),
    (Modifiers::NONE, Key::M, Command::Merge),
    (Modifiers::NONE, Key::S, Command::Split),
    (Modifiers::NONE, Key::W, Command::Memo),
    (Modifiers::NONE, Key::Delete, Command::Remove),
];

/// The context menu, in groups; colours follow the first.
pub(super) const MENU: &[&[Command]] = &[
    &[Command::Edit, Command::Rename, Command::Page],
    &[
        Command::AddSibling,
        Command::AddSubcode,
        Command::SortSubcodes,
    ],
    &[Command::Merge, Command::Split],
    &[Command::Memo],
    &[Command::Remove],
];

impl Command {
    /// What it is called, with its icon.
    pub(super) fn label(self) -> (&'static str, Text) {
        match self {
            Self::Edit => (icons::PENCIL, strings::EDIT_CODE),
            Self::Rename => (icons::TEXTBOX, strings::RENAME_CODE),
            Self::Page => (icons::ARTICLE, strings::PAGE_OF_CODE),
            Self::AddSibling => (icons::PLUS, strings::ADD_CODE),
            Self::AddSubcode => (icons::TREE, strings::ADD_SUBCODE),
            Self::Recolour(_) => (icons::PALETTE, strings::COLOUR),
            Self::Move(_) => (icons::SORT, strings::MOVE_CODE),
            Self::SortSubcodes => (icons::SORT, strings::SORT_SUBCODES),
            Self::Merge => (icons::MERGE, strings::MERGE_INTO),
            Self::Split => (icons::SPLIT, strings::SPLIT_CODE),
            Self::Memo => (icons::NOTE, strings::NEW_MEMO),
            Self::Remove => (icons::TRASH, strings::REMOVE_CODE),
        }
    }

    /// The key that does it.
    pub(super) fn key(self) -> Option<String> {
        let (modifiers, key, _) = KEYS.iter().find(|(_, _, command)| *command == self)?;
        Some(key_name(KeyboardShortcut::new(*modifiers, *key)))
    }

    /// The command whose key was pressed; the key and what it types are taken out of the input.
    pub(super) fn pressed(ui: &Ui) -> Option<Self> {
        let command = taken(ui.ctx(), |key, pressed| {
            let known = |(modifiers, own, _): &&(Modifiers, Key, Self)| {
                means(&KeyboardShortcut::new(*modifiers, *own), key, pressed)
            };
            KEYS.iter().find(known).map(|(.., command)| *command)
        })?;
        ui.input_mut(|input| {
            input
                .events
                .retain(|event| !matches!(event, egui::Event::Text(_)));
        });
        Some(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_menu_but_sorting_has_a_key() {
        for command in MENU
            .iter()
            .copied()
            .flatten()
            .filter(|command| **command != Command::SortSubcodes)
        {
            assert!(command.key().is_some(), "{command:?}");
        }
        assert_eq!(Command::AddSubcode.key().unwrap(), "Shift N");
    }
}
