//! What surrounds a label: brackets, colons and stamps.

use super::skip_spaces;
use crate::import::stamp;

/// The longest label in characters: room for `C市Y社区居委会工作人员（2）` and `Ana Ruiz (Team Lead) | Department of Health`.
pub(super) const LABEL_CHARS: usize = 60;
/// Returns true if words can be a label at all: with a letter, and no address.
pub(super) fn is_possible(text: &str) -> bool {
    let has_slash = || text.bytes().any(|byte| byte == b'/');
    text.chars().any(char::is_alphabetic)
        && !text.starts_with("http")
        && !(has_slash() && text.contains("//"))
}

/// Where the bracket closes whose inside a text begins with; others may be nested: `[Interviewer [quietly]]`.
pub(super) fn closing_bracket(inner: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in inner.char_indices().take(LABEL_CHARS + 1) {
        if c == open {
            depth += 1;
        } else if c == close && depth == 0 {
            return Some(at);
        } else if c == close {
            depth -= 1;
        }
    }
    None
}

/// Where a bracket that opens at `offset` ends; an aside in it is part of the label's head.
pub(super) fn end_of_aside(text: &str, offset: usize, open: char) -> Option<usize> {
    let close = match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '［' => '］',
        _ => '】',
    };
    let inner = text.get(offset..)?;
    let (end, _) = inner.char_indices().take(40).find(|(_, c)| *c == close)?;
    Some(offset + end + close.len_utf8())
}

/// The text without a stamp at its end, `Label 00:00:19`, and the stamp.
pub(super) fn without_trailing_stamp(text: &str) -> (&str, Option<u32>) {
    // Nearly all labels end in a letter, and no stamp does.
    if !text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '#' | '.' | ',')) {
        return (text, None);
    }
    let found = text.rfind([' ', '\t', '\u{3000}']).and_then(|space| {
        let millis = stamp::parse(text.get(space..)?.trim_start())?;
        Some((text.get(..space)?.trim_end(), millis))
    });
    match found {
        Some((text, millis)) => (text, Some(millis)),
        None => (text, None),
    }
}

/// A stamp that is the rest of a line.
pub(super) fn stamp_to_the_end(line: &str, at: usize) -> (Option<u32>, usize) {
    match line.get(at..).and_then(stamp::parse) {
        Some(millis) => (Some(millis), line.len()),
        None => (None, at),
    }
}

/// A cell that consists of a stamp, with another cell behind it.
pub(super) fn bare_cell(line: &str, at: usize) -> Option<(u32, usize)> {
    let (cell, _) = line.get(at..)?.split_once('\t')?;
    Some((stamp::parse(cell)?, at + cell.len()))
}

/// The author of a line of a Zoom chat: `From Ana Ruiz to Everyone` is Ana Ruiz.
pub(super) fn chat_name(text: &str) -> &str {
    let Some(name) = text.trim().strip_prefix("From ") else {
        return text;
    };
    match name.split_once(" to ") {
        Some((name, _)) => name.trim(),
        None => name.trim(),
    }
}

/// Where the asterisks at a byte end, and the colon within or behind them.
pub(super) fn behind_emphasis(line: &str, at: usize) -> usize {
    line.get(at..).map_or(at, |rest| {
        line.len() - rest.trim_start_matches(['*', '_']).len()
    })
}

/// Reads an optional stamp in brackets and an optional colon, in either order; returns milliseconds and the byte after it.
pub(super) fn stamp_and_colon(line: &str, at: usize) -> (Option<u32>, usize) {
    let (_, after) = colon(line, at);
    let start = skip_spaces(line, after);
    match stamp::enclosed(line, start) {
        Some((millis, after)) => (Some(millis), colon(line, after).1),
        None => (None, after),
    }
}

/// Returns whether a colon follows, with spaces before it or not, and the byte after it.
pub(super) fn colon(line: &str, at: usize) -> (bool, usize) {
    let start = skip_spaces(line, at);
    match line.get(start..).and_then(|rest| rest.chars().next()) {
        Some(c @ (':' | '：')) => (true, start + c.len_utf8()),
        _ => (false, at),
    }
}
