//! The texts of the window, each once with both languages side by side.
//!
//! A text changes here and nowhere else; panels name the constant.

mod about;
mod commands;
mod counts;
mod erasure;
mod exchange;
mod history;
mod importing;
mod project;
mod pseudonyms;
mod query;
mod safety;
mod taking_part;
mod themes;
mod turns;

pub(super) use self::{
    about::*, commands::*, counts::*, erasure::*, exchange::*, history::*, importing::*,
    project::*, pseudonyms::*, query::QUERY_LANGUAGE, safety::*, taking_part::*, themes::*,
    turns::*,
};

pub(super) use crate::message::{grouped, labelled, language::UiLanguage, text::Text};

pub(in crate::gui) const SLOGAN: Text = Text::new(
    "Code interviews, find the themes,\nsee every family.",
    "为访谈编码，找到主题，\n看见每一个家庭。",
);
pub(in crate::gui) const OPEN_SAMPLE: Text = Text::new(
    "Open the sample project “I believe I can”",
    "打开示例项目“我相信我能”",
);
pub(in crate::gui) const NEW_PROJECT: Text = Text::new("New project…", "新建项目…");
pub(in crate::gui) const OPEN_PROJECT: Text = Text::new("Open project…", "打开项目…");
pub(in crate::gui) const DROP_HINT: Text = Text::new(
    "Or drop a project, another program’s file or transcripts here",
    "也可将项目、其他软件的文件或访谈文本拖到这里",
);
/// On the welcome page: begin with another program's project or with transcripts.
pub(in crate::gui) const FROM_ELSEWHERE: Text =
    Text::new("From another program…", "从其他软件导入…");
/// Before the names of files that come into a project once it is made.
pub(in crate::gui) const COMES_INTO: Text =
    Text::new("Will be imported into the new project:", "将导入新项目：");
pub(in crate::gui) const RECENT: Text = Text::new("Recent", "最近");
pub(in crate::gui) const NO_RECENT: Text = Text::new(
    "Projects that you open are listed here.",
    "打开过的项目会列在这里。",
);
pub(in crate::gui) const NONE_REMEMBERED: Text = Text::new(
    "Projects that you open aren't remembered; you can change this in the settings.",
    "不记录打开过的项目；可在设置中更改。",
);
pub(in crate::gui) const STAYS_HERE: Text = Text::new(
    "Your material stays on this computer unless you send it.",
    "资料只保存在这台电脑上，除非你主动发送。",
);
pub(in crate::gui) const READ: Text = Text::new("Read", "阅读");
pub(in crate::gui) const SEARCH: Text = Text::new("Search", "检索");
pub(in crate::gui) const THEMES: Text = Text::new("Themes", "主题");
pub(in crate::gui) const CASES: Text = Text::new("Cases", "个案");
pub(in crate::gui) const DOCUMENTS: Text = Text::new("Documents", "文档");
pub(in crate::gui) const CODEBOOK: Text = Text::new("Codebook", "编码本");
pub(in crate::gui) const NO_DOCUMENTS: Text = Text::new(
    "No transcripts yet. Import some, or drop them anywhere on this window.",
    "还没有访谈文本。请导入，或把文件拖到窗口里。",
);
pub(in crate::gui) const NO_CODES: Text = Text::new(
    "No codes yet. Start with your own, or import a starter codebook.",
    "还没有编码。可以自己新建，也可以导入入门编码本。",
);
pub(in crate::gui) const IMPORT_FILES: Text = Text::new("Import transcripts…", "导入访谈文本…");
pub(in crate::gui) const IMPORT_CODEBOOK: Text = Text::new("Import codebook…", "导入编码本…");
pub(in crate::gui) const CODE_NAME: Text = Text::new("Name of the code", "编码名称");
pub(in crate::gui) const ADD_CODE: Text = Text::new("Add code", "添加编码");
pub(in crate::gui) const ADD_SUBCODE: Text = Text::new("Add subcode", "添加下级编码");
pub(in crate::gui) const EDIT_CODE: Text = Text::new("Edit code…", "编辑编码…");
pub(in crate::gui) const REMOVE_CODE: Text = Text::new("Remove code…", "删除编码…");
pub(in crate::gui) const DEFINITION: Text = Text::new("Definition", "定义");
pub(in crate::gui) const APPLY_WHEN: Text = Text::new("When to apply", "何时使用");
pub(in crate::gui) const NOT_WHEN: Text = Text::new("When not to apply", "何时不用");
pub(in crate::gui) const INDICATORS: Text = Text::new("Indicators", "指示词");
pub(in crate::gui) const COLOUR: Text = Text::new("Colour", "颜色");
pub(in crate::gui) const RENAME_CODE: Text = Text::new("Rename", "重命名");
pub(in crate::gui) const PAGE_OF_CODE: Text =
    Text::new("Page with all passages", "编码页（全部片段）");
