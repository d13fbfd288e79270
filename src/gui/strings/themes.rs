//! What the page of themes says.

use super::Text;

impl Text {
    pub(in crate::gui) const FREQUENCIES: Self = Self::new("Frequencies", "频次");
    pub(in crate::gui) const PROGRAMME: Self = Self::new("Over time", "各阶段变化");
    pub(in crate::gui) const CHANGE: Self = Self::new("Before and after", "前后变化");
    pub(in crate::gui) const SCALES: Self = Self::new("Scales", "量表");
    pub(in crate::gui) const MIRROR: Self = Self::new("Looking-glass", "镜中自我");
    pub(in crate::gui) const TOGETHER: Self = Self::new("Co-occurrence", "编码共现");
    pub(in crate::gui) const INFORMANTS: Self = Self::new("Who says what", "谁说了什么");
    pub(in crate::gui) const BALANCE: Self = Self::new("Strengths and problems", "优势与问题");
    pub(in crate::gui) const FRAMEWORK: Self = Self::new("Framework matrix", "框架矩阵");
    pub(in crate::gui) const TRACE: Self = Self::new("Need to outcome", "从需求到成效");
    pub(in crate::gui) const SATURATION: Self = Self::new("Saturation", "饱和度");
    pub(in crate::gui) const THEMES_WORDS: Self = Self::new("Words", "词频");
    pub(in crate::gui) const COVERAGE: Self = Self::new("Coverage", "覆盖率");
    pub(in crate::gui) const TABLE: Self = Self::new("Table", "表格");
    pub(in crate::gui) const CHARTS: Self = Self::new("Charts", "图表");
    pub(in crate::gui) const EXPORT_FILE: Self = Self::new("Save to a file", "保存到文件");
    pub(in crate::gui) const ROWS: Self = Self::new("Rows", "行");
    pub(in crate::gui) const COLUMNS: Self = Self::new("Columns", "列");
    pub(in crate::gui) const MEASURE: Self = Self::new("Measure", "计量");
    pub(in crate::gui) const THEMES_ROLL_UP: Self =
        Self::new("Count subcodes with their theme", "下级编码计入主题");
    pub(in crate::gui) const HIDE_EMPTY: Self = Self::new("Hide empty", "隐藏空行空列");
    pub(in crate::gui) const ALL_ROWS: Self = Self::new("All rows", "全部行");
    pub(in crate::gui) const TOP: Self = Self::new("First", "前");
    pub(in crate::gui) const HOW_MANY_ROWS: Self = Self::new("How many rows", "行数");
    pub(in crate::gui) const BY_SUM: Self = Self::new("Most frequent first", "按总数排序");
    pub(in crate::gui) const THEMES_CASE: Self = Self::new("Family", "家庭");
    pub(in crate::gui) const ALL_CASES: Self = Self::new("All families", "全部家庭");
    pub(in crate::gui) const THEMES_THEME: Self = Self::new("Theme", "主题");
    pub(in crate::gui) const FROM: Self = Self::new("Before", "前测");
    pub(in crate::gui) const TO: Self = Self::new("After", "后测");
    pub(in crate::gui) const STRENGTHS: Self = Self::new("Strengths", "优势");
    pub(in crate::gui) const PROBLEMS: Self = Self::new("Problems", "问题");
    pub(in crate::gui) const OVERLAP: Self = Self::new("Overlap", "重叠");
    pub(in crate::gui) const TURN: Self = Self::new("Same turn", "同一话轮");
    pub(in crate::gui) const THEMES_DOCUMENT: Self = Self::new("Same document", "同一文档");
    pub(in crate::gui) const SAME_CASE: Self = Self::new("Same case", "同一个案");
    pub(in crate::gui) const ONE_CODER: Self = Self::new("Within one coder", "同一编码员内");
    pub(in crate::gui) const BASE: Self = Self::new("Base", "基数");
    pub(in crate::gui) const RUN: Self = Self::new("Run", "一轮");
    pub(in crate::gui) const THRESHOLD: Self = Self::new("Threshold %", "阈值 %");
    pub(in crate::gui) const BY_DATE: Self = Self::new("By date", "按日期");
    pub(in crate::gui) const BY_TITLE: Self = Self::new("By title", "按标题");
    pub(in crate::gui) const ALL_TEXTS: Self = Self::new("All texts", "全部文本");
    pub(in crate::gui) const INTERVIEWERS: Self = Self::new("Include interviewers", "含访谈者");
    pub(in crate::gui) const STOP_WORDS: Self = Self::new("Stop words", "停用词");
    pub(in crate::gui) const STOP_WORDS_HINT: Self = Self::new(
        "Words that are not counted, separated by spaces; both languages in one list.",
        "不计入统计的词，用空格分开；两种语言写在一起。",
    );
    pub(in crate::gui) const USUAL_STOP_WORDS: Self = Self::new("The usual list", "常用词表");
    pub(in crate::gui) const NO_PHASES: Self = Self::new(
        "Two phases are needed: give documents phases on the page of cases, or import a sheet of documents.",
        "需要两个阶段：请在个案页给文档设阶段，或导入文档表。",
    );
    pub(in crate::gui) const NO_THEMES: Self = Self::new(
        "Choose two themes from the codebook.",
        "请选择编码本中的两个主题。",
    );
    pub(in crate::gui) const SUMMARY: Self = Self::new("Summary", "摘要");
    pub(in crate::gui) const SAVE_SUMMARY: Self = Self::new("Save summary", "保存摘要");
    pub(in crate::gui) const ATTRIBUTE: Self = Self::new("Attribute", "属性");
    pub(in crate::gui) const FACET: Self = Self::new("Facet", "维度");
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
