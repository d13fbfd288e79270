//! What stands at the head of a line of a transcript: a speaker's label, a time stamp, or both, in the layouts found in the field.
//!
//! A head is only a guess; `turns` believes labels that recur.

/// How a label is set off, since only a layout that recurs is believed.
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

/// The head of a line; positions are bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineHead<'a> {
    /// Label and its layout; none for a line that only has a stamp.
    pub(super) label: Option<(&'a str, LabelLayout)>,
    /// Milliseconds from the recording's start.
    pub(super) at_millis: Option<u32>,
    /// Where what was said begins.
    pub(super) body: usize,
}

/// Longest label, in characters and in words.
const LABEL_CHARS: usize = 40;
const LABEL_WORDS: usize = 6;

/// The head of a line, if it has one.
pub(super) fn parse(line: &str) -> Option<LineHead<'_>> {
    let indent = line.len() - line.trim_start().len();
    let rest = line.get(indent..)?;
    match rest.as_bytes().first()? {
        b'[' | b'(' => bracketed(line, indent),
        b'*' => bold(line, indent),
        b'#' => hash_stamp(line, indent).or_else(|| heading(line, indent)),
        0xC2 if rest.starts_with('¤') => transana(line, indent),
        0xE3 if rest.starts_with('【') => enclosed(line, indent, '【', '】'),
        0xEF if rest.starts_with('（') || rest.starts_with('［') => stamp_first(line, indent),
        b'0'..=b'9' => bare_stamp(line, indent).or_else(|| plain(line, indent, None)),
        _ => plain(line, indent, None),
    }
}

/// `[00:12] Label: text`, `[00:12] text`, `[id1] text`.
fn bracketed(line: &str, at: usize) -> Option<LineHead<'_>> {
    stamp_first(line, at).or_else(|| {
        if line.as_bytes().get(at) == Some(&b'[') {
            enclosed(line, at, '[', ']')
        } else {
            None
        }
    })
}

fn stamp_first(line: &str, at: usize) -> Option<LineHead<'_>> {
    let (millis, after) = enclosed_stamp(line, at)?;
    let after = skip_spaces(line, after);
    Some(plain(line, after, Some(millis)).unwrap_or(LineHead {
        label: None,
        at_millis: Some(millis),
        body: after,
    }))
}

/// `#00:12:34-5# Label: text`.
fn hash_stamp(line: &str, at: usize) -> Option<LineHead<'_>> {
    let inner = line.get(at + 1..)?;
    let end = inner.find('#')?;
    let millis = parse_stamp(inner.get(..end)?)?;
    let after = skip_spaces(line, at + end + 2);
    Some(plain(line, after, Some(millis)).unwrap_or(LineHead {
        label: None,
        at_millis: Some(millis),
        body: after,
    }))
}

/// `¤<4500>Label: text` and `¤(0:00:04.5) Label: text`, as Transana marks times; the sign alone has none.
fn transana(line: &str, at: usize) -> Option<LineHead<'_>> {
    let after = at + '¤'.len_utf8();
    let timed = millis_in_angles(line, after).or_else(|| enclosed_stamp(line, after));
    let (at_millis, after) = timed.map_or((None, after), |(millis, after)| (Some(millis), after));
    let body = skip_spaces(line, after);
    plain(line, body, at_millis).or(at_millis.map(|_| LineHead {
        label: None,
        at_millis,
        body,
    }))
}

/// `<4500>`: milliseconds, and the byte behind them.
fn millis_in_angles(line: &str, at: usize) -> Option<(u32, usize)> {
    let inner = line.get(at..)?.strip_prefix('<')?;
    let digits = inner.get(..inner.find('>')?)?;
    let millis = digits
        .bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    Some((millis, at + digits.len() + 2))
}

/// The stamp with which a paragraph ends, as f4 sets it (`… #00:12:34-5#`) and Transana (`…¤<754500>`). What comes next begins there.
pub(super) fn closing_stamp(line: &str) -> Option<u32> {
    if line.trim_end().ends_with('>') {
        let (before, stamp) = line.trim_end().rsplit_once('¤')?;
        let (millis, after) = millis_in_angles(stamp, 0)?;
        return (after == stamp.len() && !before.trim().is_empty()).then_some(millis);
    }
    let rest = line.trim_end().strip_suffix('#')?;
    let (before, stamp) = rest.rsplit_once('#')?;
    parse_stamp(stamp).filter(|_| !before.trim().is_empty())
}

