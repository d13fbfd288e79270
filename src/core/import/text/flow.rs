//! Text in the making, for the readers of word processors' files: paragraphs, cells and rows, boxes beside the paragraphs, and remarks on passages.
//!
//! The three readers (Word, OpenDocument, RTF) call it as they meet the parts of a document, so that all lay out text alike.

use super::Extracted;
use crate::{
    import::{
        Note,
        annotation::{Annotation, AnnotationKind},
    },
    model::text::{TextRange, chars_of},
};

/// Text that is being written; all positions are code points of the main text.
#[derive(Debug, Default)]
pub(super) struct Flow {
    main: TextSink,
    /// Texts of the open boxes and remarks, the innermost last.
    inner: Vec<TextSink>,
    annotations: Vec<Annotation>,
}

/// The main text, or the text of a box or remark.
#[derive(Debug, Default)]
struct TextSink {
    text: String,
    chars: u32,
    /// Text of the boxes in the current paragraph. It follows the paragraph, since in the file a box may interrupt a sentence.
    boxed: String,
    /// Where the open cells and rows begin, in bytes.
    begun: Vec<usize>,
}

impl TextSink {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.chars = self.chars.saturating_add(1);
    }

    fn end_paragraph(&mut self) {
        self.push('\n');
        for c in std::mem::take(&mut self.boxed).chars() {
            self.push(c);
        }
    }

    /// Where the innermost cell or row began; damaged files end some that never began.
    fn pop_begin(&mut self) -> usize {
        match self.begun.pop() {
            Some(begin) => begin,
            None => self.text.len(),
        }
    }

    /// Removes characters from the end, down to where a cell or row began.
    fn trim(&mut self, c: char, down_to: usize) {
        while self.text.len() > down_to && self.text.ends_with(c) {
            self.text.pop();
            self.chars = self.chars.saturating_sub(1);
        }
    }
}

impl Flow {
    fn sink(&mut self) -> &mut TextSink {
        match self.inner.last_mut() {
            Some(inner) => inner,
            None => &mut self.main,
        }
    }

    /// Adds a character; a carriage return becomes a line feed.
    pub(super) fn push(&mut self, c: char) {
        self.sink().push(if c == '\r' { '\n' } else { c });
    }

    /// Adds text; line ends of any kind become line feeds.
    pub(super) fn push_str(&mut self, text: &str) {
        let mut previous = ' ';
        for c in text.chars() {
            if !(c == '\n' && previous == '\r') {
                self.push(c);
            }
            previous = c;
        }
    }

    /// The last character of the innermost open text.
    pub(super) fn last(&mut self) -> Option<char> {
        self.sink().text.chars().next_back()
    }

    /// Ends a paragraph; the boxes in it follow.
    pub(super) fn end_paragraph(&mut self) {
        self.sink().end_paragraph();
    }

    /// Begins a cell or a row.
    pub(super) fn begin(&mut self) {
        let sink = self.sink();
        sink.begun.push(sink.text.len());
    }

    /// Ends a cell: a tab replaces the line feed of its last paragraph.
    pub(super) fn end_cell(&mut self) {
        let sink = self.sink();
        let down_to = sink.pop_begin();
        sink.trim('\n', down_to);
        sink.push('\t');
    }

    /// Ends a row: a line feed replaces the tabs of its last cells. A deleted row is removed.
    pub(super) fn end_row(&mut self, deleted: bool) {
        let sink = self.sink();
        let down_to = sink.pop_begin();
        if deleted {
            let row = sink.text.split_off(down_to);
            sink.chars -= chars_of(&row);
            return;
        }
        sink.trim('\t', down_to);
        sink.push('\n');
    }

    /// Ends a row of RTF, which doesn't say where rows begin.
    pub(super) fn end_open_row(&mut self) {
        let sink = self.sink();
        sink.trim('\t', 0);
        sink.push('\n');
    }

    /// Begins the text of a box or remark.
    pub(super) fn begin_inner(&mut self) {
        self.inner.push(TextSink::default());
    }

    /// Ends a box; its text follows the paragraph around it.
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

    /// Ends a remark and returns its text.
    pub(super) fn end_remark(&mut self) -> String {
        let Some(mut ended) = self.inner.pop() else {
            return String::new();
        };
        if !ended.boxed.is_empty() {
            ended.end_paragraph();
        }
        ended.text.trim().to_owned()
    }

    /// The current position in the main text; `None` inside boxes and remarks, whose text isn't placed yet.
    pub(super) fn position(&self) -> Option<u32> {
        self.inner.is_empty().then_some(self.main.chars)
    }

    /// The word or Chinese character before the current position, with punctuation between; empty at the beginning of a line and in boxes.
    ///
    /// A note or a comment without a passage is anchored here: its mark follows the word that it is about.
    pub(super) fn word_before(&self) -> TextRange {
        let Some(end) = self.position() else {
            return nowhere();
        };
        let (mut count, mut lettered) = (0u32, false);
        // Nothing longer than this is a word, and a text without spaces shouldn't be walked whole for each note.
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

    /// Adds a remark, unless it is empty.
    pub(super) fn annotate(&mut self, annotation: Annotation) {
        if !annotation.text.is_empty() {
            self.annotations.push(annotation);
        }
    }

    /// Adds a note at the current position.
    pub(super) fn note(&mut self, kind: AnnotationKind, text: String) {
        let range = self.word_before();
        self.annotate(Annotation {
            range,
            author: String::new(),
            text,
            kind,
        });
    }

    /// Returns the text with its remarks.
    pub(super) fn finish(mut self, notes: Vec<Note>) -> Extracted {
        // Damaged files leave boxes open; their text is kept.
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

/// The passage of a remark that is on no text: it becomes a remark on the document.
pub(super) fn nowhere() -> TextRange {
    TextRange::between(0, 0)
}

/// Returns true for Chinese characters. Korean isn't among them: it has spaces between words.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns the character that a number stands for in a symbol font, or `None` if it is unknown.
///
/// Word writes characters of symbol fonts as numbers from the private use area, U+F000 on; some converters write the bare byte.
/// Only signs that occur in interviews are listed: check boxes, arrows, smileys and mathematical signs.
pub(super) fn symbol(font: &str, number: u32) -> Option<char> {
    let own = match number {
        0xF000..=0xF0FF => number - 0xF000,
        0..=0xFF => number,
        // Any other number is an ordinary character, unless it is private to its font.
        0xE000..=0xF8FF => return None,
        _ => return char::from_u32(number),
    };
    match (font.trim().to_lowercase().as_str(), own) {
        ("symbol", 0x41..=0x5A) => nth_char("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", own - 0x41),
        ("symbol", 0x61..=0x7A) => nth_char("αβχδεφγηιϕκλμνοπθρστυϖωξψζ", own - 0x61),
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

fn nth_char(text: &str, index: u32) -> Option<char> {
    (0..)
        .zip(text.chars())
        .find(|(at, _)| *at == index)
        .map(|(_, c)| c)
}
