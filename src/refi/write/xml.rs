//! XML as it is written: elements, escaped attributes and words, and nothing that XML 1.0 forbids.

use std::io::{self, Write};

/// What stands for a character that XML can't hold.
const REPLACEMENT: char = '\u{fffd}';

/// First and last millisecond from 1970 in UTC of the years that `xsd:dateTime` writes with four digits.
const YEARS_1_TO_9999: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// A document that is being written, as far as it hasn't been poured out.
#[derive(Debug)]
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    /// Whether the last start tag still takes attributes.
    in_tag: bool,
    /// The beginning of each text that had forbidden characters.
    replaced: Vec<String>,
}

impl Xml {
    /// The declaration.
    pub(super) fn new() -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>".to_owned();
        Self {
            text,
            open: Vec::new(),
            in_tag: false,
            replaced: Vec::new(),
        }
    }

    /// Begins an element on a line of its own.
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

    /// An attribute of the element that was just begun.
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

    /// An attribute that is a GUID.
    pub(super) fn guid(&mut self, name: &str, guid: u128) -> &mut Self {
        self.name(name);
        push_guid(&mut self.text, guid);
        self.text.push('"');
        self
    }

    /// An attribute that is a count.
    pub(super) fn number(&mut self, name: &str, value: u64) -> &mut Self {
        self.name(name);
        self.text.push_str(&value.to_string());
        self.text.push('"');
        self
    }

    /// An attribute that is a moment, in milliseconds from 1970 in UTC; none when it isn't known.
    pub(super) fn moment(&mut self, name: &str, millis: Option<i64>) -> &mut Self {
        let known = millis.filter(|millis| YEARS_1_TO_9999.contains(millis));
        if let Some(moment) =
            known.and_then(|millis| jiff::Timestamp::from_millisecond(millis).ok())
        {
            self.attribute(name, &moment.to_string());
        }
        self
    }

    /// An element of words.
    pub(super) fn words(&mut self, name: &'static str, words: &str) {
        self.start(name);
        self.leave_tag();
        self.escaped(words, in_words);
        self.end();
    }

    /// An element that names another thing.
    pub(super) fn reference(&mut self, name: &'static str, target: u128) {
        self.start(name).guid("targetGUID", target);
        self.end();
    }

    /// The document from where it was last poured out.
    pub(super) fn pour(&mut self, to: &mut impl Write) -> io::Result<()> {
        self.leave_tag();
        to.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    /// The whole document, and the beginning of each text that had forbidden characters.
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
        let mut from = 0;
        let mut forbidden = false;
        for (at, c) in value.char_indices() {
            let Some(instead) = escape(c) else { continue };
            self.text.push_str(value.get(from..at).unwrap_or_default());
            self.text.push_str(instead);
            forbidden |= instead.starts_with(REPLACEMENT);
            from = at + c.len_utf8();
        }
        self.text.push_str(value.get(from..).unwrap_or_default());
        if forbidden {
            self.replaced.push(
                value
                    .chars()
                    .take(40)
                    .map(|c| if c.is_control() { REPLACEMENT } else { c })
                    .collect(),
            );
        }
    }
}

/// What stands for a character between tags; `None` for itself. A carriage return would be read as a line feed.
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

/// Writes a GUID in capitals, without braces.
pub(super) fn push_guid(text: &mut String, guid: u128) {
    for digit in 0..32u32 {
        if matches!(digit, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let value = u32::try_from((guid >> (124 - 4 * digit)) & 0xf).unwrap_or(0);
        text.push(
            char::from_digit(value, 16)
                .unwrap_or('0')
                .to_ascii_uppercase(),
        );
    }
}

/// A GUID in capitals, without braces.
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
        let mut xml = Xml::new();
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
        let mut xml = Xml::new();
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
