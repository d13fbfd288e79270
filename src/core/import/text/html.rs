//! Reader of web pages: blocks become lines and cells are separated by tabs; scripts, styles and forms are left out.

use crate::message::text::Text;
use scraper::{ElementRef, Html, Node};

use super::{Extracted, package::damaged};
use crate::import::{ImportError, encoding};

/// Elements whose text isn't part of the page's.
const SKIPPED: &[&str] = &[
    "head", "script", "style", "noscript", "template", "svg", "math", "button", "select",
    "textarea", "iframe", "object",
];
/// Elements that begin and end lines.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];
/// Deepest nesting of elements. The parser's time grows with the square of it, and no real page comes near.
const DEEPEST: usize = 512;

/// Reads a page, in the encoding that the user chose or the page declares.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    chosen: Option<&str>,
) -> Result<Extracted, ImportError> {
    let declared = match chosen {
        Some(chosen) => Some(chosen.to_owned()),
        None => declared(bytes),
    };
    let decoded = match encoding::decode(file, bytes.to_vec(), declared.as_deref()) {
        // Pages converted by an editor often keep the declaration of their old encoding.
        Err(_wrongly_declared) if chosen.is_none() => encoding::decode(file, bytes.to_vec(), None)?,
        decoded => decoded?,
    };
    if too_deep(&decoded.text) {
        return Err(damaged(
            file,
            Text::new("its elements are nested too deeply", "元素嵌套太深"),
        ));
    }
    Ok(Extracted::text(text_of(&decoded.text), Vec::new()))
}

/// The encoding that a page declares in its first kilobyte, where browsers look for it.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_lowercase();
    let after = head
        .split_once("charset=")?
        .1
        .trim_start_matches(['"', '\'', ' ']);
    let name: String = after
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    encoding_rs::Encoding::for_label(name.as_bytes()).map(|encoding| encoding.name().to_owned())
}

/// Elements that have no end tag, or whose end tag is usually left out: they don't nest.
const OPEN_ENDED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "td", "th", "tr", "wbr",
];

/// Returns true if elements are nested so deeply that parsing the page would take minutes.
///
/// This counts tags in the source, since the parser itself is what takes the time.
pub(crate) fn too_deep(page: &str) -> bool {
    let mut depth = 0usize;
    for at in memchr::memchr_iter(b'<', page.as_bytes()) {
        let Some((_, rest)) = page.split_at_checked(at + 1) else {
            continue;
        };
        let (ends, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let name = &rest.as_bytes()[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let counts = rest.starts_with(|c: char| c.is_ascii_alphabetic())
            && !OPEN_ENDED
                .iter()
                .any(|own| own.as_bytes().eq_ignore_ascii_case(name));
        depth = if ends {
            depth.saturating_sub(usize::from(counts))
        } else {
            depth + usize::from(counts)
        };
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The text of a page, with its blocks on lines of their own.
pub(crate) fn text_of(page: &str) -> String {
    let html = Html::parse_document(page);
    let mut out = HtmlLines::default();
    out.element(html.root_element(), 0);
    out.text.truncate(out.text.trim_end().len());
    out.text.push('\n');
    out.text
}

/// Lines that are being written.
#[derive(Default)]
struct HtmlLines {
    text: String,
    /// Number of open `pre` elements, in which white space is kept.
    preformatted: usize,
}

impl HtmlLines {
    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        let name = element.value().name();
        if SKIPPED.contains(&name) || depth > DEEPEST {
            return;
        }
        let block = BLOCKS.contains(&name);
        if block {
            self.line();
        }
        self.preformatted += usize::from(name == "pre");
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.words(text),
                _ => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, depth + 1);
                    }
                }
            }
        }
        self.preformatted -= usize::from(name == "pre");
        match name {
            "br" => self.text.push('\n'),
            // The tab behind the last cell is trimmed when the row ends its line.
            "td" | "th" => self.text.push('\t'),
            _ if block => self.line(),
            _ => {}
        }
    }

    /// Ends the current line, unless it is empty.
    fn line(&mut self) {
        self.text
            .truncate(self.text.trim_end_matches([' ', '\t']).len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn words(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.text.push_str(text);
            return;
        }
        // Only ASCII white space collapses in HTML; a no-break space stays.
        for (at, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            let begins = self.text.is_empty() || self.text.ends_with(|c: char| c.is_whitespace());
            if at > 0 && !begins {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_white_space_is_one_space() {
        let page = "<html><head><title>T</title><style>p{}</style></head><body><h1>题</h1><p>妈妈：\n  <b>I</b> said&nbsp;<i>no</i>.<br>Yes</p><div><p>a</p></div>\
            <table><tr><td>00:01</td><td>Child</td></tr></table><script>x</script><pre>a\n  b</pre></body></html>";
        assert_eq!(
            text_of(page),
            "题\n妈妈： I said\u{a0}no.\nYes\na\n00:01\tChild\na\n  b\n"
        );
    }

    #[test]
    fn the_declared_encoding_is_taken_where_it_fits() {
        let page = [
            b"<meta charset=gb2312><p>".as_slice(),
            &encoding_rs::GBK.encode("妈妈").0,
        ]
        .concat();
        assert!(
            matches!(read("a.html", &page, None).unwrap().body, super::super::Body::Text(text) if text == "妈妈\n")
        );
        assert_eq!(declared(b"<p>none"), None);
    }

    #[test]
    fn deep_pages_are_refused_before_they_take_forever() {
        let deep = "<div>".repeat(200_000);
        assert!(
            read("a.html", deep.as_bytes(), None)
                .unwrap_err()
                .to_string()
                .contains("too deep")
        );
        let old = "<P>line<BR><LI>item".repeat(5_000);
        assert!(read("a.html", old.as_bytes(), None).is_ok());
    }
}
