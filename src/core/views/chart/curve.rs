//! Saturation: bars of new codes, the curve of all codes seen, the band of other orders.

use super::{AXIS, MARGIN, NOTE, WIDTH, points, tick, ticks, times, titled};
use crate::picture::{Paint, Picture, Point, Stroke, TextAnchor, face::Faces};

const HEIGHT: f32 = 220.0;

/// Codes by interview.
#[derive(Debug, Clone, Copy)]
pub struct Curve<'a> {
    /// New codes of each interview.
    pub new: &'a [usize],
    /// Codes seen after each interview.
    pub seen: &'a [usize],
    /// The lower end of the band around `seen`.
    pub low: &'a [usize],
    /// The upper end of the band around `seen`.
    pub high: &'a [usize],
    /// The number, from 1, of the interview after which saturation is reached.
    pub saturated: Option<usize>,
}

/// Paints new codes as bars and codes so far as a curve; `says` explains the band.
pub fn picture(title: &str, says: &str, curve: &Curve<'_>) -> Picture {
    let Curve {
        new,
        seen,
        low,
        high,
        saturated,
    } = *curve;
    let faces = Faces::new();
    let (mut picture, top) = titled(title, WIDTH, &faces);
    picture.text([MARGIN, top + 2.0], says, NOTE, TextAnchor::Start);
    let top = top + 18.0;
    #[expect(clippy::cast_precision_loss, reason = "some hundred codes")]
    let most = seen.last().copied().unwrap_or(0).max(1) as f64;
    let scale = ticks(0.0, most);
    let most = scale.last().copied().unwrap_or(1.0);
    let (left, right, bottom) = (MARGIN + 30.0, WIDTH - MARGIN - 10.0, top + HEIGHT);
    let step = (right - left) / times(new.len().max(1));
    let x = |at: usize| step.mul_add(times(at) + 0.5, left);
    #[expect(clippy::cast_precision_loss, reason = "some hundred codes")]
    let y = |n: usize| bottom - points(n as f64 / most) * HEIGHT;
    for value in scale {
        let y = bottom - points(value / most) * HEIGHT;
        picture.line([[left, y], [right, y]], Stroke::new(0.6, AXIS.paint));
        picture.text([left - 6.0, y], tick(value), NOTE, TextAnchor::End);
    }
    let upper = high.iter().enumerate().map(|(at, n)| [x(at), y(*n)]);
    let lower = low.iter().enumerate().rev().map(|(at, n)| [x(at), y(*n)]);
    let band: Vec<Point> = upper.chain(lower).collect();
    if band.len() > 2 {
        picture.area(band, Paint::Tone(0.25), 0.3);
    }
    for (at, n) in new.iter().enumerate() {
        picture.rect(
            [x(at) - step * 0.32, y(*n), step * 0.64, bottom - y(*n)],
            1.0,
            Paint::Tone(0.6),
        );
        if new.len() <= 40 || at % 5 == 0 {
            picture.text(
                [x(at), bottom + 10.0],
                (at + 1).to_string(),
                NOTE,
                TextAnchor::Middle,
            );
        }
    }
    picture.line(
        seen.iter()
            .enumerate()
            .map(|(at, n)| [x(at), y(*n)])
            .collect::<Vec<_>>(),
        Stroke::new(2.2, Paint::Ink),
    );
    if let Some(at) = saturated.and_then(|at| at.checked_sub(1)) {
        picture.line(
            [[x(at), top], [x(at), bottom]],
            Stroke::new(1.2, Paint::Accent).dashed(4.0, 3.0),
        );
        seen.get(at)
            .into_iter()
            .for_each(|n| picture.circle([x(at), y(*n)], 4.5, Stroke::new(2.0, Paint::Accent)));
    }
    picture.height = bottom + 20.0 + MARGIN;
    picture
}
