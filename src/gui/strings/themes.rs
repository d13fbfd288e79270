//! What the page of themes says.

use super::Text;

impl Text {
    pub(in crate::gui) const TABLE: Self = Self::new("Table", "表格");
    pub(in crate::gui) const CHARTS: Self = Self::new("Charts", "图表");
    pub(in crate::gui) const EXPORT_FILE: Self = Self::new("Save to a file", "保存到文件");
    pub(in crate::gui) const STOP_WORDS: Self = Self::new("Stop words", "停用词");
    pub(in crate::gui) const STOP_WORDS_HINT: Self = Self::new(
        "Words that are not counted, separated by spaces; both languages in one list.",
        "不计入统计的词，用空格分开；两种语言写在一起。",
    );
    pub(in crate::gui) const USUAL_STOP_WORDS: Self = Self::new("The usual list", "常用词表");
    pub(in crate::gui) const SUMMARY: Self = Self::new("Summary", "摘要");
    pub(in crate::gui) const SAVE_SUMMARY: Self = Self::new("Save summary", "保存摘要");
    pub(in crate::gui) const REPORT: Self = Self::new("Report", "报告");
    pub(in crate::gui) const THEMES_SAVED: Self = Self::new("Saved", "已保存");
    pub(in crate::gui) const ADD_LINK: Self = Self::new("Link", "关联");
    pub(in crate::gui) const LINK_NAME: Self = Self::new("is met by", "由……满足");
    pub(in crate::gui) const WORKING: Self = Self::new("Working…", "正在计算……");
    pub(in crate::gui) const MORE_NOT_LISTED: Self = Self::new("more are not listed", "项未列出");
    pub(in crate::gui) const NEW_SCALE: Self = Self::new("New scale", "新建量表");
    pub(in crate::gui) const EDIT_SCALE: Self = Self::new("Edit", "修改");
    pub(in crate::gui) const SCALE_NAME: Self = Self::new("Name of the scale", "量表名称");
    pub(in crate::gui) const LOWEST: Self = Self::new("Lowest answer", "最低分");
    pub(in crate::gui) const HIGHEST: Self = Self::new("Highest answer", "最高分");
    pub(in crate::gui) const FEWEST_ANSWERS: Self =
        Self::new("Answers needed for a score", "计分所需最少回答数");
    pub(in crate::gui) const ITEMS: Self = Self::new("Items", "题目");
    pub(in crate::gui) const REVERSED: Self = Self::new("reversed", "反向");
    pub(in crate::gui) const NO_ITEMS: Self = Self::new(
        "There are no numbers per phase yet. Import a sheet of cases with columns such as item1@baseline.",
        "还没有按阶段填写的数字。请导入个案表，列名如 item1@baseline。",
    );
    pub(in crate::gui) const SAVE_SCALE: Self = Self::new("Save scale", "保存量表");
    pub(in crate::gui) const ROSENBERG_HINT: Self = Self::new(
        "Rosenberg's self-esteem scale, ten items: which ones are reversed",
        "Rosenberg 自尊量表（十题）：哪些为反向题",
    );
}
