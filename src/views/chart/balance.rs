//! Two themes against each other: bars to the left and to the right of a middle.

use super::{MARGIN, NAME, NOTE, ROW, WIDTH, name, paint, points, times, titled, widest};
use crate::{
    model::code::Hue,
    picture::{Paint, Picture, Stroke, TextAnchor, TextStyle, Weight, face::Faces},
};

/// Paints rows, each with its name, the figure of the right side and that of the left.
pub fn picture(
    left: &(String, Hue),
    right: &(String, Hue),
    rows: &[(String, f64, f64)],
) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(&format!("{} · {}", left.0, right.0), WIDTH, &faces);
    let labels = widest(rows.iter().map(|row| row.0.as_str()), NAME, 180.0, &faces);
    let start = MARGIN + labels + 36.0;
    let (middle, half) = (
        (start + WIDTH - MARGIN - 24.0) / 2.0,
        (WIDTH - MARGIN - 24.0 - start) / 2.0,
    );
    let most = rows
        .iter()
        .flat_map(|row| [row.1, row.2])
        .fold(1.0, f64::max);
    let head = TextStyle::new(10.5, Paint::Ink).weight(Weight::Medium);
    picture.text([middle - 10.0, top + 4.0], &left.0, head, TextAnchor::End);
    picture.text(
        [middle + 10.0, top + 4.0],
        &right.0,
        head,
        TextAnchor::Start,
    );
    let top = top + 18.0;
    for (row, (label, of_right, of_left)) in rows.iter().enumerate() {
        let y = times(row).mul_add(ROW, top);
        name(
            &mut picture,
            [MARGIN + labels, y + ROW / 2.0],
            label,
            labels,
            TextAnchor::End,
            &faces,
        );
        let length = |value: f64| points(value / most) * half;
        picture.rect(
            [
                middle - 1.0 - length(*of_left),
                y + 3.0,
                length(*of_left),
                ROW - 6.0,
            ],
            2.0,
            paint(Some(left.1)),
        );
        picture.rect(
            [middle + 1.0, y + 3.0, length(*of_right), ROW - 6.0],
            2.0,
            paint(Some(right.1)),
        );
        picture.text(
            [middle - 7.0 - length(*of_left), y + ROW / 2.0],
            format!("{of_left:.0}"),
            NOTE,
            TextAnchor::End,
        );
        picture.text(
            [middle + 7.0 + length(*of_right), y + ROW / 2.0],
            format!("{of_right:.0}"),
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
