//! Where sentences lie, in Chinese, English and texts that mix them.
//!
//! A sentence ends with 。！？ or . ! ? …, together with the quotes and brackets that close after it, and with its line; a semicolon ends none.
//! A full stop ends none in `Mr.`, initials, decimals and before a small letter; nor does anything before a comma (“好！”，他说。).
//! Whether a mark ends a sentence is told by its neighbours alone, so no more than the sentences around a position is read.
//! Positions are code points; one beyond the end is the end.

use std::ops::Range;

use super::{
    position::{TextPosition, ranges},
    words::is_han,
};
use crate::model::text::TextRange;

/// How many code points before a place are read first for the start of its sentence; twice as many each time none is found.
const REACH: usize = 200;
/// Abbreviations after which a name or the matter itself follows.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "hon", "vs", "cf", "e.g", "i.e", "approx",
];
/// Abbreviations before a number; else they are words, or end a sentence.
const BEFORE_NUMBERS: &[&str] = &["no", "nos", "p", "pp", "vol", "fig", "figs", "ch", "sec"];

/// The sentences of a text, in order, without the space around them.
pub fn sentences(text: &str) -> Vec<TextRange> {
    let mut from = 0;
    let all = std::iter::from_fn(|| {
        let sentence = next_of(text, from)?;
        from = sentence.end;
        Some(sentence)
    });
    ranges(text, all)
}

/// The sentence in which a position lies; in the space between two the one before.
pub fn sentence_at(text: &str, at: u32) -> TextRange {
    let place = TextPosition::new(text, at);
    place.range(&holding(text, place.byte).unwrap_or(place.byte..place.byte))
}

/// The start of the next sentence after a position; after the last one the text's end.
pub fn next_sentence(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    let next = match holding(text, place.byte) {
        Some(here) if here.start <= place.byte => next_of(text, here.end),
        other => other,
    };
    place.position(next.map_or(text.len(), |next| next.start))
}

/// The start of the sentence before a position, or of the one it lies in; before the first sentence 0.
pub fn previous_sentence(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    let Some((before, _)) = place.before().char_indices().next_back() else {
        return 0;
    };
    let start = holding(text, before).map_or(0, |sentence| sentence.start);
    if start < place.byte {
        place.position(start)
    } else {
        0
    }
}

/// The sentence with the last start at or before a byte, else the first one; `None` for a text of spaces.
fn holding(text: &str, byte: usize) -> Option<Range<usize>> {
    let mut reach = REACH;
    loop {
        let from = inside_a_sentence(text, byte, reach);
        let mut here = next_of(text, from)?;
        let mut known = from == 0;
        while let Some(next) = next_of(text, here.end).filter(|next| next.start <= byte) {
            (here, known) = (next, true);
        }
        if known {
            return Some(here);
        }
        reach *= 2;
    }
}

/// A byte before another, so many code points back, that lies in the middle of a sentence; or the text's start.
fn inside_a_sentence(text: &str, byte: usize, reach: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    let mut letters = before
        .char_indices()
        .rev()
        .skip(reach)
        .filter(|(_, c)| c.is_alphanumeric());
    letters.next().map_or(0, |(at, _)| at)
}

/// The first sentence that starts at or after a byte (which lies in none, or in the middle of one).
fn next_of(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let mut end = start;
    let mut marks = 0..0;
    for (at, c) in text
        .get(start..)?
        .char_indices()
        .map(|(at, c)| (start + at, c))
    {
        if c == '\n' {
            break;
        }
        if is_end_mark(c) && at >= marks.end {
            marks = at..end_of_marks(text, at);
            if ends_sentence(text, &marks) {
                return Some(start..end_of_closing(text, marks.end));
            }
        }
        if !c.is_whitespace() {
            end = at + c.len_utf8();
        }
    }
    (start < end).then_some(start..end)
}

