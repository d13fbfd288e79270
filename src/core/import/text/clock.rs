//! Times written as bare numbers: whether a file counts seconds, milliseconds or ticks.
//!
//! Services for speech recognition differ in the unit and don't name it. How fast people talk does: a reading in which one
//! character lasts longer than twenty seconds is the wrong one.

/// Milliseconds in a tick, which is how services of Microsoft count.
pub(super) const TICK: f64 = 0.000_1;

/// A time as a file has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum RawTime {
    /// Milliseconds: the file says so.
    Millis(f64),
    /// A number whose unit isn't said.
    Bare(f64),
}

impl RawTime {
    /// The time in milliseconds, given how many of them are in the file's unit; a time before the beginning is none.
    pub(super) fn millis(self, unit: f64) -> Option<u32> {
        let millis = match self {
            Self::Millis(millis) => millis,
            Self::Bare(number) => number * unit,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounded and clamped"
        )]
        (millis >= 0.0).then(|| millis.round().min(f64::from(u32::MAX)) as u32)
    }

    /// The number as the file has it.
    pub(super) const fn number(self) -> f64 {
        match self {
            Self::Millis(number) | Self::Bare(number) => number,
        }
    }

    /// The number, if its unit isn't said.
    const fn bare(self) -> Option<f64> {
        match self {
            Self::Bare(number) => Some(number),
            Self::Millis(_) => None,
        }
    }
}

/// What is said when, as far as the file says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timed {
    pub(super) start: Option<RawTime>,
    pub(super) end: Option<RawTime>,
    /// How many characters are said.
    pub(super) characters: usize,
}

/// Milliseconds in the unit of a file's bare numbers; `None` if nothing tells.
pub(super) fn unit(spoken: &[Timed]) -> Option<f64> {
    /// Characters in a unit of time, below which the unit is shorter than a second: in milliseconds, even fast speech has 0.03.
    const FEWEST_A_SECOND: f64 = 0.05;
    /// The same for milliseconds and ticks.
    const FEWEST_A_MILLISECOND: f64 = 0.000_01;
    /// Longer than any interview, in seconds.
    const DAY: f64 = 86_400.0;

    let starts = || spoken.iter().filter_map(|own| own.start?.bare());
    let pace = pace(spoken);
    if let Some(pace) = pace {
        return Some(if pace >= FEWEST_A_SECOND {
            1000.0
        } else if pace >= FEWEST_A_MILLISECOND {
            1.0
        } else {
            TICK
        });
    }
    if starts().any(|start| start.fract() != 0.0) {
        Some(1000.0)
    } else if starts().any(|start| start > DAY) {
        Some(1.0)
    } else {
        None
    }
}

/// Characters that are said in a unit of time.
fn pace(spoken: &[Timed]) -> Option<f64> {
    let count = |characters: usize| u32::try_from(characters).map_or(f64::MAX, f64::from);
    let (mut length, mut characters) = (0.0, 0.0);
    for own in spoken {
        if let (Some(start), Some(end)) = (
            own.start.and_then(RawTime::bare),
            own.end.and_then(RawTime::bare),
        ) && end > start
        {
            length += end - start;
            characters += count(own.characters);
        }
    }
    if length == 0.0 {
        // Without ends, what is said lasts until the next begins.
        for pair in spoken.windows(2) {
            if let [own, next] = pair
                && let (Some(start), Some(end)) = (
                    own.start.and_then(RawTime::bare),
                    next.start.and_then(RawTime::bare),
                )
                && end > start
            {
                length += end - start;
                characters += count(own.characters);
            }
        }
    }
    (length > 0.0 && characters > 0.0).then_some(characters / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_of_speech_tells_the_unit() {
        let timed = |start: f64, end: Option<f64>, characters| Timed {
            start: Some(RawTime::Bare(start)),
            end: end.map(RawTime::Bare),
            characters,
        };
        let of = |factor: f64| {
            unit(&[
                timed(factor, Some(3.0 * factor), 30),
                timed(60.0 * factor, Some(64.0 * factor), 4),
            ])
        };
        assert_eq!(of(1.0), Some(1000.0));
        assert_eq!(of(1000.0), Some(1.0));
        assert_eq!(of(10_000_000.0), Some(TICK));
        // Without ends, and with a single time.
        assert_eq!(
            unit(&[timed(0.0, None, 400), timed(60.0, None, 5)]),
            Some(1000.0)
        );
        assert_eq!(
            unit(&[timed(0.0, None, 400), timed(60_000.0, None, 5)]),
            Some(1.0)
        );
        assert_eq!(unit(&[timed(5.0, None, 5)]), None);
        assert_eq!(unit(&[timed(5.5, None, 5)]), Some(1000.0));
    }
}
