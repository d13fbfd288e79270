//! Charts of figures, drawn as [`Picture`]s.
//!
//! A chart is legible in grey: whatever differs by colour also differs by position, by dashes or by a word.

pub mod balance;
pub mod bars;
pub mod curve;
pub mod dots;
pub mod heat;
pub mod lines;
pub mod network;
pub mod shares;
pub mod slope;
pub mod strips;

use crate::{
    model::code::Hue,
    picture::{Paint, Picture, Point, Stroke, TextAnchor, TextStyle, Weight, face::Faces},
};

/// The width of most charts, in points.
const WIDTH: f32 = 640.0;
/// The text style of titles.
const TITLE: TextStyle = TextStyle::new(13.0, Paint::Ink).weight(Weight::Semibold);
/// The text style of names of rows and columns.
const NAME: TextStyle = TextStyle::new(11.0, Paint::Ink);
/// The text style of axis labels and notes.
const NOTE: TextStyle = TextStyle::new(10.0, Paint::Faint);
/// The height of a row of bars or dots.
const ROW: f32 = 22.0;
/// The space around a chart.
const MARGIN: f32 = 16.0;
/// The stroke of axes.
const AXIS: Stroke = Stroke::new(1.0, Paint::Line);

/// The paint of a code's colour; the accent for what has no colour.
fn paint(hue: Option<Hue>) -> Paint {
    hue.map_or(Paint::Accent, |hue| Paint::Hue(hue.number()))
}

/// Begins a picture with its title, broken into lines; also returns the y below the title.
fn titled(title: &str, width: f32, faces: &Faces) -> (Picture, f32) {
    let mut picture = Picture::new(width, 0.0, title);
    let mut y = MARGIN + 6.0;
    for line in faces.lines(title, TITLE.size, TITLE.weight, width - 2.0 * MARGIN) {
        picture.text([MARGIN, y], line, TITLE, TextAnchor::Start);
        y += 18.0;
    }
    (picture, y + 2.0)
}

/// The width of the widest name, but at most `most`.
fn widest<'a>(
    names: impl Iterator<Item = &'a str>,
    face: TextStyle,
    most: f32,
    faces: &Faces,
) -> f32 {
    names
        .map(|name| faces.width(name, face.size, face.weight))
        .fold(0.0, f32::max)
        .min(most)
}

/// Draws a name, cut to a width, which begins or ends at a point as the anchor says.
fn name(
    picture: &mut Picture,
    at: Point,
    text: &str,
    width: f32,
    anchor: TextAnchor,
    faces: &Faces,
) {
    picture.text(
        at,
        faces.cut(text, NAME.size, NAME.weight, width),
        NAME,
        anchor,
    );
}

/// Round numbers for an axis, four to six of them, the first at or below `smallest` and the last at or above `largest`.
fn ticks(smallest: f64, largest: f64) -> Vec<f64> {
    // An axis of equal values has no span, and the logarithm of 0 is not finite.
    let span = (largest - smallest).max(1e-9);
    let rough = span / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        // A little less than the rough step is enough, since rounding can make equal numbers differ.
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(power * 10.0);
    let first = (smallest / step).floor() * step;
    let mut ticks = vec![first];
    // The bound ends the loop for values so large that adding a step no longer changes them.
    while ticks.len() < 2
        || ticks.last().is_some_and(|last| *last < largest - 1e-9) && ticks.len() < 12
    {
        ticks.push(first + step * ticks.len() as f64);
    }
    ticks
}

/// A number as an axis shows it, with a minus sign rather than a hyphen.
fn tick(value: f64) -> String {
    let text = format!("{value:.3}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    short.replace('-', "−")
}

/// A length in points, in the precision of pictures.
#[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
const fn points(value: f64) -> f32 {
    value as f32
}

/// A count of rows or columns, by which lengths are multiplied.
#[expect(clippy::cast_precision_loss, reason = "a few thousand rows at most")]
const fn times(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_numbers() {
        assert_eq!(ticks(0.0, 9.0), [0.0, 2.5, 5.0, 7.5, 10.0]);
        assert_eq!(ticks(0.0, 0.0).len(), 2);
        assert_eq!(ticks(18.0, 29.0), [15.0, 20.0, 25.0, 30.0]);
        assert_eq!([tick(2.5), tick(-1.0), tick(0.0)], ["2.5", "−1", "0"]);
    }
}
