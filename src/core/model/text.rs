//! Text and positions in it: the only place that turns code points into bytes and slices.
//!
//! Everywhere else, positions are Unicode code points in half-open ranges, as in egui's galleys,
//! REFI-QDA, Python and R.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A half-open range of Unicode code points, `start <= end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// The range from `start` up to `end`, or `None` if `end` is before `start`.
    pub const fn new(start: u32, end: u32) -> Option<Self> {
        if start <= end {
            Some(Self { start, end })
        } else {
            None
        }
    }

    /// The range that reaches from the smaller to the larger of two positions.
    pub fn between(a: u32, b: u32) -> Self {
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// First code point.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One after the last code point.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in code points.
    pub const fn len_chars(self) -> u32 {
        self.end - self.start
    }

    /// Returns true if it contains no code point.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns true if the two share at least one code point.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns true if it contains all of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The common part, if it isn't empty.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        if start < end {
            Some(Self { start, end })
        } else {
            None
        }
    }
}

/// The length of a text in code points.
pub fn chars_of(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("positions in a text are 32 bits wide")
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl Serialize for TextRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TextRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(deserializer)?;
        Self::new(start, end)
            .ok_or_else(|| D::Error::custom(format!("range {start}..{end} ends before it starts")))
    }
}

/// A BLAKE3 hash that names a stored content (a text, a turn table, an original file).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The raw 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Takes the raw 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash that is written with these 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0u8; 32];
        let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
        let digits = digits.filter(|digits| digits.len() == 64)?;
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::try_from(pair[0] * 16 + pair[1]).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Ok(Self(<[u8; 32]>::deserialize(deserializer)?));
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_hex(&text)
            .ok_or_else(|| D::Error::custom("a content hash has 64 hexadecimal digits"))
    }
}

/// Bytes between two marks of the position map: a lookup scans at most this many, and the map takes a
/// sixty-fourth of the memory of the text.
const MARK_BYTES: usize = 256;

/// An immutable text with the map between code points and bytes.
///
/// The map is the number of code points before every [`MARK_BYTES`] bytes. It is built when it is first
/// used; an ASCII text needs none.
#[derive(Clone)]
pub struct DocumentText {
    text: Arc<str>,
    marks: Arc<OnceLock<Marks>>,
}

#[derive(Debug)]
struct Marks {
    len_chars: u32,
    /// How many code points begin before byte `i * MARK_BYTES`; empty for ASCII.
    before: Vec<u32>,
}

impl fmt::Debug for DocumentText {
    /// Prints only the length: what participants said must not get into log messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentText({} bytes)", self.text.len())
    }
}

impl PartialEq for DocumentText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl DocumentText {
    /// A text as it is; import has normalised its line ends and checked its size (below 4 GiB).
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self {
            text: text.into(),
            marks: Arc::new(OnceLock::new()),
        }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole text, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Length in code points.
    pub fn len_chars(&self) -> u32 {
        self.marks().len_chars
    }

    /// The whole text as a range.
    pub fn range(&self) -> TextRange {
        TextRange {
            start: 0,
            end: self.len_chars(),
        }
    }

    /// The words of a range, or `None` if it reaches beyond the text.
    pub fn slice(&self, range: TextRange) -> Option<&str> {
        if range.end() > self.len_chars() {
            return None;
        }
        let (start, end) = (self.byte_of(range.start()), self.byte_of(range.end()));
        self.text.get(start..end)
    }

    /// The byte at which a code point starts; the text's length for anything beyond its end.
    pub fn byte_of(&self, char_index: u32) -> usize {
        let marks = self.marks();
        if char_index >= marks.len_chars {
            return self.text.len();
        }
        if marks.before.is_empty() {
            return char_index as usize;
        }
        let block = marks
            .before
            .partition_point(|&before| before <= char_index)
            .saturating_sub(1);
        let wanted = (char_index - marks.before[block]) as usize;
        let start = block * MARK_BYTES;
        let leads = self
            .text
            .as_bytes()
            .iter()
            .enumerate()
            .skip(start)
            .filter(|(_, byte)| !is_continuation(**byte));
        leads
            .map(|(at, _)| at)
            .nth(wanted)
            .unwrap_or(self.text.len())
    }

    /// The code point that contains a byte; the text's length for anything beyond its end.
    pub fn char_of(&self, byte_index: usize) -> u32 {
        let marks = self.marks();
        if byte_index >= self.text.len() {
            return marks.len_chars;
        }
        if marks.before.is_empty() {
            // In ASCII, bytes and code points are the same.
            return u32::try_from(byte_index).unwrap_or(marks.len_chars);
        }
        let block = byte_index / MARK_BYTES;
        let within = leads_in(
            self.text
                .as_bytes()
                .get(block * MARK_BYTES..=byte_index)
                .unwrap_or_default(),
        );
        (marks.before[block] + within).saturating_sub(1)
    }

    /// The code-point range of a byte range.
    pub fn range_of_bytes(&self, bytes: std::ops::Range<usize>) -> TextRange {
        TextRange::between(self.char_of(bytes.start), self.char_of(bytes.end))
    }

    fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| Marks::of(&self.text))
    }
}

impl Marks {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                len_chars: u32::try_from(text.len()).expect("import refuses larger texts"),
                before: Vec::new(),
            };
        }
        let mut before = Vec::with_capacity(text.len() / MARK_BYTES + 1);
        let mut len_chars = 0u32;
        for block in text.as_bytes().chunks(MARK_BYTES) {
            before.push(len_chars);
            len_chars += leads_in(block);
        }
        Self { len_chars, before }
    }
}

/// The number of code points that begin in these bytes.
fn leads_in(bytes: &[u8]) -> u32 {
    let leads = bytes.iter().filter(|byte| !is_continuation(**byte));
    u32::try_from(leads.count()).expect("import refuses larger texts")
}

/// Returns true if a byte continues a code point: in UTF-8 these, and only these, begin with 10.
const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_agree_with_the_standard_library() {
        let text = "a𠮷e\u{301}😀自信\n".repeat(90);
        let document = DocumentText::new(text.as_str());
        let expected: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        assert_eq!(document.len_chars() as usize, expected.len());
        for (index, byte) in (0u32..).zip(&expected) {
            assert_eq!(document.byte_of(index), *byte);
            assert_eq!(document.char_of(*byte), index);
        }
        assert_eq!(document.slice(TextRange::between(1, 2)), Some("𠮷"));
        assert_eq!(
            document.slice(TextRange::between(0, document.len_chars() + 1)),
            None
        );
    }

    #[test]
    fn an_ascii_text_needs_no_marks() {
        let document = DocumentText::new("hello");
        assert_eq!(document.slice(TextRange::between(1, 4)), Some("ell"));
        assert_eq!(document.char_of(99), 5);
    }
}
