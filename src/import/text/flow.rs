//! Text as a word processor's file gives it: paragraphs, cells and rows, boxes that float beside the paragraphs, and remarks on passages.

use super::Extracted;
use crate::{
    import::{
        Note,
        annotation::{Annotation, AnnotationKind},
    },
    model::text::TextRange,
};

/// Text being written; all positions are code points of the main text.
#[derive(Debug, Default)]
pub(super) struct Flow {
    main: TextSink,
    /// Boxes and remarks that are being read, the innermost last.
    inner: Vec<TextSink>,
    annotations: Vec<Annotation>,
}

/// A text of its own.
#[derive(Debug, Default)]
struct TextSink {
    text: String,
    chars: u32,
    /// Words of boxes that stand in the present paragraph; they follow it.
    boxed: String,
    /// Where open cells and rows begin, in bytes.
    begun: Vec<usize>,
}

impl TextSink {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.chars = self.chars.saturating_add(1);
    }

    fn end_paragraph(&mut self) {
        self.push('\n');
        if !self.boxed.is_empty() {
            let boxed = std::mem::take(&mut self.boxed);
            boxed.chars().for_each(|c| self.push(c));
        }
    }

    /// Takes characters off the end, down to where a cell or row began.
    fn trim(&mut self, c: char, down_to: usize) {
        while self.text.len() > down_to && self.text.ends_with(c) {
            self.text.pop();
            self.chars = self.chars.saturating_sub(1);
        }
    }
}

impl Flow {
    fn sink(&mut self) -> &mut TextSink {
        self.inner.last_mut().unwrap_or(&mut self.main)
    }

    /// Adds a character; a carriage return is a line feed.
    pub(super) fn push(&mut self, c: char) {
        self.sink().push(if c == '\r' { '\n' } else { c });
    }

    /// Adds words; line ends of any kind are line feeds.
    pub(super) fn push_str(&mut self, text: &str) {
        let mut previous = ' ';
        for c in text.chars() {
            if !(c == '\n' && previous == '\r') {
                self.push(c);
            }
            previous = c;
        }
    }

    /// The last character of the present text.
    pub(super) fn last(&mut self) -> Option<char> {
        self.sink().text.chars().next_back()
    }

    /// Ends a paragraph; boxes that stood in it follow.
    pub(super) fn end_paragraph(&mut self) {
        self.sink().end_paragraph();
    }

    /// Begins a cell or a row.
    pub(super) fn begin(&mut self) {
        let sink = self.sink();
        sink.begun.push(sink.text.len());
    }

    /// Ends a cell: a tab in place of its last line feeds.
    pub(super) fn end_cell(&mut self) {
        let sink = self.sink();
        let down_to = sink.begun.pop().unwrap_or(sink.text.len());
        sink.trim('\n', down_to);
        sink.push('\t');
    }

