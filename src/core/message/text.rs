//! A fixed text in both languages.

use super::language::UiLanguage;

/// A text: English and Chinese side by side, perhaps with placeholders that a [`Message`](super::Message) fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    english: &'static str,
    chinese: &'static str,
}

/// Between parts of a sentence.
pub const COMMA: Text = Text::new(", ", "，");
/// Between the items of a list; Chinese has a mark of its own for that.
pub const LIST_COMMA: Text = Text::new(", ", "、");
/// Between the parts of a list that contain commas.
pub const SEMICOLON: Text = Text::new("; ", "；");
/// Between a label and what it labels.
pub const COLON: Text = Text::new(": ", "：");

impl Text {
    /// A text in both languages.
    ///
    /// # Panics
    /// If a placeholder is in one language only. A constant with such a mistake doesn't compile.
    pub const fn new(english: &'static str, chinese: &'static str) -> Self {
        assert!(
            has_placeholders_of(english, chinese) && has_placeholders_of(chinese, english),
            "both languages need the same placeholders"
        );
        Self { english, chinese }
    }

    /// A message of this text, its first placeholder filled.
    pub fn with(self, name: &'static str, value: impl Into<super::Argument>) -> super::Message {
        super::Message::new(self).with(name, value)
    }

    /// A message of this text, its first placeholder filled with a quantity.
    pub fn count(self, name: &'static str, quantity: impl TryInto<u64>) -> super::Message {
        super::Message::new(self).count(name, quantity)
    }

    pub(super) const fn has_placeholder(self, name: &str) -> bool {
        has_placeholder(self.english.as_bytes(), name.as_bytes())
    }
}

impl UiLanguage {
    /// A text in this language.
    pub const fn say(self, text: Text) -> &'static str {
        match self {
            Self::English => text.english,
            Self::Chinese => text.chinese,
        }
    }
}

/// Returns true if every placeholder of `template` is in `other` too.
// Constant functions know neither iterators nor comparison of strings, so these walk bytes by index.
const fn has_placeholders_of(template: &str, other: &str) -> bool {
    let template = template.as_bytes();
    let mut at = 0;
    while at < template.len() {
        if template[at] == b'{' {
            let (_, rest) = template.split_at(at + 1);
            let (name, _) = rest.split_at(name_length(rest));
            if !has_placeholder(other.as_bytes(), name) {
                return false;
            }
        }
        at += 1;
    }
    true
}

const fn has_placeholder(template: &[u8], name: &[u8]) -> bool {
    let mut at = 0;
    while at < template.len() {
        if template[at] == b'{' {
            let (_, rest) = template.split_at(at + 1);
            let (own, _) = rest.split_at(name_length(rest));
            if is_same(own, name) {
                return true;
            }
        }
        at += 1;
    }
    false
}

/// The length of the name at the beginning of a placeholder, up to its end or its first plural.
const fn name_length(rest: &[u8]) -> usize {
    let mut length = 0;
    while length < rest.len() && rest[length] != b'}' && rest[length] != b'|' {
        length += 1;
    }
    length
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_placeholders() {
        assert!(has_placeholders_of(
            "{count} {count|file|files} of {name}",
            "{name}的 {count} 个文件"
        ));
        assert!(!has_placeholders_of("{count} files", "若干文件"));
        assert!(!has_placeholders_of("{name}", "{names}"));
    }
}
