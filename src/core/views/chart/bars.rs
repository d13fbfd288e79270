//! Named bars, to both sides of 0 where there are falls.

use super::{MARGIN, NAME, NOTE, ROW, WIDTH, name, points, tick, times, titled, widest};
use crate::picture::{Paint, Picture, Stroke, TextAnchor, face::Faces};

/// Paints values below each other.
pub fn picture(title: &str, values: &[(String, f64)]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(title, WIDTH, &faces);
    let labels = widest(
        values.iter().map(|value| value.0.as_str()),
        NAME,
        200.0,
        &faces,
    );
    let (left, right) = (MARGIN + labels + 12.0, WIDTH - MARGIN - 48.0);
    let least = values.iter().map(|value| value.1).fold(0.0, f64::min);
    let most = values.iter().map(|value| value.1).fold(0.0, f64::max);
    let span = (most - least).max(1e-9);
    let room = if least < 0.0 { 40.0 } else { 0.0 };
    let x = |value: f64| points((value - least) / span).mul_add(right - left - room, left + room);
    for (row, (label, value)) in values.iter().enumerate() {
        let y = times(row).mul_add(ROW, top);
        name(
            &mut picture,
            [MARGIN + labels, y + ROW / 2.0],
            label,
            labels,
            TextAnchor::End,
            &faces,
        );
        let (from, to) = (x(0.0).min(x(*value)), x(0.0).max(x(*value)));
        picture.rect(
            [from, y + 4.0, (to - from).max(0.8), ROW - 8.0],
            2.0,
            if *value < 0.0 {
                Paint::Faint
            } else {
                Paint::Accent
            },
        );
        let (place, anchor) = if *value < 0.0 {
            (from - 6.0, TextAnchor::End)
        } else {
            (to + 6.0, TextAnchor::Start)
        };
        let text = if value.fract().abs() > 0.0 {
            format!("{value:.2}").replace('-', "−")
        } else {
            tick(*value)
        };
        picture.text([place, y + ROW / 2.0], text, NOTE, anchor);
    }
    let bottom = times(values.len()).mul_add(ROW, top);
    if least < 0.0 {
        picture.line(
            [[x(0.0), top], [x(0.0), bottom]],
            Stroke::new(0.8, Paint::Line),
        );
    }
    picture.height = bottom + MARGIN;
    picture
}
