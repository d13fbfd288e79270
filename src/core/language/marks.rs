//! Quotation marks and ellipses, which Chinese and English share as characters but not as shapes.
//!
//! In Chinese they are as wide as a Han character, so they come from a Han font; in English they are narrow.
//! Which is meant can only be told from what stands beside them.
//! The dash isn't among them: fonts for Latin draw it as wide, and two of them without a gap.

use std::ops::Range;

use super::words::is_han;

/// Returns true if both languages write the character, each in its own shape.
pub fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…')
}

/// Where the marks of Chinese stand in a line or paragraph, in bytes; marks that follow one another are one range.
///
/// A mark belongs to Chinese if a Han character, or punctuation of that width, stands beside it, and a quotation mark also if
/// its partner does.
pub fn chinese_marks(text: &str) -> Vec<Range<usize>> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        if is_mark(c) {
            let is_chinese = before.is_some_and(is_wide);
            marks.push(Mark { at, c, is_chinese });
        } else {
            // Marks in a row have the same neighbours, so the one after them is looked at for all.
            if is_wide(c) {
                let mut end = at;
                for mark in marks.iter_mut().rev() {
                    if mark.end() != end {
                        break;
                    }
                    mark.is_chinese = true;
                    end = mark.at;
                }
            }
            before = Some(c);
        }
    }
    agree(&mut marks);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.is_chinese) {
        match ranges.last_mut() {
            Some(range) if range.end == mark.at => range.end = mark.end(),
            _ => ranges.push(mark.at..mark.end()),
        }
    }
    ranges
}

/// Returns true if a quotation mark ends at a byte, and a stop of the width of a Han character follows it.
///
/// A Chinese mark has a blank in its right half, as the stop has: before a stop it is set in half its width.
pub fn is_before_stop(text: &str, end: usize) -> bool {
    let mark = text
        .get(..end)
        .and_then(|before| before.chars().next_back());
    let next = text.get(end..).and_then(|after| after.chars().next());
    matches!(mark, Some('”' | '’'))
        && next.is_some_and(|next| "。，、；：！？）〕】》〉」』".contains(next))
}

struct Mark {
    at: usize,
    c: char,
    is_chinese: bool,
}

impl Mark {
    const fn end(&self) -> usize {
        self.at + self.c.len_utf8()
    }
}

/// Makes the two marks of a quotation look alike.
fn agree(marks: &mut [Mark]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..marks.len() {
        let opening = match marks[at].c {
            '“' | '‘' => {
                open.push(at);
                continue;
            }
            '”' => '“',
            '’' => '‘',
            _ => continue,
        };
        // An apostrophe closes nothing.
        if let Some(partner) = open.pop_if(|partner| marks[*partner].c == opening) {
            let either = marks[at].is_chinese || marks[partner].is_chinese;
            marks[at].is_chinese = either;
            marks[partner].is_chinese = either;
        }
    }
}

/// Returns true for Han characters, and for punctuation and letters of their width.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(u32::from(c), 0x3000..=0x303F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the marks of Chinese in brackets.
    fn seen(text: &str) -> String {
        let mut seen = text.to_owned();
        for range in chinese_marks(text).into_iter().rev() {
            seen.insert(range.end, ']');
            seen.insert(range.start, '[');
        }
        seen
    }

    #[test]
    fn marks_beside_han_characters_are_chinese() {
        assert_eq!(seen("他说：“我敢了……”。"), "他说：[“]我敢了[……”]。");
        assert_eq!(seen("“‘好’”"), "[“‘]好[’”]");
        assert_eq!(seen("……"), "……");
    }

    #[test]
    fn apostrophes_and_quotations_of_english_are_not() {
        for text in [
            "She said “I don’t…” and left.",
            "the teachers’ room",
            "it’s “fine”",
        ] {
            assert_eq!(seen(text), text);
        }
        assert_eq!(seen("我说 it’s okay。"), "我说 it’s okay。");
    }

    #[test]
    fn a_stop_comes_right_after_a_quotation() {
        for (text, expected) in [
            ("他说“training”。", true),
            ("“好”，他说", true),
            ("“好”他说", false),
            ("“OK” .", false),
        ] {
            let end = text.find('”').unwrap() + '”'.len_utf8();
            assert_eq!(is_before_stop(text, end), expected, "{text}");
        }
        assert!(!is_before_stop("", 0) && !is_before_stop("。", 0));
    }

    #[test]
    fn both_marks_of_a_quotation_look_alike() {
        assert_eq!(seen("“OK”，他说。"), "[“]OK[”]，他说。");
        assert_eq!(seen("他说“it’s OK”。"), "他说[“]it’s OK[”]。");
    }
}
