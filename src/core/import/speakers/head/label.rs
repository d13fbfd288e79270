//! Reading the label of a line: in brackets, as a heading, or everything before the first mark.

use super::{
    HeadLabel, Layout, LineHead, Mark, Readings, SetOff,
    before::HeadReader,
    marks::{
        LABEL_CHARS, bare_cell, behind_emphasis, chat_name, closing_bracket, colon, end_of_aside,
        is_possible, stamp_and_colon, stamp_to_the_end, without_trailing_stamp,
    },
    skip_spaces,
};
use crate::import::stamp;

/// The longest label in words that spaces separate.
const LABEL_WORDS: usize = 9;
/// The longest line of a label and a time that is read aloud, in bytes.
const SPOKEN_BYTES: usize = 240;
/// The longest label of a weak mark in characters; a dash or a gap within a sentence is common.
const WEAK_CHARS: usize = 24;

impl<'a> HeadReader<'a> {
    /// Reads the label and what follows it.
    pub(super) fn label(&self) -> Readings<'a> {
        let rest = self.rest();
        if self.set_off == SetOff::Heading {
            return self
                .heading_label()
                .map_or(Readings::default(), |head| Readings {
                    strong: Some(head),
                    weak: None,
                });
        }
        let close = match rest.chars().next() {
            Some('[') => ']',
            Some('【') => '】',
            Some('［') => '］',
            Some('〔') => '〕',
            Some('(') => ')',
            Some('（') => '）',
            Some('<') => '>',
            Some('〈') => '〉',
            Some(_) => return self.open_label(),
            None => return Readings::default(),
        };
        Readings {
            strong: self.enclosed_label(close),
            weak: None,
        }
    }

    /// `## Label` or `## Label：`.
    fn heading_label(&self) -> Option<LineHead<'a>> {
        let text = self
            .rest()
            .trim()
            .trim_matches('*')
            .trim_end_matches([':', '：']);
        let (text, stamp) = without_trailing_stamp(text);
        Some(self.head(text, Mark::Close, stamp, self.line.len())).filter(|_| is_possible(text))
    }

    /// A label between brackets, with what may follow: `[Label] (laughs) 00:12: words`.
    fn enclosed_label(&self, close: char) -> Option<LineHead<'a>> {
        let rest = self.rest();
        let open = rest.chars().next()?.len_utf8();
        let inner = rest.get(open..)?;
        let end = closing_bracket(inner, rest.chars().next()?, close)?;
        let text = inner
            .get(..end)?
            .trim()
            .trim_end_matches([':', '：'])
            .trim();
        if !is_possible(text) {
            return None;
        }
        let mut after = self.at + open + end + close.len_utf8();
        if self.is_emphatic {
            after = behind_emphasis(self.line, after);
        }
        let set_off = match close {
            ')' | '）' => SetOff::Round,
            '>' | '〉' => SetOff::Angle,
            _ => SetOff::Square,
        };
        let (stamp, after) = stamp_and_colon(self.line, after);
        let (stamp, after) = match stamp.or(self.at_millis) {
            Some(_) => (stamp, after),
            None => stamp_to_the_end(self.line, after),
        };
        let mut head = self.head(text, Mark::Close, stamp, after);
        if let Some(label) = &mut head.label {
            label.layout.set_off = set_off;
        }
        Some(head)
    }

    /// The head with a label; a stamp before the label counts before one behind it.
    fn head(&self, text: &'a str, mark: Mark, stamp: Option<u32>, after: usize) -> LineHead<'a> {
        let body = skip_spaces(self.line, after);
        LineHead {
            label: Some(HeadLabel {
                text,
                layout: Layout {
                    set_off: self.set_off,
                    mark,
                    timed: self.at_millis.or(stamp).is_some(),
                    numbered: self.numbered,
                    alone: body >= self.line.len(),
                },
            }),
            at_millis: self.at_millis.or(stamp),
            body,
        }
    }

    /// A label without brackets around it: everything before the first mark.
    fn open_label(&self) -> Readings<'a> {
        let mut readings = Readings::default();
        let mut words = 0;
        let mut previous = ' ';
        let mut skip_to = 0;
        // Characters outside brackets, which say how long a label of a weak mark is.
        let mut count = 0;
        for (total, (offset, c)) in self.rest().char_indices().enumerate() {
            if total > LABEL_CHARS || words > LABEL_WORDS {
                return self.before_spoken_stamp().unwrap_or(readings);
            }
            if offset < skip_to {
                continue;
            }
            count += 1;
            let here = self.at + offset;
            match c {
                ':' | '：' => {
                    if previous.is_ascii_digit()
                        && let Some(readings) = self.before_spoken_stamp()
                    {
                        return readings;
                    }
                    readings.strong = self.at_colon(here, c, previous);
                    return readings;
                }
                '*' | '_' if self.is_emphatic && offset > 0 && self.closes_emphasis(here) => {
                    readings.strong = self.at_emphasis_end(here);
                    readings.weak = self.alone_in_emphasis(here);
                    return readings;
                }
                '\t' if offset > 0 => {
                    let after = skip_spaces(self.line, here);
                    // A tab may only pad the label: `GK  <tab>: words`.
                    if !self.is_end_of_label(after) {
                        readings.strong = self.at_tab(here, after);
                        return readings;
                    }
                }
                '(' | '（' | '[' | '［' | '【' if offset > 0 => {
                    if let Some((millis, after)) = stamp::enclosed(self.line, here) {
                        readings.strong = self.at_stamp(here, after, millis);
                        return readings;
                    }
                    let Some(end) = end_of_aside(self.rest(), offset, c) else {
                        return readings;
                    };
                    skip_to = end;
                }
                '—' | '–' if offset > 0 && count <= WEAK_CHARS && readings.weak.is_none() => {
                    readings.weak = self.at_dash(here);
                }
                '-' if previous.is_whitespace() && offset > 0 && count <= WEAK_CHARS => {
                    readings.weak = readings.weak.or_else(|| self.at_dash(here));
                }
                '\u{3000}' if count <= WEAK_CHARS && readings.weak.is_none() => {
                    readings.weak = self.at_gap(here);
                }
                ' ' => {
                    words += 1;
                    let is_wide = previous == ' ' && count <= WEAK_CHARS;
                    if is_wide && readings.weak.is_none() {
                        readings.weak = self.at_gap(here);
                    }
                    if previous == '.' && readings.weak.is_none() && count <= WEAK_CHARS {
                        readings.weak = self.at_stop(here);
                    }
                }
                // Punctuation that no label contains. A full stop may be part of one: `Dr. Reed`.
                '。' | '!' | '！' | '，' | ';' | '；' | '“' | '”' | '"' | '…' | '=' | '＝' =>
                {
                    return readings;
                }
                // A question mark at its end says that who spoke isn't certain: `Mother?: words`.
                '?' | '？' if !self.is_end_of_label(here + c.len_utf8()) => return readings,
                _ => {}
            }
            previous = c;
        }
        self.at_line_end(readings)
    }

    /// `Label 00:00:19`, or a label and nothing else, with the words below; `read` is how the line was read so far.
    fn at_line_end(&self, read: Readings<'a>) -> Readings<'a> {
        if let Some(readings) = self.before_spoken_stamp() {
            return readings;
        }
        let (text, stamp) = without_trailing_stamp(self.rest().trim_end());
        let head = self.head(text, Mark::LineEnd, stamp, self.line.len());
        if stamp.is_some() {
            Readings {
                strong: Some(with_mark(head, Mark::Stamp)).filter(|_| is_possible(text)),
                weak: None,
            }
        } else if is_possible(text) && !text.ends_with(['.', ',', '、']) {
            Readings {
                weak: read.weak.or(Some(head)),
                ..read
            }
        } else {
            read
        }
    }

    /// `Label 0 minutes 4 seconds`, with the words below.
    fn before_spoken_stamp(&self) -> Option<Readings<'a>> {
        let rest = self.rest().trim_end();
        // The letters with which names of seconds end, and the time that is shown behind them.
        if rest.len() > SPOKEN_BYTES || !rest.ends_with(is_end_of_spoken) {
            return None;
        }
        let (start, millis) = stamp::spoken_at_end(rest)?;
        let text = rest.get(..start)?.trim_end();
        let is_name = is_possible(text) && !text.contains([':', '：', '。', '?', '？', '!', '！']);
        is_name.then(|| Readings {
            strong: Some(self.head(text, Mark::Stamp, Some(millis), self.line.len())),
            weak: None,
        })
    }

    /// Returns true if a colon follows.
    fn is_end_of_label(&self, at: usize) -> bool {
        self.line
            .get(at..)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
    }

    /// Returns true if the emphasis of the label ends at a byte; `SPEAKER_00` has an underscore within.
    fn closes_emphasis(&self, at: usize) -> bool {
        let after = self
            .line
            .get(at..)
            .unwrap_or_default()
            .trim_start_matches(['*', '_']);
        after.is_empty() || after.starts_with([' ', ':', '：', '(', '（', '['])
    }

    fn text_before(&self, here: usize) -> Option<&'a str> {
        let text = self.line.get(self.at..here)?.trim();
        let text = if text.ends_with(['*', '_']) {
            text.trim_end_matches(['*', '_']).trim()
        } else {
            text
        };
        is_possible(text).then_some(text)
    }

    fn at_colon(&self, here: usize, colon: char, previous: char) -> Option<LineHead<'a>> {
        let after = here + colon.len_utf8();
        let next = self.line.get(after..)?.chars().next();
        let in_number = previous.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit());
        // The colon of a clock time or a web address.
        if next == Some('/') || in_number {
            let (text, stamp) = without_trailing_stamp(self.rest().trim_end());
            let head = self.head(text, Mark::Stamp, stamp, self.line.len());
            return Some(head).filter(|_| stamp.is_some() && is_possible(text));
        }
        let before = self.text_before(here)?;
        let text = match self.at_millis {
            Some(_) => chat_name(before),
            None => before,
        };
        let (text, before_colon) = without_trailing_stamp(text);
        let after = if self.is_emphatic {
            behind_emphasis(self.line, after)
        } else {
            after
        };
        let (stamp, after) = stamp_and_colon(self.line, after);
        let is_whole = text.len() == before.len();
        Some(self.head(text, Mark::Colon, before_colon.or(stamp), after))
            .filter(|_| is_whole || is_possible(text))
    }

    /// `**Label** : words`; without a colon, inside the bold type or behind it, bold words are emphasis.
    fn at_emphasis_end(&self, here: usize) -> Option<LineHead<'a>> {
        let text = self.text_before(here)?;
        let after = behind_emphasis(self.line, here);
        let (has_colon, _) = colon(self.line, after);
        let (stamp, after) = stamp_and_colon(self.line, after);
        let is_label = has_colon || stamp.is_some();
        is_label.then(|| self.head(text, Mark::Colon, stamp, after))
    }

    /// `**Label**` on a line of its own, with the words below.
    fn alone_in_emphasis(&self, here: usize) -> Option<LineHead<'a>> {
        let is_alone = behind_emphasis(self.line, here) >= self.line.trim_end().len();
        let text = self.text_before(here)?;
        is_alone.then(|| self.head(text, Mark::LineEnd, None, self.line.len()))
    }

    fn at_tab(&self, here: usize, after: usize) -> Option<LineHead<'a>> {
        let text = self.text_before(here)?;
        let (stamp, after) =
            match stamp::enclosed(self.line, after).or_else(|| bare_cell(self.line, after)) {
                Some((millis, after)) => (Some(millis), after),
                None => stamp_to_the_end(self.line, after),
            };
        Some(self.head(text, Mark::Tab, stamp, after))
    }

    fn at_stamp(&self, here: usize, after: usize, millis: u32) -> Option<LineHead<'a>> {
        let text = self.text_before(here)?;
        let (has_colon, after) = colon(self.line, after);
        let mark = if has_colon { Mark::Colon } else { Mark::Stamp };
        Some(self.head(text, mark, Some(millis), after))
    }

    fn at_dash(&self, here: usize) -> Option<LineHead<'a>> {
        let text = self.text_before(here)?;
        let rest = self.line.get(here..)?;
        let after = rest.trim_start_matches(['—', '–', '-', '－']);
        // A hyphen has space on both sides; a Chinese dash is two characters long.
        let is_dash = rest.len() - after.len() >= '—'.len_utf8() || after.starts_with(' ');
        let has_words = !after.trim().is_empty();
        let after = self.line.len() - after.len();
        (is_dash && has_words).then(|| self.head(text, Mark::Dash, None, after))
    }

    fn at_stop(&self, here: usize) -> Option<LineHead<'a>> {
        const TITLES: [&str; 9] = ["Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Jr", "Sr", "Rev"];
        let text = self.text_before(here)?.trim_end_matches('.');
        (is_possible(text)
            && !TITLES.iter().any(|title| text.ends_with(title))
            && here < self.line.trim_end().len())
        .then(|| self.head(text, Mark::Stop, None, here))
    }

    fn at_gap(&self, here: usize) -> Option<LineHead<'a>> {
        let text = self.text_before(here)?;
        let after = skip_spaces(self.line, here);
        let has_words = after < self.line.trim_end().len();
        let is_colon = self.line.get(after..)?.starts_with([':', '：']);
        (has_words && !is_colon).then(|| self.head(text, Mark::Gap, None, after))
    }
}

const fn is_end_of_spoken(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 's' | 'd' | 'e' | 'n' | 'o' | 'i' | '秒' | '钟' | '鐘')
}

fn with_mark(mut head: LineHead<'_>, mark: Mark) -> LineHead<'_> {
    if let Some(label) = &mut head.label {
        label.layout.mark = mark;
    }
    head
}
