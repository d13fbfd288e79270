//! Taguette's documents: sanitised HTML as lines of text, with passages that are counted in bytes of its text nodes.
//!
//! The page is read tag by tag rather than as a tree: positions stay exact, and a hostile page takes no more time than its length.

use std::collections::BTreeMap;

use scraper::Html;

use crate::{import::encoding::unify_line_ends, model::text::TextRange};

/// Elements that begin and end lines.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "caption",
    "hr",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "address",
    "body",
];
/// Elements whose text isn't shown.
const SKIPPED: &[&str] = &["head", "script", "style", "title", "template", "noscript"];

/// A passage in UTF-8 bytes of the text nodes of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ByteSpan {
    pub(super) start: u64,
    pub(super) end: u64,
}

/// A page as lines of text, with the passages that were looked up.
#[derive(Debug)]
pub(super) struct HtmlPage {
    pub(super) text: String,
    /// Code points by byte, for the starts of passages.
    starts: BTreeMap<u64, u32>,
    /// Code points by byte, for the ends of passages.
    ends: BTreeMap<u64, u32>,
}

impl HtmlPage {
    /// Reads a page and looks up passages.
    pub(super) fn read(html: &str, spans: &[ByteSpan]) -> Self {
        let mut writer = PageWriter {
            starts: spans.iter().map(|span| (span.start, None)).collect(),
            ends: spans.iter().map(|span| (span.end, None)).collect(),
            ..PageWriter::default()
        };
        writer.page(&unify_line_ends(html.to_owned()));
        let mut text = writer.text;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        Self {
            text,
            starts: found_or(writer.starts, writer.chars),
            ends: found_or(writer.ends, writer.last_word),
        }
    }

    /// The passage of a span that was looked up, without white space around it; `None` if nothing of it is in the text.
    pub(super) fn range(&self, span: ByteSpan) -> Option<TextRange> {
        let range = TextRange::new(*self.starts.get(&span.start)?, *self.ends.get(&span.end)?)?;
        (!range.is_empty()).then_some(range)
    }
}

/// The positions found, with those beyond the page moved to its end.
fn found_or(positions: BTreeMap<u64, Option<u32>>, end: u32) -> BTreeMap<u64, u32> {
    positions
        .into_iter()
        .map(|(byte, at)| (byte, at.unwrap_or(end)))
        .collect()
}

/// The text of a piece of HTML, with blocks on lines of their own.
pub(super) fn text_of(html: &str) -> String {
    HtmlPage::read(html, &[]).text
}

/// A text that is being written.
#[derive(Debug, Default)]
struct PageWriter {
    text: String,
    /// Number of code points written.
    chars: u32,
    /// Number of code points up to the last one that isn't white space.
    last_word: u32,
    /// Number of bytes of text nodes read.
    bytes: u64,
    /// True if white space was read since the last word of the line.
    gap: bool,
    /// True if anything but white space was read.
    begun: bool,
    /// Number of open elements in which white space is kept.
    preformatted: usize,
    /// Number of open elements whose text isn't shown.
    skipped: usize,
    // Bytes at which passages start and end, and the code points found for them.
    // They are found in order, so every byte before one that is found is found as well.
    starts: BTreeMap<u64, Option<u32>>,
    ends: BTreeMap<u64, Option<u32>>,
    /// The text of each entity seen; a page repeats a few of them thousands of times.
    entities: BTreeMap<String, String>,
}

impl PageWriter {
    fn page(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find(['<', '&']) {
            let (words, piece) = rest.split_at(at);
            self.words(words);
            rest = if piece.starts_with('<') {
                self.tag(piece)
            } else {
                self.entity(piece)
            };
        }
        self.words(rest);
    }

