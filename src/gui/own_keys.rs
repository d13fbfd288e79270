//! The keys of commands: the usual ones, or those that the user gave in place of them.

use std::{collections::BTreeMap, sync::Arc};

use egui::{Context, Id, Key, KeyboardShortcut, Modifiers};

use super::{
    command::{Command, CommandScope, means, taken},
    key_names::{key_name, stored_key_name},
};

/// The commands whose keys aren't the usual ones; one without keys has none at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct OwnKeys(BTreeMap<Command, Vec<KeyboardShortcut>>);

fn memory() -> Id {
    Id::unique("own keys")
}

impl OwnKeys {
    /// The keys of a window.
    pub(super) fn of(ctx: &Context) -> Arc<Self> {
        ctx.data(|data| data.get_temp(memory())).unwrap_or_default()
    }

    /// Makes them the keys of a window.
    pub(super) fn install(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(memory(), Arc::new(self)));
    }

    /// Reads stored keys; commands and keys that aren't known any more are left out.
    pub(super) fn read(stored: &BTreeMap<String, Vec<String>>) -> Self {
        let commands = stored.iter().filter_map(|(name, keys)| {
            let command = Command::all().find(|command| format!("{command:?}") == *name)?;
            let keys = keys.iter().filter_map(|key| shortcut(key)).collect();
            Some((command, keys))
        });
        Self(commands.collect())
    }

    /// The keys as they are stored.
    pub(super) fn stored(&self) -> BTreeMap<String, Vec<String>> {
        let stored = self.0.iter().map(|(command, keys)| {
            let keys = keys.iter().copied().map(stored_key_name).collect();
            (format!("{command:?}"), keys)
        });
        stored.collect()
    }

    /// Returns true if a command has other keys than the usual ones.
    pub(super) fn has(&self, command: Command) -> bool {
        self.0.contains_key(&command)
    }

    /// The keys of a command, the first of which is shown.
    pub(super) fn shortcuts(&self, command: Command) -> impl Iterator<Item = KeyboardShortcut> {
        let given = self.0.get(&command);
        let usual = given.is_none().then(|| command.usual_shortcuts());
        given
            .into_iter()
            .flatten()
            .copied()
            .chain(usual.into_iter().flatten())
    }

    /// The keys of a command as people read them.
    pub(super) fn names(&self, command: Command) -> Vec<String> {
        self.shortcuts(command).map(key_name).collect()
    }

    /// The command in a scope that has this key with these modifiers.
    pub(super) fn command(
        &self,
        scope: CommandScope,
        key: Key,
        modifiers: Modifiers,
    ) -> Option<Command> {
        Command::all().find(|command| {
            command.scope() == scope
                && self
                    .shortcuts(*command)
                    .any(|shortcut| means(&shortcut, key, modifiers))
        })
    }

    /// Returns true if no command has other keys than the usual ones.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives a key to a command in place of those it had; returns the command that loses it, if one had it.
    pub(super) fn give(&mut self, command: Command, key: KeyboardShortcut) -> Option<Command> {
        let loses = Command::all().find(|other| {
            *other != command && self.shortcuts(*other).any(|shortcut| shortcut == key)
        });
        if let Some(loses) = loses {
            let left = self.shortcuts(loses).filter(|shortcut| *shortcut != key);
            let left: Vec<_> = left.collect();
            self.0.insert(loses, left);
        }
        self.0.insert(command, vec![key]);
        loses
    }

    /// Gives a command its usual keys again, but for those that another command has got.
    pub(super) fn reset(&mut self, command: Command) {
        self.0.remove(&command);
        let taken: Vec<KeyboardShortcut> = Command::all()
            .filter(|other| *other != command)
            .flat_map(|other| self.shortcuts(other).collect::<Vec<_>>())
            .collect();
        let (lost, left): (Vec<_>, Vec<_>) = self
            .shortcuts(command)
            .partition(|shortcut| taken.contains(shortcut));
        if !lost.is_empty() {
            self.0.insert(command, left);
        }
    }
}

/// The command in a scope whose key was pressed; the key is taken out of the input.
pub(super) fn pressed(ctx: &Context, scope: CommandScope) -> Option<Command> {
    let is_typing = ctx.text_edit_focused();
    let own = OwnKeys::of(ctx);
    taken(ctx, |key, modifiers| {
        own.command(scope, key, modifiers)
            .filter(|command| !(is_typing && command.is_of_text_fields()))
    })
}

/// Returns true if a command can have a key: plain letters and digits are for the transcript,
/// and some keys mean the same everywhere.
pub(super) fn can_have(command: Command, key: Key, modifiers: Modifiers) -> bool {
    let is_bare = !modifiers.command && !modifiers.alt;
    let is_fixed = matches!(key, Key::Escape | Key::Tab | Key::F10) && is_bare;
    let is_function = key.name().starts_with('F') && key.name().len() > 1;
    let is_free = command.scope() == CommandScope::Transcript || !is_bare || is_function;
    is_free && !is_fixed
}

/// The key of a stored name.
fn shortcut(name: &str) -> Option<KeyboardShortcut> {
    let (held, key) = name.rsplit_once(' ').unwrap_or(("", name));
    let mut modifiers = Modifiers::NONE;
    for held in held.split_whitespace() {
        modifiers |= match held {
            "Ctrl" => Modifiers::COMMAND,
            "Alt" => Modifiers::ALT,
            "Shift" => Modifiers::SHIFT,
            _ => return None,
        };
    }
    Some(KeyboardShortcut::new(modifiers, Key::from_name(key)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_keys_are_stored_and_read_again() {
        for command in Command::all() {
            for key in OwnKeys::default().shortcuts(command) {
                assert_eq!(shortcut(&stored_key_name(key)), Some(key));
                assert!(
                    can_have(command, key.logical_key, key.modifiers)
                        || command == Command::ClearSelection
                );
            }
        }
    }

    #[test]
    fn a_key_has_one_command_whatever_is_given_and_reset() {
        let key = |key, modifiers| KeyboardShortcut::new(modifiers, key);
        let find = key(Key::F, Modifiers::COMMAND);
        let mut own = OwnKeys::default();
        assert_eq!(
            own.give(Command::Report, find),
            Some(Command::FindInDocument)
        );
        let keys = |own: &OwnKeys, command: Command| own.shortcuts(command).collect::<Vec<_>>();
        assert_eq!(keys(&own, Command::Report), [find]);
        assert!(!keys(&own, Command::FindInDocument).contains(&find));
        own.reset(Command::FindInDocument);
        assert!(
            !keys(&own, Command::FindInDocument).contains(&find),
            "it is taken"
        );
        assert_eq!(OwnKeys::read(&own.stored()), own);
        own.reset(Command::Report);
        own.reset(Command::FindInDocument);
        assert_eq!(own, OwnKeys::default());
        assert!(!can_have(Command::Report, Key::R, Modifiers::NONE));
    }
}
