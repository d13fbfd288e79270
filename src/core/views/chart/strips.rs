//! Documents as strips, with a mark where each coding is.

use super::{MARGIN, NAME, WIDTH, name, points, times, titled, widest};
use crate::{
    model::code::Hue,
    picture::{Paint, Picture, TextAnchor, face::Faces},
};

/// A text.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Its name.
    pub name: String,
    /// Where each coding starts and ends, 0 to 1, and its colour.
    pub marks: Vec<(f64, f64, Hue)>,
}

/// Most strips; the rest is said to be left out by the table beside it.
const MOST: usize = 120;
const HEIGHT: f32 = 18.0;
/// Lanes for codings that overlap.
const LANES: usize = 3;

/// Paints strips below each other, overlapping codings in lanes.
pub fn picture(title: &str, strips: &[Strip]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(title, WIDTH, &faces);
    let shown = strips.get(..strips.len().min(MOST)).unwrap_or_default();
    let labels = widest(
        shown.iter().map(|strip| strip.name.as_str()),
        NAME,
        180.0,
        &faces,
    );
    let (left, right) = (MARGIN + labels + 12.0, WIDTH - MARGIN);
    for (row, strip) in shown.iter().enumerate() {
        let y = times(row).mul_add(HEIGHT, top);
        name(
            &mut picture,
            [MARGIN + labels, y + HEIGHT / 2.0],
            &strip.name,
            labels,
            TextAnchor::End,
            &faces,
        );
        picture.rect(
            [left, y + 3.0, right - left, HEIGHT - 6.0],
            1.5,
            Paint::Panel,
        );
        let lanes = lanes_of(strip);
        // Where nothing overlaps, a coding takes the whole height.
        let count = lanes.iter().max().map_or(1, |last| last + 1);
        let height = (HEIGHT - 6.0) / times(count);
        for (&(start, end, hue), lane) in strip.marks.iter().zip(lanes) {
            let x = points(start).mul_add(right - left, left);
            let width = (points(end - start) * (right - left)).max(1.2);
            picture.rect(
                [x, times(lane).mul_add(height, y + 3.0), width, height - 0.6],
                0.6,
                Paint::Hue(hue.number()),
            );
        }
    }
    picture.height = times(shown.len()).mul_add(HEIGHT, top) + MARGIN;
    picture
}

/// The lane of each mark: the first that is free where it begins, or the last.
fn lanes_of(strip: &Strip) -> Vec<usize> {
    let mut ends = [0.0_f64; LANES];
    let lane = |&(start, end, _): &(f64, f64, _)| {
        let free = ends.iter().position(|reach| *reach <= start);
        let lane = free.unwrap_or(LANES - 1);
        ends[lane] = end;
        lane
    };
    strip.marks.iter().map(lane).collect()
}