pub(in crate::gui) const MOVE_CODE: Text = Text::new("Move code", "移动编码");
pub(in crate::gui) const SORT_SUBCODES: Text =
    Text::new("Sort subcodes by name", "按名称排列下级编码");
pub(in crate::gui) const SORT_TOP_CODES: Text =
    Text::new("Sort top level by name", "按名称排列顶层编码");
pub(in crate::gui) const MERGE_INTO: Text = Text::new("Merge into…", "合并到…");
pub(in crate::gui) const MERGE: Text = Text::new("Merge", "合并");
pub(in crate::gui) const SPLIT_CODE: Text = Text::new("Split…", "拆分…");
pub(in crate::gui) const SPLIT_OFF: Text = Text::new("Split off", "拆分");
pub(in crate::gui) const SPLIT_HINT: Text = Text::new(
    "The new code has the same parent and facets, and comes right after this one.",
    "新编码与原编码同级、维度相同，排在它之后。",
);
pub(in crate::gui) const NOTHING_GOES_ALONG: Text = Text::new(
    "Nothing is coded with it, and it has no subcodes.",
    "没有片段使用它，它也没有下级编码。",
);
pub(in crate::gui) const FILTER_TREE: Text = Text::new("Filter the codebook", "筛选编码本");
pub(in crate::gui) const SORT_AND_COUNT: Text = Text::new("Order and counts", "排序与计数");
pub(in crate::gui) const OWN_ORDER: Text = Text::new("Order of the codebook", "编码本顺序");
pub(in crate::gui) const BY_NAME: Text = Text::new("By name", "按名称");
pub(in crate::gui) const BY_USE: Text = Text::new("Most used first", "使用最多在前");
pub(in crate::gui) const COUNTS_WITH_SUBCODES: Text = Text::new("With subcodes", "含下级编码");
pub(in crate::gui) const COUNTS_OWN: Text = Text::new("Without subcodes", "不含下级编码");
pub(in crate::gui) const FOLD_ALL: Text = Text::new("Fold all", "全部折叠");
pub(in crate::gui) const UNFOLD_ALL: Text = Text::new("Unfold all", "全部展开");
pub(in crate::gui) const WITHOUT_DEFINITION: Text = Text::new("No definition yet", "还没有定义");
pub(in crate::gui) const NEVER_USED: Text = Text::new("Never used", "尚未使用");
pub(in crate::gui) const CHOOSE_WHAT_STAYS: Text =
    Text::new("Choose the code that stays.", "请选择要保留的编码。");
pub(in crate::gui) const CODINGS_MOVE: Text = Text::new("codings", "编码片段");
pub(in crate::gui) const FALL_TOGETHER: Text = Text::new(
    "of these {n|is|are} merged with an identical coding",
    "{n|其中与相同的编码片段合为一个|其中与相同的编码片段合为一个}",
);
pub(in crate::gui) const SUBCODES_MOVE: Text = Text::new(
    "{n|subcode moves|subcodes move} as well",
    "{n|下级编码一并移动|下级编码一并移动}",
);
pub(in crate::gui) const MEMOS_MOVE: Text = Text::new("memos", "备忘");
pub(in crate::gui) const LINKS_MOVE: Text = Text::new("links", "关联");
/// What is merged with a code, each beside its number.
pub(in crate::gui) const MERGED_CODINGS: Text =
    Text::new("{n|coding|codings}", "{n|编码片段|编码片段}");
pub(in crate::gui) const MERGED_MEMOS: Text = Text::new("{n|memo|memos}", "{n|备忘|备忘}");
pub(in crate::gui) const MERGED_LINKS: Text = Text::new("{n|link|links}", "{n|关联|关联}");
pub(in crate::gui) const MERGED_INDICATORS: Text =
    Text::new("{n|indicator|indicators}", "{n|指示词|指示词}");
pub(in crate::gui) const MERGED_EXAMPLES: Text = Text::new("{n|example|examples}", "{n|例子|例子}");
pub(in crate::gui) const NOTHING_IS_LOST: Text = Text::new(
    "Rules and facets are kept too. You can undo this as one step.",
    "规则与维度也会保留。这是一步操作，可以撤销。",
);
pub(in crate::gui) const RECODE: Text = Text::new("Recode", "更换编码");
pub(in crate::gui) const RECODE_TICKED: Text = Text::new("Recode ticked…", "更换所选片段的编码…");
pub(in crate::gui) const SPLIT_OFF_TICKED: Text = Text::new("Split off ticked…", "拆分所选片段…");
pub(in crate::gui) const TICK_HINT: Text = Text::new(
    "Tick passages to recode or split them off",
    "勾选片段后可更换编码或拆分",
);
pub(in crate::gui) const TICK: Text = Text::new("Tick", "勾选");
pub(in crate::gui) const NO_PASSAGES: Text = Text::new(
    "No passages yet. Select text in Read and click this code.",
    "还没有片段。在“阅读”中选中文字，再点击此编码。",
);
pub(in crate::gui) const BACK_TO_READING: Text = Text::new("Back to the text", "返回文本");
pub(in crate::gui) const EXAMPLES: Text = Text::new("Examples", "例子");
pub(in crate::gui) const ADD_EXAMPLE: Text = Text::new("Add example", "添加例子");
pub(in crate::gui) const INDICATORS_HINT: Text =
    Text::new("one per line, such as zh: 自信", "每行一个，如 zh: 自信");
