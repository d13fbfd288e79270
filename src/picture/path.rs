//! Outlines of shapes as steps of a pen, which PNG and PDF both follow.

use super::Point;

/// A step of a pen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PathStep {
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
pub(super) fn through(points: &[Point], closed: bool) -> Vec<PathStep> {
    let place = |(number, point): (usize, &Point)| {
        if number == 0 {
            PathStep::Move(*point)
        } else {
            PathStep::Line(*point)
        }
    };
    let mut steps: Vec<PathStep> = points.iter().enumerate().map(place).collect();
    if closed && !steps.is_empty() {
        steps.push(PathStep::Close);
    }
    steps
}

/// A rectangle with round corners.
pub(super) fn rounded([x, y, width, height]: [f32; 4], round: f32) -> Vec<PathStep> {
    let (right, bottom) = (x + width, y + height);
    let round = round.min(width / 2.0).min(height / 2.0).max(0.0);
    if round <= 0.0 {
        return through(&[[x, y], [right, y], [right, bottom], [x, bottom]], true);
    }
    let k = round * (1.0 - QUARTER);
    vec![
        PathStep::Move([x + round, y]),
        PathStep::Line([right - round, y]),
        PathStep::Curve([right - k, y], [right, y + k], [right, y + round]),
        PathStep::Line([right, bottom - round]),
        PathStep::Curve(
            [right, bottom - k],
            [right - k, bottom],
            [right - round, bottom],
        ),
        PathStep::Line([x + round, bottom]),
        PathStep::Curve([x + k, bottom], [x, bottom - k], [x, bottom - round]),
        PathStep::Line([x, y + round]),
        PathStep::Curve([x, y + k], [x + k, y], [x + round, y]),
        PathStep::Close,
    ]
}

/// A disc.
pub(super) fn disc([x, y]: Point, radius: f32) -> Vec<PathStep> {
    rounded([x - radius, y - radius, radius * 2.0, radius * 2.0], radius)
}
