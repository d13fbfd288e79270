//! The menu: every command with its key, by what people look for it under.

use egui::{Button, Id, Key, Modifiers, Popup, Role, Ui, WidgetInfo, containers::menu::MenuButton};

use crate::gui::{
    command::{Command as C, taken},
    context::Cx,
    icons,
    own_keys::OwnKeys,
    request::Request,
    strings::{self, Text},
    theme::small,
};

/// A menu: its name, and its commands between lines.
type Menu = (Text, &'static [&'static [C]]);

/// The menus, in the order that programs have them in.
const MENUS: &[Menu] = &[
    (
        Text::new("File", "文件"),
        &[
            &[C::NewProject, C::OpenProject, C::CloseProject],
            &[
                C::ImportTranscripts,
                C::ImportCodebook,
                C::ImportCases,
                C::ImportProject,
            ],
            &[C::Report, C::Export, C::ExportMemos, C::ExportHistory],
            &[C::Print],
            &[C::ProjectSettings, C::Attachments],
            &[C::SaveCopy, C::Backups, C::Protection],
            &[C::Quit],
        ],
    ),
    (
        Text::new("Edit", "编辑"),
        &[
            &[C::Undo, C::Redo],
            &[
                C::SelectWord,
                C::SelectSentence,
                C::SelectTurn,
                C::ClearSelection,
            ],
            &[C::CorrectTurn, C::TurnSpeaker, C::BeginTurn, C::JoinTurn],
            &[C::MemoHere],
            &[
                C::FindInDocument,
                C::FindNext,
                C::FindPrevious,
                C::FindAndReplace,
                C::FindEverywhere,
                C::Finder,
            ],
        ],
    ),
    (
        Text::new("View", "视图"),
        &[
            &[
                C::GoRead,
                C::GoSearch,
                C::GoThemes,
                C::GoCases,
                C::GoMemos,
                C::GoHistory,
            ],
            &[
                C::Back,
                C::Forward,
                C::NextDocument,
                C::PreviousDocument,
                C::FocusNext,
                C::FocusPrevious,
            ],
            &[C::ShowLists, C::ShowInspector],
            &[C::SideBySide, C::OtherPane, C::HideOthers],
            &[
                C::TextLarger,
                C::TextSmaller,
                C::TextReset,
                C::AllLarger,
                C::AllSmaller,
                C::AllReset,
            ],
            &[C::ReadingSettings, C::SwitchTheme, C::SwitchLanguage],
        ],
    ),
    (
        Text::new("Codes", "编码"),
        &[
            &[C::ApplyCode, C::InVivo, C::NewCodeHere, C::SameCodeAgain],
            &[
                C::Recode,
                C::CopyCoding,
                C::SplitCoding,
                C::JoinCodings,
                C::AboutWhom,
                C::RemoveCoding,
            ],
            &[
                C::GrowCodingEnd,
                C::ShrinkCodingEnd,
                C::GrowCodingStart,
                C::ShrinkCodingStart,
            ],
            &[
                C::NextCoding,
                C::PreviousCoding,
                C::NextSameCode,
                C::PreviousSameCode,
                C::NextUncoded,
                C::PreviousUncoded,
            ],
            &[C::StarterCodebooks],
        ],
    ),
    (
        Text::new("Analyse", "分析"),
        &[
            &[
                C::Suggest,
                C::NextSuggestion,
                C::PreviousSuggestion,
                C::AcceptSuggestion,
                C::RejectSuggestion,
            ],
            &[C::Speakers, C::SpeakersAgain, C::Sets, C::Pseudonyms],
        ],
    ),
    (Text::new("Help", "帮助"), &[&[C::KeyMap]]),
];

/// Shows the button that opens the menu, as F10 does.
pub(in crate::gui) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let name = cx.language.say(strings::MENU);
    let wants_keyboard = Id::unique("menu wants the keyboard");
    let button = Button::new(icons::LIST).frame_when_inactive(false);
    let (button, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(150.0);
        let mut takes_keyboard = ui.data_mut(|data| data.remove_temp(wants_keyboard) == Some(true));
        for (text, groups) in MENUS {
            let name = cx.language.say(*text);
            let menu = ui.menu_button(name, |ui| groups_ui(ui, cx, groups));
            menu.response
                .widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, name));
            if std::mem::take(&mut takes_keyboard) {
                menu.response.request_focus();
            }
        }
    });
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    // Exactly F10: with Shift it opens the menu of what has the keyboard.
    let is_f10 = |key, modifiers: Modifiers| (key == Key::F10 && modifiers.is_none()).then_some(());
    if taken(ui.ctx(), is_f10).is_some() {
        Popup::open_id(ui.ctx(), Popup::default_response_id(&button));
        ui.data_mut(|data| data.insert_temp(wants_keyboard, true));
    }
    button.on_hover_text(format!("{name} (F10)"));
}

/// The commands of one menu.
fn groups_ui(ui: &mut Ui, cx: &mut Cx<'_>, groups: &[&[C]]) {
    ui.set_min_width(240.0);
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            ui.separator();
        }
        for command in *group {
            let name = strings::command(cx.language, *command);
            let mut button = Button::new(name).frame_when_inactive(false);
            let keys = OwnKeys::of(ui.ctx()).names(*command);
            if let Some(key) = keys.first() {
                button = button.shortcut_text(small(ui, key));
            }
            let item = ui.add(button);
            item.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, name));
            if let Some(key) = keys.first() {
                ui.ctx().accesskit_node_builder(item.id, |node| {
                    node.set_keyboard_shortcut(key.as_str());
                });
            }
            if item.clicked() {
                cx.ask(Request::Command(*command));
                ui.close();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_menu() {
        let in_menus: Vec<C> = MENUS
            .iter()
            .flat_map(|(_, groups)| groups.iter().copied().flatten().copied())
            .collect();
        for command in C::all() {
            let times = in_menus.iter().filter(|other| **other == command).count();
            assert_eq!(times, 1, "{command:?}");
        }
    }
}
