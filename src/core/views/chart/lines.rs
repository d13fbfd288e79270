//! Courses over phases: faint lines for cases, a strong one for all.

use super::{AXIS, MARGIN, NOTE, WIDTH, paint, points, tick, ticks, times, titled};
use crate::{
    model::code::Hue,
    picture::{Paint, Picture, Point, Stroke, TextAnchor, TextStyle, Weight, face::Faces},
};

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The name of what the line is of.
    pub name: String,
    /// Its figure at each place; `None` where nothing is known, which breaks the line.
    pub points: Vec<Option<f64>>,
    /// Whether the line is emphasised; the others are faint.
    pub strong: bool,
    /// The colour, if the line is emphasised.
    pub hue: Option<Hue>,
}

const HEIGHT: f32 = 230.0;

/// Paints lines over named places.
pub fn picture(title: &str, unit: &str, places: &[String], series: &[Series]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(title, WIDTH, &faces);
    picture.text([MARGIN, top + 2.0], unit, NOTE, TextAnchor::Start);
    let top = top + 18.0;
    let largest = series
        .iter()
        .flat_map(|line| &line.points)
        .flatten()
        .copied()
        .fold(0.0, f64::max);
    let scale = ticks(0.0, largest.max(1e-6));
    let most = scale.last().copied().unwrap_or(1.0);
    let (left, right, bottom) = (MARGIN + 34.0, WIDTH - MARGIN - 70.0, top + HEIGHT);
    let y = |value: f64| bottom - points(value / most) * HEIGHT;
    let step = (right - left) / times(places.len().saturating_sub(1).max(1));
    let x = |at: usize| {
        if places.len() < 2 {
            f32::midpoint(left, right)
        } else {
            times(at).mul_add(step, left)
        }
    };
    for value in scale {
        picture.line(
            [[left, y(value)], [right, y(value)]],
            Stroke::new(0.6, AXIS.paint),
        );
        picture.text([left - 6.0, y(value)], tick(value), NOTE, TextAnchor::End);
    }
    for (at, place) in places.iter().enumerate() {
        let text = faces.cut(
            place,
            NOTE.size,
            NOTE.weight,
            (step - 6.0).clamp(30.0, 120.0),
        );
        picture.text([x(at), bottom + 12.0], text, NOTE, TextAnchor::Middle);
    }
    let (strong, faint): (Vec<&Series>, Vec<&Series>) = series.iter().partition(|line| line.strong);
    for (number, line) in faint.iter().enumerate() {
        let dash = [(0.0, 0.0), (5.0, 3.0), (2.0, 3.0)][number % 3];
        course(
            &mut picture,
            line,
            &x,
            &y,
            Stroke {
                dash,
                ..Stroke::new(1.0, Paint::Tone(0.7))
            },
            2.0,
        );
    }
    for line in strong {
        course(
            &mut picture,
            line,
            &x,
            &y,
            Stroke::new(2.4, paint(line.hue)),
            3.8,
        );
        if let Some((at, value)) = last_known(line) {
            picture.text(
                [x(at) + 10.0, y(value)],
                &line.name,
                TextStyle::new(10.5, Paint::Ink).weight(Weight::Medium),
                TextAnchor::Start,
            );
        }
    }
    picture.height = bottom + 22.0 + MARGIN;
    picture
}

/// The last figure of a line, which its name is beside, with its place.
fn last_known(line: &Series) -> Option<(usize, f64)> {
    let points = line.points.iter().enumerate().rev();
    points
        .filter_map(|(at, value)| Some((at, (*value)?)))
        .next()
}

/// One line: unbroken stretches, and a dot at each figure.
fn course(
    picture: &mut Picture,
    line: &Series,
    x: &dyn Fn(usize) -> f32,
    y: &dyn Fn(f64) -> f32,
    stroke: Stroke,
    radius: f32,
) {
    let known: Vec<Option<Point>> = line
        .points
        .iter()
        .enumerate()
        .map(|(at, value)| value.map(|value| [x(at), y(value)]))
        .collect();
    for stretch in known.split(Option::is_none) {
        let stretch: Vec<Point> = stretch.iter().flatten().copied().collect();
        if stretch.len() > 1 {
            picture.line(stretch, stroke);
        }
    }
    // Where figures are missing, a dotted line hints at how the known ones belong together.
    let all: Vec<(usize, Point)> = known
        .iter()
        .enumerate()
        .filter_map(|(at, point)| point.map(|point| (at, point)))
        .collect();
    for pair in all.windows(2) {
        if let [(a, from), (b, to)] = pair
            && b - a > 1
        {
            picture.line(
                [*from, *to],
                Stroke {
                    dash: (1.0, 4.0),
                    ..stroke
                },
            );
        }
    }
    all.iter()
        .for_each(|(_, point)| picture.disc(*point, radius, stroke.paint));
}
