//! Painting a row of the tree.

use crate::gui::strings;
use egui::{
    Align2, Color32, Pos2, Rect, Response, RichText, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::view::CodeRow;
use crate::gui::{
    context::Cx,
    icons,
    strings::grouped,
    theme::{self, palette},
    widgets::list_row::{elided, light},
};

/// The indentation of a row of this depth, from the list's left edge.
#[expect(clippy::cast_precision_loss, reason = "the depth of a tree of codes")]
pub(super) fn indent(depth: usize) -> f32 {
    14.0 + depth as f32 * 16.0
}

/// The left end of a row's contents on screen.
pub(super) fn left_of(rect: Rect, row: &CodeRow) -> f32 {
    rect.left() + indent(row.depth)
}

/// The rectangle of the name, which the field for renaming covers.
pub(super) fn name_rect(rect: Rect, row: &CodeRow) -> Rect {
    Rect::from_min_max(
        pos2(left_of(rect, row) + 28.0, rect.top() + 1.0),
        pos2(rect.right() - 8.0, rect.bottom() - 1.0),
    )
}

/// The colour of a code: filled if it is used, an outline if it never is.
fn chip(ui: &Ui, center: Pos2, color: Color32, used: bool) {
    let chip = Rect::from_center_size(center, Vec2::splat(9.0));
    if used {
        ui.painter().rect_filled(chip, 3.0, color);
    } else {
        ui.painter()
            .rect_stroke(chip, 3.0, Stroke::new(1.5, color), StrokeKind::Inside);
    }
}

/// The number beside a code, and whether the code or one below it is used at all.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    pub(super) count: usize,
    pub(super) used: bool,
}

/// Paints a code's row: fold mark, colour, name, marks and count.
pub(super) fn paint(
    ui: &Ui,
    rect: Rect,
    row: &CodeRow,
    chosen: bool,
    response: &Response,
    usage: Usage,
) {
    let colors = palette(ui.visuals());
    light(ui, rect, response, chosen, 0.0);
    let (left, middle) = (left_of(rect, row), rect.center().y);
    if row.has_subcodes {
        let caret = if row.folded {
            icons::CARET_RIGHT
        } else {
            icons::CARET_DOWN
        };
        ui.painter().text(
            pos2(left, middle),
            Align2::LEFT_CENTER,
            caret,
            theme::regular(10.0),
            colors.ink_2,
        );
    }
    chip(
        ui,
        pos2(left + 22.0, middle),
        colors.code(row.hue),
        usage.used,
    );
    let right = paint_marks(ui, rect, row, usage.count);
    let font = if row.has_subcodes {
        theme::medium(13.0)
    } else {
        theme::regular(13.0)
    };
    let ink = if row.fits { colors.ink } else { colors.ink_2 };
    elided(
        ui,
        left + 34.0,
        right,
        middle,
        RichText::new(&row.name).font(font).color(ink),
    );
}

/// Paints count, key and question mark at the right end of a row; returns the position that is left for the name.
fn paint_marks(ui: &Ui, rect: Rect, row: &CodeRow, count: usize) -> f32 {
    let colors = palette(ui.visuals());
    let middle = rect.center().y;
    let at = rect.right_center() - Vec2::new(16.0, 0.0);
    let figure = ui.painter().text(
        at,
        Align2::RIGHT_CENTER,
        grouped(count),
        theme::regular(12.0),
        colors.ink_2,
    );
    // Reserving the width of a usual count keeps keys and marks in a column.
    let mut right = figure.left().min(at.x - 24.0) - 8.0;
    if let Some(key) = row.key {
        let key = ui.painter().text(
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            key,
            theme::regular(11.0),
            colors.ink_2,
        );
        ui.painter().rect_stroke(
            key.expand2(vec2(4.0, 0.0)),
            3.0,
            Stroke::new(1.0, colors.strong_line),
            StrokeKind::Inside,
        );
        right = key.left() - 12.0;
    }
    if !row.defined {
        let mark = ui.painter().text(
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            icons::QUESTION,
            theme::regular(12.0),
            colors.ink_2,
        );
        right = mark.left() - 6.0;
    }
    right
}

/// The tooltip of a row: names in all languages, counts, and the definition or that there is none.
pub(super) fn tip(cx: &Cx<'_>, row: &CodeRow) -> String {
    let Some(code) = cx.project.codebook.get(row.id) else {
        return String::new();
    };
    let names: Vec<&str> = code.name.all().filter(|name| !name.is_empty()).collect();
    let own = cx.tally.own(row.id);
    let all = cx.tally.with_subcodes(row.id);
    let counts = if all == 0 {
        cx.language.say(strings::NEVER_USED).to_owned()
    } else {
        strings::own_of_all(cx.language, own, all)
    };
    let means = if code.definition.is_empty() {
        cx.language.say(strings::WITHOUT_DEFINITION)
    } else {
        code.definition.get(&cx.language.tag())
    };
    format!("{}\n{counts}\n{means}", names.join(" · "))
}

/// Outlines a row that something would be dropped onto.
pub(super) fn outline(ui: &Ui, rect: Rect) {
    let accent = palette(ui.visuals()).accent;
    ui.painter().rect_stroke(
        rect.shrink2(vec2(4.0, 1.0)),
        4.0,
        Stroke::new(1.5, accent),
        StrokeKind::Inside,
    );
}

/// Marks the gap between rows that something would be dropped into.
pub(super) fn line(ui: &Ui, left: f32, right: f32, y: f32) {
    let accent = palette(ui.visuals()).accent;
    ui.painter()
        .hline(left..=right - 8.0, y, Stroke::new(2.0, accent));
    ui.painter().circle_filled(pos2(left, y), 3.0, accent);
}
