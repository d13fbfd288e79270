//! Two themes against each other: bars to the left and to the right of a middle.

use super::{MARGIN, NAME, NOTE, ROW, WIDTH, name, paint, points, times, titled, widest};
use crate::{
    picture::{Paint, Picture, Stroke, TextAnchor, TextStyle, Weight, face::Faces},
    table::Head,
};

/// A row of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceRow {
    /// The name at the left of the bars.
    pub name: String,
    /// The figure of the left side.
    pub left: f64,
    /// The figure of the right side.
    pub right: f64,
}

/// Paints rows of bars; the heads name and colour the two sides.
pub fn picture(left: &Head, right: &Head, rows: &[BalanceRow]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(&format!("{} · {}", left.text, right.text), WIDTH, &faces);
    let labels = widest(
        rows.iter().map(|row| row.name.as_str()),
        NAME,
        180.0,
        &faces,
    );
    let start = MARGIN + labels + 36.0;
    let (middle, half) = (
        (start + WIDTH - MARGIN - 24.0) / 2.0,
        (WIDTH - MARGIN - 24.0 - start) / 2.0,
    );
    let most = rows
        .iter()
        .flat_map(|row| [row.left, row.right])
        .fold(1.0, f64::max);
    let head = TextStyle::new(10.5, Paint::Ink).weight(Weight::Medium);
    picture.text(
        [middle - 10.0, top + 4.0],
        &left.text,
        head,
        TextAnchor::End,
    );
    picture.text(
        [middle + 10.0, top + 4.0],
        &right.text,
        head,
        TextAnchor::Start,
    );
    let top = top + 18.0;
    for (number, row) in rows.iter().enumerate() {
        let y = times(number).mul_add(ROW, top);
        name(
            &mut picture,
            [MARGIN + labels, y + ROW / 2.0],
            &row.name,
            labels,
            TextAnchor::End,
            &faces,
        );
        let of_left = points(row.left / most) * half;
        let of_right = points(row.right / most) * half;
        picture.rect(
            [middle - 1.0 - of_left, y + 3.0, of_left, ROW - 6.0],
            2.0,
            paint(left.hue),
        );
        picture.rect(
            [middle + 1.0, y + 3.0, of_right, ROW - 6.0],
            2.0,
            paint(right.hue),
        );
        picture.text(
            [middle - 7.0 - of_left, y + ROW / 2.0],
            format!("{:.0}", row.left),
            NOTE,
            TextAnchor::End,
        );
        picture.text(
            [middle + 7.0 + of_right, y + ROW / 2.0],
            format!("{:.0}", row.right),
            NOTE,
            TextAnchor::Start,
        );
    }
    let bottom = times(rows.len()).mul_add(ROW, top);
    picture.line(
        [[middle, top - 4.0], [middle, bottom]],
        Stroke::new(0.8, Paint::Faint),
    );
    picture.height = bottom + MARGIN;
    picture
}