    /// Reads a tag or comment and returns what follows it.
    fn tag<'a>(&mut self, piece: &'a str) -> &'a str {
        if let Some(comment) = piece.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let (_, inner) = piece.split_at(1);
        let (closing, named) = match inner.strip_prefix('/') {
            Some(named) => (true, named),
            None => (false, inner),
        };
        if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            // As browsers do, `<` before anything else is text.
            self.words("<");
            return inner;
        }
        let name: String = named
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .take(16)
            .collect::<String>()
            .to_lowercase();
        self.begun |= !matches!(name.as_str(), "" | "html" | "head" | "body");
        self.element(&name, closing);
        // An attribute's value may contain `>`.
        let mut quote = None;
        for (at, c) in inner.char_indices() {
            match (quote, c) {
                (None, '>') => return inner.split_at(at + 1).1,
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), c) if open == c => quote = None,
                _ => {}
            }
        }
        ""
    }

    fn element(&mut self, name: &str, closing: bool) {
        if SKIPPED.contains(&name) {
            self.skipped = nested(self.skipped, closing);
        }
        if name == "pre" {
            self.preformatted = nested(self.preformatted, closing);
        }
        match (name, closing) {
            ("br", _) => self.push('\n'),
            ("td" | "th", true) => self.push('\t'),
            _ if BLOCKS.contains(&name) => self.line(),
            _ => {}
        }
    }

    /// Reads an entity and returns what follows it.
    fn entity<'a>(&mut self, piece: &'a str) -> &'a str {
        let name: String = piece
            .chars()
            .skip(1)
            .take(32)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .collect();
        let (_, after) = piece.split_at(1 + name.len());
        if name.is_empty() {
            self.words("&");
            return after;
        }
        let (after, written) = match after.strip_prefix(';') {
            Some(rest) => (rest, format!("&{name};")),
            None => (after, format!("&{name}")),
        };
        let words = match self.entities.get(&written) {
            Some(known) => known.clone(),
            None => {
                // The parser knows the two thousand names, and those that need no semicolon.
                let words: String = Html::parse_fragment(&written)
                    .root_element()
                    .text()
                    .collect();
                self.entities.insert(written, words.clone());
                words
            }
        };
        self.words(&words);
        after
    }

    fn words(&mut self, words: &str) {
        if self.skipped > 0 {
            return;
        }
        for c in words.chars() {
            if !self.begun {
                // White space before the first element or word of a page is part of no text node, so it doesn't count.
                if c.is_ascii_whitespace() {
                    continue;
                }
                self.begun = true;
            }
            let after = self.bytes + c.len_utf8() as u64;
            let blank = c.is_ascii_whitespace() && self.preformatted == 0;
            if blank {
                self.gap = true;
            } else {
                if self.gap && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
                    self.push(' ');
                }
                self.gap = false;
                mark_found(&mut self.starts, self.bytes, self.chars);
                self.push(c);
                self.last_word = self.chars;
            }
            self.bytes = after;
            mark_found(&mut self.ends, after, self.last_word);
        }
    }

    /// Ends the current line, unless it is empty.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push('\n');
        }
        self.gap = false;
    }

    fn push(&mut self, c: char) {
        if self.skipped == 0 {
            // A carriage return can only come from an entity.
            self.text.push(if c == '\r' { '\n' } else { c });
            self.chars = self.chars.saturating_add(1);
        }
    }
}

/// The number of open elements after another tag of the same kind.
fn nested(open: usize, closing: bool) -> usize {
    if closing {
        open.saturating_sub(1)
    } else {
        open + 1
    }
}

/// Sets the code point of every position up to a byte that isn't found yet.
fn mark_found(positions: &mut BTreeMap<u64, Option<u32>>, byte: u64, at: u32) {
    for (_, found) in positions.range_mut(..=byte).rev() {
        if found.is_some() {
            break;
        }
        *found = Some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_keep_their_words() {
        let html = "\n<p>妈妈 &amp; I\n  said:</p>\n<p>no &#x1F642; <b>way</b>&nbsp;!<br>𠮷</p><table><tr><td>a</td><td>b</td></tr></table>";
        // The text nodes: `妈妈 & I\n  said:` `\n` `no 🙂 ` `way` ` !` `𠮷` `a` `b`
        let nodes = "妈妈 & I\n  said:\nno 🙂 way\u{a0}!𠮷ab";
        let place = |words: &str| {
            let at = nodes.find(words).unwrap();
            ByteSpan {
                start: at as u64,
                end: (at + words.len()) as u64,
            }
        };
        let wanted: Vec<ByteSpan> = ["I\n  said:", "said:\nno 🙂", "🙂", " way", "𠮷ab"]
            .map(place)
            .to_vec();
        let page = HtmlPage::read(html, &wanted);
        assert_eq!(page.text, "妈妈 & I said:\nno 🙂 way\u{a0}!\n𠮷\na\tb\t\n");
        let text = crate::model::text::DocumentText::new(page.text.clone());
        let words: Vec<&str> = wanted
            .iter()
            .map(|span| text.slice(page.range(*span).unwrap()).unwrap())
            .collect();
        assert_eq!(words, ["I said:", "said:\nno 🙂", "🙂", "way", "𠮷\na\tb"]);
    }

    #[test]
    fn hostile_pages_cost_no_more_than_their_length() {
        let bomb: String = (0..200_000).map(|at| format!("<b id={at}><p>")).collect();
        assert_eq!(text_of(&bomb), "");
        assert_eq!(text_of("a <"), "a <\n");
        assert_eq!(text_of("a <b"), "a\n");
        assert_eq!(
            text_of("1 < 2 & 3 &bogus; &#0;"),
            "1 < 2 & 3 &bogus; \u{fffd}\n"
        );
    }
}
