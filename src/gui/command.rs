//! All that the window can do, each with its keys: the one list that shortcuts, menus, the command palette and the key map go by.

use egui::{Key, KeyboardShortcut, Modifiers};

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Command {
    Undo,
    Redo,
    NewProject,
    OpenProject,
    CloseProject,
    ImportTranscripts,
    ImportCodebook,
    ImportCases,
    ImportProject,
    Report,
    Print,
    Export,
    SaveCopy,
    Backups,
    Protection,
    ProjectSettings,
    StarterCodebooks,
    Quit,
    Sets,
    Attachments,
    GoRead,
    GoSearch,
    GoThemes,
    GoCases,
    GoMemos,
    GoHistory,
    Finder,
    KeyMap,
    SwitchLanguage,
    SwitchTheme,
    TextLarger,
    TextSmaller,
    TextReset,
    AllLarger,
    AllSmaller,
    AllReset,
    ReadingSettings,
    Back,
    Forward,
    NextDocument,
    PreviousDocument,
    FocusNext,
    FocusPrevious,
    FindInDocument,
    FindNext,
    FindPrevious,
    FindAndReplace,
    FindEverywhere,
    ShowLists,
    ShowInspector,
    SideBySide,
    OtherPane,
    HideOthers,
    ApplyCode,
    InVivo,
    NewCodeHere,
    SameCodeAgain,
    RemoveCoding,
    Recode,
    CopyCoding,
    SplitCoding,
    JoinCodings,
    AboutWhom,
    GrowCodingEnd,
    ShrinkCodingEnd,
    GrowCodingStart,
    ShrinkCodingStart,
    NextCoding,
    PreviousCoding,
    NextUncoded,
    PreviousUncoded,
    NextSameCode,
    PreviousSameCode,
    SelectWord,
    SelectSentence,
    SelectTurn,
    ClearSelection,
    Suggest,
    NextSuggestion,
    PreviousSuggestion,
    AcceptSuggestion,
    RejectSuggestion,
    CorrectTurn,
    TurnSpeaker,
    BeginTurn,
    JoinTurn,
    Speakers,
    SpeakersAgain,
    Pseudonyms,
    MemoHere,
    ExportMemos,
    ExportHistory,
}

/// Where a command's keys count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CommandScope {
    /// In any page of an open project.
    Everywhere,
    /// In a transcript that has the keyboard.
    Transcript,
}

/// What a command has to do with, for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Project,
    View,
    Coding,
    Codings,
    Moving,
}

use Command as C;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const CTRL_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);
const CTRL_ALT_SHIFT: Modifiers = CTRL_SHIFT.plus(Modifiers::ALT);

