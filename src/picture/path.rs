//! Outlines of shapes as steps of a pen, which PNG and PDF both follow.

use super::Point;

/// A step of a pen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// To a place, without a line.
    Move(Point),
    /// Straight to a place.
    Line(Point),
    /// By a curve with two points of control to a place.
    Curve(Point, Point, Point),
    /// Back to where the line began.
    Close,
}

/// How far from a quarter circle's ends its points of control lie, as a share of the radius.
const QUARTER: f32 = 0.5523;

/// A line through points.
pub(super) fn through(points: &[Point], closed: bool) -> Vec<Step> {
    let place = |(number, point): (usize, &Point)| {
        if number == 0 {
            Step::Move(*point)
        } else {
            Step::Line(*point)
        }
    };
    let mut steps: Vec<Step> = points.iter().enumerate().map(place).collect();
    if closed && !steps.is_empty() {
        steps.push(Step::Close);
    }
    steps
}

/// A rectangle with round corners.
pub(super) fn rounded([x, y, width, height]: [f32; 4], round: f32) -> Vec<Step> {
    let (right, bottom) = (x + width, y + height);
    let round = round.min(width / 2.0).min(height / 2.0).max(0.0);
    if round <= 0.0 {
        return through(&[[x, y], [right, y], [right, bottom], [x, bottom]], true);
    }
    let k = round * (1.0 - QUARTER);
    vec![
        Step::Move([x + round, y]),
        Step::Line([right - round, y]),
        Step::Curve([right - k, y], [right, y + k], [right, y + round]),
        Step::Line([right, bottom - round]),
        Step::Curve(
            [right, bottom - k],
            [right - k, bottom],
            [right - round, bottom],
        ),
        Step::Line([x + round, bottom]),
        Step::Curve([x + k, bottom], [x, bottom - k], [x, bottom - round]),
        Step::Line([x, y + round]),
        Step::Curve([x, y + k], [x + k, y], [x + round, y]),
        Step::Close,
    ]
}

/// A disc.
pub(super) fn disc([x, y]: Point, radius: f32) -> Vec<Step> {
    rounded([x - radius, y - radius, radius * 2.0, radius * 2.0], radius)
}
