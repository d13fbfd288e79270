//! What the log's actions are called.

use super::UiLanguage;

impl UiLanguage {
    /// The stable name of an action, as people say it.
    pub(in crate::gui) fn action(self, name: &str) -> String {
        if self == Self::English {
            return name.to_owned();
        }
        let chinese = ACTIONS
            .iter()
            .find(|(english, _)| *english == name)
            .map(|(_, chinese)| *chinese);
        chinese.unwrap_or(name).to_owned()
    }
}

/// Names of actions in Chinese.
const ACTIONS: &[(&str, &str)] = &[
    ("found project", "新建项目"),
    ("set title", "修改标题"),
    ("add coder", "添加编码员"),
    ("add phase", "添加阶段"),
    ("import documents", "导入文档"),
    ("import document sheet", "导入文档表"),
    ("import cases", "导入个案表"),
    ("import codebook", "导入编码本"),
    ("import codings", "导入编码"),
    ("code by search", "按检索结果编码"),
    ("accept suggestion", "采纳建议"),
    ("keep query", "保存检索式"),
    ("set query", "修改检索式"),
    ("remove query", "删除检索式"),
    ("add set", "添加集合"),
    ("edit set", "修改集合"),
    ("remove set", "删除集合"),
    ("remove attachment", "删除附件"),
    ("import project", "导入其他软件的项目"),
    ("add scale", "添加量表"),
    ("edit scale", "修改量表"),
    ("remove scale", "删除量表"),
    ("remove documents", "删除文档"),
    ("rename document", "重命名文档"),
    ("set phase of document", "设置文档阶段"),
    ("link document to case", "关联文档与个案"),
    ("link speaker to person", "关联说话人"),
    ("correct text", "更正文本"),
    ("add code", "添加编码"),
    ("edit code", "编辑编码"),
    ("move code", "移动编码"),
    ("remove code", "删除编码"),
    ("recolour code", "更改编码颜色"),
    ("sort codes", "排序编码"),
    ("merge codes", "合并编码"),
    ("split code", "拆分编码"),
    ("apply code", "应用编码"),
    ("apply codes", "应用多个编码"),
    ("copy coding", "复制编码片段"),
    ("split coding", "拆分编码片段"),
    ("join codings", "合并编码片段"),
    ("apply new code", "应用新编码"),
    ("remove coding", "删除编码片段"),
    ("move coding", "调整编码片段"),
    ("change code of coding", "更换编码"),
    ("set facet", "设置维度"),
    ("add case", "添加个案"),
    ("edit case", "编辑个案"),
    ("remove case", "删除个案"),
    ("add attribute", "添加属性"),
    ("set value", "设置属性值"),
    ("write memo", "写备忘"),
    ("edit memo", "编辑备忘"),
    ("remove memo", "删除备忘"),
    ("move phase", "移动阶段"),
    ("rename phase", "重命名阶段"),
    ("remove phase", "删除阶段"),
    ("rename coder", "重命名编码员"),
    ("remove coder", "删除编码员"),
    ("edit attribute", "编辑属性"),
    ("remove attribute", "删除属性"),
    ("add link", "添加关联"),
    ("remove link", "删除关联"),
    ("rename speakers", "重命名各处的说话人"),
    ("rename speaker", "重命名说话人"),
    ("set role of speaker", "设置说话人角色"),
    ("correct turn", "更正话轮"),
    ("set description", "修改说明"),
    ("set language", "设置语言"),
];
