//! What the dialogs for other programs' projects, sets and attachments say.

use super::Text;

pub(in crate::gui) const OTHER_PROJECT: Text =
    Text::new("Another program’s project", "其他软件的项目");
pub(in crate::gui) const READING_PROJECT: Text =
    Text::new("Read another program’s project", "读取其他软件的项目");
pub(in crate::gui) const READING: Text = Text::new("Reading…", "正在读取……");
pub(in crate::gui) const WRITTEN_BY: Text = Text::new("Written by", "来自");
pub(in crate::gui) const WHAT_IS_IN: Text = Text::new("Contents", "包含的内容");
pub(in crate::gui) const WHAT_IS_LOST: Text =
    Text::new("What can’t be carried over", "无法带入的内容");
pub(in crate::gui) const NOTHING_LOST: Text =
    Text::new("Everything in it is carried over.", "全部内容都会带入。");
pub(in crate::gui) const COPY_LOSSES: Text = Text::new("Copy all", "全部复制");
pub(in crate::gui) const COPY_LOSSES_HINT: Text = Text::new(
    "Copies every item with its name or position",
    "复制每一项的名称或位置",
);
pub(in crate::gui) const IMPORT: Text = Text::new("Import", "导入");
pub(in crate::gui) const TAKEN: Text =
    Text::new("Imported; Ctrl Z undoes it", "已导入；Ctrl Z 可撤销");
pub(in crate::gui) const ALL_THERE: Text = Text::new(
    "All of it was already in the project.",
    "其中的内容项目里都已有。",
);
pub(in crate::gui) const SETS: Text = Text::new("Sets", "集合");
pub(in crate::gui) const NEW_SET: Text = Text::new("New set", "新建集合");
pub(in crate::gui) const SET_NAME: Text = Text::new("Name of the set", "集合名称");
pub(in crate::gui) const SET_FOR: Text = Text::new("Purpose", "用途");
pub(in crate::gui) const SAVE_SET: Text = Text::new("Save set", "保存集合");
pub(in crate::gui) const REMOVE_SET: Text = Text::new("Remove set", "删除集合");
pub(in crate::gui) const NO_SETS: Text = Text::new(
    "Sets are codes, documents and cases that belong together for some purpose. Use them as filters (set:\"name\").",
    "这里列出因某种用途而归在一起的编码、文档和个案，可用作筛选条件（集合：名称）。",
);
pub(in crate::gui) const MEMBERS: Text = Text::new("Members", "成员");
pub(in crate::gui) const ADD_MEMBER: Text = Text::new(
    "Find a document, code or case to add",
    "查找要添加的文档、编码或个案",
);
pub(in crate::gui) const ATTACHMENTS: Text = Text::new("Attached files", "附件");
pub(in crate::gui) const NO_ATTACHMENTS: Text = Text::new(
    "Pictures and recordings from other programs' projects are listed here.",
    "这里列出随其他软件项目而来的图片与录音录像。",
);
pub(in crate::gui) const NOT_THERE: Text = Text::new("the file was missing", "文件缺失");
pub(in crate::gui) const SAVE_AS: Text = Text::new("Save as…", "另存为…");
pub(in crate::gui) const EXCHANGE_REMOVE: Text = Text::new("Remove", "移除");
pub(in crate::gui) const COUNT_SETS: Text = Text::new("sets", "集合");
pub(in crate::gui) const COUNT_FILES: Text = Text::new("attached files", "附件");
pub(in crate::gui) const CODERS: Text = Text::new("coders", "编码员");
pub(in crate::gui) const EXCHANGE_CODES: Text = Text::new("codes", "编码");
pub(in crate::gui) const ATTRIBUTES: Text = Text::new("attributes", "属性");
pub(in crate::gui) const EXCHANGE_CASES: Text = Text::new("cases", "个案");
pub(in crate::gui) const EXCHANGE_DOCUMENTS: Text = Text::new("documents", "文档");
pub(in crate::gui) const PICTURE: Text = Text::new("picture", "图片");
pub(in crate::gui) const AUDIO: Text = Text::new("audio", "录音");
pub(in crate::gui) const VIDEO: Text = Text::new("video", "录像");
pub(in crate::gui) const PDF: Text = Text::new("PDF", "PDF");
pub(in crate::gui) const FOR_PROGRAMS: Text = Text::new("For other programs", "供其他软件使用");
pub(in crate::gui) const REFI: Text = Text::new("REFI-QDA project", "REFI-QDA 项目");
pub(in crate::gui) const REFI_HINT: Text = Text::new(
    "The plain standard: for QualCoder, Quirkos, Transana and most others; keeps every identity if it is imported here again.",
    "严格按标准：适用于 QualCoder、Quirkos、Transana 等多数软件；再导入时标识不变。",
);
pub(in crate::gui) const REFI_NVIVO: Text =
    Text::new("REFI-QDA project for NVivo", "REFI-QDA 项目（NVivo）");
