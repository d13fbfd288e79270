//! Time stamps: their notations, alone, in brackets, at the end of a paragraph and in cues of subtitles.

/// Parses `1:02`, `00:12:34`, `00:43.810` or `01:02:03,5`, also with full-width colons; returns milliseconds.
pub(super) fn parse(text: &str) -> Option<u32> {
    let text = text.trim().trim_start_matches('#').trim_end_matches('#');
    // f4 writes tenths of a second behind a hyphen.
    if let Some((time, tenths)) = text.split_once('-')
        && tenths.len() == 1
        && let Ok(tenths) = tenths.parse::<u32>()
    {
        return parse(time)?.checked_add(tenths * 100);
    }
    // No notation is longer; checking it early keeps long lines cheap.
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 16 {
        return None;
    }
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    // The first part may have three digits, since recordings last longer than 99 minutes; the others are two digits below 60.
    let mut seconds = 0u32;
    let mut parts = 0;
    for part in whole.split([':', '：']) {
        let is_long = part.len() > if parts == 0 { 3 } else { 2 };
        let value: u32 = part.parse().ok()?;
        if is_long || parts == 3 || parts > 0 && (value > 59 || part.len() != 2) {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(value)?;
        parts += 1;
    }
    if parts < 2 {
        return None;
    }
    // Fractions have one to six digits; only milliseconds count.
    let digits = fraction.get(..fraction.len().min(3))?;
    let millis: u32 = match digits.len() {
        0 => 0,
        1 => digits.parse::<u32>().ok()? * 100,
        2 => digits.parse::<u32>().ok()? * 10,
        _ => digits.parse().ok()?,
    };
    seconds.checked_mul(1000)?.checked_add(millis)
}

/// Parses a stamp in brackets that begins at a byte; returns milliseconds and the byte behind it.
pub(super) fn enclosed(line: &str, at: usize) -> Option<(u32, usize)> {
    let rest = line.get(at..)?;
    let open = rest.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '［' => '］',
        _ => return None,
    };
    let inner = rest.get(open.len_utf8()..)?;
    let whole = inner.find(close).and_then(|end| {
        let first = inner.get(..end)?.split("-->").next()?.trim();
        Some((parse(first)?, at + open.len_utf8() + end + close.len_utf8()))
    });
    whole.or_else(|| {
        // Trint sometimes leaves out the closing bracket. Without it only a full `00:00:05` is a stamp.
        let end = inner.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))?;
        let spaced = inner.get(end..)?.starts_with(char::is_whitespace);
        let millis = parse(inner.get(..end)?).filter(|_| {
            spaced
                && inner
                    .get(..end)
                    .is_some_and(|stamp| stamp.matches(':').count() == 2)
        })?;
        Some((millis, at + open.len_utf8() + end))
    })
}

/// Parses `#00:12:34-5#`, as f4 writes stamps; returns milliseconds and the byte behind.
pub(super) fn between_hashes(line: &str, at: usize) -> Option<(Option<u32>, usize)> {
    let (stamp, _) = line.get(at + 1..)?.split_once('#')?;
    Some((Some(parse(stamp)?), at + stamp.len() + 2))
}

/// Parses `<4500>`, milliseconds as Transana writes them; returns them and the byte behind.
pub(super) fn in_angles(line: &str, at: usize) -> Option<(u32, usize)> {
    let inner = line.get(at..)?.strip_prefix('<')?;
    let digits = inner.get(..inner.find('>')?)?;
    let millis = digits
        .bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    Some((millis, at + digits.len() + 2))
}

/// The stamp at the end of a paragraph, as f4 (`… #00:12:34-5#`) and Transana (`…¤<754500>`) write it: the time at which the next one begins.
pub(super) fn closing(line: &str) -> Option<u32> {
    let line = line.trim_end();
    if line.ends_with('>') {
        let (before, stamp) = line.rsplit_once('¤')?;
        let (millis, after) = in_angles(stamp, 0)?;
        return (after == stamp.len() && !before.trim().is_empty()).then_some(millis);
    }
    let rest = line.strip_suffix('#')?;
    let (before, stamp) = rest.rsplit_once('#')?;
    parse(stamp).filter(|_| !before.trim().is_empty())
}

/// Returns true for the times of a cue: `00:00:01.000 --> 00:00:02.500`, `0:0:1.0 --> 0:0:2.50`.
pub(super) fn is_cue(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(from, to)| {
        // Settings of WebVTT may follow, such as `align:start`.
        of_cue(from).is_some()
            && to
                .split_whitespace()
                .next()
                .is_some_and(|to| of_cue(to).is_some())
    })
}

