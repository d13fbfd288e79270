//! What is said where turns are given to speakers, and speakers read again.

use super::{Text, UiLanguage};

pub(in crate::gui) const WHO_SPEAKS: Text = Text::new("Who speaks?", "谁在说话？");
pub(in crate::gui) const TURN_BEGINS: Text = Text::new(
    "A turn begins here: who speaks?",
    "从此处开始新话轮：谁在说话？",
);
pub(in crate::gui) const NOBODY_SPEAKS: Text = Text::new("nobody", "无人");
pub(in crate::gui) const WHO_SPEAKS_KEYS: Text =
    Text::new("Digits choose, Enter saves.", "数字键选择，Enter 保存。");
pub(in crate::gui) const SELECTION_IS_LABEL: Text = Text::new(
    "The selected words are the speaker’s label",
    "所选文字是说话人标签",
);
pub(in crate::gui) const SPEAKERS_AGAIN: Text = Text::new("Read speakers again", "重新识别说话人");
pub(in crate::gui) const READ_AGAIN_ITEM: Text =
    Text::new("Read speakers again…", "重新识别说话人…");
pub(in crate::gui) const TEXT_AND_CODINGS_STAY: Text = Text::new(
    "text and codings stay as they are",
    "文本和编码片段保持不变",
);
pub(in crate::gui) const NOTHING_CHANGES: Text = Text::new(
    "Nothing would change: everybody says what they say now.",
    "没有变化：各说话人的话与现在相同。",
);
pub(in crate::gui) const REPLACE_TURNS: Text = Text::new("Replace the turns", "替换话轮");
pub(in crate::gui) const TURNS_NOW_THEN: Text = Text::new("Turns, now → then", "话轮：现在 → 之后");
pub(in crate::gui) const CHARS_NOW_THEN: Text =
    Text::new("Characters, now → then", "字符：现在 → 之后");
pub(in crate::gui) const DOUBTFUL_LABELS: Text = Text::new(
    "Not believed: tick what is a speaker. What follows the others is nobody’s.",
    "未认作说话人：是说话人的请勾选。其余标签后的话不归任何人。",
);
pub(in crate::gui) const REFUSED_LABELS: Text = Text::new(
    "No speakers: the words after them belong to the turn before.",
    "不是说话人：其后的话归前一话轮。",
);
pub(in crate::gui) const REREADING: Text = Text::new("Speakers", "说话人");

/// "All 12 others that begin with “Mum:”".
pub(in crate::gui) fn all_alike(language: UiLanguage, label: &str, others: usize) -> String {
    Text::new(
        "And {n} {n|other|others} that {n|begins|begin} with “{label}”",
        "以及另外 {n} 处以“{label}”开头的话",
    )
    .count("n", others)
    .with("label", label)
    .say(language)
}

/// How many documents change, and how many codings are in what changes.
pub(in crate::gui) fn speakers_change(
    language: UiLanguage,
    changed: usize,
    of: usize,
    codings: usize,
) -> String {
    Text::new(
        "{n} of {of} {of|document|documents} would change; {codings} {codings|coding is|codings are} on words whose speaker would be another.",
        "{of} 份文档中有 {n} 份会改变；{codings} 个编码片段所在的话会改换说话人。",
    )
    .count("n", changed)
    .count("of", of)
    .count("codings", codings)
    .say(language)
}

/// "7 passages whose speaker would be another".
pub(in crate::gui) fn n_passages_change(language: UiLanguage, n: usize) -> String {
    Text::new(
        "{n} {n|passage|passages} whose speaker would be another",
        "{n} 处会改换说话人",
    )
    .count("n", n)
    .say(language)
}

/// "and 12 more".
pub(in crate::gui) fn and_more(language: UiLanguage, n: usize) -> String {
    Text::new("and {n} more", "另有 {n} 处")
        .count("n", n)
        .say(language)
}
