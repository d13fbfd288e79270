//! What the dialog for pseudonyms says.

use super::{Text, UiLanguage};
use crate::names::table::PseudonymRow;

pub(in crate::gui) const PSEUDONYMS: Text = Text::new("Pseudonyms", "化名");
pub(in crate::gui) const PSEUDONYMS_ITEM: Text = Text::new("Pseudonyms…", "化名…");
pub(in crate::gui) const TABLE_IS_NEW: Text = Text::new(
    "The table says who stands for whom, so it is kept beside the project and sealed with a passphrase of its own. Without the passphrase nobody can open it, and it can’t be recovered.",
    "化名表记录谁对应谁，因此与项目分开存放，并用单独的密码短语加密。没有密码短语就无法打开，也无法找回。",
);
pub(in crate::gui) const TABLE_IS_LOCKED: Text = Text::new(
    "The table of pseudonyms is sealed. Its passphrase opens it.",
    "化名表已加密，输入密码短语即可打开。",
);
pub(in crate::gui) const TABLE_PASSPHRASE: Text =
    Text::new("Passphrase of the table", "化名表的密码短语");
pub(in crate::gui) const TABLE_PASSPHRASE_AGAIN: Text = Text::new("Once more", "再输入一次");
pub(in crate::gui) const TABLE_PASSPHRASES_DIFFER: Text =
    Text::new("The two differ.", "两次输入不同。");
pub(in crate::gui) const CREATE_TABLE: Text = Text::new("Create the table", "创建化名表");
pub(in crate::gui) const OPEN_TABLE: Text = Text::new("Open the table", "打开化名表");
pub(in crate::gui) const LOOKING_FOR_NAMES: Text =
    Text::new("Looking for names…", "正在查找人名……");
pub(in crate::gui) const NO_NAMES_FOUND: Text =
    Text::new("No names were found in the texts.", "文本中没有找到人名。");
pub(in crate::gui) const KEYS_OF_NAMES: Text = Text::new(
    "↑ ↓ choose · A accepts · L leaves as it is",
    "↑ ↓ 选择 · A 采用 · L 保留原文",
);
pub(in crate::gui) const STAND_IN: Text = Text::new("Stand-in", "化名");
pub(in crate::gui) const SAME_PERSON_AS: Text = Text::new("The same person as", "与此人相同：");
pub(in crate::gui) const WHAT_IS_LEFT: Text = Text::new("What is left", "尚未替换的内容");
pub(in crate::gui) const BACK_TO_ROW: Text = Text::new("Back to the name", "回到该姓名");
pub(in crate::gui) const NOTHING_LEFT: Text = Text::new(
    "Nothing else looks like a name.",
    "没有其他形似姓名的内容。",
);
pub(in crate::gui) const LEFT_HINT: Text = Text::new(
    "These look like names, and nothing replaces them.",
    "以下内容形似姓名，且未被替换。",
);
pub(in crate::gui) const ACCEPT_ALL: Text = Text::new("Accept all proposed", "采用全部待定项");
pub(in crate::gui) const REPLACE_IN_TEXTS: Text = Text::new("Replace in the texts", "在文本中替换");
pub(in crate::gui) const REPLACE_IN_TEXTS_HINT: Text = Text::new(
    "One step that can be undone; codings follow. The history keeps the old words.",
    "作为一步操作，可以撤销；编码片段随之调整。历史记录仍保留原文。",
);

/// How many rows there are, and how many nobody has looked at.
pub(in crate::gui) fn rows_of_names(language: UiLanguage, rows: usize, proposed: usize) -> String {
    Text::new(
        "{rows} {rows|row|rows}, {proposed} still proposed",
        "共 {rows} 行，其中 {proposed} 行待定",
    )
    .count("rows", rows)
    .count("proposed", proposed)
    .say(language)
}

/// How far the search for names is.
pub(in crate::gui) fn names_looked_for(language: UiLanguage, done: u64, total: u64) -> String {
    Text::new(
        "Looking for names: {done} of {total}",
        "正在查找人名：{done}/{total}",
    )
    .with("done", done)
    .with("total", total)
    .say(language)
}

/// A row of the table in one line.
pub(in crate::gui) fn name_row(language: UiLanguage, row: &PseudonymRow, more: &str) -> String {
    Text::new(
        "{name}{more} × {places} → {stand_in}",
        "{name}{more} × {places} → {stand_in}",
    )
    .with("name", row.text())
    .with("more", more)
    .with("places", row.places())
    .with("stand_in", row.stand_in())
    .say(language)
}
