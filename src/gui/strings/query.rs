//! The query language, explained line by line.

use super::Text;

/// Forms of queries with what they find.
pub(in crate::gui) const QUERY_LANGUAGE: &[(&str, Text)] = &[
    (
        "自信   confidence",
        Text::new(
            "The words anywhere in a turn; English words in all their forms, Chinese in both scripts",
            "含有这些词的话轮；英文词包括各种词形，中文不分简繁",
        ),
    ),
    (
        "\"my hand\"   “举手”",
        Text::new(
            "The words one after the other, without punctuation between them",
            "按顺序紧挨着的词，中间没有标点",
        ),
    ),
    (
        "\"proud me\"~3",
        Text::new(
            "In this order, with up to three words between them",
            "按此顺序，中间最多三个词",
        ),
    ),
    (
        "proud NEAR/3 mother",
        Text::new(
            "In either order, with up to three words between them",
            "前后不限，中间最多三个词",
        ),
    ),
    (
        "老师 NEAR/2turns 哭",
        Text::new(
            "At most two turns apart; NEAR/turn: in the same turn, NEAR/document: anywhere in the document",
            "相隔最多两个话轮；NEAR/turn 同一话轮，NEAR/document 同一文档",
        ),
    ),
    (
        "belie*",
        Text::new("Words that begin like this", "以此开头的词"),
    ),
    (
        "confident~1",
        Text::new(
            "Words that differ by at most one letter (~2: two letters)",
            "最多差一个字母的词（~2 差两个）",
        ),
    ),
    (
        "=believes   =\"my hands\"",
        Text::new("Exactly this form", "只找这个词形"),
    ),
    (
        "自信 OR confident",
        Text::new("At least one of them", "至少一个"),
    ),
    (
        "school -teacher   school NOT teacher",
        Text::new("One without the other", "有前者而没有后者"),
    ),
    (
        "(自信 OR 自尊) 老师",
        Text::new(
            "Brackets, as in arithmetic; words side by side mean AND",
            "括号与算式相同；并列即 AND",
        ),
    ),
    (
        "/[他她]说/",
        Text::new("A regular expression", "正则表达式"),
    ),
    (
        "speaker:Mother   说话人：妈妈",
        Text::new(
            "What somebody says; also case: phase: code: coder: document: set:",
            "某人说的话；另有 个案： 阶段： 编码： 编码员： 文档： 集合：",
        ),
    ),
    (
        "attr.income:low   attr.age:8..12   属性.年龄：>=10",
        Text::new(
            "Cases or documents with this value",
            "属性值符合的个案或文档",
        ),
    ),
    (
        "date:2025-03   date:2025-03..2025-06",
        Text::new(
            "Documents with a date attribute in this range",
            "日期属性在此范围内的文档",
        ),
    ),
    (
        "concept:Belonging   概念：归属",
        Text::new(
            "All indicators of a code and its subcodes, in every language",
            "某编码及下级编码的全部指示词，不分语言",
        ),
    ),
    (
        "query:\"Proud mothers\"   检索：名称",
        Text::new("The saved query of this name", "以此名保存的检索式"),
    ),
    (
        "zixin",
        Text::new(
            "Latin letters without an exact match are searched as pinyin: 自信",
            "找不到的拉丁字母按拼音读：自信",
        ),
    ),
];
