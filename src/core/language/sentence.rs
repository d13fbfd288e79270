//! Sentence segmentation of Chinese, English and mixed text.
//!
//! A sentence ends after 。！？ or . ! ? …, together with the closing quotes and brackets that follow, and at a line end.
//! A semicolon doesn't end a sentence. Nor does a full stop in `Mr.`, initials, decimals or before a lower-case letter,
//! or any mark before a comma (“好！”，他说。).
//!
//! Whether a mark ends a sentence depends only on its neighbours, so only the sentences around a position are read.
//! The Unicode rules (Standard Annex 29) are not used: they end sentences after `Mr.` and don't know Chinese pauses (我……我不敢).
//! Positions are code points; a position beyond the end is treated as the end.

use std::ops::Range;

use super::{
    position::{TextPosition, ranges},
    words::is_han,
};
use crate::model::text::TextRange;

/// How many code points before a position are read at first to find the start of its sentence; doubled until it is found.
const REACH: usize = 200;
/// Abbreviations that never end a sentence, because a name or an explanation follows.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "hon", "vs", "cf", "e.g", "i.e", "approx",
];
/// Abbreviations before a number; elsewhere they are words that can end a sentence.
const BEFORE_NUMBERS: &[&str] = &["no", "nos", "p", "pp", "vol", "fig", "figs", "ch", "sec"];

/// The sentences of a text in order, without surrounding space.
pub fn sentences(text: &str) -> Vec<TextRange> {
    let mut from = 0;
    let all = std::iter::from_fn(|| {
        let sentence = next_of(text, from)?;
        from = sentence.end;
        Some(sentence)
    });
    ranges(text, all)
}

/// The sentence that contains a position; in the space between two sentences, the first of them.
pub fn sentence_at(text: &str, at: u32) -> TextRange {
    let place = TextPosition::new(text, at);
    place.range(&holding(text, place.byte).unwrap_or(place.byte..place.byte))
}

/// The start of the next sentence after a position; after the last sentence, the end of the text.
pub fn next_sentence(text: &str, from: u32) -> u32 {
    let place = TextPosition::new(text, from);
    let next = match holding(text, place.byte) {
        Some(here) if here.start <= place.byte => next_of(text, here.end),
        other => other,
    };
    place.position(next.map_or(text.len(), |next| next.start))
}

/// The start of the sentence before a position, or of the sentence that contains it; before the first sentence, 0.
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

/// The sentence with the last start at or before a byte, or else the first sentence; `None` if the text is blank.
fn holding(text: &str, byte: usize) -> Option<Range<usize>> {
    let mut reach = REACH;
    loop {
        let from = inside_a_sentence(text, byte, reach);
        let mut here = next_of(text, from)?;
        // The first sentence read may have begun before `from`, so only the ones after it are certain to start where
        // they seem to.
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

/// A byte at least `reach` code points before another that is in the middle of a sentence, or else 0.
///
/// A letter or digit is never a mark, so reading can start there without misjudging one.
fn inside_a_sentence(text: &str, byte: usize, reach: usize) -> usize {
    let mut letters = text
        .split_at(byte)
        .0
        .char_indices()
        .rev()
        .skip(reach)
        .filter(|(_, c)| c.is_alphanumeric());
    letters.next().map_or(0, |(at, _)| at)
}

/// The first sentence that starts at or after a byte, which must be outside all sentences or in the middle of one.
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

/// Returns true if a run of end marks ends its sentence.
fn ends_sentence(text: &str, marks: &Range<usize>) -> bool {
    let (before, rest) = text.split_at(marks.start);
    let run = rest.split_at(marks.len()).0;
    let closed = end_of_closing(text, marks.end);
    let after = text.split_at(closed).1;
    let line = after.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    // At its start and end, a text is treated like a line.
    let next = line.chars().next().unwrap_or('\n');
    let last = before.chars().next_back().unwrap_or('\n');
    let spaced = line.len() < after.len();
    // A mark after a space belongs to the same run, as in `. . .`.
    if is_continuation(next) || (is_end_mark(next) && spaced) {
        return false;
    }
    let quoted = closed > marks.end;
    let continues = match run {
        _ if run.contains(['。', '！', '？', '．', '｡']) => false,
        _ if run.contains(['!', '?']) => {
            (quoted && next.is_lowercase()) || (!quoted && !spaced && next.is_ascii_alphanumeric())
        }
        // An ellipsis before the same character is a pause: 我……我不敢, I... I can't.
        _ if is_ellipsis(run) => {
            next.is_lowercase() || (!quoted && next == last) || (!spaced && next.is_ascii_digit())
        }
        _ => {
            let joined = !quoted && !spaced && next.is_alphanumeric() && !is_han(next);
            next.is_lowercase() || joined || is_abbreviation(text, marks.start, next)
        }
    };
    !continues
}

/// Returns true if the full stop at a byte belongs to an abbreviation or an initial; `next` is the character after it.
fn is_abbreviation(text: &str, stop: usize, next: char) -> bool {
    let before = text.split_at(stop).0;
    let rest = before.trim_end_matches(|c: char| (c.is_alphanumeric() && !is_han(c)) || c == '.');
    let word = before.split_at(rest.len()).1;
    let lower = word.to_lowercase();
    // A lone I is the pronoun: "So do I. Then ..."
    let initials = word != "I" && word.split('.').all(is_initial) && next.is_uppercase();
    initials
        || ABBREVIATIONS.contains(&lower.as_str())
        || (next.is_ascii_digit() && BEFORE_NUMBERS.contains(&lower.as_str()))
}

/// Returns true for a single capital.
fn is_initial(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
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
    text.len() - text.split_at(from).1.trim_start_matches(fits).len()
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

/// Returns true for punctuation that never starts a sentence.
fn is_continuation(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '，' | '、' | '；' | '：' | '—' | '–')
}

/// Returns true for characters that always belong to the one before them.
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
