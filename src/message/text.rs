//! A fixed text in both languages.

use super::language::UiLanguage;

/// A text without arguments: English and Chinese side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    english: &'static str,
    chinese: &'static str,
}

impl Text {
    /// A text in both languages.
    pub const fn new(english: &'static str, chinese: &'static str) -> Self {
        Self { english, chinese }
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