pub(in crate::gui) const FACETS: Text = Text::new("Facets", "维度");
pub(in crate::gui) const ADD_FACET: Text = Text::new("Add facet", "添加维度");
pub(in crate::gui) const REMOVE_FACET: Text = Text::new("Remove facet", "删除维度");
pub(in crate::gui) const FACET_NAME: Text = Text::new("Name of the facet", "维度名称");
pub(in crate::gui) const FACET_KIND: Text = Text::new("Kind of the facet", "维度类型");
pub(in crate::gui) const CATEGORY: Text = Text::new("Category", "类别");
pub(in crate::gui) const INTENSITY: Text = Text::new("Intensity 0–100", "强度 0–100");
pub(in crate::gui) const FREE_WORDS: Text = Text::new("Words", "文字");
pub(in crate::gui) const YES_NO: Text = Text::new("Yes or no", "是或否");
pub(in crate::gui) const CATEGORIES: Text = Text::new("Categories", "类别取值");
pub(in crate::gui) const CATEGORIES_HINT: Text = Text::new(
    "one per line, such as pride = 自豪",
    "每行一个，如 pride = 自豪",
);
pub(in crate::gui) const KEY_OF_CODE: Text = Text::new("Key (1–9)", "快捷键（1–9）");
pub(in crate::gui) const NOT_SAVED: Text = Text::new("Not saved yet.", "尚未保存。");
pub(in crate::gui) const KEEP_DRAFT: Text = Text::new("Keep as a draft", "保留为草稿");
pub(in crate::gui) const DISCARD: Text = Text::new("Discard", "放弃");
pub(in crate::gui) const GO_ON_WRITING: Text = Text::new("Go on writing", "继续编写");
pub(in crate::gui) const DRAFTS_KEPT: Text = Text::new(
    "There is writing in this project that wasn’t saved. It was kept as a draft.",
    "此项目中有尚未保存的内容，已保留为草稿。",
);
pub(in crate::gui) const SHOW: Text = Text::new("Show", "查看");
pub(in crate::gui) const SAVE_HINT: Text = Text::new("Ctrl Enter saves", "Ctrl Enter 保存");
pub(in crate::gui) const SAVE: Text = Text::new("Save", "保存");
pub(in crate::gui) const REPLACE: Text = Text::new("Replace", "替换");
pub(in crate::gui) const CODER_MISSING: Text =
    Text::new("Type the name of the coder.", "请输入编码员姓名。");
pub(in crate::gui) const TITLE_MISSING: Text = Text::new(
    "Type a title, or the path of a file.",
    "请输入名称，或文件路径。",
);
pub(in crate::gui) const BROWSE: Text = Text::new("Browse…", "浏览…");
pub(in crate::gui) const WILL_BE_STORED: Text = Text::new("Will be stored as", "将保存为");
pub(in crate::gui) const NO_CHOOSER: Text = Text::new(
    "No file dialog answered on this system. Type the path, or drop files on the window.",
    "系统的文件对话框没有响应。请输入路径，或把文件拖到窗口上。",
);
pub(in crate::gui) const PATH_MISSING: Text =
    Text::new("Type the path of a file.", "请输入文件路径。");
pub(in crate::gui) const CANCEL: Text = Text::new("Cancel", "取消");
pub(in crate::gui) const CLOSE: Text = Text::new("Close", "关闭");
pub(in crate::gui) const REMOVE: Text = Text::new("Remove", "删除");
pub(in crate::gui) const UNDO: Text = Text::new("Undo", "撤销");
pub(in crate::gui) const SAVED: Text = Text::new("Saved", "已保存");
pub(in crate::gui) const READ_ONLY: Text = Text::new("Read-only", "只读");
pub(in crate::gui) const SELECTION: Text = Text::new("Selection", "选中的片段");
pub(in crate::gui) const CODINGS_HERE: Text = Text::new("Codings here", "此处的编码");
pub(in crate::gui) const NO_SELECTION: Text = Text::new(
    "Select a passage to code it, or click a coded one.",
    "选中一段文字即可编码，或点击已编码的片段。",
);
pub(in crate::gui) const FILTER_CODES: Text = Text::new("Filter codes", "筛选编码");
pub(in crate::gui) const RECODE_TO: Text =
    Text::new("Another code for the codings", "改用哪个编码");
pub(in crate::gui) const COPY_TO: Text =
    Text::new("Also code the passages with…", "同时编为哪个编码");
