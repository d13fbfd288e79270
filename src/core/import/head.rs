//! Parsing of the head of a line of a transcript: a speaker's label, a time stamp, or both, in the layouts of transcription tools and archives.
//!
//! A head is only a candidate: `labels` accepts those that recur.

use super::stamp;

/// How a label is set off from the text. Only labels that recur in the same layout are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LabelLayout {
    /// `Label: text`, `Label：text`, `Label [00:01]: text`.
    Colon,
    /// `Label [00:01] text`, `Label 00:01` with the text on the next lines.
    Stamped,
    /// `【Label】text`, `[id1] text`.
    Bracket,
    /// `**Label:** text`.
    Bold,
    /// `### Label` with the text below.
    Heading,
    /// `Label<tab>text`.
    Tab,
}

/// The head of a line; positions are in bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineHead<'a> {
    /// The label with its layout; `None` if the line only has a stamp.
    pub(super) label: Option<(&'a str, LabelLayout)>,
    /// Milliseconds from the recording's start.
    pub(super) at_millis: Option<u32>,
    /// Where the words begin.
    pub(super) body: usize,
}

/// Longest label in characters.
const LABEL_CHARS: usize = 40;
/// Longest label in words: room for `Dr Ana Maria Ruiz (Guest)`, not for a sentence.
const LABEL_WORDS: usize = 6;

/// Parses the head of a line, if it has one.
pub(super) fn parse(line: &str) -> Option<LineHead<'_>> {
    let indent = line.len() - line.trim_start().len();
    let rest = line.get(indent..)?;
    // By the first byte, since most lines of a large text have no head; 0xC2, 0xE3 and 0xEF begin `¤`, `【` and full-width brackets.
    match rest.as_bytes().first()? {
        b'[' | b'(' => bracketed(line, indent),
        b'*' => bold(line, indent),
        b'#' => hash_stamp(line, indent).or_else(|| heading(line, indent)),
        0xC2 if rest.starts_with('¤') => transana(line, indent),
        0xE3 if rest.starts_with('【') => enclosed(line, indent, '【', '】'),
        0xEF if rest.starts_with('（') || rest.starts_with('［') => stamp_first(line, indent),
        // A label may begin with a digit, too: `2nd interviewer: …`.
        b'0'..=b'9' => bare_stamp(line, indent).or_else(|| plain(line, indent, None)),
        _ => plain(line, indent, None),
    }
}

/// `[00:12] Label: text`, `[00:12] text`, `[id1] text`.
fn bracketed(line: &str, at: usize) -> Option<LineHead<'_>> {
    stamp_first(line, at).or_else(|| {
        // Round brackets hold remarks, `(laughs)`, rather than labels.
        if line.as_bytes().get(at) == Some(&b'[') {
            enclosed(line, at, '[', ']')
        } else {
            None
        }
    })
}

fn stamp_first(line: &str, at: usize) -> Option<LineHead<'_>> {
    let (millis, after) = stamp::enclosed(line, at)?;
    Some(after_stamp(line, after, millis))
}

/// The head of a line that begins with a stamp, with the label behind it if there is one.
fn after_stamp(line: &str, after: usize, millis: u32) -> LineHead<'_> {
    let body = skip_spaces(line, after);
    match plain(line, body, Some(millis)) {
        Some(head) => head,
        None => LineHead {
            label: None,
            at_millis: Some(millis),
            body,
        },
    }
}

/// `#00:12:34-5# Label: text`, as f4 writes it.
fn hash_stamp(line: &str, at: usize) -> Option<LineHead<'_>> {
    let (stamp, _) = line.get(at + 1..)?.split_once('#')?;
    let millis = stamp::parse(stamp)?;
    Some(after_stamp(line, at + stamp.len() + 2, millis))
}

