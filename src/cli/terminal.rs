//! The terminal: where everything that a command prints goes out.
//!
//! A reader may close its end at any time, as `head` does once it has its lines; the command then ends quietly.
//! What people read is shown without characters that would steer the terminal: names and texts come from files of
//! strangers, and an escape sequence in one can move the cursor, set the title of the window or hide what is there.

use std::{
    borrow::Cow,
    io::{self, Write as _},
    path::Path,
};

use super::failure::Failure;

/// Prints bytes as they are, for programs that read them.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| Failure::io(Path::new("stdout"), &error)),
    }
}

/// Prints text for people.
pub(super) fn show(text: &str) -> Result<(), Failure> {
    print(visible(text).as_bytes())
}

/// Says something on stderr, for people.
pub(super) fn say(line: &str) {
    say_as_it_is(visible(line));
}

/// Says something on stderr, for programs.
pub(super) fn say_json(value: &serde_json::Value) {
    say_as_it_is(value);
}

/// Writes a line to stderr; there is nobody to tell if stderr itself is gone.
fn say_as_it_is(line: impl std::fmt::Display) {
    writeln!(io::stderr().lock(), "{line}").ok();
}

/// Text in which characters that steer a terminal are written as their numbers, `\u{1b}`.
///
/// Line ends and tabs stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Returns true for control characters, and for those that turn the direction of the text around them.
fn steers(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_as_its_number() {
        assert_eq!(
            visible("a\u{1b}]0;x\u{7}\u{9b}2J\r\n\tb\u{202e}c\u{2066}\u{7f}"),
            "a\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{d}\n\tb\\u{202e}c\\u{2066}\\u{7f}"
        );
        assert!(matches!(
            visible("小远 😀 Zoe\u{301} \u{200d}"),
            Cow::Borrowed(_)
        ));
    }
}