/// A stamp that makes a line of its own, or stands before `Label:` or words.
fn bare_stamp(line: &str, at: usize) -> Option<LineHead<'_>> {
    let end = line
        .get(at..)?
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | '：')))
        .map_or(line.len(), |i| at + i);
    let after = skip_spaces(line, end);
    if is_cue(line) {
        // Its words follow.
        let at_millis = Some(cue_stamp(line.get(at..end)?)?);
        return Some(LineHead {
            label: None,
            at_millis,
            body: line.len(),
        });
    }
    let millis = parse_stamp(line.get(at..end)?)?;
    if after >= line.trim_end().len() {
        return Some(LineHead {
            label: None,
            at_millis: Some(millis),
            body: line.len(),
        });
    }
    let alone = (after > end).then_some(LineHead {
        label: None,
        at_millis: Some(millis),
        body: after,
    });
    plain(line, after, Some(millis)).or(alone)
}

/// Whether a line has the times of a cue and nothing more: `00:00:01.000 --> 00:00:02.500`, `0:0:1.0 --> 0:0:2.50`.
pub(super) fn is_cue(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(from, to)| {
        // Settings of WebVTT may follow.
        cue_stamp(from).is_some()
            && to
                .split_whitespace()
                .next()
                .is_some_and(|to| cue_stamp(to).is_some())
    })
}

/// A stamp of a cue, whose parts Teams doesn't fill up with zeros.
fn cue_stamp(text: &str) -> Option<u32> {
    let filled = |part: &str| {
        if part.bytes().take_while(u8::is_ascii_digit).count() == 1 {
            format!("0{part}")
        } else {
            part.to_owned()
        }
    };
    parse_stamp(
        &text
            .trim()
            .split(':')
            .map(filled)
            .collect::<Vec<_>>()
            .join(":"),
    )
}

/// The label that a line is as a whole, where it stands by itself above the words.
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
    let (_, after_colon) = colon(line, end + 2);
    if unmarked.len() == raw.trim_end().len() && after_colon == end + 2 {
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
    text.starts_with(' ').then_some(LineHead {
        label: Some((label, LabelLayout::Heading)),
        at_millis: None,
        body: line.len(),
    })
}

/// `Label: text`, `Label [00:01]: text`, `Label 00:01`, `Label<tab>text`.
fn plain(line: &str, at: usize, before: Option<u32>) -> Option<LineHead<'_>> {
    let mut previous = ' ';
    for (count, (offset, c)) in line.get(at..)?.char_indices().enumerate() {
        if count > LABEL_CHARS + 8 {
            return None;
        }
        let here = at + offset;
        match c {
            ':' | '：' => {
                let next = line.get(here + c.len_utf8()..)?.chars().next();
                let in_number =
                    previous.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit());
                if next == Some('/') || in_number {
                    return trailing_stamp(line, at, before);
                }
                let raw = line.get(at..here)?;
                let label = label_of(if before.is_some() {
                    chat_name(raw)
                } else {
                    raw
                })?;
                let (stamp, after) = stamp_and_colon(line, here + c.len_utf8());
                let body = skip_spaces(line, after);
                return Some(LineHead {
                    label: Some((label, LabelLayout::Colon)),
                    at_millis: before.or(stamp),
                    body,
                });
            }
            '[' | '(' | '（' | '［' if offset > 0 => {
                // `Reed, Tom (Guest)   0:09`: the bracket is of the name.
                let Some((millis, after)) = enclosed_stamp(line, here) else {
                    return trailing_stamp(line, at, before);
                };
                let label = label_of(line.get(at..here)?)?;
                let (has_colon, after) = colon(line, after);
                let layout = if has_colon {
                    LabelLayout::Colon
                } else {
                    LabelLayout::Stamped
                };
                return Some(LineHead {
                    label: Some((label, layout)),
                    at_millis: Some(millis),
                    body: skip_spaces(line, after),
                });
            }
            '\t' if offset > 0 => {
                let label = label_of(line.get(at..here)?)?;
                let body = skip_spaces(line, here);
                if line.get(body..)?.starts_with([':', '：']) {
                    previous = c;
                    continue;
                }
                let (stamp, body) = stamp_in_cell(line, body);
                let same_line = body < line.trim_end().len();
                return same_line.then_some(LineHead {
                    label: Some((label, LabelLayout::Tab)),
                    at_millis: before.or(stamp),
                    body,
                });
            }
            '.' | '。' | '!' | '！' | '?' | '？' | '，' | ';' | '；' | '“' | '”' | '"' | '…'
                if c != '.' =>
            {
                return None;
            }
            _ => previous = c,
        }
    }
    None
}