pub(in crate::gui) const PALETTE_KEYS: Text = Text::new(
    "Tab several · Shift Enter keeps the selection · Ctrl B favourite",
    "Tab 多选 · Shift Enter 保留选区 · Ctrl B 收藏",
);
pub(in crate::gui) const PICKER_KEYS: Text =
    Text::new("Enter chooses · Esc cancels", "Enter 选定 · Esc 取消");
pub(in crate::gui) const FAVOURITE: Text = Text::new("Favourite", "收藏");
pub(in crate::gui) const BELOW: Text = Text::new("parent:", "上级：");
pub(in crate::gui) const AT_THE_TOP: Text = Text::new("(none, top level)", "（无，顶层）");
pub(in crate::gui) const CODE_NAME_TAKEN: Text = Text::new(
    "There is a code of this name here. Choose it from the list, or give another name.",
    "此处已有同名编码。请从列表中选用，或另取名称。",
);
pub(in crate::gui) const NO_SUCH_PARENT: Text = Text::new(
    "There is no code above of this name.",
    "没有此名称的上级编码。",
);
pub(in crate::gui) const CREATE_AND_APPLY: Text = Text::new("Create and apply", "新建并应用");
pub(in crate::gui) const NEW_CODE_KEYS: Text = Text::new(
    "Ctrl Enter creates and applies · Parent/Name works too",
    "Ctrl Enter 新建并应用 · 也可写“上级/名称”",
);
pub(in crate::gui) const FACET_KEYS: Text = Text::new(
    "Type a key to answer · Space skips · Backspace goes back · Enter applies",
    "按键作答 · 空格跳过 · 退格返回 · Enter 应用",
);
pub(in crate::gui) const YES: Text = Text::new("yes", "是");
pub(in crate::gui) const NO: Text = Text::new("no", "否");
pub(in crate::gui) const CLOSE_DOCUMENT: Text = Text::new("Close this document", "关闭此文档");
pub(in crate::gui) const SHOW_CODES: Text = Text::new("Codes shown", "显示哪些编码");
pub(in crate::gui) const SHOW_CODERS: Text = Text::new("Coders shown", "显示哪些编码员");
pub(in crate::gui) const COLOR_BY: Text = Text::new("Colours show", "颜色代表什么");
pub(in crate::gui) const CODE: Text = Text::new("Code", "编码");
pub(in crate::gui) const SHOW_ALL: Text = Text::new("Show all", "全部显示");
pub(in crate::gui) const SELECT_PASSAGE: Text = Text::new("Select its passage", "选中该片段");
pub(in crate::gui) const FIT_TO_SELECTION: Text =
    Text::new("Change to the selected range", "改为所选范围");
pub(in crate::gui) const COPY_QUOTATION: Text = Text::new("Copy with reference", "连同出处复制");
pub(in crate::gui) const CHOSEN_CODINGS: Text = Text::new("Selected codings", "选中的编码片段");
pub(in crate::gui) const LET_GO: Text = Text::new("Clear selection", "取消选择");
pub(in crate::gui) const FILTER_COMMANDS: Text =
    Text::new("Filter commands or keys", "筛选命令或按键");
pub(in crate::gui) const CHANGE_KEYS: Text = Text::new("Change keys…", "更改快捷键…");
pub(in crate::gui) const PRESS_NEW_KEY: Text = Text::new(
    "Press the new key; Esc leaves it as it is.",
    "请按新的快捷键；按 Esc 保持不变。",
);
pub(in crate::gui) const KEY_NOT_POSSIBLE: Text = Text::new(
    "This command needs a key with Ctrl or Alt, or a function key.",
    "此命令的快捷键须含 Ctrl 或 Alt，或为功能键。",
);
pub(in crate::gui) const USUAL_KEY: Text = Text::new("Usual key", "恢复默认");
pub(in crate::gui) const ALL_USUAL_KEYS: Text = Text::new("Usual keys everywhere", "全部恢复默认");
pub(in crate::gui) const NO_KEY: Text = Text::new("no key", "无");
pub(in crate::gui) const KEY_MAP_NOTE: Text = Text::new(
    "Arrows move the cursor: with Ctrl by word and turn, with Alt up and down by sentence, with Shift they select. 1–9 and letters of codes apply those codes. In the codebook, the menu of a code shows its keys.",
    "方向键移动光标：加 Ctrl 按词和话轮，Alt 加上下键按句，加 Shift 选取。数字 1–9 及编码自带的按键直接应用该编码。编码本中各编码的右键菜单列有按键。",
);
pub(in crate::gui) const FIND_ANYTHING: Text = Text::new(
    "Command, document, code, case, memo",
    "命令、文档、编码、个案、备忘",
);
pub(in crate::gui) const NOTHING_FOUND: Text = Text::new("Nothing has that name", "没有找到");
pub(in crate::gui) const FINDER_HINT: Text = Text::new(
    "> commands · # codes · @ documents",
    "> 命令 · # 编码 · @ 文档",
);
pub(in crate::gui) const COMMAND: Text = Text::new("command", "命令");
pub(in crate::gui) const DOCUMENT: Text = Text::new("document", "文档");
pub(in crate::gui) const LETTER_SIZE: Text = Text::new("Font size", "字号");
pub(in crate::gui) const LINE_HEIGHT: Text = Text::new("Line height", "行高");
pub(in crate::gui) const COLUMN_WIDTH: Text =
    Text::new("Most characters per line", "每行最多字符数");
