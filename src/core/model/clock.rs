//! The log's time: a hybrid logical clock (Kulkarni et al. 2014, *Logical Physical Clocks*).
//!
//! A stamp is the wall clock's milliseconds since 1970 (48 bits) and a counter (16 bits) that grows when
//! the clock doesn't. So stamps of a device are never equal, never go back, and are close to real time.
//! The wall clock is passed in by the caller, so that a log replays to the same bytes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A moment in the log's order.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(u64);

/// Stamps of one millisecond.
const PER_MILLI: u64 = 1 << 16;

impl Stamp {
    /// The stamp with this number.
    pub const fn from_u64(value: u64) -> Self {
        Self(value)
    }

    /// Its number.
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub const fn millis(self) -> u64 {
        self.0 / PER_MILLI
    }

    /// The first stamp of a millisecond.
    pub const fn at_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(PER_MILLI))
    }

    /// The stamp after `self` on a device whose clock shows `now_millis`.
    pub fn next(self, now_millis: u64) -> Self {
        // A full counter runs over into the milliseconds: the stamp is then a little ahead of the clock.
        Self::at_millis(now_millis).max(Self(self.0.saturating_add(1)))
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.millis(), self.0 % PER_MILLI)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_stands_still_or_goes_back() {
        let first = Stamp::default().next(1_000);
        let second = first.next(1_000);
        let third = second.next(500);
        assert!(first < second && second < third);
        assert_eq!(third.millis(), 1_000);
        assert_eq!(third.next(2_000).millis(), 2_000);
    }
}
