//! The names of the log's actions in both languages.
//!
//! The log stores the English name, which never changes; Chinese is looked up by it.

use crate::message::{Argument, language::UiLanguage, text::Text};

/// What the first entry of a project is called.
pub const FOUNDING: &str = "found project";

/// An action as a value of a message.
pub fn action_argument(stored: &str) -> Argument {
    find(stored).map_or_else(|| stored.into(), Into::into)
}

/// The name of an action in a language, as people read it.
pub fn action_name(stored: &str, language: UiLanguage) -> &str {
    // A project may have been written by a newer program, whose actions are shown as they are stored.
    find(stored).map_or(stored, |name| language.say(name))
}

fn find(stored: &str) -> Option<Text> {
    let renamed = RENAMED.iter().find(|(name, _)| *name == stored);
    if let Some((_, name)) = renamed {
        return Some(*name);
    }
    let mut all = ACTIONS.iter();
    all.find(|name| UiLanguage::English.say(**name) == stored)
        .copied()
}

/// Actions that the log stores by a name that nobody would say.
const RENAMED: &[(&str, Text)] = &[
    (FOUNDING, Text::new("create the project", "新建项目")),
    ("back to", Text::new("go back to a step", "回到此步")),
    (
        "order documents",
        Text::new("reorder documents", "调整文档顺序"),
    ),
    ("keep query", Text::new("save query", "保存检索式")),
    ("set query", Text::new("edit query", "修改检索式")),
];

const ACTIONS: &[Text] = &[
    Text::new("undo", "撤销"),
    Text::new("redo", "重做"),
    Text::new("take back", "收回步骤"),
    Text::new("repair", "修复"),
    Text::new("erase participant", "删除受访者资料"),
    Text::new("set title", "修改标题"),
    Text::new("edit project", "编辑项目信息"),
    Text::new("add coder", "添加编码员"),
    Text::new("add phase", "添加阶段"),
    Text::new("import documents", "导入文档"),
    Text::new("import document sheet", "导入文档表"),
    Text::new("import cases", "导入个案表"),
    Text::new("import codebook", "导入编码本"),
    Text::new("import codings", "导入编码片段"),
    Text::new("code by search", "按检索结果编码"),
    Text::new("accept suggestion", "采纳建议"),
    Text::new("remove query", "删除检索式"),
    Text::new("add set", "添加集合"),
    Text::new("edit set", "修改集合"),
    Text::new("remove set", "删除集合"),
    Text::new("remove attachment", "删除附件"),
    Text::new("import project", "导入其他软件的项目"),
    Text::new("add scale", "添加量表"),
    Text::new("edit scale", "修改量表"),
    Text::new("remove scale", "删除量表"),
    Text::new("remove documents", "删除文档"),
    Text::new("rename document", "重命名文档"),
    Text::new("set phase of document", "设置文档阶段"),
    Text::new("link document to case", "关联文档与个案"),
    Text::new("link speaker to person", "关联说话人"),
    Text::new("set speaker of turn", "设置话轮的说话人"),
    Text::new("split turn", "拆分话轮"),
    Text::new("join turns", "合并话轮"),
    Text::new("mark speaker label", "标记说话人标签"),
    Text::new("read speakers again", "重新识别说话人"),
    Text::new("correct text", "更正文本"),
    Text::new("replace words", "替换文字"),
    Text::new("replace names by pseudonyms", "以化名替换姓名"),
    Text::new("add code", "添加编码"),
    Text::new("edit code", "编辑编码"),
    Text::new("move code", "移动编码"),
    Text::new("remove code", "删除编码"),
    Text::new("recolour code", "更改编码颜色"),
    Text::new("sort codes", "排序编码"),
    Text::new("merge codes", "合并编码"),
    Text::new("split code", "拆分编码"),
    Text::new("apply code", "应用编码"),
    Text::new("apply codes", "应用多个编码"),
    Text::new("copy coding", "复制编码片段"),
    Text::new("split coding", "拆分编码片段"),
    Text::new("join codings", "合并编码片段"),
    Text::new("apply new code", "应用新编码"),
    Text::new("remove coding", "删除编码片段"),
    Text::new("move coding", "调整编码片段"),
    Text::new("change code of coding", "更换编码"),
    Text::new("set facet", "设置维度"),
    Text::new("set about", "设置所涉个案"),
    Text::new("add case", "添加个案"),
    Text::new("edit case", "编辑个案"),
    Text::new("remove case", "删除个案"),
    Text::new("merge cases", "合并个案"),
    Text::new("translate attribute", "翻译属性名称"),
    Text::new("translate category", "翻译类别名称"),
    Text::new("move attribute", "移动属性"),
    Text::new("change kind of attribute", "更改属性类型"),
    Text::new("rename category", "重命名类别"),
    Text::new("set categories", "设置类别"),
    Text::new("recolour coder", "更改编码员颜色"),
    Text::new("translate phase", "翻译阶段名称"),
    Text::new("add attribute", "添加属性"),
    Text::new("set value", "设置属性值"),
    Text::new("write memo", "写备忘"),
    Text::new("edit memo", "编辑备忘"),
    Text::new("remove memo", "删除备忘"),
    Text::new("move phase", "移动阶段"),
    Text::new("rename phase", "重命名阶段"),
    Text::new("remove phase", "删除阶段"),
    Text::new("rename coder", "重命名编码员"),
    Text::new("remove coder", "删除编码员"),
    Text::new("edit attribute", "编辑属性"),
    Text::new("remove attribute", "删除属性"),
    Text::new("add link", "添加关联"),
    Text::new("remove link", "删除关联"),
    Text::new("rename speakers", "重命名各处的说话人"),
    Text::new("rename speaker", "重命名说话人"),
    Text::new("set role of speaker", "设置说话人角色"),
    Text::new("correct turn", "更正话轮"),
    Text::new("set description", "修改说明"),
    Text::new("set language", "设置语言"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_has_a_name_in_both_languages() {
        assert_eq!(action_name("apply code", UiLanguage::Chinese), "应用编码");
        assert_eq!(action_name("apply code", UiLanguage::English), "apply code");
        assert_eq!(
            action_name(FOUNDING, UiLanguage::English),
            "create the project"
        );
    }
}
