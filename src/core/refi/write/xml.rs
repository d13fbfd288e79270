//! Writes XML: elements, escaped attributes and text, and nothing that XML 1.0 forbids.
//!
//! Not with quick-xml, which leaves characters that XML forbids as they are, and doesn't tell which texts had any.

use std::io::{self, Write};

/// Replaces a character that XML forbids.
const REPLACEMENT: char = '\u{fffd}';

/// The milliseconds since 1970 in UTC of the years that `xsd:dateTime` writes with four digits.
const YEARS_1_TO_9999: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// An XML document; what has been written can be poured into a file at any time, so that it is never whole in memory.
#[derive(Debug)]
pub(super) struct XmlWriter {
    text: String,
    open: Vec<&'static str>,
    /// Whether the last start tag is still open for attributes.
    in_tag: bool,
    /// The beginnings of the texts that contained forbidden characters.
    replaced: Vec<String>,
}

impl XmlWriter {
    /// Begins a document with its declaration.
    pub(super) fn new() -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>".to_owned();
        Self {
            text,
            open: Vec::new(),
            in_tag: false,
            replaced: Vec::new(),
        }
    }

    /// Begins an element on a new line.
    pub(super) fn start(&mut self, name: &'static str) -> &mut Self {
        self.leave_tag();
        self.text.push_str("\n<");
        self.text.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// Ends the innermost element.
    pub(super) fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.in_tag {
            self.text.push_str("/>");
            self.in_tag = false;
        } else {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
    }

    /// Adds an attribute to the element that was just begun.
    pub(super) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.name(name);
        self.escaped(value, |c| match c {
            '"' => Some("&quot;"),
            '\n' => Some("&#10;"),
            '\t' => Some("&#9;"),
            _ => in_words(c),
        });
        self.text.push('"');
        self
    }

    /// Adds a GUID as an attribute.
    pub(super) fn guid(&mut self, name: &str, guid: u128) -> &mut Self {
        self.name(name);
        push_guid(&mut self.text, guid);
        self.text.push('"');
        self
    }

    /// Adds a number as an attribute.
    pub(super) fn number(&mut self, name: &str, value: u64) -> &mut Self {
        self.name(name);
        self.text.push_str(&value.to_string());
        self.text.push('"');
        self
    }

    /// Adds a point in time, in milliseconds since 1970 in UTC, as an attribute; an unknown one is left out.
    pub(super) fn moment(&mut self, name: &str, millis: Option<i64>) -> &mut Self {
        let known = millis.filter(|millis| YEARS_1_TO_9999.contains(millis));
        if let Some(moment) =
            known.and_then(|millis| jiff::Timestamp::from_millisecond(millis).ok())
        {
            self.attribute(name, &moment.to_string());
        }
        self
    }

    /// Adds an element with a text.
    pub(super) fn words(&mut self, name: &'static str, words: &str) {
        self.start(name);
        self.leave_tag();
        self.escaped(words, in_words);
        self.end();
    }

    /// Adds an element that refers to another thing.
    pub(super) fn reference(&mut self, name: &'static str, target: u128) {
        self.start(name).guid("targetGUID", target);
        self.end();
    }

    /// Writes out what has been added since the last time.
    pub(super) fn pour(&mut self, to: &mut impl Write) -> io::Result<()> {
        self.leave_tag();
        to.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    /// Returns the rest of the document, and the beginnings of the texts that contained forbidden characters.
    pub(super) fn finish(self) -> (String, Vec<String>) {
        (self.text + "\n", self.replaced)
    }

    fn leave_tag(&mut self) {
        if self.in_tag {
            self.text.push('>');
            self.in_tag = false;
        }
    }

    fn name(&mut self, name: &str) {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
    }

    fn escaped(&mut self, value: &str, escape: impl Fn(char) -> Option<&'static str>) {
        let mut is_forbidden = false;
        // Runs of characters that need no escape are copied at once.
        let mut rest = value;
        while let Some((at, c, replacement)) = rest
            .char_indices()
            .find_map(|(at, c)| Some((at, c, escape(c)?)))
        {
            let (plain, after) = rest.split_at(at);
            self.text.push_str(plain);
            self.text.push_str(replacement);
            is_forbidden |= replacement.starts_with(REPLACEMENT);
            rest = after.split_at(c.len_utf8()).1;
        }
        self.text.push_str(rest);
        if is_forbidden {
            let beginning = value.chars().take(40);
            self.replaced.push(
                beginning
                    .map(|c| if c.is_control() { REPLACEMENT } else { c })
                    .collect(),
            );
        }
    }
}

/// The program that a file names as its origin.
pub(super) fn origin() -> String {
    format!("Tain {}", env!("CARGO_PKG_VERSION"))
}

/// The replacement of a character in text; `None` for the character itself.
///
/// A carriage return is escaped because a reader would turn it into a line feed.
const fn in_words(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        '\t' | '\n' => None,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        _ => None,
    }
}

/// Adds a GUID in upper case, without braces.
pub(super) fn push_guid(text: &mut String, guid: u128) {
    // By hand rather than with `write!`: a large project has millions of GUIDs.
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for (at, byte) in guid.to_be_bytes().into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 0xf)]));
    }
}

/// A GUID in upper case, without braces.
pub(super) fn guid_text(guid: u128) -> String {
    let mut text = String::with_capacity(36);
    push_guid(&mut text, guid);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_reserves_is_escaped_and_what_it_forbids_is_replaced() {
        let mut xml = XmlWriter::new();
        xml.start("A")
            .attribute("x", "a&b<c>\"d'\n\t\r😀")
            .guid("g", 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef)
            .number("n", 7);
        xml.words("B", "1 < 2 & \"3\"\n\u{1}bell");
        xml.reference("C", 1);
        xml.end();
        let (text, replaced) = xml.finish();
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<A x=\"a&amp;b&lt;c&gt;&quot;d'&#10;&#9;&#13;😀\" \
             g=\"01234567-89AB-CDEF-0123-456789ABCDEF\" n=\"7\">\n<B>1 &lt; 2 &amp; \"3\"\n\u{fffd}bell</B>\n\
             <C targetGUID=\"00000000-0000-0000-0000-000000000001\"/></A>\n"
        );
        assert_eq!(replaced.len(), 1);
    }

    #[test]
    fn moments_that_cannot_be_written_are_left_out() {
        let mut xml = XmlWriter::new();
        xml.start("A")
            .moment("a", Some(1_750_000_000_123))
            .moment("b", None)
            .moment("c", Some(i64::MAX))
            .moment("d", Some(0));
        xml.end();
        let (text, _) = xml.finish();
        assert!(
            text.contains("<A a=\"2025-06-15T15:06:40.123Z\" d=\"1970-01-01T00:00:00Z\"/>"),
            "{text}"
        );
    }
}
