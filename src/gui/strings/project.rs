//! Texts of the project's settings, and of what is done to documents and cases.

use super::Text;

pub(in crate::gui) const MENU: Text = Text::new("Menu", "菜单");
pub(in crate::gui) const ABOUT_PROJECT: Text = Text::new("About the study", "研究简介");
pub(in crate::gui) const CODERS_TAB: Text = Text::new("Coders", "编码员");
pub(in crate::gui) const ATTRIBUTES_TAB: Text = Text::new("Attributes", "属性");
pub(in crate::gui) const PROJECT_TITLE: Text = Text::new("Title of the project", "项目名称");
pub(in crate::gui) const PROJECT_DESCRIPTION: Text =
    Text::new("What the study is about", "研究内容");
pub(in crate::gui) const MAIN_LANGUAGE: Text =
    Text::new("Main language of the codebook", "编码本的主要语言");
pub(in crate::gui) const PROJECT_FILE: Text = Text::new("File", "文件");
pub(in crate::gui) const NEW_PHASE: Text = Text::new("Name of a new phase", "新阶段的名称");
pub(in crate::gui) const NEW_CODER: Text = Text::new("Name of a new coder", "新编码员的姓名");
pub(in crate::gui) const NEW_ATTRIBUTE: Text = Text::new("Name of a new attribute", "新属性的名称");
pub(in crate::gui) const ADD: Text = Text::new("Add", "添加");
pub(in crate::gui) const MOVE_UP: Text = Text::new("Move up", "上移");
pub(in crate::gui) const MOVE_DOWN: Text = Text::new("Move down", "下移");
pub(in crate::gui) const NO_PHASES: Text = Text::new(
    "No phases yet. A phase is a point in time of the study, such as before and after a programme.",
    "还没有阶段。阶段是研究的时间点，如活动前与活动后。",
);
pub(in crate::gui) const NO_ATTRIBUTES: Text = Text::new(
    "No attributes yet. An attribute is what you know of each case, document or coder, such as age.",
    "还没有属性。属性是对每个个案、文档或编码员已知的信息，如年龄。",
);
pub(in crate::gui) const WHO_CODES_NOW: Text = Text::new("codes now", "当前编码员");
pub(in crate::gui) const CODE_AS: Text = Text::new("Code as this coder", "以此编码员身份编码");
pub(in crate::gui) const OF_CASES: Text = Text::new("Of cases", "个案属性");
pub(in crate::gui) const OF_DOCUMENTS: Text = Text::new("Of documents", "文档属性");
pub(in crate::gui) const OF_CODERS: Text = Text::new("Of coders", "编码员属性");
pub(in crate::gui) const ATTRIBUTE_MEANS: Text = Text::new("What it means", "含义");
pub(in crate::gui) const VALUES_ARE: Text = Text::new("Values", "取值");
pub(in crate::gui) const PER_PHASE: Text =
    Text::new("A value for each phase", "每个阶段各有一个值");
pub(in crate::gui) const ADD_ATTRIBUTE: Text = Text::new("New attribute", "新属性");
pub(in crate::gui) const REMOVE_ATTRIBUTE: Text = Text::new("Remove this attribute", "删除此属性");
pub(in crate::gui) const PROPERTIES: Text = Text::new("Properties…", "文档信息…");
pub(in crate::gui) const REMOVE_DOCUMENTS: Text = Text::new("Remove…", "删除…");
pub(in crate::gui) const NO_PHASE: Text = Text::new("(no phase)", "（无阶段）");
pub(in crate::gui) const DIFFERENT: Text = Text::new("(different)", "（各不相同）");
pub(in crate::gui) const SPEAKERS_HERE: Text = Text::new("Speakers", "说话人");
pub(in crate::gui) const SPEAKER_LABEL: Text = Text::new("Speaker", "说话人");
pub(in crate::gui) const NOBODY_KNOWN: Text = Text::new("(not linked)", "（未关联）");
pub(in crate::gui) const WHO_IS: Text = Text::new("Person that is", "对应的人物：");
pub(in crate::gui) const RENAME_CASE: Text = Text::new("Rename", "重命名");
pub(in crate::gui) const KIND_OF_CASE: Text = Text::new("Kind", "类型");
pub(in crate::gui) const MERGE_CASES: Text = Text::new("Merge into", "合并到");
pub(in crate::gui) const MERGE_CASES_NOTE: Text = Text::new(
    "Its values count where both have one.",
    "两者都有值时以它为准。",
);
pub(in crate::gui) const CONVERT: Text = Text::new("Convert the values", "转换这些值");
pub(in crate::gui) const CONVERT_AND_LOSE: Text =
    Text::new("Convert, and lose these values", "转换，并丢弃这些值");
pub(in crate::gui) const NEW_CATEGORY: Text = Text::new("Name of a new category", "新类别的名称");
pub(in crate::gui) const CATEGORIES_MERGE: Text = Text::new(
    "A category that is given another’s name is merged with it.",
    "改为另一类别的名称即与其合并。",
);
pub(in crate::gui) const ADD_TO_CODEBOOK: Text = Text::new("Add to the codebook", "加入编码本");
pub(in crate::gui) const STARTER_IS_THERE: Text = Text::new(
    "The codebook has this theme; what is new is added.",
    "编码本已有此主题；只加入新的内容。",
);
pub(in crate::gui) const BROWSE_STARTERS: Text =
    Text::new("Look at the starter codebooks…", "查看入门编码本…");
