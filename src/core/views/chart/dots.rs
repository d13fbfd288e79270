//! Shares with their intervals: a dot on a line for each.

use super::{AXIS, MARGIN, NAME, NOTE, ROW, WIDTH, name, paint, points, times, titled, widest};
use crate::{
    model::code::Hue,
    picture::{Picture, Stroke, TextAnchor, face::Faces},
    statistics::interval::Interval,
};

/// A share.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// What it is a share of.
    pub name: String,
    /// The colour of the dot.
    pub hue: Option<Hue>,
    /// The share, from 0 to 1.
    pub share: f64,
    /// The interval around the share.
    pub interval: Option<Interval>,
    /// The share in words, such as "9 of 12".
    pub said: String,
}

/// Paints shares below each other.
pub fn picture(title: &str, dots: &[Dot]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(title, WIDTH, &faces);
    let labels = widest(
        dots.iter().map(|dot| dot.name.as_str()),
        NAME,
        220.0,
        &faces,
    );
    let (left, right) = (MARGIN + labels + 14.0, WIDTH - MARGIN - 64.0);
    let x = |share: f64| points(share).mul_add(right - left, left);
    let bottom = top + times(dots.len()) * ROW + 4.0;
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        picture.line(
            [[x(share), top], [x(share), bottom]],
            Stroke::new(0.6, AXIS.paint),
        );
        picture.text(
            [x(share), bottom + 9.0],
            format!("{:.0} %", share * 100.0),
            NOTE,
            TextAnchor::Middle,
        );
    }
    for (row, dot) in dots.iter().enumerate() {
        let y = times(row).mul_add(ROW, top) + ROW / 2.0;
        name(
            &mut picture,
            [MARGIN + labels, y],
            &dot.name,
            labels,
            TextAnchor::End,
            &faces,
        );
        if let Some(interval) = dot.interval {
            picture.line(
                [[x(interval.low), y], [x(interval.high), y]],
                Stroke::new(2.0, paint(dot.hue)),
            );
        }
        picture.disc([x(dot.share), y], 4.2, paint(dot.hue));
        picture.text([right + 12.0, y], &dot.said, NOTE, TextAnchor::Start);
    }
    picture.height = bottom + 18.0 + MARGIN;
    picture
}