/// Whether a run of end marks ends its sentence.
fn ends_sentence(text: &str, marks: &Range<usize>) -> bool {
    let run = text.get(marks.clone()).unwrap_or_default();
    let closed = end_of_closing(text, marks.end);
    let after = text.get(closed..).unwrap_or_default();
    let line = after.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    let next = line.chars().next().unwrap_or('\n');
    let spaced = line.len() < after.len();
    if is_continuation(next) || (is_end_mark(next) && spaced) {
        return false;
    }
    let last = text
        .get(..marks.start)
        .and_then(|before| before.chars().next_back())
        .unwrap_or('\n');
    let quoted = closed > marks.end;
    let goes_on = match run {
        _ if run.contains(['。', '！', '？', '．', '｡']) => false,
        _ if run.contains(['!', '?']) => {
            (quoted && next.is_lowercase()) || (!quoted && !spaced && next.is_ascii_alphanumeric())
        }
        // A pause before the same word again: 我……我不敢, I... I can't.
        _ if is_ellipsis(run) => {
            next.is_lowercase() || (!quoted && next == last) || (!spaced && next.is_ascii_digit())
        }
        _ => {
            let joined = !quoted && !spaced && next.is_alphanumeric() && !is_han(next);
            next.is_lowercase() || joined || is_abbreviation(text, marks.start, next)
        }
    };
    !goes_on
}

/// Whether the full stop at a byte belongs to an abbreviation or an initial, before `next`.
fn is_abbreviation(text: &str, stop: usize, next: char) -> bool {
    let before = text.get(..stop).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| (c.is_alphanumeric() && !is_han(*c)) || *c == '.')
        .last();
    let word = start
        .and_then(|(at, _)| before.get(at..))
        .unwrap_or_default();
    let lower = word.to_lowercase();
    let is_initial = |part: &str| part.chars().all(char::is_uppercase) && part.chars().count() == 1;
    // A lone I is the speaker: "So do I. Then ..."
    let initials = word != "I" && word.split('.').all(is_initial) && next.is_uppercase();
    initials
        || ABBREVIATIONS.contains(&lower.as_str())
        || (next.is_ascii_digit() && BEFORE_NUMBERS.contains(&lower.as_str()))
}

fn end_of_marks(text: &str, from: usize) -> usize {
    end_of(text, from, is_end_mark)
}

fn end_of_closing(text: &str, from: usize) -> usize {
    end_of(text, from, |c| {
        matches!(
            c,
            '」' | '』'
                | '”'
                | '’'
                | '）'
                | ')'
                | '】'
                | ']'
                | '］'
                | '》'
                | '〉'
                | '"'
                | '\''
                | '»'
                | '›'
        ) || is_joined(c)
    })
}

fn end_of(text: &str, from: usize, fits: impl Fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    text.len() - rest.trim_start_matches(fits).len()
}

fn is_end_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '⋯' | '。' | '！' | '？' | '．' | '｡'
    )
}

fn is_ellipsis(run: &str) -> bool {
    run.contains(['…', '⋯']) || run.starts_with("..")
}

/// What can't start a sentence.
fn is_continuation(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '，' | '、' | '；' | '：' | '—' | '–')
}

