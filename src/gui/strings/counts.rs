//! Sentences with numbers and names in them.

use super::{Text, UiLanguage};
use crate::{
    app::edit::replace::ReplacementPreview,
    message::{Argument, Message, grouped, labelled, text::SEMICOLON},
    model::case::CaseKind,
};

/// "The first 200,000 of 294,000 hits are listed".
pub(in crate::gui) fn first_of(language: UiLanguage, listed: usize, total: usize) -> String {
    Text::new(
        "The first {listed} of {total} hits are listed",
        "共 {total} 处命中，列出前 {listed} 处",
    )
    .count("listed", listed)
    .count("total", total)
    .say(language)
}

/// "12 of 14 passages; 3 already coded".
pub(in crate::gui) fn passages_to_code(
    language: UiLanguage,
    ticked: usize,
    possible: usize,
    known: usize,
) -> String {
    let passages = Text::new(
        "{ticked} of {possible} {possible|passage|passages}",
        "共 {possible} 个片段，选中 {ticked} 个",
    )
    .count("ticked", ticked)
    .count("possible", possible);
    if known == 0 {
        return passages.say(language);
    }
    Text::new(
        "{passages}; {known} already coded",
        "{passages}；另有 {known} 个已有此编码",
    )
    .with("passages", passages)
    .count("known", known)
    .say(language)
}

/// "Code 12 passages".
pub(in crate::gui) fn code_passages(language: UiLanguage, n: usize) -> String {
    Text::new("Code {n} {n|passage|passages}", "为 {n} 个片段编码")
        .count("n", n)
        .say(language)
}

/// "In 8 of 31 documents; DP 0.42 (0: as evenly as the text, 1: all in one place)".
pub(in crate::gui) fn spread_of(language: UiLanguage, dp: f64, with: usize, of: usize) -> String {
    Text::new(
        "In {with} of {of} {of|document|documents} · DP {dp} (0: spread as evenly as the text, 1: all in one place)",
        "{of} 份文档中的 {with} 份 · DP {dp}（0 为均匀分布，1 为集中一处）",
    )
    .count("with", with)
    .count("of", of)
    .with("dp", format!("{dp:.2}"))
    .say(language)
}

/// "Right in 62 % of cases; the likeliest code is right in 48 % of coded sentences (the most frequent code: 12 %), by cross-validation".
pub(in crate::gui) fn quality_of_suggestions(
    language: UiLanguage,
    precision: Option<f64>,
    first: Option<f64>,
    baseline: Option<f64>,
    folds: usize,
) -> String {
    Text::new(
        "Measured on documents that the model had not seen (cross-validation in {folds} parts): suggestions right in {precision}; likeliest code right in {first} of coded sentences, the most frequent code in {baseline}.",
        "{folds} 折交叉验证（在未学过的文档上）：建议正确率 {precision}；已编码句子的首选编码正确率 {first}，只猜最常用编码为 {baseline}。",
    )
    .with("folds", folds)
    .with("precision", percent(precision))
    .with("first", percent(first))
    .with("baseline", percent(baseline))
    .say(language)
}

/// "31 documents".
pub(in crate::gui) fn n_documents(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|document|documents}", "{n} 份文档"),
    )
}

/// "24 values, of 12 cases or documents".
pub(in crate::gui) fn values_in(language: UiLanguage, values: usize, holders: usize) -> String {
    Text::new(
        "{values} {values|value|values}, given for {holders}",
        "共 {values} 个值，涉及 {holders} 个对象",
    )
    .count("values", values)
    .count("holders", holders)
    .say(language)
}

/// "3 of 12" hits of a document; without a chosen one "12 found".
pub(in crate::gui) fn hits_here(language: UiLanguage, at: Option<usize>, of: usize) -> String {
    match at {
        Some(at) => Text::new("{at} of {of}", "第 {at} 处，共 {of} 处").count("at", at + 1),
        None => Message::from(Text::new("{of} found", "找到 {of} 处")),
    }
    .count("of", of)
    .say(language)
}

/// "3 memos written".
pub(in crate::gui) fn memos_written(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|memo|memos} written", "已写入 {n} 条备忘"),
    )
}

/// "24 rows of cases imported".
pub(in crate::gui) fn rows_imported(language: UiLanguage, n: usize, of: Text) -> String {
    Text::new(
        "{n} {n|row|rows} of {of} new or changed",
        "{of}表：{n} 行为新增或有改动",
    )
    .count("n", n)
    .with("of", of)
    .say(language)
}

/// "24 documents imported".
pub(in crate::gui) fn documents_imported(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|document|documents} imported", "已导入 {n} 份文档"),
    )
}

/// "3 cases".
pub(in crate::gui) fn n_cases(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|case|cases}", "{n} 个个案"))
}

