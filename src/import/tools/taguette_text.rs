//! Taguette's documents: sanitised HTML to lines of text, and the places in it that are counted in bytes of its text nodes.
//!
//! The page is read piece by piece, never as a tree: it was sanitised before it was stored, and a hostile one costs no more than its length.

use std::collections::BTreeMap;

use scraper::Html;

use crate::{import::encoding::unify_line_ends, model::text::TextRange};

/// Elements that stand on lines of their own.
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
/// Elements whose words nobody sees.
const SKIPPED: &[&str] = &["head", "script", "style", "title", "template", "noscript"];

/// A document as lines, with the passages that were asked for.
#[derive(Debug)]
pub(super) struct HtmlPage {
    pub(super) text: String,
    starts: BTreeMap<u64, u32>,
    ends: BTreeMap<u64, u32>,
}

impl HtmlPage {
    /// Reads a page and finds the passages that reach from one byte of its text nodes to another.
    pub(super) fn read(html: &str, passages: &[(u64, u64)]) -> Self {
        let mut writing = PageWriter {
            starts: passages.iter().map(|(start, _)| (*start, None)).collect(),
            ends: passages.iter().map(|(_, end)| (*end, None)).collect(),
            ..PageWriter::default()
        };
        writing.page(&unify_line_ends(html.to_owned()));
        let PageWriter {
            mut text,
            chars,
            last_word,
            starts,
            ends,
            ..
        } = writing;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let known = |of: BTreeMap<u64, Option<u32>>, rest: u32| {
            of.into_iter()
                .map(|(byte, at)| (byte, at.unwrap_or(rest)))
                .collect()
        };
        Self {
            text,
            starts: known(starts, chars),
            ends: known(ends, last_word),
        }
    }

    /// A passage that was asked for, without white space around it; `None` where nothing of it lies in the text.
    pub(super) fn range(&self, start: u64, end: u64) -> Option<TextRange> {
        let range = TextRange::new(*self.starts.get(&start)?, *self.ends.get(&end)?)?;
        (!range.is_empty()).then_some(range)
    }
}

/// The words of a piece of HTML, blocks on lines of their own.
pub(super) fn text_of(html: &str) -> String {
    HtmlPage::read(html, &[]).text
}

#[derive(Debug, Default)]
struct PageWriter {
    text: String,
    /// Code points written.
    chars: u32,
    /// Code points up to the last that isn't white space.
    last_word: u32,
    /// Bytes of text nodes read.
    bytes: u64,
    /// Whether white space was read since the last word of the line.
    gap: bool,
    /// Whether anything but white space was read.
    begun: bool,
    /// How many elements are open in which white space stands as it is, and in which words aren't seen.
    preformatted: usize,
    skipped: usize,
    /// Bytes at which passages start and end, and where they were found; all before one that is found are found, too.
    starts: BTreeMap<u64, Option<u32>>,
    ends: BTreeMap<u64, Option<u32>>,
    /// What entities stand for.
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

    /// Takes a tag or comment; gives what follows it.
    fn tag<'a>(&mut self, piece: &'a str) -> &'a str {
        if let Some(comment) = piece.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let inner = piece.strip_prefix('<').unwrap_or(piece);
        let closing = inner.starts_with('/');
        let named = inner.strip_prefix('/').unwrap_or(inner);
        if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
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
        let mut quote = None;
        for (at, c) in inner.char_indices() {
            match (quote, c) {
                (None, '>') => return inner.get(at + 1..).unwrap_or_default(),
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), c) if open == c => quote = None,
                _ => {}
            }
        }
        ""
    }

    fn element(&mut self, name: &str, closing: bool) {
        if SKIPPED.contains(&name) {
            self.skipped = if closing {
                self.skipped.saturating_sub(1)
            } else {
                self.skipped + 1
            };
        }
        if name == "pre" {
            self.preformatted = if closing {
                self.preformatted.saturating_sub(1)
            } else {
                self.preformatted + 1
            };
        }
        match (name, closing) {
            ("br", _) => self.push('\n'),
            ("td" | "th", true) => self.push('\t'),
            _ if BLOCKS.contains(&name) => self.line(),
            _ => {}
        }
    }

    /// Takes an entity; gives what follows it.
    fn entity<'a>(&mut self, piece: &'a str) -> &'a str {
        let name: String = piece
            .chars()
            .skip(1)
            .take(32)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .collect();
        let after = piece.get(1 + name.len()..).unwrap_or_default();
        if name.is_empty() {
            self.words("&");
            return after;
        }
        let (after, ended) = after
            .strip_prefix(';')
            .map_or((after, false), |rest| (rest, true));
        let written = if ended {
            format!("&{name};")
        } else {
            format!("&{name}")
        };
        if !self.entities.contains_key(&written) {
            let words: String = Html::parse_fragment(&written)
                .root_element()
                .text()
                .collect();
            self.entities.insert(written.clone(), words);
        }
        let words = self.entities.get(&written).cloned().unwrap_or_default();
        self.words(&words);
        after
    }

    fn words(&mut self, words: &str) {
        if self.skipped > 0 {
            return;
        }
        for c in words.chars() {
            if !self.begun {
                // A page's white space before its first element or word belongs to no text node.
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
                let at = self.chars;
                self.starts
                    .range_mut(..=self.bytes)
                    .rev()
                    .take_while(|(_, found)| found.is_none())
                    .for_each(|(_, found)| *found = Some(at));
                self.push(c);
                self.last_word = self.chars;
            }
            self.bytes = after;
            let last = self.last_word;
            self.ends
                .range_mut(..=after)
                .rev()
                .take_while(|(_, found)| found.is_none())
                .for_each(|(_, found)| *found = Some(last));
        }
    }

    /// Ends the present line, where one has begun.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push('\n');
        }
        self.gap = false;
    }

    fn push(&mut self, c: char) {
        if self.skipped == 0 {
            self.text.push(c);
            self.chars = self.chars.saturating_add(1);
        }
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
            (at as u64, (at + words.len()) as u64)
        };
        let wanted: Vec<(u64, u64)> = ["I\n  said:", "said:\nno 🙂", "🙂", " way", "𠮷ab"]
            .map(place)
            .to_vec();
        let page = HtmlPage::read(html, &wanted);
        assert_eq!(page.text, "妈妈 & I said:\nno 🙂 way\u{a0}!\n𠮷\na\tb\t\n");
        let text = crate::model::text::DocumentText::new(page.text.clone());
        let words: Vec<&str> = wanted
            .iter()
            .map(|(start, end)| text.slice(page.range(*start, *end).unwrap()).unwrap())
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
