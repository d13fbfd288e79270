//! What the page of the history says.

use super::{Text, UiLanguage, counts::counted};
use crate::message::Message;

/// "1,204 steps. Nothing here is ever edited".
pub(in crate::gui) fn n_steps(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new(
            "{n} {n|step|steps}. Nothing here is ever edited; taking a step back is a step of its own.",
            "共 {n} 个步骤。历史从不改写；收回一步也是一个步骤。",
        ),
    )
}

/// "taken back at 16:51".
pub(in crate::gui) fn taken_back_at(language: UiLanguage, time: &str) -> String {
    Text::new("taken back at {time}", "已于 {time} 收回")
        .with("time", time)
        .say(language)
}

/// "12 steps", of a day.
pub(in crate::gui) fn n_steps_of_day(language: UiLanguage, n: usize) -> String {
    counted(language, n, Text::new("{n} {n|step|steps}", "{n} 个步骤"))
}

/// "It can't be taken back: Belonging was removed later."
pub(in crate::gui) fn in_the_way(language: UiLanguage, reason: &Message) -> String {
    Text::new("It can’t be taken back: {reason}.", "无法收回：{reason}。")
        .with("reason", reason.clone())
        .say(language)
}

/// "12 steps since will be taken back, as one step that can be undone."
pub(in crate::gui) fn goes_back(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new(
            "{n} {n|step|steps} since will be taken back, as one step that can be undone.",
            "将收回此后的 {n} 个步骤；这算作一个步骤，可以撤销。",
        ),
    )
}

/// "2 steps stay:".
pub(in crate::gui) fn steps_stay(language: UiLanguage, n: usize) -> String {
    counted(
        language,
        n,
        Text::new("{n} {n|step stays|steps stay}:", "以下 {n} 个步骤保留："),
    )
}

/// "The project as of Wednesday, 26 March 2025, 17:12. Nothing can be changed here."
pub(in crate::gui) fn as_of(language: UiLanguage, day: &str, time: &str) -> String {
    Text::new(
        "The project as of {day}, {time}. Nothing can be changed here.",
        "{day} {time} 时的项目，只读。",
    )
    .with("day", day)
    .with("time", time)
    .say(language)
}