/// The stamp that a cell behind the label has, with or without brackets, and where the next cell begins.
fn stamp_in_cell(line: &str, at: usize) -> (Option<u32>, usize) {
    let bare = || {
        let end = at + line.get(at..)?.find('\t')?;
        Some((parse_stamp(line.get(at..end)?)?, end))
    };
    match enclosed_stamp(line, at).or_else(bare) {
        Some((millis, after)) => (Some(millis), skip_spaces(line, after)),
        None => (None, at),
    }
}

/// Who writes in a chat: `From Ana Ruiz to Everyone` is Ana Ruiz.
fn chat_name(text: &str) -> &str {
    let name = text.trim().strip_prefix("From ").unwrap_or(text);
    name.split_once(" to ")
        .map_or(name, |(name, _)| name)
        .trim()
}

/// `Label 00:00:19` and nothing more, as automatic transcripts have it.
fn trailing_stamp(line: &str, at: usize, before: Option<u32>) -> Option<LineHead<'_>> {
    let trimmed = line.trim_end();
    let space = trimmed.rfind([' ', '\t', '\u{3000}'])?;
    let millis = parse_stamp(trimmed.get(space..)?.trim_start())?;
    let label = label_of(line.get(at..space)?)?;
    let _stamp_before_label_wins = before;
    Some(LineHead {
        label: Some((label, LabelLayout::Stamped)),
        at_millis: before.or(Some(millis)),
        body: line.len(),
    })
}

/// A text that can be a label: short, with a letter, and no sentence.
fn label_of(text: &str) -> Option<&str> {
    let label = text.trim().trim_matches('*').trim();
    let short =
        label.chars().count() <= LABEL_CHARS && label.split_whitespace().count() <= LABEL_WORDS;
    let odd = |c: char| {
        matches!(
            c,
            '。' | '！'
                | '？'
                | '，'
                | '“'
                | '”'
                | '"'
                | '!'
                | '?'
                | ';'
                | '；'
                | '|'
                | '='
                | '＝'
                | '<'
                | '>'
                | '：'
                | ':'
        )
    };
    let worded = label.chars().any(char::is_alphabetic);
    let is_link = label.starts_with("http") || label.contains("//");
    (worded && short && !is_link && !label.contains(odd)).then_some(label)
}

/// A stamp in brackets that begins at a byte: its time and the byte behind it.
fn enclosed_stamp(line: &str, at: usize) -> Option<(u32, usize)> {
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
        Some((
            parse_stamp(first)?,
            at + open.len_utf8() + end + close.len_utf8(),
        ))
    });
    whole.or_else(|| {
        // The bracket that should close it is missing.
        let end = inner.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))?;
        let spaced = inner.get(end..)?.starts_with(char::is_whitespace);
        let millis = parse_stamp(inner.get(..end)?).filter(|_| {
            spaced
                && inner
                    .get(..end)
                    .is_some_and(|stamp| stamp.matches(':').count() == 2)
        })?;
        Some((millis, at + open.len_utf8() + end))
    })
}

/// An optional stamp in brackets, then an optional colon; or the other way round.
fn stamp_and_colon(line: &str, at: usize) -> (Option<u32>, usize) {
    let (_, after) = colon(line, at);
    let start = skip_spaces(line, after);
    match enclosed_stamp(line, start) {
        Some((millis, after)) => (Some(millis), colon(line, after).1),
        None => (None, after),
    }
}

/// Whether a colon stands there (spaces before it allowed), and the byte behind it.
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