pub(in crate::gui) const TURN_SPACE: Text = Text::new("Space between turns", "话轮间距");
pub(in crate::gui) const SNAP_TO: Text = Text::new(
    "A selection with the mouse extends to whole",
    "鼠标选取时扩展到完整的",
);
pub(in crate::gui) const SNAP_OFF: Text = Text::new("Off", "关闭");
pub(in crate::gui) const SENTENCES: Text = Text::new("Sentences", "句子");
pub(in crate::gui) const TURNS: Text = Text::new("Turns", "话轮");
pub(in crate::gui) const NEW_SPEAKER: Text = Text::new("New speaker…", "新说话人…");
pub(in crate::gui) const WHOLE_WINDOW: Text = Text::new("The whole window", "整个窗口");
pub(in crate::gui) const AS_USUAL: Text = Text::new("Reset", "恢复默认");
pub(in crate::gui) const TURN_WORDS: Text = Text::new("Text of the turn", "话轮文字");
pub(in crate::gui) const SPEAKER: Text = Text::new("Speaker", "说话人");
pub(in crate::gui) const TIME_STAMP: Text = Text::new("Time stamp", "时间戳");
pub(in crate::gui) const NO_TIME: Text =
    Text::new("write mm:ss or h:mm:ss", "请写 mm:ss 或 h:mm:ss");
pub(in crate::gui) const TURN_KEYS: Text = Text::new(
    "Enter saves · Shift Enter starts a new line · Esc cancels",
    "Enter 保存 · Shift Enter 换行 · Esc 取消",
);
pub(in crate::gui) const RENAME_EVERYWHERE: Text = Text::new("Rename everywhere", "在各处重命名");
pub(in crate::gui) const NEW_LABEL: Text = Text::new("New label", "新名称");
pub(in crate::gui) const CHOOSE_SPEAKER: Text = Text::new(
    "Choose a speaker to change the label in every document.",
    "选择一位说话人，即可在所有文档中更改其名称。",
);
pub(in crate::gui) const FIND_HERE: Text = Text::new("Find in this document", "在本文档中查找");
pub(in crate::gui) const IN_ALL_DOCUMENTS: Text = Text::new("In all documents", "查找全部文档");
pub(in crate::gui) const REPLACE_WITH: Text = Text::new("Replace with", "替换为");
pub(in crate::gui) const REPLACE_ALL: Text = Text::new("Replace all…", "全部替换…");
pub(in crate::gui) const WHOLE_WORDS: Text = Text::new("Whole words", "全词匹配");
pub(in crate::gui) const WHOLE_WORDS_HINT: Text = Text::new(
    "Only where no letter or digit stands right beside the words. Chinese has no such edges: its words are found anywhere.",
    "只替换前后没有字母或数字的词语。中文词语之间没有空格，因此不受此限，处处都会找到。",
);
pub(in crate::gui) const IGNORE_CASE: Text = Text::new("Ignore case", "忽略大小写");
pub(in crate::gui) const LABELS_TOO: Text = Text::new("Labels, too", "连同说话人标签");
pub(in crate::gui) const LABELS_TOO_HINT: Text = Text::new(
    "Replace all also replaces the words in the labels of speakers; speakers who then have one label become one.",
    "“全部替换”时也替换说话人标签中的文字；标签变得相同的说话人会合并为一人。",
);
pub(in crate::gui) const EVERY_DOCUMENT: Text = Text::new("Every document", "所有文档");
pub(in crate::gui) const LOOKING_FOR_PLACES: Text =
    Text::new("Looking for the places", "正在查找要替换的文字");
