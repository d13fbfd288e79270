//! Memos on passages: an icon beside the line where the passage begins, and dots below its words.

use std::sync::Arc;

use egui::{Id, Rect, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2};

use super::{GAP, Gesture, ShownDocument, TranscriptView, page::VisibleBlocks};
use crate::{
    gui::{
        icons,
        theme::{self, palette},
    },
    model::text::TextRange,
};

/// A memo on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PassageMemo {
    /// The passage.
    pub(crate) range: TextRange,
    /// What it says, for a hint.
    pub(crate) words: Arc<str>,
}

/// The memos that share an icon, as they begin in one line.
struct LineMark {
    center: egui::Pos2,
    range: TextRange,
    words: String,
}

impl TranscriptView {
    /// Shows the marks of the memos on screen; a click selects the passage of the first at its line.
    pub(super) fn memo_marks(
        &self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        out: &mut Vec<Gesture>,
    ) {
        let Some(seen) = page.range() else { return };
        let colors = palette(ui.visuals());
        let mut marks: Vec<LineMark> = Vec::new();
        for memo in shown.memos {
            if memo.range.intersection(seen).is_none() {
                continue;
            }
            for placed in &page.placed {
                placed.rows(memo.range, |row| {
                    let ends = [row.left_bottom(), row.right_bottom()].map(|at| at - Vec2::Y * 3.0);
                    let dots = Shape::dotted_line(&ends, colors.ink_2, 4.0, 0.8);
                    ui.painter().extend(dots);
                });
            }
            let Some(placed) = page.showing(memo.range.start()) else {
                continue;
            };
            if memo.range.start() < seen.start() {
                continue;
            }
            let caret = placed.caret(memo.range.start());
            let center = pos2(placed.origin.x - GAP / 2.0, caret.center().y);
            match marks.iter_mut().find(|mark| mark.center == center) {
                Some(mark) => {
                    mark.words.push_str("\n\n");
                    mark.words.push_str(&memo.words);
                }
                None => marks.push(LineMark {
                    center,
                    range: memo.range,
                    words: memo.words.to_string(),
                }),
            }
        }
        for mark in marks {
            mark_ui(ui, shown, &mark, out);
        }
    }
}

fn mark_ui(ui: &Ui, shown: &ShownDocument<'_>, mark: &LineMark, out: &mut Vec<Gesture>) {
    let colors = palette(ui.visuals());
    let rect = Rect::from_center_size(mark.center, Vec2::new(GAP, 18.0));
    let id = Id::unique((
        "memo mark",
        shown.pane,
        mark.range.start(),
        mark.range.end(),
    ));
    let response = ui.interact(rect, id, Sense::click());
    let ink = if response.hovered() || response.has_focus() {
        colors.accent
    } else {
        colors.ink_2
    };
    ui.painter().text(
        mark.center,
        egui::Align2::CENTER_CENTER,
        icons::NOTE,
        theme::regular(12.0),
        ink,
    );
    let name = format!("{}: {}", shown.memo_name, mark.words);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.clicked() {
        out.push(Gesture::ChoseMemo(mark.range));
    }
    response.on_hover_text(&mark.words);
}
