//! Texts of the erasure of a participant.

use super::{Text, UiLanguage};
use crate::app::erasure::TextLoss;

pub(in crate::gui) const ERASE_PARTICIPANT: Text =
    Text::new("Erase participant…", "删除受访者资料…");
pub(in crate::gui) const ERASE_WARNING: Text = Text::new(
    "When a participant withdraws, their words go for good: from the texts, the history, the backups. Nothing brings them back.",
    "受访者撤回同意后，其话语将从文本、历史和备份中永久删除，无法恢复。",
);
pub(in crate::gui) const GOES: Text = Text::new("What goes", "删除的内容");
pub(in crate::gui) const STAYS: Text = Text::new("What stays", "保留的内容");
pub(in crate::gui) const WIPE_COPIES: Text = Text::new(
    "Overwrite the copies beside the project, too",
    "同时覆写项目旁边的副本",
);
pub(in crate::gui) const CERTIFICATE: Text = Text::new("Certificate", "删除证明");
pub(in crate::gui) const CERTIFICATE_HINT: Text = Text::new(
    "A page that says what was erased, when and by whom, without the name. Leave the field empty for none.",
    "写明删除了什么、何时由谁删除的页面，不含姓名。留空则不生成。",
);
pub(in crate::gui) const ERASE_FOR_GOOD: Text = Text::new("Erase for good", "永久删除");
pub(in crate::gui) const IS_ERASED: Text = Text::new(
    "The words of this document were erased because a participant withdrew.",
    "受访者已撤回同意，此文档的文字已删除。",
);
pub(in crate::gui) const IS_PARTLY_ERASED: Text = Text::new(
    "What a participant who withdrew said here was erased.",
    "受访者已撤回同意，其在此文档中的话语已删除。",
);
/// The title of the dialog.
pub(in crate::gui) fn erase_title(language: UiLanguage, name: &str) -> String {
    const TITLE: Text = Text::new("Erase “{name}”", "删除“{name}”的资料");
    TITLE.with("name", name).say(language)
}

/// The label of the field for the name.
pub(in crate::gui) fn type_the_name(language: UiLanguage, name: &str) -> String {
    const TYPE: Text = Text::new("Type {name} to go on", "输入 {name} 以继续");
    TYPE.with("name", name).say(language)
}

/// What goes of a document.
pub(in crate::gui) fn text_loss(language: UiLanguage, loss: &TextLoss) -> String {
    const WHOLE: Text = Text::new(
        "{title}: whole, {turns} {turns|turn|turns}",
        "{title}：全部，{turns} 个话轮",
    );
    const TURNS: Text = Text::new(
        "{title}: {turns} {turns|turn|turns} of the participant",
        "{title}：该受访者的 {turns} 个话轮",
    );
    const REMOVED: Text = Text::new(
        "{title}: whole, removed from the project before",
        "{title}：全部，此前已从项目中移除",
    );
    let text = match (loss.is_removed, loss.is_whole) {
        (true, _) => REMOVED,
        (false, true) => WHOLE,
        (false, false) => TURNS,
    };
    text.with("title", &loss.title)
        .count("turns", loss.turns)
        .say(language)
}

/// What was done.
pub(in crate::gui) fn erased(language: UiLanguage, characters: u64) -> String {
    const DONE: Text = Text::new(
        "{characters} characters were erased for good. The history says that it was done.",
        "已永久删除 {characters} 个字符，历史中留有记录。",
    );
    DONE.count("characters", characters).say(language)
}