/// A command, what it has to do with, and its keys.
type Row = (Command, Group, &'static [(Modifiers, Key)]);

/// Every command, in the order in which lists show them.
const TABLE: &[Row] = &[
    (C::Undo, Group::Project, &[(CTRL, Key::Z)]),
    (
        C::Redo,
        Group::Project,
        &[(CTRL, Key::Y), (CTRL_SHIFT, Key::Z)],
    ),
    (C::NewProject, Group::Project, &[(CTRL, Key::N)]),
    (C::OpenProject, Group::Project, &[(CTRL, Key::O)]),
    (C::CloseProject, Group::Project, &[]),
    (C::ImportTranscripts, Group::Project, &[(CTRL, Key::I)]),
    (C::ImportCodebook, Group::Project, &[]),
    (C::ImportCases, Group::Project, &[]),
    (C::ImportProject, Group::Project, &[]),
    (C::GoRead, Group::View, &[(ALT, Key::Num1)]),
    (C::GoSearch, Group::View, &[(ALT, Key::Num2)]),
    (C::GoThemes, Group::View, &[(ALT, Key::Num3)]),
    (C::GoCases, Group::View, &[(ALT, Key::Num4)]),
    (C::GoMemos, Group::View, &[(ALT, Key::Num5)]),
    (C::GoHistory, Group::View, &[(ALT, Key::Num6)]),
    (C::FindInDocument, Group::View, &[(CTRL, Key::F)]),
    (C::FindNext, Group::View, &[(NONE, Key::F3)]),
    (C::FindPrevious, Group::View, &[(SHIFT, Key::F3)]),
    (C::FindAndReplace, Group::View, &[(CTRL, Key::H)]),
    (C::FindEverywhere, Group::View, &[(CTRL_SHIFT, Key::F)]),
    (C::Finder, Group::View, &[(CTRL, Key::K), (CTRL, Key::P)]),
    (C::KeyMap, Group::View, &[(NONE, Key::F1)]),
    (C::Back, Group::View, &[(ALT, Key::ArrowLeft)]),
    (C::Forward, Group::View, &[(ALT, Key::ArrowRight)]),
    (C::NextDocument, Group::View, &[(CTRL, Key::PageDown)]),
    (C::PreviousDocument, Group::View, &[(CTRL, Key::PageUp)]),
    (C::FocusNext, Group::View, &[(NONE, Key::F6)]),
    (C::FocusPrevious, Group::View, &[(SHIFT, Key::F6)]),
    (C::ShowLists, Group::View, &[(NONE, Key::F9)]),
    (C::ShowInspector, Group::View, &[(SHIFT, Key::F9)]),
    (C::SideBySide, Group::View, &[(CTRL, Key::Backslash)]),
    (C::OtherPane, Group::View, &[(CTRL, Key::E)]),
    (C::HideOthers, Group::View, &[(NONE, Key::H)]),
    (C::ReadingSettings, Group::View, &[(CTRL, Key::Comma)]),
    (
        C::TextLarger,
        Group::View,
        &[(CTRL, Key::Plus), (CTRL, Key::Equals)],
    ),
    (C::TextSmaller, Group::View, &[(CTRL, Key::Minus)]),
    (C::TextReset, Group::View, &[(CTRL, Key::Num0)]),
    (
        C::AllLarger,
        Group::View,
        &[(CTRL_ALT, Key::Plus), (CTRL_ALT, Key::Equals)],
    ),
    (C::AllSmaller, Group::View, &[(CTRL_ALT, Key::Minus)]),
    (C::AllReset, Group::View, &[(CTRL_ALT, Key::Num0)]),
    (C::SwitchLanguage, Group::View, &[]),
    (C::SwitchTheme, Group::View, &[(CTRL_SHIFT, Key::L)]),
    (
        C::ApplyCode,
        Group::Coding,
        &[(NONE, Key::Enter), (NONE, Key::C)],
    ),
    (C::InVivo, Group::Coding, &[(NONE, Key::V)]),
    (C::NewCodeHere, Group::Coding, &[(CTRL, Key::Enter)]),
    (C::SameCodeAgain, Group::Coding, &[(NONE, Key::A)]),
    (
        C::RemoveCoding,
        Group::Codings,
        &[(NONE, Key::Delete), (NONE, Key::Backspace)],
    ),
    (C::Recode, Group::Codings, &[(NONE, Key::R)]),
    (C::CopyCoding, Group::Codings, &[(NONE, Key::Y)]),
    (C::SplitCoding, Group::Codings, &[(NONE, Key::Slash)]),
    (C::JoinCodings, Group::Codings, &[(NONE, Key::J)]),
    (C::AboutWhom, Group::Codings, &[(SHIFT, Key::A)]),
    (
        C::GrowCodingEnd,
        Group::Codings,
        &[(ALT_SHIFT, Key::ArrowRight)],
    ),
    (
        C::ShrinkCodingEnd,
        Group::Codings,
        &[(ALT_SHIFT, Key::ArrowLeft)],
    ),
    (
        C::GrowCodingStart,
        Group::Codings,
        &[(CTRL_ALT_SHIFT, Key::ArrowLeft)],
    ),
    (
        C::ShrinkCodingStart,
        Group::Codings,
        &[(CTRL_ALT_SHIFT, Key::ArrowRight)],
    ),
    (C::NextCoding, Group::Moving, &[(NONE, Key::Period)]),
    (C::PreviousCoding, Group::Moving, &[(NONE, Key::Comma)]),
    (C::NextUncoded, Group::Moving, &[(NONE, Key::U)]),
    (C::PreviousUncoded, Group::Moving, &[(SHIFT, Key::U)]),
    (C::NextSameCode, Group::Moving, &[(NONE, Key::CloseBracket)]),
    (
        C::PreviousSameCode,
        Group::Moving,
        &[(NONE, Key::OpenBracket)],
    ),
    (C::SelectWord, Group::Moving, &[(NONE, Key::W)]),
    (C::SelectSentence, Group::Moving, &[(NONE, Key::S)]),
    (C::SelectTurn, Group::Moving, &[(NONE, Key::T)]),
    (C::MemoHere, Group::Coding, &[(NONE, Key::M)]),
    (C::CorrectTurn, Group::Coding, &[(NONE, Key::F2)]),
    (C::TurnSpeaker, Group::Coding, &[(SHIFT, Key::T)]),
    (C::BeginTurn, Group::Coding, &[(SHIFT, Key::Enter)]),
    (C::JoinTurn, Group::Coding, &[(SHIFT, Key::Backspace)]),
    (C::Suggest, Group::View, &[(CTRL_SHIFT, Key::G)]),
    (C::NextSuggestion, Group::Moving, &[(NONE, Key::G)]),
    (C::PreviousSuggestion, Group::Moving, &[(SHIFT, Key::G)]),
    (C::AcceptSuggestion, Group::Coding, &[(NONE, Key::E)]),
    (C::RejectSuggestion, Group::Coding, &[(NONE, Key::X)]),
    (C::Report, Group::Project, &[]),
    (C::Print, Group::Project, &[]),
    (C::Export, Group::Project, &[(CTRL_SHIFT, Key::E)]),
    (C::SaveCopy, Group::Project, &[]),
    (C::Backups, Group::Project, &[]),
    (C::Protection, Group::Project, &[]),
    (C::ProjectSettings, Group::Project, &[]),
    (C::StarterCodebooks, Group::Project, &[]),
    (C::Quit, Group::Project, &[(CTRL, Key::Q)]),
    (C::ExportMemos, Group::Project, &[]),
    (C::ExportHistory, Group::Project, &[]),
    (C::Speakers, Group::Project, &[]),
    (C::SpeakersAgain, Group::Project, &[]),
    (C::Pseudonyms, Group::Project, &[]),
    (C::Sets, Group::Project, &[]),
    (C::Attachments, Group::Project, &[]),
    (C::ClearSelection, Group::Moving, &[(NONE, Key::Escape)]),
];

impl Command {
    /// Every command, in the order in which lists show them.
    pub(super) fn all() -> impl Iterator<Item = Self> + Clone {
        TABLE.iter().map(|(command, ..)| *command)
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|(command, ..)| *command == self)
    }

    /// What it has to do with.
    pub(super) fn group(self) -> Group {
        self.row().map_or(Group::View, |(_, group, _)| *group)
    }

    /// Where its keys count: those of coding in a transcript, all others everywhere.
    pub(super) fn scope(self) -> CommandScope {
        match self.group() {
            Group::Coding | Group::Codings | Group::Moving => CommandScope::Transcript,
            Group::View if self == Self::HideOthers => CommandScope::Transcript,
            Group::Project | Group::View => CommandScope::Everywhere,
        }
    }

    /// The keys it has where the user gave it no others, the usual one first.
    pub(super) fn usual_shortcuts(self) -> impl Iterator<Item = KeyboardShortcut> {
        self.row().into_iter().flat_map(|(.., keys)| {
            keys.iter()
                .map(|(modifiers, key)| KeyboardShortcut::new(*modifiers, *key))
        })
    }

    /// Returns true for commands that a text field with the keyboard does itself, to its own text.
    pub(super) const fn is_of_text_fields(self) -> bool {
        matches!(self, Self::Undo | Self::Redo)
    }
}

