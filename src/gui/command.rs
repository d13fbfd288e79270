//! Commands of the desk with their keys.

use egui::{Key, KeyboardShortcut, Modifiers};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    ApplyCode,
    InVivo,
    SameCodeAgain,
    NewCodeHere,
    RemoveCoding,
    NextCoding,
    PreviousCoding,
    NextUncoded,
    PreviousUncoded,
    NextSameCode,
    PreviousSameCode,
    SelectWord,
    SelectSentence,
    SelectTurn,
    GrowCodingEnd,
    ShrinkCodingEnd,
    GrowCodingStart,
    ShrinkCodingStart,
    SplitCoding,
    JoinCodings,
    Recode,
    CopyCoding,
    SideBySide,
    OtherPane,
    HideOthers,
    ClearSelection,
}

impl Command {
    pub(super) const READING: [Self; 26] = [
        Self::GrowCodingStart,
        Self::ShrinkCodingStart,
        Self::GrowCodingEnd,
        Self::ShrinkCodingEnd,
        Self::NewCodeHere,
        Self::ApplyCode,
        Self::InVivo,
        Self::SameCodeAgain,
        Self::RemoveCoding,
        Self::NextCoding,
        Self::PreviousCoding,
        Self::PreviousUncoded,
        Self::NextUncoded,
        Self::NextSameCode,
        Self::PreviousSameCode,
        Self::SelectWord,
        Self::SelectSentence,
        Self::SelectTurn,
        Self::SplitCoding,
        Self::JoinCodings,
        Self::Recode,
        Self::CopyCoding,
        Self::SideBySide,
        Self::OtherPane,
        Self::HideOthers,
        Self::ClearSelection,
    ];

    pub(super) fn shortcuts(self) -> Vec<KeyboardShortcut> {
        let plain = |key| vec![KeyboardShortcut::new(Modifiers::NONE, key)];
        let with = |modifiers, key| vec![KeyboardShortcut::new(modifiers, key)];
        match self {
            Self::ApplyCode => [plain(Key::Enter), plain(Key::C)].concat(),
            Self::InVivo => plain(Key::V),
            Self::SameCodeAgain => plain(Key::A),
            Self::NewCodeHere => with(Modifiers::COMMAND, Key::Enter),
            Self::RemoveCoding => [plain(Key::Delete), plain(Key::Backspace)].concat(),
            Self::NextCoding => plain(Key::Period),
            Self::PreviousCoding => plain(Key::Comma),
            Self::NextUncoded => plain(Key::U),
            Self::PreviousUncoded => with(Modifiers::SHIFT, Key::U),
            Self::NextSameCode => plain(Key::CloseBracket),
            Self::PreviousSameCode => plain(Key::OpenBracket),
            Self::SelectWord => plain(Key::W),
            Self::SelectSentence => plain(Key::S),
            Self::SelectTurn => plain(Key::T),
            Self::GrowCodingEnd => with(Modifiers::SHIFT | Modifiers::ALT, Key::ArrowRight),
            Self::ShrinkCodingEnd => with(Modifiers::SHIFT | Modifiers::ALT, Key::ArrowLeft),
            Self::GrowCodingStart => with(Modifiers::COMMAND | Modifiers::SHIFT | Modifiers::ALT, Key::ArrowLeft),
            Self::ShrinkCodingStart => with(Modifiers::COMMAND | Modifiers::SHIFT | Modifiers::ALT, Key::ArrowRight),
            Self::SplitCoding => plain(Key::Slash),
            Self::JoinCodings => plain(Key::J),
            Self::Recode => plain(Key::R),
            Self::CopyCoding => plain(Key::Y),
            Self::SideBySide => with(Modifiers::COMMAND, Key::Backslash),
            Self::OtherPane => with(Modifiers::COMMAND, Key::Tab),
            Self::HideOthers => plain(Key::H),
            Self::ClearSelection => plain(Key::Escape),
        }
    }
}
