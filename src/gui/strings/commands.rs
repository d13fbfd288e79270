//! The names of commands.

use super::{Text, UiLanguage};
use crate::gui::command::{Command, Group};

/// A command's name.
pub(in crate::gui) fn command(language: UiLanguage, command: Command) -> &'static str {
    language.say(name(command))
}

/// The name of a group of commands.
pub(in crate::gui) fn group(language: UiLanguage, group: Group) -> &'static str {
    language.say(match group {
        Group::Project => Text::new("Project", "项目"),
        Group::View => Text::new("View", "视图"),
        Group::Coding => Text::new("Coding the selection", "为选区编码"),
        Group::Codings => Text::new("Selected codings", "选中的编码片段"),
        Group::Moving => Text::new("Moving and selecting", "移动与选取"),
    })
}

/// The name of a command. This is the only place where a new command is named.
#[expect(clippy::too_many_lines, reason = "a flat list of texts")]
const fn name(command: Command) -> Text {
    match command {
        Command::Undo => Text::new("Undo", "撤销"),
        Command::Redo => Text::new("Redo", "重做"),
        Command::NewProject => Text::new("New project…", "新建项目…"),
        Command::OpenProject => Text::new("Open a project…", "打开项目…"),
        Command::CloseProject => Text::new("Close the project", "关闭项目"),
        Command::ImportTranscripts => Text::new("Import transcripts…", "导入访谈文本…"),
        Command::ImportCodebook => Text::new("Import a codebook…", "导入编码本…"),
        Command::ImportCases => Text::new(
            "Import a sheet of cases, documents or codings…",
            "导入个案表、文档表或编码片段表…",
        ),
        Command::ImportProject => {
            Text::new("Import another program’s project…", "导入其他软件的项目…")
        }
        Command::Export => Text::new("Export…", "导出…"),
        Command::Report => Text::new("Write a report…", "生成报告…"),
        Command::Print => super::PRINT,
        Command::SaveCopy => super::SAVE_COPY,
        Command::Backups => super::BACKUPS,
        Command::Protection => super::PROTECTION,
        Command::ProjectSettings => Text::new("Project settings…", "项目设置…"),
        Command::StarterCodebooks => Text::new("Starter codebooks…", "入门编码本…"),
        Command::Quit => Text::new("Quit", "退出"),
        Command::Sets => Text::new("Sets…", "集合…"),
        Command::Attachments => Text::new("Attached files…", "附件…"),
        Command::GoRead => Text::new("Go to Read", "转到阅读"),
        Command::GoSearch => Text::new("Go to Search", "转到检索"),
        Command::GoThemes => Text::new("Go to Themes", "转到主题"),
        Command::GoCases => Text::new("Go to Cases", "转到个案"),
        Command::GoMemos => Text::new("Go to Memos", "转到备忘"),
        Command::GoHistory => Text::new("Go to History", "转到历史"),
        Command::MemoHere => Text::new("Write a memo here…", "在此写备忘…"),
        Command::ExportMemos => Text::new("Export the memos…", "导出备忘…"),
        Command::ExportHistory => super::EXPORT_HISTORY,
        Command::Finder => Text::new("All commands, documents, codes…", "全部命令、文档、编码…"),
        Command::KeyMap => Text::new("Keys", "快捷键"),
        Command::SwitchLanguage => Text::new("Switch language", "切换语言"),
        Command::SwitchTheme => Text::new("Light or dark", "浅色或深色"),
        Command::TextLarger => Text::new("Larger text", "放大文字"),
        Command::TextSmaller => Text::new("Smaller text", "缩小文字"),
        Command::TextReset => Text::new("Reset the text size", "恢复文字大小"),
        Command::Suggest => Text::new("Suggest codes", "建议编码"),
        Command::NextSuggestion => Text::new("Next suggestion", "下一条建议"),
        Command::PreviousSuggestion => Text::new("Previous suggestion", "上一条建议"),
        Command::AcceptSuggestion => Text::new("Accept the suggestion", "采纳建议"),
        Command::RejectSuggestion => Text::new("Reject the suggestion", "拒绝建议"),
        Command::AllLarger => Text::new("Everything larger", "放大界面"),
        Command::AllSmaller => Text::new("Everything smaller", "缩小界面"),
        Command::AllReset => Text::new("Reset the size of everything", "恢复界面大小"),
        Command::ReadingSettings => Text::new("Settings…", "设置…"),
        Command::Back => Text::new("Back", "后退"),
        Command::Forward => Text::new("Forward", "前进"),
        Command::NextDocument => Text::new("Next document", "下一文档"),
        Command::PreviousDocument => Text::new("Previous document", "上一文档"),
        Command::FocusNext => Text::new("Focus the next part", "焦点移到下一区域"),
        Command::FocusPrevious => Text::new("Focus the previous part", "焦点移到上一区域"),
        Command::FindInDocument => Text::new("Find in this document", "在本文档中查找"),
        Command::FindNext => Text::new("Find the next", "查找下一处"),
        Command::FindAndReplace => Text::new("Find and replace…", "查找和替换…"),
        Command::FindPrevious => Text::new("Find the previous", "查找上一处"),
        Command::FindEverywhere => Text::new("Search all texts", "检索全部文本"),
        Command::ShowLists => Text::new("Show or hide the lists", "显示或隐藏左侧列表"),
        Command::ShowInspector => Text::new("Show or hide the inspector", "显示或隐藏右侧面板"),
        Command::SideBySide => Text::new("Two documents side by side", "并排查看两个文档"),
        Command::OtherPane => Text::new("The other document", "切换到另一文档"),
        Command::HideOthers => Text::new("Show or hide other coders' work", "显示或隐藏他人的编码"),
        Command::ApplyCode => Text::new("Apply a code…", "应用编码…"),
        Command::InVivo => Text::new("Code in vivo, with its own words", "以原话编码"),
        Command::NewCodeHere => Text::new("New code here…", "在此新建编码…"),
        Command::SameCodeAgain => Text::new("Same code again", "再次应用同一编码"),
        Command::RemoveCoding => Text::new("Remove", "删除编码片段"),
        Command::Recode => Text::new("Change the code…", "改为其他编码…"),
        Command::CopyCoding => Text::new("Code with another code too…", "复制到其他编码…"),
        Command::SplitCoding => Text::new("Split at the cursor", "在光标处拆分"),
        Command::JoinCodings => Text::new("Join", "合并"),
        Command::AboutWhom => Text::new("Say whom it is about…", "指明涉及谁…"),
        Command::GrowCodingEnd => Text::new("End a word later", "终点后移一词"),
        Command::ShrinkCodingEnd => Text::new("End a word earlier", "终点前移一词"),
        Command::GrowCodingStart => Text::new("Begin a word earlier", "起点前移一词"),
        Command::ShrinkCodingStart => Text::new("Begin a word later", "起点后移一词"),
        Command::NextCoding => Text::new("Next coding", "下一编码片段"),
        Command::PreviousCoding => Text::new("Previous coding", "上一编码片段"),
        Command::NextUncoded => Text::new("Next uncoded passage", "下一未编码处"),
        Command::PreviousUncoded => Text::new("Previous uncoded passage", "上一未编码处"),
        Command::NextSameCode => Text::new("Next of the same code", "同一编码的下一处"),
        Command::PreviousSameCode => Text::new("Previous of the same code", "同一编码的上一处"),
        Command::SelectWord => Text::new("Select the word", "选中词语"),
        Command::SelectSentence => Text::new("Select the sentence", "选中句子"),
        Command::SelectTurn => Text::new("Select the turn", "选中话轮"),
        Command::CorrectTurn => Text::new("Correct the turn…", "更正话轮…"),
        Command::TurnSpeaker => Text::new("Say who speaks…", "指明说话人…"),
        Command::BeginTurn => Text::new("Begin a turn here…", "从此处开始新话轮…"),
        Command::JoinTurn => Text::new("Join with the turn before", "与上一话轮合并"),
        Command::Speakers => Text::new("Speakers…", "说话人…"),
        Command::SpeakersAgain => super::READ_AGAIN_ITEM,
        Command::Pseudonyms => super::PSEUDONYMS_ITEM,
        Command::ClearSelection => Text::new("Clear selection", "取消选择"),
    }
}
