//! The two languages of the program, and how one of them is chosen.

/// A language of the window, the command line and reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UiLanguage {
    /// English.
    #[default]
    English,
    /// Simplified Chinese, 简体中文.
    Chinese,
}

impl UiLanguage {
    /// Both languages, each with the short tag that options and settings use.
    pub const TAGS: [(&'static str, Self); 2] = [("en", Self::English), ("zh", Self::Chinese)];

    /// The language of a tag such as `zh`, or of a locale such as `zh_CN.UTF-8`; none if the program doesn't speak it.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '-', '.', '@']).next()?;
        Self::TAGS
            .into_iter()
            .find(|(tag, _)| language.eq_ignore_ascii_case(tag))
            .map(|(_, language)| language)
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// The language as pages of the web name it.
    pub const fn html_tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }

    /// The one of two values that belongs to this language.
    pub const fn pick<T: Copy>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_a_language() {
        for (locale, language) in [
            ("zh_CN.UTF-8", Some(UiLanguage::Chinese)),
            ("zh-Hans", Some(UiLanguage::Chinese)),
            ("en_GB.UTF-8", Some(UiLanguage::English)),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(UiLanguage::from_locale(locale), language, "{locale}");
        }
    }
}
