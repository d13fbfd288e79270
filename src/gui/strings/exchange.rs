//! What the dialogs for other programs' projects, sets and attachments say.

use super::Tongue;

/// Something these dialogs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gui) enum Swap {
    OtherProject,
    ReadingProject,
    Reading,
    WrittenBy,
    WhatIsIn,
    WhatIsLost,
    NothingLost,
    Import,
    Close,
    Taken,
    AllThere,
    Sets,
    NewSet,
    SetName,
    SetFor,
    SaveSet,
    RemoveSet,
    NoSets,
    Members,
    AddMember,
    Attachments,
    NoAttachments,
    NotThere,
    SaveAs,
    Remove,
    Coders,
    Codes,
    Attributes,
    Cases,
    Documents,
    Codings,
    Memos,
    Links,
    Picture,
    Audio,
    Video,
    Pdf,
}

impl Swap {
    const fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::OtherProject => ("Another program's project", "其他软件的项目"),
            Self::ReadingProject => ("Read another program's project", "读取其他软件的项目"),
            Self::Reading => ("Reading …", "正在读取 …"),
            Self::WrittenBy => ("Written by", "来自"),
            Self::WhatIsIn => ("What is in it", "包含的内容"),
            Self::WhatIsLost => ("What can't be carried over", "无法带入的内容"),
            Self::NothingLost => ("Everything in it is carried over.", "全部内容都会带入。"),
            Self::Import => ("Import", "导入"),
            Self::Close => ("Close", "关闭"),
            Self::Taken => ("Taken in; Ctrl Z takes it back", "已导入；Ctrl Z 可撤销"),
            Self::AllThere => ("Everything in it was there already.", "其中的内容项目里都已有。"),
            Self::Sets => ("Sets", "集合"),
            Self::NewSet => ("New set", "新建集合"),
            Self::SetName => ("Name of the set", "集合名称"),
            Self::SetFor => ("What it is for", "用途"),
            Self::SaveSet => ("Save set", "保存集合"),
            Self::RemoveSet => ("Remove set", "删除集合"),
            Self::NoSets => (
                "Codes, documents and cases that belong together for some purpose stand here, to be used as filters (set:\"name\").",
                "这里列出因某种用途而归在一起的编码、文档和个案，可用作筛选条件（集合:\"名称\"）。",
            ),
            Self::Members => ("Members", "成员"),
            Self::AddMember => ("Find a document, code or case to add", "查找要添加的文档、编码或个案"),
            Self::Attachments => ("Attached files", "附件"),
            Self::NoAttachments => (
                "Pictures and recordings that come with another program's project stand here.",
                "这里列出随其他软件项目而来的图片与录音录像。",
            ),
            Self::NotThere => ("the file wasn't there", "文件缺失"),
            Self::SaveAs => ("Save as …", "另存为 …"),
            Self::Remove => ("Remove", "移除"),
            Self::Coders => ("coders", "编码员"),
            Self::Codes => ("codes", "编码"),
            Self::Attributes => ("attributes", "属性"),
            Self::Cases => ("cases", "个案"),
            Self::Documents => ("documents", "文档"),
            Self::Codings => ("codings", "编码片段"),
            Self::Memos => ("memos", "备忘"),
            Self::Links => ("links", "关联"),
            Self::Picture => ("picture", "图片"),
            Self::Audio => ("sound", "录音"),
            Self::Video => ("video", "录像"),
            Self::Pdf => ("PDF", "PDF"),
        }
    }
}

impl Tongue {
    /// The words of the dialogs for what comes in and goes out.
    pub(in crate::gui) fn swap(self, what: Swap) -> &'static str {
        let (english, chinese) = what.both();
        self.pick(english, chinese)
    }
}
