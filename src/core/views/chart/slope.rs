//! Pairs before and after: a line for each, falls told from rises by dashes as well as by colour.

use super::{MARGIN, NOTE, paint, points, tick, ticks, titled};
use crate::{
    picture::{Paint, Picture, Stroke, TextAnchor, TextStyle, Weight, face::Faces},
    table::Head,
};

const WIDTH: f32 = 340.0;
const HEIGHT: f32 = 240.0;
/// The smallest distance of two names below each other.
const LEAST: f32 = 12.0;

/// A pair, drawn as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// The name at the right end of the line.
    pub name: String,
    /// The value before, if there is one.
    pub before: Option<f64>,
    /// The value after, if there is one.
    pub after: Option<f64>,
}

/// Paints the pairs of `of` between two phases; those that lack a value are named below.
pub fn picture(of: &Head, phases: [&str; 2], pairs: &[Slope]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(&of.text, WIDTH, &faces);
    let top = top + 20.0;
    let scale = scale_of(pairs);
    let (low, high) = (
        scale.first().copied().unwrap_or(0.0),
        scale.last().copied().unwrap_or(1.0),
    );
    let (left, right, bottom) = (MARGIN + 38.0, WIDTH - MARGIN - 96.0, top + HEIGHT);
    let y = |value: f64| bottom - points((value - low) / (high - low)) * HEIGHT;
    let head = TextStyle::new(10.5, Paint::Ink).weight(Weight::Medium);
    picture.text([left, top - 12.0], phases[0], head, TextAnchor::Middle);
    picture.text([right, top - 12.0], phases[1], head, TextAnchor::Middle);
    for value in scale {
        picture.line(
            [[left, y(value)], [right, y(value)]],
            Stroke::new(0.5, Paint::Line),
        );
        picture.text([left - 8.0, y(value)], tick(value), NOTE, TextAnchor::End);
    }
    let mut names: Vec<(f32, &str)> = Vec::new();
    let mut missing = Vec::new();
    for pair in pairs {
        match (pair.before, pair.after) {
            (Some(first), Some(second)) => {
                let rises = second > first;
                let stroke = if rises {
                    Stroke::new(1.8, paint(of.hue))
                } else {
                    Stroke::new(1.4, Paint::Faint).dashed(4.0, 3.0)
                };
                picture.line([[left, y(first)], [right, y(second)]], stroke);
                picture.disc([left, y(first)], 2.8, stroke.paint);
                picture.disc([right, y(second)], 2.8, stroke.paint);
                names.push((y(second), pair.name.as_str()));
            }
            _ => missing.push(pair.name.as_str()),
        }
    }
    let last = write_names(&mut picture, names, right + 8.0, &faces);
    let mut bottom = bottom.max(last) + 16.0;
    if !missing.is_empty() {
        let width = WIDTH - 2.0 * MARGIN - 14.0;
        let dash = [MARGIN, bottom + 6.0];
        picture.text(dash, "–", NOTE, TextAnchor::Start);
        for line in lines_of_names(&missing, &faces, width) {
            let at = [MARGIN + 12.0, bottom + 6.0];
            picture.text(at, line, NOTE, TextAnchor::Start);
            bottom += 14.0;
        }
    }
    picture.height = bottom + MARGIN;
    picture
}

/// Names in lines of at most a width; only a name that is longer is broken.
fn lines_of_names(names: &[&str], faces: &Faces, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        let longer = lines.last().map(|line| format!("{line} · {name}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if faces.width(&longer, NOTE.size, NOTE.weight) <= width => {
                *line = longer;
            }
            _ => lines.extend(faces.lines(name, NOTE.size, NOTE.weight, width)),
        }
    }
    lines
}

/// The ticks of the axis of values.
fn scale_of(pairs: &[Slope]) -> Vec<f64> {
    let values: Vec<f64> = pairs
        .iter()
        .flat_map(|pair| [pair.before, pair.after])
        .flatten()
        .collect();
    let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // A scale that is far from 0 begins near its values.
    let from = if smallest.is_finite() && smallest > 0.0 && smallest > largest * 0.4 {
        smallest
    } else {
        0.0
    };
    // Without values, the axis goes from 0 to 1.
    let to = if largest.is_finite() {
        largest.max(from + 1.0)
    } else {
        1.0
    };
    ticks(from, to)
}

/// Writes names at their heights, moved down where they would touch; returns the height of the last.
fn write_names(
    picture: &mut Picture,
    mut names: Vec<(f32, &str)>,
    left: f32,
    faces: &Faces,
) -> f32 {
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f32::NEG_INFINITY;
    for (y, name) in names {
        last = y.max(last + LEAST);
        let name = faces.cut(name, NOTE.size, NOTE.weight, 96.0);
        picture.text([left, last], name, NOTE, TextAnchor::Start);
    }
    last
}
