//! What is said where codings are given to those whom they are about.

use super::{Text, UiLanguage};
use crate::analysis::attribution::Ground;

pub(in crate::gui) const ABOUT: Text = Text::new("About", "所涉");
/// Before people who are chosen by Alt and a digit.
pub(in crate::gui) const ABOUT_BY_KEY: Text = Text::new("About (Alt)", "所涉（Alt）");
pub(in crate::gui) const WHOM_ABOUT: Text = Text::new("Whom is it about?", "涉及谁？");
pub(in crate::gui) const NOT_ATTRIBUTED: Text = Text::new("not attributed", "未归属");
pub(in crate::gui) const SAY_WHOM: Text = Text::new("Say whom they are about…", "指明涉及谁…");
pub(in crate::gui) const OTHER_CASE: Text = Text::new("other…", "其他…");
pub(in crate::gui) const LEAVE_TO_SPEAKER: Text =
    Text::new("Leave it to who speaks", "按讲述者归属");
pub(in crate::gui) const SKIP: Text = Text::new("Skip", "跳过");
pub(in crate::gui) const SAVE_AND_NEXT: Text = Text::new("Save, next", "保存并继续");
pub(in crate::gui) const ABOUT_KEYS: Text = Text::new(
    "Digits choose, Enter saves. Those named in the passage come first, then those named nearby.",
    "数字键选择，Enter 保存。片段中提到的人在前，其次是附近提到的人。",
);

/// Why a coding is given to those whom it is given to.
pub(in crate::gui) const fn ground(ground: Ground) -> Text {
    match ground {
        Ground::Named => Text::new("said by the coder", "编码员指明"),
        Ground::Speaking => Text::new("since they speak", "因其讲述"),
        Ground::Document => Text::new("since the document is theirs", "因文档所属"),
        Ground::None => NOT_ATTRIBUTED,
    }
}

/// Which passage of how many is asked about.
pub(in crate::gui) fn passage_of(language: UiLanguage, at: usize, all: usize) -> String {
    Text::new("Passage {at} of {all}", "第 {at} 个片段，共 {all} 个")
        .with("at", at)
        .with("all", all)
        .say(language)
}