pub(in crate::gui) const REFI_NVIVO_HINT: Text = Text::new(
    "Positions in UTF-16 units and line ends that count as two, as NVivo reads them.",
    "位置按 UTF-16 单位计，换行计为两个，与 NVivo 一致。",
);
pub(in crate::gui) const REFI_ATLAS: Text = Text::new(
    "REFI-QDA project for ATLAS.ti and MAXQDA",
    "REFI-QDA 项目（ATLAS.ti、MAXQDA）",
);
pub(in crate::gui) const REFI_ATLAS_HINT: Text = Text::new(
    "Windows line ends that count as one.",
    "Windows 换行，计为一个。",
);
pub(in crate::gui) const REFI_CODEBOOK: Text = Text::new("REFI-QDA codebook", "REFI-QDA 编码本");
pub(in crate::gui) const REFI_CODEBOOK_HINT: Text = Text::new(
    "Codes with colours and definitions, and sets of codes.",
    "编码及其颜色、定义，以及编码集合。",
);
pub(in crate::gui) const TABLES: Text = Text::new("Tables", "表格");
pub(in crate::gui) const WORKBOOK: Text = Text::new("Excel workbook", "Excel 工作簿");
pub(in crate::gui) const WORKBOOK_HINT: Text = Text::new(
    "Codings, codebook, frequencies, case by code, cases and documents, one sheet each.",
    "编码片段、编码本、频次、个案×编码、个案与文档，各占一张表。",
);
pub(in crate::gui) const CODINGS_TABLE: Text = Text::new("Codings", "编码片段");
pub(in crate::gui) const CODINGS_HINT: Text = Text::new(
    "One quotation per row, with case, speaker, time, facets and all attributes.",
    "每行一段引文，附个案、说话人、时间、维度与全部属性。",
);
pub(in crate::gui) const MATRIX_TABLE: Text =
    Text::new("Case by code, 0 and 1", "个案×编码（0/1）");
pub(in crate::gui) const MATRIX_HINT: Text = Text::new(
    "For statistics: which case has which code.",
    "供统计使用：哪个个案有哪个编码。",
);
pub(in crate::gui) const CASES_TABLE: Text = Text::new("Cases with attributes", "个案及属性");
pub(in crate::gui) const WHAT_ARE_ROWS: Text =
    Text::new("What is a row of this sheet?", "这份表格的一行是什么？");
pub(in crate::gui) const ROWS_NOTE: Text =
    Text::new("The names of its columns don’t tell.", "从列名无法判断。");
pub(in crate::gui) const ROWS_CASES: Text =
    Text::new("A family, person or other case", "一个家庭、个人或其他个案");
pub(in crate::gui) const ROWS_DOCUMENTS: Text =
    Text::new("A document of this project", "本项目的一份文档");
pub(in crate::gui) const ROWS_CODINGS: Text = Text::new("A coded passage", "一个编码片段");
pub(in crate::gui) const ROWS_CODES: Text = Text::new("A code", "一个编码");
pub(in crate::gui) const CASES_HINT: Text =
    Text::new("Can be imported again without any loss.", "可原样再导入。");
pub(in crate::gui) const DATABASE: Text =
    Text::new("Database for R and pandas", "供 R 与 pandas 使用的数据库");
pub(in crate::gui) const DATABASE_HINT: Text = Text::new(
    "SQLite with documented tables and views; docs/exchange.md shows how to load it.",
    "SQLite，含说明完备的表与视图；读取方法见 docs/exchange.md。",
);
pub(in crate::gui) const TO_READ: Text = Text::new("To read and print", "供阅读与打印");
pub(in crate::gui) const QUOTATIONS_PAGE: Text =
    Text::new("Quotations by theme", "按主题排列的引文");
pub(in crate::gui) const QUOTATIONS_HINT: Text = Text::new(
    "Word: the quotations of each code by case, with references.",
    "Word：每个编码下按个案列出引文及出处。",
);
pub(in crate::gui) const CODEBOOK_HINT: Text =
    Text::new("Word: rules and examples.", "Word：规则与示例。");
pub(in crate::gui) const TRANSCRIPTS_PAGE: Text =
    Text::new("Coded transcripts", "带编码的访谈文本");
pub(in crate::gui) const TRANSCRIPTS_HINT: Text = Text::new(
    "Word: each coding is a comment in the margin.",
    "Word：每个编码片段为一条页边批注。",
);
pub(in crate::gui) const TRANSCRIPTS_WEB_HINT: Text = Text::new(
    "One page for a browser, with highlights and notes in the margin.",
    "单个网页，含高亮与页边注。",
);
pub(in crate::gui) const EXPORT: Text = Text::new("Export", "导出");
pub(in crate::gui) const LANGUAGE_OF_HEADS: Text = Text::new("Language of headings", "标题语言");
pub(in crate::gui) const PSEUDONYMISE: Text =
    Text::new("Replace names by references", "以代号代替姓名");
pub(in crate::gui) const CELLS_CUT: Text = Text::new(
    "cells were longer than a workbook allows and end in […]; a .csv has the whole text",
    "个单元格超过工作簿上限，以 […] 结尾；.csv 可完整保存",
);