/// `1:02`, `00:12:34`, `00:43.810`, `01:02:03,5`, full-width colons too: milliseconds.
pub(super) fn parse_stamp(text: &str) -> Option<u32> {
    let text = text.trim().trim_start_matches('#').trim_end_matches('#');
    // f4 counts tenths behind a hyphen.
    let tenths = text.split_once('-').filter(|(_, tenths)| {
        tenths.len() == 1 && tenths.bytes().all(|digit| digit.is_ascii_digit())
    });
    if let Some((time, tenths)) = tenths {
        return parse_stamp(time)?.checked_add(tenths.parse::<u32>().ok()? * 100);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 16 {
        return None;
    }
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let parts: Vec<&str> = whole.split([':', '：']).collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|part| part.is_empty() || part.len() > 3)
    {
        return None;
    }
    let mut seconds = 0u32;
    for (position, part) in parts.iter().enumerate() {
        let value: u32 = part.parse().ok()?;
        if position > 0 && (value > 59 || part.len() != 2) {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(value)?;
    }
    let millis: u32 = if fraction.is_empty() {
        0
    } else {
        format!("{fraction:0<3}").get(..3)?.parse().ok()?
    };
    seconds.checked_mul(1000)?.checked_add(millis)
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
    fn the_layouts_of_the_field_are_read() {
        check("Jonas: Welcome", Some("Jonas"), None, "Welcome");
        check("訪談者：你好", Some("訪談者"), None, "你好");
        check(
            "I  : Now, you were born in",
            Some("I"),
            None,
            "Now, you were born in",
        );
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
            "[00:43.810 --> 00:47.850]  Hello",
            None,
            Some(43_810),
            "Hello",
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
        check(
            "**Jonas Rosland:** [00:01:00] Awesome.",
            Some("Jonas Rosland"),
            Some(60_000),
            "Awesome.",
        );
        check("### 唐鳳：", Some("唐鳳"), None, "");
        check(
            "Jonas Rosland  0:21  ",
            Some("Jonas Rosland"),
            Some(21_000),
            "",
        );
        check("说话人 1 00:19", Some("说话人 1"), Some(19_000), "");
        check("姓名(00:00:19): 正文", Some("姓名"), Some(19_000), "正文");
        check(
            "Paul:\tCould you start",
            Some("Paul"),
            None,
            "Could you start",
        );
        check("MSM\tIs it six?", Some("MSM"), None, "Is it six?");
        check("00:05", None, Some(5000), "");
        check("主席楊委員仁壽：好", Some("主席楊委員仁壽"), None, "好");
        check("王小明、李四：一起", Some("王小明、李四"), None, "一起");
        check(
            "GK  \t: Britannia Street",
            Some("GK"),
            None,
            "Britannia Street",
        );
        check(
            "Clemente Forero [00:00:05 Sí, claro",
            Some("Clemente Forero"),
            Some(5000),
            "Sí, claro",
        );
        check("[00:00:05 Sí, claro", None, Some(5000), "Sí, claro");
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
        check("00:12\u{a0}And then", None, Some(12_000), "And then");
        check("00:00:43.810 --> 00:00:47.850", None, Some(43_810), "");
        check(
            "说话人 1(00:00:19): 正文",
            Some("说话人 1"),
            Some(19_000),
            "正文",
        );
        check("Ana Ruiz   0:05", Some("Ana Ruiz"), Some(5000), "");
        check(
            "0:0:43.81 --> 0:0:47.850 align:start",
            None,
            Some(43_810),
            "",
        );
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
        assert_eq!(closing_stamp("Ja, genau. #00:00:12-5#"), Some(12_500));
        assert_eq!(
            (
                closing_stamp("#00:00:12-5#"),
                closing_stamp("see #12#"),
                closing_stamp("#")
            ),
            (None, None, None)
        );
    }

    #[test]
    fn stamps() {
        assert_eq!(parse_stamp("00:12:34"), Some(754_000));
        assert_eq!(parse_stamp("#00:12:34-5#"), Some(754_500));
        assert_eq!(parse_stamp("90:00"), Some(5_400_000));
        for bad in [
            "12", "1:2", "00:61", "1:2:3:4", "a:b", "10:05am", "99999:00",
        ] {
            assert_eq!(parse_stamp(bad), None, "{bad}");
        }
    }
}
