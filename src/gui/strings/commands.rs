//! What commands are called.

use super::UiLanguage;
use crate::gui::command::{Command, Group};

impl UiLanguage {
    /// A command's name.
    pub(in crate::gui) fn command(self, command: Command) -> &'static str {
        let (english, chinese) = name(command);
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// The name of a group of commands.
    pub(in crate::gui) fn group(self, group: Group) -> &'static str {
        let (english, chinese) = match group {
            Group::Project => ("Project", "项目"),
            Group::View => ("View", "视图"),
            Group::Coding => ("Coding the selection", "对选区编码"),
            Group::Codings => ("Chosen codings", "选中的编码片段"),
            Group::Moving => ("Moving and selecting", "移动与选取"),
        };
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

/// Both names.
const fn name(command: Command) -> (&'static str, &'static str) {
    match command {
        Command::Undo => ("Undo", "撤销"),
        Command::Redo => ("Redo", "重做"),
        Command::NewProject => ("New project…", "新建项目…"),
        Command::OpenProject => ("Open a project…", "打开项目…"),
        Command::CloseProject => ("Close the project", "关闭项目"),
        Command::ImportTranscripts => ("Import transcripts…", "导入访谈文稿…"),
        Command::ImportCodebook => ("Import a codebook…", "导入编码本…"),
        Command::ImportCases => ("Import a sheet of cases…", "导入个案表…"),
        Command::ImportProject => ("Import another program's project…", "导入其他软件的项目…"),
        Command::Export => ("Export…", "导出…"),
        Command::Sets => ("Sets…", "集合…"),
        Command::Attachments => ("Attached files…", "附件…"),
        Command::GoRead => ("Go to Read", "转到阅读"),
        Command::GoSearch => ("Go to Search", "转到检索"),
        Command::GoThemes => ("Go to Themes", "转到主题"),
        Command::GoCases => ("Go to Cases", "转到个案"),
        Command::GoMemos => ("Go to Memos", "转到备忘"),
        Command::MemoHere => ("Write a memo here…", "在此写备忘…"),
        Command::ExportMemos => ("Export the memos…", "导出备忘…"),
        Command::Finder => ("All commands, documents, codes…", "全部命令、文档、编码…"),
        Command::KeyMap => ("Keys", "快捷键"),
        Command::SwitchLanguage => ("Switch language", "切换语言"),
        Command::SwitchTheme => ("Light or dark", "浅色或深色"),
        Command::TextLarger => ("Larger text", "放大文字"),
        Command::TextSmaller => ("Smaller text", "缩小文字"),
        Command::TextReset => ("Text as usual", "恢复文字大小"),
        Command::Suggest => ("Suggest codes", "建议编码"),
        Command::NextSuggestion => ("Next suggestion", "下一条建议"),
        Command::PreviousSuggestion => ("Previous suggestion", "上一条建议"),
        Command::AcceptSuggestion => ("Accept the suggestion", "采纳建议"),
        Command::RejectSuggestion => ("Reject the suggestion", "拒绝建议"),
        Command::AllLarger => ("Everything larger", "放大界面"),
        Command::AllSmaller => ("Everything smaller", "缩小界面"),
        Command::AllReset => ("Everything as usual", "恢复界面大小"),
        Command::ReadingSettings => ("How the text is set…", "正文排版…"),
        Command::Back => ("Back", "后退"),
        Command::Forward => ("Forward", "前进"),
        Command::NextDocument => ("Next document", "下一文档"),
        Command::PreviousDocument => ("Previous document", "上一文档"),
        Command::FocusNext => ("Keyboard to the next part", "焦点移到下一区域"),
        Command::FocusPrevious => ("Keyboard to the part before", "焦点移到上一区域"),
        Command::FindEverywhere => ("Search all texts", "检索全部文本"),
        Command::SideBySide => ("Two documents side by side", "并排查看两个文档"),
        Command::OtherPane => ("The other document", "切换到另一文档"),
        Command::HideOthers => ("Other coders' work shown or hidden", "显示或隐藏他人的编码"),
        Command::ApplyCode => ("Apply a code…", "应用编码…"),
        Command::InVivo => ("Code with its own words", "以原话编码"),
        Command::NewCodeHere => ("New code here…", "在此新建编码…"),
        Command::SameCodeAgain => ("Same code again", "再次应用同一编码"),
        Command::RemoveCoding => ("Remove", "删除编码片段"),
        Command::Recode => ("Move to another code…", "改为其他编码…"),
        Command::CopyCoding => ("Copy to another code…", "复制到其他编码…"),
        Command::SplitCoding => ("Split at the cursor", "在光标处拆分"),
        Command::JoinCodings => ("Join", "合并"),
        Command::GrowCodingEnd => ("End a word later", "终点后移一词"),
        Command::ShrinkCodingEnd => ("End a word earlier", "终点前移一词"),
        Command::GrowCodingStart => ("Begin a word earlier", "起点前移一词"),
        Command::ShrinkCodingStart => ("Begin a word later", "起点后移一词"),
        Command::NextCoding => ("Next coding", "下一编码片段"),
        Command::PreviousCoding => ("Previous coding", "上一编码片段"),
        Command::NextUncoded => ("Next uncoded passage", "下一未编码处"),
        Command::PreviousUncoded => ("Previous uncoded passage", "上一未编码处"),
        Command::NextSameCode => ("Next of the same code", "同一编码的下一处"),
        Command::PreviousSameCode => ("Previous of the same code", "同一编码的上一处"),
        Command::SelectWord => ("Select the word", "选中词语"),
        Command::SelectSentence => ("Select the sentence", "选中句子"),
        Command::SelectTurn => ("Select the turn", "选中话轮"),
        Command::CorrectTurn => ("Correct the turn…", "更正话轮…"),
        Command::Speakers => ("Speakers…", "说话人…"),
        Command::ClearSelection => ("Let go of the selection", "取消选择"),
    }
}