/// `¤<4500>Label: text` and `¤(0:00:04.5) Label: text`, as Transana marks times; the sign alone marks no time.
fn transana(line: &str, at: usize) -> Option<LineHead<'_>> {
    let after = at + '¤'.len_utf8();
    let timed = stamp::in_angles(line, after).or_else(|| stamp::enclosed(line, after));
    let (at_millis, after) = match timed {
        Some((millis, after)) => (Some(millis), after),
        None => (None, after),
    };
    let body = skip_spaces(line, after);
    plain(line, body, at_millis).or(at_millis.map(|_| LineHead {
        label: None,
        at_millis,
        body,
    }))
}

/// A stamp without brackets: on a line of its own, or before `Label:` or words.
fn bare_stamp(line: &str, at: usize) -> Option<LineHead<'_>> {
    let end = line
        .get(at..)?
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | '：')))
        .map_or(line.len(), |i| at + i);
    let after = skip_spaces(line, end);
    if stamp::is_cue(line) {
        // The words of a cue are on the next lines.
        let at_millis = Some(stamp::of_cue(line.get(at..end)?)?);
        return Some(LineHead {
            label: None,
            at_millis,
            body: line.len(),
        });
    }
    let millis = stamp::parse(line.get(at..end)?)?;
    if after >= line.trim_end().len() {
        return Some(LineHead {
            label: None,
            at_millis: Some(millis),
            body: line.len(),
        });
    }
    // Letters directly behind the digits, `10:05am`, make them no stamp.
    let alone = (after > end).then_some(LineHead {
        label: None,
        at_millis: Some(millis),
        body: after,
    });
    plain(line, after, Some(millis)).or(alone)
}

/// Returns a line as a label, if it reads as one: a name above the words.
pub(super) fn whole_line(line: &str) -> Option<&str> {
    label_of(line).filter(|label| !label.ends_with(['.', '…', ',', '、']))
}

/// A label between brackets, with an optional colon behind.
fn enclosed(line: &str, at: usize, open: char, close: char) -> Option<LineHead<'_>> {
    let inner = at + open.len_utf8();
    let end = inner
        + line
            .get(inner..)?
            .char_indices()
            .take(LABEL_CHARS + 1)
            .find(|(_, c)| *c == close)?
            .0;
    let label = label_of(line.get(inner..end)?)?;
    let (at_millis, after) = stamp_and_colon(line, end + close.len_utf8());
    Some(LineHead {
        label: Some((label, LabelLayout::Bracket)),
        at_millis,
        body: skip_spaces(line, after),
    })
}

/// `**Label:** text`, `**Label**: text`, `**Label:** [00:01:00] text`.
fn bold(line: &str, at: usize) -> Option<LineHead<'_>> {
    let inner = line.get(at..)?.strip_prefix("**").map(|_| at + 2)?;
    let end = inner + line.get(inner..)?.find("**")?;
    let raw = line.get(inner..end)?;
    let unmarked = raw.trim_end().trim_end_matches([':', '：']);
    // Without a colon, inside the bold type or behind it, bold words are emphasis.
    let (has_colon, after_colon) = colon(line, end + 2);
    if unmarked.len() == raw.trim_end().len() && !has_colon {
        return None;
    }
    let label = label_of(unmarked)?;
    let (at_millis, after) = stamp_and_colon(line, skip_spaces(line, after_colon));
    Some(LineHead {
        label: Some((label, LabelLayout::Bold)),
        at_millis,
        body: skip_spaces(line, after),
    })
}

/// `### Label：` with the text below.
fn heading(line: &str, at: usize) -> Option<LineHead<'_>> {
    let text = line.get(at..)?.trim_start_matches('#');
    let label = label_of(text.trim().trim_end_matches([':', '：']))?;
    // Without the space, `#word` is a tag.
    text.starts_with(' ').then_some(LineHead {
        label: Some((label, LabelLayout::Heading)),
        at_millis: None,
        body: line.len(),
    })
}