    /// Ends a row: a line feed in place of the tabs behind its last words; a row that is deleted goes.
    pub(super) fn end_row(&mut self, deleted: bool) {
        let sink = self.sink();
        let down_to = sink.begun.pop().unwrap_or(sink.text.len());
        if deleted {
            let gone = sink
                .text
                .get(down_to..)
                .map_or(0, |row| row.chars().count());
            sink.text.truncate(down_to);
            sink.chars = sink
                .chars
                .saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX));
            return;
        }
        sink.trim('\t', down_to);
        sink.push('\n');
    }

    /// Ends a row of a format that doesn't say where rows begin.
    pub(super) fn end_open_row(&mut self) {
        let sink = self.sink();
        sink.trim('\t', 0);
        sink.push('\n');
    }

    /// Begins a text of its own: a box or a remark.
    pub(super) fn begin_inner(&mut self) {
        self.inner.push(TextSink::default());
    }

    /// Ends a box; its words follow the paragraph that it stands in.
    pub(super) fn end_box(&mut self) {
        let Some(mut ended) = self.inner.pop() else {
            return;
        };
        if !ended.boxed.is_empty() {
            ended.end_paragraph();
        }
        let words = ended.text.trim_end_matches('\n');
        if !words.trim().is_empty() {
            let host = self.sink();
            host.boxed.push_str(words);
            host.boxed.push('\n');
        }
    }

    /// Ends a remark and gives its words.
    pub(super) fn end_remark(&mut self) -> String {
        self.inner.pop().map_or_else(String::new, |mut ended| {
            if !ended.boxed.is_empty() {
                ended.end_paragraph();
            }
            ended.text.trim().to_owned()
        })
    }

    /// Where the main text stands; inside boxes and remarks there are no positions.
    pub(super) fn position(&self) -> Option<u32> {
        self.inner.is_empty().then_some(self.main.chars)
    }

    /// The word before the present position, or the Chinese character; empty at the beginning of a line and in boxes.
    pub(super) fn word_before(&self) -> TextRange {
        let Some(end) = self.position() else {
            return TextRange::between(0, 0);
        };
        let (mut count, mut lettered) = (0u32, false);
        for c in self.main.text.chars().rev().take(64) {
            if c.is_whitespace()
                || (lettered
                    && (is_ideograph(c) || !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'))))
            {
                break;
            }
            count += 1;
            lettered |= c.is_alphanumeric();
            if is_ideograph(c) {
                break;
            }
        }
        TextRange::between(end.saturating_sub(count), end)
    }

    /// Keeps a remark; one that says nothing is none.
    pub(super) fn annotate(&mut self, annotation: Annotation) {
        if !annotation.text.is_empty() {
            self.annotations.push(annotation);
        }
    }

    /// Keeps a note at the present position.
    pub(super) fn note(&mut self, kind: AnnotationKind, text: String) {
        let range = self.word_before();
        self.annotate(Annotation {
            range,
            author: String::new(),
            text,
            kind,
        });
    }

    /// The text with its remarks.
    pub(super) fn finish(mut self, notes: Vec<Note>) -> Extracted {
        while !self.inner.is_empty() {
            self.end_box();
        }
        if !self.main.boxed.is_empty() {
            self.main.end_paragraph();
        }
        self.annotations
            .sort_by_key(|annotation| annotation.range.start());
        Extracted {
            annotations: self.annotations,
            ..Extracted::text(self.main.text, notes)
        }
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// A sign of a symbol font by its number there; `None` for one that nobody knows.
pub(super) fn symbol(font: &str, number: u32) -> Option<char> {
    let own = if (0xF000..=0xF0FF).contains(&number) {
        number - 0xF000
    } else {
        number
    };
    if number > 0xFF && own == number {
        return char::from_u32(number).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c));
    }
    let greek = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    let small = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let letter = |all: &str, first: u32| {
        all.chars()
            .nth(usize::try_from(own.checked_sub(first)?).ok()?)
    };
    match (font.trim().to_lowercase().as_str(), own) {
        ("symbol", 0x41..=0x5A) => letter(greek, 0x41),
        ("symbol", 0x61..=0x7A) => letter(small, 0x61),
        ("symbol", 0xA3) => Some('≤'),
        ("symbol", 0xB0) => Some('°'),
        ("symbol", 0xB1) => Some('±'),
        ("symbol", 0xB3) => Some('≥'),
        ("symbol", 0xB4) => Some('×'),
        ("symbol", 0xB7) => Some('•'),
        ("symbol", 0xB8) => Some('÷'),
        ("symbol", 0xB9) => Some('≠'),
        ("symbol", 0xBC) => Some('…'),
        ("symbol", 0xAC) => Some('←'),
        ("symbol", 0xAE) => Some('→'),
        ("symbol", 0x20..=0x40) => char::from_u32(own),
        ("wingdings", 0x4A) => Some('☺'),
        ("wingdings", 0x4B) => Some('😐'),
        ("wingdings", 0x4C) => Some('☹'),
        ("wingdings", 0x6C) => Some('●'),
        ("wingdings", 0x6E) => Some('■'),
        ("wingdings", 0x6F | 0xA8) => Some('☐'),
        ("wingdings", 0xA7) => Some('▪'),
        ("wingdings", 0xDF) => Some('←'),
        ("wingdings", 0xE0 | 0xF0) => Some('→'),
        ("wingdings", 0xFB) => Some('✗'),
        ("wingdings", 0xFC) => Some('✓'),
        ("wingdings", 0xFD) => Some('☒'),
        ("wingdings", 0xFE) => Some('☑'),
        ("wingdings 2", 0x50) => Some('✓'),
        ("wingdings 2", 0x52) => Some('☑'),
        ("wingdings 2", 0xA3) => Some('☐'),
        _ => None,
    }
}