/// Parses a stamp of a cue; Teams doesn't pad its parts with zeros.
pub(super) fn of_cue(text: &str) -> Option<u32> {
    let padded: Vec<String> = text
        .trim()
        .split(':')
        .map(
            |part| match part.bytes().take_while(u8::is_ascii_digit).count() {
                1 => format!("0{part}"),
                _ => part.to_owned(),
            },
        )
        .collect();
    parse(&padded.join(":"))
}

/// The time at the end of a text as Teams has it read aloud, `1 hour 2 minutes 3 seconds` or `2 分钟 3 秒`; returns
/// the byte at which it begins, and milliseconds.
///
/// Copied from the window, the time that is shown follows without a space: `0 minutes 4 seconds0:04`. In `wait 5 minutes`
/// there is none: seconds have to be named, or the time shown.
pub(super) fn spoken_at_end(text: &str) -> Option<(usize, u32)> {
    let mut before = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
    let shown = text.get(before.len()..)?;
    let (mut seconds, mut parts) = (0u32, 0);
    let mut larger = UNITS.as_slice();
    loop {
        let trimmed = before.trim_end();
        let rest = trimmed.trim_end_matches(char::is_alphabetic);
        let name = trimmed.get(rest.len()..)?;
        let Some(unit) = larger.iter().position(|unit| unit.is_called(name)) else {
            break;
        };
        let counted = rest.trim_end();
        let start = counted.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let Some(Ok(count)) = counted.get(start..).map(str::parse::<u32>) else {
            break;
        };
        seconds = seconds.checked_add(count.checked_mul(larger.get(unit)?.seconds)?)?;
        parts += 1;
        larger = larger.get(unit + 1..)?;
        before = counted.get(..start)?;
    }
    let millis = seconds.checked_mul(1000)?;
    let is_time = if shown.is_empty() {
        parts >= 2
    } else {
        parts >= 1 && parse(shown) == Some(millis)
    };
    is_time.then_some((before.len(), millis))
}

/// A unit of a time that is read aloud.
struct Unit {
    seconds: u32,
    names: &'static [&'static str],
}

/// From the smallest; in Chinese, English, and other languages of Teams whose words are alike.
#[rustfmt::skip]
const UNITS: [Unit; 3] = [
    Unit { seconds: 1, names: &[
        "second", "seconds", "秒", "秒钟", "秒鐘", "sekunde", "sekunden", "seconde", "secondes", "seconden",
        "segundo", "segundos", "secondo", "secondi",
    ] },
    Unit { seconds: 60, names: &[
        "minute", "minutes", "分", "分钟", "分鐘", "minuten", "minuut", "minuto", "minutos", "minuti",
    ] },
    Unit { seconds: 3600, names: &[
        "hour", "hours", "小时", "小時", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora", "ore", "uur",
    ] },
];

impl Unit {
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_are_read_aloud() {
        for (text, expected) in [
            ("0 minutes 4 seconds", Some((0, 4000))),
            ("0 minutes 4 seconds0:04", Some((0, 4000))),
            ("Maya Lind 1 hour 2 minutes 1 second", Some((10, 3_721_000))),
            (
                "Maya Lind1 hour 2 minutes 1 second1:02:01",
                Some((9, 3_721_000)),
            ),
            ("2 minutes2:00", Some((0, 120_000))),
            ("林晓雨 1 小时 2 分钟 3 秒", Some((10, 3_723_000))),
            ("林晓雨0分3秒", Some((9, 3000))),
            ("Aline 0 minutos 4 segundos0:04", Some((6, 4000))),
            ("Ann Ora 0 Minuten 4 Sekunden", Some((8, 4000))),
            ("wait 5 minutes", None),
            ("wait 30 seconds", None),
            ("0 minutes 4 seconds0:05", None),
            ("in seconds", None),
            ("10:05", None),
            ("", None),
        ] {
            assert_eq!(spoken_at_end(text), expected, "{text}");
        }
    }

    #[test]
    fn stamps() {
        assert_eq!(parse("00:12:34"), Some(754_000));
        assert_eq!(parse("#00:12:34-5#"), Some(754_500));
        assert_eq!(parse("90:00"), Some(5_400_000));
        for bad in [
            "12", "1:2", "00:61", "1:2:3:4", "a:b", "10:05am", "99999:00",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