/// `Label: text`, `Label [00:01]: text`, `Label 00:01`, `Label<tab>text`; `before` is a stamp before the label.
fn plain(line: &str, at: usize, before: Option<u32>) -> Option<LineHead<'_>> {
    let mut previous = ' ';
    for (count, (offset, c)) in line.get(at..)?.char_indices().enumerate() {
        // Room for a stamp or padding behind the longest label.
        if count > LABEL_CHARS + 8 {
            return None;
        }
        let here = at + offset;
        match c {
            ':' | '：' => return at_colon(line, at, here, previous, before),
            '[' | '(' | '（' | '［' if offset > 0 => {
                return match stamp::enclosed(line, here) {
                    Some((millis, after)) => at_stamp(line.get(at..here)?, line, after, millis),
                    // `Reed, Tom (Guest)   0:09`: the bracket is part of the name.
                    None => trailing_stamp(line, at, before),
                };
            }
            '\t' if offset > 0 => {
                let body = skip_spaces(line, here);
                // A tab may only pad the label: `GK  <tab>: text`.
                if !line.get(body..)?.starts_with([':', '：']) {
                    return at_tab(line.get(at..here)?, line, body, before);
                }
                label_of(line.get(at..here)?)?;
                previous = c;
            }
            // Punctuation that no label contains. A full stop may be part of one: `Dr. Reed`.
            '。' | '!' | '！' | '?' | '？' | '，' | ';' | '；' | '“' | '”' | '"' | '…' =>
            {
                return None;
            }
            _ => previous = c,
        }
    }
    None
}

/// The head of a line with a colon at `here` behind `previous`.
fn at_colon(
    line: &str,
    at: usize,
    here: usize,
    previous: char,
    before: Option<u32>,
) -> Option<LineHead<'_>> {
    let rest = line.get(here..)?;
    let colon = rest.chars().next()?;
    let next = rest.chars().nth(1);
    let in_number = previous.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit());
    // The colon of a clock time or a web address.
    if next == Some('/') || in_number {
        return trailing_stamp(line, at, before);
    }
    let raw = line.get(at..here)?;
    let label = label_of(if before.is_some() {
        chat_name(raw)
    } else {
        raw
    })?;
    let (stamp, after) = stamp_and_colon(line, here + colon.len_utf8());
    Some(LineHead {
        label: Some((label, LabelLayout::Colon)),
        at_millis: before.or(stamp),
        body: skip_spaces(line, after),
    })
}

/// The head of a line with a label before a stamp in brackets, which ends at `after`.
fn at_stamp<'a>(label: &'a str, line: &str, after: usize, millis: u32) -> Option<LineHead<'a>> {
    let (has_colon, after) = colon(line, after);
    let layout = if has_colon {
        LabelLayout::Colon
    } else {
        LabelLayout::Stamped
    };
    Some(LineHead {
        label: Some((label_of(label)?, layout)),
        at_millis: Some(millis),
        body: skip_spaces(line, after),
    })
}

/// The head of a line with a label before a tab; the next cell begins at `body`.
fn at_tab<'a>(
    label: &'a str,
    line: &str,
    body: usize,
    before: Option<u32>,
) -> Option<LineHead<'a>> {
    let label = label_of(label)?;
    let (stamp, body) = stamp_in_cell(line, body);
    let has_words = body < line.trim_end().len();
    has_words.then_some(LineHead {
        label: Some((label, LabelLayout::Tab)),
        at_millis: before.or(stamp),
        body,
    })
}

/// The stamp in the cell behind the label, with or without brackets, and where the words begin.
fn stamp_in_cell(line: &str, at: usize) -> (Option<u32>, usize) {
    match stamp::enclosed(line, at).or_else(|| bare_cell(line, at)) {
        Some((millis, after)) => (Some(millis), skip_spaces(line, after)),
        None => (None, at),
    }
}

/// A cell that consists of a stamp, with another cell behind it.
fn bare_cell(line: &str, at: usize) -> Option<(u32, usize)> {
    let (cell, _) = line.get(at..)?.split_once('\t')?;
    Some((stamp::parse(cell)?, at + cell.len()))
}

/// The author of a line of a Zoom chat: `From Ana Ruiz to Everyone` is Ana Ruiz.
fn chat_name(text: &str) -> &str {
    let name = match text.trim().strip_prefix("From ") {
        Some(name) => name,
        None => text,
    };
    let name = match name.split_once(" to ") {
        Some((name, _)) => name,
        None => name,
    };
    name.trim()
}