pub(in crate::gui) const MEMOS_HERE: Text = Text::new("Memos here", "此处的备忘");
pub(in crate::gui) const DOCUMENT_MEMOS: Text = Text::new("Memos on this document", "本文档的备忘");
pub(in crate::gui) const MEMOS: Text = Text::new("Memos", "备忘");
pub(in crate::gui) const NEW_MEMO: Text = Text::new("Write a memo…", "写备忘…");
pub(in crate::gui) const EDIT_MEMO: Text = Text::new("Edit the memo", "编辑备忘");
pub(in crate::gui) const REMOVE_MEMO: Text = Text::new("Remove the memo", "删除备忘");
pub(in crate::gui) const EXPORT_MEMOS: Text = Text::new("Export the memos…", "导出备忘…");
pub(in crate::gui) const SEARCH_MEMOS: Text = Text::new("Search the memos", "检索备忘");
pub(in crate::gui) const NO_MEMOS: Text = Text::new(
    "Memos hold your thoughts while you read: about the project, a document, a passage, a code or a case. Write the first one.",
    "备忘记录阅读时的思考：可写在项目、文档、片段、编码或个案上。写下第一条吧。",
);
pub(in crate::gui) const ON_ANYTHING: Text = Text::new("About anything", "所有对象");
pub(in crate::gui) const THE_PROJECT: Text = Text::new("The project", "整个项目");
pub(in crate::gui) const PASSAGES: Text = Text::new("Passages", "片段");
pub(in crate::gui) const ANALYTIC: Text = Text::new("Analytic", "分析");
pub(in crate::gui) const METHOD: Text = Text::new("Method", "方法");
pub(in crate::gui) const REFLEXIVE: Text = Text::new("Reflexive", "反思");
pub(in crate::gui) const MEMO_ON: Text = Text::new("About", "对象：");
pub(in crate::gui) const MEMO_TITLE: Text = Text::new("Title", "标题");
pub(in crate::gui) const MEMO_WORDS: Text = Text::new("Text, in Markdown", "正文（Markdown）");
pub(in crate::gui) const MEMO_KEYS: Text = Text::new(
    "Ctrl Enter saves · Esc cancels",
    "Ctrl Enter 保存 · Esc 取消",
);
pub(in crate::gui) const MEMOS_UPON: Text = Text::new("Memos about this memo", "对此备忘的备忘");
pub(in crate::gui) const WRITE_UPON: Text =
    Text::new("Write a memo about this one…", "对此写备忘…");
pub(in crate::gui) const LINKS: Text = Text::new("Links", "关联");
pub(in crate::gui) const ANY_OF_THEM: Text = Text::new("All", "全部");
pub(in crate::gui) const TYPEFACE: Text = Text::new("Typeface", "字体");
pub(in crate::gui) const READ_AS_PINYIN: Text = Text::new(
    "No exact match; searched as pinyin",
    "没有这样的原文，已按拼音检索",
);
pub(in crate::gui) const HOW_TO_ASK: Text = Text::new("Query syntax", "检索语法");
pub(in crate::gui) const KEPT_QUERIES: Text = Text::new("Saved queries", "已保存的检索式");
pub(in crate::gui) const NO_KEPT_QUERIES: Text =
    Text::new("No queries have been saved yet", "还没有保存的检索式");
pub(in crate::gui) const NAME_OF_QUERY: Text = Text::new("Name of the query", "检索式名称");
pub(in crate::gui) const KEEP_QUERY: Text = Text::new("Save this query", "保存此检索式");
pub(in crate::gui) const WITHIN: Text = Text::new("Within", "在结果中");
pub(in crate::gui) const ALL_FORMS: Text = Text::new("All forms of a word", "包括各种词形");
pub(in crate::gui) const SEARCH_WITHIN: Text = Text::new("Search within these", "在结果中检索");
pub(in crate::gui) const HITS_SIGHT: Text = Text::new("Hits", "命中");
pub(in crate::gui) const TREE_SIGHT: Text = Text::new("Word tree", "词树");
pub(in crate::gui) const COLLOCATES_SIGHT: Text = Text::new("Collocates", "搭配词");
pub(in crate::gui) const SPREAD_SIGHT: Text = Text::new("Spread", "分布");
pub(in crate::gui) const ELSEWHERE_SIGHT: Text =
    Text::new("Memos, codes, cases", "备忘、编码、个案");
