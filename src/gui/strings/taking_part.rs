//! What the grid of who took part says.

use super::{Text, UiLanguage};
use crate::analysis::participation::Presence;

pub(in crate::gui) const SHEET: Text = Text::new("Sheet", "属性表");
pub(in crate::gui) const TAKING_PART: Text = Text::new("Taking part", "参与情况");
pub(in crate::gui) const GRID_EXPLAINED: Text = Text::new(
    "A tick: took part. Filled: also speaks. Hatched: no document of this phase. Space ticks, arrows move, drag to fill.",
    "打勾：参加了。深色：也发言。斜线：该阶段没有文档。空格打勾，方向键移动，拖动可连续填写。",
);
pub(in crate::gui) const GRID_COUNTS: Text = Text::new(
    "Families and persons who took part make up n: “4 of 5 who took part”. Who speaks is there by that and can’t be unticked here.",
    "参加的家庭和个人构成 n，如“参加的 5 人中有 4 人”。发言者由说话人确定，不能在此取消。",
);
pub(in crate::gui) const NO_GRID: Text = Text::new(
    "Two things are needed: cases, and documents with phases.",
    "需要有个案，并为文档设置阶段。",
);

/// Whether a case took part, for the name of a cell.
pub(in crate::gui) fn presence(language: UiLanguage, presence: Presence) -> &'static str {
    language.say(match presence {
        Presence::NoDocument => Text::new("no document", "没有文档"),
        Presence::Absent => Text::new("not there", "未参加"),
        Presence::There => Text::new("took part", "参加了"),
        Presence::Speaking => Text::new("took part and speaks", "参加并发言"),
    })
}