/// `Label 00:00:19` and nothing more, as automatic transcripts have it.
fn trailing_stamp(line: &str, at: usize, before: Option<u32>) -> Option<LineHead<'_>> {
    let trimmed = line.trim_end();
    let space = trimmed.rfind([' ', '\t', '\u{3000}'])?;
    let millis = stamp::parse(trimmed.get(space..)?.trim_start())?;
    let label = label_of(line.get(at..space)?)?;
    Some(LineHead {
        label: Some((label, LabelLayout::Stamped)),
        // A stamp before the label counts before one behind it.
        at_millis: before.or(Some(millis)),
        body: line.len(),
    })
}

/// Returns a text as a label, if it can be one: short, with a letter, and no sentence.
fn label_of(text: &str) -> Option<&str> {
    // Punctuation that names don't contain.
    const NOT_IN_LABELS: &[char] = &[
        '。', '！', '？', '，', '“', '”', '"', '!', '?', ';', '；', '|', '=', '＝', '<', '>', '：',
        ':',
    ];
    let label = text.trim().trim_matches('*').trim();
    let is_short =
        label.chars().count() <= LABEL_CHARS && label.split_whitespace().count() <= LABEL_WORDS;
    let has_letter = label.chars().any(char::is_alphabetic);
    let is_link = label.starts_with("http") || label.contains("//");
    (has_letter && is_short && !is_link && !label.contains(NOT_IN_LABELS)).then_some(label)
}

/// Parses an optional stamp in brackets and an optional colon, in either order; returns milliseconds and the byte behind.
fn stamp_and_colon(line: &str, at: usize) -> (Option<u32>, usize) {
    let (_, after) = colon(line, at);
    let start = skip_spaces(line, after);
    match stamp::enclosed(line, start) {
        Some((millis, after)) => (Some(millis), colon(line, after).1),
        None => (None, after),
    }
}

/// Returns whether a colon follows, with spaces before it or not, and the byte behind it.
fn colon(line: &str, at: usize) -> (bool, usize) {
    let start = skip_spaces(line, at);
    match line.get(start..).and_then(|rest| rest.chars().next()) {
        Some(c @ (':' | '：')) => (true, start + c.len_utf8()),
        _ => (false, at),
    }
}