pub(in crate::gui) const GROUPED_BY: Text = Text::new("Grouped by", "分组：");
pub(in crate::gui) const SORTED_BY: Text = Text::new("Sorted by", "排序：");
pub(in crate::gui) const NO_GROUPS: Text = Text::new("Nothing", "不分组");
pub(in crate::gui) const SORT_PLACE: Text = Text::new("Position", "位置");
pub(in crate::gui) const SORT_LEFT: Text = Text::new("Words before", "前文");
pub(in crate::gui) const SORT_HIT: Text = Text::new("Matched words", "命中词");
pub(in crate::gui) const SORT_RIGHT: Text = Text::new("Words after", "后文");
pub(in crate::gui) const CODE_HITS: Text = Text::new("Code these", "为这些结果编码");
pub(in crate::gui) const AFTER_HITS: Text = Text::new("After", "之后");
pub(in crate::gui) const BEFORE_HITS: Text = Text::new("Before", "之前");
pub(in crate::gui) const WINDOW_OF_WORDS: Text = Text::new("Words on each side", "每侧词数");
pub(in crate::gui) const UNIT_HIT: Text = Text::new("The hit", "命中词");
pub(in crate::gui) const UNIT_SENTENCE: Text = Text::new("Its sentence", "所在句");
pub(in crate::gui) const UNIT_TURN: Text = Text::new("Its turn", "所在话轮");
pub(in crate::gui) const TICK_ALL: Text = Text::new("Tick all", "全选");
pub(in crate::gui) const TICK_NONE: Text = Text::new("None", "全不选");
pub(in crate::gui) const OTHER_CODE: Text = Text::new("Another code", "换编码");
pub(in crate::gui) const TAKE_CODE: Text = Text::new("Use this code", "使用此编码");
pub(in crate::gui) const CODED_ALREADY: Text = Text::new("already coded", "已有此编码");
pub(in crate::gui) const NAME_PART: Text = Text::new("name", "名称");
pub(in crate::gui) const BODY_PART: Text = Text::new("text", "正文");
pub(in crate::gui) const IN_TEXTS: Text = Text::new("In texts", "全文");
pub(in crate::gui) const BY_CHANCE: Text = Text::new("Expected", "期望");
pub(in crate::gui) const LOG_LIKELIHOOD: Text = Text::new("G²", "G²");
pub(in crate::gui) const BY_CHANCE_NOTE: Text = Text::new(
    "G² exceeds 3.84 by chance in 5 % of cases, 10.83 in 0.1 %; a click searches for both together",
    "G² 超过 3.84 的偶然概率为 5 %，超过 10.83 为 0.1 %；点击可检索两者同现",
);
pub(in crate::gui) const CODE_QUERY_HINT: Text = Text::new(
    "A AND B, A NOT B, A NEAR/3turns B, A BEFORE B, A[facet=value], … WHERE phase=baseline",
    "甲 且 乙、甲 非 乙、甲 附近/3轮 乙、甲 先于 乙、甲[维度=值]、…… 其中 阶段=前测",
);
pub(in crate::gui) const COUNTING: Text = Text::new("Counting words…", "正在统计词语…");
pub(in crate::gui) const BY_SEARCH: Text = Text::new("by search:", "按检索：");
pub(in crate::gui) const BY_SUGGESTION: Text = Text::new("suggested and accepted", "采纳的建议");
/// Where a coding came with another program's file.
pub(in crate::gui) const BY_IMPORT: Text =
    Text::new("from another program’s file", "来自其他软件的文件");
pub(in crate::gui) const BY_LIKELIHOOD: Text = Text::new("Likeliest first", "按可能性");
pub(in crate::gui) const BY_PLACE: Text = Text::new("By place", "按位置");
pub(in crate::gui) const WHOLE_UNION: Text = Text::new("Whole passages", "取并集");
pub(in crate::gui) const KEPT_QUERY: Text = Text::new("Query", "检索式");
pub(in crate::gui) const NO_COLLOCATES: Text = Text::new(
    "No word keeps company with the hits more often than by chance",
    "没有显著的搭配词",
);
pub(in crate::gui) const SUGGESTIONS: Text = Text::new("Suggestions", "建议");
pub(in crate::gui) const SUGGESTIONS_ON: Text = Text::new("Suggest codes", "开启建议");
pub(in crate::gui) const SUGGESTIONS_OFF: Text = Text::new("Stop", "关闭");
pub(in crate::gui) const LEARN_AGAIN: Text = Text::new("Learn again", "重新学习");
pub(in crate::gui) const LEARNING: Text =
    Text::new("Learning from your codings…", "正在根据您的编码学习…");
pub(in crate::gui) const NO_SUGGESTIONS: Text =
    Text::new("Nothing to suggest here", "此处没有建议");
pub(in crate::gui) const QUALITY_UNKNOWN: Text = Text::new(
    "Codings in two documents or more are needed to measure how good suggestions are",
    "至少两份文档有编码，才能检验建议的准确度",
);
pub(in crate::gui) const BECAUSE: Text = Text::new("because of", "依据：");
pub(in crate::gui) const ACCEPT: Text = Text::new("Accept", "采纳");
pub(in crate::gui) const REJECT: Text = Text::new("Reject", "拒绝");
pub(in crate::gui) const SIMILAR_PASSAGES: Text = Text::new("Similar passages", "相似片段");
pub(in crate::gui) const NO_SIMILAR: Text =
    Text::new("Nothing similar was found", "没有找到相似片段");