/// What the first pressed key with a meaning stands for; the key is taken out of the input.
pub(super) fn taken<T>(
    ctx: &egui::Context,
    meaning: impl Fn(Key, Modifiers) -> Option<T>,
) -> Option<T> {
    ctx.input_mut(|input| {
        let (at, meaning) = input.events.iter().enumerate().find_map(|(at, event)| {
            let egui::Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } = event
            else {
                return None;
            };
            Some((at, meaning(*key, *modifiers)?))
        })?;
        input.events.remove(at);
        Some(meaning)
    })
}

/// Whether a key with its modifiers is a shortcut: exactly, but for signs, which need Shift on many keyboards.
pub(super) fn means(shortcut: &KeyboardShortcut, key: Key, modifiers: Modifiers) -> bool {
    let asked = shortcut.modifiers;
    let modifiers = if is_sign(key) {
        Modifiers {
            shift: asked.shift,
            ..modifiers
        }
    } else {
        modifiers
    };
    key == shortcut.logical_key && modifiers.matches_exact(asked)
}

/// Signs that keyboards have on different levels.
fn is_sign(key: Key) -> bool {
    use Key as K;
    matches!(
        key,
        K::Plus
            | K::Equals
            | K::Minus
            | K::Slash
            | K::Backslash
            | K::OpenBracket
            | K::CloseBracket
            | K::Comma
            | K::Period
    )
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::gui::strings::UiLanguage;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut taken: BTreeMap<String, Command> = BTreeMap::new();
        for command in Command::all() {
            for shortcut in command.usual_shortcuts() {
                let key = format!("{shortcut:?}");
                assert_eq!(taken.insert(key.clone(), command), None, "{key}");
            }
        }
    }

    #[test]
    fn modifiers_count_exactly_but_signs_may_need_shift() {
        let means = |shortcut: (Modifiers, Key), modifiers| {
            super::means(
                &KeyboardShortcut::new(shortcut.0, shortcut.1),
                shortcut.1,
                modifiers,
            )
        };
        assert!(
            means((NONE, Key::C), NONE)
                && !means((NONE, Key::C), ALT)
                && !means((NONE, Key::C), SHIFT)
        );
        assert!(means((ALT, Key::ArrowRight), ALT) && !means((ALT, Key::ArrowRight), ALT_SHIFT));
        assert!(means((CTRL, Key::Plus), CTRL_SHIFT) && !means((CTRL, Key::Plus), ALT));
        assert!(!means((CTRL, Key::Z), CTRL_SHIFT));
    }

    #[test]
    fn keys_without_ctrl_or_alt_count_in_the_transcript_only() {
        for command in Command::all().filter(|command| command.scope() == CommandScope::Everywhere)
        {
            for KeyboardShortcut {
                modifiers,
                logical_key,
            } in command.usual_shortcuts()
            {
                assert!(
                    modifiers.command || modifiers.alt || logical_key.name().starts_with('F'),
                    "{command:?}"
                );
            }
        }
    }

    #[test]
    fn every_command_has_a_name_of_its_own_in_both_languages() {
        for language in [UiLanguage::English, UiLanguage::Chinese] {
            let names: BTreeSet<&str> = Command::all()
                .map(|command| crate::gui::strings::command(language, command))
                .collect();
            assert_eq!(names.len(), Command::all().count());
        }
    }
}