fn skip_spaces(line: &str, at: usize) -> usize {
    line.get(at..)
        .map_or(line.len(), |rest| line.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, label: Option<&str>, at_millis: Option<u32>, body: &str) {
        let head = parse(line).unwrap_or_else(|| panic!("no head in {line:?}"));
        assert_eq!(head.label.map(|(label, _)| label), label, "{line:?}");
        assert_eq!(head.at_millis, at_millis, "{line:?}");
        assert_eq!(line.get(head.body..), Some(body), "{line:?}");
    }

    #[test]
    fn labels_without_a_stamp_are_read() {
        check("Jonas: Welcome", Some("Jonas"), None, "Welcome");
        check("訪談者：你好", Some("訪談者"), None, "你好");
        check(
            "I  : Now, you were born in",
            Some("I"),
            None,
            "Now, you were born in",
        );
        check("【访谈者】最近怎么样", Some("访谈者"), None, "最近怎么样");
        check(
            "[id1] hello, I like it",
            Some("id1"),
            None,
            "hello, I like it",
        );
        check("**Jerod Santo:** Zed", Some("Jerod Santo"), None, "Zed");
        check("**Sam**: yes", Some("Sam"), None, "yes");
        check("### 唐鳳：", Some("唐鳳"), None, "");
        check(
            "Paul:\tCould you start",
            Some("Paul"),
            None,
            "Could you start",
        );
        check("MSM\tIs it six?", Some("MSM"), None, "Is it six?");
        check("主席楊委員仁壽：好", Some("主席楊委員仁壽"), None, "好");
        check("王小明、李四：一起", Some("王小明、李四"), None, "一起");
        check(
            "GK  \t: Britannia Street",
            Some("GK"),
            None,
            "Britannia Street",
        );
    }

    #[test]
    fn labels_with_a_stamp_are_read() {
        check(
            "Interviewer [00:00:04]: So?",
            Some("Interviewer"),
            Some(4000),
            "So?",
        );
        check(
            "访谈者 [00:01:04]：所以",
            Some("访谈者"),
            Some(64_000),
            "所以",
        );
        check(
            "Clemente Forero [00:00:02] ¿Historia?",
            Some("Clemente Forero"),
            Some(2000),
            "¿Historia?",
        );
        check(
            "[00:10] RESEARCHER: Hi",
            Some("RESEARCHER"),
            Some(10_000),
            "Hi",
        );
        check("[00:12:34] Mum: Yes", Some("Mum"), Some(754_000), "Yes");
        check(
            "**Jonas Rosland:** [00:01:00] Awesome.",
            Some("Jonas Rosland"),
            Some(60_000),
            "Awesome.",
        );
        check(
            "Jonas Rosland  0:21  ",
            Some("Jonas Rosland"),
            Some(21_000),
            "",
        );
        check("说话人 1 00:19", Some("说话人 1"), Some(19_000), "");
        check("姓名(00:00:19): 正文", Some("姓名"), Some(19_000), "正文");
        check(
            "Clemente Forero [00:00:05 Sí, claro",
            Some("Clemente Forero"),
            Some(5000),
            "Sí, claro",
        );
        check("#00:12:34-5# B: Ja", Some("B"), Some(754_500), "Ja");
        check(
            "00:06:53\tStefan Starflinger:\thello",
            Some("Stefan Starflinger"),
            Some(413_000),
            "hello",
        );
        check(
            "10:02:03 From  Ana Ruiz to Everyone: 你好",
            Some("Ana Ruiz"),
            Some(36_123_000),
            "你好",
        );
        check(
            "说话人 1(00:00:19): 正文",
            Some("说话人 1"),
            Some(19_000),
            "正文",
        );
        check("Ana Ruiz   0:05", Some("Ana Ruiz"), Some(5000), "");
        check(
            "Ruiz, Ana (Guest)   0:05",
            Some("Ruiz, Ana (Guest)"),
            Some(5000),
            "",
        );
        check("¤<4500>妈妈：𠮷", Some("妈妈"), Some(4500), "𠮷");
        check("Ana\t00:00:05\tHi", Some("Ana"), Some(5000), "Hi");
    }

    #[test]
    fn stamps_alone_are_read() {
        check(
            "[00:43.810 --> 00:47.850]  Hello",
            None,
            Some(43_810),
            "Hello",
        );
        check("00:05", None, Some(5000), "");
        check("[00:00:05 Sí, claro", None, Some(5000), "Sí, claro");
        check("00:12\u{a0}And then", None, Some(12_000), "And then");
        check("00:00:43.810 --> 00:00:47.850", None, Some(43_810), "");
        check(
            "0:0:43.81 --> 0:0:47.850 align:start",
            None,
            Some(43_810),
            "",
        );
    }

    #[test]
    fn ordinary_lines_have_no_head() {
        for line in [
            "",
            "We met at 10:05 and left.",
            "https://example.org/a: b",
            "He said, “no: never”",
            "- a list",
            "我就说：“不是的，妈妈。”",
            "** bold **",
        ] {
            assert!(
                parse(line).is_none_or(|head| head
                    .label
                    .is_none_or(|(label, _)| label.chars().count() < 12)),
                "{line:?}"
            );
        }
        assert_eq!(parse("See http://x.org"), None);
        assert_eq!(parse("24-Mar-2023 - 10:05 - 1h04m26s - Pseudonym"), None);
        assert_eq!(stamp::closing("Ja, genau. #00:00:12-5#"), Some(12_500));
        assert_eq!(
            (
                stamp::closing("#00:00:12-5#"),
                stamp::closing("see #12#"),
                stamp::closing("#")
            ),
            (None, None, None)
        );
    }
}
