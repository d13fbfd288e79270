//! Outlines of shapes as path steps, from which PNG and PDF build their own paths.

use super::Point;

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PathStep {
    /// Moves to a point without drawing.
    Move(Point),
    /// Draws a straight line to a point.
    Line(Point),
    /// Draws a cubic Bézier curve with two control points to a point.
    Curve(Point, Point, Point),
    /// Draws a straight line back to the start.
    Close,
}

/// The distance of the control points from the ends of a quarter circle, as a share of the radius: 4/3 (sqrt(2) - 1).
const QUARTER: f32 = 0.5523;

/// A line through points.
pub(super) fn through(points: &[Point], closed: bool) -> Vec<PathStep> {
    let Some((first, others)) = points.split_first() else {
        return Vec::new();
    };
    let mut steps = vec![PathStep::Move(*first)];
    steps.extend(others.iter().map(|point| PathStep::Line(*point)));
    if closed {
        steps.push(PathStep::Close);
    }
    steps
}

/// A rectangle with rounded corners.
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