/// "12 values".
pub(in crate::gui) fn n_values(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|value|values}", "{n} 个值"))
}

/// "8 values stay, 3 are converted, 2 can't be and are lost".
pub(in crate::gui) fn values_converted(
    language: UiLanguage,
    kept: usize,
    changed: usize,
    lost: usize,
) -> String {
    Text::new(
        "{kept} {kept|value stays as it is|values stay as they are}, {changed} {changed|is|are} converted, {lost} can’t be converted.",
        "{kept} 个值不变，{changed} 个值将转换，{lost} 个值无法转换。",
    )
    .count("kept", kept)
    .count("changed", changed)
    .count("lost", lost)
    .say(language)
}

/// "Change the key of Find…".
pub(in crate::gui) fn change_key(language: UiLanguage, command: &str) -> String {
    Text::new("Change the key of {command}", "更改“{command}”的快捷键")
        .with("command", command.trim_end_matches('…'))
        .say(language)
}

/// "Ctrl F was taken from Find in the document".
pub(in crate::gui) fn key_taken(language: UiLanguage, key: &str, command: &str) -> String {
    Text::new(
        "{key} was taken from “{command}”.",
        "{key} 原属“{command}”，现已移走。",
    )
    .with("key", key)
    .with("command", command.trim_end_matches('…'))
    .say(language)
}

/// "1,204 characters".
pub(in crate::gui) fn n_characters(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|character|characters}", "{n} 个字符"),
    )
}

pub(in crate::gui) fn n_notes(language: UiLanguage, n: usize) -> String {
    Text::new("{n} {n|note|notes} on the table", "表注 {n} 条")
        .count("n", n)
        .say(language)
}

/// "63 turns".
pub(in crate::gui) fn n_turns(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|turn|turns}", "{n} 个话轮"))
}

/// "12 codings".
pub(in crate::gui) fn n_codings(language: UiLanguage, n: usize) -> String {
    counted(language, n, CODINGS)
}

/// "9 segments".
pub(in crate::gui) fn n_segments(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|segment|segments}", "{n} 个片段"),
    )
}

/// "57 hits".
pub(in crate::gui) fn n_hits(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|hit|hits}", "{n} 处命中"))
}

/// "3 codes".
pub(in crate::gui) fn n_codes(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|code|codes}", "{n} 个编码"))
}

/// "2 subcodes".
pub(in crate::gui) fn n_subcodes(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|subcode|subcodes}", "{n} 个下级编码"),
    )
}

/// "2 memos".
pub(in crate::gui) fn n_memos(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|memo|memos}", "{n} 条备忘"))
}

/// "1 link".
pub(in crate::gui) fn n_links(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|link|links}", "{n} 条关联"))
}

/// "3 ticked".
pub(in crate::gui) fn n_ticked(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} ticked", "已勾选 {n} 个"))
}

/// "8 families".
pub(in crate::gui) fn n_families(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|family|families}", "{n} 个家庭"),
    )
}

/// "16 persons"; a kind that only the project knows has no plural, so it is a label: "class: 3".
pub(in crate::gui) fn n_cases_of(language: UiLanguage, kind: &CaseKind, n: usize) -> String {
    if *kind == CaseKind::family() {
        return n_families(language, n);
    }
    if *kind == CaseKind::person() {
        return counted(language, n, Text::new("{n} {n|person|persons}", "{n} 人"));
    }
    labelled(language, kind.say(language), &grouped(n))
}

/// "in 12 documents".
pub(in crate::gui) fn in_documents(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("in {n} {n|document|documents}", "分布于 {n} 份文档"),
    )
}

/// "31 codings in 12 documents".
pub(in crate::gui) fn codings_in(language: UiLanguage, codings: usize, documents: usize) -> String {
    Text::new(
        "{codings} {codings|coding|codings} in {documents} {documents|document|documents}",
        "{codings} 个编码片段，分布于 {documents} 份文档",
    )
    .count("codings", codings)
    .count("documents", documents)
    .say(language)
}

/// "8 of 12 families".
pub(in crate::gui) fn of_families(language: UiLanguage, with: usize, of: usize) -> String {
    Text::new(
        "{with} of {of} {of|family|families}",
        "{of} 个家庭中有 {with} 个",
    )
    .count("with", with)
    .count("of", of)
    .say(language)
}

/// "12 codings, 5 of them its own".
pub(in crate::gui) fn own_of_all(language: UiLanguage, own: usize, all: usize) -> String {
    if own == all {
        return n_codings(language, all);
    }
    Text::new(
        "{all} {all|coding|codings}, {own} of them its own",
        "{all} 个编码片段，其中本编码 {own} 个",
    )
    .count("all", all)
    .count("own", own)
    .say(language)
}

