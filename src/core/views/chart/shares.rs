//! Rows made up of parts: stacked bars of equal length.

use super::{MARGIN, NAME, NOTE, ROW, WIDTH, name, paint, points, times, titled, widest};
use crate::{
    picture::{Paint, Picture, TextAnchor, TextStyle, face::Faces},
    table::Head,
};

/// Paints rows with the shares of their parts; rows of nothing are said to be.
pub fn picture(title: &str, parts: &[Head], rows: &[(String, Vec<f64>)]) -> Picture {
    let faces = Faces::new();
    let (mut picture, mut top) = titled(title, WIDTH, &faces);
    let mut x = MARGIN;
    for part in parts {
        let width = faces.width(&part.text, NOTE.size, NOTE.weight) + 28.0;
        if x + width > WIDTH - MARGIN && x > MARGIN {
            (x, top) = (MARGIN, top + 16.0);
        }
        picture.rect([x, top, 10.0, 10.0], 2.0, paint(part.hue));
        picture.text([x + 14.0, top + 5.0], &part.text, NOTE, TextAnchor::Start);
        x += width;
    }
    let top = top + 20.0;
    let labels = widest(rows.iter().map(|row| row.0.as_str()), NAME, 200.0, &faces);
    let (left, right) = (MARGIN + labels + 12.0, WIDTH - MARGIN - 44.0);
    for (row, (label, values)) in rows.iter().enumerate() {
        let y = times(row).mul_add(ROW, top);
        name(
            &mut picture,
            [MARGIN + labels, y + ROW / 2.0],
            label,
            labels,
            TextAnchor::End,
            &faces,
        );
        let total: f64 = values.iter().sum();
        if total <= 0.0 {
            picture.hatch([left, y + 2.0, right - left, ROW - 4.0]);
            picture.text([right + 8.0, y + ROW / 2.0], "0", NOTE, TextAnchor::Start);
            continue;
        }
        let mut start = left;
        for (part, value) in parts.iter().zip(values) {
            let width = points(value / total) * (right - left);
            // A gap of paper keeps neighbours apart in grey.
            picture.rect(
                [start, y + 2.0, (width - 1.0).max(0.0), ROW - 4.0],
                1.0,
                paint(part.hue),
            );
            if width > 26.0 {
                let ink = match paint(part.hue) {
                    Paint::Hue(number) => Paint::OnHue(number),
                    _ => Paint::Paper,
                };
                let inside = TextStyle::new(9.5, ink);
                picture.text(
                    [start + width / 2.0, y + ROW / 2.0],
                    format!("{value:.0}"),
                    inside,
                    TextAnchor::Middle,
                );
            }
            start += width;
        }
        picture.text(
            [right + 8.0, y + ROW / 2.0],
            format!("{total:.0}"),
            NOTE,
            TextAnchor::Start,
        );
    }
    picture.height = times(rows.len()).mul_add(ROW, top) + MARGIN;
    picture
}