pub(in crate::gui) const NEW_CODE_CALLED: Text = Text::new("New code", "新建编码");
pub(in crate::gui) const APPLY: Text = Text::new("Apply", "何时使用");
pub(in crate::gui) const NOT: Text = Text::new("Not", "何时不用");
pub(in crate::gui) const NO_DOCUMENT_OPEN: Text = Text::new(
    "Choose a document on the left to read and code it.",
    "请在左侧选择一份文档来阅读和编码。",
);
pub(in crate::gui) const PATH: Text = Text::new("Path", "路径");
pub(in crate::gui) const OPEN: Text = Text::new("Open", "打开");
pub(in crate::gui) const CREATE: Text = Text::new("Create", "创建");
pub(in crate::gui) const CODER: Text = Text::new("Coder", "编码员");
pub(in crate::gui) const WHO_CODES: Text = Text::new("Who codes?", "谁在编码？");
pub(in crate::gui) const MEMO: Text = Text::new("Memo", "备忘");
pub(in crate::gui) const ADD_MEMO: Text = Text::new("Add memo", "写备忘");
pub(in crate::gui) const WRITE_HERE: Text = Text::new("Write here", "在此书写");
pub(in crate::gui) const SEVERAL_CASES: Text = Text::new("Several cases", "多个个案");
pub(in crate::gui) const WITHOUT_PHASE: Text = Text::new("Without a phase", "未归入任何阶段");
pub(in crate::gui) const WITHOUT_SPEAKER: Text = Text::new("Without a speaker", "无说话人");
pub(in crate::gui) const NO_CASE: Text = Text::new("Without a case", "未归入任何个案");
pub(in crate::gui) const CASE: Text = Text::new("Case", "个案");
pub(in crate::gui) const PARENT: Text = Text::new("Belongs to", "属于");
pub(in crate::gui) const ADD_CASE: Text = Text::new("Add case", "添加个案");
pub(in crate::gui) const CASE_NAME: Text = Text::new("Name of the case", "个案名称");
pub(in crate::gui) const NO_CASES: Text = Text::new(
    "No families or persons yet. Import a sheet, or add the first.",
    "还没有家庭或个人。请导入表格，或添加第一个。",
);
pub(in crate::gui) const IMPORT_SHEET: Text = Text::new("Import sheet…", "导入表格…");
pub(in crate::gui) const THEME: Text = Text::new("Light or dark", "浅色 / 深色");
pub(in crate::gui) const LANGUAGE_NAME: Text = Text::new("中 / EN", "中 / EN");
pub(in crate::gui) const SWITCH: Text = Text::new("Switch language", "切换语言");
pub(in crate::gui) const IMPORTING: Text = Text::new("Importing", "正在导入");
pub(in crate::gui) const INDEXING: Text = Text::new("Indexing", "正在建立索引");
pub(in crate::gui) const QUERY: Text = Text::new("Search the texts", "检索文本");
pub(in crate::gui) const QUERY_HINT: Text = Text::new(
    "妈妈 OR \"my hand\" phase:baseline",
    "妈妈 OR \"my hand\" 阶段：前测",
);
pub(in crate::gui) const SEARCH_HINT: Text = Text::new(
    "Words, “phrases”, prefix*, AND OR NOT, speaker: case: phase: code: and /patterns/. Chinese is searched character by character.",
    "可用词语、“短语”、前缀*、AND OR NOT、说话人： 个案： 阶段： 编码： 以及 /正则/。中文逐字检索，不会遗漏。",
);
pub(in crate::gui) const WORDS: Text = Text::new("Words", "词语");
pub(in crate::gui) const LITERAL: Text = Text::new("Literal", "原文");
pub(in crate::gui) const PATTERN: Text = Text::new("Pattern", "正则");
pub(in crate::gui) const NO_HITS: Text = Text::new(
    "Nothing found. Try fewer words, a prefix such as confid*, or the other language.",
    "没有找到。可以少用几个词，用前缀（如 confid*），或换一种语言。",
);
pub(in crate::gui) const ALL_PHASES: Text = Text::new("All phases", "所有阶段");
pub(in crate::gui) const ALL_CODERS: Text = Text::new("All coders", "所有编码员");
pub(in crate::gui) const NOT_YET_CODED: Text = Text::new("Not yet coded", "尚未编码");
pub(in crate::gui) const FAMILIES: Text = Text::new("Families", "家庭");
pub(in crate::gui) const PHASES: Text = Text::new("Phases", "阶段");
pub(in crate::gui) const SPEAKERS: Text = Text::new("Speakers", "说话人");
pub(in crate::gui) const CODES: Text = Text::new("Codes", "编码");
pub(in crate::gui) const THEMES_TITLE: Text = Text::new("Themes across families", "各家庭的主题");
pub(in crate::gui) const NO_CODINGS: Text = Text::new(
    "Nothing is coded yet. Code passages in Read; they are counted here.",
    "还没有编码。在“阅读”中为片段编码后，这里会显示统计。",
);
pub(in crate::gui) const WHAT_IS_COUNTED: Text = Text::new("What is counted?", "统计的是什么？");
pub(in crate::gui) const NO_DATA_FOLDER: Text = Text::new(
    "There is no data folder for the sample project; use tain demo --dir.",
    "没有存放示例项目的数据文件夹；请用 tain demo --dir。",
);
pub(in crate::gui) const JOB_FAILED: Text = Text::new(
    "the job failed; the project is unchanged",
    "后台任务失败；项目保持原样",
);
pub(in crate::gui) const PORTRAIT: Text = Text::new("Document portrait", "文档概览");
pub(in crate::gui) const SHORTCUTS: Text = Text::new(
    "Enter codes · Ctrl K finds anything · F1 lists all keys",
    "Enter 编码 · Ctrl K 查找一切 · F1 全部快捷键",
);
pub(in crate::gui) const PHASE_LABEL: Text = Text::new("Phase", "阶段");