/// "Merge Belonging into…".
pub(in crate::gui) fn merge_title(language: UiLanguage, codes: &str) -> String {
    Text::new("Merge {codes} into…", "将“{codes}”合并到…")
        .with("codes", codes)
        .say(language)
}

/// "Belonging → Needs: this is merged".
pub(in crate::gui) fn merge_sentence(language: UiLanguage, goes: &str, stays: &str) -> String {
    Text::new(
        "{goes} → {stays}: this is merged",
        "{goes} → {stays}：将合并以下内容",
    )
    .with("goes", goes)
    .with("stays", stays)
    .say(language)
}

/// "Another code for 3 codings".
pub(in crate::gui) fn recode_title(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new(
            "Another code for {n} {n|coding|codings}",
            "为 {n} 个编码片段更换编码",
        ),
    )
}

/// "Split 3 codings off Belonging".
pub(in crate::gui) fn split_title(language: UiLanguage, n: usize, code: &str) -> String {
    Text::new(
        "Split {n} {n|coding|codings} off {code}",
        "从“{code}”拆分 {n} 个编码片段",
    )
    .count("n", n)
    .with("code", code)
    .say(language)
}

/// "table.csv already exists.".
pub(in crate::gui) fn file_exists(language: UiLanguage, name: &str) -> String {
    Text::new("{name} already exists.", "{name} 已存在。")
        .with("name", name)
        .say(language)
}

/// "Remove Belonging?".
pub(in crate::gui) fn remove_title(language: UiLanguage, codes: &str) -> String {
    Text::new("Remove {codes}?", "删除“{codes}”？")
        .with("codes", codes)
        .say(language)
}

/// "This also removes 2 subcodes, 31 codings in 12 documents and 1 memo."
pub(in crate::gui) fn goes_along(language: UiLanguage, things: &[String]) -> String {
    const REMOVES: Text = Text::new("This also removes {things}.", "将一并删除：{things}。");
    match things {
        [others @ .., last] if !others.is_empty() => REMOVES.with(
            "things",
            Text::new("{others} and {last}", "{others}、{last}")
                .with("others", others)
                .with("last", last),
        ),
        _ => REMOVES.with("things", things),
    }
    .say(language)
}

/// "2 codings reaching into the corrected words get new bounds; 1 coding with no words left is removed".
pub(in crate::gui) fn correction(
    language: UiLanguage,
    resized: usize,
    removed: usize,
    memos: usize,
) -> String {
    let parts: Vec<String> = [
        (
            resized,
            Text::new(
                "{n} {n|coding that reaches into the corrected words gets|codings that reach into the corrected words get} new bounds",
                "{n} 个编码片段的边界随之调整",
            ),
        ),
        (
            removed,
            Text::new(
                "{n} {n|coding with no words left is|codings with no words left are} removed",
                "{n} 个编码片段因文字全部删除而移除",
            ),
        ),
        (
            memos,
            Text::new(
                "{n} {n|memo on them is|memos on them are} removed too",
                "{n} 条相关备忘一并删除",
            ),
        ),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, text)| counted(language, n, text))
    .collect();
    if parts.is_empty() {
        return language
            .say(Text::new(
                "Every coding keeps its words.",
                "所有编码片段保持原有文字。",
            ))
            .to_owned();
    }
    parts.join(language.say(SEMICOLON))
}

/// "Replace “Ada” by “Nora”?"
pub(in crate::gui) fn replace_title(language: UiLanguage, from: &str, to: &str) -> String {
    let text = if to.is_empty() {
        Text::new("Delete “{from}”?", "要删除“{from}”吗？")
    } else {
        Text::new(
            "Replace “{from}” by “{to}”?",
            "要把“{from}”替换为“{to}”吗？",
        )
    };
    text.with("from", from).with("to", to).say(language)
}

/// "12 places in 3 documents", with what becomes of the labels of speakers.
pub(in crate::gui) fn places_replaced(language: UiLanguage, found: &ReplacementPreview) -> String {
    let (said, in_labels) = found.counts();
    let merged = found.labels.iter().filter(|label| label.merges).count();
    let parts: Vec<String> = [
        (said, Text::new("{n} {n|place|places}", "{n} 处文字")),
        (
            in_labels,
            Text::new("{n} {n|label|labels} in the text", "文本中 {n} 处标签"),
        ),
        (
            found.labels.len(),
            Text::new("the names of {n} {n|speaker|speakers}", "{n} 个说话人名称"),
        ),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, text)| counted(language, n, text))
    .collect();
    let text = if merged == 0 {
        Message::from(Text::new(
            "In {documents} {documents|document|documents}: {parts}.",
            "涉及 {documents} 份文档：{parts}。",
        ))
    } else {
        Text::new(
            "In {documents} {documents|document|documents}: {parts}; {merged} {merged|speaker becomes one with another|speakers become one with others}.",
            "涉及 {documents} 份文档：{parts}；其中 {merged} 个说话人会与他人合并。",
        )
        .count("merged", merged)
    };
    text.count("documents", found.documents)
        .with("parts", parts.as_slice())
        .say(language)
}