/// What belongs to the character before, whatever it is.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}') || super::words::is_mark(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::mixed::mixed;

    fn slice(text: &str, range: TextRange) -> String {
        text.chars()
            .skip(range.start() as usize)
            .take(range.len_chars() as usize)
            .collect()
    }

    #[test]
    fn sentences_of_both_languages_are_found() {
        for (text, expected) in [
            ("", &[][..]),
            (" \n ", &[]),
            ("“我不敢举手。”她说。", &["“我不敢举手。”", "她说。"]),
            (
                "「我不敢！」（小声）他走了……后来呢？",
                &["「我不敢！」", "（小声）他走了……", "后来呢？"],
            ),
            ("我……我不敢；他也不敢。", &["我……我不敢；他也不敢。"]),
            (
                "“好！”，他说。“真的？”——她问。",
                &["“好！”，他说。", "“真的？”——她问。"],
            ),
            ("真的吗？！不会吧！！", &["真的吗？！", "不会吧！！"]),
            (
                "他说OK.然后走了。分数是3.5分。",
                &["他说OK.", "然后走了。", "分数是3.5分。"],
            ),
            (
                "I can't, Dr. Wu said 3.5 times...",
                &["I can't, Dr. Wu said 3.5 times..."],
            ),
            (
                "I can't, Dr. Wu said. 3.5 times... Then we left.",
                &["I can't, Dr. Wu said.", "3.5 times...", "Then we left."],
            ),
            (
                "So... well, I... I tried. So do I. Then?",
                &["So... well, I... I tried.", "So do I.", "Then?"],
            ),
            (
                "J. K. Lee met W.E.B. Du Bois at 5 p.m. He said no. See no. 5.",
                &[
                    "J. K. Lee met W.E.B. Du Bois at 5 p.m.",
                    "He said no.",
                    "See no. 5.",
                ],
            ),
            (
                "\"Why?\" she asked. (He left.) \"No.\"",
                &["\"Why?\" she asked.", "(He left.)", "\"No.\""],
            ),
            (
                "Really? yes! e.g. Monday",
                &["Really?", "yes!", "e.g. Monday"],
            ),
            (
                "no stop \n\n  next line\r\nlast. ",
                &["no stop", "next line", "last."],
            ),
        ] {
            let found: Vec<String> = sentences(text)
                .into_iter()
                .map(|range| slice(text, range))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn sentences_are_walked_in_both_directions() {
        let text = " 我不敢。 真的！\nDr. Wu came. ";
        let at = |position| slice(text, sentence_at(text, position));
        assert_eq!(
            [at(0), at(1), at(5), at(6), at(9), at(10), at(99)],
            [
                "我不敢。",
                "我不敢。",
                "我不敢。",
                "真的！",
                "真的！",
                "Dr. Wu came.",
                "Dr. Wu came."
            ]
        );
        let next: Vec<u32> = [0, 1, 6, 10, 99]
            .map(|from| next_sentence(text, from))
            .into();
        assert_eq!(next, [1, 6, 10, 23, 23]);
        let previous: Vec<u32> = [99, 10, 7, 6, 1, 0]
            .map(|from| previous_sentence(text, from))
            .into();
        assert_eq!(previous, [10, 6, 6, 1, 0, 0]);
        assert_eq!(
            (
                sentence_at("", 4),
                next_sentence("", 4),
                previous_sentence("", 4)
            ),
            (TextRange::between(0, 0), 0, 0)
        );
    }

    proptest! {
        #[test]
        fn the_neighbourhood_gives_the_answer_of_the_whole_text(text in mixed(600), at in 0u32..2_000) {
            let all = sentences(&text);
            let len = u32::try_from(text.chars().count()).unwrap();
            let at = at.min(len);
            let starts = || all.iter().map(|sentence| sentence.start());
            prop_assert_eq!(next_sentence(&text, at), starts().find(|start| *start > at).unwrap_or(len));
            prop_assert_eq!(previous_sentence(&text, at), starts().rfind(|start| *start < at).unwrap_or(0));
            let here = all.iter().rfind(|sentence| sentence.start() <= at).or(all.first());
            prop_assert_eq!(sentence_at(&text, at), here.copied().unwrap_or(TextRange::between(at, at)));
        }

        #[test]
        fn only_space_lies_between_sentences(text in mixed(80)) {
            let mut end = 0;
            for sentence in sentences(&text) {
                prop_assert!(slice(&text, TextRange::between(end, sentence.start())).trim().is_empty());
                let words = slice(&text, sentence);
                prop_assert_eq!(words.trim(), words.as_str());
                prop_assert!(!words.contains('\n'));
                end = sentence.end();
            }
            prop_assert!(text.chars().skip(end as usize).all(char::is_whitespace));
        }
    }
}
