//! The day and the time of a step where the reader is.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

use crate::{message::language::UiLanguage, model::clock::Stamp};

/// A stamp's moment in the time zone of the system; `None` outside the years of the calendar.
fn local(stamp: Stamp) -> Option<Zoned> {
    let millis = i64::try_from(stamp.millis()).ok()?;
    let moment = Timestamp::from_millisecond(millis).ok()?;
    Some(moment.to_zoned(TimeZone::system()))
}

/// The day of a step, such as "Wednesday, 26 March 2025" or “2025年3月26日 星期三”.
pub fn day(stamp: Stamp, language: UiLanguage) -> String {
    local(stamp).map_or_else(String::new, |moment| day_in_words(moment.date(), language))
}

/// The time of a step within its day, such as `17:42`.
pub fn time(stamp: Stamp) -> String {
    local(stamp).map_or_else(String::new, |moment| moment.strftime("%H:%M").to_string())
}

/// Day and time as sheets have them, such as `2025-03-26 17:42`.
pub fn day_and_time(stamp: Stamp) -> String {
    local(stamp).map_or_else(String::new, |moment| {
        moment.strftime("%Y-%m-%d %H:%M").to_string()
    })
}

fn day_in_words(date: Date, language: UiLanguage) -> String {
    match language {
        UiLanguage::English => date.strftime("%A, %-d %B %Y").to_string(),
        UiLanguage::Chinese => {
            let day = "日一二三四五六".chars().nth(usize::from(
                date.weekday().to_sunday_zero_offset().unsigned_abs(),
            ));
            let day = day.map_or_else(String::new, String::from);
            format!(
                "{}年{}月{}日 星期{day}",
                date.year(),
                date.month(),
                date.day()
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        let date = Date::constant(2025, 3, 26);
        assert_eq!(
            day_in_words(date, UiLanguage::English),
            "Wednesday, 26 March 2025"
        );
        assert_eq!(
            day_in_words(date, UiLanguage::Chinese),
            "2025年3月26日 星期三"
        );
    }
}
