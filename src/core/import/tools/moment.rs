//! Moments as other programs write them.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// Milliseconds from 1970; a moment without a zone counts as UTC, since no program says which zone it meant.
///
/// Reads `2026-11-20 09:00:00`, the same with fractions, `T`, `Z` or an offset, and `Thu Apr 30 18:53:30 2015`.
pub(super) fn millis(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    // RQDA writes R's `date()`, which pads the day with a second space.
    let words: Vec<&str> = text.split_whitespace().collect();
    let civil = text
        .parse::<DateTime>()
        .or_else(|_| DateTime::strptime("%a %b %d %H:%M:%S %Y", words.join(" ")))
        .ok()?;
    Some(
        civil
            .to_zoned(TimeZone::UTC)
            .ok()?
            .timestamp()
            .as_millisecond(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_every_program_are_read() {
        assert_eq!(millis("1970-01-01 00:00:01.5"), Some(1500));
        assert_eq!(
            millis("2026-01-01T00:00:00Z"),
            millis("2026-01-01 00:00:00")
        );
        assert_eq!(
            millis("2026-01-01T08:00:00+08:00"),
            millis("2026-01-01 00:00:00")
        );
        assert_eq!(
            millis("Sat May  2 16:24:45 2015"),
            millis("2015-05-02 16:24:45")
        );
        assert_eq!(millis("yesterday"), None);
    }
}