pub(in crate::gui) const GENERAL: Text = Text::new("General", "常规");
pub(in crate::gui) const TRANSCRIPTS_TAB: Text = Text::new("Transcripts", "访谈文本");
pub(in crate::gui) const LANGUAGE_OF_WINDOW: Text = Text::new("Language", "语言");
pub(in crate::gui) const LIGHT: Text = Text::new("Light", "浅色");
pub(in crate::gui) const DARK: Text = Text::new("Dark", "深色");
pub(in crate::gui) const USUAL_CODER: Text = Text::new(
    "Your name as a coder, for new projects",
    "新项目中的编码员姓名",
);
pub(in crate::gui) const PROJECTS_FOLDER: Text =
    Text::new("Folder of new projects", "新项目所在文件夹");
pub(in crate::gui) const REMEMBER_PROJECTS: Text =
    Text::new("Remember the projects I open", "记录我打开过的项目");
pub(in crate::gui) const REMEMBER_PROJECTS_HINT: Text = Text::new(
    "Otherwise the list of recent projects is emptied, and each project opens at its beginning, without favourite codes.",
    "关闭后，最近项目列表会被清空；每个项目都从头打开，收藏的编码也不保留。",
);
/// Names of parts of the window, which screen readers jump between.
pub(in crate::gui) const PAGES: Text = Text::new("Pages", "页面");
pub(in crate::gui) const INSPECTOR: Text = Text::new("Inspector", "检查面板");
pub(in crate::gui) const STATUS_BAR: Text = Text::new("Status bar", "状态栏");
pub(in crate::gui) const USUAL_ORDER: Text =
    Text::new("Order by phase and title", "按阶段和标题排列");
/// An empty cell, for screen readers.
pub(in crate::gui) const NO_VALUE: Text = Text::new("no value", "无值");
/// States of a branch, for screen readers that aren't told of them otherwise.
pub(in crate::gui) const EXPANDED: Text = Text::new("expanded", "已展开");
pub(in crate::gui) const COLLAPSED: Text = Text::new("collapsed", "已折叠");
pub(in crate::gui) const CHANGED: Text = Text::new("Changed last", "最后改动");
pub(in crate::gui) const HISTORY: Text = Text::new("History", "历史");
pub(in crate::gui) const FIND_IN_HISTORY: Text = Text::new("Find in history", "在历史中查找");
pub(in crate::gui) const CHOOSE_STEP: Text = Text::new(
    "Choose a step to see what it changed.",
    "选择一个步骤，查看其中的改动。",
);
pub(in crate::gui) const WHAT_CHANGED: Text = Text::new("What changed", "改动内容");
pub(in crate::gui) const TAKE_BACK: Text = Text::new("Take back this step", "收回这一步");
pub(in crate::gui) const TAKE_BACK_NOTE: Text = Text::new(
    "What was done since stays. Taking back is a step of its own.",
    "之后的工作保留。收回本身也是一个步骤。",
);
pub(in crate::gui) const IS_TAKEN_BACK: Text =
    Text::new("This step was taken back.", "这一步已收回。");
pub(in crate::gui) const SHOW_AS_OF: Text =
    Text::new("Show the project as of here", "显示当时的项目");
pub(in crate::gui) const BACK_TO_HERE: Text = Text::new("Back to here instead…", "改为回到这一步…");
pub(in crate::gui) const GO_BACK: Text = Text::new("Go back", "回到这一步");
pub(in crate::gui) const BACK_TO_NOW: Text = Text::new("Back to now", "回到现在");
pub(in crate::gui) const EVERYTHING: Text = Text::new("Everything", "全部内容");
pub(in crate::gui) const STEPS_ABOUT: Text =
    Text::new("What the steps are about", "步骤涉及的内容");
pub(in crate::gui) const EXPORT_HISTORY: Text = Text::new("Export the history…", "导出历史…");
pub(in crate::gui) const DOCUMENTS_STAY: Text = Text::new(
    "Documents and speakers stay, without the case.",
    "文档与说话人保留，但不再属于该个案。",
);
pub(in crate::gui) const CAN_UNDO: Text =
    Text::new("You can undo this as one step.", "这是一步操作，可以撤销。");
pub(in crate::gui) const CANT_UNUSED_ONLY: Text = Text::new(
    "Only what nothing refers to can be removed.",
    "只能删除未被使用的项目。",
);

pub(in crate::gui) const PRINT: Text = Text::new("Print…", "打印…");
pub(in crate::gui) const PRINT_HINT: Text = Text::new(
    "What is shown is saved as a page, which opens in the browser; print it there.",
    "当前内容会保存为网页，并在浏览器中打开；请在浏览器中打印。",
);
pub(in crate::gui) const NOTHING_TO_PRINT: Text = Text::new(
    "There is nothing to print here. Open a document, a view of Themes or the history.",
    "这里没有可打印的内容。请打开一份文档、“主题”中的视图或历史。",
);
pub(in crate::gui) const NOTHING_OPENS: Text = Text::new(
    "saved, but this system has no program that opens it; open it yourself to print it",
    "已保存，但系统没有可打开它的程序；请自行打开后打印",
);
