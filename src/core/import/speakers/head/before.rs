//! What may stand before a label: a number, a time stamp, a bullet, chevrons, the beginning of bold type.

use super::{LineHead, SetOff, skip_spaces};
use crate::import::stamp;

/// Reads the part of a line before its label and keeps what it found.
pub(super) struct HeadReader<'a> {
    pub(super) line: &'a str,
    /// Where reading goes on.
    pub(super) at: usize,
    pub(super) at_millis: Option<u32>,
    pub(super) numbered: bool,
    pub(super) set_off: SetOff,
    /// True if the label is in bold type or italics, whose end has to be read.
    pub(super) is_emphatic: bool,
}

impl<'a> HeadReader<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        Self {
            line,
            at: skip_spaces(line, 0),
            at_millis: None,
            numbered: false,
            set_off: SetOff::Plain,
            is_emphatic: false,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    /// Reads numbers, stamps and signs before the label, each at most once.
    pub(super) fn skip_prefixes(&mut self) {
        // Most lines of prose begin with a letter, before which there is nothing to read.
        for _ in 0..4 {
            let Some(first) = self.rest().chars().next() else {
                return;
            };
            let went_on = match first {
                '[' | '(' | '（' | '［' | '#' | '¤' => {
                    self.stamp() || self.heading(first) || self.number_in_brackets()
                }
                '0'..='9' => self.bare_stamp() || self.spoken_stamp() || self.number(),
                '*' | '_' => self.emphasis(first),
                '>' => self.chevrons(),
                '-' | '–' | '•' => self.bullet(first),
                _ => false,
            };
            if !went_on {
                return;
            }
        }
    }

    /// Goes on behind a byte of the line and the spaces there.
    fn go_on(&mut self, at: usize) -> bool {
        self.at = skip_spaces(self.line, at);
        true
    }

    /// `[00:12]`, `#00:12:34-5#`, `¤<4500>`, with an optional dash after it.
    fn stamp(&mut self) -> bool {
        if self.at_millis.is_some() {
            return false;
        }
        let rest = self.rest();
        let found = if rest.starts_with('#') {
            stamp::between_hashes(self.line, self.at)
        } else if let Some(sign) = rest.strip_prefix('¤') {
            let after = self.line.len() - sign.len();
            stamp::in_angles(self.line, after)
                .or_else(|| stamp::enclosed(self.line, after))
                .map(|(millis, after)| (Some(millis), after))
                .or(Some((None, after)))
        } else {
            stamp::enclosed(self.line, self.at).map(|(millis, after)| (Some(millis), after))
        };
        let Some((millis, after)) = found else {
            return false;
        };
        self.at_millis = millis;
        self.go_on(after);
        self.skip_dash();
        true
    }

    /// `[00:01:02] - Speaker 1: words`: a dash with space around it behind a stamp.
    fn skip_dash(&mut self) {
        for dash in ["- ", "– ", "— "] {
            if let Some(rest) = self.rest().strip_prefix(dash) {
                self.go_on(self.line.len() - rest.len());
            }
        }
    }

    /// `00:01:02 Label`, `0:21`, `00:00:43.810 --> 00:00:47.850`.
    fn bare_stamp(&mut self) -> bool {
        let rest = self.rest();
        if self.at_millis.is_some() {
            return false;
        }
        let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '.' | ',');
        let end = rest.find(|c| !digits(c)).unwrap_or(rest.len());
        let (times, after) = rest.split_at(end);
        if after.trim_start().starts_with("-->") {
            let Some(millis) = stamp::of_cue(times) else {
                return false;
            };
            self.at_millis = Some(millis);
            self.at = self.line.len();
            return true;
        }
        // Letters directly behind the digits, `10:05am`, make them no stamp.
        if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
            return false;
        }
        let Some(millis) = stamp::parse(times.trim_end_matches(['.', ','])) else {
            return false;
        };
        self.at_millis = Some(millis);
        self.go_on(self.line.len() - after.len());
        self.skip_dash();
        true
    }

    /// `0 minutes 4 seconds0:04` on a line of its own.
    fn spoken_stamp(&mut self) -> bool {
        let spoken = stamp::spoken_at_end(self.rest().trim_end());
        let Some((_, millis)) = spoken.filter(|(start, _)| *start == 0) else {
            return false;
        };
        self.at_millis = Some(millis);
        self.go_on(self.line.len())
    }

    /// `3. `, `3、`, `3) `, `003<tab>` before a label.
    fn number(&mut self) -> bool {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if self.numbered || end == 0 || end > 5 {
            return false;
        }
        let behind = rest.get(end..).unwrap_or_default();
        let after = behind.trim_start_matches(['.', '、', ')', '）', '．']);
        let marked = behind.len() - after.len();
        let is_number = match marked {
            // The number of a paragraph: `24 Dan: …`; `2 people …` is a sentence.
            0 => {
                let name = after.trim_start_matches([' ', '\t', '\u{3000}']);
                let is_wide = after.starts_with(['\t', '\u{3000}']) || after.starts_with("  ");
                is_wide || name.len() < after.len() && name.starts_with(char::is_uppercase)
            }
            // `3.5 hours` is a figure.
            _ => !after.starts_with(|c: char| c.is_ascii_digit()),
        };
        if !is_number || after.trim_start().is_empty() {
            return false;
        }
        self.numbered = true;
        self.go_on(self.line.len() - after.len())
    }

    /// `(3) ` or `[3] ` before a label.
    fn number_in_brackets(&mut self) -> bool {
        let inner = self.rest().trim_start_matches(['(', '（', '[', '［']);
        let Some((number, after)) = inner.split_once([')', '）', ']', '］']) else {
            return false;
        };
        let is_number =
            (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        if self.numbered || !is_number || after.trim().is_empty() {
            return false;
        }
        self.numbered = true;
        self.go_on(self.line.len() - after.len())
    }

    /// `## Label`; without the space, `#word` is a tag.
    fn heading(&mut self, first: char) -> bool {
        let text = self.rest().trim_start_matches('#');
        if first != '#' || self.set_off != SetOff::Plain || !text.starts_with(' ') {
            return false;
        }
        self.set_off = SetOff::Heading;
        self.go_on(self.line.len() - text.len())
    }

    /// `**Label:**`, `*Label:*`, `__Label:__`; with a space behind, an asterisk is a bullet.
    fn emphasis(&mut self, sign: char) -> bool {
        let rest = self.rest().trim_start_matches(sign);
        let signs = self.rest().len() - rest.len();
        if rest.starts_with(' ') && sign == '*' && signs == 1 {
            return self.go_on(self.line.len() - rest.len());
        }
        // One underscore may begin a name.
        if self.is_emphatic || rest.starts_with(' ') || signs > 3 || sign == '_' && signs < 2 {
            return false;
        }
        self.is_emphatic = true;
        self.set_off = SetOff::Bold;
        self.at = self.line.len() - rest.len();
        true
    }

    fn chevrons(&mut self) -> bool {
        let rest = self.rest().trim_start_matches('>');
        if self.rest().len() - rest.len() < 2 {
            return false;
        }
        self.set_off = SetOff::Chevrons;
        self.go_on(self.line.len() - rest.len())
    }

    fn bullet(&mut self, first: char) -> bool {
        let rest = self.rest().get(first.len_utf8()..).unwrap_or_default();
        rest.starts_with(' ') && self.go_on(self.line.len() - rest.len())
    }

    /// The head of a line that has a stamp and no label.
    pub(super) fn stamp_alone(&self) -> LineHead<'a> {
        LineHead {
            label: None,
            at_millis: self.at_millis,
            body: self.at,
        }
    }
}
