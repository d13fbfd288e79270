//! The query language, line by line, in both languages.

use super::UiLanguage;

/// What a form of query finds.
pub(in crate::gui) struct Meaning {
    english: &'static str,
    chinese: &'static str,
}

impl Meaning {
    const fn new(english: &'static str, chinese: &'static str) -> Self {
        Self { english, chinese }
    }

    /// The words in a language.
    pub(in crate::gui) const fn in_language(&self, language: UiLanguage) -> &'static str {
        match language {
            UiLanguage::English => self.english,
            UiLanguage::Chinese => self.chinese,
        }
    }
}

/// Forms of queries with what they find.
pub(in crate::gui) const QUERY_LANGUAGE: &[(&str, Meaning)] = &[
    (
        "自信   confidence",
        Meaning::new(
            "The words, wherever they stand in a turn; an English word in all its forms, Chinese in both scripts",
            "含有这些词的话轮；英文词包括各种词形，中文不分简繁",
        ),
    ),
    (
        "\"my hand\"   “举手”",
        Meaning::new(
            "The words one after the other, without a stop between",
            "按顺序紧挨着的词，中间没有标点",
        ),
    ),
    (
        "\"proud me\"~3",
        Meaning::new(
            "In this order, with up to three words between",
            "按此顺序，中间最多三个词",
        ),
    ),
    (
        "proud NEAR/3 mother",
        Meaning::new(
            "In either order, with up to three words between",
            "前后不限，中间最多三个词",
        ),
    ),
    (
        "老师 NEAR/2turns 哭",
        Meaning::new(
            "At most two turns apart; NEAR/turn: in the same turn, NEAR/document: anywhere in the document",
            "相隔最多两个话轮；NEAR/turn 同一话轮，NEAR/document 同一文档",
        ),
    ),
    (
        "belie*",
        Meaning::new("Words that begin so", "以此开头的词"),
    ),
    (
        "confident~1",
        Meaning::new(
            "Words that differ in one letter at most (or two: ~2)",
            "最多差一个字母的词（~2 差两个）",
        ),
    ),
    (
        "=believes   =\"my hands\"",
        Meaning::new("This very form", "只找这个词形"),
    ),
    (
        "自信 OR confident",
        Meaning::new("At least one of them", "至少一个"),
    ),
    (
        "school -teacher   school NOT teacher",
        Meaning::new("One without the other", "有前者而没有后者"),
    ),
    (
        "(自信 OR 自尊) 老师",
        Meaning::new(
            "Brackets, as in sums; words side by side mean AND",
            "括号与算式相同；并列即 AND",
        ),
    ),
    (
        "/[他她]说/",
        Meaning::new("A regular expression", "正则表达式"),
    ),
    (
        "speaker:Mother   说话人：妈妈",
        Meaning::new(
            "What one says; also case: phase: code: coder: document: set:",
            "某人说的话；另有 个案： 阶段： 编码： 编码员： 文档： 集合：",
        ),
    ),
    (
        "attr.income:low   attr.age:8..12   属性.年龄：>=10",
        Meaning::new(
            "Cases or documents with such a value",
            "属性值符合的个案或文档",
        ),
    ),
    (
        "date:2025-03   date:2025-03..2025-06",
        Meaning::new(
            "Documents with such a date among their attributes",
            "日期属性在此范围内的文档",
        ),
    ),
    (
        "concept:Belonging   概念：归属",
        Meaning::new(
            "All indicators of a code and its subcodes, in every language",
            "某编码及下级编码的全部指示词，不分语言",
        ),
    ),
    (
        "query:\"Proud mothers\"   检索：名称",
        Meaning::new("A query that is kept under this name", "以此名保存的检索式"),
    ),
    (
        "zixin",
        Meaning::new(
            "Where Latin letters stand nowhere, they are read as pinyin: 自信",
            "找不到的拉丁字母按拼音读：自信",
        ),
    ),
];
