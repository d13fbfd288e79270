//! What the page of themes says.

use super::Text;

pub(in crate::gui) const TABLE: Text = Text::new("Table", "表格");
pub(in crate::gui) const CHARTS: Text = Text::new("Charts", "图表");
pub(in crate::gui) const EXPORT_FILE: Text = Text::new("Save to a file", "保存到文件");
pub(in crate::gui) const STOP_WORDS: Text = Text::new("Stop words", "停用词");
pub(in crate::gui) const STOP_WORDS_HINT: Text = Text::new(
    "Words that are not counted, separated by spaces; both languages in one list.",
    "不计入统计的词，用空格分开；两种语言写在一起。",
);
pub(in crate::gui) const USUAL_STOP_WORDS: Text = Text::new("The usual list", "常用词表");
pub(in crate::gui) const SUMMARY: Text = Text::new("Summary", "摘要");
pub(in crate::gui) const SAVE_SUMMARY: Text = Text::new("Save summary", "保存摘要");
pub(in crate::gui) const REPORT: Text = Text::new("Report", "报告");
pub(in crate::gui) const THEMES_SAVED: Text = Text::new("Saved", "已保存");
pub(in crate::gui) const ADD_LINK: Text = Text::new("Link", "关联");
pub(in crate::gui) const LINK_NAME: Text = Text::new("is met by", "由……满足");
pub(in crate::gui) const WORKING: Text = Text::new("Working…", "正在计算……");
pub(in crate::gui) const MORE_NOT_LISTED: Text = Text::new("more are not listed", "项未列出");
pub(in crate::gui) const NEW_SCALE: Text = Text::new("New scale", "新建量表");
pub(in crate::gui) const EDIT_SCALE: Text = Text::new("Edit", "修改");
pub(in crate::gui) const SCALE_NAME: Text = Text::new("Name of the scale", "量表名称");
pub(in crate::gui) const LOWEST: Text = Text::new("Lowest answer", "最低分");
pub(in crate::gui) const HIGHEST: Text = Text::new("Highest answer", "最高分");
pub(in crate::gui) const FEWEST_ANSWERS: Text =
    Text::new("Answers needed for a score", "计分所需最少回答数");
pub(in crate::gui) const ITEMS: Text = Text::new("Items", "题目");
pub(in crate::gui) const REVERSED: Text = Text::new("reversed", "反向");
pub(in crate::gui) const NO_ITEMS: Text = Text::new(
    "There are no numbers per phase yet. Import a sheet of cases with columns such as item1@baseline.",
    "还没有按阶段填写的数字。请导入个案表，列名如 item1@baseline。",
);
pub(in crate::gui) const SAVE_SCALE: Text = Text::new("Save scale", "保存量表");
pub(in crate::gui) const ROSENBERG_HINT: Text = Text::new(
    "Rosenberg’s self-esteem scale, ten items: which ones are reversed",
    "Rosenberg 自尊量表（十题）：哪些为反向题",
);
