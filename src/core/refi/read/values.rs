//! Small values of exchange files: GUIDs, numbers, booleans, days and points in time.

use super::xml::Element;
use crate::{
    import::study::derived,
    model::{attribute::Day, ids::Id},
};

/// A text with line feeds only.
pub(super) fn with_line_feeds(text: &str) -> String {
    // Nearly all texts are of this kind, and searching for a byte is much faster than replacing.
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        text.to_owned()
    } else {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }
}

/// The beginning of the first line, as a title.
pub(super) fn title_from(text: &str) -> String {
    const CHARS: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(CHARS).collect();
    if short.len() < line.len() {
        format!("{}…", short.trim_end())
    } else {
        short
    }
}

/// The GUID in an attribute; `None` if it is missing or malformed.
pub(super) fn reference(element: Element<'_>, attribute: &str) -> Option<u128> {
    element
        .some(attribute)?
        .parse::<Id<()>>()
        .ok()
        .map(|id| id.as_u128())
}

/// The identity of an element: its GUID, or one derived from its kind, name and position in the file.
pub(super) fn identity(element: Element<'_>) -> u128 {
    reference(element, "guid").unwrap_or_else(|| {
        let named: Id<()> = derived(&[
            "refi",
            element.name(),
            element.get_or_empty("name"),
            &element.index().to_string(),
        ]);
        named.as_u128()
    })
}

/// The GUID that a reference points to; the sets of codebooks call it `guid`.
pub(super) fn target(element: Element<'_>) -> Option<u128> {
    reference(element, "targetGUID").or_else(|| reference(element, "guid"))
}

/// A whole number in an attribute; a negative one counts as 0.
pub(super) fn number(element: Element<'_>, attribute: &str) -> Option<u64> {
    let number: i64 = element.some(attribute)?.parse().ok()?;
    Some(u64::try_from(number).unwrap_or(0))
}

/// `xsd:boolean`.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The date part of an `xsd:date` or `xsd:dateTime`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DatePart {
    pub(super) day: Day,
    /// Whether a time other than midnight was cut off.
    pub(super) has_time: bool,
}

/// Parses the date part of an `xsd:date` or `xsd:dateTime`.
pub(super) fn day(text: &str) -> Option<DatePart> {
    let text = text.trim();
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    // A date can be followed by a time zone, which changes nothing of the day that was meant.
    let day = Day::parse(date.get(..10)?)?;
    let has_time = time
        .chars()
        .take_while(|c| !matches!(c, 'Z' | '+' | '-'))
        .any(|c| c.is_ascii_digit() && c != '0');
    Some(DatePart { day, has_time })
}

/// Parses an `xsd:dateTime` into milliseconds since 1970 in UTC; without a time zone it counts as UTC.
///
/// It accepts more than jiff does: a space for `T`, no seconds, and the hour 24.
pub(super) fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, time) = text.split_once(['T', ' '])?;
    let day = Day::parse(date)?;
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let mut parts = clock.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let whole_seconds = parts.next().unwrap_or("0");
    let (seconds, fraction) = whole_seconds.split_once('.').unwrap_or((whole_seconds, ""));
    let seconds: i64 = seconds.parse().ok()?;
    let mut millis = 0;
    for (digit, weight) in fraction.chars().zip([100, 10, 1]) {
        millis += i64::from(digit.to_digit(10)?) * weight;
    }
    // The second 60 is a leap second.
    if !(0..=24).contains(&hours) || !(0..60).contains(&minutes) || !(0..=60).contains(&seconds) {
        return None;
    }
    let offset_minutes = zone_minutes(zone)?;
    let minutes = (days_since_1970(day) * 24 + hours) * 60 + minutes - offset_minutes;
    Some((minutes * 60 + seconds) * 1000 + millis)
}

fn zone_minutes(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.chars().next() {
        None | Some('Z') => return Some(0),
        Some('-') => (-1, zone.strip_prefix('-')?),
        Some(_) => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes))
        .then_some(sign * (hours * 60 + minutes))
}

/// The days from 1970-01-01 to a day in the Gregorian calendar.
fn days_since_1970(day: Day) -> i64 {
    const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    /// The days from 0001-01-01 to 1970-01-01.
    const BEFORE_1970: i64 = 719_162;
    let year = i64::from(day.year);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400;
    let leap_day = i64::from(is_leap && day.month > 2);
    let months = BEFORE_MONTH[usize::from(day.month) - 1] + leap_day;
    before * 365 + leap_days + months + i64::from(day.day) - 1 - BEFORE_1970
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_milliseconds_in_utc() {
        assert_eq!(moment("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(moment("2018-03-27T19:29:27Z"), Some(1_522_178_967_000));
        assert_eq!(
            moment("2018-03-27T21:29:27.5+02:00"),
            Some(1_522_178_967_500)
        );
        assert_eq!(moment("2024-02-29T12:00:00"), Some(1_709_208_000_000));
        assert_eq!(moment("2000-12-31T23:59:59-05:30"), Some(978_326_999_000));
        for bad in [
            "",
            "2018-03-27",
            "2018-02-30T00:00:00Z",
            "2018-03-27T99:00:00Z",
            "2018-03-27T10:00:00+é",
        ] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_lose_their_time() {
        assert_eq!(day("2024-02-29Z").unwrap().day.to_string(), "2024-02-29");
        assert!(!day("2024-02-29T00:00:00Z").unwrap().has_time);
        assert!(day("2024-02-29T08:30:00+02:00").unwrap().has_time);
        assert_eq!(day("日期"), None);
    }
}