/// "In 12 documents; in 3 of them the two become one speaker."
pub(in crate::gui) fn renaming(language: UiLanguage, documents: usize, merged: usize) -> String {
    if merged == 0 {
        return counted(
            language,
            documents,
            Text::new("In {n} {n|document|documents}.", "涉及 {n} 份文档。"),
        );
    }
    Text::new(
        "In {documents} {documents|document|documents}; in {merged} of them the two become one speaker.",
        "涉及 {documents} 份文档；其中 {merged} 份里两者合并为同一说话人。",
    )
    .count("documents", documents)
    .count("merged", merged)
    .say(language)
}

/// "Belonging, 1 of 5", the first of the codes that fit what was typed.
pub(in crate::gui) fn first_fitting(language: UiLanguage, name: Option<&str>, n: usize) -> String {
    let Some(name) = name else {
        return language
            .say(Text::new("No code fits", "没有匹配的编码"))
            .to_owned();
    };
    Text::new("{name}, 1 of {n}", "{name}，共 {n} 项，第 1 项")
        .with("name", name)
        .count("n", n)
        .say(language)
}

/// "Ticked: Belonging".
pub(in crate::gui) fn ticked(language: UiLanguage, name: &str, is_ticked: bool) -> String {
    let text = if is_ticked {
        Text::new("Ticked: {name}", "已勾选：{name}")
    } else {
        Text::new("No longer ticked: {name}", "已取消勾选：{name}")
    };
    text.with("name", name).say(language)
}

/// "in Looking-glass self", of a code below another.
pub(in crate::gui) fn within(language: UiLanguage, parent: &str) -> String {
    Text::new("in {parent}", "属于“{parent}”")
        .with("parent", parent)
        .say(language)
}

/// "Child. Codes here: Belonging, Self-feeling".
///
/// Where no passage goes on, those that end at the caret are named, as after one was coded.
pub(in crate::gui) fn at_caret(
    language: UiLanguage,
    speaker: &str,
    codes: &[&str],
    ending: &[&str],
) -> String {
    let (text, codes) = match (codes, ending) {
        ([], []) => (Text::new("No codes here", "此处没有编码"), codes),
        ([], _) => (
            Text::new("Codes that end here: {codes}", "到此处为止的编码：{codes}"),
            ending,
        ),
        _ => (
            Text::new("Codes here: {codes}", "此处的编码：{codes}"),
            codes,
        ),
    };
    let says = if codes.is_empty() {
        language.say(text).to_owned()
    } else {
        let codes = codes.iter().map(|code| (*code).into()).collect();
        text.with("codes", Argument::List(codes)).say(language)
    };
    if speaker.is_empty() {
        return says;
    }
    Text::new("{speaker}. {says}", "{speaker}。{says}")
        .with("speaker", speaker)
        .with("says", says)
        .say(language)
}

/// "12 codings by An".
pub(in crate::gui) fn codings_by(language: UiLanguage, n: usize, coder: &str) -> String {
    Text::new(
        "{n} {n|coding|codings} by {coder}",
        "{coder}：{n} 个编码片段",
    )
    .count("n", n)
    .with("coder", coder)
    .say(language)
}

/// "36 % of text coded".
pub(in crate::gui) fn share_coded(language: UiLanguage, percent: u32) -> String {
    Text::new("{percent} % of text coded", "已编码 {percent} % 的文本")
        .with("percent", percent)
        .say(language)
}

pub(super) fn counted(language: UiLanguage, n: usize, text: Text) -> String {
    text.count("n", n).say(language)
}

const CODINGS: Text = Text::new("{n} {n|coding|codings}", "{n} 个编码片段");

/// A share as a whole number of percent, or a dash if it is unknown.
fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_agree() {
        assert_eq!(n_turns(UiLanguage::English, 1), "1 turn");
        assert_eq!(n_codings(UiLanguage::English, 1204), "1,204 codings");
        assert_eq!(n_codings(UiLanguage::Chinese, 1204), "1,204 个编码片段");
    }

    #[test]
    fn what_is_removed_along_is_a_sentence() {
        let things = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let english = |names: &[&str]| goes_along(UiLanguage::English, &things(names));
        assert_eq!(english(&["1 memo"]), "This also removes 1 memo.");
        assert_eq!(
            english(&["1 memo", "2 codings", "1 link"]),
            "This also removes 1 memo, 2 codings and 1 link."
        );
    }
}
